"""PNG from SVG, by the optional package `resvg-py`."""

from importlib import import_module

from ontology.errors import DrawingFailed


def draw_png(svg: str, scale: float = 2.0) -> bytes:
    """The drawing as a PNG, `scale` pixels for each of the SVG's. Raises `DrawingFailed` without the extra `png`."""
    try:
        resvg = import_module("resvg_py")
    except ImportError as error:
        raise DrawingFailed("PNG needs the package resvg-py; install it with: pip install 'conceptmap[png]'") from error
    return bytes(resvg.svg_to_bytes(svg_string=svg, zoom=scale))
