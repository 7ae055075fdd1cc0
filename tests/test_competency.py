"""Questions that the map must answer: how they are listed, and how answers compare with those wanted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

import conceptmap
from conceptmap import open_atlas
from conceptmap.ask import Answer, Found
from conceptmap.competency import AskedQuestion, ListedQuestion, ask_all, judged, questions_of
from conceptmap.formats.note_writer import typed_notes
from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile, Reading, read_notes, read_question_list
from graphs.ledger import WriteReport
from graphs.view import View
from ontology.errors import InvalidQuestions
from ontology.model import CompetencyQuestion, Document
from small_maps import VOCABULARY, checks, document, edge, node, view


def listed(*lines: str) -> list[tuple[str, tuple[str, ...] | None, int | None]]:
    questions = read_question_list("questions.md", "\n".join(lines).encode())
    return [(one.ask, one.answers, one.line) for one in questions]


def problems_of(*lines: str) -> list[str]:
    with pytest.raises(InvalidQuestions) as raised:
        listed(*lines)
    return str(raised.value).split("\n")


def test_each_item_of_a_list_is_a_question_and_the_items_under_it_are_the_answers_wanted() -> None:
    lines = ["# Salt", "", "Why so?", "1. what is **salt**", "   part of?", "   - Sea", "   - [[Soup|soup]]", "2. why?"]
    assert listed(*lines[:2], *lines[3:]) == [("what is salt part of?", ("Sea", "soup"), 3), ("why?", None, 7)]


@pytest.mark.parametrize("word", ["nothing", "Nothing", "*nothing*"])
def test_nothing_as_the_only_answer_means_that_the_map_must_know_none(word: str) -> None:
    assert listed("- why?", f"  - {word}") == [("why?", (), 1)]
    assert listed("- why?", f"  - {word}", "  - Sea")[0][1] == (word.strip("*"), "Sea")


def test_front_matter_and_other_text_are_no_questions() -> None:
    said = ["---", "title: Salt", "---", "These matter.", "", "* why?", "", "  Since we sell it.", "", "| a |", "|---|"]
    assert listed(*said) == [("why?", None, 6)]


def test_what_may_be_meant_as_a_question_and_is_none_is_a_problem_with_its_place() -> None:
    assert problems_of("# Salt", "", "What is salt?", "", "- why?", "-") == [
        "questions.md:3:1: this question is no item of a list; begin its line with '- '",
        "questions.md:6:1: this item holds no question; write the question behind '- '",
    ]
    assert problems_of("nothing yet") == [
        "questions.md:1:1: the file lists no questions; begin each on a line of its own with '- '"
    ]


@pytest.fixture(scope="module")
def salt() -> View:
    nodes = (node("Salt", aliases=["Halite"]), node("Sea"), node("Soup"), node("Table salt"), node("Sea salt"))
    return view(document(3, *nodes, edge("Salt", "part of", "Sea"), edge("Salt", "part of", "Soup")))


def asked(view: View, ask: str, *answers: str) -> AskedQuestion:
    question = CompetencyQuestion(ask=ask, answers=answers or None)
    (found,) = ask_all(view, [ListedQuestion("questions.md", question)])
    return found


def test_a_question_without_answers_wanted_is_answered_by_any(salt: View) -> None:
    assert asked(salt, "what is salt part of?").is_answered
    found = asked(salt, "what does salt require?")
    assert (found.outcome, found.why) == ("unanswered", "The map does not say what Salt requires.")


@pytest.mark.parametrize("wanted", [("Sea", "Soup"), ("soup", "SEA!")])
def test_answers_wanted_may_come_in_any_order_and_spelling(salt: View, wanted: tuple[str, ...]) -> None:
    assert asked(salt, "what is salt part of?", *wanted).is_answered


def test_an_answer_may_be_called_by_an_alias(salt: View) -> None:
    assert asked(salt, "what is part of the sea?", "halite").is_answered


def test_answers_that_lack_and_answers_that_nobody_wants_are_named(salt: View) -> None:
    found = asked(salt, "what is salt part of?", "Sea", "Lake")
    assert (found.outcome, found.why) == ("other answers", "missing 'Lake'; unexpected 'Soup'")
    assert asked(salt, "what does salt require?", "Sea").missing == ("Sea",)


def test_a_question_that_must_have_no_answer_is_as_wanted_where_the_map_says_so(salt: View) -> None:
    def found(ask: str) -> AskedQuestion:
        return ask_all(salt, [ListedQuestion("", CompetencyQuestion(ask=ask, answers=()))])[0]

    assert found("what does salt require?").is_answered
    assert found("what is salt part of?").why == "unexpected 'Sea', 'Soup'"


def test_a_question_that_the_map_asks_back_is_ambiguous() -> None:
    several = view(document(1, node("Sea salt"), node("Rock salt"), node("Sea"), edge("Sea salt", "part of", "Sea")))
    assert asked(several, "what is salt part of?").outcome == "ambiguous"


A_SOUP = Found("soup", "Soup", "Concept")
HOURS = Found(None, "2.5 hours", None, of="Soup")


@pytest.mark.parametrize(
    "wanted, answer, why",
    [
        (["yes"], Answer("", "answered", "", answers=(A_SOUP,), verdict="yes"), ""),
        (["Yes", "soup"], Answer("", "answered", "", answers=(A_SOUP,), verdict="yes"), ""),
        (["soup"], Answer("", "answered", "", answers=(A_SOUP,), verdict="yes"), ""),
        (["no"], Answer("", "answered", "", answers=(A_SOUP,), verdict="yes"), "missing 'no'; unexpected 'yes'"),
        (
            ["yes", "Sea"],
            Answer("", "answered", "", answers=(A_SOUP,), verdict="yes"),
            "missing 'Sea'; unexpected 'Soup'",
        ),
        ([], Answer("", "answered", "", verdict="no"), "unexpected 'no'"),
        (["2.5 hours"], Answer("", "answered", "", answers=(HOURS,)), ""),
        (["Soup: 2.5 hours"], Answer("", "answered", "", answers=(HOURS,)), ""),
        (
            ["25 hours"],
            Answer("", "answered", "", answers=(HOURS,)),
            "missing '25 hours'; unexpected 'Soup: 2.5 hours'",
        ),
    ],
)
def test_yes_or_no_and_values_are_answers_too(wanted: list[str], answer: Answer, why: str) -> None:
    assert judged("", CompetencyQuestion(ask="", answers=tuple(wanted)), answer).why == why


FRONT = """---
day: 1
questions:
  - what is pepper?
  - ask: what is  part of the sea?
    answers: [Salt, "2.50"]
  - {ask: "what does salt require?", answers: []}
  - ask: what does the sea require?
    answers: Nothing
  - ask: what is part of salt?
    answers:
