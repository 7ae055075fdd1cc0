"""What something is called is found by the text that tells what it is: all of it, and of one thing alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.ask import ask
from graphs.view import View

NOTES = """# Day 1: At the harbour

## Concept: Bollard
A short post on the quay that ropes are tied to.

## Concept: Cleat
A fitting on deck that ropes are tied to.

## Method: Warping
Moving a ship by pulling ropes that are tied ashore.

## Claim: Ropes wear out fast
Those that are tied on deck.
"""


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder: Path = tmp_path_factory.mktemp("harbour")
    (folder / "day-01.md").write_text(NOTES, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        atlas["harbour"].load(folder)
        yield atlas["harbour"].view()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what do you call a short post that ropes are tied to?", "Bollard"),
        ("what's the word for pulling a ship by ropes?", "Warping"),
        ("what is the fitting on deck called that one ties ropes to?", "Cleat"),
        ("what do you call it when a ship is moved by ropes?", "Warping"),
    ],
)
def test_a_thing_is_found_by_what_its_text_tells(view: View, question: str, name: str) -> None:
    reply = ask(view, question)
    assert (reply.status, [one.label for one in reply.answers]) == ("answered", [name])


def test_where_two_things_are_told_of_alike_it_asks_back(view: View) -> None:
    reply = ask(view, "what do you call something that ropes are tied to?")
    assert reply.status == "ambiguous"
    assert {one.label for one in reply.candidates} == {"Bollard", "Cleat", "Warping"}


@pytest.mark.parametrize(
    "question",
    [
        "what do you call a tall post that ropes are tied to?",
        "what do you call a short post that no ropes are tied to?",
        "what do you call a post?",
        "what do you call a method with a short post and ropes?",
    ],
)
def test_one_word_that_the_text_does_not_have_is_one_too_many(view: View, question: str) -> None:
    assert ask(view, question).status != "answered"


@pytest.mark.parametrize("question", ["a bollard, what is it a bit of?", "what is a bollard in?"])
def test_what_a_last_preposition_asks_for_is_no_definition(view: View, question: str) -> None:
    assert ask(view, question).status == "unknown"
