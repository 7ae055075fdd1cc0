"""PNG from SVG, by the optional package `resvg-py`."""

from importlib import import_module
from math import sqrt
from xml.etree import ElementTree

from ontology.errors import DrawingFailed


def draw_png(svg: str, scale: float = 2.0, most_pixels: float = 5e7) -> bytes:
    """The drawing as a PNG, `scale` pixels for each of the SVG's, fewer where there would be too many in all.

    By default two, as sharp screens have them, and at most 50 million: 200 MB while they are painted. Raises
    `DrawingFailed` without the extra `png`.
    """
    try:
        resvg = import_module("resvg_py")
    except ImportError as error:
        raise DrawingFailed("PNG needs the package resvg-py; install it with: pip install 'conceptmap[png]'") from error
    root = ElementTree.fromstring(svg)
    pixels = float(root.attrib["width"]) * float(root.attrib["height"])
    return bytes(resvg.svg_to_bytes(svg_string=svg, zoom=min(scale, sqrt(most_pixels / pixels))))
