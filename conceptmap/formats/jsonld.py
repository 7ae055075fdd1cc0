"""JSON-LD: an array of documents, which a program that knows nothing of RDF reads as JSON."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from conceptmap.formats.format import Format, Reader, is_own_rdf
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from conceptmap.formats.format import Given, Reading, SentFile
    from graphs.view import View


def write_jsonld(view: "View", base: str | None = None) -> Iterator[str]:
    """Every document of a view, by day and part."""
    from conceptmap.formats.indented import indented
    from graphs.joined import joined_documents
    from graphs.rdf.iris import BASE
    from graphs.rdf.write import jsonld_data

    data = (jsonld_data(document, view.vocabulary, base or BASE) for document in joined_documents(view))
    yield from indented(map(_opened, data))
    yield "\n"


def _opened(document: dict[str, Any]) -> dict[str, Any]:
    """The document with its lists to be written item by item."""
    return {name: iter(value) if name in ("nodes", "edges", "@included") else value for name, value in document.items()}


def read_jsonld(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """The documents of a map that was written so."""
    from conceptmap.formats.rdf_files import read_json

    return read_json(files, reading)


FORMAT = Format(
    "jsonld",
    "every document as JSON-LD, an array",
    write_jsonld,
    (".jsonld",),
    "application/ld+json",
    keeps=Kept(questions=True),
    reader=Reader(read_jsonld, (".jsonld",), is_own_rdf),
)
