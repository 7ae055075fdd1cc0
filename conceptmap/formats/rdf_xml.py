"""RDF/XML: every document as RDF in XML, for programs that read nothing newer."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format, Reader, is_own_rdf
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from conceptmap.formats.format import Given, SentFile
    from conceptmap.formats.given import Reading
    from graphs.view import View


def write_rdf_xml(view: "View", base: str | None = None) -> Iterator[str]:
    """Every triple of a view's documents."""
    from conceptmap.copies import as_rdflib

    return iter(as_rdflib(view, base).serialize(format="xml").splitlines(keepends=True))


def read_rdf_xml(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """The documents of a map that was written so."""
    from conceptmap.formats.rdf_files import parsed_rdf_xml, read_rdf

    return read_rdf(parsed_rdf_xml, files, reading)


FORMAT = Format(
    "rdfxml",
    "RDF as XML",
    write_rdf_xml,
    (".rdf",),
    "application/rdf+xml",
    keeps=Kept(questions=True),
    reader=Reader(read_rdf_xml, (".rdf", ".owl", ".xml"), is_own_rdf),
)
