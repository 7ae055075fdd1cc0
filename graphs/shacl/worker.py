"""The process that tries shapes on data: it imports what it needs, is confined, works, answers and ends.

Shapes can take for ever (a pattern that backtracks, a query that joins all with all), and the libraries that try them
can reach out. So nothing of this runs where it cannot be ended, and once data come in neither a file nor a connection
can be opened.
"""

import logging
import sys
from collections.abc import Iterable, Iterator

import msgspec
import pyoxigraph
import rdflib.plugins.sparql
from pyoxigraph import BlankNode, RdfFormat
from pyoxigraph import Literal as OxLiteral
from pyshacl import validate
from pyshacl.errors import ValidationFailure
from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib import SH as TERMS
from rdflib.collection import Collection
from rdflib.term import Node

from graphs.confinement import confine
from graphs.shacl.results import SH, Job, Outcome, Path, Result

DEPTH = 30
"""Shapes in shapes: deeper than that they call themselves, which SHACL leaves undefined."""

LONGEST = 2_000
"""Characters of a value or message; what is longer is cut."""

_SMALL = """
<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:A> .
<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/shacl#NodeShape> .
<urn:s> <http://www.w3.org/ns/shacl#targetClass> <urn:A> .
<urn:s> <http://www.w3.org/ns/shacl#property> <urn:p> .
<urn:p> <http://www.w3.org/ns/shacl#path> <urn:q> .
<urn:p> <http://www.w3.org/ns/shacl#minCount> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
<urn:s> <http://www.w3.org/ns/shacl#sparql> <urn:c> .
<urn:c> <http://www.w3.org/ns/shacl#select> "SELECT $this WHERE { $this a <urn:A> FILTER(regex(str($this), 'a')) }" .
<urn:s> <http://www.w3.org/ns/shacl#rule> <urn:r> .
<urn:r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/shacl#SPARQLRule> .
<urn:r> <http://www.w3.org/ns/shacl#construct> "CONSTRUCT { $this a <urn:B> } WHERE { $this a <urn:A> }" .
"""
"""Data and shapes in one that use what is imported late, so that it is there before the process is confined."""

_PATHS = {
    TERMS.inversePath: "inverse",
    TERMS.alternativePath: "alternative",
    TERMS.zeroOrMorePath: "many",
    TERMS.oneOrMorePath: "some",
    TERMS.zeroOrOnePath: "maybe",
}
_TARGETS = (TERMS.targetClass, TERMS.targetNode, TERMS.targetSubjectsOf, TERMS.targetObjectsOf)


def try_shapes(data: Graph, shapes: Graph) -> Outcome:
    """What does not fit, in the order of focus and shape."""
    try:
        _, found, _ = validate(data, shacl_graph=shapes, advanced=True, inplace=True, max_validation_depth=DEPTH)
    except (ValidationFailure, RuntimeError, ValueError, TypeError, OSError) as error:
        return Outcome(error=_first_line(error), term=_named_in(error, shapes))
    if not isinstance(found, Graph):
        return Outcome(error=_first_line(found), term=_named_in(found, shapes))
    each = (_result(one, found, shapes) for one in found.objects(None, TERMS.result))
    results = sorted(set(map(msgspec.json.encode, each)))
    idle = sorted(str(shape) for shape in _idle(data, shapes))
    return Outcome(results=tuple(msgspec.json.decode(one, type=Result) for one in results), idle=tuple(idle))


def graph_of(texts: Iterable[str]) -> Graph:
    """A graph of texts in Turtle; what is read twice is one term."""
    graph = Graph()
    terms: dict[str, Node] = {}
    for text in texts:
        for quad in pyoxigraph.parse(text, format=RdfFormat.TURTLE, lenient=True):
            graph.add((_term(quad.subject, terms), _term(quad.predicate, terms), _term(quad.object, terms)))
    return graph


def _term(term: object, terms: dict[str, Node]) -> Node:
    key = str(term)
    if (known := terms.get(key)) is None:
        if isinstance(term, OxLiteral):
            known = Literal(
                term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value)
            )
        elif isinstance(term, BlankNode):
            known = BNode(term.value)
        else:
            known = URIRef(getattr(term, "value", key))
        terms[key] = known
    return known


def _result(result: Node, found: Graph, shapes: Graph) -> Result:
    shape = found.value(result, TERMS.sourceShape)
    constraint = found.value(result, TERMS.sourceConstraint)
    component = found.value(result, TERMS.sourceConstraintComponent)
    path = found.value(result, TERMS.resultPath)
    value = found.value(result, TERMS.value)
    messages = list(found.objects(result, TERMS.resultMessage))
    is_own = any((one, TERMS.message, None) in shapes for one in (shape, constraint) if one is not None)
    said = _message(messages)
    return Result(
        focus=_text(found.value(result, TERMS.focusNode)),
        path=None if path is None else _path(path, found, shapes),
        value=None if value is None else _text(value),
        is_leading=isinstance(value, URIRef),
        severity=str(found.value(result, TERMS.resultSeverity)).removeprefix(SH),
        shape=_name(shape, shapes),
        component=str(component).removeprefix(SH),
        asked={} if shape is None else _asked(shape, shapes),
        message=said if is_own else "",
        default=said,
    )


