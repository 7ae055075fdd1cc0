"""DOT text of a picture: for other programs, which lay it out, and of our own layout, which Graphviz only paints.

Labels and tooltips are the only text from documents in it, and always escaped.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from graphviz import Digraph, escape, nohtml
from graphviz.quoting import quote
from rich.cells import cell_len

from conceptmap.draw.labels import LINE_WIDTH, word_name, wrapped
from conceptmap.draw.layout import (
    CELL_ACROSS,
    CELL_COLUMNS,
    CELL_DOWN,
    CELL_WIDTH,
    FONT_SIZE,
    LINE_HEIGHT,
    SMALL_SIZE,
    Layout,
    RoutedEdge,
)
from conceptmap.draw.parts import Part, kind_class
from conceptmap.draw.picture import DrawnEdge, DrawnNode, Picture, frame_name, node_name
from conceptmap.draw.routes import Curve, Point, Rect, straight
from conceptmap.draw.theme import LIGHT
from ontology.vocabulary import Kind, Relation

FONT = "Helvetica"
"""The font that Graphviz measures words in; on a page they have those of the theme."""
LEFT = r"\l"
"""The end of a line that stands left."""
MOST_TOOLTIP = 600
"""Letters of a tooltip: more do not fit a screen beside the drawing."""
_SAMPLE_WIDTH, _SAMPLE_HEIGHT = 30.0, 18.0
_SAMPLE_LENGTH = 40.0
"""Of a legend's nodes and lines, in pixels."""
_INCH = 72
"""Pixels; in DOT sizes are in inches, places in pixels."""
_SMALL_PART = 1 / 3
"""A group of days is loose beside one that has three times as many nodes."""

_FRAME = {"style": "rounded,filled", "fillcolor": LIGHT.panel, "color": LIGHT.frame, "fontcolor": LIGHT.quiet}
_NODE = {"fontname": FONT, "fontsize": str(FONT_SIZE), "penwidth": "1.4"}
_EDGE = {"fontname": FONT, "fontsize": str(SMALL_SIZE), "arrowsize": "0.8"}
_WIDTHS = {"solid": "1.4", "dashed": "1.5", "dotted": "1.6", "bold": "2.8"}
_FOCUS = {"penwidth": "3.5"}
_ROOM = {"cds": "0.24,0.14"}
"""Shapes that cut into their corners need more room around the words."""
_ARROW = 8.0
_ARROWS = {"none": 0.0, "tee": 2.0, "dot": 6.4, "odot": 6.4, "box": 6.0, "obox": 6.0, "diamond": 9.6, "odiamond": 9.6}
"""Pixels that arrows of Graphviz are long, at our size of 0.8; all others are of one length."""

_GRAPH = {
    "id": "map",
    "rankdir": "LR",
    "bgcolor": "transparent",
    "fontname": FONT,
    "fontsize": "13",
    "nodesep": "0.24",
    "ranksep": "0.5",
    "outputorder": "edgesfirst",
    "labeljust": "l",
    "margin": "0",
    "pad": "0",
}
_NODE_TO_PLACE = _NODE | {"margin": "0.16,0.09", "height": "0.42"}
_GRID = {"layout": "neato", "splines": "true"}
_IN_CELL = {"shape": "box", "style": "rounded,filled"}
_PAINTED = {"id": "map", "bgcolor": "transparent", "notranslate": "true"}


def draw_dot(picture: Picture) -> str:
    """The picture as a DOT graph: one cluster a day; every node and edge with id, class and tooltip.

    What is to be read first comes last: laid out from left to right, `dot` stacks from the bottom up.
    """
    placed = _GRID if any(node.cell for node in picture.nodes) else {}
    graph = Digraph("map", graph_attr=_GRAPH | placed, node_attr=_NODE_TO_PLACE, edge_attr=_EDGE)
    styles = {kind.name: attributes(kind_style(kind)) for kind in picture.kinds}
    nodes = [(node.group, _node(node, styles[node.kind.name])) for node in reversed(picture.nodes)]
    graph.body += [text for group, text in nodes if group not in picture.days]
    for group in sorted(picture.days, reverse=True):
        graph.body += _frame(group, picture.days[group], [text for one, text in nodes if one == group])
    graph.body += [f"\t{one} -> {other} [style=invis weight=0]\n" for one, other in loose_days(picture)]
    heaviest = max((edge.weight for edge in picture.edges), default=1)
    graph.body += [_edge(edge, heaviest) for edge in reversed(picture.edges)]
    return str(graph.source)


