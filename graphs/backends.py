"""The store's tables, and what differs between the databases that hold them.

SQLite and PostgreSQL differ in connecting, locking, numbering, noticing commits, and their errors.

Connections are in the driver's autocommit mode: a read is one statement, a write says BEGIN and COMMIT itself.
"""

import sqlite3
import time
from collections.abc import Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Protocol

from sqlalchemy import (
    URL,
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from ontology.errors import StoreCorrupted, StoreError, StoreFull, StoreUnavailable

SCHEMA_VERSION = 2
"""Raised whenever tables change; an older store gets the tables it lacks, a newer one is refused."""

METADATA = MetaData()

# BIGINT PRIMARY KEY would not be SQLite's row number, which is the cheapest key there.
_Number = BigInteger().with_variant(Integer(), "sqlite")

NUMBERS = Sequence("entry_sequence", metadata=METADATA)
"""Where PostgreSQL takes sequence numbers from; SQLite counts on from the last entry."""

STORE = Table("store", METADATA, Column("version", Integer, nullable=False))

MAPS = Table(
    "maps",
    METADATA,
    Column("map", Text, primary_key=True),
    Column("last", _Number, nullable=False),
)
"""One row a map: its last entry. A writer locks the row, so that entries of a map appear in order."""

ENTRIES = Table(
    "entries",
    METADATA,
    Column("sequence", _Number, primary_key=True, autoincrement=False),
    Column("map", Text, nullable=False),
    Column("day", Integer, nullable=False),
    Column("part", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("document", Text),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("map", "day", "part", "revision"),
    Index("entries_of_map", "map", "sequence"),
)

TOKENS = Table(
    "tokens",
    METADATA,
    Column("digest", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("map", Text),
    Column("created", Text, nullable=False),
    Column("expires", Text),
    Column("revoked", Text),
)
"""Who may do what. A token itself is never stored, only its SHA-256."""

ANSWERS = Table(
    "answers",
    METADATA,
    Column("author", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request", LargeBinary, nullable=False),
    Column("answer", Text, nullable=False),
    Column("time", Text, nullable=False, index=True),
)
"""What a write under an idempotency key was answered, so that its repetition gets the same answer."""

_LAST = select(MAPS.c.last).where(MAPS.c.map == bindparam("map"))
_LASTS = select(_LAST.scalar_subquery().label("last"), func.max(ENTRIES.c.sequence).label("number"))
_LOCKED = _LAST.with_for_update()
_DRAWN = select(NUMBERS.next_value()).select_from(func.generate_series(1, bindparam("count", type_=Integer)))
_ALL_LASTS = select(func.sum(MAPS.c.last), func.count())

_SQLITE_ADVICE = {
    sqlite3.SQLITE_BUSY: "is locked by another program; wait until it has finished, then try again",
    sqlite3.SQLITE_LOCKED: "is locked by another program; wait until it has finished, then try again",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full; free some space, then try again",
    sqlite3.SQLITE_READONLY: "is read-only; give this user the right to write the file and its folder",
    sqlite3.SQLITE_PERM: "is read-only; give this user the right to write the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder is there and may be written",
    sqlite3.SQLITE_NOTADB: "is no SQLite database; choose another file",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
}


def file_url(file: Path) -> str:
    """The URL of the store in a file, whatever characters its name has.

    >>> file_url(Path("what?.db"))
    'sqlite:///what%3F.db'
    """
    return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)


class Conflict(Exception):
    """The database asks to try this transaction again: another writer came in between."""


class Reserved(NamedTuple):
    """A map's last entry (None: it has no row yet) and the numbers of its next ones, ascending."""

    last: int | None
    numbers: list[int]


class Backend(Protocol):
    """One kind of database."""

    engine: Engine
    mark_is_local: bool
    """Whether `mark` asks nobody outside this machine, and so takes microseconds."""

    def prepare(self) -> None:
        """Make ready what a new store needs before its tables."""

    def transaction(self, connection: Connection) -> AbstractContextManager[None]:
        """A write transaction: committed at the block's end, rolled back where it raises."""

    def reserve(self, connection: Connection, name: str, count: int) -> Reserved:
        """Lock a map until the transaction's end and take the next sequence numbers for it."""

    def mark(self) -> Hashable:
        """A value that differs after every commit, by whatever process."""

    def error(self, error: Exception) -> Exception:
        """A driver's error as one that says what to do."""

    def close(self) -> None:
        """Give all connections back."""


def open_backend(url: str, timeout: float) -> Backend:
    """The backend that a store URL names. Raises `StoreUnavailable` where there is none."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable(f"{url!r} is no store URL; write for example sqlite:///map.db") from error
    try:
        if parsed.get_backend_name() == "sqlite":
            return _Sqlite(parsed, timeout)
        if parsed.get_backend_name() == "postgresql":
            return _Postgresql(parsed, timeout)
    except NoSuchModuleError as error:
        raise StoreUnavailable(f"{_shown(parsed)}: unknown driver; write postgresql://…") from error
    except ModuleNotFoundError as error:
        hint = "pip install 'conceptmap[postgres]'"
        raise StoreUnavailable(f"{_shown(parsed)}: the driver {error.name} is not installed; {hint}") from error
    raise StoreUnavailable(f"{_shown(parsed)}: no such kind of store; use sqlite:///FILE or postgresql://…")


def ensure_tables(backend: Backend) -> None:
    """Create the store's tables where they are not there. Raises `StoreUnavailable` for a newer version's."""
    where = _shown(backend.engine.url)
    with backend.engine.connect() as connection:
        if _has_tables(connection, where):
            return
        try:
            with backend.transaction(connection):
                if not _has_tables(connection, where):  # nobody made them while this process waited for the lock
                    _create_tables(connection)
        except DBAPIError:
            if not _has_tables(connection, where):  # PostgreSQL: another process was making them just then
                raise


def _has_tables(connection: Connection, where: str) -> bool:
    """Whether the store's tables are there, all that this version knows. Raises `StoreUnavailable` for a newer one."""
    names = set(inspect(connection).get_table_names())
    if STORE.name not in names:
        if clash := sorted(names & {MAPS.name, ENTRIES.name}):
            raise StoreUnavailable(f"{where} holds other tables named {', '.join(clash)}; choose another store")
        return False
    version = connection.execute(select(STORE)).scalar()
    if version is None or version > SCHEMA_VERSION:
        raise StoreUnavailable(f"{where} was made by a newer version of this program; update it to open the store")
    return bool(version == SCHEMA_VERSION)


def _create_tables(connection: Connection) -> None:
    """Create the tables that are not there and note their version, in the transaction that is open."""
    METADATA.create_all(connection)
    connection.execute(delete(STORE))
    connection.execute(insert(STORE).values(version=SCHEMA_VERSION))


@contextmanager
def acting_on(backend: Backend) -> Iterator[None]:
    """Raise what the database or its driver reports as a `StoreError`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise backend.error(error) from error


class _Sqlite:
    """A file (or memory) of this machine: WAL, and every commit is on disk before it is acknowledged."""

    mark_is_local = True

    def __init__(self, url: URL, timeout: float) -> None:
        self._url = url
        self._timeout = timeout
        self._in_memory = url.database in (None, "", ":memory:")
        self._commits = 0
        self._watch: sqlite3.Connection | None = None
        self._watching = Lock()
        self.engine = create_engine(
            url,
            isolation_level="AUTOCOMMIT",
            poolclass=QueuePool,
            pool_size=1 if self._in_memory else 4,
            max_overflow=0 if self._in_memory else 60,
            connect_args={"timeout": timeout, "check_same_thread": False},
        )
        event.listen(self.engine, "connect", self._configure)
        event.listen(self.engine, "checkin", self._count)

    def prepare(self) -> None:
        """Create the folder and switch the file to WAL; a switch by another process at the same time is waited for."""
        if self._in_memory:
            return
        if not (self._url.query.get("uri") or str(self._url.database).startswith("file:")):
            Path(str(self._url.database)).parent.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + self._timeout
        while not self._has_wal(until):
            time.sleep(0.02)

    @contextmanager
    def transaction(self, connection: Connection) -> Iterator[None]:
        # Straight to the driver: SQLAlchemy's way costs a tenth of a small append.
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("BEGIN IMMEDIATE")
        try:
            yield
            driver.execute("COMMIT")
        except BaseException:
            driver.rollback()
            raise

    def reserve(self, connection: Connection, name: str, count: int) -> Reserved:
        # BEGIN IMMEDIATE has locked the whole file.
        row = connection.execute(_LASTS, {"map": name}).one()
        first = (row.number or 0) + 1
        return Reserved(row.last, list(range(first, first + count)))

    def mark(self) -> Hashable:
        if self._in_memory:
            return self._commits
        with self._watching:  # threads share the connection, and what one asks would end what another reads
            if self._watch is None:
                pooled = self.engine.raw_connection()
                driver = pooled.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                pooled.detach()
                self._watch = driver
            mark: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
            return mark

    def close(self) -> None:
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self.engine.dispose()

    def error(self, error: Exception) -> StoreError:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        code = getattr(cause, "sqlite_errorcode", None)
        where = _shown(self._url)
        for primary, advice in _SQLITE_ADVICE.items():
            if code is not None and code & 0xFF == primary:
                kind = StoreFull if primary == sqlite3.SQLITE_FULL else StoreUnavailable
                return kind(f"{where} {advice} ({cause})")
        if code is not None and code & 0xFF == sqlite3.SQLITE_CORRUPT:
            return StoreCorrupted(f"{where} is damaged; restore it from a backup ({cause})")
        return StoreUnavailable(f"{where} cannot be used: {cause}")

    def _has_wal(self, until: float) -> bool:
        try:
            with self.engine.connect() as connection:
                mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
                return mode == "wal" or connection.exec_driver_sql("PRAGMA journal_mode=WAL").scalar() == "wal"
        except DBAPIError as error:
            busy = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if busy and time.monotonic() < until:
                return False
            raise

    def _configure(self, connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA synchronous=FULL")

    def _count(self, connection: sqlite3.Connection | None, _entry: ConnectionPoolEntry) -> None:
        # Only the memory store needs it: its one connection cannot see its own commits as changes.
        if self._in_memory and connection is not None:
            self._commits = connection.total_changes


class _Postgresql:
    """A PostgreSQL server, or an engine that speaks its protocol.

    Sequence numbers are drawn under the lock of the map's row, so within a map a later number is
    never visible before an earlier one; across maps it may be.
    """

    mark_is_local = False

    def __init__(self, url: URL, timeout: float) -> None:
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        self._url = url
        given = url.query.get("options", "")
        settings = f"{given if isinstance(given, str) else ' '.join(given)} -c lock_timeout={int(timeout * 1000)}"
        self.engine = create_engine(
            url,
            isolation_level="AUTOCOMMIT",
            pool_pre_ping=True,
            connect_args={"options": settings, "connect_timeout": max(2, int(timeout))},
        )

    def prepare(self) -> None:
        """Nothing: the server and the database are made by who runs them."""

    @contextmanager
    def transaction(self, connection: Connection) -> Iterator[None]:
        connection.exec_driver_sql("BEGIN")
        try:
            yield
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.connection.rollback()
            raise

    def reserve(self, connection: Connection, name: str, count: int) -> Reserved:
        last = connection.execute(_LOCKED, {"map": name}).scalar()
        numbers = connection.execute(_DRAWN, {"count": count}).scalars()
        return Reserved(last, sorted(numbers))

    def mark(self) -> Hashable:
        # The greatest number would not do: maps commit out of order. Each map's last number only grows.
        with self.engine.connect() as connection:
            return tuple(connection.execute(_ALL_LASTS).one())

    def close(self) -> None:
        self.engine.dispose()

    def error(self, error: Exception) -> Exception:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        state = getattr(cause, "sqlstate", None)
        if state in ("40001", "40P01", "23505"):  # serialisation failure, deadlock, both wrote the first entry
            return Conflict(str(cause))
        where, said = _shown(self._url), " ".join(str(cause).split())
        if state == "55P03":
            return StoreUnavailable(f"{where}: the map is locked by another writer; try again ({said})")
        if state == "53100":
            return StoreFull(f"{where}: the server's disk is full ({said})")
        if state is not None and state.startswith("XX"):
            return StoreCorrupted(f"{where} reports damaged data; restore it from a backup ({said})")
        return StoreUnavailable(f"{where} cannot be used; check the URL and that the server runs ({said})")


def _shown(url: URL) -> str:
    """The URL for messages, without its password."""
    return url.render_as_string(hide_password=True)
