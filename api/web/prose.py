"""Texts of nodes as HTML: Markdown without raw HTML and images, with links that lead only to the web or to mail."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup, escape

from api.web.formulas import mathml
from conceptmap.notes import taught
from conceptmap.plain_words import MAX_SHOWN

MAX_NESTING = 20
"""Depth of lists, quotations and emphasis in each other: ten lists in lists, more than a card has room for."""

_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)

Write = Callable[[Sequence[Token], int, Any, Any], str]
"""Writes the token at a place of a list of them."""


def prose(text: str | None) -> Markup:
    """A node's text.

    >>> prose("Bread **needs** [[Yeast|it]].")
    Markup('<p>Bread <strong>needs</strong> it.</p>')
    >>> prose("[a](javascript:b) <b>c</b>")
    Markup('<p>[a](javascript:b) &lt;b&gt;c&lt;/b&gt;</p>')
    """
    if not text or len(text) > MAX_SHOWN:
        return Markup("<p>{}</p>").format(text) if text else Markup("")
    return Markup(_parser().render(text).strip())


def is_outward(url: str) -> bool:
    """Whether a link leads to the web or to mail, where it does no harm here.

    >>> is_outward("https://example.org"), is_outward("javascript:alert(1)"), is_outward("day-02.md")
    (True, False, False)
    """
    return _LINK.match(url) is not None


@cache
def _parser() -> MarkdownIt:
    """A parser of texts: headings in them are lines in bold, since a card has headings of its own."""
    parser = taught(MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable("table"))
    parser.validateLink = is_outward  # type: ignore[method-assign]
    parser.core.ruler.before("inline", "room", _leave_room)
    written: dict[str, Write] = {
        "wiki_link": lambda tokens, index, *_: escape(tokens[index].meta["shown"]),
        "math_inline": lambda tokens, index, *_: mathml(tokens[index].content),
        "math_inline_double": lambda tokens, index, *_: mathml(tokens[index].content, block=True),
        "highlight": lambda *_: "",
        "image": lambda tokens, index, *_: escape(tokens[index].content),
        "heading_open": lambda *_: "<p><strong>",
        "heading_close": lambda *_: "</strong></p>\n",
        "link_open": _link,
    }
    for name, write in written.items():
        parser.add_render_rule(name, lambda _, *given, write=write: str(write(*given)))
    return parser


def _link(tokens: Sequence[Token], index: int, *_: object) -> str:
    """A link out of the map, which the other page is not told of."""
    address = tokens[index].attrGet("href")
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">').format(address)


def _leave_room(state: StateCore) -> None:
    """A formula's rule takes the last character for one before the first, so a text that begins with one is longer."""
    for token in state.tokens:
        if token.type == "inline" and token.content.startswith("$"):
            token.content += " "
