"""TriG: every document as RDF, with one named graph a day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from graphs.view import View


def write_trig(view: "View", base: str | None = None) -> Iterator[str]:
    """Every document of a view, by day and part."""
    from graphs.joined import joined_documents
    from graphs.rdf.iris import BASE
    from graphs.rdf.write import trig_pieces

    return map(bytes.decode, trig_pieces(joined_documents(view), view.vocabulary, base or BASE))


FORMAT = Format(
    "trig", "RDF with one named graph a day", write_trig, (".trig",), "application/trig", keeps=Kept(questions=True)
)
