"""Ways: the path from one node to another, and whether an edge or a chain joins two."""

from collections.abc import Iterator
from itertools import pairwise

from conceptmap.ask.answer import Found
from conceptmap.ask.citing import cited
from conceptmap.ask.query import Holds, PathBetween
from graphs.view import FoldedEdge, View
from graphs.walks import Path, reach, shortest_path, steps_to
from ontology.vocabulary import Relation


def path(view: View, query: PathBetween) -> list[Found]:
    """A chain of one transitive relation, if there is one: it explains more than a shorter mixed path."""
    path = chain(view, query) or shortest_path(view, query.start, query.end)
    if path is None:
        return []
    edges = (*path.edges[:1], *path.edges)
    return [
        cited(view, view.node(node), edges=(edge,), way=path.nodes[: number + 1] if number > 1 else ())
        for number, (node, edge) in enumerate(zip(path.nodes, edges or (None,), strict=False))
        if edge is not None
    ]


def chain(view: View, query: PathBetween) -> Path | None:
    """A shortest chain of one transitive relation between two nodes, forwards or backwards."""
    for relation in view.vocabulary.relations.values():
        for inverse in (False, True) if relation.transitive else ():
            came_from = reach(view, query.start, relation.name, inverse=inverse)
            if query.end in came_from:
                nodes = steps_to(came_from, query.start, query.end)
                joined = [_edge(view, one, other, relation.name, inverse=inverse) for one, other in pairwise(nodes)]
                return Path(nodes, tuple(joined))
    return None


def _edge(view: View, one: str, other: str, relation: str, *, inverse: bool) -> FoldedEdge:
    source, target = (other, one) if inverse else (one, other)
    return next(edge for edge in view.edges_between(source, target) if edge.relation == relation)


def holds(view: View, query: Holds) -> list[Found]:
    """The source, if the edge is there; else, where the relation is transitive, if it can be reached."""
    ends = (query.source, query.target)
    edges = [edge for edge in view.edges_between(*ends) if edge.relation == query.relation.name]
    if stated := [edge for edge in edges if query.relation.symmetric or (edge.source, edge.target) == ends]:
        return [cited(view, view.node(query.source), edges=stated)]
    said = ((edge.other(query.target), edge) for edge in stated_edges(view, query.target, query.relation))
    if about := [(node, edge) for node, edge in said if joined(view, node, query.source)]:
        return [cited(view, view.node(node), edges=(edge,)) for node, edge in about]
    came_from = reach(view, query.source, query.relation.name) if query.relation.transitive else {}
    if query.target not in came_from:
        return []
    return [cited(view, view.node(query.source), way=steps_to(came_from, query.source, query.target))]


def joined(view: View, node: str, other: str) -> bool:
    """Whether an edge joins two nodes, either way."""
    return bool(view.edges_between(node, other))


def stated_edges(view: View, node: str, relation: Relation, *, inverse: bool = False) -> Iterator[FoldedEdge]:
    """The edges of a relation whose target (`inverse`: source) is this node; of a symmetric one, at either end."""
    if relation.symmetric:
        return edges_at(view, node, relation.name)
    return view.edges_from(node, relation.name) if inverse else view.edges_to(node, relation.name)


def edges_at(view: View, node: str, relation: str) -> Iterator[FoldedEdge]:
    """The edges of a relation at a node, whichever end it is."""
    yield from view.edges_from(node, relation)
    yield from view.edges_to(node, relation)
