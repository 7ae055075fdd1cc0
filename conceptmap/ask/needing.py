"""What is needed first: `do I have to bother with A to understand B?`, `what cannot be done without A?`"""

from conceptmap.ask.idiom import AGENT, THERE, Idiom, N, idiom

_THE_N = rf"((?:(?:the|an?) )?{N})"
_DONE = r"[a-z]+(?:ed|en|one|ade|ilt|old|ught|it|ut|aid)(?: (?:out|up|on|off|through|into|with))?(?: at all)?"
"""A participle, whatever is done: where something cannot be done without another, it needs it."""
_PAINS = (
    r"(?:bother|trouble myself|deal|get to grips|struggle|start|begin|be familiar|be acquainted|come|be done) with|"
    r"(?:worry|bother|know|learn|read) about|(?:go|work|sit|get|read|plough|wade) through|(?:look|go) into|touch|"
    r"look at|"
    r"sit down with|go over|read up on|brush up on"
)
"""What somebody does who has to learn something."""

NEEDING: tuple[Idiom, ...] = (
    idiom(
        "belt",
        r"(?:need|want|require|(?:must|should|need to|have to|ought to) have) (?:to have )?(?:got )?under (?:my|"
        r"your|our|their|"
        r"one s|his|her) belt",
        "must know",
    ),
    idiom(
        "bother trouble deal struggle familiar acquainted worry through into touch look over up come grips start begin",
        rf"(?:have|need|ought|got)(?: got)? to (?:{_PAINS}) {_THE_N}(?= (?:\| )?(?:before|to|for|first|if|in order) )",
        r"need \1",
    ),
    idiom(
        "read brush",
        r"(?:have|has|had) (?:read|brushed) up (?:on|about)|(?:have|has|had) gone over",
        "know",
    ),
    idiom(
        "if",
        rf"(?:\| )?if (?:all|what) {AGENT} (?:want|need|care about|am after|are after)(?: to (?:do|learn|understand|"
        rf"know))?(?: is)? {_THE_N}(?= \||$)",
        r"for \1",
    ),
    idiom("should", rf"should(?= {THERE} (?:first |already )?(?:before|for) )", "must"),
    # What cannot be done without another.
    idiom("without", rf"(?:can ?not|can t|cant|could not|couldn t) be {_DONE} without", "require"),
    idiom(
        "before for so",
        rf"(before|for|so that) {_THE_N} (?:can|could|may|might|will|would) (?:even |ever |actually |really )?be "
        rf"{_DONE}"
        rf"(?= \||$)",
        r"\1 \2",
    ),
    idiom(
        "where",
        rf"where (?:(?:do|does|did|will|would|can|could|shall) {AGENT} (?:still |again |later )?(?:need|require|"
        rf"presuppose) {_THE_N}|(?:is|are|will) {_THE_N} (?:be )?(?:needed|required|presupposed|necessary))"
        rf"(?: again| later| later on)*(?= \||$)",
        r"what requires \1\2",
    ),
    idiom(
        "first beforehand",
        rf"for (which|what)((?: [a-z]+)?) (?:(?:do|does|did|am|are|is|must|should) )?{AGENT} (?:am |are |is "
        rf")?(?:need|needing|have to "
        rf"have|have to "
        rf"know|know) {_THE_N} (?:first|beforehand)(?= \||$)",
        r"\1\2 require \3",
    ),
    # On what ground.
    idiom(
        "base basis foundation ground grounds strength back",
        r"(?:made|built|done|founded|created|constructed|put up|set up|raised) (?:on|upon) the (?:base|basis|"
        r"foundations?|"
        r"grounds?|back) of",
        "built on",
    ),
    # Somebody of whom nothing is said, and kinds that are no other kinds.
    idiom(
        "people someone somebody anyone anybody one",
        rf"(?:(?<=s )|(?<=\d ))(?:(?:that|which|whom) )?(?:people|someone|somebody|anyone|anybody|one)(?: have| "
        rf"has| had| once| "
        rf"usually)?(?= (?:{N}(?: \||$)|[a-z]+ed by hand))",
        "",
    ),
    idiom(
        "special particular specific mere",
        r"(?:special|particular|specific|mere) (?:case|kind|type|sort|form|instance|variety|version) of",
        "kind of",
    ),
    idiom("two both pair", r"(?:the )?(?:two|both|pair) of them(?: together)?|them both|the two together", "both them"),
    idiom("that", r"(what|who|which) is it that", r"\1"),
    idiom("true correct right case", r"^it is (true|correct|right|so|the case) that", r"is it \1 that"),
)
