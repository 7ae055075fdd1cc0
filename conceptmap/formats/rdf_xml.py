"""RDF/XML: every document as RDF in XML, for programs that read nothing newer."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format, Reader, is_own_rdf
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from conceptmap.formats.format import Given, Reading, SentFile
    from graphs.view import View


def write_rdf_xml(view: "View", base: str | None = None) -> Iterator[str]:
    """Every document of a view, by day and part."""
    from graphs.joined import joined_documents
    from graphs.rdf.iris import BASE
    from graphs.rdf.write import rdf_xml_pieces

    return map(bytes.decode, rdf_xml_pieces(joined_documents(view), view.vocabulary, base or BASE))


def read_rdf_xml(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """The documents of a map that was written so."""
    from conceptmap.formats.rdf_files import read_rdf

    return read_rdf("RDF_XML", files, reading)


FORMAT = Format(
    "rdfxml",
    "RDF as XML",
    write_rdf_xml,
    (".rdf",),
    "application/rdf+xml",
    keeps=Kept(questions=True),
    reader=Reader(read_rdf_xml, (".rdf", ".owl", ".xml"), is_own_rdf),
)
