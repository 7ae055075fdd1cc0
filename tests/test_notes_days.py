"""The day and the part of a note, in the spellings people use."""

import pytest

from conceptmap.notes import NoteFile
from conceptmap.notes.page.front import named_day, named_title, part_of, titled_day
from ontology.vocabulary import Vocabulary
from small_notes import read

NAMES = {
    "day-07.md": (7, True),
    "notes/Day 7 - Why bread rises.md": (7, True),
    "Day 7_X.md": (7, True),
    "DAY7.txt": (7, True),
    "bread-day-7.markdown": (7, True),
    "day-0.md": (0, True),
    "Day 7/attention.md": (7, True),
    "d07.md": (7, False),
    "D7-x.md": (7, False),
    "07-x.md": (7, False),
    "07_x.md": (7, False),
    "7. x.md": (7, False),
    "7 x.md": (7, False),
    "07.md": (7, False),
    "07_x/readme.md": (7, False),
    "07_x/README.md": (7, False),
    "d07/index.md": (7, False),
    "07_x/attention.md": None,
    "2026-11-24.md": None,
    "20261124.md": None,
    "3d-printing.md": None,
    "monday 7.md": None,
    "holiday-3.md": None,
    "day-1000000.md": None,
    "week-4/notes.md": None,
    "readme.md": None,
    "": None,
}


@pytest.mark.parametrize(("path", "expected"), NAMES.items())
def test_a_file_name_spells_its_day(path: str, expected: tuple[int, bool] | None) -> None:
    assert named_day(path) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Day 7: Bread", (7, "Bread")),
        ("Day 07 - Bread", (7, "Bread")),
        ("day 7 | Bread and salt", (7, "Bread and salt")),
        ("Bread | Day 7", (7, "Bread")),
        ("Bread – Day 7", (7, "Bread")),
        ("Well-being - Day 7", (7, "Well-being")),
        ("Day 7", (7, "")),
        ("Day 7 of the course", None),
        ("Yeast (Day 1)", None),
        ("Monday 7", None),
        ("The seven-day 7", None),
        ("Day seven", None),
        ("Day 7th: x", None),
    ],
)
def test_a_title_names_its_day(text: str, expected: tuple[int, str] | None) -> None:
    assert titled_day(text) == expected


@pytest.mark.parametrize(
    ("path", "part", "title"),
    [
        ("notes/day-07.md", "day-07.md", None),
        ("notes/Day 7 - Why bread rises.md", "Day 7 - Why bread rises.md", "Why bread rises"),
        ("07_why_bread_rises/readme.md", "07_why_bread_rises/readme.md", "why bread rises"),
        ("d07-cold-dough.md", "d07-cold-dough.md", "cold dough"),
        ("notes.md", "notes.md", None),
        (r"C:\course\07\index.md", "07/index.md", None),
    ],
)
def test_a_file_name_gives_part_and_title(path: str, part: str, title: str | None) -> None:
    assert part_of(path) == part
    assert named_title(path) == title


@pytest.mark.parametrize(
    ("path", "text", "given", "day", "title"),
    [
        ("day-01.md", "---\nday: 2\ntitle: T\n---\n# Day 3: X\n", 4, 4, "T"),
        ("01-x.md", "---\nday: 2\n---\n# Day 3: X\n", None, 2, "Day 3: X"),
        ("01-x.md", "# Day 3: X\n", None, 3, "X"),
        ("01-x.md", "# A page\n", None, 1, "A page"),
        ("01-bread.md", "words\n", None, 1, "bread"),
        ("x.md", "Day 8\n=====\n", None, 8, None),
        ("x.md", "---\nday: 08\n---\n", None, 8, None),
        ("x.md", "\ufeff---\r\nday: 8\r\n---\r\n", None, 8, None),
        ("x.md", "# The course\n\n## Day 7: Bread\n", None, 7, "Bread"),
        ("14-x.md", "# Attention\n\n## Day 5: looking back\n", None, 14, "Attention"),
        ("day-26.md", "## Day 5 established\n\n## Day 25 showed\n\n## Day 5: x\n\n## Day 6: y\n", None, 26, None),
    ],
)
def test_the_day_is_what_is_said_most_plainly(
    path: str, text: str, given: int | None, day: int, title: str | None, vocabulary: Vocabulary
) -> None:
    reading = read(vocabulary, NoteFile(path, text.encode(), given))
    assert reading.problems == ()
    assert [(note.document.day, note.document.title) for note in reading.notes] == [(day, title)]


def test_a_part_of_the_front_matter_makes_room_for_a_second_note(vocabulary: Vocabulary) -> None:
    files = [NoteFile("day-1.md", b"# A\n"), NoteFile("more.md", b"---\nday: 1\npart: more\n---\n")]
    reading = read(vocabulary, *files)
    assert reading.problems == ()
    assert [note.document.part for note in reading.notes] == ["day-1.md", "more"]
