"""Turtle: every document as RDF, all days together."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format, Reader, is_own_rdf
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from conceptmap.formats.format import Given, Reading, SentFile
    from graphs.view import View


def write_turtle(view: "View", base: str | None = None) -> Iterator[str]:
    """Every document of a view, by day and part."""
    from graphs.joined import joined_documents
    from graphs.rdf.iris import BASE
    from graphs.rdf.write import turtle_pieces

    return map(bytes.decode, turtle_pieces(joined_documents(view), view.vocabulary, base or BASE))


def read_turtle(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """The documents of a map that was written so."""
    from conceptmap.formats.rdf_files import read_rdf

    return read_rdf("TURTLE", files, reading)


FORMAT = Format(
    "turtle",
    "RDF, all days together",
    write_turtle,
    (".ttl",),
    "text/turtle",
    keeps=Kept(questions=True),
    reader=Reader(read_turtle, (".ttl",), is_own_rdf),
)
