"""Drawing: the Day 26 map of the sample course as SVG, against the renderer's process alone."""

import subprocess
from collections.abc import Iterator
from functools import partial

from benchmarks.course import sample_view
from benchmarks.timing import Table, Way, timed
from conceptmap.draw import Selection, draw, draw_dot, find_renderer, picture_of
from conceptmap.draw.dot import painted_dot
from conceptmap.draw.layout import laid_out
from conceptmap.draw.parts import parts_of
from graphs.view import View


def run() -> Iterator[Table]:
    """One table: Graphviz lays the map out itself; it paints our layout; the whole way from view to SVG."""
    course = sample_view()
    view, renderer = View(course.fold, course.vocabulary, 26), find_renderer()
    picture = picture_of(view, Selection())
    layout = laid_out(picture, "map")
    parts = {part.name: part for part in parts_of(picture, layout, inline=False)}

    def alone(dot: str) -> Way:
        return partial(subprocess.run, [renderer.program, "-Tsvg"], input=dot.encode(), capture_output=True, check=True)

    ways: dict[str, Way] = {
        "renderer alone, its own layout": alone(draw_dot(picture)),
        "renderer alone, the very same DOT": alone(painted_dot(picture, layout, parts, {})),
        "conceptmap draw": partial(draw, view, "svg", Selection(), renderer),
    }
    yield timed("Drawing Day 26 as SVG", ways, rounds=40, goal="at most 1.3x")
