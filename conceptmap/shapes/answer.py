"""The reply to a question."""

from typing import TYPE_CHECKING, Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from conceptmap.shapes.nodes import CitationShape, Data, NodeStub, citation_shape

if TYPE_CHECKING:
    from conceptmap.ask import Answer, Found
    from conceptmap.competency import AskedQuestion

Sentence = Annotated[
    str, Field(examples=["The Bitter Lesson is supported by: Deep Blue (search + hardware) beat Kasparov."])
]

Status = Literal["answered", "unknown", "ambiguous"]


class NamedNode(TypedDict):
    """A node on the way to an answer."""

    id: str
    label: str


class FoundShape(TypedDict):
    """One answer: a node; or a value (without id and kind) in a dimension of the comparison of the node `of`.

    `path` leads from the node that was asked about to this one, where that takes more than one step.
    """

    id: str | None
    label: str
    aliases: list[str]
    kind: str | None
    text: str | None
    day: int | None
    path: list[NamedNode]
    cites: list[CitationShape]
    of: NotRequired[str]
    dimension: NotRequired[str | None]


class CandidateShape(NodeStub):
    """A node that may have been meant."""

    aliases: list[str]


class OfferShape(TypedDict):
    """A whole question that the map can answer, and what it answers to it."""

    question: Annotated[str, Field(examples=["What supports The Bitter Lesson?"])]
    answers: list[FoundShape]


class AnswerShape(TypedDict):
    """The reply to a question; `understood` says what it was taken to mean, `explanation` how (if asked for).

    `verdict` answers a question that asks whether something is so; `answers` are then the nodes that show it.
    `offers`, of a question that is not answered: others that may have been meant, the likeliest first. None of them is
    an answer to the question itself.
    """

    status: Status
    verdict: Literal["yes", "no"] | None
    understood: Data
    sentence: Sentence
    answers: list[FoundShape]
    candidates: list[CandidateShape]
    offers: list[OfferShape]
    explanation: NotRequired[str]


class CompletionsShape(TypedDict):
    """Whole questions that a map can answer."""

    questions: list[Annotated[str, Field(examples=["What supports The Bitter Lesson?"])]]


def answer_shape(answer: "Answer") -> AnswerShape:
    """The reply to a question, without its explanation."""
    return {
        "status": answer.status,
        "verdict": answer.verdict,
        "understood": answer.understood.as_json() if answer.understood else {},
        "sentence": answer.sentence,
        "answers": list(map(_found_shape, answer.answers)),
        "candidates": [
            {"id": one.id, "label": one.label, "kind": one.kind, "aliases": list(one.aliases)}
            for one in answer.candidates
        ],
        "offers": [
            {"question": one.question, "answers": list(map(_found_shape, one.answers))} for one in answer.offers
        ],
    }


def _found_shape(found: "Found") -> FoundShape:
    shape: FoundShape = {
        "id": found.id,
        "label": found.label,
        "aliases": list(found.aliases),
        "kind": found.kind,
        "text": found.text,
        "day": found.day,
        "path": [{"id": step.id, "label": step.label} for step in found.path],
        "cites": list(map(citation_shape, found.cites)),
    }
    if found.of is not None:
        shape |= {"of": found.of, "dimension": found.dimension}
    return shape


class AskedQuestionShape(TypedDict):
    """A question that the map must answer, where it is listed, and how what the map says compares with what is wanted.

    `wanted` are the answers wanted: null where any is one, empty where the map must know none. `missing` are those that
    did not come, `unexpected` those that came and were not wanted.
    """

    ask: str
    file: str
    line: int | None
    outcome: Literal["ok", "unanswered", "ambiguous", "other answers"]
    wanted: list[str] | None
    missing: list[str]
    unexpected: list[str]
    status: Status
    sentence: Sentence


class AskedQuestionList(TypedDict):
    """Questions in the order of the notes that list them; `next` is the cursor of the next page."""

    questions: list[AskedQuestionShape]
    next: str | None


def asked_question_shape(asked: "AskedQuestion") -> AskedQuestionShape:
    """A question that was asked."""
    wanted = asked.question.answers
    return {
        "ask": asked.question.ask,
        "file": asked.file,
        "line": asked.question.line,
        "outcome": asked.outcome,
        "wanted": None if wanted is None else list(wanted),
        "missing": list(asked.missing),
        "unexpected": list(asked.unexpected),
        "status": asked.answer.status,
        "sentence": asked.answer.sentence,
    }
