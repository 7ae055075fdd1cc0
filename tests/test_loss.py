"""What is lost of a store, or changed in it, is noticed when it is opened, and can be accepted knowingly."""

import logging
import os
import re
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import writers
from conceptmap.cli.program import run
from graphs.acceptance import accept
from graphs.backup import back_up, restore
from graphs.entries import Write
from graphs.log import Log, open_log
from graphs.tokens import Tokens
from graphs.witness import Witness
from ontology.errors import NoStore, RefusedWrite, StoreCorrupted
from ontology.model import Document, Node
from services import served

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAID = "2026-03-01T12:00:00.000000Z"


def put(log: Log, *days: int, map: str = "bread") -> None:
    for day in days:
        said = Document(map=map, day=day, part="a.md", nodes=(Node(id="yeast", kind="Concept", label=f"Yeast {day}"),))
        write = Write(day, "a.md", said, b"# Yeast\n", "text/markdown", "ada")
        log.append(map, [write], log.last(map), NOON, first_day=1)


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/maps.db"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A folder whose store has entries 1 to 6 of `bread`, of which the last three only stand in the write-ahead log."""
    made = tmp_path / "made"
    made.mkdir()
    with closing(open_log(url(made))) as log:
        put(log, 1, map="tea")
        put(log, 1, 2, 3)
        Tokens(log, lambda: NOON).create("ada", "append")
    with closing(open_log(url(made))) as log:
        put(log, 4, 5, 6)
        shutil.copytree(made, tmp_path / "store")
    return tmp_path / "store"


def sql(text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "maps.db")) as raw:
            raw.executescript(text)

    return change


def flip_a_bit(folder: Path) -> None:
    """In the middle of the write-ahead log."""
    data = bytearray((folder / "maps.db-wal").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "maps.db-wal").write_bytes(data)


