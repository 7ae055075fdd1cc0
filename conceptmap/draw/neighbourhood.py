"""The nodes around a node."""

from collections.abc import Iterator

from conceptmap.draw.selection import Selection
from graphs.view import FoldedNode, View
from ontology.terms import HUBS


def near(view: View, selection: Selection, start: FoldedNode, most: int) -> Iterator[FoldedNode]:
    """The nodes around one, nearest first, itself included; one more than the most, so that a cut shows."""
    yield start
    seen, ring, count = {start.id}, [start], 1
    for _ in range(selection.depth):
        outside: list[FoldedNode] = []
        for node in ring:
            if node.kind in HUBS and node is not start:
                continue
            for other in _joined(view, selection, node.id):
                if other not in seen and selection.takes(found := view.node(other)):
                    seen.add(other)
                    outside.append(found)
                    yield found
                    if (count := count + 1) > most:
                        return
        ring = outside


def _joined(view: View, selection: Selection, node: str) -> Iterator[str]:
    for edges in (view.edges_from(node), view.edges_to(node)):
        yield from (edge.other(node) for edge in edges if selection.takes_edge(edge))
