"""From a view and a selection to a picture: the drawn map, the whole graph, a neighbourhood or an overview."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from itertools import chain, islice
from operator import attrgetter
from typing import NamedTuple

from conceptmap.draw.condensed import LARGE_DAY, MOST_UNFOLDED, in_folders, overview, standing_for, unfolded_days
from conceptmap.draw.hanging import MOST_HUNG, Hung, hung_beside, hung_map, topics_of, treeless_parts
from conceptmap.draw.labels import drawn_label
from conceptmap.draw.picture import (
    DrawnEdge,
    DrawnNode,
    Picture,
    drawn_edges,
    drawn_node,
    group_titles,
    heading,
    in_reading_order,
)
from conceptmap.draw.selection import Grouping, Selection, way
from conceptmap.draw.tree import branches, drawn_map
from conceptmap.draw.unfolding import followers_of, unfolded
from conceptmap.plain_words import counted
from graphs.fold import PartKey
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.model import EdgeKey
from ontology.names import day_id, day_number
from ontology.terms import DAY, HUBS, INTRODUCED_ON, REQUIRES

MOST_NODES = 300
"""More nodes than these are an overview of their days: past it, labels at 100 % fill more than ten screens."""

MOST_EDGES = 1000
"""More edges than these likewise: whatever the layout, they are a grey cloud."""

MOST_NEIGHBOURS = 150
"""A neighbourhood ends at so many nodes, half of a picture: around a hub everything is near."""

MOST_WALKED = 2000
"""So far neighbours are counted that are not drawn, in some hundredths of a second."""

FEWER_NEIGHBOURS = (100, 60, 30, 10)
"""So many are tried in turn where the edges between more neighbours are too many."""

MOST_OF_DAY = 24
"""So many nodes of a large day stand beside the trees of the others, about a screen."""

BESIDES = "Besides days, "
"""How what is counted without the nodes that are days is told."""

COUNTED = "edges are drawn"
"""So ends the remark of a picture that lacks some of the nodes and edges, and counts them."""


class DrawnShare(NamedTuple):
    """How many nodes and edges of a view are drawn, of how many. Days are not counted, since frames show them.

    Everywhere else a map's nodes are all of them, its days too; so where it has `days`, the share says so.
    """

    drawn_nodes: int
    nodes: int
    drawn_edges: int
    edges: int
    days: int = 0

    @classmethod
    def of(cls, view: View, nodes: Iterable[DrawnNode], edges: Iterable[DrawnEdge]) -> "DrawnShare":
        """What share of a view these are, of which some edges may be drawn as of a later day."""
        days = set(view.node_ids_after("", DAY))
        at_days = {key for day in days for keys in (view.edge_keys_from(day), view.edge_keys_to(day)) for key in keys}
        every = view.edge_count - len(at_days)
        drawn = sum(len(edge.dimensions) or 1 for edge in edges if not {edge.source, edge.target} & days)
        shown = sum(node.id not in days for node in nodes)
        return cls(shown, view.size - len(days), min(drawn, every), every, len(days))

    @property
    def remark(self) -> str:
        """The share in words; empty where all is drawn.

        >>> DrawnShare(1, 2, 3, 3, days=1).remark, DrawnShare(2, 2, 3, 3).remark
        ('Besides days, 1 of 2 nodes and 3 of 3 edges are drawn', '')
        """
        if (self.drawn_nodes, self.drawn_edges) == (self.nodes, self.edges):
            return ""
        besides = BESIDES if self.days else ""
        return f"{besides}{self.drawn_nodes} of {self.nodes} nodes and {self.drawn_edges} of {self.edges} {COUNTED}"


def picture_of(view: View, selection: Selection, *, readable: bool = True) -> Picture:
    """The picture of a selection; if it is to be `readable`, an overview by days where there is too much to see.

    Without that, nothing is left out: neither nodes past the most, nor what the frames of the days already show.
    Raises `UnknownNode` for a focus that the view does not have.
    """
    picture = _chosen(view, selection, readable)
    if readable and selection.group == "day" and selection.focus is None and not view.has_places:
        picture = in_folders(picture, view)
    return _grouped(picture, view, selection.group)


def _chosen(view: View, selection: Selection, readable: bool) -> Picture:
    if selection.focus is not None:
        return _neighbourhood(view, selection, selection.focus, readable)
    picture = _drawn_map(view, selection, readable) if selection.is_drawn_map else _whole(view, selection, readable)
    if readable and (picture is None or len(picture.nodes) > MOST_NODES or len(picture.edges) > MOST_EDGES):
        return overview(view, selection)
    return picture or _picture(view, [], [])


def _drawn_map(view: View, selection: Selection, readable: bool) -> Picture | None:
    """All that is placed; None where that is clearly too much."""
    if not view.has_places:
        return _hung(view, selection, readable)
    if readable and not selection.connected and _is_crowded(view):
        return None
    placed = drawn_map(view)
    fixed = {branch.node.id for branch in branches(placed)}
    more, folded = _folded_days(view, fixed) if readable else ({}, set())
    hung = hung_beside(view, placed, min(MOST_HUNG, max(0, MOST_NODES - len(fixed))) if readable else None, folded)
    hung = hung._replace(more={**hung.more, **more})
    if readable and sum(1 for _ in branches(hung.roots)) + hung.left_out > MOST_NODES:
        return None
    edges = {branch.edge.key: branch.edge for branch in branches(hung.roots) if branch.edge and branch.node.id in fixed}
    said = (EdgeKey(*edge.key) for part in treeless_parts(view) for edge in part.document.edges)
    beside = (edge for edge in map(view.edge, sorted(set(said), key=attrgetter("rank"))) if edge is not None)
    edges |= {edge.key: edge for edge in beside if edge.source in fixed and edge.target in fixed}
    return _of_branches(view, hung, list(edges.values()), fixed, selection, readable)


def _folded_days(view: View, fixed: Set[str]) -> tuple[dict[str, int], set[str]]:
    """Of large days beside the trees: for how many each node stands that is drawn, and what is not drawn."""
    if view.size > MOST_UNFOLDED:
        return {}, set()
    days: dict[str, list[str]] = {}
    for one, (number, part, _, _) in topics_of(view).items():
        if one not in fixed and not view.undated(PartKey(number, part)):
            days.setdefault(f"day {number}", []).append(one)
    large = {day: ids for day, ids in days.items() if len(ids) > LARGE_DAY}
    more: dict[str, int] = {}
    for day, ids in large.items():  # each by itself, so that a later day changes nothing
        more |= unfolded(view, {day: ids}, MOST_OF_DAY).more
    return more, {one for ids in large.values() for one in ids if one not in more}


def _finished(picture: Picture, selection: Selection, readable: bool) -> Picture:
    """A picture of branches in their order, without requirements that follow from others if it is to be readable."""
    if not readable and not selection.connected:
        return picture
    edges = reduced(picture.edges, REQUIRES) if readable else picture.edges
    return _without(picture, edges, _unjoined(picture, edges) if selection.connected else set())


def _hung(view: View, selection: Selection, readable: bool) -> Picture | None:
    """The map of notes that draw no tree, with all edges between what it shows.

    None where the map is too large for that, or large and hardly joined, so that it is better seen by its days.
    """
    hung = hung_map(view, MOST_HUNG if readable else None)
    if hung is None:
        return None
    found = list(branches(hung.roots))
    if readable and view.size > MOST_NODES and (hung.left_out > MOST_NODES or 2 * len(hung.roots) > len(found)):
        return None
    return _of_branches(view, hung, [], set(), selection, readable)


def _of_branches(
    view: View, hung: Hung, placed: list[FoldedEdge], fixed: Set[str], selection: Selection, readable: bool
) -> Picture:
    """The picture of branches: with the edges that place nodes, and all those between a node that hangs and others."""
    found = {branch.node.id: branch for branch in branches(hung.roots)}
    nodes = [
        standing_for(drawn_node(view, branch.node, branch.day), hung.more.get(one, 0)) for one, branch in found.items()
    ]
    joined = [edge for one in found for edge in view.edges_from(one) if edge.target in found]
    joined = [edge for edge in joined if not {edge.source, edge.target} <= fixed]
    if len(placed) + len(joined) > MOST_EDGES:
        joined = [branch.edge for branch in found.values() if branch.edge and branch.node.id not in fixed]
    picture = _picture(view, nodes, [*placed, *joined])
    holding = {branch.edge.key[:3] for branch in branches(hung.roots) if branch.edge}
    edges = (replace(edge, loose=edge.key is not None and edge.key[:3] not in holding) for edge in picture.edges)
    finished = _finished(replace(picture, edges=tuple(edges)), selection, readable)
    return _counted(view, finished)


def _counted(view: View, picture: Picture) -> Picture:
    """The picture of a map, which says how much of the view it shows and how to see all, if that is not all."""
    if not picture.nodes:
        return replace(picture, remark="Nothing is placed on the map.")
    found = DrawnShare.of(view, picture.nodes, picture.edges)
    if not found.remark:
        return picture
    fits = found.nodes <= MOST_NODES and found.edges <= MOST_EDGES
    return replace(picture, remark=found.remark, way=way(view, Selection(whole=True), "svg" if fits else "outline"))


def _is_crowded(view: View) -> bool:
    """Whether more is placed than is drawn."""
    ids: set[str] = set()
    for one in view.placed_ids():
        ids.add(one)
        if len(ids) > MOST_NODES:
            return True
    return False


def _whole(view: View, selection: Selection, readable: bool) -> Picture | None:
    """All nodes and edges of the selection; None where there are clearly too many."""
    is_bounded = readable and not selection.relations
    ids = list(islice(selection.node_ids(view), MOST_NODES + 1 if is_bounded else None))
    if is_bounded and len(ids) > MOST_NODES:
        return None
    picture = _picture(view, _drawn_nodes(view, map(view.node, ids)), selection.edges(view))
    return _arranged(picture, selection, readable)


def _neighbourhood(view: View, selection: Selection, focus: str, readable: bool) -> Picture:
    if readable and selection.depth == 1 and (day := day_number(focus)) is not None and view.has_node(focus):
        size = sum(view.introduced_on(one) == day for one in selection.node_ids(view))
        if size > MOST_NEIGHBOURS:
            return unfolded_days(view, selection, {day: size}, {day})
    return _arranged(nearby(view, selection, MOST_NEIGHBOURS if readable else None), selection, readable)


def nearby(view: View, selection: Selection, most: int | None = MOST_NEIGHBOURS) -> Picture:
    """The focus of a selection and what is near it, nearest first, with all edges between them.

    At most `most` nodes (None: all), and fewer where more than `MOST_EDGES` would join them. Raises `UnknownNode`.
    """
    assert selection.focus is not None
    focus = view.leads_to(selection.focus)
    near = chain(_near(view, selection, view.node(focus)), map(view.node, followers_of(view, focus)))
    found = list(islice(near, MOST_WALKED + 1 if most else None))
    for count in (most, *FEWER_NEIGHBOURS) if most else (None,):
        nodes = found[:count]
        ids = {node.id for node in nodes}
        edges = (edge for node in nodes for edge in view.edges_from(node.id) if edge.target in ids)
        kept = [edge for edge in edges if selection.takes_edge(edge)]
        if len(kept) <= MOST_EDGES:
            break
    remark = ""
    if len(nodes) < len(found):
        every = f"{len(found)}" if len(found) <= MOST_WALKED else f"more than {MOST_WALKED}"
        remark = f"The nearest {len(nodes)} of {every} nodes are drawn"
    picture = _picture(view, _drawn_nodes(view, nodes, focus), kept, remark)
    heading = f"{picture.heading}: {counted(selection.depth, 'step')} around {drawn_label(found[0])}"
    return replace(picture, heading=heading, way=way(view, selection, "outline") if remark else "")


def _near(view: View, selection: Selection, start: FoldedNode) -> Iterator[FoldedNode]:
    """The nodes around one, nearest first, itself included."""
    yield start
    seen, ring = {start.id}, [start]
    for _ in range(selection.depth):
        outside: list[FoldedNode] = []
        for node in ring:
            if node.kind in HUBS and node is not start:
                continue
            for other in _joined(view, selection, node.id):
                if other not in seen and selection.takes(view, found := view.node(other)):
                    seen.add(other)
                    outside.append(found)
                    yield found
        ring = outside


def _joined(view: View, selection: Selection, node: str) -> Iterator[str]:
    for edges in (view.edges_from(node), view.edges_to(node)):
        yield from (edge.other(node) for edge in edges if selection.takes_edge(edge))


def _drawn_nodes(view: View, nodes: Iterable[FoldedNode], focus: str | None = None) -> list[DrawnNode]:
    return [drawn_node(view, node, view.introduced_on(node.id), focus=node.id == focus) for node in nodes]


def _picture(view: View, nodes: list[DrawnNode], edges: Iterable[FoldedEdge], remark: str = "") -> Picture:
    """The picture of these nodes, in this order, and of the edges between them."""
    by_id = {node.id: node for node in nodes}
    titles = group_titles(view, {node.day for node in nodes if node.day is not None})
    return Picture(heading(view), remark, tuple(nodes), drawn_edges(view, edges, by_id), titles)


def _arranged(picture: Picture, selection: Selection, readable: bool) -> Picture:
    """In reading order, without nodes off all edges where relations are chosen or only what is connected.

    A readable picture leaves out what the frames of the days show (which node a day introduces, and the mere Day), and
    requirements that follow from others.
    """
    days = {node.id: node.day for node in picture.nodes}
    edges = tuple(edge for edge in picture.edges if not (readable and _shown_by_frame(edge, days[edge.source])))
    edges = reduced(edges, REQUIRES) if readable else edges
    gone = _unjoined(picture, edges)
    if not selection.relations and not selection.connected:
        mere = readable and not selection.kinds
        gone = {node.id for node in picture.nodes if mere and node.id in gone and node.kind.name == DAY}
    return _without(replace(picture, nodes=tuple(in_reading_order(picture.nodes, edges))), edges, gone)


def _unjoined(picture: Picture, edges: Iterable[DrawnEdge]) -> set[str]:
    """The nodes that no edge ends at, but for the focus."""
    joined = {end for edge in edges for end in (edge.source, edge.target)}
    return {node.id for node in picture.nodes if node.id not in joined and not node.focus}


def _without(picture: Picture, edges: tuple[DrawnEdge, ...], gone: set[str]) -> Picture:
    """The picture with these edges, and without these nodes and the frames that they leave empty."""
    nodes = tuple(node for node in picture.nodes if node.id not in gone)
    left = {node.day for node in nodes}
    titles = {day: title for day, title in picture.days.items() if day in left}
    return replace(picture, nodes=nodes, edges=edges, days=titles)


def _shown_by_frame(edge: DrawnEdge, day: int | None) -> bool:
    return edge.relation_name == INTRODUCED_ON and edge.target == day_id(day or 0)


def reduced(edges: Iterable[DrawnEdge], relation: str) -> tuple[DrawnEdge, ...]:
    """The edges without those of a transitive relation that follow from others of it (its transitive reduction).

    Where the relation runs in a circle, nothing is left out.
    """
    kept = tuple(edges)
    ends = {(edge.source, edge.target) for edge in kept if edge.relation_name == relation}
    if len(ends) < 3:  # of fewer none can follow from the others
        return kept
    needed = _needed(ends)
    return tuple(edge for edge in kept if edge.relation_name != relation or (edge.source, edge.target) in needed)


def _needed(ends: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs from which all follow."""
    import networkx  # noqa: PLC0415  (a third of a second that a map without such edges must not pay)

    from conceptmap.watched_graphs import WatchedDiGraph  # noqa: PLC0415  (it imports networkx)

    graph: networkx.DiGraph[str] = WatchedDiGraph(sorted(ends))
    if not networkx.is_directed_acyclic_graph(graph):
        return ends
    return set(networkx.transitive_reduction(graph).edges)


def _grouped(picture: Picture, view: View, group: Grouping) -> Picture:
    """The picture, which comes in frames by day, in frames of another kind.

    A day of several units stands in the first of them; a day of none keeps a frame of its own.
    """
    if group == "day" or any(node.cell for node in picture.nodes):
        return picture
    if group == "none":
        return replace(picture, nodes=tuple(replace(node, group=None) for node in picture.nodes), days={})
    unit = _units(view)
    firsts: dict[str, int] = {}
    for day in sorted(unit):
        firsts.setdefault(unit[day], day)
    groups = {node.group for node in picture.nodes if node.group is not None}
    frame = {day: firsts[unit[day]] if day in unit else day for day in groups}
    titles = {frame[day]: unit.get(day, title) for day, title in picture.days.items()}
    nodes = [replace(node, group=None if node.group is None else frame[node.group]) for node in picture.nodes]
    return replace(picture, nodes=tuple(nodes), days=titles)


def _units(view: View) -> dict[int, str]:
    """The unit of each day that has one."""
    found: dict[int, str] = {}
    for document in view.documents():
        if document.units:
            found.setdefault(document.day, document.units[0])
    return found
