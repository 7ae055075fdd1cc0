"""The layout: where the nodes, frames and edges of a picture go, in two arrangements that stay put.

A node's place depends on its own group and on older ones, never on what comes later: groups are laid out one by one,
in order, each by what was known of it by its own day. So a day that is added moves nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Literal

from conceptmap.draw.labels import breadth, safe_name, wrapped
from conceptmap.draw.layers import Block, blocks, packed
from conceptmap.draw.picture import DrawnEdge, DrawnNode, Picture
from conceptmap.draw.routes import COLUMN, GUTTER, Curve, Rect, Router, left_of
from ontology.terms import HUBS

Arrangement = Literal["map", "timeline"]
"""Where the frames of a picture stand: beside and below each other, or as bands from the top down."""

ROW = 11
"""Pixels of a row; a node takes an even number of rows, so that nodes of any size can stand level."""
REACH = 2
"""An edge that goes back over more groups than this ends at a proxy of its older end."""
BAND = 5
"""Columns of a timeline, and the most of a frame of a map: about as wide as a large screen at 100 %."""
_APART = 12
"""Pixels that are free between two nodes of a column, at least: an edge passes there with room on both sides."""
_TITLE_ROWS = 4
"""Rows that the title of a frame takes: two lines of words and their space."""
_SHAPE = 1.5
"""A frame is so much wider than high, as screens are, if its nodes can be put so."""
_MARGIN = 18
"""Pixels between the sides of a frame and the columns in it; edges beside the last column bulge into them."""
FONT_SIZE = 14
"""Pixels; at 100 % read with ease."""
SMALL_SIZE = 12
"""The least size of words that is easily read at 100 %; proxies have it."""
LINE_HEIGHT = 1.2
"""Times the font size, as Graphviz sets lines."""
_LEAST_WIDTH = 64.0
"""A node of a single letter is still seen and hit."""
_AROUND_WORDS = 26.0
"""Pixels that are free beside the words of a node, on both sides together."""
_MOST_LINES = 8
"""What is longer than so many lines ends in an ellipsis; its title has it all."""
_ROUND = frozenset({"ellipse", "oval", "circle", "egg", "diamond", "triangle", "hexagon", "octagon", "parallelogram"})
"""Shapes that cut into their corners so far that words need a third more room."""
_TAKEN = {"cds": (14.0, 12.0), "tab": (0.0, 4.0), "folder": (0.0, 4.0), "box3d": (6.0, 6.0), "cylinder": (0.0, 10.0)}
"""Pixels that shapes take from the words' room, across and down."""
CELL_WIDTH, CELL_ACROSS, CELL_DOWN = 172.8, 237.6, 108.0
"""Of an overview, in pixels: how wide its nodes are, and how far it is from one to the next, across and down."""
CELL_COLUMNS = 22
"""Columns of Latin text that go into a node of an overview."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """The stand-in of a node, in a group far from its own."""

    of: str
    group: int

    @property
    def key(self) -> str:
        """Its name among places; no id of a node has a space in it."""
        return f"{self.group} {self.of}"

    @property
    def name(self) -> str:
        """Its id in DOT and SVG."""
        return f"g_{self.group}_{safe_name(self.of)}"


@dataclass(frozen=True, slots=True)
class RoutedEdge:
    """An edge as it is drawn: between which nodes or proxies, from what is read first to the other, and how.

    Without a curve, Graphviz finds its way.
    """

    edge: DrawnEdge
    first: str
    second: str
    curve: Curve


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in pixels, and the lines of words on them, by ids of nodes and keys of proxies; frames by group."""

    places: Mapping[str, Rect]
    words: Mapping[str, tuple[str, ...]]
    frames: Mapping[int, Rect]
    proxies: Mapping[str, Proxy]
    edges: tuple[RoutedEdge, ...]

    @property
    def is_routed(self) -> bool:
        """Whether it gives the edges, if there are any, their curves."""
        return all(edge.curve for edge in self.edges)

    @property
    def width(self) -> float:
        """How far it reaches to the right, in pixels; it begins at 0."""
        rects = [*self.frames.values(), *self.places.values()]
        return max([0.0, *(rect.right for rect in rects), *(x for edge in self.edges for x, _ in edge.curve)])

    @property
    def height(self) -> float:
        """How far it reaches down, in pixels; it begins at 0."""
        rects = [*self.frames.values(), *self.places.values()]
        return max([0.0, *(rect.bottom for rect in rects), *(y for edge in self.edges for _, y in edge.curve)])


