"""JSON Canvas 1.0 (jsoncanvas.org), the format of canvases in Obsidian: cards in the places of the drawing.

A card is a heading with the node's label, and its text; its colour is that of the node's kind. What else is said of it
stands in a key of our own, which some programs drop: label, kind, day and edges are then read from what is drawn.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from conceptmap.formats.format import Format, Given, Reader, SentFile
from conceptmap.formats.gathered import Gathered
from conceptmap.formats.loss import Fact, Kept, Loss

if TYPE_CHECKING:
    from conceptmap.formats.format import Reading
    from conceptmap.formats.given import GivenEdge, GivenNode
    from conceptmap.formats.places import Box, Places
    from graphs.view import FoldedEdge, View
    from ontology.errors import InvalidDocument
    from ontology.values import JsonValue

OWN: Final = "conceptmap"
"""The key of what other programs have no key for."""

SCALE: Final = 2.25
"""A heading on a card is so many times as large as the words of a drawing, and then there is room below it."""

MOST_BYTES: Final = 16_000_000
MOST_VALUES: Final = 400_000
"""Objects and arrays of a canvas, and its bytes: a map of ten thousand nodes has half as many."""

MOST_NESTINGS: Final = 5_000_000
"""Pairs of a card and a group that are compared, in two seconds."""

LONGEST: Final = 150
"""Characters of a first line that names a card; of a longer one, its first sentence does."""

_HEADING = re.compile(r"#{1,6}\s+")
_RULE = re.compile(r"\s*([-_*])(?:\s*\1){2,}\s*(?:\n|$)")
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_DAY = re.compile(r"day (\d{1,5})\b", re.IGNORECASE)


def write_canvas(view: "View", base: str | None = None) -> Iterator[str]:
    """The cards and lines of a view, with a group for each day; `base` plays no part."""
    from conceptmap.formats.places import places_of

    places = places_of(view, SCALE)
    yield '{\n\t"nodes":['
    yield from _listed(_cards(view, places))
    yield ',\n\t"edges":['
    yield from _listed(_line(view, edge, places.nodes) for edge in view.edges())
    yield "\n}\n"


def _listed(items: "Iterator[dict[str, JsonValue]]") -> Iterator[str]:
    """The rest of an array, an item a line, as Obsidian writes it."""
    before = "\n"
    for item in items:
        yield f"{before}\t\t{json.dumps(item, ensure_ascii=False)}"
        before = ",\n"
    yield "]" if before == "\n" else "\n\t]"


def _cards(view: "View", places: "Places") -> "Iterator[dict[str, JsonValue]]":
    """The groups, which lie under the cards on them, then the cards."""
    from conceptmap.copies import node_fields

    for day, (title, box) in places.frames.items():
        frame: JsonValue = {"frame": day}
        yield {"id": f"day {day}", "type": "group", **_place(box), "label": title, OWN: frame}
    for node in view.nodes():
        said = node_fields(view, node).items()
        fields: dict[str, JsonValue] = {name: value for name, value in said if value not in (None, [], {})}
        text, label = fields.pop("text", None), fields.pop("label")
        own: dict[str, JsonValue] = {"id": node.id, **fields}
        kind = view.vocabulary.kinds.get(node.kind)
        yield {
            "id": node.id,
            "type": "text",
            "text": f"# {label}\n\n{text}" if text else f"# {label}",
            **_place(places.nodes[node.id]),
            **({"color": kind.stroke} if kind else {}),
            OWN: own,
        }


def _place(box: "Box") -> "dict[str, JsonValue]":
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _line(view: "View", edge: "FoldedEdge", places: "Mapping[str, Box]") -> "dict[str, JsonValue]":
    """A line with the relation on it, from the sides of the cards that face each other."""
    from conceptmap.copies import edge_fields

    fields: dict[str, JsonValue] = {name: value for name, value in edge_fields(edge).items() if value is not None}
    relation = view.vocabulary.relations.get(edge.relation)
    del fields["relation"]
    sides = _sides(places[edge.source], places[edge.target])
    return {
        "id": str(edge.key),
        "fromNode": edge.source,
        "fromSide": sides[0],
        "toNode": edge.target,
        "toSide": sides[1],
        **({"toEnd": "none"} if relation and relation.symmetric else {}),
        "label": f"{edge.relation}{_dimension(edge.dimension)}",
        OWN: fields,
    }


def _dimension(dimension: str | None) -> str:
    return f" [{dimension}]" if dimension else ""


def _sides(one: "Box", other: "Box") -> tuple[str, str]:
    """The sides of two boxes that face each other."""
    if other.x >= one.right:
        return "right", "left"
    if one.x >= other.right:
        return "left", "right"
    return ("bottom", "top") if other.y >= one.y else ("top", "bottom")


def read_canvas(files: "Sequence[SentFile]", reading: "Reading") -> "Given":
    """The cards and lines of canvases.

    Raises `InvalidDocument` for a file that is no canvas, with a JSON pointer to what is wrong.
    """
    found = _Canvases(reading)
    for file in files:
        found.take(file)
    return found.given()


@dataclass(frozen=True, slots=True)
class _Card:
    """A card, a file, a link or a group of a canvas; without a `box` it has no place that can be used."""

    number: int
    id: str
    type: str
    box: "Box | None"
    said: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A text of the card, if it has it."""
        value = self.said.get(name)
        return value if isinstance(value, str) else ""

    @property
    def own(self) -> Mapping[str, Any] | None:
        """What is said of it besides, where it was written here."""
        value = self.said.get(OWN)
        return value if isinstance(value, dict) else None

    @property
    def size(self) -> tuple[int, int]:
        """What orders groups that hold each other: their size, then who comes later; cards hold nothing."""
        if self.type != "group" or self.box is None:
            return (-1, 0)
        return (self.box.width * self.box.height, -self.number)

    def is_in(self, group: "_Card") -> bool:
        """Whether all of it lies in a group."""
        return self.box is not None and group.box is not None and group.box.holds(self.box)

    @property
    def frames(self) -> int | None:
        """The day of which it is the frame, as its key or its label says."""
        if self.type != "group":
            return None
        day = (self.own or {}).get("frame")
        found = _DAY.match(self.text("label"))
        return day if isinstance(day, int) and day >= 0 else int(found[1]) if found else None


