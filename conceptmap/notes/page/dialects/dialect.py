"""What a dialect of notes is: the files that are written in it, and how their lines become those of Markdown."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from conceptmap.notes.values import Findings

MAX_LINE = 10_000
"""Characters of a line whose inline code is told from the rest; a longer line is no running text."""

_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)", re.DOTALL)
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`).*?(?<!`)\1(?!`)")
_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Page:
    """The lines of a note below its front matter, while dialects make plain Markdown of them.

    What is no Markdown is blanked out, so that every other word keeps its line and column. `anchors`: names by which
    other notes refer to a line, each with its 0-based index here; `title`: what the page says that it is called;
    `is_list`: it is written as one nested list; `is_journal`: it tells what happened on a day.
    """

    path: str
    lines: list[str]
    anchors: dict[str, int] = field(default_factory=dict)
    title: str | None = None
    is_list: bool = False
    is_journal: bool = False


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way to write notes.

    `suffixes`: what the names of such files end in; none where it is a manner of writing in any file. `unpack`: the
    lines of a file that is no plain text, from its path and text, or None where it cannot be read, which is then among
    the findings. `plain`: makes Markdown of a page's lines, and leaves alone what is not written in this dialect.
    `page_name`: what the name of a file says, without what the program adds to it.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    unpack: Callable[[str, str, Findings], Sequence[str] | None] | None = None
    plain: Callable[[Page], None] | None = None
    page_name: Callable[[str], str] | None = None


def outside_code(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that are not in a fenced code block, nor its fences, each with its index."""
    closing: re.Match[str] | None = None
    for index, line in enumerate(lines):
        fence = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if closing is not None:
            if fence and fence[1].startswith(closing[1]) and not fence[2].strip():
                closing = None
        elif fence and not (fence[1][0] == "`" and "`" in fence[2]):
            closing = fence
        else:
            yield index, line


def replaced(sign: re.Pattern[str], line: str, by: Callable[[re.Match[str]], str] | None = None) -> str:
    """The line with each of these signs, but those in inline code, replaced; by spaces where nothing else is said.

    A line that would now begin with so many spaces that it were a code block loses them.
    """
    if not sign.search(line):
        return line
    by = by or (lambda found: blank(found[0]))
    pieces, at = [], 0
    for code in _CODE.finditer(line) if "`" in line and len(line) <= MAX_LINE else ():
        pieces += [sign.sub(by, line[at : code.start()]), code[0]]
        at = code.end()
    whole = "".join((*pieces, sign.sub(by, line[at:])))
    return whole.lstrip() if whole.startswith("    ") and not line.startswith("  ") else whole


def without_tags(text: str, tag: re.Pattern[str]) -> str:
    r"""The text without the tags that it ends with, each behind a space.

    >>> without_tags("Flour #grain #rye", re.compile(r"#\w+"))
    'Flour'
    """
    words = list(_WORD.finditer(text))
    kept = len(words)
    while kept and words[kept - 1].start() and tag.fullmatch(words[kept - 1][0]):
        kept -= 1
    if kept == len(words):
        return text
    return text[: words[kept - 1].end()] if kept else ""


def blank(text: str) -> str:
    """As many spaces as the text has characters."""
    return " " * len(text)
