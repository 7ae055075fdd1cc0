"""The names of a map's things in RDF: their IRIs, and how each field of a document is written and read back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

import rfc8785
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology.model import Edge
from ontology.names import is_id
from ontology.values import JsonValue
from ontology.vocabulary import NAMESPACE, Vocabulary

BASE = "https://conceptmap.example/"
"""Stands before every IRI where the caller gives no other."""

DOC = "https://w3id.org/conceptmap/document#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "cm": NAMESPACE,
    "dcterms": DCTERMS,
    "doc": DOC,
    "prov": PROV,
    "rdf": RDF,
    "skos": SKOS,
    "xsd": XSD,
}


@dataclass(frozen=True)
class Iris:
    """The IRIs of one map. `base` is absolute and ends with `/`; an empty one makes relative references.

    >>> Iris("bread").node("yeast")
    'https://conceptmap.example/maps/bread/nodes/yeast'
    >>> Iris("bread", "").day(2)
    'maps/bread/days/2'
    """

    map: str
    base: str = BASE

    def __post_init__(self) -> None:
        if self.base and not (self.base.endswith("/") and ":" in self.base):
            raise ValueError(f"the base {self.base!r} must be an absolute IRI that ends with '/'")

    @property
    def nodes(self) -> str:
        """What stands before every node's id."""
        return f"{self.base}maps/{self.map}/nodes/"

    def node(self, node: str) -> str:
        """The node of this id."""
        return self.nodes + node

    def node_id(self, iri: str) -> str | None:
        """The id of the node that an IRI names; None where it names none of this map."""
        node = iri.removeprefix(self.nodes)
        return node if node != iri and is_id(node) else None

    def day(self, day: int) -> str:
        """The named graph of a day."""
        return f"{self.base}maps/{self.map}/days/{day}"

    def document(self, day: int, part: str) -> str:
        """The document of a part."""
        return f"{self.day(day)}/parts/{_segment(part)}"


@dataclass(frozen=True)
class LedIris(Iris):
    """The same where ids lead to others: a node has the IRI of the one that its id leads to."""

    led: Mapping[str, str] = field(default_factory=dict)

    def node(self, node: str) -> str:
        """The node that this id leads to; an ended one is only spoken of, by its own id."""
        return self.nodes + (self.led.get(node) or node)


def node_assertion(document: str, node: str) -> str:
    """What a document says of a node."""
    return f"{document}/nodes/{node}"


def edge_assertion(document: str, edge: Edge) -> str:
    """What a document says of an edge: the edge's identity, one path segment for each of its parts."""
    dimension = "" if edge.dimension is None else f"/{_segment(edge.dimension)}"
    return f"{document}/edges/{edge.source}/{_segment(edge.relation)}/{edge.target}{dimension}"


def kind_iri(name: str, vocabulary: Vocabulary) -> str:
    """The class of a kind; one that the vocabulary lacks gets its name in the vocabulary's namespace."""
    kind = vocabulary.kinds.get(name)
    return kind.iri if kind else NAMESPACE + _segment(name)


def relation_iri(name: str, vocabulary: Vocabulary) -> str:
    """The property of a relation; one that the vocabulary lacks gets its name in the vocabulary's namespace."""
    relation = vocabulary.relations.get(name)
    return relation.iri if relation else NAMESPACE + _segment(name)


