"""The dialects that notes are written in, one a file. To add one, write its file and its place in `DIALECTS`."""

from collections.abc import Sequence

from conceptmap.notes.page.dialects import (
    basic_memory,
    bibliography,
    logseq,
    mdx,
    myst,
    notebook,
    notion,
    obsidian,
    plain_text,
    quarto,
    static_sites,
)
from conceptmap.notes.page.dialects.dialect import Dialect, Page
from conceptmap.notes.page.dialects.logseq import is_reference
from conceptmap.notes.values import Findings

__all__ = [
    "BIBLIOGRAPHY_SUFFIXES",
    "DIALECTS",
    "NOTE_SUFFIXES",
    "is_packed",
    "is_reference",
    "page_name",
    "plain_markdown",
    "unpacked",
    "without_suffix",
]

DIALECTS: tuple[Dialect, ...] = (
    plain_text.DIALECT,
    mdx.DIALECT,
    quarto.DIALECT,
    notebook.DIALECT,
    static_sites.DIALECT,
    myst.DIALECT,
    obsidian.DIALECT,
    logseq.DIALECT,
    notion.DIALECT,
    basic_memory.DIALECT,
    bibliography.DIALECT,
)
"""All dialects. Those without a suffix are read in every file, in this order."""

NOTE_SUFFIXES = tuple(suffix for dialect in DIALECTS for suffix in dialect.suffixes)
"""What the names of notes end in, in lower case."""

BIBLIOGRAPHY_SUFFIXES = bibliography.DIALECT.suffixes
"""What the names of those among them end in that are bibliographies."""


def unpacked(path: str, text: str, findings: Findings) -> Sequence[str] | None:
    """The lines of a file's text; None where a file that is no plain text cannot be read."""
    dialect = _of(path)
    return text.split("\n") if dialect is None or dialect.unpack is None else dialect.unpack(path, text, findings)


def is_packed(path: str) -> bool:
    """Whether a file is no plain text, so that a part of it is no file of its kind."""
    dialect = _of(path)
    return dialect is not None and dialect.unpack is not None


def plain_markdown(path: str, lines: Sequence[str]) -> Page:
    """The lines of a note as Markdown: what a dialect adds to it is read or blanked out, each word keeps its place."""
    page, own = Page(path, list(lines)), _of(path)
    for dialect in DIALECTS:
        if dialect.plain is not None and (dialect is own or not dialect.suffixes):
            dialect.plain(page)
    return page


def without_suffix(path: str) -> str:
    """A path or name without the ending that says that it is a note."""
    ending = next((one for one in NOTE_SUFFIXES if path.lower().endswith(one)), "")
    return path[: len(path) - len(ending)]


def page_name(stem: str) -> str:
    """What a file's name without its ending says, as the programs that wrote it show it."""
    for dialect in DIALECTS:
        stem = dialect.page_name(stem) if dialect.page_name else stem
    return stem


def _of(path: str) -> Dialect | None:
    """The dialect that a file's name says."""
    return next((one for one in DIALECTS if one.suffixes and path.lower().endswith(one.suffixes)), None)
