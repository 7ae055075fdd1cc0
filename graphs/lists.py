"""Lists: the ids of a map's nodes in order, all of them and those of each kind, kept so from entry to entry."""

from collections import defaultdict
from collections.abc import Sequence, Set

from graphs.fold import Fold
from graphs.postings import Postings

_ALL = ""
"""Stands for the kinds together."""


class NodeLists:
    """The ids of all nodes, of whatever day, sorted; also by kind. They follow their fold."""

    def __init__(self, fold: Fold) -> None:
        self._nodes = fold.nodes
        lists: dict[str, list[str]] = defaultdict(list)
        for node, said in fold.nodes.items():
            lists[said[-1].item.kind].append(node)
        self._lists = Postings({**lists, _ALL: list(fold.nodes)})

    def follow(self, touched: Set[str]) -> None:
        """Put these nodes where they belong now."""
        for node in touched:
            said = self._nodes.get(node)
            own = (_ALL, said[-1].item.kind) if said else ()
            for kind in self._lists.keys:
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
        """The ids of the nodes of a kind (None: of all kinds), of whatever day, sorted."""
        return self._lists[kind or _ALL]
