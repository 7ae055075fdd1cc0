"""Reading notes: Markdown bytes in, documents with the line of every assertion out."""

from typing import TYPE_CHECKING, Any

from conceptmap.notes.memory import Memory
from conceptmap.notes.page.dialects import NOTE_SUFFIXES
from conceptmap.notes.values import NoteDocument, NoteFile, Passed, Reading, Refused

if TYPE_CHECKING:
    from conceptmap.notes.derived_items import DerivedItem, Explanation, explained, items_of, unread_lines, worded_lines
    from conceptmap.notes.page.front_keys import front_matter_schema
    from conceptmap.notes.page.inline import taught
    from conceptmap.notes.pages import NoteText, text_of
    from conceptmap.notes.question_list import read_question_list
    from conceptmap.notes.reader import declared_course, problems_of_front, read_declared, read_notes

__all__ = [
    "NOTE_SUFFIXES",
    "DerivedItem",
    "Explanation",
    "Memory",
    "NoteDocument",
    "NoteFile",
    "NoteText",
    "Passed",
    "Reading",
    "Refused",
    "declared_course",
    "explained",
    "front_matter_schema",
    "items_of",
    "problems_of_front",
    "read_declared",
    "read_notes",
    "read_question_list",
    "taught",
    "text_of",
    "unread_lines",
    "worded_lines",
]


def __getattr__(name: str) -> Any:
    """Import the reader when something is read: a folder that stands as it is must not wait for it."""
    if name in __all__:
        from conceptmap.notes import derived_items, pages, question_list, reader  # noqa: PLC0415  (a folder that stands must not wait for it)
        from conceptmap.notes.page import front_keys, inline  # noqa: PLC0415  (likewise)

        modules = (reader, derived_items, question_list, pages, front_keys, inline)
        return next(getattr(module, name) for module in modules if hasattr(module, name))
    raise AttributeError(f"module 'conceptmap.notes' has no attribute {name!r}")
