"""What differs between the databases that hold a store: connecting, locking, noticing commits, and their errors.

Connections are in the driver's autocommit mode: a read is one statement, a write says BEGIN and COMMIT itself.
"""

import hashlib
import os
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl, quote, unquote, urlencode

from graphs.statements import Statement
from ontology.errors import NoStore, StoreCorrupted, StoreError, StoreFull, StoreReplaced, StoreUnavailable

if TYPE_CHECKING:
    import psycopg

Value = str | int | float | bytes | None
Row = tuple[Any, ...]

MAX_IDLE = 4
"""Connections that are kept for their next use: more threads than that seldom ask at the same moment."""

WITNESS = ".witness"
"""The suffix of the file of a store's witness."""

_URL = re.compile(r"(?P<kind>[a-z][a-z0-9]*)(?:\+(?P<driver>\w*))?://(?P<rest>.*)", re.DOTALL)
_PARAMETER = re.compile(r":(\w+)")

_SQLITE_ADVICE = {
    sqlite3.SQLITE_BUSY: "is locked by another program; wait until it has finished, then try again",
    sqlite3.SQLITE_LOCKED: "is locked by another program; wait until it has finished, then try again",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full; free some space, then try again",
    sqlite3.SQLITE_READONLY: "is read-only; give this user the right to write the file and its folder",
    sqlite3.SQLITE_PERM: "is read-only; give this user the right to write the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder is there and may be written",
    sqlite3.SQLITE_NOTADB: "is not a SQLite database, so it holds no maps; choose another file",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
}


def file_url(file: Path) -> str:
    """The URL of the store in a file, whatever characters its name has.

    >>> file_url(Path("what?.db"))
    'sqlite:///what%3F.db'
    """
    return f"sqlite:///{quote(str(file), safe='/ ')}"


class Conflict(Exception):
    """The database asks to try this transaction again: another writer came in between."""


class Unconfirmed(Exception):
    """A commit that the server did not confirm to be on all the disks that it is set to wait for."""


class Connection(Protocol):
    """A connection to the store. Statements are acknowledged one by one, or together in a transaction."""

    def execute(self, statement: Statement, **values: Value) -> list[Row]:
        """What a statement finds: rows in the order of its columns; none where it only writes."""

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Value]]) -> None:
        """A writing statement once for each row of values."""

    def define(self, text: str) -> None:
        """Create, rename or drop a table or a sequence."""

    def tables(self) -> set[str]:
        """The names of the tables that are there."""

    def transaction(self) -> AbstractContextManager[None]:
        """A write transaction: committed at the block's end, rolled back where it raises."""

    def snapshot(self) -> AbstractContextManager[None]:
        """What is read in the block is one state, whatever others write meanwhile."""


class Backend(Protocol):
    """One kind of database. `where` is the store's URL for messages, without its password."""

    where: str
    file: Path | None
    """The file that holds the store; None where no file of this machine does."""

    errors: tuple[type[Exception], ...]
    """What its driver raises."""

    mark_is_local: bool
    """Whether `mark` asks nobody outside this machine, and so takes microseconds."""

    def prepare(self, *, create: bool) -> None:
        """Make ready what a store needs before its tables. Raises `StoreUnavailable` where `create` is needed."""

    def connection(self) -> AbstractContextManager[Connection]:
        """A connection for the time of the block."""

    def mark(self, name: str) -> Hashable:
        """A value that differs after every commit to this map, by whatever process.

        Where it is not local it is the map's last entry and the link of the chain at it; None where it has none.
        """

    def witness(self) -> Path | None:
        """The file of the store's witness; None where the store goes with the process."""

    def beside(self, name: str) -> str | None:
        """The URL of a small store that goes with this one and may be in a file of this name; None where none can."""

    def scrub(self) -> bool:
        """Take bytes that a transaction removed out of the database's files; whether that is done."""

    def error(self, error: Exception) -> Exception:
        """A driver's error as one that says what to do."""

    def close(self) -> None:
        """Close all connections."""


def open_backend(url: str, timeout: float) -> Backend:
    """The backend that a store URL names. Raises `StoreUnavailable` where there is none."""
    parsed = _URL.fullmatch(url)
    if parsed is None:
        raise _no_url(url, url)
    where, driver = shown(url), parsed["driver"]
    if parsed["kind"] == "sqlite":
        if driver not in (None, "pysqlite"):
            raise StoreUnavailable(f"{where}: unknown driver; write sqlite://…")
        return _Sqlite(where, parsed["rest"], timeout)
    if parsed["kind"] == "postgresql":
        if driver not in (None, "psycopg"):
            raise StoreUnavailable(f"{where}: unknown driver; write postgresql://…")
        return _Postgresql(where, f"postgresql://{parsed['rest']}", timeout)
    raise StoreUnavailable(f"{where}: no such kind of store; use sqlite:///FILE or postgresql://…")


