"""What a format is: how it writes a map, what it cannot keep, and how it is read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conceptmap.formats.loss import Kept, Loss, losses_of

if TYPE_CHECKING:
    from graphs.view import View
    from ontology.errors import Problem
    from ontology.model import Document, EdgeKey
    from ontology.vocabulary import Vocabulary

Pieces = Iterable[str]
"""A text piece by piece, none larger than what is said of a node or edge, or than a few hundred lines."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """One of the files that a format writes: its path in the folder (with `/`), and the pieces of its text."""

    path: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that is to be read: its path (with `/`; below the folder, where one was given), and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Given:
    """What was read: documents, what of the file the map cannot hold, and what to look at.

    `former` is the map that the documents were of, where the file says it. `phrases` are the words of lines that no
    relation of the vocabulary could be, and that became `about`: the edge with each.
    """

    documents: "tuple[Document, ...]"
    losses: tuple[Loss, ...] = ()
    warnings: "tuple[Problem, ...]" = ()
    former: str | None = None
    phrases: "tuple[tuple[EdgeKey, str], ...]" = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said of an import: the map, as it stands, and what holds where the file does not say it.

    `day` is that of what has none (None: it is undated), `part` the name of the part that is written.
    """

    view: "View"
    map: str
    part: str
    day: int | None = None

    @property
    def vocabulary(self) -> "Vocabulary":
        """The kinds and relations that there are."""
        return self.view.vocabulary


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of a format are read.

    `read` takes the files (one, or those of a folder) and what is said of the import, and gives documents. It raises
    `InvalidDocument` for what it cannot read. `suffixes` are those of single files; where formats share one, the first
    in the list of formats is taken whose `recognises` is true of the file's bytes.
    """

    read: "Callable[[Sequence[SentFile], Reading], Given]"
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a map, and perhaps to read it. One that `is_folder` is written as several files.

    `write` takes a view and what IRIs begin with (None: the default), and gives the pieces of one text, made as they
    are asked for, or a list of files. It imports what it needs when it is called: the list of formats is read by every
    help text. Suffixes begin with a dot, the usual one first. Without a `media_type` (a plain one, without parameters)
    the service offers the format only where its name is in the address: several files are sent as one ZIP file.

    What the format cannot keep follows from what it `keeps`; `lost` tells it where that depends on more. Without a
    `reader` the format is only written.
    """

    name: str
    help: str
    write: "Callable[[View, str | None], Pieces | list[TextFile]]"
    suffixes: tuple[str, ...] = ()
    media_type: str | None = None
    keeps: Kept = field(default_factory=Kept)
    lost: "Callable[[View], Iterator[Loss]] | None" = None
    reader: Reader | None = None
    is_folder: bool = False

    def pieces(self, view: "View", base: str | None = None) -> Pieces:
        """The map as one text, piece by piece. Raises `ValueError` for a format that writes several files."""
        written = self.write(view, base)
        if isinstance(written, list):
            raise ValueError(f"the format {self.name!r} writes several files")
        return written

    def packed(self, view: "View", base: str | None = None) -> bytes:
        """The files of a format that writes several as one ZIP file, which is the same whenever they are."""
        import io
        import zipfile

        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            written = self.write(view, base)
            assert isinstance(written, list), f"the format {self.name!r} writes one text"
            for one in written:
                archive.writestr(zipfile.ZipInfo(one.path), "".join(one.pieces), zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    def losses(self, view: "View") -> Iterator[Loss]:
        """What of a view does not come back when what was written is read again."""
        return self.lost(view) if self.lost else losses_of(view, self.keeps)


def is_own_rdf(data: bytes) -> bool:
    """Whether a text of RDF speaks of documents of a map."""
    return b"https://w3id.org/conceptmap/document#" in data or b"https://w3id.org/conceptmap/context.jsonld" in data
