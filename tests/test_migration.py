"""Stores of schemas 1 and 2 are brought forward when they are opened, whole or not at all."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from graphs.backends import _PostgresqlConnection, _SqliteConnection, open_backend
from graphs.entries import canonical_json
from graphs.log import Log, open_log
from graphs.standing import Mark
from graphs.statements import SCHEMA_VERSION, Statement
from graphs.tokens import Tokens
from ontology.errors import StoreCorrupted
from ontology.model import Document
from small_maps import document, edge, node

ROOT = Path(__file__).parent.parent
TIME = "2026-01-01T00:00:00.000000Z"

OLD_TABLES = (
    "CREATE TABLE store (version INTEGER NOT NULL)",
    "CREATE TABLE maps (map TEXT NOT NULL PRIMARY KEY, last BIGINT NOT NULL)",
    """CREATE TABLE entries (
        sequence BIGINT NOT NULL PRIMARY KEY, map TEXT NOT NULL, day INTEGER NOT NULL, part TEXT NOT NULL,
        revision INTEGER NOT NULL, author TEXT NOT NULL, time TEXT NOT NULL, media_type TEXT NOT NULL,
        digest BLOB NOT NULL, document TEXT, body BLOB NOT NULL, UNIQUE (map, day, part, revision)
    )""",
    "CREATE INDEX entries_of_map ON entries (map, sequence)",
)
SECOND_TABLES = (
    """CREATE TABLE tokens (
        digest BLOB NOT NULL PRIMARY KEY, name TEXT NOT NULL, scope TEXT NOT NULL, map TEXT,
        created TEXT NOT NULL, expires TEXT, revoked TEXT
    )""",
    """CREATE TABLE answers (
        author TEXT NOT NULL, key TEXT NOT NULL, request BLOB NOT NULL, answer TEXT NOT NULL, time TEXT NOT NULL,
        PRIMARY KEY (author, key)
    )""",
    "CREATE INDEX ix_answers_time ON answers (time)",
)


@dataclass
class Old:
    """A row of the old table of entries."""

    sequence: int
    map: str
    day: int
    part: str
    revision: int
    document: Document | None
    author: str = "ada"
    time: str = TIME
    media_type: str = "text/markdown"
    body: bytes = b"# Yeast\n"

    def values(self) -> dict[str, object]:
        """The row, with the digest that schemas 1 and 2 made of it."""
        text = None if self.document is None else canonical_json(self.document)
        said = None if text is None else hashlib.sha256(text.encode()).hexdigest()
        fields = [self.sequence, self.map, self.day, self.part, self.revision, self.author, self.time, self.media_type]
        whole = json.dumps([*fields, hashlib.sha256(self.body).hexdigest(), said], separators=(",", ":")).encode()
        return {**vars(self), "document": text, "digest": hashlib.sha256(whole).digest()}


FERMENTED = document(2, node("Yeast"), node("Dough"), edge("Dough", "requires", "Yeast"), part="b.md")
ENTRIES = (
    Old(1, "bread", 2, "b.md", 1, document(2, node("Yeast"), part="b.md")),
    Old(2, "tea", 1, "a.md", 1, document(1, node("Leaf"), part="a.md")),
    Old(3, "bread", 1, "a.md", 1, document(1, node("Salt"), part="a.md"), body=b""),
    Old(5, "bread", 2, "b.md", 2, FERMENTED),
    Old(6, "bread", 1, "a.md", 2, None),
    Old(7, "tea", 1, "a.md", 2, None),
)


class Store:
    """A store as plain SQL sees it, of either kind."""

    def __init__(self, url: str) -> None:
        self.url = url

    def run(self, text: str, **values: object) -> list[tuple[object, ...]]:
        backend = open_backend(self.url, 5)
        backend.prepare(create=True)
        with closing(backend), backend.connection() as connection:
            if isinstance(connection, _SqliteConnection):
                return connection.raw.execute(text, values).fetchall()
            assert isinstance(connection, _PostgresqlConnection)
            text = re.sub(r":(\w+)", r"%(\1)s", text.replace("BLOB", "BYTEA"))
            cursor = connection.raw.execute(text.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def fill(self, version: int, entries: Sequence[Old]) -> None:
        for text in (*OLD_TABLES, *(SECOND_TABLES if version == 2 else ())):
            self.run(text)
        self.run("INSERT INTO store (version) VALUES (:version)", version=version)
        for name in {entry.map for entry in entries}:
            last = max(entry.sequence for entry in entries if entry.map == name)
            self.run("INSERT INTO maps (map, last) VALUES (:map, :last)", map=name, last=last)
        for entry in entries:
            row = entry.values()
            names = ", ".join(row)
            self.run(f"INSERT INTO entries ({names}) VALUES ({', '.join(f':{name}' for name in row)})", **row)

    @property
    def version(self) -> object:
        return self.run("SELECT version FROM store")[0][0]


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "sqlite":
        return Store(f"sqlite:///{tmp_path}/store.db")
    return Store(request.getfixturevalue("postgres_store"))


def opened(store: Store) -> Log:
    return open_log(store.url, create=False)


@pytest.mark.parametrize("version", [1, 2])
def test_entries_keep_all_that_they_had_and_get_kind_counts_and_chain(store: Store, version: int) -> None:
    store.fill(version, ENTRIES)
    with closing(opened(store)) as log:
        log.verify()
        assert store.version == SCHEMA_VERSION
        for old in ENTRIES:
            new = log.entry(old.map, old.sequence)
            assert (new.day, new.part, new.revision) == (old.day, old.part, old.revision)
            assert (new.author, new.time, new.media_type, new.body) == (old.author, TIME, old.media_type, old.body)
            assert (new.document, new.kind) == (old.document, "put" if old.document else "end")
        assert log.marks("bread") == [
            Mark(1, "put", None, 2, "b.md"),
            Mark(3, "put", None, 1, "a.md"),
            Mark(5, "put", None, 2, "b.md"),
            Mark(6, "end", None, 1, "a.md"),
        ]
        counts = [entry.counts for entry in log.entries("bread")]
        assert counts == [(1, 0, 0), (1, 0, 0), (2, 0, 0), (0, 0, 1)]


def test_maps_keep_their_names_and_what_stands_and_their_sizes_are_unknown(store: Store) -> None:
    store.fill(2, ENTRIES)
    with closing(opened(store)) as log:
        assert (log.maps(), log.last("bread"), log.last("tea")) == (["bread", "tea"], 6, 7)
        assert (log.living_maps(), log.living_maps(as_of=1), log.living_maps(as_of=2)) == (["bread"], [], ["bread"])
        assert log.sizes() == {"bread": None, "tea": None}


def test_tokens_and_answers_are_kept(store: Store) -> None:
    store.fill(2, ENTRIES)
    token = "cmap_secret"
    values = {"digest": hashlib.sha256(token.encode()).digest(), "name": "ada", "scope": "append", "created": TIME}
    store.run("INSERT INTO tokens VALUES (:digest, :name, :scope, NULL, :created, NULL, NULL)", **values)
    answer = {"author": "ada", "key": "once", "request": b"\x01", "answer": '{"map":"tea"}', "time": TIME}
    store.run("INSERT INTO answers VALUES (:author, :key, :request, :answer, :time)", **answer)
    with closing(opened(store)) as log:
        grant = Tokens(log).find(token)
        assert grant and (grant.name, grant.scope, grant.created) == ("ada", "append", TIME)
        found = log.rows(Statement.ANSWER, map="tea", author="ada", key="once")
        assert found == [(b"\x01", '{"map":"tea"}')]


WRONG = {
    "a body": ("UPDATE entries SET body = :bytes WHERE sequence = 5", "entry 5 .*is not what was written"),
    "an author": ("UPDATE entries SET author = 'eve' WHERE sequence = 3", "entry 3 .*is not what was written"),
    "a lost entry": ("DELETE FROM entries WHERE sequence = 1", "an entry before entry 5 .*is missing"),
    "a lost end": ("DELETE FROM entries WHERE sequence = 6", "entry 6, the last of map 'bread', is missing"),
    "a lost map": ("DELETE FROM maps WHERE map = 'tea'", "entries of a map that it does not list"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_store_that_is_not_what_was_written_is_left_as_it_is(store: Store, wrong: str) -> None:
    store.fill(2, ENTRIES)
    statement, message = WRONG[wrong]
    store.run(statement, **({"bytes": b"?"} if ":bytes" in statement else {}))
    before = store.run("SELECT * FROM entries ORDER BY sequence")
    for _ in range(2):
        with pytest.raises(StoreCorrupted, match=message):
            opened(store)
    assert (store.version, store.run("SELECT * FROM entries ORDER BY sequence")) == (2, before)


def test_processes_that_open_it_at_once_all_find_it_brought_forward(store: Store) -> None:
    store.fill(1, ENTRIES)
    code = "import sys; from graphs.log import open_log; log = open_log(sys.argv[1], create=False); log.verify()"
    command = [sys.executable, "-W", "error", "-c", f"{code}; log.close()", store.url]
    openers = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [opener.wait(60) for opener in openers] == [0, 0, 0]
    with closing(opened(store)) as log:
        assert log.counts() == {"bread": 4, "tea": 2}


def test_a_crash_in_between_leaves_the_old_store(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/store.db")
    store.fill(2, ENTRIES)
    code = f"""
import os, sys
from graphs import migration
from graphs.log import open_log
migration._copy_tokens = lambda connection: os._exit(9)
open_log({store.url!r})
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 9
    assert (store.version, store.run("SELECT count(*) FROM entries")) == (2, [(len(ENTRIES),)])
    with closing(opened(store)) as log:
        log.verify()
