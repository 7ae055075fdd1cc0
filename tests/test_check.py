from conceptmap.check import checks
from graphs.view import View
from small_maps import document, edge, mention, node, origin, view


def found(view: View) -> list[tuple[str, str, str]]:
    return [(check.rule, check.node, check.what) for check in checks(view)]


def test_a_sound_map_has_nothing_to_look_at() -> None:
    assert checks(view(document(1, node("Salt"), node("Sea"), edge("Salt", "part of", "Sea")))) == []
    assert checks(view()) == []


def test_a_node_that_is_used_but_not_defined() -> None:
    said = document(1, node("Salt"), mention("Sea"), edge("Salt", "part of", "Sea"))
    assert found(view(said)) == [("undefined", "sea", "'Sea' is used, but no note defines it")]


def test_what_is_nearly_a_name_a_kind_or_a_relation() -> None:
    said = document(1, node("Yeast", data={"require": "Sea"}), mention("Yeats"), edge("Yeast", "about", "Yeats"))
    assert found(view(said, document(2, node("Clam: Sea"), mention("Yeast"), edge("Clam: Sea", "about", "Yeast")))) == [
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
    (check,) = checks(view(for_it, against))
    assert (check.rule, check.what) == ("contested", "'Test' both supports and opposes 'Salt is bad'")
    assert [(cite.file, cite.lines) for cite in check.cites] == [("one.md", (3, 3)), ("two.md", (8, 8))]
    assert checks(view(for_it, against, as_of=1)) == []


def test_two_speakers_of_opposite_minds_are_no_contest() -> None:
    nodes = (node("One", "Evidence"), node("Two", "Evidence"), node("Salt is bad", "Claim"))
    said = (edge("One", "supports", "Salt is bad"), edge("Two", "opposes", "Salt is bad"))
    assert checks(view(document(1, *nodes, *said))) == []
