"""What several rules look at, computed once: nodes, edges both ways, days in order, and what is nearest in words."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from textwrap import shorten
from typing import Any, TypeVar

from conceptmap.meaning import Debate, debate_of
from conceptmap.structure import Structure, structure_of
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from graphs.words import STOP_WORDS
from ontology.names import day_id, day_number, name_key, singular
from ontology.terms import DAY, UNIT

Found = TypeVar("Found")

MOST_LETTERS = 72
"""Of a label in a message: two of them, and what is said of them, are to fit two lines."""

MOST_HOLDERS = 200
"""Nodes in whose names a word may be that tells what is called alike: one that more have is of no use, and slow."""

NOWHERE: list[FoldedEdge] = []
"""The edges of a node that has none."""


class Survey:
    """A view as rules look at it. What only rules of notes read is no rule's business, but for `guessed`.

    A node is *said* if somebody wrote that there is such a node; so is an edge. What was derived from an outline, a
    link in a sentence or a page that nobody annotated is right or wrong by the rule that read it, and no flaw of its
    author.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self._shared: dict[str, Any] = {}

    def shared(self, name: str, find: "Callable[[Survey], Found]") -> Found:
        """What several rules ask for under one name, found once."""
        if name not in self._shared:
            self._shared[name] = find(self)
        found: Found = self._shared[name]
        return found

    @cached_property
    def nodes(self) -> Mapping[str, FoldedNode]:
        """All nodes, by id."""
        return {node.id: node for node in self.view.nodes()}

    @cached_property
    def edges(self) -> tuple[FoldedEdge, ...]:
        """All edges, by identity."""
        return tuple(self.view.edges())

    @cached_property
    def leaving(self) -> Mapping[str, list[FoldedEdge]]:
        """The edges that leave a node."""
        found: dict[str, list[FoldedEdge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.source].append(edge)
        return found

    @cached_property
    def arriving(self) -> Mapping[str, list[FoldedEdge]]:
        """The edges that arrive at a node."""
        found: dict[str, list[FoldedEdge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.target].append(edge)
        return found

    def to(self, node: str, *relations: str) -> list[FoldedEdge]:
        """The edges that arrive at a node by these relations."""
        return [edge for edge in self.arriving.get(node, NOWHERE) if edge.relation in relations]

    def out_of(self, node: str, *relations: str) -> list[FoldedEdge]:
        """The edges that leave a node by these relations."""
        return [edge for edge in self.leaving.get(node, NOWHERE) if edge.relation in relations]

    def joins(self, node: str) -> int:
        """How many edges a node has."""
        return len(self.leaving.get(node, NOWHERE)) + len(self.arriving.get(node, NOWHERE))

    def of_kind(self, *kinds: str) -> list[FoldedNode]:
        """The nodes of these kinds, or of their sub-kinds, of which somebody said that they are there."""
        within = self.view.vocabulary.within(kinds)
        return [node for node in self.said if node.kind in within]

    def is_kind(self, node: str, *kinds: str) -> bool:
        """Whether a node is of one of these kinds, or of a sub-kind."""
        return self.nodes[node].kind in self.view.vocabulary.within(kinds)

    @cached_property
    def said(self) -> tuple[FoldedNode, ...]:
        """The nodes that somebody defined; days, units and what bibliographies list apart."""
        return tuple(
            node
            for node in self.nodes.values()
            if node.defined and not node.is_derived and node.kind not in (DAY, UNIT) and not node.is_reference
        )

    @cached_property
    def said_edges(self) -> tuple[FoldedEdge, ...]:
        """The edges that somebody wrote."""
        return tuple(edge for edge in self.edges if edge.how != "derived")

    @cached_property
    def days(self) -> Mapping[int, int]:
        """The places of days in their order; numbers are given as notes come. Notes of no day are of none."""
        order = [day for day in self.view.days_in_order() if not self._is_undated(day)]
        return {day: place for place, day in enumerate(order)}

    def _is_undated(self, day: int) -> bool:
        return day == 0 and all(map(self.view.undated, self.view.parts(0)))

    @cached_property
    def _introduced(self) -> dict[str, int | None]:
        return {}

    def introduced(self, node: str) -> int | None:
        """The day that a node first comes up on; None where no day is known."""
        if node not in self._introduced:
            number = day_number(node) if self.nodes[node].kind == DAY else self.view.introduced_on(node)
            self._introduced[node] = number if number in self.days or number else None
        return self._introduced[node]

    def place(self, day: int) -> float:
        """Where a day stands in the order of days; one that has no note stands by its number."""
        if day in self.days:
            return self.days[day]
        return sum(one < day for one in self.days) - 0.5

    @cached_property
    def last_day(self) -> int | None:
        """The day that the map has come to."""
        return max(self.days, key=self.days.__getitem__, default=None)

    @cached_property
    def joined(self) -> frozenset[str]:
        """The nodes that have an edge; days and units apart."""
        ends = {*self.leaving, *self.arriving}
        return frozenset(node for node in ends if self.nodes[node].kind not in (DAY, UNIT))

    @cached_property
    def structure(self) -> Structure:
        """How the ideas are connected."""
        return structure_of(self.view)

    @cached_property
    def joined_to(self) -> Mapping[str, list[str]]:
        """The ideas that are joined to an idea, either way."""
        found: dict[str, list[str]] = defaultdict(list)
        for one, other in self.structure.joins:
            found[one].append(other)
            found[other].append(one)
        return found

    @cached_property
    def debate(self) -> Debate:
        """What counts for and against which node."""
        return debate_of(self.view)

    def cite(self, node: str) -> tuple[Citation, ...]:
        """Where a node is defined, by its author rather than by a rule; where nobody does, where it is mentioned."""
        said = self.nodes[node].sayings
        return (cite(next((one for one in reversed(said) if one.item.origin.how != "derived"), said[-1])),)

    def day_cite(self, day: int) -> tuple[Citation, ...]:
        """Where the note of a day begins to define something; else the note."""
        if day in self._beginnings:
            return (self._beginnings[day],)
        return self.cite(day_id(day)) if day_id(day) in self.nodes else ()

    @cached_property
    def _beginnings(self) -> Mapping[int, Citation]:
        """By day: where its note first defines a node."""
        cites = (cite(one) for node in self.said for one in node.sayings if one.item.origin.lines)
        found: dict[int, Citation] = {}
        for one in sorted(cites, key=lambda one: (one.day, one.file, one.lines or (0, 0)), reverse=True):
            found[one.day] = one
        return found

    @cached_property
    def _words(self) -> Mapping[str, frozenset[str]]:
        return {node.id: frozenset(words_in(node.names)) for node in self.nodes.values()}

    def words(self, node: str) -> frozenset[str]:
        """The telling words of a node's names, in the singular."""
        return self._words[node]

    def nearest(self, node: str, among: Collection[str], *kinds: str) -> FoldedNode | None:
        """Of some nodes (of some kinds, if any are given) the one whose names share most words with those of a node.

        None where none shares a word.
        """
        own = self.words(node)
        telling = [holders for word in own if len(holders := self._holders[word]) <= MOST_HOLDERS]
        near = {one for holders in telling for one in holders if one in among and one != node}
        near = {one for one in near if not kinds or self.is_kind(one, *kinds)}
        found = min(near, key=lambda one: (-len(own & self.words(one)) / len(self.words(one)), one), default=None)
        return None if found is None else self.nodes[found]

    @cached_property
    def _holders(self) -> Mapping[str, list[str]]:
        """The nodes in whose names a word is."""
        found: dict[str, list[str]] = defaultdict(list)
        for node, words in self._words.items():
            for word in words:
                found[word].append(node)
        return found


def edge_cite(edge: FoldedEdge) -> Citation:
    """Where an edge is said, by its author rather than by a rule."""
    said = edge.assertions
    return cite(next((one for one in reversed(said) if one.item.origin.how != "derived"), said[-1]))


def called(node: FoldedNode) -> str:
    """A node's label in quotes, as far as a line has room for it.

    >>> from types import SimpleNamespace
    >>> called(SimpleNamespace(label="word " * 30))
    "'word word word word word word word word word word word word word word …'"
    """
    label = node.label
    return repr(label if len(label) <= MOST_LETTERS else shorten(label, MOST_LETTERS, placeholder=" …"))


def words_in(names: Iterable[str]) -> Iterator[str]:
    """The words of names without the light ones, in the singular."""
    return (singular(word) for name in names for word in name_key(name).split() if word not in STOP_WORDS)
