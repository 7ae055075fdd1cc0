"""From a view and a selection to a picture: the drawn map, the whole graph, a neighbourhood or an overview."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from heapq import merge
from itertools import chain, groupby, islice
from operator import attrgetter
from shlex import quote
from typing import Literal, NamedTuple
from urllib.parse import quote as quote_address
from urllib.parse import urlencode

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
    unknown_kind,
)
from conceptmap.draw.tree import branches, drawn_map
from conceptmap.draw.unfolding import followers_of, unfolded
from conceptmap.plain_words import counted
from graphs.fold import PartKey
from graphs.spread import spread_of
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

MOST_DAYS = 60
"""So many nodes an overview has, ten rows; where there are more days, each stands for a stretch of them."""

LARGE_DAY = 60
"""A day of more nodes than this is unfolded in an overview: they do not fit on a screen."""

MOST_OF_DAY = 24
"""So many nodes of a large day stand beside the trees of the others, about a screen."""

MOST_UNFOLDED = 5000
"""Of a larger map no day is unfolded: sixty of its nodes would say little of it."""

DAYS_IN_ROW = 6
"""How many days an overview has in a row, about as wide as a screen."""

BESIDES = "Besides days, "
"""How what is counted without the nodes that are days is told."""

COUNTED = "edges are drawn"
"""So ends the remark of a picture that lacks some of the nodes and edges, and counts them."""

Grouping = Literal["day", "unit", "none"]
"""What a frame of a drawing is: a day, a unit of the course, or nothing."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to draw; by default what documents placed on the drawn map.

    `whole` means every node, `focus` the nodes within `depth` edges of one (Days, Units and Sources are not
    walked through). `kinds` and `relations` choose from the whole graph, or from the neighbourhood. `connected` leaves
    out what no edge of the choice joins to anything. `group` says which frames there are.
    """

    whole: bool = False
    focus: str | None = None
    depth: int = 1
    kinds: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    connected: bool = False
    group: Grouping = "day"

    @property
    def is_drawn_map(self) -> bool:
        """Whether the drawn map alone is asked for."""
        return not (self.whole or self.focus or self.kinds or self.relations)

    def choice(self) -> list[tuple[str, str]]:
        """What is chosen, by the names of the options on the command line, which those in addresses are too.

        >>> Selection(focus="yeast", depth=2, kinds=frozenset({"Claim"})).choice()
        [('focus', 'yeast'), ('depth', '2'), ('kind', 'Claim')]
        """
        near = [("focus", self.focus), *([("depth", str(self.depth))] if self.depth > 1 else [])] if self.focus else []
        words = [*(("kind", one) for one in sorted(self.kinds)), *(("relation", one) for one in sorted(self.relations))]
        return [*([("all", "true")] if self.whole else []), *near, *words]

    def takes(self, view: View, node: FoldedNode) -> bool:
        """Whether a node is of a chosen kind, or of a sub-kind of one."""
        return not self.kinds or node.kind in view.vocabulary.within(self.kinds)

    def node_ids(self, view: View) -> Iterator[str]:
        """The ids of the nodes of the chosen kinds, sorted."""
        ids = merge(*(view.node_ids_after("", kind) for kind in self.kinds or (None,)))
        return (one for one, _ in groupby(ids))  # a node is of a kind and of those above it

    def takes_edge(self, edge: FoldedEdge | EdgeKey) -> bool:
        """Whether an edge is of a chosen relation."""
        return not self.relations or edge.relation in self.relations

    def edges(self, view: View) -> Iterator[FoldedEdge]:
        """The edges of the chosen relations."""
        if not self.relations:
            return view.edges()
        return (edge for relation in sorted(self.relations) for edge in view.edges(relation))


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
    return _grouped(_chosen(view, selection, readable), view, selection.group)


def _chosen(view: View, selection: Selection, readable: bool) -> Picture:
    if selection.focus is not None:
        return _neighbourhood(view, selection, selection.focus, readable)
    picture = _drawn_map(view, selection, readable) if selection.is_drawn_map else _whole(view, selection, readable)
    if readable and (picture is None or len(picture.nodes) > MOST_NODES or len(picture.edges) > MOST_EDGES):
        return _overview(view, selection)
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
        _standing_for(drawn_node(view, branch.node, branch.day), hung.more.get(one, 0)) for one, branch in found.items()
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


def way(view: View, selection: Selection, form: Literal["svg", "outline"] = "svg") -> str:
    """How to see all of a selection of a view: the command that draws it, and the address where the service does.

    >>> from graphs.view import View
    >>> from ontology.vocabulary import read_vocabulary
    >>> way(View.of((), read_vocabulary()).up_to(3), Selection(whole=True), "outline")
    'for all: conceptmap draw --all --as-of 3 --format outline, or /maps/-/diagram.txt?all=true&as_of=3'
    """
    choice = [*selection.choice(), *([("as_of", str(view.as_of))] if view.as_of is not None else [])]
    options = "".join(
        f" --{name.replace('_', '-')}" + ("" if value == "true" else f" {quote(value)}") for name, value in choice
    )
    target, suffix = ("--format outline", "txt") if form == "outline" else ("-o map.svg", "svg")
    if form == "outline" and not selection.whole:
        choice.insert(0, ("all", "true"))  # of a lone focus there is a text diagram too
    address = f"/maps/{quote_address(view.map or '-')}/diagram.{suffix}?{urlencode(choice)}"
    return f"for all: conceptmap draw{options} {target}, or {address}"


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
            return _unfolded_days(view, selection, {day: size}, {day})
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

    graph: networkx.DiGraph[str] = networkx.DiGraph(sorted(ends))
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


def _overview(view: View, selection: Selection) -> Picture:
    """A node for each day (a stretch of days, where they are many) in rows; edges that count those between them.

    Large days are unfolded, where there is room.
    """
    sizes, joined = _spread(view, selection)
    if large := _large_days(view, sizes):
        return _unfolded_days(view, selection, sizes, large)
    stretch = _stretches(sorted(sizes))
    joins: dict[tuple[int, int], int] = defaultdict(int)
    for (day, other), count in joined.items():
        if (ends := (stretch[day], stretch[other]))[0] != ends[1]:
            joins[ends] += count
    stretched: Counter[int] = Counter()
    for day, size in sizes.items():
        stretched[stretch[day]] += size
    nodes = _day_nodes(view, stretch, stretched)
    heaviest = sorted(joins, key=lambda ends: (-joins[ends], ends))
    kept = sorted(heaviest[: 2 * len(nodes)])  # about as many as can still be followed by eye
    edges = [_counting(day_id(a), day_id(b), joins[a, b]) for a, b in kept]
    remark = _remark(sizes.total(), len(heaviest) - len(kept))
    whole = way(view, replace(selection, whole=True), "outline")
    return Picture(heading(view), remark, tuple(nodes), tuple(edges), {}, whole)


def _large_days(view: View, sizes: Mapping[int, int]) -> set[int]:
    """The days that are unfolded in an overview: a lone one, and those of few days that are large."""
    if view.size > MOST_UNFOLDED or 2 * len(sizes) > MOST_DAYS:
        return set()
    return {day for day, size in sizes.items() if size > LARGE_DAY or len(sizes) == 1}


def _unfolded_days(view: View, selection: Selection, sizes: Mapping[int, int], large: Set[int]) -> Picture:
    """These days: large ones as frames of what stands for the rest of them, and the others as boxes."""
    frames: dict[str, list[str]] = {f"day {day}": [] for day in sorted(large)}
    box: dict[str, str] = {}
    for one in selection.node_ids(view):
        day = view.introduced_on(one) or 0
        if day in sizes and day not in large:
            box[one] = day_id(day)
        elif day in large and view.kind(one) != DAY:
            frames[f"day {day}"].append(one)
    found = unfolded(view, frames, MOST_DAYS + len(frames) * DAYS_IN_ROW)
    box |= found.shown_by
    nodes = [*_small_days(view, {day: size for day, size in sizes.items() if day not in large})]
    for one, more in found.more.items():
        drawn = drawn_node(view, view.node(one), view.introduced_on(one))
        nodes.append(_standing_for(drawn, more))
    nodes.sort(key=lambda node: -1 if node.day is None else node.day)
    by_id = {node.id: node for node in nodes}
    edges = list(drawn_edges(view, found.edges, by_id))
    edges += _between(view, selection, box, by_id, {frozenset((edge.source, edge.target)) for edge in edges})
    titles = group_titles(view, large)
    days = {}
    for day in sorted(large - {0}):
        left = found.frames[f"day {day}"]
        others = f", {left} of them under none of these" if left else ""
        days[day] = f"{titles[day]} ({len(frames[f'day {day}'])} nodes{others})"
    left = found.frames.get("day 0", 0)
    every = len(box) + sum(found.frames.values())
    remark = (
        f"{every} nodes are too many to read at once: a box stands for what is under it too, a thick line for "
        f"several edges{f', and {left} nodes stand under no box' if left else ''}. {_CLOSER}"
    )
    whole = way(view, selection if selection.focus else replace(selection, whole=True), "outline")
    return Picture(heading(view), remark, tuple(nodes), tuple(edges), days, whole)


def _standing_for(node: DrawnNode, more: int) -> DrawnNode:
    """A node that says how many others it stands for."""
    return replace(node, more=more, detail=f"and {more} more") if more else node


def _small_days(view: View, sizes: Mapping[int, int]) -> Iterator[DrawnNode]:
    """A box for each day."""
    kind = view.vocabulary.kinds.get(DAY) or unknown_kind(DAY)
    titles = group_titles(view, sizes)
    for day, size in sizes.items():
        yield DrawnNode(day_id(day), titles[day], kind, day, detail=counted(size, "node"), group=day, more=size)


def _between(
    view: View, selection: Selection, box: Mapping[str, str], nodes: Mapping[str, DrawnNode], drawn: Set[frozenset[str]]
) -> Iterator[DrawnEdge]:
    """The strongest of the connections that are not drawn between what the boxes stand for."""
    rank = {one: place for place, one in enumerate(nodes)}
    joins: Counter[tuple[str, str]] = Counter()
    for edge in filter(selection.takes_edge, view.edge_keys()):
        one, other = box.get(edge.source), box.get(edge.target)
        if one is not None and other is not None and one != other and frozenset((one, other)) not in drawn:
            joins[(one, other) if rank[one] < rank[other] else (other, one)] += 1
    strong = [ends for ends in joins if joins[ends] > 1]
    for one, other in sorted(sorted(strong, key=lambda ends: (-joins[ends], ends))[: len(nodes) // 3]):
        yield replace(_counting(one, other, joins[one, other]), loose=True)


def _counting(one: str, other: str, count: int) -> DrawnEdge:
    """An edge that stands for so many."""
    return DrawnEdge(one, other, one, None, about=counted(count, "edge"), weight=count)


def _spread(view: View, selection: Selection) -> tuple[Counter[int], Counter[tuple[int, int]]]:
    """How many nodes of the selection each day introduces, and how many of its edges join two days."""
    if view.as_of is None and not selection.kinds and not selection.relations:
        spread = spread_of(view)
        return spread.nodes, spread.edges
    days = {node: view.introduced_on(node) or 0 for node in selection.node_ids(view)}
    edges = (edge for edge in view.edge_keys() if selection.takes_edge(edge))
    ends = (sorted((days[one.source], days[one.target])) for one in edges if {one.source, one.target} <= days.keys())
    return Counter(days.values()), Counter((day, other) for day, other in ends)


def _stretches(days: list[int]) -> dict[int, int]:
    """Each day's stretch, named by its first day."""
    length = -(-len(days) // MOST_DAYS)
    return {day: days[i - i % length] for i, day in enumerate(days)}


def _day_nodes(view: View, stretch: dict[int, int], sizes: Counter[int]) -> list[DrawnNode]:
    kind = view.vocabulary.kinds.get(DAY) or unknown_kind(DAY)
    titles = group_titles(view, stretch)
    nodes = []
    for row, (first, size) in enumerate(sorted(sizes.items())):
        last = max(day for day, start in stretch.items() if start == first)
        label = titles[first] if first == last else f"Days {first} to {last}"
        cell = (row % DAYS_IN_ROW, row // DAYS_IN_ROW)
        nodes.append(DrawnNode(day_id(first), label, kind, None, detail=counted(size, "node"), cell=cell, more=size))
    return nodes


_CLOSER = "conceptmap draw --focus NODE shows what is near a node"


def _remark(nodes: int, left_out: int) -> str:
    links = f" ({left_out} thin ones are left out)" if left_out else ""
    return (
        f"{nodes} nodes are too many to read at once, so this shows the days; the thicker a line{links}, "
        f"the more edges it stands for. {_CLOSER}"
    )
