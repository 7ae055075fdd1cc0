"""Displacement: how far the nodes of a course move on its drawings when a day is added, and what else drawings cost."""

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import dist, hypot
from statistics import fmean

from benchmarks.made_courses import course, of_size, with_late_nodes
from benchmarks.timing import Grid, Table, Way, timed
from conceptmap.draw import Arrangement, Picture, Renderer, Selection, draw, draw_dot, find_renderer, picture_of
from conceptmap.draw.layout import laid_out
from conceptmap.draw.routes import points_along
from graphs.fold import Event, Fold, PartKey
from graphs.view import View
from ontology.model import Document
from ontology.vocabulary import read_vocabulary

WHOLE = Selection(whole=True)
_INCH = 72.0

Point = tuple[float, float]
Box = tuple[Point, Point]
"""Two corners, the upper left one first."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing as numbers: boxes by name, curves (3n + 1 points) by the names of their ends, and the diagonal."""

    boxes: Mapping[str, Box]
    curves: Sequence[tuple[tuple[str, str], Sequence[Point]]]
    diagonal: float


Drawing = Callable[[Picture], Drawn]


def run(courses: int = 10, days: int = 30, sizes: Sequence[int] = (30, 300, 3000)) -> Iterator[Grid | Table]:
    """The table of displacements, then the seconds that drawings of several sizes take."""
    renderer = find_renderer()
    ways: dict[str, Drawing] = {
        "plain dot, top-down": partial(by_dot, renderer, "TB"),
        "plain dot, left-right": partial(by_dot, renderer, "LR"),
        "map": partial(by_layout, "map"),
        "timeline": partial(by_layout, "timeline"),
    }
    columns = ("mean moved", "with late nodes", "overlaps", "lines in nodes")
    title = (
        f"Displacement by a day that is added, over the new diagonal; {courses} courses of {days} days.\n"
        "Late nodes: every fifth time an older day gets a node more as well. Overlaps and lines: on the last days."
    )
    yield Grid(title, columns, {way: _figures(drawing, courses, days) for way, drawing in ways.items()})
    for size in sizes:
        view = view_of(of_size(size))
        seconds: dict[str, Way] = {
            "plain dot": partial(_plain_svg, renderer, view),
            **{way: partial(draw, view, "svg", WHOLE, renderer, arrangement=way) for way in ("map", "timeline")},
        }
        if size > 300:
            del seconds["plain dot"]
        yield timed(f"Drawing {size} nodes as SVG" + (" (their days)" if size > 300 else ""), seconds, rounds=5)


def view_of(documents: Sequence[Document]) -> View:
    """A view of these documents, put in this order."""
    words = read_vocabulary()
    events = (Event(place, PartKey(one.day, one.part), one) for place, one in enumerate(documents, 1))
    return View(Fold(words).apply_all(events), words)


def by_layout(arrangement: Arrangement, picture: Picture) -> Drawn:
    """A drawing of ours; stand-ins are boxes that lines must pass as well."""
    layout = laid_out(picture, arrangement)
    boxes = {name: ((rect.x, rect.y), (rect.right, rect.bottom)) for name, rect in layout.places.items()}
    curves = [((edge.first, edge.second), edge.curve) for edge in layout.edges]
    return Drawn(boxes, curves, hypot(layout.width, layout.height))


def by_dot(renderer: Renderer, direction: str, picture: Picture) -> Drawn:
    """What `dot` makes of the same boxes and lines, without frames."""
    text = draw_dot(picture).replace("rankdir=LR", f"rankdir={direction}").replace("cluster_", "group_")
    done = subprocess.run([renderer.program, "-Tplain"], input=text.encode(), capture_output=True, check=True)
    width = height = 0.0
    boxes: dict[str, Box] = {}
    curves: list[tuple[tuple[str, str], list[Point]]] = []
    for line in done.stdout.decode().replace("\\\n", "").splitlines():
        match line.split():
            case ["graph", _, across, down, *_]:
                width, height = float(across) * _INCH, float(down) * _INCH
            case ["node", name, *numbers]:
                x, y, w, h = (float(number) * _INCH for number in numbers[:4])
                boxes[name] = (x - w / 2, height - y - h / 2), (x + w / 2, height - y + h / 2)
            case ["edge", tail, head, count, *rest]:
                places = [float(number) * _INCH for number in rest[: 2 * int(count)]]
                points = [(x, height - y) for x, y in zip(places[::2], places[1::2], strict=True)]
                curves.append(((tail, head), points))
    known = {node.name: node.id for node in picture.nodes}
    own = {known[name]: box for name, box in boxes.items() if name in known}
    return Drawn(own, [((known[a], known[b]), points) for (a, b), points in curves], hypot(width, height))


def moved(before: Drawn, after: Drawn) -> float:
    """The mean distance that boxes which stay are moved, over the new drawing's diagonal."""
    stay = [name for name in before.boxes if name in after.boxes]
    distances = [dist(_middle(before.boxes[name]), _middle(after.boxes[name])) for name in stay]
    return fmean(distances) / after.diagonal if distances else 0.0


def overlaps(drawn: Drawn) -> int:
    """How many pairs of boxes lie on one another."""
    boxes = sorted(drawn.boxes.values())
    count = 0
    for place, ((left, top), (right, bottom)) in enumerate(boxes):
        for (other, high), (_, low) in boxes[place + 1 :]:
            if other >= right:
                break
            count += top < low and high < bottom and left < right
    return count


def lines_through_nodes(drawn: Drawn) -> int:
    """How many curves run through a box that is not one of their ends, by two pixels or more."""
    return sum(_runs_through(points, drawn.boxes, ends) for ends, points in drawn.curves)


def _runs_through(points: Sequence[Point], boxes: Mapping[str, Box], ends: tuple[str, str]) -> bool:
    along = points_along(tuple(points), 24) if points else []
    others = (box for name, box in boxes.items() if name not in ends)
    return any(
        left + 2 < x < right - 2 and top + 2 < y < bottom - 2
        for (left, top), (right, bottom) in others
        for x, y in along
    )


def _middle(box: Box) -> Point:
    (left, top), (right, bottom) = box
    return (left + right) / 2, (top + bottom) / 2


def _figures(drawing: Drawing, courses: int, days: int) -> list[str]:
    made = [
        [picture_of(view_of(course(seed, days)[:day]), WHOLE) for day in range(1, days + 1)] for seed in range(courses)
    ]
    drawn = [list(map(drawing, pictures)) for pictures in made]
    added = fmean(moved(one, other) for steps in drawn for one, other in pairwise(steps))
    later = [
        [drawing(picture_of(view_of(known), WHOLE)) for known in with_late_nodes(seed, days)] for seed in range(courses)
    ]
    inserted = fmean(moved(one, other) for steps in later for one, other in pairwise(steps))
    last = [steps[-1] for steps in drawn]
    return [f"{added:.4f}", f"{inserted:.4f}", str(sum(map(overlaps, last))), str(sum(map(lines_through_nodes, last)))]


def _plain_svg(renderer: Renderer, view: View) -> object:
    return renderer.render(draw_dot(picture_of(view, WHOLE)))
