"""Near misses: a question that is answered, changed so that it asks for something else, has no longer that answer."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.ask import FORMS, Answer
from conceptmap.ask import ask as ask_with_offers
from graphs.view import View

TESTS = Path(__file__).parent
COURSES = {"robot-intelligence": TESTS.parent / "conceptmap" / "course", "bread": TESTS / "courses" / "bread"}
ASKED = {
    "robot-intelligence": [text for form in FORMS for texts in form.examples.values() for text in texts],
    "bread": [one["text"] for one in json.loads((TESTS / "courses" / "bread-questions.json").read_text())["questions"]],
}
RESTRICTIONS = [
    *("in medicine", "for beginners", "of the hospital", "in Paris", "according to Einstein", "on Mars", "by law"),
    *("out of habit", "per week", "if it rains", "unless it breaks", "on purpose", "very often", "wrongly"),
    *("and is red", "that costs nothing", "which nobody likes", "and weighs a ton", "like a pro", "within reason"),
]
"""What narrows a question to less than these courses tell of."""
ATTRIBUTES = [
    "famous",
    "best",
    "last",
    "second",
    "false",
    "wrong",
    "missing",
    "most important",
    "at least ten",
    "modern",
]
"""What may be said before a name, and makes it mean another thing or one of several."""


@pytest.fixture(scope="module")
def views() -> Iterator[dict[str, View]]:
    with open_atlas("sqlite://") as atlas:
        for name, folder in COURSES.items():
            atlas[name].load(folder)
        yield {name: atlas[name].view() for name in COURSES}


def ask(view: View, question: str) -> Answer:
    return ask_with_offers(view, question, offering=False)


def answered(view: View, name: str) -> Iterator[tuple[str, Answer]]:
    """The questions that have an answer, with it."""
    replies = ((question, ask(view, question)) for question in ASKED[name])
    return ((question, reply) for question, reply in replies if reply.status == "answered")


@pytest.mark.parametrize("restriction", RESTRICTIONS)
@pytest.mark.parametrize("name", list(COURSES))
def test_a_restriction_is_never_passed_over(views: dict[str, View], name: str, restriction: str) -> None:
    for question, before in answered(views[name], name):
        asked = f"{question.rstrip('?. ')} {restriction}?"
        assert ask(views[name], asked).answers != before.answers, asked


@pytest.mark.parametrize("attribute", ATTRIBUTES)
@pytest.mark.parametrize("name", list(COURSES))
def test_what_is_said_before_a_name_is_never_passed_over(views: dict[str, View], name: str, attribute: str) -> None:
    view = views[name]
    labels = sorted((node.label for node in view.nodes("Concept")), key=len, reverse=True)
    changed = 0
    for question, before in answered(view, name):
        label = next((one for one in labels if f" {one.lower()}" in question.lower()), None)
        if label is not None and label.lower() not in ("information theory",):
            at = question.lower().index(label.lower())
            asked = f"{question[:at]}{attribute} {question[at:]}"
            assert ask(view, asked).answers != before.answers, asked
            changed += 1
    assert changed > 5
