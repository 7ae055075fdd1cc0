"""Loading notes: read them together with the map, settle them, and write every day or none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from conceptmap.notes import NOTE_SUFFIXES, NoteDocument, NoteFile, read_notes
from conceptmap.settling import Settled, settle
from graphs.entries import Write
from graphs.fold import Fold, PartKey
from graphs.ledger import Ledger, WriteReport
from graphs.view import View
from ontology.errors import InvalidDocument, Problem
from ontology.model import Document
from ontology.terms import DAY, UNIT

MARKDOWN = "text/markdown"
DEFAULT_PART = "notes"


def load(
    ledger: Ledger,
    name: str,
    files: Sequence[NoteFile],
    *,
    author: str = "",
    expected: Mapping[PartKey, int] | None = None,
    several: bool = False,
    dry_run: bool = False,
) -> WriteReport:
    """Put each note in the place of its part. Raises `InvalidDocument` with all problems; then nothing is stored.

    `expected` are revisions that parts must be at, else `StaleRevision` is raised. With `several` a day may
    have more than one note.
    """
    warnings: list[Problem] = []

    def build(fold: Fold) -> list[Write]:
        settled = _settled(ledger, name, files, fold, several)
        warnings[:] = settled.warnings
        return [_write(note, author) for note in settled.notes]

    report = ledger.write(name, build, expected=expected, dry_run=dry_run)
    return replace(report, warnings=tuple(warnings))


def preview(ledger: Ledger, name: str, files: Sequence[NoteFile], *, several: bool = False) -> tuple[NoteDocument, ...]:
    """The documents that notes would be stored as. Raises `InvalidDocument` with all problems."""
    return _settled(ledger, name, files, ledger.fold(name), several).notes


def _settled(ledger: Ledger, name: str, files: Sequence[NoteFile], fold: Fold, several: bool) -> Settled:
    reading = read_notes(files, vocabulary=ledger.vocabulary, known=View(fold, ledger.vocabulary), map=name)
    settled = settle(reading.notes, fold, ledger.vocabulary)
    second = [] if several else _second_notes(reading.notes, fold)
    problems = [*reading.problems, *settled.problems, *second]
    if problems:
        raise InvalidDocument(sorted(set(problems), key=lambda one: (one.file, one.line, one.column, one.what)))
    return replace(settled, warnings=(*reading.warnings, *settled.warnings, *_emptied(settled.notes, fold)))


def _emptied(notes: Sequence[NoteDocument], fold: Fold) -> list[Problem]:
    """Notes that say nothing more where they said something before: perhaps the file was cut short."""
    return [
        Problem(
            file=note.path,
            what=f"the note says nothing, so all that day {note.document.day} said in this part ends",
            hint="if that was not meant, `conceptmap revert` the entry",
        )
        for note in notes
        if _says_nothing(note.document)
        and (former := fold.documents.get(PartKey(note.document.day, note.document.part)))
        and former.document
        and not _says_nothing(former.document)
    ]


def _says_nothing(document: Document) -> bool:
    return all(node.kind in (DAY, UNIT) for node in document.nodes)


def _second_notes(notes: Sequence[NoteDocument], fold: Fold) -> list[Problem]:
    """A day has one note, unless others name their part in front matter: no copy with the old day slips in."""
    return [
        Problem(
            file=note.path,
            what=f"duplicate day: the map has day {note.document.day} from {other!r} already",
            hint=f"correct the day; or, to put this note in its place, load it with --part {other!r} "
            "(over HTTP ?part=); or name this note's own part in its front matter (part: NAME)",
        )
        for note in notes
        if _is_note_part(note.document.part)
        for day, other in fold.documents
        if day == note.document.day and other != note.document.part and _is_note_part(other)
    ]


def _is_note_part(part: str) -> bool:
    return part == DEFAULT_PART or part.lower().endswith(NOTE_SUFFIXES)


def _write(note: NoteDocument, author: str) -> Write:
    document = note.document
    return Write(document.day, document.part, document, note.body, MARKDOWN, author)
