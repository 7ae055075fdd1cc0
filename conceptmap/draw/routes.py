"""Routes: the curves of edges between nodes in columns, past every other node.

Nodes keep to their columns, so the gutters between columns are free from top to bottom: there an edge goes up or
down. Past a column it goes where no node of that column stands. Curves are cubic Bézier curves, end to end: 3n + 1
points.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

COLUMN = 208.0
"""How wide a column is, in pixels."""
GUTTER = 64.0
"""How wide the room between two columns is, in pixels."""
TIP = 10.0
"""How long the straight piece at each end is, in pixels: an arrow covers it."""
_CLEAR = 6.0
"""Pixels that an edge keeps from the nodes that it passes: half of what is free between two nodes."""
_TRACK = 5.0
"""Pixels between edges that pass a column side by side: the broadest line is 2.8 wide."""
_PORT = 8.0
"""Pixels between the places where edges leave a side of a node, if it is high enough: an arrow is as wide."""
_FAR = 1e6
"""Farther up and down than any drawing reaches."""
_TRIED = 20
"""So many tracks up and down are tried for one that is free, 100 pixels; then edges share one."""

Point = tuple[float, float]
Curve = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Rect:
    """A place on the page: the upper left corner and the size, in pixels; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        """The right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower side."""
        return self.y + self.height

    @property
    def column(self) -> int:
        """The column that it stands in."""
        return int(self.middle[0] // (COLUMN + GUTTER))


def left_of(column: int) -> float:
    """Where a column begins; half a gutter runs before the first.

    >>> left_of(0), left_of(1)
    (32.0, 304.0)
    """
    return column * (COLUMN + GUTTER) + GUTTER / 2


class Router:
    """Finds the routes of edges past all nodes; what stands in a column is known by its top and bottom."""

    def __init__(self, places: Mapping[str, Rect]) -> None:
        self._places = places
        standing: dict[int, list[tuple[float, float]]] = {}
        for rect in places.values():
            standing.setdefault(rect.column, []).append((rect.y, rect.bottom))
        self._standing = {column: sorted(spans) for column, spans in standing.items()}
        self._tracks: dict[tuple[int, int], tuple[str, str]] = {}

    def routes(self, edges: Sequence[tuple[str, str]], signs: Sequence[str]) -> list[Curve]:
        """The curve of each edge, from its first node to its second.

        Edges of one sign share the place where they leave a side of a node, and those from one node their way.
        """
        ports = self._ports(edges, signs)
        return [self._route(a, b, signs[i], ports[i, 0], ports[i, 1]) for i, (a, b) in enumerate(edges)]

    def _ports(self, edges: Sequence[tuple[str, str]], signs: Sequence[str]) -> dict[tuple[int, int], float]:
        """At what height each edge leaves its nodes, in the order of the other ends."""
        sides: dict[tuple[str, int], dict[tuple[str, int], list[tuple[float, int, int]]]] = {}
        for i, (a, b) in enumerate(edges):
            for end, (here, there) in enumerate(((a, b), (b, a))):
                ports = sides.setdefault((here, self._side(here, there)), {})
                ports.setdefault((signs[i], end), []).append((self._places[there].middle[1], i, end))
        found: dict[tuple[int, int], float] = {}
        for (name, _), ports in sides.items():
            rect = self._places[name]
            step = min(_PORT, (rect.height - 16) / max(1, len(ports) - 1))
            ordered = sorted(ports.values(), key=lambda ends: (sum(y for y, _, _ in ends) / len(ends), ends[0][1:]))
            for place, ends in enumerate(ordered):
                height = rect.middle[1] + (place - (len(ports) - 1) / 2) * step
                found |= {(i, end): height for _, i, end in ends}
        return found

    def _side(self, here: str, there: str) -> int:
        """The side that an edge leaves from: -1 left, 1 right; within one column always the right one."""
        return -1 if self._places[there].column < self._places[here].column else 1

    def _route(self, a: str, b: str, sign: str, start: float, end: float) -> Curve:
        one, other = self._places[a], self._places[b]
        if a == b:
            return _loop(one)
        if one.column == other.column:
            return self._beside(one, other, start, end)
        way = 1 if other.column > one.column else -1
        tail = one.right if way > 0 else one.x
        head = other.x if way > 0 else other.right
        points: list[Point] = [(tail, start)]
        if abs(other.column - one.column) == 1:
            points += [(_edge(one.column, way), start), (_edge(other.column, -way), end)]
        else:
            past = range(min(one.column, other.column) + 1, max(one.column, other.column))
            y = self._free((a, sign), past, start, end)
            points += [(_edge(one.column, way), start), (_edge(one.column + way, -way), y)]
            points += [(_edge(other.column - way, way), y), (_edge(other.column, -way), end)]
        return _smooth([*points, (head, end)])

    def _beside(self, one: Rect, other: Rect, start: float, end: float) -> Curve:
        """Out to the gutter on the right and back."""
        edge = left_of(one.column) + COLUMN
        bulge = min(0.62, 0.32 + abs(end - start) / 900) * GUTTER * 4 / 3
        first, last = (one.right, start), (other.right, end)
        ends = (edge + TIP, start), (edge + TIP, end)
        arc = ((edge + bulge, start), (edge + bulge, end), ends[1])
        return (*straight(first, ends[0]), *arc, *straight(ends[1], last)[1:])

    def _free(self, bundle: tuple[str, str], past: range, start: float, end: float) -> float:
        """The best height at which nothing stands in these columns, on a track that no edge from elsewhere uses."""
        top, bottom = min(
            self._gaps(past), key=lambda gap: (abs(_within(start, gap) - start) + abs(_within(end, gap) - end), gap)
        )
        wish = round(_within(_within(start, (min(start, end), max(start, end))), (top, bottom)) / _TRACK)
        lowest, highest = math.ceil(top / _TRACK), math.floor(bottom / _TRACK)
        tracks = sorted(
            range(max(lowest, wish - _TRIED), min(highest, wish + _TRIED) + 1), key=lambda track: abs(track - wish)
        )
        track = next((one for one in tracks if self._unused(one, past, bundle)), tracks[0] if tracks else wish)
        self._tracks |= {(column, track): bundle for column in past}
        return _within(track * _TRACK, (top, bottom))

    def _unused(self, track: int, past: range, bundle: tuple[str, str]) -> bool:
        return all(self._tracks.get((column, track), bundle) == bundle for column in past)

    def _gaps(self, past: range) -> Iterator[tuple[float, float]]:
        """The heights at which nothing stands in any of these columns, from the top down."""
        spans = sorted(span for column in past for span in self._standing.get(column, ()))
        free = -_FAR
        for top, bottom in spans:
            if top - _CLEAR >= free:
                yield free, top - _CLEAR
            free = max(free, bottom + _CLEAR)
        yield free, max(free, _FAR)


def _within(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])


