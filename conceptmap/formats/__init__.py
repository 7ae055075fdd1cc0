"""Formats: the map written for other programs and read from theirs, one file a format.

`FORMATS` is the one list of them. The command line's choices, suffixes and completion, and the addresses and media
types of the service are derived from it; what is added to it, also at run time, is there.
"""

from conceptmap.formats import (
    anki,
    argdown,
    canvas,
    csv_tables,
    cxl,
    graphml,
    json_graph,
    jsonld,
    mermaid,
    n_triples,
    obsidian,
    rdf_xml,
    skos,
    trig,
    turtle,
    typed_notes,
)
from conceptmap.formats.format import Format, Given, Pieces, Reader, SentFile, TextFile
from conceptmap.formats.loss import Loss, LossShape, in_words, loss_shape

_ALL = (
    json_graph.FORMAT,
    jsonld.FORMAT,
    trig.FORMAT,
    turtle.FORMAT,
    typed_notes.FORMAT,
    csv_tables.FORMAT,
    rdf_xml.FORMAT,
    n_triples.FORMAT,
    skos.FORMAT,
    obsidian.FORMAT,
    graphml.FORMAT,
    canvas.FORMAT,
    argdown.FORMAT,
    cxl.FORMAT,
    mermaid.FORMAT,
    anki.FORMAT,
)
FORMATS: dict[str, Format] = {one.name: one for one in _ALL}
"""The formats by their names, in the order in which they are listed.

The first is written where none is named. Of several that a client accepts alike (`Accept: text/*`) the first is sent:
a new one goes to the end.
"""

__all__ = [
    "FORMATS",
    "Format",
    "Given",
    "Loss",
    "LossShape",
    "Pieces",
    "Reader",
    "SentFile",
    "TextFile",
    "by_media_type",
    "by_suffix",
    "in_words",
    "loss_shape",
    "readable",
    "readers",
    "suffixes_read",
]


def by_suffix() -> dict[str, Format]:
    """The formats by the suffixes of files, such as `.ttl`."""
    return {suffix: one for one in FORMATS.values() for suffix in one.suffixes}


def by_media_type() -> dict[str, Format]:
    """The formats that the service offers, by their media types."""
    return {one.media_type: one for one in FORMATS.values() if one.media_type}


def readable() -> dict[str, Format]:
    """The formats that files are read from, by their names."""
    return {name: one for name, one in FORMATS.items() if one.reader}


def readers() -> dict[str, Reader]:
    """What reads files, by the names of the formats that can be read."""
    return {name: one.reader for name, one in FORMATS.items() if one.reader}


def suffixes_read() -> set[str]:
    """What the names of files end in that some format is read from."""
    return {suffix for reader in readers().values() for suffix in reader.suffixes}
