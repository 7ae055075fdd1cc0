"""The fold: from what stands in the parts of a map to everything that is asserted of each node and edge.

The state is a pure function of the events that stand: folding them all at once and one by one give the same.
Nothing here reads a clock or a disk.

An id may lead to another: then all that is said of its node is said of that one's, on whatever day it is said. The id
of a node that a contributor ended leads to nothing (`ENDED`): what is said of it is kept in its parts and not folded.

A state that somebody reads is never changed. Whoever reads holds its lease; a state with a lease is copied before it is
brought forward. A copy shares with the former all that does not change.
"""

from bisect import insort
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar
from weakref import ref

from msgspec import Struct, structs

from ontology.model import Document, Edge, EdgeKey, Node
from ontology.names import CONTRIBUTED, name_key
from ontology.terms import CONCEPT
from ontology.vocabulary import Vocabulary

Item = TypeVar("Item", Node, Edge)
Key = TypeVar("Key")
Member = TypeVar("Member")

ENDED = ""
"""Where the id of a node leads that was ended: no node has this id."""

Kind = Literal["put", "add", "end"]
"""What an entry does: a document takes the place of a part, joins it, or what was said ends."""


class PartKey(NamedTuple):
    """A part of a day."""

    day: int
    part: str


@dataclass(frozen=True, slots=True)
class Event:
    """An entry as the fold sees it; `document` is what a put or an add says, `target` the entry that an end undoes."""

    sequence: int
    key: PartKey
    document: Document | None
    author: str = ""
    time: str = ""
    kind: Kind = "put"
    target: int | None = None


class Part:
    """What stands in a part: its last put and the adds after it. Never changed: an add makes another one."""

    __slots__ = ("_merged", "before", "event")

    def __init__(self, event: Event, before: "Part | None" = None) -> None:
        self.event = event
        self.before = before
        self._merged: Document | None = None

    @property
    def key(self) -> PartKey:
        """The day and the name of the part."""
        return self.event.key

    @property
    def sequence(self) -> int:
        """The number of the newest entry of it."""
        return self.event.sequence

    @property
    def author(self) -> str:
        """Who wrote the newest entry."""
        return self.event.author

    @property
    def time(self) -> str:
        """When the newest entry was written."""
        return self.event.time

    @property
    def events(self) -> list[Event]:
        """The put and the adds, oldest first."""
        found, part = [], self
        while True:
            found.append(part.event)
            if part.before is None:
                return found[::-1]
            part = part.before

    @property
    def document(self) -> Document:
        """All that the part says, as one document."""
        if self._merged is None:
            self._merged = merged([event.document for event in self.events if event.document])
        return self._merged

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Part) and (self is other or self.events == other.events)

    __hash__ = None  # type: ignore[assignment]


def merged(documents: list[Document]) -> Document:
    """Documents of one part as one: each node and edge as the last that says it has it; a mention overrides nothing."""
    if len(documents) == 1:
        return documents[0]
    nodes: dict[str, Node] = {}
    edges: dict[EdgeKey, Edge] = {}
    for document in documents:
        for node in document.nodes:
            if not (node.adds_nothing and node.id in nodes):
                nodes[node.id] = node
        edges.update((edge.key, edge) for edge in document.edges)
    return documents[0].with_assertions(tuple(nodes.values()), tuple(edges.values()))


class Asserted(Struct, Generic[Item], frozen=True, gc=False):
    """One document's word on one node or edge, with where and when it was said. Small, since a map has many.

    `undated`: the document belongs to no day, and `day` is 0 only to sort it.
    """

    day: int
    sequence: int
    part: str
    author: str
    item: Item
    undated: bool = False


class Joined(Asserted[Item], Generic[Item], frozen=True, gc=False):
    """A word on a node whose id leads to another's, or on an edge of such a node, as it is folded.

    `item` has the ids that are led to, `said_of` is what the document calls it.
    """

    said_of: str | EdgeKey = ""


def as_said(asserted: Asserted[Item]) -> Item:
    """The word as the document itself says it."""
    if not isinstance(asserted, Joined):
        return asserted.item
    name = asserted.said_of
    ids = {"source": name.source, "target": name.target} if isinstance(name, EdgeKey) else {"id": name}
    said: Item = structs.replace(asserted.item, **ids)
    return said


