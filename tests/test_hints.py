"""Hints: which known names were probably meant by one that is not known."""

import pytest

from ontology.hints import did_you_mean, holding, meant, nearest, no_such

LONG = "Scaling laws for neural language models"


@pytest.mark.parametrize(
    ("name", "hint"),
    [("concpt", "did you mean 'Concept'?"), ("CLAIMS", "did you mean 'Claim'?"), ("xyz", "")],
)
def test_a_hint_names_what_is_near_as_it_is_spelled(name: str, hint: str) -> None:
    assert did_you_mean(name, ("Concept", "Claim")) == hint


def test_a_long_name_that_holds_a_short_one_is_near_only_where_that_counts() -> None:
    assert nearest("scaling", [LONG]) == []
    assert holding("scaling", [LONG]) == [LONG]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Scalling", ["Scaling Laws"]),
        ("biter lessons", ["The Bitter Lesson"]),
        ("bitterlesson", ["The Bitter Lesson"]),
        ("day 6", ["Day 6"]),
        ("A*", ["A*"]),
        ("aperture", []),
    ],
)
def test_of_the_names_that_hold_one_the_nearest_says_least_besides(name: str, near: list[str]) -> None:
    names = ["A*", "Day 5", "Day 6", "Language models scale", LONG, "Scaling Laws", "The Bitter Lesson", "L(C)"]
    assert holding(name, names) == near


def test_what_is_not_there_is_answered_with_the_nearest_name_else_with_all() -> None:
    assert no_such("map", "bred", ["bread", "chess"]) == "there is no map 'bred'; did you mean 'bread'?"
    assert no_such("map", "tea", ["bread", "chess"]) == "there is no map 'tea'; there are bread, chess"
    assert no_such("map", "tea", ["bread"]) == "there is no map 'tea'; there is only 'bread'"
    many = [f"map-{number:02}" for number in range(1, 33)]
    assert no_such("map", "tea", many).endswith("map-29, map-30 and 2 more")


def test_what_is_far_behind_the_nearest_is_no_suggestion() -> None:
    assert nearest("requires", ["requires", "acquires", "answers"]) == ["requires"]


def test_names_are_quoted_as_the_caller_likes() -> None:
    assert meant(["Yeast", "Salt"], "“{}”".format) == "did you mean “Yeast” or “Salt”?"
    assert meant([]) == ""
