"""Lists of what a map has, kept from entry to entry: its nodes in order, by kind and look, and what has a place."""

from collections import defaultdict
from collections.abc import Sequence, Set

from graphs.confusables import latin
from graphs.fold import Fold
from graphs.postings import Postings
from ontology.model import EdgeKey

_ALL = ""
"""Stands for the kinds together."""


class NodeLists:
    """The ids of all nodes, of whatever day, sorted; also by kind. They follow their fold."""

    def __init__(self, fold: Fold) -> None:
        self._nodes = fold.nodes
        lists: dict[str, list[str]] = defaultdict(list)
        for node, said in fold.nodes.items():
            for kind in {one.item.kind for one in said}:
                lists[kind].append(node)
        self._lists = Postings([*lists.items(), (_ALL, fold.nodes.keys())])

    def follow(self, touched: Set[str]) -> None:
        """Put these nodes where they belong now."""
        for node in touched:
            said = self._nodes.get(node)
            own = {_ALL, *(one.item.kind for one in said)} if said else ()
            for kind in tuple(self._lists.keys):
                if kind not in own:
                    self._lists.discard(kind, node)
            for kind in own:
                self._lists.add(kind, node)

    def copied(self, fold: Fold) -> "NodeLists":
        """The same for a copy of its fold."""
        copy = NodeLists.__new__(NodeLists)
        copy._nodes, copy._lists = fold.nodes, self._lists.copied()
        return copy

    def of_kind(self, kind: str | None) -> Sequence[str]:
        """The ids of the nodes that some document has as of a kind (None: of any), of whatever day, sorted."""
        return self._lists[kind or _ALL]


class LookAlikes:
    """The ids with letters of other scripts, by the Latin letters that these look like. They follow their fold."""

    def __init__(self, fold: Fold) -> None:
        self._nodes = fold.nodes
        self._like: dict[str, frozenset[str]] = {}
        self.follow(fold.nodes.keys())

    def follow(self, touched: Set[str]) -> None:
        """Look at these nodes again."""
        for node in touched:
            if not node.isascii():
                look = latin(node)
                others = self._like.get(look, frozenset()) - {node}
                self._like[look] = others | {node} if node in self._nodes else others

    def copied(self, fold: Fold) -> "LookAlikes":
        """The same for a copy of its fold."""
        copy = LookAlikes.__new__(LookAlikes)
        copy._nodes, copy._like = fold.nodes, self._like.copy()
        return copy

    def of(self, node: str) -> frozenset[str]:
        """The ids that look like one, perhaps with it."""
        look = latin(node)
        return self._like.get(look, frozenset()) | ({look} if look in self._nodes else frozenset())


class Placed:
    """What a document of some day gives a place on the drawn map: nodes, and edges by their source."""

    def __init__(self, fold: Fold) -> None:
        self._bind(fold)
        self.nodes = {node for node, said in fold.nodes.items() if any(one.item.place is not None for one in said)}
        self.edges: dict[str, tuple[EdgeKey, ...]] = {}
        for key in fold.edges:
            if self._has_place(key):
                self.edges[key.source] = (*self.edges.get(key.source, ()), key)

    def follow(self, touched: Set[str]) -> None:
        """Look at these nodes, and the edges that start at them, again."""
        for node in touched:
            if any(one.item.place is not None for one in self._nodes.get(node, ())):
                self.nodes.add(node)
            else:
                self.nodes.discard(node)
            if keys := tuple(filter(self._has_place, self._outgoing.get(node, ()))):
                self.edges[node] = keys
            else:
                self.edges.pop(node, None)

    def copied(self, fold: Fold) -> "Placed":
        """The same for a copy of its fold."""
        copy = Placed.__new__(Placed)
        copy._bind(fold)
        copy.nodes, copy.edges = self.nodes.copy(), self.edges.copy()
        return copy

    def _bind(self, fold: Fold) -> None:
        """Look at the tables of a fold; not at the fold, which holds its followers and would not be let go."""
        self._nodes, self._edges, self._outgoing = fold.nodes, fold.edges, fold.outgoing

    def _has_place(self, key: EdgeKey) -> bool:
        return any(one.item.place is not None for one in self._edges[key])
