"""Propositions: what a course says that a learner's map can say too, and what the learner's map says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conceptmap.notes.rule_classes import OUTLINE
from graphs.view import Citation, FoldedEdge, View, cite
from ontology.terms import ABOUT, CONCEPT, HUBS, QUESTION, REFLECTION, STATEMENTS
from ontology.vocabulary import Vocabulary

NOT_OF_THE_SUBJECT = HUBS | {QUESTION, REFLECTION}
"""Kinds that belong to a course and not to its subject: days and units, what is read, what is asked and answered."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """What the course says of two nodes. Comparisons in several dimensions are several `edges`, and one proposition.

    `key` is what it says as it is compared, the other fields as the course says it.
    """

    key: "Key"
    edges: tuple[FoldedEdge, ...]

    @property
    def source(self) -> str:
        """The id of the first end."""
        return self.edges[0].source

    @property
    def relation(self) -> str:
        """How they are joined."""
        return self.edges[0].relation

    @property
    def target(self) -> str:
        """The id of the second end."""
        return self.edges[0].target

    @property
    def place(self) -> tuple[int, str, tuple[int, int]]:
        """Where the course first says so: the day, the part and the lines."""
        first = self.cites[0]
        return first.day, first.file, first.lines or (0, 0)

    @property
    def cites(self) -> list[Citation]:
        """Where the course says so."""
        return [cite(one) for edge in self.edges for one in edge.assertions]


Key = tuple[str, str, str]
"""The ids of a proposition's ends with the relation between them."""


@dataclass(frozen=True, slots=True)
class LearnerNode:
    """A node of a learner's map: its id, label and other names; its kind counts where the course has it not."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    kind: str = CONCEPT

    @property
    def names(self) -> tuple[str, ...]:
        """The label, then the aliases."""
        return self.label, *self.aliases


@dataclass(frozen=True, slots=True)
class Said:
    """What a learner's map says of two of its nodes, in the learner's `words` for it, and where.

    `relation` is what the words mean, read from the source to the target; None where the vocabulary does not know them.
    Where they are those of the inverse, the ends have changed places, and `words` are the relation's name. What is only
    `laid_out` (see `is_laid_out`) counts where the course says it, and is never held against the learner.
    """

    source: str
    words: str
    target: str
    relation: str | None
    where: str = ""
    laid_out: bool = False


@dataclass(frozen=True, slots=True)
class LearnerMap:
    """A learner's map: its nodes by id, and what it says of them. `name` is what it is called in messages."""

    name: str
    nodes: Mapping[str, LearnerNode]
    said: tuple[Said, ...]


def propositions_of(course: View) -> list[Proposition]:
    """What the course says that a learner's map is compared with, in the order in which it says it.

    Those are the edges that say how two things of the subject are joined. What belongs to the course as such does not
    count (`NOT_OF_THE_SUBJECT`). `about` counts where it is stated of a claim or of evidence, which speak of something;
    of other things it does not say how they are joined. What only follows from how notes are laid out counts where
    there is nothing else.
    """
    said = [edge for edge in course.edges() if not is_laid_out(edge)]
    return _propositions(course, said) or _propositions(course, course.edges())


def is_laid_out(edge: FoldedEdge) -> bool:
    """Whether nobody says it, and it follows only from what stands below what: headings, and items of lists."""
    return all(one.item.origin.rule == OUTLINE.name for one in edge.assertions)


def _propositions(course: View, edges: Iterable[FoldedEdge]) -> list[Proposition]:
    apart = course.vocabulary.within(NOT_OF_THE_SUBJECT)
    kinds = {node.id: node.kind for node in course.nodes() if node.kind not in apart}
    speaking = course.vocabulary.within(STATEMENTS)
    found: dict[Key, tuple[FoldedEdge, ...]] = {}
    for edge in edges:
        says_how = edge.relation != ABOUT or (kinds.get(edge.source) in speaking and edge.how != "derived")
        if says_how and edge.source in kinds and edge.target in kinds:
            key = ordered(course.vocabulary, edge.source, edge.relation, edge.target)
            found[key] = (*found.get(key, ()), edge)
    return sorted((Proposition(*one) for one in found.items()), key=lambda one: (one.place, one.key))


def ordered(vocabulary: Vocabulary, source: str, relation: str, target: str) -> Key:
    """A proposition as it is compared: the ends of a symmetric relation have no order."""
    declared = vocabulary.relations.get(relation)
    if declared is not None and declared.symmetric and target < source:
        source, target = target, source
    return source, relation, target


def turned(key: Key) -> Key:
    """A proposition read the wrong way round."""
    return key[2], key[1], key[0]


def pair_of(key: Key) -> frozenset[str]:
    """The two ends, whichever way."""
    return frozenset((key[0], key[2]))
