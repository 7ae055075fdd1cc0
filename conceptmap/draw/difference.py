"""The picture of a diff: what differs and what is next to it, told apart as added, removed, changed or as before."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import Literal

from msgspec import structs

from conceptmap.draw.dot import line_of
from conceptmap.draw.hanging import drawn_branches
from conceptmap.draw.layout import SMALL_SIZE, Layout, laid_out
from conceptmap.draw.line_words import names_on_lines, point_along
from conceptmap.draw.parts import Part
from conceptmap.draw.picture import (
    DrawnEdge,
    DrawnNode,
    Picture,
    drawn_edges,
    drawn_node,
    group_titles,
    in_reading_order,
)
from conceptmap.draw.render import Renderer, find_renderer
from conceptmap.draw.routes import Point, Rect
from conceptmap.draw.svg import LETTER, Entry, Extras, paint
from conceptmap.draw.theme import DARK, LIGHT, SHAPES, Paper
from conceptmap.draw.tree import branches
from conceptmap.draw.unfolding import unfolded
from conceptmap.plain_words import counted
from graphs.diff import Diff, Shift
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.model import EdgeKey
from ontology.terms import DAY, HUBS, INTRODUCED_ON
from ontology.vocabulary import Relation

MOST_NODES = 150
"""More nodes than these are unfolded only so far that boxes stand for what is under them."""

MOST_BOXES = 90
"""So many nodes of either map stand for its others then, about three screens."""

MOST_NAMES = 40
"""Of more edges not all find room for the names of their relations, so a legend has them."""

Status = Literal["added", "removed", "changed", "same"]

_ROUND = ("ellipse", "oval", "circle", "egg")
_LOWER = {"cds": 6.0}
"""So many pixels lower than the top of its rectangle Graphviz begins the body of a shape."""
_NEAR = 22.0
"""So far from an edge's start stands its sign, behind an arrow, if it has no name: there edges are still apart."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status looks: its word and sign, the strokes of the sign, the dashes and width of lines, its colours.

    The colours are fill and stroke, on light and on dark paper.
    """

    word: str
    sign: str
    strokes: str
    dashes: str
    width: float
    light: tuple[str, str]
    dark: tuple[str, str]


MARKS: Mapping[Status, Mark] = {
    "added": Mark("added", "+", "M-4,0H4M0,-4V4", "", 2.2, ("#dcf3e1", "#1a7037"), ("#12351f", "#7fd69a")),
    "removed": Mark("removed", "−", "M-4,0H4", "5 4", 2.0, ("#fdebe9", "#b3261e"), ("#42191a", "#f2a09a")),
    "changed": Mark(
        "changed", "~", "M-4,1Q-2,-4 0,0T4,-1", "10 3 2 3", 2.2, ("#fff1cf", "#8a5a00"), ("#3f3010", "#e9c46a")
    ),
    "same": Mark("as before", "", "", "", 1.1, ("#ffffff", "#66727c"), ("#1f262c", "#98a5af")),
}

_PLAIN = dict(zip(("fill", "stroke"), MARKS["same"].light, strict=True))
_PLAIN_LINE = {"color": _PLAIN["stroke"], "line_style": "solid"}


def draw_difference(
    before: View, after: View, diff: Diff, title: str, *, whole: bool = False, renderer: Renderer | None = None
) -> str:
    """One SVG of all nodes and edges that differ and of what is next to them; `whole`: of the drawn maps too.

    Kinds are told by shape and relations by name, once for lines that run together, so that line, sign and colour are
    free to tell what changed. Raises `DrawingFailed`.
    """
    union = _Union(before, after, diff)
    picture = union.picture(title, whole=whole)
    layout = laid_out(picture, "map")
    nodes = {node.id: union.status_of_node(node.id) for node in picture.nodes}
    edges = {edge.name: union.status_of_edge(edge) for edge in picture.edges}

    def marked(part: Part) -> Part:
        if part.group is not None:
            return part
        status = nodes[part.node.id] if part.node else edges[part.name]
        mark, sign = MARKS[status], ""
        if part.node and mark.sign:
            sign = _badge(mark, *_corner(layout.places[part.node.id], part.node.kind.shape))
        classes = f"{part.classes} change_{status}"
        return replace(part, classes=classes, title=f"{mark.word}: {part.title}", sign=sign)

    words = _Words(layout, edges)
    counts = Counter[Status](), Counter(edges.values())
    for node in picture.nodes:
        counts[0][nodes[node.id]] += 1 + node.more
    key = [
        Entry(
            f"{mark.word}: {counted(counts[0][status], 'node')}, {counted(counts[1][status], 'edge')}",
            _sample(status, mark),
        )
        for status, mark in MARKS.items()
    ]
    extras = Extras(f"\n{_style_sheet()}", key, words.svg(), words.reach)
    return paint(picture, layout, renderer or find_renderer(), decorate=marked, extras=extras)


class _NamedEdges(Picture):
    """A picture whose edges carry their relations' names, so that its legend need not explain them."""

    @property
    def relations(self) -> list[Relation]:
        return []


