"""All SQL of the store: its tables, and each statement on them once.

`:name` is a parameter. Both databases take the same text, but for what `backends` changes in it: SQLite knows no row
locks (a write locks the whole file), PostgreSQL no `WITHOUT ROWID` and another name for bytes.

Every statement on `entries`, and every one of a write, binds the map, so maps may be spread over machines by it. What
does not looks at all maps: the list of them (`MAPS`), a backup (`ANSWERS`), and answers that are swept out.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

SCHEMA_VERSION = 3
"""Raised whenever tables change; an older store is brought forward, a newer one is refused."""

PAGE = 100
"""How many entries are fetched at once: a reader never holds a connection or a long snapshot."""

TABLES = (
    "CREATE TABLE store (version INTEGER NOT NULL)",
    # A map's last entry, its smallest day with a standing part (NULL: nothing stands), and the sizes of its newest
    # state (NULL: unknown). A writer locks the row, so that entries of a map appear in order.
    """CREATE TABLE maps (
        map TEXT NOT NULL PRIMARY KEY,
        last BIGINT NOT NULL,
        first_day INTEGER,
        nodes INTEGER,
        edges INTEGER
    ) WITHOUT ROWID""",
    # In the order in which they are read most: SQLite keeps the first few hundred bytes of a row beside its key and
    # a large document and body in pages of their own, so that lists of entries do not pass over them.
    """CREATE TABLE entries (
        map TEXT NOT NULL,
        sequence BIGINT NOT NULL,
        kind TEXT NOT NULL,
        target BIGINT,
        day INTEGER NOT NULL,
        part TEXT NOT NULL,
        revision INTEGER NOT NULL,
        author TEXT NOT NULL,
        time TEXT NOT NULL,
        media_type TEXT NOT NULL,
        reader TEXT NOT NULL,
        root TEXT,
        added INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        removed INTEGER NOT NULL,
        digest BLOB NOT NULL,
        chain BLOB NOT NULL,
        erased TEXT,
        document TEXT,
        body BLOB NOT NULL,
        PRIMARY KEY (map, sequence),
        UNIQUE (map, day, part, revision)
    ) WITHOUT ROWID""",
    # Who may do what. A token itself is never stored, only its SHA-256; "check" is one over all other fields.
    """CREATE TABLE tokens (
        digest BLOB NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        scope TEXT NOT NULL,
        map TEXT,
        created TEXT NOT NULL,
        expires TEXT,
        revoked TEXT,
        "check" BLOB NOT NULL
    )""",
    # What a write under an idempotency key was answered, so that its repetition gets the same answer.
    """CREATE TABLE answers (
        map TEXT NOT NULL,
        author TEXT NOT NULL,
        key TEXT NOT NULL,
        request BLOB NOT NULL,
        answer TEXT NOT NULL,
        time TEXT NOT NULL,
        PRIMARY KEY (map, author, key)
    )""",
    "CREATE INDEX answers_by_time ON answers (time)",
    # Copies that this store knows of: they keep what is erased here.
    "CREATE TABLE backups (file TEXT NOT NULL, time TEXT NOT NULL, PRIMARY KEY (file, time))",
)
TABLE_NAMES = frozenset({"store", "maps", "entries", "tokens", "answers", "backups"})

RATES_TABLE = """CREATE UNLOGGED TABLE IF NOT EXISTS rates (
    client BLOB NOT NULL PRIMARY KEY,
    busy DOUBLE PRECISION NOT NULL
)"""
"""Until when each client is busy (see `rates`), in seconds since 1970. Only on PostgreSQL, and no part of what a store
holds: it has no version, and no backup has it."""

LEARNED_TABLE = """CREATE TABLE IF NOT EXISTS learned (
    store TEXT NOT NULL,
    map TEXT NOT NULL,
    learner TEXT NOT NULL,
    node TEXT NOT NULL,
    time TEXT NOT NULL,
    author TEXT NOT NULL,
    PRIMARY KEY (store, map, learner, node)
)"""
"""What learners have learned (see `learners`): beside a store in a file it is in a file of its own, else no part of
what the store holds; no backup has it."""

OLD = "old_"
"""Stands before the names of an older version's tables while they are read."""

_ENTRY = (
    "map, sequence, kind, target, day, part, revision, author, time, media_type, reader, root, "
    "added, changed, removed, digest, chain, erased, document, body"
)
_EVENT = "sequence, kind, target, day, part, author, time, document"
_MARK = "sequence, kind, target, day, part"
_LINE = (
    "sequence, kind, target, day, part, revision, author, time, media_type, reader, root, "
    "added, changed, removed, erased"
)
_TOKEN = 'digest, name, scope, map, created, expires, revoked, "check"'
_LEARNED = "store, map, learner, node, time, author"
_ANSWER = "map, author, key, request, answer, time"