def _rank(asserted: Asserted[Node] | Asserted[Edge]) -> tuple[int, int]:
    return asserted.day, asserted.sequence


NodeAssertions = tuple[Asserted[Node], ...]
EdgeAssertions = tuple[Asserted[Edge], ...]
Members = tuple[Member, ...] | dict[Member, None]
"""Each once, in the order in which they came. A few are a tuple, which is small; many a dictionary, which is quick."""

FEW = 8
"""Members up to which a tuple is both smaller and as quick as a dictionary."""


def kind_of(said: Sequence[Asserted[Node]]) -> str:
    """The kind of a node by all that is said of it, oldest first: as notes define it, else contributors, else mentions.

    Of definitions, and of mentions that need more than a Concept, the newest counts. A contributor's correction of the
    kind stands before all.
    """
    if (corrected := retyped_as(said)) is not None:
        return corrected
    if not said[-1].item.mention and not said[-1].part.startswith(CONTRIBUTED):
        return said[-1].item.kind
    defined = [one for one in reversed(said) if not one.item.mention]
    noted = (one for one in defined if not one.part.startswith(CONTRIBUTED))
    if (newest := next(noted, None) or next(iter(defined), None)) is not None:
        return newest.item.kind
    return next((one.item.kind for one in reversed(said) if one.item.kind != CONCEPT), CONCEPT)


def retyped_as(said: Iterable[Asserted[Node]]) -> str | None:
    """The kind to which a contributor corrected a node, the newest of several; None where nobody did."""
    newest: Asserted[Node] | None = None
    for one in said:
        if one.item.retyped and (newest is None or one.sequence > newest.sequence):
            newest = one
    return newest.item.kind if newest else None


def visible(said: EdgeAssertions) -> EdgeAssertions:
    """What counts of all that is said of an edge.

    Where a contributor refuses it, nothing that a rule derived; where one ended it, only what contributors said since.
    """
    if not any(one.item.denies for one in said):
        return said
    ended = max((one.sequence for one in said if one.item.ended), default=0)
    refused = any(one.item.refusal for one in said)
    return tuple(
        one
        for one in said
        if not (one.item.denies or (refused and one.item.origin.how == "derived"))
        if not ended or (one.sequence > ended and one.part.startswith(CONTRIBUTED))
    )


class Follower(Protocol):
    """Something that is kept up to date with a fold: it is told which nodes each event touched."""

    def follow(self, touched: Set[str]) -> None:
        """Look again at these nodes and the edges that start at them; some may be gone."""

    def copied(self, fold: "Fold") -> "Follower":
        """The same for a copy of its fold; what it shares with this one is never changed in place."""


Following = TypeVar("Following", bound=Follower)


class Lease:
    """Held by whoever reads a fold."""

    __slots__ = ("__weakref__",)


