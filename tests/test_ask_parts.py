"""Questions in two parts, of which one leaves out what the other says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.ask.resuming import resumed
from conceptmap.map import CourseMap

NOTES = """---
day: 1
course: kiln
---
# Day 1: Firing

- introduces:: [[Biscuit firing]], [[Glaze firing]]

## Biscuit firing
- requires:: [[Dry clay]]
- hours:: 9

## Glaze firing
- requires:: [[Biscuit firing]], [[Glaze]]
- hours:: 7

## Dry clay
## Glaze

## Claim: Slow cooling avoids cracks
- Evidence: Ten of twelve slow pots came out whole
  - supports:: [[Slow cooling avoids cracks]]
- Evidence: Thick pots cracked all the same
  - opposes:: [[Slow cooling avoids cracks]]
  - cites:: [[Kiln log]]

## Source: Kiln log
"""


@pytest.fixture(scope="module")
def kiln(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CourseMap]:
    note = tmp_path_factory.mktemp("notes") / "day-1.md"
    note.write_text(NOTES, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        course = atlas["kiln"]
        course.load(Path(note))
        yield course


BOTH_SIDES = {"Ten of twelve slow pots came out whole", "Thick pots cracked all the same"}


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("how many hours does biscuit firing take and how many does glaze firing?", {"9 hours", "7 hours"}),
        ("how long is biscuit firing, and how long glaze firing?", {"9 hours", "7 hours"}),
        ("hours of biscuit firing + hours of glaze firing?", {"9 hours", "7 hours"}),
        ("the hours of biscuit firing and glaze firing?", {"9 hours", "7 hours"}),
        ("what does biscuit firing require, and what glaze firing?", {"Dry clay", "Biscuit firing", "Glaze"}),
        ("what requires dry clay and what glaze?", {"Biscuit firing", "Glaze firing"}),
        ("what speaks for and what speaks against slow cooling avoids cracks?", BOTH_SIDES),
        ("slow cooling avoids cracks: one argument for and one against, please", BOTH_SIDES),
        ("what speaks for slow cooling avoids cracks, and also what speaks against it?", BOTH_SIDES),
        ("the pros and cons of slow cooling avoids cracks", BOTH_SIDES),
        ("state the evidence for slow cooling avoids cracks as well as the evidence to the contrary", BOTH_SIDES),
        ("Two things, please: what supports slow cooling avoids cracks, and what opposes it?", BOTH_SIDES),
        ("They claim slow cooling avoids cracks. What speaks for it, and what speaks against it?", BOTH_SIDES),
        ("slow cooling avoids cracks: what shows this and what speaks against it?", BOTH_SIDES),
        (
            "what speaks against slow cooling avoids cracks, and which source is it from?",
            {"Thick pots cracked all the same", "Kiln log"},
        ),
    ],
)
def test_what_a_part_leaves_out_the_other_says(kiln: CourseMap, question: str, answers: set[str]) -> None:
    reply = kiln.ask(question)
    assert {one.label for one in reply.answers} == answers, reply.sentence


def test_a_part_without_an_answer_says_so(kiln: CourseMap) -> None:
    reply = kiln.ask("how long does biscuit firing take and how long dry clay?")
    assert [one.label for one in reply.answers] == ["9 hours"]
    assert "The map does not say the duration of Dry clay." in reply.sentence


def test_a_part_that_asks_who_is_not_told_by_a_thing(kiln: CourseMap) -> None:
    reply = kiln.ask("what supports slow cooling avoids cracks, and who said it?")
    assert {one.label for one in reply.answers} == {"Ten of twelve slow pots came out whole"}
    assert "The map does not say the author" in reply.sentence


def test_two_names_may_share_their_noun(kiln: CourseMap) -> None:
    assert kiln.ask("how many hours do the biscuit and the glaze firing take?").answers
    reply = kiln.ask("which takes more hours, the biscuit or the glaze firing?")
    assert [one.label for one in reply.answers] == ["Biscuit firing"]
    assert kiln.ask("which takes more hours, the raku or the glaze firing?").status != "answered"


def test_what_nothing_compares_is_set_side_by_side(kiln: CourseMap) -> None:
    reply = kiln.ask("how is biscuit firing different from glaze firing?")
    assert {one.label for one in reply.answers} == {"Biscuit firing", "Glaze firing"}
    assert reply.sentence.startswith("The map does not say how Biscuit firing and Glaze firing differ.")
    for question in ("how do biscuit firing and glaze firing differ in colour?", "biscuit firing: compared with what?"):
        assert kiln.ask(question).status != "answered"


def test_what_it_means_is_the_first_answer_only_where_that_has_what_is_asked(kiln: CourseMap) -> None:
    reply = kiln.ask("what speaks for slow cooling avoids cracks, and which source is it from?")
    assert {one.label for one in reply.answers} == {"Ten of twelve slow pots came out whole"}
    assert "The map does not say" in reply.sentence


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("how long does §1 take and how long §2", "how long does §1 take and how long does §2 take"),
        (
            "what must we know before §1 | and what before §2",
            "what must we know before §1 | and what must we know before §2",
        ),
        ("what speaks for and what speaks against §1", "what speaks for §1 and what speaks against §1"),
        ("price of §1 + price of §2", "price of §1 and §2"),
        ("what §1 does §2 take and what does §3 take", "what §1 does §2 take and what §1 does §3 take"),
        ("what is the §1 of §2 and what of §3", "what is the §1 of §2 and what is the §1 of §3"),
        # Nothing is left out, or more is said.
        ("what is §1 and what is §2", "what is §1 and what is §2"),
        ("what supports §1 and what opposes §2", "what supports §1 and what opposes §2"),
        ("which claims support §1 and which oppose §2", "which claims support §1 and which oppose §2"),
        ("when did §1 beat §2 and who lost §3", "when did §1 beat §2 and who lost §3"),
        ("how long does §1 take with §2 and how long in §3", "how long does §1 take with §2 and how long in §3"),
        ("what is new and what supports §1", "what is new and what supports §1"),
    ],
)
def test_only_what_is_left_out_is_put_in(question: str, plain: str) -> None:
    verbs = {"speaks for", "speaks against", "supports", "opposes"}
    assert " ".join(resumed(question.split(), lambda words: " ".join(words) in verbs, str)) == plain
