"""The answer to a question: what was understood, the sentence, the nodes with their citations, or the candidates."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self

from conceptmap.ask.query import Query
from conceptmap.export import cite_json
from graphs.view import Citation

Status = Literal["answered", "unknown", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Step:
    """A node on the way to an answer."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A node that may have been meant."""

    id: str
    label: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: a node, or (with `id` None) a value of a comparison at the node `of`.

    `path` leads from the node asked about to this one, where that takes more than one step.
    """

    id: str | None
    label: str
    kind: str | None
    aliases: tuple[str, ...] = ()
    text: str | None = None
    day: int | None = None
    path: tuple[Step, ...] = ()
    cites: tuple[Citation, ...] = ()
    of: str | None = None
    dimension: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer as JSON data."""
        data: dict[str, Any] = {
            "id": self.id,
            "label": self.label,
            "aliases": list(self.aliases),
            "kind": self.kind,
            "text": self.text,
            "day": self.day,
            "path": [{"id": step.id, "label": step.label} for step in self.path],
            "cites": list(map(cite_json, self.cites)),
        }
        return data if self.of is None else {**data, "of": self.of, "dimension": self.dimension}


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question."""

    question: str
    status: Status
    sentence: str
    understood: dict[str, Any] = field(default_factory=dict)
    answers: tuple[Found, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    query: Query | None = None
    explanation: str = ""

    def explained(self, explanation: str) -> Self:
        """The same reply with an explanation of how it came about."""
        return replace(self, explanation=explanation)

    def as_json(self) -> dict[str, Any]:
        """The reply as JSON data, as `ask --json` prints it."""
        return {
            "status": self.status,
            "understood": self.understood,
            "sentence": self.sentence,
            "answers": [found.as_json() for found in self.answers],
            "candidates": [
                {"id": one.id, "label": one.label, "kind": one.kind, "aliases": list(one.aliases)}
                for one in self.candidates
            ],
        }
