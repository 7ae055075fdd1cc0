"""The log: durable, ordered, shared by processes, and honest about damage."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from psycopg import OperationalError

from graphs.backends import Connection, _PostgresqlConnection, _SqliteConnection, open_backend
from graphs.entries import ERASED, Entry, Write, canonical_json, chained, digest_of, first_link
from graphs.log import Behind, Log, open_log
from graphs.standing import Mark
from graphs.statements import PAGE
from ontology.errors import InvalidDocument, NoStore, StoreCorrupted, StoreReplaced, StoreUnavailable, UnknownEntry
from ontology.gate import read
from ontology.model import Document, Node

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROOT = Path(__file__).parent.parent


def document(day: int = 1, part: str = "a.md", text: str = "Rises.") -> Document:
    return Document(
        map="bread", day=day, part=part, nodes=(Node(id="yeast", kind="Concept", label="Yeast", text=text),)
    )


def write(day: int = 1, part: str = "a.md", text: str | None = "Rises.", body: bytes = b"# Yeast\n") -> Write:
    said = None if text is None else document(day, part, text)
    return Write(day, part, said, body, "text/markdown", "ada", "put" if said else "end")


def put(log: Log, *writes: Write, map: str = "bread", at: datetime = NOON) -> list[Entry]:
    return log.append(map, writes, log.last(map), at, first_day=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.db"
    store: str = request.getfixturevalue("postgres_store")
    return store


@pytest.fixture
def log(url: str) -> Iterator[Log]:
    log = open_log(url)
    yield log
    log.close()


@pytest.fixture
def file_log(tmp_path: Path) -> Iterator[Log]:
    log = open_log(f"sqlite:///{tmp_path}/store.db", timeout=0.2)
    yield log
    log.close()


# --- What an entry keeps


def test_an_entry_keeps_all_that_was_written(log: Log) -> None:
    (made,) = put(log, write(text="Eats sugar."), at=datetime(2026, 3, 1, 14, tzinfo=timezone(timedelta(hours=2))))
    (read,) = log.entries("bread")
    assert read == made == log.entry("bread", made.sequence)
    assert (read.map, read.day, read.part, read.revision, read.author) == ("bread", 1, "a.md", 1, "ada")
    assert (read.time, read.media_type, read.body) == ("2026-03-01T12:00:00.000000Z", "text/markdown", b"# Yeast\n")
    assert read.document == document(text="Eats sugar.")


def test_any_bytes_come_back(log: Log) -> None:
    body = bytes(range(256)) * 50
    put(log, write(body=body))
    assert next(log.entries("bread")).body == body


def test_revisions_count_per_part_and_deletes_count(log: Log) -> None:
    put(log, write(1, "a.md"), write(1, "b.md"), write(1, "a.md", None), write(2, "a.md"))
    put(log, write(1, "a.md"))
    found = [(entry.day, entry.part, entry.revision) for entry in log.entries("bread")]
    assert found == [(1, "a.md", 1), (1, "b.md", 1), (1, "a.md", 2), (2, "a.md", 1), (1, "a.md", 3)]


def test_the_end_of_a_part_has_no_document(log: Log) -> None:
    put(log, write(), write(text=None))
    assert [entry.document is None for entry in log.entries("bread")] == [False, True]


def test_an_entry_is_an_event_of_the_fold(log: Log) -> None:
    (entry,) = put(log, write(day=3))
    assert (entry.event.sequence, entry.event.key, entry.event.document) == (entry.sequence, (3, "a.md"), document(3))


def end(target: int | None, day: int = 1, part: str = "a.md", media_type: str = "application/ld+json") -> Write:
    return Write(day, part, None, b"", media_type, "ada", "end", target)


def test_an_entry_keeps_its_kind_its_target_its_counts_and_where_it_was_read_from(log: Log) -> None:
    added = replace(write(), kind="add", reader="3", root="/notes", counts=(4, 2, 1))
    put(log, write(), added, end(2), end(None))
    read = list(log.entries("bread"))
    assert [(entry.kind, entry.target) for entry in read] == [("put", None), ("add", None), ("end", 2), ("end", None)]
    assert (read[1].reader, read[1].root, read[1].counts) == ("3", "/notes", (4, 2, 1))
    assert [(line.kind, line.target, line.counts, line.ends) for line in log.lines("bread")] == [
        ("end", None, (0, 0, 0), True),
        ("end", 2, (0, 0, 0), False),
        ("add", None, (4, 2, 1), False),
        ("put", None, (0, 0, 0), False),
    ]
    log.verify()


def test_marks_are_entries_without_what_they_say(log: Log) -> None:
    put(log, write(), write(part="b.md"), end(1))
    marks = [Mark(1, "put", None, 1, "a.md"), Mark(2, "put", None, 1, "b.md"), Mark(3, "end", 1, 1, "a.md")]
    assert log.marks("bread") == marks
    assert log.marks("bread", until=2) == marks[:2]
    assert log.marks("bread", day=1, part="a.md") == [marks[0], marks[2]]
    assert log.marks("tea") == []


def test_events_are_entries_as_the_fold_takes_them(log: Log) -> None:
    put(log, *(write(day) for day in range(PAGE)), replace(write(2), kind="add"), end(3, 2))
    assert list(log.events("bread")) == [entry.event for entry in log.entries("bread")]
    assert [one.sequence for one in log.events("bread", after=99, until=101)] == [100, 101]


@pytest.mark.parametrize("only", [[], [7], [3, 1], list(range(1, 2 * PAGE + 1, 2)), [1, 999]])
def test_chosen_events_come_in_order(log: Log, only: list[int]) -> None:
    put(log, *(write(day) for day in range(2 * PAGE)))
    found = [event.sequence for event in log.events("bread", only=only)]
    assert found == sorted(set(only) - {999})


def test_lines_are_chosen_by_day_and_part_and_come_newest_first(log: Log) -> None:
    put(log, write(1), write(2), write(2, "b.md"), write(3))
    assert [line.sequence for line in log.lines("bread")] == [4, 3, 2, 1]
    assert [line.sequence for line in log.lines("bread", before=4, limit=2)] == [3, 2]
    assert [line.sequence for line in log.lines("bread", day=2)] == [3, 2]
    assert [line.sequence for line in log.lines("bread", part="b.md")] == [3]
    assert [line.sequence for line in log.lines("bread", as_of=2)] == [3, 2, 1]
    assert log.lines("bread", day=3, as_of=2) == []


def test_maps_are_listed_as_their_writers_left_them(log: Log) -> None:
    log.append("bread", [write(3)], 0, NOON, first_day=3, sizes=(2, 1))
    log.append("tea", [write(1)], 0, NOON, first_day=1)
    log.append("tea", [end(None)], 1, NOON, first_day=None)
    assert (log.maps(), log.sizes()) == (["bread", "tea"], {"bread": (2, 1), "tea": None})
    assert (log.living_maps(), log.living_maps(as_of=2), log.living_maps(as_of=3)) == (["bread"], [], ["bread"])


# --- The chain


def test_each_link_covers_the_digest_and_the_link_before(log: Log) -> None:
    entries = put(log, write(), write(2)) + put(log, write(3))
    link = first_link("bread")
    for entry in entries:
        link = chained(link, digest_of(entry))
        assert entry.chain == link == log.link("bread", entry.sequence)
    assert log.link("bread", 9) is None


def test_maps_that_say_the_same_have_other_chains(log: Log) -> None:
    (one,), (other,) = put(log, write(), map="bread"), put(log, write(), map="tea")
    assert one.chain != other.chain


# --- Erasing

SECRET = b"a reflection that must go"


def test_what_is_erased_is_gone_and_the_chain_still_verifies(log: Log) -> None:
    first, second = put(log, write(text=SECRET.decode(), body=SECRET), write(2))
    (tomb,) = log.erase("bread", [end(1, media_type=ERASED)], 2, NOON, first_day=2)
    erased = log.entry("bread", 1)
    assert (erased.text, erased.body, erased.erased) == (None, b"", tomb.time)
    assert (erased.digest, erased.chain, erased.author) == (first.digest, first.chain, "ada")
    assert log.entry("bread", 2) == second
    assert [event.document is None for event in log.events("bread")] == [True, False, True]
    assert [line.erased for line in log.lines("bread")] == [None, None, tomb.time]
    log.verify()


def test_no_byte_of_what_is_erased_stays_in_the_files(file_log: Log, tmp_path: Path) -> None:
    put(file_log, write(text=SECRET.decode() * 300, body=SECRET * 300), write(2))
    file_log.erase("bread", [end(1, media_type=ERASED)], 2, NOON, first_day=2)
    assert all(SECRET not in file.read_bytes() for file in tmp_path.iterdir())


def test_an_entry_that_is_not_there_cannot_be_erased(log: Log) -> None:
    put(log, write())
    with pytest.raises(UnknownEntry):
        log.erase("bread", [end(7, media_type=ERASED)], 1, NOON, first_day=1)
    assert log.last("bread") == 1


# --- A server that ends connections


def test_a_connection_that_the_server_ended_is_not_used_again(postgres_store: str) -> None:
    with closing(open_log(postgres_store)) as log, closing(open_log(postgres_store)) as other:
        put(log, write())
        with other._backend.connection() as connection:
            assert isinstance(connection, _PostgresqlConnection)
            connection.raw.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND query LIKE '%entries%'"
            )
        put(log, write(2))
        assert log.last("bread") == 2


# --- Reading


def test_entries_come_in_order_and_between_bounds(log: Log) -> None:
    made = [put(log, write(day=day))[0].sequence for day in range(1, 6)]
    assert [entry.sequence for entry in log.entries("bread")] == made
    assert [entry.sequence for entry in log.entries("bread", made[1], made[3])] == made[2:4]


def test_a_long_map_is_read_page_by_page(log: Log) -> None:
    put(log, *(write(day=day) for day in range(2 * PAGE)))
    assert [entry.day for entry in log.entries("bread")] == list(range(2 * PAGE))


def test_writing_while_reading_is_possible(log: Log) -> None:
    put(log, *(write(day=day) for day in range(3)))
    seen = 0
    for entry in log.entries("bread"):
        put(log, write(day=entry.day), map="tea")
        seen += 1
    assert seen == 3


def test_maps_are_apart(log: Log) -> None:
    put(log, write(), map="tea")
    put(log, write(), map="bread")
    assert log.maps() == ["bread", "tea"]
    assert [entry.map for entry in log.entries("tea")] == ["tea"]


def test_an_empty_log_has_no_maps(log: Log) -> None:
    assert (log.maps(), log.last("bread"), log.head("bread", 1, "a.md")) == ([], 0, None)
    log.verify()


def test_last_and_head_name_the_newest_entry(log: Log) -> None:
    put(log, write())
    second, third = put(log, write(), write(day=2))
    assert log.last("bread") == third.sequence
    assert log.head("bread", 1, "a.md") == (2, second.sequence)
    assert log.head("bread", 1, "b.md") is None


@pytest.mark.parametrize("number", [0, -1, 99_999, 2**70])
def test_an_unknown_entry_is_an_error(log: Log, number: int) -> None:
    with pytest.raises(UnknownEntry, match="no entry"):
        log.entry("bread", number)


# --- Writing


def test_a_writer_that_is_behind_is_told(log: Log) -> None:
    seen = log.last("bread")
    put(log, write())
    with pytest.raises(Behind):
        log.append("bread", [write(day=2)], seen, NOON, first_day=1)
    assert [entry.day for entry in log.entries("bread")] == [1]


def test_each_map_counts_its_own_entries(log: Log) -> None:
    (first,) = put(log, write())
    put(log, write(), write(day=2), map="tea")
    log.append("bread", [write(day=2)], first.sequence, NOON, first_day=1)
    assert [[entry.sequence for entry in log.entries(map)] for map in ("bread", "tea")] == [[1, 2], [1, 2]]
    assert log.counts() == {"bread": 2, "tea": 2}


def test_a_log_that_lost_entries_is_noticed(log: Log) -> None:
    with pytest.raises(StoreCorrupted, match="entry 7 was read before"):
        log.append("bread", [write()], 7, NOON, first_day=1)


def test_a_batch_is_all_or_nothing(log: Log) -> None:
    put(log, write())
    bad = Document(map="bread", day=3, part="c.md", data={"big": 2**60})
    with pytest.raises(InvalidDocument, match=r"c\.md.*write it as text"):
        put(log, write(day=2), Write(3, "c.md", bad, b"", "text/markdown", "ada"))
    assert [entry.day for entry in log.entries("bread")] == [1]


def test_a_failure_in_the_middle_leaves_nothing(file_log: Log, tmp_path: Path) -> None:
    put(file_log, write())
    with closing(sqlite3.connect(tmp_path / "store.db")) as raw, raw:
        raw.execute(
            "CREATE TRIGGER halt BEFORE INSERT ON entries WHEN new.day = 9 BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(StoreUnavailable):
        put(file_log, write(day=2), write(day=9))
    assert [entry.day for entry in file_log.entries("bread")] == [1]
    put(file_log, write(day=3))
    file_log.verify()


def test_nothing_to_write_adds_nothing(log: Log) -> None:
    assert put(log) == []
    assert log.maps() == []


# --- Noticing changes


def test_the_mark_of_a_map_differs_after_own_and_foreign_commits(url: str) -> None:
    here, there = open_log(url), open_log(url)
    tokens = [here.mark("bread")]
    for one in (here, there, here):
        put(one, write())
        tokens.append(here.mark("bread"))
    assert len(set(tokens)) == 4
    assert here.mark("bread") == tokens[-1]
    here.close()
    there.close()


def test_threads_may_ask_at_once_whether_anything_changed(tmp_path: Path) -> None:
    interval = sys.getswitchinterval()
    with closing(open_log(f"sqlite:///{tmp_path / 'maps.db'}")) as log, ThreadPoolExecutor(8) as pool:
        put(log, write())
        sys.setswitchinterval(1e-6)
        try:
            assert len(set(pool.map(lambda _: log.mark("bread"), range(4000)))) == 1
        finally:
            sys.setswitchinterval(interval)


def test_a_store_in_memory_works_alike() -> None:
    log = open_log("sqlite://")
    before = log.mark("bread")
    put(log, write(), write(day=2))
    assert log.mark("bread") != before
    assert [entry.day for entry in log.entries("bread")] == [1, 2]
    log.verify()
    log.close()


# --- Many threads and processes


@pytest.mark.parametrize("where", ["memory", "file"])
def test_threads_may_share_a_log(where: str, tmp_path: Path) -> None:
    log = open_log("sqlite://" if where == "memory" else f"sqlite:///{tmp_path}/store.db")

    def append_ten(name: int) -> None:
        for day in range(10):
            while True:
                try:
                    log.append("bread", [write(day, f"{name}.md")], log.last("bread"), NOON, first_day=0)
                    break
                except Behind:
                    log.mark("bread")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append_ten, range(8)))
    assert len(list(log.entries("bread"))) == 80
    log.verify()
    log.close()


_WRITER = """
import sys
from datetime import UTC, datetime
from graphs.entries import Write; from graphs.log import Behind, open_log
from ontology.model import Document
url, name, count, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
log = open_log(url)
for day in range(count):
    parts = [f"{name}-{number}.md" for number in range(3)]
    said = [(part, Document(map="bread", day=day, part=part)) for part in parts]
    batch = [Write(day, part, document, b"x" * size, "text/markdown", "ada") for part, document in said]
    while True:
        try:
            log.append("bread", batch, log.last("bread"), datetime.now(UTC), first_day=0)
            break
        except Behind:
            continue
    print(day, flush=True)
