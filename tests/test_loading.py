from collections.abc import Iterator
from dataclasses import replace

import pytest

from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile
from conceptmap.notes.document.assertions import assert_all
from conceptmap.notes.page.markdown import read_blocks
from conceptmap.writes import WritableMap
from graphs.fold import PartKey
from graphs.ledger import Ledger, WriteReport
from graphs.view import View, cite
from ontology.errors import InvalidDocument
from ontology.model import Node
from small_maps import VOCABULARY, edge, ledger, node
from small_writes import load
from steps import watched

DAY_1 = "---\nday: 1\n---\n## Yeast\nA fungus.\n- part of:: [[Day 1 things]]\n\n## Day 1 things\n- gist:: x\n"
DAY_2 = "---\nday: 2\n---\n## Fermentation\n- requires:: [[Yeast]]\n"


@pytest.fixture
def book() -> Iterator[Ledger]:
    made = ledger()
    yield made
    made.log.close()


def loaded(book: Ledger, dry_run: bool = False, /, **notes: str) -> WriteReport:
    """Load notes; the name `day_1` stands for the file `day-1.md`."""
    files = [NoteFile(path=f"{name.replace('_', '-')}.md", body=text.encode()) for name, text in notes.items()]
    return load(book, "bread", files, dry_run=dry_run)


def problems(book: Ledger, **notes: str) -> list[str]:
    with pytest.raises(InvalidDocument) as refused:
        loaded(book, **notes)
    return list(map(str, refused.value.problems))


def statuses(report: WriteReport) -> dict[str, str]:
    return {part.part: part.status for part in report.parts}


def view(book: Ledger) -> View:
    return View(book.view("bread").fold, VOCABULARY)


def test_notes_become_days_and_loading_them_again_changes_nothing(book: Ledger) -> None:
    assert statuses(loaded(book, day_1=DAY_1, day_2=DAY_2)) == {"day-1.md": "added", "day-2.md": "added"}
    report = loaded(book, day_1=DAY_1, day_2=DAY_2 + "\nSugar turns to gas.\n")
    assert statuses(report) == {"day-1.md": "unchanged", "day-2.md": "changed"}
    assert view(book).node("fermentation").text == "Sugar turns to gas."


def test_the_entry_keeps_the_bytes_of_the_note(book: Ledger) -> None:
    loaded(book, day_1=DAY_1)
    assert (book.log.entry("bread", 1).body, book.log.entry("bread", 1).media_type) == (DAY_1.encode(), "text/markdown")


def test_a_later_load_may_link_to_what_is_stored(book: Ledger) -> None:
    loaded(book, day_1=DAY_1)
    loaded(book, day_2=DAY_2)
    assert [edge.target for edge in view(book).edges_from("fermentation", "requires")] == ["yeast"]


def test_all_problems_of_all_notes_come_at_once_and_nothing_is_stored(book: Ledger) -> None:
    loaded(book, day_1=DAY_1)
    found = problems(
        book,
        day_2="---\nday: 2\n---\n## Claim: Yeast\n- about:: Nobody\n",
        day_3="---\nday: 3\n---\n## Salt\n- answers:: [[Yeast]]\n- kind:: Slt\n",
        day_4="no day is said here, but the name says it\n\n## Yeast\n- requires:: [[Yeast]]\n",
    )
    joined = "\n".join(found)
    for said in (
        "day-2.md:4",
        "'Yeast' is a Claim here and a Concept on day 1 (day-1.md:4)",
        "day-2.md:5:",
        "'answers' cannot start at a Concept",
        "unknown kind 'Slt'",
        "'yeast' cannot be joined to itself",
    ):
        assert said in joined
    assert book.log.last("bread") == 1


def test_a_dry_run_reports_and_stores_nothing(book: Ledger) -> None:
    report = loaded(book, True, day_1=DAY_1)
    assert (report.dry_run, statuses(report), book.log.maps()) == (True, {"day-1.md": "added"}, [])


def test_a_second_note_of_a_day_is_a_part_of_it_and_said_once(book: Ledger) -> None:
    loaded(book, day_1=DAY_1)
    copy = "---\nday: 1\n---\n## Salt\n- gist:: x\n"
    report = loaded(book, copy_of_day=copy)
    assert statuses(report) == {"copy-of-day.md": "added"}
    assert [str(one) for one in report.warnings] == [
        "copy-of-day.md:1:1: day 1 has 'day-1.md' too: both are kept as parts of it; "
        "if that is not meant, correct the day"
    ]
    assert loaded(book, copy_of_day=copy.replace("gist:: x", "gist:: y")).warnings == ()
    assert loaded(book, evening=copy.replace("day: 1", "day: 1\npart: evening")).warnings == ()


