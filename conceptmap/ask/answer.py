"""The answer to a question: what was understood, the sentence, the nodes with their citations, or the candidates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, Self

from pydantic import JsonValue

from conceptmap.ask.query import Days, Query
from graphs.view import Citation

Status = Literal["answered", "unknown", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Named:
    """A node by its id and label."""

    id: str
    label: str


Meant = bool | str | Days | Named | tuple[Named, ...] | tuple[str, ...] | Mapping[str, str]
"""A yes, a word, a range of days, a node, several nodes or words, or values by the data keys that hold them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that a question was taken to ask: `of` a node, on `days`, by a `relation`."""

    name: str
    meant: Meant

    @property
    def nodes(self) -> tuple[Named, ...]:
        """The nodes that it names, if it names any."""
        several = self.meant if isinstance(self.meant, tuple) else (self.meant,)
        return tuple(one for one in several if isinstance(one, Named))

    def as_json(self) -> JsonValue:
        """What was meant as JSON data: a node as its id and label, days as the first and the last."""
        return _as_json(self.meant)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken to ask: the form of question, its pieces, and the words that were left aside."""

    intent: str
    pieces: tuple[Piece, ...]
    ignored: tuple[str, ...] = ()

    @property
    def about(self) -> tuple[Named, ...]:
        """The nodes that the question is about, not those that only narrow its answers (`joined to`)."""
        return tuple(node for piece in self.pieces if piece.name != JOINED_TO for node in piece.nodes)

    def as_json(self) -> dict[str, JsonValue]:
        """All of it as JSON data."""
        pieces = {piece.name: piece.as_json() for piece in self.pieces}
        data: dict[str, JsonValue] = {"intent": self.intent, **pieces}
        return {**data, "ignored": list(self.ignored)} if self.ignored else data


JOINED_TO = "joined to"
"""The piece with the nodes that answers must be joined to."""


def _as_json(meant: Meant) -> JsonValue:
    if isinstance(meant, Named):
        return {"id": meant.id, "label": meant.label}
    if isinstance(meant, Days):
        return [meant.first, meant.last]
    if isinstance(meant, tuple):
        return [_as_json(one) for one in meant]
    return dict(meant) if isinstance(meant, Mapping) else meant


@dataclass(frozen=True, slots=True)
class Candidate:
    """A node that may have been meant; `question` is the question again with its label, where that can be put in."""

    id: str
    label: str
    kind: str
    aliases: tuple[str, ...] = ()
    question: str | None = None


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
    path: tuple[Named, ...] = ()
    cites: tuple[Citation, ...] = ()
    of: str | None = None
    dimension: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question."""

    question: str
    status: Status
    sentence: str
    understood: Understood | None = None
    answers: tuple[Found, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    query: Query | None = None
    explanation: str = ""

    def explained(self, explanation: str) -> Self:
        """The same reply with an explanation of how it came about."""
        return replace(self, explanation=explanation)
