"""Lists as people ask for them: ranges of days, what neither is, traits at once, what is denied of one of two."""

from collections.abc import Iterator

import pytest

from conceptmap import open_atlas
from conceptmap.ask import Answer
from conceptmap.ask import ask as ask_with_offers
from graphs.view import View

NOTES = {
    1: """# Day 1: On the bench

## Method: Sanding
- trait:: by hand
- trait:: dusty

## Method: Planing
- trait:: by hand
- trait:: gentle

## Method: Routing
- trait:: dusty

## Concept: Grain

## Concept: Tear-out
- requires:: [[Grain]]
""",
    2: """# Day 2: Joints

## Method: Dovetailing
- requires:: [[Grain]], [[Sawing]]

## Concept: Sawing

## Concept: Glue

## Claim: Dovetails outlast nails

## Claim: Glue alone is enough
- opposes:: [[Dovetails outlast nails]]
""",
    3: """# Day 3: Finish

## Method: Oiling
- requires:: [[Glue]]

## Concept: Sheen
- requires:: [[Grain]], [[Glue]]

## Evidence: A chest from 1700 still holds
- supports:: [[Dovetails outlast nails]]
""",
}


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder = tmp_path_factory.mktemp("joinery")
    for day, text in NOTES.items():
        (folder / f"day-0{day}.md").write_text(text, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        atlas["joinery"].load(folder)
        yield atlas["joinery"].view()


def ask(view: View, question: str) -> Answer:
    return ask_with_offers(view, question, offering=False)


def labels(view: View, question: str) -> set[str]:
    return {one.label for one in ask(view, question).answers}


FIRST, SECOND, THIRD = {"Sanding", "Planing", "Routing"}, {"Dovetailing"}, {"Oiling"}


@pytest.mark.parametrize(
    ("when", "methods"),
    [
        ("by day 2", FIRST | SECOND),
        ("up to and including day 2", FIRST | SECOND),
        ("no later than day 2", FIRST | SECOND),
        ("before day 2", FIRST),
        ("from day 2 on", SECOND | THIRD),
        ("not before day 2", SECOND | THIRD),
        ("on day 2 or later", SECOND | THIRD),
        ("after day 2", THIRD),
        ("between day 1 and day 2, both included", FIRST | SECOND),
        ("in the first two days", FIRST | SECOND),
        ("in the last two days", SECOND | THIRD),
        ("on the last day", THIRD),
    ],
)
def test_a_range_of_days_is_read_however_it_is_said(view: View, when: str, methods: set[str]) -> None:
    assert labels(view, f"which methods came up {when}?") == methods


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("which methods are neither dusty nor gentle?", {"Dovetailing", "Oiling"}),
        ("methods that are by hand and dusty", {"Sanding"}),
        ("dusty methods by hand", {"Sanding"}),
        ("methods by hand but not dusty", {"Planing"}),
        ("everything I do by hand", {"Sanding", "Planing"}),
        ("concepts that require neither grain nor glue", {"Grain", "Sawing", "Glue"}),
        ("what requires grain but not glue?", {"Tear-out", "Dovetailing"}),
        ("what requires grain, but not tear-out?", {"Dovetailing", "Sheen"}),
        ("which claims are neither supported nor opposed?", {"Glue alone is enough"}),
    ],
)
def test_what_is_not_so_and_what_is_so_at_once(view: View, question: str, found: set[str]) -> None:
    assert labels(view, question) == found


@pytest.mark.parametrize(
    "question", ["what opposes the claim?", "what is the evidence for the claim?", "what supports the claim?"]
)
def test_the_one_that_a_description_fits_is_meant(view: View, question: str) -> None:
    assert ask(view, question).status == "answered"


@pytest.mark.parametrize("question", ["what does the method require?", "when did the claim come up?"])
def test_of_several_that_a_description_fits_it_is_asked_back(view: View, question: str) -> None:
    assert ask(view, question).status == "ambiguous"
