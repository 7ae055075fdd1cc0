"""Documents written as RDF: as triples, and these as Turtle, TriG, N-Triples, RDF/XML or JSON-LD.

The triples say what each node and edge is, and who says so where:

    <…/nodes/fermentation>                  a cm:Concept ; skos:prefLabel "Fermentation" ; cm:requires <…/nodes/yeast> .
    <…/parts/day-02.md>                     doc:node <…/parts/day-02.md/nodes/fermentation> .
    <…/parts/day-02.md/nodes/fermentation>  doc:of <…/nodes/fermentation> ; doc:label "Fermentation" ;
                                            prov:wasDerivedFrom <…/parts/day-02.md/nodes/fermentation#from> .

A node and a direct edge look the same whoever states them. What one document says of them stands on
a resource of its own, so that several parts of a day may share a graph and nothing is mixed up. An edge that
a document refuses has only that resource, with `doc:refusal true`, and no direct edge. There are no blank nodes.

JSON-LD is the stored document with keys added, none changed: an inline `@context`, the IRIs of everything that
has one (`@id`), types, positions, and the nodes themselves with their direct edges (`@included`). Any JSON-LD
processor reads it as the same triples; taking the keys out again gives the stored document.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import groupby, islice
from types import MappingProxyType
from typing import Any

import pyoxigraph
import rfc8785
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from graphs.bounds import check_deadline
from graphs.fold import ENDED
from graphs.rdf import iris as rdf
from graphs.rdf.iris import BASE, Iris, LedIris
from ontology.model import STATED, Document, Edge, EndValues, Node, Origin
from ontology.vocabulary import Vocabulary

Json = dict[str, Any]
Item = Node | Edge | Document
"""What a document makes assertions of: a node, an edge, or itself."""

Term = NamedNode | BlankNode | Literal | Triple

ADDED = frozenset({"@id", "@type", "position", "predicate", "@included"})
BATCH = 500
"""Statements that are written at once: some 50 kB of text."""
PARSED = 200
"""Of our own statements so many are parsed at once, in some milliseconds."""
_ENDS = {
    RdfFormat.TURTLE: b" .\n",
    RdfFormat.TRIG: b" .\n}\n",
    RdfFormat.N_TRIPLES: b"",
    RdfFormat.RDF_XML: b"</rdf:RDF>",
}
"""What ends a text whatever it says."""
_PREFIXES = {rdf.DCTERMS: "dcterms:", rdf.DOC: "doc:", rdf.SKOS: "skos:"}

_UNSAID: tuple[object, ...] = (None, (), {})
"""With False the values that fields have where nothing is said; a place may well be 0."""

_Table = tuple[tuple[str, str, Callable[[Any, Iris], str]], ...]
"""Fields with their predicates in Turtle, and how each is written."""


def _written(fields: rdf.Fields) -> _Table:
    return tuple((name, f" ; {predicate} ", codec.write) for name, (predicate, codec) in fields.items())


_DOCUMENT = _written(rdf.DOCUMENT_FIELDS)
_NODE = _written(rdf.NODE_ASSERTION_FIELDS)
_EDGE = _written(rdf.EDGE_ASSERTION_FIELDS)
_VALUES = _written(rdf.VALUES_FIELDS)
_ORIGIN = _written(rdf.ORIGIN_FIELDS)
_POSITION, _LINE = rdf.POSITION[0], rdf.LINE[0]


def document_triples(document: Document, vocabulary: Vocabulary, base: str = BASE) -> list[Triple]:
    """All triples of a document, each once, those of one subject together as far as they belong together."""
    return list(dict.fromkeys(triples_of(Statements(document.map, vocabulary, base).of(document))))


def triples_of(statements: str) -> Iterator[Triple]:
    """The triples of some of our own statements."""
    return (quad.triple for quad in _quads(statements))


def _quads(statements: str, graph: str | None = None) -> Iterator[Quad]:
    """The same in the default graph, or in the one of an IRI."""
    text, form = (statements, RdfFormat.TURTLE) if graph is None else (f"<{graph}> {{{statements}}}", RdfFormat.TRIG)
    return pyoxigraph.parse(text, format=form, lenient=True)


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
        quad
        for (map, day), said in groupby(ordered, key=lambda one: (one.map, one.day))
        for quad in _once(said, vocabulary, base, Iris(map, base).day(day))
    )
    return _pieces(quads, RdfFormat.TRIG)


def n_triples_pieces(documents: Iterable[Document], vocabulary: Vocabulary, base: str = BASE) -> Iterator[bytes]:
    """Documents as N-Triples, piece by piece; IRIs stand under `base`."""
    return _pieces_apart(_once(documents, vocabulary, base), RdfFormat.N_TRIPLES)


def rdf_xml_pieces(documents: Iterable[Document], vocabulary: Vocabulary, base: str = BASE) -> Iterator[bytes]:
    """The same as RDF/XML."""
    return _pieces_apart(_once(documents, vocabulary, base), RdfFormat.RDF_XML)


def _once(documents: Iterable[Document], vocabulary: Vocabulary, base: str, graph: str | None = None) -> Iterator[Quad]:
    """The triples of documents in a graph, each once: only of nodes that several documents name are any said again."""
    documents = list(documents)
    named = Counter(Iris(one.map, base).node(node.id) for one in documents for node in one.nodes)
    shared = {node for node, count in named.items() if count > 1}
    del named
    said: set[Quad] = set()
    for document in documents:
        for quad in _parsed(Statements(document.map, vocabulary, base).each(document), graph):
            if isinstance(quad.subject, NamedNode) and quad.subject.value in shared:
                if quad in said:
                    continue
                said.add(quad)
            yield quad
    while said:  # one by one, so that other threads have their turn
        said.pop()


def _parsed(statements: Iterable[str], graph: str | None) -> Iterator[Quad]:
    """The triples of statements, parsed some hundred at a time: no thread runs while many are parsed, or let go."""
    waiting = iter(statements)
    while batch := list(islice(waiting, PARSED)):
        check_deadline()
        yield from dict.fromkeys(_quads("".join(batch), graph))


def _pieces(quads: Iterable[Quad], form: RdfFormat) -> Iterator[bytes]:
    """Statements as the serializer writes them at once, batch by batch.

    How it writes one depends only on the one before, so each batch begins with the last statement of the former, and
    what that makes by itself is cut off.
    """
    end, begun = _ENDS[form], b""
    waiting = iter(quads)
    last: list[Quad] = []
    while batch := list(islice(waiting, BATCH)):
        check_deadline()
        yield _serialized([*last, *batch], form)[len(begun) : -len(end)]
        last = batch[-1:]
        begun = _serialized(last, form)[: -len(end)]
    if last:
        yield end


def _pieces_apart(quads: Iterable[Quad], form: RdfFormat) -> Iterator[bytes]:
    """The same of a form in which each batch can stand by itself, between what begins and what ends the text."""
    end = _ENDS[form]
    yield (begin := _serialized([], form).removesuffix(end))
    waiting = iter(quads)
    while batch := list(islice(waiting, BATCH)):
        check_deadline()
        yield _serialized(batch, form).removeprefix(begin).removesuffix(end)
    yield end


def _serialized(quads: list[Quad], form: RdfFormat) -> bytes:
    return pyoxigraph.serialize(quads, format=form, prefixes=rdf.PREFIXES) or b""


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


class Statements:
    """What the documents of a map say, as statements in Turtle.

    Text is quicker to make than terms, and the engine reads it faster than it takes terms from Python. What is said of
    an id that is `led` to another is said of that one, and what joins a node to itself then is no direct edge.
    """

    def __init__(
        self, map: str, vocabulary: Vocabulary, base: str = BASE, led: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._own = Iris(map, base)
        self._led = led
        self._iris = LedIris(map, base, led) if led else self._own
        NamedNode(self._iris.nodes)  # raises ValueError where the base holds what no IRI has: nobody looks again
        self._vocabulary = vocabulary

    def of(self, document: Document) -> str:
        """All that a document says; some of it may stand there twice."""
        return "".join(self.each(document))

    def each(self, document: Document) -> Iterator[str]:
        """The same piece by piece, each of them some whole statements."""
        subject = self._iris.document(document.day, document.part)
        yield self._head(document, subject)
        yield from (_link(subject, rdf.HAS_NODE, rdf.node_assertion(subject, node.id)) for node in document.nodes)
        yield from (_link(subject, rdf.HAS_EDGE, rdf.edge_assertion(subject, edge)) for edge in document.edges)
        yield from dict.fromkeys(self.on_nodes(document))
        yield from (self._node(node, position, subject) for position, node in enumerate(document.nodes, 1))
        yield from (self._edge(edge, position, subject) for position, edge in enumerate(document.edges, 1))

    def own(self, document: Document) -> str:
        """What no other document says."""
        subject = self._iris.document(document.day, document.part)
        return "".join(
            [
                self._head(document, subject),
                *(self.asserted(node, position, subject) for position, node in enumerate(document.nodes, 1)),
                *(self.asserted(edge, position, subject) for position, edge in enumerate(document.edges, 1)),
            ]
        )

    def asserted(self, item: Item, position: int, document: str) -> str:
        """What the document of this IRI says of its own word on a node or an edge, or of itself."""
        if isinstance(item, Document):
            return self._head(item, document)
        if isinstance(item, Node):
            link = _link(document, rdf.HAS_NODE, rdf.node_assertion(document, item.id))
            return link + self._node(item, position, document)
        link = _link(document, rdf.HAS_EDGE, rdf.edge_assertion(document, item))
        return link + self._edge(item, position, document)

    def on_nodes(self, document: Document) -> Iterator[str]:
        """What a document says of the nodes themselves and the direct edges between them, by node; others may too."""
        edges: dict[str, list[Edge]] = {node.id: [] for node in document.nodes}
        for edge in document.edges:
            edges.setdefault(edge.source, []).append(edge)
        nodes = {node.id: node for node in document.nodes}
        for one, starting in edges.items():
            if one in nodes:
                yield from self.on_node(nodes[one])
            for edge in starting:
                yield from self.on_node(edge)

    def on_node(self, item: Item) -> Iterator[str]:
        """The node itself or the direct edge, a statement for each triple; what is refused is no direct edge."""
        if isinstance(item, Edge):
            relation = rdf.relation_iri(item.relation, self._vocabulary)
            source, target = self._iris.node(item.source), self._iris.node(item.target)
            is_gone = ENDED in (self._led.get(item.source), self._led.get(item.target))
            if not (item.denies or is_gone) and (source != target or item.source == item.target):
                yield f"<{source}> <{relation}> <{target}> .\n"
        elif isinstance(item, Node):
            subject = f"<{self._iris.node(item.id)}>"
            if self._led.get(item.id) == ENDED:
                return
            if item.became is not None:
                yield f"<{self._own.node(item.id)}> {rdf.REPLACED_BY} <{self._own.node(item.became)}> .\n"
            if item.became is not None and item.mention and item.id in self._led:
                return
            yield f"{subject} a <{rdf.kind_iri(item.kind, self._vocabulary)}> .\n"
            named = rdf.ALIAS if item.id in self._led else rdf.LABEL
            yield f"{subject} {named} {rdf.quoted(item.label)} .\n"
            for alias in item.aliases:
                yield f"{subject} {rdf.ALIAS} {rdf.quoted(alias)} .\n"
            if item.text is not None:
                yield f"{subject} {rdf.TEXT} {rdf.quoted(item.text)} .\n"
            if item.formula is not None:
                yield f"{subject} {rdf.FORMULA} {rdf.quoted(item.formula)} .\n"

    def _head(self, document: Document, subject: str) -> str:
        return f"<{subject}> a {rdf.DOCUMENT_CLASS}{self._fields(document, _DOCUMENT)} .\n"

    def _node(self, node: Node, position: int, document: str) -> str:
        subject = rdf.node_assertion(document, node.id)
        said = self._fields(node, _NODE)
        return f"<{subject}> a {rdf.NODE_CLASS}{said} ; {_POSITION} {position} .\n{self._origin(node, subject)}"

    def _edge(self, edge: Edge, position: int, document: str) -> str:
        subject = rdf.edge_assertion(document, edge)
        relation = f"{rdf.PREDICATE} <{rdf.relation_iri(edge.relation, self._vocabulary)}>"
        said = self._fields(edge, _EDGE)
        values = "" if edge.values is None else self._beside(subject, rdf.HAS_VALUES, "values", edge.values, _VALUES)
        return (
            f"<{subject}> a {rdf.EDGE_CLASS} ; {relation}{said} ; {_POSITION} {position} .\n"
            f"{values}{self._origin(edge, subject)}"
        )

    def _origin(self, item: Node | Edge, subject: str) -> str:
        if item.origin == STATED:
            return ""
        lines = "".join(f" ; {_LINE} {line}" for line in item.origin.lines or ())
        return self._beside(subject, rdf.DERIVED_FROM, "from", item.origin, _ORIGIN, lines)

    def _beside(
        self, subject: str, link: NamedNode, name: str, said: Origin | EndValues, table: _Table, first: str = ""
    ) -> str:
        """A value that has an IRI of its own, and the link to it."""
        text = f"{first}{self._fields(said, table)}".removeprefix(" ;")
        return f"<{subject}> {link} <{subject}#{name}> .\n<{subject}#{name}>{text} .\n"

    def _fields(self, said: object, table: _Table) -> str:
        parts = []
        iris = self._own if isinstance(said, Node) and said.became is not None else self._iris
        for name, predicate, write in table:
            value = getattr(said, name)
            if not (value is False or value in _UNSAID):
                parts.append(predicate + write(value, iris))
        return "".join(parts)


def _add(said: Json, iri: str, of: NamedNode, position: int) -> None:
    said.update({"@id": iri, "@type": of.value, "position": position})
    for name in ("from", "values"):
        if name in said:
            said[name]["@id"] = f"{iri}#{name}"


def _link(subject: str, predicate: NamedNode, assertion: str) -> str:
    return f"<{subject}> {predicate} <{assertion}> .\n"


def _included(document: Document, vocabulary: Vocabulary) -> list[Json]:
    """The nodes themselves, with their direct edges."""
    iris = Iris(document.map)
    found: dict[str, Json] = {}
    for triple in triples_of("".join(Statements(document.map, vocabulary).on_nodes(document))):
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
