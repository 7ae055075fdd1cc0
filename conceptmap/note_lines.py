"""A note as it was sent, line by line: what each line made, which made nothing, and why."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from conceptmap.notes import text_of, unread_lines, worded_lines
from graphs.entries import MARKDOWN, Entry
from graphs.fold import PartKey
from graphs.view import View
from ontology.hints import near_or_all
from ontology.model import Document, Edge, Node

MOST_TRIED = 40
"""Quotations that are looked up to find where a section of a diary begins in its file: a few agree at once."""

_FENCE = re.compile(r"\s*(?:>\s*)*(`{3,}|~{3,})")
_SHAPES = (
    (re.compile(r"\s*(?:>\s*)*#{1,6}\s"), "a heading that names nothing"),
    (re.compile(r"\s*\|"), "a table that compares nothing, or has numbers"),
    (re.compile(r"\s*(?:[-*+]\s+)?!\[[^\]]*\](?:\([^)]*\))?\s*$"), "a picture"),
    (re.compile(r"\s*[-*+]\s+\[[ xX/-]\]\s"), "something to do"),
    (re.compile(r"\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:https?://\S+|\[[^\]]*\]\([^)\s]*\))\s*$"), "only a link"),
    (re.compile(r".{0,200}:\W{0,4}$"), "it only introduces what follows"),
    (re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s)"), "an item of a list that says nothing of anything named"),
    (re.compile(r"\s*>"), "a quotation"),
)
"""What a line is by its first signs, as words for why it made nothing."""

_OTHER = "no sentence that the rules know"


class Made(NamedTuple):
    """A node or edge, and the lines that made it: their first and their last number."""

    item: Node | Edge
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class NoteLines:
    """A part of a day as it was sent: the entry, what it says, and its text line by line.

    `lines` are as typed, `markdown` without what a dialect adds, both from the line of the number `first` on; `front`
    is the number of the last line of the front matter (below `first`: there is none). `unread` says of each line with
    words that made nothing why, as far as that is known. What came in another form than notes has no lines, and 0
    for those that made something.
    """

    entry: Entry
    document: Document
    lines: tuple[str, ...]
    markdown: tuple[str, ...]
    first: int
    front: int
    made: tuple[Made, ...]
    unread: Mapping[int, str]

    def __repr__(self) -> str:
        return f"<{self.entry.part} of day {self.entry.day}: {len(self.lines)} lines, {len(self.made)} nodes and edges>"

    @property
    def key(self) -> PartKey:
        """The day and the part."""
        return PartKey(self.entry.day, self.entry.part)

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.first + len(self.lines) - 1


def note_lines_of(entry: Entry, document: Document) -> NoteLines:
    """The note that an entry put, with what its document says of each line."""
    if entry.media_type != MARKDOWN:
        said: list[Node | Edge] = [*(node for node in document.nodes if not node.mention), *document.edges]
        return NoteLines(entry, document, (), (), 1, 0, tuple(Made(item, 0, 0) for item in said), {})
    text = text_of(entry.part, entry.body)
    everything: list[Node | Edge] = [*document.nodes, *document.edges]
    items = [item for item in everything if item.origin.lines]
    first = first_line(items, text.lines)
    last = first + len(text.lines) - 1
    front = first + text.front - 1
    made = tuple(sorted(_made(items, first, last), key=lambda one: one.first))
    worded = {number: line for number, line in worded_lines(text.lines, first).items() if number > front}
    whys = _reasons(text.lines, text.markdown, first)
    unread = {number: whys[number] for number in unread_lines(document, worded)}
    return NoteLines(entry, document, text.lines, text.markdown, first, front, made, unread)


def near_notes(view: View, day: int, part: str | None) -> str:
    """What may be meant by a day or a part that is not there, as a hint."""
    if part is not None and (parts := [key.part for key in view.parts(day)]):
        return near_or_all(part, parts)
    if not (days := view.days()):
        return "it has none at all"
    near = sorted(days, key=lambda one: (abs(one - day), one))[:2]
    return f"the nearest of its days {'is' if len(near) == 1 else 'are'} {' and '.join(map(str, sorted(near)))}"


def _made(items: Iterable[Node | Edge], first: int, last: int) -> Iterator[Made]:
    for item in items:
        if item.origin.lines and not (isinstance(item, Node) and item.mention):
            begin, end = item.origin.lines
            yield Made(item, min(max(begin, first), last), min(max(end, first), last))


def first_line(items: Iterable[Node | Edge], lines: tuple[str, ...]) -> int:
    """The number of the first line in its file: 1, but for a section of a diary, which is found by what is quoted."""
    quoted = [
        (item.origin.lines[0], item.origin.quote.split("\n")[0].strip())
        for item in items
        if item.origin.lines and item.origin.quote
    ][:MOST_TRIED]
    if not quoted or any(0 < at <= len(lines) and words in lines[at - 1] for at, words in quoted):
        return 1
    found = Counter(at - index for at, words in quoted for index, line in enumerate(lines) if words in line)
    return max(1, found.most_common(1)[0][0]) if found else 1


def _reasons(lines: tuple[str, ...], markdown: tuple[str, ...], first: int) -> dict[int, str]:
    """Of each line what kind of text it is, as the reason why it made nothing if it did not."""
    found: dict[int, str] = {}
    fence, in_formula = "", False
    for number, (typed, line) in enumerate(zip(lines, markdown, strict=True), first):
        opened = _FENCE.match(line)
        if fence:
            found[number] = "code"
            fence = "" if opened and opened[1].startswith(fence) else fence
        elif opened:
            found[number], fence = "code", opened[1]
        elif in_formula or line.lstrip().startswith("$$"):
            found[number] = "a formula that nothing names"
            in_formula = line.count("$$") % 2 == (0 if in_formula else 1)
        elif typed.strip() and not line.strip():
            found[number] = "a comment, or a sign of the program that wrote the note"
        else:
            found[number] = next((why for shape, why in _SHAPES if shape.match(line)), _OTHER)
    return found
