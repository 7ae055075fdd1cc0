"""Backup and restore: nothing is lost, on the way there and back, whatever the store is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from conceptmap.cli.program import run
from graphs.backends import Value
from graphs.backup import back_up, known_backups, restore
from graphs.entries import ERASED, Write
from graphs.log import Behind, Log, open_log
from graphs.statements import PAGE, Statement
from graphs.tokens import Tokens
from ontology.errors import RefusedWrite, StoreCorrupted, StoreUnavailable
from ontology.model import Document

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.db"
    store: str = request.getfixturevalue("postgres_store")
    return store


@pytest.mark.parametrize("name", ["what?.db", "100%41.db", "a b#c.db"])
def test_a_backup_may_have_any_name(tmp_path: Path, name: str) -> None:
    with closing(open_log("sqlite://")) as log, closing(open_log("sqlite://")) as other:
        put(log, "bread", 1)
        assert back_up(log, tmp_path / name, NOON) == 1
        assert sorted(file.name for file in tmp_path.iterdir()) == [name, f"{name}.witness"]
        assert restore(tmp_path / name, other, NOON) == 1
        assert other.maps() == ["bread"]


@pytest.fixture
def log(url: str) -> Iterator[Log]:
    with closing(open_log(url)) as log:
        yield log


def put(log: Log, name: str, day: int, body: bytes = b"# Yeast\n") -> None:
    document = Document(map=name, day=day, part="a.md")
    while True:
        try:
            log.append(
                name, [Write(day, "a.md", document, body, "text/markdown", "ada")], log.last(name), NOON, first_day=day
            )
            return
        except Behind:
            continue


def test_a_backup_is_a_store_with_the_same_entries(log: Log, tmp_path: Path) -> None:
    for day in range(PAGE + 3):
        put(log, "bread", day, bytes(range(day % 256)))
    put(log, "tea", 1)
    token = Tokens(log).create("ada", "append")
    assert back_up(log, tmp_path / "backup.db", NOON) == PAGE + 4
    with closing(open_log(f"sqlite:///{tmp_path}/backup.db")) as copy:
        copy.verify()
        assert list(copy.entries("bread")) == list(log.entries("bread"))
        assert list(copy.entries("tea")) == list(log.entries("tea"))
        assert Tokens(copy).find(token) == Tokens(log).find(token) is not None
    assert sorted(path.name for path in tmp_path.glob("backup*")) == ["backup.db", "backup.db.witness"]


def test_a_restored_store_goes_on_where_the_other_stood(url: str, log: Log, tmp_path: Path) -> None:
    with closing(open_log(f"sqlite:///{tmp_path}/old.db")) as old:
        for day in range(5):
            put(old, "bread", day)
        back_up(old, tmp_path / "backup.db", NOON)
        assert restore(tmp_path / "backup.db", log, NOON) == 5
        assert list(log.entries("bread")) == list(old.entries("bread"))
    put(log, "bread", 9)
    put(log, "tea", 1)
    assert [entry.sequence for entry in log.entries("bread")] == [1, 2, 3, 4, 5, 6]
    assert [entry.sequence for entry in log.entries("tea")] == [1]
    log.verify()


def test_a_store_can_be_copied_while_it_is_written_to(url: str, log: Log, tmp_path: Path) -> None:
    stop = Event()

    def write_on() -> None:
        day = 0
        with closing(open_log(url)) as other:
            while not stop.is_set():
                put(other, "bread", day)
                day += 1

    writer = Thread(target=write_on)
    put(log, "bread", 99_999)
    writer.start()
    try:
        counts = [back_up(log, tmp_path / f"{number}.db", NOON) for number in range(3)]
    finally:
        stop.set()
        writer.join()
    assert counts == sorted(counts)
    for number, count in enumerate(counts):
        with closing(open_log(f"sqlite:///{tmp_path}/{number}.db")) as copy:
            assert list(copy.entries("bread")) == list(log.entries("bread"))[:count]


def test_a_store_knows_its_copies_and_a_restored_one_where_it_comes_from(log: Log, tmp_path: Path) -> None:
    put(log, "bread", 1)
    for name in ("one.db", "other.db"):
        back_up(log, tmp_path / name, NOON)
    time = "2026-03-01T12:00:00.000000Z"
    assert known_backups(log) == [(str(tmp_path / name), time) for name in ("one.db", "other.db")]
    with closing(open_log("sqlite://")) as new:
        restore(tmp_path / "other.db", new, NOON)
        assert known_backups(new) == known_backups(log)


def test_kinds_counts_chain_answers_and_what_is_erased_are_copied(log: Log, tmp_path: Path) -> None:
    put(log, "bread", 1)
    put(log, "bread", 2)
    ends = [Write(1, "a.md", None, b"", ERASED, "ada", "end", 1, counts=(0, 0, 3))]
    log.erase("bread", ends, 2, NOON, first_day=2, sizes=(5, 4))
    row: dict[str, Value] = {
        "map": "bread",
        "author": "ada",
        "key": "once",
        "request": b"?",
        "answer": "{}",
        "time": "2026",
    }
    log.transact(lambda connection: connection.execute_many(Statement.ADD_ANSWER, [row]))
    back_up(log, tmp_path / "backup.db", NOON)
    with closing(open_log("sqlite://")) as new:
        restore(tmp_path / "backup.db", new, NOON)
        assert list(new.entries("bread")) == list(log.entries("bread"))
        assert (new.sizes(), new.living_maps(as_of=1)) == ({"bread": (5, 4)}, [])
        assert new.rows(Statement.ANSWERS) == log.rows(Statement.ANSWERS) != []


def test_an_empty_store_has_an_empty_backup(log: Log, tmp_path: Path) -> None:
    assert back_up(log, tmp_path / "backup.db", NOON) == 0
    with closing(open_log("sqlite://")) as other:
        assert restore(tmp_path / "backup.db", other, NOON) == 0


def test_a_backup_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine")
    with closing(open_log("sqlite://")) as log, pytest.raises(RefusedWrite, match="exists; choose another name"):
        back_up(log, tmp_path / "notes.md", NOON)
    assert (tmp_path / "notes.md").read_text() == "mine"


def test_a_store_with_entries_is_not_restored_over(tmp_path: Path) -> None:
    with closing(open_log("sqlite://")) as log:
        put(log, "bread", 1)
        back_up(log, tmp_path / "backup.db", NOON)
        with pytest.raises(RefusedWrite, match="not empty"):
            restore(tmp_path / "backup.db", log, NOON)
        assert len(list(log.entries("bread"))) == 1


def test_a_damaged_store_gives_no_backup_and_a_damaged_backup_no_store(tmp_path: Path) -> None:
    with closing(open_log(f"sqlite:///{tmp_path}/store.db")) as log:
        put(log, "bread", 1)
        back_up(log, tmp_path / "backup.db", NOON)
        for name in ("store.db", "backup.db"):
            with closing(sqlite3.connect(tmp_path / name)) as raw, raw:
                raw.execute("UPDATE entries SET body = x'00'")
        with pytest.raises(StoreCorrupted, match="entry 1 "):
            back_up(log, tmp_path / "second.db", NOON)
        with closing(open_log("sqlite://")) as other, pytest.raises(StoreCorrupted, match="entry 1 "):
            restore(tmp_path / "backup.db", other, NOON)
    assert not list(tmp_path.glob("second*"))


@pytest.mark.parametrize("where", ["missing/backup.db", "store.db/backup.db"])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, where: str) -> None:
    (tmp_path / "store.db").write_text("")
    with closing(open_log("sqlite://")) as log:
        with pytest.raises(StoreUnavailable):
            back_up(log, tmp_path / where, NOON)
        with pytest.raises(StoreUnavailable, match="is not a file; name a backup"):
            restore(tmp_path / "none.db", log, NOON)


def test_the_commands_copy_a_store_there_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = str(Path(__file__).parent.parent / "conceptmap" / "course")
    old, new = (f"sqlite:///{tmp_path}/{name}.db" for name in ("old", "new"))
    assert run(["--store", old, "load", course]) == 0
    assert run(["--store", old, "backup", str(tmp_path / "backup.db")]) == 0
    assert run(["--store", new, "restore", str(tmp_path / "backup.db")]) == 0
    capsys.readouterr()
    assert [run(["--store", store, "export"]) for store in (old, new)] == [0, 0]
    text = capsys.readouterr().out
    assert text[: len(text) // 2] == text[len(text) // 2 :]
    assert run(["--store", new, "restore", str(tmp_path / "backup.db")]) == 3