def _frame(day: int, title: str, members: Iterable[str]) -> list[str]:
    """A day's nodes in a frame of their own, which has room around it."""
    name = frame_name(day)
    around = f"around_{name.removeprefix('day_')}"
    style = _FRAME | {"margin": "12"} | {"id": name, "class": f"day {name}"}
    label = quoted([*wrapped(title, 40, 2), ""], LEFT)
    return [
        f'\tsubgraph cluster_{around} {{ peripheries=0; margin=7; label=""; id={around}\n',
        f"\tsubgraph cluster_{name} {{\n",
        f"\t\tgraph [label={label} {attributes(style)}]\n",
        *(f"\t{member}" for member in members),
        "\t} }\n",
    ]


def _node(node: DrawnNode, style: str) -> str:
    lines = [*wrapped(node.label, CELL_COLUMNS if node.cell else LINE_WIDTH), *([node.detail] if node.detail else [])]
    words = f"label={quoted(lines)}{_tooltip(node.title, node.about)}"
    return f"\t{node.name} [id={node.name} {words} {style} {attributes(_own_style(node, lines))}]\n"


def _own_style(node: DrawnNode, lines: list[str]) -> dict[str, str]:
    """What one node has of its own: its classes, its size and, on a grid, its place."""
    style = {"class": kind_class(node.kind), "height": f"{len(lines) * FONT_SIZE * LINE_HEIGHT / _INCH + 0.25:.2f}"}
    if node.day is not None:
        style["class"] += f" day_{node.day}"
    if node.focus:
        style["class"] += " focus"
        style |= _FOCUS
    if not node.label.isascii():  # Graphviz measures other scripts too short
        style["width"] = f"{max(map(cell_len, lines)) * FONT_SIZE * 0.56 / _INCH + 0.3:.2f}"
    if node.cell:
        x, y = node.cell[0] * CELL_ACROSS / _INCH, -node.cell[1] * CELL_DOWN / _INCH
        style |= {"pos": f"{x:g},{y:g}!", **_IN_CELL, "width": f"{CELL_WIDTH / _INCH:g}"}
    return style


def _edge(edge: DrawnEdge, heaviest: int) -> str:
    backwards = edge.first != edge.source
    words = f'id="{edge.name}"{_tooltip(edge.title("", ""), edge.details)}'
    ends = " -> ".join(node_name(end) for end in (edge.first, edge.second))
    return f"\t{ends} [{words} {attributes(edge_style(edge, heaviest, backwards=backwards))}]\n"


def _tooltip(*parts: str) -> str:
    text = "\n".join(filter(None, parts))
    short = text if len(text) <= MOST_TOOLTIP else text[:MOST_TOOLTIP] + "…"
    return f" tooltip={quoted(short.split(chr(10)))}"


def loose_days(picture: Picture) -> Iterator[tuple[str, str]]:
    """Pairs of names of nodes, the second to stand right of the first, for days that no edge joins to the rest.

    Graphviz puts whatever nothing holds on the far left, where time begins. So where edges join most days to one
    group, a small later group stands behind the day before it. Groups of about one size stay side by side.
    """
    members: dict[int, list[str]] = {}
    for node in picture.nodes:
        if node.day is not None:
            members.setdefault(node.day, []).append(node.name)
    group = _joined_days(picture, sorted(members))
    if len(set(group.values())) < 2:
        return
    sizes = Counter(group[day] for day, names in members.items() for _ in names)
    largest = max(sizes, key=lambda first: (sizes[first], -first))
    for first in sorted(set(group.values()) - {largest}):
        before = [day for day in members if group[day] == largest and day < first]
        if before and sizes[first] <= _SMALL_PART * sizes[largest]:
            yield members[max(before)][-1], members[first][0]


def _joined_days(picture: Picture, days: list[int]) -> dict[int, int]:
    """For each day the first day of its group."""
    group = {day: day for day in days}
    day_of = {node.id: node.day for node in picture.nodes}
    for edge in picture.edges:
        one, other = day_of[edge.source], day_of[edge.target]
        if one is not None and other is not None and group[one] != group[other]:
            low, high = sorted((group[one], group[other]))
            group = {day: low if first == high else first for day, first in group.items()}
    return group


