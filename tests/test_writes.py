"""The fold table through checked writes on a store: what each event does to the map."""

from collections.abc import Callable, Iterator

import pytest
from msgspec import structs

import small_writes as writes
from conceptmap.map import CourseMap
from graphs.fold import PartKey
from graphs.ledger import Ledger
from graphs.view import View
from graphs.walks import reach
from ontology.errors import InvalidDocument, RefusedWrite, StaleRevision, UnknownEntry
from ontology.model import Document, EdgeKey, Node
from small_maps import VOCABULARY, document, edge, ledger, mention, node, origin


@pytest.fixture
def book() -> Iterator[Ledger]:
    made = ledger()
    yield made
    made.log.close()


def view(book: Ledger, as_of: int | None = None, at: int | None = None) -> View:
    return View(book.view("bread", at).fold, VOCABULARY, as_of)


def labels(book: Ledger, as_of: int | None = None, at: int | None = None) -> list[str]:
    return [one.label for one in view(book, as_of, at).nodes() if one.kind != "Day"]


def test_put_a_part_replaces_that_parts_document_and_nothing_else(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast"), node("Salt")))
    writes.put(book, document(1, node("Water"), part="by:ada"))
    report = writes.put(book, document(1, node("Yeast"), node("Flour")))
    assert labels(book) == ["Flour", "Water", "Yeast"]
    (part,) = report.parts
    assert (part.status, part.added, part.changed, part.removed) == ("changed", 1, 0, 1)
    assert report.entries == (3,)


def test_the_same_content_again_adds_no_entry_and_says_unchanged(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    report = writes.put(book, document(1, node("Yeast")))
    assert [part.status for part in report.parts] == ["unchanged"]
    assert report.entries == ()
    assert book.log.last("bread") == 1


def test_other_bytes_for_the_same_document_are_kept_as_an_entry(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")), body=b"# Yeast", media_type="text/markdown")
    report = writes.put(book, document(1, node("Yeast")), body=b"# Yeast\n", media_type="text/markdown")
    assert [part.status for part in report.parts] == ["changed"]
    assert book.log.entry("bread", 2).body == b"# Yeast\n"


@pytest.mark.parametrize(
    "write",
    [
        lambda course, made: course.put(made),
        lambda course, made: course.append(made.day, made.nodes, by="ada"),
        lambda course, made: course.replace([made]),
    ],
    ids=["put", "append", "replace"],
)
def test_a_document_made_by_hand_is_checked_when_it_is_written(
    book: Ledger, write: Callable[[CourseMap, Document], object]
) -> None:
    wrong = (Node(id="no id", kind="Concept", label="Yeast"), Node(id="salt", kind="Concept", label="\u202etlaS"))
    with pytest.raises(InvalidDocument) as caught:
        write(CourseMap(book, "bread"), Document(map="bread", day=1, part="notes", nodes=wrong))
    places = [problem.what.partition(": ")[0] for problem in caught.value.problems]
    assert places == ["nodes.0.id", "nodes.1.label"]
    assert view(book).is_empty


def test_a_put_document_holds_its_day_and_units(book: Ledger) -> None:
    writes.put(book, document(2, title="Why bread rises", units=("Week 1",)))
    assert view(book).node("day-2").text == "Why bread rises"
    assert view(book).edge(EdgeKey("day-2", "part of", "week-1"))


def test_delete_a_part_ends_its_assertions_and_what_another_part_says_stays(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast", text="A fungus"), node("Salt")))
    writes.put(book, document(2, node("Dough"), mention("Yeast"), edge("Dough", "requires", "Yeast")))
    report = writes.delete(book, "bread", 1, "notes")
    assert [part.status for part in report.parts] == ["removed"]
    assert labels(book) == ["Dough", "Yeast"]
    assert view(book).node("yeast").text is None
    assert view(book).edge(EdgeKey("dough", "requires", "yeast"))


def test_delete_a_day_ends_all_its_parts_at_once(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    writes.put(book, document(1, node("Salt"), part="by:ada"))
    writes.put(book, document(2, node("Dough")))
    report = writes.delete(book, "bread", 1)
    assert [(part.part, part.status) for part in report.parts] == [("by:ada", "removed"), ("notes", "removed")]
    assert labels(book) == ["Dough"]


def test_delete_what_is_not_there_is_refused(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    with pytest.raises(UnknownEntry, match="no day 2"):
        writes.delete(book, "bread", 2)
    with pytest.raises(UnknownEntry, match="'other'"):
        writes.delete(book, "bread", 1, "other")
    writes.delete(book, "bread", 1)
    with pytest.raises(UnknownEntry):
        writes.delete(book, "bread", 1)


def test_append_goes_into_the_callers_own_part(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    writes.append(book, document(1, node("Salt"), edge("Salt", "about", "Yeast")), by="ada")
    assert set(book.view("bread").fold.parts) == {PartKey(1, "notes"), PartKey(1, "by:ada")}
    assert view(book).edge(EdgeKey("salt", "about", "yeast"))
    assert view(book).node("salt").assertions[0].author == "ada"


def test_append_adds_to_what_the_caller_said_before(book: Ledger) -> None:
    writes.append(book, document(1, node("Salt")), by="ada")
    writes.append(book, document(1, node("Water", text="wet")), by="ada")
    writes.append(book, document(1, node("Water", text="still wet")), by="ada")
    assert labels(book) == ["Salt", "Water"]
    assert [one.item.text for one in view(book).node("water").assertions] == ["still wet"]


def test_append_brings_a_mention_of_every_end_that_only_the_map_defines(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast", text="A fungus")))
    writes.append(book, document(1, node("Salt"), edge("Salt", "about", "Yeast")), by="ada")
    writes.delete(book, "bread", 1, "notes")
    assert labels(book) == ["Salt", "Yeast"]
    assert not view(book).node("yeast").defined


def test_appending_the_same_again_adds_no_entry_even_after_another_append(book: Ledger) -> None:
    writes.append(book, document(1, node("Salt")), by="ada")
    writes.append(book, document(1, node("Water")), by="ada")
    report = writes.append(book, document(1, node("Salt")), by="ada")
    assert [part.status for part in report.parts] == ["unchanged"]
    assert report.entries == ()


def test_an_appended_mention_takes_no_definition_away(book: Ledger) -> None:
    writes.append(book, document(1, node("Salt", text="NaCl")), by="ada")
    writes.append(book, document(1, mention("Salt"), node("Sea"), edge("Salt", "part of", "Sea")), by="ada")
    assert view(book).node("salt").text == "NaCl"


def test_a_nightly_put_of_the_notes_never_wipes_an_append(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    writes.append(book, document(1, node("Salt")), by="ada")
    writes.put(book, document(1, node("Flour")))
    assert labels(book) == ["Flour", "Salt"]


def test_append_with_an_end_nobody_knows_is_refused(book: Ledger) -> None:
    with pytest.raises(InvalidDocument, match="'yeast' is not among"):
        writes.append(book, document(1, node("Salt"), edge("Salt", "about", "Yeast")), by="ada")


def test_revert_brings_back_what_the_part_said_before(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")), body=b"# Yeast", media_type="text/markdown")
    writes.put(book, document(1, node("Salt")), body=b"# Salt", media_type="text/markdown")
    report = writes.revert(book, "bread", 2)
    assert labels(book) == ["Yeast"]
    assert report.entries == (3,)
    entry = book.log.entry("bread", 3)
    assert (entry.kind, entry.target, entry.revision, entry.document) == ("end", 2, 3, None)
    course = CourseMap(book, "bread")
    day = course.parts_of(1)
    assert (course.sent(day.lines[0]).body, day.lines[0].media_type) == (b"# Yeast", "text/markdown")
    assert (day.revisions, day.newest) == ((3,), 3)


def test_an_append_is_an_entry_that_holds_only_what_it_adds(book: Ledger) -> None:
    writes.append(book, document(1, node("Salt")), by="ada")
    writes.append(book, document(1, node("Water", text="wet"), edge("Water", "about", "Salt")), by="ada")
    entry = book.log.entry("bread", 2)
    assert (entry.kind, entry.revision, entry.counts) == ("add", 2, (2, 0, 0))
    assert entry.document is not None
    assert [one.label for one in entry.document.nodes] == ["Water", "Salt", "Day 1"]
    said = view(book).document(PartKey(1, "by:ada"))
    assert said is not None and [one.label for one in said.nodes] == ["Salt", "Day 1", "Water"]


def test_undoing_an_append_brings_the_parts_earlier_word_back(book: Ledger) -> None:
    writes.append(book, document(1, node("Salt", text="NaCl"), node("Sea")), by="ada")
    writes.append(book, document(1, node("Salt", text="white"), node("Water")), by="ada")
    assert view(book).node("salt").text == "white"
    report = writes.revert(book, "bread", 2)
    assert [(one.status, one.subject) for one in report.parts[0].items] == [("changed", "salt"), ("removed", "water")]
    assert (view(book).node("salt").text, labels(book)) == ("NaCl", ["Salt", "Sea"])


def test_an_entry_with_others_on_top_is_not_reverted_before_them(book: Ledger) -> None:
    for label in ("Yeast", "Salt", "Water"):
        writes.put(book, document(1, node(label)))
    with pytest.raises(RefusedWrite, match="entry 1 is not the newest of part 'notes' of day 1; revert 3 first"):
        writes.revert(book, "bread", 1)
    for entry in (3, 2, 1):
        writes.revert(book, "bread", entry)
    assert labels(book) == []
    with pytest.raises(RefusedWrite, match="revert 6 first"):
        writes.revert(book, "bread", 5)
    for entry in (6, 5):
        writes.revert(book, "bread", entry)
    assert labels(book) == ["Salt"]


def test_every_entry_raises_the_revision_of_its_part_by_one(book: Ledger) -> None:
    writes.append(book, document(1, node("Salt")), by="ada")
    writes.append(book, document(1, node("Water")), by="ada")
    writes.revert(book, "bread", 2)
    writes.revert(book, "bread", 3)
    writes.delete(book, "bread", 1)
    assert [entry.revision for entry in book.log.entries("bread")] == [1, 2, 3, 4, 5]


def test_a_correction_wins_for_label_and_text_until_it_is_undone(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeest", text="A plant.")))
    better = structs.replace(node("Yeest", text="A fungus."), label="Yeast", correction=True)
    writes.append(book, document(1, better), by="ada")
    writes.put(book, document(5, node("Yeest", text="Newer.", aliases=["Leaven"])))
    corrected = view(book).node("yeest")
    assert (corrected.label, corrected.text, corrected.aliases) == ("Yeast", "A fungus.", ("Yeest", "Leaven"))
    writes.revert(book, "bread", 2)
    assert (view(book).node("yeest").label, view(book).node("yeest").text) == ("Yeest", "Newer.")


def test_a_refusal_hides_what_rules_derived_from_its_day_on_until_it_is_undone(book: Ledger) -> None:
    derived = edge("Salt", "about", "Yeast", origin={"how": "derived", "rule": "list"})
    writes.put(book, document(1, node("Salt"), node("Yeast"), derived))
    writes.append(book, document(3, edge("Salt", "about", "Yeast", refusal=True)), by="ada")

    def shown(day: int | None) -> tuple[bool, ...]:
        read = view(book, as_of=day)
        key = EdgeKey("salt", "about", "yeast")
        walked = reach(read, "salt", "about"), reach(read, "yeast", "about", inverse=True)
        listed = read.edge_keys(), read.edges(), read.edge_keys_from("salt"), read.edges_to("yeast")
        (told,) = {
            bool(one) for one in (read.edge(key), *walked, *map(list, listed), read.edges_between("yeast", "salt"))
        }
        return (told,)

    assert [shown(day) for day in (None, 1, 2, 3, 9)] == [(False,), (True,), (True,), (False,), (False,)]
    assert book.log.sizes()["bread"] == (4, 0)
    writes.revert(book, "bread", 2)
    assert [shown(day) for day in (None, 1, 3)] == [(True,)] * 3
    writes.revert(book, "bread", 3)
    writes.put(book, document(2, mention("Salt"), mention("Yeast"), edge("Salt", "about", "Yeast")))
    assert [shown(day) for day in (None, 1, 3)] == [(True,)] * 3


def test_revert_the_first_entry_of_a_part_ends_it(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    assert [part.status for part in writes.revert(book, "bread", 1).parts] == ["removed"]
    assert labels(book) == []


def test_revert_a_delete_brings_the_part_back(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    writes.delete(book, "bread", 1)
    assert [part.status for part in writes.revert(book, "bread", 2).parts] == ["added"]
    assert labels(book) == ["Yeast"]


def test_revert_a_revert_is_the_document_again(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    writes.put(book, document(1, node("Salt")))
    writes.revert(book, "bread", 2)
    writes.revert(book, "bread", 3)
    assert labels(book) == ["Salt"]


def test_revert_of_what_is_undone_already_adds_no_entry(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    writes.put(book, document(1, node("Salt")))
    writes.revert(book, "bread", 2)
    assert writes.revert(book, "bread", 2).parts == ()
    writes.revert(book, "bread", 1)
    assert writes.revert(book, "bread", 1).parts == ()
    assert book.log.last("bread") == 4


def test_revert_that_the_map_no_longer_allows_is_refused(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    writes.delete(book, "bread", 1)
    writes.put(book, document(2, node("Yeast", "Method")))
    with pytest.raises(InvalidDocument, match="'Yeast' is a Concept here and a Method on day 2"):
        writes.revert(book, "bread", 2)
    assert book.log.last("bread") == 3


def test_revert_an_entry_of_another_map_is_refused(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    with pytest.raises(UnknownEntry, match="the log has no entry 1"):
        writes.revert(book, "wine", 1)
    with pytest.raises(UnknownEntry):
        writes.revert(book, "bread", 2)


def test_several_parts_assert_one_node_and_the_newest_day_speaks(book: Ledger) -> None:
    writes.put(book, document(5, node("Yeast", text="newest day")))
    writes.put(book, document(1, node("Yeast", text="first day")))
    assert view(book).node("yeast").text == "newest day"
    assert view(book, as_of=4).node("yeast").text == "first day"
    assert {one.item.text for one in view(book).node("yeast").assertions} == {"newest day", "first day"}


def test_on_one_day_the_newest_entry_speaks(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast", text="notes")))
    writes.append(book, document(1, node("Yeast", text="ada")), by="ada")
    assert view(book).node("yeast").text == "ada"
    writes.put(book, document(1, node("Yeast", text="notes again")))
    assert view(book).node("yeast").text == "notes again"


def test_two_kinds_for_one_id_are_refused_naming_both_places(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast", origin=origin(4)), part="day-01.md"))
    other = document(2, mention("Yeast", "Method", origin=origin(9)), part="day-02.md")
    with pytest.raises(InvalidDocument) as refused:
        writes.put(book, other)
    assert [str(problem) for problem in refused.value.problems] == [
        "day-02.md:9:1: 'Yeast' is a Method here and a Concept on day 1 (day-01.md:4); "
        "use one kind in both, or give one of them another {#id}"
    ]
    assert labels(book) == ["Yeast"]


def test_a_part_may_change_the_kind_of_what_it_alone_says(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    writes.put(book, document(1, node("Yeast", "Method")))
    assert view(book).node("yeast").kind == "Method"


def test_a_mention_keeps_a_node_alive_and_never_overrides(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast", text="A fungus")))
    writes.put(book, document(2, mention("Yeast")))
    assert view(book).node("yeast").text == "A fungus"
    writes.delete(book, "bread", 1)
    assert labels(book) == ["Yeast"]


def test_supports_and_opposes_between_the_same_ends_are_both_kept(book: Ledger) -> None:
    ends = (node("Salt slows yeast", "Evidence"), node("Salt is bad", "Claim"))
    said = (edge("Salt slows yeast", one, "Salt is bad") for one in ("supports", "opposes"))
    writes.put(book, document(1, *ends, *said))
    relations = [one.relation for one in view(book).edges_between("salt-slows-yeast", "salt-is-bad")]
    assert relations == ["opposes", "supports"]


def test_as_of_a_day_only_documents_of_days_up_to_it_count(book: Ledger) -> None:
    for day, label in ((3, "Dough"), (1, "Yeast"), (2, "Salt")):
        writes.put(book, document(day, node(label)))
    assert labels(book, as_of=0) == []
    assert labels(book, as_of=2) == ["Salt", "Yeast"]
    assert labels(book, as_of=99) == labels(book) == ["Dough", "Salt", "Yeast"]


def test_at_an_entry_only_entries_up_to_it_count_whatever_their_day(book: Ledger) -> None:
    for day, label in ((3, "Dough"), (1, "Yeast"), (2, "Salt")):
        writes.put(book, document(day, node(label)))
    assert labels(book, at=2) == ["Dough", "Yeast"]
    assert labels(book, as_of=2, at=2) == ["Yeast"]
    assert labels(book, at=0) == []


def test_put_with_a_stale_revision_is_refused_with_the_current_one(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")), revision=0)
    writes.put(book, document(1, node("Salt")), revision=1)
    with pytest.raises(StaleRevision) as refused:
        writes.put(book, document(1, node("Water")), revision=1)
    assert (refused.value.expected, refused.value.current) == (1, 2)
    assert "revision 2, not 1" in str(refused.value)
    assert labels(book) == ["Salt"]


def test_a_dry_run_reports_what_it_would_do_and_stores_nothing(book: Ledger) -> None:
    report = writes.put(book, document(1, node("Yeast")), dry_run=True)
    assert (report.dry_run, report.entries, report.parts[0].status) == (True, (), "added")
    assert book.log.maps() == []


def test_a_refused_put_names_all_problems_and_keeps_what_was_there(book: Ledger) -> None:
    writes.put(book, document(1, node("Yeast")))
    wrong = document(
        1, node("Yeast", "Fungus"), node("Salt"), edge("Salt", "likes", "Yeast"), edge("Salt", "about", "Sea")
    )
    with pytest.raises(InvalidDocument) as refused:
        writes.put(book, wrong)
    assert [problem.what for problem in refused.value.problems] == [
        "unknown kind 'Fungus'",
        "unknown relation 'likes'",
        "the end 'sea' is not among the document's nodes",
    ]
    assert view(book).node("yeast").kind == "Concept"


def test_a_cycle_across_days_is_refused_with_each_edges_place(book: Ledger) -> None:
    ends = (node("Dough"), node("Yeast"))
    there = edge("Dough", "requires", "Yeast", origin=origin(7))
    back = edge("Yeast", "requires", "Dough", origin=origin(3))
    writes.put(book, document(1, *ends, there, part="day-01.md"))
    with pytest.raises(InvalidDocument) as refused:
        writes.put(book, document(2, *ends, back, part="day-02.md"))
    assert [str(problem) for problem in refused.value.problems] == [
        "day-02.md:3:1: 'requires' runs in a circle: yeast -> dough (day-02.md:3), dough -> yeast (day-01.md:7); "
        "take one of these edges out"
    ]
    writes.put(book, document(1, *ends, part="day-01.md"))
    writes.put(book, document(2, *ends, back, part="day-02.md"))
