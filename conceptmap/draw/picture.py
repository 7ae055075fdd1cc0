"""The picture: the nodes and edges that a drawing shows, before any format."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import Any

from conceptmap.draw.labels import drawn_label, safe_name, standing, word_name
from conceptmap.plain_words import plain_words
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.model import EdgeKey
from ontology.names import without_pictographs
from ontology.vocabulary import Kind, Relation

UNKNOWN_COLOR = "#555555"
"""The dark grey of kinds and relations that the vocabulary does not declare."""

MAX_ABOUT = 600
"""Characters of a node's text that a picture holds, as much as a tooltip has room for; a card has all of it."""


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node on the picture: the day on which it came up, and what else is said of it.

    `more` counts the nodes that it stands for, besides itself.
    `group` is the frame that it stands in, by the frame's first day, or the number of a folder's or note's frame, which
    is below -1; None stands in no frame.
    `cell` is a fixed place, column and row; where one node has one, all have.
    """

    id: str
    label: str
    kind: Kind
    day: int | None
    about: str = ""
    detail: str = ""
    focus: bool = False
    cell: tuple[int, int] | None = None
    group: int | None = None
    more: int = 0

    @property
    def name(self) -> str:
        """Its id in DOT, SVG and Mermaid."""
        return node_name(self.id)

    @property
    def title(self) -> str:
        """What it is, in words.

        >>> from ontology.vocabulary import read_vocabulary
        >>> DrawnNode("yeast", "Yeast", read_vocabulary().kinds["Concept"], 2).title
        'Yeast (Concept, day 2)'
        """
        day = f", day {self.day}" if self.day is not None else ""
        detail = f", {self.detail}" if self.detail else ""
        return f"{self.label} ({self.kind.name}{day}{detail})"


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """An edge on the picture, or the comparisons of one pair: one edge for each dimension, with its values in words.

    `first` is the end that is read first, `day` the day on which the edge came up; a `loose` one has no say in where
    its ends stand. An edge of no relation counts the `weight` edges that it stands for.
    """

    source: str
    target: str
    first: str
    relation: Relation | None
    dimensions: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    weight: int = 1
    day: int = 0
    loose: bool = False

    @property
    def name(self) -> str:
        """Its id in DOT and SVG: its ends and its relation."""
        relation = word_name(self.relation_name or "between")
        return f"e_{safe_name(self.source)}.{relation}.{safe_name(self.target)}"

    @property
    def relation_name(self) -> str:
        """The name of its relation; empty for a mere count."""
        return self.relation.name if self.relation else ""

    @property
    def key(self) -> EdgeKey | None:
        """The edge of the map that it stands for, without its dimensions; None for a mere count."""
        return EdgeKey(self.source, self.relation.name, self.target) if self.relation else None

    @property
    def second(self) -> str:
        """The end that is read after the other."""
        return self.target if self.first == self.source else self.source

    @property
    def details(self) -> str:
        """What else is said of it: its dimensions with their values, and notes."""
        values = [f"{dimension}: {values}" if values else dimension for dimension, values in self.dimensions.items()]
        return "\n".join([*values, *([self.about] if self.about else [])])

    def title(self, source: str, target: str) -> str:
        """What it says, in words, given the labels of its ends."""
        return f"{source} {self.relation_name or 'is joined to'} {target}".strip()


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, in reading order; `remark` says what is left out, `days` gives the title of each frame.

    `way` is where to see what is left out, as a clause behind the remark. What is `settled` stays where it is, whatever
    later days add; else all of it is placed as is best for the page.
    """

    heading: str
    remark: str
    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]
    days: Mapping[int, str]
    way: str = ""
    settled: bool = True

    @property
    def notice(self) -> str:
        """What is left out, and the way to see it; empty where nothing is."""
        return f"{self.remark}; {self.way}." if self.way else self.remark

    @property
    def kinds(self) -> list[Kind]:
        """The kinds that occur, in their declared order."""
        found = {node.kind.name: node.kind for node in self.nodes}
        return sorted(found.values(), key=lambda kind: (kind.order, kind.name))

    @property
    def relations(self) -> list[Relation]:
        """The relations that occur, in their declared order."""
        found = {edge.relation.name: edge.relation for edge in self.edges if edge.relation}
        return sorted(found.values(), key=lambda relation: (relation.order, relation.name))


def node_name(node: str) -> str:
    """The id of a node in DOT, SVG and Mermaid."""
    return "n_" + safe_name(node)


def frame_name(group: int) -> str:
    """The id of a frame in DOT, SVG and Mermaid.

    >>> frame_name(3), frame_name(-2)
    ('day_3', 'notes_2')
    """
    return f"day_{group}" if group >= 0 else f"notes_{-group}"


