"""From a view and a selection to a picture: the drawn map, the whole graph, a neighbourhood or an overview."""

from collections.abc import Iterable
from dataclasses import replace

from conceptmap.draw.grouping import grouped
from conceptmap.draw.labels import drawn_label
from conceptmap.draw.neighbourhood import near
from conceptmap.draw.overview import overview
from conceptmap.draw.picture import Box, Line, Picture, box_of, group_titles, heading, in_reading_order, lines_of
from conceptmap.draw.reduction import reduced
from conceptmap.draw.selection import Selection
from conceptmap.draw.tree import branches, drawn_map
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.names import day_id
from ontology.terms import DAY, INTRODUCED_ON, REQUIRES

MOST_BOXES = 300
MOST_LINES = 1000
MOST_NEIGHBOURS = 150


def picture_of(view: View, selection: Selection, *, readable: bool = True) -> Picture:
    """The picture of a selection; if it is to be `readable`, an overview by days where there is too much to see.

    Without that, nothing is left out: neither nodes past the most, nor what the frames of the days already show.
    Raises `UnknownNode` for a focus that the view does not have.
    """
    return grouped(_chosen(view, selection, readable), view, selection.group)


def _chosen(view: View, selection: Selection, readable: bool) -> Picture:
    if selection.focus is not None:
        return _neighbourhood(view, selection, selection.focus, readable)
    picture = _drawn_map(view, selection, readable) if selection.is_drawn_map else _whole(view, selection, readable)
    if readable and (picture is None or len(picture.boxes) > MOST_BOXES or len(picture.lines) > MOST_LINES):
        return overview(view, selection)
    return picture or _picture(view, [], [])


def _drawn_map(view: View, selection: Selection, readable: bool) -> Picture:
    found = list(branches(drawn_map(view)))
    nodes = {branch.node.id: branch for branch in found}
    boxes = [box_of(view, branch.node, branch.day) for branch in nodes.values()]
    remark = "" if boxes else "Nothing is placed on the map."
    picture = _picture(view, boxes, [branch.edge for branch in found if branch.edge], remark)
    if not readable and not selection.connected:
        return picture
    lines = reduced(picture.lines, REQUIRES) if readable else picture.lines
    return _without(picture, lines, _unjoined(picture, lines) if selection.connected else set())


def _whole(view: View, selection: Selection, readable: bool) -> Picture | None:
    """All nodes and edges of the selection; None where there are clearly too many."""
    nodes = selection.node_ids(view)
    if readable and len(nodes) > MOST_BOXES and not selection.relations:
        return None
    picture = _picture(view, _boxes(view, map(view.node, nodes)), selection.edges(view))
    return _arranged(picture, selection, readable)


def _neighbourhood(view: View, selection: Selection, focus: str, readable: bool) -> Picture:
    found = list(near(view, selection, view.node(focus), MOST_NEIGHBOURS))
    for most in (MOST_NEIGHBOURS, 100, 60, 30, 10):
        nodes = found[:most]
        ids = {node.id for node in nodes}
        edges = (edge for node in nodes for edge in view.edges_from(node.id) if edge.target in ids)
        kept = [edge for edge in edges if selection.takes_edge(edge)]
        if len(kept) <= MOST_LINES:
            break
    remark = f"Only the nearest {len(nodes)} of its neighbours are drawn." if len(nodes) < len(found) else ""
    steps = f"{selection.depth} step{'' if selection.depth == 1 else 's'}"
    picture = _arranged(_picture(view, _boxes(view, nodes, focus), kept, remark), selection, readable)
    return replace(picture, heading=f"{picture.heading}: {steps} around {drawn_label(found[0])}")


def _boxes(view: View, nodes: Iterable[FoldedNode], focus: str | None = None) -> list[Box]:
    return [box_of(view, node, view.introduced_on(node.id), focus=node.id == focus) for node in nodes]


def _picture(view: View, boxes: list[Box], edges: Iterable[FoldedEdge], remark: str = "") -> Picture:
    """The picture of these boxes, in this order, and of the edges between them."""
    by_id = {box.id: box for box in boxes}
    titles = group_titles(view, {box.day for box in boxes if box.day is not None})
    return Picture(heading(view), remark, tuple(boxes), lines_of(view, edges, by_id), titles)


def _arranged(picture: Picture, selection: Selection, readable: bool) -> Picture:
    """In reading order, without boxes off all lines where relations are chosen or only what is connected.

    A readable picture leaves out what the frames of the days show (which node a day introduces, and the mere Day), and
    requirements that follow from others.
    """
    days = {box.id: box.day for box in picture.boxes}
    lines = tuple(line for line in picture.lines if not (readable and _shown_by_frame(line, days[line.source])))
    lines = reduced(lines, REQUIRES) if readable else lines
    gone = _unjoined(picture, lines)
    if not selection.relations and not selection.connected:
        mere = readable and not selection.kinds
        gone = {box.id for box in picture.boxes if mere and box.id in gone and box.kind.name == DAY}
    return _without(replace(picture, boxes=tuple(in_reading_order(picture.boxes, lines))), lines, gone)


def _unjoined(picture: Picture, lines: Iterable[Line]) -> set[str]:
    """The boxes that no line ends at, but for the focus."""
    joined = {end for line in lines for end in (line.source, line.target)}
    return {box.id for box in picture.boxes if box.id not in joined and not box.focus}


def _without(picture: Picture, lines: tuple[Line, ...], gone: set[str]) -> Picture:
    """The picture with these lines, and without these boxes and the frames that they leave empty."""
    boxes = tuple(box for box in picture.boxes if box.id not in gone)
    left = {box.day for box in boxes}
    titles = {day: title for day, title in picture.days.items() if day in left}
    return replace(picture, boxes=boxes, lines=lines, days=titles)


def _shown_by_frame(line: Line, day: int | None) -> bool:
    return line.relation is not None and line.relation.name == INTRODUCED_ON and line.target == day_id(day or 0)
