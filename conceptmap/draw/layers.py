"""Layers: the nodes of one group in columns and rows, each edge from left to right and as level as may be."""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Join = tuple[str, str]
"""Two nodes that an edge joins; the one that is read first comes first."""

_SWEEPS = 6
"""Three times forth and back: of 442 blocks tried, all but two had their fewest crossings after the second sweep."""
_PASSAGE = 2
"""Rows that are kept where edges pass a column: room for four side by side."""
TALL = 100
"""So many rows high may a layer be: 1,100 pixels, the height of a large screen."""


@dataclass(frozen=True, slots=True)
class Block:
    """Nodes that stand together: for each its column and its first row."""

    places: Mapping[str, tuple[int, int]]
    columns: int
    rows: int


def blocks(heights: Mapping[str, int], joins: Iterable[Join], most_columns: int) -> list[Block]:
    """The nodes (name -> height in rows, in reading order) as one block for each set that edges join.

    What is too long for the columns goes on in a block of its own, as text goes on in the next line.

    >>> [found.places for found in blocks({"a": 2, "b": 2, "c": 2}, [("a", "b"), ("a", "c")], 3)]
    [{'a': (0, 1), 'b': (1, 0), 'c': (1, 2)}]
    """
    rank = {name: place for place, name in enumerate(heights)}
    ordered = {(a, b) if rank[a] < rank[b] else (b, a) for a, b in joins if a != b}
    pairs = sorted(ordered, key=lambda pair: (rank[pair[0]], rank[pair[1]]))
    layer = _layers(heights, pairs)
    parts: list[Block] = []
    for names in _joined(heights, [(a, b) for a, b in pairs if layer[a] // most_columns == layer[b] // most_columns]):
        inside = set(names)
        least = min(layer[name] for name in names)
        own = [(a, b) for a, b in pairs if a in inside and b in inside]
        places = spread({name: layer[name] - least for name in names}, _neighbours(names, own), heights, most_columns)
        parts.append(_Component(own, heights, places).block())
    return parts


def _neighbours(names: Iterable[str], joins: Iterable[Join]) -> dict[str, list[str]]:
    """What each is joined to, as often as it is."""
    near: dict[str, list[str]] = {name: [] for name in names}
    for a, b in joins:
        near[a].append(b)
        near[b].append(a)
    return near


def _in_steps(joins: Sequence[Join], layer: dict[str, int]) -> Iterator[Join]:
    """The joins from each layer to the next; where one passes a layer, a place is kept, which is added to the layers.

    What is joined to one node shares these places.
    """
    degree = Counter(name for pair in joins for name in pair)
    for a, b in joins:
        left, right = sorted((a, b), key=lambda name: layer[name])
        hub = left if degree[left] >= degree[right] else right
        places = [f"{column} {hub}" for column in range(layer[left] + 1, layer[right])]
        layer |= {place: column for column, place in enumerate(places, layer[left] + 1)}
        yield from pairwise([left, *places, right])


def _layers(names: Iterable[str], pairs: Sequence[Join]) -> dict[str, int]:
    """How far right each node stands: behind all that it is read after, and close to what it is read before."""
    layer = dict.fromkeys(names, 0)
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for a, b in pairs:
        before.setdefault(b, []).append(a)
        after.setdefault(a, []).append(b)
    for name in layer:
        layer[name] = max((layer[one] + 1 for one in before.get(name, ())), default=0)
    for name in reversed(layer):
        if name in after:
            layer[name] = max(layer[name], min(layer[one] for one in after[name]) - 1)
    return layer


def _joined(names: Iterable[str], pairs: Iterable[Join]) -> list[list[str]]:
    """The names in sets that pairs join, each set and all of them in order of their first names."""
    top = {name: name for name in names}

    def root(name: str) -> str:
        while top[name] != name:
            top[name] = top[top[name]]
            name = top[name]
        return name

    for a, b in pairs:
        top[root(b)] = root(a)
    found: dict[str, list[str]] = {}
    for name in top:
        found.setdefault(root(name), []).append(name)
    return list(found.values())


class _Component:
    """Nodes that edges join: they are ordered so that few edges cross, then moved so that edges run level."""

    def __init__(
        self,
        joins: Sequence[Join],
        heights: Mapping[str, int],
        layer: Mapping[str, int],
    ) -> None:
        self._names = list(layer)
        self._layer = dict(layer)
        steps = list(_in_steps(joins, self._layer))
        self._heights = {name: heights.get(name, _PASSAGE) for name in self._layer}
        self._pairs = list(dict.fromkeys(steps))
        self._near = _neighbours(self._layer, steps)
        self._columns: list[list[str]] = [[] for _ in range(max(layer.values()) + 1)]
        for name in self._names:
            self._columns[layer[name]].append(name)
        middles = [len(column) // 2 for column in self._columns]
        for name in [name for name in self._layer if name not in layer]:
            self._columns[self._layer[name]].insert(middles[self._layer[name]], name)
        self._middle: dict[str, float] = {}

    def block(self) -> Block:
        if len(self._near) > 1:
            self._order()
        self._stack()
        for sweep in range(_SWEEPS if len(self._near) > 1 else 0):
            before = dict(self._middle)
            for column in self._columns if sweep % 2 == 0 else reversed(self._columns):
                self._level(column)
            if self._middle == before:
                break
        return self._settled()

    def _order(self) -> None:
        best, least = [list(column) for column in self._columns], self._crossings()
        for sweep in range(_SWEEPS if least else 0):
            place = {name: row / len(column) for column in self._columns for row, name in enumerate(column)}
            for column in self._columns if sweep % 2 == 0 else reversed(self._columns):
                column.sort(key=lambda name: self._wish(name, place))
                place |= {name: row / len(column) for row, name in enumerate(column)}
            if (found := self._crossings()) < least:
                best, least = [list(column) for column in self._columns], found
        self._columns = best

    def _wish(self, name: str, place: Mapping[str, float]) -> float:
        near = self._near[name]
        return sum(place[one] for one in near) / len(near) if near else place[name]

    def _crossings(self) -> int:
        place = {name: row for column in self._columns for row, name in enumerate(column)}
        between: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for a, b in self._pairs:
            between.setdefault((self._layer[a], self._layer[b]), []).append((place[a], place[b]))
        count = 0
        for ends in between.values():
            seen: list[int] = []
            for _, end in sorted(ends):
                count += len(seen) - bisect_right(seen, end)
                insort(seen, end)
        return count

    def _stack(self) -> None:
        for column in self._columns:
            y = 0.0
            for name in column:
                self._middle[name] = y + self._heights[name] / 2
                y += self._heights[name]

    def _level(self, column: Sequence[str]) -> None:
        """Move a column's nodes as near as their order allows to the middle of what they are joined to."""
        offsets, wishes, y = [], [], 0.0
        for name in column:
            offsets.append(y + self._heights[name] / 2)
            y += self._heights[name]
            near = self._near[name]
            wish = sum(self._middle[one] for one in near) / len(near) if near else self._middle[name]
            wishes.append(wish - offsets[-1])
        for name, offset, base in zip(column, offsets, rising(wishes), strict=True):
            self._middle[name] = base + offset

    def _settled(self) -> Block:
        """The block, on whole rows; rows that nothing stands on are left out."""
        places: dict[str, tuple[int, int]] = {}
        for x, column in enumerate(self._columns):
            free: int | None = None
            for name in column:
                row = round(self._middle[name] - self._heights[name] / 2 + 1e-6)
                row = row if free is None else max(row, free)
                places[name] = (x, row)
                free = row + self._heights[name]
        used = sorted({one for name, (_, row) in places.items() for one in range(row, row + self._heights[name])})
        rank = {row: place for place, row in enumerate(used)}
        own = {name: places[name] for name in self._names}
        return Block({name: (x, rank[row]) for name, (x, row) in own.items()}, len(self._columns), len(used))


def rising(values: Sequence[float]) -> list[float]:
    """The rising sequence that is nearest to these values (isotonic regression: pool adjacent violators).

    >>> rising([1, 3, 2, 5])
    [1.0, 2.5, 2.5, 5.0]
    """
    pools: list[tuple[float, int]] = []
    for value in values:
        total, count = float(value), 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            total, count = total + pools[-1][0], count + pools[-1][1]
            pools.pop()
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]


def spread(
    layer: Mapping[str, int], near: Mapping[str, Sequence[str]], heights: Mapping[str, int], most_columns: int
) -> dict[str, int]:
    """The layers of joined nodes, where the tallest are halved as long as there are columns left.

    Only nodes that all their edges reach from one side move: those that lead nowhere further right, others before what
    they lead to.

    >>> near = {"hub": ["a", "b"], "a": ["hub"], "b": ["hub"]}
    >>> spread({"hub": 0, "a": 1, "b": 1}, near, {"hub": 9, "a": 60, "b": 60}, 3)
    {'hub': 0, 'a': 1, 'b': 2}
    """
    found = dict(layer)
    for _ in range(most_columns - 1 - max(found.values())):
        rows: dict[int, int] = {}
        for name, column in found.items():
            rows[column] = rows.get(column, 0) + heights[name]
        tallest = min(rows, key=lambda column: (-rows[column], column))
        members = [name for name, column in found.items() if column == tallest]
        ends = [name for name in members if all(found[one] < tallest for one in near[name])]
        starts = [name for name in members if all(found[one] > tallest for one in near[name])]
        loose = max(ends, starts, key=len)
        if rows[tallest] <= TALL or 2 * len(loose) < len(members):
            break
        half = loose[: (len(loose) + 1) // 2]
        stay = set(members) - set(loose[len(half) :]) if loose is ends else set(half)
        found = {
            name: column + (column > tallest or (column == tallest and name not in stay))
            for name, column in found.items()
        }
    return found


def packed(parts: Sequence[Block], columns: int) -> Block:
    """One block of several: each goes to the highest place that is free, the leftmost of equal ones.

    >>> one = Block({"a": (0, 0)}, 1, 3)
    >>> packed([one, Block({"b": (0, 0)}, 1, 2), Block({"c": (0, 0)}, 1, 2)], 2).places
    {'a': (0, 0), 'b': (1, 0), 'c': (1, 2)}
    """
    filled = [0] * columns
    places: dict[str, tuple[int, int]] = {}
    for part in [*(one for one in parts if len(one.places) > 1), *(one for one in parts if len(one.places) == 1)]:
        lefts = range(columns - part.columns + 1)
        top, left = min((max(filled[x : x + part.columns]), x) for x in lefts)
        places |= {name: (left + x, top + row) for name, (x, row) in part.places.items()}
        filled[left : left + part.columns] = [top + part.rows] * part.columns
    used = max((x for x, _ in places.values()), default=0) + 1
    return Block(places, used, max(filled, default=0))
