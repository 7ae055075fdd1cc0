"""DOT text of a layout: every place and curve is given, Graphviz only paints (its layout `nop2`)."""

from collections.abc import Iterator

from conceptmap.draw.layout import Layout, Way
from conceptmap.draw.names import ghost_name, line_name, node_name
from conceptmap.draw.picture import Box, Picture
from conceptmap.draw.routing import Curve, Point, Rect
from conceptmap.draw.sizes import SMALL_SIZE
from conceptmap.draw.styles import EDGE, FRAME, NODE, attributes, kind_class, kind_style, quoted, relation_style

_GRAPH = {"layout": "nop2", "id": "map", "bgcolor": "transparent", "outputorder": "edgesfirst", "pad": "0"}
_ARROW = 8.0
_ARROWS = {"tee": 2.0, "dot": 6.4, "odot": 6.4, "box": 6.0, "obox": 6.0, "diamond": 9.6, "odiamond": 9.6}
"""Pixels that arrows of Graphviz are long, at our size of 0.8; all others are of one length."""
_POINTS = 72
"""Points in an inch: sizes are in inches, places in points; a point is a pixel of the SVG."""


def placed_dot(picture: Picture, layout: Layout) -> str:
    """The picture at the places of its layout; y grows upwards in DOT, so it is below zero here."""
    lines = ["digraph map {", f"graph [{attributes(_GRAPH)}]", f"node [{attributes(NODE)} fixedsize=true]"]
    lines.append(f"edge [{attributes(EDGE)}]")
    lines += _corners(layout)
    for group, rect in layout.frames.items():
        style = FRAME | {"id": f"day_{group}", "class": f"day day_{group}", "bb": _bounds(rect)}
        lines.append(f'subgraph cluster_day_{group} {{ graph [label="" {attributes(style)}] }}')
    styles = {kind.name: kind_style(kind) for kind in picture.kinds}
    boxes = {box.id: box for box in picture.boxes}
    for name, rect in layout.places.items():
        ghost = layout.ghosts.get(name)
        box = boxes[ghost.of if ghost else name]
        style = styles[box.kind.name] | (_ghost_style(box, ghost.group) if ghost else _box_style(box))
        shown = drawn_name(layout, name)
        size = {
            "width": f"{rect.width / _POINTS:.3f}",
            "height": f"{rect.height / _POINTS:.3f}",
            "pos": _at(rect.middle),
        }
        lines.append(f"{shown} [id={shown} label={quoted(layout.words[name])} {attributes(style | size)}]")
    lines += [_way(way, layout) for way in layout.ways]
    return "\n".join([*lines, "}", ""])


def drawn_name(layout: Layout, name: str) -> str:
    """The id of a box or stand-in in the drawing."""
    ghost = layout.ghosts.get(name)
    return ghost_name(ghost.of, ghost.group) if ghost else node_name(name)


def _corners(layout: Layout) -> Iterator[str]:
    """Unseen points that keep the page's size and corner the same whatever stands near its edge."""
    for name, (x, y) in {"corner_a": (0.0, 0.0), "corner_z": (layout.width + 1, layout.height + 1)}.items():
        yield f'{name} [shape=point style=invis width=0 height=0 pos="{_at((x, y))}"]'


def _box_style(box: Box) -> dict[str, str]:
    style = {"class": kind_class(box.kind) + (f" day_{box.day}" if box.day is not None else "")}
    return {"class": style["class"] + " focus", "penwidth": "3.5"} if box.focus else style


def _ghost_style(box: Box, group: int) -> dict[str, str]:
    shape = "rounded,dashed" if box.kind.shape == "rounded" else "dashed"
    style = {"style": shape, "fontsize": str(SMALL_SIZE), "penwidth": "1"}
    return style | {"class": f"ghost {kind_class(box.kind)} day_{group}"}


def _way(way: Way, layout: Layout) -> str:
    assert way.line.relation is not None
    backwards = way.line.first != way.line.source
    style = relation_style(way.line.relation, backwards)
    ends = "none" if way.line.relation.arrow == "none" else style.get("dir", "forward")
    length = _ARROWS.get(way.line.relation.arrow, _ARROW)
    tail, head = (length if ends in (end, "both") else 0.0 for end in ("back", "forward"))
    place = _curve(way.curve, tail, head)
    names = f"{drawn_name(layout, way.first)} -> {drawn_name(layout, way.second)}"
    return f'{names} [id="{line_name(way.line)}" pos="{place}" {attributes(style)}]'


def _curve(curve: Curve, tail: float, head: float) -> str:
    """A curve as DOT writes it: where there is an arrow, the curve ends at its foot, and its tip is said apart."""
    points = list(curve)
    tips = ""
    if tail:
        tips += f"s,{_at(points[0])} "
        points[:3] = _shorter(points[0], points[3], tail)
    if head:
        tips += f"e,{_at(points[-1])} "
        points[-3:] = _shorter(points[-1], points[-4], head)[::-1]
    return tips + " ".join(map(_at, points))


def _shorter(tip: Point, behind: Point, length: float) -> list[Point]:
    """The first three points of a level piece that begins a length behind its end."""
    start = tip[0] + (length if behind[0] > tip[0] else -length)
    across = (behind[0] - start) / 3
    return [(start, tip[1]), (start + across, tip[1]), (start + 2 * across, tip[1])]


def _at(point: Point) -> str:
    return f"{point[0]:.1f},{-point[1] + 0:.1f}"


def _bounds(rect: Rect) -> str:
    return f"{rect.x:.1f},{-rect.bottom:.1f},{rect.right:.1f},{-rect.y:.1f}"
