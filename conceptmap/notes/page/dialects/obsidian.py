"""Obsidian: comments are not read, ids of blocks, tags of headings and the signs of callouts are no words."""

import re

from conceptmap.notes.page.dialects.dialect import Dialect, Page, outside_code, replaced, without_tags

_COMMENT = re.compile(r"%%(?:(?!%%).)*%%")
_COMMENT_OPENS = re.compile(r"[ \t>]*(?:[-*+][ \t]+)?%%")
_BLOCK_ID = re.compile(r"(?:(?<=\s)|\A)\^(?=[\d-]*[A-Za-z])([A-Za-z0-9-]{2,})\s*\Z")
_HEADING = re.compile(r"[ \t>]*#{1,6}\s")
_TAG = re.compile(r"#(?=[\d/_-]*[^\W\d_])[\w/-]+")
_CALLOUT = re.compile(r"([ \t]*>[ \t>]*)\[![\w -]{1,40}\][+-]?[ \t]*")


def _plain(page: Page) -> None:
    """Blank out comments, then what ends a line and what begins a callout; note the ids of blocks."""
    _blank_comments(page.lines)
    for index, line in list(outside_code(page.lines)):
        if "^" in line and (found := _BLOCK_ID.search(line)):
            page.anchors[f"^{found[1]}"] = index
            line = line[: found.start()].rstrip()  # noqa: PLW2901  (what is left may have more)
        if "[!" in line and (found := _CALLOUT.match(line)):
            title = line[found.end() :] if not _goes_on(page.lines, index) else ""
            line = f"{found[1]}{title}"  # noqa: PLW2901
        elif "#" in line and _HEADING.match(line):
            line = without_tags(line, _TAG)  # noqa: PLW2901
        page.lines[index] = line


def _goes_on(lines: list[str], index: int) -> bool:
    """Whether a quotation goes on in the next line, so that a callout's title is not all that it says."""
    return index + 1 < len(lines) and lines[index + 1].lstrip(" \t").startswith(">")


def _blank_comments(lines: list[str]) -> None:
    """Blank out `%%…%%`, in a line or from one that it opens to the line that closes it; what never closes stays."""
    opened: int | None = None
    for index, line in list(outside_code(lines)):
        if "%%" not in line:
            continue
        if opened is not None:
            lines[opened : index + 1] = [*("" for _ in range(opened, index)), line.partition("%%")[2]]
            opened = None
        lines[index] = replaced(_COMMENT, lines[index])
        if _COMMENT_OPENS.match(lines[index]):
            opened = index


DIALECT = Dialect("Obsidian", plain=_plain)
