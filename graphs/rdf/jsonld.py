"""JSON-LD: a document as JSON that any JSON-LD processor reads as the same triples that we write.

The exported object is the stored document with keys added, none changed: an inline `@context`, the
IRIs of everything that has one (`@id`), types, positions, and the nodes themselves with their direct
edges (`@included`). Taking these out again gives the stored document.
"""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pyoxigraph
import rfc8785
from pydantic import ValidationError
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from graphs.rdf.iris import BASE, DCTERMS, DOC, SKOS, Iris, edge_assertion, node_assertion, relation_iri
from graphs.rdf.limits import check_depth, checked_text
from graphs.rdf.reading import Place, place_problem, read_triples, shortened, validation_problems
from graphs.rdf.triples import DOCUMENT_CLASS, EDGE_CLASS, NODE_CLASS, TYPE, node_triples
from ontology.errors import InvalidDocument, Problem
from ontology.model import CONTEXT, Document
from ontology.vocabulary import Vocabulary

Json = dict[str, Any]
Term = NamedNode | BlankNode | Literal | Triple

_ADDED = frozenset({"@id", "@type", "position", "predicate", "@included"})
_PREFIXES = {DCTERMS: "dcterms:", DOC: "doc:", SKOS: "skos:"}


def context_data() -> Json:
    """The JSON-LD context that ships with the project."""
    context: Json = json.loads(files("ontology").joinpath("context.jsonld").read_bytes())["@context"]
    return context


def jsonld_data(document: Document, vocabulary: Vocabulary, base: str = BASE) -> Json:
    """A document as JSON-LD data with its context inline; an empty `base` leaves its IRIs relative."""
    iris = Iris(document.map, base)
    here = iris.document(document.day, document.part).removeprefix(f"{base}maps/{document.map}/")
    one = f"../{here}"  # IRIs are relative to the nodes, so that a node's id is its reference
    data = {"@id": one, "@type": DOCUMENT_CLASS.value, **document.as_json()}
    data["@context"] = {**context_data(), "@base": iris.nodes}
    for position, (said, node) in enumerate(zip(data.get("nodes", ()), document.nodes, strict=True), 1):
        _add(said, node_assertion(one, node.id), NODE_CLASS, position)
    for position, (said, edge) in enumerate(zip(data.get("edges", ()), document.edges, strict=True), 1):
        _add(said, edge_assertion(one, edge), EDGE_CLASS, position)
        said["predicate"] = relation_iri(edge.relation, vocabulary)
    if included := _included(document, vocabulary):
        data["@included"] = included
    return data


def write_jsonld(document: Document, vocabulary: Vocabulary, base: str = BASE) -> bytes:
    """A document as JSON-LD text (RFC 8785); IRIs stand under `base`, by default https://conceptmap.example/."""
    return rfc8785.dumps(jsonld_data(document, vocabulary, base))


def read_jsonld(data: bytes, vocabulary: Vocabulary, place: Place, base: str = BASE) -> list[Document]:
    """The documents that JSON-LD text says: the stored form, the exported one, or any other JSON-LD.

    The map, day and part of `place` hold where the text gives none. No context is ever fetched: one by
    address is refused, but for our own. Raises `InvalidDocument`.
    """
    value = parsed_json(data, place)
    if isinstance(value, dict) and _is_ours(value):
        return [_own(value, vocabulary, place, base)]
    if problems := [place_problem(place, what, "put the context itself in its place") for what in _fetched(value)]:
        raise InvalidDocument(shortened(problems, place))
    return read_triples(_triples(value, place, base), vocabulary, place, base)


def read_documents(data: bytes, vocabulary: Vocabulary, map: str, base: str = BASE) -> list[Document]:
    """The documents of a whole map, as its export gives them: an array, or one alone; each names its day and part.

    Raises `InvalidDocument` with the problems of all of them.
    """
    value = parsed_json(data, Place(map, 0, "map", "body"))
    documents: dict[tuple[int, str], Document] = {}
    problems: list[Problem] = []
    for number, one in enumerate(value if isinstance(value, list) else [value], 1):
        try:
            document = _placed_document(one, vocabulary, map, f"document {number}", base)
        except InvalidDocument as error:
            problems += error.problems
            continue
        key = (document.day, document.part)
        if key in documents:
            what = f"day {document.day}, part {document.part!r} stands there twice"
            problems.append(Problem(file=f"document {number}", what=what))
        documents[key] = document
    if problems:
        raise InvalidDocument(shortened(problems, Place(map, 0, "map", "body")))
    return list(documents.values())


def _placed_document(value: Any, vocabulary: Vocabulary, map: str, source: str, base: str) -> Document:
    day, part = (value.get("day"), value.get("part")) if isinstance(value, dict) else (None, None)
    if not isinstance(day, int) or not isinstance(part, str) or not _is_ours(value):
        what, hint = "no document of a map", "send objects with day, part, nodes and edges, as the export gives them"
        raise InvalidDocument([Problem(file=source, what=what, hint=hint)])
    return _own(value, vocabulary, Place(map, day, part, source), base)


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
        if triple.predicate == TYPE:
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


