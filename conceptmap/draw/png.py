"""PNG from SVG, by the optional package `resvg-py`."""

import re
from importlib import import_module
from math import sqrt

from ontology.errors import DrawingFailed


def draw_png(svg: str, scale: float = 2.0, most_pixels: float = 5e7) -> bytes:
    """The drawing as a PNG, `scale` pixels for each of the SVG's, fewer where there would be too many in all.

    Raises `DrawingFailed` without the extra `png`.
    """
    try:
        resvg = import_module("resvg_py")
    except ImportError as error:
        raise DrawingFailed("PNG needs the package resvg-py; install it with: pip install 'conceptmap[png]'") from error
    size = re.search(r' width="(\d+)" height="(\d+)"', svg)
    if size:
        scale = min(scale, sqrt(most_pixels / (int(size[1]) * int(size[2]))))
    return bytes(resvg.svg_to_bytes(svg_string=svg, zoom=scale))
