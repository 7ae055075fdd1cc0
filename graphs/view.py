"""The view: the folded graph as of a day. It copies nothing, so it costs what is read through it.

A view stays as it is while entries are added to the map. Folded nodes and edges are what all assertions on one of them
say together, each field from the newest that gives it; they are cached until an entry touches them.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import merge
from typing import NamedTuple

from msgspec import structs

from graphs.bounds import Bound
from graphs.fold import (
    Asserted,
    EdgeAssertions,
    Event,
    Fold,
    Following,
    Item,
    Joined,
    Members,
    NodeAssertions,
    Part,
    PartKey,
    kind_of,
    visible,
)
from graphs.lists import LookAlikes, NodeLists, Placed
from graphs.neighbours import Neighbours, NeighbourTable
from graphs.standing import standing_events
from ontology.errors import UnknownNode
from ontology.model import Document, Edge, EdgeKey, End, EndValues, How, Node, Origin
from ontology.names import CONTRIBUTED, day_id, day_label, day_number, name_key
from ontology.terms import DAY, INTRODUCED_ON, SOURCE
from ontology.values import JsonValue
from ontology.vocabulary import Vocabulary

MAX_CACHED = 20_000
"""Folded nodes and edges that are kept for a map, few beside its documents; with one more the cache begins anew."""

UNDATED = "Undated"
"""What day 0 is called where it has undated notes alone."""

AsOf = int | None

_SEQUENCE = re.compile(r"\d+")
"""What tells the places of a sequence apart: days named alike but for these are of one."""

Recency = tuple[int, str]
"""A day and a part of it: of two that give a node its place the greater counts, in whatever order they were written."""


@dataclass(frozen=True, slots=True)
class FoldedNode:
    """A node as all documents up to the view's day say it: each field from the newest that gives it."""

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...]
    text: str | None
    formula: str | None
    data: Mapping[str, JsonValue]
    days: tuple[int, ...]
    place: int | None
    placed: Recency | None
    assertions: tuple[Asserted[Node], ...]

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id!r}: {self.label}>"

    @property
    def names(self) -> tuple[str, ...]:
        """The label, then the aliases."""
        return (self.label, *self.aliases)

    @property
    def is_reference(self) -> bool:
        """Whether a bibliography lists it: it is a source with a key, which is a name that begins with its sign."""
        return self.kind == SOURCE and any(name.startswith("@") for name in self.aliases)

    @property
    def sayings(self) -> tuple[Asserted[Node], ...]:
        """The assertions that define it, oldest first; where none does, those that mention it."""
        if len(self.assertions) == 1:
            return self.assertions
        return tuple(one for one in self.assertions if not one.item.mention) or self.assertions

    @property
    def defined(self) -> bool:
        """Whether a document says more of it than that it exists."""
        return any(not asserted.item.mention for asserted in self.assertions)

    @property
    def is_derived(self) -> bool:
        """Whether all that defines it was read by rule, and nobody stated or confirmed it."""
        return self.defined and all(one.item.origin.how == "derived" for one in self.sayings)


