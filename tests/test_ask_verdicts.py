"""Yes or no: what is so, what notes exclude, and where the map does not say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.map import CourseMap

NOTES = {
    "day-1.md": """---
day: 1
course: sailing
hours: 2
---
# Knots and ropes

## Rope
Hemp or nylon.

## Bowline
A loop that does not slip.
- requires:: [[Rope]]
- minutes:: 5

## Mooring
- requires:: [[Bowline]]
- has part:: [[Spring line]]
- minutes:: 20

### Spring line
- requires:: [[Fender]]

## Fender
A cushion of air.

## Sheet bend
- requires:: [[Rope]]
- minutes:: 5

## Method: Snap shackle
- replaces:: [[Knotted halyard]]

## Method: Knotted halyard
""",
    "day-2.md": """---
day: 2
course: sailing
hours: 3
---
# Wind

## Leeway
- requires:: [[Wind]]

## Wind
Moves boat and water.

## Claim: Nylon outlasts hemp
- about:: [[Rope]]
- Evidence: Hemp rots in the bilge
  - supports:: [[Nylon outlasts hemp]]
- Evidence: Nylon turns to powder in the sun
  - opposes:: [[Nylon outlasts hemp]]

| Dimension | Sloop | Ketch |
|---|---|---|
| Length | 9 m | 14 m |
| Draught | 1.5 m | 1.5 m |
| Rig | one mast | two masts |
""",
}


@pytest.fixture(scope="module")
def sailing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CourseMap]:
    folder = tmp_path_factory.mktemp("notes")
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        course = atlas["sailing"]
        course.load(Path(folder))
        yield course


YES = [
    "do I need a bowline for mooring?",
    "must I know the bowline before mooring?",
    "is rope necessary for a bowline?",
    "Is it impossible to do mooring without a bowline?",
]
NO = [
    "does rope require a bowline?",
    "can you do mooring without a bowline?",
    "without rope, is a bowline possible?",
    "can I skip the bowline when mooring",
    "has the knotted halyard replaced the snap shackle?",
    "does 'Hemp rots in the bilge' oppose 'Nylon outlasts hemp'?",
    "does 'Nylon turns to powder in the sun' support 'Nylon outlasts hemp'?",
    "does leeway require rope?",
]
UNSAID = [
    "does mooring require a fender?",  # one of its parts does
    "does a fender require rope?",  # nothing is said of what it requires
    "does rope lead to leeway?",
    "is wind part of leeway?",
]


@pytest.mark.parametrize("question", YES)
def test_what_is_noted_is_so(sailing: CourseMap, question: str) -> None:
    assert sailing.ask(question).verdict == "yes"


@pytest.mark.parametrize("question", NO)
def test_what_notes_exclude_is_not_so(sailing: CourseMap, question: str) -> None:
    reply = sailing.ask(question)
    assert (reply.verdict, reply.sentence[:3]) == ("no", "No:")
    assert all(one.cites for one in reply.answers)


@pytest.mark.parametrize("question", UNSAID)
def test_what_is_not_noted_is_no_no(sailing: CourseMap, question: str) -> None:
    assert sailing.ask(question).status == "unknown"
