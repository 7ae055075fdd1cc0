"""Quarto and R Markdown: the signs of divs and shortcodes are no text; chunks of code are code blocks already."""

import re

from conceptmap.notes.page.dialects.dialect import Dialect, Page, outside_code, replaced

_DIV = re.compile(r"\s*:{3,}+\s*+(?:\{[^{}]*\}|[\w.-]*+)\s*+:*+\s*")
_SHORTCODE = re.compile(r"\{\{<[^<>]*>\}\}")
_REFERENCE = re.compile(
    r"\s?\[[^\[\]@]{0,60}@[^\[\]\s][^\[\]]{0,200}\](?!\()|\\@ref\([\w:-]+\)"
    r"|(?<![\w.@])@(?:fig|tbl|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr)-[\w-]+"
)
"""Citations and references to figures, tables and sections; their words are made when the page is rendered."""

_ATTRIBUTES = re.compile(r"(?<=\s)\{(?:(?P<id>#[^\s{}]+)\s+)?(?:-|[.\w][^#{}]*)\}\s*\Z")
"""The classes of a heading, such as `{.unnumbered}`; its id is kept, as any heading's."""

_SECTION = re.compile(r"(?<=\s)\{#(?P<id>[^\s{}]+)(?:\s[^{}]*)?\}\s*\Z")
_SUFFIXES = (".qmd", ".rmd")
"""In these files the id of a heading is a place to refer to, and does not say that a topic is meant."""


def _plain(page: Page) -> None:
    """Blank out the lines that open and close divs, shortcodes, references, and the classes of headings."""
    is_own = page.path.lower().endswith(_SUFFIXES)
    for index, line in list(outside_code(page.lines)):
        if ":::" in line and _DIV.fullmatch(line):
            page.lines[index] = ""
        elif is_own and line.startswith("#") and (section := _SECTION.search(line)):
            page.anchors[section["id"]] = index
            page.lines[index] = line[: section.start()].rstrip()
        elif line.startswith("#") and line.rstrip().endswith("}"):
            page.lines[index] = _ATTRIBUTES.sub(_id_alone, line)
        elif "{{<" in line or "@" in line:
            page.lines[index] = replaced(_REFERENCE, replaced(_SHORTCODE, line))


def _id_alone(attributes: re.Match[str]) -> str:
    return f"{{{attributes['id']}}}" if attributes["id"] else ""


DIALECT = Dialect("Quarto, R Markdown", _SUFFIXES, plain=_plain)
