"""Drawings of a view, in every format, all from one picture."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from conceptmap.draw.registry import DRAWINGS, Drawing, Look, by_suffix, draw

if TYPE_CHECKING:
    from conceptmap.draw.difference import draw_difference
    from conceptmap.draw.dot import draw_dot
    from conceptmap.draw.labels import word_name
    from conceptmap.draw.layout import Arrangement
    from conceptmap.draw.parts import Part
    from conceptmap.draw.picture import DrawnEdge, DrawnNode, Picture, group_titles, node_name
    from conceptmap.draw.png import draw_png
    from conceptmap.draw.render import Renderer, find_renderer
    from conceptmap.draw.scope import COUNTED, DrawnShare, picture_of
    from conceptmap.draw.selection import Selection
    from conceptmap.draw.svg import draw_svg
    from conceptmap.draw.text import draw_text, left_out
    from conceptmap.draw.theme import style_sheet

__all__ = [
    "COUNTED",
    "DRAWINGS",
    "Arrangement",
    "Drawing",
    "DrawnEdge",
    "DrawnNode",
    "DrawnShare",
    "Look",
    "Part",
    "Picture",
    "Renderer",
    "Selection",
    "by_suffix",
    "draw",
    "draw_difference",
    "draw_dot",
    "draw_png",
    "draw_svg",
    "draw_text",
    "find_renderer",
    "group_titles",
    "left_out",
    "node_name",
    "picture_of",
    "style_sheet",
    "word_name",
]

_LATER = {
    "difference": ("draw_difference",),
    "dot": ("draw_dot",),
    "labels": ("word_name",),
    "layout": ("Arrangement",),
    "parts": ("Part",),
    "picture": ("DrawnEdge", "DrawnNode", "Picture", "group_titles", "node_name"),
    "png": ("draw_png",),
    "render": ("Renderer", "find_renderer"),
    "scope": ("COUNTED", "DrawnShare", "picture_of"),
    "selection": ("Selection",),
    "svg": ("draw_svg",),
    "text": ("draw_text", "left_out"),
    "theme": ("style_sheet",),
}
"""What is imported when it is first used, by its module: the command line's help needs the formats' names only."""


def __getattr__(name: str) -> Any:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"conceptmap.draw.{module}"), name)
    raise AttributeError(f"module 'conceptmap.draw' has no attribute {name!r}")
