"""Reading notes in tests: a few lines of Markdown in, documents and messages out."""

from collections.abc import Sequence

from conceptmap.notes import NoteFile, Reading, read_notes
from graphs.fold import Event, Fold, PartKey
from graphs.view import View
from ontology.model import Document
from ontology.vocabulary import Vocabulary


def known(vocabulary: Vocabulary, *documents: Document) -> View:
    """The view of a map that holds these documents."""
    events = (Event(n, PartKey(one.day, one.part), one) for n, one in enumerate(documents, 1))
    return View(Fold(vocabulary).apply_all(events), vocabulary)


def read(
    vocabulary: Vocabulary, *notes: str | bytes | NoteFile, path: str = "day-{}.md", stored: Sequence[Document] = ()
) -> Reading:
    """Read texts as notes named day-1.md, day-2.md and so on."""
    files = [
        note
        if isinstance(note, NoteFile)
        else NoteFile(path.format(n), note if isinstance(note, bytes) else note.encode("utf-8", "surrogatepass"))
        for n, note in enumerate(notes, 1)
    ]
    return read_notes(files, vocabulary=vocabulary, known=known(vocabulary, *stored), map="bread")


def document(vocabulary: Vocabulary, note: str) -> Document:
    """The document of one note that has no problem and no warning."""
    reading = read(vocabulary, note)
    assert [str(problem) for problem in (*reading.problems, *reading.warnings)] == []
    return reading.notes[0].document


def edges(document: Document) -> list[str]:
    """The edges of a document as short sentences."""
    return [f"{edge.source} {edge.relation} {edge.target}" for edge in document.edges]
