"""The log: an append-only list of entries, durable once `append` has returned, and its points in time."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    Row,
    Select,
    bindparam,
    exists,
    func,
    insert,
    null,
    select,
    update,
)

from graphs.backends import ENTRIES, MAPS, Backend, Conflict, acting_on, ensure_tables, open_backend
from graphs.entries import Entry, Write, canonical_json, timestamp
from ontology.errors import StoreCorrupted, UnknownEntry

PAGE = 100
"""How many entries are fetched at once: a reader never holds a connection or a long snapshot."""

_ROW = select(ENTRIES)
_PAGE_OF_MAP = (
    _ROW.where(
        ENTRIES.c.map == bindparam("map"),
        ENTRIES.c.sequence > bindparam("after"),
        ENTRIES.c.sequence <= bindparam("until"),
    )
    .order_by(ENTRIES.c.sequence)
    .limit(PAGE)
)
_ALL_PAGE = _ROW.where(ENTRIES.c.sequence > bindparam("after")).order_by(ENTRIES.c.sequence).limit(PAGE)
_ONE = _ROW.where(ENTRIES.c.sequence == bindparam("sequence"))
_HEAD = (
    select(ENTRIES.c.revision, ENTRIES.c.sequence)
    .where(ENTRIES.c.map == bindparam("map"), ENTRIES.c.day == bindparam("day"), ENTRIES.c.part == bindparam("part"))
    .order_by(ENTRIES.c.revision.desc())
    .limit(1)
)
_EVERY_MAP = select(MAPS.c.map, MAPS.c.last)
_LATER = ENTRIES.alias()
_ISNEWEST = ~exists().where(
    _LATER.c.map == ENTRIES.c.map,
    _LATER.c.day == ENTRIES.c.day,
    _LATER.c.part == ENTRIES.c.part,
    _LATER.c.revision > ENTRIES.c.revision,
)
_COUNTS = select(ENTRIES.c.map, func.count().label("entries")).group_by(ENTRIES.c.map).order_by(ENTRIES.c.map)
_LIVING_MAPS = select(MAPS.c.map).where(
    exists().where(
        ENTRIES.c.map == MAPS.c.map,
        ENTRIES.c.document.is_not(null()),
        ENTRIES.c.day <= bindparam("as_of", type_=BigInteger),
        _ISNEWEST,
    )
)
_LINES = select(
    ENTRIES.c.sequence,
    ENTRIES.c.day,
    ENTRIES.c.part,
    ENTRIES.c.revision,
    ENTRIES.c.author,
    ENTRIES.c.time,
    ENTRIES.c.media_type,
    ENTRIES.c.document.is_(null()).label("ends"),
)
_LAST = select(MAPS.c.last).where(MAPS.c.map == bindparam("map"))
_ADD_ENTRIES = insert(ENTRIES)
_ADD_MAP = insert(MAPS)
_MOVE_MAP = update(MAPS).where(MAPS.c.map == bindparam("of")).values(last=bindparam("to"))
NEWEST = 2**62
"""Stands for a number behind every entry, small enough for the databases' whole numbers."""

