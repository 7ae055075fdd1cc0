"""Idempotency: what a write under a key was answered, kept in the transaction of the write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from graphs.backends import Connection
from graphs.entries import timestamp
from graphs.ledger import Beside, WriteReport
from graphs.log import Log
from graphs.statements import Statement, named
from ontology.errors import KeyReused

KEPT = timedelta(days=1)
"""How long a request may be repeated: longer than any client retries."""

SWEPT = timedelta(hours=1)
"""After which a process forgets old answers of all maps; those of the map that is written to are forgotten each time,
since a write that looks at other maps would wait for other machines where the store is spread over some."""


class AlreadyAnswered(Exception):
    """The same request was answered before; `answer` is what it was told."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        super().__init__("answered before")


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """A write to a map under an idempotency key: who asks, the key, and a digest of all that the request says."""

    map: str
    author: str
    key: str
    digest: bytes


class IdempotencyKeys:
    """The answers that writes under idempotency keys got, kept in the store for `KEPT`."""

    def __init__(self, log: Log, clock: Callable[[], datetime]) -> None:
        self._log = log
        self._clock = clock
        self._swept: datetime | None = None

    def check(self, request: KeyedRequest) -> None:
        """Raise `AlreadyAnswered` where the request was answered, `KeyReused` where its key was used for another."""
        for digest, answer in self._log.rows(Statement.ANSWER, **_place_of(request)):
            _raise_answered(request, digest, answer)

    def keeping(self, request: KeyedRequest, answered: Callable[[WriteReport], str]) -> Beside:
        """What keeps the answer beside the write; it raises as `check` does where another process was quicker."""

        def keep(connection: Connection, report: WriteReport) -> None:
            for digest, answer in connection.execute(Statement.ANSWER, **_place_of(request)):
                _raise_answered(request, digest, answer)
            now = self._clock()
            self._forget_old(connection, request.map, now)
            row = (*_place_of(request).values(), request.digest, answered(report), timestamp(now))
            connection.execute(Statement.ADD_ANSWER, **named(Statement.ADD_ANSWER, row))

        return keep

    def _forget_old(self, connection: Connection, map: str, now: datetime) -> None:
        before = timestamp(now - KEPT)
        if self._swept is None or now - self._swept > SWEPT:
            self._swept = now
            connection.execute(Statement.FORGET_ALL_OLD_ANSWERS, before=before)
        else:
            connection.execute(Statement.FORGET_OLD_ANSWERS, map=map, before=before)


def _place_of(request: KeyedRequest) -> dict[str, str]:
    return {"map": request.map, "author": request.author, "key": request.key}


def _raise_answered(request: KeyedRequest, digest: bytes, answer: str) -> None:
    if digest != request.digest:
        raise KeyReused(f"the key {request.key!r} was used for another request; take a new key for each write")
    raise AlreadyAnswered(answer)