def _message(messages: list[Node]) -> str:
    """The message in English, or in no language, else the first."""
    wanted = ("en", None)
    ranked = sorted(
        messages, key=lambda one: ((_language(one) or "") not in ("", "en"), _language(one) not in wanted, one)
    )
    return str(ranked[0])[:LONGEST] if ranked else ""


def _language(term: Node) -> str | None:
    return term.language.partition("-")[0] if isinstance(term, Literal) and term.language else None


def _text(term: Node | None) -> str:
    return "" if term is None or isinstance(term, BNode) else str(term)[:LONGEST]


def _asked(shape: Node, shapes: Graph) -> dict[str, list[str]]:
    """What a shape says in terms of SHACL; lists are written out."""
    asked: dict[str, list[str]] = {}
    for predicate, value in shapes.predicate_objects(shape):
        if str(predicate).startswith(SH):
            is_list = (value, RDF.first, None) in shapes
            values = [_text(one) for one in (Collection(shapes, value) if is_list else [value])]
            asked.setdefault(str(predicate).removeprefix(SH), []).extend(filter(None, values))
    return {name: sorted(values) for name, values in sorted(asked.items()) if values}


def _name(shape: Node | None, shapes: Graph) -> str:
    """The IRI of a shape, or of the nearest that holds it."""
    waiting, seen = [shape], set()
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, URIRef):
            return str(one)
        if one is not None and one not in seen:
            seen.add(one)
            waiting += sorted(shapes.subjects(None, one), key=str)
    return ""


def _path(path: Node, *graphs: Graph) -> Path:
    if isinstance(path, URIRef):
        return Path(str(path))
    for graph in graphs:
        if (path, RDF.first, None) in graph:
            return Path(how="sequence", parts=tuple(_path(one, *graphs) for one in Collection(graph, path)))
        for predicate, name in _PATHS.items():
            if (inner := graph.value(path, predicate)) is not None:
                found = _path(inner, *graphs)
                is_list = name == "alternative" and found.how == "sequence"
                return Path(how=name, parts=found.parts if is_list else (found,))
    return Path()


def _idle(data: Graph, shapes: Graph) -> Iterator[Node]:
    """Named shapes with targets that concern nothing; targets that a query finds are left out."""
    targeted = {shape for term in _TARGETS for shape in shapes.subjects(term, None)}
    implicit = set(shapes.subjects(RDF.type, RDFS.Class)) & set(shapes.subjects(RDF.type, TERMS.NodeShape))
    for shape in targeted | implicit:
        if isinstance(shape, URIRef) and (shape, TERMS.target, None) not in shapes:
            classes = {*shapes.objects(shape, TERMS.targetClass), *([shape] if shape in implicit else [])}
            below = {one for top in classes for one in data.transitive_subjects(RDFS.subClassOf, top)}
            if not (
                any((None, RDF.type, one) in data for one in below)
                or any((None, one, None) in data for one in shapes.objects(shape, TERMS.targetSubjectsOf))
                or any((None, one, None) in data for one in shapes.objects(shape, TERMS.targetObjectsOf))
                or any((one, None, None) in data for one in shapes.objects(shape, TERMS.targetNode))
            ):
                yield shape


def _first_line(error: object) -> str:
    text = str(getattr(error, "message", None) or error).strip()
    return text.partition("\n")[0][:LONGEST] or type(error).__name__


def _named_in(error: object, shapes: Graph) -> str:
    """The first IRI of the shapes that an error names."""
    text = str(getattr(error, "message", None) or error)
    found = [(text.find(str(one)), str(one)) for one in set(shapes.subjects()) if isinstance(one, URIRef)]
    return min(((at, -len(iri), iri) for at, iri in found if at >= 0), default=(0, 0, ""))[2]


def main() -> None:
    """Read the job from standard input, and write the outcome to standard output."""
    logging.disable(logging.CRITICAL)
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # FROM <address> would be fetched
    small = graph_of([_SMALL])
    try_shapes(small, small)
    body = sys.stdin.buffer.read()
    job = msgspec.msgpack.decode(body, type=Job)
    confine(job.seconds, job.memory)
    try:
        outcome = try_shapes(graph_of(job.data), graph_of([job.shapes]))
    except MemoryError:
        outcome = Outcome(error="memory")
    sys.stdout.buffer.write(msgspec.msgpack.encode(outcome))


if __name__ == "__main__":
    main()
