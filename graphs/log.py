"""The log: an append-only list of entries, durable once `append` has returned."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select
from sqlalchemy.exc import DBAPIError

from graphs.backends import Backend, Conflict, acting_on, open_backend
from graphs.entries import Entry, Write, canonical_json, timestamp
from graphs.statements import (
    ADD_ENTRIES,
    ADD_MAP,
    ALL_PAGE,
    COUNTS,
    EVERY_MAP,
    HEAD,
    LAST,
    LINES,
    LIVING_MAPS,
    MOVE_MAP,
    NEWEST,
    ONE,
    PAGE,
    PAGE_OF_MAP,
    entry_of,
    values_of,
)
from graphs.tables import ENTRIES, create_tables, has_tables
from ontology.errors import StoreCorrupted, UnknownEntry

__all__ = ["Behind", "Entry", "Log", "Write", "open_log"]

Beside = Callable[[Connection, Sequence[Entry]], None]
"""What is to be written in the same transaction as entries, for example what the writer was answered."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry without what it says: one line of a map's history. `ends` where the part ended with it."""

    sequence: int
    day: int
    part: str
    revision: int
    author: str
    time: str
    media_type: str
    ends: bool


class Behind(Exception):
    """The map has entries that the writer has not seen; catch up, check the writes again, and append again."""


def open_log(url: str, timeout: float = 10.0) -> "Log":
    """Open the log at a store URL, and create it where there is none.

    `sqlite:///file.db` is a file, `sqlite://` memory, `postgresql://…` a server. `timeout` is how
    many seconds to wait for other writers. Raises `StoreUnavailable`.
    """
    backend = open_backend(url, timeout)
    try:
        with acting_on(backend):
            backend.prepare()
            _ensure_tables(backend, backend.engine.url.render_as_string(hide_password=True))
    except BaseException:
        backend.close()
        raise
    return Log(backend)


def _ensure_tables(backend: Backend, where: str) -> None:
    with backend.engine.connect() as connection:
        if has_tables(connection, where):
            return
        try:
            with backend.transaction(connection):
                if not has_tables(connection, where):  # nobody made them while this process waited for the lock
                    create_tables(connection)
        except DBAPIError:
            if not has_tables(connection, where):  # PostgreSQL: another process was making them just then
                raise


