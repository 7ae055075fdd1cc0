"""Routes: the ways of edges between nodes in columns, past every other node, each on a lane of its own.

Nodes keep to their columns, so the gutters between columns are free from top to bottom: there an edge goes up or
down. Past a column it goes where no node of that column stands. Ways run level or upright, with round corners; edges
of one relation that meet in a node share their way there, all others run apart. A way is a curve of cubic Bézier
pieces, end to end: 3n + 1 points.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

COLUMN = 208.0
"""How wide a column is, in pixels."""
GUTTER = 88.0
"""How wide the room between two columns is, in pixels: a short name of a relation, and lanes for a dozen edges."""
TIP = 10.0
"""How long the straight piece at each end is, in pixels: an arrow covers it."""
PORT = 8.0
"""Pixels between the places where edges leave a side of a node, if it is high enough: an arrow is as wide."""
PORT_MARGIN = 6.0
"""Pixels of a side, above and below, where no edge leaves: corners are round."""
_CLEAR = 6.0
"""Pixels that an edge keeps from the nodes that it passes: half of what is free between two nodes."""
_LANE = 7.0
"""Pixels between edges that run side by side, where there is room: the broadest line is 2.8 wide."""
_TRACK = 5.0
"""Pixels between edges that pass a column side by side."""
_CORNER = 9.0
"""The radius of a corner, in pixels."""
_LEVEL = 14.0
"""Pixels by which an end may move on its side so that its edge runs level."""
_UPON = 5.0
"""Edges that are no farther apart, in pixels, seem to be one."""
_FAR = 1e6
"""Farther up and down than any drawing reaches."""
_TRIED = 20
"""So many gaps, and so many tracks up and down in each, are tried for one that is free; then edges share one."""
_SWEEPS = 3
"""So many times each edge of a gutter looks for a better lane; most find theirs at once."""

Point = tuple[float, float]
Curve = tuple[Point, ...]
Bundle = tuple[str, int, str, int]
"""Edges that leave a node in one place: the node, the side (-1 left, 1 right), the sign, and which end it is."""


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

    def overlaps(self, other: "Rect") -> bool:
        """Whether the two have some room in common."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


def left_of(column: int) -> float:
    """Where a column begins; half a gutter runs before the first.

    >>> left_of(0), left_of(1)
    (44.0, 340.0)
    """
    return column * (COLUMN + GUTTER) + GUTTER / 2


@dataclass(slots=True)
class _Way:
    """An edge on its way: where it leaves its two nodes, the bundle that each end belongs to, and its track."""

    ends: tuple[Bundle, Bundle]
    heights: list[float]
    trunk: Bundle
    track: float | None = None


@dataclass(slots=True)
class _Trunk:
    """What a bundle needs of a gutter: the heights at which it is left and entered, on the left and on the right."""

    left: set[float] = field(default_factory=set)
    right: set[float] = field(default_factory=set)
    top: float = 0.0
    bottom: float = 0.0

    def measure(self) -> None:
        """Note how far up and down it goes."""
        self.top, self.bottom = min(self.left | self.right), max(self.left | self.right)

    def meets(self, other: "_Trunk") -> bool:
        """Whether the two need lanes of their own."""
        return self.top - _UPON < other.bottom and other.top - _UPON < self.bottom

    def cost(self, other: "_Trunk") -> float:
        """How often the two cross where this one runs left of the other; to run upon each other is worse."""
        crossed = sum(other.top < y < other.bottom for y in self.right)
        crossed += sum(self.top < y < self.bottom for y in other.left)
        return crossed + 8 * sum(abs(y - one) < _UPON for y in self.right for one in other.left)


