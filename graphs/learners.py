"""Learners: which nodes each has marked as learned, kept apart from the log, which never hears of it.

Beside a store in a file the marks are in the file `learner.db`, which all stores of the folder share; in a PostgreSQL
store they are in a table of their own, and with a store in memory in memory. A mark keeps the id that the node had
when it was made; whoever reads it asks a view where that leads to.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from graphs.backends import Backend, Conflict, Connection, acting_on, open_backend
from graphs.entries import timestamp
from graphs.ledger import utc_now
from graphs.log import Log
from graphs.statements import LEARNED_TABLE, Statement
from ontology.errors import LearnersDamaged, NoStore, StoreError, StoreUnavailable, WrongArguments

LEARNERS = "learner.db"
"""The file beside a store."""

MOST_NAME = 200
"""Characters of a learner's name."""

TRIES = 5
"""How often a write is tried: another process may make the table, or the same mark, just then."""

_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_TO_DO = "move it away to begin anew, or put a copy back; the maps are kept elsewhere, and are whole"


@dataclass(frozen=True, slots=True)
class Mark:
    """That a learner has learned a node: its id at that time, when that was said (RFC 3339, UTC), and by whom."""

    node: str
    time: str
    by: str


class Learners:
    """What learners have marked on the maps of one store, which `store` names among those of a folder."""

    def __init__(self, open_: Callable[[], Backend], store: str, clock: Callable[[], datetime] = utc_now) -> None:
        self._open = open_
        self._store = store
        self._clock = clock
        self._backend: Backend | None = None
        self._opening = Lock()

    def marks(self, map: str, learner: str) -> list[Mark]:
        """What a learner has marked on a map, oldest first."""
        with self._reading() as connection:
            if connection is None:
                return []
            rows = connection.execute(Statement.LEARNED, store=self._store, map=map, learner=learner)
            return [Mark(*row) for row in rows]

    def maps(self, learner: str) -> list[str]:
        """The maps on which a learner has marked anything, sorted."""
        with self._reading() as connection:
            if connection is None:
                return []
            rows = connection.execute(Statement.LEARNED_MAPS, store=self._store, learner=learner)
            return [name for (name,) in rows]

    def mark(self, map: str, learner: str, nodes: Collection[str], by: str) -> None:
        """Mark nodes as learned; what is marked stays as it is."""
        now = timestamp(self._clock())
        own = {"store": self._store, "map": map, "learner": checked_learner(learner)}
        rows = [{**own, "node": node, "time": now, "author": by} for node in sorted(nodes)]
        self._write(lambda connection: connection.execute_many(Statement.ADD_LEARNED, rows))

    def unmark(self, map: str, learner: str, nodes: Collection[str]) -> None:
        """Take marks away, by the ids that they keep."""
        own = {"store": self._store, "map": map, "learner": learner}
        rows = [{**own, "node": node} for node in sorted(nodes)]
        self._write(lambda connection: connection.execute_many(Statement.FORGET_LEARNED, rows))

    def forget(self, map: str, learner: str) -> None:
        """Take all marks of a learner on a map away."""
        own = {"store": self._store, "map": map, "learner": learner}
        self._write(lambda connection: connection.execute_many(Statement.FORGET_LEARNER, [own]))

    def close(self) -> None:
        """Close the connections, if any were opened."""
        if self._backend is not None:
            self._backend.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection | None]:
        """A connection to read by; None where nothing was ever marked."""
        try:
            backend = self._opened(create=False)
        except NoStore:
            yield None
            return
        with _of_learners(backend), backend.connection() as connection:
            yield connection if _has_table(connection) else None

    def _write(self, action: Callable[[Connection], None]) -> None:
        backend = self._opened(create=True)
        for last in range(TRIES - 1, -1, -1):
            try:
                with _of_learners(backend), backend.connection() as connection, connection.transaction():
                    if not _has_table(connection):
                        connection.define(LEARNED_TABLE)
                    action(connection)
                return
            except Conflict:  # another process made the table, or marked the same, just then
                if not last:
                    what = f"{backend.where}: others write what learners have learned; try again"
                    raise StoreUnavailable(what) from None

    def _opened(self, *, create: bool) -> Backend:
        with self._opening:
            if self._backend is None:
                backend = self._open()
                try:
                    with _of_learners(backend):
                        backend.prepare(create=create)
                except BaseException:
                    backend.close()
                    raise
                self._backend = backend
            return self._backend


def open_learners(log: Log, timeout: float = 10.0) -> Learners:
    """The learners of a store, kept beside it; nothing is opened before it is needed."""
    url = log.backend.beside(LEARNERS)
    file = log.file.with_name(LEARNERS) if log.file else None
    store = log.file.name if log.file else ""

    def opened() -> Backend:
        if url is None:
            raise StoreUnavailable(
                f"{log.where} is named by a URI of SQLite's own, so nothing is kept beside it; name its file instead"
            )
        if file is not None and file.is_dir():
            raise LearnersDamaged(f"{file}, which is to hold what learners have learned, is a folder; {_TO_DO}")
        return open_backend(url, timeout)

    return Learners(opened, store)


def checked_learner(name: str) -> str:
    """A learner's name without spaces around it. Raises `WrongArguments` where it is none."""
    if not (name := name.strip()) or len(name) > MOST_NAME or not name.isprintable():
        raise WrongArguments(f"{name[:MOST_NAME]!r} cannot name a learner: write one line of up to {MOST_NAME} letters")
    return name


@contextmanager
def _of_learners(backend: Backend) -> Iterator[None]:
    """Say of an error that it is not one of the maps, and of a damaged file what to do."""
    try:
        with acting_on(backend):
            yield
    except NoStore:
        raise
    except StoreError as error:
        if getattr(cause := error.__cause__, "sqlite_errorname", "") in _DAMAGED:
            what = f"{backend.where}, which holds what learners have learned, is damaged ({cause})"
            raise LearnersDamaged(f"{what}; {_TO_DO}") from error
        raise type(error)(f"what learners have learned cannot be used: {error}") from error


def _has_table(connection: Connection) -> bool:
    return "learned" in connection.tables()
