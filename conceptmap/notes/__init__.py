"""Reading notes: Markdown bytes in, documents with the line of every assertion out."""

from conceptmap.notes.reader import declared_course, read_declared, read_notes
from conceptmap.notes.values import NOTE_SUFFIXES, NoteDocument, NoteFile, Reading

__all__ = ["NOTE_SUFFIXES", "NoteDocument", "NoteFile", "Reading", "declared_course", "read_declared", "read_notes"]
