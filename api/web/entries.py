"""The history of a map: its entries as a person reads them, newest first."""

from dataclasses import dataclass

from conceptmap.map import CourseMap
from conceptmap.values import Line

MOST = 50
"""Entries on a page: they are looked through from the newest on."""


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry, and whether it is the newest of its part, so that it may be undone."""

    line: Line
    is_newest: bool

    @property
    def did(self) -> str:
        """What it did, in words.

        >>> line = Line(3, "put", None, 2, "day-02.md", 1, "", "", "text/markdown", "", None, (4, 1, 0), None)
        >>> ListedEntry(line, True).did
        'put: 4 nodes and edges new, 1 changed'
        """
        line = self.line
        if line.erases:
            return f"erased entry {line.target}"
        if line.target is not None:
            return f"undid entry {line.target}{self._counts}"
        if line.ends:
            return f"ended{self._counts}"
        verb = "added" if line.kind == "add" else "put" if line.revision == 1 else "replaced"
        return f"{verb}{self._counts or ': nothing new'}"

    @property
    def can_be_undone(self) -> bool:
        """Whether somebody may undo it: nothing came on top of it, and it is not gone for good."""
        return self.is_newest and not self.line.erases and self.line.erased is None

    @property
    def _counts(self) -> str:
        words = zip(self.line.counts, ("new", "changed", "gone"), strict=True)
        said = [f"{count} {word}" for count, word in words if count]
        if not said:
            return ""
        count, _, word = said[0].partition(" ")
        what = "node or edge" if count == "1" else "nodes and edges"
        return f": {', '.join([f'{count} {what} {word}', *said[1:]])}"


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """Some entries; `before` is where the next page begins (None: nowhere)."""

    entries: tuple[ListedEntry, ...]
    before: int | None
    is_first: bool


def entries_page(course: CourseMap, before: int | None) -> EntriesPage:
    """The entries before one, by default the newest; as of the course's day and moment."""
    lines = course.lines(limit=MOST + 1) if before is None else course.lines(limit=MOST + 1, before=before)
    shown = lines[:MOST]
    entries = tuple(ListedEntry(one, is_newest(course, one)) for one in shown)
    more = shown[-1].sequence if len(lines) > MOST else None
    return EntriesPage(entries, more, before is None)


def is_newest(course: CourseMap, line: Line) -> bool:
    """Whether nothing was said of an entry's part since."""
    return line.revision == course.revision(line.day, line.part)