class Fold:
    """The state of one map.

    Assertions stand in order of (day, entry), oldest first, of each part only its last word. `days` are those of parts,
    with how many; `refused` are the edges that somebody refuses or ended on some day; `led` the ids that lead to
    others, with the last one of each way: nodes and edges stand under that, those of ended nodes nowhere.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.symmetric = {relation.name for relation in vocabulary.relations.values() if relation.symmetric}
        self.sequence = 0
        self.parts: dict[PartKey, Part] = {}
        self.days: dict[int, int] = {}
        self.nodes: dict[str, NodeAssertions] = {}
        self.edges: dict[EdgeKey, EdgeAssertions] = {}
        self.outgoing: dict[str, Members[EdgeKey]] = {}
        self.incoming: dict[str, Members[EdgeKey]] = {}
        self.refused: set[EdgeKey] = set()
        self.led: dict[str, str] = {}
        self._became: dict[PartKey, Became] = {}
        self._names: dict[str, Members[str]] | None = None
        self._followers: dict[type, Follower] = {}
        self._turns: dict[Hashable, Lock] = {}
        self._lease: ref[Lease] | None = None
        self._own: set[int] | None = None  # None: all inner dictionaries; else those that no other copy has

    # Reading.

    def lease(self) -> Lease:
        """What a reader holds as long as it reads. Not while the fold may be brought forward."""
        held = self._lease() if self._lease else None
        if held is None:
            held = Lease()
            self._lease = ref(held)
        return held

    @property
    def is_leased(self) -> bool:
        """Whether somebody reads this state."""
        return self._lease is not None and self._lease() is not None

    def leads_to(self, node: str) -> str:
        """The id that an id leads to: mostly itself."""
        return self.led.get(node, node)

    def folded_key(self, key: EdgeKey) -> EdgeKey:
        """The identity under which an edge is folded: its ends led on; those of a symmetric relation have no order.

        The edge of an ended node, which is not folded, keeps it as its end.
        """
        if self.led:
            source, target = (self.leads_to(end) or end for end in (key.source, key.target))
            key = key._replace(source=source, target=target)
        return self.own_key(key)

    def own_key(self, key: EdgeKey) -> EdgeKey:
        """The identity of an edge within a part: from whichever end a symmetric relation is said, it is one edge."""
        return _unordered(key) if key.relation in self.symmetric else key

    def is_ended(self, node: str) -> bool:
        """Whether a contributor ended the node of this id."""
        return self.led.get(node) == ENDED

    def word_on_node(self, part: PartKey, node: str) -> Node | None:
        """What a part says of a node that it calls so."""
        said = self.nodes.get(self.leads_to(node), ())
        return _word(said, part, node if node in self.led else None)

    def word_on_edge(self, part: PartKey, key: EdgeKey) -> Edge | None:
        """What a part says of an edge that it calls so."""
        folded = self.folded_key(key)
        if folded.source == folded.target and (
            own := self.parts.get(part)
        ):  # an edge of a node to itself is not folded
            own_key = self.own_key(key)
            return next((edge for edge in own.document.edges if self.own_key(edge.key) == own_key), None)
        said = self.edges.get(folded, ())
        return _word(said, part, None if self.led.keys().isdisjoint((key.source, key.target)) else _unordered(key))

    def visible(self, key: EdgeKey) -> EdgeAssertions:
        """What counts of all that is said of an edge of this folded identity."""
        said = self.edges.get(key, ())
        return visible(said) if key in self.refused else said

    @property
    def edge_count(self) -> int:
        """How many edges there are, those that a refusal hides left out."""
        return len(self.edges) - sum(not self.visible(key) for key in self.refused)

    @property
    def names(self) -> Mapping[str, Members[str]]:
        """The ids of nodes by the keys of their names; made when first asked for, and then kept up to date."""
        if self._names is None:
            with self._turn("names"):
                if self._names is None:
                    self._names = self._made_names()
        return self._names

    def follower(self, kind: type[Following], make: Callable[[], Following]) -> Following:
        """The follower of this class; made when first asked for, and from then on kept up to date."""
        found = self._followers.get(kind)
        if not isinstance(found, kind):
            with self._turn(kind):
                found = self._followers.get(kind)
                if not isinstance(found, kind):
                    found = self._followers[kind] = make()
        return found

    def _turn(self, what: Hashable) -> Lock:
        """Held while something is made for the first time, so that it is made once. A copy waits for nothing of it."""
        return self._turns.setdefault(what, Lock())

    # Bringing forward.

    def copied(self) -> "Fold":
        """The same state to be brought forward, while this one stays as it is; costs its number of nodes and edges."""
        copy = Fold.__new__(Fold)
        copy.__dict__.update(self.__dict__)
        for table in ("parts", "days", "nodes", "edges", "outgoing", "incoming", "refused", "_became"):
            setattr(copy, table, getattr(self, table).copy())
        followers = dict(self._followers)  # before the names, which some of them need
        copy._names = None if self._names is None else self._names.copy()
        copy._turns = {}
        copy._lease = None
        copy._own = set()
        copy._followers = {}
        for kind, follower in followers.items():
            copy._followers[kind] = follower.copied(copy)
        return copy

    def apply(self, event: Event) -> None:
        """Bring the state forward by a put, an add or the end of a part."""
        if event.target is not None:
            raise ValueError(f"entry {event.sequence} undoes entry {event.target}: settle its part instead")
        former = self.parts.get(event.key)
        if event.kind == "add" and former is not None:
            moved = self._learn_became(event.key, became_in([event], self._became.get(event.key, {})))
            self.parts[event.key] = Part(event, former)
            self._add(event)
            self._tell(moved | self._touched([event]))
        else:
            self._replace(event.key, [] if event.document is None else [event])
        self.sequence = max(self.sequence, event.sequence)

    def apply_all(self, events: Iterable[Event]) -> "Fold":
        """Bring the state forward by all these events and return it."""
        for event in events:
            self.apply(event)
        return self

    def settle(self, key: PartKey, events: list[Event], sequence: int) -> None:
        """Let a part say what these events say, its last put and the adds after it, as of an entry."""
        self._replace(key, events)
        self.sequence = max(self.sequence, sequence)

    def _replace(self, key: PartKey, events: list[Event]) -> None:
        former = self.parts.pop(key, None)
        gone = former.events if former else []
        self._count(key.day, bool(events) - bool(gone))
        touched = self._touched(gone)
        if gone:
            self._remove(key, gone)
        touched |= self._learn_became(key, became_in(events))
        part = None
        for event in events:
            part = Part(event, part)
            self._add(event)
        if part is not None:
            self.parts[key] = part
        self._tell(touched | self._touched(events))

    def _learn_became(self, key: PartKey, said: "Became") -> set[str]:
        """Note which ids a part leads to others. Returns the nodes that this moves."""
        if said == self._became.get(key, {}):
            return set()
        self._became[key] = said
        if not said:
            del self._became[key]
        return self.lead(leads(self._became))

    def led_after(self, news: Mapping[PartKey, Iterable[Event]], gone: Iterable[PartKey]) -> dict[str, str]:
        """Which ids would lead to others if these parts ended and then parts said these events, oldest first, too."""
        ended = set(gone)
        became = {key: said for key, said in self._became.items() if key not in ended}
        for key, events in news.items():
            became[key] = became_in(events, became.get(key, {}))
        return leads(became)

    def lead(self, led: dict[str, str]) -> set[str]:
        """Let ids lead so: parts that say anything of an id that leads elsewhere are put anew. Returns their nodes."""
        moved = {node for node in led.keys() | self.led.keys() if led.get(node) != self.led.get(node)}
        # Else there is no part to look for.
        is_said = any(self.is_ended(node) or self.leads_to(node) in self.nodes for node in moved)
        parts = [part for part in self.parts.values() if is_said and not moved.isdisjoint(_nodes_of(part.events))]
        touched: set[str] = set()
        for part in parts:
            touched |= self._touched(part.events)
            self._remove(part.key, part.events)
        self.led = led
        for part in parts:
            touched |= self._touched(part.events)
            for event in part.events:
                self._add(event)
        return touched

    def _count(self, day: int, more: int) -> None:
        """Note that a day has so many parts more."""
        self.days[day] = self.days.get(day, 0) + more
        if not self.days[day]:
            del self.days[day]

    def _add(self, event: Event) -> None:
        """Add what an event's document says, in the place of what its part said of the same."""
        if event.document is not None:
            self._add_nodes(event, event.document.nodes, undated=event.document.undated)
            self._add_edges(event, event.document.edges, undated=event.document.undated)

    def _add_nodes(self, event: Event, said_now: Iterable[Node], *, undated: bool) -> None:
        day, part = event.key
        sequence, author, nodes, led = event.sequence, event.author, self.nodes, self.led
        for node in said_now:
            if node.id in led:
                if led[node.id] == ENDED:
                    continue
                name, node = node.id, structs.replace(node, id=led[node.id])  # noqa: PLW2901 (the name is what is left)
                one: Asserted[Node] = Joined(day, sequence, part, author, node, undated, name)
            else:
                one = Asserted(day, sequence, part, author, node, undated)
            said = nodes.get(node.id)
            nodes[node.id] = now = (one,) if said is None else _with(said, one)
            if self._names is not None and now is not said:
                self._rename(node, said)

    def _add_edges(self, event: Event, said_now: Iterable[Edge], *, undated: bool) -> None:
        """A map has hundreds of thousands of these: keys are made without their constructor, which is slower."""
        day, part = event.key
        sequence, author, symmetric, make = event.sequence, event.author, self.symmetric, tuple.__new__
        edges, outgoing, incoming, led = self.edges, self.outgoing, self.incoming, self.led
        for edge in said_now:
            source, relation, target = edge.source, edge.relation, edge.target
            one = Asserted(day, sequence, part, author, edge, undated)
            if led and (source in led or target in led):
                source, target = led.get(source, source), led.get(target, target)
                if source == target or ENDED in (source, target):  # it joins what is one now, or what is no more
                    continue
                item = structs.replace(edge, source=source, target=target)
                one = Joined(day, sequence, part, author, item, undated, edge.key)
            if target < source and relation in symmetric:
                source, target = target, source
            key = make(EdgeKey, (source, relation, target, edge.dimension))
            if edge.denies:
                self.refused.add(key)
            if (said := edges.get(key)) is not None:
                edges[key] = now = _with(said, one)
                self._settle_refusal(key, now)
                continue
            edges[key] = (one,)
            if source in outgoing:
                self._enlist(outgoing, source, key)
            else:
                outgoing[source] = (key,)
            if target in incoming:
                self._enlist(incoming, target, key)
            else:
                incoming[target] = (key,)

    def _remove(self, part: PartKey, events: list[Event]) -> None:
        """Take away all that a part said."""
        documents = [event.document for event in events if event.document]
        for name in {self.leads_to(node.id) for document in documents for node in document.nodes}:
            said = self.nodes.get(name, ())
            _keep(self.nodes, name, _without(said, part))
            if self._names is not None:
                self._forget_names(name, said)
        for key in {self.folded_key(edge.key) for document in documents for edge in document.edges}:
            left = _without(self.edges.get(key, ()), part)
            _keep(self.edges, key, left)
            if not left:
                self._unlist(self.outgoing, key.source, key)
                self._unlist(self.incoming, key.target, key)
            self._settle_refusal(key, left)

    def _settle_refusal(self, key: EdgeKey, said: EdgeAssertions) -> None:
        """Forget that an edge was refused, where nobody refuses it any more."""
        if key in self.refused and not any(one.item.denies for one in said):
            self.refused.discard(key)

    # Names, where somebody has asked for them.

    def _made_names(self) -> dict[str, Members[str]]:
        names: dict[str, Members[str]] = {}
        for node, said in self.nodes.items():
            for name in {name for one in said for name in _names(one.item)}:
                self._enlist(names, name, node)
        return names

    def _rename(self, node: Node, before: NodeAssertions | None) -> None:
        """Note the names that a document gives a node, and forget those that it replaced."""
        assert self._names is not None
        for name in _names(node):
            self._enlist(self._names, name, node.id)
        if before is not None:
            self._forget_names(node.id, before)

    def _forget_names(self, node: str, before: NodeAssertions) -> None:
        """Forget the names that assertions gave a node and that none gives it any more."""
        assert self._names is not None
        kept = {name for asserted in self.nodes.get(node, ()) for name in _names(asserted.item)}
        for name in {name for asserted in before for name in _names(asserted.item)} - kept:
            self._unlist(self._names, name, node)

    # Tables whose inner containers may be shared with another copy.

    def _enlist(self, table: dict[Key, Members[Member]], key: Key, member: Member) -> None:
        """Add a member to one of a table's lists, if it is not there."""
        members: Members[Member] | None = table.get(key)
        if members is None:
            table[key] = (member,)
        elif member in members:
            return
        elif len(members) < FEW and isinstance(members, tuple):
            table[key] = (*members, member)
        else:
            table[key] = members = self._changeable(members)
            members[member] = None

    def _unlist(self, table: dict[Key, Members[Member]], key: Key, member: Member) -> None:
        """Take a member out of one of a table's lists; an empty list goes too."""
        members: Members[Member] | None = table.get(key)
        if members is None or member not in members:
            return
        if len(members) == 1:
            del table[key]
        elif isinstance(members, tuple):
            table[key] = tuple(one for one in members if one != member)
        else:
            table[key] = members = self._changeable(members)
            del members[member]

    def _changeable(self, members: Members[Member]) -> dict[Member, None]:
        """Members as a dictionary that no other copy has."""
        if isinstance(members, dict) and (self._own is None or id(members) in self._own):
            return members
        copy = dict.fromkeys(members)
        if self._own is not None:
            self._own.add(id(copy))
        return copy

    def _touched(self, events: Iterable[Event]) -> set[str]:
        """The nodes that events speak of, as far as somebody follows what becomes of them."""
        nodes = _nodes_of(events) if self._followers else ()
        return set(map(self.leads_to, nodes) if self.led else nodes)

    def _tell(self, touched: Set[str]) -> None:
        for follower in self._followers.values():
            follower.follow(touched)


