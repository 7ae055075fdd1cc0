"""What was folded before: nodes and edges as views showed them, until an entry touches them.

A large answer costs what is new in it; what many answers share is merged once for each day it is asked as of.
"""

from collections.abc import Set

from graphs.fold import Fold
from graphs.folded import FoldedEdge, FoldedNode
from ontology.model import EdgeKey

MOST = 20_000
"""So many nodes and edges are remembered for a map; then it is begun anew."""

AsOf = int | None


class Remembered:
    """The folded nodes by id and day, and the folded edges by source, identity and day. It follows its fold."""

    def __init__(self) -> None:
        self._nodes: dict[str, dict[AsOf, FoldedNode]] = {}
        self._edges: dict[str, dict[tuple[EdgeKey, AsOf], FoldedEdge]] = {}
        self._count = 0

    def follow(self, touched: Set[str]) -> None:
        """Forget these nodes and the edges that start at them."""
        for node in touched:
            self._nodes.pop(node, None)
            self._edges.pop(node, None)

    def node(self, node: str, as_of: AsOf) -> FoldedNode | None:
        """The node, if it is remembered."""
        known = self._nodes.get(node)
        return known.get(as_of) if known else None

    def edge(self, key: EdgeKey, as_of: AsOf) -> FoldedEdge | None:
        """The edge of this folded identity, if it is remembered."""
        known = self._edges.get(key.source)
        return known.get((key, as_of)) if known else None

    def keep_node(self, node: FoldedNode, as_of: AsOf) -> FoldedNode:
        """Remember a node and return it."""
        self._make_room()
        self._nodes.setdefault(node.id, {})[as_of] = node
        return node

    def keep_edge(self, key: EdgeKey, edge: FoldedEdge, as_of: AsOf) -> FoldedEdge:
        """Remember an edge under its folded identity and return it."""
        self._make_room()
        self._edges.setdefault(key.source, {})[key, as_of] = edge
        return edge

    def _make_room(self) -> None:
        self._count += 1
        if self._count > MOST:
            self._nodes.clear()
            self._edges.clear()
            self._count = 1


def remembered(fold: Fold) -> Remembered:
    """What is remembered of a fold; from the first call on it is kept up to date."""
    found = fold.followers.get(Remembered)
    if not isinstance(found, Remembered):
        found = fold.followers[Remembered] = Remembered()
    return found
