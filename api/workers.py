"""The workers that requests wait for: readers and writers of maps in threads, and the pool that answers SPARQL.

A state of a map that somebody reads stays as it is, so readers wait neither for each other nor for writers. What is
small is read in the event loop, as far as an allowance reaches; all else in threads, a little of it at once, each
client in its turn, and not for longer than is set. Only what was written since must be read from the log first, in a
thread, and by one of those who wait for it.
"""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Annotated, TypeVar
from weakref import WeakValueDictionary

from anyio import CapacityLimiter, Lock, to_thread
from fastapi import Depends
from starlette.requests import Request
from starlette.types import Scope

from api.settings import Settings
from api.turns import Turns
from conceptmap.atlas import Atlas
from conceptmap.map import CourseMap
from conceptmap.rdf import Limits, Query, QueryAnswer, check_query
from conceptmap.values import Allowance, Deadline, Exhausted, Grant

READERS = 16
"""Threads that wait for a disk or a server, or make some milliseconds of a long answer: more than cores."""
SCANS = 4
"""Reads of much of a map at once: they share the processor with each other and with all other answers."""
SMALL = 2_000
"""Nodes and edges that are read in the event loop, so that what is small waits for no thread: some 10 ms."""
WRITERS = 8
"""Threads that write: the store takes one write at a time, the others check theirs meanwhile."""

SOURCE = "conceptmap.source"
"""In the scope of a request: the atlas that it is answered from."""

Result = TypeVar("Result")


class Locks:
    """A lock for each map that somebody is at."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    def __getitem__(self, name: str) -> Lock:
        lock = self._locks.get(name)
        if lock is None:
            lock = self._locks[name] = Lock(fast_acquire=True)
        return lock


class ReadWorkers:
    """The maps as requests read them. All of it runs in one event loop."""

    def __init__(self, atlas: Atlas, seconds: float) -> None:
        self._atlas = atlas
        self._seconds = seconds
        self._locks = Locks()
        self._limiter = CapacityLimiter(READERS)
        self._scans = Turns(SCANS)
        self._scanning = CapacityLimiter(SCANS)

    def near(self, grant: Grant | None, scope: Scope, *, with_all: bool = False) -> Atlas:
        """Where a request is answered from, which its scope keeps: a replica, or the store itself for who may write.

        So whoever wrote reads what they wrote, in whatever process, without anybody having to remember who that was.
        What is read without asking for a map's newest state first needs `with_all`.
        """
        can_write = grant is not None and grant.scope != "read"
        atlas: Atlas = self._atlas if can_write else self._atlas.near(with_all=with_all)
        scope[SOURCE] = atlas
        return atlas

    async def token(self, name: str, atlas: Atlas | None = None) -> Hashable:
        """A value that differs after any commit to a map, by whatever process."""
        atlas = atlas or self._atlas
        return atlas.changed(name) if atlas.changed_is_quick else await self.in_thread(partial(atlas.changed, name))

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        """Do in a thread what may wait for a disk or another machine, or make a piece of a long answer."""
        return await to_thread.run_sync(partial(self.in_time, work), limiter=self._limiter)

    def in_time(self, work: Callable[[], Result]) -> Result:
        """Compute no longer than is set. Raises `AnswerTooLate`."""
        with Deadline.after(self._seconds).kept():
            return work()

    async def course(
        self, name: str, as_of: int | None, at: str | None, token: Hashable = None, atlas: Atlas | None = None
    ) -> CourseMap:
        """The map in a state that stays as it is; `token` is a fresh one, if there is one.

        Raises `UnknownMap` where nothing is in it, and what `CourseMap.at` raises for a wrong point in time.
        """
        atlas = atlas or self._atlas
        course = atlas[name].as_of(as_of)
        if at is not None:
            return await self.in_thread(lambda: course.at(at).hold())
        held = course.held_at(await self.token(name, atlas) if token is None else token)
        if held is not None:
            return held
        async with self._locks[name]:  # one thread is enough to bring it forward
            held = course.held_at(await self.token(name, atlas))
            return held if held is not None else await self.in_thread(course.hold)

    async def run(self, course: CourseMap, work: Callable[[CourseMap], Result], client: str) -> Result:
        """Do the reading in a thread, when it is the client's turn. Raises `Busy`, or `AnswerTooLate` at its end.

        Of a small map too: as Turtle a hundred nodes take 30 ms, in which the event loop would answer nobody else.
        """
        async with self._scans.turn(client):
            return await to_thread.run_sync(partial(self._until_late, course, work), limiter=self._scanning)

    def _until_late(self, course: CourseMap, work: Callable[[CourseMap], Result]) -> Result:
        """The same in its thread, for as long as may be: what reads the map is bounded, and so is what computes."""
        deadline = Deadline.after(self._seconds)
        with deadline.kept():
            return work(course.bounded(deadline))

    async def run_small(self, course: CourseMap, work: Callable[[CourseMap], Result], client: str) -> Result:
        """Do what is mostly small at once in the event loop; in a thread where it turns out not to be."""
        try:
            return work(course.bounded(Allowance(SMALL)))
        except Exhausted:
            return await self.run(course, work, client)


class WriteWorkers:
    """The maps as requests write them: one writer a map at a time in each process."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._locks = Locks()
        self._limiter = CapacityLimiter(WRITERS)
        self._reading = CapacityLimiter(WRITERS)

    def is_writing(self, name: str) -> bool:
        """Whether somebody has the turn to write to a map."""
        return self._locks[name].statistics().locked

    async def read(self, work: Callable[[], Result]) -> Result:
        """Read what a client sent for a map before it is its turn to write, so that no other writer waits for that."""
        return await to_thread.run_sync(work, limiter=self._reading)

    async def run(self, name: str, work: Callable[[CourseMap], Result]) -> Result:
        """Do a write to a map. What was begun is finished, also where the client went away."""
        async with self._locks[name]:
            return await to_thread.run_sync(partial(work, self._atlas[name]), limiter=self._limiter)


class SparqlPool:
    """Answers SPARQL queries, a few at a time, in threads of its own, so that slow ones keep nobody else waiting."""

    def __init__(self, atlas: Atlas, settings: Settings, on_restart: Callable[[], None]) -> None:
        limits = Limits(
            seconds=settings.sparql_seconds,
            rows=settings.sparql_rows,
            size=settings.sparql_bytes,
            memory=settings.sparql_memory,
        )
        self._engine = atlas.sparql(settings.base, limits, on_restart)
        self._turns = Turns(settings.sparql_queries)
        self._limiter = CapacityLimiter(settings.sparql_queries)

    async def answer(self, name: str, query: Query, at: int | None, client: str) -> QueryAnswer:
        """The answer on a map at an entry (None: the last). Raises what `Engine.answer` raises, and `Busy`."""
        await to_thread.run_sync(check_query, query.text)  # here already: what is wrong does not wait for its turn
        async with self._turns.turn(client):
            return await to_thread.run_sync(partial(self._engine.answer, name, query, at), limiter=self._limiter)

    def close(self) -> None:
        """End the worker process."""
        self._engine.close()


async def _sparql_pool(request: Request) -> SparqlPool:
    pool: SparqlPool = request.app.state.sparql_pool
    return pool


TheSparqlPool = Annotated[SparqlPool, Depends(_sparql_pool)]
