"""The IRIs of a map's things, made and read back in one place."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from ontology.model import Edge
from ontology.names import is_id
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
