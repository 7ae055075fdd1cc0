"""Who presents what speaks for something, and what is dropped for something else: see `idioms`."""

from conceptmap.ask.idiom import AGENT, AUX, CAN, LEARNER, Idiom, N, idiom

OPPONENT = "opponent|critic|sceptic|skeptic|doubter|adversary|detractor"
SUPPORTER = "supporter|defender|advocate|proponent|champion|believer in|adherent|follower|friend"
SOMEBODY = rf"(?:{AGENT}|{LEARNER}|an? (?:{OPPONENT}|{SUPPORTER}|author|expert|scholar|debater|lawyer))"
ABLE = (
    r"(?:(?:ever|actually|really|even|still|also|already|possibly|now|then|best|be able to|have to|want to|get to) )*"
)
PRESENT = (
    r"(?:bring|put|hold) (?:forward|forth|up)|set|come up with|point (?:to|at|out)|say|cite|quote|name|offer|"
    r"adduce|advance|raise|present|produce|give|have|list|show|use|invoke|mention|rely on|fall back on|"
    r"appeal to|refer to|call on|draw on|muster|marshal|find|see|know of|make|collect|gather|argue|plead|allege|"
    r"observe|measure|note|write down"
)
"""What somebody does with what speaks for something or against it."""
PRESENTED = (
    r"(?:brought|put|held) (?:forward|forth|up)|come up with|pointed (?:to|at|out)|said|cited|quoted|named|offered|"
    r"adduced|advanced|raised|presented|produced|given|listed|shown|used|invoked|mentioned|relied on|"
    r"referred to|found|seen|made|collected|gathered|argued|pleaded|alleged|observed|measured|noted|written down|"
    r"recorded|reported|got|had|established|discovered|published"
)
SPEAKING = (
    r"to (?:back|support|prop|bolster|justify|defend|prove|corroborate|underpin|strengthen|confirm|buttress|"
    r"substantiate|refute|contradict|counter|disprove|rebut|challenge|dispute|undermine|attack|oppose|weaken|"
    r"question|show)|against|in favou?r of|in support of|on behalf of|in defen[cs]e of|for or against"
)
"""What speaks for something or against it, behind what is presented."""
DROPPED = (
    r"(?:abandon|drop|ditch|discard|scrap|retire|shelve|axe|dump|bin|jettison|sideline|swap|trade|exchange|reject|"
    r"give up|cast aside|leave behind|pass over|phase out|throw (?:out|away|overboard|aside)|"
    r"do away with|get rid of|kick out|chuck out|toss (?:out|aside|away)|push aside|turn away from|"
    r"move away from|swap out|trade in)"
)
"""What is done with what something else takes the place of."""
DROPPED_PAST = (
    r"(?:abandoned|dropped|ditched|discarded|scrapped|retired|shelved|axed|dumped|binned|jettisoned|sidelined|"
    r"swapped|traded|exchanged|rejected|given up|cast aside|left behind|passed over|phased out|"
    r"thrown (?:out|away|overboard|aside)|done away with|got rid of|kicked out|chucked out|"
    r"tossed (?:out|aside|away)|pushed aside|swapped out|traded in)"
)
IN_FAVOUR = r"(?:for|in favou?r of|in exchange for|to make (?:room|way|place) for)"

_THE_N = rf"((?:(?:the|an?) )?{N})"