class Router:
    """Finds the ways of edges past all nodes; what stands in a column is known by its top and bottom."""

    def __init__(self, places: Mapping[str, Rect]) -> None:
        self._places = places
        standing: dict[int, list[tuple[float, float]]] = {}
        for rect in places.values():
            standing.setdefault(rect.column, []).append((rect.y, rect.bottom))
        self._standing = {column: sorted(spans) for column, spans in standing.items()}
        self._tracks: dict[int, list[tuple[float, Bundle]]] = defaultdict(list)
        self._lanes: dict[tuple[int, Bundle], float] = {}

    def routes(self, edges: Sequence[tuple[str, str]], signs: Sequence[str]) -> list[Curve]:
        """The curve of each edge, from its first node to its second.

        Edges of one sign that are joined to the same side of a node share their way there.
        """
        bundles = [self._bundles(a, b, sign) for (a, b), sign in zip(edges, signs, strict=True)]
        sizes = Counter(bundle for ends in bundles for bundle in ends)
        heights = self._ports(bundles)
        ways = [
            _Way((one, other), [heights[one], heights[other]], one if sizes[one] >= sizes[other] else other)
            for one, other in bundles
        ]
        self._run_level(ways)
        for way in sorted(ways, key=self._reach):
            way.track = self._track(way)
        self._give_lanes(ways)
        return [self._curve(way) for way in ways]

    def _bundles(self, a: str, b: str, sign: str) -> tuple[Bundle, Bundle]:
        return (a, self._side(a, b), sign, 0), (b, self._side(b, a), sign, 1)

    def _side(self, here: str, there: str) -> int:
        """The side that an edge leaves from: -1 left, 1 right; within one column always the right one."""
        return -1 if self._places[there].column < self._places[here].column else 1

    def _ports(self, bundles: Sequence[tuple[Bundle, Bundle]]) -> dict[Bundle, float]:
        """At what height each bundle leaves its node, in the order of the other ends."""
        others: dict[Bundle, list[float]] = defaultdict(list)
        for one, other in bundles:
            others[one].append(self._places[other[0]].middle[1])
            others[other].append(self._places[one[0]].middle[1])
        sides: dict[tuple[str, int], list[Bundle]] = defaultdict(list)
        for bundle in others:
            sides[bundle[:2]].append(bundle)
        found: dict[Bundle, float] = {}
        for (name, _), ports in sides.items():
            rect = self._places[name]
            ports.sort(key=lambda port: (sum(others[port]) / len(others[port]), port[2:]))
            step = min(PORT, (rect.height - 2 * PORT_MARGIN) / max(1, len(ports) - 1))
            for place, port in enumerate(ports):
                found[port] = rect.middle[1] + (place - (len(ports) - 1) / 2) * step
        return found

    def _run_level(self, ways: Sequence[_Way]) -> None:
        """Move the only edge on a side of a node to where its other end is, if that is near."""
        used = Counter(bundle[:2] for way in ways for bundle in way.ends)
        for way in ways:
            for end, other in ((1, 0), (0, 1)):
                node, side, _, _ = way.ends[end]
                rect, wish = self._places[node], way.heights[other]
                reach = min(_LEVEL, rect.height / 2 - PORT_MARGIN)
                if used[node, side] == 1 and self._distance(way) and abs(wish - rect.middle[1]) <= reach:
                    way.heights[end] = wish
                    break

    def _distance(self, way: _Way) -> int:
        """How many columns an edge goes to the right; fewer than none to the left."""
        (one, *_), (other, *_) = way.ends
        return self._places[other].column - self._places[one].column

    def _reach(self, way: _Way) -> tuple[int, float]:
        """Short edges choose their track first."""
        return abs(self._distance(way)), abs(way.heights[0] - way.heights[1])

    def _past(self, way: _Way) -> range:
        """The columns that an edge passes."""
        columns = sorted(self._places[name].column for name, *_ in way.ends)
        return range(columns[0] + 1, columns[1])

    def _track(self, way: _Way) -> float | None:
        """The best height at which nothing stands in the columns that are passed, and no other edge runs."""
        past = self._past(way)
        if not past:
            return None
        start, end = way.heights
        trunk = way.heights[way.ends.index(way.trunk)]
        nearest = _within(trunk, (min(start, end), max(start, end)))
        gaps = sorted(self._gaps(past), key=lambda gap: (_detour(start, end, gap), gap))[:_TRIED]
        wishes = ((_within(nearest, gap), gap) for gap in gaps)
        free = (self._free(wish, gap, past, way.trunk) for wish, gap in wishes)
        track = next((one for one in free if one is not None), _within(nearest, gaps[0]))
        for column in past:
            self._tracks[column].append((track, way.trunk))
        return track

    def _free(self, wish: float, gap: Point, past: range, bundle: Bundle) -> float | None:
        """The height nearest to a wished one in a gap at which no other edge passes these columns."""
        steps = (wish + sign * step * _TRACK for step in range(_TRIED) for sign in ((1, -1) if step else (1,)))
        return next((y for y in steps if gap[0] <= y <= gap[1] and self._unused(y, past, bundle)), None)

    def _unused(self, track: float, past: range, bundle: Bundle) -> bool:
        return all(
            one == bundle or abs(y - track) >= _TRACK - 0.01 for column in past for y, one in self._tracks[column]
        )

    def _gaps(self, past: range) -> Iterator[tuple[float, float]]:
        """The heights at which nothing stands in any of these columns, from the top down."""
        spans = sorted(span for column in past for span in self._standing.get(column, ()))
        free = -_FAR
        for top, bottom in spans:
            if top - _CLEAR >= free:
                yield free, top - _CLEAR
            free = max(free, bottom + _CLEAR)
        yield free, max(free, _FAR)

    def _legs(self, way: _Way) -> Iterator[tuple[int, Bundle, list[tuple[int, float]]]]:
        """The upright parts of an edge: the gutter, the bundle whose lane it takes, and where it comes and goes.

        Those are pairs of a side (-1 left, 1 right) and a height.
        """
        (one, side, *_), (other, far_side, *_) = way.ends
        column, last = self._places[one].column, self._places[other].column
        first, second = (-side, way.heights[0]), (-far_side, way.heights[1])
        if way.track is None:
            yield (column if side > 0 else column - 1), way.trunk, [first, second]
        else:
            yield (column if side > 0 else column - 1), way.ends[0], [first, (side, way.track)]
            yield (last if far_side > 0 else last - 1), way.ends[1], [(far_side, way.track), second]

    def _give_lanes(self, ways: Iterable[_Way]) -> None:
        gutters: dict[int, dict[Bundle, _Trunk]] = defaultdict(dict)
        for way in ways:
            for gutter, bundle, visits in self._legs(way):
                trunk = gutters[gutter].setdefault(bundle, _Trunk())
                for side, y in visits:
                    (trunk.left if side < 0 else trunk.right).add(y)
        for gutter, trunks in gutters.items():
            for trunk in trunks.values():
                trunk.measure()
            middle, most = left_of(gutter + 1) - GUTTER / 2, GUTTER - 2 * (TIP + 3)
            upright = {bundle: trunk for bundle, trunk in trunks.items() if trunk.bottom > trunk.top}
            for group in _touching(upright):
                ranks = _ranks([upright[bundle] for bundle in group])
                step = min(_LANE, most / max(1, *ranks))
                for bundle, rank in zip(group, ranks, strict=True):
                    self._lanes[gutter, bundle] = middle + (rank - max(ranks) / 2) * step
            for bundle in trunks.keys() - upright.keys():
                self._lanes[gutter, bundle] = middle

    def _curve(self, way: _Way) -> Curve:
        (one, side, *_), (other, far_side, *_) = way.ends
        rect, last = self._places[one], self._places[other]
        if one == other:
            return _loop(rect)
        points = [(rect.right if side > 0 else rect.x, way.heights[0])]
        for gutter, bundle, visits in self._legs(way):
            points += [(self._lanes[gutter, bundle], y) for _, y in visits]
        points.append((last.right if far_side > 0 else last.x, way.heights[1]))
        return _with_round_corners(points)


