"""What an export format is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphs.view import View

Pieces = Iterable[str]
"""A text piece by piece, none larger than what is said of a node or edge, or than a few hundred lines."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """One of the files that a format writes: its path in the folder (with `/`), and the pieces of its text."""

    path: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a map.

    `write` takes a view and what IRIs begin with (None: the default), and gives the pieces of one text, made as they
    are asked for, or a list of files. It imports what it needs when it is called: the list of formats is read by every
    help text. Suffixes begin with a dot, the usual one first. Without a `media_type` (a plain one, without parameters)
    the service does not offer the format.
    """

    name: str
    help: str
    write: "Callable[[View, str | None], Pieces | list[TextFile]]"
    suffixes: tuple[str, ...] = ()
    media_type: str | None = None

    def pieces(self, view: "View", base: str | None = None) -> Pieces:
        """The map as one text, piece by piece. Raises `ValueError` for a format that writes several files."""
        written = self.write(view, base)
        if isinstance(written, list):
            raise ValueError(f"the format {self.name!r} writes several files")
        return written
