"""What is erased is gone from every file of the store; that it was there, and the chain, stay."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from conceptmap.atlas import Atlas, open_atlas
from conceptmap.cli.program import run
from graphs.entries import ERASED, Write
from graphs.idempotency import AlreadyAnswered, IdempotencyKeys, KeyedRequest
from graphs.log import open_log
from ontology.errors import RefusedWrite, UnknownEntry
from ontology.model import Node

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = "Nobody-should-read-this"
LONG = f"{SECRET} " * 600
"""So long that it lies in pages of its own."""


def concept(name: str, text: str) -> Node:
    return Node(id=name, kind="Concept", label=name, text=text)


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Notes of day 1, and what ada and ben appended to days 1 and 2."""
    url = f"sqlite:///{tmp_path}/maps.db"
    (tmp_path / "day-01.md").write_text("---\nday: 1\n---\n## Yeast\nEats sugar.\n- kind:: Concept\n")
    with open_atlas(url) as atlas:
        course = atlas["bread"]
        course.load(tmp_path / "day-01.md")
        course.append(1, [concept("a1", f"{SECRET} one")], by="ada")
        course.append(1, [concept("b1", "Ben's own")], by="ben")
        course.append(1, [concept("a2", LONG)], by="ada")
        course.append(2, [concept("a3", f"{SECRET} three")], by="ada")
        atlas["tea"].append(1, [concept("t1", f"{SECRET} tea")], by="ada")
        keys = IdempotencyKeys(atlas.ledger.log, lambda: NOON)
        beside = keys.keeping(KeyedRequest("bread", "ada", "k", b"digest"), lambda report: json.dumps(SECRET))
        course.append(2, [concept("a4", f"{SECRET} four")], by="ada", beside=beside)
    return url


def files_with(word: str, folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("maps.db*") if word.encode() in file.read_bytes())


def nodes(atlas: Atlas, name: str) -> set[str]:
    return {node.id for node in atlas[name].view().nodes() if node.kind == "Concept"}


def test_the_words_of_an_author_are_in_no_file_of_the_store(store: str, tmp_path: Path) -> None:
    with open_atlas(store) as atlas:
        assert files_with(SECRET, tmp_path)
        found = atlas.erase_author("ada")
        assert [(one.map, one.entry) for one in found] == [
            ("bread", 2),
            ("bread", 4),
            ("bread", 5),
            ("bread", 6),
            ("tea", 1),
        ]
        assert files_with(SECRET, tmp_path) == []
        assert (nodes(atlas, "bread"), nodes(atlas, "tea")) == ({"yeast", "b1"}, set())
        assert atlas.living_maps() == ["bread"]
        atlas.verify()
    assert files_with(SECRET, tmp_path) == []
    with open_atlas(store) as atlas:
        assert nodes(atlas, "bread") == {"yeast", "b1"}


def test_a_tombstone_stays_and_an_end_names_it(store: str) -> None:
    with open_atlas(store) as atlas:
        before = {entry.sequence: entry for entry in atlas.ledger.log.entries("bread")}
        atlas.erase_entry("bread", 4)
        *others, end = atlas.ledger.log.entries("bread")
        erased = others[3]
        assert (erased.text, erased.body, erased.erased is not None) == (None, b"", True)
        assert (erased.digest, erased.chain, erased.author) == (before[4].digest, before[4].chain, "ada")
        assert (end.kind, end.target, end.media_type) == ("end", 4, ERASED)
        assert [one for one in others if one.sequence != 4] == [before[one] for one in before if one != 4]
        assert nodes(atlas, "bread") == {"yeast", "a1", "b1", "a3", "a4"}


def test_answers_under_idempotency_keys_go_too(store: str) -> None:
    with open_atlas(store) as atlas:
        keys = IdempotencyKeys(atlas.ledger.log, lambda: NOON)
        request = KeyedRequest("bread", "ada", "k", b"digest")
        with pytest.raises(AlreadyAnswered):
            keys.check(request)
        atlas.erase_author("ada", "bread")
        keys.check(request)


def test_what_is_erased_cannot_be_brought_back(store: str) -> None:
    with open_atlas(store) as atlas:
        course = atlas["bread"]
        course.append(1, [concept("a2", "Better words")], by="ada")
        atlas.erase_entry("bread", 4)
        with pytest.raises(RefusedWrite, match="erased"):
            course.revert(course.last_entry)
        assert nodes(atlas, "bread") >= {"a2"}
        node = course.view().node("a2")
        assert node is not None
        assert node.text == "Better words"


def test_a_state_of_the_past_does_not_say_it_either(store: str) -> None:
    with open_atlas(store) as atlas:
        atlas.erase_entry("bread", 2)
        past = {node.id for node in atlas["bread"].at(4).view().nodes()}
        assert "a1" not in past
        assert past >= {"yeast", "b1", "a2"}


