from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from graphs.entries import Entry, Write
from graphs.ledger import MAX_FOLDS, Ledger
from graphs.log import open_log
from graphs.view import View
from ontology.errors import RefusedWrite, StoreUnavailable
from small_maps import VOCABULARY, document, ledger, node, state
from small_writes import put


@pytest.fixture
def book() -> Iterator[Ledger]:
    made = ledger()
    yield made
    made.log.close()


def write_of(label: str, day: int = 1) -> Write:
    said = document(day, node(label))
    return Write(day, "notes", said, label.encode(), "text/plain", "ada")


def test_a_map_that_nobody_wrote_to_is_empty(book: Ledger) -> None:
    assert book.fold("bread").sequence == 0
    assert book.log.maps() == []


def test_a_fold_follows_the_log(book: Ledger) -> None:
    put(book, document(1, node("Yeast")))
    kept = book.fold("bread")
    put(book, document(2, node("Salt")))
    assert book.fold("bread") is kept
    assert "salt" in kept.nodes


def test_names_that_nobody_wrote_to_push_no_fold_out(book: Ledger) -> None:
    put(book, document(1, node("Yeast")))
    kept = book.fold("bread")
    for number in range(MAX_FOLDS + 1):
        assert not book.fold(f"nowhere-{number}").nodes
    assert book.fold("bread") is kept


def test_maps_do_not_see_each_other(book: Ledger) -> None:
    put(book, document(1, node("Yeast")))
    put(book, structs.replace(document(1, node("Grape")), map="wine"))
    assert "grape" not in book.fold("bread").nodes
    assert set(book.fold("wine").nodes) == {"day-1", "grape"}


def test_what_another_process_wrote_is_read_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'maps.db'}"
    here, there = ledger(url), ledger(url)
    for day, label in enumerate(("Yeast", "Salt", "Water"), 1):
        put(there if day % 2 else here, document(day, node(label)))
        assert label.lower() in here.fold("bread").nodes
        assert label.lower() in there.fold("bread").nodes
    assert state(here.fold("bread")) == state(there.fold("bread"))
    here.log.close()
    there.log.close()


def test_an_entry_has_the_clocks_time_and_the_writers_name(book: Ledger) -> None:
    book.write("bread", lambda _: [write_of("Yeast")])
    entry = book.log.entry("bread", 1)
    assert (entry.time, entry.author) == ("2026-01-01T00:00:01.000000Z", "ada")


def test_a_write_that_was_overtaken_is_built_again_on_the_newest_view(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'maps.db'}"
    here, there = ledger(url), ledger(url)
    seen: list[int] = []

    def build(view: View) -> Sequence[Write]:
        seen.append(view.entry)
        if len(seen) == 1:
            put(there, document(2, node("Salt")))
        return [write_of("Yeast")]

    assert here.write("bread", build).entries == (2,)
    assert seen == [0, 1]
    here.log.close()
    there.log.close()


def test_a_write_that_is_always_overtaken_gives_up_and_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'maps.db'}"
    here, there = ledger(url), ledger(url)

    def build(view: View) -> Sequence[Write]:
        put(there, document(2, node(f"Salt {view.entry}")))
        return [write_of("Yeast")]

    with pytest.raises(RefusedWrite, match="try again"):
        here.write("bread", build)
    here.log.close()
    there.log.close()


def test_several_writes_are_one_report_and_only_news_become_entries(book: Ledger) -> None:
    book.write("bread", lambda _: [write_of("Yeast"), write_of("Salt", 2)])
    report = book.write("bread", lambda _: [write_of("Yeast"), write_of("Water", 2), write_of("Flour", 3)])
    assert [(part.day, part.status) for part in report.parts] == [(1, "unchanged"), (2, "changed"), (3, "added")]
    assert report.entries == (3, 4)


def test_a_build_that_raises_stores_nothing(book: Ledger) -> None:
    def build(view: View) -> Sequence[Write]:
        raise RefusedWrite("no")

    with pytest.raises(RefusedWrite):
        book.write("bread", build)
    assert book.log.maps() == []


def test_the_map_at_an_entry_is_the_same_before_and_after_further_writes(book: Ledger) -> None:
    put(book, document(1, node("Yeast")))
    put(book, document(2, node("Salt")))
    before = state(book.fold("bread", 1))
    put(book, document(1, node("Water")))
    assert state(book.fold("bread", 1)) == before
    assert set(book.fold("bread", 2).nodes) == {"yeast", "salt", "day-1", "day-2"}


def test_the_map_at_an_entry_that_is_still_to_come_is_not_kept(book: Ledger) -> None:
    put(book, document(1, node("Yeast")))
    assert "salt" not in book.fold("bread", 2).nodes
    put(book, document(2, node("Salt")))
    assert "salt" in book.fold("bread", 2).nodes


def test_the_least_recently_read_folds_are_let_go_and_made_again(book: Ledger) -> None:
    names = [f"map-{number}" for number in range(MAX_FOLDS + 3)]
    for name in names:
        book.write(name, lambda _: [write_of("Yeast")])
    for name in (*names, *names):
        assert "yeast" in book.fold(name).nodes


class Failing:
    """A door to the log that breaks while it is read, once."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries_read, self.broken = entries, False

    def __call__(self, map: str, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        for entry in self.entries_read:
            if not after < entry.sequence <= (until or 99):
                continue
            if entry.sequence == 2 and not self.broken:
                self.broken = True
                raise StoreUnavailable("the disk is gone")
            yield entry


@pytest.mark.parametrize("at", [None, 3])
def test_a_fold_that_could_not_be_read_to_its_end_is_read_again(
    monkeypatch: pytest.MonkeyPatch, at: int | None
) -> None:
    written = ledger()
    for day, label in enumerate(("Yeast", "Salt", "Water"), 1):
        put(written, document(day, node(label)))
    fresh = Ledger(written.log, VOCABULARY, lambda: datetime(2026, 1, 1, tzinfo=UTC))
    failing = Failing(list(written.log.entries("bread")))
    monkeypatch.setattr(written.log, "entries", failing)
    monkeypatch.setattr(written.log, "entry", lambda name, sequence: next(failing(name, sequence - 1, sequence)))
    with pytest.raises(StoreUnavailable):
        fresh.fold("bread", at)
    assert {"yeast", "salt", "water"} <= fresh.fold("bread", at).nodes.keys()
    written.log.close()


def test_a_log_can_be_read_by_a_ledger_opened_later(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'maps.db'}"
    first = ledger(url)
    put(first, document(1, node("Yeast")))
    first.log.close()
    later = Ledger(open_log(url), VOCABULARY)
    assert "yeast" in later.fold("bread").nodes
    later.log.close()