@dataclass(slots=True)
class _Canvases(Gathered):
    """What is gathered from canvases."""

    _file: str = ""
    _keys: dict[str, str] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _unnamed: int = 0

    def take(self, file: "SentFile") -> None:
        """The cards and lines of a file; its ids are its own."""
        self._file, self._keys = file.path, {}
        self._kinds = {one.stroke.lower(): one.name for one in self.reading.vocabulary.kinds.values()}
        canvas = _parsed(file)
        cards = [_card(number, said) for number, said in enumerate(_array(canvas, "nodes", file.path))]
        lines = _array(canvas, "edges", file.path)
        joined = {str(line.get(end)) for line in lines for end in ("fromNode", "toNode")}
        holders = self._holders(cards)
        for card in cards:
            if card.id in joined or (card.own or {}).get("id") or not self._is_only_drawn(card):
                self._node(card, next((one.frames for one in holders[card.number] if one.frames is not None), None))
        for card in cards:
            if card.id in self._keys and not (card.own or {}).get("id"):
                self._part(card, holders[card.number])
        for number, line in enumerate(lines):
            self._edge(line, number)

    def _is_only_drawn(self, card: _Card) -> bool:
        """Whether it says nothing by itself: a frame of a day or without a name, or a card without words."""
        if card.type == "group":
            return card.frames is not None or not card.text("label").strip()
        if card.type == "text" and not card.text("text").strip():
            self._tell(card.number, "a card without words", "it is left out, since no line leads to it")
            return True
        return False

    def _tell(self, number: int, what: str, hint: str, array: str = "nodes") -> None:
        from ontology.errors import json_pointer

        self.remarks.tell(self._file, what, hint, pointer=json_pointer(array, number))

    def _holders(self, cards: Sequence[_Card]) -> list[list[_Card]]:
        """The groups that hold each card, the smallest first; of two in the same place the first holds the second."""
        groups = [
            (one.box.width * one.box.height, -one.number, one) for one in cards if one.type == "group" and one.box
        ]
        groups.sort(key=lambda one: one[:2])
        if len(groups) * len(cards) > MOST_NESTINGS:
            self._tell(0, f"{len(groups)} groups are too many to see what lies in them", "cards are part of none")
            groups = []
        return [[group for *size, group in groups if tuple(size) > card.size and card.is_in(group)] for card in cards]

    def _node(self, card: _Card, day: int | None) -> None:
        if card.id in self._keys:
            self._tell(card.number, f"a second card has the id {card.id!r}", "lines lead to the first")
        node = self._own_node(card) if (card.own or {}).get("id") else self._given_node(card, day)
        self._keys.setdefault(card.id, node.key)
        self.nodes.append(node)

    def _own_node(self, card: _Card) -> "GivenNode":
        """A node of a map, with the label and text that are on the card."""
        from conceptmap.formats.own_fields import own_node

        fields = {name: value for name, value in (card.own or {}).items() if name not in ("id", "label", "text")}
        heading, _, text = card.text("text").partition("\n")
        label = heading.removeprefix("# ") if heading.startswith("# ") else ""
        if not label:
            label, text = named(card.text("text"))
        try:
            node = own_node(str((card.own or {})["id"]), fields)
        except ValueError as error:
            raise _wrong(self._file, ("nodes", card.number), str(error), f"take the key {OWN!r} away") from error
        return replace(node, label=label or node.key, text=text.removeprefix("\n") or None)

    def _given_node(self, card: _Card, day: int | None) -> "GivenNode":
        from conceptmap.formats.given import GivenNode

        kind, text, data = self._kinds.get(card.text("color").lower()), "", {}
        if card.type == "file":
            path = PurePosixPath(card.text("file"))
            label = card.text("subpath").lstrip("#").rpartition("#")[2] or (
                path.stem if path.suffix == ".md" else path.name
            )
            kind = kind or (None if path.suffix in (".md", ".canvas") else "Source")
            data = {"file": card.text("file") + card.text("subpath")}
        elif card.type == "link":
            label, kind = card.text("url"), kind or "Source"
            data = {"url": label} if label.startswith(("https://", "http://")) else {}
        elif card.type == "group":
            label = card.text("label")
        else:
            label, text = named(card.text("text"))
        if not label.strip():
            self._unnamed += 1
            label = f"Untitled {self._unnamed}"
        known = self.reading.vocabulary.kind(kind) if kind else None
        return GivenNode(
            key=self._key_for(card.id),
            label=label,
            kind=known.name if known else None,
            text=text or None,
            data=data,
            days=(day,) if day is not None else (),
        )

    def _key_for(self, id: str) -> str:
        """The id, or one like it, where another card has it."""
        key, number = id, 1
        while key in self._taken:
            number += 1
            key = f"{id} {number}"
        self._taken.add(key)
        return key

    def _part(self, card: _Card, holders: Sequence[_Card]) -> None:
        """It is part of the smallest group that holds it and is a node."""
        from conceptmap.formats.given import GivenEdge

        group = next((one for one in holders if one.frames is None and one.id in self._keys), None)
        if group is not None:
            self.edges.append(GivenEdge(source=self._keys[card.id], label="part of", target=self._keys[group.id]))

    def _edge(self, line: Mapping[str, Any], number: int) -> None:
        from conceptmap.formats.given import GivenEdge, direction_meant

        ends = [self._keys.get(str(line.get(end))) for end in ("fromNode", "toNode")]
        source, target = ends
        label = line["label"] if isinstance(line.get("label"), str) else ""
        if source is None or target is None:
            self._tell(number, "a line leads to no card", "it is left out", "edges")
            self.losses.append(Loss(Fact("edge", f"{self._file}#/edges/{number}"), "refused"))
        elif isinstance(own := line.get(OWN), dict):
            self.edges.append(self._own_edge(own, source, label, target, number))
        else:
            arrows = (line.get("fromEnd", "none") == "arrow", line.get("toEnd", "arrow") == "arrow")
            one = GivenEdge(source=source, label=label, target=target)
            turned = GivenEdge(source=target, label=label, target=source)
            self.edges += [turned] if arrows == (True, False) else [one, turned] if all(arrows) else [one]
            meant = direction_meant(label, self.reading.vocabulary) if label else None
            if not any(arrows) and not (meant and meant.relation.symmetric):
                name = f"{source} {label or 'about'} {target}"
                self.losses.append(Loss(Fact("edge", name, "direction"), "made general", f"{source} -> {target}"))

    def _own_edge(self, own: Mapping[str, Any], source: str, label: str, target: str, number: int) -> "GivenEdge":
        from conceptmap.formats.own_fields import own_edge

        relation = label.removesuffix(_dimension(own.get("dimension")))
        try:
            return own_edge(source, target, {**own, "relation": relation})
        except ValueError as error:
            raise _wrong(self._file, ("edges", number), str(error), f"take the key {OWN!r} away") from error


