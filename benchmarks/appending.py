"""Appending: one day's document into the log, against a bare SQLite commit of the same bytes, both synchronous=FULL."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.course import sample_documents
from benchmarks.timing import Table, Way, timed
from conceptmap.notes import NoteDocument
from graphs.entries import Write, canonical_json
from graphs.log import Log, open_log


def run() -> Iterator[Table]:
    """Two tables: the smallest day of the sample course, and the largest."""
    notes = sorted(sample_documents(), key=lambda one: len(one.body))
    yield _compared(notes[0])
    yield _compared(notes[-1])


def _compared(note: NoteDocument) -> Table:
    write = Write(note.document.day, note.document.part, note.document, note.body, "text/markdown", "ada")
    kilobytes = (len(write.body) + len(canonical_json(note.document))) / 1000
    with (
        TemporaryDirectory() as folder,
        closing(open_log(f"sqlite:///{folder}/log.db")) as log,
        closing(_bare(Path(folder) / "bare.db")) as bare,
    ):
        ways = {"bare SQLite commit": _commit(bare, write), "conceptmap append": _append(log, write)}
        return timed(f"Appending a day, {kilobytes:.0f} kB", ways, rounds=100, goal="at most 2x")


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE entries (sequence INTEGER PRIMARY KEY, body BLOB, document TEXT)")
    return connection


def _commit(connection: sqlite3.Connection, write: Write) -> Way:
    assert write.document
    text = canonical_json(write.document)

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO entries (body, document) VALUES (?, ?)", (write.body, text))
        connection.execute("COMMIT")

    return commit


def _append(log: Log, write: Write) -> Way:
    time = datetime(2026, 1, 1, tzinfo=UTC)
    last = 0

    def append() -> None:
        nonlocal last
        last = log.append("course", [write], after=last, time=time, first_day=1)[-1].sequence

    return append
