"""The view: the folded graph as of a day. It copies nothing, so it costs what is read through it.

A view follows its fold: when an entry is folded in, the view shows it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphs.fold import Asserted, Fold
from graphs.folded import FoldedEdge, FoldedNode, Moment, fold_edge, fold_node
from graphs.remembered import remembered
from ontology.errors import UnknownNode
from ontology.model import Edge, EdgeKey, How, Node, Origin
from ontology.names import day_number, name_key
from ontology.terms import DAY, INTRODUCED_ON
from ontology.vocabulary import Vocabulary

__all__ = ["Citation", "FoldedEdge", "FoldedNode", "Moment", "View", "cite"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something is said: the day, the part (a file name, or a contributor), 1-based lines and their words."""

    day: int
    file: str
    lines: tuple[int, int] | None
    quote: str | None
    how: How


def cite(asserted: Asserted[Node] | Asserted[Edge]) -> Citation:
    """The citation of an assertion."""
    origin: Origin = asserted.item.origin
    return Citation(asserted.day, asserted.part, origin.lines, origin.quote, origin.how)


class View:
    """A fold as of a day (None: as of the newest); only documents of days up to it count."""

    def __init__(self, fold: Fold, vocabulary: Vocabulary, as_of: int | None = None) -> None:
        self.fold = fold
        self.vocabulary = vocabulary
        self.as_of = as_of
        self._remembered = remembered(fold)

    def days(self) -> tuple[int, ...]:
        """The days that have documents, in order."""
        return tuple(sorted({key.day for key in self.fold.documents if self.sees(key.day)}))

    @property
    def day(self) -> int | None:
        """The day the view stands at: the chosen one, else the newest with a document; None for an empty map."""
        return self.as_of if self.as_of is not None else max(self.days(), default=None)

    def sees(self, day: int) -> bool:
        """Whether documents of this day count."""
        return self.as_of is None or day <= self.as_of

    def has_node(self, node: str) -> bool:
        """Whether a node of this id exists as of the view's day."""
        assertions = self.fold.nodes.get(node)
        return assertions is not None and self.sees(assertions[0].day)

    def node_ids(self) -> list[str]:
        """The ids of all nodes, sorted."""
        return sorted(node for node, assertions in self.fold.nodes.items() if self.sees(assertions[0].day))

    def node(self, node: str) -> FoldedNode:
        """The node of this id. Raises `UnknownNode`."""
        if (known := self._remembered.node(node, self.as_of)) is not None:
            return known
        assertions = tuple(one for one in self.fold.nodes.get(node, ()) if self.sees(one.day))
        if not assertions:
            raise UnknownNode(node)
        return self._remembered.keep_node(fold_node(assertions), self.as_of)

    def nodes(self, kind: str | None = None) -> Iterator[FoldedNode]:
        """All nodes (of a kind), by id."""
        return (node for node in map(self.node, self.node_ids()) if kind is None or node.kind == kind)

    def edge(self, key: EdgeKey) -> FoldedEdge | None:
        """The edge of this identity, if it exists as of the view's day."""
        key = self.fold.folded_key(key)
        if (known := self._remembered.edge(key, self.as_of)) is not None:
            return known
        assertions = tuple(one for one in self.fold.edges.get(key, ()) if self.sees(one.day))
        return self._remembered.keep_edge(key, fold_edge(assertions), self.as_of) if assertions else None

    def edges(self, relation: str | None = None) -> Iterator[FoldedEdge]:
        """All edges (of a relation), by identity."""
        keys = self.fold.edges if relation is None else (key for key in self.fold.edges if key.relation == relation)
        return self._folded(keys)

    def edge_keys(self) -> Iterator[EdgeKey]:
        """The identities of all edges, in no order: cheaper than the edges where these are only counted."""
        return (key for key, assertions in self.fold.edges.items() if self.sees(assertions[0].day))

    def edges_from(self, node: str, relation: str | None = None) -> Iterator[FoldedEdge]:
        """The edges whose source is this node (of a relation), by identity."""
        return self._folded(self._keys(self.fold.outgoing, node, relation))

    def edges_to(self, node: str, relation: str | None = None) -> Iterator[FoldedEdge]:
        """The edges whose target is this node (of a relation), by identity."""
        return self._folded(self._keys(self.fold.incoming, node, relation))

    def edges_between(self, one: str, other: str) -> list[FoldedEdge]:
        """The edges that join two nodes, either way."""
        return [*self._joining(one, other), *self._joining(other, one)]

    def named(self, name: str) -> list[str]:
        """The ids of the nodes that have this id, label or alias (case and punctuation apart), sorted.

        An exact id stands alone.
        """
        if self.has_node(name):
            return [name]
        return sorted(node for node in self.fold.names.get(name_key(name), ()) if self._has_name(node, name))

    def placed_nodes(self) -> Iterator[FoldedNode]:
        """The nodes that a document gives a place as a root of the drawn map, by id."""
        placed = (node for node, assertions in self.fold.nodes.items() if self._places(assertions))
        return map(self.node, sorted(placed))

    def placed_edges(self) -> Iterator[FoldedEdge]:
        """The edges that a document gives a place on the drawn map, by identity."""
        return self._folded(key for key, assertions in self.fold.edges.items() if self._places(assertions))

    def introduced_on(self, node: str) -> int | None:
        """The day on which a node first comes up: as stated, else the first day that defines it, else mentions it."""
        keys = self._keys(self.fold.outgoing, node, INTRODUCED_ON)
        stated = [day_number(key.target) for key in keys if self.sees(self.fold.edges[key][0].day)]
        if days := [day for day in stated if day is not None]:
            return min(days)
        seen = [one for one in self.fold.nodes.get(node, ()) if self.sees(one.day)]
        if seen and seen[-1].item.kind == DAY:
            return day_number(node)
        return next((one.day for one in seen if not one.item.mention), seen[0].day if seen else None)

    def _places(self, assertions: Iterable[Asserted[Node]] | Iterable[Asserted[Edge]]) -> bool:
        return any(one.item.place is not None and self.sees(one.day) for one in assertions)

    def _has_name(self, node: str, name: str) -> bool:
        key = name_key(name)
        seen = (one.item for one in self.fold.nodes[node] if self.sees(one.day))
        return any(key in map(name_key, (item.id, item.label, *item.aliases)) for item in seen)

    def _joining(self, one: str, other: str) -> Iterator[FoldedEdge]:
        leaving, arriving = self.fold.outgoing.get(one, {}), self.fold.incoming.get(other, {})
        fewer = leaving if len(leaving) <= len(arriving) else arriving
        return self._folded(key for key in fewer if (key.source, key.target) == (one, other))

    @staticmethod
    def _keys(table: Mapping[str, Mapping[EdgeKey, None]], node: str, relation: str | None) -> Iterator[EdgeKey]:
        return (key for key in table.get(node, ()) if relation is None or key.relation == relation)

    def _folded(self, keys: Iterator[EdgeKey] | Mapping[EdgeKey, object]) -> Iterator[FoldedEdge]:
        ordered = sorted(keys, key=lambda key: key.rank)
        return (edge for edge in map(self.edge, ordered) if edge is not None)
