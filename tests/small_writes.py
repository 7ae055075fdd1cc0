"""Writes for tests: those of the façade, on a ledger."""

from collections.abc import Sequence
from typing import Any

from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile
from graphs.ledger import Ledger, WriteReport
from ontology.model import Document


def put(book: Ledger, document: Document, **options: Any) -> WriteReport:
    """Put a document into the map that it names."""
    return CourseMap(book, document.map).put(document, **options)


def append(book: Ledger, additions: Document, **options: Any) -> WriteReport:
    """Append what a document says to the map and day that it names."""
    return CourseMap(book, additions.map).append(additions.day, additions.nodes, additions.edges, **options)


def delete(book: Ledger, name: str, day: int, part: str | None = None) -> WriteReport:
    """End a part, or all of a day."""
    return CourseMap(book, name).delete(day, part)


def revert(book: Ledger, name: str, entry: int, **options: Any) -> WriteReport:
    """Undo an entry."""
    return CourseMap(book, name).revert(entry, **options)


def load(book: Ledger, name: str, files: Sequence[NoteFile], **options: Any) -> WriteReport:
    """Load notes into a map."""
    return CourseMap(book, name).load_notes(files, **options)
