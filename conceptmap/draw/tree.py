"""The drawn map: which node stands under which, by the newest place that a document gives."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphs.view import FoldedEdge, FoldedNode, Recency, View
from ontology.model import EdgeKey
from ontology.terms import ASKS, QUESTION

_NEVER: Recency = (-1, "")


@dataclass(frozen=True, slots=True)
class Branch:
    """A node on the drawn map, the edge to the node above (None for a root) and what stands under it.

    A node with two parents has its own branches under the first of them only.
    """

    node: FoldedNode
    day: int | None
    edge: FoldedEdge | None
    children: list["Branch"]

    @property
    def asked(self) -> "Branch | None":
        """The Question under it, if that is all that stands there: such a branch is an aside to the node above."""
        if self.edge is None or len(self.children) != 1:
            return None
        only = self.children[0]
        asks = only.edge is not None and only.edge.relation == ASKS and only.edge.target == only.node.id
        return only if asks and only.node.kind == QUESTION and not only.children else None


def drawn_map(view: View) -> tuple[Branch, ...]:
    """The roots of the drawn map, in order of day and place; empty when nothing is placed.

    Per node the newest document that places it decides, whether as a root or under others; every edge that
    decides is drawn once, every placed node at least once. Where places run in a circle, the oldest gives way.
    """
    return _Placing(view).roots()


def branches(roots: tuple[Branch, ...]) -> Iterator[Branch]:
    """Every branch below these roots, themselves included, from the top down."""
    waiting = [*reversed(roots)]
    while waiting:
        branch = waiting.pop()
        yield branch
        waiting.extend(reversed(branch.children))


class _Placing:
    """The placed nodes of a view, and per node the edges to its parents."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._nodes: dict[str, FoldedNode] = {node.id: node for node in view.placed_nodes()}
        self._above: dict[str, dict[EdgeKey, FoldedEdge]] = {}
        self._below: dict[str, list[FoldedEdge]] = {}
        for edge in view.placed_edges():
            if edge.parent is not None:
                self._offer(edge)
        for child in self._above:
            self._decide(child)
        self._break_circles()

    def roots(self) -> tuple[Branch, ...]:
        tops = [self._branch(node, None) for node in self._nodes if node not in self._above]
        tops.sort(key=lambda top: (_day(top), _rank(top.node), top.node.id))
        self._grow(tops)
        return tuple(tops)

    def _offer(self, edge: FoldedEdge) -> None:
        for end in (edge.source, edge.target):
            if end not in self._nodes:
                self._nodes[end] = self._view.node(end)
        if edge.source != edge.target:
            self._above.setdefault(child_of(edge), {})[edge.key] = edge

    def _decide(self, child: str) -> None:
        """Keep the edges of the newest document only; none where a newer one makes the node a root."""
        edges = self._above[child]
        newest = max(map(_moment, edges.values()))
        root = self._nodes[child].placed or _NEVER
        self._above[child] = {key: edge for key, edge in edges.items() if newest >= root and _moment(edge) == newest}

    def _break_circles(self) -> None:
        self._above = {child: edges for child, edges in self._above.items() if edges}
        unsure = self._unreached()
        while unsure:
            self._open_circle(min(unsure))
            unsure = self._unreached()

    def _unreached(self) -> set[str]:
        """The nodes that no root leads down to."""
        below: dict[str, list[str]] = {}
        for child, edges in self._above.items():
            for edge in edges.values():
                below.setdefault(parent_of(edge), []).append(child)
        waiting = [node for node in self._nodes if node not in self._above]
        reached = set(waiting)
        while waiting:
            new = [child for child in below.get(waiting.pop(), ()) if child not in reached]
            reached.update(new)
            waiting.extend(new)
        return self._nodes.keys() - reached

    def _open_circle(self, start: str) -> None:
        """Walk up from a node until one comes again, and take the oldest edge out of that circle."""
        walked: dict[str, FoldedEdge] = {}
        node = start
        while node not in walked:
            walked[node] = min(self._above[node].values(), key=lambda edge: edge.key[:3])
            node = parent_of(walked[node])
        circle = list(walked)[list(walked).index(node) :]
        oldest = min(circle, key=lambda child: (_moment(walked[child]), child))
        del self._above[oldest][walked[oldest].key]
        if not self._above[oldest]:
            del self._above[oldest]

    def _grow(self, tops: list[Branch]) -> None:
        below: dict[str, list[tuple[str, FoldedEdge]]] = {}
        for child, edges in self._above.items():
            for edge in edges.values():
                below.setdefault(parent_of(edge), []).append((child, edge))
        for family in below.values():
            family.sort(key=lambda one: (one[1].place or 0, _moment(one[1]), one[0], one[1].relation))
        waiting = [*reversed(tops)]
        while waiting:
            branch = waiting.pop()
            branch.children.extend(self._branch(*one) for one in below.pop(branch.node.id, ()))
            waiting.extend(reversed(branch.children))

    def _branch(self, node: str, edge: FoldedEdge | None) -> Branch:
        return Branch(self._nodes[node], self._view.introduced_on(node), edge, [])


def parent_of(edge: FoldedEdge) -> str:
    """The end of a placed edge that is drawn above."""
    return edge.source if edge.parent == "source" else edge.target


def child_of(edge: FoldedEdge) -> str:
    """The end of a placed edge that is drawn below."""
    return edge.target if edge.parent == "source" else edge.source


def _moment(edge: FoldedEdge) -> Recency:
    return edge.placed or _NEVER


def _day(branch: Branch) -> int:
    return -1 if branch.day is None else branch.day


def _rank(node: FoldedNode) -> tuple[int, Recency]:
    """The place of a root; a node that is only above others comes last."""
    return (1_000_001, _NEVER) if node.place is None else (node.place, node.placed or _NEVER)
