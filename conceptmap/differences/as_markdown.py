"""A difference as Markdown that fits a comment on a pull request.

What notes say stands in fenced blocks, where no place that shows comments reads it as Markdown, HTML, a mention of
somebody or a number of something; GitHub and others colour the lines of such a block by their first sign.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from conceptmap.difference_words import ADDED, CHANGED, REMOVED, plain
from conceptmap.differences.form import DiffForm
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from conceptmap.compare import Comparison

LONGEST = 60_000
"""Characters: GitHub takes comments of 65,536, and whoever posts one may want to say something above it."""

OPEN = 15
"""Lines of a section that are shown unfolded: more would push the talk off the screen."""

_SIGNS: Final = {ADDED: "+", REMOVED: "-", CHANGED: "!", "▲": "+ ▲", "▼": "- ▼"}
"""The first signs of lines as the language `diff` has them."""

_RISKY = re.compile(r"[\\`*_{}\[\]<>()#|~&@$]")


def write_markdown(found: "Comparison", *, whole: bool = False) -> Iterator[str]:
    """A heading, how much differs, and the sections, of which long ones are folded; `whole` plays no part.

    What would be too long for a comment is counted.
    """
    heading = f"### {_escaped(found.title)}\n\n{found.words.summary()}\n"
    yield heading
    left = LONGEST - len(heading)
    for name, spans in found.words.sections():
        lines = [_coloured(plain(one)) for one in spans]
        kept = _fitting(lines, left)
        text = _section(name, lines, kept)
        yield text
        left -= len(text)


def _section(name: str, lines: list[str], kept: int) -> str:
    """A section: its first lines in a block, and how many there are beside them."""
    fence = "`" * max(3, 1 + max((len(run) for line in lines[:kept] for run in re.findall("`+", line)), default=0))
    block = "\n".join([f"{fence}diff", *lines[:kept], fence]) + "\n" if kept else ""
    more = f"\nand {counted(len(lines) - kept, 'line')} more\n" if kept < len(lines) else ""
    if len(lines) <= OPEN:
        return f"\n**{name}**\n\n{block}{more}"
    return f"\n<details><summary><b>{name}</b>: {counted(len(lines), 'line')}</summary>\n\n{block}{more}\n</details>\n"


def _fitting(lines: list[str], room: int) -> int:
    """How many lines fit, with all that stands around them."""
    left, kept = room - 300 - 2 * max(map(len, lines), default=0) // 10, 0
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            break
        kept += 1
    return kept


def _coloured(line: str) -> str:
    """A line with the sign that says how to colour it; no line of a note ends the block or begins another."""
    one_line = " ".join(line.splitlines())
    sign = _SIGNS.get(one_line[:1])
    return sign + one_line[1:] if sign else one_line


def _escaped(text: str) -> str:
    """Words that are to stand in Markdown as they are."""
    return _RISKY.sub(lambda sign: f"&#{ord(sign[0])};", " ".join(text.split()))


FORM = DiffForm("markdown", "Markdown for a comment on a pull request", write_markdown, (".md",), "text/markdown")
