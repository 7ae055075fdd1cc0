"""What people see of an answer: the same sentence, list and citations in terminal, page, HTTP and notebook."""

import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

import conceptmap
from conceptmap import open_atlas
from conceptmap.ask import Answer, Candidate, Found, NodeName, Offer
from conceptmap.cli.ask import show_answer
from conceptmap.map import CourseMap
from conceptmap.shapes.answer import answer_shape
from conceptmap.values import Citation

SAMPLE = Path(conceptmap.__file__).parent / "course"


@pytest.fixture(scope="module")
def course() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        loaded = atlas["robot-intelligence"]
        loaded.load(SAMPLE)
        yield loaded


def test_a_question_for_yes_or_no_has_a_verdict_and_what_shows_it(course: CourseMap) -> None:
    reply = course.ask("does Deep Blue (search + hardware) beat Kasparov support the bitter lesson?")
    assert (reply.verdict, reply.sentence[:5], len(reply.answers)) == ("yes", "Yes: ", 1)
    assert answer_shape(reply)["verdict"] == "yes"


def test_other_questions_have_no_verdict(course: CourseMap) -> None:
    assert answer_shape(course.ask("what supports the bitter lesson?"))["verdict"] is None


def test_a_list_of_answers_stands_below_its_lead_and_one_answer_is_a_sentence(course: CourseMap) -> None:
    assert course.ask("what supports the bitter lesson?").heading == "The Bitter Lesson is supported by:"
    assert course.ask("what replaces hand-crafted features?").heading.endswith("are replaced by: ConvNets.")


def test_what_was_found_is_shown_in_its_own_words_with_the_line_that_says_so(course: CourseMap) -> None:
    first, second, *_ = course.ask("what supports the bitter lesson?").shown()
    assert first.texts == ("Search and hardware did it, not clever knowledge of chess.",)
    assert [(one.citation.place, one.words) for one in first.said] == [("day-26.md:328", "supports: The Bitter Lesson")]
    assert [one.words for one in second.said] == [""]


def test_words_that_the_label_or_the_text_says_are_not_quoted_again(course: CourseMap) -> None:
    (attention,) = course.ask("what is attention?").shown()
    assert (attention.texts, [one.words for one in attention.said]) == ((), [""])
    assert [one.words for claim in course.ask("list all claims").shown() for one in claim.said if one.words] == []


def test_the_day_is_told_once_unless_the_citation_is_of_another(course: CourseMap) -> None:
    claim, concept = course.ask("prerequisites of scaling laws").shown()
    assert (claim.about, concept.about) == ("Claim, day 5", "Concept")
    assert [one.about for one in course.ask("when was attention introduced?").shown()] == [""]


def test_values_in_one_dimension_are_read_together(course: CourseMap) -> None:
    rows = course.ask("compare language and robotics").shown()
    assert [row.name for row in rows][:2] == ["Data cost", "Data diversity"]
    assert {tuple(value.of for value in row.values) for row in rows} == {("Language", "Robotics")}


def test_a_long_list_names_eight_and_counts_the_others(course: CourseMap) -> None:
    reply = course.ask("list all methods")
    assert len(reply.answers) == 26
    assert reply.sentence.count("; ") == 8 and reply.sentence.endswith("; and 18 more.")
    assert len(answer_shape(reply)["answers"]) == 26


def test_the_terminal_shows_eight_and_says_how_to_see_the_others(course: CourseMap) -> None:
    few, all_of_them = printed(course, "list all methods"), printed(course, "list all methods", everything=True)
    assert (few.count("\n- "), all_of_them.count("\n- ")) == (8, 26)
    assert few.endswith("and 18 more  (--all shows them)\n") and "more  (" not in all_of_them


def test_of_the_places_that_a_count_rests_on_eight_are_shown(course: CourseMap) -> None:
    question = "how many methods are there?"
    few = printed(course, question)
    assert few.count("    day 26, ") == 8 and "    and 18 more places  (--all shows them)\n" in few
    assert printed(course, question, everything=True).count("    day 26, ") == 26
    assert "<small>and 18 more places</small>" in course.ask(question)._repr_html_()


def printed(course: CourseMap, question: str, *, everything: bool = False) -> str:
    with redirect_stdout(StringIO()) as out:
        show_answer(course.ask(question), everything=everything)
    return out.getvalue()


def test_a_notebook_shows_the_sentence_the_answers_and_their_lines(course: CourseMap) -> None:
    html = course.ask("what supports the bitter lesson?")._repr_html_()
    assert "<b>The Bitter Lesson is supported by:</b>" in html
    assert "Search and hardware did it, not clever knowledge of chess." in html
    assert html.count("<li>") == 5 and "<small>day 26, day-26.md:328 “supports: The Bitter Lesson”</small>" in html


def test_a_notebook_unfolds_more_than_eight_answers_and_lists_what_may_be_meant(course: CourseMap) -> None:
    assert "<details><summary>and 18 more</summary><ul><li>" in course.ask("list all methods")._repr_html_()
    assert "<p>Did you mean</p><ul><li>" in course.ask("what leads to scaling?")._repr_html_()


def test_nothing_that_notes_or_questions_say_becomes_html() -> None:
    odd = "<img src=x onerror=alert(1)>"
    cited = Citation(1, f"{odd}.md", (1, 1), odd, "stated")
    found = Found("a", odd, odd, text=f"`{odd}`", path=(NodeName("b", odd),), cites=(cited,))
    value = Found(None, odd, None, of=odd, dimension=odd, cites=(cited,))
    candidate, offer = Candidate("a", odd, odd), Offer(odd, ())
    for answers in ((found,), (value, value)):
        reply = Answer(odd, "answered", odd, answers=answers, candidates=(candidate,), offers=(offer,))
        html = reply._repr_html_()
        assert set(re.findall(r"<(\w+)", html)) <= {"div", "p", "b", "i", "ul", "li", "br", "small"}
        assert html.count("&lt;img") >= 5
