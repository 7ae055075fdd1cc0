"""The engine as the service sees it: it keeps a worker process running and up to date, and brings back answers.

Its methods block, and threads may share it.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import NoReturn

import msgspec

from graphs.confinement import bare_environment
from graphs.fold import PartKey
from graphs.log import Log
from graphs.sparql import wire
from graphs.sparql.guard import check_query, names_graphs
from graphs.sparql.mistakes import evaluation_mistake, syntax_mistake
from graphs.sparql.wire import SOLUTIONS, TRIPLES, Answer, Limits, Order, Outcome, PartText, Query
from graphs.standing import standing
from ontology.errors import AnswerTooLarge, EngineAway, InvalidQuery, NoSuchForm, QueryError, QueryStopped
from ontology.vocabulary import Vocabulary

MOST_KEPT = 50_000_000
"""Characters of documents of which the worker keeps datasets; one makes 15 to 30 bytes of a dataset."""

MESSAGE = 1_000_000
"""Characters of documents in a message: between two of them queries on other maps are taken."""

GRACE = 5.0
"""Seconds beyond the deadline after which the worker itself is taken for stuck."""

LOADING = 120.0
"""Seconds that the worker may take to read a large map before it begins with the query."""

_EXACT = (SOLUTIONS[0], TRIPLES[0], TRIPLES[1])
"""Forms that can hold whatever a query finds."""

Key = tuple[str, int | None]


class Engine:
    """Answers queries on the maps of a log. The worker starts with the first query, and again after it ended."""

    def __init__(
        self,
        log: Log,
        vocabulary: Vocabulary,
        base: str,
        limits: Limits | None = None,
        on_restart: Callable[[], None] = lambda: None,
    ) -> None:
        self.limits = limits or Limits()
        self._on_restart = on_restart
        self._log = log
        self._vocabulary = vocabulary
        self._base = base
        self._lock = Lock()
        self._worker: _Process | None = None

    def answer(self, name: str, query: Query, at: int | None = None) -> Answer:
        """The answer on a map with every entry so far, or as it stood at an entry.

        Raises `RefusedQuery`, `InvalidQuery`, `NoSuchForm`, `AnswerTooLarge`, `QueryStopped` or `EngineAway`.
        """
        check_query(query.text)
        reply, sent = os.pipe()
        try:
            try:
                self._send(name, at, query, sent)
            finally:
                os.close(sent)
            return _read(reply, query, self.limits)
        finally:
            os.close(reply)

    @property
    def worker(self) -> int | None:
        """The process number of the worker, if one runs."""
        worker = self._worker
        return worker.process.pid if worker and worker.runs() else None

    @property
    def kept(self) -> list[Key]:
        """The maps (and the entries at which) of which the worker has datasets; the one that was asked last is last."""
        worker = self._worker
        return list(worker.kept) if worker else []

    def close(self) -> None:
        """End the worker, and with it the queries that it answers."""
        with self._lock:
            if self._worker:
                self._worker.end()
                self._worker = None

    def _send(self, name: str, at: int | None, query: Query, sent: int) -> None:
        key = name, at
        with self._lock:
            try:
                worker = self._running()
            except OSError as error:  # no process can be started, or no file opened
                raise EngineAway("the query engine does not start; ask again later") from error
            kept = worker.kept.setdefault(key, _Kept())
            worker.kept.move_to_end(key)
            kept.users += 1
        try:
            with kept.lock:
                self._bring(worker, key, kept)
                chosen = query.default_graphs is not None or query.named_graphs is not None
                graphs = chosen or names_graphs(query.text)
                worker.order(Order(dataset=_dataset(key), map=name, query=query, graphs=graphs), sent)
        except OSError as error:
            raise EngineAway("the query engine ended; ask again") from error
        finally:
            with self._lock:
                kept.users -= 1
                self._forget(worker)

    def _bring(self, worker: "_Process", key: Key, kept: "_Kept") -> None:
        """Bring a dataset forward, or begin it anew, also where the last time was broken off."""
        name, at = key
        known, kept.sequence = kept.sequence, 0
        if not known:
            worker.order(Order(dataset=_dataset(key), forget=True))
            kept.size = 0
        if at is not None and known:
            kept.sequence = known
            return
        last, news = feed(self._log, name, known, at)
        for message in _messages(news):
            worker.order(Order(dataset=_dataset(key), map=name, news=message))
            kept.size += _size(message)
        kept.sequence = last

    def _forget(self, worker: "_Process") -> None:
        """Have the worker forget what it keeps too much of, but never what was asked last."""
        idle = [key for key, kept in list(worker.kept.items())[:-1] if not kept.users]
        size = sum(kept.size for kept in worker.kept.values())
        for key in idle:
            if size <= MOST_KEPT:
                break
            size -= worker.kept.pop(key).size
            with suppress(OSError):  # it ended; the next query starts another
                worker.order(Order(dataset=_dataset(key), forget=True))

    def _running(self) -> "_Process":
        if self._worker is None or not self._worker.runs():
            if self._worker is not None:
                self._worker.end()
                self._on_restart()
            self._worker = _Process(self._vocabulary, self._base, self.limits)
        return self._worker


@dataclass(eq=False)
class _Kept:
    """A dataset of the worker: the last entry that it knows (0: none), the characters that it was sent, who uses it."""

    sequence: int = 0
    size: int = 0
    users: int = 0
    lock: Lock = field(default_factory=Lock)


def _dataset(key: Key) -> str:
    return f"{key[0]}@{key[1]}"


def _size(news: Iterable[PartText]) -> int:
    return sum(len(text) for said in news for text in said.texts)


# What the worker must be told so that a dataset follows its map: only what stands, and then only the news.


def feed(log: Log, map: str, known: int, until: int | None) -> tuple[int, Iterator[PartText]]:
    """The number of a map's last entry (up to one), and what its parts say behind the one that is known (0: none)."""
    if known:
        last = log.last(map) if until is None else until
        return last, _news(log, map, known, last)
    marks = log.marks(map, until)
    parts = standing(marks)
    return marks[-1].sequence if marks else 0, _all(log, map, parts)


