"""The log: an append-only list of entries of each map, durable once `append` has returned, and its points in time."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic

from graphs.backends import Backend, Conflict, Connection, Row, Value, acting_on, no_store, open_backend
from graphs.entries import (
    Entry,
    Line,
    Stored,
    Write,
    canonical_json,
    chained,
    entry_from,
    entry_of,
    first_link,
    read_text,
    timestamp,
    values_of,
)
from graphs.fold import Event, PartKey
from graphs.loss import broken, changed_tokens, examine, glance, missing, report, report_gone, unseen_entries
from graphs.migration import bring_forward
from graphs.standing import Mark
from graphs.statements import PAGE, SCHEMA_VERSION, TABLE_NAMES, TABLES, Statement
from graphs.witness import Seen, Witness
from ontology.errors import StoreCorrupted, StoreUnavailable, UnknownEntry
from ontology.told import Told, telling

_log = logging.getLogger(__name__)

NEWEST = 2**62
"""Stands for a number behind every entry, small enough for the databases' whole numbers."""

MOST_WRITTEN = 10_000
"""Maps that a process knows to have written to: more than it writes to while a replica catches up."""

Sizes = tuple[int, int]
"""How many nodes and edges a map's newest state has."""

Beside = Callable[[Connection, Sequence[Entry]], None]
"""What is to be written in the same transaction as entries, for example what the writer was answered."""


class Behind(Exception):
    """The map has entries that the writer has not seen; catch up, check the writes again, and append again."""


Reading = Callable[..., list[Row]]
"""Finds the rows of a statement with its values, as `Log.rows` and `Connection.execute` do."""


def entry_pages(read: Reading, map: str, after: int = 0, until: int = NEWEST) -> Iterator[list[Row]]:
    """The rows of a map's entries behind one number and up to another, in order, page by page."""
    while rows := read(Statement.ENTRIES, map=map, after=after, until=until):
        yield rows
        if len(rows) < PAGE:
            return
        after = entry_of(rows[-1]).sequence


def open_log(url: str, timeout: float = 10.0, *, create: bool = True, check: bool = True) -> "Log":
    """Open the log at a store URL; where there is none it is made, unless `create` is false.

    `sqlite:///file.db` is a file, `sqlite://` memory, `postgresql://…` a server. `timeout` is how many seconds to wait
    for other writers. A store of an older version is brought forward first. Unless `check` is false, what the store's
    witness saw is looked for. Raises `StoreUnavailable`, also where there is no store and none is to be made, or
    `StoreCorrupted` where entries are missing or not what was written, as far as that can be seen at once.
    """
    backend = open_backend(url, timeout)
    try:
        with acting_on(backend):
            file = backend.witness()
            witness = Witness(file) if file else None
            seen = witness.read() if witness else {}
            is_wanted = check or not create
            if is_wanted and file and backend.file and not backend.file.exists():
                report_gone(backend.where, seen, file)
            backend.prepare(create=create)
            with backend.connection() as connection:
                is_new = "store" not in connection.tables()
                if is_new and is_wanted and file:
                    report_gone(backend.where, seen, file)
                if is_new and create and check and witness:
                    witness.make()  # before the tables, so that no other process finds a store without one
                is_known = _ensure_tables(backend, connection, create=create)
                if check:
                    report(backend.where, glance(connection, seen))
            log = Log(backend, witness)
            if check:
                log.bear_witness(seen if is_new or is_known else None)
            return log
    except BaseException:
        backend.close()
        raise