@dataclass(frozen=True, slots=True)
class FoldedEdge:
    """An edge as all documents up to the view's day say it."""

    source: str
    relation: str
    target: str
    dimension: str | None
    values: EndValues | None
    note: str | None
    days: tuple[int, ...]
    how: How
    place: int | None
    parent: End | None
    placed: Recency | None
    assertions: tuple[Asserted[Edge], ...]

    def __repr__(self) -> str:
        return f"<edge {self.key}>"

    @property
    def key(self) -> EdgeKey:
        """The edge's identity."""
        return EdgeKey(self.source, self.relation, self.target, self.dimension)

    def other(self, node: str) -> str:
        """The end that is not this node."""
        return self.target if node == self.source else self.source


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something is said: the day, the part (a file name, or a contributor), 1-based lines and their words.

    `undated`: it is said of no day, and `day` is 0.
    """

    day: int
    file: str
    lines: tuple[int, int] | None
    quote: str | None
    how: How
    undated: bool = False

    @property
    def place(self) -> str:
        """The part with its lines: `day-02.md:14`, a range of lines, or only the part."""
        if self.lines is None:
            return self.file
        first, last = self.lines
        return f"{self.file}:{first}" + (f"-{last}" if last != first else "")

    @property
    def where(self) -> str:
        """The day, if it has one, and the place: `day 2, day-02.md:14`."""
        return self.place if self.undated else f"day {self.day}, {self.place}"


def cite(asserted: Asserted[Node] | Asserted[Edge]) -> Citation:
    """The citation of an assertion."""
    origin: Origin = asserted.item.origin
    return Citation(asserted.day, asserted.part, origin.lines, origin.quote, origin.how, asserted.undated)


class Undeclared(NamedTuple):
    """Kinds and relations that a map uses and the vocabulary in force does not have."""

    kinds: list[str]
    relations: list[str]

    def is_of(self, item: Node | Edge) -> bool:
        """Whether a node is of such a kind, or an edge of such a relation."""
        return item.kind in self.kinds if isinstance(item, Node) else item.relation in self.relations

    def __str__(self) -> str:
        """`kinds Recipe, Flour; relation uses`; empty where there are none."""
        named = (("kind", self.kinds), ("relation", self.relations))
        return "; ".join(f"{what}{'s' if len(of) > 1 else ''} {', '.join(of)}" for what, of in named if of)


class View:
    """A fold as of a day (None: as of the newest); only documents of days up to it count.

    Where it is `bound`, what reads nodes and edges raises what the bound raises.
    """

    def __init__(
        self, fold: Fold, vocabulary: Vocabulary, as_of: int | None = None, bound: Bound | None = None
    ) -> None:
        self.fold = fold  # only for the rooms of graphs: others read through the methods
        self._lease = fold.lease()
        self.vocabulary = vocabulary
        self.as_of = as_of
        self._bound = bound
        self._cache = fold.follower(ViewCache, ViewCache)

    def __repr__(self) -> str:
        day = "" if self.as_of is None else f" as of day {self.as_of}"
        return f"<view of {self.map!r}{day} at entry {self.entry}>"

    @classmethod
    def of(cls, events: Iterable[Event], vocabulary: Vocabulary) -> "View":
        """The view of a map that these events, in any order, make."""
        return cls(Fold(vocabulary).apply_all(standing_events(events)), vocabulary)

    def up_to(self, day: int | None) -> "View":
        """The same map as of another day (None: the newest)."""
        return self if day == self.as_of else View(self.fold, self.vocabulary, day, self._bound)

    def bounded(self, bound: Bound) -> "View":
        """The same map, of which no more is read than a bound allows."""
        return View(self.fold, self.vocabulary, self.as_of, bound)

    def count(self, items: int) -> None:
        """Tell the bound of what will be read by other ways than the methods of nodes and edges."""
        if self._bound is not None:
            self._bound.count(items)

    def without(self, parts: Iterable[PartKey]) -> "View":
        """The same map as if these parts had ended; costs its number of nodes and edges."""
        fold = self.fold.copied()
        for key in parts:
            fold.settle(key, [], fold.sequence)
        return View(fold, self.vocabulary, self.as_of, self._bound)

    def followed_by(self, events: Iterable[Event]) -> "View":
        """The same map as these events would make it; costs its number of nodes and edges."""
        return View(self.fold.copied().apply_all(events), self.vocabulary, self.as_of, self._bound)

    @property
    def entry(self) -> int:
        """The number of the newest entry that the view shows, of whatever day; 0 where there is none."""
        return self.fold.sequence

    @property
    def size(self) -> int:
        """How many nodes the map has as of the view's day."""
        nodes = self.fold.nodes
        return len(nodes) if self.as_of is None else sum(self.sees(said[0].day) for said in nodes.values())

    @property
    def edge_count(self) -> int:
        """How many edges the map has as of the view's day."""
        return self.fold.edge_count if self.as_of is None else sum(1 for _ in self.edge_keys())

    @property
    def is_empty(self) -> bool:
        """Whether no part of any day has a document: a map that nobody wrote to, or that was ended."""
        return not self.fold.parts

    @property
    def map(self) -> str | None:
        """The name of the map, as its documents of any day give it; None for an empty map."""
        part = next(iter(self.fold.parts.values()), None)
        return part.event.document.map if part and part.event.document else None

    def standing_parts(self, day: int | None = None) -> list[Part]:
        """The parts that say something (of a day), in order of day and name: what each says, and who wrote it last."""
        keys = (key for key in self.fold.parts if self.sees(key.day) and day in (None, key.day))
        return [self.fold.parts[key] for key in sorted(keys)]

    def part(self, key: PartKey) -> Part | None:
        """What stands in a part; None where it says nothing."""
        return self.fold.parts.get(key) if self.sees(key.day) else None

    def parts(self, day: int | None = None) -> list[PartKey]:
        """The parts that have a document (of a day), in order."""
        return sorted(key for key in self.fold.parts if self.sees(key.day) and day in (None, key.day))

    def documents(self, day: int | None = None) -> Iterator[Document]:
        """The documents that stand (of a day), in order of day and part."""
        for part in self.standing_parts(day):
            self.count(1)
            yield part.document

    def document(self, key: PartKey) -> Document | None:
        """The document that stands in a part; None where there is none."""
        part = self.part(key)
        return part.document if part else None

    @property
    def has_questions(self) -> bool:
        """Whether any document lists questions that the map must answer."""
        return any(part.document.questions for key, part in self.fold.parts.items() if self.sees(key.day))

    def days(self) -> tuple[int, ...]:
        """The days that have documents, in order."""
        return tuple(sorted(day for day in self.fold.days if self.sees(day)))

    @property
    def day(self) -> int | None:
        """The day the view stands at: the chosen one, else the newest with a document; None for an empty map."""
        return self.as_of if self.as_of is not None else max(self.days(), default=None)

    def sees(self, day: int) -> bool:
        """Whether documents of this day count."""
        return self.as_of is None or day <= self.as_of

    def leads_to(self, node: str) -> str:
        """The id that an id leads to, on whatever day: mostly itself. All methods take either."""
        return self.fold.leads_to(node)

    def leading_to(self, node: str) -> list[str]:
        """The ids that lead to a node, sorted."""
        return sorted(one for one, end in self.fold.led.items() if end == node)

    def has_node(self, node: str) -> bool:
        """Whether a node of this id exists as of the view's day."""
        if self._bound is not None:
            self._bound.count(1)
        assertions = self.fold.nodes.get(self.leads_to(node))
        return assertions is not None and self.sees(assertions[0].day)

    def node_ids(self) -> list[str]:
        """The ids of all nodes, sorted."""
        return list(self.node_ids_after(""))

    def node_ids_after(self, node: str, kind: str | None = None) -> Iterator[str]:
        """The ids of the nodes (of a kind) that come after this id, sorted; costs what is taken of them."""
        kinds = self.vocabulary.within([kind]) if kind else (None,)
        lists = [self._ids_after(node, one) for one in kinds]
        return lists[0] if len(lists) == 1 else merge(*lists)

    def _ids_after(self, node: str, kind: str | None) -> Iterator[str]:
        """The same without sub-kinds."""
        ids = self.ids_of_kind(kind)
        found: Iterator[str] = (ids[place] for place in range(bisect_right(ids, node), len(ids)))
        found = found if self.as_of is None else filter(self.has_node, found)
        return found if kind is None else (one for one in found if self.kind(one) == kind)

    def looking_like(self, node: str) -> set[str]:
        """The ids of other nodes that look like an id, and are written with letters of other scripts."""
        found = self.fold.follower(LookAlikes, lambda: LookAlikes(self.fold)).of(node)
        return {one for one in found if one != node and self.has_node(one)}

    def kind(self, node: str) -> str:
        """The kind of a node that exists as of the view's day."""
        said = self.said_of_node(node)
        return said[0].item.kind if len(said) == 1 else kind_of(said)

    def ids_of_kind(self, kind: str | None) -> Sequence[str]:
        """The ids of the nodes that a document of any day has as of a kind (None: of any kind), sorted."""
        return self.fold.follower(NodeLists, lambda: NodeLists(self.fold)).of_kind(kind)

    def undeclared(self) -> Undeclared:
        """What documents of any day use and the vocabulary has not; it costs a look at all nodes and edges."""
        kinds = {one.item.kind for said in self.fold.nodes.values() for one in said}
        relations = {key.relation for key in self.fold.edges}
        return Undeclared(
            sorted(kinds - self.vocabulary.kinds.keys()), sorted(relations - self.vocabulary.relations.keys())
        )

    def node(self, node: str) -> FoldedNode:
        """The node of this id, or the one that it leads to. Raises `UnknownNode`."""
        node = self.leads_to(node)
        if self._bound is not None:
            self._bound.count(1)
        if (known := self._cache.node(node, self.as_of)) is not None:
            return known
        said = self.fold.nodes.get(node, ())
        self.count(len(said))
        assertions = said if self.as_of is None else tuple(one for one in said if self.sees(one.day))
        if not assertions:
            raise UnknownNode(node)
        return self._cache.keep_node(fold_node(assertions), self.as_of)

    def nodes(self, kind: str | None = None) -> Iterator[FoldedNode]:
        """All nodes (of a kind), by id."""
        return map(self.node, self.node_ids_after("", kind))

    def edge(self, key: EdgeKey) -> FoldedEdge | None:
        """The edge of this identity, if it exists as of the view's day."""
        if self._bound is not None:
            self._bound.count(1)
        key = self.fold.folded_key(key)
        if (known := self._cache.edge(key, self.as_of)) is not None:
            return known
        assertions = self._visible(key)
        return self._cache.keep_edge(key, fold_edge(assertions), self.as_of) if assertions else None

    def edges(self, relation: str | None = None) -> Iterator[FoldedEdge]:
        """All edges (of a relation), by identity."""
        if relation is None:
            return self._folded(self.fold.edges)
        sources = self.all_neighbours(relation)
        return self._folded(key for one in sources for key in self._keys(self.fold.outgoing, one, relation))

    def edge_keys(self) -> Iterator[EdgeKey]:
        """The identities of all edges, in no order: cheaper than the edges where these are only counted."""
        return self._seen(iter(self.fold.edges))

    def edge_keys_from(self, node: str, relation: str | None = None) -> Iterator[EdgeKey]:
        """The identities of the edges whose source is this node (of a relation), in the order in which they came."""
        return self._seen(self._keys(self.fold.outgoing, node, relation))

    def edge_keys_to(self, node: str, relation: str | None = None) -> Iterator[EdgeKey]:
        """The identities of the edges whose target is this node (of a relation), in the order in which they came."""
        return self._seen(self._keys(self.fold.incoming, node, relation))

    def edges_from(self, node: str, relation: str | None = None) -> Iterator[FoldedEdge]:
        """The edges whose source is this node (of a relation), by identity."""
        return self._folded(self._keys(self.fold.outgoing, node, relation))

    def edges_to(self, node: str, relation: str | None = None) -> Iterator[FoldedEdge]:
        """The edges whose target is this node (of a relation), by identity."""
        return self._folded(self._keys(self.fold.incoming, node, relation))

    def only_listed(self) -> frozenset[str]:
        """The ids of what bibliographies list and nothing is joined to; none where the map holds nothing else."""
        references = [node.id for node in self.nodes(SOURCE) if node.is_reference]
        alone = [one for one in references if not (any(self.edges_from(one)) or any(self.edges_to(one)))]
        return frozenset(alone if len(alone) < self.size else ())

    def joins(self, node: str) -> int:
        """How many edges have this node as an end, on whatever day: told without looking at them."""
        node = self.leads_to(node)
        return len(self.fold.outgoing.get(node, ())) + len(self.fold.incoming.get(node, ()))

    def edges_between(self, one: str, other: str) -> list[FoldedEdge]:
        """The edges that join two nodes, either way."""
        return [*self._joining(one, other), *self._joining(other, one)]

    def edges_along(self, before: str, node: str, relation: str, *, inverse: bool = False) -> list[FoldedEdge]:
        """The edges by which a walk along a relation comes from one node to the next: only those that are stated so.

        `inverse`: the walk goes from targets to sources. Edges of a symmetric relation are walked either way.
        """
        known = self.vocabulary.relations.get(relation)
        if known is not None and known.symmetric:
            joining = iter(self.edges_between(before, node))
        else:
            joining = self._joining(node, before) if inverse else self._joining(before, node)
        return [edge for edge in joining if edge.relation == relation]

    def named(self, name: str) -> list[str]:
        """The ids of the nodes that have this id, label or alias (case and punctuation apart), sorted.

        An exact id stands alone.
        """
        if self.has_node(name):
            return [self.leads_to(name)]
        return sorted(node for node in self.fold.names.get(name_key(name), ()) if self._has_name(node, name))

    @property
    def has_places(self) -> bool:
        """Whether a document gives anything a place on the drawn map."""
        return next(self.placed_ids(), None) is not None

    def placed_nodes(self) -> Iterator[FoldedNode]:
        """The nodes that a document gives a place as a root of the drawn map, by id."""
        return map(self.node, sorted(filter(self._is_placed, self._placed.nodes)))

    def placed_edges(self) -> Iterator[FoldedEdge]:
        """The edges that a document gives a place on the drawn map, by identity."""
        return self._folded(self._placed_keys())

    def placed_ids(self) -> Iterator[str]:
        """The ids of the nodes that have a place on the drawn map, at its top or under others, some more than once."""
        yield from filter(self._is_placed, self._placed.nodes)
        for edge in filter(None, map(self.edge, self._placed_keys())):
            if edge.parent is not None:
                yield from (edge.source, edge.target)

    @property
    def names(self) -> Mapping[str, Members[str]]:
        """The ids of nodes by the keys (`name_key`) of their names, as documents of any day give them."""
        return self.fold.names

    def said_of_node(self, node: str) -> list[Asserted[Node]]:
        """What documents say of a node, oldest first; nothing where there is none of this id."""
        said = self.fold.nodes.get(self.leads_to(node), ())
        if self._bound is not None:
            self._bound.count(len(said))
        return list(said) if self.as_of is None else [one for one in said if self.sees(one.day)]

    def word_on_node(self, part: PartKey, node: str) -> Node | None:
        """What a part says of a node that it calls so, as it says it; None where it says nothing."""
        return self.fold.word_on_node(part, node)

    def said_of_edge(self, key: EdgeKey) -> list[Asserted[Edge]]:
        """What documents say of an edge, oldest first; nothing where there is none of this identity."""
        return list(self._visible(self.folded_key(key)))

    def folded_key(self, key: EdgeKey) -> EdgeKey:
        """The identity under which an edge is folded: its ends led on; those of a symmetric relation have no order."""
        return self.fold.folded_key(key)

    def neighbours(self, relation: str, *, inverse: bool = False) -> NeighbourTable:
        """Whom a relation (or its inverse) joins to whom, and since which day; also what later days say.

        It is filled as it is asked: `table[node]`.
        """
        known = self._neighbours()
        if self.as_of is None or not self.fold.refused:
            return known.table(relation, inverse=inverse)
        return NeighbourTable(known.look(relation, inverse=inverse, as_of=self.as_of))  # a later day may refuse an edge

    def all_neighbours(self, relation: str, *, inverse: bool = False) -> NeighbourTable:
        """The same with all nodes that have neighbours: `table.items()`."""
        known = self._neighbours()
        table = known.whole_table(relation, inverse=inverse)
        if self.as_of is None or not self.fold.refused:
            return table
        early = NeighbourTable(known.look(relation, inverse=inverse, as_of=self.as_of), is_whole=True)
        early.fill(table.keys() | {end for key in self.fold.refused for end in (key.source, key.target)})
        return early

    def follower(self, kind: type[Following]) -> Following:
        """The map's one follower of this class, made when first asked for."""
        return self.fold.follower(kind, kind)

    def introduced_on(self, node: str) -> int | None:
        """The day on which a node first comes up: as stated, else the first day that defines it, else mentions it."""
        stated = self._seen(self._keys(self.fold.outgoing, node, INTRODUCED_ON))
        said = self.said_of_node(node)
        return introduction(said, (key.target for key in stated)) if said else None

    def day_label(self, day: int) -> str:
        """What a day is called: as its author does, else by its number; day 0 of undated notes alone is `Undated`."""
        node = day_id(day)
        if day == 0 and not self.has_node(node) and any(map(self.undated, self.parts(0))):
            return UNDATED
        return self.node(node).label if self.has_node(node) else day_label(day)

    def day_in_words(self, day: int) -> str:
        """The same within a sentence: `day 3`, but `Lecture 3` and `2 Nov` as they are."""
        label = self.day_label(day)
        return f"day {day}" if label == day_label(day) else label.lower() if label == UNDATED else label

    def days_in_order(self) -> tuple[int, ...]:
        """The days that have parts, in the order of their dates and of the sequences that they are places of.

        Numbers are given as notes come. Days of which nothing else is known stay where their number puts them.
        """
        ranks: dict[str, dict[int, tuple[int, ...]]] = {}
        for document in self.documents():
            if document.date and document.day_name:
                ranks.setdefault("", {})[document.day] = tuple(map(int, document.date.split("-")))
            elif document.day_name and (sequence := _SEQUENCE.sub("", document.day_name)):
                found = tuple(map(int, _SEQUENCE.findall(document.day_name)))
                ranks.setdefault(sequence, {}).setdefault(document.day, found)
        days = list(self.days())
        for known in ranks.values():
            places = [index for index, day in enumerate(days) if day in known]
            for index, day in zip(
                places, sorted((days[index] for index in places), key=known.__getitem__), strict=True
            ):
                days[index] = day
        return tuple(days)

    def undated(self, key: PartKey) -> bool:
        """Whether a part belongs to no day, and stands at day 0 only to be sorted."""
        part = self.fold.parts.get(key) if key.day == 0 else None
        return part is not None and part.document.undated

    @property
    def _placed(self) -> Placed:
        return self.fold.follower(Placed, lambda: Placed(self.fold))

    def _placed_keys(self) -> Iterator[EdgeKey]:
        return (key for keys in self._placed.edges.values() for key in keys if self._places(self._visible(key)))

    def _is_placed(self, node: str) -> bool:
        return self._places(self.fold.nodes[node])

    def _neighbours(self) -> Neighbours:
        return self.fold.follower(Neighbours, lambda: Neighbours(self.fold))

    def _places(self, assertions: Iterable[Asserted[Node]] | Iterable[Asserted[Edge]]) -> bool:
        return any(one.item.place is not None and self.sees(one.day) for one in assertions)

    def _has_name(self, node: str, name: str) -> bool:
        key = name_key(name)
        seen = (one.item for one in self.fold.nodes[node] if self.sees(one.day))
        return any(key in map(name_key, (item.id, item.label, *item.aliases)) for item in seen)

    def _joining(self, one: str, other: str) -> Iterator[FoldedEdge]:
        one, other = self.leads_to(one), self.leads_to(other)
        leaving, arriving = self.fold.outgoing.get(one, ()), self.fold.incoming.get(other, ())
        fewer = leaving if len(leaving) <= len(arriving) else arriving
        self.count(len(fewer))
        return self._folded(key for key in fewer if (key.source, key.target) == (one, other))

    def _seen(self, keys: Iterator[EdgeKey]) -> Iterator[EdgeKey]:
        edges, refused = self.fold.edges, self.fold.refused
        if self.as_of is None and not refused:
            return keys
        return (key for key in keys if (self._visible(key) if key in refused else self.sees(edges[key][0].day)))

    def _visible(self, key: EdgeKey) -> EdgeAssertions:
        """What counts of what documents up to the view's day say of an edge of this folded identity."""
        said = self.fold.edges.get(key, ())
        if self.as_of is not None:
            said = tuple(one for one in said if self.sees(one.day))
        return visible(said) if key in self.fold.refused else said

    def _keys(self, table: Mapping[str, Members[EdgeKey]], node: str, relation: str | None) -> Iterator[EdgeKey]:
        keys = table.get(self.leads_to(node), ())
        if self._bound is not None:
            self._bound.count(len(keys))
        return iter(keys) if relation is None else (key for key in keys if key.relation == relation)

    def _folded(self, keys: Iterator[EdgeKey] | Mapping[EdgeKey, object]) -> Iterator[FoldedEdge]:
        ordered = sorted(keys, key=lambda key: key.rank)
        return (edge for edge in map(self.edge, ordered) if edge is not None)


