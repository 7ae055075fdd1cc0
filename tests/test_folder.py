"""A folder that is loaded again: what stands as it is, is not read, and the map is the one of a first load."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from conceptmap.disk import find_notes
from conceptmap.folder import Folder, LoadReport
from conceptmap.map import CourseMap
from conceptmap.notes import Memory, NoteFile
from graphs.fold import PartKey
from graphs.ledger import Ledger
from ontology.errors import InvalidDocument
from ontology.model import Document, Node
from small_maps import VOCABULARY, edge, ledger, mention, node

BREAD = "# Bread\nFlour and water.\n\n## Dough\n- requires:: [[Flour]]\n"
FLOUR = "# Flour\nGround grain.\n"


@pytest.fixture
def book() -> Iterator[Ledger]:
    made = ledger()
    yield made
    made.log.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two notes."""
    made = tmp_path / "notes"
    made.mkdir()
    (made / "bread.md").write_text(BREAD)
    (made / "flour.md").write_text(FLOUR)
    return made


def load(book: Ledger, folder: Path) -> LoadReport:
    found = find_notes([folder])
    return CourseMap(book, "bread").load_notes(found.files, folders=found.folders, strict=False)


def statuses(report: LoadReport) -> dict[str, str]:
    return {part.part: part.status for part in report.parts}


def read(report: LoadReport) -> list[str]:
    """The files that were read."""
    return [note.path for note in report.notes]


def test_a_folder_that_stands_as_it_is_is_not_read_again(book: Ledger, folder: Path) -> None:
    load(book, folder)
    report = load(book, folder)
    assert (statuses(report), read(report), report.entries) == (
        {"bread.md": "unchanged", "flour.md": "unchanged"},
        [],
        (),
    )


def test_a_file_that_changed_is_read_again(book: Ledger, folder: Path) -> None:
    load(book, folder)
    (folder / "flour.md").write_text(FLOUR + "White or brown.\n")
    report = load(book, folder)
    assert statuses(report) == {"bread.md": "unchanged", "flour.md": "changed"}
    assert "notes/flour.md" in read(report)


def test_what_is_undone_is_loaded_again(book: Ledger, folder: Path) -> None:
    load(book, folder)
    CourseMap(book, "bread").revert(1)
    assert statuses(load(book, folder)) == {"bread.md": "added", "flour.md": "unchanged"}


def test_a_file_that_stands_is_not_read_again_where_it_is_loaded_alone(book: Ledger, folder: Path) -> None:
    load(book, folder)
    assert (load(book, folder / "flour.md").notes, load(book, folder).notes) == ((), ())


def test_a_file_that_was_loaded_alone_is_read_once_more_with_its_folder(book: Ledger, folder: Path) -> None:
    load(book, folder)
    (folder / "flour.md").write_text(FLOUR + "White or brown.\n")
    load(book, folder / "flour.md")
    assert (len(load(book, folder).entries), load(book, folder).notes) == (1, ())


