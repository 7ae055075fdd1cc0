"""Maps, their days, and the parts of these."""

from collections.abc import Mapping
from typing import Annotated, NotRequired, Required, cast

from pydantic import Field
from typing_extensions import TypedDict

from conceptmap.card import DayParts
from conceptmap.shapes.nodes import Data, Lines, ValuesShape
from graphs.bounds import in_time
from graphs.sizes import Extent
from graphs.view import FoldedEdge, FoldedNode
from ontology.model import STATED, End, How, Node, Origin

MapName = Annotated[str, Field(examples=["robot-intelligence"])]
PartName = Annotated[str, Field(examples=["day-26.md"])]


class MapLink(TypedDict):
    """A map in a list."""

    name: MapName
    url: str


class MapList(TypedDict):
    """Maps by name; `next` is the cursor of the next page."""

    maps: list[MapLink]
    next: str | None


class MapShape(TypedDict):
    """A map: its days, and how much is in it; `undated` notes are of no day. `entry` is its last entry."""

    name: MapName
    days: list[int]
    undated: int
    nodes: int
    edges: int
    entry: NotRequired[int]


def map_shape(name: str, extent: Extent) -> MapShape:
    """A map's size."""
    return {
        "name": name,
        "days": list(extent.days),
        "undated": extent.undated,
        "nodes": extent.nodes,
        "edges": extent.edges,
    }


class DrawnShape(TypedDict):
    """A drawing that is text, line by line."""

    format: str
    lines: list[str]


class PartShape(TypedDict):
    """A part of a day: its revision, and who put it when."""

    part: PartName
    revision: int
    author: str
    time: str
    media_type: str


class DayShape(TypedDict):
    """A day in a list, with its parts by name."""

    day: int
    name: str | None
    date: str | None
    title: str | None
    units: list[str]
    parts: list[PartShape]


def day_shape(day: DayParts) -> DayShape:
    """A day with its parts."""
    return {
        "day": day.day,
        "name": day.name,
        "date": day.date,
        "title": day.title,
        "units": day.units,
        "parts": [
            {
                "part": one.part,
                "revision": revision,
                "author": one.author,
                "time": one.time,
                "media_type": one.media_type,
            }
            for one, revision in zip(day.lines, day.revisions, strict=True)
        ],
    }


class DayList(TypedDict):
    """Days in order; `next` is the cursor of the next page."""

    days: list[DayShape]
    next: str | None


class OriginShape(TypedDict, total=False):
    """Where a document has an assertion from: lines, words, how it was read, and the rule that read it."""

    lines: Lines
    quote: str
    how: Required[How]
    rule: str


_From = TypedDict("_From", {"from": OriginShape}, total=False)


class SaidNode(_From, total=False):
    """What a document says of a node; what it does not say is left out."""

    id: Required[str]
    kind: Required[str]
    label: Required[str]
    aliases: list[str]
    text: str
    formula: str
    data: Data
    mention: bool
    correction: bool
    retyped: bool
    became: str
    ended: bool
    place: int


class SaidEdge(_From, total=False):
    """What a document says of an edge; what it does not say is left out."""

    source: Required[str]
    relation: Required[str]
    target: Required[str]
    dimension: str
    values: ValuesShape
    note: str
    place: int
    parent: End


class DayNode(SaidNode):
    """A node as all parts of a day say it, and the names of these parts."""

    parts: list[str]


class DayEdge(SaidEdge):
    """An edge as all parts of a day say it, and the names of these parts."""

    parts: list[str]


class ListedQuestion(TypedDict, total=False):
    """A question that the map must answer, the answers wanted (none said: any) and the line where it stands."""

    ask: Required[str]
    answers: list[str]
    line: int


class WholeDay(DayShape):
    """A day with its parts merged, in the words of a document."""

    map: MapName
    questions: list[ListedQuestion]
    nodes: list[DayNode]
    edges: list[DayEdge]


def said_node(node: Node) -> SaidNode:
    """A node in the words of a document."""
    return cast(SaidNode, node.as_json())


def whole_day(name: str, day: DayParts) -> WholeDay:
    """A day of a map, its parts merged."""
    view = day.view
    return {
        "map": name,
        **day_shape(day),
        "questions": [cast(ListedQuestion, one.as_json()) for one in day.questions],
        "nodes": list(map(_day_node, in_time(view.nodes()))),
        "edges": list(map(_day_edge, in_time(view.edges()))),
    }


def _day_node(node: FoldedNode) -> DayNode:
    said = [one.item for one in node.assertions if not one.item.mention]
    fields = {
        "id": node.id,
        "kind": node.kind,
        "label": node.label,
        "aliases": list(node.aliases),
        "text": node.text,
        "formula": node.formula,
        "data": dict(node.data),
        "mention": None if said else True,
        "place": node.place,
        "from": _origin_shape((said or [node.assertions[-1].item])[-1].origin),
    }
    return cast(DayNode, {**_without_defaults(fields), "parts": [one.part for one in node.assertions]})


def _day_edge(edge: FoldedEdge) -> DayEdge:
    values = edge.values
    fields = {
        "source": edge.source,
        "relation": edge.relation,
        "target": edge.target,
        "dimension": edge.dimension,
        "values": {"source": values.source, "target": values.target} if values else None,
        "note": edge.note,
        "place": edge.place,
        "parent": edge.parent,
        "from": _origin_shape(edge.assertions[-1].item.origin),
    }
    return cast(DayEdge, {**_without_defaults(fields), "parts": [one.part for one in edge.assertions]})


def _origin_shape(origin: Origin) -> OriginShape | None:
    """Where an assertion comes from; None for what is only stated, which documents leave out."""
    return None if origin == STATED else cast(OriginShape, origin.as_json())


def _without_defaults(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields without those that documents leave out."""
    return {name: value for name, value in fields.items() if value not in (None, [], {})}
