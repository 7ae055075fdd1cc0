"""Spread: how many nodes each day introduces, and how many edges join two days."""

from collections import Counter
from collections.abc import Iterable, Set
from typing import TypeVar

from graphs.fold import Fold, visible
from graphs.view import View, introduction
from ontology.terms import INTRODUCED_ON

Key = TypeVar("Key")


class Spread:
    """The counts of the newest state, kept from entry to entry. `nodes` by day; `edges` by two days, the first first.

    What comes up on no day counts as of day 0.
    """

    def __init__(self, fold: Fold) -> None:
        self._bind(fold)
        self._days: dict[str, int] = {}
        self._targets: dict[str, tuple[str, ...]] = {}
        self.nodes: Counter[int] = Counter()
        self.edges: Counter[tuple[int, int]] = Counter()
        self.follow(fold.nodes.keys())

    def follow(self, touched: Set[str]) -> None:
        """Count these nodes, and the edges that start at them, again."""
        for node in touched:
            self._count_edges(node, self._targets.pop(node, ()), -1)
        for node in touched:
            self._settle_day(node, touched)
        for node in touched:
            if targets := tuple(key.target for key in self._outgoing.get(node, ()) if visible(self._edges[key])):
                self._targets[node] = targets
                self._count_edges(node, targets, 1)

    def copied(self, fold: Fold) -> "Spread":
        """The same for a copy of the fold."""
        copy = Spread.__new__(Spread)
        copy._bind(fold)
        copy._days, copy._targets = self._days.copy(), self._targets.copy()
        copy.nodes, copy.edges = self.nodes.copy(), self.edges.copy()
        return copy

    def _bind(self, fold: Fold) -> None:
        """Look at the tables of a fold; not at the fold, which holds its followers and would not be let go."""
        self._nodes, self._edges = fold.nodes, fold.edges
        self._outgoing, self._incoming = fold.outgoing, fold.incoming

    def _settle_day(self, node: str, touched: Set[str]) -> None:
        """Set the day of a node, to which the edges move that end at it and start at nodes that are not touched."""
        former, day = self._days.pop(node, None), self._day(node)
        if day is not None:
            self._days[node] = day
        if day == former:
            return
        for one, change in ((former, -1), (day, 1)):
            if one is not None:
                _count(self.nodes, one, change)
        for key in self._incoming.get(node, ()):
            if key.source in self._targets and key.source not in touched and visible(self._edges[key]):
                self._count_edge(self._days.get(key.source), former, -1)
                self._count_edge(self._days.get(key.source), day, 1)

    def _day(self, node: str) -> int | None:
        said = self._nodes.get(node)
        if said is None:
            return None
        keys = (key for key in self._outgoing.get(node, ()) if key.relation == INTRODUCED_ON)
        return introduction(said, (key.target for key in keys if visible(self._edges[key]))) or 0

    def _count_edges(self, node: str, targets: Iterable[str], change: int) -> None:
        day = self._days.get(node)
        for target in targets:
            self._count_edge(day, self._days.get(target), change)

    def _count_edge(self, day: int | None, other: int | None, change: int) -> None:
        if day is not None and other is not None:
            _count(self.edges, (min(day, other), max(day, other)), change)


def _count(counts: Counter[Key], key: Key, change: int) -> None:
    counts[key] += change
    if not counts[key]:
        del counts[key]


def spread_of(view: View) -> Spread:
    """The counts of a view's map, whatever the view's day; made when first asked for."""
    return view.fold.follower(Spread, lambda: Spread(view.fold))
