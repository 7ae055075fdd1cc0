"""Drawings of a view, in every format, all from one picture."""

from typing import Literal, get_args

from conceptmap.draw.dot import draw_dot
from conceptmap.draw.layout import Arrangement
from conceptmap.draw.mermaid import draw_mermaid
from conceptmap.draw.outline import draw_outline
from conceptmap.draw.picture import Picture
from conceptmap.draw.png import draw_png
from conceptmap.draw.render import Renderer, find_renderer
from conceptmap.draw.scope import picture_of
from conceptmap.draw.selection import Selection
from conceptmap.draw.svg import draw_svg
from conceptmap.draw.text import draw_text
from graphs.view import View

Format = Literal["text", "svg", "png", "dot", "mermaid", "outline"]
FORMATS: tuple[Format, ...] = get_args(Format)

__all__ = [
    "FORMATS",
    "Arrangement",
    "Format",
    "Picture",
    "Renderer",
    "Selection",
    "draw",
    "draw_dot",
    "draw_mermaid",
    "draw_outline",
    "draw_png",
    "draw_svg",
    "draw_text",
    "find_renderer",
    "picture_of",
]


def draw(
    view: View,
    format: Format = "text",
    selection: Selection = Selection(),
    renderer: Renderer | None = None,
    *,
    arrangement: Arrangement = "map",
    inline: bool = False,
) -> str | bytes:
    """The view in a format: PNG as bytes, all others as text that ends with a line end.

    The text diagram shows the drawn map, or with a focus the branches under it; the outline leaves nothing out.
    `renderer` serves SVG and PNG; None looks for one. Raises `DrawingFailed`, and `UnknownNode` for a focus that
    is not there. SVG and PNG are arranged as a map or as a timeline; `inline` makes an SVG that is part of a page.
    """
    if format == "text":
        return draw_text(view, selection) + "\n"
    picture = picture_of(view, selection, readable=format != "outline")
    if format == "dot":
        return draw_dot(picture)
    if format == "mermaid":
        return draw_mermaid(picture) + "\n"
    if format == "outline":
        return draw_outline(picture) + "\n"
    svg = draw_svg(picture, renderer or find_renderer(), arrangement=arrangement, inline=inline)
    return draw_png(svg) if format == "png" else svg
