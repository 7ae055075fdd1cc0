"""Whole maps as RDF in files: what every form of RDF that is read has in common."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from conceptmap.formats.format import Given, Reading, SentFile
from conceptmap.formats.safe_xml import check_xml
from graphs.rdf.iris import BASE
from graphs.rdf.limits import check_turtle, checked_text
from graphs.rdf.read import read_documents, read_map
from ontology.errors import InvalidDocument, Problem

if TYPE_CHECKING:
    from pyoxigraph import Triple
    from rdflib import Graph

    from ontology.model import Document
    from ontology.vocabulary import Vocabulary


def read_rdf(form: str, files: Sequence[SentFile], reading: Reading) -> Given:
    """The documents that a file in a form of RDF says, as those of the map that is read into.

    The form is called as pyoxigraph calls it: `TURTLE`, `TRIG`, `N_TRIPLES` or `RDF_XML`.
    """
    return _of_map(lambda file, vocabulary: read_map(_parsed(form, file), vocabulary, file.path), files, reading)


def read_json(files: Sequence[SentFile], reading: Reading) -> Given:
    """The same of JSON-LD as it is exported."""
    return _of_map(
        lambda file, vocabulary: read_documents(file.data, vocabulary, None, source=file.path), files, reading
    )


def _of_map(
    read: "Callable[[SentFile, Vocabulary], Iterable[Document]]", files: Sequence[SentFile], reading: Reading
) -> Given:
    if len(files) > 1:
        problem = Problem(file=files[1].path, line=None, column=None, what="a second file", hint="import one at a time")
        raise InvalidDocument([problem])
    found = list(read(files[0], reading.vocabulary))
    documents = tuple(structs.replace(one, map=reading.map) for one in found)
    return Given(documents, former=found[0].map if found else None)


def _parsed(form: str, file: SentFile) -> "list[Triple]":
    """The triples of a file, whatever its named graphs. Raises `InvalidDocument`."""
    import pyoxigraph

    text = checked_text(file.data, file.path)
    if form == "RDF_XML":
        check_xml(file)
    else:
        check_turtle(text, file.path)
    try:
        quads = pyoxigraph.parse(text, format=getattr(pyoxigraph.RdfFormat, form), base_iri=BASE)
        return list(dict.fromkeys(quad.triple for quad in quads))
    except SyntaxError as error:
        what = f"this cannot be read: {error.msg}"
        problem = Problem(file=file.path, line=error.lineno or 1, column=error.offset or 1, what=what)
        raise InvalidDocument([problem]) from error
    except ValueError as error:
        raise InvalidDocument([Problem(file=file.path, what=f"this cannot be read: {error}")]) from error


def graph_of(file: SentFile, form: str) -> "Graph":
    """What a file in RDF/XML (`xml`), Turtle (`turtle`) or N-Triples (`nt`) says, as a graph of rdflib.

    Nothing is fetched: of the forms of RDF only JSON-LD would. Raises `InvalidDocument`.
    """
    import pyoxigraph
    import rdflib

    if form != "xml":  # what pyoxigraph says of mistakes has their place
        triples = _parsed({"nt": "N_TRIPLES"}.get(form, "TURTLE"), file)
        return rdflib.Graph().parse(
            data=pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES), format="nt"
        )
    text = checked_text(file.data, file.path)
    check_xml(file)
    try:
        return rdflib.Graph().parse(data=text, format="xml", publicID=BASE)
    except Exception as error:  # rdflib and the parser of XML below it raise many kinds
        tell = getattr(error, "getLineNumber", None)
        what = f"this cannot be read: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        hint = "RDF/XML begins with <rdf:RDF; OWL in another syntax can be saved as RDF/XML"
        line = tell() if tell else None
        problem = Problem(file=file.path, line=line, column=None, what=what[:300], hint=hint)
        raise InvalidDocument([problem]) from error
