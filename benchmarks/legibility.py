"""Legibility: what can be read off a drawing as a number, on the sample course, made-up courses and other notes.

`python -m benchmarks.legibility FOLDER...` measures folders of notes in the same way.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, dist, floor
from pathlib import Path

from benchmarks.course import sample_view
from benchmarks.displacement import Drawn, by_layout, lines_through_nodes, moved, overlaps, view_of
from benchmarks.made_courses import course
from benchmarks.timing import Grid
from conceptmap import open_atlas
from conceptmap.draw import Arrangement, Picture, Selection, draw_svg, find_renderer, picture_of
from conceptmap.draw.layout import Layout, RoutedEdge, laid_out
from conceptmap.draw.line_words import LineName, belong, names_on_lines
from conceptmap.draw.routes import Curve, Point, Rect, points_along
from graphs.view import View

WHOLE, PLACED = Selection(whole=True), Selection()
COLUMNS = (
    "nodes", "lines", "overlaps", "through boxes", "shared px", "heads together", "crossings", "empty %",
    "emptiest quarter %", "names", "names over", "least text px", "moved",
)  # fmt: skip
_STEP = 4.0
"""Pixels from one point of a line to the next."""
_ON_EACH_OTHER = 3.0
"""Lines of 1.4 to 2.8 pixels that are no farther apart than this look like one."""
_ALONG = 0.3
"""The sine of the angle (17 degrees) up to which two lines run along each other and do not cross."""
_HEAD = 7.0
"""An arrow's head is as broad: heads that are closer than this lie on each other."""
_CELL = 16.0
"""Pixels of the squares in which the pieces that are near are looked for."""
_GRAIN = 16.0
"""Pixels of the squares that are counted as empty or not."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A short straight piece of a line."""

    start: Point
    end: Point
    edge: RoutedEdge


