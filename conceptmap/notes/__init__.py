"""Reading notes: Markdown bytes in, documents with the line of every assertion out."""

from conceptmap.notes.derived_items import DerivedItem, Explanation, derived_items_of, explained
from conceptmap.notes.page.dialects import NOTE_SUFFIXES
from conceptmap.notes.reader import declared_course, read_declared, read_notes
from conceptmap.notes.values import NoteDocument, NoteFile, Passed, Reading, Refused

__all__ = [
    "NOTE_SUFFIXES",
    "DerivedItem",
    "Explanation",
    "NoteDocument",
    "NoteFile",
    "Passed",
    "Reading",
    "Refused",
    "declared_course",
    "derived_items_of",
    "explained",
    "read_declared",
    "read_notes",
]
