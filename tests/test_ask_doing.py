"""What does something, and what it is done to, by the sentences of notes and the texts of nodes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.map import CourseMap

NOTES = """---
day: 1
course: workshop
---
# Day 1: The workshop

## Bench
The table on which everything is built.

## Clamp
- part of:: [[Bench]]
A screw that holds two boards together.

## Glue
Resin that fills gaps and hardens overnight.

## Sawdust
What saws leave on the floor.

## Beeswax
Softens in warm hands.

## Method: Steaming
Vapour of hot water bends thin boards.

## Oak
A wood that beetles never eat.

## Steel plane
Heavy and true.

## Wooden plane
Light and warm.

## Claim: New tools pay for themselves
- Evidence: Steel plane flattened a warped door without a single shim
  - supports:: [[New tools pay for themselves]]
- Evidence: Apprentices broke three wooden planes in their first winter
  - opposes:: [[New tools pay for themselves]]
  - domain:: Training
- Evidence: Visitors liked the warm tools more
  - supports:: [[New tools pay for themselves]]
"""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CourseMap]:
    note = tmp_path_factory.mktemp("notes") / "day-1.md"
    note.write_text(NOTES, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        course = atlas["workshop"]
        course.load(Path(note))
        yield course


BROKE = "Apprentices broke three wooden planes in their first winter"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what fills gaps?", "Glue"),
        ("which resin hardens overnight and fills gaps?", "Glue"),
        ("what is it that holds two boards together?", "Clamp"),
        ("what holds boards together on the table?", "Clamp"),
        ("what do saws leave on the floor?", "Sawdust"),
        ("what softens in warm hands?", "Beeswax"),
        ("what bends thin boards?", "Steaming"),
        ("what flattened a warped door without a shim?", "Steel plane"),
        ("which plane flattened a warped door?", "Steel plane"),
        ("what did apprentices break in their first winter?", BROKE),
        ("what broke wooden planes in the first winter?", BROKE),
        ("who broke three planes?", BROKE),
        ("who liked the warm tools better?", "Visitors liked the warm tools more"),
        ("what did visitors like better?", "Visitors liked the warm tools more"),
        ("what did apprentices break in their training?", BROKE),
    ],
)
def test_what_a_sentence_says_it_of_is_the_answer(workshop: CourseMap, question: str, answer: str) -> None:
    assert [one.label for one in workshop.ask(question).answers] == [answer]


@pytest.mark.parametrize(
    "question",
    [
        "what fills jars?",
        "which metal fills gaps?",
        "what do gaps fill?",
        "what opens gaps?",
        "what fills most gaps?",
        "what fills gaps within an hour?",
        "what holds three boards together?",
        "what holds all boards together?",
        "which concepts do not fill gaps?",
        "what do saws leave on the bench?",
        "what did saws take from the floor?",
        "what hardens in warm hands?",
        "what bends thick boards?",
        "what flattened a straight door?",
        "which oak flattened a warped door?",
        "what did a warped door flatten?",
        "what did apprentices break in their second winter?",
        "what did apprentices want in their first winter?",
        "whom did apprentices break?",
        "what eats oak?",
        "what flattened the warped ones?",
        "who liked the warm tools best?",
        "who liked the warm tools less?",
        "what worked better on the warm tools?",
    ],
)
def test_near_misses_are_not_answered(workshop: CourseMap, question: str) -> None:
    assert workshop.ask(question).status != "answered", workshop.ask(question).sentence
