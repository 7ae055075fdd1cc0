"""A difference as lines of text, from the whole to the details; the lines know which style each piece has."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from conceptmap.difference_words import Spans, plain
from conceptmap.differences.form import DiffForm

if TYPE_CHECKING:
    from conceptmap.compare import Comparison


def write_text(found: "Comparison", *, whole: bool = False) -> Iterator[str]:
    """The lines, each with its end; `whole` plays no part, since nothing is left out."""
    return (f"{plain(spans)}\n" for spans in difference_lines(found))


def difference_lines(found: "Comparison") -> Iterator[Spans]:
    """The lines: the title, how much differs, and the sections."""
    yield [(found.title, "bold")]
    yield [found.words.summary()]
    for name, lines in found.words.sections():
        yield from ([], [(name, "bold")], *lines)


FORM = DiffForm("text", "lines for people", write_text, (".txt",), "text/plain")
