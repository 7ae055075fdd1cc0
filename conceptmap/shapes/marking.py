"""Learners' maps beside the course's."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from conceptmap.marking import ClassMarks, Extra, Mark, Marks, Outcome, Proposition, Said, Shared
from conceptmap.shapes.nodes import CitationShape, citation_shape
from graphs.view import View

Score = Annotated[float | None, Field(ge=0, le=1, examples=[0.83])]


class EndShape(TypedDict):
    """An end of a proposition of the course."""

    id: str
    label: str


class PropositionShape(TypedDict):
    """What the course says of two nodes, and where."""

    source: EndShape
    relation: str
    target: EndShape
    cites: list[CitationShape]


class SaidShape(TypedDict):
    """What a learner says, in the learner's names and words; `relation` is what these mean (null: nobody knows).

    Where the words are those of the relation's inverse, the ends have changed places.
    """

    source: str
    words: str
    target: str
    relation: str | None
    where: str


class MarkShape(PropositionShape):
    """A proposition of the course, what became of it, and what the learner says in its place."""

    mark: Outcome
    said: SaidShape | None


class ExtraShape(SaidShape):
    """What only the learner says; `unknown` are its names that the course does not know.

    `follows`: it follows from what the course says. `cites`: where the course joins the two without saying how.
    """

    unknown: list[str]
    follows: bool
    cites: list[CitationShape]


class TakenShape(TypedDict):
    """A name of the learner, the node of the course that it was taken for, and why."""

    said: str
    node: EndShape
    why: str


class UnknownShape(TypedDict):
    """A name that the course does not know, and labels that may be meant."""

    said: str
    near: list[str]


class ScoresShape(TypedDict):
    """Convergence (recall), salience (precision) and F1; null where there is nothing to compare."""

    convergence: Score
    salience: Score
    f1: Score


class MarksShape(TypedDict):
    """A learner's map beside the course's; `counts` are of the propositions of the course by their marks.

    `absent` are the labels of what the course's propositions speak of and the map does not; `apart` is what is no more
    than a link, or is not of the subject.
    """

    learner: str
    said: Annotated[str, Field(examples=["ada has 12 of the course's 20 propositions; 8 missing"])]
    counts: dict[Outcome, int]
    scores: ScoresShape
    marks: list[MarkShape]
    extra: list[ExtraShape]
    taken: list[TakenShape]
    unknown: list[UnknownShape]
    absent: list[str]
    apart: list[SaidShape]
    warnings: list[str]


class ClassMarkShape(PropositionShape):
    """A proposition of the course, and the learners by what became of it."""

    learners: dict[Outcome, list[str]]


class SharedShape(TypedDict):
    """What several learners say, and who does."""

    said: str
    learners: list[str]


class LearnerShape(TypedDict):
    """The figures of one learner."""

    learner: str
    counts: dict[Outcome, int]
    extra: int
    scores: ScoresShape


class ClassShape(TypedDict):
    """The maps of a class beside the course's: what most say wrongly first. `unread` are maps that cannot be read."""

    learners: list[LearnerShape]
    propositions: list[ClassMarkShape]
    shared: list[SharedShape]
    unknown: list[SharedShape]
    absent: list[SharedShape]
    unread: dict[str, list[str]]
    warnings: list[str]


def marks_shape(found: Marks) -> MarksShape:
    """The marks of one map."""
    learner = found.learner
    return {
        "learner": learner.name,
        "said": found.summary(),
        "counts": found.counts,
        "scores": _scores(found),
        "marks": [_mark(found, one) for one in found.marks],
        "extra": [_extra(found, one) for one in found.extra],
        "taken": [
            {"said": one.said, "node": {"id": one.node, "label": one.label}, "why": one.why}
            for one in found.alignment.taken
        ],
        "unknown": [{"said": one.said, "near": list(one.near)} for one in found.alignment.unknown],
        "absent": found.absent,
        "apart": [_said(found, one) for one in found.paired.apart],
        "warnings": list(map(str, found.warnings)),
    }


def class_shape(found: ClassMarks) -> ClassShape:
    """The marks of a class."""
    return {
        "learners": [
            {"learner": one.learner.name, "counts": one.counts, "extra": len(one.extra), "scores": _scores(one)}
            for one in found.learners
        ],
        "propositions": [
            {
                **_proposition(found.course, one.course),
                "learners": {outcome: list(names) for outcome, names in one.learners.items()},
            }
            for one in found.propositions
        ],
        "shared": _shared(found.shared),
        "unknown": _shared(found.unknown),
        "absent": _shared(found.absent),
        "unread": {name: list(map(str, problems)) for name, problems in found.unread.items()},
        "warnings": list(map(str, found.warnings)),
    }


def _scores(found: Marks) -> ScoresShape:
    return {"convergence": found.convergence, "salience": found.salience, "f1": found.f1}


def _proposition(course: View, one: Proposition) -> PropositionShape:
    return {
        "source": {"id": one.source, "label": course.node(one.source).label},
        "relation": one.relation,
        "target": {"id": one.target, "label": course.node(one.target).label},
        "cites": list(map(citation_shape, one.cites)),
    }


def _mark(found: Marks, one: Mark) -> MarkShape:
    said = _said(found, one.said) if one.said else None
    return {"mark": one.outcome, **_proposition(found.course, one.course), "said": said}


def _said(found: Marks, said: Said) -> SaidShape:
    nodes = found.learner.nodes
    source, target = nodes[said.source].label, nodes[said.target].label
    return {"source": source, "words": said.words, "target": target, "relation": said.relation, "where": said.where}


def _extra(found: Marks, one: Extra) -> ExtraShape:
    cites = list(map(citation_shape, one.cites))
    return {**_said(found, one.said), "unknown": list(one.unknown), "follows": one.follows, "cites": cites}


def _shared(found: Iterable[Shared]) -> list[SharedShape]:
    return [{"said": one.words, "learners": list(one.learners)} for one in found]
