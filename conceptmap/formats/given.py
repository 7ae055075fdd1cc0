"""What a file of another program gives, made into documents: names become nodes, labels of lines become relations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from msgspec import structs

from conceptmap.formats.format import Given, Reading, SentFile
from conceptmap.formats.loss import Fact, Loss
from ontology.errors import InvalidDocument, Problem
from ontology.model import MAX_LABEL, MAX_TEXT, Document, Edge, EdgeKey, End, EndValues, Node, Origin, unsafe_character
from ontology.names import day_number, name_key, node_id, visible
from ontology.terms import ABOUT, CONCEPT, DAY
from ontology.values import JsonValue
from ontology.vocabulary import Direction, Vocabulary

IMPORTED: Final = Origin(how="imported")
DERIVED: Final = Origin(how="derived")


@dataclass(frozen=True, slots=True)
class GivenCite:
    """Where something is said: the day (None: an undated note), the part, its lines and words, and how it was read."""

    day: int | None
    part: str
    origin: Origin
    mention: bool = False


@dataclass(frozen=True, slots=True)
class GivenNode:
    """A node as a file gives it.

    `key` is what the file's edges call it. `id` is the map's own, where the file has one. A `kind` may be any word,
    or None. `days`: those whose documents name it, None for undated ones; without any, the import's day. On the day
    that it is `introduced` it is defined, on others mentioned. Where there are `cites`, these count in place of days.
    """

    key: str
    label: str
    id: str | None = None
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    text: str | None = None
    formula: str | None = None
    data: Mapping[str, JsonValue] = field(default_factory=dict)
    days: tuple[int | None, ...] = ()
    introduced: int | None = None
    mention: bool = False
    derived: bool = False
    place: int | None = None
    cites: tuple[GivenCite, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenEdge:
    """An edge as a file gives it: the keys of its ends, and its label, which may be any words, or none."""

    source: str
    label: str
    target: str
    dimension: str | None = None
    values: EndValues | None = None
    note: str | None = None
    days: tuple[int | None, ...] = ()
    derived: bool = False
    place: int | None = None
    parent: End | None = None
    cites: tuple[GivenCite, ...] = ()


Place = tuple[int | None, str]
"""The day (None: undated) and the part of a document."""


def given(nodes: Iterable[GivenNode], edges: Iterable[GivenEdge], reading: Reading) -> Given:
    """The documents that nodes and edges of a file make, by day and part.

    Nodes of one name become one. A node that the map has by that name is that one. A label that names a relation of
    the vocabulary (or its inverse, or a verb for it) becomes that relation where it may join such kinds; another
    becomes `about`, with the label as its note. Raises `KeyError` where an edge ends at a key that no node has.
    """
    return _Gathering(reading).read(list(nodes), list(edges))


def decoded(file: SentFile) -> str:
    """The text of a file: UTF-8, or UTF-16 with a byte order mark. Raises `InvalidDocument` with the line."""
    encoding = "utf-16" if file.data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    what = "this is not UTF-8"
    try:
        text = file.data.decode(encoding)
        start = text.find("\0")
        if start < 0:
            return text
        line, what = text.count("\n", 0, start) + 1, "a zero byte: this is no text"
    except UnicodeDecodeError as error:
        line = file.data[: error.start].count(b"\n") + 1
    raise InvalidDocument([Problem(file=file.path, line=line, column=None, what=what, hint="save it as UTF-8")])


@cache
def _directions(vocabulary: Vocabulary) -> Mapping[str, Direction]:
    """What relation each verb means, also in its plain form: "support" as "supports"."""
    found: dict[str, Direction] = {}
    for relation in vocabulary.relations.values():
        said = ((relation.verbs + relation.wordings, False), (relation.inverse_verbs + relation.inverse_wordings, True))
        for verbs, inverse in said:
            direction = Direction(relation=relation, inverse=inverse and not relation.symmetric)
            for verb in (relation.inverse if inverse else relation.name, *verbs):
                for form in _forms(name_key(verb)):
                    found.setdefault(form, direction)
    return found


def _forms(verb: str) -> Iterator[str]:
    """A verb as it may stand on a line: "supports", "support"; "is part of" for "part of", and the other way round."""
    first, _, rest = verb.partition(" ")
    rest = rest and f" {rest}"
    yield verb
    if first in ("is", "are"):
        yield rest.strip()
        yield f"{'are' if first == 'is' else 'is'}{rest}"
    elif first == "has":
        yield f"have{rest}"
    elif first.endswith("s") and not first.endswith("ss"):
        yield f"{first[:-1]}{rest}"
    else:
        yield f"is {verb}"
        yield f"are {verb}"


def direction_meant(label: str, vocabulary: Vocabulary) -> Direction | None:
    """The relation that the words on a line mean, and which way round; None where it is none of the vocabulary.

    >>> from ontology.vocabulary import read_vocabulary
    >>> found = direction_meant("is a part of", read_vocabulary())
    >>> found is None, direction_meant("is part of", read_vocabulary()).relation.name
    (True, 'part of')
    """
    return vocabulary.direction(label) or _directions(vocabulary).get(name_key(label))


class _Ways:
    """What leads to what by a relation that may lead in no circle, while edges are added."""

    def __init__(self) -> None:
        self._on: dict[str, list[str]] = defaultdict(list)
        self._back: dict[str, list[str]] = defaultdict(list)

    def add(self, source: str, target: str) -> bool:
        """Add an edge, unless it would close a circle; say whether it was added."""
        if self._leads(target, source):
            return False
        self._on[source].append(target)
        self._back[target].append(source)
        return True

    def _leads(self, start: str, end: str) -> bool:
        """Whether a way leads on from one node to another: searched from both ends by turns, since one may be short."""
        seen: tuple[set[str], set[str]] = ({start}, {end})
        waiting = ([start], [end])
        while waiting[0] and waiting[1]:
            for side, table in enumerate((self._on, self._back)):
                if waiting[side]:
                    news = set(table.get(waiting[side].pop(), ())) - seen[side]
                    if news & seen[1 - side]:
                        return True
                    seen[side].update(news)
                    waiting[side].extend(news)
        return start == end


class _Gathering:
    """Makes documents of the nodes and edges of one import."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._vocabulary = reading.vocabulary
        self._ids: dict[str, str] = {}
        self._nodes: dict[str, GivenNode] = {}
        self._losses: list[Loss] = []
        self._phrases: list[tuple[EdgeKey, str]] = []

    def read(self, nodes: list[GivenNode], edges: list[GivenEdge]) -> Given:
        own = {node.id for node in nodes if node.id}
        for node in nodes:
            self._take(node, own)
        self._settle_kinds(edges)
        joined = self._edges(edges)
        documents = _Documents(self._reading)
        for id, node in self._nodes.items():
            documents.add_node(id, node)
        for edge, one in joined.items():
            documents.add_edge(edge, one)
        return Given(documents.made(self._nodes), tuple(self._losses), phrases=tuple(self._phrases))

    def _take(self, node: GivenNode, own: set[str]) -> None:
        """A node under its id; of two of one name one is made."""
        node = self._cleaned(node)
        id = node.id or self._known(node) or node_id(node.label)
        if not node.id:
            while id in own or (day_number(id) is not None and node.kind != DAY):
                id = f"{id}-2"  # the file's own node of that id is another
        self._ids[node.key] = id
        there = self._nodes.get(id)
        if there is not None:
            self._losses.append(Loss(Fact("node", node.key), "joined", id))
            node = _together(there, node)
        self._nodes[id] = node

    def _cleaned(self, node: GivenNode) -> GivenNode:
        """The node with a label that a map may have, and of a kind that there is, if of any."""
        label = _line(node.label) or _line(node.key) or "Untitled"
        text = node.text and _text(node.text)
        if len(label) > MAX_LABEL:
            text = "\n\n".join(filter(None, (label, text)))
            label = f"{label[: MAX_LABEL - 1].rsplit(' ', 1)[0]}…"
            self._losses.append(Loss(Fact("node", node.key, "label"), "shortened", label))
        if text and len(text) > MAX_TEXT:
            text = f"{text[: MAX_TEXT - 1]}…"
            self._losses.append(Loss(Fact("node", node.key, "text"), "shortened"))
        kind = node.kind
        data = {_line(name)[:MAX_LABEL] or "field": _cleaned_value(value) for name, value in node.data.items()}
        if kind is not None:
            known = self._vocabulary.kind(kind)
            if known is None:
                self._losses.append(Loss(Fact("node", node.key, "kind"), "made general", CONCEPT))
                data.setdefault("kind", kind)
            kind = known.name if known else None
        aliases = tuple(one for one in dict.fromkeys(map(_line, node.aliases)) if one and len(one) <= MAX_LABEL)
        return replace(node, label=label, kind=kind, data=data, text=text or None, aliases=aliases)

    def _known(self, node: GivenNode) -> str | None:
        """The node of the map that has this name, if one alone has it and it may be this one."""
        found = self._reading.view.named(node.label)
        if len(found) != 1 or node.kind not in (None, self._reading.view.kind(found[0])):
            return None
        return found[0]

    def _settle_kinds(self, edges: list[GivenEdge]) -> None:
        """A kind for each node that the file gives none: the map's, else what its edges ask for, else Concept."""
        view = self._reading.view
        open_ = {id for id, node in self._nodes.items() if node.kind is None}
        for id in open_:
            kind = view.kind(id) if view.has_node(id) else CONCEPT
            self._nodes[id] = replace(self._nodes[id], kind=kind)
        open_ = {id for id in open_ if not view.has_node(id)}
        for edge in edges:
            direction = direction_meant(edge.label, self._vocabulary)
            if direction is None:
                continue
            _, target = self._ends(edge, direction)
            relation = direction.relation
            if target in open_ and relation.targets and CONCEPT not in relation.targets:
                kind = next(one for one in self._vocabulary.kinds if one in relation.targets)
                if kind != DAY:
                    self._nodes[target] = replace(self._nodes[target], kind=kind)
                    open_.discard(target)

    def _ends(self, edge: GivenEdge, direction: Direction | None) -> tuple[str, str]:
        source, target = self._ids[edge.source], self._ids[edge.target]
        return (target, source) if direction and direction.inverse else (source, target)

    def _edges(self, edges: list[GivenEdge]) -> dict[EdgeKey, GivenEdge]:
        """The edges by what they are in the map; what a relation may not join is `about`."""
        found: dict[EdgeKey, GivenEdge] = {}
        ways: dict[str, _Ways] = defaultdict(_Ways)
        for edge in edges:
            if self._ids[edge.source] == self._ids[edge.target]:
                name = f"{self._ids[edge.source]} {edge.label or ABOUT} {self._ids[edge.target]}"
                self._losses.append(Loss(Fact("edge", name), "refused"))
                continue
            key, one = self._edge(edge, ways)
            turned = key._replace(source=key.target, target=key.source)
            if self._vocabulary.relations[key.relation].symmetric and turned in found:
                key, one = turned, _turned(one)
            if key in found:
                self._losses.append(Loss(Fact("edge", str(key)), "joined"))
                one = _edges_together(found[key], one)
            found[key] = one
        return found

    def _edge(self, edge: GivenEdge, ways: dict[str, _Ways]) -> tuple[EdgeKey, GivenEdge]:
        """An edge with its relation; `ways` are those of acyclic relations so far."""
        direction = direction_meant(edge.label, self._vocabulary) if edge.label else None
        source, target = self._ends(edge, direction)
        if direction is not None:
            relation = direction.relation
            kinds = (self._nodes[source].kind or CONCEPT, self._nodes[target].kind or CONCEPT)
            fits = relation.allows(*kinds)
            if fits and relation.acyclic:
                fits = ways[relation.name].add(source, target)
            if fits:
                return EdgeKey(source, relation.name, target, edge.dimension), (
                    _turned(edge) if direction.inverse else edge
                )
        key = EdgeKey(self._ids[edge.source], ABOUT, self._ids[edge.target], edge.dimension)
        label = _text(edge.label).strip()
        if label and name_key(label) != name_key(ABOUT):
            self._losses.append(Loss(Fact("edge", str(key._replace(relation=label))), "made general", str(key)))
            self._phrases.append((key, label))
            edge = replace(edge, note=_joined_text(label, edge.note, ": "))
        return key, edge


