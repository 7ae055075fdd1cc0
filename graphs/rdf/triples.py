"""A document as triples: what each node and edge is, and who says so where.

    <…/nodes/fermentation>                  a cm:Concept ; skos:prefLabel "Fermentation" ; cm:requires <…/nodes/yeast> .
    <…/parts/day-02.md>                     doc:node <…/parts/day-02.md/nodes/fermentation> .
    <…/parts/day-02.md/nodes/fermentation>  doc:of <…/nodes/fermentation> ; doc:label "Fermentation" ;
                                            prov:wasDerivedFrom <…/parts/day-02.md/nodes/fermentation#from> .

A node and a direct edge look the same whoever states them. What one document says of them stands on
a resource of its own, so that several parts of a day may share a graph and nothing is mixed up.
There are no blank nodes.
"""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue
from pyoxigraph import Literal, NamedNode, Triple

from graphs.rdf import fields
from graphs.rdf.iris import (
    BASE,
    DCTERMS,
    DOC,
    PROV,
    RDF,
    SKOS,
    Iris,
    edge_assertion,
    kind_iri,
    node_assertion,
    relation_iri,
)
from ontology.model import Document, Edge, Node
from ontology.vocabulary import Vocabulary

TYPE = NamedNode(RDF + "type")
DOCUMENT_CLASS = NamedNode(DOC + "Document")
NODE_CLASS = NamedNode(DOC + "Description")
EDGE_CLASS = NamedNode(RDF + "Statement")
HAS_NODE = NamedNode(DOC + "node")
HAS_EDGE = NamedNode(DOC + "edge")
HAS_VALUES = NamedNode(DOC + "values")
DERIVED_FROM = NamedNode(PROV + "wasDerivedFrom")
PREDICATE = NamedNode(RDF + "predicate")
LABEL = NamedNode(SKOS + "prefLabel")
ALIAS = NamedNode(SKOS + "altLabel")
TEXT = NamedNode(DCTERMS + "description")
FORMULA = NamedNode(DOC + "formula")


def document_triples(document: Document, vocabulary: Vocabulary, base: str = BASE) -> list[Triple]:
    """All triples of a document, each once, those of one subject together as far as they belong together."""
    iris = Iris(document.map, base)
    subject = NamedNode(iris.document(document.day, document.part))
    triples = [
        *_document(document, subject, iris),
        *node_triples(document, vocabulary, iris),
        *(one for number, node in enumerate(document.nodes, 1) for one in _node(node, number, subject, iris)),
        *(
            one
            for number, edge in enumerate(document.edges, 1)
            for one in _edge(edge, number, subject, iris, vocabulary)
        ),
    ]
    return list(dict.fromkeys(triples))


def node_triples(document: Document, vocabulary: Vocabulary, iris: Iris) -> Iterator[Triple]:
    """The nodes themselves and the direct edges between them, by node."""
    edges: dict[str, list[Edge]] = {node.id: [] for node in document.nodes}
    for edge in document.edges:
        edges.setdefault(edge.source, []).append(edge)
    nodes = {node.id: node for node in document.nodes}
    for one, starting in edges.items():
        subject = NamedNode(iris.node(one))
        if one in nodes:
            yield from _described(nodes[one], subject, vocabulary)
        for edge in starting:
            yield Triple(subject, NamedNode(relation_iri(edge.relation, vocabulary)), NamedNode(iris.node(edge.target)))


def _described(node: Node, subject: NamedNode, vocabulary: Vocabulary) -> Iterator[Triple]:
    yield Triple(subject, TYPE, NamedNode(kind_iri(node.kind, vocabulary)))
    yield Triple(subject, LABEL, Literal(node.label))
    for alias in node.aliases:
        yield Triple(subject, ALIAS, Literal(alias))
    if node.text is not None:
        yield Triple(subject, TEXT, Literal(node.text))
    if node.formula is not None:
        yield Triple(subject, FORMULA, Literal(node.formula))


def _document(document: Document, subject: NamedNode, iris: Iris) -> Iterator[Triple]:
    yield Triple(subject, TYPE, DOCUMENT_CLASS)
    yield from _fields(document.as_json(), fields.DOCUMENT, subject, iris)
    for node in document.nodes:
        yield Triple(subject, HAS_NODE, NamedNode(node_assertion(subject.value, node.id)))
    for edge in document.edges:
        yield Triple(subject, HAS_EDGE, NamedNode(edge_assertion(subject.value, edge)))


def _node(node: Node, position: int, document: NamedNode, iris: Iris) -> Iterator[Triple]:
    subject = NamedNode(node_assertion(document.value, node.id))
    said = node.as_json()
    yield Triple(subject, TYPE, NODE_CLASS)
    yield from _fields(said, fields.NODE_ASSERTION, subject, iris)
    yield from _position(position, subject, iris)
    yield from _origin(said, subject, iris)


def _edge(edge: Edge, position: int, document: NamedNode, iris: Iris, vocabulary: Vocabulary) -> Iterator[Triple]:
    subject = NamedNode(edge_assertion(document.value, edge))
    said = edge.as_json()
    yield Triple(subject, TYPE, EDGE_CLASS)
    yield Triple(subject, PREDICATE, NamedNode(relation_iri(edge.relation, vocabulary)))
    yield from _fields(said, fields.EDGE_ASSERTION, subject, iris)
    yield from _position(position, subject, iris)
    if edge.values is not None:
        values = NamedNode(subject.value + "#values")
        yield Triple(subject, HAS_VALUES, values)
        yield from _fields(said["values"], fields.VALUES, values, iris)
    yield from _origin(said, subject, iris)


def _origin(said: Mapping[str, JsonValue], subject: NamedNode, iris: Iris) -> Iterator[Triple]:
    origin = said.get("from")
    if isinstance(origin, dict):
        source = NamedNode(subject.value + "#from")
        yield Triple(subject, DERIVED_FROM, source)
        lines = origin.get("lines")
        for line in lines if isinstance(lines, list) else ():
            yield Triple(source, fields.LINE[0], fields.LINE[1].write(line, iris))
        yield from _fields(origin, fields.ORIGIN, source, iris)


def _position(position: int, subject: NamedNode, iris: Iris) -> Iterator[Triple]:
    predicate, codec = fields.POSITION
    yield Triple(subject, predicate, codec.write(position, iris))


def _fields(said: Mapping[str, JsonValue], table: fields.Fields, subject: NamedNode, iris: Iris) -> Iterator[Triple]:
    for name, (predicate, codec) in table.items():
        if name in said:
            yield Triple(subject, predicate, codec.write(said[name], iris))