def _values(columns: str) -> str:
    """The parameters of an insert into these columns."""
    return ", ".join(":" + column.strip('"') for column in columns.split(", "))


class Statement(StrEnum):
    """What may be asked of a store, and done to it."""

    VERSION = "SELECT version FROM store"
    ADD_VERSION = "INSERT INTO store (version) VALUES (:version)"
    SET_VERSION = "UPDATE store SET version = :version"
    LOCK_STORE = "UPDATE store SET version = version"

    MAPS = "SELECT map, last, first_day, nodes, edges FROM maps"
    LAST = "SELECT last FROM maps WHERE map = :map"
    MARK = (
        "SELECT maps.last, entries.chain FROM maps JOIN entries "
        "ON entries.map = maps.map AND entries.sequence = maps.last WHERE maps.map = :map"
    )
    LOCK_MAP = "SELECT last FROM maps WHERE map = :map FOR UPDATE"
    FORGET_MAP = "DELETE FROM maps WHERE map = :map"
    ADD_MAP = "INSERT INTO maps (map, last, first_day, nodes, edges) VALUES (:map, :last, :first_day, :nodes, :edges)"
    MOVE_MAP = "UPDATE maps SET last = :last, first_day = :first_day, nodes = :nodes, edges = :edges WHERE map = :map"

    ADD_ENTRY = f"INSERT INTO entries ({_ENTRY}) VALUES ({_values(_ENTRY)})"
    ENTRY = f"SELECT {_ENTRY} FROM entries WHERE map = :map AND sequence = :sequence"
    ENTRIES = (
        f"SELECT {_ENTRY} FROM entries WHERE map = :map AND sequence > :after AND sequence <= :until "
        f"ORDER BY sequence LIMIT {PAGE}"
    )
    EVENTS = (
        f"SELECT {_EVENT} FROM entries WHERE map = :map AND sequence > :after AND sequence <= :until "
        f"ORDER BY sequence LIMIT {PAGE}"
    )
    CHOSEN_EVENTS = (
        f"SELECT {_EVENT} FROM entries WHERE map = :map AND sequence IN "
        f"({', '.join(f':n{number}' for number in range(PAGE))}) ORDER BY sequence"
    )
    MARKS = f"SELECT {_MARK}, digest, chain FROM entries WHERE map = :map AND sequence <= :until ORDER BY sequence"
    MARKS_OF_PART = (
        f"SELECT {_MARK} FROM entries WHERE map = :map AND day = :day AND part = :part AND +sequence <= :until "
        "ORDER BY revision"  # and `+`: SQLite would look at each entry of the map in turn, with what it says
    )
    LINES = (
        f"SELECT {_LINE} FROM entries WHERE map = :map AND sequence < :before "
        "AND day >= :first_day AND day <= :last_day AND (CAST(:part AS TEXT) IS NULL OR part = :part) "
        "ORDER BY sequence DESC LIMIT :limit"
    )
    LINES_OF_DAYS = (
        f"SELECT {_LINE} FROM entries WHERE map = :map AND day >= :first_day AND day <= :last_day "
        "AND +sequence <= :until ORDER BY day, part, revision"
    )
    HEAD = (
        "SELECT revision, sequence FROM entries WHERE map = :map AND day = :day AND part = :part "
        "ORDER BY revision DESC LIMIT 1"
    )
    CHAIN = "SELECT chain, time FROM entries WHERE map = :map AND sequence = :sequence"
    BEFORE = "SELECT sequence FROM entries WHERE map = :map AND sequence < :sequence ORDER BY sequence DESC LIMIT 1"
    COUNT = "SELECT count(*) FROM entries WHERE map = :map"
    ENTRY_AT = "SELECT sequence FROM entries WHERE map = :map AND time <= :time ORDER BY sequence DESC LIMIT 1"
    FIRST_ENTRY = "SELECT sequence, time FROM entries WHERE map = :map ORDER BY sequence LIMIT 1"
    REWRITE = (
        "UPDATE entries SET digest = :digest, chain = :chain, erased = :time WHERE map = :map AND sequence = :sequence"
    )
    ERASE = (
        "UPDATE entries SET document = NULL, body = :nothing, erased = :time WHERE map = :map AND sequence = :sequence"
    )

    TOKENS = f"SELECT {_TOKEN} FROM tokens ORDER BY created, name"
    TOKEN = f"SELECT {_TOKEN} FROM tokens WHERE digest = :digest"
    STANDING_TOKENS = f"SELECT {_TOKEN} FROM tokens WHERE name = :name AND revoked IS NULL"
    ADD_TOKEN = f"INSERT INTO tokens ({_TOKEN}) VALUES ({_values(_TOKEN)})"
    REVOKE_TOKEN = 'UPDATE tokens SET revoked = :revoked, "check" = :check WHERE digest = :digest'

    ANSWER = "SELECT request, answer FROM answers WHERE map = :map AND author = :author AND key = :key"
    ANSWERS = f"SELECT {_ANSWER} FROM answers"
    ADD_ANSWER = f"INSERT INTO answers ({_ANSWER}) VALUES ({_values(_ANSWER)})"
    FORGET_OLD_ANSWERS = "DELETE FROM answers WHERE map = :map AND time < :before"
    FORGET_ALL_OLD_ANSWERS = "DELETE FROM answers WHERE time < :before"
    FORGET_ALL_ANSWERS_TO = "DELETE FROM answers WHERE author = :author"
    FORGET_ANSWERS_TO = "DELETE FROM answers WHERE map = :map AND author = :author"

    BACKUPS = "SELECT file, time FROM backups ORDER BY time, file"
    ADD_BACKUP = "INSERT INTO backups (file, time) VALUES (:file, :time)"

    # What learners have learned.

    LEARNED = (
        "SELECT node, time, author FROM learned WHERE store = :store AND map = :map AND learner = :learner "
        "ORDER BY time, node"
    )
    LEARNED_MAPS = "SELECT DISTINCT map FROM learned WHERE store = :store AND learner = :learner ORDER BY map"
    ADD_LEARNED = (
        f"INSERT INTO learned ({_LEARNED}) VALUES ({_values(_LEARNED)}) "
        "ON CONFLICT (store, map, learner, node) DO NOTHING"
    )
    FORGET_LEARNED = "DELETE FROM learned WHERE store = :store AND map = :map AND learner = :learner AND node = :node"
    FORGET_LEARNER = "DELETE FROM learned WHERE store = :store AND map = :map AND learner = :learner"

    # Rates, on PostgreSQL. A row comes back where the request may be made.

    # A time that is far ahead was left by a clock that went wrong.
    TAKE = (
        "INSERT INTO rates AS old (client, busy) VALUES (:client, extract(epoch FROM now()) + :each) "
        "ON CONFLICT (client) DO UPDATE SET "
        "busy = greatest(least(old.busy, extract(epoch FROM now()) + :most - :each), extract(epoch FROM now())) "
        "+ :each "
        "WHERE old.busy + :each * 0.99 <= extract(epoch FROM now()) + :most "
        "OR old.busy > extract(epoch FROM now()) + 2 * :most + 60 RETURNING 1"
    )
    WAIT = (
        "SELECT CAST(busy + :each - :most - extract(epoch FROM now()) AS DOUBLE PRECISION) "
        "FROM rates WHERE client = :client"
    )
    FORGET_IDLE = "DELETE FROM rates WHERE busy < extract(epoch FROM now())"

    # How far a PostgreSQL server's write-ahead log goes, and how far a replica has got (NULL: it is none), in bytes.

    WRITTEN = "SELECT CAST(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS BIGINT)"
    REPLAYED = (
        "SELECT CASE WHEN pg_is_in_recovery() THEN CAST(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') AS BIGINT) END"
    )

    # The tables of schemas 1 and 2, while a store is brought forward.

    OLD_MAPS = f"SELECT map, last FROM {OLD}maps"
    OLD_ENTRIES = (
        "SELECT sequence, map, day, part, revision, author, time, media_type, body, document, digest "
        f"FROM {OLD}entries WHERE map = :map AND sequence > :after ORDER BY sequence LIMIT {PAGE}"
    )
    OLD_COUNT = f"SELECT count(*) FROM {OLD}entries"
    OLD_TOKENS = f"SELECT digest, name, scope, map, created, expires, revoked FROM {OLD}tokens"
    OLD_ANSWERS = f"SELECT author, key, request, answer, time FROM {OLD}answers"


def named(statement: Statement, row: Sequence[Any]) -> dict[str, Any]:
    """A row as the parameters of the statement that adds it: where rows are read and added, columns stand alike.

    >>> named(Statement.ADD_BACKUP, ("/backups/maps.db", "2026-11-24T20:00:00.000000Z"))
    {'file': '/backups/maps.db', 'time': '2026-11-24T20:00:00.000000Z'}
    """
    return dict(zip(re.findall(r":(\w+)", statement), row, strict=True))
