"""Who presents what speaks for something, and what is dropped for something else: see `idioms`."""

from conceptmap.ask.idiom import AGENT, AUX, CAN, LEARNER, Idiom, N, idiom

OPPONENT = "opponent|critic|sceptic|skeptic|doubter|adversary|detractor"
SUPPORTER = "supporter|defender|advocate|proponent|champion|believer in|adherent|follower|friend"
SOMEBODY = rf"(?:{AGENT}|{LEARNER}|an? (?:{OPPONENT}|{SUPPORTER}|author|expert|scholar|debater|lawyer))"
ABLE = (
    r"(?:(?:ever|actually|really|even|still|also|already|possibly|now|then|best|be able to|have to|want to|get to) )*"
)
PRESENT = (
    r"(?:bring|put|hold) (?:forward|forth|up)|come up with|point (?:to|at|out)|say|cite|quote|name|offer|"
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

PRESENTING: tuple[Idiom, ...] = (
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
        "instead place lieu",
        rf"what (?:(?:do|does|did|can|could|should|would|will) (?:{AGENT}) (?:use|have|take|do|work with|rely on)|"
        rf"(?:is|was|are|were|can be|could be|gets?) (?:used|done|taken|employed|preferred))"
        rf"(?: now| nowadays| today| these days| currently| by now)? (?:instead|in place|in lieu) of"
        rf"((?: (?:the|an?))? {N})(?: (?:now|nowadays|today|these days|currently|by now))?",
        r"what replaces\1",
    ),
    idiom(
        "before until till",
        rf"what (?:did (?:{AGENT}) (?:use|have|do|work with|rely on|make do with)|was used|were used|was there)"
        rf"( (?:in|for) (?:(?:the|an?) )?{N})? (?:before|until|till) ((?:(?:the|an?) )?{N}) (?:came along and )?"
        rf"(?:took over|took its place|took their place|took the place of it|replaced it|replaced them|replaced that|"
        rf"superseded it|superseded them|supplanted it|supplanted them|displaced it|pushed it out|ousted it)",
        r"what did \2 replace\1",
    ),
)  # fmt: skip