def test_notes_of_one_week_or_one_date_are_parts_without_a_word(book: Ledger) -> None:
    files = [NoteFile(f"Week 1/{name}.md", b"Words.\n", place=f"Week 1/{name}.md") for name in "ab"]
    assert load(book, "bread", files).warnings == ()
    assert view(book).parts(1) == [(1, "Week 1/a.md"), (1, "Week 1/b.md")]


def test_a_cycle_between_notes_names_the_line_of_each_edge(book: Ledger) -> None:
    (found,) = problems(
        book,
        day_1="---\nday: 1\n---\n## Yeast\n- requires:: [[Dough]]\n",
        day_2="---\nday: 2\n---\n## Dough\n- requires:: [[Yeast]]\n",
    )
    assert found == (
        "day-2.md:5:14: 'requires' runs in a circle: dough -> yeast (day-2.md:5), yeast -> dough (day-1.md:5); "
        "take one of these edges out"
    )


def test_what_is_derived_and_breaks_a_rule_is_dropped_with_a_warning(book: Ledger) -> None:
    chain = "## A\n- part of:: [[B]]\n\n## B\n- part of:: [[C]]\n\n## C\n- gist:: x\n"
    loaded(book, day_1=f"---\nday: 1\n---\n{chain}")
    tree = "```\nA\n│\n├── C\n└── D\n```\n"
    report = loaded(book, day_2=f"---\nday: 2\n---\n{tree}")
    assert [str(one) for one in report.warnings] == [
        "day-2.md:7:5: 'part of' runs in a circle: c -> a (day-2.md:7), a -> b (day-1.md:5), b -> c (day-1.md:8); "
        "take one of these edges out"
    ]
    assert [edge.source for edge in view(book).edges_to("a", "part of")] == ["d"]
    assert view(book).has_node("c")


def test_a_misspelt_name_is_a_mention_with_the_nearest_candidate(book: Ledger) -> None:
    loaded(book, day_1=DAY_1)
    (warning,) = loaded(book, day_2="---\nday: 2\n---\n## Dough\n- requires:: [[Yaest]]\n").warnings
    assert "did you mean 'Yeast'" in warning.hint
    assert not view(book).node("yaest").defined


def test_a_mention_is_what_a_later_load_defines_and_goes_with_the_note_that_mentions_it(book: Ledger) -> None:
    loaded(book, day_1=DAY_1, day_2="## Dough\n- supports:: [[Rye is hard]]\n\nSee [[Salt]] and [[Oven]].\n")
    mentioned = {node.id: node.kind for node in view(book).nodes() if not node.defined}
    assert mentioned == {"rye-is-hard": "Claim", "salt": "Concept", "oven": "Concept"}
    assert loaded(book, day_3="## Method: Salt\n\n## Question: Oven\n").warnings == ()
    assert [view(book).node(one).kind for one in ("salt", "oven")] == ["Method", "Question"]
    assert view(book).up_to(2).node("salt").kind == "Concept"
    assert {node.id for node in view(book).nodes("Method")} == {"salt"}
    WritableMap(book, "bread").delete(3)
    WritableMap(book, "bread").delete(2)
    assert not any(view(book).has_node(one) for one in (*mentioned, "dough"))


def test_a_definition_that_a_stated_relation_cannot_end_at_is_refused(book: Ledger) -> None:
    loaded(book, day_2="## Dough\n- requires:: [[Salt]]\n")
    assert problems(book, day_3="## Question: Salt\n") == [
        "day-3.md:1:4: 'Salt' is a Question here, but day 2 (day-2.md:2) says 'Dough' requires 'Salt': "
        "'requires' cannot end at a Question, only at a Claim, Concept, Day, Method or Source; correct one of the two"
    ]


def test_a_note_that_suddenly_says_nothing_is_warned_of(book: Ledger) -> None:
    loaded(book, day_1=DAY_1)
    (warning,) = loaded(book, day_1="---\nday: 1\n---\n").warnings
    assert "day 1" in warning.what
    assert loaded(book, day_1="---\nday: 1\n---\n").warnings == ()


def test_a_renamed_note_takes_the_place_of_its_part(book: Ledger) -> None:
    loaded(book, day_1=DAY_1)
    (warning,) = load(book, "bread", [NoteFile(path="first.md", body=DAY_1.encode())], dry_run=True).warnings
    assert "--part 'day-1.md'" in str(warning)
    report = load(book, "bread", [NoteFile(path="first.md", body=DAY_1.encode(), part="day-1.md")])
    assert statuses(report) == {"day-1.md": "unchanged"}


SOUR = b"# Sourdough\nA bread.\n\n## Starter\n- requires:: [[Flour]]\n"
FLOUR = b"# Flour\nGround grain.\n"


