"""The day and the part of a note, in the spellings people use."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.notes import NoteFile
from conceptmap.notes.page.front import named_title, part_of, titled_day
from ontology.model import Document
from ontology.rules import completed
from ontology.vocabulary import Vocabulary, read_vocabulary
from small_notes import edges, known, read

NAMES = {
    "day-07.md": 7,
    "notes/Day 7 - Why bread rises.md": 7,
    "Day 7_X.md": 7,
    "DAY7.txt": 7,
    "bread-day-7.markdown": 7,
    "day-0.md": 0,
    "Day 7/attention.md": 7,
    "d07.md": 7,
    "D07-x.md": 7,
    "Lecture 3.md": 3,
    "lec07.md": 7,
    "Chapter 1 - X.md": 1,
    "Week 5 - X.md": 5,
    "week-4/notes.md": 4,
    "Module 4/readings.md": 4,
    "Session 2.md": 2,
    "Unit 3.md": 3,
    "Day 111 - 25.03.2024/Loaf/README.md": 111,
    "course/week3/01 Intro.md": 3,
    "2026-11-24.md": 1,
    "20261124.md": 1,
    "2 Nov.md": 1,
    "Sat 7 March 2026.md": 1,
    "07-x.md": None,
    "7 x.md": None,
    "07_x/attention.md": None,
    "202610041530 Tides.md": None,
    "3d-printing.md": None,
    "vitamin d3.md": None,
    "v0.10.1.md": None,
    "eigen_II.md": None,
    "11.01 Tax.md": None,
    "2 marbles.md": None,
    "monday 7.md": None,
    "holiday-3.md": None,
    "day-1000000.md": None,
    "readme.md": None,
}


@pytest.mark.parametrize(("path", "expected"), NAMES.items())
def test_the_name_of_a_lone_file_spells_its_day(path: str, expected: int | None, vocabulary: Vocabulary) -> None:
    (note,) = read(vocabulary, NoteFile(path, b"words\n")).notes
    assert (None if note.document.undated else note.document.day) == expected


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
        ("d01-x.md", "# A page\n", None, 1, "A page"),
        ("d01-bread.md", "words\n", None, 1, "bread"),
        ("x.md", "Day 8\n=====\n", None, 8, None),
        ("x.md", "---\nday: 08\n---\n", None, 8, None),
        ("x.md", '---\nday: "12"\n---\n', None, 12, None),
        ("x.md", "---\ntags: [photo, day3]\n---\n# Shutter\n", None, 3, "Shutter"),
        ("x.md", "# Day 4 ISO & noise\n", None, 4, "Day 4 ISO & noise"),
        ("x.md", "# A course, day 1 (Mon)\n", None, 1, "A course"),
        ("x.md", "# Week 5: Rye\n", None, 5, "Rye"),
        ("x.md", "\ufeff---\r\nday: 8\r\n---\r\n", None, 8, None),
        ("x.md", "# The course\n\n## Day 7: Bread\n", None, 7, "Bread"),
        ("d14-x.md", "# Attention\n\n## Day 5: looking back\n", None, 14, "Attention"),
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


SEQUENCES = {
    "lectures": {"Lecture 1.md": (1, "Lecture 1"), "Lecture 3 - Search.md": (3, "Lecture 3"), "todo.md": None},
    "bare numbers": {"01-x.md": (1, None), "03-y.md": (3, None), "readings.md": None},
    "one number among others": {"3-Local search.md": None, "Trees.md": None, "Graphs.md": None},
    "a number twice": {"1-x.md": None, "1-y.md": None},
    "letters": {"01_a.md": (1, None), "02a_b.md": (2, "2a"), "02b_c.md": (3, "2b"), "03_d.md": (4, "3")},
    "days of weeks": {
        "week1/day1.md": (1, "Week 1, Day 1"),
        "week1/day5.md": (2, "Week 1, Day 5"),
        "week2/day1.md": (3, "Week 2, Day 1"),
        "week2/overview.md": (3, "Week 2"),
    },
    "days counted through": {"week1/day5.md": (5, None), "week2/day6.md": (6, None)},
    "notes of a week": {"Week 1/a.md": (1, "Week 1"), "Week 1/b.md": (1, "Week 1"), "Week 2/c.md": (2, "Week 2")},
    "a word twice": {"Week 1/Week 1 - rye.md": (1, "Week 1"), "Week 2/Week 2 - oat.md": (2, "Week 2")},
    "folders by number": {"01_intro/readme.md": (1, None), "02_next/readme.md": (2, None)},
    "drawers by number": {"01 Projects/a.md": None, "02 Areas/b.md": None},
    "chapters of pages": {
        "chapter1/1.md": (1, "Chapter 1.1"),
        "chapter1/2.md": (2, "Chapter 1.2"),
        "chapter2/1.md": (3, "Chapter 2.1"),
        "chapter2/2.md": (4, "Chapter 2.2"),
    },
    "a word of one's own": {"Kapitel 1.md": (1, "Kapitel 1"), "Kapitel 2.md": (2, "Kapitel 2")},
    "two words": {
        "Vorlesung 1.md": (1, "Vorlesung 1"),
        "Vorlesung 2.md": (2, "Vorlesung 2"),
        "Vorlesung 3.md": (3, "Vorlesung 3"),
        "Übung 2.md": (2, None),
        "Übung 4.md": (4, "Übung 4"),
    },
    "sections": {"1. A.md": (1, None), "2.1 B.md": (2, "2.1"), "2.2 C.md": (3, "2.2"), "3. D.md": (4, "3")},
    "drawers of papers": {"11.01 Bills.md": None, "11.02 Rent.md": None},
    "signs": {"第1课.md": (1, "第1课"), "第2课.md": (2, "第2课")},
    "a name with a number": {"Python 2.md": None, "Python 3.md": None, "Rust.md": None, "Go.md": None},
    "versions": {"v0.1.0.md": None, "v0.2.0.md": None},
    "dates": {"2023_11_04.md": (2, "4 Nov"), "2023-10-31 rye.md": (1, "31 Oct"), "ideas.md": None},
    "dates of two years": {"2023-12-31.md": (1, "31 Dec 2023"), "2024-01-02.md": (2, "2 Jan 2024")},
    "dates beside fewer weeks": {"2026-03-07.md": (1, "7 Mar"), "2026-03-15.md": (2, "15 Mar"), "Week 3.md": None},
    "dates with dots": {"04.11.2023.md": (2, "4 Nov"), "31.10.2023 rye.md": (1, "31 Oct")},
    "months in words": {"2 Nov.md": (1, "2 Nov"), "Nov 10.md": (2, "10 Nov"), "1 Dec.md": (3, "1 Dec")},
}


@pytest.mark.parametrize("files", SEQUENCES.values(), ids=SEQUENCES)
def test_names_that_stand_together_give_days_in_their_order(
    files: dict[str, tuple[int, str | None] | None], vocabulary: Vocabulary
) -> None:
    reading = read(vocabulary, *(NoteFile(path, b"words\n", place=path) for path in files))
    found = {note.path: note.document for note in reading.notes}
    days = {path: None if found[path].undated else (found[path].day, found[path].day_name) for path in files}
    assert days == files


def test_dates_go_by_the_days_that_some_of_their_notes_say(vocabulary: Vocabulary) -> None:
    texts = {"2026-11-02 a.md": "a", "2026-11-03 b.md": "# Day 2: b", "2026-11-04 c.md": "c"}
    reading = read(vocabulary, *(NoteFile(path, text.encode()) for path, text in texts.items()))
    found = [(one.document.day, one.document.day_name, one.document.date) for one in reading.notes]
    assert found == [(1, "2 Nov", "2026-11-02"), (2, None, "2026-11-03"), (3, "4 Nov", "2026-11-04")]


@pytest.mark.parametrize(("dates", "days"), [("2 1 -", [2, 1, 0]), ("2 - -", [0, 0, 0])])
def test_dates_of_front_matter_give_days_where_most_notes_have_one(
    dates: str, days: list[int], vocabulary: Vocabulary
) -> None:
    fronts = [f"---\ndate: 2026-02-0{one}\n---\n" if one != "-" else "" for one in dates.split()]
    names = ("rye.md", "oat.md", "spelt.md")
    files = (NoteFile(name, front.encode()) for name, front in zip(names, fronts, strict=True))
    found = {note.path: note.document for note in read(vocabulary, *files).notes}
    assert [found[name].day for name in names] == days
    assert found["rye.md"].date == "2026-02-02"


def test_the_names_that_days_have_are_theirs_for_links_and_questions(vocabulary: Vocabulary) -> None:
    files = [NoteFile("Lecture 1.md", b"## Yeast\n"), NoteFile("Lecture 2.md", b"## Rye\nAfter [[Lecture 1]].\n")]
    reading = read(vocabulary, *files)
    assert reading.problems == ()
    view = known(vocabulary, *(completed(note.document) for note in reading.notes))
    assert [view.node("day-1").label, view.day_label(2), view.day_in_words(3)] == ["Lecture 1", "Lecture 2", "day 3"]
    assert not view.has_node("lecture-1")


@pytest.mark.parametrize("said", ["Oct 3rd, 2026", "2026-10-03", "3 October 2026", "2026_10_03"])
def test_a_link_that_is_a_date_leads_to_the_day_of_that_date(said: str, vocabulary: Vocabulary) -> None:
    page = NoteFile("pages/sky.md", f"## Seeing\nSee [[{said}]].\n".encode())
    note = read(vocabulary, NoteFile("journals/2026_10_03.md", b"words\n"), page).notes[0].document
    assert "sky about day-1" in edges(note)
    stored = [completed(note.document) for note in read(vocabulary, NoteFile("2026-10-03.md", b"words\n")).notes]
    assert "sky about day-1" in edges(read(vocabulary, page, stored=stored).notes[0].document)


def test_a_stated_day_is_called_by_the_place_in_a_sequence_that_has_its_number(vocabulary: Vocabulary) -> None:
    files = [NoteFile(f"Lecture {number}.md", b"---\nday: 2\n---\n") for number in (1, 2)]
    names = {note.path: note.document.day_name for note in read(vocabulary, *files).notes}
    assert names == {"Lecture 1.md": None, "Lecture 2.md": "Lecture 2"}


@given(st.lists(st.dates(date(1990, 1, 1), date(2100, 1, 1)), unique=True, min_size=1, max_size=9), st.data())
def test_a_number_once_given_stays_and_days_are_listed_by_date(dates: list[date], data: st.DataObject) -> None:
    vocabulary = read_vocabulary()
    made: dict[str, Document] = {}
    waiting = dates
    while waiting:
        count = data.draw(st.integers(1, len(waiting)))
        files = [NoteFile(f"{day}.md", b"words\n") for day in waiting[:count]]
        waiting = waiting[count:]
        for note in read(vocabulary, *files, stored=tuple(made.values())).notes:
            made[note.path] = completed(note.document)
    again = read(vocabulary, *(NoteFile(f"{day}.md", b"words\n") for day in dates), stored=tuple(made.values()))
    assert {note.path: note.document.day for note in again.notes} == {path: one.day for path, one in made.items()}
    assert len({one.day for one in made.values()}) == len(dates)
    listed = known(vocabulary, *made.values()).days_in_order()
    assert listed == tuple(made[f"{day}.md"].day for day in sorted(dates))


def test_days_stand_in_the_order_of_their_dates_whatever_number_they_got(vocabulary: Vocabulary) -> None:
    names = {1: "2026-11-02", 2: "2026-11-06", 3: "2026-11-04", 4: None}
    made = [
        Document(map="bread", day=day, part=f"{day}.md", day_name=date and "A day", date=date)
        for day, date in names.items()
    ]
    assert known(vocabulary, *made).days_in_order() == (1, 3, 2, 4)
    lectures = {1: "Lecture 1", 2: "Lecture 3", 3: "Lecture 2"}
    made = [Document(map="bread", day=day, part=f"{day}.md", day_name=name) for day, name in lectures.items()]
    assert known(vocabulary, *made).days_in_order() == (1, 3, 2)


def test_a_name_of_a_day_stands_though_a_contributor_adds_to_the_day(vocabulary: Vocabulary) -> None:
    note = Document(map="bread", day=3, part="a.md", day_name="Lecture 3")
    view = known(vocabulary, completed(note), completed(Document(map="bread", day=3, part="by:ada")))
    assert view.node("day-3").label == "Lecture 3"


def test_the_number_of_a_lone_file_is_told_by_the_files_beside_it(vocabulary: Vocabulary) -> None:
    names = ("07-rye.md", "08-oat.md", "todo.md")
    (note,) = read(vocabulary, NoteFile("n/07-rye.md", b"words\n", beside=names)).notes
    assert (note.document.day, note.document.title) == (7, "rye")


DIARY = "# Log\n\nWhat I did.\n\n## 2026-03-02\nRye.\n\n### Oven\n\n## Sat 7 March 2026: Oats\nOats.\n"


def test_a_file_whose_headings_are_dates_is_a_diary(vocabulary: Vocabulary) -> None:
    files = [NoteFile("log.md", DIARY.encode()), NoteFile("2026-03-05.md", b"words\n")]
    reading = read(vocabulary, *files)
    assert reading.problems == reading.warnings == ()
    found = [(one.document.day, one.document.day_name, one.document.title, one.body) for one in reading.notes]
    assert found == [
        (1, "2 Mar", None, b"## 2026-03-02\nRye.\n\n### Oven\n\n"),
        (2, "5 Mar", None, b"words\n"),
        (3, "7 Mar", "Oats", b"## Sat 7 March 2026: Oats\nOats.\n"),
    ]
    again = DIARY.replace("### Oven", "## 4 March 2026")
    stored = [completed(note.document) for note in reading.notes]
    days = [note.document.day for note in read(vocabulary, NoteFile("log.md", again.encode()), stored=stored).notes]
    assert days == [1, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        "## 2026-03-02\n\n## Ideas\n\n## 2026-03-07\n",
        "## 2026-03-02\n\n## 2026-03-02\n",
        "## 2026-03-02\n",
        "## March 7 was cold\n\n## March 8 was warm\n",
    ],
)
def test_dates_that_are_not_all_headings_of_a_level_make_no_diary(text: str, vocabulary: Vocabulary) -> None:
    assert [note.document.undated for note in read(vocabulary, NoteFile("log.md", text.encode())).notes] == [True]


def test_an_undated_note_is_about_what_stands_behind_its_place(vocabulary: Vocabulary) -> None:
    dated = [NoteFile(f"2026-03-0{day}.md", b"words\n") for day in (7, 8)]
    (note, *_) = read(vocabulary, NoteFile("Week 3 - soil.md", b"# Week 3: soil\n"), *dated).notes
    (topic,) = note.document.nodes
    assert (topic.label, topic.aliases, note.document.title) == ("soil", ("Week 3: soil",), "soil")
