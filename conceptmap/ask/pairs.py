"""Two things in one breath: one argument for and one against, what calls for the two of them together: see `idioms`."""

from conceptmap.ask.idiom import AGENT, WH, Idiom, N, idiom

REASON = (
    r"(?:argument|reason|point|ground|fact|piece of evidence|example|thing|consideration|case|observation|finding)s?"
)
SOME = r"(?:one|1|an|a|some|any|the|all|another|each|every|two|your|strongest|best)"
GIVE = r"(?:(?:give|name|tell|list|state|offer|show|find|quote)(?: me| us)? |i (?:want|need) )?"
FOR = r"(?:for|in favou?r(?: of)?|in support(?: of)?|pro)"
ONE_FOR = rf"{GIVE}(?:{SOME} )*(?:{REASON} |evidence |support )?{FOR}(?: (?:it|this|that))?"
AND_AGAINST = rf"(?: \|)? (?:and|or|but)(?: also)? (?:{SOME} )*(?:{REASON} |evidence )?(?:against|contra)"
PROS = r"(?:pros and cons|for and against|upsides? and downsides?|strengths? and weakness(?:es)?)"

PAIRS: tuple[Idiom, ...] = (
    idiom(
        "against contra",
        rf"((?:the )?{N})(?: \|)+ {ONE_FOR}{AND_AGAINST}(?: (?:it|this|that))?(?: please)?(?= \||$)",
        r"what supports \1 | and what opposes \1",
    ),
    idiom(
        "against contra",
        rf"{ONE_FOR}{AND_AGAINST}(?: of| for)? ((?:the )?(?:claim|idea|thesis|statement|view|notion)?(?: that)? ?{N})"
        r"(?= \||$)",
        r"what supports \1 | and what opposes \1",
    ),
    idiom(
        "pros against",
        rf"(?:what (?:is|are) )?{GIVE}(?:the |all )?{PROS} (?:of|for|about|on) ((?:the )?{N})(?= \||$)",
        r"what supports \1 | and what opposes \1",
    ),
    # `The evidence for A as well as the evidence to the contrary`.
    idiom(
        "against contrary opposing contra",
        rf"(?:(?:state|what (?:is|are)) )?{GIVE}(?:{SOME} )*(?:{REASON}|evidence|support) {FOR} "
        rf"((?:the )?(?:claim|idea|thesis|statement|view|notion)?(?: that)? ?{N})(?: \|)? "
        rf"(?:and|as well as|along with|plus|but)(?: also)? (?:{SOME} )*(?:{REASON} |evidence |support )?"
        r"(?:(?:against|contra)(?: (?:it|this|that))?|to the contrary)"
        r"(?: please)?(?= \||$)",
        r"what supports \1 | and what opposes \1",
    ),
    # `Two things, please: …`, `tell me two things about A: …`.
    idiom(
        "two three several couple few 2 3",
        r"(?:(?<=\| )|^)(?:(?:please|i have|i ve got|i ve|just|could you|can you|would you|tell me|answer|answer me|"
        r"give me) )*"
        r"(?:two|three|several|a couple of|a few|2|3) (?:quick |short |small )?(?:things|questions|points|matters)"
        rf"(?: (?:about|on|regarding|concerning) ((?:the )?{N}))?(?: (?:\| )?please)?(?= \|)",
        r"\1",
    ),
    idiom("while", r"(?:\| )?while (?:you|i|we) (?:are|re|m|am) (?:at it|about it|on it)(?: \|)?", ""),
    # `They claim A: what is the proof, and what contradicts it?`
    idiom(
        "claim claims say says hold assert asserts maintain insist argue believe state",
        r"(?:(?<=\| )|^)(?:they|people|some|many|some people|he|she|you|the notes|my teacher|my friend|everybody|"
        r"everyone) (?:claims?|says?|holds?|asserts?|maintains?|insists?|argues?|believes?|states?)(?: that)? "
        rf"((?:the )?{N})(?= \| {WH})",
        r"\1",
    ),
    # `A: what shows this?`
    idiom("shows show showed", r"what (?:shows?|showed) (it|this|that)(?= (?:\||and)|$)", r"what supports \1"),
    # What one uses or meets in a thing is what that has: `which D do I set in A?`
    idiom(
        "turn set use adjust tune choose pick change select apply get have see expect find meet face",
        rf"(?:what|which) ({N}) (?:do|does|can|could|must|should|would|will|did) {AGENT} (?:have to |need to |get to )?"
        r"(?:turn|set|use|adjust|tune|choose|pick|change|select|apply|get|have|see|expect|find|meet|face)"
        rf"(?= (?:in|with|for|at|under|on) (?:the )?{N})",
        r"what is the \1",
    ),
    # `And also what`, `A's goal as well as its weak point`.
    idiom("also secondly finally", rf"and (?:also|secondly|finally)(?= (?:{WH}|its|their|the)\b)", "and"),
    idiom(
        "its",
        rf"(?:the )?((?:[a-z]+|{N})(?: [a-z]+)?) of ((?:the )?{N})(?: \|)? (?:and|as well as|plus|along with) its "
        rf"((?:[a-z]+|{N})(?: [a-z]+)?)(?= \||$)",
        r"the \1 and the \3 of \2",
    ),
    idiom(
        "lost lose loses",
        rf"(lost|loses?) (?:the |a |an |their |his |her )?([a-z]+(?: [a-z]+)?) (against|to) ((?:the )?{N})(?= \||$)",
        r"\1 \3 \4 at the \2",
    ),
    idiom(
        "them",
        r"(?:the two|both|the pair) of them(?: together| at once)?|them (?:both|together)|the two together",
        "both them",
    ),
    idiom(
        "crowd mass bunch host throng",
        rf"(?:the|a|this|that) (?:whole )?(?:crowd|mass|bunch|host|throng) of(?= (?:the )?{N})",
        "",
    ),
)
"""In the order in which they are tried."""
