"""Every question that the page on asking shows for an intent is answered."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.map import CourseMap

ROOT = Path(__file__).parent.parent
TABLE = re.findall(r"^\| (?!you want)([^|`]+?) \| (`.+`) \|$", (ROOT / "docs" / "questions.md").read_text(), re.M)
QUESTIONS = [(wanted, question) for wanted, cell in TABLE for question in re.findall(r"`([^`]+)`", cell)]


@pytest.fixture(scope="module")
def course() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        course = atlas["robot-intelligence"]
        course.load(ROOT / "conceptmap" / "course")
        yield course


@pytest.mark.parametrize(("wanted", "question"), QUESTIONS)
def test_an_example_is_answered(course: CourseMap, wanted: str, question: str) -> None:
    reply = course.ask(question)
    assert reply.status == "answered", f"{wanted}: {reply.sentence}"


def test_the_table_is_read() -> None:
    assert len(TABLE) > 15
    assert len(QUESTIONS) > 25