def cut_the_log(folder: Path) -> None:
    wal = folder / "maps.db-wal"
    os.truncate(wal, wal.stat().st_size // 2)


def empty(folder: Path) -> None:
    for file in folder.glob("maps.db-*"):
        file.unlink()
    (folder / "maps.db").write_bytes(b"")


def swap(folder: Path) -> None:
    """Another history of the same length in the place of this one."""
    for file in folder.glob("maps.db?*"):
        if not file.name.endswith("witness"):
            file.unlink()
    (folder / "maps.db").unlink()
    (folder / "other").mkdir()
    with closing(open_log(url(folder / "other"))) as log:
        put(log, 1, map="tea")
        put(log, *range(11, 17))
    (folder / "other" / "maps.db").rename(folder / "maps.db")


LAST_THREE = f"entries 4 to 6 of map 'bread', acknowledged until {SAID}, are missing"
AT_ONCE: dict[str, tuple[Callable[[Path], None], str]] = {
    "a bit of the write-ahead log flipped": (flip_a_bit, r"map 'bread', acknowledged .*, (is|are) missing"),
    "the log cut": (cut_the_log, r"map 'bread', acknowledged .*, (is|are) missing"),
    "the log deleted": (lambda folder: (folder / "maps.db-wal").unlink(), LAST_THREE),
    "an empty file": (empty, f"entries 1 to 6 of map 'bread', acknowledged until {SAID}, are missing"),
    "the newest day deleted": (sql("DELETE FROM entries WHERE day = 6"), "entry 6 of map 'bread', .*is missing"),
    "the newest day deleted and denied": (
        sql("DELETE FROM entries WHERE day > 4; UPDATE maps SET last = 4 WHERE map = 'bread'"),
        f"entries 5 to 6 of map 'bread', acknowledged until {SAID}, are missing",
    ),
    "the end denied": (
        sql("UPDATE maps SET last = 5 WHERE map = 'bread'"),
        "is said to end at entry 5",
    ),
    "a map deleted": (
        sql("DELETE FROM entries WHERE map = 'tea'; DELETE FROM maps WHERE map = 'tea'"),
        "entry 1 of map 'tea'",
    ),
    "another history": (swap, "entry 6 of map 'bread' is not the one that was acknowledged"),
    "a token changed": (sql("UPDATE tokens SET scope = 'admin'"), "the token of 'ada' is not what was written"),
}
WHEN_READ: dict[str, tuple[Callable[[Path], None], str]] = {
    "a middle entry deleted": (
        sql("DELETE FROM entries WHERE map = 'bread' AND sequence = 2"),
        "entry 2 of map 'bread' is missing",
    ),
    "a row changed": (
        sql("UPDATE entries SET author = 'eve' WHERE map = 'bread' AND sequence = 2"),
        "entry 2 .*is not what was written",
    ),
    "a chain broken": (
        sql("UPDATE entries SET chain = zeroblob(32) WHERE day = 2"),
        "entry 2 .*does not follow the entry before it",
    ),
}
ALL = AT_ONCE | WHEN_READ


def left(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("maps.db*") if not file.name.endswith("-shm")}


@pytest.mark.parametrize("what", AT_ONCE)
def test_a_loss_is_noticed_when_the_store_is_opened(what: str, store: Path) -> None:
    lose, message = AT_ONCE[what]
    lose(store)
    for create in (True, False):
        with pytest.raises(StoreCorrupted, match=message):
            open_log(url(store), create=create)


@pytest.mark.parametrize("what", WHEN_READ)
def test_what_takes_reading_all_is_noticed_by_verify(what: str, store: Path) -> None:
    lose, message = WHEN_READ[what]
    lose(store)
    with closing(open_log(url(store))) as log, pytest.raises(StoreCorrupted, match=message):
        log.verify()


def test_a_map_with_a_broken_chain_is_not_read(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lose, message = WHEN_READ["a middle entry deleted"]
    lose(store)
    assert run(["--store", url(store), "--map", "tea", "export"]) == 0
    assert run(["--store", url(store), "--map", "bread", "export"]) == 4
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("what", ALL)
def test_the_command_line_names_a_loss_and_serves_nothing(
    what: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lose, message = ALL[what]
    lose(store)
    assert run(["--store", url(store), "verify"]) == 4
    assert run(["--store", url(store), "serve", "--port", "0"]) == 4
    assert run(["--store", url(store), "backup", str(store / "backup.db")]) == 4
    said = capsys.readouterr()
    assert said.out == ""
    assert len(re.findall(message, said.err)) == 3
    assert f"conceptmap --store {url(store)} " in said.err
    assert not (store / "backup.db").exists()


def said_in(log: Log) -> list[tuple[int, str | None, bytes]]:
    return [(one.sequence, one.text, one.body) for name in ("bread", "tea") for one in log.entries(name)]


@pytest.mark.parametrize("what", sorted(ALL.keys() - {"an empty file"}))
def test_a_loss_is_accepted_after_a_copy_of_the_store_as_it_is(what: str, store: Path) -> None:
    lose, message = ALL[what]
    lose(store)
    copy = store / "copy.db"
    with closing(open_log(url(store), check=False)) as log:
        entries = said_in(log)
        found = accept(log, copy, NOON)
        assert any(re.findall(message, loss) for loss in found)
    with closing(open_log(url(store))) as log:
        log.verify()
        assert said_in(log) == entries
        put(log, 9)
        log.verify()
    with closing(open_log(f"sqlite:///{copy}", check=False)) as log, pytest.raises(StoreCorrupted, match=message):
        log.verify()


def test_accepting_revokes_tokens_that_were_changed(store: Path) -> None:
    sql("UPDATE tokens SET scope = 'admin'")(store)
    with closing(open_log(url(store), check=False)) as log:
        accept(log, store / "copy.db", NOON)
        assert [(grant.scope, grant.revoked) for grant in Tokens(log).grants()] == [("admin", SAID)]


def test_where_nothing_is_lost_nothing_is_accepted_or_copied(store: Path) -> None:
    with closing(open_log(url(store), check=False)) as log:
        assert accept(log, store / "copy.db", NOON) == []
    assert not (store / "copy.db").exists()


def test_a_copy_never_takes_the_place_of_a_file(store: Path) -> None:
    with closing(open_log(url(store), check=False)) as log, pytest.raises(RefusedWrite, match="exists"):
        accept(log, store / "maps.db", NOON)


def test_a_store_that_is_gone_is_restored_in_its_place(store: Path, tmp_path: Path) -> None:
    with closing(open_log(url(store))) as log:
        back_up(log, tmp_path / "backup.db", NOON)
    for file in store.glob("maps.db*"):
        if file.suffix != ".witness":
            file.unlink()
    with pytest.raises(StoreCorrupted, match=r"not there:(.|\n)*entries 1 to 6 of map 'bread'(.|\n)*restore FILE"):
        open_log(url(store))
    with closing(open_log(url(store), check=False)) as log:
        assert restore(tmp_path / "backup.db", log, NOON) == 7
    open_log(url(store)).close()


# --- No false alarm


def test_a_store_without_a_witness_opens_with_one_warning_and_gets_one(
    store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (store / "maps.db.witness").unlink()
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            open_log(url(store)).close()
    assert [record.message for record in caplog.records] == [
        f"{url(store)} has no witness, so nothing tells whether entries are missing; "
        f"{store / 'maps.db.witness'} will from now on"
    ]
    seen = Witness(store / "maps.db.witness").read()
    assert {name: one.sequence for name, one in seen.items()} == {"bread": 6, "tea": 1}


def test_neither_a_new_store_nor_a_backup_nor_a_restored_one_warns(
    store: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        with closing(open_log(url(store))) as log, closing(open_log(url(tmp_path))) as other:
            back_up(log, tmp_path / "backup.db", NOON)
            restore(tmp_path / "backup.db", other, NOON)
        for file in ("backup.db", "maps.db"):
            with closing(open_log(f"sqlite:///{tmp_path / file}")) as log:
                log.verify()
    assert caplog.records == []


@pytest.mark.parametrize("rest", [b"", b"\0" * 700, b"\xff" * 50])
@pytest.mark.parametrize("cut", [0, 1, 60, 130, 400])
def test_a_witness_whose_newest_lines_a_power_cut_took_raises_no_alarm(
    cut: int, rest: bytes, store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    witness = store / "maps.db.witness"
    data = witness.read_bytes()
    witness.write_bytes(data[: len(data) - cut] + rest)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            with closing(open_log(url(store))) as log:
                log.verify()
    assert caplog.records == []
    assert Witness(witness).read()["bread"].sequence == 6


def test_killed_writers_raise_no_alarm(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        started = [writers.started(url(tmp_path), "bread", f"{one}.md") for one in range(3)]
        said = [writer.stdout.readline() for writer in started if writer.stdout for _ in range(5)]
        for writer in started:
            writer.send_signal(signal.SIGKILL)
        said += "".join(writer.communicate()[0] for writer in started).split()
        with closing(open_log(url(tmp_path))) as log:
            log.verify()
            assert {entry.sequence for entry in log.entries("bread")} >= {int(one) for one in said}
    assert caplog.records == []


def test_a_missing_store_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        open_log(url(tmp_path), create=False)
    assert list(tmp_path.iterdir()) == []


# --- PostgreSQL


def test_a_loss_on_a_server_is_noticed_by_a_witness_in_the_users_folder(
    postgres_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with closing(open_log(postgres_store)) as log:
        put(log, 1, 2, 3)
        assert log.witness is not None
        assert log.witness.is_relative_to(tmp_path)
        log.transact(lambda connection: connection.define("DELETE FROM entries WHERE sequence = 3"))
    with pytest.raises(StoreCorrupted, match=f"entry 3 of map 'bread', acknowledged on {SAID}, is missing"):
        open_log(postgres_store)
    with closing(open_log(postgres_store, check=False)) as log:
        assert len(accept(log, tmp_path / "copy.db", NOON)) == 1
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another host"))
    open_log(postgres_store).close()
    assert "has no witness" in caplog.text


# --- A running service


def test_a_service_whose_file_is_replaced_says_so_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "maps.db"
    with served(url(tmp_path)) as service:
        assert service.put_notes(1).status_code == 201
        assert service.get("/maps/bread/nodes").status_code == 200
        shutil.copy(file, tmp_path / "other.db")
        (tmp_path / "other.db").replace(file)
        before = file.read_bytes()
        answers = [service.get("/maps/bread/nodes"), service.get("/health/ready"), service.put_notes(2)]
        assert [answer.status_code for answer in answers] == [503, 503, 503]
        assert {answer.json()["type"] for answer in answers} == {"/docs#store-replaced"}
        assert "start it again" in answers[0].json()["detail"]
        assert file.read_bytes() == before


def test_serving_makes_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (tmp_path, tmp_path / "mistyped"):
        assert run(["--store", url(folder), "serve"]) == 4
    said = capsys.readouterr().err.splitlines()
    assert "there is no store; check the name, or make one: conceptmap --store" in said[0]
    assert "there is no folder" in said[1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("maps",),
        ("ask", "what is Yeast?"),
        ("history",),
        ("export",),
        ("verify",),
        ("backup", "copy.db"),
        ("revert", "1"),
        ("token", "list"),
        ("token", "revoke", "ada"),
        ("erase", "--entry", "1"),
        ("accept", "--backup", "copy.db"),
    ],
)
def test_only_commands_that_begin_something_make_a_store(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["--store", url(tmp_path), *words]) == 4
    assert list(tmp_path.iterdir()) == []


def test_a_load_can_be_tried_where_there_is_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "day-01.md").write_text("---\nday: 1\n---\n## Yeast\n- kind:: Concept\n")
    assert run(["--store", url(tmp_path), "load", "--dry-run", str(tmp_path)]) == 0
    assert "1 added" in capsys.readouterr().out
    assert [file.name for file in tmp_path.iterdir()] == ["day-01.md"]


def test_a_load_that_is_explained_names_the_lines_that_nothing_was_read_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "day-06.md"
    note.write_text("# Day 6\n\nHm.\n\n## Yeast\n- kind:: Concept\n")
    assert run(["--store", url(tmp_path), "load", "--explain", str(note)]) == 0
    said = capsys.readouterr().out
    assert ":5: stated: Concept: Yeast" in said
    assert "day 6: 3 of 4 lines read, 2 nodes, 0 edges; unread: 3" in said


def test_the_store_in_the_users_folder_is_made_by_what_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("CONCEPTMAP_STORE", raising=False)
    assert run(["maps"]) == 4
    assert list(tmp_path.iterdir()) == []
    assert run(["token", "create", "ada", "--scope", "admin"]) == 0
    assert run(["token", "list"]) == 0
    assert (tmp_path / "data" / "conceptmap" / "maps.db").exists()
    assert "has no witness" not in capsys.readouterr().err
