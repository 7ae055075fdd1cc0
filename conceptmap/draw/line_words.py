"""Words on lines: where on its line an edge can be named so that nothing else is covered."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, dist, floor

from conceptmap.draw.dot import line_of
from conceptmap.draw.labels import breadth
from conceptmap.draw.layout import SMALL_SIZE, Layout, RoutedEdge
from conceptmap.draw.routes import Curve, Point, Rect, points_along

_SHARES = (0.5, 0.25, 0.75, 0.0, 1.0)
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
_MARK = 10.0
"""Pixels that the mark takes of a relation that runs from right to left."""


Ends = tuple[tuple[str, int, str], tuple[str, int, str]]
"""What lines share that belong together: a relation with where it begins, or with where it ends."""


class LineWords:
    """The room for words on the lines of a layout; words that are put take theirs."""

    def __init__(self, layout: Layout) -> None:
        self._lines: dict[tuple[int, int], list[tuple[Point, int]]] = defaultdict(list)
        self._bundles = [_bundles(routed) for routed in layout.edges]
        self._numbers = {routed.edge.name: number for number, routed in enumerate(layout.edges)}
        self._names = list(self._numbers)
        self._sizes = Counter(key for keys in self._bundles for key in keys)
        self._taken: dict[tuple[int, int], list[Rect]] = defaultdict(list)
        self._reach = layout.width + _MARGIN
        titles = [Rect(frame.x, frame.y, frame.width, _TITLE) for frame in layout.frames.values()]
        for rect in (*layout.places.values(), *titles):
            self._take(rect)
        for number, routed in enumerate(layout.edges):
            for point in _dense(line_of(routed)):
                self._lines[_cell(point)].append((point, number))

    def size(self, routed: RoutedEdge) -> int:
        """How many lines the larger bundle of a line has, itself included."""
        return max(self._sizes[key] for key in self._bundles[self._numbers[routed.edge.name]])

    def put(self, routed: RoutedEdge, words: str) -> "LineName | None":
        """The words at their place on a line or beside it; None where there is no room.

        They would cover a node, other words or another line there. Where lines that belong together share their way,
        words name them all; so that is where they stand, if they can.
        """
        line = line_of(routed)
        if not line or not words:
            return None
        number = self._numbers[routed.edge.name]
        most = self.size(routed)
        back, ways = _back(routed), {leads for _, _, leads in _level(line)}
        for lines in _broken(words):
            width = max(map(breadth, lines)) * SMALL_SIZE + 2 * _AROUND + (_MARK if back in ways else 0)
            height = len(lines) * _HIGH
            best: LineName | None = None
            for (x, y), offset, leads in _spots(line, width, height):
                rect = Rect(x - width / 2, y + offset - height / 2, width, height)
                if not self._is_free(rect, number):
                    continue
                upon = self._within(Rect(x - width / 2, y - _AROUND, width, 2 * _AROUND))
                named = {number, *(one for one in upon if self._belong(one, number))}
                if not best or len(named) > len(best.edges):
                    best = LineName(lines, rect, tuple(self._names[one] for one in sorted(named)), leads == back)
                if len(named) >= most:
                    break
            if best:
                self._take(best.rect)
                return best
        return None

    def _take(self, rect: Rect) -> None:
        for cell in _cells(rect):
            self._taken[cell].append(rect)

    def _is_free(self, rect: Rect, number: int) -> bool:
        if rect.x < -_MARGIN or rect.right > self._reach:
            return False
        if any(rect.overlaps(other) for cell in _cells(rect) for other in self._taken.get(cell, ())):
            return False
        return all(self._belong(other, number) for other in self._within(rect))

    def _belong(self, one: int, other: int) -> bool:
        return one == other or _meet(self._bundles[one], self._bundles[other])

    def _within(self, rect: Rect) -> set[int]:
        """The lines that run through a place, by their numbers."""
        left, right, top, bottom = rect.x, rect.right, rect.y - _AROUND, rect.bottom + _AROUND
        lines = (self._lines.get(cell, ()) for cell in _cells(rect))
        return {number for line in lines for (x, y), number in line if left < x < right and top < y < bottom}


@dataclass(frozen=True, slots=True)
class LineName:
    """Words on a line: one or two lines of them, the place that they take, and the names of the edges they stand on.

    `back`: the relation runs from right to left there, so words that are read to the right need a mark.
    """

    lines: tuple[str, ...]
    rect: Rect
    edges: tuple[str, ...]
    back: bool = False

    @property
    def baselines(self) -> Iterator[tuple[str, Point]]:
        """Each line of words with the middle of what it stands on."""
        x, _ = self.rect.middle
        for row, words in enumerate(self.lines):
            yield words, (x + (_MARK / 2 if self.back else 0), self.rect.y + row * _HIGH + _HIGH / 2 + 4)

    def mark(self, left: float = 0.0) -> str:
        """The path of a small triangle before the words, as UML tells which way a name is read; else nothing.

        `left` is how many pixels more the words begin to the left.
        """
        if not self.back:
            return ""
        x = self.rect.middle[0] - (max(map(breadth, self.lines)) * SMALL_SIZE + _MARK) / 2 - left
        return f"M{x:g},{self.rect.middle[1]:g}l6,-4v8z"


def names_on_lines(layout: Layout) -> list[LineName]:
    """The names of relations on their lines, once for lines that belong together, wherever there is room.

    What leads far away from the name of its bundle has one of its own.
    """
    room = LineWords(layout)
    found: list[LineName] = []
    near: dict[tuple[str, int, str], list[Point]] = defaultdict(list)
    bundles = {routed.edge.name: _bundles(routed) for routed in layout.edges}
    for routed in sorted(layout.edges, key=room.size, reverse=True):
        keys = bundles[routed.edge.name]
        corners = routed.curve[::3]
        is_short = sum(dist(one, other) for one, other in pairwise(corners)) < 2 * _NEAR
        is_named = is_short and any(dist(point, end) < _NEAR for key in keys for point in near[key] for end in corners)
        if is_named or not (name := room.put(routed, routed.edge.relation_name)):
            continue
        found.append(name)
        for key in {key for edge in name.edges for key in bundles[edge]}:
            near[key].append(name.rect.middle)
    return found


def belong(one: RoutedEdge, other: RoutedEdge) -> bool:
    """Whether two lines are of one relation and begin or end together, so that the same words name both."""
    return _meet(_bundles(one), _bundles(other))


def _meet(one: Ends, other: Ends) -> bool:
    return one[0] == other[0] or one[1] == other[1]


def _bundles(routed: RoutedEdge) -> Ends:
    """What a line shares with those that belong to it: its relation, and where it begins or ends."""
    ends = routed.first, routed.second
    source, target = ends if routed.edge.first == routed.edge.source else ends[::-1]
    name = routed.edge.relation_name
    return (name, 0, source), (name, 1, target)


def _dense(curve: Curve) -> list[Point]:
    """Points all along a curve, close to each other."""
    if not curve:
        return []
    steps = max(4, ceil(max(dist(one, other) for one, other in pairwise(curve[::3])) / _STEP))
    return points_along(curve, steps)


def _broken(words: str) -> list[tuple[str, ...]]:
    """The words in one line, and in two if there are several."""
    first, _, rest = words.partition(" ")
    return [(words,), (first, rest)] if rest else [(words,)]


def _back(routed: RoutedEdge) -> int | None:
    """Which way its line leads where its relation runs from right to left: 1 right, -1 left; None: it has no way."""
    edge = routed.edge
    if edge.relation is None or edge.relation.symmetric:
        return None
    return -1 if edge.first == edge.source else 1


def _spots(line: Curve, width: float, height: float) -> Iterator[tuple[Point, float, int]]:
    """Where on a line words of a size may stand, how far above or below it their middle is, and which way it leads.

    That is 1 to the right, -1 to the left, 0 up or down. Words stand upon its level pieces, longest first; else above
    or below these; else across upright ones.
    """
    level = [(one, other, leads) for one, other, leads in _level(line) if dist(one, other) >= width]
    level.sort(key=lambda piece: -dist(*piece[:2]))
    beside = height / 2 + 3
    for offset in (0.0, -beside, beside):
        for (x, y), (to, _), leads in level:
            spare = 1 - width / abs(to - x)
            yield from ((((x + to) / 2 + (share - 0.5) * spare * (to - x), y), offset, leads) for share in _SHARES)
    for (x, y), (to, end) in _pieces(line):
        if abs(x - to) < 1 and abs(end - y) >= 2 * height:
            yield from (((x, (y + end) / 2 + (share - 0.5) * 0.6 * (end - y)), 0.0, 0) for share in _SHARES)


def _pieces(line: Curve) -> Iterator[tuple[Point, Point]]:
    return ((line[first], line[first + 3]) for first in range(0, len(line) - 3, 3))


def _level(line: Curve) -> Iterator[tuple[Point, Point, int]]:
    """The level pieces of a line, each with the way it leads: 1 to the right, -1 to the left."""
    for one, other in _pieces(line):
        if abs(one[1] - other[1]) < 1 <= abs(one[0] - other[0]):
            yield one, other, 1 if other[0] > one[0] else -1


def point_along(curve: Curve, length: float) -> Point:
    """The point that lies so many pixels along a curve, or its end."""
    points = _dense(curve)
    for point, other in pairwise(points):
        if length <= (step := dist(point, other)):
            return point
        length -= step
    return points[-1]


def _cell(point: Point) -> tuple[int, int]:
    return floor(point[0] / _CELL), floor(point[1] / _CELL)


def _cells(rect: Rect) -> Iterator[tuple[int, int]]:
    left, top = _cell((rect.x, rect.y))
    right, bottom = _cell((rect.right, rect.bottom))
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