def test_a_dry_run_erases_nothing(store: str, tmp_path: Path) -> None:
    with open_atlas(store) as atlas:
        assert len(atlas.erase_author("ada", dry_run=True)) == 5
        assert files_with(SECRET, tmp_path)
        assert atlas.ledger.log.last("bread") == 6


def test_an_entry_that_is_not_there_cannot_be_erased(store: str) -> None:
    with open_atlas(store) as atlas, pytest.raises(UnknownEntry):
        atlas.erase_entry("bread", 99)


def test_erasing_twice_erases_nothing_more(store: str) -> None:
    with open_atlas(store) as atlas:
        assert len(atlas.erase_entry("bread", 4)) == 1
        assert atlas.erase_entry("bread", 4) == []
        assert atlas.ledger.log.last("bread") == 7


def test_entries_of_the_part_that_repeat_the_words_are_named(store: str) -> None:
    with open_atlas(store) as atlas:
        atlas["bread"].append(1, [concept("a1", f"{SECRET} one"), concept("a5", "More")], by="ada")
        (found,) = atlas.erase_entry("bread", 2)
        assert found.repeated == (7,)


def test_a_reader_that_keeps_erased_words_in_the_log_is_told_of(
    store: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(open_log(store, timeout=0.05)) as log, closing(sqlite3.connect(tmp_path / "maps.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entries").fetchone()
        end = Write(1, "by:ada", None, b"", ERASED, "", kind="end", target=2)
        log.erase("bread", [end], 6, NOON, first_day=1)
    assert "is in use by another program: what was erased may stay" in caplog.text


def test_a_server_keeps_nothing_readable(postgres_store: str) -> None:
    with open_atlas(postgres_store) as atlas:
        atlas["bread"].append(1, [concept("a1", SECRET)], by="ada")
        assert len(atlas.erase_author("ada")) == 1
        assert [(entry.text, entry.body) for entry in atlas.ledger.log.entries("bread")] == [(None, b"")] * 2
        atlas.verify()


# --- The command


def erase(store: str, *words: str) -> int:
    return run(["--store", store, "erase", *words])


def test_the_command_says_what_it_erased_and_which_backups_hold_it(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--store", store, "backup", str(tmp_path / "kept.db")]) == 0
    assert run(["--store", store, "backup", str(tmp_path / "moved.db")]) == 0
    (tmp_path / "moved.db").rename(tmp_path / "elsewhere.db")
    capsys.readouterr()
    assert erase(store, "--entry", "4", "--map", "bread", "--yes") == 0
    said = capsys.readouterr()
    assert said.out.startswith("bread: entry 4, ")
    assert said.out.endswith(", day 1, by:ada by ada\n")
    assert "1 entry erased\nbackups that hold it still:\n" in said.err
    assert [line.partition(", of ")[0] for line in said.err.splitlines()[2:]] == [
        f"  {tmp_path / 'kept.db'}",
        f"  {tmp_path / 'moved.db'}",
    ]
    assert said.err.count("moved or gone") == 1
    assert erase(store, "--author", "nobody", "--yes") == 0
    assert capsys.readouterr().err.startswith("there is nothing to erase: ")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 2, "say either --author NAME or --entry N"),
        (("--author", "ada", "--entry", "1"), 2, "say either --author NAME or --entry N"),
        (("--author", "ada"), 2, "say --yes, or look first with --dry-run"),
        (("--author", "ada", "--dry-run"), 0, "5 entries would be erased"),
        (("--entry", "3"), 2, "which map?"),
    ],
)
def test_nothing_is_erased_by_mistake(
    words: tuple[str, ...], status: int, said: str, store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erase(store, *words) == status
    assert said in capsys.readouterr().err
    assert SECRET in (tmp_path / "maps.db").read_bytes().decode(errors="replace")


def test_erased_entries_are_listed_by_number(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert erase(store, "--author", "ada", "--yes") == 0
    capsys.readouterr()
    assert run(["--store", store, "--map", "bread", "history", "--json"]) == 0
    steps: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert [step["entry"] for step in steps] == list(range(10, 0, -1))


def test_a_whole_part_that_release_0_1_0_appended_is_found_again(tmp_path: Path) -> None:
    kept = Path(__file__).parent / "stores" / "release-0.1.0.db"
    (tmp_path / "maps.db").write_bytes(kept.read_bytes())
    with open_atlas(tmp_path / "maps.db") as atlas:
        found = atlas.erase_author("ben", "bread")
        assert [one.entry for one in found] == [7, 8, 9, 10, 11]
        assert {one.repeated for one in found} == {(16,)}  # by nobody: a revert wrote the whole part again
        (last,) = atlas.erase_entry("bread", 16)
        assert last.repeated == ()
    assert files_with("Slows the yeast", tmp_path) == []
    with closing(open_log(f"sqlite:///{tmp_path}/maps.db")) as log:
        log.verify()