def painted_dot(picture: Picture, layout: Layout, parts: Mapping[str, Part], legend: Mapping[str, Point]) -> str:
    """The picture at the places of its layout, with the names and classes of its parts, and samples for its legend.

    `legend` gives the middle of each sample by its name. Graphviz writes a node, then the edges that begin there. So
    each edge begins at the later one of its ends: thus frames, nodes and edges come in the order in which they are
    read. Where the edges have no curves they come first, since they may run under nodes.
    """
    ways = {"layout": "nop2"} if layout.is_routed else {"layout": "nop", "splines": "true", "outputorder": "edgesfirst"}
    lines = ["digraph map {", f"graph [{attributes(_PAINTED | ways)}]", f"node [{attributes(_NODE)} fixedsize=true]"]
    lines.append(f"edge [{attributes(_EDGE)}]")
    for group, rect in layout.frames.items():
        part = parts[frame_name(group)]
        style = _FRAME | {"id": part.name, "class": part.classes, "bb": _bounds(rect)}
        lines.append(f'subgraph cluster_{part.name} {{ graph [label="" {attributes(style)}] }}')
    names = {node.id: node.name for node in picture.nodes} | {key: one.name for key, one in layout.proxies.items()}
    styles = {kind.name: kind_style(kind) for kind in picture.kinds}
    for key, name in names.items():
        part = parts[name]
        style = _painted_style(part, styles) | {"class": part.classes, **_placed(layout.places[key])}
        lines.append(f'"{name}" [id="{name}" label={quoted(layout.words[key])} {attributes(style)}]')
    ranks = {node.id: rank for rank, node in enumerate(picture.nodes)}
    heaviest = max((edge.weight for edge in picture.edges), default=1)
    for routed in layout.edges:
        edge, tail, ends, curve = routed.edge, routed.edge.first, (routed.first, routed.second), routed.curve
        if _begins_at_second(edge, ranks):
            tail, ends, curve = edge.second, ends[::-1], curve[::-1]
        style = edge_style(edge, heaviest, backwards=tail != edge.source)
        style |= {"id": edge.name, "class": parts[edge.name].classes} | _along(curve, edge.relation, style)
        lines.append(f'"{names[ends[0]]}" -> "{names[ends[1]]}" [{attributes(style)}]')
    return "\n".join([*lines, *_samples(picture, legend), "}", ""])


def turned_lines(picture: Picture, layout: Layout) -> set[str]:
    """The names of the edges whose lines are to begin at their other end than where Graphviz begins them.

    Lines of one relation share their way near an end. They begin there, so that their dashes fall on each other.
    """
    ranks = {node.id: rank for rank, node in enumerate(picture.nodes)}
    shared = Counter((one.edge.relation_name, end) for one in layout.edges for end in (one.first, one.second))
    turned = set()
    for routed in layout.edges:
        first, second = (shared[routed.edge.relation_name, end] for end in (routed.first, routed.second))
        if first != second and (second > first) != _begins_at_second(routed.edge, ranks):
            turned.add(routed.edge.name)
    return turned


def _begins_at_second(edge: DrawnEdge, ranks: Mapping[str, int]) -> bool:
    return ranks[edge.first] < ranks[edge.second]


def line_of(routed: RoutedEdge) -> Curve:
    """The curve of an edge from its first end to its second, as far as its line is painted: arrows stand behind it."""
    edge = routed.edge
    if edge.relation is None:
        return routed.curve
    style = relation_style(edge.relation, backwards=edge.first != edge.source)
    return tuple(_without_arrows(routed.curve, edge.relation, style)[0]) if routed.curve else ()


