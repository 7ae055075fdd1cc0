"""A few nodes of a map by themselves, with the edges between them: what a query finds, to be drawn."""

from collections.abc import Collection

from graphs.fold import Event, PartKey
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.model import Document, Edge, Node

PART = "excerpt"


def excerpt_of(view: View, nodes: Collection[str]) -> View:
    """The nodes of these ids (others are passed over) and the edges between them, each on its first day."""
    chosen = sorted(one for one in set(nodes) if view.has_node(one))
    edges = [edge for one in chosen for edge in view.edges_from(one) if edge.target in nodes]
    days: dict[int, tuple[list[Node], list[Edge]]] = {}
    for one in chosen:
        node = view.node(one)
        days.setdefault(max(view.introduced_on(one) or 0, node.days[0]), ([], []))[0].append(_said_node(node))
    for edge in edges:
        days.setdefault(edge.days[0], ([], []))[1].append(_said_edge(edge))
    events = [_event(number, view, day, *said) for number, (day, said) in enumerate(sorted(days.items()), 1)]
    return View.of(events, view.vocabulary)


def _event(number: int, view: View, day: int, nodes: list[Node], edges: list[Edge]) -> Event:
    titles = (one.title for one in view.documents(day) if one.title)
    document = Document(map=view.map or PART, day=day, part=PART, title=next(titles, None))
    return Event(number, PartKey(day, PART), document.with_assertions(tuple(nodes), tuple(edges)))


def _said_node(node: FoldedNode) -> Node:
    return Node(
        id=node.id, kind=node.kind, label=node.label, text=node.text, formula=node.formula, data=dict(node.data)
    )


def _said_edge(edge: FoldedEdge) -> Edge:
    said = {"dimension": edge.dimension, "values": edge.values, "note": edge.note}
    given = {name: value for name, value in said.items() if value is not None}
    return Edge(source=edge.source, relation=edge.relation, target=edge.target, **given)  # type: ignore[arg-type]