"""


def start_writer(url: str, name: str, count: int, size: int = 10) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _WRITER, url, name, str(count), str(size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": "."})


def test_eight_writers_lose_nothing(url: str) -> None:
    writers = [start_writer(url, f"w{number}", 10) for number in range(8)]
    assert [writer.wait(120) for writer in writers] == [0] * 8
    for writer in writers:
        writer.communicate()
    log = open_log(url)
    found = {(entry.day, entry.part) for entry in log.entries("bread")}
    assert found == {(day, f"w{number}-{part}.md") for day in range(10) for number in range(8) for part in range(3)}
    assert len(list(log.entries("bread"))) == 240
    log.verify()
    log.close()


def test_a_reader_that_follows_sees_whole_batches_and_misses_none(url: str) -> None:
    log = open_log(url)
    writers = [start_writer(url, f"w{number}", 15) for number in range(3)]
    seen: list[tuple[int, str]] = []
    last, until = 0, time.monotonic() + 60
    while len(seen) < 3 * 15 * 3 and time.monotonic() < until:
        new = list(log.entries("bread", last))
        assert len(new) % 3 == 0
        seen += [(entry.day, entry.part) for entry in new]
        last = new[-1].sequence if new else last
    assert len(seen) == len(set(seen)) == 135
    assert [writer.communicate() and writer.returncode for writer in writers] == [0, 0, 0]
    log.close()


def test_a_killed_writer_leaves_every_acknowledged_entry_and_no_half_batch(url: str) -> None:
    open_log(url).close()
    for round_number in range(3):
        writer = start_writer(url, f"r{round_number}", 10_000, 50_000)
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline().strip()]
        time.sleep(0.05 + 0.03 * round_number)
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged += writer.communicate()[0].split()
        log = open_log(url)
        days = [entry.day for entry in log.entries("bread") if entry.part.startswith(f"r{round_number}-")]
        assert days == [day for day in range(len(days) // 3) for _ in range(3)]
        assert len(days) // 3 >= len([line for line in acknowledged if line])
        log.verify()
        log.close()


def test_processes_may_create_one_store_at_the_same_time(url: str) -> None:
    writers = [start_writer(url, f"w{number}", 1) for number in range(4)]
    for writer in writers:
        writer.communicate(timeout=60)
    assert [writer.returncode for writer in writers] == [0] * 4


# --- Damage

DAMAGES = {
    "body": ("UPDATE entries SET body = x'00' WHERE sequence = 2", "entry 2 .*is not what was written"),
    "document": ("UPDATE entries SET document = replace(document, 'Rises', 'Falls') WHERE sequence = 2", "entry 2 "),
    "end instead of a document": ("UPDATE entries SET document = NULL WHERE sequence = 2", "entry 2 "),
    "author": ("UPDATE entries SET author = 'eve' WHERE sequence = 3", "entry 3 "),
    "time": ("UPDATE entries SET time = '2020-01-01T00:00:00.000000Z' WHERE sequence = 3", "entry 3 "),
    "map": ("UPDATE entries SET map = 'tea' WHERE sequence = 1", "entry 1 "),
    "number": ("UPDATE entries SET sequence = 7 WHERE sequence = 3", "entry 7 "),
    "kind": ("UPDATE entries SET kind = 'add' WHERE sequence = 2", "entry 2 "),
    "removed": ("DELETE FROM entries WHERE sequence = 1", "entry 1 of map 'bread' is missing"),
    "removed in a row": ("DELETE FROM entries WHERE sequence < 3", "entries 1 to 2 of map 'bread' are missing"),
    "removed at the end": (
        "DELETE FROM entries WHERE sequence = 3",
        "entry 3 of map 'bread', acknowledged on .*, is missing",
    ),
    "removed and denied": (
        "DELETE FROM entries WHERE sequence = 2; UPDATE entries SET sequence = 2 WHERE sequence = 3",
        "entry 2 ",
    ),
    "end denied": ("UPDATE maps SET last = 2", "map 'bread' is said to end at entry 2, but has entry 3"),
    "chain": (
        "UPDATE entries SET chain = zeroblob(32) WHERE sequence = 2",
        "entry 2 .*does not follow the entry before",
    ),
    "taken away": (
        "UPDATE entries SET document = NULL, body = x'', erased = time WHERE sequence = 2",
        "entry 2 .*has lost what it said, and no later entry erases it",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_and_named(file_log: Log, tmp_path: Path, damage: str) -> None:
    statement, message = DAMAGES[damage]
    put(file_log, write(), write(), write())
    file_log.verify()
    with closing(sqlite3.connect(tmp_path / "store.db")) as raw:
        raw.executescript(statement)
    with pytest.raises(StoreCorrupted, match=message):
        file_log.verify()


def test_a_document_of_another_shape_is_damage(file_log: Log, tmp_path: Path) -> None:
    put(file_log, write())
    with closing(sqlite3.connect(tmp_path / "store.db")) as raw, raw:
        raw.execute("UPDATE entries SET document = '{}'")
    with pytest.raises(StoreCorrupted, match=r"entry 1 .*holds no document"):
        _ = file_log.entry("bread", 1).document


def test_digests_tell_fields_apart() -> None:
    one = Entry(1, "put", None, 1, "p", 1, "ab", "t", "c", "", None, (0, 0, 0), None, "m", b"", b"", "e", b"d")
    others = [
        replace(one, author="a", media_type="bc"),
        replace(one, media_type="cd", body=b""),
        replace(one, body=b"de", text=""),
        replace(one, text=None),
        replace(one, day=11),
        replace(one, kind="add"),
        replace(one, target=1),
        replace(one, reader="1"),
        replace(one, root=""),
    ]
    assert len({digest_of(each) for each in (one, *others)}) == 10


# --- A store that cannot be used says why


def locked(path: Path) -> Callable[[], None]:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("BEGIN EXCLUSIVE")
    return raw.close


def test_a_locked_store_says_so(file_log: Log, tmp_path: Path) -> None:
    unlock = locked(tmp_path / "store.db")
    with pytest.raises(StoreUnavailable, match="locked by another program"):
        put(file_log, write())
    unlock()
    put(file_log, write())


def pragma(connection: Connection, text: str) -> tuple[object, ...]:
    assert isinstance(connection, _SqliteConnection)
    found: tuple[object, ...] = connection.raw.execute(f"PRAGMA {text}").fetchone()
    return found


def test_a_full_disk_is_named_and_loses_nothing(file_log: Log) -> None:
    put(file_log, write())
    with file_log._backend.connection() as connection:  # the pool hands out this connection again
        (pages,) = pragma(connection, "page_count")
        pragma(connection, f"max_page_count={pages}")
    with pytest.raises(StoreUnavailable, match="disk is full"):
        put(file_log, write(body=b"x" * 100_000))
    assert len(list(file_log.entries("bread"))) == 1
    file_log.verify()


def test_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_bytes(b"# Day 1: these are notes, no database\n" * 100)
    with pytest.raises(StoreUnavailable, match="is not a SQLite database, so it holds no maps; choose another file"):
        open_log(f"sqlite:///{tmp_path}/notes.db")


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="is a folder; name a file in it"):
        open_log(f"sqlite:///{tmp_path}")


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(StoreUnavailable, match="no folder"):
        open_log(f"sqlite:///{tmp_path}/a/store.db")


def test_a_damaged_file_is_said(file_log: Log, tmp_path: Path) -> None:
    put(file_log, *(write(day=day, body=b"x" * 5000) for day in range(50)))
    file_log.close()
    path = tmp_path / "store.db"
    data = bytearray(path.read_bytes())
    for start in range(4096 * 8, len(data) - 4096, 4096):
        data[start : start + 64] = b"\xff" * 64
    path.write_bytes(data)
    with pytest.raises(StoreCorrupted, match="restore"), closing(open_log(f"sqlite:///{path}")) as log:
        log.verify()


def test_a_newer_store_is_refused(file_log: Log, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "store.db")) as raw, raw:
        raw.execute("UPDATE store SET version = 99")
    with pytest.raises(StoreUnavailable, match="newer version of this program; update it"):
        open_log(f"sqlite:///{tmp_path}/store.db")


def test_foreign_tables_are_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "store.db")) as raw, raw:
        raw.execute("CREATE TABLE entries (title TEXT)")
    with pytest.raises(StoreUnavailable, match="holds other tables named entries"):
        open_log(f"sqlite:///{tmp_path}/store.db")


def test_a_read_only_store_can_be_read_and_says_so_when_written(file_log: Log, tmp_path: Path) -> None:
    put(file_log, write())
    log = open_log(f"sqlite:///file:{tmp_path}/store.db?mode=ro&uri=true")
    assert len(list(log.entries("bread"))) == 1
    with pytest.raises(StoreUnavailable, match="is read-only; give this user the right"):
        put(log, write())
    log.close()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("map.db", "is not a store URL; for a file write sqlite:///map.db"),
        ("", "is not a store URL"),
        ("mysql://host/db", "no such kind of store"),
        ("sqlite+nothing:///a.db", "unknown driver"),
        ("postgresql://eve:secret@127.0.0.1:1/x", "cannot be used; check the URL and that the server runs"),
    ],
)
def test_a_wrong_url_is_explained_without_its_password(text: str, message: str) -> None:
    with pytest.raises(StoreUnavailable, match=message) as caught:
        open_log(text, timeout=0.5)
    assert "secret" not in str(caught.value)


def test_no_store_is_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match=r"there is no folder .*/new; check the name"):
        open_log(f"sqlite:///{tmp_path}/new/store.db")
    assert list(tmp_path.iterdir()) == []


def test_no_store_is_made_unless_that_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="there is no store; check the name, or make one"):
        open_log(f"sqlite:///{tmp_path}/store.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_no_tables_are_made_in_postgresql_unless_that_is_asked_for(postgres_store: str) -> None:
    for _ in range(2):
        with pytest.raises(NoStore, match="there is no store"):
            open_log(postgres_store, create=False)


def _remove(file: Path) -> None:
    file.unlink()


def _replace(file: Path) -> None:
    shutil.copy(file, file.with_name("other.db"))
    file.with_name("other.db").replace(file)


@pytest.mark.parametrize("away", [_remove, _replace])
def test_a_file_that_is_replaced_while_it_is_in_use_is_noticed_and_not_written_to(
    away: Callable[[Path], None], file_log: Log, tmp_path: Path
) -> None:
    put(file_log, write())
    away(tmp_path / "store.db")
    left = {file.name: file.read_bytes() for file in tmp_path.glob("store.db*")}
    for use in (lambda: put(file_log, write(day=2)), lambda: file_log.mark("bread"), file_log.maps):
        with pytest.raises(StoreReplaced, match="removed, or another took its place"):
            use()
    assert {file.name: file.read_bytes() for file in tmp_path.glob("store.db*")} == left


def test_a_commit_reaches_the_disk_before_it_is_acknowledged(file_log: Log) -> None:
    with file_log._backend.connection() as connection:
        assert pragma(connection, "synchronous") == (2,)
        assert pragma(connection, "journal_mode") == ("wal",)


# --- Canonical JSON

_scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=5)
_numbers = st.floats(allow_nan=False, allow_infinity=False)
_values = st.recursive(
    _scalars | _numbers, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=3), one, max_size=3)
)


@given(data=st.dictionaries(st.text(st.characters(min_codepoint=33, max_codepoint=0x1F600), min_size=1), _values))
def test_the_stored_text_is_rfc_8785(data: dict[str, object]) -> None:
    try:
        made = read(Document, {"map": "m", "day": 1, "part": "p", "data": data})
        expected = rfc8785.dumps(made.as_json()).decode()
    except ValueError:
        return
    assert canonical_json(made) == expected


def test_a_put_says_something_and_an_end_does_not(log: Log) -> None:
    said = Write(1, "notes", None, b"", "text/plain", "")
    for wrong in (said, replace(said, kind="add"), replace(said, kind="end", document=document(1))):
        with pytest.raises(ValueError, match="a put and an add say something"):
            log.append("bread", [wrong], after=0, time=datetime(2026, 1, 1, tzinfo=UTC), first_day=None)
    assert log.maps() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM store", "has no row"),
        ("UPDATE store SET version = 'three'", "says 'three'"),
        ("UPDATE store SET version = 0", "says 0"),
    ],
)
def test_a_store_that_does_not_tell_its_version_says_so(tmp_path: Path, change: str, said: str) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    open_log(url).close()
    with closing(sqlite3.connect(tmp_path / "store.db")) as raw, raw:
        raw.execute(change)
    with pytest.raises(StoreCorrupted, match=f"the table `store`, which tells the version of a store, {said}; restore"):
        open_log(url)


def test_a_store_in_memory_is_closed_only_when_nobody_reads_from_it() -> None:
    backend = open_backend("sqlite://", 5)
    backend.prepare(create=True)
    closer = Thread(target=backend.close)
    with backend.connection():
        closer.start()
        closer.join(0.05)
        assert closer.is_alive()
    closer.join()


def test_a_connection_in_use_is_closed_after_a_store_that_was_closed_meanwhile(url: str) -> None:
    backend = open_backend(url, 5)
    backend.prepare(create=True)
    with backend.connection() as connection:
        backend.close()
    assert isinstance(connection, _SqliteConnection | _PostgresqlConnection)
    with pytest.raises((sqlite3.ProgrammingError, OperationalError), match="closed"):
        connection.raw.execute("SELECT 1")


@pytest.mark.parametrize("rest", ["", "/store.db"])
def test_a_store_that_was_closed_opens_nothing_that_nobody_would_close(tmp_path: Path, rest: str) -> None:
    backend = open_backend(f"sqlite://{rest and f'/{tmp_path}{rest}'}", 5)
    backend.prepare(create=True)
    backend.close()
    with pytest.raises(StoreUnavailable, match="was closed; open it again"):
        _ = backend.mark("bread") if rest else backend.connection().__enter__()
