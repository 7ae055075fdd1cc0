"""Who does something, by the subject of a sentence, and who says so, by what is cited for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.map import CourseMap

NOTES = """---
day: 1
course: harbour
---
# Day 1: The harbour

## Pilot
The man who steers foreign ships through the sands.

## Lighthouse
A tower that no storm has felled.

## Harbour guild
All who load and unload.

## Claim: The old pier is safe
- Evidence: Fishermen repaired the old pier before the great flood
  - supports:: [[The old pier is safe]]
  - cites:: [[Brook 1911]]
- Evidence: The inspector found no cracks on his way along the pier
  - supports:: [[The old pier is safe]]
  - cites:: [[Town archive]]
- Evidence: Divers liked the new pier less
  - opposes:: [[The old pier is safe]]
  - domain:: Survey

## Source: Brook 1911
A history of the harbour.

## Source: Town archive
Shelves of reports.

## Steam crane
- outperforms:: [[Rope porters]]

## Rope porters
Those who lift by hand.
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CourseMap]:
    note = tmp_path_factory.mktemp("notes") / "day-1.md"
    note.write_text(NOTES, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        course = atlas["harbour"]
        course.load(Path(note))
        yield course


REPAIRED = "Fishermen repaired the old pier before the great flood"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who repaired the old pier?", REPAIRED),
        ("who was it that repaired the pier before the flood?", REPAIRED),
        ("by whom was the old pier repaired before the huge flood?", REPAIRED),
        ("who in the survey liked the new pier less?", "Divers liked the new pier less"),
        ("who steers foreign ships?", "Pilot"),
        ("which author did I quote for the repaired pier before the flood?", "Brook 1911"),
        ("from whom do we have it that fishermen repaired the old pier?", "Brook 1911"),
        ("who vouches for the inspector having found no cracks?", "Town archive"),
        ("on whose authority does the story of the inspector on his journey along the pier rest?", "Town archive"),
        ("who reports that the inspector found no cracks?", "Town archive"),
        ("which source says that fishermen repaired the pier before the flood?", "Brook 1911"),
        ("who lost against the steam crane?", "Rope porters"),
    ],
)
def test_who_does_something_is_told_by_a_sentence(harbour: CourseMap, question: str, answer: str) -> None:
    assert [one.label for one in harbour.ask(question).answers] == [answer]


@pytest.mark.parametrize(
    "question",
    [
        "who repaired the new pier?",
        "who built the old pier?",
        "who made the old pier?",
        "who had the old pier before the flood?",
        "who repaired the fishermen before the flood?",
        "who was repaired before the great flood?",
        "whom did fishermen repair before the great flood?",
        "who repaired the old pier after the great flood?",
        "who found cracks along the pier?",
        "who vouches for the inspector having found cracks?",
        "from whom do we have it that divers repaired the old pier?",
        "who steers foreign ships through the ice?",
        "who felled the tower?",
        "who liked the new pier more?",
        "who liked the new pier better?",
        "who reports that the inspector found cracks?",
        "who says that the old pier is safe?",
        "who reports that divers liked the new pier less?",
    ],
)
def test_nobody_else_is_said_to_do_so(harbour: CourseMap, question: str) -> None:
    assert harbour.ask(question).status != "answered", harbour.ask(question).sentence
