"""What is asked of the engine, what it answers, and within which limits."""

from typing import Any

from pydantic import BaseModel, ConfigDict

SOLUTIONS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
"""The media types for the answers of SELECT and ASK (which has no CSV and TSV of its own), the default first."""

TRIPLES = ("text/turtle", "application/n-triples")
"""The media types for the answers of CONSTRUCT and DESCRIBE, the default first."""


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True)


class Query(_Message):
    """A query text with the dataset that the caller chose for it.

    `default_graphs` and `named_graphs` are IRIs that take the place of the query's own FROM clauses;
    None for both leaves these, or the union of all graphs as the default graph. Graphs of days after
    `as_of` do not exist for the query. `solutions` and `triples` are the media types for the two kinds
    of answers; None: the caller takes none of ours.
    """

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    as_of: int | None = None
    solutions: str | None = SOLUTIONS[0]
    triples: str | None = TRIPLES[0]


class Limits(_Message):
    """How much one query may take: seconds, rows and bytes of its answer, and bytes of memory beside the dataset."""

    seconds: float = 10.0
    rows: int = 100_000
    size: int = 20_000_000
    memory: int = 512_000_000


class Answer(_Message):
    """The bytes of an answer, as Oxigraph writes them."""

    media_type: str
    body: bytes


class Said(_Message):
    """A log entry as the worker needs it: what a part of a day says now; None: nothing any more."""

    day: int
    part: str
    text: str | None


class Order(_Message):
    """A message to the worker: bring a dataset forward, forget it, or answer a query on it."""

    dataset: str
    map: str = ""
    said: tuple[Said, ...] = ()
    query: Query | None = None
    forget: bool = False


class Outcome(_Message):
    """The head of what a query's process sends back; the answer's bytes follow."""

    media_type: str | None = None
    error: str | None = None
    details: dict[str, Any] = {}
