"""Reading takes as long as a note is: whatever is typed, repeated or nested; beyond a most of it a note is refused."""

import pytest

from benchmarks.hostile import read
from benchmarks.hostile_notes import cases
from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile
from conceptmap.notes.outline.inline_fields import inline_fields, without
from conceptmap.notes.page.inline import links_in
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.pages import MAX_CHARACTERS, MAX_LINES
from ontology.vocabulary import Vocabulary
from services import MAP, served
from small_maps import ledger
from steps import calls_in

SIZE = 3_000
GROWTH = 2.6
"""Calls for a note of twice the size: twice as many, and what a note takes at the least."""

KINDS = (
    *(
        "'`' of growing length",
        "'[' in an item",
        "'[' in one line",
        "nested [[…]]",
        "nested [a](…)",
        "'(a:: ' in one line",
    ),
    *("'[a:: ' in a heading", "'12 ' in a heading", "'a ' in a heading", "'the ' in a heading", "'%' in a heading"),
    *(
        "'\\t' in a heading",
        "'1' in one line",
        "'“' in one line",
        "'*' with words in one line",
        "'_' apart in one line",
    ),
    *(
        "'<!--' in one line",
        "'&amp;' in one line",
        "'$' with words in one line",
        "'==' in one line",
        "'{a}`' in one line",
    ),
    *("'│ ' in code", "tree '├── a'", "'a: b' in front matter", "many lines '- a'", "numbered lines '- a'"),
    *("numbered paragraphs '## A'", "numbered paragraphs 'A supports B.'", "numbered lines '- requires:: [[B]]'"),
    *("many paragraphs 'a'", "quoted '- a'", "deep '- '", "deep '> '", "deep '- ' in one line", "steps '- '"),
    *("'a\u0301' in one line", "numbered paragraphs 'A leads to B because C.'", "numbered lines '| a | b |'"),
)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind in cases()])
def test_a_note_of_twice_the_size_takes_twice_the_work(kind: str, vocabulary: Vocabulary) -> None:
    make = cases()[kind]
    read(make(SIZE), vocabulary)
    one, two = (calls_in(lambda size=size: read(make(size), vocabulary)) for size in (SIZE, 2 * SIZE))  # type: ignore[misc]
    assert two < GROWTH * one, f"{one:,} calls, then {two:,}"


def test_most_kinds_of_hostile_notes_are_among_those_that_are_counted() -> None:
    assert len([kind for kind in KINDS if kind in cases()]) > 30


@pytest.mark.parametrize(
    ("text", "where"),
    [("a\n" * (MAX_LINES + 1), MAX_LINES + 1), ("## Claim: A\n\n" + "word " * (MAX_CHARACTERS // 5) + "\n\nend", 3)],
    ids=["lines", "characters"],
)
def test_a_note_beyond_the_most_is_refused_with_the_line_where_it_goes_on(
    text: str, where: int, vocabulary: Vocabulary
) -> None:
    (problem,) = read(text, vocabulary).problems
    assert (problem.line, problem.column) == (where, 1)
    assert str(problem).endswith(
        "the note goes on here; 100,000 lines and 2,000,000 characters of one are read; split it into several notes"
    )


def test_empty_lines_are_no_lines_of_a_note(vocabulary: Vocabulary) -> None:
    assert not read("## Claim: A\n" + "\n" * (2 * MAX_LINES), vocabulary).problems


def test_a_note_beyond_the_most_keeps_no_other_from_being_loaded() -> None:
    book = ledger()
    files = [NoteFile("day-1.md", b"a\n" * (MAX_LINES + 1)), NoteFile("day-2.md", b"## Claim: Time beats kneading\n")]
    report = CourseMap(book, "bread").load_notes(files, strict=False)
    assert [one.part for one in report.parts] == ["day-2.md"]
    assert [one.file for one in report.refused] == ["day-1.md"]
    book.log.close()


def test_a_note_beyond_the_most_is_refused_over_http() -> None:
    with served() as service:
        answer = service.put_notes(1, "a\n" * (MAX_LINES + 1))
        assert (answer.status_code, answer.json()["problems"][0]["line"]) == (400, MAX_LINES + 1)
        assert service.get(MAP).status_code == 404


def test_brackets_that_never_close_leave_links_before_them_as_they_are() -> None:
    text = "[rye](rye.md) [0, 1) and [a, b) " * 10 + "[barley](barley.md)"
    assert [link.name for link in links_in(text)] == [*["./rye"] * 10, "./barley"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a (b:: c) d", "a d"),
        ("a (b:: c)(d:: e) f", "a f"),
        ("a (b:: c) (d:: e)f", "af"),
        ("(b:: c) a", "a"),
        ("  (b:: c)", ""),
        ("a(b:: c) ", "a"),
        ("a (b:: [[C]]) [[D]] (e:: f) g ", "a [[D]] g "),
        ("a (b:: c) `code` (d:: e) h", "a `code` h"),
    ],
)
def test_a_line_without_its_fields_keeps_its_words_and_links_in_place(text: str, left: str) -> None:
    line = Line.read(text)
    rest = without(line, inline_fields(line))
    assert rest.text == left
    assert len(rest.masked) == len(rest.text)
    assert [rest.text[link.start : link.end] for link in rest.links] == [f"[[{link.name}]]" for link in rest.links]
