"""The picture that other programs show beside a link to a published map: its name, and the drawn map below it."""

import re
from dataclasses import replace
from html import escape

from conceptmap.draw import Renderer, Selection, draw_png, draw_svg, picture_of
from conceptmap.values import View

WIDTH, HEIGHT = 1200, 630
"""Pixels, as those who show such pictures ask for (https://ogp.me)."""
EDGE, HEAD = 60, 170
"""What stays free at the sides, and where the map begins."""
_OPENING = re.compile(r'<svg ([^>]*?) width="[0-9.]+" height="[0-9.]+" viewBox')
_FONTS = "Helvetica, Arial, Liberation Sans, Arimo, sans-serif"
_LONGEST = 40
"""Letters of a title that fit in a row."""


def preview_of(view: View, renderer: Renderer, title: str, summary: str) -> bytes:
    """The preview as PNG. Raises `DrawingFailed`, without the extra `png` too."""
    picture = picture_of(view, Selection())
    if not picture.nodes:
        picture = picture_of(view, Selection(whole=True))
    drawn = draw_svg(replace(picture, heading="", remark="", way=""), renderer)
    place = f'x="{EDGE}" y="{HEAD}" width="{WIDTH - 2 * EDGE}" height="{HEIGHT - HEAD - EDGE // 2}"'
    inner = _OPENING.sub(rf'<svg \1 {place} preserveAspectRatio="xMidYMin" viewBox', drawn, count=1)
    shown = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="{_FONTS}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<text x="{EDGE}" y="88" font-size="54" font-weight="bold" fill="#1b1f23">{escape(shown)}</text>'
        f'<text x="{EDGE}" y="134" font-size="26" fill="#4f5a64">{escape(summary)}</text>{inner}</svg>'
    )
    return draw_png(svg, scale=1.0)
