"""A map as an Oxigraph dataset, brought forward by what its parts say.

Each day is a named graph. The default graph holds the triples of all days, each once: Oxigraph's own
union of graphs gives a triple as often as there are graphs with it, so that counts would be wrong. What an
endpoint speaks and which graphs it has is told by its service description (SPARQL 1.1 Service Description).
"""

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple

from graphs.rdf import Iris, document_triples
from graphs.rdf.iris import RDF
from graphs.sparql.wire import SOLUTIONS, TRIPLES, PartText
from ontology.model import read_document
from ontology.vocabulary import Vocabulary

UNION = DefaultGraph()
MERGED = NamedNode("urn:conceptmap:merged")

_SD = "http://www.w3.org/ns/sparql-service-description#"
_RESULT_FORMATS = "http://www.w3.org/ns/formats/"
_FORMATS = dict(
    zip(
        (*SOLUTIONS, *TRIPLES),
        "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV Turtle N-Triples".split(),
        strict=True,
    )
)

_FORGET = "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
"""Takes from the default graph what no named graph holds any more."""


class Dataset:
    """The dataset of one map. When a part says something else, only what differs is written."""

    def __init__(self, map: str, vocabulary: Vocabulary, base: str) -> None:
        self.store = Store()
        self.base = base
        self._iris = Iris(map, base)
        self._vocabulary = vocabulary
        self._days: dict[int, dict[str, str]] = {}

    def bring(self, news: Iterable[PartText]) -> None:
        """Follow the parts: each says something new, or nothing any more."""
        newest = {(said.day, said.part): said.text for said in news}
        for (day, part), text in newest.items():
            self._replace(day, part, text)

    def drop_after(self, as_of: int) -> None:
        """Take the later days out of the store."""
        later = [day for day in self._days if day > as_of]
        for day in later:
            self.store.remove_graph(self._graph(day))
        if later:
            self.store.update(_FORGET)

    def merged(self, graphs: Sequence[NamedNode]) -> NamedNode:
        """A graph that holds the triples of several, each once; it changes the store."""
        if len(graphs) == 1:
            return graphs[0]
        for graph in graphs:
            quads = list(self.store.quads_for_pattern(None, None, None, graph))
            self.store.extend(_moved(quad, MERGED) for quad in quads)
        return MERGED

    def _graph(self, day: int) -> NamedNode:
        return NamedNode(self._iris.day(day))

    def _replace(self, day: int, part: str, text: str | None) -> None:
        """Let a part say something else."""
        others = self._days.setdefault(day, {})
        before, after = self._quads(day, others.pop(part, None)), self._quads(day, text)
        gone, news = before - after, after - before
        if gone:
            gone = gone.difference(*(self._quads(day, other) for other in others.values()))
        self.store.extend(news)
        self.store.extend(_moved(quad, UNION) for quad in news)
        for quad in gone:
            self._remove(quad)
        if text is not None:
            others[part] = text
        elif not others:
            del self._days[day]
            self.store.remove_graph(self._graph(day))

    def _quads(self, day: int, text: str | None) -> set[Quad]:
        """What a document says, in the graph of its day."""
        if text is None:
            return set()
        triples = document_triples(read_document(text), self._vocabulary, self.base)
        graph = self._graph(day)
        return {Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples}

    def _remove(self, quad: Quad) -> None:
        """Take a quad out; its triple leaves the default graph with the last named one that holds it."""
        self.store.remove(quad)
        left = self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(one.graph_name == UNION for one in left):
            self.store.remove(_moved(quad, UNION))


def write_description(endpoint: str, iris: Iris, days: Iterable[int], media_type: str) -> bytes:
    """The description of a map's endpoint in one of the forms for triples."""
    prefixes = {"sd": _SD, "formats": _RESULT_FORMATS} if media_type == TRIPLES[0] else None
    triples = _description(NamedNode(endpoint), iris, days)
    return pyoxigraph.serialize(triples, format=RdfFormat.from_media_type(media_type), prefixes=prefixes) or b""


def _moved(quad: Quad, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def _description(service: NamedNode, iris: Iris, days: Iterable[int]) -> Iterator[Triple]:
    dataset, default = BlankNode("dataset"), BlankNode("default")
    yield Triple(service, NamedNode(RDF + "type"), _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _FORMATS.values():
        yield Triple(service, _sd("resultFormat"), NamedNode(_RESULT_FORMATS + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, NamedNode(RDF + "type"), _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, NamedNode(RDF + "type"), _sd("Graph"))
    for day in days:
        graph = BlankNode(f"day{day}")
        yield Triple(dataset, _sd("namedGraph"), graph)
        yield Triple(graph, NamedNode(RDF + "type"), _sd("NamedGraph"))
        yield Triple(graph, _sd("name"), NamedNode(iris.day(day)))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
