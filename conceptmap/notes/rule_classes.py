"""Rule classes: what each derived node and edge cites, and how much to believe it."""

from typing import NamedTuple


class RuleClass(NamedTuple):
    """What the origins of derived nodes and edges name as their `rule`.

    `doubt`: its place among the classes, 0 for the surest, as judged from the lessons with gold graphs; what is to be
    reviewed is sorted by it. `guesses`: it reads between the lines, where a list, tree, table or link of a typed note
    says what it means.
    """

    name: str
    doubt: int
    guesses: bool = True


TREE = RuleClass("tree", 0, guesses=False)
TABLE = RuleClass("table", 1, guesses=False)
ARROWS = RuleClass("arrows", 2, guesses=False)
FORMULA = RuleClass("formula", 3)
PROMPT = RuleClass("prompt", 4)
UNIT = RuleClass("unit", 5)
DAY_LIST = RuleClass("day list", 6)
DAY_MARK = RuleClass("day mark", 7)
CUE_LIST = RuleClass("cue list", 8, guesses=False)
LEAD = RuleClass("lead", 9)
PARTS = RuleClass("parts", 10)
STEPS = RuleClass("steps", 11)
REASONS = RuleClass("reasons", 12)
EXAMPLES = RuleClass("examples", 13)
VERSUS = RuleClass("versus", 14)
PREDICTION = RuleClass("prediction", 15)
READING = RuleClass("reading", 16)
QUESTION = RuleClass("question", 17)
PROSE_LINK = RuleClass("prose link", 18, guesses=False)
OUTLINE = RuleClass("outline", 19, guesses=False)
DEFINITION = RuleClass("definition", 20)
THESIS = RuleClass("thesis", 21)
VICTORY = RuleClass("victory", 22)
SENTENCE = RuleClass("sentence", 23)
SYNTHESIS = RuleClass("synthesis", 24)
CONTRAST = RuleClass("contrast", 25)
OPENING = RuleClass("opening words", 26)
TERM = RuleClass("term in a sentence", 27)
ARGUMENT = RuleClass("argument in a sentence", 28)
KNOWN_NAME = RuleClass("known name", 29)

IN_TYPED_NOTES = (TREE, TABLE, ARROWS, CUE_LIST, PROSE_LINK, OUTLINE)
"""The classes by which typed notes are read; the others belong to the rules for lessons."""

IN_SENTENCES = (SENTENCE, TERM, ARGUMENT)
"""The classes of what running text says of names and claims: the outline of its section is read all the same."""

UNKNOWN = RuleClass("unknown", 1000)
"""For a store that other rules have written."""