def parsed_json(data: bytes, place: Place) -> Any:
    """An object or array of JSON, not too large and not too deep. Raises `InvalidDocument`."""
    text = checked_text(data, place.source)
    try:
        value = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        problem = Problem(file=place.source, line=error.lineno, column=error.colno, what=f"no JSON: {error.msg}")
        raise InvalidDocument([problem]) from error
    except ValueError as error:
        raise InvalidDocument([place_problem(place, f"no JSON: {error}")]) from error
    except RecursionError as error:
        raise InvalidDocument([place_problem(place, "nested too deeply", "make it flatter")]) from error
    if not isinstance(value, dict | list):
        raise InvalidDocument([place_problem(place, "no JSON-LD: neither an object nor an array")])
    check_depth(_depth(value), place.source)
    return value


def _without_repeats(pairs: list[tuple[str, Any]]) -> Json:
    data: Json = {}
    for name, value in pairs:
        if name in data:
            raise ValueError(f"the key {name!r} stands there twice")
        data[name] = value
    return data


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level := [one for outer in level for one in _inner(outer)]:
        depth += 1
    return depth


def _inner(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _is_ours(value: Json) -> bool:
    """Whether the text has the document's own keys, by our context or by none."""
    context = value.get("@context")
    if context is None:
        return not any(":" in key or key == "@graph" for key in value)
    if isinstance(context, dict):
        return {key: one for key, one in context.items() if key != "@base"} == context_data()
    return bool(context == CONTEXT)


def _own(value: Json, vocabulary: Vocabulary, place: Place, base: str) -> Document:
    context = value.get("@context")
    known = {"map": place.map, "day": place.day, "part": place.part}
    stripped = {**known, **_stripped(value), "@context": CONTEXT}
    try:
        document = Document.model_validate_json(json.dumps(stripped))
    except ValidationError as error:
        raise InvalidDocument(shortened(validation_problems(error, place), place)) from error
    given_base = context.get("@base") if isinstance(context, dict) else None
    problems = [*_misplaced(document, place, given_base, base), *_contradictions(value, document, vocabulary, place)]
    if problems:
        raise InvalidDocument(shortened(problems, place))
    return document


def _stripped(value: Json) -> Json:
    """The object without the keys that the export adds, in it and in its nodes and edges."""
    data = {key: one for key, one in value.items() if key not in _ADDED}
    for name in ("nodes", "edges"):
        if isinstance(said := data.get(name), list):
            data[name] = [_stripped(one) if isinstance(one, dict) else one for one in said]
    for name in ("from", "values"):
        if isinstance(said := data.get(name), dict):
            data[name] = {key: one for key, one in said.items() if key != "@id"}
    return data


def _misplaced(document: Document, place: Place, given_base: object, base: str) -> Iterator[Problem]:
    if (document.map, document.day) != (place.map, place.day):
        what = f"the document is of map {document.map!r}, day {document.day}"
        yield place_problem(place, what, f"send it there, not to map {place.map!r}, day {place.day}")
    allowed = (None, Iris(document.map, base).nodes, Iris(document.map, "").nodes)
    if given_base not in allowed:
        yield place_problem(place, f"the @base {given_base!r} is another map's", f"it would be {allowed[1]!r}")


def _contradictions(value: Json, document: Document, vocabulary: Vocabulary, place: Place) -> Iterator[Problem]:
    """Added keys that say something else than the document does; they may be left out, but not be wrong."""
    ours = jsonld_data(document, vocabulary)
    for where, given, made in _pairs(value, ours):
        for key in sorted(_ADDED - {"position"}):
            if key in given and given[key] != made.get(key):
                hint = "leave the key out, it is made from the rest"
                yield place_problem(place, f"{where}{key} does not fit the document", hint)


def _pairs(value: Json, ours: Json) -> Iterator[tuple[str, Json, Json]]:
    """Each object of the given text beside the one that we would write, with its path."""
    yield "", value, ours
    for name in ("nodes", "edges"):
        for number, (given, made) in enumerate(zip(value.get(name, ()), ours.get(name, ()), strict=True)):
            where = f"{name}.{number}."
            yield where, given, made
            for inner in ("from", "values"):
                if isinstance(given.get(inner), dict):
                    yield f"{where}{inner}.", given[inner], made.get(inner, {"@id": given[inner].get("@id")})


def _fetched(value: Any) -> Iterator[str]:
    """Contexts given by address, which a processor would fetch."""
    if isinstance(value, dict):
        for key in ("@context", "@import"):
            named = value.get(key)
            for one in named if isinstance(named, list) else [named]:
                if isinstance(one, str):
                    yield f"{key} {one!r} is not fetched"
    for one in _inner(value):
        yield from _fetched(one)


def _triples(value: Any, place: Place, base: str) -> list[Triple]:
    try:
        text = json.dumps(value)
        quads = list(pyoxigraph.parse(text, format=RdfFormat.JSON_LD, base_iri=base))
    except (SyntaxError, ValueError) as error:
        raise InvalidDocument([place_problem(place, f"no JSON-LD: {error}")]) from error
    return [quad.triple for quad in quads]
