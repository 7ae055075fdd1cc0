"""Which node of the course each node of a learner's map is: by names first, then by spellings, and never silently."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote

from conceptmap.marking.criterion import Criterion
from conceptmap.marking.propositions import LearnerMap, LearnerNode
from graphs.view import View
from graphs.words import nearest_labels
from ontology.names import name_key

MOST_SUGGESTED = 50
"""Unknown names for which near ones are looked up: each costs some milliseconds, and nobody reads more."""


@dataclass(frozen=True, slots=True)
class TakenFor:
    """A name of the learner that is not the course's, and the label of the node that it was taken for, and why."""

    said: str
    node: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name of the learner that no node of the course was taken for, and the labels of those that may be meant."""

    said: str
    near: tuple[str, ...] = ()

    @property
    def perhaps(self) -> str:
        """The labels that may be meant, in brackets behind the name."""
        return f" (perhaps {' or '.join(self.near)})" if self.near else ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The nodes of a learner's map that the course has, by id, how names were taken, and those that it has not."""

    same: Mapping[str, str]
    taken: tuple[TakenFor, ...]
    unknown: tuple[Unknown, ...]


def align(learner: LearnerMap, criterion: Criterion) -> Alignment:
    """Find the nodes of a learner's map in the course; what people say that names mean comes first.

    Two nodes of the course are never made one. Several names of the learner may be names of one node.
    """
    course, meant = criterion.course, criterion.meant
    same: dict[str, str] = {}
    taken: list[TakenFor] = []
    for one in learner.nodes.values():
        if told := meant.node(one.names):
            same[one.id] = told
            taken.append(TakenFor(one.label, told, course.node(told).label, "as you say"))
        elif node := _named(one, course):
            same[one.id] = node
    by_name = set(same.values())
    for one in learner.nodes.values():
        if one.id not in same and (found := criterion.near_names.of(one.names, by_name)):
            same[one.id] = found[0]
            taken.append(TakenFor(one.label, found[0], course.node(found[0]).label, found[1]))
    return Alignment(same, tuple(taken), tuple(_unknown(learner, same, criterion)))


def _named(one: LearnerNode, course: View) -> str | None:
    """The node that the label names, else the one of this id, else the one that the other names name."""
    for name in one.names:
        if found := _only(name, course):
            return found
        if name == one.label and course.has_node(one.id):
            return course.leads_to(one.id)
    return None


def _only(name: str, course: View) -> str | None:
    """The one node that has a name; of several the one whose label it is."""
    found = course.named(name)
    if len(found) > 1:
        found = [node for node in found if name_key(course.node(node).label) == name_key(name)]
    return found[0] if len(found) == 1 else None


def how_to_say(unknown: Sequence[Unknown]) -> str:
    """How a person says what one of these names means."""
    first = next((one for one in unknown if one.near), unknown[0])
    meaning = f"{first.said}={first.near[0] if first.near else 'NAME'}"
    return f"if one of the course's is meant, say so: --means {quote(meaning)}"


def _unknown(learner: LearnerMap, same: Mapping[str, str], criterion: Criterion) -> Iterable[Unknown]:
    named = dict.fromkeys(end for said in learner.said if not said.laid_out for end in (said.source, said.target))
    course = criterion.course
    unknown = (learner.nodes[node] for node in named if node not in same)
    for number, one in enumerate(node for node in unknown if node.kind not in criterion.apart):
        several = tuple(course.node(node).label for node in course.named(one.label))
        near = several or (tuple(nearest_labels(course, one.label, limit=2)) if number < MOST_SUGGESTED else ())
        yield Unknown(one.label, near)
