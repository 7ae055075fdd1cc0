"""Citations as Pandoc has them: `[@key, p. 33]`, `[see @one; @other, ch. 2]`, `@key`, `@key [p. 33]`.

https://pandoc.org/MANUAL.html#citation-syntax
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from conceptmap.notes.page.dialects.dialect import blank, outside_code
from conceptmap.notes.values import Position

MAX_GROUP = 1_500
"""Characters between the brackets of one citation: a dozen sources with their pages."""

_KEY = r"@(?:\{([^\s{}]+)\}|(\w+(?:[:.#$%&+?<>~/-]+\w+)*))"
_GROUP = re.compile(rf"(?<![\[\\!])\[([^\[\]]{{1,{MAX_GROUP}}})\](?![\](])")
_IN_GROUP = re.compile(rf"(?<![^\s(\"'“‘–—-])-?{_KEY}")
_IN_TEXT = re.compile(rf"(?<![\w@\\./:&=-])-?{_KEY}(?:\s+\[([^\[\]@]{{1,200}})\](?!\())?")
_REFERENCE = re.compile(r"(?:fig|tbl|tab|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|rem|sol|tip|nte|wrn|imp|cau)[-:]")
"""Keys that name a figure, a table or a section of the text itself, as Quarto and pandoc-crossref have them."""

_NO_TEXT = re.compile(
    r"<!--.*?-->|<[a-zA-Z/][^<>]{0,500}>|\[\[[^\[\]\n]{1,500}\]\]|\[[^\[\]]{0,500}\]\([^()\s]*\)|(?<!@\{)https?://\S+",
    re.DOTALL,
)
"""Comments, tags, links with their words, and addresses, in which a sign is no citation."""

_PARAGRAPH_ENDS = re.compile(r"\n\s*\n")


class Cited(NamedTuple):
    """A key that a note cites, what is said of the place in it, and where: `is_sure` if it stands in brackets."""

    key: str
    note: str | None
    position: Position
    is_sure: bool


def is_citation(text: str, at: int) -> int | None:
    """Where the citation in brackets ends that begins at a place of a text; None where none begins there.

    >>> is_citation("so [@sutton2019, p. 3].", 3), is_citation("[@eve](https://x)", 0), is_citation("[[@a]]", 1)
    (22, None, None)
    """
    found = _GROUP.match(text, at)
    return found.end() if found and any(_cited_in(found[1])) else None


def citations_in(lines: Sequence[str], first: int = 1) -> list[Cited]:
    """What the lines of a note cite, in order; the first has this number. Code, addresses and comments cite nothing.

    >>> [(one.key, one.note) for one in citations_in(["It wins [see @sutton2019, p. 3; @silver2016]."])]
    [('sutton2019', 'see p. 3'), ('silver2016', None)]
    >>> [one.key for one in citations_in(["Ask eve@example.org, or @knuth1984 [ch. 2]; `@code`"])]
    ['knuth1984']
    """
    if not any("@" in line for line in lines):
        return []
    kept = [""] * len(lines)
    for index, line in outside_code(lines):
        kept[index] = _without_code(line) if "`" in line else line
    text = _NO_TEXT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), "\n".join(kept))
    return sorted(_found_in(text, first), key=lambda one: one.position)


def _without_code(line: str) -> str:
    return re.sub(r"(?<!`)(`{1,3})(?!`).*?(?<!`)\1(?!`)", lambda found: blank(found[0]), line)


def _found_in(text: str, first: int) -> Iterator[Cited]:
    def place(at: int) -> Position:
        return first + text.count("\n", 0, at), at - text.rfind("\n", 0, at)

    left = text
    for group in _GROUP.finditer(text):
        if "@" not in group[1] or _PARAGRAPH_ENDS.search(group[1]):
            continue
        inside = list(_cited_in(group[1]))
        for at, key, note in inside:
            if not _REFERENCE.match(key):
                yield Cited(key, note, place(group.start(1) + at), is_sure=True)
        if inside:
            left = left[: group.start()] + re.sub(r"[^\n]", " ", group[0]) + left[group.end() :]
    for one in _IN_TEXT.finditer(left) if "@" in left else ():
        key = one[1] or one[2]
        if not _REFERENCE.match(key):
            yield Cited(key, " ".join(one[3].split()) if one[3] else None, place(one.start()), is_sure=False)


def _cited_in(group: str) -> Iterator[tuple[int, str, str | None]]:
    """The keys between two brackets, each with its place and what stands beside it."""
    begin = 0
    for part in group.split(";"):
        if found := _IN_GROUP.search(part):
            words = f"{part[: found.start()].strip()} {part[found.end() :].strip(' ,')}"
            yield begin + found.start(), found[1] or found[2], " ".join(words.split()) or None
        begin += len(part) + 1
