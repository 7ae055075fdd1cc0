"""The answer to a question: what was understood, the sentence, what was found, or what may have been meant."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from conceptmap.ask.form import Query, Verdict
from conceptmap.ask.found import JOINED_TO, Found, NodeName, Piece
from conceptmap.ask.notebook import html_of, markdown_of
from conceptmap.ask.shown import Shown, shown
from conceptmap.ask.sparql import NoSparql
from conceptmap.notebook import words_of
from graphs.view import View
from ontology.values import JsonValue

Status = Literal["answered", "unknown", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken to ask: the form of question, its pieces, and in words (`what A supports`)."""

    intent: str
    pieces: tuple[Piece, ...]
    asked: str = ""

    @property
    def about(self) -> tuple[NodeName, ...]:
        """The nodes that the question is about, not those that only narrow its answers (`joined to`)."""
        return tuple(node for piece in self.pieces if piece.name != JOINED_TO for node in piece.nodes)

    def as_json(self) -> dict[str, JsonValue]:
        """All of it as JSON data."""
        return {"intent": self.intent, **{piece.name: piece.as_json() for piece in self.pieces}}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A node that may have been meant; `question` is the question again with its label, where that can be put in."""

    id: str
    label: str
    kind: str
    aliases: tuple[str, ...] = ()
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A whole question that the map can answer, near to one that it cannot read, and what it answers to it."""

    question: str
    answers: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question. `lead` is its sentence up to the colon, where a list of what was found follows it.

    `verdict` is the answer to a question that asks whether something is so; `answers` are the nodes that show it.
    `offers`, of a question that is not answered: others that may have been meant, the likeliest first.
    """

    question: str
    status: Status
    sentence: str
    understood: Understood | None = None
    answers: tuple[Found, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    query: Query | None = None
    explanation: str = ""
    lead: str = ""
    verdict: Verdict | None = None
    offers: tuple[Offer, ...] = ()

    @property
    def heading(self) -> str:
        """What stands above a list of the answers: the sentence, or only its lead where the list says the rest."""
        return f"{self.lead}:" if self.lead and len(self.answers or self.candidates) > 1 else self.sentence

    @property
    def meant(self) -> tuple[Candidate, ...]:
        """The nodes to choose from; where whole questions are offered, names that are only near are not in the way."""
        return self.candidates if self.status == "ambiguous" or not self.offers else ()

    def sparql(self, view: View) -> str | None:
        """The same question as a SPARQL query on the view that it was asked of; None where none says the same."""
        try:
            return self.query.sparql(view) if self.query else None
        except NoSparql:
            return None

    def shown(self) -> tuple[Shown, ...]:
        """The answers as people read them below the heading."""
        return shown(self.answers, self.heading)

    def __repr__(self) -> str:
        return f"<{self.status}: {words_of(self.sentence)}>"

    def _repr_html_(self) -> str:
        """The answer as a notebook shows it."""
        further = (
            ("Did you mean", [one.question or one.label for one in self.meant]),
            ("The map can answer", [one.question for one in self.offers]),
        )
        return html_of(self.heading, self.shown(), further)

    def _repr_markdown_(self) -> str:
        """The same in Markdown."""
        return markdown_of(self.heading, self.shown())

    def explained(self, explanation: str) -> Self:
        """The same reply with an explanation of how it came about."""
        return replace(self, explanation=explanation)