def named(text: str) -> tuple[str, str]:
    r"""The label and the text of a card: its heading or first line, and what follows; of a long one its first sentence.

    >>> named("## The **crumb**\n---\nDense.")
    ('The crumb', 'Dense.')
    >>> named("Rye holds water."), named("")
    (('Rye holds water.', ''), ('', ''))
    """
    from conceptmap.notes.page.inline import plain

    text = text.replace("\r\n", "\n").strip()
    first, _, rest = text.partition("\n")
    label = " ".join(plain(_HEADING.sub("", first, count=1)).split()).rstrip(":") or first
    if len(label) > LONGEST:
        sentence = _SENTENCE.split(label, maxsplit=1)[0]
        short = sentence if len(sentence) <= LONGEST else f"{label[:LONGEST].rsplit(' ', 1)[0]}…"
        return short, text
    while found := _RULE.match(rest):
        rest = rest[found.end() :]
    return label, rest.strip()


def _card(number: int, said: Mapping[str, Any]) -> _Card:
    from conceptmap.formats.places import Box

    sides = [said.get(name) for name in ("x", "y", "width", "height")]
    numbers = [int(one) for one in sides if isinstance(one, int | float) and abs(one) < 1e9]
    box = Box(*numbers) if len(numbers) == len(sides) and min(numbers[2:]) > 0 else None
    id, type = said.get("id"), said.get("type")
    return _Card(number, id if isinstance(id, str) else f"card {number + 1}", str(type or "text"), box, said)