def _painted_style(part: Part, styles: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """The look of a node or proxy."""
    assert part.node
    style = styles[part.node.kind.name]
    if part.group is not None:
        outline = "rounded,dashed" if part.node.kind.shape == "rounded" else "dashed"
        return style | {"style": outline, "fontsize": str(SMALL_SIZE), "penwidth": "1"}
    return style | (_IN_CELL if part.node.cell else {}) | (_FOCUS if part.node.focus else {})


def _samples(picture: Picture, places: Mapping[str, Point]) -> Iterator[str]:
    """The samples of a legend: an empty node for each kind, for a proxy too, and a line for each relation."""
    looks = {f"legend_kind_{row}": (kind_class(kind), kind_style(kind)) for row, kind in enumerate(picture.kinds)}
    looks["legend_ghost"] = "stand", {"shape": "box", "style": "rounded,dashed", "color": LIGHT.neutral}
    for name, (css, style) in looks.items():
        if name in places:
            x, y = places[name]
            rect = Rect(x - _SAMPLE_WIDTH / 2, y - _SAMPLE_HEIGHT / 2, _SAMPLE_WIDTH, _SAMPLE_HEIGHT)
            look = style | {"id": name, "class": css, "penwidth": "1.2"} | _placed(rect)
            yield f'{name} [label="" {attributes(look)}]'
    yield 'hidden [shape=point style=invis width=0 height=0 pos="0,0"]'
    for row, relation in enumerate(picture.relations):
        if (name := f"legend_relation_{row}") in places:
            x, y = places[name]
            curve = straight((x - _SAMPLE_LENGTH / 2, y), (x + _SAMPLE_LENGTH / 2, y))
            style = relation_style(relation, backwards=False)
            look = style | {"id": name} | _along(curve, relation, style)
            yield f"hidden -> hidden [{attributes(look)}]"


def _placed(rect: Rect) -> dict[str, str]:
    size = {"width": f"{rect.width / _INCH:.3f}", "height": f"{rect.height / _INCH:.3f}"}
    return size | {"pos": _at(rect.middle)}


def _along(curve: Curve, relation: Relation | None, style: Mapping[str, str]) -> dict[str, str]:
    """The way of an edge: where there is an arrow, the curve ends at its foot, and its tip is said apart."""
    if not curve:
        return {}
    if relation is None:
        return {"pos": " ".join(map(_at, curve))}
    points, tips = _without_arrows(curve, relation, style)
    return {"pos": tips + " ".join(map(_at, points))}


def _without_arrows(curve: Curve, relation: Relation, style: Mapping[str, str]) -> tuple[list[Point], str]:
    """A curve between the feet of its arrows, and the tips of these as DOT says them."""
    points, tips = list(curve), ""
    length, ends = _ARROWS.get(relation.arrow, _ARROW), style.get("dir", "forward")
    if length and ends in ("back", "both"):
        tips += f"s,{_at(points[0])} "
        points[:3] = _shorter(points[0], points[3], length)
    if length and ends in ("forward", "both"):
        tips += f"e,{_at(points[-1])} "
        points[-3:] = _shorter(points[-1], points[-4], length)[::-1]
    return points, tips


def _shorter(tip: Point, behind: Point, length: float) -> list[Point]:
    """The first three points of a level piece that begins a length behind its end."""
    start = tip[0] + (length if behind[0] > tip[0] else -length)
    across = (behind[0] - start) / 3
    return [(start, tip[1]), (start + across, tip[1]), (start + 2 * across, tip[1])]


def _at(point: Point) -> str:
    """A place in DOT, where y grows upwards."""
    return f"{point[0]:.1f},{-point[1] + 0:.1f}"


def _bounds(rect: Rect) -> str:
    return f"{rect.x:.1f},{-rect.bottom:.1f},{rect.right:.1f},{-rect.y:.1f}"


def kind_style(kind: Kind) -> dict[str, str]:
    """The shape and colours of a kind."""
    shape, style = ("box", "rounded,filled") if kind.shape == "rounded" else (kind.shape, "filled")
    room = {"margin": _ROOM[shape]} if shape in _ROOM else {}
    return {"shape": shape, "style": style, "fillcolor": kind.fill, "color": kind.stroke, "fontcolor": LIGHT.ink} | room


def edge_style(edge: DrawnEdge, heaviest: int, *, backwards: bool) -> dict[str, str]:
    """The look of an edge; `backwards` where it is written from its target."""
    if edge.relation:
        return relation_style(edge.relation, backwards=backwards)
    width = 1 + 4 * edge.weight / heaviest
    return {"color": LIGHT.neutral, "dir": "none", "penwidth": f"{width:.1f}", "class": "between"}


def relation_style(relation: Relation, *, backwards: bool) -> dict[str, str]:
    """The line and arrows of a relation; `backwards` where the edge is written from its target."""
    arrow = {"dir": "back", "arrowtail": relation.arrow} if backwards else {"arrowhead": relation.arrow}
    if relation.symmetric:
        arrow = {"dir": "both", "arrowhead": relation.arrow, "arrowtail": relation.arrow}
    named = {"class": f"relation_{word_name(relation.name)}"}
    width = _WIDTHS.get(relation.line_style, _WIDTHS["solid"])
    return {"style": relation.line_style, "color": relation.color, "penwidth": width, **arrow, **named}


def attributes(values: Mapping[str, str]) -> str:
    """Attributes whose values are not from documents."""
    return " ".join([f'{name}="{value}"' for name, value in values.items()])


def quoted(lines: Iterable[str], end: str = r"\n") -> str:
    """Lines as a quoted DOT string that shows exactly these characters."""
    return str(quote(nohtml(end.join([escape(line).replace("&", "&amp;") for line in lines]))))
