"""Comparisons: the nodes that the map sets against each other, dimension by dimension."""

from dataclasses import dataclass

from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from ontology.terms import CONTRASTS_WITH


@dataclass(frozen=True, slots=True)
class Difference:
    """A dimension with the value of each side, and where it is said."""

    dimension: str
    values: tuple[str, str]
    note: str | None
    day: int
    cite: Citation


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two nodes and all in which they differ."""

    first: FoldedNode
    second: FoldedNode
    differences: tuple[Difference, ...]

    @property
    def dimensions(self) -> list[Difference]:
        """The differences that name a dimension."""
        return [one for one in self.differences if one.dimension]


def contrasts(view: View) -> list[Contrast]:
    """All pairs that are set against each other, those with most dimensions first."""
    pairs: dict[frozenset[str], list[FoldedEdge]] = {}
    for edge in view.edges(CONTRASTS_WITH):
        pairs.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    found = [_contrast(view, edges) for edges in pairs.values()]
    return sorted(found, key=lambda one: (-len(one.differences), one.first.label, one.second.label))


def _contrast(view: View, edges: list[FoldedEdge]) -> Contrast:
    """In the order of the notes."""
    edges = sorted(edges, key=lambda one: (one.days[0], one.assertions[0].item.origin.lines or (0, 0)))
    first = edges[0].source
    return Contrast(view.node(first), view.node(edges[0].target), tuple(_difference(edge, first) for edge in edges))


def _difference(edge: FoldedEdge, first: str) -> Difference:
    values = (edge.values.source, edge.values.target) if edge.values else ("", "")
    sides = values if edge.source == first else (values[1], values[0])
    return Difference(edge.dimension or "", sides, edge.note, edge.days[0], cite(edge.assertions[-1]))
