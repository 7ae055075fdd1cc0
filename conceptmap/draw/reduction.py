"""Reduction: lines of a relation that others already say are left out, as A to C where A to B and B to C are drawn."""

from collections.abc import Iterable

from conceptmap.draw.picture import Line

LEAST = 3
"""Of fewer lines none can follow from the others."""


def reduced(lines: Iterable[Line], relation: str) -> tuple[Line, ...]:
    """The lines without those of a transitive relation that follow from others of it (its transitive reduction).

    Where the relation runs in a circle, nothing is left out.
    """
    kept = tuple(lines)
    ends = {(line.source, line.target) for line in kept if _is_of(line, relation)}
    if len(ends) < LEAST:
        return kept
    needed = _needed(ends)
    return tuple(line for line in kept if not _is_of(line, relation) or (line.source, line.target) in needed)


def _is_of(line: Line, relation: str) -> bool:
    return line.relation is not None and line.relation.name == relation


def _needed(ends: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs from which all follow."""
    import networkx  # noqa: PLC0415  (a third of a second that a map without such lines must not pay)

    graph: networkx.DiGraph[str] = networkx.DiGraph(sorted(ends))
    if not networkx.is_directed_acyclic_graph(graph):
        return ends
    return set(networkx.transitive_reduction(graph).edges)
