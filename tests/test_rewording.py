"""A heading that was reworded between two loads is the same node under another name."""

from collections.abc import Iterator
from contextlib import closing

import pytest

import small_writes as writes
from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile
from graphs.ledger import Ledger, WriteReport
from small_maps import ledger, state

NOTE = """---
day: 3
---
## Depth of field
How much in front of the subject and behind it is sharp; a small opening gives more of it.
- requires:: [[Aperture]]

## Aperture
The opening of the lens, given as a fraction of its focal length.

## Shutter
Opens for a moment, and how long that is decides what is blurred.
- requires:: [[Aperture]]
"""
OTHER = "---\nday: 5\n---\n## Portrait\nThe background is out of focus.\n- requires:: [[Depth of field]]\n"


@pytest.fixture
def book() -> Iterator[Ledger]:
    with closing((made := ledger()).log):
        yield made


@pytest.fixture
def course(book: Ledger) -> CourseMap:
    load(book, NOTE)
    load(book, OTHER, "day-5.md")
    return CourseMap(book, "bread")


def load(book: Ledger, text: str, path: str = "day-3.md", *, dry_run: bool = False) -> WriteReport:
    return writes.load(book, "bread", [NoteFile(path, text.encode())], dry_run=dry_run)


def said(report: WriteReport) -> list[str]:
    return [one.what for one in report.warnings]


REWORDED = NOTE.replace("## Depth of field", "## Zone of sharpness")
TOLD = "'Depth of field' is called 'Zone of sharpness' now: it is the same node, and both names find it"


def test_a_reworded_heading_keeps_its_id_and_the_old_name_finds_it(course: CourseMap, book: Ledger) -> None:
    assert said(load(book, REWORDED, dry_run=True)) == [TOLD]
    assert said(load(book, REWORDED)) == [TOLD]
    found = course.node("Depth of field")
    assert (found.id, found.label, found.aliases) == ("depth-of-field", "Zone of sharpness", ("Depth of field",))
    assert [edge.source for edge in course.view().edges_to("depth-of-field", "requires")] == ["portrait"]
    assert course.node("zone-of-sharpness").id == "depth-of-field"


def test_what_was_merged_with_a_reworded_node_stays_with_it(course: CourseMap, book: Ledger) -> None:
    load(book, "---\nday: 6\n---\n## DoF\nShallow when the lens is wide open.\n", "day-6.md")
    course.merge("DoF", "Depth of field", by="ada")
    assert said(load(book, REWORDED)) == [TOLD]
    found = course.node("dof")
    assert (found.id, found.label, set(found.aliases)) == (
        "depth-of-field",
        "Zone of sharpness",
        {"Depth of field", "DoF"},
    )


def test_undoing_the_load_undoes_it(course: CourseMap, book: Ledger) -> None:
    before = state(course.view().fold)
    report = load(book, REWORDED)
    course.revert(report.entries[0])
    assert state(course.view().fold) == before


def test_it_stays_so_while_the_note_stands(course: CourseMap, book: Ledger) -> None:
    load(book, REWORDED)
    assert said(load(book, REWORDED + "\nMore words.\n")) == []
    assert course.node("Depth of field").label == "Zone of sharpness"
    course.delete(3)
    assert course.node("depth-of-field").label == "Depth of field"


def test_a_heading_may_be_reworded_again_and_back(course: CourseMap, book: Ledger) -> None:
    load(book, REWORDED)
    load(book, NOTE.replace("## Depth of field", "## What is in focus"))
    found = course.node("depth-of-field")
    assert (found.label, set(found.aliases)) == ("What is in focus", {"Depth of field", "Zone of sharpness"})
    assert {course.node(one).id for one in ("zone-of-sharpness", "what-is-in-focus")} == {"depth-of-field"}
    load(book, NOTE)
    assert course.node("depth-of-field").label == "Depth of field"
    assert course.node("Zone of sharpness").id == course.node("What is in focus").id == "depth-of-field"


@pytest.mark.parametrize(
    "note",
    [
        REWORDED.replace(
            "How much in front of the subject and behind it is sharp; a small opening gives more of it.", "Fog."
        ),
        NOTE + "\n## Zone of sharpness\nHow much in front of the subject and behind it is sharp.\n",
        REWORDED.replace("## Zone of sharpness", "## Claim: Sharpness has a zone"),
        REWORDED.replace("## Zone of sharpness", "## Zone of sharpness {#zone}"),
    ],
    ids=["another text", "the old one is still there", "another kind", "an id of its own"],
)
def test_what_is_another_thing_is_a_node_of_its_own(course: CourseMap, book: Ledger, note: str) -> None:
    assert not [one for one in said(load(book, note)) if "is called" in one]
    assert course.view().leads_to("zone-of-sharpness") == "zone-of-sharpness"


def test_where_two_may_be_it_neither_is(course: CourseMap, book: Ledger) -> None:
    section = REWORDED.partition("## Aperture")[0].partition("## ")[2]
    twice = REWORDED + "\n## " + section.replace("Zone of sharpness", "Sharp zone")
    assert not [one for one in said(load(book, twice)) if "is called" in one]


def test_a_section_that_moves_to_another_day_is_the_same_node_and_cited_once(course: CourseMap, book: Ledger) -> None:
    head, mark, rest = NOTE.partition("## Aperture")
    moved = mark + rest.partition("## Shutter")[0]
    files = [
        NoteFile("day-3.md", (head + "## Shutter" + rest.partition("## Shutter")[2]).encode()),
        NoteFile("day-5.md", (OTHER + "\n" + moved).encode()),
    ]
    writes.load(book, "bread", files)
    found = course.node("aperture")
    assert [(one.day, one.item.text) for one in found.sayings] == [
        (5, "The opening of the lens, given as a fraction of its focal length.")
    ]
    assert {edge.source for edge in course.view().edges_to("aperture", "requires")} == {"depth-of-field", "shutter"}
