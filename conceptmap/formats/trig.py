"""TriG: every document as RDF, with one named graph a day."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format, Reader, is_own_rdf
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from conceptmap.formats.format import Given, Reading, SentFile
    from graphs.view import View


def write_trig(view: "View", base: str | None = None) -> Iterator[str]:
    """Every document of a view, by day and part."""
    from graphs.joined import joined_documents
    from graphs.rdf.iris import BASE
    from graphs.rdf.write import trig_pieces

    return map(bytes.decode, trig_pieces(joined_documents(view), view.vocabulary, base or BASE))


def read_trig(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """The documents of a map that was written so."""
    from conceptmap.formats.rdf_files import read_rdf

    return read_rdf("TRIG", files, reading)


FORMAT = Format(
    "trig",
    "RDF with one named graph a day",
    write_trig,
    (".trig",),
    "application/trig",
    keeps=Kept(questions=True),
    reader=Reader(read_trig, (".trig",), is_own_rdf),
)
