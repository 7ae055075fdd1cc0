"""Questions about how strong claims are, what would topple them, and what falls with what."""

from collections.abc import Iterator

import pytest

from conceptmap.ask import Answer
from conceptmap.atlas import open_atlas
from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile

NOTES = """---
title: Why the bees died
course: bees
---
## Claim: The cold killed the hive {#cold}
- Evidence: Frost came in the night {#frost}
  - supports:: [[cold]]
- Evidence: The hive was warm inside {#warm}
  - opposes:: [[cold]]

## Claim: Mites killed the hive {#mites}
- opposes:: [[cold]]
- Evidence: The tray was full of mites {#tray}
  - supports:: [[mites]]
  - weight:: 0.9
- Evidence: The neighbour saw mites {#neighbour}
  - supports:: [[mites]]
- Evidence: Some mites are always there {#always}
  - opposes:: [[mites]]
  - weight:: 0.2

## Claim: The keeper must treat the hive {#treat}
- is supported by:: [[mites]]

## Claim: The honey was poisoned {#honey}
- Evidence: A cat fell ill {#cat}
  - opposes:: [[honey]]

## Claim: The queen was old {#queen}
- Evidence: Her mark was white {#mark}
  - supports:: [[queen]]
- Evidence: The drones were many {#drones}
  - opposes:: [[queen]]

## Claim: The moon was full {#moon}
"""


@pytest.fixture(scope="module")
def bees() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        atlas["bees"].load_notes([NoteFile("day-01.md", NOTES.encode())])
        yield atlas["bees"]


def labels(answer: Answer) -> list[str]:
    return [one.label for one in answer.answers]


@pytest.mark.parametrize(
    ("question", "begins", "verdict"),
    [
        ("how strong is the claim that mites killed the hive?", "“Mites killed the hive” is held up: two for", None),
        ("is it well founded that mites killed the hive?", "Yes: “Mites killed the hive” is held up", "yes"),
        ("does the poisoned honey hold water?", "No: “The honey was poisoned” is held down: none for, one", "no"),
        ("how solid is the old queen?", "“The queen was old” is contested: one for, one against", None),
        ("is the old queen disputed?", "Yes: “The queen was old” is contested", "yes"),
        ("is it disputed that the honey was poisoned?", "No: “The honey was poisoned” is held down", "no"),
        (
            "what is the best argument for mites killing the hive?",
            "What most supports “Mites killed the hive”: The tr",
            None,
        ),
        (
            "what speaks most against the poisoned honey?",
            "What most opposes “The honey was poisoned”: A cat fell il",
            None,
        ),
        (
            "which is better supported, the old queen or mites killed the hive?",
            "“Mites killed the hive” is held up (",
            None,
        ),
        (
            "if the white mark is wrong, does the old queen fall?",
            "Yes: if “Her mark was white” fell, “The queen was",
            "yes",
        ),
    ],
)
def test_an_answer_says_how_it_stands(bees: CourseMap, question: str, begins: str, verdict: str | None) -> None:
    answer = bees.ask(question)
    assert answer.sentence.startswith(begins)
    assert (answer.status, answer.verdict) == ("answered", verdict)
    assert answer.answers
    assert all(one.cites for one in answer.answers)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("how strong is the full moon?", "nothing for or against it"),
        ("is the full moon contested?", "nothing is said for or against it"),
        ("what would make the full moon fall?", "nothing supports it"),
        ("what if the full moon is wrong?", "no claim rests on it"),
        ("what speaks most for the full moon?", "what most supports"),
        ("how strong is the claim that wasps killed the hive?", "wasps"),
        ("how strong is the old queen in spring?", ""),
        ("why did the hive fall?", ""),
        ("what made the hive fall?", ""),
        ("when did the cold fall?", ""),
    ],
)
def test_what_nobody_says_is_not_answered(bees: CourseMap, question: str, why: str) -> None:
    answer = bees.ask(question)
    assert answer.status == "unknown"
    assert not answer.answers
    assert why in answer.sentence


def test_lists_name_claims_that_are_contested_and_those_on_one_leg(bees: CourseMap) -> None:
    assert labels(bees.ask("which claims are contested?")) == ["The queen was old"]
    assert labels(bees.ask("which claims hang on a single piece of evidence?")) == [
        "The cold killed the hive",
        "The queen was old",
    ]


def test_what_topples_a_claim_is_the_evidence_that_must_fall(bees: CourseMap) -> None:
    answer = bees.ask("what would have to be wrong for the treatment of the hive to collapse?")
    assert set(labels(answer)) == {"The tray was full of mites", "The neighbour saw mites"}
    assert set(labels(bees.ask("what would topple mites killed the hive?"))) == set(labels(answer))


def test_what_falls_with_evidence_is_told_by_how_it_changes(bees: CourseMap) -> None:
    answer = bees.ask("what if the white mark is wrong?")
    assert [(one.label, one.dimension) for one in answer.answers] == [
        ("The queen was old", "falls: it loses all its support")
    ]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("what if the queen's white mark were wrong?", None),
        ("what about the old queen if the white mark is wrong?", None),
        ("what if the white mark is wrong, does the old queen fall?", "yes"),
        ("does the old queen fall if the white mark is wrong?", "yes"),
    ],
)
def test_what_would_happen_is_told_by_yes_or_no_only_where_that_is_asked(
    bees: CourseMap, question: str, verdict: str | None
) -> None:
    answer = bees.ask(question)
    assert answer.verdict == verdict
    lead = "If" if verdict is None else "Yes: if"
    assert answer.sentence == f"{lead} “Her mark was white” fell, “The queen was old” falls: it loses all its support."


def test_the_same_as_of_a_day_and_in_every_reply(bees: CourseMap) -> None:
    assert bees.as_of(0).ask("how strong is the old queen?").status == "unknown"
    assert bees.ask("how strong is the old queen?") == bees.ask("how strong is the old queen?")