def _no_url(text: str, file: str) -> StoreUnavailable:
    """The error for a store that is named by no URL, perhaps by its file."""
    example = f"sqlite:///{file}" if file and ":" not in file else "sqlite:///maps.db"
    return StoreUnavailable(f"{text!r} is not a store URL; for a file write {example}")


def shown(url: str) -> str:
    """A store's URL for messages, without its password.

    >>> shown("postgresql://eve:secret@db.example.org/maps?password=secret")
    'postgresql://eve:***@db.example.org/maps?password=***'
    """
    url = re.sub(r"://([^:/?]*):[^?]*@", r"://\1:***@", url)
    return re.sub(r"([?&](?:ssl)?password)=[^&]*", r"\1=***", url)


@contextmanager
def acting_on(backend: Backend) -> Iterator[None]:
    """Raise what the database or its driver reports as a `StoreError`."""
    try:
        yield
    except backend.errors as error:
        raise backend.error(error) from error


class _Pooled(Connection, Protocol):
    """A connection that is kept for its next use."""

    def is_usable(self) -> bool:
        """Whether it stands and no transaction is open."""

    def close(self) -> None:
        """End it."""


class _Pool:
    """Connections that wait for their next use; where all are in use, another is made.

    Not psycopg's pool: SQLite needs one too, and that one says of a server that is gone only that it waited in vain.
    """

    def __init__(self, connect: Callable[[], _Pooled]) -> None:
        self._connect = connect
        self._idle: list[_Pooled] = []
        self._is_open = True

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        connection = self._taken()
        try:
            yield connection
        finally:
            if len(self._idle) < MAX_IDLE and connection.is_usable():
                self._idle.append(connection)
            else:
                connection.close()
            if not self._is_open:  # another thread may have closed the pool since
                self.close()

    def close(self) -> None:
        self._is_open = False
        for connection in self._waiting():
            connection.close()

    def _taken(self) -> _Pooled:
        for connection in self._waiting():
            if connection.is_usable():
                return connection
            connection.close()
        return self._connect()

    def _waiting(self) -> Iterator[_Pooled]:
        """Those that wait, each taken out of the pool; other threads take some at the same time."""
        while self._idle:
            try:
                yield self._idle.pop()
            except IndexError:  # another thread was quicker
                return


# --- SQLite


@cache
def _sqlite_text(statement: Statement) -> str:
    return statement.value.removesuffix(" FOR UPDATE")  # BEGIN IMMEDIATE has locked the whole file


