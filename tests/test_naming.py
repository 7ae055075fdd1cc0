"""Which node is meant, where the words name one of another kind, or none at all."""

from collections.abc import Sequence

import pytest

from conceptmap.ask.naming import fitting, told_by
from graphs.view import View
from small_maps import document, edge, node, view

CLAIM = ("Claim",)


@pytest.fixture(scope="module")
def bread() -> View:
    return view(
        document(
            1,
            node("Salt", text="It slows the yeast, and tightens gluten."),
            node("Steam", aliases=["Vapour"]),
            node("Crust", text="The brown skin of a loaf."),
            node("Salt keeps bread fresh", "Claim"),
            node("Too much salt kills the yeast", "Claim"),
            node("Ovens are too dry", "Claim"),
            node("Vapours of the oven make the crust shine", "Claim"),
            node("A lid works as well", "Claim"),
            edge("Ovens are too dry", "about", "Steam"),
            edge("A lid works as well", "part of", "Crust"),
        ),
        document(2, node("Late bakers salt late", "Claim")),
    )


def test_what_is_said_about_a_node_stands_for_it(bread: View) -> None:
    assert fitting(bread, "steam", CLAIM) == ["ovens-are-too-dry"]


def test_what_belongs_to_a_node_stands_for_it_where_nothing_is_about_it(bread: View) -> None:
    assert fitting(bread, "crust", CLAIM) == ["a-lid-works-as-well"]


def test_names_that_hold_its_name_stand_for_it_where_nothing_is_joined(bread: View) -> None:
    found = fitting(bread, "salt", CLAIM)
    assert found == ["salt-keeps-bread-fresh", "too-much-salt-kills-the-yeast", "late-bakers-salt-late"]
    assert fitting(bread.up_to(1), "salt", CLAIM) == found[:2]


def test_nothing_stands_for_a_node_that_nobody_speaks_of(bread: View) -> None:
    assert fitting(bread, "salt", ("Evidence",)) == []
    assert fitting(bread, "a-lid-works-as-well", CLAIM) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["tightening"], "salt"),
        (["brown", "skin"], "crust"),
        (["loaves"], "crust"),
        (["yeast"], None),
        (["brown", "gluten"], None),
        (["brown", "skin", "loaf"], None),
        ([], None),
    ],
)
def test_words_that_one_text_alone_has_tell_of_its_node(bread: View, words: Sequence[str], found: str | None) -> None:
    assert told_by(bread, words) == found
