"""Idempotency: what a write under a key was answered, kept in the transaction of the write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select

from graphs.backends import ANSWERS
from graphs.entries import timestamp
from graphs.ledger import Beside, WriteReport
from graphs.log import Log
from ontology.errors import KeyReused

KEPT = timedelta(days=1)
"""How long a request may be repeated: longer than any client retries."""

_ANSWER = select(ANSWERS.c.request, ANSWERS.c.answer).where(
    ANSWERS.c.author == bindparam("author"), ANSWERS.c.key == bindparam("key")
)
_FORGET = delete(ANSWERS).where(ANSWERS.c.time < bindparam("before"))


class AlreadyAnswered(Exception):
    """The same request was answered before; `answer` is what it was told."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        super().__init__("answered before")


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """A write under an idempotency key: who asks, the key, and a digest of all that the request says."""

    author: str
    key: str
    digest: bytes


class IdempotencyKeys:
    """The answers that writes under idempotency keys got, kept in the store for `KEPT`."""

    def __init__(self, log: Log, clock: Callable[[], datetime]) -> None:
        self._log = log
        self._clock = clock

    def check(self, request: KeyedRequest) -> None:
        """Raise `AlreadyAnswered` where the request was answered, `KeyReused` where its key was used for another."""
        rows = self._log.rows(_ANSWER, author=request.author, key=request.key)
        for row in rows:
            _raise_answered(request, bytes(row.request), row.answer)

    def keeping(self, request: KeyedRequest, answered: Callable[[WriteReport], str]) -> Beside:
        """What keeps the answer beside the write; it raises as `check` does where another process was quicker."""

        def keep(connection: Connection, report: WriteReport) -> None:
            for row in connection.execute(_ANSWER, {"author": request.author, "key": request.key}):
                _raise_answered(request, bytes(row.request), row.answer)
            now = self._clock()
            connection.execute(_FORGET, {"before": timestamp(now - KEPT)})
            values = {"author": request.author, "key": request.key, "request": request.digest}
            connection.execute(insert(ANSWERS).values(**values, answer=answered(report), time=timestamp(now)))

        return keep


def _raise_answered(request: KeyedRequest, digest: bytes, answer: str) -> None:
    if digest != request.digest:
        raise KeyReused(f"the key {request.key!r} was used for another request; take a new key for each write")
    raise AlreadyAnswered(answer)
