"""Fields inside a line: `(requires:: [[Yeast]])` and `[requires:: [[Yeast]]]`, and the line without them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from conceptmap.notes.outline.syntax import MAX_KEY, Field, targets_behind
from conceptmap.notes.page.inline import Link
from conceptmap.notes.page.markdown import Line

_BEGIN = re.compile(rf"(?<![\[(])[\[(]\s{{0,9}}[*_]{{0,3}}([^\W\d_][\w'’ -]{{0,{MAX_KEY - 1}}})\s{{0,9}}[*_]{{0,3}}::")
_BRACKET = re.compile(r"[\[\]()]")
_OPENING = {")": "(", "]": "["}


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
    if not fields:
        return line
    begins, ends = [0, *(one.end for one in fields)], [*(one.start for one in fields), len(line.text)]
    pieces = [(begin, end) for begin, end in zip(begins, ends, strict=True) if line.text[begin:end].strip()]
    text: list[str] = []
    masked: list[str] = []
    links: list[Link] = []
    length = waiting = 0
    for begin, end in pieces:
        whole = line.text[begin:end]
        first = begin + len(whole) - len(whole.lstrip()) if begin else 0
        last = end if end == len(line.text) else begin + len(whole.rstrip())
        gap = " " if text and whole[0].isspace() else ""
        length += len(gap)
        while waiting < len(line.links) and line.links[waiting].end <= end:
            link = line.links[waiting]
            links += [link.moved(length - first)] if link.start >= first else []
            waiting += 1
        text += [gap, line.text[first:last]]
        masked += [gap, line.masked[first:last]]
        length += last - first
    return line._replace(text="".join(text), masked="".join(masked), links=tuple(links))


def _found(line: Line) -> Iterator[InlineField]:
    end, links, closings = 0, 0, _closings(line)
    for begin in _BEGIN.finditer(line.masked):
        close = closings.get(begin.start())
        if begin.start() < end or close is None:
            continue
        end, start = close + 1, begin.end()
        while links < len(line.links) and line.links[links].start < start:
            links += 1
        last = links
        while last < len(line.links) and line.links[last].end <= close:
            last += 1
        own = tuple(link.moved(-start) for link in line.links[links:last])
        inside = Line(line.text[start:close], line.number, line.column + start, line.masked[start:close], own)
        value, column = inside.text.strip(), line.column + begin.start(1)
        targets = targets_behind(inside.until(close), 0)
        yield InlineField(begin.start(), end, Field(" ".join(begin[1].split()), value, line, column, targets, None))


def _closings(line: Line) -> Mapping[int, int]:
    """Where each bracket closes that is open at a place; those of links are passed over."""
    found: dict[int, int] = {}
    opened: dict[str, list[int]] = {"(": [], "[": []}
    begin = 0
    for start, end in (*((link.start, link.end) for link in line.links), (len(line.masked), 0)):
        for bracket in _BRACKET.finditer(line.masked, begin, start):
            if bracket[0] in opened:
                opened[bracket[0]].append(bracket.start())
            elif waiting := opened[_OPENING[bracket[0]]]:
                found[waiting.pop()] = bracket.start()
        begin = max(begin, end)
    return found
