"""Documents written as RDF: as triples, and these as Turtle, TriG or JSON-LD.

The triples say what each node and edge is, and who says so where:

    <…/nodes/fermentation>                  a cm:Concept ; skos:prefLabel "Fermentation" ; cm:requires <…/nodes/yeast> .
    <…/parts/day-02.md>                     doc:node <…/parts/day-02.md/nodes/fermentation> .
    <…/parts/day-02.md/nodes/fermentation>  doc:of <…/nodes/fermentation> ; doc:label "Fermentation" ;
                                            prov:wasDerivedFrom <…/parts/day-02.md/nodes/fermentation#from> .

A node and a direct edge look the same whoever states them. What one document says of them stands on
a resource of its own, so that several parts of a day may share a graph and nothing is mixed up.
There are no blank nodes.

JSON-LD is the stored document with keys added, none changed: an inline `@context`, the IRIs of everything that
has one (`@id`), types, positions, and the nodes themselves with their direct edges (`@included`). Any JSON-LD
processor reads it as the same triples; taking the keys out again gives the stored document.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import groupby, islice
from typing import Any, TypeVar

import pyoxigraph
import rfc8785
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from graphs.rdf import iris as rdf
from graphs.rdf.iris import BASE, Iris
from ontology.model import Document, Edge, Node
from ontology.values import JsonValue
from ontology.vocabulary import Vocabulary

Json = dict[str, Any]
Term = NamedNode | BlankNode | Literal | Triple
Statement = TypeVar("Statement", Triple, Quad)

ADDED = frozenset({"@id", "@type", "position", "predicate", "@included"})
BATCH = 1000
"""Statements that are written at once: some 100 kB of text."""
_ENDS = {RdfFormat.TURTLE: b" .\n", RdfFormat.TRIG: b" .\n}\n"}
"""What ends a text whatever it says."""
_PREFIXES = {rdf.DCTERMS: "dcterms:", rdf.DOC: "doc:", rdf.SKOS: "skos:"}


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


def write_turtle(documents: Iterable[Document], vocabulary: Vocabulary, base: str = BASE) -> bytes:
    """Documents (of one day: its graph) as Turtle; IRIs stand under `base`, by default https://conceptmap.example/."""
    return b"".join(turtle_pieces(documents, vocabulary, base))


def turtle_pieces(documents: Iterable[Document], vocabulary: Vocabulary, base: str = BASE) -> Iterator[bytes]:
    """The same piece by piece: no more than a document's triples are held at a time."""
    return _pieces(_once(documents, vocabulary, base), RdfFormat.TURTLE)


def write_trig(documents: Iterable[Document], vocabulary: Vocabulary, base: str = BASE) -> bytes:
    """Documents as a TriG dataset, one named graph a day; IRIs stand under `base`, by default https://conceptmap.example/."""
    return b"".join(trig_pieces(documents, vocabulary, base))


def trig_pieces(documents: Iterable[Document], vocabulary: Vocabulary, base: str = BASE) -> Iterator[bytes]:
    """The same piece by piece: no more than a document's triples are held at a time."""
    ordered = sorted(documents, key=lambda one: (one.map, one.day, one.part))
    quads = (
        Quad(triple.subject, triple.predicate, triple.object, NamedNode(Iris(map, base).day(day)))
        for (map, day), said in groupby(ordered, key=lambda one: (one.map, one.day))
        for triple in _once(said, vocabulary, base)
    )
    return _pieces(quads, RdfFormat.TRIG)


def _once(documents: Iterable[Document], vocabulary: Vocabulary, base: str) -> Iterator[Triple]:
    """The triples of documents, each once: only of nodes that several documents name are any said again."""
    documents = list(documents)
    named = Counter(Iris(one.map, base).node(node.id) for one in documents for node in one.nodes)
    shared = {node for node, count in named.items() if count > 1}
    del named
    said: set[Triple] = set()
    for document in documents:
        for triple in document_triples(document, vocabulary, base):
            if isinstance(triple.subject, NamedNode) and triple.subject.value in shared:
                if triple in said:
                    continue
                said.add(triple)
            yield triple


