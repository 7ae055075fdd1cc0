"""Words on lines: where on its line an edge can be named so that nothing else is covered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, dist, floor

from conceptmap.draw.dot import line_of
from conceptmap.draw.labels import breadth
from conceptmap.draw.layout import SMALL_SIZE, Layout, RoutedEdge
from conceptmap.draw.routes import Curve, Point, Rect, points_along

SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
"""How far along a line words may stand: half way, else as near to that as there is room."""
_CELL = 64
"""Pixels: things are looked for in squares as wide as a gutter, so that few stand in one."""
_STEP = 6.0
"""Pixels from one point of a line to the next, less than half a line of words: no line slips through."""
_HIGH = SMALL_SIZE * 1.1
"""Pixels that words are high."""
_AROUND = 2.0
"""Pixels that stay free around words."""


class LineWords:
    """The room for words on the lines of a layout; words that are put take theirs."""

    def __init__(self, layout: Layout) -> None:
        self._lines: dict[tuple[int, int], list[tuple[Point, RoutedEdge]]] = defaultdict(list)
        self._taken: dict[tuple[int, int], list[Rect]] = defaultdict(list)
        self._named: set[str] = set()
        for rect in layout.places.values():
            self._take(rect)
        for routed in layout.edges:
            for point in _dense(line_of(routed)):
                self._lines[_cell(point)].append((point, routed))

    def put(self, routed: RoutedEdge, words: str, shares: Sequence[float] = SHARES) -> Point | None:
        """The middle of the words on their line; None where they would cover a node, other words or another line.

        Where lines of one relation that meet in a node run together, words name them all: the others get none.
        """
        points = _dense(line_of(routed))
        if not points or not words or routed.edge.name in self._named:
            return None
        width = breadth(words) * SMALL_SIZE + 2 * _AROUND
        for x, y in (_at(points, share) for share in shares):
            rect = Rect(x - width / 2, y - _HIGH / 2, width, _HIGH)
            if self._is_free(rect, routed):
                self._take(rect)
                self._named |= {other.edge.name for other in self._within(rect)}
                return x, y
        return None

    def _take(self, rect: Rect) -> None:
        for cell in _cells(rect):
            self._taken[cell].append(rect)

    def _is_free(self, rect: Rect, routed: RoutedEdge) -> bool:
        return not any(
            any(_overlap(rect, other) for other in self._taken.get(cell, ())) for cell in _cells(rect)
        ) and all(belong(other, routed) for other in self._within(rect))

    def _within(self, rect: Rect) -> Iterator[RoutedEdge]:
        """The lines that run through a place."""
        lines = (self._lines.get(cell, ()) for cell in _cells(rect))
        return (routed for line in lines for point, routed in line if _holds(rect, point))


def names_on_lines(layout: Layout) -> dict[str, tuple[str, Point]]:
    """The name of the relation on each line that has room for it, and its middle, by the names of edges."""
    room, found = LineWords(layout), {}
    for routed in layout.edges:
        words = relation_name(routed)
        if middle := room.put(routed, words):
            found[routed.edge.name] = words, middle
    return found


def belong(one: RoutedEdge, other: RoutedEdge) -> bool:
    """Whether two lines belong together: they are of one relation and meet, so that the same words name both."""
    met = one.first in (other.first, other.second) or one.second in (other.first, other.second)
    return met and relation_name(one) == relation_name(other)


def relation_name(routed: RoutedEdge) -> str:
    """The name of an edge's relation; nothing for a mere count."""
    return routed.edge.relation.name if routed.edge.relation else ""


def _dense(curve: Curve) -> list[Point]:
    """Points all along a curve, close to each other."""
    if not curve:
        return []
    steps = max(4, ceil(max(dist(one, other) for one, other in pairwise(curve[::3])) / _STEP))
    return points_along(curve, steps)


def point_of(curve: Curve, share: float = 0.0, least: float = 0.0) -> Point:
    """The point that lies so far along a curve, as a share of its length, but at least so many pixels."""
    return _at(_dense(curve), share, least)


def _at(points: Sequence[Point], share: float, least: float = 0.0) -> Point:
    lengths = [dist(one, other) for one, other in pairwise(points)]
    left = max(share * sum(lengths), least)
    for point, length in zip(points, lengths, strict=False):
        if left <= length:
            return point
        left -= length
    return points[-1]


def _cell(point: Point) -> tuple[int, int]:
    return floor(point[0] / _CELL), floor(point[1] / _CELL)


def _cells(rect: Rect) -> Iterator[tuple[int, int]]:
    left, top = _cell((rect.x, rect.y))
    right, bottom = _cell((rect.right, rect.bottom))
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _holds(rect: Rect, point: Point) -> bool:
    return rect.x < point[0] < rect.right and rect.y - _AROUND < point[1] < rect.bottom + _AROUND
