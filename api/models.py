"""The shapes of answers and bodies, as the description of the service (OpenAPI) gives them.

Answers are not validated against these when they go out, that would cost more than making them; tests do it.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ontology.errors import Problem
from ontology.model import Edge, Node, Value


class Shape(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="allow")


class ProblemShape(Shape):
    """Any error (RFC 9457); `problems` name file, line and column in notes and documents."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": "/docs#invalid-document",
                    "title": "Notes or documents break the rules",
                    "status": 400,
                    "detail": "nothing was stored: one problem",
                    "problems": [
                        {
                            "file": "notes",
                            "line": 9,
                            "column": 3,
                            "what": "unknown relation 'require'",
                            "hint": "did you mean 'requires'?",
                        }
                    ],
                }
            ]
        },
    )

    type: str
    title: str
    status: int
    detail: str
    problems: list[Problem]


class MapName(Shape):
    """A map in a list."""

    name: str
    url: str


class MapList(Shape):
    """Maps by name."""

    maps: list[MapName]
    next: str | None


class MapSize(Shape):
    """A map: its days, and how much is in it. `entry` is its last entry."""

    name: str = Field(examples=["robot-intelligence"])
    days: list[int]
    nodes: int
    edges: int
    entry: int


class PartShape(Shape):
    """A part of a day: its revision, and who put it when."""

    part: str = Field(examples=["day-26.md"])
    revision: int
    author: str
    time: str
    media_type: str


class DayLine(Shape):
    """A day in a list."""

    day: int
    title: str | None
    units: list[str]
    parts: list[PartShape]


class DayList(Shape):
    """Days in order."""

    days: list[DayLine]
    next: str | None


class DayShape(DayLine):
    """A day: its parts merged, in the words of a document."""

    map: str
    nodes: list[dict[str, JsonValue]]
    edges: list[dict[str, JsonValue]]


class Cite(Shape):
    """Where something is said."""

    day: int
    file: str
    lines: list[int] | None
    quote: str | None


class NodeLine(Shape):
    """A node in a list."""

    id: str = Field(examples=["bitter-lesson"])
    label: str
    kind: str
    aliases: list[str]
    days: list[int]


class NodeList(Shape):
    """Nodes by id, or by how well they fit what was searched."""

    nodes: list[NodeLine]
    next: str | None


class NodeShape(NodeLine):
    """All that the map says of a node."""

    day: int | None
    text: str | None
    formula: str | None
    data: dict[str, JsonValue]
    links: list[dict[str, JsonValue]]
    assertions: list[dict[str, JsonValue]]


class Reached(NodeLine):
    """A node that a walk found, the node before it on the way, and where the step between is said."""

    day: int | None
    via: str
    cites: list[Cite]


class Walk(Shape):
    """A node and what a walk from it found, nearest first."""

    node: NodeLine
    found: list[Reached]


class PathShape(Shape):
    """A shortest path; both lists are empty where there is none."""

    nodes: list[NodeLine]
    edges: list[dict[str, JsonValue]]


class AnswerShape(Shape):
    """The reply to a question."""

    status: Literal["answered", "unknown", "ambiguous"]
    sentence: str = Field(examples=["The Bitter Lesson is supported by: Deep Blue (search + hardware) beat Kasparov."])
    understood: dict[str, JsonValue]
    answers: list[dict[str, JsonValue]]
    candidates: list[dict[str, JsonValue]]


class EntryLine(Shape):
    """An entry of a map's history; `ends` where the part ended with it."""

    entry: int
    day: int
    part: str
    revision: int
    author: str
    time: str
    media_type: str
    ends: bool


class History(Shape):
    """Entries, newest first."""

    entries: list[EntryLine]
    next: str | None


class PartReport(Shape):
    """What a write did to a part; `changes` are the nodes and edges that it adds, changes or removes."""

    day: int
    part: str
    title: str | None
    status: Literal["added", "changed", "unchanged", "removed"]
    added: int
    changed: int
    removed: int
    changes: list[dict[str, Any]]


class Report(Shape):
    """What a write did, or (`dry_run`) would do. `entries` are its numbers in the map's history."""

    map: str
    dry_run: bool
    entries: list[int]
    parts: list[PartReport]
    warnings: list[Problem]


class Items(Shape):
    """Nodes and edges in the shapes of the exports; what changed also has `changes`, field by field."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]


class DiffShape(Shape):
    """What differs between two days; `claims` are those that gained or lost support, with the edges that moved them."""

    added: Items
    removed: Items
    changed: Items
    claims: list[dict[str, Any]]


class NewNodes(Value):
    """Nodes to append. Without an id a node gets the one that its label makes."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"nodes": [{"id": "yeast", "kind": "Concept", "label": "Yeast", "text": "A fungus."}]}]
        }
    )

    nodes: tuple[Node, ...] = Field(min_length=1)


class NewEdges(Value):
    """Edges to append; their ends are nodes of the map."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"edges": [{"source": "fermentation", "relation": "requires", "target": "yeast"}]}]
        }
    )

    edges: tuple[Edge, ...] = Field(min_length=1)
