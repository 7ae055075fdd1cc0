"""The fold: from the entries of a map to everything that is asserted of each node and edge.

The state is a pure function of the events: folding them all at once and one by one give the same.
Nothing here reads a clock or a disk.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

from ontology.model import Document, Edge, EdgeKey, Node
from ontology.names import name_key
from ontology.vocabulary import Vocabulary

Item = TypeVar("Item", Node, Edge)
Key = TypeVar("Key")
Member = TypeVar("Member")
Said = TypeVar("Said")


class PartKey(NamedTuple):
    """A part of a day."""

    day: int
    part: str


@dataclass(frozen=True, slots=True)
class Event:
    """An entry as the fold sees it: a document put in the place of a part, or the part's end (None)."""

    sequence: int
    key: PartKey
    document: Document | None
    author: str = ""
    time: str = ""


class Asserted(NamedTuple, Generic[Item]):
    """One document's word on one node or edge, with where and when it was said."""

    day: int
    sequence: int
    part: str
    author: str
    item: Item


def _rank(asserted: Asserted[Node] | Asserted[Edge]) -> tuple[int, int]:
    return asserted.day, asserted.sequence


NodeAssertions = list[Asserted[Node]]
EdgeAssertions = list[Asserted[Edge]]
Neighbours = dict[str, dict[str, int]]
"""Node id -> neighbour id -> first day on which an edge of the relation joins the two."""


class Follower(Protocol):
    """Something that is kept up to date with a fold: it is told which nodes each event touched."""

    def follow(self, touched: Set[str]) -> None:
        """Look again at these nodes and the edges that start at them; some may be gone."""


Following = TypeVar("Following", bound=Follower)


class Fold:
    """The state of one map after its events so far.

    Assertions stand in order of (day, entry), oldest first. `forward` and `backward` hold, per
    relation, who is joined to whom and since which day; a symmetric relation runs both ways in each.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._symmetric = {relation.name for relation in vocabulary.relations.values() if relation.symmetric}
        self.sequence = 0
        self.documents: dict[PartKey, Event] = {}
        self.nodes: dict[str, NodeAssertions] = {}
        self.edges: dict[EdgeKey, EdgeAssertions] = {}
        self.outgoing: dict[str, dict[EdgeKey, None]] = {}
        self.incoming: dict[str, dict[EdgeKey, None]] = {}
        self.forward: dict[str, Neighbours] = {}
        self.backward: dict[str, Neighbours] = {}
        self.names: dict[str, set[str]] = {}
        self._followers: dict[type, Follower] = {}
        self._by_pair: dict[EdgeKey, dict[EdgeKey, None]] = {}

    def apply(self, event: Event) -> None:
        """Bring the state forward by one event."""
        former = self.documents.pop(event.key, None)
        if former and former.document:
            self._remove(former, former.document)
        if event.document is not None:
            self.documents[event.key] = event
            self._add(event, event.document)
        self.sequence = max(self.sequence, event.sequence)
        if self._followers:
            self._tell_followers(former, event)

    def apply_all(self, events: Iterable[Event]) -> "Fold":
        """Bring the state forward by all these events and return it."""
        for event in events:
            self.apply(event)
        return self

    def folded_key(self, key: EdgeKey) -> EdgeKey:
        """The identity under which an edge is folded: the ends of a symmetric relation have no order."""
        if key.relation in self._symmetric and key.target < key.source:
            return EdgeKey(key.target, key.relation, key.source, key.dimension)
        return key

    def follower(self, kind: type[Following], make: Callable[[], Following]) -> Following:
        """The follower of this class; made when first asked for, and from then on kept up to date."""
        found = self._followers.get(kind)
        if not isinstance(found, kind):
            found = self._followers[kind] = make()
        return found

    def _add(self, event: Event, document: Document) -> None:
        where = (event.key.day, event.sequence, event.key.part, event.author)
        for node in document.nodes:
            insort(self.nodes.setdefault(node.id, []), Asserted(*where, node), key=_rank)
            for name in _names(node):
                self.names.setdefault(name, set()).add(node.id)
        for edge in document.edges:
            key = self.folded_key(edge.key)
            insort(self.edges.setdefault(key, []), Asserted(*where, edge), key=_rank)
            self.outgoing.setdefault(key.source, {})[key] = None
            self.incoming.setdefault(key.target, {})[key] = None
            if key.dimension is not None:
                self._by_pair.setdefault(_pair(key), {})[key] = None
            self._join(key, event.key.day)

    def _remove(self, event: Event, document: Document) -> None:
        for node in document.nodes:
            if node.id in self.nodes:
                _drop(self.nodes, node.id, event)
            self._forget_names(node)
        for edge in document.edges:
            key = self.folded_key(edge.key)
            if key not in self.edges:
                continue
            _drop(self.edges, key, event)
            if key not in self.edges:
                _unlist(self.outgoing, key.source, key)
                _unlist(self.incoming, key.target, key)
                if key.dimension is not None:
                    _unlist(self._by_pair, _pair(key), key)
            self._rejoin(key)

    def _join(self, key: EdgeKey, day: int) -> None:
        for table, one, other in self._sides(key):
            days = table.setdefault(key.relation, {}).setdefault(one, {})
            days[other] = min(day, days.get(other, day))

    def _rejoin(self, key: EdgeKey) -> None:
        """Set the first day of a pair again after an assertion ended."""
        pair = _pair(key)
        same_pair = (pair, *self._by_pair.get(pair, ()))
        days = [self.edges[one][0].day for one in same_pair if one in self.edges]
        for table, one, other in self._sides(key):
            if days:
                table[key.relation][one][other] = min(days)
            else:
                _unlist(table[key.relation], one, other)
                if not table[key.relation]:
                    del table[key.relation]

    def _sides(self, key: EdgeKey) -> Iterator[tuple[dict[str, Neighbours], str, str]]:
        yield self.forward, key.source, key.target
        yield self.backward, key.target, key.source
        if key.relation in self._symmetric and key.source != key.target:
            yield self.forward, key.target, key.source
            yield self.backward, key.source, key.target

    def _forget_names(self, node: Node) -> None:
        """Forget the names that a document gave a node and that no other gives it."""
        kept = {name for asserted in self.nodes.get(node.id, ()) for name in _names(asserted.item)}
        for name in _names(node) - kept:
            if node.id in self.names.get(name, ()):
                self.names[name].discard(node.id)
                if not self.names[name]:
                    del self.names[name]

    def _tell_followers(self, former: Event | None, event: Event) -> None:
        touched = {node.id for one in (former, event) if one and one.document for node in one.document.nodes}
        for follower in self._followers.values():
            follower.follow(touched)


def _names(node: Node) -> set[str]:
    """All that a node can be called by what one document says of it."""
    return {name_key(name) for name in (node.id, node.label, *node.aliases)}


def _drop(table: dict[Key, list[Asserted[Item]]], key: Key, event: Event) -> None:
    """Take what one event's document asserted out of a list; an empty list goes too."""
    table[key] = [one for one in table[key] if (one.sequence, one.part) != (event.sequence, event.key.part)]
    if not table[key]:
        del table[key]


def _unlist(table: dict[Key, dict[Member, Said]], key: Key, member: Member) -> None:
    """Take a member out of one of a table's lists; an empty list goes too."""
    table[key].pop(member, None)
    if not table[key]:
        del table[key]


def _pair(key: EdgeKey) -> EdgeKey:
    """What an edge has in common with those that join the same ends by the same relation in other dimensions."""
    return key if key.dimension is None else key._replace(dimension=None)
