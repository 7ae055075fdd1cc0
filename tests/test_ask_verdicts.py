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
# Day 1: Knots and ropes

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

## Anchoring
- has part:: [[Chain]]
- has part:: [[Windlass]]

## Reefing
- has part:: [[Earing]]
- has part:: [[Reef knot]]
- has part:: [[Cringle]]
- has part:: [[Reef point]]

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
# Day 2: Two winds

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

## Hitch
- has part:: [[Half hitch]]
- has part:: [[Clove hitch]]
- has part:: [[Bitter end]]

## Sloop

## Ketch

## Sail loft
- where:: Cowes

## Two boats

| Dimension | Sloop | Ketch |
|---|---|---|
| Length | 9 m | 14 m |
| Draught | 1.5 m | 1.5 m |
| Rig | a single mast | two masts, the hind one small |
| Feel | lively and wet | calm and dry |
| Crew | a few friends | a family with a dog |
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
    "a bowline needs rope, right?",
    "I take it that a bowline needs rope. Is that so?",
    "so the snap shackle took over from the knotted halyard, correct?",
    "am I right in thinking that mooring requires the bowline?",
    "is the spring line in mooring?",
    "is the feel of the sloop lively?",
    "did hemp rot in the bilge?",
    "is the ketch longer than the sloop?",
    "does mooring take more time than a bowline?",
    "is a bowline quicker than mooring?",
    "do a bowline and a sheet bend take the same time?",
    "do the sloop and the ketch have the same draught?",
    "does mooring have more parts than a bowline?",
    "was leeway introduced after the bowline?",
    "do I need a bowline for mooring?",
    "must I know the bowline before mooring?",
    "is rope necessary for a bowline?",
    "was the sail loft in cowes?",
    "Is it impossible to do mooring without a bowline?",
    "do I need the bowline in order to understand mooring?",
    "do I have to bother with the bowline to understand mooring?",
    "is rope a prerequisite for mooring?",
]
NO = [
    "does 'Nylon turns to powder in the sun' show that nylon outlasts hemp?",
    "is the feel of the sloop only calm?",
    "may one go on to mooring in ignorance of the bowline?",
    "true or false: mooring can do without a bowline.",
    "rope needs a bowline?",
    "the knotted halyard replaced the snap shackle, didn't it?",
    "is mooring in the spring line?",
    "is the feel of the sloop calm?",
    "is a sloop longer than a ketch?",
    "is the draught of the sloop greater than that of the ketch?",
    "does a bowline take more minutes than mooring?",
    "does day 1 take longer than day 2?",
    "do a sloop and a ketch have the same length?",
    "did leeway come up before the bowline?",
    "was leeway introduced on day 1?",
    "did leeway come up on day 1?",
    "does rope require a bowline?",
    "can you do mooring without a bowline?",
    "without rope, is a bowline possible?",
    "can I skip the bowline when mooring",
    "has the knotted halyard replaced the snap shackle?",
    "does 'Hemp rots in the bilge' oppose 'Nylon outlasts hemp'?",
    "does 'Nylon turns to powder in the sun' support 'Nylon outlasts hemp'?",
    "does leeway require rope?",
    "was the sail loft in London?",
    "is the windlass part of reefing?",
    "is the sheet bend a prerequisite for mooring?",
    "Can I skip the bowline if all I want is mooring?",
]
UNSAID = [
    "is the feel of the sloop heavy?",
    "did the bilge rot in hemp?",
    "did hemp rot in the bilge of a ketch?",
    "is the fender in the bilge?",
    "does nylon outlast hemp?",  # contested
    "is a ketch cheaper than a sloop?",
    "is the rig of the ketch taller than that of the sloop?",  # no amounts
    "is rope longer than a ketch?",
    "is a ketch longer than a sloop in a storm?",
    "did rope happen before leeway?",
    "does mooring require a fender?",  # one of its parts does
    "does a fender require rope?",  # nothing is said of what it requires
    "does rope lead to leeway?",
    "is wind part of leeway?",
    "is the windlass part of mooring?",  # of which but one part is noted
    "is the spring line part of reefing?",
    "is the fender part of reefing?",
    "was the sail loft in decline?",
    "was the sail loft in London, mostly?",
    "was the sail loft in Cowes better than others?",
]


def test_parts_that_are_called_as_the_whole_are_kinds_of_it(sailing: CourseMap) -> None:
    kinds = sailing.ask("what kinds of hitch are there?")
    assert [one.label for one in kinds.answers] == ["Half hitch", "Clove hitch"]
    assert sailing.ask("what kinds of anchoring are there?").status != "answered"


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("which of the two days takes the most hours?", ["Day 2"]),
        ("out of the three timed topics, which one is the longest?", ["Mooring"]),
        ("which topic needs the greatest amount of time?", ["Mooring"]),
        ("which thing is made of the most parts?", ["Reefing"]),
    ],
)
def test_the_most_of_so_many(sailing: CourseMap, question: str, answers: list[str]) -> None:
    assert [one.label for one in sailing.ask(question).answers] == answers


@pytest.mark.parametrize(
    "question", ["which of the three days takes the most hours?", "which two topics take the most minutes?"]
)
def test_where_there_are_others_than_so_many_none_is_the_most(sailing: CourseMap, question: str) -> None:
    assert sailing.ask(question).status != "answered"


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


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("rig, sloop against ketch", ["a single mast", "two masts, the hind one small"]),
        ("how much methods are there?", ["2"]),
        ("number of methods, total", ["2"]),
        ("how many methods are there, just the number please", ["2"]),
    ],
)
def test_amounts_are_asked_in_haste(sailing: CourseMap, question: str, values: list[str]) -> None:
    assert [one.label for one in sailing.ask(question).answers] == values