def _nodes_of(events: Iterable[Event]) -> Iterable[str]:
    return (node.id for event in events if event.document for node in event.document.nodes)


Became = Mapping[str, tuple[int, str]]
"""The ids that a part leads to others: the entry that says so, and the id that each became."""


def became_in(events: Iterable[Event], before: Became = MappingProxyType({})) -> Became:
    """The ids that events of a part, oldest first, lead to others, after what it said before."""
    found = dict(before)
    for event in events:
        for node in event.document.nodes if event.document else ():
            if node.ended:
                found[node.id] = event.sequence, ENDED
            elif node.became is not None:
                found[node.id] = event.sequence, node.became
            elif found and not node.mention:
                found.pop(node.id, None)
    return found


def leads(became: Mapping[PartKey, Became]) -> dict[str, str]:
    """The id at the end of the way of each id that leads to another.

    Of what several parts say of an id the newest entry counts. Then the oldest of these come first, and one that would
    close a circle leads nowhere: so nothing depends on the order in which parts came.
    """
    newest: dict[str, tuple[int, str]] = {}
    for said in became.values():
        for node, word in said.items():
            newest[node] = max(newest.get(node, word), word)
    steps: dict[str, str] = {}
    for _, node, target in sorted((sequence, node, target) for node, (sequence, target) in newest.items()):
        if _end_of_way(steps, target) != node:
            steps[node] = target
    return {node: _end_of_way(steps, node) for node in steps}


