"""What a form of differences is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conceptmap.compare import Comparison


@dataclass(frozen=True, slots=True)
class DiffForm:
    """A way to write a difference: `write` takes it, and `whole`, and gives the pieces of a text.

    `whole`: in a picture, the drawn maps too and not only what differs. It imports what it needs when it is
    called. Suffixes begin with a dot; the media type is a plain one, without parameters.
    """

    name: str
    help: str
    write: "Callable[..., Iterable[str]]"
    suffixes: tuple[str, ...]
    media_type: str

    def text(self, found: "Comparison", *, whole: bool = False) -> str:
        """The whole text."""
        return "".join(self.write(found, whole=whole))
