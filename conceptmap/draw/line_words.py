"""Words on lines: where on its line an edge can be named so that nothing else is covered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, dist, floor

from conceptmap.draw.dot import line_of
from conceptmap.draw.labels import breadth
from conceptmap.draw.layout import SMALL_SIZE, Layout, RoutedEdge
from conceptmap.draw.routes import Curve, Point, Rect, points_along

SHARES = (0.5, 0.25, 0.75, 0.0, 1.0)
"""How far along a piece of a line words may stand: half way, else as near to that as there is room."""
_NEAR = 400.0
"""Pixels from a name up to which it is seen to belong to a line of its bundle."""
_TITLE = 24.0
"""Pixels of a frame that are kept for its title."""
_MARGIN = 12.0
"""Pixels that words may stand out of the picture."""
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
        self._reach = layout.width + _MARGIN
        titles = [Rect(frame.x, frame.y, frame.width, _TITLE) for frame in layout.frames.values()]
        for rect in (*layout.places.values(), *titles):
            self._take(rect)
        for routed in layout.edges:
            for point in _dense(line_of(routed)):
                self._lines[_cell(point)].append((point, routed))

    def put(self, routed: RoutedEdge, words: str) -> tuple[Point, list[RoutedEdge]] | None:
        """The middle of the words on their line, and the lines that they name; None where there is no room.

        They would cover a node, other words or another line there. Where lines that belong together share their way,
        words name them all; so that is where they stand, if they can.
        """
        line = line_of(routed)
        if not line or not words:
            return None
        width = breadth(words) * SMALL_SIZE + 2 * _AROUND
        best: tuple[Point, list[RoutedEdge]] | None = None
        for x, y in _spots(line, width):
            rect = Rect(x - width / 2, y - _HIGH / 2, width, _HIGH)
            within = {other.edge.name: other for other in self._within(rect)}
            if (not best or len(within) > len(best[1])) and self._is_free(rect, routed, within.values()):
                best = (x, y), list(within.values())
        if best:
            (x, y), _ = best
            self._take(Rect(x - width / 2, y - _HIGH / 2, width, _HIGH))
        return best

    def _take(self, rect: Rect) -> None:
        for cell in _cells(rect):
            self._taken[cell].append(rect)

    def _is_free(self, rect: Rect, routed: RoutedEdge, within: Iterable[RoutedEdge]) -> bool:
        if rect.x < -_MARGIN or rect.right > self._reach or not all(belong(other, routed) for other in within):
            return False
        return not any(_overlap(rect, other) for cell in _cells(rect) for other in self._taken.get(cell, ()))

    def _within(self, rect: Rect) -> Iterator[RoutedEdge]:
        """The lines that run through a place."""
        lines = (self._lines.get(cell, ()) for cell in _cells(rect))
        return (routed for line in lines for point, routed in line if _holds(rect, point))


@dataclass(frozen=True, slots=True)
class LineName:
    """The name of a relation on a line: its words, their middle, and the names of the edges that it stands on."""

    words: str
    middle: Point
    edges: tuple[str, ...]


def names_on_lines(layout: Layout) -> list[LineName]:
    """The names of relations on their lines, once for lines that belong together, wherever there is room.

    What leads far away from the name of its bundle has one of its own.
    """
    room = LineWords(layout)
    found: list[LineName] = []
    near: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for routed in sorted(layout.edges, key=lambda one: -_bundle_size(one, layout)):
        keys = [(relation_name(routed), f"{place} {end}") for place, end in enumerate(_ends(routed))]
        corners = routed.curve[::3]
        is_short = sum(dist(one, other) for one, other in pairwise(corners)) < 2 * _NEAR
        is_named = is_short and any(dist(point, end) < _NEAR for key in keys for point in near[key] for end in corners)
        if is_named or not (spot := room.put(routed, relation_name(routed))):
            continue
        middle, named = spot
        found.append(LineName(relation_name(routed), middle, tuple(one.edge.name for one in named)))
        for one in named:
            for place, end in enumerate(_ends(one)):
                near[relation_name(one), f"{place} {end}"].append(middle)
    return found


def belong(one: RoutedEdge, other: RoutedEdge) -> bool:
    """Whether two lines are of one relation and begin or end together, so that the same words name both."""
    met = any(end == far for end, far in zip(_ends(one), _ends(other), strict=True))
    return met and relation_name(one) == relation_name(other)


def _bundle_size(routed: RoutedEdge, layout: Layout) -> int:
    return sum(belong(routed, other) for other in layout.edges)


def _ends(routed: RoutedEdge) -> tuple[str, str]:
    """Where an edge begins and ends, as its relation is read."""
    ends = routed.first, routed.second
    return ends if routed.edge.first == routed.edge.source else ends[::-1]


def relation_name(routed: RoutedEdge) -> str:
    """The name of an edge's relation; nothing for a mere count."""
    return routed.edge.relation.name if routed.edge.relation else ""


def _dense(curve: Curve) -> list[Point]:
    """Points all along a curve, close to each other."""
    if not curve:
        return []
    steps = max(4, ceil(max(dist(one, other) for one, other in pairwise(curve[::3])) / _STEP))
    return points_along(curve, steps)


def _spots(line: Curve, width: float) -> Iterator[Point]:
    """Where on a line words of a width may stand: along its level pieces, longest first; else across upright ones."""
    pieces = [(line[first], line[first + 3]) for first in range(0, len(line) - 3, 3)]
    level = [(one, other) for one, other in pieces if abs(one[1] - other[1]) < 1 and dist(one, other) >= width]
    rest = [(one, other) for one, other in pieces if dist(one, other) >= 2 * _HIGH and (one, other) not in level]
    for (x, y), (to, end) in (*sorted(level, key=lambda ends: -dist(*ends)), *rest):
        spare = max(0.0, 1 - width / max(abs(to - x), 1)) if abs(y - end) < 1 else 0.6
        for share in SHARES:
            part = 0.5 + (share - 0.5) * spare
            yield x + (to - x) * part, y + (end - y) * part


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
