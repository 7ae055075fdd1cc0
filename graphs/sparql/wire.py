"""What the service and its worker say to each other: queries, orders and answers, and how they go over a socket.

A message is its length, its bytes, and perhaps an open file.
"""

import os
import socket
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict

BEGUN = b"!"
"""The first that a query's process sends."""

_END = b"\0end"
_STATUS = 4
"""Bytes of a wait status."""

_LENGTH = 4
"""Bytes of a message's length: up to 4 GB."""

SOLUTIONS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
"""The media types for the answers of SELECT and ASK (which has no CSV and TSV of its own), the default first."""

TRIPLES = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
"""The media types for the answers of CONSTRUCT and DESCRIBE, the default first."""

PREFIXED = ("text/turtle", "application/rdf+xml")
"""Those that write names with prefixes."""


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True)


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


class Query(_Message):
    """A query text with the dataset that the caller chose for it; a byte order mark before it is left out.

    `default_graphs` and `named_graphs` are IRIs that take the place of the query's own FROM clauses;
    None for both leaves these, or the union of all graphs as the default graph. Graphs of days after
    `as_of` do not exist for the query. `solutions` and `triples` are the media types for the two kinds
    of answers; None: the caller takes none of ours.
    """

    text: Annotated[str, AfterValidator(_without_mark)]
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


class PartText(_Message):
    """What a part of a day says now (nothing any more without texts), or what joins that it says already.

    `sequence` is the number of the entry that says so.
    """

    day: int
    part: str
    sequence: int = 0
    texts: tuple[str, ...] = ()
    joins: bool = False


class Order(_Message):
    """A message to the worker: bring a dataset forward, forget it, or answer a query on it.

    `graphs` is whether the query names graphs, so that they must be complete.
    """

    dataset: str
    map: str = ""
    news: tuple[PartText, ...] = ()
    query: Query | None = None
    graphs: bool = False
    forget: bool = False


class Outcome(_Message):
    """The head of what a query's process sends back; the answer's bytes follow."""

    media_type: str | None = None
    error: str | None = None
    details: dict[str, Any] = {}


def send(to: socket.socket, message: bytes, file: int | None = None) -> None:
    """Send a message, and with it the right to use an open file."""
    head = len(message).to_bytes(_LENGTH)
    if file is None:
        to.sendall(head)
    else:
        sent = socket.send_fds(to, [head], [file])
        to.sendall(head[sent:])
    to.sendall(message)


def receive(of: socket.socket) -> tuple[bytes, int | None] | None:
    """The next message, and the file that came with it; None at the end."""
    head, files, _flags, _address = socket.recv_fds(of, _LENGTH, 1)
    if not head:
        return None
    head += _exactly(of, _LENGTH - len(head))
    return _exactly(of, int.from_bytes(head)), files[0] if files else None


def write_all(file: int, data: bytes) -> None:
    """Write all the bytes to a pipe."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def ending(status: int) -> bytes:
    """What the worker adds to a reply when the process that wrote it has ended: its wait status."""
    return _END + status.to_bytes(_STATUS)


def ended(reply: bytes) -> tuple[bytes, int] | None:
    """A reply and its process's wait status; None: the worker ended before it."""
    reply, status = reply[:-_STATUS], reply[-_STATUS:]
    return (reply.removesuffix(_END), int.from_bytes(status)) if reply.endswith(_END) else None


def _exactly(of: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = of.recv(min(count, 1 << 20))
        if not part:
            raise EOFError("the other side ended in the middle of a message")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
