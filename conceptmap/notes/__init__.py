"""Reading notes: Markdown bytes in, documents with the line of every assertion out."""

from conceptmap.notes.reader import declared_course, read_declared, read_notes
from conceptmap.notes.values import NoteDocument, NoteFile, Reading

__all__ = ["NoteDocument", "NoteFile", "Reading", "declared_course", "read_declared", "read_notes"]