def _pieces(statements: Iterable[Statement], form: RdfFormat) -> Iterator[bytes]:
    """Statements as the serializer writes them at once, batch by batch.

    How it writes one depends only on the one before, so each batch begins with the last statement of the former, and
    what that makes by itself is cut off.
    """
    end, begun = _ENDS[form], b""
    waiting = iter(statements)
    batch: list[Statement]
    last: list[Statement] = []
    while batch := list(islice(waiting, BATCH)):
        yield _serialized([*last, *batch], form)[len(begun) : -len(end)]
        last = batch[-1:]
        begun = _serialized(last, form)[: -len(end)]
    if last:
        yield end


def _serialized(statements: list[Statement], form: RdfFormat) -> bytes:
    return pyoxigraph.serialize(statements, format=form, prefixes=rdf.PREFIXES) or b""


def context_data() -> Json:
    """The JSON-LD context that ships with the project."""
    context: Json = json.loads(files("ontology").joinpath("context.jsonld").read_bytes())["@context"]
    return context


def jsonld_data(document: Document, vocabulary: Vocabulary, base: str = BASE) -> Json:
    """A document as JSON-LD data with its context inline; an empty `base` leaves its IRIs relative."""
    iris = Iris(document.map, base)
    here = iris.document(document.day, document.part).removeprefix(f"{base}maps/{document.map}/")
    one = f"../{here}"  # IRIs are relative to the nodes, so that a node's id is its reference
    data = {"@id": one, "@type": rdf.DOCUMENT_CLASS.value, **document.as_json()}
    data["@context"] = {**context_data(), "@base": iris.nodes}
    for position, (said, node) in enumerate(zip(data.get("nodes", ()), document.nodes, strict=True), 1):
        _add(said, rdf.node_assertion(one, node.id), rdf.NODE_CLASS, position)
    for position, (said, edge) in enumerate(zip(data.get("edges", ()), document.edges, strict=True), 1):
        _add(said, rdf.edge_assertion(one, edge), rdf.EDGE_CLASS, position)
        said["predicate"] = rdf.relation_iri(edge.relation, vocabulary)
    if included := _included(document, vocabulary):
        data["@included"] = included
    return data


def write_jsonld(document: Document, vocabulary: Vocabulary, base: str = BASE) -> bytes:
    """A document as JSON-LD text (RFC 8785); IRIs stand under `base`, by default https://conceptmap.example/."""
    return rfc8785.dumps(jsonld_data(document, vocabulary, base))


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
            yield Triple(
                subject, NamedNode(rdf.relation_iri(edge.relation, vocabulary)), NamedNode(iris.node(edge.target))
            )


def _described(node: Node, subject: NamedNode, vocabulary: Vocabulary) -> Iterator[Triple]:
    yield Triple(subject, rdf.TYPE, NamedNode(rdf.kind_iri(node.kind, vocabulary)))
    yield Triple(subject, rdf.LABEL, Literal(node.label))
    for alias in node.aliases:
        yield Triple(subject, rdf.ALIAS, Literal(alias))
    if node.text is not None:
        yield Triple(subject, rdf.TEXT, Literal(node.text))
    if node.formula is not None:
        yield Triple(subject, rdf.FORMULA, Literal(node.formula))


def _document(document: Document, subject: NamedNode, iris: Iris) -> Iterator[Triple]:
    yield Triple(subject, rdf.TYPE, rdf.DOCUMENT_CLASS)
    yield from _fields(document.as_json(), rdf.DOCUMENT_FIELDS, subject, iris)
    for node in document.nodes:
        yield Triple(subject, rdf.HAS_NODE, NamedNode(rdf.node_assertion(subject.value, node.id)))
    for edge in document.edges:
        yield Triple(subject, rdf.HAS_EDGE, NamedNode(rdf.edge_assertion(subject.value, edge)))


