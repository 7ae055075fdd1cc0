"""Words with which people frame a question: in haste, to lead it in, of whom they speak. See `framing`."""

AGENTS = frozenset(
    """
    i we you u ya one people they someone somebody anyone anybody everyone everybody folks students learners readers
    """.split()
)
"""Who stands for anybody: a clause about them only tells how somebody came to ask."""

HURRIED = {
    "u": "you", "ur": "your", "r": "are", "b4": "before", "btw": "", "thru": "through", "tho": "", "cuz": "because",
    "coz": "because", "bc": "because", "cos": "because", "ppl": "people", "sth": "something", "smth": "something",
    "wud": "would", "cud": "could", "shud": "should", "plz": "please", "abt": "about", "wrt": "about", "dunno": "",
    "gimme": "give me", "lemme": "let me", "gotta": "must", "gonna": "going to", "wanna": "want to", "pls": "please",
    "def": "definition", "defn": "definition", "diff": "difference", "qs": "questions", "approx": "",
    "whatre": "what are",
    "whatd": "what did", "whatve": "what have", "ive": "i have", "im": "i am", "weve": "we have", "youve": "you have",
    "theyve": "they have", "youre": "you are", "theyre": "they are",
    "howd": "how did", "whys": "why is", "hows": "how is", "imo": "", "lol": "", "ngl": "",
    "rly": "", "wht": "what", "teh": "the", "wat": "what", "hw": "how", "wich": "which",
    "whic": "which", "whats": "what is", "whos": "who is", "wheres": "where is", "whens": "when is", "thats": "that is",
}  # fmt: skip
"""How people write in haste, where the map knows no such word; no letter that may be a name's."""

LEADS = frozenset(
    """
    wait so ok okay right well now but hm hmm um uh er oh ah hey hi hello look listen alright anyway anyways also
    then btw sorry thanks please still actually honestly seriously dear just quick
    """.split()
)
"""Words with which a sentence starts before it says anything."""

INTERJECTIONS = frozenset(
    one.strip()
    for one in """
    ladies and gentlemen; gentlemen; ladies; folks; guys; guys and girls; boys and girls; contestants; players; class;
    everyone; everybody; all; dear; my dear; my dears; my friend; my friends; dear friends; friends; sir; madam; mate;
    buddy; kids; children; students; team; colleagues; goodness; goodness me; my goodness; gosh; wow; oh dear; dear me;
    excuse me; pardon; pardon me; i beg your pardon; forgive me; pray; pray tell; bless her; bless him; bless them;
    bless you; mind you; you know; you see; i mean; look; look ahead; look back; listen; see; right then; now then;
    final sprint; final round; final question; last question; last one; next question; next one; next; first question;
    question one; bonus question; bonus round; quick question; quick one; quick check; quick fact check; fact check;
    quick quiz; quiz; quiz question; quiz time; pop quiz; fingers on the buzzers; fingers on buzzers; hands on buzzers;
    for ten points; for two points; for five points; for one point; for a point; for a bonus point; closing question;
    hang on; opening question; first up; to start with; to begin with;
    for starters; finally; lastly; for the win; go;
    hands up; your turn; here goes; here we go; here it is; just curious; just wondering; just checking; just asking;
    out of curiosity; one more thing; one thing; one question; a question; small question; silly question;
    stupid question; dumb question; basic question; honest question; serious question; genuine question;
    same question; another question; thanks in advance; many thanks; cheers; ta; much obliged; if you please;
    if you would; if you will; if i may; if i may ask; may i ask; can i ask; if you know; if you do not mind;
    if you don t mind; help; help me; help me out; please help; long story short; simple question; easy one; tricky one;
    believe it or not; by the by; incidentally; now seriously; seriously; honestly; frankly; hmmm; huh; eh; nah; meh;
    in one sentence; in a sentence; in one word; in a word; in one line; in short; in brief; briefly; in detail;
    in a nutshell; in full; hand on heart; cross your heart; truth be told; to be honest; be honest;
    remind me; tell me; say; do tell; let s see; let me see; let me think; well well
    """.split(";")
)
"""Clauses that call somebody, sigh or open a round, whatever is asked."""
FRAME_WORDS = frozenset(
    """
    read reading reads hear hearing heard see seeing saw seen learn learning learned learnt study studying studied
    understand understanding understood remember remembering forget forgot forgotten encounter meet meeting met
    think thinking thought talk talking talked speak speaking spoke use using used work working worked deal dealing
    struggle struggling mix mixes mixed mixing confuse confused confusing
    bother bothered fed tired sick hate love loved like liked interested
    curious look looking looked prepare preparing write writing wrote teach teaching taught tell told explain explained
    mention mentioned ask asked asking wonder wondering know knowing knew known grasp grasped stuck puzzle puzzled
    come coming came across stumble stumbled run running ran keep keeps kept never ever always often once again any more
    anymore longer before formerly earlier past recently lately yesterday today now these days currently just
    teacher professor prof boss tutor friend colleague mum mom mother dad father sister brother son daughter wife
    husband exam class article report presentation homework sidebar lecturer grandmother neighbour neighbor editor
    examiner niece nephew pupil pupils cousin uncle aunt head heads round around finally
    two three cannot cant can t don dont didn didnt doesn not no lot lots much quite really still start started
    starting begin began want wanted need needed try trying tried figure find finding found out seem word term name
    thing things stuff
    suppose supposing imagine assume assuming say grant grants granted let take takes given consider considering
    reasoning reasons reason answer answers following today tonight tomorrow got going go back through up
    """.split()
)
"""Words of a clause that only tells how somebody came to ask: `I keep reading about A`, `my teacher asked us that`."""

HELD = frozenset(["its", "their"])
"""Words that say whose something is."""
PRONOUNS = frozenset(["it", "they", "them", "this", "that", "these", "those", "he", "him", "she"])
"""Words that stand for what another clause names."""

SMALL_NUMBERS = {
    word: number
    for number, word in enumerate(
        """
        one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty
        """.split(),
        1,
    )
} | {f"twenty {word}": 20 + number for number, word in enumerate("one two three four five six seven eight nine".split(),
1)} | {
    "thirty": 30
}  # fmt: skip
"""Numbers of days and weeks in words."""
ORDINALS = {
    word: number
    for number, word in enumerate(
        """
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        """.split(),
        1,
    )
}
"""The same as ordinals."""
SESSIONS = frozenset("lesson session lecture class seminar entry meeting".split())
"""What a course calls its days, whatever they are called."""
