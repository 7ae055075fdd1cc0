"""Jekyll and Hugo: their tags, shortcodes and attribute lists are no text, nor is front matter in TOML."""

import re

from conceptmap.notes.page.dialects.dialect import Dialect, Page, outside_code, replaced

_TAG = re.compile(
    r"\{%[^{}]*%\}|\{\{[<%][^{}]*[>%]\}\}|\{\{-?\s*(?:site|page|include|layout|post|content)\b[^{}]*\}\}|\{:[^{}]*\}"
)
_TITLE = re.compile(r"title\s*=\s*([\"'])(.+)\1\s*")


def _plain(page: Page) -> None:
    """Blank out the front matter between lines of three plus signs, but take its title; then tags in all lines."""
    lines = page.lines
    if lines and lines[0].rstrip() == "+++":
        end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "+++"), 0)
        for index in range(end + 1 if end else 0):
            if found := _TITLE.fullmatch(lines[index]):
                page.title = found[2]
            lines[index] = ""
    for index, line in list(outside_code(lines)):
        if "{" in line:
            lines[index] = replaced(_TAG, line)


DIALECT = Dialect("Jekyll, Hugo", plain=_plain)
