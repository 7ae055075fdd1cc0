"""Where nodes go in formats that say where: as on the drawing of the whole map, with a frame for each day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphs.view import View

if TYPE_CHECKING:
    from conceptmap.draw.routes import Rect

MOST_DRAWN: Final = 1500
"""Nodes that are arranged as they are drawn, in two seconds; more stand in rows, day by day."""

_ROW: Final = 20
"""Nodes in a row of a large map."""
_ACROSS, _DOWN, _MARGIN, _TITLE = 260, 90, 24, 56


@dataclass(frozen=True, slots=True)
class Box:
    """A place in whole pixels, from the upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Where it ends on the right."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Where it ends below."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[int, int]:
        """Its middle, across and down."""
        return self.x + self.width // 2, self.y + self.height // 2

    def holds(self, other: "Box") -> bool:
        """Whether another lies in it, edge on edge at most."""
        return self.x <= other.x and self.y <= other.y and self.right >= other.right and self.bottom >= other.bottom


@dataclass(frozen=True, slots=True)
class Places:
    """The places of all nodes, and of the frame of each day, with its title."""

    nodes: Mapping[str, Box]
    frames: Mapping[int, tuple[str, Box]]


def places_of(view: View, scale: float = 1.0) -> Places:
    """Where the nodes of a view are drawn when all of it is, so many times as large."""
    from conceptmap.draw.layout import laid_out
    from conceptmap.draw.picture import group_titles
    from conceptmap.draw.scope import picture_of
    from conceptmap.draw.selection import Selection

    if len(view.node_ids()) > MOST_DRAWN:
        days = {day for one in view.node_ids() if (day := view.introduced_on(one)) is not None}
        return _in_rows(view, group_titles(view, days), scale)
    picture = picture_of(view, Selection(whole=True), readable=False)
    layout = laid_out(picture, "map")
    nodes = {node.id: _scaled(layout.places[node.id], scale) for node in picture.nodes}
    frames = {day: (picture.days[day], _scaled(rect, scale)) for day, rect in layout.frames.items()}
    return Places(nodes, frames)


def _scaled(rect: "Rect", scale: float) -> Box:
    return _box(rect.x, rect.y, rect.width, rect.height, scale)


def _box(x: float, y: float, width: float, height: float, scale: float) -> Box:
    return Box(round(x * scale), round(y * scale), round(width * scale), round(height * scale))


def _in_rows(view: View, titles: Mapping[int, str], scale: float) -> Places:
    """The nodes of each day in rows, in a frame below that of the day before."""
    of_day: dict[int | None, list[str]] = {}
    for one in view.node_ids():
        of_day.setdefault(view.introduced_on(one), []).append(one)
    nodes: dict[str, Box] = {}
    frames: dict[int, tuple[str, Box]] = {}
    top = 0
    for day in sorted(of_day, key=lambda day: -1 if day is None else day):
        for number, place in enumerate(_cells(len(of_day[day]))):
            x, y = place
            nodes[of_day[day][number]] = _box(x, top + y, _ACROSS - 40, _DOWN - 30, scale)
        height = _TITLE + _DOWN * -(-len(of_day[day]) // _ROW)
        if day is not None:
            width = min(_ROW, len(of_day[day])) * _ACROSS + _MARGIN
            frames[day] = (titles[day], _box(0, top, width, height, scale))
        top += height + 2 * _MARGIN
    return Places(nodes, frames)


def _cells(count: int) -> Iterator[tuple[int, int]]:
    return ((_MARGIN + number % _ROW * _ACROSS, _TITLE + number // _ROW * _DOWN) for number in range(count))