def _array(canvas: Mapping[str, Any], name: str, file: str) -> list[dict[str, Any]]:
    """An array of objects of a canvas; one that is not there is empty."""
    found = canvas.get(name, [])
    if not isinstance(found, list):
        raise _wrong(file, (name,), f"{name!r} is no array", "write an array of objects")
    for number, one in enumerate(found):
        if not isinstance(one, dict):
            raise _wrong(file, (name, number), "this is no object", "take it out")
    return found


def _parsed(file: "SentFile") -> dict[str, Any]:
    """The JSON of a canvas. Raises `InvalidDocument` where it is none, too large or too deep."""
    data = file.data
    if not data.strip():
        return {}
    if len(data) > MOST_BYTES or data.count(b"{") + data.count(b"[") > MOST_VALUES:
        raise _wrong(file.path, (), "this is too much for a canvas", "import it in pieces")
    try:
        found = json.loads(data, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _wrong(
            file.path, (), f"this is no JSON: {error.msg}", "save it again", error.lineno, error.colno
        ) from error
    except (ValueError, RecursionError) as error:
        what = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise _wrong(file.path, (), f"this is no JSON that can be read: {what}", "save it again, as UTF-8") from error
    if not isinstance(found, dict):
        raise _wrong(file.path, (), "this is no canvas", "it begins with {, and has 'nodes' and 'edges'")
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, whose keys are there once, and whose texts are whole characters."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key {twice!r} stands twice in an object")
    for value in found.values():
        if isinstance(value, str) and not value.isascii():
            value.encode()  # half a character (a lone surrogate) is an error, which is a ValueError too
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _wrong(
    file: str, place: tuple[str | int, ...], what: str, hint: str, line: int | None = None, column: int | None = None
) -> "InvalidDocument":
    from ontology.errors import InvalidDocument, Problem, json_pointer

    pointer = json_pointer(*place) if place else None
    where = f"{pointer}: " if pointer else ""
    return InvalidDocument(
        [Problem(file=file, line=line, column=column, what=f"{where}{what}", hint=hint, pointer=pointer)]
    )


FORMAT = Format(
    "canvas",
    "cards and lines for Obsidian and other programs of JSON Canvas",
    write_canvas,
    (".canvas",),
    keeps=Kept(),
    reader=Reader(read_canvas, (".canvas",)),
)
