"""The typed values that a document is made of: provenance, nodes, edges and the document itself.

A document is JSON-LD: the same text is JSON for programs and RDF for triple stores. Kinds and
relations are plain text here; whether they exist and fit is for `rules`, which asks the vocabulary.
"""

import re
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Annotated, Any, Final, Literal, NamedTuple, Self

import msgspec
from msgspec import field, structs

from ontology.names import is_id, visible
from ontology.values import Check, JsonValue, Limits, Value

CONTEXT: Final = "https://w3id.org/conceptmap/context.jsonld"
MAX_LABEL = 500
"""Characters of a name: a claim as a long sentence fits, a pasted paragraph does not."""

MAX_PART = 255
"""Characters of the name of a part: as long as a file name may be."""

MAX_TEXT = 100_000
"""Characters of a text: a chapter fits."""

MAX_QUESTIONS = 500
"""Questions that a document lists: each is asked twice whenever its map is written, for some milliseconds."""

MAX_DAY = 99_999
"""Two hundred and seventy years; five digits in a day's id."""

How = Literal["stated", "derived", "imported"]
End = Literal["source", "target"]

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNSAFE = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_NO_CHARACTERS}]")


def unsafe_character(text: str) -> str | None:
    """The first character that no text may hold: controls, surrogates, non-characters, direction overrides.

    Tab and line feed are fine. Such characters break XML or make a label read as something else.
    """
    found = _UNSAFE.search(text)
    return found.group() if found else None


def _checked_text(text: str) -> str:
    if (char := unsafe_character(text)) is not None:
        raise ValueError(f"the character U+{ord(char):04X} is not allowed here; remove it")
    return text


def _checked_id(text: str) -> str:
    if not is_id(text):
        raise ValueError(f"{text!r} is no id; use letters, digits, '-' and '_', beginning with a letter or digit")
    return text


def _checked_line(text: str) -> str:
    text = " ".join(_checked_text(text).split())
    if not (text if text.isascii() else visible(text)):
        raise ValueError("a label needs at least one visible character")
    return text


def _checked_part(text: str) -> str:
    if any(char in text for char in "\n\t?#") or text.startswith("/") or ".." in text.split("/"):
        raise ValueError(f"{text!r} is no part name; use a file name or a short word")
    return text


def _checked_date(text: str) -> str:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise ValueError(f"{text!r} is no date; write it as 2026-11-02")


def _checked_data(data: dict[str, JsonValue]) -> dict[str, JsonValue]:
    waiting: list[JsonValue] = list(data.values())
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            _checked_text(value)
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += (*value, *value.values())
    return data


Id = Annotated[str, Check(_checked_id)]
Label = Annotated[str, Limits(max_length=MAX_LABEL), Check(_checked_line)]
Text = Annotated[str, Limits(max_length=MAX_TEXT), Check(_checked_text)]
Date = Annotated[str, Check(_checked_date)]
Data = Annotated[dict[Label, JsonValue], Check(_checked_data)]
Part = Annotated[str, Limits(min_length=1, max_length=MAX_PART), Check(_checked_text), Check(_checked_part)]
Day = Annotated[int, Limits(strict=True, ge=0, le=MAX_DAY)]
Place = Annotated[int, Limits(strict=True, ge=0, le=1_000_000)]


def _checked_range(lines: tuple[int, int]) -> tuple[int, int]:
    if lines[0] > lines[1]:
        raise ValueError(f"lines {lines[0]} to {lines[1]} run backwards")
    return lines


Line = Annotated[int, Limits(ge=1)]
Lines = Annotated[tuple[Line, Line], Check(_checked_range)]


class Origin(Value, frozen=True, kw_only=True):
    """Where an assertion comes from: 1-based line range (both ends included), the words there, and how it was read.

    `how` is `stated` (explicit syntax), `derived` (read by a rule, named in `rule`) or `imported`.
    """

    lines: Lines | None = None
    quote: Text | None = None
    how: How
    rule: Label | None = None


STATED = Origin(how="stated")


class Node(Value, frozen=True, kw_only=True):
    """What one document says of one node.

    A mention only keeps the node alive and never overrides. A correction is a contributor's, and its label and text
    stand before those of all other documents (an empty text: it has none); with `retyped` its kind too. `became` is
    the id that this one leads to, on whatever day: all that documents say of this node they say of that one. `ended`,
    also a contributor's: the node and all that is joined to it are left out, whoever says them.

    >>> Node(id="yeast", kind="Concept", label="Yeast").as_json()
    {'id': 'yeast', 'kind': 'Concept', 'label': 'Yeast'}
    """

    id: Id
    kind: Label
    label: Label
    aliases: tuple[Label, ...] = ()
    text: Text | None = None
    formula: Text | None = None
    data: Data = field(default_factory=dict)
    mention: bool = False
    correction: bool = False
    retyped: bool = False
    became: Id | None = None
    ended: bool = False
    place: Place | None = None
    origin: Origin = field(default=STATED, name="from")

    @property
    def adds_nothing(self) -> bool:
        """Whether it takes no other word's place: a mention that leads nowhere and ends nothing."""
        return self.mention and self.became is None and not self.ended


