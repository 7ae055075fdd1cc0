"""The text of topics: the Markdown that stands there, without the lines that are read as something else."""

import re
from collections.abc import Mapping, Sequence

from conceptmap.notes.outline.syntax import Topic
from conceptmap.notes.page.inline import without_comments
from conceptmap.notes.page.markdown import Block, Code, Formula, Heading, Items, Paragraph, Quote, Table

LONG_TEXT = "text::"
"""What a code block says of itself that is the text of a node, as it stands."""

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
_COMMENT = re.compile(r"[ \t>]*<!--")


class Texts:
    """Collects which lines of a file belong to which topic, and which of them are read as something else."""

    def __init__(self, lines: Sequence[str], first: int, last: int) -> None:
        self._lines: Mapping[int, str] = dict(enumerate(lines[first - 1 : last], first))
        self._regions: list[tuple[Topic, int, int, int]] = []
        self._region_of: dict[int, int] = {}
        self._taken: set[int] = set()
        self._code: set[int] = set()

    def give(self, topic: Topic, first: int, last: int, indent: int = 0) -> None:
        """These lines stand below a topic, indented by so many columns; those of a topic within are given before."""
        for number in range(first, last + 1):
            self._region_of.setdefault(number, len(self._regions))
        self._regions.append((topic, first, last, indent))

    def take(self, first: int, last: int) -> None:
        """These lines are read as something else."""
        self._taken.update(range(first, last + 1))

    def take_block(self, block: Block) -> None:
        """The lines of a block are read as something else."""
        if (first := self.first_of(block)) is not None:
            self.take(first, block.last)

    def keep(self, code: Code) -> None:
        """The lines of a code block are kept as they are."""
        self._code.update(range(self._first_of_code(code), code.last + 1))

    def long_text(self, code: Code) -> str:
        """The text that a code block holds, also the empty lines at its end."""
        closed = code.lines[-1].number < code.last and _FENCE.match(self._lines.get(code.last, ""))
        left = code.last - code.lines[-1].number - (1 if closed else 0)
        return "\n".join([*(line.text for line in code.lines), *[""] * left])

    def fill(self) -> None:
        """Give each topic its text, before what fields say of it."""
        self._take_comments()
        found: dict[int, tuple[Topic, list[str]]] = {}
        for region, (topic, first, last, indent) in enumerate(self._regions):
            own = [number for number in range(first, last + 1) if self._region_of[number] == region]
            if text := self._text(own, indent):
                found.setdefault(id(topic), (topic, []))[1].append(text)
        for topic, texts in found.values():
            topic.texts[:0] = texts

    def first_of(self, block: Block) -> int | None:
        """The first line of a block; None where it is empty."""
        match block:
            case Paragraph():
                return block.lines[0].number
            case Heading() | Formula():
                return block.line.number
            case Table():
                return block.rows[0][0].number
            case Code():
                return self._first_of_code(block)
            case Items():
                return next((self.first_of(one) for item in block.items for one in item.blocks), None)
            case Quote():
                return next(map(self.first_of, block.blocks), None)

    def _first_of_code(self, code: Code) -> int:
        first = code.lines[0].number
        return first - bool(_FENCE.match(self._lines.get(first - 1, "")) and code.last > code.lines[-1].number)

    def _take_comments(self) -> None:
        """HTML comments that stand on lines of their own say nothing to a reader."""
        opened = False
        for number, line in self._lines.items():
            if number in self._code:
                continue
            if opened or _COMMENT.match(line):
                end = line.find("-->")
                opened = end < 0
                if opened or not line[end + 3 :].strip():
                    self._taken.add(number)

    def _text(self, own: Sequence[int], indent: int) -> str:
        """The lines without those that are taken; where such a gap lies between empty lines one of these is left."""
        kept: list[str] = []
        before = own[0] - 1 if own else 0
        gap = False
        for number in own:
            gap = gap or number != before + 1
            before = number
            if number in self._taken or number not in self._lines:
                gap = True
                continue
            line = self._lines[number]
            line = line[min(indent, len(line) - len(line.lstrip())) :]
            line = line if number in self._code else without_comments(line)
            if gap and not line.strip() and (not kept or not kept[-1].strip()):
                continue
            gap = False
            kept.append(line)
        while kept and not kept[-1].strip():
            kept.pop()
        while kept and not kept[0].strip():
            kept.pop(0)
        return "\n".join(kept)
