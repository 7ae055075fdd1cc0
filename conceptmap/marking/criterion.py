"""The criterion: a course's map as learners' maps are held against it, read once for all of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from conceptmap.marking.meant import Meant
from conceptmap.marking.near_names import NearNames
from conceptmap.marking.propositions import NOT_OF_THE_SUBJECT, Proposition, pair_of, propositions_of
from graphs.view import Citation, View, cite
from ontology.terms import ABOUT

Pair = frozenset[str]
"""The ids of two nodes, whichever way they are joined."""


@dataclass(frozen=True)
class Criterion:
    """A course's map, and what words of learners are `meant` to be in it."""

    course: View
    meant: Meant = field(default_factory=Meant)

    @cached_property
    def propositions(self) -> Sequence[Proposition]:
        """What the course says that a learner's map can say too, in the order in which it says it."""
        return tuple(propositions_of(self.course))

    @cached_property
    def by_pair(self) -> Mapping[Pair, Sequence[Proposition]]:
        """The same by the two nodes of which it is said."""
        found: dict[Pair, list[Proposition]] = defaultdict(list)
        for one in self.propositions:
            found[pair_of(one.key)].append(one)
        return dict(found)

    @cached_property
    def loose(self) -> Mapping[Pair, Sequence[Citation]]:
        """Where the course joins two nodes without saying how."""
        found: dict[Pair, list[Citation]] = defaultdict(list)
        for edge in self.course.edges(ABOUT):
            found[frozenset((edge.source, edge.target))].extend(map(cite, edge.assertions))
        return dict(found)

    @cached_property
    def apart(self) -> frozenset[str]:
        """The kinds of nodes that are none of the subject."""
        return self.course.vocabulary.within(NOT_OF_THE_SUBJECT)

    @cached_property
    def near_names(self) -> NearNames:
        """What finds nodes of the course by names that are not quite theirs."""
        return NearNames([node for node in self.course.nodes() if node.kind not in self.apart])
