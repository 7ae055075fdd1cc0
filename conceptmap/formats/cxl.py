"""CXL, the XML of CmapTools: concepts, linking phrases between them, and where each is drawn.

A phrase joins any number of concepts to any number; each pair is an edge. It is written with a phrase for each edge.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from conceptmap.formats.format import Format, Given, Reader, SentFile
from conceptmap.formats.gathered import Gathered
from conceptmap.formats.loss import Fact, Kept, Loss

if TYPE_CHECKING:
    from conceptmap.formats.format import Reading
    from conceptmap.formats.places import Box
    from conceptmap.formats.safe_xml import Element
    from graphs.view import FoldedEdge, FoldedNode, View

NAMESPACE: Final = "http://cmap.ihmc.us/xml/cmap/"

SCALE: Final = 1.6
"""Between two concepts is room for a phrase then."""

FOCUS: Final = "focus question"
"""The field of a document's front matter that is the map's focus question."""

UNNAMED: Final = "????"
"""What CmapTools writes on a concept or phrase until somebody does."""

MOST_PAIRS: Final = 10_000
"""Edges of one phrase; the largest that we know has a hundred."""

MOST_EDGES: Final = 100_000

_PHRASE = (90, 20)
"""How wide and high a phrase is, in pixels."""


def write_cxl(view: "View", base: str | None = None) -> Iterator[str]:
    """The nodes and edges of a view, as CmapTools imports them; `base` plays no part."""
    from conceptmap.formats.places import places_of

    boxes = places_of(view, SCALE).nodes
    title = escape(view.map or "")
    asked = next((str(one.data[FOCUS]) for one in view.documents() if one.data.get(FOCUS)), "")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<cmap xmlns="{NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/">\n  <res-meta>\n'
    yield f"    <dc:title>{title}</dc:title>\n    <dc:description>{escape(asked)}</dc:description>\n  </res-meta>\n"
    yield f'  <map width="{max([0, *(one.right for one in boxes.values())])}"'
    yield f' height="{max([0, *(one.bottom for one in boxes.values())])}">\n'
    yield from _list("concept-list", (_concept(view, one) for one in view.nodes()))
    yield from _list("linking-phrase-list", (_phrase(*one) for one in enumerate(view.edges(), 1)))
    yield from _list("connection-list", (_connections(*one) for one in enumerate(view.edges(), 1)))
    places = (_appearance("concept", one, *box.middle, box.width, box.height) for one, box in boxes.items())
    yield from _list("concept-appearance-list", places)
    yield from _list("linking-phrase-appearance-list", _phrase_places(view.edges(), boxes))
    yield "  </map>\n</cmap>\n"


def _list(name: str, items: Iterable[str]) -> Iterator[str]:
    yield f"    <{name}>\n"
    yield from items
    yield f"    </{name}>\n"


def _element(name: str, attributes: Mapping[str, str | int | None]) -> str:
    said = "".join(f" {one}={quoteattr(str(value))}" for one, value in attributes.items() if value is not None)
    return f"      <{name}{said}/>\n"


def _concept(view: "View", node: "FoldedNode") -> str:
    said = {
        "kind": node.kind,
        "days": _days(node),
        "introduced": view.introduced_on(node.id),
        "mention": None if node.defined else "yes",
        "derived": "yes" if node.is_derived else None,
    }
    comments = {"short-comment": _comment(said), "long-comment": node.text}
    return _element("concept", {"id": node.id, "label": node.label, **comments})


def _phrase(number: int, edge: "FoldedEdge") -> str:
    said = {
        "days": _days(edge),
        "derived": "yes" if edge.how == "derived" else None,
        "dimension": edge.dimension,
        "source": edge.values.source if edge.values else None,
        "target": edge.values.target if edge.values else None,
    }
    label = f"{edge.relation}{_dimension(edge.dimension)}"
    comments = {"short-comment": _comment(said), "long-comment": edge.note}
    return _element("linking-phrase", {"id": f"phrase.{number}", "label": label, **comments})


def _connections(number: int, edge: "FoldedEdge") -> str:
    one = {"id": f"connection.{number}.1", "from-id": edge.source, "to-id": f"phrase.{number}"}
    other = {"id": f"connection.{number}.2", "from-id": f"phrase.{number}", "to-id": edge.target}
    return _element("connection", one) + _element("connection", other)


def _appearance(what: str, id: str, x: int, y: int, width: int, height: int) -> str:
    """Where something is: `x` and `y` are its middle."""
    return _element(f"{what}-appearance", {"id": id, "x": x, "y": y, "width": width, "height": height})


def _phrase_places(edges: "Iterable[FoldedEdge]", boxes: "Mapping[str, Box]") -> Iterator[str]:
    """Each phrase half way between its concepts, below those between the same two."""
    between: dict[frozenset[str], int] = {}
    for number, edge in enumerate(edges, 1):
        ends = frozenset((edge.source, edge.target))
        between[ends] = between.get(ends, -1) + 1
        (x, y), (other_x, other_y) = boxes[edge.source].middle, boxes[edge.target].middle
        down = between[ends] * _PHRASE[1]
        yield _appearance("linking-phrase", f"phrase.{number}", (x + other_x) // 2, (y + other_y) // 2 + down, *_PHRASE)


def _days(item: "FoldedNode | FoldedEdge") -> str:
    days = {-1 if one.undated else one.day for one in item.assertions}
    return ",".join("none" if day < 0 else str(day) for day in sorted(days))


def _dimension(dimension: str | None) -> str:
    return f" [{dimension}]" if dimension else ""


def _comment(said: Mapping[str, object]) -> str:
    """Fields on a line: `kind=Claim; days=26`."""
    return "; ".join(f"{name}={_encoded(str(value))}" for name, value in said.items() if value is not None)


def _encoded(value: str) -> str:
    return value.replace("%", "%25").replace(";", "%3B")


def _fields(comment: str, names: Sequence[str]) -> dict[str, str] | None:
    """The fields of a comment that was written here; None where it is any other."""
    found = {}
    for one in comment.split("; "):
        name, equals, value = one.partition("=")
        if not equals or name not in names:
            return None
        found[name] = value.replace("%3B", ";").replace("%25", "%")
    return found


def read_cxl(files: Sequence[SentFile], reading: "Reading") -> Given:
    """The propositions of concept maps, the title of a map as that of its document.

    Raises `InvalidDocument` for a file that is no CXL.
    """
    from msgspec import structs

    from conceptmap.formats.safe_xml import read_xml

    found = _Maps(reading)
    for file in files:
        found.take(file, read_xml(file, "cmap", "CXL of CmapTools"))
    made = found.given()
    documents = tuple(structs.replace(one, title=found.title, data=found.data) for one in made.documents)
    return replace(made, documents=documents)


@dataclass(slots=True)
class _Link:
    """A linking phrase, and the concepts that lines lead to it from, and from it to."""

    element: "Element"
    sources: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Maps(Gathered):
    """What is gathered from concept maps."""

    title: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    _file: SentFile = field(default_factory=lambda: SentFile("", b""))
    _concepts: dict[str, str] = field(default_factory=dict)
    _links: dict[str, _Link] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _unnamed: int = 0

    def take(self, file: SentFile, root: "Element") -> None:
        """A map; its ids are its own."""
        from conceptmap.formats.given import GivenEdge

        self._file, self._concepts, self._links = file, {}, {}
        self._about(root)
        elements = [one for map in root.all("map") for part in map.all("concept-list") for one in part.all("concept")]
        keys = [self._concept(one) for one in elements]
        for map in root.all("map"):
            for one in (one for part in map.all("linking-phrase-list") for one in part.all("linking-phrase")):
                self._link(one)
            for one in (one for part in map.all("connection-list") for one in part.all("connection")):
                self._connection(one)
            for one in map.within("resource"):
                name = one.attributes.get("label") or one.attributes.get("resource-url", "")
                self.losses.append(Loss(Fact("node", name, "resource")))
        for link in self._links.values():
            self._propositions(link)
        for key, one in zip(keys, elements, strict=True):
            above = self._concepts.get(one.attributes.get("parent-id", ""))
            if above is not None:
                self.edges.append(GivenEdge(source=key, label="part of", target=above))

    def _about(self, root: "Element") -> None:
        """The title of the map and its focus question."""
        from ontology.model import MAX_LABEL, unsafe_character

        for one in root.within("title", "description"):
            text = "".join(char for char in " ".join(one.text.split())[:MAX_LABEL] if unsafe_character(char) is None)
            if text and one.name == "title" and self.title is None:
                self.title = text
            elif text and one.name == "description":
                self.data.setdefault(FOCUS, text)

    def _tell(self, element: "Element", what: str, hint: str) -> None:
        self.remarks.tell(self._file.path, what, hint, line=element.line)

    def _lost(self, element: "Element", what: str) -> None:
        self._tell(element, what, "it is left out")
        self.losses.append(Loss(Fact("edge", f"{self._file.path}:{element.line}"), "refused"))

    def _concept(self, element: "Element") -> str:
        from conceptmap.formats.given import GivenNode
        from ontology.names import is_id

        label = _named(element)
        id = element.attributes.get("id") or element.attributes.get("label", "")
        if id in self._concepts:
            self._tell(element, f"a second concept has the id {id!r}", "lines lead to the first")
        if not label:
            self._unnamed += 1
            label = f"Untitled {self._unnamed}"
        key = self._key_for(id or label)
        self._concepts.setdefault(id, key)
        comments = [element.attributes.get(name, "") for name in ("short-comment", "long-comment")]
        own = _fields(comments[0], ("kind", "days", "introduced", "mention", "derived"))
        node = GivenNode(key=key, label=label, text="\n\n".join(filter(None, comments)) or None)
        if own is not None:
            node = replace(
                node,
                id=key if is_id(key) else None,
                text=comments[1] or None,
                kind=own.get("kind"),
                days=_days_of(own),
                introduced=_whole(own.get("introduced", "")),
                mention="mention" in own,
                derived="derived" in own,
            )
        self.nodes.append(node)
        return key

    def _key_for(self, id: str) -> str:
        """The id, or one like it, where another concept has it."""
        key, number = id, 1
        while key in self._taken:
            number += 1
            key = f"{id} {number}"
        self._taken.add(key)
        return key

    def _link(self, element: "Element") -> None:
        id = element.attributes.get("id") or element.attributes.get("label", "")
        if id in self._links or id in self._concepts:
            self._tell(element, f"a second element has the id {id!r}", "lines lead to the first")
        self._links.setdefault(id, _Link(element))

    def _connection(self, element: "Element") -> None:
        """A line between a concept and a phrase, or between two concepts."""
        from conceptmap.formats.given import GivenEdge

        start, end = element.attributes.get("from-id", ""), element.attributes.get("to-id", "")
        both = element.attributes.get("isBidirectional") == "true"
        source, target = self._concepts.get(start), self._concepts.get(end)
        if source is not None and target is not None:
            self.edges.append(GivenEdge(source=source, label="", target=target))
            self.edges += [GivenEdge(source=target, label="", target=source)] if both else []
        elif source is not None and end in self._links:
            self._links[end].sources.append(source)
            self._links[end].targets += [source] if both else []
        elif target is not None and start in self._links:
            self._links[start].targets.append(target)
            self._links[start].sources += [target] if both else []
        elif start in self._links and end in self._links:
            self._lost(element, "a line joins two linking phrases")
        else:
            self._lost(element, "a line leads to what is not in the map")

    def _propositions(self, link: _Link) -> None:
        """An edge for each two concepts that a phrase joins."""
        from conceptmap.formats.given import GivenEdge
        from ontology.model import EndValues

        sources, targets = dict.fromkeys(link.sources), dict.fromkeys(link.targets)
        pairs = [pair for pair in product(sources, targets) if pair[0] != pair[1]] if self._fits(link) else []
        label, comment = _named(link.element), link.element.attributes.get("short-comment", "")
        note = link.element.attributes.get("long-comment", "")
        own = _fields(comment, ("days", "derived", "dimension", "source", "target"))
        note = note if own is not None else "\n\n".join(filter(None, (comment, note)))
        own = own or {}
        values = EndValues(source=own.get("source", ""), target=own.get("target", ""))
        self.edges += [
            GivenEdge(
                source=source,
                label=label.removesuffix(_dimension(own.get("dimension"))),
                target=target,
                dimension=own.get("dimension"),
                values=values if {"source", "target"} & own.keys() else None,
                note=note or None,
                days=_days_of(own),
                derived="derived" in own,
            )
            for source, target in pairs
        ]

    def _fits(self, link: _Link) -> bool:
        """Whether a phrase joins concepts, and not more of them than anybody draws."""
        count = len(link.sources) * len(link.targets)
        if count == 0:
            self._lost(link.element, "a linking phrase leads from or to nothing")
        elif count > MOST_PAIRS or len(self.edges) + count > MOST_EDGES:
            self._lost(link.element, f"a linking phrase joins {count} pairs of concepts")
            return False
        return count > 0


def _named(element: "Element") -> str:
    """What stands on a concept or phrase; nothing where nobody wrote anything."""
    label = " ".join(element.attributes.get("label", "").split())
    return "" if label == UNNAMED else label


def _days_of(own: Mapping[str, str]) -> tuple[int | None, ...]:
    from ontology.model import MAX_DAY

    days = [None if one == "none" else _whole(one) for one in own.get("days", "").split(",") if one]
    return tuple(day for day in days if day is None or day <= MAX_DAY)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


FORMAT = Format(
    "cxl",
    "concepts and linking phrases for CmapTools",
    write_cxl,
    (".cxl",),
    keeps=Kept.but(node=("aliases", "formula", "data", "place", "cites"), edge=("place", "cites")),
    reader=Reader(read_cxl, (".cxl",)),
)
