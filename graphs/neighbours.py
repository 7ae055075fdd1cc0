"""Neighbours: whom a relation joins to whom, and since which day; a node's edges are looked at when it is walked over.

So a question costs what it walks, and the next one finds most of it. The tables follow their fold.
"""

from collections.abc import Callable, Mapping, Set
from threading import Lock

from graphs.fold import Fold, visible

Days = Mapping[str, int]
"""Neighbour id -> first day on which an edge of the relation joins the two. It is never changed, only replaced."""

NOBODY: Days = {}
"""The neighbours of a node that has none."""


class NeighbourTable(dict[str, Days]):
    """The neighbours of each node by one relation, one way: `table[node]`, `NOBODY` where there are none.

    It holds the nodes that were asked for; where it `is_whole`, all that have any.
    """

    def __init__(self, look: Callable[[str], Days], *, is_whole: bool = False) -> None:
        super().__init__()
        self._look = look
        self.is_whole = is_whole

    def __missing__(self, node: str) -> Days:
        """Look a node up."""
        if self.is_whole:
            return NOBODY
        days = self[node] = self._look(node)
        return days

    def fill(self, nodes: Set[str]) -> None:
        """Look again at these nodes, of which some may have come or gone."""
        for node in nodes:
            self.pop(node, None)
            if days := self._look(node):
                self[node] = days


class Neighbours:
    """The tables of a map, by relation and direction."""

    def __init__(self, fold: Fold) -> None:
        self._bind(fold)
        self._tables: dict[tuple[str, bool], NeighbourTable] = {}
        self._making = Lock()

    def table(self, relation: str, *, inverse: bool) -> NeighbourTable:
        """The neighbours by a relation (or its inverse)."""
        key = relation, inverse
        if (found := self._tables.get(key)) is None:
            found = self._tables.setdefault(key, NeighbourTable(self.look(relation, inverse=inverse)))
        return found

    def whole_table(self, relation: str, *, inverse: bool) -> NeighbourTable:
        """The same with all nodes that have any neighbours; the first time it costs a look at all edges."""
        key = relation, inverse
        with self._making:
            found = self.table(relation, inverse=inverse)
            if not found.is_whole:
                found = NeighbourTable(self.look(relation, inverse=inverse), is_whole=True)
                found.fill({end for key in self._edges if key.relation == relation for end in (key.source, key.target)})
                self._tables[key] = found
            return found

    def follow(self, touched: Set[str]) -> None:
        """Look again at these nodes: both ends of an edge that changes are touched."""
        for table in self._tables.values():
            if table.is_whole:
                table.fill(touched)
            else:
                for node in touched:
                    table.pop(node, None)

    def copied(self, fold: Fold) -> "Neighbours":
        """The same for a copy of the fold."""
        copy = Neighbours(fold)
        for (relation, inverse), table in self._tables.copy().items():
            made = NeighbourTable(copy.look(relation, inverse=inverse), is_whole=table.is_whole)
            made.update(table)
            copy._tables[relation, inverse] = made
        return copy

    def look(self, relation: str, *, inverse: bool, as_of: int | None = None) -> Callable[[str], Days]:
        """What looks at a node's edges for its neighbours, as of a day.

        They come in order of the entries that first said so, then of their ids: the order depends on what stands alone,
        not on how it came to stand.
        """
        edges, refused = self._edges, self._refused
        first, *second = (self._incoming, self._outgoing) if inverse else (self._outgoing, self._incoming)
        tables = (first, *second) if relation in self._symmetric else (first,)

        def days_of(node: str) -> Days:
            found: dict[str, tuple[int, int]] = {}
            for table in tables:
                for key in table.get(node, ()):
                    if key.relation != relation:
                        continue
                    said = edges[key]
                    if as_of is not None:
                        said = tuple(one for one in said if one.day <= as_of)
                    if not (said := visible(said) if key in refused else said):
                        continue
                    other = key.target if key.source == node else key.source
                    entry, day = min(one.sequence for one in said), said[0].day
                    before = found.get(other, (entry, day))
                    found[other] = min(entry, before[0]), min(day, before[1])
            if not found:
                return NOBODY
            return {other: found[other][1] for other in sorted(found, key=lambda one: (found[one][0], one))}

        return days_of

    def _bind(self, fold: Fold) -> None:
        """Look at the tables of a fold; not at the fold, which holds its followers and would not be let go."""
        self._outgoing, self._incoming = fold.outgoing, fold.incoming
        self._edges, self._refused, self._symmetric = fold.edges, fold.refused, fold.symmetric