class Log:
    """The entries of every map of a store. Threads and processes may share a store; a fork opens its own log."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def append(
        self, map: str, writes: Sequence[Write], after: int, time: datetime, beside: Beside | None = None
    ) -> list[Entry]:
        """Add entries in one transaction, all or none; once this returns they survive a power cut.

        `after` is the last entry of the map that the writes were checked against; `beside` is called in the
        transaction, and what it raises undoes all. Raises `Behind` where the map has newer entries, and
        `InvalidDocument` where JSON cannot hold a document.
        """
        if not writes:
            return []
        texts = [None if write.document is None else canonical_json(write.document) for write in writes]
        stamp = timestamp(time)
        try:
            with acting_on(self._backend), self._backend.engine.connect() as connection:
                with self._backend.transaction(connection):
                    last, numbers = self._backend.reserve(connection, map, len(writes))
                    _compare(map, last or 0, after)
                    revisions = _next_revisions(connection, map, writes)
                    entries = [
                        _numbered(map, *numbered, time=stamp)
                        for numbered in zip(writes, numbers, revisions, texts, strict=True)
                    ]
                    _insert(connection, entries, is_new=last is None)
                    if beside is not None:
                        beside(connection, entries)
                return entries
        except Conflict as error:
            raise Behind from error

    def transact(self, action: Callable[[Connection], None]) -> None:
        """Do something to the tables beside the entries in one transaction. Raises `Behind` where to try again."""
        try:
            with (
                acting_on(self._backend),
                self._backend.engine.connect() as connection,
                self._backend.transaction(connection),
            ):
                action(connection)
        except Conflict as error:
            raise Behind from error

    def rows(self, query: Select[Any], **values: Any) -> Sequence[Row[Any]]:
        """What a query of the store's tables finds."""
        with acting_on(self._backend), self._backend.engine.connect() as connection:
            return connection.execute(query, values).all()

    def entries(self, map: str, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """The entries of a map behind one sequence number and up to another, in order."""
        until = NEWEST if until is None else until
        while True:
            rows = self.rows(PAGE_OF_MAP, map=map, after=after, until=until)
            yield from (entry_of(row) for row in rows)
            if len(rows) < PAGE:
                return
            after = rows[-1].sequence

    def entry(self, sequence: int) -> Entry:
        """The entry of this number. Raises `UnknownEntry`."""
        rows = self.rows(ONE, sequence=sequence) if 0 < sequence < NEWEST else []
        if not rows:
            raise UnknownEntry(f"the log has no entry {sequence}; `conceptmap history` lists them")
        return entry_of(rows[0])

    def maps(self) -> list[str]:
        """The names of all maps that have entries, sorted."""
        return sorted(row.map for row in self.rows(EVERY_MAP))

    def living_maps(self, as_of: int | None = None) -> list[str]:
        """The names of the maps of which a part (of a day up to one) is not ended, sorted."""
        return sorted(row.map for row in self.rows(LIVING_MAPS, as_of=NEWEST if as_of is None else as_of))

    def history(
        self,
        map: str,
        *,
        before: int = NEWEST,
        day: int | None = None,
        part: str | None = None,
        as_of: int | None = None,
        limit: int = PAGE,
    ) -> list[Line]:
        """The entries of a map (of a day, of a part, of days up to one) before one number as lines, newest first."""
        query = LINES.where(ENTRIES.c.map == map, ENTRIES.c.sequence < before)
        query = query if day is None else query.where(ENTRIES.c.day == day)
        query = query if part is None else query.where(ENTRIES.c.part == part)
        query = query if as_of is None else query.where(ENTRIES.c.day <= as_of)
        return [Line(**row._mapping) for row in self.rows(query.order_by(ENTRIES.c.sequence.desc()).limit(limit))]

    def counts(self) -> dict[str, int]:
        """How many entries each map has."""
        return {row.map: row.entries for row in self.rows(COUNTS)}

    def last(self, map: str) -> int:
        """The number of a map's last entry; 0 if it has none."""
        return next((row.last for row in self.rows(LAST, map=map)), 0)

    def head(self, map: str, day: int, part: str) -> tuple[int, int] | None:
        """The revision and sequence number of a part's last entry; None if it never had one."""
        return next(((row.revision, row.sequence) for row in self.rows(HEAD, map=map, day=day, part=part)), None)

    def revision(self, map: str, day: int, part: str) -> int:
        """The revision that a part is at; 0 if it never had one."""
        head = self.head(map, day, part)
        return head[0] if head else 0

    def changed(self) -> Hashable:
        """A token that differs after any commit by any process; on SQLite it costs microseconds."""
        with acting_on(self._backend):
            return self._backend.mark()

    @property
    def mark_is_local(self) -> bool:
        """Whether `changed` takes microseconds, because it asks nobody outside this machine."""
        return self._backend.mark_is_local

    def verify(self) -> None:
        """Read everything and compare. Raises `StoreCorrupted`, naming the first entry that is not as written."""
        lasts = {row.map: row.last for row in self.rows(EVERY_MAP)}
        found: dict[str, int] = {}
        revisions: Counter[tuple[str, int, str]] = Counter()
        for row in self._all_rows():
            entry = entry_of(row)
            if entry.digest != bytes(row.digest):
                raise StoreCorrupted(f"{entry.name} is not what was written; restore the store from a backup")
            key = (entry.map, entry.day, entry.part)
            revisions[key] += 1
            if entry.revision != revisions[key]:
                raise StoreCorrupted(f"an entry before {entry.name} is missing; restore the store from a backup")
            found[entry.map] = entry.sequence
        for name, last in sorted(lasts.items()):
            if found.get(name, 0) < last:
                raise StoreCorrupted(f"entry {last}, the last of map {name!r}, is missing; restore a backup")

    def close(self) -> None:
        """Give all connections back."""
        self._backend.close()

    def _all_rows(self) -> Iterator[Row[Any]]:
        after = 0
        while rows := self.rows(ALL_PAGE, after=after):
            yield from rows
            after = rows[-1].sequence


def _compare(name: str, last: int, after: int) -> None:
    if last > after:
        raise Behind(f"map {name!r} is at entry {last}, the writer at {after}")
    if last < after:
        raise StoreCorrupted(f"map {name!r} ends at entry {last}, but entry {after} was read before; restore a backup")


def _next_revisions(connection: Connection, name: str, writes: Sequence[Write]) -> list[int]:
    """The revision of each write; a part may come several times."""
    found: dict[tuple[int, str], int] = {}
    revisions = []
    for write in writes:
        part = (write.day, write.part)
        if part not in found:
            head = connection.execute(HEAD, {"map": name, "day": write.day, "part": write.part}).first()
            found[part] = head.revision if head else 0
        found[part] += 1
        revisions.append(found[part])
    return revisions


def _numbered(name: str, write: Write, sequence: int, revision: int, text: str | None, *, time: str) -> Entry:
    return Entry(
        sequence=sequence,
        map=name,
        day=write.day,
        part=write.part,
        revision=revision,
        author=write.author,
        time=time,
        media_type=write.media_type,
        body=write.body,
        text=text,
    )


def _insert(connection: Connection, entries: list[Entry], *, is_new: bool) -> None:
    """Add the entries, and note the last as the map's."""
    newest = entries[-1]
    connection.execute(ADD_ENTRIES, [values_of(entry) for entry in entries])
    if is_new:
        connection.execute(ADD_MAP, {"map": newest.map, "last": newest.sequence})
    else:
        connection.execute(MOVE_MAP, {"of": newest.map, "to": newest.sequence})
