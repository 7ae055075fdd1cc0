"""What somebody does with things: reads sources, does methods, counts them as something. See `idioms`."""

from conceptmap.ask.idiom import AGENT, COURSE, Idiom, N, idiom

_THE_N = rf"((?:(?:the|an?) )?{N})"

HANDLING: tuple[Idiom, ...] = (
    # What is read, and where.
    idiom(
        "quote cite use read consult turn draw rely take look name give",
        rf"(which|what)((?: of (?:my|our|the|your|these))? (?:sources?|texts?|books?|papers?|readings?|articles?)) "
        rf"(?:can|could|may|might|should|must|do|would|am|are) (?:{AGENT})(?: supposed to| meant to| able to| to)? "
        r"(?:quote|cite|use|read|consult|turn to|draw on|rely on|take|look at|name|give)(?: from)? "
        rf"(?:on|about|for|regarding|concerning|to learn about)(?= (?:(?:the|an?) )?{N}(?: \||$))",
        r"\1\2 are about",
    ),
    # How something is done.
    idiom(
        "do perform carry go practise practice",
        rf"how (?:do|does|did|can|could|should|shall|must|would) (?:{AGENT}) (?:do|perform|carry out|go about|"
        r"practi[sc]e)(?= (?!with|better|well|so|this|that|it)(?:[a-z]|§))",
        "how to carry out",
    ),
    idiom(
        "done performed carried practised practiced",
        rf"how (?:is|are|was|were) {_THE_N} (?:done|performed|carried out|practi[sc]ed)(?= \||$)",
        r"how to carry out \1",
    ),
    idiom(
        "hands hand",
        r"with (?:(?:my|your|our|their|his|her|its|one s|the)(?: own| bare| two)*|own|bare) hands?",
        "by hand",
    ),
    # What counts as an example of something.
    idiom(
        "count class classify regard see treat list file rank",
        rf"(which|what) ([a-z]+) (?:does|do|did|can|could|would) (?:{AGENT}|(?:the|this|our|your|my) (?:{COURSE})s?) "
        rf"(?:count|class|classify|regard|see|treat|list|file|rank) (?:as|among|under) {_THE_N}(?= \||$)",
        r"\1 \2 are \3",
    ),
)  # fmt: skip
"""In the order in which they are tried."""
