"""Fields inside a line: `(requires:: [[Yeast]])` and `[requires:: [[Yeast]]]`, and the line without them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from conceptmap.notes.outline.syntax import KEY, MAX_KEY, Field, targets_behind
from conceptmap.notes.page.markdown import Line

_BEGIN = re.compile(rf"(?<![\[(])[\[(]\s*(?:[*_]*)({KEY.pattern})\s*(?:[*_]*)::")
_CLOSING = {"(": ")", "[": "]"}


class InlineField(NamedTuple):
    """A field in brackets, and where it stands in its line, brackets and all (0-based)."""

    start: int
    end: int
    field: Field


def inline_fields(line: Line) -> list[InlineField]:
    """The fields in brackets of a line, from left to right.

    >>> line = Line.read("Rain (requires:: [[Cloud (grey)]]) helps [a:: b].")
    >>> [(one.field.key, one.field.value) for one in inline_fields(line)]
    [('requires', '[[Cloud (grey)]]'), ('a', 'b')]
    """
    return list(_found(line)) if "::" in line.masked else []


def without(line: Line, fields: Sequence[InlineField]) -> Line:
    """The line without these fields; its words are joined by one space.

    >>> line = Line.read("Rain (requires:: [[Cloud]]) helps")
    >>> without(line, inline_fields(line)).text
    'Rain helps'
    """
    for one in reversed(fields):
        before, behind = line.text[: one.start].rstrip(), line.text[one.end :]
        kept = len(before) + len(behind) - len(behind.lstrip())
        gap = " " if before and behind.strip() and behind[0].isspace() else ""
        moved = len(before) + len(gap) - one.end - (kept - len(before))
        links = (
            link if link.end <= one.start else link.moved(moved)
            for link in line.links
            if link.end <= one.start or link.start >= one.end
        )
        masked = f"{line.masked[: len(before)]}{gap}{line.masked[one.end :].lstrip()}"
        line = line._replace(text=f"{before}{gap}{behind.lstrip()}", masked=masked, links=tuple(links))
    return line


def _found(line: Line) -> Iterator[InlineField]:
    end = 0
    for begin in _BEGIN.finditer(line.masked):
        if begin.start() < end or len(begin[1]) > MAX_KEY:
            continue
        close = _close(line, begin.end(), _CLOSING[begin[0][0]])
        if close is None:
            continue
        end = close + 1
        inside = line.until(close)
        value = inside.text[begin.end() :].strip()
        column = line.column + begin.start(1)
        targets = targets_behind(inside, begin.end())
        yield InlineField(begin.start(), end, Field(" ".join(begin[1].split()), value, line, column, targets, None))


def _close(line: Line, start: int, closing: str) -> int | None:
    """Where the bracket closes that is open before a place; brackets of links and pairs inside are passed over."""
    opening = "(" if closing == ")" else "["
    ends = {link.start: link.end for link in line.links}
    depth, place = 0, start
    while place < len(line.masked):
        if place in ends:
            place = ends[place]
            continue
        sign = line.masked[place]
        if sign == closing and depth == 0:
            return place
        depth += (sign == opening) - (sign == closing)
        place += 1
    return None