def introduction(said: Sequence[Asserted[Node]], stated: Iterable[str]) -> int | None:
    """The day on which a node first comes up, by what is said of it and the nodes that it is `introduced on`.

    None where it is stated of no day and all that is said is undated.
    """
    if days := [day for day in map(day_number, stated) if day is not None]:
        return min(days)
    if len(said) == 1 and said[0].item.kind != DAY:  # as nearly all are
        return None if said[0].undated else said[0].day
    if said[-1].item.kind == DAY:
        return day_number(said[-1].item.id)
    dated = [one for one in said if not one.undated]
    return next((one.day for one in dated if not one.item.mention), dated[0].day if dated else None)


def fold_node(assertions: NodeAssertions) -> FoldedNode:
    """Merge oldest to newest: definitions over mentions, each field from the newest that gives it.

    What is said of the node itself, under whatever name, stands before what is said of one that was made it.
    """
    if len(assertions) == 1:  # as nearly all are
        return _node_said_once(assertions[0], assertions)
    defining = [one for one in assertions if not one.item.mention] or list(assertions)
    said = [one.item for one in sorted(defining, key=_is_its_own)]
    newest = said[-1]
    newest = _with_own_name(newest, said)
    corrections = [item for item in reversed(said) if item.correction]
    label = corrections[0].label if corrections else newest.label
    placing = _placing(assertions)
    return FoldedNode(
        id=newest.id,
        kind=kind_of(assertions),
        label=label,
        aliases=_other_names(label, assertions),
        text=_text_of(corrections, said),
        formula=next((item.formula for item in reversed(said) if item.formula), None),
        data={key: value for item in said for key, value in item.data.items()},
        days=tuple(sorted({one.day for one in assertions})),
        place=placing.item.place if placing else None,
        placed=(placing.day, placing.part) if placing else None,
        assertions=assertions,
    )


