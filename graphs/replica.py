"""A read replica: a copy of a PostgreSQL store that follows it, for readers who can bear what is a little old.

How old is known without trusting clocks of other machines or what a replica believes of itself: now and then the
primary is asked how far its write-ahead log goes, and the replica how far it has got. What it has got was everything
at the moment at which the primary had got no further.
"""

import logging
from collections import deque
from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

from graphs.backends import Conflict, Row, Value, open_backend
from graphs.log import Log
from graphs.statements import Statement
from ontology.errors import StoreError, StoreUnavailable

_log = logging.getLogger(__name__)

Result = TypeVar("Result")

EVERY = 0.5
"""Seconds between two looks at both servers: an idle replica is said to be so old."""

TIMEOUT = 3.0
"""Seconds to wait for a connection to the replica: readers have the primary to go to."""

COMPARED = 20
"""Maps of which the entries are compared at the beginning, to tell a replica from another store."""


class Replica:
    """A replica, watched from a thread. `most` is how many seconds what is read from it may be old."""

    def __init__(self, primary: Log, url: str, most: float) -> None:
        if primary.mark_is_local:
            raise StoreUnavailable(f"{primary.where} has no replicas; only a store on PostgreSQL has")
        self.most = most
        self._primary = primary
        self.log = Log(open_backend(url, TIMEOUT))
        self._samples: deque[tuple[float, int]] = deque(maxlen=int(most / EVERY) + 10)
        self._complete_at: float | None = None
        self._ended = Event()
        try:
            self._compare()
        except BaseException:
            self.log.close()
            raise
        self._thread = Thread(target=self._watch, name="replica", daemon=True)
        self._thread.start()

    def reading(self, *, with_all: bool = False) -> "TrailingLog | None":
        """The log for one reading; None where it is away, or may be older than it should be.

        `with_all`: or where it is not known to have all that this process wrote; else `TrailingLog.mark` looks.
        """
        at = self.complete_at
        if at is None or (with_all and at <= self._primary.written_at):
            return None
        return TrailingLog(self._primary, self, at)

    @property
    def complete_at(self) -> float | None:
        """The last moment (monotonic) of which the replica is known to have everything; None where that is too old."""
        at = self._complete_at
        return at if at is not None and monotonic() - at <= self.most else None

    def gave_up(self) -> None:
        """Note that it failed a reader: nobody asks it until it was looked at again."""
        self._complete_at = None

    def close(self) -> None:
        """Stop watching, and close its connections."""
        self._ended.set()
        self._thread.join(2 * TIMEOUT)
        self.log.close()

    def _watch(self) -> None:
        was_there, until = True, monotonic() + self.most  # by when it should be known how far it got
        while not self._ended.is_set():
            self._look()
            is_there = self.complete_at is not None
            if is_there != was_there and (is_there or monotonic() > until):
                was_there = is_there
                _log.warning("%s %s", self.log.where, "follows again" if is_there else "is away, or too far behind")
            self._ended.wait(EVERY)

    def _look(self) -> None:
        now = monotonic()
        with suppress(StoreError):
            ((position,),) = self._primary.rows(Statement.WRITTEN)
            self._samples.append((now, position))
        try:
            ((reached,),) = self.log.rows(Statement.REPLAYED)
        except StoreError:
            reached = None
        if reached is None:  # away, or no longer a replica of anything
            self._complete_at = None
            return
        self._complete_at = max((at for at, position in self._samples if position <= reached), default=None)

    def _compare(self) -> None:
        """Raise `StoreUnavailable` where it holds another store; where it is away only that is said."""
        where = self._primary.where
        if self.log.mark_is_local:
            raise StoreUnavailable(f"{self.log.where} is no replica of {where}: name a server of PostgreSQL")
        try:
            lasts = self.log.rows(Statement.MAPS)[:COMPARED]
            other = [name for name, last, *_ in lasts if self.log.link(name, last) != self._primary.link(name, last)]
        except StoreError as error:
            _log.warning("%s: until it answers, reads go to the store itself", error)
            return
        if other:
            raise StoreUnavailable(f"{self.log.where} is no replica of {where}: its map {other[0]!r} is another one")


class TrailingLog(Log):
    """The log as a replica has it, for one reading.

    Where the replica fails, or lacks what this process wrote, the reading goes on at the primary, and stays there: that
    one has all that the replica had.
    """

    def __init__(self, primary: Log, replica: Replica, complete_at: float) -> None:
        super().__init__(primary.backend)  # for all but what is read here
        self._primary = primary
        self._replica: Replica | None = replica
        self._complete_at = complete_at
        self._lacks_some = False

    @property
    def age(self) -> float | None:
        """How many seconds old what is read may be; None where it comes from the primary."""
        return None if self._replica is None else monotonic() - self._complete_at

    def mark(self, map: str) -> Hashable:
        """As `Log.mark`."""
        mark = self._attempt(lambda log: log.mark(map))
        if self._replica is not None and _last(mark) < self._primary.written(map):
            self._replica = None
            return self._primary.mark(map)
        return mark

    def is_behind(self, mark: Hashable, entry: int) -> bool:
        """As `Log.is_behind`: what was read already is not read again as it was before."""
        if self._replica is None or _last(mark) > entry:
            return False
        self._lacks_some = self._lacks_some or _last(mark) < entry  # so what belongs to the state is not read there
        return True

    def rows(self, statement: Statement, **values: Value) -> list[Row]:
        """As `Log.rows`."""
        if self._lacks_some:
            return self._primary.rows(statement, **values)
        rows: list[Row] = self._attempt(lambda log: log.rows(statement, **values))
        return rows

    def _attempt(self, ask: Callable[[Log], Result]) -> Result:
        if self._replica is not None:
            try:
                return ask(self._replica.log)
            except StoreError:
                self._replica.gave_up()
            except Conflict:  # it had to go on, and ended the statement for that
                pass
            self._replica = None
        return ask(self._primary)


def _last(mark: Hashable) -> int:
    """The last entry that a mark of a server names; 0 where the map has none."""
    return mark[0] if isinstance(mark, tuple) else 0