def _touching(trunks: Mapping[Bundle, _Trunk]) -> list[list[Bundle]]:
    """The trunks of a gutter in groups, from the top down; none of a group runs beside one of another."""
    groups: list[list[Bundle]] = []
    reach = -_FAR
    for bundle in sorted(trunks, key=lambda one: (trunks[one].top, trunks[one].bottom, one)):
        if not groups or trunks[bundle].top - _UPON >= reach:
            groups.append([])
        groups[-1].append(bundle)
        reach = max(reach, trunks[bundle].bottom)
    return groups


def _ranks(trunks: Sequence[_Trunk]) -> list[int]:
    """The lane of each trunk, counted from the left, so that few of them cross."""
    order: list[int] = []
    for trunk in range(len(trunks)):
        _insert(order, trunk, trunks)
    for _ in range(_SWEEPS):
        before = list(order)
        for trunk in before:
            order.remove(trunk)
            _insert(order, trunk, trunks)
        if order == before:
            break
    rank: dict[int, int] = {}
    for one in order:
        rank[one] = max((rank[other] + 1 for other in rank if trunks[one].meets(trunks[other])), default=0)
    return [rank[one] for one in range(len(trunks))]


def _insert(order: list[int], new: int, trunks: Sequence[_Trunk]) -> None:
    """Put a trunk where it crosses the fewest of those that have their lanes."""
    cost = sum(trunks[new].cost(trunks[one]) for one in order)
    least, place = cost, 0
    for position, one in enumerate(order, 1):
        cost += trunks[one].cost(trunks[new]) - trunks[new].cost(trunks[one])
        if cost < least:
            least, place = cost, position
    order.insert(place, new)


def _detour(start: float, end: float, gap: Point) -> float:
    """How far up and down an edge goes that passes through a gap."""
    first, last = _within(start, gap), _within(end, gap)
    y = first if abs(first - start) > abs(last - end) else last
    return abs(y - start) + abs(y - end)


def _within(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])


def _with_round_corners(points: Sequence[Point]) -> Curve:
    """The way through points of which each next one is level with the last or above or below it."""
    kept: list[Point] = []
    for point in points:
        if kept and math.dist(kept[-1], point) < 0.01:
            continue
        if len(kept) > 1 and _in_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    curve: list[Point] = [kept[0]]
    for before, corner, after in zip(kept, kept[1:], kept[2:], strict=False):
        radius = min(_CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        start, end = _toward(corner, before, radius), _toward(corner, after, radius)
        curve += straight(curve[-1], start)[1:]
        curve += [_toward(corner, start, radius * 0.45), _toward(corner, end, radius * 0.45), end]
    return (*curve, *straight(curve[-1], kept[-1])[1:])


def _in_line(one: Point, other: Point, third: Point) -> bool:
    return any(abs(one[i] - other[i]) < 0.01 and abs(other[i] - third[i]) < 0.01 for i in (0, 1))


def _toward(start: Point, end: Point, length: float) -> Point:
    """The point that lies so far from a start on the way to an end."""
    share = length / max(math.dist(start, end), 1e-9)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


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