def _node_said_once(one: Asserted[Node], assertions: NodeAssertions) -> FoldedNode:
    """The same of a node that is said once, without looking for what is newest."""
    item = one.item
    return FoldedNode(
        id=item.id,
        kind=item.kind,
        label=item.label,
        aliases=_other_names(item.label, assertions) if item.aliases else (),
        text=item.text or None,
        formula=item.formula or None,
        data=dict(item.data),
        days=(one.day,),
        place=item.place,
        placed=None if item.place is None else (one.day, one.part),
        assertions=assertions,
    )


def _text_of(corrections: Sequence[Node], said: Sequence[Node]) -> str | None:
    """The newest text, those of corrections first; an empty one in a correction says that there is none."""
    corrected = next((item.text for item in corrections if item.text is not None), None)
    if corrected is not None:
        return corrected or None
    return next((item.text for item in reversed(said) if item.text), None)


def _note_of(assertions: Sequence[Asserted[Edge]]) -> str | None:
    """The newest note. A contributor's empty one says that there is none, but for what contributors said since."""
    said = [one for one in assertions if one.item.note is not None]
    own = [one for one in said if one.part.startswith(CONTRIBUTED)]
    emptied = max((one.sequence for one in own if not one.item.note), default=None)
    if emptied is not None:
        said = [one for one in own if one.sequence > emptied]
    return next((one.item.note for one in reversed(said) if one.item.note), None)


