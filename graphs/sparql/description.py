"""The description of a map's endpoint: what it speaks, and which graphs it has (SPARQL 1.1 Service Description)."""

from collections.abc import Iterable, Iterator

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from graphs.rdf.iris import RDF, Iris
from graphs.sparql.wire import PREFIXED, SOLUTIONS, TRIPLES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_RESULT_FORMATS = "http://www.w3.org/ns/formats/"
_FORMATS = dict(
    zip(
        (*SOLUTIONS, *TRIPLES),
        (
            *(f"SPARQL_Results_{one}" for one in ("JSON", "XML", "CSV", "TSV")),
            "Turtle",
            "N-Triples",
            "JSON-LD",
            "RDF_XML",
        ),
        strict=True,
    )
)


def write_description(endpoint: str, iris: Iris, days: Iterable[int], media_type: str) -> bytes:
    """The description of a map's endpoint in one of the forms for triples."""
    prefixes = {"sd": _SD, "formats": _RESULT_FORMATS} if media_type in PREFIXED else None
    triples = _description(NamedNode(endpoint), iris, days)
    return pyoxigraph.serialize(triples, format=RdfFormat.from_media_type(media_type), prefixes=prefixes) or b""


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
