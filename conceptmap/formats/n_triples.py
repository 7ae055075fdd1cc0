"""N-Triples: every document as RDF, a triple a line."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format, Reader, is_own_rdf
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from conceptmap.formats.format import Given, Reading, SentFile
    from graphs.view import View


def write_n_triples(view: "View", base: str | None = None) -> Iterator[str]:
    """Every document of a view, by day and part."""
    from graphs.joined import joined_documents
    from graphs.rdf.iris import BASE
    from graphs.rdf.write import n_triples_pieces

    return map(bytes.decode, n_triples_pieces(joined_documents(view), view.vocabulary, base or BASE))


def read_n_triples(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """The documents of a map that was written so."""
    from conceptmap.formats.rdf_files import read_rdf

    return read_rdf("N_TRIPLES", files, reading)


FORMAT = Format(
    "ntriples",
    "RDF, a triple a line",
    write_n_triples,
    (".nt",),
    "application/n-triples",
    keeps=Kept(questions=True),
    reader=Reader(read_n_triples, (".nt",), is_own_rdf),
)
