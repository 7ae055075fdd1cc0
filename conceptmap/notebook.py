"""How results look in a notebook, as HTML, and at a prompt, as text: tables, lists and pictures of bounded length.

All that notes and queries say is escaped. The HTML has no scripts and no ids, so that cells do not disturb each other,
and takes its colours from the notebook, so that it reads on dark paper too.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Generic, SupportsIndex, TypeVar, overload

from markupsafe import Markup

from conceptmap.plain_words import counted
from graphs.view import Citation

MOST_ROWS = 20
"""Rows of a table that are shown at once; more unfold."""
MOST_UNFOLDED = 200
"""Rows that unfold: whoever wants more asks for the data."""
MOST_LINES = 8
"""Rows of a table as text: a result is a few lines."""
MOST_LETTERS = 300
"""Characters of a cell."""
_LINE = 100
"""Characters of a line of text."""
_LEFT = Markup(' style="text-align: left"')
_APART = Markup(' style="margin: 0 0 1em"')
"""Notebooks set tables of numbers, in the middle; ours are words."""
_MARKS = re.compile(r"([\\\\`*_\[\]<>|#~$])")
_FRAME = Markup('<div class="tex2jax_ignore mathjax_ignore">{}</div>')
"""Notebooks would read what stands between two prices in dollars as a formula."""

Item = TypeVar("Item")
Row = Mapping[str, object]
"""The cells of a row by the names of their columns; None is an empty one."""


def html(*parts: str) -> str:
    """Parts, of which those that are no markup are escaped, as one piece of HTML."""
    return str(_FRAME.format(Markup("").join(parts)))


def heading(words: str, more: str = "") -> Markup:
    """A line in bold, and what follows it."""
    return Markup("<p><b>{}</b>{}</p>").format(words, f" {more}" if more else "")


def bullets(items: Iterable[str]) -> Markup:
    """A list; nothing where it would be empty."""
    lines = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup("<ul>{}</ul>").format(lines) if lines else Markup("")


def unfolding(items: Sequence[str], most: int) -> Markup:
    """A list of which the first items stand there, and the others unfold."""
    rest = items[most : most + MOST_UNFOLDED]
    more = len(items) - most
    words = f"and {more} more" + (f", of which the next {len(rest)} are here" if len(rest) < more else "")
    return bullets(items[:most]) + (folded(words, bullets(rest)) if rest else "")


def folded(words: str, inside: Markup) -> Markup:
    """What unfolds below some words."""
    return Markup("<details><summary>{}</summary>{}</details>").format(words, inside)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], count: int | None = None) -> Markup:
    """A table of so many rows, of which the first stand there and some more unfold; nothing where there is no row."""
    if not rows:
        return Markup("")
    shown, rest = _table(columns, rows[:MOST_ROWS]), rows[MOST_ROWS : MOST_ROWS + MOST_UNFOLDED]
    if not rest:
        return shown
    more = max(count or 0, len(rows)) - MOST_ROWS
    words = f"and {more} more" + (f", of which the next {len(rest)} are here" if len(rest) < more else "")
    return shown + folded(words, _table(columns, rest))


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Markup:
    head = _cells("th", columns)
    body = Markup("").join(Markup("<tr>{}</tr>").format(_cells("td", map(words_of, row))) for row in rows)
    return Markup("<table{}><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(_APART, head, body)


def _cells(tag: str, words: Iterable[str]) -> Markup:
    return Markup("").join(Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), _LEFT, one) for one in words)


def filled(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> tuple[list[str], list[list[object]]]:
    """A table without the columns in which nothing stands."""
    kept = [place for place in range(len(columns)) if any(row[place] not in (None, "") for row in rows)]
    return [columns[place] for place in kept], [[row[place] for place in kept] for row in rows]


def words_of(value: object) -> str:
    """What stands in a cell: the words of a value on one line, not too many."""
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip()}…"


def places(cites: Iterable[Citation]) -> str:
    """Where something is said: the first place, and how many more there are."""
    found = list(dict.fromkeys(one.where for one in cites))
    return "".join(found[:1]) + (f" and {len(found) - 1} more" if len(found) > 1 else "")


def to_the_second(time: str) -> str:
    """A time of the log without the fractions of a second."""
    return f"{time[:19]}Z"


def image(svg: str, words: str) -> Markup:
    """An SVG as an image of its own, so that its styles and ids are no other cell's; `words` say what it shows.

    One that is wider than the notebook is moved, and not made smaller: its words are to be read.
    """
    shown = Markup('<img src="data:image/svg+xml;base64,{}" alt="{}" style="max-width: none">')
    return Markup('<div style="overflow-x: auto">{}</div>').format(
        shown.format(b64encode(svg.encode()).decode(), words)
    )


def marked(text: object) -> str:
    r"""Words as Markdown shows them: on one line, with none of its signs taken for more than a sign.

    >>> print(marked("a *b* | <c>"))
    a \*b\* \| \<c\>
    """
    return _MARKS.sub(r"\\\1", words_of(text))


def markdown_table(columns: Sequence[str], rows: Sequence[Sequence[object]], count: int | None = None) -> str:
    """A table in Markdown, as GitHub reads it: the first rows, and how many more there are."""
    shown = [columns, ["---"] * len(columns), *([marked(one) for one in row] for row in rows[:MOST_ROWS])]
    lines = [f"| {' | '.join(row)} |" for row in shown] if columns else []
    more = max(count or 0, len(rows)) - MOST_ROWS
    return "\n".join([*lines, *(["", f"and {more} more"] if more > 0 else [])])


def markdown_list(lines: Sequence[str]) -> str:
    """Lines of Markdown as a list: the first, and how many more there are."""
    more = len(lines) - MOST_ROWS
    return "\n".join([*(f"- {one}" for one in lines[:MOST_ROWS]), *([f"- and {more} more"] if more > 0 else [])])


def text_table(columns: Sequence[str], rows: Sequence[Sequence[object]], count: int | None = None) -> str:
    """The same for a prompt: the first rows in columns, and how many more there are."""
    shown = [[words_of(one) for one in row] for row in rows[:MOST_LINES]]
    widths = _widths([list(columns), *shown])
    lines = [_text_line(row, widths) for row in (columns, *shown)]
    more = max(count or 0, len(rows)) - len(shown)
    return "\n".join([*lines, f"and {more} more"] if more else lines)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide columns are: as wide as their words, but the widest give way until a line holds all."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    while sum(widths) + 2 * len(widths) > _LINE and max(widths) > 10:
        widths[widths.index(max(widths))] -= 1
    return widths


def _text_line(row: Sequence[str], widths: Sequence[int]) -> str:
    cut = (one if len(one) <= width else f"{one[: width - 1]}…" for one, width in zip(row, widths, strict=True))
    return "  ".join(one.ljust(width) for one, width in zip(cut, widths, strict=True)).rstrip()


class Listed(list[Item], Generic[Item]):
    """A list that shows itself as a table, to which each item gives a row; else it is a list as any other."""

    def __init__(self, items: Iterable[Item], row: Callable[[Item], Row], noun: str, several: str = "") -> None:
        super().__init__(items)
        self._row = row
        self._noun, self._several = noun, several

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> Item: ...
    @overload
    def __getitem__(self, index: slice, /) -> "Listed[Item]": ...
    def __getitem__(self, index: SupportsIndex | slice, /) -> "Item | Listed[Item]":
        if isinstance(index, slice):
            return Listed(super().__getitem__(index), self._row, self._noun, self._several)
        return super().__getitem__(index)

    def __repr__(self) -> str:
        return f"{self._count}\n{text_table(*self._table(MOST_LINES), len(self))}" if self else self._count

    def _repr_markdown_(self) -> str:
        return f"**{self._count}**\n\n{markdown_table(*self._table(MOST_ROWS), len(self))}"

    def _repr_html_(self) -> str:
        return html(heading(self._count), table(*self._table(MOST_ROWS + MOST_UNFOLDED), len(self)))

    @property
    def _count(self) -> str:
        return counted(len(self), self._noun, self._several) if self else f"no {self._several or f'{self._noun}s'}"

    def _table(self, most: int) -> tuple[list[str], list[list[object]]]:
        """The columns that are not empty, and the first rows."""
        rows = [self._row(one) for one in islice(self, most)]
        return filled(list(rows[0]) if rows else [], [list(row.values()) for row in rows])
