"""Comparisons: what symmetric edges say of their ends, dimension by dimension."""

from collections.abc import Iterator, Sequence

from conceptmap.ask.answer import Found
from conceptmap.ask.citing import cited
from conceptmap.ask.query import Compare
from conceptmap.ask.ways import edges_at
from graphs.view import FoldedEdge, View, cite
from ontology.names import name_key


def compared(view: View, query: Compare) -> list[Found]:
    """The values at the ends of comparing edges, or the names of the dimensions, or the two ends themselves."""
    edges = [edge for edge in _comparing(view, query.nodes) if _in_dimension(edge, query.dimension)]
    if query.names_only:
        named = {edge.dimension: edge for edge in edges if edge.dimension}
        return [_dimension(view, edge) for edge in sorted(named.values(), key=_line)]
    values = [value for edge in sorted(edges, key=_line) for value in _values(view, edge, query.nodes)]
    if values or query.dimension:
        return values
    ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    return [cited(view, view.node(end), edges=tuple(edges)) for end in ends]


def _comparing(view: View, nodes: Sequence[str]) -> Iterator[FoldedEdge]:
    """The symmetric edges between two nodes, at one node, or (without nodes) everywhere."""
    symmetric = [relation.name for relation in view.vocabulary.relations.values() if relation.symmetric]
    for relation in symmetric:
        edges = view.edges(relation) if not nodes else edges_at(view, nodes[0], relation)
        yield from (edge for edge in edges if all(other in (edge.source, edge.target) for other in nodes))


def _in_dimension(edge: FoldedEdge, dimension: str | None) -> bool:
    return dimension is None or (edge.dimension is not None and name_key(edge.dimension) == dimension)


def _line(edge: FoldedEdge) -> tuple[int, int, str]:
    """Where an edge stands in the course."""
    newest = edge.assertions[-1]
    lines = newest.item.origin.lines
    return newest.day, lines[0] if lines else 0, edge.dimension or ""


def _dimension(view: View, edge: FoldedEdge) -> Found:
    """A dimension as an answer: the node of its name, if there is one."""
    named = view.named(edge.dimension or "")
    if len(named) == 1:
        return cited(view, view.node(named[0]), edges=(edge,))
    return Found(None, edge.dimension or "", None, cites=(cite(edge.assertions[-1]),), of=edge.source)


def _values(view: View, edge: FoldedEdge, nodes: Sequence[str]) -> Iterator[Found]:
    """The values of an edge, at the ends that were asked for (both, if both or none were)."""
    if edge.values is None:
        return
    for end, value in ((edge.source, edge.values.source), (edge.target, edge.values.target)):
        if len(nodes) != 1 or end in nodes:
            cites = (cite(edge.assertions[-1]),)
            yield Found(
                None, value, None, day=edge.days[0], cites=cites, of=view.node(end).label, dimension=edge.dimension
            )
