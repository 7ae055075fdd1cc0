"""TriG: every document as RDF, with one named graph a day."""

from typing import TYPE_CHECKING

from conceptmap.formats.format import Format

if TYPE_CHECKING:
    from graphs.view import View


def write_trig(view: "View", base: str | None = None) -> str:
    """Every document of a view, by day and part."""
    from graphs import rdf

    return rdf.write_trig(view.documents(), view.vocabulary, base or rdf.BASE).decode()


FORMAT = Format("trig", "RDF with one named graph a day", write_trig, (".trig",), "application/trig")
