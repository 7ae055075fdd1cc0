"""Values asked for in other words than their fields': by what they measure, where, since when, in what proportion."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.map import CourseMap

NOTES = """---
day: 1
course: garden
hours: 2
---
# Day 1: Soil and beds

## Compost
What worms and time make of peelings.
- where:: behind the shed, under the elder
- since:: 1998

## Heap temperature
What the long thermometer says at the core of a working heap.
- ready at:: 60 °C

## Method: Potting mix
Filled into trays.
- about:: [[Seedling]]
- proportion:: 2 parts compost, 1 part sand

## Seedling
- soil:: pH 6.5

## Sand
- source:: river bank

## Question: What did the first frost do to the beds?
- words:: 200

## Method: Sieving
- duration:: 20 minutes

## Method: Digging
- duration:: 3 hours

## Method: Soaking
The beans lie in rain water before they are sown.
- requires:: [[Compost]]
- duration:: 8 hours

## Elder
No goat may eat of it.
- season:: June
- since:: 2003

## Garden club
Forty gardeners meet in the old barn.
- members:: 40

## Claim: Mulch saves water
- Evidence: Mulched beds outgrew bare beds by 30 per cent in a dry summer
  - supports:: [[Mulch saves water]]
  - domain:: Test plot
- Evidence: A probe located the wet layer to within 2 cm
  - supports:: [[Mulch saves water]]
- Evidence: The drip hose watered three times faster than the can
  - supports:: [[Mulch saves water]]
- Evidence: The new beans reached 85-90% germination on loam with two hours of soaking
  - supports:: [[Mulch saves water]]
- Evidence: Seedlings are kept at 18 degrees all spring
  - supports:: [[Mulch saves water]]

## Method: Pruning
- requires:: [[Elder]]
- goal:: explain why old wood bears no berries

## Two soils

| Dimension | Clay | Loam |
|---|---|---|
| Drying time | 9 days | 4 days |
| Shelf life | Two years | One year |
| Weeding effort | Every week | Once |
| Root growth | Slow | Steady |
"""


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CourseMap]:
    note = tmp_path_factory.mktemp("notes") / "day-1.md"
    note.write_text(NOTES, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        course = atlas["garden"]
        course.load(Path(note))
        yield course


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("since when do we have compost?", "1998"),
        ("since which year have they had the compost?", "1998"),
        ("in what place is the compost?", "behind the shed, under the elder"),
        ("where was the compost kept?", "behind the shed, under the elder"),
        ("what pH did you note down for the seedling?", "pH 6.5"),
        ("in what proportions is the potting mix made?", "2 parts compost, 1 part sand"),
        ("in what amounts do I mix sand and compost in potting mix?", "2 parts compost, 1 part sand"),
        ("how hot is the core when the heap is working?", "60 °C"),
        ("at what temperature should the long thermometer be?", "60 °C"),
        ("how much do I have to write about what the first frost did to the beds?", "200 words"),
        ("how long should the beans stay in the rain water?", "8 hours"),
        ("for how many hours do I leave the compost alone for the soaking?", "8 hours"),
        ("when is elder in season?", "June"),
        ("elder: which month?", "June"),
        ("in which month does the elder flower?", "June"),
        ("when does the elder blossom?", "June"),
        ("since when have goats not been allowed to eat of the elder?", "2003"),
        ("what does the thermometer at the core say when the heap is working?", "60 °C"),
        ("how long does clay keep fresh?", "Two years"),
        ("how often must loam be weeded?", "Once"),
        ("how do the roots grow in loam?", "Steady"),
        ("by how much did mulched beds outgrow bare ones in the dry summer?", "30 per cent"),
        ("how precisely did the probe find the wet layer?", "within 2 cm"),
        ("how much faster did the drip hose water than the can?", "three times"),
        ("at what temperature are seedlings kept?", "18 degrees"),
        ("at how many degrees are seedlings kept in spring?", "18 degrees"),
        ("what germination rate did the new beans reach on loam?", "85-90%"),
        ("how high was the germination rate of the new beans?", "85-90%"),
        ("how much soaking did the new beans need on loam?", "two hours"),
        ("what will I be able to explain after learning about pruning?", "explain why old wood bears no berries"),
        ("which topic teaches me why old wood bears no berries?", "Pruning"),
        ("where do I learn why old wood bears no berries?", "Pruning"),
    ],
)
def test_a_value_is_found_by_what_it_measures(garden: CourseMap, question: str, value: str) -> None:
    assert [one.label for one in garden.ask(question).answers] == [value]


@pytest.mark.parametrize(
    "question",
    [
        "in which cellar is the compost?",  # nothing tells of a cellar
        "what pH has sand?",
        "what grade has the seedling?",
        "how hot is the core in July?",
        "how much did the compost cost?",
        "how long should the peas stay in the rain water?",
        "how long should the guests wait for the soaking?",
        "since when have goats been allowed to eat of the elder?",
        "elder: which week?",
        "when does the elder die?",
        "how long does sieving keep fresh?",
        "how often must loam be watered?",
        "by how much did bare beds outgrow mulched ones in the dry summer?",
        "by how much did mulched beds outgrow bare ones in a wet summer?",
        "how much slower did the drip hose water than the can?",
        "how precisely did the hose find the wet layer?",
        "how high is the dry summer?",
        "at what temperature is sand kept?",
        "at how many degrees are seedlings kept in autumn?",
        "what failure rate did the new beans reach on loam?",
        "what germination rate did the new peas reach on loam?",
        "what germination rate did the new beans reach on clay?",
        "how much water did the new beans need on loam?",
        "which topic teaches me why young wood bears no berries?",
        "which topic teaches me why old wood bears berries?",
        "which topic teaches me how old wood bears no berries?",
        "which claim teaches me why old wood bears no berries?",
    ],
)
def test_a_value_that_is_not_there_is_not_made_up(garden: CourseMap, question: str) -> None:
    assert garden.ask(question).status != "answered"


@pytest.mark.parametrize(
    "question",
    ["what does sand take?", "what does compost give?", "what does the elder use?", "what is the mean of sand?"],
)
def test_what_a_thing_does_is_not_told_by_what_it_is(garden: CourseMap, question: str) -> None:
    assert garden.ask(question).status != "answered"


def test_an_amount_that_is_told_is_not_the_answer(garden: CourseMap) -> None:
    assert [one.label for one in garden.ask("which methods take 20 minutes?").answers] == ["Sieving"]
    assert [one.label for one in garden.ask("show me the methods that take 20 minutes").answers] == ["Sieving"]


def test_what_a_day_brings_is_summed_up_where_it_has_no_value_itself(garden: CourseMap) -> None:
    reply = garden.ask("how many words does day 1 want in total?")
    assert [one.label for one in reply.answers] == ["200 words (1 question)"]
    assert [one.label for one in garden.ask("how many hours does day 1 take in total?").answers] == ["2 hours (1 day)"]
