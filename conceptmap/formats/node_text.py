"""A node's text in a typed note: as it stands where it reads back as the same, else in a code block that says so."""

import re
from collections.abc import Sequence

from msgspec import structs

from conceptmap.notes import NoteFile, read_notes
from conceptmap.notes.outline.texts import LONG_TEXT
from graphs.view import View
from ontology.model import STATED, Document
from ontology.vocabulary import Vocabulary

_PLAIN = re.compile(r"[^\W\d_\"“][^\n]*[.!?…]")
"""A sentence or several on one line."""

_SIGNS = re.compile(r"::|\[\[|→|->|=>|\$|<|`|%%|\^|#|\*|_|\\|~|\||  ")
"""What may mean something in a line: where a text has none of it, nothing needs to be tried."""

_TICKS = re.compile("`+")
_NEXT = "## Concept: Next {#text-is-followed}"
"""What stands below a text, so that a text in which something is left open is found out."""


class TextWriter:
    """Writes the texts of nodes below their headings."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._nothing = View.of((), vocabulary)

    def written(self, text: str, heading: str, fields: Sequence[str]) -> str:
        """The text so that it reads back as the same bytes, between the heading and the fields of its node."""
        if all(_PLAIN.fullmatch(one) and not _SIGNS.search(one) for one in text.split("\n\n")):
            return text
        block = fenced(text)
        tries = ("\n".join([heading, one, "", *fields, "", _NEXT]) for one in (text, block))
        plain, exact = map(self._read, tries)
        return text if plain == exact else block

    def _read(self, note: str) -> Document:
        """What a note says, wherever in the note that stands."""
        file = NoteFile("day-1.md", note.encode(), 1)
        found = read_notes([file], vocabulary=self._nothing.vocabulary, known=self._nothing, map="m").notes[0].document
        return found.with_assertions(
            tuple(sorted((structs.replace(one, origin=STATED) for one in found.nodes), key=lambda one: one.id)),
            tuple(sorted((structs.replace(one, origin=STATED) for one in found.edges), key=lambda one: one.key.rank)),
        )


def fenced(text: str) -> str:
    """The text in a code block whose fence is longer than any in it."""
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
    return f"{fence} {LONG_TEXT}\n{text}\n{fence}"
