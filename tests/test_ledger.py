from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import sleep
from typing import Any
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from graphs.entries import Write
from graphs.fold import Event
from graphs.ledger import Ledger
from graphs.log import open_log
from graphs.view import View
from ontology.errors import RefusedWrite, StoreUnavailable
from ontology.rules import completed
from small_maps import VOCABULARY, document, edge, ledger, node, origin, state
from small_writes import append, put, revert
from test_fold_properties import random_writes


@pytest.fixture
def book() -> Iterator[Ledger]:
    made = ledger()
    yield made
    made.log.close()


def write_of(label: str, day: int = 1) -> Write:
    said = document(day, node(label))
    return Write(day, "notes", said, label.encode(), "text/plain", "ada")


def large_write(count: int) -> Write:
    said = structs.replace(document(1, *(node(f"N {number}") for number in range(count))), map="large")
    return Write(1, "notes", completed(said), b"", "text/plain", "ada")


def test_a_map_that_nobody_wrote_to_is_empty(book: Ledger) -> None:
    assert book.view("bread").fold.sequence == 0
    assert book.log.maps() == []


def test_a_state_that_nobody_reads_is_brought_forward_itself(book: Ledger) -> None:
    put(book, document(1, node("Yeast")))
    kept = book.view("bread").fold
    put(book, document(2, node("Salt")))
    assert book.view("bread").fold is kept
    assert "salt" in kept.nodes


def test_a_view_stays_as_it_is_while_entries_come_and_its_state_is_freed_with_it(book: Ledger) -> None:
    put(book, document(1, node("Yeast")))
    held = book.view("bread")
    former = ref(held.fold)
    before = state(held.fold)
    put(book, document(2, node("Salt")))
    put(book, document(1, node("Water")))
    assert state(held.fold) == before
    assert {"salt", "water"} <= set(book.view("bread").node_ids())
    del held
    assert former() is None


def test_what_comes_to_other_maps_copies_nothing(book: Ledger) -> None:
    put(book, document(1, node("Yeast")))
    held = book.view("bread")
    put(book, structs.replace(document(1, node("Grape")), map="wine"))
    assert book.view("bread").fold is held.fold


def test_names_that_nobody_wrote_to_push_no_state_out(book: Ledger) -> None:
    small = Ledger(book.log, VOCABULARY, max_weight=100)
    put(book, document(1, node("Yeast")))
    kept = small.view("bread").fold
    for number in range(10):
        assert not small.view(f"nowhere-{number}").fold.nodes
    assert small.view("bread").fold is kept


def test_maps_are_kept_by_their_size_not_by_their_number(book: Ledger) -> None:
    for number in range(100):
        put(book, structs.replace(document(1, node("Yeast")), map=f"map-{number}"))
    book.write("large", lambda _: [large_write(3000)])
    kept = {name: book.view(name).fold for name in book.log.maps()}
    assert all(book.view(name).fold is fold for name, fold in kept.items())
    small = Ledger(book.log, VOCABULARY, max_weight=1000)
    assert small.view("map-1").fold is small.view("map-1").fold
    first = small.view("map-1").fold
    assert len(small.view("large").fold.nodes) == 3001
    assert small.view("map-1").fold is not first


def test_readers_and_writers_share_one_state(tmp_path: Path) -> None:
    """Threads read while others write: each view is the map at its entry, and no state is changed under a reader."""
    with closing((book := ledger(f"sqlite:///{tmp_path / 'maps.db'}")).log):
        put(book, document(1, node("Yeast")))

        def read(_: int) -> bool:
            view = book.view("bread")
            labels = [one.label for one in view.nodes() if one.kind != "Day"]
            sleep(0.0005)
            return len(labels) == view.entry and labels == [one.label for one in view.nodes() if one.kind != "Day"]

        def write(number: int) -> bool:
            return bool(append(book, document(1, node(f"N {number}")), by=f"ada-{number % 3}").entries)

        with ThreadPoolExecutor(6) as pool:
            done = [pool.submit(work, number) for number in range(60) for work in (read, write)]
        assert all(one.result() for one in done)
        assert state(book.view("bread").fold) == state(Ledger(book.log, VOCABULARY).view("bread").fold)