def _turned(edge: GivenEdge) -> GivenEdge:
    """The edge read from its other end."""
    turned: dict[End | None, End | None] = {"source": "target", "target": "source", None: None}
    return replace(
        edge,
        source=edge.target,
        target=edge.source,
        values=edge.values.swapped() if edge.values else None,
        parent=turned[edge.parent],
    )


def _together(one: GivenNode, other: GivenNode) -> GivenNode:
    """Two nodes of one name as one: of a field that both have, the first counts, but texts follow each other."""
    texts = dict.fromkeys(filter(None, (one.text, other.text)))
    return replace(
        one,
        kind=one.kind or other.kind,
        aliases=tuple(dict.fromkeys((*one.aliases, *other.aliases))),
        text="\n\n".join(texts) or None,
        formula=one.formula or other.formula,
        data={**other.data, **one.data},
        days=tuple(dict.fromkeys((*one.days, *other.days))),
        mention=one.mention and other.mention,
        place=other.place if one.place is None else one.place,
        cites=(*one.cites, *other.cites),
    )


def _edges_together(one: GivenEdge, other: GivenEdge) -> GivenEdge:
    note = one.note if not other.note or other.note == one.note else _joined_text(one.note or "", other.note, "; ")
    return replace(
        one,
        note=note or None,
        values=one.values or other.values,
        days=tuple(dict.fromkeys((*one.days, *other.days))),
        cites=(*one.cites, *other.cites),
    )


