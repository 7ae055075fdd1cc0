"""Drawing: the Day 26 map of the sample course as SVG, against the renderer's process alone."""

import subprocess
from collections.abc import Iterator
from functools import partial

from benchmarks.course import sample_view
from benchmarks.timing import Table, Way, timed
from conceptmap.draw import Selection, draw, find_renderer
from graphs.view import View


def run() -> Iterator[Table]:
    """One table."""
    course = sample_view()
    view, renderer = View(course.fold, course.vocabulary, 26), find_renderer()
    dot = draw(view, "dot", Selection())
    assert isinstance(dot, str)
    alone = partial(subprocess.run, [renderer.program, "-Tsvg"], input=dot.encode(), capture_output=True, check=True)
    ways: dict[str, Way] = {
        "renderer alone": alone,
        "conceptmap draw": partial(draw, view, "svg", Selection(), renderer),
    }
    yield timed("Drawing Day 26 as SVG", ways, rounds=40, goal="at most 1.3x")
