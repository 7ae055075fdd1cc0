"""Blanking out what is never read for syntax: inline code and HTML comments."""

import re
from bisect import bisect_right

_TICKS = re.compile("`+")
_VISIBLE = re.compile(r"[^\n]")


def masked(text: str) -> str:
    """The text with code spans and comments replaced by spaces; every other character keeps its place.

    >>> masked("a `b:: c` d")
    'a         d'
    """
    if "`" not in text and "<!--" not in text:
        return text
    kept: list[str] = []
    position = 0
    runs = _runs(text)
    comments = "-->" in text
    for start in re.finditer(r"`+|<!--", text):
        if start.start() < position:
            continue
        end = _end_of_code(runs, start) if start[0] != "<!--" else _end_of_comment(text, start.end(), comments)
        if end is None:
            comments = comments and start[0] != "<!--"
            continue
        kept.append(text[position : start.start()])
        kept.append(_VISIBLE.sub(" ", text[start.start() : end]))
        position = end
    return "".join(kept) + text[position:]


def _runs(text: str) -> dict[int, list[int]]:
    """Where the runs of backticks begin, by their length."""
    runs: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        runs.setdefault(len(run[0]), []).append(run.start())
    return runs


def _end_of_code(runs: dict[int, list[int]], start: re.Match[str]) -> int | None:
    same = runs[len(start[0])]
    after = bisect_right(same, start.start())
    return same[after] + len(start[0]) if after < len(same) else None


def _end_of_comment(text: str, start: int, possible: bool) -> int | None:
    end = text.find("-->", start) if possible else -1
    return end + 3 if end >= 0 else None


def without_comments(text: str) -> str:
    """The text without HTML comments, unless a tick before one says that it is code."""
    kept: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        code = text[max(start - 1, 0) : start] == "`"
        kept.append(text[position : end + 3] if code else text[position:start])
        position = end + 3
    return "".join(kept) + text[position:]
