"""Positions of all nodes of a large map: a disc for each day, in reading order, the most joined nodes at its centre."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import TypedDict

from api.web.cards import since
from conceptmap.draw import group_titles
from conceptmap.values import View

FEWEST = 300
"""More nodes than this are shown as dots where all are asked for: names that can be read do not fit on a screen."""
SPACING, GAP, HEAD = 11.0, 40.0, 34.0
"""Pixels at 100 %: between dots (which are 7 wide), between discs, and above a disc for its title, two lines high."""
_TURN = pi * (3 - sqrt(5))
"""The golden angle: turned by it, no dot comes to stand behind another."""
_ASPECT = 1.5
"""The whole is so much wider than high, as the part of a screen is that shows it."""


@dataclass(frozen=True, slots=True)
class Disc:
    """The dots of a day: their centre and how far they reach."""

    day: int
    x: float
    y: float
    radius: float


class Layout(TypedDict):
    """All nodes with their places, as `dots.js` reads them; lists of one length say one thing of each node.

    `days`: of each disc the day, its title, the centre (x, y) and the radius, in pixels. `kind` is an index in `kinds`.
    `at` is x and y of each node in turn, `edges` the numbers of both ends of each edge in turn.
    """

    days: list[tuple[int, str, int, int, int]]
    kinds: list[str]
    ids: list[str]
    labels: list[str]
    kind: list[int]
    since: list[int]
    at: list[int]
    edges: list[int]


def positions(view: View) -> Layout:
    """The places of all nodes, the edges between them, and the days.

    A pure function of what the map says, in time that grows as the map does: nothing is simulated.
    """
    nodes = list(view.nodes())
    sinces = {node.id: since(view, node.id) for node in nodes}
    keys = {(edge.source, edge.target) for edge in view.edge_keys()}
    joined = Counter(end for ends in keys for end in ends)
    nodes.sort(key=lambda node: (sinces[node.id], -joined[node.id], node.id))
    numbers = {node.id: number for number, node in enumerate(nodes)}
    sizes = Counter(sinces.values())
    discs = _discs(sizes)
    titles = group_titles(view, [disc.day for disc in discs])
    kinds = list(dict.fromkeys(node.kind for node in nodes))
    places = [place for disc in discs for place in _places(disc, sizes[disc.day])]
    return {
        "days": [(disc.day, titles[disc.day], round(disc.x), round(disc.y), round(disc.radius)) for disc in discs],
        "kinds": kinds,
        "ids": [node.id for node in nodes],
        "labels": [node.label for node in nodes],
        "kind": [kinds.index(node.kind) for node in nodes],
        "since": [sinces[node.id] for node in nodes],
        "at": [round(one) for place in places for one in place],
        "edges": [numbers[end] for ends in sorted(keys) for end in ends],
    }


def _discs(sizes: Counter[int]) -> list[Disc]:
    """The discs in rows, as words stand in lines."""
    radii = {day: SPACING * sqrt(size) + SPACING for day, size in sorted(sizes.items())}
    widest = max((2 * radius for radius in radii.values()), default=0.0)
    area = sum((2 * radius + GAP) * (2 * radius + GAP + HEAD) for radius in radii.values())
    discs: list[Disc] = []
    top = 0.0
    for row in _rows(radii, max(widest, sqrt(area * _ASPECT))):
        tallest = max(radii[day] for day in row)
        left = 0.0
        for day in row:
            discs.append(Disc(day, left + radii[day], top + HEAD + tallest, radii[day]))
            left += 2 * radii[day] + GAP
        top += HEAD + 2 * tallest + GAP
    return discs


def _rows(radii: dict[int, float], width: float) -> Iterable[Sequence[int]]:
    row: list[int] = []
    left = 0.0
    for day, radius in radii.items():
        if row and left + 2 * radius > width:
            yield row
            row, left = [], 0.0
        row.append(day)
        left += 2 * radius + GAP
    if row:
        yield row


def _places(disc: Disc, count: int) -> Iterable[tuple[float, float]]:
    """Places from the centre outwards, as seeds sit in a sunflower: evenly, however many there are."""
    for number in range(count):
        away = SPACING * sqrt(number + 0.5)
        yield disc.x + away * cos(number * _TURN), disc.y + away * sin(number * _TURN)
