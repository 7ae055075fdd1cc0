"""Completing a document: the day itself, its units, and the edges between them are in it."""

from ontology.model import Document, Edge, Node
from ontology.names import day_id, day_label, node_id
from ontology.terms import DAY, PART_OF, UNIT


def completed(document: Document) -> Document:
    """The document with its Day node, its Unit nodes and the edges that make the day part of them.

    What the document already says of them stays as it is; completing twice changes nothing.

    >>> document = completed(Document(map="bread", day=2, part="notes", units=("Week 1",)))
    >>> [node.id for node in document.nodes], [edge.relation for edge in document.edges]
    (['day-2', 'week-1'], ['part of'])
    """
    nodes = {node.id: node for node in document.nodes}
    edges = {edge.key: edge for edge in document.edges}
    day = day_id(document.day)
    said = nodes.get(day)
    if said is None or said.mention:
        place = said.place if said else None
        label, title = day_label(document.day), document.title
        nodes[day] = Node(id=day, kind=DAY, label=label, text=title, data=document.data, place=place)
    for unit in document.units:
        name = node_id(unit)
        known = nodes.get(name)
        if known is None or (known.mention and known.kind == UNIT):
            nodes[name] = Node(id=name, kind=UNIT, label=unit, place=known.place if known else None)
        edge = Edge(source=day, relation=PART_OF, target=name)
        edges.setdefault(edge.key, edge)
    return document.with_assertions(tuple(nodes.values()), tuple(edges.values()))
