"""The diff of two views: facts on small maps, and properties over random histories."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.compare import compare
from conceptmap.formats.json_graph import write_json
from conceptmap.shapes.changes import diff_shape
from graphs.diff import Balance, diff
from graphs.fold import Event
from graphs.view import View
from ontology.model import Document
from small_maps import VOCABULARY, document, edge, fold, mention, node, put, view
from test_fold_properties import DAYS, histories

Item = dict[str, Any]


def days(*documents: Document, before: int = 1, after: int = 2) -> tuple[View, View]:
    whole = view(*documents)
    return View(whole.fold, VOCABULARY, before), View(whole.fold, VOCABULARY, after)


def test_a_new_day_adds_its_nodes_and_edges() -> None:
    found = diff(
        *days(
            document(1, node("Yeast")), document(2, node("Dough"), mention("Yeast"), edge("Dough", "requires", "Yeast"))
        )
    )
    assert [one.id for one in found.nodes.added] == ["dough"]
    assert [one.key for one in found.edges.added] == [("dough", "requires", "yeast", None)]
    assert not found.nodes.removed
    assert not found.edges.removed


def test_a_diff_read_backwards_removes_what_it_added() -> None:
    before, after = days(document(1, node("Yeast")), document(2, node("Dough")))
    assert diff(before, after).nodes.added == diff(after, before).nodes.removed


def test_what_changed_is_told_field_by_field() -> None:
    one = document(1, node("Yeast", text="Alive.", data={"gist": "a", "kept": 1}))
    other = document(2, node("Yeast", text="A fungus.", formula="y", aliases=["Leaven"], data={"gist": "b"}))
    (change,) = diff(*days(one, other)).nodes.changed
    assert [tuple(field) for field in change.fields] == [
        ("aliases", [], ["Leaven"]),
        ("text", "Alive.", "A fungus."),
        ("formula", None, "y"),
        ("data.gist", "a", "b"),
        ("days", [1], [1, 2]),
    ]
    assert change.is_news


def test_what_is_only_mentioned_again_is_no_news() -> None:
    found = diff(*days(document(1, node("Yeast", text="Alive.")), document(2, mention("Yeast"))))
    (change,) = found.nodes.changed
    assert [field.field for field in change.fields] == ["days"]
    assert not change.is_news
    assert found.nodes.news == ()


def test_an_edge_that_is_stated_after_it_was_derived_is_no_news() -> None:
    ends = (node("A"), node("B"))
    derived = document(1, *ends, edge("A", "about", "B", **{"from": {"how": "derived"}}))
    (change,) = diff(*days(derived, document(2, *ends, edge("A", "about", "B")))).edges.changed
    assert [field.field for field in change.fields] == ["days", "how"]
    assert not change.is_news


def test_a_comparison_said_from_its_other_end_is_no_news() -> None:
    ends = (node("Short"), node("Long"))
    one = edge("Short", "contrasts with", "Long", dimension="Taste", values={"source": "plain", "target": "deep"})
    other = edge("Long", "contrasts with", "Short", dimension="Taste", values={"source": "deep", "target": "plain"})
    found = diff(*days(document(1, *ends, one), document(2, *ends, other)))
    assert not found.edges.added
    assert [change.is_news for change in found.edges.changed] == [False]


def test_where_something_is_drawn_is_not_what_is_said() -> None:
    found = diff(*(view(document(1, node("Yeast", place=place))) for place in (1, 2)))
    assert not found


def claims(*said: tuple[str, str]) -> Document:
    """A second day on which these speakers support or oppose `Time`."""
    speakers = [node(speaker, "Evidence") for speaker, _ in said]
    edges = [edge(speaker, relation, "Time") for speaker, relation in said]
    return document(2, mention("Time", "Claim"), *speakers, *edges)


@pytest.mark.parametrize(
    ("said", "direction", "after"),
    [
        ([("A", "supports"), ("B", "supports"), ("C", "opposes")], "strengthened", Balance(3, 1)),
        ([("A", "opposes")], "weakened", Balance(1, 1)),
    ],
)
def test_a_claim_is_moved_by_its_direct_support_and_opposition(
    said: list[tuple[str, str]], direction: str, after: Balance
) -> None:
    first = document(1, node("Time", "Claim"), node("X", "Evidence"), edge("X", "supports", "Time"))
    (shift,) = diff(*days(first, claims(*said))).claims
    assert (shift.node.id, shift.direction, shift.before, shift.after) == ("time", direction, Balance(1, 0), after)
    assert sorted((one.source, one.relation) for one in shift.added) == [(one.lower(), word) for one, word in said]


def test_a_claim_whose_balance_stays_is_not_moved() -> None:
    assert diff(*days(document(1, node("Time", "Claim")), claims(("A", "supports"), ("B", "opposes")))).claims == ()


def test_an_edge_that_ends_moves_its_claim_back() -> None:
    before, after = days(document(1, node("Time", "Claim")), claims(("A", "supports")))
    (shift,) = diff(after, before).claims
    assert (shift.direction, [one.source for one in shift.removed]) == ("weakened", ["a"])


def test_the_json_has_exactly_the_shapes_of_the_exports() -> None:
    ends = (node("A", "Claim"), node("B", "Evidence"))
    before, after = days(document(1, ends[0]), document(2, *ends, edge("B", "supports", "A")))
    said = {"source": "b", "relation": "supports", "target": "a", "dimension": None, "values": None}
    added = {**said, "days": [2], "how": "stated"}
    known = {"id": "a", "label": "A", "kind": "Claim", "aliases": [], "days": [1, 2]}
    assert diff_shape(compare(before, after).diff) == {
        "added": {
            "nodes": [{"id": "b", "label": "B", "kind": "Evidence", "aliases": [], "days": [2]}],
            "edges": [added],
        },
        "removed": {"nodes": [], "edges": []},
        "changed": {"nodes": [{**known, "changes": {"days": {"before": [1], "after": [1, 2]}}}], "edges": []},
        "claims": [
            {
                **known,
                "direction": "strengthened",
                "before": {"supports": 0, "opposes": 0, "balance": 0},
                "after": {"supports": 1, "opposes": 0, "balance": 1},
                "edges": {"added": [added], "removed": []},
            }
        ],
        "effects": [],
        "merged": [],
    }


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        ((1, 2), (2, 2), "bread: day 1 → day 2"),
        ((2, 1), (2, 2), "bread: entry 1 → entry 2"),
        ((None, 0), (2, 2), "bread: nothing, entry 0 → day 2, entry 2"),
        ((2, 2), (2, 2), "bread: day 2 → day 2"),
    ],
)
def test_a_comparison_says_which_moments_it_compares(
    before: tuple[int | None, int], after: tuple[int | None, int], title: str
) -> None:
    events = [put(number, one) for number, one in enumerate((document(1), document(2)), 1)]
    one, other = (View(fold(*events[:count]), VOCABULARY, day) for day, count in (before, after))
    assert compare(one, other).title == title


two_views = st.tuples(histories(), st.sampled_from((None, *DAYS)), st.integers(0, 10), st.sampled_from((None, *DAYS)))


def views(drawn: tuple[list[Event], int | None, int, int | None]) -> tuple[View, View]:
    """The map as of a day at some entry, and as of another day at the end."""
    events, day, entry, other_day = drawn
    return View(fold(*events[:entry]), VOCABULARY, day), View(fold(*events), VOCABULARY, other_day)


def exported(view: View) -> dict[str, dict[Any, Item]]:
    """The export's nodes and edges by identity; the ends of a symmetric edge in the fold's order."""
    data = json.loads("".join(write_json(view)))
    return {"nodes": {one["id"]: one for one in data["nodes"]}, "edges": {identity(one): one for one in data["edges"]}}


def identity(edge: Item) -> tuple[str | None, ...]:
    ends = [edge["source"], edge["target"]]
    if VOCABULARY.relations[edge["relation"]].symmetric:
        ends.sort()
    return ends[0], edge["relation"], ends[1], edge["dimension"]


def key_of(item: Item) -> str | tuple[str | None, ...]:
    return item["id"] if "id" in item else identity(item)


@given(histories(), st.sampled_from((None, *DAYS)))
def test_a_map_does_not_differ_from_itself(events: list[Event], day: int | None) -> None:
    one = View(fold(*events), VOCABULARY, day)
    assert not diff(one, one)
    assert not diff(one, View(fold(*events), VOCABULARY, day))
    assert diff_shape(compare(one, one).diff)["claims"] == []


@given(two_views)
def test_the_diff_is_the_set_difference_of_the_exports(drawn: tuple[list[Event], int | None, int, int | None]) -> None:
    before, after = views(drawn)
    found: Any = diff_shape(compare(before, after).diff)
    old, new = exported(before), exported(after)
    for what in ("nodes", "edges"):
        assert found["added"][what] == [item for key, item in new[what].items() if key not in old[what]]
        assert found["removed"][what] == [item for key, item in old[what].items() if key not in new[what]]
        changed = {key_of(item) for item in found["changed"][what]}
        unlike = {key for key, item in new[what].items() if key in old[what] and item != old[what][key]}
        assert unlike <= changed <= old[what].keys() & new[what].keys()
        beyond = {"text", "formula", "note"}  # said, but in no export
        for item in found["changed"][what]:
            said = {field for field in item["changes"] if field not in beyond and not field.startswith("data.")}
            assert bool(said) == (key_of(item) in unlike)


@given(two_views)
def test_what_a_diff_says_makes_the_one_export_into_the_other(
    drawn: tuple[list[Event], int | None, int, int | None],
) -> None:
    before, after = views(drawn)
    found: Any = diff_shape(compare(before, after).diff)
    made = exported(before)
    for what in ("nodes", "edges"):
        for item in found["removed"][what]:
            assert made[what].pop(key_of(item)) == item
        for item in found["added"][what]:
            made[what][key_of(item)] = item
        for item in found["changed"][what]:
            was = made[what][key_of(item)]
            fields = {field: change for field, change in item["changes"].items() if field in was}
            assert {field: was[field] for field in fields} == {one: change["before"] for one, change in fields.items()}
            made[what][key_of(item)] = {**was, **{one: change["after"] for one, change in fields.items()}}
    assert made == exported(after)


@given(two_views)
def test_a_diff_and_its_reverse_say_the_same(drawn: tuple[list[Event], int | None, int, int | None]) -> None:
    before, after = views(drawn)
    there, back = diff(before, after), diff(after, before)
    for one, other in ((there.nodes, back.nodes), (there.edges, back.edges)):
        assert (one.added, one.removed) == (other.removed, other.added)
        assert [(change.before, change.after) for change in one.changed] == [
            (change.after, change.before) for change in other.changed
        ]
    assert [(shift.before, shift.after) for shift in there.claims] == [
        (shift.after, shift.before) for shift in back.claims
    ]
