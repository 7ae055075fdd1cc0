"""Why something is as one finds it: the claim that says so of it in other words, and what speaks for that."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.map import CourseMap

NOTES = """---
day: 1
course: sailing
---
# Day 1: Junk rigs

## Junk rig
A sail with battens.

## Claim: The junk rig is slow all the same
- about:: [[Junk rig]]
- Evidence: It lost each race of the summer
  - supports:: [[The junk rig is slow all the same]]
"""


@pytest.fixture(scope="module")
def sailing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CourseMap]:
    folder = tmp_path_factory.mktemp("notes")
    (folder / "day-1.md").write_text(NOTES, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        atlas["sailing"].load(Path(folder))
        yield atlas["sailing"]


@pytest.mark.parametrize("question", ["why is the junk rig so sluggish?", "why does the junk rig take so long?"])
def test_why_something_is_as_one_finds_it(sailing: CourseMap, question: str) -> None:
    assert [one.label for one in sailing.ask(question).answers] == ["It lost each race of the summer"]


@pytest.mark.parametrize(
    "question",
    [
        "why is the junk rig fast?",
        "why is the junk rig expensive?",
        "why is the junk rig slow in harbour?",
        "why is the junk rig never slow?",
    ],
)
def test_why_it_is_what_nobody_says_it_is(sailing: CourseMap, question: str) -> None:
    assert sailing.ask(question).status != "answered"
