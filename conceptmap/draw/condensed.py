"""Pictures of more than can be read at once: boxes that stand for others too, in frames of days, folders and notes."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from itertools import islice

from conceptmap.draw.folders import Frame, note_frames
from conceptmap.draw.picture import (
    DrawnEdge,
    DrawnNode,
    Picture,
    drawn_edges,
    drawn_node,
    group_titles,
    heading,
    unknown_kind,
)
from conceptmap.draw.selection import Selection, way
from conceptmap.draw.unfolding import unfolded
from conceptmap.plain_words import counted
from graphs.spread import spread_of
from graphs.view import View
from ontology.model import EdgeKey
from ontology.names import day_id
from ontology.terms import DAY, INTRODUCED_ON

MOST_DAYS = 60
"""So many nodes an overview has, ten rows; where there are more days, each stands for a stretch of them."""

LARGE_DAY = 60
"""A day of more nodes than this is unfolded in an overview: they do not fit on a screen."""

FEW_DAYS = 18
"""So many days are all unfolded, whether they are large or not: a box for each says little of any."""

MOST_BOXES = 150
"""So many boxes an overview has where it is unfolded: three screens of text."""

MOST_OTHERS = 36
"""So many notes or folders without a frame of their own have a box."""

MOST_FAR = 4
"""So many lines lead from a box to other frames, the strongest; more would be a wall of stand-ins before it."""

MOST_UNFOLDED = 10_000
"""So many nodes are looked at to unfold them, in about a second; of more, the best joined and their neighbours."""

DAYS_IN_ROW = 6
"""How many days an overview has in a row, about as wide as a screen."""


def overview(view: View, selection: Selection) -> Picture:
    """A node for each day (a stretch of days, where they are many) in rows; edges that count those between them.

    Large days are unfolded, where there is room.
    """
    sizes, joined = _spread(view, selection)
    if large := _large_days(sizes):
        return unfolded_days(view, selection, sizes, large)
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


def _large_days(sizes: Mapping[int, int]) -> set[int]:
    """The days that are unfolded in an overview: all of few, of more those that are large."""
    if 2 * len(sizes) > MOST_DAYS:
        return set()
    return {day for day, size in sizes.items() if size > LARGE_DAY or len(sizes) <= FEW_DAYS}


def unfolded_days(view: View, selection: Selection, sizes: Mapping[int, int], large: Set[int]) -> Picture:
    """These days: large ones as frames of what stands for the rest of them, and the others as boxes.

    What is of no day stands in the frames of its folders or notes.
    """
    frames, undated, box = _frames(view, selection, sizes, large)
    others = {number: frame for number, frame in undated.items() if frame.others}
    room = min(MOST_BOXES, MOST_DAYS + len(frames) * DAYS_IN_ROW)
    known = _best_joined(view, {number: ids for number, ids in frames.items() if number not in others})
    found = unfolded(view, {_named(number): ids for number, ids in known.items()}, room)
    box |= found.shown_by
    more, group = dict(found.more), {one: number for number, ids in frames.items() for one in ids}
    for frame in others.values():
        for inside in frame.others[:MOST_OTHERS]:
            head = inside.head(view)
            more[head] = len(inside.nodes) - 1
            box |= dict.fromkeys(inside.nodes, head)
    nodes = [*_small_days(view, {day: size for day, size in sizes.items() if day not in large})]
    for one, count in more.items():
        drawn = drawn_node(view, view.node(one), view.introduced_on(one))
        nodes.append(standing_for(replace(drawn, group=group[one] or None), count))
    nodes.sort(key=lambda node: -1 if node.day is None else node.day)
    by_id = {node.id: node for node in nodes}
    edges = list(drawn_edges(view, found.edges, by_id))
    joined = {one: head for one, head in box.items() if group.get(head) not in others}
    edges += _between(view, selection, joined, by_id, {frozenset((edge.source, edge.target)) for edge in edges})
    titles = group_titles(view, large - {0}) | {number: frame.title for number, frame in undated.items()}
    shown = Counter(group[one] for one in box if one in group)
    days = {}
    for number in sorted(titles):
        notes = undated[number].notes if number in undated else 1
        left = len(frames[number]) - shown[number]
        parts = [counted(notes, "note")] if notes > 1 else []
        parts += [counted(len(frames[number]), "node"), *([f"{left} under no box"] if left else [])]
        days[number] = f"{titles[number]} ({', '.join(parts)})"
    left = len(frames.get(0, ())) - shown[0]
    every = sum(map(len, frames.values())) + sum(size for day, size in sizes.items() if day not in large)
    remark = (
        f"{every} nodes are too many to read at once: a box stands for what is under it too, a thick line for "
        f"several edges{f', and {left} nodes stand under no box' if left else ''}. {_CLOSER}"
    )
    whole = way(view, selection if selection.focus else replace(selection, whole=True), "outline")
    return Picture(heading(view), remark, tuple(nodes), tuple(edges), days, whole, settled=False)


def _frames(
    view: View, selection: Selection, sizes: Mapping[int, int], large: Set[int]
) -> tuple[dict[int, list[str]], dict[int, Frame], dict[str, str]]:
    """The nodes of each frame, by its number; the frames of what is undated; and the boxes of small days."""
    frames: dict[int, list[str]] = {day: [] for day in sorted(large)}
    box: dict[str, str] = {}
    for one in selection.node_ids(view):
        day = view.introduced_on(one) or 0
        if day in sizes and day not in large:
            box[one] = day_id(day)
        elif day in large and view.kind(one) != DAY:
            frames[day].append(one)
    undated = note_frames(view, frames.get(0, ()))
    if undated:
        del frames[0]
    return {number: list(frame.nodes) for number, frame in undated.items()} | frames, undated, box


def _best_joined(view: View, frames: Mapping[int, list[str]]) -> Mapping[int, list[str]]:
    """The nodes of each frame; of too many the best joined, with what is joined to them, in the same shares."""
    every = sum(map(len, frames.values()))
    if every <= MOST_UNFOLDED:
        return frames
    near: dict[str, list[str]] = defaultdict(list)
    for key in view.edge_keys():
        if key.relation != INTRODUCED_ON:
            near[key.source].append(key.target)
            near[key.target].append(key.source)
    found: dict[int, list[str]] = {}
    for number, ids in frames.items():
        inside, most = set(ids), max(1, len(ids) * MOST_UNFOLDED // every)
        best = sorted(ids, key=lambda one: (-len(near[one]), one))
        around = (other for one in best for other in (one, *near[one]) if other in inside)
        found[number] = list(islice(dict.fromkeys(around), most))
    return found


def in_folders(picture: Picture, view: View) -> Picture:
    """The picture of undated notes in the frames of their folders, else of the notes; as it is where there are days."""
    if any(node.day is not None or node.group is not None or node.cell for node in picture.nodes):
        return picture
    frames = note_frames(view, [node.id for node in picture.nodes])
    group = {one: number for number, frame in frames.items() for one in frame.nodes}
    if not frames or 2 * len(frames) > len(group):
        return picture  # frames around single boxes say nothing
    nodes = tuple(replace(node, group=group[node.id]) for node in picture.nodes)
    titles = {number: frame.title for number, frame in frames.items()}
    return replace(picture, nodes=nodes, days=titles, settled=False)


def _named(number: int) -> str:
    """The name of a frame, which is no id of a node."""
    return f"frame {number}"


def standing_for(node: DrawnNode, more: int) -> DrawnNode:
    """A node that says how many others it stands for."""
    return replace(node, more=more, detail=f"and {more} more") if more else node


def _small_days(view: View, sizes: Mapping[int, int]) -> Iterator[DrawnNode]:
    """A box for each day."""
    kind = view.vocabulary.kinds.get(DAY) or unknown_kind(DAY)
    titles = group_titles(view, sizes)
    for day, size in sizes.items():
        yield DrawnNode(day_id(day), titles[day], kind, day, detail=counted(size, "node"), more=size)


def _between(
    view: View, selection: Selection, box: Mapping[str, str], nodes: Mapping[str, DrawnNode], drawn: Set[frozenset[str]]
) -> Iterator[DrawnEdge]:
    """The strongest of the connections that are not drawn between what the boxes stand for.

    Where that is one edge of the boxes themselves, it is that edge. Those in a frame have a say in where boxes stand.
    """
    rank = {one: place for place, one in enumerate(nodes)}
    joins: dict[tuple[str, str], list[EdgeKey]] = defaultdict(list)
    for key in filter(selection.takes_edge, view.edge_keys()):
        one, other = box.get(key.source), box.get(key.target)
        if one is not None and other is not None and one != other and frozenset((one, other)) not in drawn:
            joins[(one, other) if rank[one] < rank[other] else (other, one)].append(key)
    strong = sorted((ends for ends in joins if len(joins[ends]) > 1), key=lambda ends: (-len(joins[ends]), ends))
    own = [
        ends for ends in joins if len(joins[ends]) == 1 and {joins[ends][0].source, joins[ends][0].target} == {*ends}
    ]
    own.sort(key=lambda ends: joins[ends][0].rank)
    far: Counter[str] = Counter()
    kept: list[tuple[str, str]] = []
    for one, other in (*strong[: len(nodes) // 3], *own[: len(nodes) // 3]):
        if nodes[one].group != nodes[other].group:
            if max(far[one], far[other]) >= MOST_FAR:
                continue
            far.update((one, other))
        kept.append((one, other))
    for one, other in sorted(kept):
        loose, edges = nodes[one].group != nodes[other].group, joins[one, other]
        if len(edges) > 1:
            yield replace(_counting(one, other, len(edges)), loose=loose)
        elif edge := view.edge(edges[0]):
            yield from (replace(drawn, loose=loose) for drawn in drawn_edges(view, [edge], nodes))


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
