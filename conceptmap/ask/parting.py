"""How people say what is divided and into how many parts, what is left out, and what comes without: see `idioms`."""

from conceptmap.ask.idiom import AGENT, COURSE, Idiom, N, idiom

_DIVIDE = "split|divide|break|cut|carve|separate|partition|subdivide|section|chop|organi[sz]e|structure|group|slice"
_DIVIDED = (
    "split|divided|broken|cut|carved|separated|partitioned|subdivided|sectioned|chopped|organi[sz]ed|structured|"
    "grouped|sliced|arranged"
)
_THE_N = rf"((?:(?:the|an?) )?{N})"
_BESIDE = "other than|apart from|aside from|besides|beside|except for|except|not counting|leaving aside|leaving out"

PARTING: tuple[Idiom, ...] = (
    # Into how many parts.
    idiom(
        "many",
        rf"(?:in |into |in to )?how many ([a-z]+) (?:is|are|was|were|has|have|can) {_THE_N} (?:been |be )?"
        rf"(?:{_DIVIDED})(?: up| down| apart| out)?(?: in| into)?(?= \||$)",
        r"how many \1 does \2 consist of",
    ),
    idiom(
        "many",
        rf"(?:in |into |in to )?how many ([a-z]+) (?:does|do|did|can|could|has|have|is|are) (?:{AGENT}|(?:the|this|our|"
        rf"your|my) (?:{COURSE})s?) (?:{_DIVIDE}|{_DIVIDED})(?: up| down| apart)? {_THE_N}(?: up| down| apart)?"
        rf"(?: in| into)?(?= \||$)",
        r"how many \1 does \2 consist of",
    ),
    idiom(
        "many",
        rf"(?:in|into|in to) how many ([a-z]+) (?:does|do|did|can|could) {_THE_N} (?:{_DIVIDE}|fall)(?: up| down| "
        rf"apart)?(?= \||$)",
        r"how many \1 does \2 consist of",
    ),
    # What there is beside what is known of a set.
    idiom(
        "other apart aside besides beside except counting leaving",
        rf"^{_THE_N} \| (?:{_BESIDE}) {_THE_N} \| (?:what|which(?: ones?| others?)?)(?: else)? (?:is|are|was|were)"
        r"(?: there| left)?(?= \||$)",
        r"list \1 apart from \2",
    ),
    # What stands there without anything.
    idiom(
        "without",
        r"(?:stands?|comes?|goes|go|remains?|does|do|gets? by|rests?) (?:there )?without (?:any |all )?"
        r"(evidence|proof|support|reasons?|grounds?|arguments?|examples?|parts?|prerequisites?|objections?|sources?)"
        r"(?: (?:at all|whatsoever|behind (?:it|them)))?(?= \||$)",
        r"has no \1",
    ),
)  # fmt: skip
"""In the order in which they are tried."""