def _node(node: Node, position: int, document: NamedNode, iris: Iris) -> Iterator[Triple]:
    subject = NamedNode(rdf.node_assertion(document.value, node.id))
    said = node.as_json()
    yield Triple(subject, rdf.TYPE, rdf.NODE_CLASS)
    yield from _fields(said, rdf.NODE_ASSERTION_FIELDS, subject, iris)
    yield from _position(position, subject, iris)
    yield from _origin(said, subject, iris)


def _edge(edge: Edge, position: int, document: NamedNode, iris: Iris, vocabulary: Vocabulary) -> Iterator[Triple]:
    subject = NamedNode(rdf.edge_assertion(document.value, edge))
    said = edge.as_json()
    yield Triple(subject, rdf.TYPE, rdf.EDGE_CLASS)
    yield Triple(subject, rdf.PREDICATE, NamedNode(rdf.relation_iri(edge.relation, vocabulary)))
    yield from _fields(said, rdf.EDGE_ASSERTION_FIELDS, subject, iris)
    yield from _position(position, subject, iris)
    if edge.values is not None:
        values = NamedNode(subject.value + "#values")
        yield Triple(subject, rdf.HAS_VALUES, values)
        yield from _fields(said["values"], rdf.VALUES_FIELDS, values, iris)
    yield from _origin(said, subject, iris)


def _origin(said: Mapping[str, JsonValue], subject: NamedNode, iris: Iris) -> Iterator[Triple]:
    origin = said.get("from")
    if isinstance(origin, dict):
        source = NamedNode(subject.value + "#from")
        yield Triple(subject, rdf.DERIVED_FROM, source)
        lines = origin.get("lines")
        for line in lines if isinstance(lines, list) else ():
            yield Triple(source, rdf.LINE[0], rdf.LINE[1].write(line, iris))
        yield from _fields(origin, rdf.ORIGIN_FIELDS, source, iris)


def _position(position: int, subject: NamedNode, iris: Iris) -> Iterator[Triple]:
    predicate, codec = rdf.POSITION
    yield Triple(subject, predicate, codec.write(position, iris))


def _fields(said: Mapping[str, JsonValue], table: rdf.Fields, subject: NamedNode, iris: Iris) -> Iterator[Triple]:
    for name, (predicate, codec) in table.items():
        if name in said:
            yield Triple(subject, predicate, codec.write(said[name], iris))


def _add(said: Json, iri: str, of: NamedNode, position: int) -> None:
    said.update({"@id": iri, "@type": of.value, "position": position})
    for name in ("from", "values"):
        if name in said:
            said[name]["@id"] = f"{iri}#{name}"


def _included(document: Document, vocabulary: Vocabulary) -> list[Json]:
    """The nodes themselves, with their direct edges."""
    iris = Iris(document.map)
    found: dict[str, Json] = {}
    for triple in node_triples(document, vocabulary, iris):
        node = _local(triple.subject, iris)
        described = found.setdefault(node, {"@id": node})
        if triple.predicate == rdf.TYPE:
            described["@type"] = _local(triple.object, iris)
            continue
        value = _local(triple.object, iris)
        values = described.setdefault(_shortened_iri(triple.predicate.value), [])
        values.append({"@id": value} if isinstance(triple.object, NamedNode) else value)
    return list(found.values())


def _local(term: Term, iris: Iris) -> str:
    """A literal's text, or an IRI as a reference from the nodes of the map."""
    return term.value.removeprefix(iris.nodes) if isinstance(term, NamedNode) else str(getattr(term, "value", term))


def _shortened_iri(iri: str) -> str:
    for namespace, prefix in _PREFIXES.items():
        if iri.startswith(namespace):
            return prefix + iri.removeprefix(namespace)
    return iri
