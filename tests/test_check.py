import shlex

import pytest

from graphs.view import View
from ontology.model import Document
from small_maps import checks, document, edge, mention, node, origin, view


def found(view: View) -> list[tuple[str, str, str]]:
    return [(check.rule, check.node, check.what) for check in checks(view)]


def test_a_sound_map_has_nothing_to_look_at() -> None:
    assert checks(view(document(1, node("Salt"), node("Sea"), edge("Salt", "part of", "Sea")))) == []
    assert checks(view()) == []


def test_a_node_that_is_used_but_not_defined() -> None:
    said = document(1, node("Salt"), mention("Sea"), edge("Salt", "part of", "Sea"))
    assert found(view(said)) == [("undefined", "sea", "'Sea' is used, but no note defines it")]


def test_what_is_nearly_a_name_a_kind_or_a_relation() -> None:
    said = document(1, node("Yeast", data={"require": "Sea"}), mention("Yeats"), edge("Yeast", "part of", "Yeats"))
    assert found(
        view(said, document(2, node("Clam: Sea"), mention("Yeast"), edge("Clam: Sea", "part of", "Yeast")))
    ) == [
        ("misspelt", "clam-sea", "'Clam' of 'Clam: Sea' is no kind; did you mean 'Claim'?"),
        ("misspelt", "yeast", "'require' of 'Yeast' is no relation; did you mean 'requires'?"),
        ("undefined", "yeats", "'Yeats' is used, but no note defines it; did you mean 'Yeast'?"),
    ]


def test_a_node_that_is_joined_to_nothing() -> None:
    assert found(view(document(1, node("Salt")))) == [("alone", "salt", "'Salt' is joined to nothing")]


def test_a_node_that_only_a_later_day_joins_is_alone_before() -> None:
    later = document(5, mention("Salt"), node("Sea"), edge("Salt", "part of", "Sea"))
    assert found(view(document(1, node("Salt")), later)) == []
    assert found(view(document(1, node("Salt")), later, as_of=4)) == [("alone", "salt", "'Salt' is joined to nothing")]


def test_days_and_units_may_be_alone_and_undefined() -> None:
    assert checks(view(document(1, mention("Day 7", "Day"), mention("Week 1", "Unit")))) == []


def test_a_pair_that_both_supports_and_opposes_is_contested_with_both_places() -> None:
    ends = (node("Test", "Evidence"), node("Salt is bad", "Claim"))
    for_it = document(1, *ends, edge("Test", "supports", "Salt is bad", origin=origin(3)), part="one.md")
    against = document(2, *ends, edge("Test", "opposes", "Salt is bad", origin=origin(8)), part="two.md")
    (check,) = checks(view(for_it, against), "contested")
    assert (check.rule, check.what) == ("contested", "'Test' both supports and opposes 'Salt is bad'")
    assert [(cite.file, cite.lines) for cite in check.cites] == [("one.md", (3, 3)), ("two.md", (8, 8))]
    assert checks(view(for_it, against, as_of=1), "contested") == []


def test_two_speakers_of_opposite_minds_are_no_contest() -> None:
    nodes = (node("One", "Evidence"), node("Two", "Evidence"), node("Salt is bad", "Claim"))
    said = (edge("One", "supports", "Salt is bad"), edge("Two", "opposes", "Salt is bad"))
    assert checks(view(document(1, *nodes, *said)), "contested") == []


def named_alike(*said: Document) -> list[str]:
    return [what for rule, _, what in found(view(*said)) if rule == "alike"]


@pytest.mark.parametrize(
    "one, other",
    [("Naive Bayes", "Naïve Bayes"), ("Back-propagation", "Backpropagation"), ("Word vectors", "Word vector")],
)
def test_labels_that_are_spelt_alike_may_be_one(one: str, other: str) -> None:
    said = named_alike(document(1, node(one)), document(9, node(other)))
    assert said == [f"{other!r} and {one!r} may be one: conceptmap merge {shlex.join((other, one))}"]


@pytest.mark.parametrize("name", ["Depth of field", "Depth of field (DoF)", "Depth-of-Field"])
def test_initials_near_the_whole_name_may_be_one_with_it(name: str) -> None:
    ends = [edge("Lens", "requires", "DoF"), edge("Lens", "about", name)]
    said = document(1, node("Lens"), mention("DoF"), mention(name), *ends)
    assert named_alike(document(2, node("DoF")), document(3, node(name)), said) == [
        f"'DoF' and {name!r} may be one: conceptmap merge DoF {shlex.quote(name)}"
    ]


def test_a_name_that_is_anothers_alias_may_be_one_with_it() -> None:
    said = named_alike(document(1, node("Gross domestic product", aliases=["GDP"])), document(5, node("GDP")))
    assert said == ["'GDP' and 'Gross domestic product' may be one: conceptmap merge gdp 'Gross domestic product'"]


@pytest.mark.parametrize(
    "one, other",
    [
        ("C", "C++"),
        ("Steady state", "Steady state (log case)"),
        ("Class", "Classes of bread flour"),
        ("SVM", "Support of the very many"),
        ("Lecture 1", "Lecture 11"),
    ],
)
def test_names_that_only_look_alike_are_not_listed(one: str, other: str) -> None:
    assert (
        named_alike(document(1, node(one), node("Salt"), edge(one, "part of", "Salt")), document(9, node(other))) == []
    )


def test_initials_far_from_the_whole_name_and_nodes_of_two_kinds_are_not_listed() -> None:
    assert named_alike(document(1, node("DoF")), document(2, node("Depth of field"))) == []
    assert named_alike(document(1, node("Word vector")), document(2, node("Word vectors", "Method"))) == []