---
## Salt
- part of:: [[Sea]]
"""
LISTED = (
    CompetencyQuestion(ask="what is pepper?", line=4),
    CompetencyQuestion(ask="what is part of the sea?", answers=("Salt", "2.50"), line=5),
    CompetencyQuestion(ask="what does salt require?", answers=(), line=7),
    CompetencyQuestion(ask="what does the sea require?", answers=(), line=8),
    CompetencyQuestion(ask="what is part of salt?", line=10),
)


def notes(*texts: str, name: str = "day-{}.md") -> Reading:
    files = [NoteFile(name.format(number), text.encode()) for number, text in enumerate(texts, 1)]
    return read_notes(files, vocabulary=VOCABULARY, known=view(), map="salt")


def test_front_matter_lists_questions_with_or_without_the_answers_wanted() -> None:
    reading = notes(FRONT)
    (note,) = reading.notes
    assert (note.document.questions, note.document.data, reading.warnings) == (LISTED, {}, ())


def test_one_question_needs_no_list() -> None:
    assert notes("---\nquestions: why salt?\n---\n").notes[0].document.questions[0].ask == "why salt?"


def test_a_number_of_questions_is_data() -> None:
    document = notes("---\nday: 1\nquestions: 12\n---\n").notes[0].document
    assert (document.questions, document.data) == ((), {"questions": 12})
    assert notes("---\nday: 1\nquestions:\n---\n").notes[0].document.data == {}


@pytest.mark.parametrize(
    "item", ["{what: is salt}", "[why, not]", "''", "{ask: why, answers: [[Sea]]}", "{answers: Sea}", "{ask: [why]}"]
)
def test_what_is_no_question_is_left_out_with_a_warning(item: str) -> None:
    reading = notes(f"---\nday: 1\nquestions:\n  - {item}\n  - why salt?\n---\n")
    assert [one.ask for one in reading.notes[0].document.questions] == ["why salt?"]
    (warning,) = reading.warnings
    assert str(warning).startswith("day-1.md:4:5: this item of 'questions' is no question, and is left out; write")


def test_questions_of_a_diary_are_of_its_first_day() -> None:
    diary = "---\nquestions: why salt?\n---\n## Day 3: Salt\nA\n\n## Day 5: Sea\nB\n"
    asked = {note.document.day: len(note.document.questions) for note in notes(diary, name="diary.md").notes}
    assert asked == {3: 1, 5: 0}


def test_a_file_of_questions_may_list_them_in_its_front_matter() -> None:
    assert read_question_list("questions.md", FRONT.encode()) == LISTED
    assert problems_of("---", "questions: {what: salt}", "---")[0].startswith("questions.md:2:12: this item of")


def test_a_typed_note_asks_again_what_its_note_asks() -> None:
    (note,) = notes(FRONT).notes
    (typed,) = typed_notes(view(note.document))
    again = read_question_list("typed.md", typed.text.encode())
    assert [(one.ask, one.answers) for one in again] == [(one.ask, one.answers) for one in LISTED]


def test_the_questions_of_notes_are_checked_as_of_their_day() -> None:
    said = [note.document for note in notes(FRONT, "---\nday: 2\nquestions: what is rye?\n---\n").notes]
    found = [(one.rule, one.node, one.cites[0].lines) for one in checks(view(*said)) if "'what" in one.what]
    assert found == [
        ("unanswered", "day-1", (4, 4)),
        ("unanswered", "day-1", (10, 10)),
        ("unanswered", "day-2", (3, 3)),
        ("other-answers", "day-1", (5, 5)),
    ]
    assert [one.file for one in questions_of(view(*said))] == ["day-1.md"] * 5 + ["day-2.md"]
    assert len(questions_of(view(*said, as_of=1))) == 5


def test_the_question_of_an_undated_note_is_shown_at_the_concept_that_the_note_is() -> None:
    said = notes("---\nquestions: what is rye?\n---\n# Salt\n[[Sea]]\n", name="salt.md").notes[0].document
    assert [one.node for one in checks(view(said)) if one.rule == "unanswered"] == ["salt"]


def asking(*questions: CompetencyQuestion) -> Document:
    return document(2, part="asks.md", questions=questions)


WANTS_SEA = CompetencyQuestion(ask="what is salt part of?", answers=("Sea",), line=5)
SALT = document(1, node("Salt"), node("Sea"), edge("Salt", "part of", "Sea"), part="salt.md")
SOUP = document(1, node("Salt"), node("Soup"), edge("Salt", "part of", "Soup"), part="salt.md")


@pytest.fixture
def course() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        yield atlas["bread"]


def told(report: WriteReport) -> list[str]:
    return [str(one) for one in report.warnings]


LOST = (
    "asks.md:5:1: the map no longer answers 'what is salt part of?': missing 'Sea'; unexpected 'Soup'; "
    "if that was not meant, `conceptmap revert` the entry"
)


def test_a_write_names_the_questions_that_it_keeps_from_being_answered(course: CourseMap) -> None:
    assert told(course.put(SALT)) == told(course.put(asking(WANTS_SEA))) == []
    assert told(course.put(SOUP, dry_run=True)) == [LOST]
    assert told(course.put(SOUP)) == [LOST]
    assert told(course.put(SOUP)) == []
    assert told(course.revert(3, dry_run=True)) == told(course.revert(3)) == []
    assert told(course.replace([SOUP, asking(WANTS_SEA)], dry_run=True)) == [LOST]
    assert "'what is salt part of?'" in told(course.delete(1))[0]


def test_contributions_name_the_questions_that_they_keep_from_being_answered(course: CourseMap) -> None:
    course.put(structs.replace(SALT, nodes=(*SALT.nodes, node("Lake"))))
    course.put(asking(WANTS_SEA))
    other = (edge("Salt", "part of", "Lake"),)
    lost = LOST.replace("missing 'Sea'; unexpected 'Soup'", "unexpected 'Lake'")
    assert told(course.append(1, edges=other, by="ada", dry_run=True)) == [lost]
    assert told(course.append(1, edges=other, by="ada")) == [lost]
    assert told(course.append(1, edges=other, by="ada")) == []
    assert told(course.revert(3)) == told(course.rename("Sea", "Ocean", by="ada")) == []
    loop, gone = told(course.merge("Sea", "Salt", by="ada"))
    assert "no longer answers 'what is salt part of?'" not in loop
    assert "no longer answers 'what is salt part of?'" in gone


def test_a_question_that_ends_with_its_note_is_not_missed(course: CourseMap) -> None:
    course.put(SALT)
    course.put(asking(WANTS_SEA))
    assert told(course.replace([SOUP])) == []


def test_a_question_that_was_never_answered_is_not_lost(course: CourseMap) -> None:
    course.put(asking(WANTS_SEA))
    assert told(course.put(SOUP)) == []


def test_what_is_wanted_now_counts_before_a_write_and_after_it(course: CourseMap) -> None:
    course.put(SALT)
    course.put(asking(WANTS_SEA))
    assert told(course.put(asking(structs.replace(WANTS_SEA, answers=("Lake",))))) == []


def test_a_load_counts_the_questions_that_it_answers(course: CourseMap, tmp_path: Path) -> None:
    def loaded() -> tuple[int, int, int, int]:
        found = course.load(tmp_path).questions
        assert found is not None
        return len(found.asked), found.answered, found.won, len(found.lost)

    (tmp_path / "day-1.md").write_text(FRONT)
    assert loaded() == (5, 2, 0, 0)
    (tmp_path / "day-2.md").write_text("# Day 2\n## Rye\n- part of:: [[Salt]]\n")
    assert loaded() == (5, 3, 1, 0)
    assert course.load(tmp_path).questions is None


def test_of_a_map_whose_notes_ask_nothing_nothing_is_said(course: CourseMap) -> None:
    assert course.load_notes([NoteFile("day-1.md", b"## Salt\n")]).questions is None


def test_of_many_answers_eight_are_named() -> None:
    found = tuple(Found(f"n-{number}", f"N {number}", "Concept") for number in range(10))
    why = judged("", CompetencyQuestion(ask="", answers=()), Answer("", "answered", "", answers=found)).why
    assert why == "unexpected 'N 0', 'N 1', 'N 2', 'N 3', 'N 4', 'N 5', 'N 6', 'N 7' and 2 more"


def test_the_sample_course_answers_what_it_must(course: CourseMap) -> None:
    loaded = course.load(Path(conceptmap.__file__).parent / "course").questions
    assert loaded is not None and len(loaded.asked) > 4
    assert [one.question.ask for one in loaded.asked if not one.is_answered] == []
