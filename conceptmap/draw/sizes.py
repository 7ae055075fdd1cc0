"""Sizes: how a box's words are broken into lines, and how large its shape has to be for them."""

from dataclasses import dataclass

from conceptmap.draw.labels import breadth, wrapped
from conceptmap.draw.picture import Box
from conceptmap.draw.routing import COLUMN

FONT_SIZE = 14
SMALL_SIZE = 12
LINE_HEIGHT = 1.2
_LEAST = 64.0
_MARGIN = 26.0
_MOST_LINES = 8
_ROUND = frozenset({"ellipse", "oval", "circle", "egg", "diamond", "triangle", "hexagon", "octagon", "parallelogram"})
"""Shapes that cut into their corners so far that words need a third more room."""
_TAKEN = {"cds": (14.0, 12.0), "tab": (0.0, 4.0), "folder": (0.0, 4.0), "box3d": (6.0, 6.0), "cylinder": (0.0, 10.0)}
"""Pixels that shapes take from the words' room, across and down."""


@dataclass(frozen=True, slots=True)
class Size:
    """A box's lines, and its width and height in pixels."""

    lines: tuple[str, ...]
    width: float
    height: float


def size_of(box: Box) -> Size:
    """The size of a box: wide enough for its longest line in the widest of the fonts that people have."""
    share = 1.3 if box.kind.shape in _ROUND else 1.0
    across, down = _TAKEN.get(box.kind.shape, (0.0, 0.0))
    room = COLUMN / share - _MARGIN - across
    lines = [*wrapped(box.label, room, _MOST_LINES, _measure), *([box.detail] if box.detail else [])]
    width = max(_LEAST, (max(map(_measure, lines)) + _MARGIN) * share + across)
    height = (len(lines) * FONT_SIZE * LINE_HEIGHT + 15) * share + down
    return Size(tuple(lines), min(width, COLUMN), height)


def ghost_size(box: Box, where: str) -> Size:
    """The size of a box's stand-in, which says in small letters where the box itself is."""
    lines = wrapped(box.label, COLUMN - 24, 2, measure=_small)
    last = f"{lines[-1]} ({where})"
    lines = [*lines[:-1], last] if _small(last) <= COLUMN - 24 else [*lines, f"({where})"]
    return Size(tuple(lines), max(map(_small, lines)) + 20, len(lines) * SMALL_SIZE * LINE_HEIGHT + 9)


def _measure(text: str) -> float:
    return breadth(text) * FONT_SIZE


def _small(text: str) -> float:
    return breadth(text) * SMALL_SIZE
