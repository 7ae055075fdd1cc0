"""The layout: where the nodes, frames and edges of a picture go, in two arrangements that stay put.

A node's place depends on its own group and on older ones, never on what comes later: groups are laid out one by one,
in order, each by what was known of it by its own day. So a day that is added moves nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Literal

from conceptmap.draw.labels import breadth, safe_name, wrapped
from conceptmap.draw.layers import Block, blocks
from conceptmap.draw.pages import PRICES, ROW, WIDTHS, Bands, Filled, Page, Sheet, Spot, packings
from conceptmap.draw.picture import DrawnEdge, DrawnNode, Picture
from conceptmap.draw.routes import COLUMN, GUTTER, PORT, PORT_MARGIN, Curve, Rect, Router, left_of
from ontology.terms import HUBS

Arrangement = Literal["map", "timeline"]
"""Where the frames of a picture stand: beside and below each other, or as bands from the top down."""

REACH = 2
"""An edge that goes back over more groups than this ends at a proxy of its older end."""
LONG = 1000.0
"""An edge that is longer, in pixels, ends at a proxy too: on a laptop's screen its ends are not seen together."""
_CUTS = 3
"""So often a group is laid out anew with proxies for what is too long; then nearly nothing is."""
_APART = 12
"""Pixels that are free between two nodes of a column, at least: an edge passes there with room on both sides."""
_TITLE_ROWS = 4
"""Rows that the title of a frame takes: two lines of words and their space."""
_BETWEEN = 2
"""Rows from one frame to the next."""
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
_FEW_LINES = 4
"""Where boxes stand for others as well, and are many, they are no longer than this."""
_ROUND = frozenset(
    {
        "ellipse",
        "oval",
        "circle",
        "egg",
        "diamond",
        "triangle",
        "hexagon",
        "octagon",
        "parallelogram",
        "trapezium",
        "invtrapezium",
    }
)
"""Shapes that cut into their corners so far that words need a third more room."""
_TAKEN = {"cds": (14.0, 12.0), "tab": (0.0, 4.0), "folder": (0.0, 4.0), "box3d": (6.0, 6.0), "cylinder": (0.0, 10.0)}
"""Pixels that shapes take from the words' room, across and down."""
_CAP = 2 / 11
"""Of a cylinder's height, what Graphviz gives its cap; its words stand in the middle of the rest."""
_ABOVE_LETTERS = 4.0
"""Pixels of a line that are free above its letters, and so may touch the cap."""
_AROUND_CAP = 8.0
"""Pixels that are free below the cap and below the words of a cylinder, together."""
CELL_WIDTH, CELL_ACROSS, CELL_DOWN = 172.8, 237.6, 108.0
"""Of an overview, in pixels: how wide its nodes are, and how far it is from one to the next, across and down."""
CELL_COLUMNS = 22
"""Columns of Latin text that go into a node of an overview."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """The stand-in of a node, in a group far from its own, or far from it in its own, `beside` another node."""

    of: str
    group: int
    beside: str = ""

    @property
    def key(self) -> str:
        """Its name among places; no id of a node has a space in it."""
        return f"{self.group} {self.of} {self.beside}".rstrip()

    @property
    def name(self) -> str:
        """Its id in DOT and SVG."""
        return f"g_{self.group}_{safe_name(self.of)}" + (f".{safe_name(self.beside)}" if self.beside else "")


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


def lowered_words(picture: Picture, layout: Layout) -> dict[str, float]:
    """How far the words of nodes and proxies stand below the middle, in pixels, by their names: below a cap."""
    capped = {node.id: node for node in picture.nodes if node.kind.shape == "cylinder"}
    found = {node.name: layout.places[one] for one, node in capped.items()}
    found |= {proxy.name: layout.places[key] for key, proxy in layout.proxies.items() if proxy.of in capped}
    return {name: rect.height * _CAP / 2 - _ABOVE_LETTERS / 2 for name, rect in found.items()}


def laid_out(picture: Picture, arrangement: Arrangement) -> Layout:
    """The layout of a picture.

    As a map, groups stand beside and below each other, each right of or below where earlier ones begin. As a timeline,
    each group is a band as wide as the widest, later ones below. Where the picture gives its nodes their cells, that is
    where they go.
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
    """Lays out the groups of a picture one by one; each may end lines that lead far back at proxies of its own."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._nodes = {node.id: node for node in picture.nodes}
        self._group = {node.id: -1 if node.group is None else node.group for node in picture.nodes}
        self._order = {group: place for place, group in enumerate(sorted(set(self._group.values())))}
        self._proxies: dict[str, Proxy] = {}
        self._ends = [(edge.first, edge.second) for edge in picture.edges]
        self._edges_of: dict[int, list[int]] = {group: [] for group in self._order}
        for number, edge in enumerate(picture.edges):
            self._edges_of[max(self._group[edge.first], self._group[edge.second])].append(number)
        ports = self._ports()
        most = _MOST_LINES if picture.settled else _FEW_LINES
        self._sizes: dict[str, Size] = {node.id: size_of(node, ports[node.id], most) for node in picture.nodes}
        self._heights = {name: _rows_of(size) for name, size in self._sizes.items()}
        self._places: dict[str, Rect] = {}

    def layout(self, arrangement: Arrangement) -> Layout:
        if arrangement == "timeline":
            return self._finished(self._spots(Bands()), arrangement)
        spots = self._spots(Sheet())
        return self._finished(spots if self._picture.settled else self._spots(self._fullest()), arrangement)

    def _fullest(self) -> Page:
        """The page that the groups fill best, with the proxies that there are."""
        choices = {group: list(packings(partial(self._parts, group))) for group in self._order}
        pages = [Filled(columns, *prices) for columns in WIDTHS for prices in PRICES]
        for page in pages:
            for group, found in choices.items():
                page.take(page.best(found, self._extra(group)))
        return min(pages, key=Filled.cost).empty()

    def _extra(self, group: int) -> int:
        """The rows that the frame of a group takes."""
        return _TITLE_ROWS + _BETWEEN if group in self._picture.days else 0

    def _spots(self, page: Page) -> dict[int, Spot]:
        """Where the groups go on a page; their nodes get their places, and what is too long its proxies."""
        spots: dict[int, Spot] = {}
        for group in self._order:
            self._end_at_proxies(number for number in self._edges_of[group] if self._is_far_back(number))
            spot = self._spot(group, page)
            for _ in range(_CUTS):
                if not self._end_at_proxies(number for number in self._edges_of[group] if self._is_long(number)):
                    break
                spot = self._spot(group, page)
            page.take(spot)
            spots[group] = spot
        return spots

    def _finished(self, spots: Mapping[int, Spot], arrangement: Arrangement) -> Layout:
        """The layout of groups that have their places."""
        widest = max((spot.block.columns for spot in spots.values()), default=0) if arrangement == "timeline" else 0
        frames = {
            group: _frame(spot, max(widest, spot.block.columns))
            for group, spot in spots.items()
            if group in self._picture.days
        }
        curves = Router(self._places).routes(self._ends, list(map(_sign, self._picture.edges)))
        edges = tuple(map(RoutedEdge, self._picture.edges, *zip(*self._ends, strict=True), curves)) if curves else ()
        words = {name: size.lines for name, size in self._sizes.items()}
        return Layout(self._places, words, frames, self._proxies, edges)

    def _spot(self, group: int, page: Page) -> Spot:
        """Where a group goes on the page; its nodes get their places."""
        title = _TITLE_ROWS if group in self._picture.days else 0
        spot = page.spot(partial(self._parts, group), self._extra(group))
        column, row = spot.column, spot.row + title
        self._places |= {name: self._rect(name, column + x, row + y) for name, (x, y) in spot.block.places.items()}
        return spot

    def _ports(self) -> dict[str, int]:
        """How many places each node needs on one side for the edges known on its own day; the focus for all."""
        signs: dict[str, set[tuple[str, int]]] = {name: set() for name in self._nodes}
        for edge in self._picture.edges:
            newest = max(self._group[edge.first], self._group[edge.second])
            for end, name in enumerate((edge.first, edge.second)):
                if self._nodes[name].focus or (self._group[name] == newest and self._was_known(edge)):
                    signs[name].add((_sign(edge), end))
        return {
            name: len(found) if self._nodes[name].focus else max(Counter(end for _, end in found).values(), default=0)
            for name, found in signs.items()
        }

    def _end_at_proxies(self, numbers: Iterable[int]) -> bool:
        """Let edges end at proxies of their older ends, in the groups of the newer ones; whether there are any."""
        found = list(numbers)
        for number in found:
            first, second = self._ends[number]
            proxy = self._proxy_for(first, second)
            self._proxies[proxy.key] = proxy
            self._sizes[proxy.key] = size = proxy_size(self._nodes[proxy.of], is_far=not proxy.beside)
            self._heights[proxy.key] = _rows_of(size)
            self._ends[number] = (proxy.key, second) if proxy.of == first else (first, proxy.key)
        return bool(found)

    def _proxy_for(self, first: str, second: str) -> Proxy:
        """The proxy of the older one of two nodes; in one group of the one that more edges lead to."""
        if self._group[first] != self._group[second]:
            old, new = sorted((first, second), key=lambda end: self._group[end])
            return Proxy(old, self._group[new])
        degrees = self._degrees(self._group[first])
        of, beside = (first, second) if degrees[first] >= degrees[second] else (second, first)
        return Proxy(of, self._group[of], beside)

    def _degrees(self, group: int) -> Counter[str]:
        """How many edges of a group lead to each node, as far as they were known on its day."""
        known = (self._picture.edges[number] for number in self._edges_of[group])
        return Counter(end for edge in known if self._was_known(edge) for end in {edge.first, edge.second})

    def _is_far_back(self, number: int) -> bool:
        """Whether an edge goes back over many groups, and came up early enough to have a proxy."""
        edge = self._picture.edges[number]
        places = [self._order[self._group[end]] for end in (edge.first, edge.second)]
        is_far = abs(places[0] - places[1]) > REACH and self._was_known(edge)
        return is_far and not self._has_proxy(self._ends[number])

    def _is_long(self, number: int) -> bool:
        """Whether an edge would be so long that its ends are not seen together, and is not all that holds an end."""
        edge, ends = self._picture.edges[number], self._ends[number]
        if self._has_proxy(ends) or not self._was_known(edge) or any(self._nodes[end].focus for end in ends):
            return False
        (x, y), (to, end) = (self._places[name].middle for name in ends)
        if abs(to - x) + abs(end - y) <= LONG:
            return False
        degrees = self._degrees(self._group[edge.second])
        return self._group[edge.first] != self._group[edge.second] or min(degrees[end] for end in ends) > 1

    def _was_known(self, edge: DrawnEdge) -> bool:
        """Whether an edge came up no later than its newer end, so that it may have a say in where that stands."""
        return edge.day <= max(self._nodes[end].day or 0 for end in (edge.first, edge.second))

    def _parts(self, group: int, most_columns: int) -> list[Block]:
        numbers = [number for number in self._edges_of[group] if self._was_known(self._picture.edges[number])]
        found = [(self._picture.edges[number], self._ends[number]) for number in numbers]
        ends = [pair for edge, pair in found if not edge.loose or self._has_proxy(pair)]
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


def _sign(edge: DrawnEdge) -> str:
    """What edges have in common that may share their way: their relation, and the end that it leads to."""
    return f"{edge.relation_name} {edge.first == edge.source}"


def _frame(spot: Spot, columns: int) -> Rect:
    left, right = left_of(spot.column) - _MARGIN, left_of(spot.column + columns) - GUTTER + _MARGIN
    return Rect(left, spot.row * ROW + 2, right - left, (spot.rows - _BETWEEN) * ROW + 8)


@dataclass(frozen=True, slots=True)
class Size:
    """A node's lines, and its width and height in pixels."""

    lines: tuple[str, ...]
    width: float
    height: float


