"""Rules of what is to be learned first: what comes too late, and what is said once more than needed."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from graphlib import CycleError, TopologicalSorter
from operator import or_

from conceptmap.coach.advice import Advice, field_without, link_name
from conceptmap.coach.check import Rule, Spot
from conceptmap.coach.survey import Survey, called, edge_cite
from graphs.fold import PartKey
from graphs.view import FoldedEdge
from ontology.terms import DAY, QUESTION, REQUIRES

MOST = 20_000
"""Nodes up to which requirements that follow from others are looked for: their number squared is kept, in bits."""


def _late(survey: Survey) -> Iterator[Spot]:
    """What is required on one day, and introduced on a later one."""
    for edge in survey.said_edges:
        if edge.relation != REQUIRES:
            continue
        needed, has = survey.introduced(edge.source), survey.introduced(edge.target)
        if needed is None or has is None or survey.place(has) <= survey.place(needed):
            continue
        one, other, in_words = survey.nodes[edge.source], survey.nodes[edge.target], survey.view.day_in_words
        what = f"{called(one)} ({in_words(needed)}) requires {called(other)}, which comes up on {in_words(has)} only"
        parts = survey.view.parts(needed)
        advice = Advice(f"- introduces:: [[{link_name(other)}]]", PartKey(*parts[0]), 0) if parts else None
        yield Spot(edge.source, what, (edge_cite(edge), *survey.cite(other.id)), advice, weight=has - needed)


def _redundant(survey: Survey) -> Iterator[Spot]:
    """Requirements that follow from others of the same node; a day or a question may list all that it is read with."""
    edges: dict[str, dict[str, FoldedEdge]] = {}
    for edge in survey.edges:
        if edge.relation == REQUIRES:
            edges.setdefault(edge.source, {})[edge.target] = edge
    reached = _Reached(edges)
    for source, leaving in edges.items():
        if survey.nodes[source].kind in (DAY, QUESTION) or len(leaving) == 1:
            continue
        doubled = reached.by_any(leaving)
        for target, edge in leaving.items():
            if not reached.holds(doubled, target):
                continue
            by = next((one for one in sorted(leaving) if one != target and reached.has(one, target)), None)
            if by is not None and edge.how != "derived":
                nodes = [called(survey.nodes[one]) for one in (source, target, by)]
                what = "{} requires {} through {} already".format(*nodes)
                cite = edge_cite(edge)
                advice = field_without(cite, set(survey.nodes[target].names) | {target})
                yield Spot(source, what, (cite, edge_cite(leaving[by])), advice)


class _Reached:
    """All that each node requires in turn, as the bits of a number: of ten thousand nodes six megabytes."""

    def __init__(self, edges: Mapping[str, Mapping[str, FoldedEdge]]) -> None:
        try:
            order = list(TopologicalSorter(edges).static_order())
        except CycleError:  # as one day's view may have where a later day ended an edge
            order = []
        self._places = {node: place for place, node in enumerate(order if len(order) <= MOST else ())}
        self._bits: dict[str, int] = {}
        for node in self._places:
            self._bits[node] = 0
            for one in edges.get(node, ()):
                self._bits[node] |= self._bits[one] | 1 << self._places[one]

    def has(self, node: str, other: str) -> bool:
        """Whether a node requires another in turn."""
        return self.holds(self._bits.get(node, 0), other)

    def by_any(self, nodes: Iterable[str]) -> int:
        """The bits of all that any of these nodes requires in turn."""
        return reduce(or_, (self._bits.get(one, 0) for one in nodes), 0)

    def holds(self, bits: int, node: str) -> bool:
        """Whether a node is among these bits."""
        return node in self._places and bool(bits >> self._places[node] & 1)


LATE = Rule(
    "late-prerequisite",
    "warning",
    "What is required is introduced first, or on the same day.",
    _late,
    "Gagné 1965, The Conditions of Learning (learning hierarchies)",
)
REDUNDANT = Rule(
    "redundant-requires",
    "note",
    "What is required is not required again through something else.",
    _redundant,
    "Aho, Garey and Ullman 1972 (transitive reduction)",
)
