"""Nouns for what is asked for that are no kinds of the vocabulary, and days that are called by what they are about."""

from collections.abc import Iterator

import pytest

from conceptmap import open_atlas
from conceptmap.ask import Answer
from conceptmap.ask import ask as ask_with_offers
from graphs.view import View

NOTES = {
    1: """---
title: Soil and sun
---
# Day 1

## Hedge
- has part:: [[Hawthorn]], [[Dog rose]], [[Hazel]]

## Hawthorn
- season:: May

## Dog rose
- season:: May

## Hazel
- season:: February

## Compost
- requires:: [[Straw]]
""",
    2: """---
title: Tools
---
# Day 2

## Method: Cutting a hedge
- requires:: [[Hedge]], [[Billhook]]

## Billhook

## The hard lesson
A hedge that is never cut becomes a row of trees.
""",
}


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder = tmp_path_factory.mktemp("hedges")
    for day, text in NOTES.items():
        (folder / f"day-0{day}.md").write_text(text, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        atlas["hedges"].load(folder)
        yield atlas["hedges"].view()


def ask(view: View, question: str) -> Answer:
    return ask_with_offers(view, question, offering=False)


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Which plants are part of the hedge?", {"Hawthorn", "Dog rose", "Hazel"}),
        ("Which plants have their season in May?", {"Hawthorn", "Dog rose"}),
        ("Which trees are noted as February?", {"Hazel"}),
        ("Which three plants are part of the hedge?", {"Hawthorn", "Dog rose", "Hazel"}),
        ("How many plants are part of the hedge?", {"3"}),
        ("Which plants come later than March?", {"Hawthorn", "Dog rose"}),
        ("What has a season before April?", {"Hazel"}),
        ("Which plant is the first in the year?", {"Hazel"}),
        ("Which hedge plant has the earliest season?", {"Hazel"}),
        ("Plants whose season is February", {"Hazel"}),
        ("Please list the plants among the hedge whose season is February.", {"Hazel"}),
        ("Which hedge plants are in season in February?", {"Hazel"}),
        ("Which hedge plants have their season in May?", {"Hawthorn", "Dog rose"}),
        ("Which hedge plants are not in season in February?", {"Hawthorn", "Dog rose"}),
        ("What has no season?", {"Hedge", "Compost", "Straw", "Billhook", "The hard lesson"}),
        ("What is new on the day about tools?", {"Cutting a hedge", "Billhook", "The hard lesson"}),
        ("What is new in the lesson on soil and sun?", {"Hedge", "Hawthorn", "Dog rose", "Hazel", "Compost"}),
        ("What is new in the tools lesson?", {"Cutting a hedge", "Billhook", "The hard lesson"}),
    ],
)
def test_a_common_noun_says_of_what_sort_all_answers_are(view: View, question: str, labels: set[str]) -> None:
    assert {one.label for one in ask(view, question).answers} == labels


@pytest.mark.parametrize(
    "question",
    [
        "Which animals are part of the hedge?",
        "Which trees are noted as May?",
        "Which two plants are part of the hedge?",
        "Which hedge animals are in season in February?",
        "Which hedge plants are in leaf in February?",
        "Which tall hedge plants are in season in February?",
        "Which compost plants are in season in February?",
        "Which tall plants are part of the hedge?",
        "Which plant diseases are noted as May?",
        "Animals whose season is February",
        "Tall plants whose season is February",
        "Which animals come later than March?",
        "Which plants come later than May?",
        "Which compost plant is the first in the year?",
        "Which hedge animal is the first in the year?",
        "Which plants does compost require?",
        "How many animals are part of the hedge?",
        "What is new on the day about tools and taxes?",
        "What is new on the day about the moon?",
        "What is new in the soil lesson?",
    ],
)
def test_a_noun_that_is_not_true_of_all_answers_is_not_passed_over(view: View, question: str) -> None:
    assert ask(view, question).status != "answered"


def test_a_name_that_ends_in_lesson_is_no_day(view: View) -> None:
    assert [one.label for one in ask(view, "what is the hard lesson?").answers] == ["The hard lesson"]
