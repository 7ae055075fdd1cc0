"""Hints: which known names were probably meant by one that is not known."""

import pytest

from ontology.hints import did_you_mean, meant, nearest

LONG = "Scaling laws for neural language models"


@pytest.mark.parametrize(
    ("name", "hint"),
    [("concpt", "did you mean 'Concept'?"), ("CLAIMS", "did you mean 'Claim'?"), ("xyz", "")],
)
def test_a_hint_names_what_is_near_as_it_is_spelled(name: str, hint: str) -> None:
    assert did_you_mean(name, ("Concept", "Claim")) == hint


def test_a_long_name_that_holds_a_short_one_is_near_only_where_that_counts() -> None:
    assert nearest("scaling", [LONG]) == []
    assert nearest("scaling", [LONG], holding=True) == [LONG]


def test_what_is_far_behind_the_nearest_is_no_suggestion() -> None:
    assert nearest("requires", ["requires", "acquires", "answers"]) == ["requires"]


def test_names_are_quoted_as_the_caller_likes() -> None:
    assert meant(["Yeast", "Salt"], "“{}”".format) == "did you mean “Yeast” or “Salt”?"
    assert meant([]) == ""
