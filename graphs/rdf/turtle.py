"""Turtle and TriG: documents written as text, and Turtle read back."""

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from graphs.rdf.iris import BASE, PREFIXES, Iris
from graphs.rdf.limits import check_turtle, checked_text
from graphs.rdf.reading import Place, read_triples
from graphs.rdf.triples import document_triples
from ontology.errors import InvalidDocument, Problem
from ontology.model import Document
from ontology.vocabulary import Vocabulary


def write_turtle(documents: Iterable[Document], vocabulary: Vocabulary, base: str = BASE) -> bytes:
    """Documents (of one day: its graph) as Turtle; IRIs stand under `base`, by default https://conceptmap.example/."""
    triples = (one for document in documents for one in document_triples(document, vocabulary, base))
    text = pyoxigraph.serialize(dict.fromkeys(triples), format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return text or b""


def write_trig(documents: Iterable[Document], vocabulary: Vocabulary, base: str = BASE) -> bytes:
    """Documents as a TriG dataset, one named graph a day; IRIs stand under `base`, by default https://conceptmap.example/."""
    quads: dict[Quad, None] = {}
    for document in sorted(documents, key=lambda one: (one.map, one.day, one.part)):
        graph = NamedNode(Iris(document.map, base).day(document.day))
        for triple in document_triples(document, vocabulary, base):
            quads[Quad(triple.subject, triple.predicate, triple.object, graph)] = None
    return pyoxigraph.serialize(quads, format=RdfFormat.TRIG, prefixes=PREFIXES) or b""


def read_turtle(data: bytes, vocabulary: Vocabulary, place: Place, base: str = BASE) -> list[Document]:
    """The documents of a day that Turtle text says; relative IRIs stand under `base`.

    What `write_turtle` wrote comes back as the same documents. Raises `InvalidDocument` for text that
    is no Turtle, and for every triple that is none of ours.
    """
    text = checked_text(data, place.source)
    check_turtle(text, place.source)
    return read_triples(_parsed(text, place, base), vocabulary, place, base)


def _parsed(text: str, place: Place, base: str) -> list[Triple]:
    try:
        return [one.triple for one in pyoxigraph.parse(text, format=RdfFormat.TURTLE, base_iri=base)]
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        problem = Problem(file=place.source, line=line, column=column, what=f"no Turtle: {error.msg}")
        raise InvalidDocument([problem]) from error
    except ValueError as error:
        raise InvalidDocument([Problem(file=place.source, what=f"no Turtle: {error}")]) from error
