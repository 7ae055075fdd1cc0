"""Typed notes: one file a document, which loads back to the same nodes and edges; a start for correcting by hand."""

from collections import Counter
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format, TextFile
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from graphs.view import View


def write_typed_notes(view: "View", base: str | None = None) -> list[TextFile]:
    """A note for each document that the view sees, by day and part; those of one name stand in folders by day.

    `base` plays no part: notes hold no IRIs.
    """
    from conceptmap.formats.note_writer import typed_notes

    notes = typed_notes(view)
    shared = Counter(note.name for note in notes)
    return [
        TextFile(f"day-{note.day}/{note.name}" if shared[note.name] > 1 else note.name, note.pieces()) for note in notes
    ]


FORMAT = Format(
    "notes",
    "typed notes to correct and load again, one file a day, into the folder that -o names",
    write_typed_notes,
    keeps=Kept(questions=True),
    is_folder=True,
)