def heading(view: View) -> str:
    """The name of the map and the day that the view stands at, if any of its notes has a day."""
    if not view.map:
        return "An empty map"
    is_undated = view.day == 0 and all(document.undated for document in view.documents())
    return view.map if is_undated else f"{view.map} {standing(view)}"


def group_titles(view: View, days: Iterable[int]) -> dict[int, str]:
    """The title of each day: its number, and what its first titled document calls it."""
    titles: dict[int, str] = {}
    for document in view.documents():
        if document.title and not document.undated:
            titles.setdefault(document.day, without_pictographs(document.title))
    return {day: view.day_label(day) + (f" · {titles[day]}" if day in titles else "") for day in sorted(days)}


def drawn_node(view: View, node: FoldedNode, day: int | None, *, focus: bool = False) -> DrawnNode:
    """A node of the view, in the frame of its day."""
    kind = view.vocabulary.kinds.get(node.kind) or unknown_kind(node.kind)
    said = plain_words(node.text or "")
    if len(said) > MAX_ABOUT:
        said = f"{said[:MAX_ABOUT].rsplit(maxsplit=1)[0]} …"
    about = "\n".join(part for part in (said, node.formula) if part)
    return DrawnNode(node.id, drawn_label(node), kind, day, about, focus=focus, group=day)


def drawn_edges(view: View, edges: Iterable[FoldedEdge], nodes: Mapping[str, DrawnNode]) -> tuple[DrawnEdge, ...]:
    """The edges whose ends are both on the picture; comparisons of one pair become one."""
    pairs: dict[tuple[str, str, str], list[FoldedEdge]] = {}
    for edge in edges:
        if edge.source in nodes and edge.target in nodes:
            pairs.setdefault((edge.source, edge.relation, edge.target), []).append(edge)
    return tuple(_drawn_edge(view, pair, nodes) for pair in pairs.values())


def in_reading_order(nodes: Iterable[DrawnNode], edges: Iterable[DrawnEdge]) -> list[DrawnNode]:
    """The nodes day by day, and within a day each behind those that its edges are read from, as far as they allow."""
    found = {node.id: node for node in nodes}
    days = {node.id: (-1 if node.day is None else node.day) for node in found.values()}
    behind: dict[str, list[str]] = {}
    ahead = dict.fromkeys(found, 0)
    for edge in edges:
        if days[edge.first] == days[edge.second] and edge.first != edge.second:
            behind.setdefault(edge.first, []).append(edge.second)
            ahead[edge.second] += 1
    waiting = [(days[node], ahead[node], node) for node in found]
    heapify(waiting)
    ordered: list[DrawnNode] = []
    while waiting:
        _, count, name = heappop(waiting)
        if name in ahead and count == ahead[name]:
            ordered.append(found[name])
            del ahead[name]
            for second in behind.get(name, ()):
                if second in ahead:
                    ahead[second] -= 1
                    heappush(waiting, (days[second], ahead[second], second))
    return ordered


def _drawn_edge(view: View, edges: list[FoldedEdge], nodes: Mapping[str, DrawnNode]) -> DrawnEdge:
    edge = edges[0]
    relation = view.vocabulary.relations.get(edge.relation) or _unknown_relation(edge.relation)
    dimensions = {one.dimension: _values(one) for one in edges if one.dimension}
    about = "\n".join(one.note for one in edges if one.note)
    first, day = _first(edge, relation, nodes), min(one.days[0] for one in edges)
    return DrawnEdge(edge.source, edge.target, first, relation, dimensions, about, day=day)


def _first(edge: FoldedEdge, relation: Relation, nodes: Mapping[str, DrawnNode]) -> str:
    """The older end; on one day the end that is drawn above, else as the relation is read."""
    source, target = nodes[edge.source].day, nodes[edge.target].day
    if source != target and source is not None and target is not None:
        return edge.source if source < target else edge.target
    return edge.target if (edge.parent or relation.first) == "target" else edge.source


def _values(edge: FoldedEdge) -> str:
    return f"{edge.values.source} / {edge.values.target}" if edge.values else ""


def unknown_kind(name: str) -> Kind:
    """A kind that the vocabulary does not declare: a plain rectangle, the last in the legend."""
    return Kind(name=name, iri="", order=1000, shape="box", fill="#ffffff", stroke=UNKNOWN_COLOR)


def _unknown_relation(name: str) -> Relation:
    says: dict[str, Any] = dict.fromkeys(("name", "inverse", "says", "inverse_says"), name)
    return Relation(**says, iri="", order=1000, line_style="solid", color=UNKNOWN_COLOR, arrow="normal")