@dataclass(frozen=True)
class _Union:
    """Both views as one: of what both have the newer, of what is gone the older."""

    before: View
    after: View
    diff: Diff

    def picture(self, title: str, *, whole: bool) -> Picture:
        """All that differs, with the ends of edges that do, and what is next to a node that was there before.

        Frames show the days; units and sources are next to nothing. Many nodes are unfolded only so far.
        """
        found, more, left = self._changed()
        if not any(more.values()):
            pairs = [{key.source, key.target} for key in self._edges]
            found |= dict.fromkeys(sorted({end for ends in pairs if not ends & self._days for end in ends}))
            old = [node for node in self._nodes if node in found and self._nodes[node] != "added"]
            near = (edge.other(node) for node in old for edge in self._edges_at(node))
            found |= dict.fromkeys(end for end in near if self._node(end).kind not in HUBS)
        inside = found.keys()
        edges = {self._key(edge): edge for node in found for edge in self._edges_at(node) if edge.other(node) in inside}
        apart = self._edges.keys() | self._nodes.keys()
        kept = {key: edge for key, edge in edges.items() if {key, key.source, key.target} & apart}
        if whole:
            maps = [drawn_branches(view) for view in (self.after, self.before)]
            drawn = [branch for hung in maps if hung for branch in branches(hung.roots)]
            found |= dict.fromkeys(branch.node.id for branch in drawn)
            kept = {self._key(branch.edge): branch.edge for branch in reversed(drawn) if branch.edge} | kept
        picture = self._picture(found, kept.values(), title, more)
        ordered = tuple(in_reading_order(picture.nodes, picture.edges))
        hidden = sum(key.relation != INTRODUCED_ON for key in self._edges.keys() - kept.keys())
        remark = self._not_drawn(sum(more.values()) + left, hidden) if ordered else "Nothing differs."
        return replace(picture, nodes=ordered, remark=remark)

    def _not_drawn(self, nodes: int, edges: int) -> str:
        """What differs and has no box or line of its own, with the command that lists it."""
        kinds = [(nodes, "more node"), (edges, "more edge")]
        more = " and ".join(counted(count, kind) for count, kind in kinds if count)
        if not more:
            return ""
        boxes = "a box stands for what is under it too; " if nodes else ""
        views = (self.before, self.after)
        if self.before.day == self.after.day:
            points = [f"--at {view.entry}" for view in views]
        else:
            points = [str(view.day) for view in views if view.day is not None]
        verb = "differs" if nodes + edges == 1 else "differ"
        return f"{more} {verb}; {boxes}for all: {' '.join(['conceptmap diff', *points])}."

    def _changed(self) -> tuple[dict[str, None], Mapping[str, int], int]:
        """The nodes that differ, how many others each stands for, and how many stand under none."""
        changed = [node for node in self._nodes if node not in self._days]
        if len(changed) <= MOST_NODES:
            return dict.fromkeys(changed), {}, 0
        more: dict[str, int] = {}
        left = 0
        for view in (self.after, self.before):
            frames: dict[str, list[str]] = {}
            for node in changed:
                if self._view(node) is view:
                    frames.setdefault(f"{self._nodes[node]} {view.introduced_on(node)}", []).append(node)
            found = unfolded(view, frames, MOST_BOXES)
            more |= found.more
            left += sum(found.frames.values())
        return dict.fromkeys(more), more, left

    def status_of_node(self, node: str) -> Status:
        """What became of a node."""
        return self._nodes.get(node, "same")

    def status_of_edge(self, edge: DrawnEdge) -> Status:
        """What became of the edges that one on the picture stands for."""
        keys = [EdgeKey(edge.source, edge.relation_name, edge.target, one) for one in edge.dimensions or (None,)]
        found = {self._edges.get(self.after.folded_key(key), "same") for key in keys}
        return found.pop() if len(found) == 1 else "changed"

    @cached_property
    def _days(self) -> frozenset[str]:
        return frozenset(one for view in (self.before, self.after) for one in view.node_ids_after("", DAY))

    @cached_property
    def _nodes(self) -> Mapping[str, Status]:
        nodes = self.diff.nodes
        return {
            **{node.id: "added" for node in nodes.added},
            **{node.id: "removed" for node in nodes.removed},
            **{change.after.id: "changed" for change in nodes.news},
        }

    @cached_property
    def _edges(self) -> Mapping[EdgeKey, Status]:
        edges = self.diff.edges
        return {
            **{self._key(edge): "added" for edge in edges.added},
            **{self._key(edge): "removed" for edge in edges.removed},
            **{self._key(change.after): "changed" for change in edges.news},
        }

    def _key(self, edge: FoldedEdge) -> EdgeKey:
        return self.after.folded_key(edge.key)

    def _node(self, node: str) -> FoldedNode:
        return self._view(node).node(node)

    def _view(self, node: str) -> View:
        """The view that a node is read from."""
        return self.after if self.after.has_node(node) else self.before

    def _edges_at(self, node: str) -> Iterable[FoldedEdge]:
        views = (self.before, self.after)
        return {
            self._key(edge): edge for view in views for edge in (*view.edges_from(node), *view.edges_to(node))
        }.values()

    def _picture(
        self, nodes: Iterable[str], edges: Iterable[FoldedEdge], title: str, more: Mapping[str, int]
    ) -> Picture:
        shifts = {shift.node.id: shift for shift in self.diff.claims}
        drawn = {node: self._drawn(node, shifts.get(node), more.get(node, 0)) for node in nodes}
        plain = tuple(map(_plain, drawn_edges(self.after, edges, drawn)))
        dated = set(self.after.days())
        days = {node.day for node in drawn.values() if node.day is not None}
        titles = group_titles(self.before, days - dated) | group_titles(self.after, days & dated)
        picture = _NamedEdges if len(plain) <= MOST_NAMES else Picture
        return picture(title, "", tuple(drawn.values()), plain, dict(sorted(titles.items())))

    def _drawn(self, node: str, shift: Shift | None, more: int) -> DrawnNode:
        view = self._view(node)
        drawn = drawn_node(view, view.node(node), view.introduced_on(node))
        detail = ""
        if shift:
            detail = f"now {shift.after.supports} for, {shift.after.opposes} against"
        if more:
            detail = f"and {more} more"
        return replace(drawn, kind=structs.replace(drawn.kind, **_PLAIN), detail=detail, more=more)