def test_a_note_without_a_day_is_a_concept_of_its_title_and_says_nothing_of_days(book: Ledger) -> None:
    load(book, "bread", [NoteFile("v/a.md", SOUR), NoteFile("v/flour.md", FLOUR)])
    seen = view(book)
    assert [part.document.undated for part in seen.standing_parts()] == [True, True]
    assert sorted(seen.ids_of_kind(None)) == ["flour", "sourdough", "starter"]
    assert (seen.node("flour").text, seen.introduced_on("flour")) == ("Ground grain.", None)
    assert cite(seen.node("flour").assertions[0]).undated


def test_a_day_that_comes_to_an_undated_node_is_the_one_on_which_it_is_introduced(book: Ledger) -> None:
    load(book, "bread", [NoteFile("flour.md", FLOUR)])
    loaded(book, day_7="## Flour\n- gist:: ground\n")
    assert view(book).introduced_on("flour") == 7


def test_a_real_day_0_stays_one(book: Ledger) -> None:
    loaded(book, day_0="## Flour\n- gist:: ground\n")
    assert view(book).introduced_on("flour") == 0


def test_undated_notes_of_one_name_are_parts_by_their_places_and_found_again_by_their_ends(book: Ledger) -> None:
    files = [NoteFile("v/a/x.md", SOUR, place="a/x.md"), NoteFile("v/b/x.md", FLOUR, place="b/x.md")]
    assert statuses(load(book, "bread", files)) == {"a/x.md": "added", "b/x.md": "added"}
    again = [NoteFile("a/x.md", SOUR, place="x.md")]
    assert statuses(load(book, "bread", again)) == {"a/x.md": "unchanged"}


def test_where_it_is_not_strict_a_note_with_problems_keeps_only_itself_from_being_stored(book: Ledger) -> None:
    files = [NoteFile("day-1.md", DAY_1.encode()), NoteFile("day-2.md", b"## Claim: Yeast\n- kind:: Yest\n")]
    report = WritableMap(book, "bread").load_notes(files, strict=False)
    assert statuses(report) == {"day-1.md": "added"}
    assert [(one.file, one.line) for one in report.refused] == [("day-2.md", 2)]
    assert view(book).node("yeast").kind == "Concept"
    with pytest.raises(InvalidDocument):
        WritableMap(book, "bread").load_notes(files[1:], strict=False)


def test_a_note_whose_day_was_corrected_moves(book: Ledger) -> None:
    note = "---\nday: {}\n---\n## Salt\n- gist:: x\n\n## Claim: Salt is dear\n- about:: [[Salt]]\n"
    loaded(book, salt=note.format(12), rye=note.replace("Salt", "Rye").format(12))
    report = loaded(book, salt=note.format(2))
    assert [(one.day, one.part, one.status) for one in report.parts] == [
        (2, "salt.md", "added"),
        (12, "salt.md", "removed"),
    ]
    assert view(book).node("salt").days == (2,)
    assert view(book).parts() == [(2, "salt.md"), (12, "rye.md")]
    for entry in report.entries[::-1]:
        WritableMap(book, "bread").revert(entry)
    assert view(book).parts() == [(12, "rye.md"), (12, "salt.md")]


def test_a_note_that_says_next_to_nothing_moves_too(book: Ledger) -> None:
    files = [NoteFile(f"0{number}-t.md", f"# Topic {number}\n".encode()) for number in (1, 2, 3)]
    load(book, "bread", files)
    report = load(book, "bread", [NoteFile("03-t.md", b"---\nday: 9\n---\n# Topic 3\n")])
    assert {(one.day, one.status) for one in report.parts} == {(3, "removed"), (9, "added")}
    assert view(book).parts() == [(1, "01-t.md"), (2, "02-t.md"), (9, "03-t.md")]


def test_a_note_of_the_same_name_that_says_something_else_ends_nothing(book: Ledger) -> None:
    loaded(book, intro="---\nday: 1\n---\n## Salt\n- gist:: x\n")
    loaded(book, intro="---\nday: 8\n---\n## Rye\n- gist:: y\n")
    assert view(book).parts() == [(1, "intro.md"), (8, "intro.md")]


def test_a_day_that_the_map_knows_for_a_file_stays_also_when_it_is_loaded_alone(book: Ledger) -> None:
    files = [NoteFile(f"n/2026-11-0{day}.md", b"Words.\n", place=f"2026-11-0{day}.md") for day in (2, 6)]
    load(book, "bread", files)
    between = NoteFile("n/2026-11-04.md", b"Words.\n", place="2026-11-04.md")
    assert [one.day for one in load(book, "bread", [between]).parts] == [3]
    assert [one.day for one in load(book, "bread", [*files, between]).parts] == [1, 2, 3]