def test_notes_that_another_version_read_are_read_again_once(
    book: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conceptmap.folder.metadata.version", lambda _: "0.0.9")
    load(book, folder)
    monkeypatch.undo()
    report = load(book, folder)
    assert (statuses(report), len(report.entries)) == ({"bread.md": "unchanged", "flour.md": "unchanged"}, 2)
    assert load(book, folder).notes == ()


def test_a_name_that_somebody_else_gave_meanwhile_is_looked_up_again(book: Ledger, folder: Path) -> None:
    (folder / "bread.md").write_text(BREAD + "\nLook at [[Ground grain]].\n")
    load(book, folder)
    CourseMap(book, "bread").append(1, [Node(id="salt", kind="Concept", label="Salt")], by="anna")
    assert load(book, folder).notes == ()
    CourseMap(book, "bread").append(
        1, [Node(id="flour", kind="Concept", label="Flour", aliases=("Ground grain",))], by="anna"
    )
    assert len(load(book, folder).notes) == 2


def test_notes_of_a_node_that_another_became_are_read_again(book: Ledger, folder: Path) -> None:
    load(book, folder)
    course = CourseMap(book, "bread")
    course.append(1, [Node(id="meal", kind="Concept", label="Meal")], by="anna")
    assert load(book, folder).notes == ()
    course.merge("Meal", "Flour", by="anna")
    assert len(load(book, folder).notes) == 2


def test_the_file_of_a_diary_stands_only_where_all_its_days_do(book: Ledger, folder: Path) -> None:
    (folder / "log.md").write_text("# Day 1: Tea\nHot.\n\n# Day 2: Coffee\nBlack.\n")
    load(book, folder)
    assert load(book, folder).notes == ()
    CourseMap(book, "bread").delete(2)
    assert [part.status for part in load(book, folder).parts if part.part == "log.md"] == ["unchanged", "added"]


NAMES = ("Yeast", "Flour", "Dough", "Salt water")
LINES = st.one_of(
    st.builds("## {}".format, st.sampled_from(NAMES)),
    st.builds("## Claim: {}".format, st.sampled_from(NAMES)),
    st.builds("- alias:: {}".format, st.sampled_from(NAMES)),
    st.builds("- requires:: [[{}]]".format, st.sampled_from(NAMES)),
    st.builds("Look at [[{}]].".format, st.sampled_from(NAMES)),
    st.builds("{} is a kind of dough.".format, st.sampled_from(NAMES)),
    st.builds("- **{}**: it rises".format, st.sampled_from(NAMES)),
    st.builds("```\n{}\n└── {}\n```".format, st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.builds("| D | {} | {} |\n|---|---|---|\n| Taste | mild | sour |".format, *[st.sampled_from(NAMES)] * 2),
)
PAGES = st.lists(LINES, min_size=1, max_size=4).map("\n\n".join)
FOLDERS = st.dictionaries(st.sampled_from(("yeast.md", "day-1.md", "day-2.md", "b.md", "c.md")), PAGES, min_size=1)


def load_pages(
    book: Ledger, pages: dict[str, str], memory: Memory | None = None, *, prune: bool = False
) -> LoadReport | None:
    """Load a folder with files of these names; None where one is refused."""
    files = [NoteFile(f"notes/{name}", text.encode(), place=name, root="/notes") for name, text in pages.items()]
    folder = Folder("/notes", frozenset(pages))
    try:
        return CourseMap(book, "bread").load_notes(files, folders=[folder], prune=prune, memory=memory)
    except InvalidDocument:
        return None


def documents(book: Ledger) -> dict[PartKey, Document | None]:
    """What the notes of the map say."""
    view = book.view("bread")
    return {key: view.document(key) for key in view.parts() if not key.part.startswith("by:")}


def assert_same(book: Ledger, fresh: Ledger) -> None:
    """Both maps say the same, unless one remembers how a heading was worded before."""
    said = documents(book)
    assume(not any(node.became for document in said.values() if document for node in document.nodes))
    assert said == documents(fresh)


@contextmanager
def two_books() -> Iterator[tuple[Ledger, Ledger]]:
    with closing(ledger().log) as one, closing(ledger().log) as other:
        yield Ledger(one, VOCABULARY), Ledger(other, VOCABULARY)


LOADS = settings(suppress_health_check=[HealthCheck.filter_too_much])


@given(first=FOLDERS, second=FOLDERS, third=FOLDERS)
@LOADS
def test_loading_again_gives_the_map_of_loading_everything_afresh(
    first: dict[str, str], second: dict[str, str], third: dict[str, str]
) -> None:
    memory = Memory()
    after = {**first, **second, **third}
    with two_books() as (book, fresh):
        assume(load_pages(fresh, after))
        for pages in (first, {**first, **second}, after):
            assume(load_pages(book, pages, memory))
        assert_same(book, fresh)


@given(before=FOLDERS, after=FOLDERS)
@LOADS
def test_a_folder_that_is_pruned_is_the_one_of_a_first_load(before: dict[str, str], after: dict[str, str]) -> None:
    with two_books() as (book, fresh):
        assume(load_pages(fresh, after) and load_pages(book, before))
        report = load_pages(book, after, prune=True)
        assume(report and not report.renamed)  # what is renamed keeps its day
        assert_same(book, fresh)


@given(
    pages=FOLDERS,
    ends=st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True),
    alias=st.sampled_from(NAMES),
)
@LOADS
def test_what_contributors_said_meanwhile_is_met_as_by_a_first_load(
    pages: dict[str, str], ends: list[str], alias: str
) -> None:
    nodes = [node(ends[0], aliases=(alias,)), mention(ends[1])]
    joined = [edge(ends[0], "requires", ends[1])]
    with two_books() as (book, fresh):
        try:
            CourseMap(fresh, "bread").append(0, nodes, joined, by="anna")
            assume(load_pages(fresh, pages) and load_pages(book, pages))
            CourseMap(book, "bread").append(0, nodes, joined, by="anna")
        except InvalidDocument:
            assume(False)
        assume(load_pages(book, pages))
        assert_same(book, fresh)


def test_a_renamed_file_takes_its_part_along(book: Ledger, folder: Path) -> None:
    load(book, folder)
    (folder / "flour.md").rename(folder / "grain.md")
    report = load(book, folder)
    assert report.renamed == ((PartKey(0, "flour.md"), PartKey(0, "grain.md")),)
    assert (report.gone, [key.part for key in documents(book)]) == ((), ["bread.md", "grain.md"])
    assert book.view("bread").node("flour").text == "Ground grain."
    assert load(book, folder).notes == ()


def test_a_renamed_file_keeps_its_day_where_its_new_name_says_none(book: Ledger, folder: Path) -> None:
    (folder / "day-3.md").write_text("# Salt\nIt is salty.\n")
    load(book, folder)
    (folder / "day-3.md").rename(folder / "salt.md")
    assert load(book, folder).renamed == ((PartKey(3, "day-3.md"), PartKey(3, "salt.md")),)
    assert load(book, folder).notes == ()
    (folder / "salt.md").rename(folder / "day-5.md")
    assert load(book, folder).renamed == ((PartKey(3, "salt.md"), PartKey(5, "day-5.md")),)


def test_a_diary_is_renamed_with_all_its_days(book: Ledger, folder: Path) -> None:
    (folder / "log.md").write_text("# Day 1: Tea\nHot.\n\n# Day 2: Coffee\nBlack.\n")
    load(book, folder)
    (folder / "log.md").rename(folder / "diary.md")
    assert len(load(book, folder).renamed) == 2
    assert [key.part for key in documents(book)] == ["bread.md", "flour.md", "diary.md", "diary.md"]


def test_a_file_that_is_gone_is_named_and_stays_until_it_is_pruned(book: Ledger, folder: Path) -> None:
    load(book, folder)
    (folder / "flour.md").unlink()
    report = load(book, folder)
    assert (report.gone, report.entries, len(documents(book))) == ((PartKey(0, "flour.md"),), (), 2)
    report = CourseMap(book, "bread").load(folder, prune=True)
    assert (report.gone, statuses(report)["flour.md"], list(documents(book))) == (
        (),
        "removed",
        [PartKey(0, "bread.md")],
    )
    CourseMap(book, "bread").revert(report.entries[-1])
    assert len(documents(book)) == 2


def test_what_a_pruned_file_defined_is_read_again_by_those_who_name_it(book: Ledger, folder: Path) -> None:
    load(book, folder)
    (folder / "flour.md").unlink()
    CourseMap(book, "bread").load(folder, prune=True)
    with closing(ledger().log) as log:
        fresh = Ledger(log, VOCABULARY)
        load(fresh, folder)
        assert documents(book) == documents(fresh)


def test_nothing_else_is_gone_with_a_folder(book: Ledger, folder: Path, tmp_path: Path) -> None:
    load(book, folder)
    other = tmp_path / "others"
    other.mkdir()
    (other / "salt.md").write_text("# Salt\nIt is salty.\n")
    (other / "evening.md").write_text("---\npart: evening\n---\n# Sugar\nIt is sweet.\n")
    load(book, other)
    (other / "evening.md").rename(other / "late.md")
    course = CourseMap(book, "bread")
    course.append(0, [Node(id="oil", kind="Concept", label="Oil")], by="anna")
    course.load_notes([NoteFile("sent.md", b"# Sent\nBy hand.\n", place="sent.md")])
    course.load_notes([NoteFile("notes/theirs.md", b"# Theirs\nNot ours.\n", root=str(folder))], author="anna")
    (folder / "README.md").write_text("# About these notes\n")
    assert load(book, folder).gone == ()
    assert load(book, other).gone == ()
    assert load(book, folder / "bread.md").gone == ()