def _joined_text(one: str, other: str | None, between: str) -> str:
    return between.join(filter(None, (one, other)))


def _text(text: str) -> str:
    """A text without the characters that no text may hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while (char := unsafe_character(text)) is not None:
        text = text.replace(char, "")
    return text


def _cleaned_value(value: JsonValue) -> JsonValue:
    """A value of a field without the characters that no text may hold, at its first level."""
    return _text(value) if isinstance(value, str) else value


def _line(text: str) -> str:
    """A text on one line, or nothing where nothing of it can be seen."""
    text = " ".join(_text(text).split())
    return text if visible(text) else ""


class _Documents:
    """Documents by day and part, while nodes and edges are put into them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._nodes: dict[Place, dict[str, Node]] = defaultdict(dict)
        self._edges: dict[Place, dict[EdgeKey, Edge]] = defaultdict(dict)

    def add_node(self, id: str, given: GivenNode) -> None:
        """A node in every document that names it: defined where it first is, else mentioned."""
        kind = given.kind or CONCEPT
        whole = Node(
            id=id,
            kind=kind,
            label=given.label,
            aliases=given.aliases,
            text=given.text,
            formula=given.formula,
            data=dict(given.data),
            place=given.place,
        )
        cites = given.cites or self._cites(given)
        first = next((number for number, cite in enumerate(cites) if not cite.mention), 0)
        for number, cite in enumerate(cites):
            one = Node(id=id, kind=kind, label=given.label, mention=cite.mention)
            if number == first:
                more = given.text or given.formula or given.aliases or given.data
                one = structs.replace(whole, mention=given.mention and not more)
            self._nodes[cite.day, cite.part].setdefault(id, structs.replace(one, origin=cite.origin))

    def add_edge(self, key: EdgeKey, given: GivenEdge) -> None:
        """An edge in every document that says it; its values, note and place in the first of them."""
        for number, cite in enumerate(given.cites or self._cites(given)):
            one = Edge(source=key.source, relation=key.relation, target=key.target, dimension=key.dimension)
            if number == 0:
                said = {"values": given.values, "note": given.note, "place": given.place, "parent": given.parent}
                one = structs.replace(one, **said)
            self._edges[cite.day, cite.part].setdefault(key, structs.replace(one, origin=cite.origin))

    def made(self, nodes: Mapping[str, GivenNode]) -> tuple[Document, ...]:
        """The documents; an edge's ends stand in its own as mentions where nothing else names them there."""
        for place, edges in self._edges.items():
            here = self._nodes[place]
            for end in dict.fromkeys(end for key in edges for end in (key.source, key.target)):
                given = nodes[end]
                mentioned = Node(id=end, kind=given.kind or CONCEPT, label=given.label, mention=True, origin=IMPORTED)
                here.setdefault(end, mentioned)
        order = sorted(self._nodes, key=lambda place: (place[0] is not None, place[0] or 0, place[1]))
        return tuple(self._document(place) for place in order)

    def _document(self, place: Place) -> Document:
        day, part = place
        return Document(
            map=self._reading.map,
            day=day or 0,
            part=part,
            undated=day is None,
            nodes=tuple(self._nodes[place].values()),
            edges=tuple(self._edges[place].values()),
        )

    def _cites(self, given: GivenNode | GivenEdge) -> tuple[GivenCite, ...]:
        """Where something is said by its days alone."""
        origin = DERIVED if given.derived else IMPORTED
        days = given.days or (self._reading.day,)
        defined = getattr(given, "introduced", None)
        defined = defined if defined in days else days[0]
        return tuple(GivenCite(day, self._reading.part, origin, mention=day != defined) for day in days)