def _edge(column: int, way: int) -> float:
    """Where a column ends on one side, a tip's length out in the gutter."""
    return left_of(column) + (COLUMN + TIP if way > 0 else -TIP)


def _smooth(points: Sequence[Point]) -> Curve:
    """A curve through points that is level at each of them."""
    curve: list[Point] = [points[0]]
    for (x, y), (to, end) in pairwise(points):
        reach = x + (to - x) / 2
        curve += [(reach, y), (reach, end), (to, end)]
    return tuple(curve)


def straight(one: Point, other: Point) -> Curve:
    """A straight line as a curve: four points."""
    (x, y), (to, end) = one, other
    return one, (x + (to - x) / 3, y + (end - y) / 3), (x + (to - x) * 2 / 3, y + (end - y) * 2 / 3), other


def _loop(rect: Rect) -> Curve:
    """From a node back to itself, on its right."""
    x, y = rect.right, rect.middle[1]
    above, below = (x + TIP, y - _CLEAR), (x + TIP, y + _CLEAR)
    return (
        *straight((x, y - _CLEAR), above),
        *((x + 3 * TIP, y - 2 * _CLEAR), (x + 3 * TIP, y + 2 * _CLEAR), below),
        *straight(below, (x, y + _CLEAR))[1:],
    )


def points_along(curve: Curve, steps: int) -> list[Point]:
    """Points on a curve, its start and so many on each of its pieces.

    >>> points_along(((0, 0), (2, 0), (4, 0), (6, 0)), 2)
    [(0, 0), (3.0, 0.0), (6.0, 0.0)]
    """
    points = [curve[0]]
    for first in range(0, len(curve) - 3, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve[first : first + 4]
        for step in range(1, steps + 1):
            t = step / steps
            a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
            points.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return points