class Legibility:
    """The measures of one layout."""

    def __init__(self, picture: Picture, layout: Layout) -> None:
        self._picture = picture
        self._layout = layout

    @cached_property
    def _pieces(self) -> list[_Piece]:
        found = []
        for routed in self._layout.edges:
            found += [_Piece(one, other, routed) for one, other in pairwise(_points(routed.curve)) if one != other]
        return found

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[_Piece]]:
        cells: dict[tuple[int, int], list[_Piece]] = defaultdict(list)
        for piece in self._pieces:
            for cell in {_cell(piece.start), _cell(piece.end)}:
                cells[cell].append(piece)
        return cells

    @cached_property
    def _names(self) -> list[LineName]:
        return names_on_lines(self._layout)

    def shared(self) -> float:
        """How many pixels of lines run on a line that does not belong to them, each counted once."""
        return sum(dist(one.start, one.end) for one in self._pieces if any(self._beside(one)))

    def _beside(self, one: _Piece) -> Iterator[bool]:
        x, y = _middle(one)
        reach = _ON_EACH_OTHER
        for cell in {_cell((x + dx, y + dy)) for dx in (-reach, reach) for dy in (-reach, reach)}:
            for other in self._cells.get(cell, ()):
                if one.edge is other.edge or abs(other.start[0] - x) + abs(other.start[1] - y) > 2 * _STEP + reach:
                    continue
                if _apart((x, y), other) < reach and _sine(one, other) < _ALONG and not belong(one.edge, other.edge):
                    yield True

    def crossings(self) -> int:
        """How many pairs of lines that do not belong together cross, each pair as often as it does."""
        found: set[tuple[str, str, int, int]] = set()
        for pieces in self._cells.values():
            for place, one in enumerate(pieces):
                for other in pieces[place + 1 :]:
                    if one.edge is other.edge or not _cross(one, other):
                        continue
                    if belong(one.edge, other.edge) or _sine(one, other) < _ALONG:
                        continue
                    first, second = sorted((one.edge.edge.name, other.edge.edge.name))
                    x, y = _middle(one)
                    found.add((first, second, round(x / 20), round(y / 20)))
        return len(found)

    def heads_together(self) -> int:
        """How many pairs of ends of lines that do not belong together lie on each other at a node."""
        ends: dict[str, list[tuple[Point, RoutedEdge]]] = defaultdict(list)
        for routed in self._layout.edges:
            if routed.curve:
                ends[routed.first].append((routed.curve[0], routed))
                ends[routed.second].append((routed.curve[-1], routed))
        count = 0
        for at_node in ends.values():
            for place, (point, routed) in enumerate(at_node):
                rest = at_node[place + 1 :]
                count += sum(dist(point, end) < _HEAD and not belong(routed, other) for end, other in rest)
        return count

    def empty(self) -> tuple[float, float]:
        """The shares of the page, and of its emptiest quarter, that are in no frame and in no box."""
        layout = self._layout
        rects = [*layout.frames.values(), *layout.places.values()]
        across, down = max(2, round(layout.width / _GRAIN)), max(2, round(layout.height / _GRAIN))
        taken = [[False] * across for _ in range(down)]
        for rect in rects:
            for row in range(max(0, floor(rect.y / _GRAIN)), min(down, floor(rect.bottom / _GRAIN) + 1)):
                for column in range(max(0, floor(rect.x / _GRAIN)), min(across, floor(rect.right / _GRAIN) + 1)):
                    taken[row][column] = True
        halves = ((slice(0, across // 2), slice(across // 2, None)), (slice(0, down // 2), slice(down // 2, None)))
        quarters = [[row[left] for row in taken[top]] for left in halves[0] for top in halves[1]]
        return _emptiness(taken), max(map(_emptiness, quarters))

    def names(self) -> tuple[int, int]:
        """How many lines are of a bundle that has a name, and how many there are."""
        named = {edge for name in self._names for edge in name.edges}
        edges = [one for one in self._layout.edges if one.edge.relation and one.curve]
        spoken = [one for one in edges if one.edge.name in named]
        return sum(any(belong(one, other) for other in spoken) for one in edges), len(edges)

    def names_over(self) -> int:
        """How many names lie on a box, on another name, or on a line that they do not name."""
        known = {one.edge.name: one for one in self._layout.edges}
        found = [(known[name.edges[0]], name.rect) for name in self._names]
        count = 0
        for place, (routed, rect) in enumerate(found):
            over = any(rect.overlaps(box) for box in self._layout.places.values())
            over = over or any(rect.overlaps(other) for _, other in found[:place])
            (left, top), (right, bottom) = _cell((rect.x, rect.y)), _cell((rect.right, rect.bottom))
            cells = ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
            lines = (piece for cell in cells for piece in self._cells.get(cell, ()))
            over = over or any(_holds(rect, _middle(one)) and not belong(one.edge, routed) for one in lines)
            count += over
        return count

    def least_text(self, arrangement: Arrangement) -> float:
        """The size of the smallest text of the drawing, in pixels."""
        svg = draw_svg(self._picture, find_renderer(), arrangement=arrangement)
        return min(map(float, re.findall(r'font-size="([\d.]+)', svg)))


def measured(picture: Picture, arrangement: Arrangement, earlier: Sequence[Picture] = ()) -> list[str]:
    """A row of the table; `earlier` are the pictures of the days before."""
    layout = laid_out(picture, arrangement)
    drawn, found = by_layout(arrangement, picture), Legibility(picture, layout)
    empty, emptiest = found.empty()
    named, lines = found.names()
    return [
        str(len(picture.nodes)),
        str(len(picture.edges)),
        str(overlaps(drawn)),
        str(lines_through_nodes(drawn)),
        f"{found.shared():.0f}",
        str(found.heads_together()),
        str(found.crossings()),
        f"{100 * empty:.0f}",
        f"{100 * emptiest:.0f}",
        f"{named}/{lines}",
        str(found.names_over()),
        f"{found.least_text(arrangement):g}",
        f"{_most_moved([*(by_layout(arrangement, one) for one in earlier), drawn]):.4f}",
    ]


def run(made: int = 2, days: int = 20) -> Iterator[Grid]:
    """One table: the sample course, as of Day 26, as it is drawn and whole, and made-up courses."""
    sample = sample_view()
    rows = {"sample, day 26": measured(picture_of(sample.up_to(26), PLACED), "map")}
    rows |= dict(rows_of("sample", sample))
    for seed in range(made):
        documents = course(seed, days)
        pictures = [picture_of(view_of(documents[:day]), WHOLE) for day in range(1, days + 1)]
        rows[f"made up {seed}"] = measured(pictures[-1], "map", pictures[:-1])
    yield table(rows)


def rows_of(name: str, view: View) -> Iterator[tuple[str, list[str]]]:
    """The rows of a map: as it is drawn, as a timeline, and all of it, each with what its days move."""
    for way, selection, arrangement in _WAYS:
        days = [picture_of(view.up_to(day), selection) for day in view.days()[:-1]]
        picture = picture_of(view, selection)
        if picture.nodes:
            yield f"{name}, {way}", measured(picture, arrangement, days)


def table(rows: dict[str, list[str]]) -> Grid:
    """The table of these rows."""
    title = (
        "Legibility. Shared: pixels of lines on a line that does not belong to them; heads together: pairs of ends of\n"
        "such lines that lie on each other; names: lines whose bundle is named; moved: of the diagonal, by a day."
    )
    return Grid(title, COLUMNS, rows)


def view_of_folder(folder: Path) -> View:
    """The map of a folder of notes."""
    with open_atlas("sqlite://") as atlas:
        found = atlas["notes"]
        found.load(folder, strict=False)
        return found.view()


def _most_moved(drawn: Sequence[Drawn]) -> float:
    return max((moved(one, other) for one, other in pairwise(drawn)), default=0.0)


_WAYS: tuple[tuple[str, Selection, Arrangement], ...] = (
    ("map", PLACED, "map"),
    ("timeline", PLACED, "timeline"),
    ("all", WHOLE, "map"),
)


def _points(curve: Curve) -> list[Point]:
    """Points all along a curve, a step from each other."""
    found = list(curve[:1])
    for first in range(0, len(curve) - 3, 3):
        piece = curve[first : first + 4]
        found += points_along(piece, max(2, ceil(dist(piece[0], piece[3]) / _STEP)))[1:]
    return found


def _cell(point: Point) -> tuple[int, int]:
    return floor(point[0] / _CELL), floor(point[1] / _CELL)


def _middle(piece: _Piece) -> Point:
    return (piece.start[0] + piece.end[0]) / 2, (piece.start[1] + piece.end[1]) / 2


def _apart(point: Point, piece: _Piece) -> float:
    """How far a point is from a piece."""
    (x, y), (ax, ay), (bx, by) = point, piece.start, piece.end
    along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / max(1e-9, dist(piece.start, piece.end) ** 2)
    share = min(max(along, 0.0), 1.0)
    return dist(point, (ax + share * (bx - ax), ay + share * (by - ay)))


def _sine(one: _Piece, other: _Piece) -> float:
    """The sine of the angle between two pieces."""
    ax, ay = one.end[0] - one.start[0], one.end[1] - one.start[1]
    bx, by = other.end[0] - other.start[0], other.end[1] - other.start[1]
    return abs(ax * by - ay * bx) / max(1e-9, dist(one.start, one.end) * dist(other.start, other.end))


def _cross(one: _Piece, other: _Piece) -> bool:
    if abs(one.start[0] - other.start[0]) > 3 * _STEP or abs(one.start[1] - other.start[1]) > 3 * _STEP:
        return False
    return _sides(one, other) and _sides(other, one)


def _sides(one: _Piece, other: _Piece) -> bool:
    """Whether the ends of one piece lie on two sides of the other."""
    (ax, ay), (bx, by) = other.start, other.end
    sides = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in (one.start, one.end)]
    return (sides[0] < 0) != (sides[1] < 0)


def _emptiness(rows: Sequence[Sequence[bool]]) -> float:
    squares = [one for row in rows for one in row]
    return 1 - sum(squares) / max(1, len(squares))


def _holds(rect: Rect, point: Point) -> bool:
    return rect.x < point[0] < rect.right and rect.y < point[1] < rect.bottom


def main(folders: Iterable[str]) -> None:
    """Print the tables, of the folders that are named, else the usual ones."""
    rows = {key: row for one in folders for key, row in rows_of(Path(one).name, view_of_folder(Path(one)))}
    for grid in [table(rows)] if rows else run():
        print(grid)


if __name__ == "__main__":
    main(sys.argv[1:])
