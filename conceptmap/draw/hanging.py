"""The map of notes that draw no tree: a node hangs under what it is part of, else under what an edge joins it to."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from conceptmap.draw.tree import Branch
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.terms import ABOUT, ASKS, DAY, EXAMPLE_OF, INTRODUCED_ON, LEADS_TO, PART_OF, UNIT

MOST_HUNG = 150
"""Nodes that are drawn at once: three screens of text, and half of what a picture holds, as nobody chose places."""

MOST_READ = 5000
"""Nodes of a map that is hung up at all; of a larger one these first branches would say little, and come late."""

_FIRST = (PART_OF, EXAMPLE_OF, ABOUT)
"""The relations that say best where a node belongs; the others follow in the order of the vocabulary."""

_DOWNWARDS = frozenset({LEADS_TO, ASKS})
"""Of these relations the source stands above; of all others the target."""

_FRAMES = frozenset({DAY, UNIT})
"""Kinds that a drawing shows as frames."""


class Hung(NamedTuple):
    """The branches that are drawn, and how many nodes are left out."""

    roots: tuple[Branch, ...]
    left_out: int


def hung_map(view: View, most: int | None = MOST_HUNG, focus: str | None = None) -> Hung | None:
    """The branches of a view whose notes draw no tree, in reading order; None where the map is too large for that.

    What has parts keeps its place: only what has none hangs where another edge leads. At most `most` nodes are drawn,
    level by level, those that have something under them first. With a `focus` that node is the only root.
    """
    if view.size > MOST_READ:
        return None
    nodes = {node.id: node for node in view.nodes() if node.kind not in _FRAMES}
    above = _parents(view, nodes)
    below: dict[str, list[str]] = {}
    for child in sorted(above, key=lambda one: _place(nodes[one])):
        below.setdefault(above[child].other(child), []).append(child)
    roots = sorted(nodes.keys() - above.keys(), key=lambda one: (one not in below, _place(nodes[one])))
    if focus is not None:
        roots = [focus] if focus in nodes else []
    every = _levels(roots, below)
    taken = every[:most]
    drawn = {
        one: Branch(nodes[one], view.introduced_on(one), above.get(one) if one not in roots else None, [])
        for one in taken
    }
    for one in taken:
        drawn[one].children.extend(drawn[child] for child in below.get(one, ()) if child in drawn)
    return Hung(tuple(drawn[root] for root in roots if root in drawn), len(every) - len(taken))


def _parents(view: View, nodes: dict[str, FoldedNode]) -> dict[str, FoldedEdge]:
    """The edge by which each node hangs, the best relation first; a node without one is a root."""
    above: dict[str, FoldedEdge] = {}
    has_parts: set[str] = set()
    for edge in sorted(
        _hanging(view, nodes), key=lambda edge: (_rank(view, edge.relation), _line(edge), edge.key.rank)
    ):
        parent, child = (edge.source, edge.target) if edge.relation in _DOWNWARDS else (edge.target, edge.source)
        if edge.relation == PART_OF:
            has_parts.add(parent)
        elif child in has_parts:
            continue
        if child not in above and child != parent and not _stands_under(parent, child, above):
            above[child] = edge
    return above


def _hanging(view: View, nodes: dict[str, FoldedNode]) -> Iterator[FoldedEdge]:
    return (
        edge
        for edge in view.edges()
        if edge.relation != INTRODUCED_ON and edge.source in nodes and edge.target in nodes
    )


def _rank(view: View, relation: str) -> int:
    if relation in _FIRST:
        return _FIRST.index(relation)
    known = view.vocabulary.relations.get(relation)
    return len(_FIRST) + (known.order if known else len(view.vocabulary.relations))


def _stands_under(node: str, other: str, above: dict[str, FoldedEdge]) -> bool:
    """Whether a node stands under another, however far below."""
    while node != other and node in above:
        node = above[node].other(node)
    return node == other


def _levels(roots: Iterable[str], below: dict[str, list[str]]) -> list[str]:
    """All nodes under these, level by level."""
    found = list(roots)
    for one in found:
        found.extend(below.get(one, ()))
    return found


def _place(node: FoldedNode) -> tuple[int, str, int, str]:
    """Where a node is first said, for reading order."""
    first = node.sayings[0]
    lines = first.item.origin.lines
    return first.day, first.part, lines[0] if lines else 0, node.id


def _line(edge: FoldedEdge) -> tuple[int, str, int]:
    first = edge.assertions[0]
    lines = first.item.origin.lines
    return first.day, first.part, lines[0] if lines else 0