class EdgeKey(NamedTuple):
    """The identity of an edge."""

    source: str
    relation: str
    target: str
    dimension: str | None = None

    def __str__(self) -> str:
        """The identity in words, for people and for programs that want one text: ids have no spaces.

        >>> str(EdgeKey("rye", "contrasts with", "wheat", "Gluten"))
        'rye contrasts with wheat [Gluten]'
        """
        words = f"{self.source} {self.relation} {self.target}"
        return words if self.dimension is None else f"{words} [{self.dimension}]"

    @property
    def rank(self) -> tuple[str, str, str, str]:
        """What edges are sorted by."""
        return self.source, self.relation, self.target, self.dimension or ""


class EndValues(Value, frozen=True, kw_only=True):
    """The two values of a comparison in one dimension, one at each end."""

    source: Text
    target: Text

    def swapped(self) -> "EndValues":
        """The values of the edge read from its other end."""
        return EndValues(source=self.target, target=self.source)


class Edge(Value, frozen=True, kw_only=True):
    """What one document says of one edge.

    `place` is its rank among siblings on the drawn map, `parent` the end that is drawn above. A refusal is a
    contributor's: it hides what rules derive of the same edge. So is an edge that is `ended`: it hides what notes say
    of it, and what contributors said before. An empty `note` is a contributor's too: it takes away what others noted.
    """

    source: Id
    relation: Label
    target: Id
    dimension: Label | None = None
    values: EndValues | None = None
    note: Text | None = None
    place: Place | None = None
    parent: End | None = None
    refusal: bool = False
    ended: bool = False
    origin: Origin = field(default=STATED, name="from")

    @property
    def key(self) -> EdgeKey:
        """The edge's identity."""
        return EdgeKey(self.source, self.relation, self.target, self.dimension)

    @property
    def turned(self) -> Self:
        """The same turned round: its values, and the end that is drawn above, go with the ends."""
        values = self.values.swapped() if self.values else None
        parent: End | None = {"source": "target", "target": "source", None: None}[self.parent]
        return structs.replace(self, source=self.target, target=self.source, values=values, parent=parent)

    @property
    def denies(self) -> bool:
        """Whether it says that the edge is not so."""
        return self.refusal or self.ended


class CompetencyQuestion(Value, frozen=True, kw_only=True):
    """A question that the map must answer, as ontology engineers list them (Grüninger and Fox 1995).

    `answers` are those wanted, by their names or as they are shown, in any order. Without any, every answer is one;
    an empty list says that the map must know none. `line` is where the question stands, from 1.
    """

    ask: Label
    answers: tuple[Label, ...] | None = None
    line: Line | None = None


class Document(Value, frozen=True, kw_only=True):
    """All that one part of one day says: the unit that is stored, replaced and folded.

    `undated`: it belongs to no day and stands at day 0 only to be sorted. `day_name` is what its author calls the day,
    where that is not its number: "Lecture 3", "2 Nov"; `date` when it was (ISO 8601). `questions` are those that the
    map must answer since that day.
    """

    context: Literal["https://w3id.org/conceptmap/context.jsonld"] = field(default=CONTEXT, name="@context")
    map: Id
    day: Day
    part: Part
    undated: bool = False
    day_name: Label | None = None
    date: Date | None = None
    title: Label | None = None
    units: tuple[Label, ...] = ()
    questions: Annotated[tuple[CompetencyQuestion, ...], Limits(max_length=MAX_QUESTIONS)] = ()
    data: Data = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The document as JSON-LD data; the context always stands first."""
        return {"@context": self.context, **super().as_json()}

    def with_assertions(self, nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> Self:
        """The same document with other nodes and edges."""
        return structs.replace(self, nodes=nodes, edges=edges)


_stored = msgspec.json.Decoder(Document)


_NO_DATA: Final[dict[str, JsonValue]] = {}
"""What nodes without data have together. Nobody changes the data of a node."""


@lru_cache(maxsize=50_000)
def _held_once(lines: tuple[int, int] | None) -> tuple[int, int] | None:
    """The same range of lines as one object: a thousand lines of a note are the lines of all notes."""
    return lines


def read_document(text: str) -> Document:
    """A document as it is stored. Raises `msgspec.DecodeError` where the text is none.

    What documents say again and again is held once: ids, kinds, relations, labels, the line of a note that several
    items come from, and that there is no data. That saves a third of a map's memory, and time where ids are looked up.
    """
    document = _stored.decode(text)
    share = structs.force_setattr
    for node in document.nodes:
        share(node, "id", intern(node.id))
        share(node, "kind", intern(node.kind))
        share(node, "label", intern(node.label))
        if not node.data:
            share(node, "data", _NO_DATA)
    for edge in document.edges:
        share(edge, "source", intern(edge.source))
        share(edge, "relation", intern(edge.relation))
        share(edge, "target", intern(edge.target))
    last = STATED
    items: tuple[Node | Edge, ...] = (*document.nodes, *document.edges)
    for item in items:
        if item.origin == last:  # what stands on one line of a note stands side by side here
            share(item, "origin", last)
        else:
            last = item.origin
            share(last, "rule", last.rule and intern(last.rule))
            share(last, "lines", _held_once(last.lines))
    return document
