"""Markdown inside a line: links, emphasis, code, tags and escapes, and the words without them."""

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

LINK = re.compile(r"(!?)\[\[([^\[\]\n]+)\]\]")
ARROW = re.compile(r"-{1,2}>|→|⟶|⇒|=>")
_MARKUP = re.compile(r"[*_`\\!\[<&~]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MD_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)")
_STRONG = re.compile(r"(\*\*|__|~~)(?=\S)([^*_~]+)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]+)(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"(`+)([^`]+)\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TICKS = re.compile("`+")
_VISIBLE = re.compile(r"[^\n]")
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
"""`ontology.model.unsafe_character` as one expression, for files of megabytes."""


MAX_WORDS_IN_CHAIN = 10
"""Words between two arrows that are still a name; more of them are a sentence with an arrow in it."""


class Link(NamedTuple):
    """A wiki link: the name it leads to, the words shown, and where it stands in its line's text (0-based)."""

    name: str
    shown: str
    start: int
    end: int


def link_of(match: re.Match[str]) -> Link:
    """The link that `LINK` has matched."""
    name, _, shown = match[2].replace("\\|", "|").partition("|")
    name = name.strip()
    if name.startswith("#"):
        name = name.lstrip("#").strip()
    return Link(name, shown.strip() or name, *match.span())


def plain(text: str) -> str:
    """Words without Markdown: links as shown, emphasis, code marks, tags and escapes gone, entities read.

    >>> plain("The **bitter** [[Lesson|lesson]] of `C++` &amp; A*")
    'The bitter lesson of C++ & A*'
    """
    if _MARKUP.search(text):
        text = shown(text)
        text = _MD_LINK.sub(lambda match: "" if match[1] else match[2], text)
        text = _TAG.sub("", text)
        text = _CODE.sub(lambda match: match[2].strip(), text)
        for _ in range(2):
            text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
        text = without_unsafe(html.unescape(_ESCAPE.sub(r"\1", text)))
    return " ".join(text.split())


def shown(text: str) -> str:
    """Running text as it is read: wiki links by their words, embeds and comments gone, code and the rest as written.

    >>> shown("the [[Yeast|yeasts]] in `[[code]]`")
    'the yeasts in `[[code]]`'
    """
    if "<!--" in text:
        text = without_comments(text)
    if "[[" not in text:
        return text
    kept, position = [], 0
    for match in LINK.finditer(masked(text)):
        kept += [text[position : match.start()], "" if match[1] else link_of(match).shown]
        position = match.end()
    return "".join(kept) + text[position:]


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


def without_unsafe(text: str) -> str:
    """A text without the characters that no text may hold; character references can bring them in."""
    return UNSAFE.sub("", text)


def is_chain(parts: Sequence[str]) -> bool:
    """Whether the words that arrows part are a chain: two or more short names, no sentences.

    >>> is_chain(["compute", "lower loss"]), is_chain(["compute"]), is_chain(["It rises. Then", "bread"])
    (True, False, False)
    """
    return len(parts) > 1 and all(
        part and len(part.split()) <= MAX_WORDS_IN_CHAIN and not re.search(r"[.:;?!]\s", part) for part in parts
    )
