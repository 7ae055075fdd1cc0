"""`How do I do A?` is answered by what the notes say of the method A, and asks back between methods."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.ask import Answer
from conceptmap.ask import ask as ask_with_offers
from graphs.view import View


@pytest.fixture(scope="module")
def bread() -> Iterator[View]:
    with open_atlas("sqlite://") as atlas:
        atlas["bread"].load(Path(__file__).parent / "courses" / "bread")
        yield atlas["bread"].view()


def ask(view: View, question: str) -> Answer:
    return ask_with_offers(view, question, offering=False)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("How do I do the float test?", "Float test"),
        ("How does one go about autolyse?", "Autolyse"),
        ("How is scoring done?", "Scoring"),
        ("How do you carry out the poke test?", "Poke test"),
    ],
)
def test_a_method_is_done_as_its_note_says(bread: View, question: str, label: str) -> None:
    assert [one.label for one in ask(bread, question).answers] == [label]


def test_between_several_methods_it_asks_back(bread: View) -> None:
    reply = ask(bread, "How do I do the test?")
    assert {one.label for one in reply.candidates} == {"Float test", "Poke test"}


@pytest.mark.parametrize(
    "question",
    [
        "How do you do hydration?",
        "How do I do the best autolyse?",
        "How do I do autolyse without flour?",
        "How do I do autolyse in the fridge?",
        "How do I do autolyse faster?",
        "How do I do the exam?",
        "How is gluten done?",
    ],
)
def test_how_is_not_told_of_what_is_no_method_nor_in_another_way(bread: View, question: str) -> None:
    assert ask(bread, question).status != "answered"