PRESENTING: tuple[Idiom, ...] = (
    # How somebody argues: `how would you back up that A?`, `why might A be mistaken?`
    idiom(
        "how",
        rf"how (?:can|could|would|should|might|do|does|did) (?:{SOMEBODY}) {ABLE}(?:back up|support|prove|"
        rf"justify|defend|"
        rf"substantiate|argue for|make the case for|make a case for|show|demonstrate)(?: that)?(?= {_THE_N}(?: \||$))",
        "what supports",
    ),
    idiom(
        "how",
        rf"how (?:can|could|would|should|might|do|does|did) (?:{SOMEBODY}) {ABLE}(?:argue against|refute|attack|"
        rf"counter|"
        rf"contradict|dispute|challenge|rebut|question|undermine|disprove|oppose|object to)(?: that)?"
        rf"(?= {_THE_N}(?: \||$))",
        "what opposes",
    ),
    idiom(
        "why",
        rf"why (?:might|could|may|would|should|can|is|are) {_THE_N} (?:be |possibly |perhaps |not )*(?:wrong|"
        rf"mistaken|false|"
        rf"untrue|not true|not so|doubtful|incorrect|questionable|disputed|doubted|contested)(?= \||$)",
        r"what opposes \1",
    ),
    idiom(
        "convince persuade",
        rf"^(?:convince|persuade) (?:me|us|him|her|them) (?:that|of)(?= {_THE_N}(?: \||$))",
        "what supports",
    ),
    # `The argument for A, what was it?`
    idiom(
        "what which",
        rf"^((?:the|an?|any|some) [^|]*? (?:for|against|in favou?r of|in support of|behind) [^|]*{N}) \| (?:and "
        rf")?(?:what|which)"
        r"(?: one| ones)? (?:is|are|was|were) (?:it|that|they|those|there)(?=$)",
        r"give \1",
    ),
    # Something there is, and which: `is there anything that contradicts A, and what is it?`
    idiom(
        "what which name list give tell",
        r"(?:is|are|was|were) there (?:an? |any )?(?:thing|anything|something|somebody|anybody)(?: at all)? "
        r"(?:that|which|"
        r"who) ([^|]+?) (?:\| )?(?:and )?(?:\| )?(?:if so )?(?:what|which|who|name|list|give me|tell me)(?: is| "
        r"are)?(?: it| "
        r"that| they| one| ones| them| which)?(?= \||$)",
        r"what \1",
    ),
    idiom(
        "name list give",
        r"(?:does|do|did|is|are|has|have) ([^|]+?) (?:have |offer |give |know )?(?:anything|something) (?:that|"
        r"which) ([^|]+?) "
        r"\| (?:name|list|give me|tell me)(?: it| them| which| what)?(?= \||$)",
        r"what \2 in \1",
    ),
    idiom(
        "show",
        rf"what (?:(?:do|does|did) (?:{SOMEBODY}) have|(?:have|has|had|ve|s) (?:{SOMEBODY}) got) to show for"
        rf"(?: it| this)?(?: that)?(?= [^|]*{N})",
        "what supports",
    ),
    # Who presents what speaks for something: `which facts could a candidate bring forward in favour of A?`
    idiom(
        "opponent critic sceptic skeptic doubter adversary detractor",
        rf"what (?:{CAN}|{AUX}) (?:an?|the|any|some) (?:{OPPONENT})s? of ((?:(?:the|an?) )?{N}) {ABLE}(?:{PRESENT})",
        r"what opposes \1",
    ),
    idiom(
        "supporter defender advocate proponent champion believer adherent",
        rf"what (?:{CAN}|{AUX}) (?:an?|the|any|some) (?:{SUPPORTER})s? of ((?:(?:the|an?) )?{N}) {ABLE}(?:{PRESENT})",
        r"what supports \1",
    ),
    idiom(
        "can could may might would will should shall must do does did",
        rf"((?:what|which)(?: [a-z]+){{0,3}}) (?:can|could|may|might|would|will|should|shall|must|do|does|did) "
        rf"(?:{SOMEBODY}) {ABLE}(?:{PRESENT})(?= (?:{SPEAKING})(?!\S))",
        r"\1",
    ),
    idiom(
        "have has had",
        rf"((?:what|which)(?: [a-z]+){{0,3}}) (?:have|has|had) (?:{SOMEBODY}) {ABLE}(?:{PRESENTED})"
        rf"(?= (?:{SPEAKING})(?!\S))",
        r"\1",
    ),
    # What is dropped when something else comes.
    idiom(
        "when once after",
        rf"(?:(?:got|was|were|has been|have been|is|are|gets?) )?{DROPPED_PAST} (?:when|once|after|as soon as) "
        rf"((?:(?:the|an?) )?{N}) (?:came|comes|come|arrived|appeared|took over|showed up|turned up|entered|was there|"
        rf"were there|was invented|were invented)(?: in| along| up| around| out)?(?= \||$)",
        r"is replaced by \1",
    ),
    # What stands in where a thing is missing: `if I throw out A, what takes over its job?`
    idiom(
        "if when without lacking",
        rf"(?:(?:if|when|say|suppose) (?:{AGENT}) (?:{DROPPED}|leave out|leave off|lack|lose|run out of|do "
        rf"without|can t get|"
        rf"cannot get|don t have|do not have|have no|haven t got(?: an?| any)?|don t want|do not want)|without|"
        rf"lacking)(?: an?| "
        rf"any)? {_THE_N} \| (?:and |then |so )*what (?:(?:can|could|do|does|should|would|will|may) (?:{AGENT} )?)?"
        rf"(?:use|take|do|have|serve|work|takes over(?: (?:its|the) (?:job|place|role|work|part)(?: of (?:it|"
        rf"§\d+))?)?|take "
        rf"over(?: (?:its|the) (?:job|place|role|work|part)(?: of (?:it|§\d+))?)?|takes (?:its|the) place(?: of "
        rf"(?:it|§\d+))?|"
        rf"take (?:its|the) place(?: of (?:it|§\d+))?|replaces? it|steps? in|stands? in|fills? in)"
        rf"(?: instead)?(?: of (?:it|§\d+))?(?= \||$)",
        r"what replaces \1",
    ),
    # One step, and what comes of it in the end.
    idiom(
        "straight squarely immediately firmly",
        r"(?:straight|squarely|immediately|firmly) (on|upon|from|into|out of|after|before)|"
        r"(?<=lead |eads )straight (to)",
        r"directly \1\2",
    ),
    idiom("away once off", r"(?:right away|straight away|at once|straight off|right off)(?= \||$)", "directly"),
    idiom(
        "later",
        rf"((?:what|which) (?:(?!com|came|intro|appear|mention|new|taught|cover|learn|met|meet|§|¤)\S+ )+"
        rf"(?:(?:the|an?) )?{N}) later(?: on)?(?= \||$)",
        r"\1",
    ),
    # What something has at it: `methods with a time on them`.
    idiom(
        "them it their its",
        rf"((?:with|have|has|having) (?:an? |any |some )(?:[a-z]+|{N})) "
        r"(?:on|to|in|for|at|by|beside|next to|against|behind) "
        r"(?:them|it|their names?|its name)(?= \||$)",
        r"\1",
    ),
    idiom(
        "of",
        r"(?:out )?of (?:all )?(?:of )?(?:the|these|those|my|our) ([a-z]+s) (with an? [a-z]+) (?:\| )?what(?= [a-z]+)",
        r"which \1 \2",
    ),
    # When somebody has time for it.
    idiom(
        "evening morning afternoon night weekend",
        r"of an? (?:evening|morning|afternoon|night|weekend)(?= \||$)",
        "",
    ),
    # What is dropped for something.
    idiom(
        "for favour favor exchange way room place",
        rf"(?:{DROPPED_PAST}) {IN_FAVOUR}(?= (?:(?:the|an?) )?{N})",
        "replaced by",
    ),
    idiom(
        "for favour favor exchange way room place",
        rf"(?:do|does|did|will|would|can|could|should) (?:{AGENT}) (?:{DROPPED}) {IN_FAVOUR}(?= (?:(?:the|an?) )?{N})",
        "is replaced by",
    ),
    idiom(
        "instead place lieu rather",
        rf"what (?:(?:do|does|did|can|could|should|would|will) (?:{AGENT}) (?:use|have|take|do|work with|rely on)|"
        rf"(?:is|was|are|were|can be|could be|gets?) (?:used|done|taken|employed|preferred))"
        rf"( (?:in|for) (?:(?:the|an?) )?(?:{N}|[a-z]+))?(?: now| nowadays| today| these days| currently| by "
        rf"now)? (?:instead of|in place of|in lieu of|rather than)"
        rf"((?: (?:the|an?))? {N})(?: (?:now|nowadays|today|these days|currently|by now))?",
        r"what replaces\2\1",
    ),
    idiom(
        "before until till",
        rf"what (?:did (?:{AGENT}) (?:use|have|do|work with|rely on|make do with)|was used|were used|was there)"
        rf"( (?:in|for) (?:(?:the|an?) )?(?:{N}|[a-z]+))? (?:before|until|till) ((?:(?:the|an?) )?{N}) (?:came "
        rf"along and )?"
        rf"(?:took over|took its place|took their place|took the place of it|replaced it|replaced them|replaced that|"
        rf"superseded it|superseded them|supplanted it|supplanted them|displaced it|pushed it out|ousted it)",
        r"what did \2 replace\1",
    ),
)  # fmt: skip
