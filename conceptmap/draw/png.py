"""PNG from SVG, by the optional package `resvg-py`."""

import subprocess
import sys
from importlib.util import find_spec
from math import sqrt
from xml.etree import ElementTree

from graphs.bounds import seconds_left
from ontology.errors import DrawingFailed, DrawingTooLate

SECONDS = 60.0
"""Until a painter is ended, where no deadline comes sooner: a picture of most pixels takes three."""
_PAINTER = """
import sys, resvg_py
sys.stdout.buffer.write(bytes(resvg_py.svg_to_bytes(svg_string=sys.stdin.read(), zoom=float(sys.argv[1]))))
"""
"""Painting lets no other thread run, so it is done in a process of its own."""


def draw_png(svg: str, scale: float = 2.0, most_pixels: float = 5e7) -> bytes:
    """The drawing as a PNG, `scale` pixels for each of the SVG's, fewer where there would be too many in all.

    By default two, as sharp screens have them, and at most 50 million: 200 MB while they are painted. Raises
    `DrawingFailed` without the extra `png`, and where painting fails or takes too long.
    """
    if find_spec("resvg_py") is None:
        install = f"{sys.executable} -m pip install resvg-py"
        raise DrawingFailed(f"PNG needs the package resvg-py: {install}; SVG needs nothing more, as with -o map.svg")
    root = ElementTree.fromstring(svg)
    pixels = float(root.attrib["width"]) * float(root.attrib["height"])
    zoom = min(scale, sqrt(most_pixels / pixels))
    seconds = seconds_left(SECONDS)
    command = [sys.executable, "-X", "utf8", "-c", _PAINTER, str(zoom)]
    try:
        done = subprocess.run(command, input=svg.encode(), capture_output=True, check=True, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise DrawingTooLate(f"painting took longer than {seconds:.3g} s; draw less, or choose a focus") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise DrawingFailed(f"painting ended with status {error.returncode}: {said}") from error
    return done.stdout
