"""Reading a tree diagram from the lines of a code block; the inverse of how it is drawn.

Yeast (Day 1)
│
└── Fermentation
    → Implication:
      What does cold dough do?
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from conceptmap.notes.page.markdown import Code, Line
from ontology.model import MAX_LABEL

Mark = Literal["root", "branch", "arrow"]

_BRANCH = re.compile(r"([\s│|┃]*)([├└┣┗|`+]|\\)([─━-]{1,4})\s*(?=\S)")
_ARROW = re.compile(r"([\s│|┃]*)(?:→|->|⇒|=>)\s*")
_BARS = re.compile(r"[\s│|┃]*")
_DAY = re.compile(r"\s*\(day\s([0-9]{1,5})\)\Z", re.IGNORECASE)
_BOXES = re.compile("[┌┐┘┤┬┴┼╔╗╚╝║═▲▼◄►•●]")
"""Signs of boxes, circuits and flow charts: a tree has none of them."""

_TREE_WORDS = ("tree", "map", "conceptmap")
_PLAIN_WORDS = ("", "text", "txt", "plain", "plaintext", "ascii", *_TREE_WORDS)
"""What the info string of a code block may say that is a tree; another word names a language."""

_FLATTENED = re.compile("│ [│├└]")
_TRUNK_ROOM = 2
"""Columns that an arrow stands at least behind the trunk which it hangs beside: the trunk's bar and a space."""

_MAX_LABEL = 2 * MAX_LABEL
"""Characters of a label that goes on over several lines, before what the next one adds: more of them are refused."""

MAX_DEPTH = 100
"""Levels of a tree that are read: ten times what anybody draws, and few enough that a walk may call itself."""


@dataclass(slots=True)
class TreeNode:
    """A node of a tree: its label, the day in parentheses behind it, how it hangs and what hangs on it."""

    label: str
    day: int | None
    line: Line
    mark: Mark
    children: list["TreeNode"] = field(default_factory=list)
    asked: list[Line] = field(default_factory=list)


def tree_nodes(roots: Iterable[TreeNode]) -> Iterator[TreeNode]:
    """Every node of trees with these roots, top down."""
    waiting = [*roots][::-1]
    while waiting:
        drawn = waiting.pop()
        yield drawn
        waiting.extend(reversed(drawn.children))


class Tree(NamedTuple):
    """The roots of a tree, and the first line that was too deep to read."""

    roots: list[TreeNode]
    too_deep: Line | None


@dataclass(slots=True)
class _Open:
    """A node that lines below may still hang on: the column of its branch and of its label."""

    drawn: TreeNode
    column: int
    words: int
    closed: bool

    def holds(self, column: int) -> bool:
        """Whether an arrow at this column stands under the label; under a root it may stand behind its trunk."""
        return self.words <= column and self.column < column - _TRUNK_ROOM


def is_tree(code: Code) -> bool:
    """Whether a code block is a tree: it says so, or it is drawn with branches and is no table or folder listing.

    Every line of a tree has words, or nothing but the bars of its trunks; the rule of a table has neither.
    """
    word = code.info.split()[0].lower() if code.info.split() else ""
    if word not in _PLAIN_WORDS:
        return False
    if word in _TREE_WORDS:
        return True
    text = "\n".join(line.text for line in code.lines)
    first = next((line.text.strip() for line in code.lines if line.text.strip()), "")
    listing = first == "." or first.endswith("/") or first.startswith("./")
    branches = any(_BRANCH.match(line.text) or line.text.strip() == "│" for line in code.lines)
    worded = all(any(map(str.isalnum, line.text)) or _BARS.fullmatch(line.text) for line in code.lines)
    return branches and worded and not listing and not _BOXES.search(text)


