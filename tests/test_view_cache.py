"""What is cached of a fold, folded or as finished rows, is always what it would be if it were made anew."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conceptmap.shapes.nodes import node_shape, walk_row
from conceptmap.shapes.walk_rows import walk_json
from graphs import view as view_module
from graphs.fold import Event, Fold
from graphs.view import View
from graphs.walks import reach
from small_maps import VOCABULARY, document, edge, fold, mention, node, put
from test_fold_properties import DAYS, IDS, RELATIONS, histories


def shown(view: View) -> list[object]:
    """All that a view shows of nodes, edges and walks."""
    walks = [
        json.loads(walk_json(view, view.node(one), relation, inverse=inverse))
        for one in filter(view.has_node, IDS)
        for relation in RELATIONS
        for inverse in (False, True)
    ]
    return [list(view.nodes()), list(view.edges()), walks]


@given(histories(), st.sampled_from((None, *DAYS)))
def test_a_view_that_was_read_between_events_shows_what_a_fresh_one_shows(events: list[Event], day: int | None) -> None:
    kept = Fold(VOCABULARY)
    for count, event in enumerate(events, 1):
        kept.apply(event)
        assert shown(View(kept, VOCABULARY, day)) == shown(View(fold(*events[:count]), VOCABULARY, day))


@given(histories(), st.sampled_from((None, *DAYS)), st.sampled_from(IDS), st.sampled_from(RELATIONS), st.booleans())
def test_a_walk_of_rows_takes_the_way_of_a_walk(
    events: list[Event], day: int | None, start: str, relation: str, inverse: bool
) -> None:
    view = View(fold(*events), VOCABULARY, day)
    assume(view.has_node(start))
    found = reach(view, view.node(start).id, relation, inverse=inverse)
    rows = [walk_row(view, relation, node, via, inverse=inverse) for node, via in found.items()]
    shape = {"node": node_shape(view.node(start)), "found": rows}
    assert json.loads(walk_json(view, view.node(start), relation, inverse=inverse)) == shape


def test_what_is_not_touched_is_not_merged_again() -> None:
    bread = fold(put(1, document(1, node("Yeast"), node("Salt"))))
    view = View(bread, VOCABULARY)
    yeast, salt = view.node("yeast"), view.node("salt")
    bread.apply(put(2, document(2, node("Salt"))))
    assert View(bread, VOCABULARY).node("yeast") is yeast
    assert view.node("salt") is not salt


def test_there_is_an_end_to_what_is_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_module, "MAX_CACHED", 3)
    labels = [f"N {number}" for number in range(10)]
    view = View(fold(put(1, document(1, *map(node, labels)))), VOCABULARY)
    first = view.node("n-0")
    assert [one.label for one in view.nodes()] == labels
    assert view.node("n-0") is not first and view.node("n-0") == first


def test_a_row_names_the_node_before_and_where_the_step_is_said() -> None:
    said = document(3, node("Dough", "Evidence"), mention("Rises", "Claim"), edge("Dough", "supports", "Rises"))
    view = View(fold(put(1, said)), VOCABULARY)
    (row,) = json.loads(walk_json(view, view.node("rises"), "supports", inverse=True))["found"]
    assert (row["id"], row["via"], row["day"]) == ("dough", "rises", 3)
    assert row["cites"] == [{"day": 3, "file": "notes", "lines": None, "quote": None}]
