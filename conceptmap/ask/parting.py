"""How people say what is divided and into how many parts, what is left out, and what comes without: see `idioms`."""

from conceptmap.ask.idiom import AGENT, COURSE, Idiom, N, idiom

_DIVIDE = "split|divide|break|cut|carve|separate|partition|subdivide|section|chop|organi[sz]e|structure|group|slice"
_DIVIDED = (
    "split|divided|broken|cut|carved|separated|partitioned|subdivided|sectioned|chopped|organi[sz]ed|structured|"
    "grouped|sliced|arranged"
)
_THE_N = rf"((?:(?:the|an?) )?{N})"
_BESIDE = "other than|apart from|aside from|besides|beside|except for|except|not counting|leaving aside|leaving out"

_WHICH_HAS = r"(?:which|whom) (?:there (?:is|are|was|were|exists?)|(?:you|we|i|they|people) have)"
_OPEN = "open|unanswered|undecided|unresolved|unsettled"
_WHO = rf"(?:{AGENT}|(?:the|this|our|your|my) (?:[a-z]+ )?(?:{COURSE})s?)"

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
    # What is left out, with what leaves it out around it.
    idiom(
        "aside",
        rf"(?:but )?(?:leaving|setting|putting|leave|set|put) ({_THE_N}(?: (?:and|or) {_THE_N})*) (?:aside|to one side)"
        r"(?= \||$)",
        r"apart from \1",
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
        "which whom",
        rf"(?:for|to|of|about|in|on|behind|under) {_WHICH_HAS}((?: not| no| any| some)*) "
        r"([a-z]+(?: [a-z]+)?)(?: at all| whatsoever)?(?= \||$)",
        r"that have\1 \2",
    ),
    idiom(
        "which whom",
        rf"against {_WHICH_HAS}((?: not| no| any| some)*) "
        r"(?:evidence|arguments?|reasons?|proof|objections?|anything|something)(?: at all| whatsoever)?(?= \||$)",
        r"that have\1 objections",
    ),
    idiom(
        "without",
        r"(?:stands?|comes?|goes|go|remains?|does|do|gets? by|rests?) (?:there )?without (?:any |all )?"
        r"(evidence|proof|support|reasons?|grounds?|arguments?|examples?|parts?|prerequisites?|objections?|sources?)"
        r"(?: (?:at all|whatsoever|behind (?:it|them)))?(?= \||$)",
        r"has no \1",
    ),
    # Two at once.
    idiom(
        "well too once together alike simultaneously",
        rf"(on|upon|from|of|with|to|against|for) {_THE_N} and (?:also )?(?:\1 )?{_THE_N} (?:as well|too|at once|"
        r"together|alike|simultaneously|at the same time)(?= \||$)",
        r"\1 both \2 and \3",
    ),
    # How many questions stay open.
    idiom(
        "open unanswered undecided unresolved unsettled",
        rf"how many (?:questions?|things|points|matters) (?:does|do|did|has|have|are|were|is) {_WHO} "
        rf"(?:leave|left|leaves) (?:still )?(?:{_OPEN})(?= \||$)",
        "how many open questions are there",
    ),
)  # fmt: skip
"""In the order in which they are tried."""