def _is_its_own(one: Asserted[Node]) -> bool:
    """Whether a document speaks of the node itself: by its id, or by a new name of which it says that it became it."""
    return not isinstance(one, Joined) or (one.item.became is not None and not one.item.mention)


def _with_own_name(day: Node, said: Sequence[Node]) -> Node:
    """A day as its author calls it, where any document does: "Day 3" is only what it is called else."""
    if day.kind != DAY or (number := day_number(day.id)) is None:
        return day
    own = next((item.label for item in reversed(said) if item.label != day_label(number)), None)
    return day if own is None else structs.replace(day, label=own)


def _other_names(label: str, assertions: tuple[Asserted[Node], ...]) -> tuple[str, ...]:
    """Aliases and former labels, oldest first, without those that are the label again."""
    items = [one.item for one in assertions]
    names = [name for item in items for name in (*item.aliases, *(() if item.adds_nothing else (item.label,)))]
    said = unicodedata.normalize("NFC", label)
    return tuple(name for name in dict.fromkeys(names) if name != label and unicodedata.normalize("NFC", name) != said)


def fold_edge(assertions: tuple[Asserted[Edge], ...]) -> FoldedEdge:
    """Merge oldest to newest; the ends stand as the newest names them."""
    if len(assertions) == 1:  # as nearly all are
        return _edge_said_once(assertions[0], assertions)
    newest = assertions[-1].item
    items = [_turned(one.item, newest.source) for one in assertions]
    placing = _placing(assertions)
    hows: set[How] = {item.origin.how for item in items}
    ranked: tuple[How, ...] = ("stated", "imported", "derived")
    return FoldedEdge(
        source=newest.source,
        relation=newest.relation,
        target=newest.target,
        dimension=newest.dimension,
        values=next((item.values for item in reversed(items) if item.values), None),
        note=_note_of(assertions),
        days=tuple(sorted({one.day for one in assertions})),
        how=next(how for how in ranked if how in hows),
        place=placing.item.place if placing else None,
        parent=_turned(placing.item, newest.source).parent if placing else None,
        placed=(placing.day, placing.part) if placing else None,
        assertions=assertions,
    )