def laid_out(picture: Picture, arrangement: Arrangement) -> Layout:
    """The layout of a picture.

    As a map, groups stand beside and below each other, later ones never left of earlier ones; the further right, the
    deeper the page. As a timeline, each group is a band as wide as the page, later ones below. Where the picture gives
    its nodes their cells, that is where they go.
    """
    if any(node.cell for node in picture.nodes):
        return _in_cells(picture)
    return _Arranging(picture).layout(arrangement)


def _in_cells(picture: Picture) -> Layout:
    words = {node.id: (*wrapped(node.label, CELL_COLUMNS, 4), *filter(None, [node.detail])) for node in picture.nodes}
    heights = {name: len(lines) * FONT_SIZE * LINE_HEIGHT + 18 for name, lines in words.items()}
    tallest = max(heights.values())
    places = {}
    for node in picture.nodes:
        (column, row), height = node.cell or (0, 0), heights[node.id]
        places[node.id] = Rect(column * CELL_ACROSS, row * CELL_DOWN + (tallest - height) / 2, CELL_WIDTH, height)
    edges = tuple(RoutedEdge(edge, edge.first, edge.second, ()) for edge in picture.edges)
    return Layout(places, words, {}, {}, edges)


class _Arranging:
    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._nodes = {node.id: node for node in picture.nodes}
        self._group = {node.id: -1 if node.group is None else node.group for node in picture.nodes}
        self._order = {group: place for place, group in enumerate(sorted(set(self._group.values())))}
        self._proxies: dict[str, Proxy] = {}
        self._ends = [self._ends_of(edge) for edge in picture.edges]
        self._sizes: dict[str, Size] = {node.id: size_of(node) for node in picture.nodes}
        for name, proxy in self._proxies.items():
            self._sizes[name] = proxy_size(self._nodes[proxy.of])
        self._heights = {name: 2 * ceil((size.height + _APART) / (2 * ROW)) for name, size in self._sizes.items()}

    def layout(self, arrangement: Arrangement) -> Layout:
        places: dict[str, Rect] = {}
        frames: dict[int, Rect] = {}
        spots = self._timeline() if arrangement == "timeline" else self._map()
        for group, (block, column, row) in spots.items():
            title = _TITLE_ROWS if group in self._picture.days else 0
            places |= {name: self._rect(name, column + x, row + title + y) for name, (x, y) in block.places.items()}
            if title:
                columns = BAND if arrangement == "timeline" else block.columns
                frames[group] = _frame(column, row, columns, title + block.rows)
        signs = [edge.relation.name if edge.relation else "" for edge in self._picture.edges]
        curves = Router(places).routes(self._ends, signs)
        edges = tuple(map(RoutedEdge, self._picture.edges, *zip(*self._ends, strict=True), curves)) if curves else ()
        words = {name: size.lines for name, size in self._sizes.items()}
        return Layout(places, words, frames, self._proxies, edges)

    def _ends_of(self, edge: DrawnEdge) -> tuple[str, str]:
        """The nodes that an edge joins, as it is read; its older end is a proxy where it is far away."""
        first, second = edge.first, edge.second
        far = abs(self._order[self._group[first]] - self._order[self._group[second]]) > REACH
        if not far or not self._was_known(edge):
            return first, second
        old, new = sorted((first, second), key=lambda end: self._group[end])
        proxy = Proxy(old, self._group[new])
        self._proxies[proxy.key] = proxy
        return (proxy.key, second) if old == first else (first, proxy.key)

    def _was_known(self, edge: DrawnEdge) -> bool:
        """Whether an edge came up no later than its newer end, so that it may have a say in where that stands."""
        return edge.day <= max(self._nodes[end].day or 0 for end in (edge.first, edge.second))

    def _timeline(self) -> dict[int, tuple[Block, int, int]]:
        spots: dict[int, tuple[Block, int, int]] = {}
        row = 0
        for group in self._order:
            block = packed(self._parts(group, BAND), BAND)
            spots[group] = block, 0, row
            row += self._rows(group, block)
        return spots

    def _map(self) -> dict[int, tuple[Block, int, int]]:
        """Groups below each other as far as the page goes down, then further right, as in a newspaper."""
        spots: dict[int, tuple[Block, int, int]] = {}
        column, wide, row = 0, 0, 0
        for group in self._order:
            parts = self._parts(group, BAND)
            block = packed(parts, max(wide, _columns_for(parts)))
            if row and row + self._rows(group, block) > _depth(column):
                column, wide, row = column + wide, 0, 0
                block = packed(parts, _columns_for(parts))
            spots[group] = block, column, row
            wide, row = max(wide, block.columns), row + self._rows(group, block)
        return spots

    def _rows(self, group: int, block: Block) -> int:
        """How many rows a group takes, with its frame and what keeps it from the next."""
        return block.rows + (_TITLE_ROWS + 2 if group in self._picture.days else 0)

    def _parts(self, group: int, most_columns: int) -> list[Block]:
        found = zip(self._picture.edges, self._ends, strict=True)
        ends = [pair for edge, pair in found if self._was_known(edge) and (not edge.loose or self._has_proxy(pair))]
        inside = {name for name, own in self._group.items() if own == group}
        inside |= {name for name, proxy in self._proxies.items() if proxy.group == group}
        pairs = [(a, b) for a, b in ends if a in inside and b in inside]
        before: dict[str, list[str]] = {}
        for a, b in pairs:
            for one, other in ((a, b), (b, a)):
                if one in self._proxies:
                    before.setdefault(other, []).append(one)
        names: dict[str, int] = {}
        for node in self._picture.nodes:
            if self._group[node.id] == group:
                names |= {name: self._heights[name] for name in (*before.get(node.id, ()), node.id)}
        return blocks(names, [pair for pair in pairs if not self._is_loose(pair)], most_columns)

    def _is_loose(self, pair: tuple[str, str]) -> bool:
        """Whether two nodes need not stand together: a day, unit or source is joined to what has little in common."""
        hubs = any(self._nodes[end].kind.name in HUBS for end in pair if end in self._nodes)
        return hubs and not self._has_proxy(pair)

    def _has_proxy(self, pair: tuple[str, str]) -> bool:
        return any(end in self._proxies for end in pair)

    def _rect(self, name: str, column: int, row: int) -> Rect:
        """The node in the middle of its column and of its rows."""
        size = self._sizes[name]
        room = self._heights[name] * ROW - size.height
        return Rect(left_of(column) + (COLUMN - size.width) / 2, row * ROW + room / 2, size.width, size.height)


