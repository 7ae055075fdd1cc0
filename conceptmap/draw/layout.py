"""The layout: where the boxes, frames and lines of a picture go, in two arrangements that stay put.

A box's place depends on its own group and on older ones, never on what comes later: groups are laid out one by one,
in order, each by what was known of it by its own day. So a day that is added moves nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Literal

from conceptmap.draw.layers import Block, blocks
from conceptmap.draw.packing import packed
from conceptmap.draw.picture import Line, Picture
from conceptmap.draw.routing import COLUMN, GUTTER, Curve, Rect, Router, left_of
from conceptmap.draw.sizes import Size, ghost_size, size_of
from ontology.terms import HUBS

Arrangement = Literal["map", "timeline"]

ROW = 11
"""Pixels of a row; a box takes an even number of rows, so that boxes of any size can stand level."""
REACH = 2
"""A line that goes back over more groups than this ends at a stand-in of its older end."""
BAND = 5
"""Columns of a timeline."""
_APART = 12
_TITLE = 4
_WIDEST = 5
_SHAPE = 1.5
_MARGIN = 18


@dataclass(frozen=True, slots=True)
class Ghost:
    """The stand-in of a box, in a group far from its own."""

    of: str
    group: int


@dataclass(frozen=True, slots=True)
class Way:
    """A line as it is drawn: between which boxes or stand-ins, from what is read first to the other, and how."""

    line: Line
    first: str
    second: str
    curve: Curve


@dataclass(frozen=True, slots=True)
class Layout:
    """Places by the names of boxes and ghosts; frames by group."""

    places: Mapping[str, Rect]
    words: Mapping[str, tuple[str, ...]]
    frames: Mapping[int, Rect]
    ghosts: Mapping[str, Ghost]
    ways: tuple[Way, ...]

    @property
    def width(self) -> float:
        """Of the whole, in pixels."""
        rects = [*self.frames.values(), *self.places.values()]
        return max([0.0, *(rect.right for rect in rects), *(x for way in self.ways for x, _ in way.curve)])

    @property
    def height(self) -> float:
        """Of the whole, in pixels."""
        rects = [*self.frames.values(), *self.places.values()]
        return max([0.0, *(rect.bottom for rect in rects), *(y for way in self.ways for _, y in way.curve)])


def laid_out(picture: Picture, arrangement: Arrangement) -> Layout:
    """The layout of a picture.

    As a map, groups stand beside and below each other, later ones never left of earlier ones; the further right, the
    deeper the page. As a timeline, each group is a band as wide as the page, later ones below.
    """
    return _Drawing(picture).layout(arrangement)


def ghost_key(box: str, group: int) -> str:
    """The name of a stand-in; no id of a node has a space in it."""
    return f"{group} {box}"


class _Drawing:
    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._boxes = {box.id: box for box in picture.boxes}
        self._group = {box.id: -1 if box.group is None else box.group for box in picture.boxes}
        self._order = {group: place for place, group in enumerate(sorted(set(self._group.values())))}
        self._ghosts: dict[str, Ghost] = {}
        self._ends = [self._ends_of(line) for line in picture.lines]
        self._sizes: dict[str, Size] = {box.id: size_of(box) for box in picture.boxes}
        for name, ghost in self._ghosts.items():
            box = self._boxes[ghost.of]
            where = f"day {box.day}" if box.day is not None else "above"
            self._sizes[name] = ghost_size(box, where)

        self._heights = {name: 2 * ceil((size.height + _APART) / (2 * ROW)) for name, size in self._sizes.items()}

    def layout(self, arrangement: Arrangement) -> Layout:
        places: dict[str, Rect] = {}
        frames: dict[int, Rect] = {}
        spots = self._timeline() if arrangement == "timeline" else self._map()
        for group, (block, column, row) in spots.items():
            title = _TITLE if group in self._picture.days else 0
            places |= {name: self._rect(name, column + x, row + title + y) for name, (x, y) in block.places.items()}
            if title:
                columns = BAND if arrangement == "timeline" else block.columns
                frames[group] = _frame(column, row, columns, title + block.rows)
        signs = [line.relation.name if line.relation else "" for line in self._picture.lines]
        curves = Router(places).routes(self._ends, signs)
        ways = [
            Way(line, *ends, curve) for line, ends, curve in zip(self._picture.lines, self._ends, curves, strict=True)
        ]
        words = {name: size.lines for name, size in self._sizes.items()}
        return Layout(places, words, frames, self._ghosts, tuple(ways))

    def _ends_of(self, line: Line) -> tuple[str, str]:
        """The boxes that a line joins, as it is read; its older end is a stand-in where it is far away."""
        first, second = line.first, line.second
        far = abs(self._order[self._group[first]] - self._order[self._group[second]]) > REACH
        if not far or not self._was_known(line):
            return first, second
        old, new = sorted((first, second), key=lambda end: self._group[end])
        name = ghost_key(old, self._group[new])
        self._ghosts[name] = Ghost(old, self._group[new])
        return (name, second) if old == first else (first, name)

    def _was_known(self, line: Line) -> bool:
        """Whether a line came up no later than its newer end, so that it may have a say in where that stands."""
        return line.day <= max(
            -1 if (day := self._boxes[end].day) is None else day for end in (line.first, line.second)
        )

    def _timeline(self) -> dict[int, tuple[Block, int, int]]:
        spots: dict[int, tuple[Block, int, int]] = {}
        row = 0
        for group in self._order:
            block = packed(self._parts(group, BAND), BAND)
            spots[group] = block, 0, row
            row += self._rows(group, block)
        return spots

    def _map(self) -> dict[int, tuple[Block, int, int]]:
        """Groups below each other as far as the page goes down, then further right, as in a newspaper."""
        spots: dict[int, tuple[Block, int, int]] = {}
        column, wide, row = 0, 0, 0
        for group in self._order:
            parts = self._parts(group, _WIDEST)
            block = packed(parts, max(wide, _columns_for(parts)))
            if row and row + self._rows(group, block) > _depth(column):
                column, wide, row = column + wide, 0, 0
                block = packed(parts, _columns_for(parts))
            spots[group] = block, column, row
            wide, row = max(wide, block.columns), row + self._rows(group, block)
        return spots

    def _rows(self, group: int, block: Block) -> int:
        """How many rows a group takes, with its frame and what keeps it from the next."""
        return block.rows + (_TITLE + 2 if group in self._picture.days else 0)

    def _parts(self, group: int, most_columns: int) -> list[Block]:
        ends = [pair for line, pair in zip(self._picture.lines, self._ends, strict=True) if self._was_known(line)]
        inside = {name for name, own in self._group.items() if own == group}
        inside |= {name for name, ghost in self._ghosts.items() if ghost.group == group}
        pairs = [(a, b) for a, b in ends if a in inside and b in inside]
        before: dict[str, list[str]] = {}
        for a, b in pairs:
            for ghost, end in ((a, b), (b, a)):
                if ghost in self._ghosts:
                    before.setdefault(end, []).append(ghost)
        names: dict[str, int] = {}
        for box in self._picture.boxes:
            if self._group[box.id] == group:
                names |= {name: self._heights[name] for name in (*before.get(box.id, ()), box.id)}
        return blocks(names, [pair for pair in pairs if not self._is_loose(pair)], most_columns)

    def _is_loose(self, pair: tuple[str, str]) -> bool:
        """Whether two boxes need not stand together: a day, unit or source is joined to what has little in common."""
        return any(self._boxes[end].kind.name in HUBS for end in pair if end in self._boxes) and not any(
            end in self._ghosts for end in pair
        )

    def _rect(self, name: str, column: int, row: int) -> Rect:
        """The box in the middle of its column and of its rows."""
        size = self._sizes[name]
        room = self._heights[name] * ROW - size.height
        return Rect(left_of(column) + (COLUMN - size.width) / 2, row * ROW + room / 2, size.width, size.height)


def _columns_for(parts: Iterable[Block]) -> int:
    """How many columns make a group about one and a half times as wide as high."""
    found = list(parts)
    area = sum(part.columns * part.rows for part in found) * ROW * (COLUMN + GUTTER)
    wide = ceil(sqrt(area * _SHAPE) / (COLUMN + GUTTER) - 0.5)
    together = sum(part.columns for part in found)
    return max([min(wide, _WIDEST, together), *(part.columns for part in found)])


def _depth(column: int) -> int:
    """How many rows the page is deep at a column: it grows with its width, so that it is never a mere strip."""
    return min(34 + 20 * column, 260)


def _frame(column: int, row: int, columns: int, rows: int) -> Rect:
    left, right = left_of(column) - _MARGIN, left_of(column + columns) - GUTTER + _MARGIN
    return Rect(left, row * ROW + 2, right - left, rows * ROW + 8)