def _edge_said_once(one: Asserted[Edge], assertions: tuple[Asserted[Edge], ...]) -> FoldedEdge:
    """The same of an edge that is said once, without looking for what is newest."""
    item = one.item
    is_placed = item.place is not None
    return FoldedEdge(
        source=item.source,
        relation=item.relation,
        target=item.target,
        dimension=item.dimension,
        values=item.values,
        note=item.note or None,
        days=(one.day,),
        how=item.origin.how,
        place=item.place,
        parent=item.parent if is_placed else None,
        placed=(one.day, one.part) if is_placed else None,
        assertions=assertions,
    )


def _placing(assertions: Sequence[Asserted[Item]]) -> Asserted[Item] | None:
    """The one that gives the place: of the newest day, there of the part whose name is last, there the last."""
    placed = [one for one in assertions if one.item.place is not None]
    return max(reversed(placed), key=lambda one: (one.day, one.part), default=None)


def _turned(edge: Edge, source: str) -> Edge:
    """The edge read from this end: of a symmetric relation an older document may have named the ends the other way."""
    return edge if edge.source == source else edge.turned


class ViewCache:
    """The folded nodes by id and day, and the folded edges by source, identity and day. It follows its fold."""

    def __init__(self) -> None:
        self._nodes: dict[str, dict[AsOf, FoldedNode]] = {}
        self._edges: dict[str, dict[tuple[EdgeKey, AsOf], FoldedEdge]] = {}
        self._count = 0

    def copied(self, _fold: Fold) -> "ViewCache":
        """The same for a copy of the fold."""
        copy = ViewCache()
        copy._nodes = {node: dict(known) for node, known in self._nodes.copy().items()}
        copy._edges = {node: dict(known) for node, known in self._edges.copy().items()}
        copy._count = self._count
        return copy

    def follow(self, touched: Set[str]) -> None:
        """Forget these nodes and the edges that start at them."""
        for node in touched:
            self._nodes.pop(node, None)
            self._edges.pop(node, None)

    def node(self, node: str, as_of: AsOf) -> FoldedNode | None:
        """The node, if it is remembered."""
        known = self._nodes.get(node)
        return known.get(as_of) if known else None

    def edge(self, key: EdgeKey, as_of: AsOf) -> FoldedEdge | None:
        """The edge of this folded identity, if it is remembered."""
        known = self._edges.get(key.source)
        return known.get((key, as_of)) if known else None

    def keep_node(self, node: FoldedNode, as_of: AsOf) -> FoldedNode:
        """Remember a node and return it."""
        self._make_room()
        self._nodes.setdefault(node.id, {})[as_of] = node
        return node

    def keep_edge(self, key: EdgeKey, edge: FoldedEdge, as_of: AsOf) -> FoldedEdge:
        """Remember an edge under its folded identity and return it."""
        self._make_room()
        self._edges.setdefault(key.source, {})[key, as_of] = edge
        return edge

    def _make_room(self) -> None:
        self._count += 1
        if self._count > MAX_CACHED:
            self._nodes.clear()
            self._edges.clear()
            self._count = 1