def _end_of_way(steps: Mapping[str, str], node: str) -> str:
    while node in steps:
        node = steps[node]
    return node


def _names(node: Node) -> set[str]:
    """All that a node can be called by what one document says of it."""
    return {name_key(name) for name in (node.id, node.label, *node.aliases)}


def _with(said: tuple[Asserted[Item], ...], one: Asserted[Item]) -> tuple[Asserted[Item], ...]:
    """The assertions with one more, in order, in the place of what its part said in earlier entries.

    A mention says nothing new where its part has said something.
    """
    if said[-1].day < one.day:  # then no part of its day said anything, and it is the newest
        return _appended(said, one)
    former: list[Asserted[Item]] = []
    others: list[Asserted[Item]] = []
    for other in said:
        (former if _is_of_one_place(one, other) else others).append(other)
    if former and getattr(one.item, "adds_nothing", False):
        return said
    ordered = others if former and former[0].sequence != one.sequence else list(said)
    insort(ordered, one, key=_rank)
    return tuple(ordered)


def _is_of_one_place(one: Asserted[Item], other: Asserted[Item]) -> bool:
    """Whether a part says both, and of what it calls the same."""
    return (one.day, one.part, _own_name(one)) == (other.day, other.part, _own_name(other))


def _own_name(one: Asserted[Item]) -> str | EdgeKey | None:
    """What a document calls it, where that is not what it is called.

    Of an edge without the order of its ends: of what is folded as one edge, only a symmetric one is said both ways.
    """
    if not isinstance(one, Joined):
        return None
    return _unordered(one.said_of) if isinstance(one.said_of, EdgeKey) else one.said_of


def _unordered(key: EdgeKey) -> EdgeKey:
    """The same key from whichever end an edge is named."""
    if key.target < key.source:
        return EdgeKey(key.target, key.relation, key.source, key.dimension)
    return key


def _word(said: Iterable[Asserted[Item]], key: PartKey, name: str | EdgeKey | None) -> Item | None:
    """What a part says, as it says it, of what it calls so, among all that is said of a node or edge."""
    return next((as_said(one) for one in said if (one.day, one.part) == key and _own_name(one) == name), None)


def _appended(said: tuple[Asserted[Item], ...], one: Asserted[Item]) -> tuple[Asserted[Item], ...]:
    longer: list[Asserted[Item]] = list(said)
    longer.append(one)
    return tuple(longer)


def _without(said: tuple[Asserted[Item], ...], part: PartKey) -> tuple[Asserted[Item], ...]:
    """The assertions without what a part says."""
    return tuple(one for one in said if (one.day, one.part) != part)


def _keep(table: dict[Key, tuple[Asserted[Item], ...]], key: Key, said: tuple[Asserted[Item], ...]) -> None:
    if said:
        table[key] = said
    else:
        table.pop(key, None)
