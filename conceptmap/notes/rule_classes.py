"""The rule classes that read notes and lessons, from the surest to the one that errs most often."""

TREE = "tree"
TABLE = "table"
ARROWS = "arrows"
FORMULA = "formula"
PROMPT = "prompt"
UNIT = "unit"
DAY_LIST = "day list"
DAY_MARK = "day mark"
CUE_LIST = "cue list"
LEAD = "lead"
PARTS = "parts"
STEPS = "steps"
REASONS = "reasons"
EXAMPLES = "examples"
DEFINITION = "definition"
VERSUS = "versus"
PREDICTION = "prediction"
READING = "reading"
QUESTION = "question"
THESIS = "thesis"
VICTORY = "victory"
SYNTHESIS = "synthesis"
CONTRAST = "contrast"
OPENING = "opening words"
TOLD = "sentence"
PROSE_LINK = "prose link"
KNOWN_NAME = "known name"

CERTAINTY = (
    TREE,
    TABLE,
    ARROWS,
    FORMULA,
    PROMPT,
    UNIT,
    DAY_LIST,
    DAY_MARK,
    CUE_LIST,
    LEAD,
    PARTS,
    STEPS,
    REASONS,
    EXAMPLES,
    VERSUS,
    PREDICTION,
    READING,
    QUESTION,
    PROSE_LINK,
    DEFINITION,
    THESIS,
    VICTORY,
    TOLD,
    SYNTHESIS,
    CONTRAST,
    OPENING,
    KNOWN_NAME,
)
"""All rule classes, the surest first."""


def doubt(rule: str | None) -> int:
    """How uncertain what a rule found is: its place among the rules; one that is not among them comes last."""
    return CERTAINTY.index(rule) if rule in CERTAINTY else len(CERTAINTY)


def guesses(rule: str | None) -> bool:
    """Whether a rule reads between the lines, rather than a list, tree or table of a typed note."""
    return rule not in (TREE, TABLE, ARROWS, CUE_LIST, PROSE_LINK)