class _SqliteConnection:
    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    def execute(self, statement: Statement, **values: Value) -> list[Row]:
        return self.raw.execute(_sqlite_text(statement), values).fetchall()

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Value]]) -> None:
        self.raw.executemany(_sqlite_text(statement), rows)

    def define(self, text: str) -> None:
        if not text.startswith("DROP SEQUENCE"):  # which only PostgreSQL ever had
            self.raw.execute(text)

    def tables(self) -> set[str]:
        return {name for (name,) in self.raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._between("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._between("BEGIN"):
            yield

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        self.raw.execute(begin)
        try:
            yield
            self.raw.execute("COMMIT")
        except BaseException:
            self.raw.rollback()
            raise

    def is_usable(self) -> bool:
        return not self.raw.in_transaction

    def close(self) -> None:
        self.raw.close()


class _Sqlite:
    """A file (or memory) of this machine: WAL, and every commit is on disk before it is acknowledged."""

    mark_is_local = True
    errors: tuple[type[Exception], ...] = (sqlite3.Error, OSError)

    def __init__(self, where: str, rest: str, timeout: float) -> None:
        self.where = where
        self._timeout = timeout
        self._name, self._is_uri = _sqlite_name(where, rest)
        self._in_memory = self._name == ":memory:"
        self.file = None if self._in_memory or self._is_uri else Path(self._name).absolute()
        self._create = True
        self._identity: tuple[int, int] | None = None
        self._watch: sqlite3.Connection | None = None
        self._watching = Lock()
        self._pool = _Pool(self._connect)
        self._only: _SqliteConnection | None = None
        self._using = Lock()
        self._commits = 0
        self._is_open = True

    def prepare(self, *, create: bool) -> None:
        """Switch the file to WAL; a switch by another process at the same time is waited for."""
        if self._in_memory:
            return
        if self.file:
            if not self.file.parent.is_dir():
                raise NoStore(f"{self.where}: there is no folder {self.file.parent}; check the name, or make it")
            if self.file.is_dir():
                file = file_url(Path(self._name) / "maps.db")
                raise NoStore(f"{self.where} is a folder; name a file in it, such as {file}")
            if not (create or self.file.exists()):
                raise no_store(self.where)
            self._create = create
        until = time.monotonic() + self._timeout
        while not self._has_wal(until):
            time.sleep(0.02)
        if self.file:
            self._identity = _identity(self.file)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        if not self._in_memory:
            self._check_place()
            with self._pool.connection() as connection:
                yield connection
            return
        # A memory store is its one connection.
        if not self._using.acquire(timeout=self._timeout):
            raise StoreUnavailable(f"{self.where} is in use by another thread; try again")
        try:
            self._check_open()
            if self._only is None:
                self._only = self._connect()
            yield self._only
            self._commits = self._only.raw.total_changes
        finally:
            self._using.release()

    def mark(self, name: str) -> Hashable:
        if self._in_memory:
            return self._commits  # its one connection cannot see its own commits as changes
        self._check_place()
        with self._watching:  # threads share the connection, and what one asks would end what another reads
            self._check_open()
            if self._watch is None:
                self._watch = self._connect().raw
            mark: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
            return mark

    def witness(self) -> Path | None:
        return self.file and self.file.with_name(self.file.name + WITNESS)

    def beside(self, name: str) -> str | None:
        if self._in_memory:
            return "sqlite://"
        return file_url(self.file.with_name(name)) if self.file else None

    def scrub(self) -> bool:
        """Write the file anew, without what lies in free pages, and empty the write-ahead log."""
        with self._pool.connection() as connection:
            assert isinstance(connection, _SqliteConnection)
            try:
                connection.raw.execute("VACUUM")
                ((is_busy, *_),) = connection.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except sqlite3.OperationalError:  # another program reads or writes, or the disk is full
                return False
            return not is_busy

    def close(self) -> None:
        self._is_open = False
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        if self._only is not None:
            with self._using:  # SQLite crashes where a connection is closed that another thread reads from
                self._only.close()
        self._pool.close()

    def error(self, error: Exception) -> StoreError:
        code = getattr(error, "sqlite_errorcode", None)
        for primary, advice in _SQLITE_ADVICE.items():
            if code is not None and code & 0xFF == primary:
                kind = StoreFull if primary == sqlite3.SQLITE_FULL else StoreUnavailable
                return kind(f"{self.where} {advice} ({error})")
        if code is not None and code & 0xFF == sqlite3.SQLITE_CORRUPT:
            return StoreCorrupted(f"{self.where} is damaged; restore it from a backup ({error})")
        return StoreUnavailable(f"{self.where} cannot be used: {error}")

    def _check_open(self) -> None:
        """Raise `StoreUnavailable` where the store was closed: what a thread opened now, nobody would close."""
        if not self._is_open:
            raise StoreUnavailable(f"{self.where} was closed; open it again")

    def _check_place(self) -> None:
        """Raise `StoreReplaced` where the file that was opened is not in its place; it costs a microsecond."""
        if self.file and self._identity and _identity(self.file) != self._identity:
            raise StoreReplaced(
                f"{self.where}: the file was removed, or another took its place, while it was in use; nothing is "
                "written to either: start this program again once the right file is in its place"
            )

    def _connect(self) -> _SqliteConnection:
        name, is_uri = str(self.file or self._name), self._is_uri
        if self.file and not self._create:  # a file that was removed meanwhile is not made again
            name, is_uri = f"file:{quote(name)}?mode=rw", True
        raw = sqlite3.connect(name, timeout=self._timeout, isolation_level=None, check_same_thread=False, uri=is_uri)
        try:
            raw.execute("PRAGMA synchronous=FULL")
            raw.execute("PRAGMA secure_delete=ON")  # what is erased does not stay in free pages
        except BaseException:
            raw.close()
            raise
        return _SqliteConnection(raw)

    def _has_wal(self, until: float) -> bool:
        try:
            with self._pool.connection() as connection:
                assert isinstance(connection, _SqliteConnection)
                modes = (connection.raw.execute(f"PRAGMA journal_mode{to}").fetchone()[0] for to in ("", "=WAL"))
                return "wal" in modes
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if busy and time.monotonic() < until:
                return False
            raise


def _identity(file: Path) -> tuple[int, int] | None:
    """What tells a file from all others, whatever their names; None where there is none."""
    try:
        found = os.stat(file)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def no_store(where: str) -> NoStore:
    """The error where a store is not there and must not be made."""
    make = f"conceptmap --store {where} load NOTES"
    return NoStore(f"{where}: there is no store; check the name, or make one: {make}")


def _sqlite_name(where: str, rest: str) -> tuple[str, bool]:
    """The file name for the driver, and whether it is a URI of SQLite's own. Raises `StoreUnavailable`.

    >>> _sqlite_name("", "/file:/srv/maps.db?mode=ro&uri=true")
    ('file:/srv/maps.db?mode=ro', True)
    """
    path, _, query = rest.partition("?")
    if path and not path.startswith("/"):
        raise _no_url(where, rest)
    name = unquote(path[1:]) or ":memory:"
    options = dict(parse_qsl(query, keep_blank_values=True))
    if options.pop("uri", "") in ("true", "1"):
        return (f"{name}?{urlencode(options)}" if options else name), True
    if options:
        raise StoreUnavailable(f"{where}: options are for SQLite's own URIs; write sqlite:///file:PATH?…&uri=true")
    return name, False


# --- PostgreSQL

READ_ONLY = "25006"
"""What a standby answers to a write (SQLSTATE)."""

_POSTGRESQL_SETTINGS: Mapping[str, Any] = {
    # A server that is gone without a word is noticed within half a minute, not after TCP's quarter of an hour.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


@cache
def _postgresql_text(statement: Statement) -> bytes:
    return _PARAMETER.sub(r"%(\1)s", statement.value.replace("%", "%%")).encode()


class _PostgresqlConnection:
    """Nothing of a session is relied on between two transactions: a pooler may give each to another one."""

    def __init__(self, raw: "psycopg.Connection[Any]", lock_seconds: float) -> None:
        self.raw = raw
        # One message, so it costs no round trip; what is set ends with the transaction. A statement_timeout would
        # break off the wait for a standby, after which the server commits all the same.
        milliseconds = int(lock_seconds * 1000)
        self._begin = f"BEGIN; SET LOCAL lock_timeout = {milliseconds}; SET LOCAL statement_timeout = 0".encode()
        self._warnings: list[str] = []
        raw.add_notice_handler(self._noted)

    def execute(self, statement: Statement, **values: Value) -> list[Row]:
        cursor = self.raw.execute(_postgresql_text(statement), values, binary=True)
        return cursor.fetchall() if cursor.description else []

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Value]]) -> None:
        with self.raw.cursor() as cursor:
            cursor.executemany(_postgresql_text(statement), rows)

    def define(self, text: str) -> None:
        text = text.removesuffix(" WITHOUT ROWID").replace(" BLOB", " BYTEA")
        self.raw.execute(text.encode())

    def tables(self) -> set[str]:
        found = self.raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return {name for (name,) in found}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._between(self._begin):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._between(b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield

    @contextmanager
    def _between(self, begin: bytes) -> Iterator[None]:
        self.raw.execute(begin)
        try:
            yield
            self._commit()
        except BaseException as error:
            if getattr(error, "sqlstate", None) == READ_ONLY:
                self.raw.close()  # the next connection may find the primary
            if not self.raw.closed:
                self.raw.rollback()
            raise

    def _commit(self) -> None:
        """Commit. Raises `Unconfirmed` where the server says less than that it is as durable as it is set to be."""
        self._warnings.clear()
        done = self.raw.execute("COMMIT").statusmessage
        if done != "COMMIT":
            raise Unconfirmed(f"it answered COMMIT with {done}")
        if self._warnings:  # a wait for the standby was broken off: the server commits all the same, and only warns
            raise Unconfirmed("; ".join(self._warnings))

    def _noted(self, notice: "psycopg.errors.Diagnostic") -> None:
        if notice.severity_nonlocalized == "WARNING":
            self._warnings.append(" ".join(filter(None, (notice.message_primary, notice.message_detail))))

    def is_usable(self) -> bool:
        """Whether it stands: a server that ends a connection says so on it, before anything is asked."""
        if self.raw.closed or self.raw.info.transaction_status.name != "IDLE":
            return False
        with DefaultSelector() as selector:
            selector.register(self.raw.fileno(), EVENT_READ)
            return not selector.select(0)

    def close(self) -> None:
        self.raw.close()


class _Postgresql:
    """A PostgreSQL server, or an engine that speaks its protocol.

    Entries are numbered under the lock of the map's row, so within a map a later number is never visible before an
    earlier one.
    """

    mark_is_local = False
    file: Path | None = None

    def __init__(self, where: str, url: str, timeout: float) -> None:
        try:
            import psycopg  # noqa: PLC0415 (only who uses PostgreSQL has it, or waits for it)
            from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 (likewise)
        except ImportError as error:
            install = f"{sys.executable} -m pip install 'psycopg[binary]'"
            raise StoreUnavailable(f"{where}: the driver psycopg is not installed: {install}") from error
        self.where = where
        self._url = url
        try:
            given = conninfo_to_dict(url)
        except psycopg.ProgrammingError:
            raise StoreUnavailable(
                f"{where} is not the URL of a PostgreSQL database"
            ) from None  # it may tell the password
        self.errors: tuple[type[Exception], ...] = (psycopg.Error, OSError, Unconfirmed)
        self._hosts, self._ports = str(given.get("host", "")).split(","), str(given.get("port", ""))
        settings = {**_POSTGRESQL_SETTINGS, "connect_timeout": max(2, int(timeout / len(self._hosts))), **given}
        if len(self._hosts) > 1:
            settings.setdefault("target_session_attrs", "read-write")  # of several hosts one is the primary
        self._pool = _Pool(lambda: self._connected(settings, timeout))

    def _connected(self, settings: Mapping[str, Any], timeout: float) -> _PostgresqlConnection:
        """A new connection. No statement is prepared on the server, where a pooler would not find it again."""
        import psycopg  # noqa: PLC0415 (as above)

        raw = psycopg.connect(autocommit=True, prepare_threshold=None, **settings)
        return _PostgresqlConnection(raw, timeout)

    def prepare(self, *, create: bool) -> None:
        """Nothing: the server and the database are made by who runs them."""

    def connection(self) -> AbstractContextManager[Connection]:
        return self._pool.connection()

    def mark(self, name: str) -> Hashable:
        with self._pool.connection() as connection:
            return next(iter(connection.execute(Statement.MARK, map=name)), None)

    def witness(self) -> Path | None:
        """A file in the user's data folder: no two stores have one name, and the name tells nobody where they are."""
        from platformdirs import user_data_path  # noqa: PLC0415 (a SQLite store has no need of it)

        with self._pool.connection() as connection:
            assert isinstance(connection, _PostgresqlConnection)
            ((schema,),) = connection.raw.execute("SELECT current_schema()").fetchall()
            info = connection.raw.info
            # Of several hosts all, whichever is the primary now: the next one must have what this one acknowledged.
            host, port = ",".join(self._hosts), self._ports
            if len(self._hosts) == 1:
                host, port = info.host, str(info.port)
            store = "\n".join([host, port, info.dbname, str(schema)])
        name = hashlib.sha256(store.encode()).hexdigest()[:32]
        return user_data_path("conceptmap") / "witnesses" / f"{name}{WITNESS}"

    def beside(self, name: str) -> str | None:
        """The same database: what goes with it has tables of its own there."""
        return self._url

    def scrub(self) -> bool:
        """Nothing: the server writes over removed bytes when it vacuums."""
        return True

    def close(self) -> None:
        self._pool.close()

    def error(self, error: Exception) -> Exception:
        state = getattr(error, "sqlstate", None)
        if state in ("40001", "40P01", "23505"):  # serialisation failure, deadlock, both wrote the first entry
            return Conflict(str(error))
        said = " ".join(str(error).split())
        if state == "55P03":
            return StoreUnavailable(f"{self.where}: the map is locked by another writer; try again ({said})")
        if state == READ_ONLY:
            return StoreUnavailable(
                f"{self.where} is read-only, so it is a standby; name the primary too, as in "
                f"postgresql://HOST,OTHER/DATABASE ({said})"
            )
        if isinstance(error, Unconfirmed):
            return StoreUnavailable(
                f"{self.where} has not confirmed that the write is on all disks that it should be on, so it may be "
                f"lost with the server; write it again, with the same Idempotency-Key if it had one ({said})"
            )
        if state == "53100":
            return StoreFull(f"{self.where}: the server's disk is full ({said})")
        if state is not None and state.startswith("XX"):
            return StoreCorrupted(f"{self.where} reports damaged data; restore it from a backup ({said})")
        return StoreUnavailable(f"{self.where} cannot be used; check the URL and that the server runs ({said})")
