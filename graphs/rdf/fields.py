"""How each field of a document is written as RDF and read back: one table for both directions."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import rfc8785
from pydantic import JsonValue
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graphs.rdf.iris import DCTERMS, DOC, RDF, XSD, Iris

Object = NamedNode | BlankNode | Literal | Triple

_INTEGER = NamedNode(XSD + "integer")
_BOOLEAN = NamedNode(XSD + "boolean")
_JSON = NamedNode(RDF + "JSON")
_STRING = NamedNode(XSD + "string")


@dataclass(frozen=True)
class Codec:
    """A value as one RDF term, and back (None: the term is no such value)."""

    write: Callable[[JsonValue, Iris], Object]
    read: Callable[[Object, Iris], JsonValue]


def _read_text(term: Object, _iris: Iris) -> JsonValue:
    return term.value if isinstance(term, Literal) and term.datatype == _STRING else None


def _read_integer(term: Object, _iris: Iris) -> JsonValue:
    is_number = isinstance(term, Literal) and term.datatype == _INTEGER and len(term.value) < 20
    return int(term.value) if is_number and isinstance(term, Literal) else None


def _read_boolean(term: Object, _iris: Iris) -> JsonValue:
    return term.value == "true" if isinstance(term, Literal) and term.datatype == _BOOLEAN else None


def _read_json(term: Object, _iris: Iris) -> JsonValue:
    if not isinstance(term, Literal) or term.datatype != _JSON:
        return None
    try:
        value: JsonValue = json.loads(term.value)
    except (ValueError, RecursionError):
        return None
    return value


def _read_node(term: Object, iris: Iris) -> JsonValue:
    return iris.node_id(term.value) if isinstance(term, NamedNode) else None


def json_literal(value: JsonValue) -> Literal:
    """A JSON value as a canonical `rdf:JSON` literal."""
    return Literal(rfc8785.dumps(value).decode(), datatype=_JSON)


TEXT = Codec(lambda value, _: Literal(str(value)), _read_text)
INTEGER = Codec(lambda value, _: Literal(str(value), datatype=_INTEGER), _read_integer)
BOOLEAN = Codec(lambda value, _: Literal("true" if value else "false", datatype=_BOOLEAN), _read_boolean)
JSON = Codec(lambda value, _: json_literal(value), _read_json)
NODE = Codec(lambda value, iris: NamedNode(iris.node(str(value))), _read_node)

Fields = Mapping[str, tuple[NamedNode, Codec]]


def _doc(name: str, codec: Codec) -> tuple[NamedNode, Codec]:
    return NamedNode(DOC + name), codec


DOCUMENT: Fields = {
    "map": _doc("map", TEXT),
    "day": _doc("day", INTEGER),
    "part": _doc("part", TEXT),
    "title": (NamedNode(DCTERMS + "title"), TEXT),
    "units": _doc("units", JSON),
    "data": _doc("data", JSON),
}
NODE_ASSERTION: Fields = {
    "id": _doc("of", NODE),
    "kind": _doc("kind", TEXT),
    "label": _doc("label", TEXT),
    "aliases": _doc("aliases", JSON),
    "text": _doc("text", TEXT),
    "formula": _doc("formula", TEXT),
    "data": _doc("data", JSON),
    "mention": _doc("mention", BOOLEAN),
    "place": _doc("place", INTEGER),
}
EDGE_ASSERTION: Fields = {
    "source": (NamedNode(RDF + "subject"), NODE),
    "relation": _doc("relation", TEXT),
    "target": (NamedNode(RDF + "object"), NODE),
    "dimension": _doc("dimension", TEXT),
    "note": _doc("note", TEXT),
    "place": _doc("place", INTEGER),
    "parent": _doc("parent", TEXT),
}
VALUES: Fields = {
    "source": _doc("sourceValue", TEXT),
    "target": _doc("targetValue", TEXT),
}
ORIGIN: Fields = {
    "quote": (NamedNode("http://www.w3.org/ns/prov#value"), TEXT),
    "how": _doc("how", TEXT),
    "rule": _doc("rule", TEXT),
}
POSITION = _doc("position", INTEGER)
LINE = _doc("line", INTEGER)
