"""The picture: the boxes and lines that a drawing shows, before any format."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from conceptmap.draw.labels import drawn_label, standing
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.names import day_label
from ontology.vocabulary import Kind, Relation

UNKNOWN_COLOR = "#555555"


@dataclass(frozen=True, slots=True)
class Box:
    """A node on the picture: the day on which it came up, and what else is said of it.

    `group` is the frame that it stands in, by the frame's first day; None stands in no frame.
    `cell` is a fixed place, column and row; where one box has one, all have.
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


@dataclass(frozen=True, slots=True)
class Line:
    """An edge on the picture, or the comparisons of one pair: one edge for each dimension, with its values in words.

    `first` is the end that is read first, `day` the day on which the edge came up.
    A line of no relation counts the `weight` edges that it stands for.
    """

    source: str
    target: str
    first: str
    relation: Relation | None
    dimensions: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    weight: int = 1
    day: int = 0

    @property
    def second(self) -> str:
        """The end that is read after the other."""
        return self.target if self.first == self.source else self.source


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, in reading order; `remark` says what is left out, `days` gives the title of each frame."""

    heading: str
    remark: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    days: Mapping[int, str]

    @property
    def kinds(self) -> list[Kind]:
        """The kinds that occur, in their declared order."""
        found = {box.kind.name: box.kind for box in self.boxes}
        return sorted(found.values(), key=lambda kind: (kind.order, kind.name))

    @property
    def relations(self) -> list[Relation]:
        """The relations that occur, in their declared order."""
        found = {line.relation.name: line.relation for line in self.lines if line.relation}
        return sorted(found.values(), key=lambda relation: (relation.order, relation.name))


def heading(view: View) -> str:
    """The name of the map and the day that the view stands at."""
    return f"{view.map} {standing(view)}" if view.map else "An empty map"


def group_titles(view: View, days: Iterable[int]) -> dict[int, str]:
    """The title of each day: its number, and what its first titled document calls it."""
    titles: dict[int, str] = {}
    for document in view.documents():
        if document.title:
            titles.setdefault(document.day, document.title)
    return {day: day_label(day) + (f" · {titles[day]}" if day in titles else "") for day in sorted(days)}


def box_of(view: View, node: FoldedNode, day: int | None, *, focus: bool = False) -> Box:
    """The box of a node."""
    kind = view.vocabulary.kinds.get(node.kind) or _unknown_kind(node.kind)
    about = "\n".join(part for part in (node.text, node.formula) if part)
    return Box(node.id, drawn_label(node), kind, day, about, focus=focus, group=day)


def lines_of(view: View, edges: Iterable[FoldedEdge], boxes: Mapping[str, Box]) -> tuple[Line, ...]:
    """The lines of edges whose ends are both on the picture; comparisons of one pair share a line."""
    pairs: dict[tuple[str, str, str], list[FoldedEdge]] = {}
    for edge in edges:
        if edge.source in boxes and edge.target in boxes:
            pairs.setdefault((edge.source, edge.relation, edge.target), []).append(edge)
    return tuple(_line(view, pair, boxes) for pair in pairs.values())


def in_reading_order(boxes: Iterable[Box], lines: Iterable[Line]) -> list[Box]:
    """The boxes day by day, and within a day each behind those that its lines are read from, as far as they allow."""
    days = {box.id: (-1 if box.day is None else box.day) for box in boxes}
    found = {box.id: box for box in boxes}
    behind: dict[str, list[str]] = {}
    ahead = dict.fromkeys(found, 0)
    for line in lines:
        if days[line.first] == days[line.second] and line.first != line.second:
            behind.setdefault(line.first, []).append(line.second)
            ahead[line.second] += 1
    waiting = [(days[box], ahead[box], box) for box in found]
    heapify(waiting)
    ordered: list[Box] = []
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


def _line(view: View, edges: list[FoldedEdge], boxes: Mapping[str, Box]) -> Line:
    edge = edges[0]
    relation = view.vocabulary.relations.get(edge.relation) or _unknown_relation(edge.relation)
    dimensions = {one.dimension: _values(one) for one in edges if one.dimension}
    about = "\n".join(one.note for one in edges if one.note)
    first, day = _first(edge, relation, boxes), min(one.days[0] for one in edges)
    return Line(edge.source, edge.target, first, relation, dimensions, about, day=day)


def _first(edge: FoldedEdge, relation: Relation, boxes: Mapping[str, Box]) -> str:
    """The older end; on one day the end that is drawn above, else as the relation is read."""
    source, target = boxes[edge.source].day, boxes[edge.target].day
    if source != target and source is not None and target is not None:
        return edge.source if source < target else edge.target
    return edge.target if (edge.parent or relation.first) == "target" else edge.source


def _values(edge: FoldedEdge) -> str:
    return f"{edge.values.source} / {edge.values.target}" if edge.values else ""


def _unknown_kind(name: str) -> Kind:
    return Kind(name=name, iri="", order=1000, shape="box", fill="#ffffff", stroke=UNKNOWN_COLOR)


def _unknown_relation(name: str) -> Relation:
    words = {"name": name, "inverse": name, "says": name, "inverse_says": name, "iri": "", "order": 1000}
    return Relation.model_validate({**words, "line_style": "solid", "color": UNKNOWN_COLOR, "arrow": "normal"})
