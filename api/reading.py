"""Reading maps: who may touch a fold, and when.

A fold is brought forward in place, so nobody may read it meanwhile. One lock a map sees to that: with it held,
the fold is brought forward in a thread, then read at once in the event loop, or in a thread where that takes long.
Writers have a ledger of their own and never touch these folds.
"""

from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar
from weakref import WeakValueDictionary

from anyio import CapacityLimiter, Lock, to_thread

from conceptmap.atlas import Atlas
from conceptmap.map import CourseMap
from conceptmap.points_in_time import entry_of
from graphs.view import View
from ontology.errors import UnknownMap

THREADS = 16
LARGE = 5_000
"""Nodes of a map from which on a look at all of them is no work for the event loop."""

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


class Reading:
    """The maps as requests read them. All of it runs in one event loop."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._ledger = atlas.ledger
        self._locks = Locks()
        self._limiter = CapacityLimiter(THREADS)

    async def token(self) -> Hashable:
        """A value that differs after any commit, by whatever process."""
        log = self._ledger.log
        return log.changed() if log.mark_is_local else await self.in_thread(log.changed)

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        """Do in a thread what may wait for a disk or another machine."""
        return await to_thread.run_sync(work, limiter=self._limiter)

    @asynccontextmanager
    async def course(
        self, name: str, as_of: int | None, at: str | None, token: Hashable = None
    ) -> AsyncIterator[CourseMap]:
        """The map with a view that stays as it is in the block; `token` is a fresh one, if there is one.

        Raises `UnknownMap` where nothing is in it, and what `entry_of` raises for a wrong moment.
        """
        async with self._locks[name]:
            entry = None if at is None else await self.in_thread(partial(entry_of, self._ledger, name, at))
            view = await self._view(name, entry, await self.token() if token is None else token)
            yield CourseMap(self._ledger, name, as_of, entry, view)

    async def run(
        self, course: CourseMap, work: Callable[[CourseMap], Result], *, scans: bool = False, waits: bool = False
    ) -> Result:
        """Do the reading; in a thread where it looks at all of a large map, or waits for the log."""
        if waits or (scans and course.held is not None and course.held.size > LARGE):
            return await self.in_thread(partial(work, course))
        return work(course)

    async def _view(self, name: str, at: int | None, token: Hashable) -> View:
        view = self._ledger.current(name, token) if at is None else None
        if view is None:
            view = await self.in_thread(partial(self._ledger.view, name, at))
        if view.is_empty and at is None:
            raise UnknownMap(name, ())
        return view