@dataclass(frozen=True)
class Terms:
    """The names of kinds and relations by their IRIs: the way back."""

    kinds: dict[str, str]
    relations: dict[str, str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> "Terms":
        """The names that a vocabulary declares."""
        return cls(
            {kind.iri: kind.name for kind in vocabulary.kinds.values()},
            {relation.iri: relation.name for relation in vocabulary.relations.values()},
        )

    def kind(self, iri: str) -> str | None:
        """The kind of this class; None where it can be none of ours."""
        return self.kinds.get(iri) or _name(iri)

    def relation(self, iri: str) -> str | None:
        """The relation of this property; None where it can be none of ours."""
        return self.relations.get(iri) or _name(iri)


def _name(iri: str) -> str | None:
    return unquote(iri.removeprefix(NAMESPACE)) if iri.startswith(NAMESPACE) else None


def _segment(text: str) -> str:
    """A text as one path segment; a lone dot would vanish when the IRI is resolved."""
    return "%2E" if text == "." else quote(text, safe="")


Object = NamedNode | BlankNode | Literal | Triple

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
REPLACED_BY = NamedNode(DCTERMS + "isReplacedBy")

_INTEGER = NamedNode(XSD + "integer")
_BOOLEAN = NamedNode(XSD + "boolean")
_DATE = NamedNode(XSD + "date")
_JSON = NamedNode(RDF + "JSON")
_STRING = NamedNode(XSD + "string")


@dataclass(frozen=True)
class Codec:
    """A value as one RDF term in Turtle, and a term as a value (None: it is no such value)."""

    write: Callable[[Any, Iris], str]
    read: Callable[[Object, Iris], JsonValue]


def _read_text(term: Object, _iris: Iris) -> JsonValue:
    return term.value if isinstance(term, Literal) and term.datatype == _STRING else None


def _read_integer(term: Object, _iris: Iris) -> JsonValue:
    is_number = isinstance(term, Literal) and term.datatype == _INTEGER and len(term.value) < 20
    return int(term.value) if is_number and isinstance(term, Literal) else None


def _read_boolean(term: Object, _iris: Iris) -> JsonValue:
    return term.value == "true" if isinstance(term, Literal) and term.datatype == _BOOLEAN else None


def _read_date(term: Object, _iris: Iris) -> JsonValue:
    return term.value if isinstance(term, Literal) and term.datatype == _DATE else None


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


quoted: Callable[[str], str] = json.JSONEncoder(ensure_ascii=False).encode
"""A text as Turtle quotes it: JSON's escapes are Turtle's too."""


def _json_literal(value: JsonValue) -> str:
    """A JSON value as a canonical `rdf:JSON` literal."""
    return f"{quoted(rfc8785.dumps(value).decode())}^^{_JSON}"


_AS_TEXT = Codec(lambda value, _: quoted(str(value)), _read_text)
_AS_INTEGER = Codec(lambda value, _: str(value), _read_integer)
_AS_BOOLEAN = Codec(lambda value, _: "true" if value else "false", _read_boolean)
_AS_DATE = Codec(lambda value, _: f"{quoted(str(value))}^^{_DATE}", _read_date)
_AS_JSON = Codec(lambda value, _: _json_literal(value), _read_json)
_AS_VALUES = Codec(lambda values, _: _json_literal([one.as_json() for one in values]), _read_json)
_AS_NODE = Codec(lambda value, iris: f"<{iris.node(str(value))}>", _read_node)

Fields = Mapping[str, tuple[NamedNode, Codec]]


def _doc(name: str, codec: Codec) -> tuple[NamedNode, Codec]:
    return NamedNode(DOC + name), codec


DOCUMENT_FIELDS: Fields = {
    "map": _doc("map", _AS_TEXT),
    "day": _doc("day", _AS_INTEGER),
    "part": _doc("part", _AS_TEXT),
    "undated": _doc("undated", _AS_BOOLEAN),
    "day_name": _doc("dayName", _AS_TEXT),
    "date": (NamedNode(DCTERMS + "date"), _AS_DATE),
    "title": (NamedNode(DCTERMS + "title"), _AS_TEXT),
    "units": _doc("units", _AS_JSON),
    "questions": _doc("questions", _AS_VALUES),
    "data": _doc("data", _AS_JSON),
}
NODE_ASSERTION_FIELDS: Fields = {
    "id": _doc("of", _AS_NODE),
    "kind": _doc("kind", _AS_TEXT),
    "label": _doc("label", _AS_TEXT),
    "aliases": _doc("aliases", _AS_JSON),
    "text": _doc("text", _AS_TEXT),
    "formula": _doc("formula", _AS_TEXT),
    "data": _doc("data", _AS_JSON),
    "mention": _doc("mention", _AS_BOOLEAN),
    "correction": _doc("correction", _AS_BOOLEAN),
    "retyped": _doc("retyped", _AS_BOOLEAN),
    "became": _doc("became", _AS_NODE),
    "ended": _doc("ended", _AS_BOOLEAN),
    "place": _doc("place", _AS_INTEGER),
}
EDGE_ASSERTION_FIELDS: Fields = {
    "source": (NamedNode(RDF + "subject"), _AS_NODE),
    "relation": _doc("relation", _AS_TEXT),
    "target": (NamedNode(RDF + "object"), _AS_NODE),
    "dimension": _doc("dimension", _AS_TEXT),
    "note": _doc("note", _AS_TEXT),
    "place": _doc("place", _AS_INTEGER),
    "parent": _doc("parent", _AS_TEXT),
    "refusal": _doc("refusal", _AS_BOOLEAN),
    "ended": _doc("ended", _AS_BOOLEAN),
}
VALUES_FIELDS: Fields = {
    "source": _doc("sourceValue", _AS_TEXT),
    "target": _doc("targetValue", _AS_TEXT),
}
ORIGIN_FIELDS: Fields = {
    "quote": (NamedNode("http://www.w3.org/ns/prov#value"), _AS_TEXT),
    "how": _doc("how", _AS_TEXT),
    "rule": _doc("rule", _AS_TEXT),
}
POSITION = _doc("position", _AS_INTEGER)
LINE = _doc("line", _AS_INTEGER)
