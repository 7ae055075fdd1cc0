"""The debate of a map: what its nodes are worth by themselves, and which edges speak for and against which node."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from graphs.view import FoldedEdge, FoldedNode, View
from ontology.names import name_key
from ontology.terms import CLAIM, PREMISE_OF, QUESTION
from ontology.values import JsonValue

WEIGHT = "weight"
"""The field by which an author says how much a node is worth by itself."""

UNKNOWN = 0.5
"""What a node is worth of which nobody says so: neither likely nor unlikely."""

_ASKED = re.compile(
    r"\b(only|merely|just)?\s*asked\b[\s,;:]*((but|and)\s+)?not\s+claimed\b|\b(only|merely) asked\b", re.I
)
"""How the note of an edge says that it is only asked."""


class Base(NamedTuple):
    """What a node is worth by itself, from 0 to 1, and whether that is only assumed.

    That of an Argument with premises is what the step to its conclusion is worth, given all of them.
    """

    value: float
    assumed: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """A weight that is no number from 0 to 1: the node, what stands there, and what to write."""

    node: FoldedNode
    value: JsonValue

    @property
    def what(self) -> str:
        """What is wrong, and what to do."""
        return (
            f"the weight of {self.node.label!r}, {self.value!r}, is not a number from 0 to 1 and is not counted; "
            f"write `{WEIGHT}:: 0.8`"
        )


class SetAside(NamedTuple):
    """An edge that does not count, since what speaks by it is heard already: by the edge that counts instead."""

    edge: FoldedEdge
    instead: FoldedEdge


class Component(NamedTuple):
    """Nodes that depend on each other, sorted: one alone, mostly. `turns`: they do so in a circle."""

    nodes: tuple[str, ...]
    turns: bool


Ties = Mapping[str, FoldedEdge]
"""By the node that speaks: the edge by which it does."""

_NONE: Ties = MappingProxyType({})


@dataclass(frozen=True)
class Debate:
    """What takes part in a debate: claims, and whatever an edge with a polarity or a premise joins.

    A node that speaks twice for another, or twice against it, counts once. `supports` and `opposes` hold by each node
    what counts for and against it, `premises` by each Argument what it joins. `asked` and `set_aside` hold by each node
    the edges at it that do not count: because they are only asked, or because what speaks by them is heard already,
    mostly as a premise of an Argument.
    """

    bases: Mapping[str, Base]
    supports: Mapping[str, Ties]
    opposes: Mapping[str, Ties]
    premises: Mapping[str, Ties]
    asked: Mapping[str, tuple[FoldedEdge, ...]] = field(default_factory=dict)
    set_aside: Mapping[str, tuple[SetAside, ...]] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()

    def for_(self, node: str) -> Ties:
        """What counts for a node, by what says so."""
        return self.supports.get(node, _NONE)

    def against(self, node: str) -> Ties:
        """What counts against a node, by what says so."""
        return self.opposes.get(node, _NONE)

    def premises_of(self, node: str) -> Ties:
        """What an Argument joins, by the premise; nothing for other nodes."""
        return self.premises.get(node, _NONE)

    def heard_by(self, node: str) -> Iterator[str]:
        """The nodes on which what a node is worth depends directly."""
        for ties in (self.for_(node), self.against(node), self.premises_of(node)):
            yield from ties

    def without(self, fallen: Collection[str]) -> "Debate":
        """The same debate had these nodes never been said; an Argument of which a premise falls goes with it."""
        gone = self._broken_with(fallen)
        if gone.isdisjoint(self.bases):
            return self
        return replace(
            self,
            bases={node: base for node, base in self.bases.items() if node not in gone},
            supports=_rest(self.supports, gone),
            opposes=_rest(self.opposes, gone),
            premises=_rest(self.premises, gone),
            asked={
                node: tuple(one for one in edges if one.other(node) not in gone)
                for node, edges in self.asked.items()
                if node not in gone
            },
            set_aside={
                node: tuple(one for one in some if one.edge.other(node) not in gone)
                for node, some in self.set_aside.items()
                if node not in gone
            },
        )

    def _broken_with(self, fallen: Collection[str]) -> set[str]:
        """These nodes, and the Arguments that break with them, one after the other."""
        gone, waiting = set(fallen), list(fallen)
        joined = self._joined_by if self.premises else {}
        while waiting:
            more = [one for one in joined.get(waiting.pop(), ()) if one not in gone]
            gone.update(more)
            waiting += more
        return gone

    @cached_property
    def _joined_by(self) -> Mapping[str, list[str]]:
        """By premise the Arguments that join it."""
        found: dict[str, list[str]] = {}
        for node, ties in self.premises.items():
            for one in ties:
                found.setdefault(one, []).append(node)
        return found

    @cached_property
    def components(self) -> Sequence[Component]:
        """The nodes, each after those on which it depends; those of a circle stand together."""
        return components_of({node: list(self.heard_by(node)) for node in self.bases})


def components_of(heard: Mapping[str, Collection[str]]) -> Sequence[Component]:
    """Nodes by those on which each depends, which are among them, in an order in which each comes after these."""
    waits = {node: len(speakers) for node, speakers in heard.items()}
    told: dict[str, list[str]] = {node: [] for node in heard}
    for node, speakers in heard.items():
        for one in speakers:
            told[one].append(node)
    free = [node for node, count in waits.items() if not count]
    for node in free:  # and those that become free meanwhile
        for other in told[node]:
            waits[other] -= 1
            if not waits[other]:
                free.append(other)
    alone = [Component((node,), False) for node in free]
    if len(free) == len(waits):
        return alone
    return [*alone, *_in_circles({one: heard[one] for one in waits if waits[one]})]


def _in_circles(heard: Mapping[str, Collection[str]]) -> list[Component]:
    """The components of what is in circles or depends on them, by whom each node hears."""
    from networkx import DiGraph, strongly_connected_components  # noqa: PLC0415 (most debates need it not)

    graph: DiGraph[str] = DiGraph()
    graph.add_nodes_from(heard)
    graph.add_edges_from((node, one) for node, speakers in heard.items() for one in speakers if one in heard)
    # Tarjan's algorithm gives a component after all that its nodes lead to.
    found = strongly_connected_components(graph)
    return [Component(tuple(sorted(one)), len(one) > 1 or graph.has_edge(*[*one, *one])) for one in found]


def _rest(ties: Mapping[str, Ties], gone: Collection[str]) -> dict[str, Ties]:
    """The ties that are left where some nodes are gone; those without loss are shared."""
    found: dict[str, Ties] = {}
    for node, speakers in ties.items():
        if node not in gone:
            lost = not speakers.keys().isdisjoint(gone)
            left = {one: edge for one, edge in speakers.items() if one not in gone} if lost else speakers
            if left:
                found[node] = left
    return found


def debate_of(view: View, without: Collection[str] = ()) -> Debate:
    """The debate that a view shows, had the nodes of these ids never been said."""
    return _Hearing(view).debate().without([view.leads_to(node) for node in without])


def debate_behind(view: View, nodes: Iterable[str], without: Collection[str] = ()) -> Debate:
    """As much of that debate as these nodes depend on: they are as strong in it. It costs no more than it has."""
    return _Hearing(view).debate(map(view.leads_to, nodes)).without([view.leads_to(node) for node in without])


def takes_part(view: View, node: str) -> bool:
    """Whether a node speaks for or against anything, or anything for or against it."""
    relations = view.vocabulary.relations
    polar = {one.name for one in relations.values() if one.polarity or one.name == PREMISE_OF}
    return any(key.relation in polar for key in (*view.edge_keys_from(node), *view.edge_keys_to(node)))


def is_asked(edge: FoldedEdge) -> bool:
    """Whether the note of an edge says that it is only asked."""
    return edge.note is not None and _ASKED.search(edge.note) is not None


def weight_of(value: JsonValue) -> float | None:
    """What a field says that a node is worth, from 0 to 1; None where it is no such number.

    >>> weight_of("0.8"), weight_of(1), weight_of("80 %"), weight_of("1.2"), weight_of("high")
    (0.8, 1.0, 0.8, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    said = str(value).strip()
    percent = said.endswith("%")
    try:
        number = float(said.removesuffix("%")) / (100 if percent else 1)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def base_of(view: View, node: str, *, joins: bool = False) -> Base:
    """What a node is worth by itself; `joins`: it is an Argument with premises."""
    return _base(said_weight(view, node), joins=joins)


def _base(said: JsonValue, *, joins: bool) -> Base:
    worth = weight_of(said)
    return Base(worth, False) if worth is not None else Base(1.0 if joins else UNKNOWN, True)


def said_weight(view: View, node: str) -> JsonValue:
    """The newest weight that a document gives a node, as it stands there; None where none does."""
    fields = (one.item.data for one in reversed(view.said_of_node(node)) if one.item.data)
    return next((data[key] for data in fields for key in data if name_key(key) == WEIGHT), None)


class _Hearing:
    """Hears every edge of a view once, or those that some nodes depend on."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._questions = view.vocabulary.within([QUESTION])
        self._asking: dict[str, bool] = {}
        relations = view.vocabulary.relations.values()
        self._relations = [one for one in relations if one.polarity or one.name == PREMISE_OF]
        self._ties: dict[int, dict[str, dict[str, FoldedEdge]]] = {1: {}, 0: {}, -1: {}}
        self._asked: dict[str, list[FoldedEdge]] = {}
        self._set_aside: dict[str, list[SetAside]] = {}

    def debate(self, nodes: Iterable[str] | None = None) -> Debate:
        """All that is said, or all that these nodes depend on."""
        if nodes is None:
            claims = set(self._view.node_ids_after("", CLAIM))
            self._hear_all()
        else:
            kinds = self._view.vocabulary.within([CLAIM])
            claims = {one for one in self._hear_behind(nodes) if self._view.kind(one) in kinds}
        self._count_premises_once()
        bases, unread = self._bases(claims)
        return Debate(
            bases=bases,
            supports=self._ties[1],
            opposes=self._ties[-1],
            premises=self._ties[0],
            asked={node: tuple(edges) for node, edges in self._asked.items()},
            set_aside={node: tuple(edges) for node, edges in self._set_aside.items()},
            unread=tuple(unread),
        )

    def _hear_all(self) -> None:
        for relation in self._relations:
            for edge in self._view.edges(relation.name):
                self._hear(edge.source, edge.target, relation.polarity, edge)
                if relation.symmetric and edge.source != edge.target:
                    self._hear(edge.target, edge.source, relation.polarity, edge)

    def _hear_behind(self, nodes: Iterable[str]) -> set[str]:
        """Hear what these nodes depend on, directly or not; returns all of these nodes."""
        found = set(nodes)
        waiting = list(found)
        while waiting:
            node = waiting.pop()
            for relation in self._relations:
                edges = list(self._view.edges_to(node, relation.name))
                edges += self._view.edges_from(node, relation.name) if relation.symmetric else ()
                for edge in edges:
                    if (speaker := edge.other(node)) not in found:
                        found.add(speaker)
                        waiting.append(speaker)
                    self._hear(speaker, node, relation.polarity, edge)
        return found

    def _hear(self, speaker: str, node: str, polarity: int, edge: FoldedEdge) -> None:
        if is_asked(edge) or (polarity < 0 and self._asks(speaker)):
            self._asked.setdefault(node, []).append(edge)
        elif edge is not (first := self._ties[polarity].setdefault(node, {}).setdefault(speaker, edge)):
            self._set_aside.setdefault(node, []).append(SetAside(edge, first))

    def _asks(self, speaker: str) -> bool:
        """Whether a node is a question; looked up once, however much it speaks."""
        if (known := self._asking.get(speaker)) is None:
            known = self._asking[speaker] = self._view.kind(speaker) in self._questions
        return known

    def _count_premises_once(self) -> None:
        """Premises count only together: what a premise says by itself of the same conclusion is not heard again."""
        if not self._ties[0]:
            return
        for polarity in (1, -1):
            for node, ties in list(self._ties[polarity].items()):
                joining = self._ties[0].keys() & ties.keys()
                joined = {one: ties[speaker] for speaker in joining for one in self._ties[0][speaker] if one in ties}
                for premise, instead in sorted(joined.items()):
                    self._set_aside.setdefault(node, []).append(SetAside(ties.pop(premise), instead))

    def _bases(self, claims: Collection[str]) -> tuple[dict[str, Base], list[Unread]]:
        """What each node that takes part is worth by itself, and the weights that say nothing."""
        taking_part = {*claims, *self._asked}
        for ties in self._ties.values():
            taking_part.update(ties, *ties.values())
        taking_part.update(one.other(node) for node, edges in self._asked.items() for one in edges)
        bases: dict[str, Base] = {}
        unread: list[Unread] = []
        for name in sorted(taking_part):
            said = said_weight(self._view, name)
            base = bases[name] = _base(said, joins=name in self._ties[0])
            if base.assumed and said is not None:
                unread.append(Unread(self._view.node(name), said))
        return bases, unread