def _all(log: Log, map: str, parts: dict[PartKey, list[int]]) -> Iterator[PartText]:
    """What stands, the first days first."""
    begins = {sequences[0] for sequences in parts.values()}
    only = [sequence for key in sorted(parts) for sequence in parts[key]]
    for stored in log.stored(map, only=only):
        if stored.text is not None:
            joins = stored.sequence not in begins
            texts, number = (stored.text,), stored.sequence
            yield PartText(day=stored.day, part=stored.part, sequence=number, texts=texts, joins=joins)


def _news(log: Log, map: str, known: int, last: int) -> Iterator[PartText]:
    """What entries say one by one; where one undoes another, what stands then in their part."""
    for stored in log.stored(map, after=known, until=last):
        day, part = stored.day, stored.part
        if stored.target is None:
            texts = () if stored.text is None else (stored.text,)
            joins = stored.kind == "add"
            yield PartText(day=day, part=part, sequence=stored.sequence, texts=texts, joins=joins)
        else:
            parts = standing(log.marks(map, stored.sequence, day, part))
            yield PartText(day=day, part=part)
            yield from _all(log, map, parts)


def _messages(news: Iterable[PartText]) -> Iterator[tuple[PartText, ...]]:
    """The news in messages of a bearable size."""
    message: list[PartText] = []
    size = 0
    for said in news:
        message.append(said)
        size += _size([said])
        if size > MESSAGE:
            yield tuple(message)
            message, size = [], 0
    if message:
        yield tuple(message)


class _Process:
    """The worker process and the socket that leads to it."""

    def __init__(self, vocabulary: Vocabulary, base: str, limits: Limits) -> None:
        self.kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._ordering = Lock()
        self._orders, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-m", "graphs.sparql.worker", str(theirs.fileno())]
            self.process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=bare_environment(),
                start_new_session=True,
            )
        for message in (msgspec.json.encode(vocabulary), base.encode(), limits.model_dump_json().encode()):
            wire.send(self._orders, message)
        if wire.receive(self._orders) is None:
            self.end()
            raise EngineAway("the query engine does not start; see the log of the service")

    def runs(self) -> bool:
        return self.process.poll() is None

    def order(self, order: Order, file: int | None = None) -> None:
        message = order.model_dump_json(exclude_defaults=True).encode()
        with self._ordering:
            wire.send(self._orders, message, file)

    def end(self) -> None:
        with suppress(OSError):  # whoever sends something just now is not to wait for an end that has come
            self._orders.shutdown(socket.SHUT_RDWR)
        self._orders.close()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _read(reply: int, query: Query, limits: Limits) -> Answer:
    """What a query's process sent, once it has ended."""
    waiting = select.poll()
    waiting.register(reply, select.POLLIN)
    until = time.monotonic() + LOADING
    parts: list[bytes] = []
    while True:
        if not waiting.poll(max(0.0, until - time.monotonic()) * 1000):
            raise EngineAway("the query engine is busy; ask again later")
        if not (part := os.read(reply, 1 << 20)):
            break
        if not parts:  # the process has begun, and its time runs
            until = time.monotonic() + limits.seconds + GRACE
        parts.append(part)
    if (ended := wire.ended(b"".join(parts))) is None:
        raise EngineAway("the query engine ended; ask again")
    if code := os.waitstatus_to_exitcode(ended[1]):
        raise _stopped(-code, limits)
    head, _, body = ended[0].removeprefix(wire.BEGUN).partition(b"\n")
    outcome = Outcome.model_validate_json(head)
    if outcome.media_type is None:
        _raise_error(outcome, query, limits)
    return Answer(media_type=outcome.media_type, body=body)


def _stopped(number: int, limits: Limits) -> QueryError:
    if number == signal.SIGALRM:
        return QueryStopped(f"the query took longer than {limits.seconds:g} seconds; ask for less")
    if number == signal.SIGABRT:
        return _out_of_memory(limits)
    return QueryStopped("the query engine crashed on this query; write it more simply")


def _out_of_memory(limits: Limits) -> QueryError:
    return QueryStopped(f"the query needs more than {limits.memory // 1_000_000} MB of memory; ask for less")


def _raise_error(outcome: Outcome, query: Query, limits: Limits) -> NoReturn:
    details = outcome.details
    match outcome.error:
        case "too large":
            raise AnswerTooLarge(details["what"])
        case "not acceptable":
            raise NoSuchForm(TRIPLES if details["of"] == "triples" else SOLUTIONS)
        case "not writable":
            raise NoSuchForm([one for one in _EXACT if one not in (query.solutions, query.triples)], details["what"])
        case "memory":
            raise _out_of_memory(limits)
        case "syntax":
            raise InvalidQuery(*syntax_mistake(query.text, details["what"]))
        case _:
            raise InvalidQuery(*evaluation_mistake(details["what"]))
