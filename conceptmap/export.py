"""Exports: the map as JSON for programs, and as RDF in its standard forms."""

import json
from typing import Literal, assert_never

from conceptmap.shapes.nodes import graph_shape
from graphs.view import View
from ontology.model import Document

Form = Literal["json", "jsonld", "trig", "turtle"]


def export(view: View, form: Form, base: str | None = None) -> str:
    """The view as text in a form: JSON of the folded graph, or every document up to the view's day as RDF.

    TriG keeps one named graph a day; Turtle and JSON-LD (an array of documents) hold all days together.
    IRIs stand under `base`, by default https://conceptmap.example/.
    """
    if form == "json":
        return export_json(view)
    # RDF is imported when it is asked for: answers use this module's JSON and must not wait.
    from graphs.rdf import BASE, jsonld_data, write_trig, write_turtle  # noqa: PLC0415

    base = base or BASE
    match form:
        case "jsonld":
            data = [jsonld_data(document, view.vocabulary, base) for document in documents_of(view)]
            return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        case "trig":
            return write_trig(documents_of(view), view.vocabulary, base).decode()
        case "turtle":
            return write_turtle(documents_of(view), view.vocabulary, base).decode()
        case _:
            assert_never(form)


def documents_of(view: View) -> list[Document]:
    """The documents that a view sees, by day and part."""
    return list(view.documents())


def export_json(view: View) -> str:
    """The whole view: nodes by id, edges by identity."""
    return json.dumps(graph_shape(view.nodes(), view.edges()), ensure_ascii=False, indent=1) + "\n"