def read_tree(lines: Sequence[Line], *, flattened: bool = False) -> Tree:
    """The roots of a tree, each with all below it; `flattened`: its lines have lost their indent.

    >>> rows = ["Yeast (Day 1)", "│", "└── Fermentation"]
    >>> root, = read_tree([Line(row, number, 1, "") for number, row in enumerate(rows, 1)]).roots
    >>> root.label, root.day, [child.label for child in root.children]
    ('Yeast', 1, ['Fermentation'])
    """
    reader = _Reader(lines, flattened)
    for line in lines:
        reader.read(line)
    return Tree(reader.roots, reader.too_deep)


def parted_day(text: str) -> tuple[str, int | None]:
    """A label and the day that stands behind it.

    >>> parted_day("Yeast (Day 1)")
    ('Yeast', 1)
    """
    day = _DAY.search(text)
    return (text[: day.start()], int(day[1])) if day and day.start() else (text, None)


class _Reader:
    """Keeps the nodes that are still open, outermost first."""

    def __init__(self, lines: Sequence[Line], flattened: bool) -> None:
        filled = [line.text for line in lines if line.text.strip()]
        self._indent = min((len(text) - len(text.lstrip()) for text in filled), default=0)
        self._flattened = flattened or any(_FLATTENED.search(text) for text in filled)
        self._open: list[_Open] = []
        self._asker: tuple[TreeNode, int] | None = None
        self.roots: list[TreeNode] = []
        self.too_deep: Line | None = None

    def read(self, line: Line) -> None:
        text = line.text[self._indent :].rstrip()
        end = _BARS.match(text)
        if end is None or end.end() == len(text):
            self._asker = None if self._flattened else self._asker
            return
        if branch := _BRANCH.match(text):
            self._branch(line, text, branch)
        elif (arrow := _ARROW.match(text)) and arrow.end() < len(text):
            self._arrow(line, text, arrow)
        elif self._asker and (self._flattened or end.end() > self._asker[1]):
            self._asker[0].asked.append(self._part(line, text, end.end()))
        elif end.end() == 0:
            self._root(line, text)
        elif self._open:
            drawn = self._open[-1].drawn
            drawn.label = f"{drawn.label[:_MAX_LABEL]} {text[end.end() :]}"

    def _part(self, line: Line, text: str, start: int) -> Line:
        words = text[start:].strip()
        return Line(words, line.number, start + self._indent + 1, words)

    def _tree_node(self, line: Line, text: str, start: int, mark: Mark) -> TreeNode:
        part = self._part(line, text, start)
        label, day = parted_day(part.text)
        self._asker = None
        return TreeNode(label, day, part, mark)

    def _root(self, line: Line, text: str) -> None:
        drawn = self._tree_node(line, text, 0, "root")
        self.roots.append(drawn)
        self._open = [_Open(drawn, -1, 0, closed=False)]

    def _branch(self, line: Line, text: str, branch: re.Match[str]) -> None:
        drawn = self._tree_node(line, text, branch.end(), "branch")
        column = branch.end(1)
        while self._open and self._open[-1].column > column:
            self._open.pop()
        if self._open and self._open[-1].column == column and not self._open[-1].closed:
            self._open.pop()
        if len(self._open) > MAX_DEPTH:
            self.too_deep = self.too_deep or line
            return
        self._hang(drawn)
        self._open.append(_Open(drawn, column, branch.end(), closed=branch[2] in "└┗`\\"))

    def _arrow(self, line: Line, text: str, arrow: re.Match[str]) -> None:
        drawn = self._tree_node(line, text, arrow.end(), "arrow")
        column = arrow.end(1)
        above = next((one for one in reversed(self._open) if self._flattened or one.holds(column)), None)
        above = above or next(iter(self._open), None)
        if above is None:
            self.roots.append(drawn)
        else:
            above.drawn.children.append(drawn)
        self._asker = drawn, column
        if drawn.label.endswith((":", "：")):
            drawn.label = drawn.label[:-1].rstrip()

    def _hang(self, drawn: TreeNode) -> None:
        if self._open:
            self._open[-1].drawn.children.append(drawn)
        else:
            self.roots.append(drawn)
