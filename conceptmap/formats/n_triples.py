"""N-Triples: every document as RDF, a triple a line, in the order of their text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format, Reader, is_own_rdf
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from conceptmap.formats.format import Given, SentFile
    from conceptmap.formats.given import Reading
    from graphs.view import View


def write_n_triples(view: "View", base: str | None = None) -> Iterator[str]:
    """Every triple of a view's documents."""
    from conceptmap.copies import as_rdflib

    return iter(sorted(as_rdflib(view, base).serialize(format="nt").splitlines(keepends=True)))


def read_n_triples(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """The documents of a map that was written so."""
    from conceptmap.formats.rdf_files import read_with_oxigraph

    return read_with_oxigraph("N_TRIPLES", files, reading)


FORMAT = Format(
    "ntriples",
    "RDF, a triple a line",
    write_n_triples,
    (".nt",),
    "application/n-triples",
    keeps=Kept(questions=True),
    reader=Reader(read_n_triples, (".nt",), is_own_rdf),
)
