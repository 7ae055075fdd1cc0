"""How a kind or relation looks that says nothing of it: told by its name alone, and as far as can be like no other.

A shape and colours are chosen from a small table by the digest of the name; where another has that place already, the
next free one follows. So what is added behind others never changes their looks. Every colour keeps a contrast of 4.5 to
white paper, and words in dark ink keep 12 on every fill.
"""

import hashlib
from collections.abc import Collection, Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from typing import NamedTuple, TypeVar

SHAPES = (
    "hexagon",
    "house",
    "parallelogram",
    "invhouse",
    "trapezium",
    "octagon",
    "invtrapezium",
    "cds",
    "box3d",
    "component",
    "folder",
    "tab",
    "note",
    "cylinder",
)
"""Shapes in which a label of several words has room; those first that no built-in kind has."""
EVERY_SHAPE = (*SHAPES, "rounded", "box", "ellipse", "diamond", "triangle", "septagon", "doubleoctagon")
"""Those too that somebody may choose who has short labels, or wants a built-in kind's shape."""
LINE_STYLES = ("solid", "dashed", "bold", "dotted")
ARROWS = ("normal", "vee", "onormal", "diamond", "odiamond", "dot", "odot", "box", "obox", "tee")
HUES = 18
"""So many hues are told apart side by side, if only just."""
CONTRAST = 4.5
"""What WCAG 2.2 asks of words; a line or frame would need 3."""
_FILL_LIGHTNESS, _FILL_SATURATION, _SATURATION = 0.935, 0.7, 0.65

One = TypeVar("One")


class KindLooks(NamedTuple):
    """A Graphviz shape, and the colours of what is in it and around it."""

    shape: str
    fill: str
    stroke: str


class LineLooks(NamedTuple):
    """A line style, colour and arrow head."""

    line_style: str
    color: str
    arrow: str


def kind_looks(name: str, taken: Collection[KindLooks]) -> KindLooks:
    """The looks of a kind of this name, beside others whose looks are known.

    >>> kind_looks("Recipe", []) == kind_looks("Recipe", [])
    True
    """
    shape = _free(SHAPES, name, [one.shape for one in taken])
    alike = [_hue_place(one.stroke) for one in taken if one.shape == shape]
    hue = _free(range(HUES), f"{name} in colour", alike, [_hue_place(one.stroke) for one in taken])
    fill = _hex(hls_to_rgb(hue / HUES, _FILL_LIGHTNESS, _FILL_SATURATION))
    return KindLooks(shape, fill, _dark(hue))


def line_looks(name: str, taken: Collection[LineLooks], *, symmetric: bool = False) -> LineLooks:
    """The looks of a relation's line: one that is read both ways has no arrow."""
    hue = _free(range(HUES), f"{name} in colour", [_hue_place(one.color) for one in taken])
    styles = [one.line_style for one in taken if one.color == _dark(hue)]
    style = _free(LINE_STYLES, name, styles)
    used = [one.arrow for one in taken if (one.line_style, one.color) == (style, _dark(hue))]
    return LineLooks(style, _dark(hue), "none" if symmetric else _free(ARROWS[:3], name, used))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2, from 1 to 21).

    >>> round(contrast("#ffffff", "#000000"))
    21
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _free(places: Sequence[One], name: str, *taken: Sequence[One]) -> One:
    """The place of a name among places: the one that its digest says, else the next that is taken least often.

    Of several lists of what is taken the first counts most.
    """
    first = int(hashlib.sha256(name.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:8], 16) % len(places)
    in_turn = [*places[first:], *places[:first]]
    return min(in_turn, key=lambda place: [one.count(place) for one in taken])


def _dark(hue: int) -> str:
    """The lightest colour of a hue (in steps of 0.02) that keeps the contrast to white, and to its own pale fill."""
    lightness = 0.5
    fill = _hex(hls_to_rgb(hue / HUES, _FILL_LIGHTNESS, _FILL_SATURATION))
    while contrast(color := _hex(hls_to_rgb(hue / HUES, lightness, _SATURATION)), fill) < CONTRAST:
        lightness -= 0.02
    return color


def _hue_place(color: str) -> int:
    """The place among the hues that a colour is nearest to."""
    return round(rgb_to_hls(*_parts(color))[0] * HUES) % HUES


def _luminance(color: str) -> float:
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(color: str) -> tuple[float, float, float]:
    return int(color[1:3], 16) / 255, int(color[3:5], 16) / 255, int(color[5:7], 16) / 255


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