def _plain(edge: DrawnEdge) -> DrawnEdge:
    return replace(edge, relation=structs.replace(edge.relation, **_PLAIN_LINE)) if edge.relation else edge


class _Words:
    """Signs, and names of relations, on the edges; none stands on another, if it can be."""

    def __init__(self, layout: Layout, statuses: Mapping[str, Status]) -> None:
        self._placed: list[tuple[float, float, str, Status]] = []
        self._marks: list[str] = []
        named: set[str] = set()
        for name in names_on_lines(layout):
            found = {statuses[edge] for edge in name.edges}
            if len(found) == 1:
                (status,) = found
                for row, (words, (x, y)) in enumerate(name.baselines):
                    sign = "" if row else MARKS[status].sign
                    self._placed.append((x, y - 4, f"{sign} {words}".strip(), status))
                if name.back:
                    self._marks.append(name.mark(len(f"{MARKS[status].sign} ".strip()) * LETTER))
                named.update(name.edges)
        for routed in layout.edges:
            status = statuses[routed.edge.name]
            if routed.edge.name not in named and MARKS[status].sign and (curve := line_of(routed)):
                self._placed.append((*point_along(curve, _NEAR), MARKS[status].sign, status))

    @property
    def reach(self) -> float:
        """How far they reach to the right."""
        return max((x + len(text) * LETTER / 2 for x, _, text, _ in self._placed), default=0.0)

    def svg(self) -> str:
        """All of them, to be painted last."""
        texts = [
            f'<text x="{x:g}" y="{y + 4:g}" text-anchor="middle" font-size="{SMALL_SIZE}" class="change_{status}">'
            f"{escape(text)}</text>"
            for x, y, text, status in self._placed
        ]
        marks = [f'<path d="{mark}" class="quiet"/>' for mark in self._marks]
        return "".join(['<g class="said">', *texts, *marks, "</g>"])


