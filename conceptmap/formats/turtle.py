"""Turtle: every document as RDF, all days together."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from graphs.view import View


def write_turtle(view: "View", base: str | None = None) -> Iterator[str]:
    """Every document of a view, by day and part."""
    from graphs.joined import joined_documents
    from graphs.rdf.iris import BASE
    from graphs.rdf.write import turtle_pieces

    return map(bytes.decode, turtle_pieces(joined_documents(view), view.vocabulary, base or BASE))


FORMAT = Format("turtle", "RDF, all days together", write_turtle, (".ttl",), "text/turtle", keeps=Kept(questions=True))
