"""What was read in notes, by rule class and line, and what was not, so that a person can review it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from conceptmap.notes.lesson import class_of
from conceptmap.notes.page.inline import plain
from conceptmap.notes.rule_classes import OUTLINE
from conceptmap.notes.values import NoteDocument
from ontology.model import Document, Edge, Node

STATED = "stated"
"""What stands for the rule of an item that explicit syntax states."""


class DerivedItem(NamedTuple):
    """A node or edge: the name of the rule class that read it (or `STATED`), where, and what it says."""

    rule: str
    file: str
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of the lines of one note: the items that they made, by line, and the lines that made none.

    `name` is what its day is called, or its path where it has none. `lines` counts the lines with words below the
    front matter; `unread` are the numbers of those that made nothing. Of `nodes`, mentions are not counted.
    """

    path: str
    name: str
    nodes: int
    edges: int
    items: tuple[DerivedItem, ...]
    lines: int
    unread: tuple[int, ...]

    @property
    def unread_ranges(self) -> list[str]:
        """The unread lines, those in a row together: `3`, `12–14`."""
        runs = groupby(enumerate(self.unread), key=lambda one: one[1] - one[0])
        numbers = [[number for _, number in run] for _, run in runs]
        return [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in numbers]


def items_of(read: Iterable[Explanation]) -> list[DerivedItem]:
    """All nodes and edges of notes: what is stated, then what rules found, the surest rule first; then by line."""

    def rank(item: DerivedItem) -> tuple[bool, int, str, str, int]:
        derived = item.rule != STATED
        return derived, class_of(item.rule).doubt if derived else 0, item.rule, item.file, item.line

    return sorted((item for one in read for item in one.items), key=rank)


def explained(note: NoteDocument) -> Explanation:
    """Which rule made what of each line of a note, what is stated there too, and the lines that made nothing."""
    document = note.document
    lines = worded_lines(note.lines, note.first)
    return Explanation(
        note.path,
        note.path if document.undated else document.day_name or f"day {document.day}",
        sum(not node.mention for node in document.nodes),
        len(document.edges),
        tuple(sorted(_items(note), key=lambda item: item.line)),
        len(lines),
        unread_lines(document, lines),
    )


def worded_lines(lines: Sequence[str], first: int) -> dict[int, str]:
    """The lines that have words outside comments, by number.

    >>> worded_lines(["Rye <!-- or", "wheat", "-->", "---", "needs time."], 1)
    {1: 'Rye <!-- or', 5: 'needs time.'}
    """
    bare = _without_comments("\n".join(lines)).split("\n")
    return {first + at: line for at, line in enumerate(lines) if any(map(str.isalnum, bare[at]))}


def _without_comments(text: str) -> str:
    """A text without its comments, but with their line ends; one that is not closed is none."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + len("-->")
    return "".join((*kept, text[at:]))


def unread_lines(document: Document, lines: Mapping[int, str]) -> tuple[int, ...]:
    """Of a note's lines with words below the front matter, by number, those that made nothing of its document."""
    items: list[Node | Edge] = [*document.nodes, *document.edges]
    read = {number for item in items for number in _lines_of(item, lines)}
    title = next(iter(lines), None)
    if title is not None and lines[title].lstrip().startswith("#"):
        read.add(title)
    return tuple(number for number in lines if number not in read)


def _lines_of(item: Node | Edge, lines: Mapping[int, str]) -> Iterator[int]:
    """The lines that an item was made of; of a whole section only its heading and what became its gist."""
    if item.origin.lines is None:
        return
    first, last = item.origin.lines
    if item.origin.rule != OUTLINE.name:
        yield from range(first, last + 1)
        return
    yield first
    gist = str(item.data.get("gist", "")) if isinstance(item, Node) else ""
    for number in range(first + 1, last + 1) if gist else ():
        words = plain(lines.get(number, ""))
        if words and (words in gist or gist.removesuffix(".") in words):
            yield number


def _items(note: NoteDocument) -> Iterator[DerivedItem]:
    labels = {node.id: node.label for node in note.document.nodes}
    items: list[Node | Edge] = [*note.document.nodes, *note.document.edges]
    for item in items:
        if isinstance(item, Node) and item.mention:
            continue
        if isinstance(item, Node):
            what = f"{item.kind}: {item.label}"
        else:
            dimension = f" in {item.dimension}" if item.dimension else ""
            what = f"{labels[item.source]} | {item.relation} | {labels[item.target]}{dimension}"
        rule = item.origin.rule or "" if item.origin.how == "derived" else STATED
        yield DerivedItem(rule, note.path, item.origin.lines[0] if item.origin.lines else 1, what)
