"""JSON-LD: an array of documents, which a program that knows nothing of RDF reads as JSON."""

import json
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format

if TYPE_CHECKING:
    from graphs.view import View


def write_jsonld(view: "View", base: str | None = None) -> str:
    """Every document of a view, by day and part."""
    from graphs.rdf import BASE, jsonld_data

    data = [jsonld_data(document, view.vocabulary, base or BASE) for document in view.documents()]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


FORMAT = Format("jsonld", "every document as JSON-LD, an array", write_jsonld, (".jsonld",), "application/ld+json")