def test_sizes_are_kept_beside_the_log(book: Ledger) -> None:
    put(book, document(1, node("Yeast"), node("Salt"), edge("Salt", "about", "Yeast")))
    put(book, structs.replace(document(3, node("Grape")), map="wine"))
    assert book.log.sizes() == {"bread": (3, 1), "wine": (2, 0)}
    revert(book, "wine", 1)
    assert book.log.sizes()["wine"] == (0, 0)
    assert book.log.living_maps() == ["bread"]
    assert book.log.living_maps(as_of=0) == []


def test_a_refused_edge_is_counted_neither_beside_the_log_nor_in_memory(book: Ledger) -> None:
    ends = (node("Yeast"), node("Salt"))
    put(book, document(1, *ends, edge("Salt", "about", "Yeast", **{"from": origin(1, how="derived")})))
    append(book, document(1, edge("Salt", "about", "Yeast", refusal=True)), by="ada")
    book.view("bread")
    assert book.sizes() == book.log.sizes() == {"bread": (3, 0)}


@given(st.data())
def test_the_sizes_beside_the_log_are_those_of_the_state(data: st.DataObject) -> None:
    with closing((book := ledger()).log):
        random_writes(book, data)
        if book.log.last("m"):
            fold = Ledger(book.log, VOCABULARY).view("m").fold
            assert book.log.sizes()["m"] == (len(fold.nodes), fold.edge_count)
            first = min((key.day for key in fold.parts), default=None)
            assert book.log.living_maps() == ([] if first is None else ["m"])
            assert first is None or (book.log.living_maps(first), book.log.living_maps(first - 1)) == (["m"], [])


def test_maps_do_not_see_each_other(book: Ledger) -> None:
    put(book, document(1, node("Yeast")))
    put(book, structs.replace(document(1, node("Grape")), map="wine"))
    assert "grape" not in book.view("bread").fold.nodes
    assert set(book.view("wine").fold.nodes) == {"day-1", "grape"}


def test_what_another_process_wrote_is_read_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'maps.db'}"
    here, there = ledger(url), ledger(url)
    for day, label in enumerate(("Yeast", "Salt", "Water"), 1):
        put(there if day % 2 else here, document(day, node(label)))
        assert label.lower() in here.view("bread").fold.nodes
        assert label.lower() in there.view("bread").fold.nodes
    assert state(here.view("bread").fold) == state(there.view("bread").fold)
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
    before = state(book.view("bread", 1).fold)
    put(book, document(1, node("Water")))
    assert state(book.view("bread", 1).fold) == before
    assert set(book.view("bread", 2).fold.nodes) == {"yeast", "salt", "day-1", "day-2"}


def test_the_map_at_an_entry_that_is_still_to_come_is_not_kept(book: Ledger) -> None:
    put(book, document(1, node("Yeast")))
    assert "salt" not in book.view("bread", 2).fold.nodes
    put(book, document(2, node("Salt")))
    assert "salt" in book.view("bread", 2).fold.nodes


@pytest.mark.parametrize("at", [None, 3])
def test_a_state_that_could_not_be_read_to_its_end_is_read_again(
    monkeypatch: pytest.MonkeyPatch, book: Ledger, at: int | None
) -> None:
    for day, label in enumerate(("Yeast", "Salt", "Water"), 1):
        put(book, document(day, node(label)))
    fresh = Ledger(book.log, VOCABULARY)
    whole = book.log.events

    def broken(*given: Any, **chosen: Any) -> Iterator[Event]:
        yield next(whole(*given, **chosen))
        raise StoreUnavailable("the disk is gone")

    with monkeypatch.context() as patched:
        patched.setattr(book.log, "events", broken)
        with pytest.raises(StoreUnavailable):
            fresh.view("bread", at)
    assert {"yeast", "salt", "water"} <= set(fresh.view("bread", at).node_ids())


def test_a_log_can_be_read_by_a_ledger_opened_later(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'maps.db'}"
    first = ledger(url)
    put(first, document(1, node("Yeast")))
    first.log.close()
    later = Ledger(open_log(url), VOCABULARY)
    assert "yeast" in later.view("bread").fold.nodes
    later.log.close()