class Log:
    """The entries of every map of a store. Threads and processes may share a store; a fork opens its own log."""

    def __init__(self, backend: Backend, witness: Witness | None = None) -> None:
        self._backend = backend
        self._witness = witness
        self._written: OrderedDict[str, int] = OrderedDict()
        self.written_at = 0.0
        """When something was appended through this log last (monotonic, in seconds)."""

    # Writing.

    def append(
        self,
        map: str,
        writes: Sequence[Write],
        after: int,
        time: datetime,
        *,
        first_day: int | None,
        sizes: Sizes | None = None,
        beside: Beside | None = None,
    ) -> list[Entry]:
        """Add entries in one transaction, all or none; once this returns they survive a power cut.

        `after` is the last entry of the map that the writes were checked against; `first_day` is then the smallest day
        that has a standing part (None: nothing stands) and `sizes` those of the newest state (None: unknown). `beside`
        is called in the transaction, and what it raises undoes all. Raises `Behind` where the map has newer entries,
        and `InvalidDocument` where JSON cannot hold a document.
        """
        if not writes:
            return []
        if any((write.document is None) != (write.kind == "end") for write in writes):
            raise ValueError("a put and an add say something, an end does not")
        texts = [None if write.document is None else canonical_json(write.document) for write in writes]
        nodes, edges = sizes or (None, None)
        with self._transaction() as connection:
            last = _locked(connection, map, after)
            link = first_link(map) if not last else _link_of(connection, map, last)
            entries = _numbered(connection, map, writes, texts, last=last or 0, link=link, time=timestamp(time))
            connection.execute_many(Statement.ADD_ENTRY, [values_of(entry) for entry in entries])
            move = Statement.ADD_MAP if last is None else Statement.MOVE_MAP
            newest = entries[-1].sequence
            connection.execute(move, map=map, last=newest, first_day=first_day, nodes=nodes, edges=edges)
            if beside is not None:
                beside(connection, entries)
        if self._witness:
            self._witness.add(Seen(map, newest, entries[-1].chain.hex(), entries[-1].time))
        self._note_written(map, newest)
        return entries

    def erase(
        self,
        map: str,
        ends: Sequence[Write],
        after: int,
        time: datetime,
        *,
        first_day: int | None,
        sizes: Sizes | None = None,
    ) -> list[Entry]:
        """Append ends of media type `ERASED` and take document and bytes out of the entries that they name.

        Digests and chain stay, and so do author, part and times. What the authors of these entries were answered
        under idempotency keys goes too. The arguments are those of `append`.
        """
        stamp = timestamp(time)

        def wipe(connection: Connection, entries: Sequence[Entry]) -> None:
            for entry in entries:
                rows = connection.execute(Statement.ENTRY, map=map, sequence=entry.target)
                if not rows:
                    raise UnknownEntry(f"map {map!r} has no entry {entry.target}")
                named = entry_of(rows[0])
                if named.erased is None:
                    connection.execute(Statement.ERASE, map=map, sequence=named.sequence, time=stamp, nothing=b"")
                connection.execute(Statement.FORGET_ANSWERS_TO, map=map, author=named.author)

        made = self.append(map, ends, after, time, first_day=first_day, sizes=sizes, beside=wipe)
        with acting_on(self._backend):
            if not self._backend.scrub():
                _log.warning(
                    "%s is in use by another program: what was erased may stay in its files until that ends; then run "
                    "VACUUM and PRAGMA wal_checkpoint(TRUNCATE) on it",
                    self._backend.where,
                )
        return made

    def transact(self, action: Callable[[Connection], None]) -> None:
        """Do something to the tables beside the entries in one transaction. Raises `Behind` where to try again."""
        with self._transaction() as connection:
            action(connection)

    def written(self, map: str) -> int:
        """The last entry that was appended to a map through this log; 0 if none was lately."""
        return self._written.get(map, 0)

    def _note_written(self, map: str, newest: int) -> None:
        self.written_at = monotonic()
        self._written[map] = newest
        self._written.move_to_end(map)
        if len(self._written) > MOST_WRITTEN:
            self._written.popitem(last=False)

    # Entries.

    def entries(self, map: str, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """The entries of a map behind one number and up to another, in order, with all that they hold."""
        for rows in entry_pages(self.rows, map, after, NEWEST if until is None else until):
            yield from (entry_of(row) for row in rows)

    def entry(self, map: str, sequence: int) -> Entry:
        """The entry of this number. Raises `UnknownEntry`."""
        rows = self.rows(Statement.ENTRY, map=map, sequence=sequence) if 0 < sequence < NEWEST else []
        if not rows:
            raise UnknownEntry(f"the log has no entry {sequence}; `conceptmap history` lists them")
        return entry_of(rows[0])

    def events(
        self, map: str, after: int = 0, until: int | None = None, only: Sequence[int] | None = None
    ) -> Iterator[Event]:
        """The entries of a map (or `only` these, by number) as the fold takes them, in order, without their bytes.

        An erased entry has no document. Raises `StoreCorrupted` where a document cannot be read.
        """
        for stored in self.stored(map, after, until, None if only is None else sorted(only)):
            sequence, kind, target, day, part, author, time, text = stored
            document = None if text is None else read_text(text, f"entry {sequence} of map {map!r}")
            yield Event(sequence, PartKey(day, part), document, author, time, kind, target)

    def stored(
        self, map: str, after: int = 0, until: int | None = None, only: Sequence[int] | None = None
    ) -> Iterator[Stored]:
        """The same with documents as they are stored; `only` these come about in the order in which they are given."""
        pages = self._event_pages(map, after, NEWEST if until is None else until) if only is None else None
        for rows in pages or self._chosen_event_pages(map, only or ()):
            yield from (Stored(*row) for row in rows)

    def marks(self, map: str, until: int | None = None, day: int | None = None, part: str | None = None) -> list[Mark]:
        """The entries of a map (of one part: its `day` and name) up to a number, in order, without what they say.

        Those of a whole map are compared with its chain. Raises `StoreCorrupted` where one is missing.
        """
        until = NEWEST if until is None else until
        if day is not None and part is not None:
            rows = self.rows(Statement.MARKS_OF_PART, map=map, day=day, part=part, until=until)
            return [Mark(*row) for row in rows]
        marks: list[Mark] = []
        link = first_link(map)
        for *mark, digest, chain in self.rows(Statement.MARKS, map=map, until=until):
            link = chained(link, digest)
            if link != chain:
                report(self.where, [broken(map, marks[-1].sequence if marks else 0, mark[0])])
            marks.append(Mark(*mark))
        return marks

    def lines(
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
        last_day = min(NEWEST if one is None else one for one in (day, as_of))
        days = {"first_day": day or 0, "last_day": last_day}
        return [
            _line_of(row) for row in self.rows(Statement.LINES, map=map, before=before, part=part, limit=limit, **days)
        ]

    def lines_of_days(self, map: str, first: int, last: int, until: int) -> list[Line]:
        """All entries of these days up to a number as lines, by day, part and revision."""
        days = {"first_day": first, "last_day": last}
        return [_line_of(row) for row in self.rows(Statement.LINES_OF_DAYS, map=map, until=until, **days)]

    def head(self, map: str, day: int, part: str) -> tuple[int, int] | None:
        """The revision and number of a part's last entry; None if it never had one."""
        return next(((row[0], row[1]) for row in self.rows(Statement.HEAD, map=map, day=day, part=part)), None)

    def revision(self, map: str, day: int, part: str) -> int:
        """The revision that a part is at; 0 if it never had one."""
        head = self.head(map, day, part)
        return head[0] if head else 0

    # Maps, and points in time.

    def maps(self) -> list[str]:
        """The names of all maps that have entries, sorted."""
        return sorted(row[0] for row in self.rows(Statement.MAPS))

    def living_maps(self, as_of: int | None = None) -> list[str]:
        """The names of the maps in which something stands (of a day up to one), sorted."""
        until = NEWEST if as_of is None else as_of
        rows = self.rows(Statement.MAPS)
        return sorted(name for name, _, first_day, *_ in rows if first_day is not None and first_day <= until)

    def sizes(self) -> dict[str, Sizes | None]:
        """How many nodes and edges the newest state of each map has; None where no writer has said so yet."""
        rows = self.rows(Statement.MAPS)
        return {name: None if nodes is None else (nodes, edges) for name, _, _, nodes, edges in sorted(rows)}

    def counts(self) -> dict[str, int]:
        """How many entries each map has."""
        return {name: self.rows(Statement.COUNT, map=name)[0][0] for name in self.maps()}

    def last(self, map: str) -> int:
        """The number of a map's last entry; 0 if it has none."""
        return next((row[0] for row in self.rows(Statement.LAST, map=map)), 0)

    def link(self, map: str, sequence: int) -> bytes | None:
        """The link of a map's chain at an entry, which covers it and all before it; None where it has no such entry."""
        return next((row[0] for row in self.rows(Statement.CHAIN, map=map, sequence=sequence)), None)

    def entry_at(self, map: str, time: datetime) -> int | None:
        """The map's last entry that was not written later than this; None if it has none."""
        return next((row[0] for row in self.rows(Statement.ENTRY_AT, map=map, time=timestamp(time))), None)

    def first_entry(self, map: str) -> tuple[int, str] | None:
        """The number and the time of the map's first entry; None if it has none."""
        return next(((row[0], row[1]) for row in self.rows(Statement.FIRST_ENTRY, map=map)), None)

    def mark(self, map: str) -> Hashable:
        """A value that differs after any commit to this map by any process; on SQLite it costs microseconds."""
        try:
            return self._backend.mark(map)
        except self._backend.errors:  # only then: each answer asks for a mark
            with acting_on(self._backend):
                raise

    def is_behind(self, mark: Hashable, entry: int) -> bool:
        """Whether a log that may be behind others (a replica's) was so at a mark, or just at this entry."""
        return False

    def check_mark(self, map: str, mark: Hashable) -> None:
        """Raise `StoreCorrupted` where the map no longer has the entry at which a mark was taken.

        So it is after a failover to a standby that had not got all. A file that took another's place is noticed by
        `mark` itself.
        """
        if self.mark_is_local or not isinstance(mark, tuple):
            return
        last, link = mark
        if self.link(map, last) != link:
            before = next((row[0] for row in self.rows(Statement.BEFORE, map=map, sequence=last)), 0)
            report(self.where, [missing(map, min(before + 1, last), last)])

    @property
    def mark_is_local(self) -> bool:
        """Whether `mark` takes microseconds, because it asks nobody outside this machine."""
        return self._backend.mark_is_local

    # The store.

    @property
    def backend(self) -> Backend:
        """The database that holds it."""
        return self._backend

    @property
    def age(self) -> float | None:
        """How many seconds old what is read may be; None where nothing newer was acknowledged."""
        return None

    @property
    def where(self) -> str:
        """The store's URL for messages, without its password."""
        return self._backend.where

    @property
    def file(self) -> Path | None:
        """The file that holds the store; None where no file of this machine does."""
        return self._backend.file

    def rows(self, statement: Statement, **values: Value) -> list[Row]:
        """What a statement finds."""
        with acting_on(self._backend), self._backend.connection() as connection:
            return connection.execute(statement, **values)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that reads one state of the store, whatever others write meanwhile."""
        with acting_on(self._backend), self._backend.connection() as connection, connection.snapshot():
            yield connection

    def losses(self, told: Told | None = None) -> Iterator[str]:
        """All that is missing or not what was written: everything is read, and it is told how far that is."""
        seen = self._witness.read() if self._witness else {}
        of, done = sum(self.counts().values()), 0
        for name in sorted({*self.maps(), *seen}):
            yield from examine(name, self.last(name), seen.get(name), telling(self.entries(name), told, of, done))
            done += self.last(name)
            newest = self.rows(Statement.BEFORE, map=name, sequence=NEWEST)
            if newest and newest[0][0] > (last := self.last(name)):
                yield f"map {name!r} is said to end at entry {last}, but has entry {newest[0][0]}"
        with acting_on(self._backend), self._backend.connection() as connection:
            yield from changed_tokens(connection)

    def verify(self, told: Told | None = None) -> None:
        """Read everything and compare. Raises `StoreCorrupted`, naming what is missing or not what was written."""
        report(self._backend.where, list(self.losses(told)))

    def seen_maps(self) -> list[str]:
        """The maps of which the store or its witness knows entries, sorted."""
        return sorted({*self.maps(), *(self._witness.read() if self._witness else ())})

    @property
    def witness(self) -> Path | None:
        """The file of the store's witness; None where it has none."""
        return self._witness.file if self._witness else None

    def bear_witness(self, seen: Mapping[str, Seen] | None = None) -> None:
        """Bring the witness, which has `seen` these entries, up to date; without them it is written anew."""
        if self._witness is None:
            return
        with acting_on(self._backend), self._backend.connection() as connection:
            unseen = unseen_entries(connection, seen or {})
        if seen is None:
            self._witness.write(unseen)
            return
        if unseen and not self._witness.file.exists():
            _log.warning(
                "%s has no witness, so nothing tells whether entries are missing; %s will from now on",
                self._backend.where,
                self._witness.file,
            )
        for one in unseen:
            self._witness.add(one)

    def close(self) -> None:
        """Give all connections back."""
        self._backend.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with acting_on(self._backend), self._backend.connection() as connection, connection.transaction():
                yield connection
        except Conflict as error:
            raise Behind from error

    def _event_pages(self, map: str, after: int, until: int) -> Iterator[list[Row]]:
        while rows := self.rows(Statement.EVENTS, map=map, after=after, until=until):
            yield rows
            after = rows[-1][0]

    def _chosen_event_pages(self, map: str, only: Sequence[int]) -> Iterator[list[Row]]:
        for start in range(0, len(only), PAGE):
            chosen = only[start : start + PAGE]
            padded = [*chosen, *[chosen[-1]] * (PAGE - len(chosen))]
            names = {f"n{number}": sequence for number, sequence in enumerate(padded)}
            yield self.rows(Statement.CHOSEN_EVENTS, map=map, **names)


def _ensure_tables(backend: Backend, connection: Connection, *, create: bool) -> bool:
    """Make the store's tables, or bring those of an older version forward, unless all is as it should be (true)."""
    if _has_tables(connection, backend.where):
        return True
    is_old = "store" in connection.tables()
    if not (create or is_old):
        raise no_store(backend.where)
    try:
        with connection.transaction():
            if is_old:
                connection.execute(Statement.LOCK_STORE)  # SQLite has locked the whole file anyway
            if not _has_tables(connection, backend.where):  # nobody made them while this process waited for the lock
                _make_tables(connection)
    except backend.errors:
        # On PostgreSQL another process may have made them just then.
        if is_old or not _has_tables(connection, backend.where):
            raise
    return False


def _has_tables(connection: Connection, where: str) -> bool:
    """Whether the store's tables are there, as this version knows them. Raises `StoreUnavailable` for a newer one."""
    names = connection.tables()
    if "store" not in names:
        if clash := sorted(names & TABLE_NAMES):
            raise StoreUnavailable(f"{where} holds other tables named {', '.join(clash)}; choose another store")
        return False
    version = next((row[0] for row in connection.execute(Statement.VERSION)), None)
    if not isinstance(version, int) or version < 1:
        said = "has no row" if version is None else f"says {version!r}"
        what = f"{where}: the table `store`, which tells the version of a store, {said}"
        raise StoreCorrupted(f"{what}; restore a backup, or choose another store if this is no store of conceptmap")
    if version > SCHEMA_VERSION:
        raise StoreUnavailable(f"{where} was made by a newer version of this program; update it to open the store")
    return bool(version == SCHEMA_VERSION)


def _make_tables(connection: Connection) -> None:
    """Make the tables and note their version, in the transaction that is open."""
    if "store" in connection.tables():
        bring_forward(connection)
        return
    for text in TABLES:
        connection.define(text)
    connection.execute(Statement.ADD_VERSION, version=SCHEMA_VERSION)


def _locked(connection: Connection, name: str, after: int) -> int | None:
    """The map's last entry (None: it has no row yet), locked until the transaction's end."""
    last: int | None = next((row[0] for row in connection.execute(Statement.LOCK_MAP, map=name)), None)
    if (last or 0) > after:
        raise Behind(f"map {name!r} is at entry {last}, the writer at {after}")
    if (last or 0) < after:
        raise StoreCorrupted(
            f"map {name!r} ends at entry {last or 0}, but entry {after} was read before; restore a backup"
        )
    return last


def _link_of(connection: Connection, name: str, sequence: int) -> bytes:
    for row in connection.execute(Statement.CHAIN, map=name, sequence=sequence):
        link: bytes = row[0]
        return link
    raise StoreCorrupted(f"entry {sequence}, the last of map {name!r}, is missing; restore a backup")


def _numbered(
    connection: Connection,
    name: str,
    writes: Sequence[Write],
    texts: Sequence[str | None],
    *,
    last: int,
    link: bytes,
    time: str,
) -> list[Entry]:
    """The entries that the writes become behind the map's last one; a part may come several times."""
    revisions: dict[tuple[int, str], int] = {}
    entries = []
    for sequence, (write, text) in enumerate(zip(writes, texts, strict=True), last + 1):
        part = (write.day, write.part)
        if part not in revisions:
            head = connection.execute(Statement.HEAD, map=name, day=write.day, part=write.part)
            revisions[part] = head[0][0] if head else 0
        revisions[part] += 1
        entry = entry_from(name, write, text, sequence=sequence, revision=revisions[part], time=time, link=link)
        entries.append(entry)
        link = entry.chain
    return entries


def _line_of(row: Row) -> Line:
    *head, added, changed, removed, erased = row
    return Line(*(*head, (added, changed, removed), erased))
