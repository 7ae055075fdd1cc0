"""What people see of an answer: the same sentence, list and citations in terminal, page, HTTP and notebook."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import conceptmap
from conceptmap import open_atlas
from conceptmap.map import CourseMap
from conceptmap.shapes.answer import answer_shape

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
