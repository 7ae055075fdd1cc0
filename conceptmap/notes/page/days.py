"""Which day a note is of, and what its part is called, from the spellings people use."""

import re
from typing import NamedTuple

from ontology.model import MAX_DAY

_SEPARATOR = r"[|–—:·-]"
_DAY_FIRST = re.compile(rf"day\s+(\d{{1,5}})(?!\w)\s*(?:{_SEPARATOR}\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_DAY_LAST = re.compile(r"(?:\s-|[|–—:·])\s?day\s(\d{1,5})\Z", re.IGNORECASE)
_SPELLED = re.compile(r"(?<![a-z])day[\s_.-]*(\d{1,5})(?!\d)", re.IGNORECASE)
_SHORT = re.compile(r"d[_-]?(\d{1,4})(?![0-9a-z])", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"(\d{1,3})(?:[-_. ](?!\d)|$)")
_GENERIC = ("readme", "index", "notes")


class Titled(NamedTuple):
    """A heading that names its day: `Day 7: Bread`, `Bread | Day 7`."""

    day: int
    title: str


class Named(NamedTuple):
    """A day that a path spells; `plainly`: with the word "day", so that it may not be contradicted."""

    day: int
    plainly: bool


def titled_day(text: str) -> Titled | None:
    """The day and title of a heading that begins with its day, or ends with it behind a separator.

    >>> titled_day("Why bread rises | Day 7")
    Titled(day=7, title='Why bread rises')
    >>> titled_day("Day 7 of the course went well") is None
    True
    """
    text = " ".join(text.split())
    if (first := _DAY_FIRST.fullmatch(text)) and (not first[2] or re.match(_SEPARATOR, text[first.end(1) :].lstrip())):
        return _titled(first[1], first[2])
    if last := _DAY_LAST.search(text):
        return _titled(last[1], text[: last.start()])
    return None


def _titled(day: str, title: str) -> Titled | None:
    return Titled(int(day), title.strip(" |–—:·-")) if int(day) <= MAX_DAY else None


def named_day(path: str) -> Named | None:
    """The day that a file's name spells, else (for `readme` and its like) its folder's.

    >>> named_day("notes/day-07.md"), named_day("07_bread/readme.md")
    (Named(day=7, plainly=True), Named(day=7, plainly=False))
    >>> named_day("2026-11-24.md") is None
    True
    """
    stem, folder = _stem_and_folder(path)
    generic = stem.lower() in _GENERIC
    for name in (stem, folder):
        if (spelled := _SPELLED.search(name)) and int(spelled[1]) <= MAX_DAY:
            return Named(int(spelled[1]), plainly=True)
    name = folder if generic else stem
    if short := _SHORT.match(name) or _NUMBER_FIRST.match(name):
        return Named(int(short[1]), plainly=False)
    return None


def named_title(path: str) -> str | None:
    """The words of a file name behind its day: `Day 7 - Bread.md` is about bread."""
    stem, folder = _stem_and_folder(path)
    name = folder if stem.lower() in _GENERIC else stem
    for spelling in (_SPELLED, _SHORT, _NUMBER_FIRST):
        if found := spelling.match(name):
            words = " ".join(name[found.end() :].replace("_", " ").split()).strip(" |–—:·-")
            return (words if " " in words else words.replace("-", " ")) or None
    return None


def part_of(path: str) -> str:
    """The part that a file is: its name, with its folder's where the name says nothing.

    >>> part_of("notes/day-07.md"), part_of("notes/day-07/README.md")
    ('day-07.md', 'day-07/README.md')
    """
    *folders, name = path.replace("\\", "/").rstrip("/").split("/")
    generic = name.rsplit(".", 1)[0].lower() in _GENERIC
    return f"{folders[-1]}/{name}" if generic and folders and folders[-1] not in ("", ".", "..") else name


def _stem_and_folder(path: str) -> tuple[str, str]:
    *folders, name = path.replace("\\", "/").rstrip("/").split("/")
    return name.rsplit(".", 1)[0] if "." in name[1:] else name, folders[-1] if folders else ""
