"""The connections of a process: how many it holds, and how long each may keep it waiting.

A connection waits for its client while the head or the body of a request comes in, while an answer goes out, and while
nothing is asked. Once a second all are looked at. Where all connections that may be held are, the one makes room
that has kept the service waiting longest, of the address that has most of them; where none does, a new one is told 503.
"""

import asyncio
import logging
import resource
from collections import Counter
from enum import Enum
from typing import Any

from prometheus_client import Counter as Counted

from api.errors import ApiError, SlowHead, TooManyConnections
from api.settings import Settings
from api.wire.heads import last_answer

SECOND = 1.0
"""How often all connections are looked at."""
OWN_DESCRIPTORS = 100
"""File descriptors that a process needs besides: threads that read SQLite have three each, the log and pipes some."""
TURNED_AWAY = 32
"""Connections that are read for a moment after their last answer, beyond the limit; of more the oldest is cut off."""
LINGER = 2.0
"""Seconds for which an ended connection is still read, so that its client gets the last answer (RFC 9112, 9.6)."""
PIECE = 64_000
"""Bytes of an answer that a client must take in the time that is set: 1 kB a second with the default."""
REFRESH = 0.2
"""Seconds until those that could make room are sought again: looking at a thousand takes some ms."""

_log = logging.getLogger("conceptmap.connections")


class Waits(Enum):
    """What a connection waits for, and how many seconds it may at least, before it makes room for another."""

    NOTHING = None
    HEAD = 1.0
    IDLE = 1.1
    BODY = 5.0
    TAKEN = 5.1


class Wire(asyncio.Protocol):
    """A connection, beside the parser that a subclass brings: it counts, is looked at, and is ended."""

    app_state: dict[str, Any]
    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    client: tuple[str, int] | None
    cycle: Any
    flow: Any
    timeout_keep_alive_task: asyncio.TimerHandle | None

    is_over = False
    """Whether no more is read from it."""
    since = 0.0
    """When that began which it waits for (on the clock of the event loop), or its last answer went out."""
    _waits = Waits.HEAD
    _mark: Any = None
    _resumed = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count it in, or tell it that there is no room."""
        super().connection_made(transport)
        self.since = self.loop.time()
        self.held: Connections = self.app_state["connections"]
        self.held.admit(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it out."""
        self.held.forget(self)
        super().connection_lost(exc)

    def resume_writing(self) -> None:
        """The client has taken what was waiting for it."""
        self._resumed += 1
        super().resume_writing()

    def shutdown(self) -> None:
        """End it with the service, after the answer that is being made."""
        if self.is_over:
            self.transport.close()
        else:
            super().shutdown()  # type: ignore[misc]  # the subclass has one

    def has_begun(self) -> bool:
        """Whether a part of a head has come."""
        raise NotImplementedError

    def say_last(self, answer: bytes) -> None:
        """Send an answer that is the last; what still comes is read for a moment, and thrown away."""
        self.is_over = True
        if self.transport.is_closing():
            return
        self.since = self.loop.time()
        self.held.end(self)
        self.flow.resume_reading()
        self.transport.write(answer)
        if self.transport.can_write_eof():
            self.transport.write_eof()

    def waits(self, now: float) -> tuple[Waits, float]:
        """What it waits for, and for how many seconds."""
        waits, mark = self._waits_for()
        if waits != self._waits or not self._same(mark):
            self._waits, self._mark, self.since = waits, mark, now
        return waits, now - self.since

    def _waits_for(self) -> tuple[Waits, Any]:
        """What it waits for, and something that changes with each request, or with what was taken of an answer."""
        if size := self.transport.get_write_buffer_size():
            return Waits.TAKEN, (self._resumed, size)
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            return Waits.HEAD if self.timeout_keep_alive_task is None else Waits.IDLE, cycle
        return (Waits.BODY if cycle.more_body else Waits.NOTHING), cycle

    def _same(self, mark: Any) -> bool:
        if self._waits is Waits.TAKEN:
            resumed, size = mark
            return bool(self._mark and resumed == self._mark[0] and size > self._mark[1] - PIECE)
        return mark is self._mark