def size_of(node: DrawnNode, ports: int = 0, most: int = _MOST_LINES) -> Size:
    """The size of a node: wide enough for its longest line in the widest of the fonts that people have.

    It is high enough for so many edges to leave a side apart. Its label is cut behind the `most` lines.
    """
    share = 1.3 if node.kind.shape in _ROUND else 1.0
    across = _TAKEN.get(node.kind.shape, (0.0, 0.0))[0]
    room = COLUMN / share - _AROUND_WORDS - across
    lines = [*wrapped(node.label, room, most, _measure), *([node.detail] if node.detail else [])]
    width = max(_LEAST_WIDTH, (max(map(_measure, lines)) + _AROUND_WORDS) * share + across)
    height = _height(node, len(lines) * FONT_SIZE * LINE_HEIGHT, 15)
    return Size(tuple(lines), min(width, COLUMN), max(height, ports * PORT + 2 * PORT_MARGIN))


def _height(node: DrawnNode, words: float, around: float) -> float:
    """How high the shape of a node is around words of a height."""
    share = 1.3 if node.kind.shape in _ROUND else 1.0
    height = (words + around) * share + _TAKEN.get(node.kind.shape, (0.0, 0.0))[1]
    if node.kind.shape == "cylinder":
        height = max(height, (words + _AROUND_CAP) / (1 - _CAP))
    return height


def _rows_of(size: Size) -> int:
    return 2 * ceil((size.height + _APART) / (2 * ROW))


def proxy_size(node: DrawnNode, *, is_far: bool = True) -> Size:
    """The size of a node's proxy, which says in small letters on which day the node itself is, if not on the same."""
    share = 1.3 if node.kind.shape in _ROUND else 1.0
    across = _TAKEN.get(node.kind.shape, (0.0, 0.0))[0]
    room = (COLUMN - across) / share - 24
    lines = wrapped(node.label, room, 2, measure=_small)
    if is_far and node.day is not None:
        where = f"(day {node.day})"
        last = f"{lines[-1]} {where}"
        lines = [*lines[:-1], last] if _small(last) <= room else [*lines, where]
    height = _height(node, len(lines) * SMALL_SIZE * LINE_HEIGHT, 9)
    return Size(tuple(lines), (max(map(_small, lines)) + 20) * share + across, height)


def _measure(text: str) -> float:
    return breadth(text) * FONT_SIZE


def _small(text: str) -> float:
    return breadth(text) * SMALL_SIZE
