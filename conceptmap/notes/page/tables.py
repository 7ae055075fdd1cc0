"""Tables that compare: the first column names a dimension, each further one a thing."""

from conceptmap.notes.page.blocks import Table
from conceptmap.notes.page.syntax import plain
from ontology.names import name_key

_ATTRIBUTES = frozenset(
    "meaning description default notes note example examples type value link url purpose comment usage status".split()
)
"""Heads of further columns that describe the row, so that the columns are no things to compare."""

_NO_DIMENSIONS = frozenset(
    ("day", "days", "date", "week", "weeks", "time", "year", "month", "step", "no", "nr", "number", "id", "#")
)
"""Heads of a first column whose rows count something, so that the table is a list and no comparison."""


def compared(table: Table) -> list[str]:
    """The labels of the things that a table compares; empty if it is no comparison."""
    first, *others = (plain(cell.text) for cell in table.rows[0])
    keys = {name_key(label) for label in others}
    fine = len(others) >= 2 and all(others) and len(keys) == len(others) and len(table.rows) > 1
    return others if fine and name_key(first) not in _NO_DIMENSIONS and keys.isdisjoint(_ATTRIBUTES) else []