def _columns_for(parts: Iterable[Block]) -> int:
    """How many columns make a group about one and a half times as wide as high."""
    found = list(parts)
    area = sum(part.columns * part.rows for part in found) * ROW * (COLUMN + GUTTER)
    wide = ceil(sqrt(area * _SHAPE) / (COLUMN + GUTTER) - 0.5)
    together = sum(part.columns for part in found)
    return max([min(wide, BAND, together), *(part.columns for part in found)])


def _depth(column: int) -> int:
    """How many rows the page is deep at a column: it grows with its width, so that it is never a mere strip."""
    return min(34 + 20 * column, 260)


def _frame(column: int, row: int, columns: int, rows: int) -> Rect:
    left, right = left_of(column) - _MARGIN, left_of(column + columns) - GUTTER + _MARGIN
    return Rect(left, row * ROW + 2, right - left, rows * ROW + 8)


@dataclass(frozen=True, slots=True)
class Size:
    """A node's lines, and its width and height in pixels."""

    lines: tuple[str, ...]
    width: float
    height: float


def size_of(node: DrawnNode) -> Size:
    """The size of a node: wide enough for its longest line in the widest of the fonts that people have."""
    share = 1.3 if node.kind.shape in _ROUND else 1.0
    across, down = _TAKEN.get(node.kind.shape, (0.0, 0.0))
    room = COLUMN / share - _AROUND_WORDS - across
    lines = [*wrapped(node.label, room, _MOST_LINES, _measure), *([node.detail] if node.detail else [])]
    width = max(_LEAST_WIDTH, (max(map(_measure, lines)) + _AROUND_WORDS) * share + across)
    height = (len(lines) * FONT_SIZE * LINE_HEIGHT + 15) * share + down
    return Size(tuple(lines), min(width, COLUMN), height)


def proxy_size(node: DrawnNode) -> Size:
    """The size of a node's proxy, which says in small letters where the node itself is."""
    where = f"day {node.day}" if node.day is not None else "above"
    lines = wrapped(node.label, COLUMN - 24, 2, measure=_small)
    last = f"{lines[-1]} ({where})"
    lines = [*lines[:-1], last] if _small(last) <= COLUMN - 24 else [*lines, f"({where})"]
    return Size(tuple(lines), max(map(_small, lines)) + 20, len(lines) * SMALL_SIZE * LINE_HEIGHT + 9)


def _measure(text: str) -> float:
    return breadth(text) * FONT_SIZE


def _small(text: str) -> float:
    return breadth(text) * SMALL_SIZE
