"""The table of the page on asking is that of the forms of question; every question in it is answered by its form."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.ask import FORMS, Form
from conceptmap.map import CourseMap

ROOT = Path(__file__).parent.parent
TABLE = re.findall(r"^\| (?!you want)([^|`]+?) \| (`.+`) \|$", (ROOT / "docs" / "questions.md").read_text(), re.M)
SHOWN = {wanted: re.findall(r"`([^`]+)`", cell) for wanted, cell in TABLE}
EXAMPLES = [(form, one) for form in FORMS for questions in form.examples.values() for one in questions]


@pytest.fixture(scope="module")
def course() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        course = atlas["robot-intelligence"]
        course.load(ROOT / "conceptmap" / "course")
        yield course


@pytest.mark.parametrize(("form", "question"), EXAMPLES, ids=[question for _, question in EXAMPLES])
def test_an_example_is_answered_by_its_form(course: CourseMap, form: Form, question: str) -> None:
    reply = course.ask(question)
    assert reply.status == "answered", reply.sentence
    assert reply.understood
    assert reply.understood.intent == form.name


def test_the_table_shows_the_examples_of_all_forms() -> None:
    assert {wanted: list(said) for form in FORMS for wanted, said in form.examples.items()} == SHOWN
    assert len(TABLE) > 15
    assert len(EXAMPLES) > 25