def test_a_number_of_a_sequence_stays_where_the_file_comes_without_the_others(book: Ledger) -> None:
    bare = [NoteFile(f"n/0{day}-x.md", b"Words.\n", place=f"0{day}-x.md") for day in (8, 9)]
    assert [one.day for one in load(book, "bread", bare).parts] == [8, 9]
    assert [one.day for one in load(book, "bread", [replace(bare[0], path="x/08-x.md")]).parts] == [8]


def test_the_bare_name_of_an_earlier_release_is_taken_by_the_path_of_its_day(book: Ledger) -> None:
    load(book, "bread", [NoteFile("day-7.md", b"# Salt\n")])
    for path in ("notes/day-7.md", "notes/Day-7.md", "notes/day-8.md"):
        load(book, "bread", [NoteFile(path, b"# Salt\n", place=path)])
    assert view(book).parts() == [(7, "day-7.md"), (8, "notes/day-8.md")]


def test_names_that_only_case_tells_apart_are_said(book: Ledger) -> None:
    files = [NoteFile(name, b"# Salt\n", place=name) for name in ("day-7.md", "Day-7.md")]
    assert "differ only by case" in str(load(book, "bread", files).warnings)


PLAYER = "---\nday: 1\n---\n## Kasper\nPlays chess.\n- kind:: Concept\n\n## Chess\nA game.\n- about:: [[Kasper]]\n"


@pytest.fixture
def told(book: Ledger) -> CourseMap:
    """A node that notes and, on a later day, a contributor call a Concept."""
    loaded(book, day_1=PLAYER)
    course = CourseMap(book, "bread")
    course.append(4, [node("Kasper", text="A player.")], by="ada")
    return course


def test_notes_change_the_kind_of_a_node_by_themselves_and_a_contributor_s_clash_is_listed(
    told: CourseMap, book: Ledger
) -> None:
    report = loaded(book, day_1=PLAYER.replace("kind:: Concept", "kind:: Agent"))
    assert [str(one) for one in report.warnings] == [
        "day-1.md:4:4: 'Kasper' is of the kind Agent here, but by:ada of day 4 says Concept; "
        "the notes count; append it there anew, or undo it: conceptmap revert 2"
    ]
    assert (told.node("Kasper").kind, told.node("Kasper").text) == ("Agent", "A player.")
    assert [one.id for one in told.view().nodes("Agent")] == ["kasper"]
    assert told.view().node("kasper").kind == "Agent"


def test_what_clashes_keeps_nobody_from_writing_on(told: CourseMap, book: Ledger) -> None:
    loaded(book, day_1=PLAYER.replace("kind:: Concept", "kind:: Agent"))
    assert loaded(book, day_5="---\nday: 5\n---\n## Match\nA long one.\n- about:: [[Kasper]]\n").warnings == ()
    added = told.append(4, [node("Board")], [edge("Board", "about", "Kasper")], by="ada")
    told.revert(added.entries[0])
    with pytest.raises(InvalidDocument, match="'Kasper' is a Concept here and an Agent on day 1"):
        told.append(6, [node("Kasper")], by="ada")
    told.append(4, [node("Kasper", "Agent", text="A player.")], by="ada")
    assert loaded(book, day_1=PLAYER.replace("kind:: Concept", "kind:: Agent") + "\nMore.\n").warnings == ()


def test_a_name_is_the_same_however_a_machine_composes_its_letters(book: Ledger) -> None:
    composed, decomposed = "day-01 \u00e9.md", "day-01 e\u0301.md"
    load(book, "bread", [NoteFile(composed, b"# Salt\n## Rye\n", place=composed)])
    again = [NoteFile(decomposed, b"# Salt\n## Rye\n", place=composed)]
    assert statuses(load(book, "bread", again)) == {composed: "unchanged"}
    bare = [NoteFile(name, b"words\n") for name in (decomposed, composed)]
    (one,), (other,) = (load(book, "other", [file]).parts for file in bare)
    assert (one.status, other.status, one.title) == ("added", "unchanged", "\u00e9")


def test_notes_that_were_read_ahead_are_read_again_only_where_the_map_says_otherwise_by_then(book: Ledger) -> None:
    course = CourseMap(book, "bread")
    sent = course.read_notes(PartKey(2, "notes"), b"## Claim: Salt slows yeast\n- about:: [[Yeast]]\n")
    course.append(1, [Node(id="levain", kind="Concept", label="Levain", aliases=("Yeast",))], by="ada")
    with watched(read_blocks, lambda: True) as pages:
        sent.put()
    assert not pages
    assert [edge.target for edge in course.view().edges()] == ["levain"]
    sent = course.read_notes(PartKey(3, "notes"), b"## Claim: Time beats kneading\n")
    with watched(assert_all, lambda: True) as documents:
        report = sent.put()
    assert not documents
    assert report.entries == (3,)
