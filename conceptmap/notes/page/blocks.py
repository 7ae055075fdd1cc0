"""The block model: what a page is made of, whichever format it came in.

Lines keep their place in the file. `masked` is a line's text with code, formulas and comments blanked out,
so that syntax is looked for there and words are taken from `text`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from conceptmap.notes.page.inline import Link, links_in, masked, plain
from ontology.names import name_key


class Line(NamedTuple):
    """The words of one line, without indent and markers, and where they begin in the file (1-based)."""

    text: str
    number: int
    column: int
    masked: str
    links: tuple[Link, ...] = ()

    @classmethod
    def read(cls, text: str, number: int = 1, column: int = 1) -> "Line":
        """A line that is read by itself: no code or formula goes over its ends."""
        return cls(text, number, column, masked(text), links_in(text))

    @property
    def position(self) -> tuple[int, int]:
        """Line and column."""
        return self.number, self.column

    @staticmethod
    def joined(lines: Sequence["Line"]) -> "Line":
        """Several lines as one, with spaces between them, at the place of the first."""
        whole = lines[0]
        for line in lines[1:]:
            links = (link.moved(len(whole.text) + 1) for link in line.links)
            whole = whole._replace(
                text=f"{whole.text} {line.text}", masked=f"{whole.masked} {line.masked}", links=(*whole.links, *links)
            )
        return whole

    def until(self, end: int) -> "Line":
        """What stands before a place of the text, without spaces at its end."""
        text = self.text[:end].rstrip()
        links = tuple(link for link in self.links if link.end <= len(text))
        return self._replace(text=text, masked=self.masked[: len(text)], links=links)

    def place_of(self, link: Link) -> tuple[int, int]:
        """Line and column where one of its links begins."""
        return self.number, self.column + link.start


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    line: Line
    last: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of running text."""

    lines: tuple[Line, ...]
    last: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, with all that is nested under it."""

    blocks: tuple["Block", ...]
    last: int

    @property
    def head(self) -> "Paragraph | None":
        """The paragraph that the item begins with, if it begins with one."""
        first = self.blocks[0] if self.blocks else None
        return first if isinstance(first, Paragraph) else None


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered`: its items are numbered."""

    items: tuple[Item, ...]
    last: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first row is the header, all rows have as many cells.

    `behind`: lines without a bar that stand directly below it, which Markdown takes for rows of one cell.
    """

    rows: tuple[tuple[Line, ...], ...]
    last: int
    behind: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A code block with its info string; its lines keep their indent."""

    info: str
    lines: tuple[Line, ...]
    last: int


@dataclass(frozen=True, slots=True)
class Formula:
    """Display mathematics, without its dollar signs."""

    text: str
    line: Line
    last: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple["Block", ...]
    last: int


Block: TypeAlias = Heading | Paragraph | Items | Table | Code | Formula | Quote


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