class Connections:
    """The connections that a process holds."""

    def __init__(self, settings: Settings, ended: Counted | None = None) -> None:
        self.most = min(settings.connections, _descriptors(settings.connections))
        if self.most < settings.connections:
            said = "%d connections can be held, not %d: the process may have too few files open (ulimit -n)"
            _log.warning(said, self.most, settings.connections)
        self._head_seconds = settings.head_seconds
        self._answer_seconds = settings.answer_seconds
        self.root = settings.root_path
        self._ended = ended
        self._held: set[Wire] = set()
        self._ending: dict[Wire, None] = {}  # in the order in which they were ended
        self._could_go: list[Wire] = []
        self._sought = 0.0

    def __len__(self) -> int:
        return len(self._held)

    def admit(self, one: Wire) -> None:
        """Hold one more; where there is no room and none can be made, tell it so."""
        if len(self._held) >= self.most and not self._made_room(one.loop.time()):
            self._note("limit", one, "a connection was turned away, all that may be held are in use", logging.WARNING)
            detail = f"the service holds {self.most} connections already; try again in a second"
            one.say_last(last_answer(TooManyConnections(detail), self.root))
            return
        self._held.add(one)

    def end(self, one: Wire) -> None:
        """Note that one gets its last answer."""
        self._held.discard(one)
        if len(self._ending) >= TURNED_AWAY:
            oldest = next(iter(self._ending))
            self.forget(oldest)
            oldest.transport.abort()
        self._ending[one] = None

    def forget(self, one: Wire) -> None:
        """Hold one no longer."""
        self._held.discard(one)
        self._ending.pop(one, None)

    def refused(self, one: Wire, error: ApiError) -> None:
        """Note that one sent what is no HTTP."""
        self._note("refused", one, f"a request was refused: {error}", logging.INFO)

    async def watch(self) -> None:
        """Look at all of them once a second, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(SECOND)
            self.look(loop.time())

    def look(self, now: float) -> None:
        """End those that have kept the service waiting for too long."""
        for one in tuple(self._ending):
            if now - one.since > LINGER:
                one.transport.abort()
        for one in tuple(self._held):
            waits, seconds = one.waits(now)
            if waits is Waits.HEAD and seconds > self._head_seconds:
                self._note("head", one, "a connection was ended, no request came in time", logging.INFO)
                if one.has_begun():
                    detail = f"the head of the request took more than {self._head_seconds:g} s"
                    one.say_last(last_answer(SlowHead(detail), self.root))
                else:
                    one.transport.abort()
            elif waits is Waits.TAKEN and seconds > self._answer_seconds:
                self._note("answer", one, "a connection was ended, its client did not take the answer", logging.INFO)
                one.transport.abort()

    def _made_room(self, now: float) -> bool:
        """End the one that makes room."""
        if not self._could_go and now - self._sought >= REFRESH:
            self._sought = now
            self._could_go = self._in_order(now)
        while self._could_go:
            one = self._could_go.pop()
            if one in self._held and _can_go(one, now):
                self._note("room", one, "a connection was ended, to make room for a new one", logging.WARNING)
                one.is_over = True
                self._held.discard(one)
                one.transport.abort()
                return True
        return False

    def _in_order(self, now: float) -> list[Wire]:
        """Those that could make room; the one that should go first is the last."""
        counts = Counter(_address(one) for one in self._held)
        could = [(counts[_address(one)], now - one.since, id(one), one) for one in self._held if _can_go(one, now)]
        return [one for *_, one in sorted(could)]

    def _note(self, why: str, one: Wire, said: str, level: int) -> None:
        if self._ended is not None:
            self._ended.labels(why).inc()
        _log.log(level, said, extra={"client": _address(one), "held": len(self._held)})


def _can_go(one: Wire, now: float) -> bool:
    waits, seconds = one.waits(now)
    return waits is not Waits.NOTHING and seconds >= waits.value


def _address(one: Wire) -> str:
    return one.client[0] if one.client else ""


def _descriptors(wanted: int) -> int:
    """How many connections the file descriptors of the process suffice for; as many as it may have are taken."""
    most, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + TURNED_AWAY + OWN_DESCRIPTORS
    if most != resource.RLIM_INFINITY and most < needed:
        most = needed if hard == resource.RLIM_INFINITY else min(hard, needed)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return wanted if most == resource.RLIM_INFINITY else max(1, most - TURNED_AWAY - OWN_DESCRIPTORS)