def _corner(rect: Rect, shape: str) -> Point:
    """The upper left corner of a node, on its outline."""
    inside = 0.15 if shape in _ROUND else 0.0
    return rect.x + inside * rect.width, rect.y + inside * rect.height + _LOWER.get(shape, 0.0)


def _badge(mark: Mark, x: float, y: float) -> str:
    """The sign in a disc, drawn and not written, so that it looks alike with every font."""
    return (
        f'<g class="badge" transform="translate({x:g} {y:g})"><circle r="8" fill="{mark.light[1]}"/>'
        f'<path d="{mark.strokes}" fill="none" stroke="#ffffff" stroke-width="2"/></g>'
    )


def _sample(status: Status, mark: Mark) -> str:
    fill, stroke = mark.light
    badge = _badge(mark, 6, -13) if mark.sign else ""
    return (
        f'<g class="change_{status}"><path d="M6,-13h24v16h-24z" fill="{fill}" stroke="{stroke}" '
        f'stroke-width="{mark.width:g}"/>{badge}</g>'
    )


def _style_sheet() -> str:
    shapes = [
        (f"{', '.join(f'.change_{status} > {shape}' for shape in SHAPES)}", mark) for status, mark in MARKS.items()
    ]
    lines = [
        f"{selector} {{ stroke-width: {mark.width:g}px;"
        + (f" stroke-dasharray: {mark.dashes};" if mark.dashes else "")
        + " }"
        for selector, mark in shapes
    ]
    return "\n".join(
        [
            *lines,
            ".edge > polygon { stroke-dasharray: none !important; stroke-width: 1.2px !important; }",
            ".node.change_removed text { text-decoration: line-through; }",
            ".said text { font-weight: bold; stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }",
            ".said text.change_same { font-weight: normal; }",
            _colors(LIGHT, lambda mark: mark.light),
            f"@media (prefers-color-scheme: dark) {{\n{_colors(DARK, lambda mark: mark.dark)}\n}}",
        ]
    )


def _colors(paper: Paper, colors_of: Callable[[Mark], tuple[str, str]]) -> str:
    rules = [
        f".said text {{ stroke: {paper.panel}; }}",
        f".badge path {{ stroke: {paper.paper} !important; fill: none !important; }}",
    ]
    for status, mark in MARKS.items():
        fill, stroke = colors_of(mark)
        shapes = ", ".join(f".change_{status} > {shape}" for shape in SHAPES)
        rules += [
            f"{shapes} {{ fill: {fill}; stroke: {stroke}; }}",
            f".edge.change_{status} > polygon, .edge.change_{status} > ellipse {{ fill: {stroke}; }}",
            f".change_{status} .badge circle {{ fill: {stroke}; }}",
            f"svg.map .said text.change_{status} {{ fill: {stroke}; }}",
        ]
    return "\n".join(rules)
