"""What an export format is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphs.view import View


@dataclass(frozen=True, slots=True)
class TextFile:
    """One of the files that a format writes: its path in the folder (with `/`), and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a map.

    `write` takes a view and what IRIs begin with (None: the default), and gives one text, or several files. It imports
    what it needs when it is called: the list of formats is read by every help text. Suffixes begin with a dot, the
    usual one first. Without a `media_type` (a plain one, without parameters) the service does not offer the format.
    """

    name: str
    help: str
    write: "Callable[[View, str | None], str | list[TextFile]]"
    suffixes: tuple[str, ...] = ()
    media_type: str | None = None

    def text(self, view: "View", base: str | None = None) -> str:
        """The map as one text. Raises `ValueError` for a format that writes several files."""
        written = self.write(view, base)
        if not isinstance(written, str):
            raise ValueError(f"the format {self.name!r} writes several files")
        return written