_UNTIL: BindParameter[int] = bindparam("until")
_REPLACED = exists().where(
    _LATER.c.map == ENTRIES.c.map,
    _LATER.c.day == ENTRIES.c.day,
    _LATER.c.part == ENTRIES.c.part,
    _LATER.c.revision > ENTRIES.c.revision,
    _LATER.c.sequence <= _UNTIL,
)
_OF_MAP = select(ENTRIES.c.sequence, ENTRIES.c.time).where(ENTRIES.c.map == bindparam("map"))
_STANDING = _OF_MAP.where(ENTRIES.c.sequence <= _UNTIL, ~_REPLACED).order_by(ENTRIES.c.sequence)
_LAST_BY = _OF_MAP.where(ENTRIES.c.time <= bindparam("time")).order_by(ENTRIES.c.sequence.desc()).limit(1)
_LAST_OF_ALL = select(func.max(MAPS.c.last).label("sequence"))
_FIRST = _OF_MAP.order_by(ENTRIES.c.sequence).limit(1)

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
            ensure_tables(backend)
    except BaseException:
        backend.close()
        raise
    return Log(backend)


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
            rows = self.rows(_PAGE_OF_MAP, map=map, after=after, until=until)
            yield from (_entry_of(row) for row in rows)
            if len(rows) < PAGE:
                return
            after = rows[-1].sequence

    def entry(self, sequence: int) -> Entry:
        """The entry of this number. Raises `UnknownEntry`."""
        rows = self.rows(_ONE, sequence=sequence) if 0 < sequence < NEWEST else []
        if not rows:
            raise UnknownEntry(f"the log has no entry {sequence}; `conceptmap history` lists them")
        return _entry_of(rows[0])

    def maps(self) -> list[str]:
        """The names of all maps that have entries, sorted."""
        return sorted(row.map for row in self.rows(_EVERY_MAP))

    def living_maps(self, as_of: int | None = None) -> list[str]:
        """The names of the maps of which a part (of a day up to one) is not ended, sorted."""
        return sorted(row.map for row in self.rows(_LIVING_MAPS, as_of=NEWEST if as_of is None else as_of))

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
        query = _LINES.where(ENTRIES.c.map == map, ENTRIES.c.sequence < before)
        query = query if day is None else query.where(ENTRIES.c.day == day)
        query = query if part is None else query.where(ENTRIES.c.part == part)
        query = query if as_of is None else query.where(ENTRIES.c.day <= as_of)
        return [Line(**row._mapping) for row in self.rows(query.order_by(ENTRIES.c.sequence.desc()).limit(limit))]

    def counts(self) -> dict[str, int]:
        """How many entries each map has."""
        return {row.map: row.entries for row in self.rows(_COUNTS)}

    def last(self, map: str) -> int:
        """The number of a map's last entry; 0 if it has none."""
        return next((row.last for row in self.rows(_LAST, map=map)), 0)

    def standing(self, map: str, at: int) -> list[int]:
        """The entries that counted when the log ended with this one: the last of each part, in order."""
        return [row.sequence for row in self.rows(_STANDING, map=map, until=at)]

    def entry_at(self, map: str, time: datetime) -> int | None:
        """The map's last entry that was not written later than this; None if it has none."""
        return next((row.sequence for row in self.rows(_LAST_BY, map=map, time=timestamp(time))), None)

    def first_entry(self, map: str) -> tuple[int, str] | None:
        """The number and the time of the map's first entry; None if it has none."""
        return next(((row.sequence, row.time) for row in self.rows(_FIRST, map=map)), None)

    def last_entry(self) -> int:
        """The number of the log's last entry, whichever map it belongs to; 0 for an empty log."""
        return self.rows(_LAST_OF_ALL)[0].sequence or 0

    def head(self, map: str, day: int, part: str) -> tuple[int, int] | None:
        """The revision and sequence number of a part's last entry; None if it never had one."""
        return next(((row.revision, row.sequence) for row in self.rows(_HEAD, map=map, day=day, part=part)), None)

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
        lasts = {row.map: row.last for row in self.rows(_EVERY_MAP)}
        found: dict[str, int] = {}
        revisions: Counter[tuple[str, int, str]] = Counter()
        for row in chain.from_iterable(self.pages()):
            entry = _entry_of(row)
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

    def pages(self) -> Iterator[Sequence[Row[Any]]]:
        """The rows of all entries, whatever their maps, in pages, in order."""
        after = 0
        while rows := self.rows(_ALL_PAGE, after=after):
            yield rows
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
            head = connection.execute(_HEAD, {"map": name, "day": write.day, "part": write.part}).first()
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
    connection.execute(_ADD_ENTRIES, [_values_of(entry) for entry in entries])
    if is_new:
        connection.execute(_ADD_MAP, {"map": newest.map, "last": newest.sequence})
    else:
        connection.execute(_MOVE_MAP, {"of": newest.map, "to": newest.sequence})


def _entry_of(row: Row[Any]) -> Entry:
    """The entry that a row holds."""
    return Entry(
        sequence=row.sequence,
        map=row.map,
        day=row.day,
        part=row.part,
        revision=row.revision,
        author=row.author,
        time=row.time,
        media_type=row.media_type,
        body=bytes(row.body),
        text=row.document,
    )


def _values_of(entry: Entry) -> dict[str, str | int | bytes | None]:
    """The row of an entry."""
    return {
        "sequence": entry.sequence,
        "map": entry.map,
        "day": entry.day,
        "part": entry.part,
        "revision": entry.revision,
        "author": entry.author,
        "time": entry.time,
        "media_type": entry.media_type,
        "digest": entry.digest,
        "document": entry.text,
        "body": entry.body,
    }
