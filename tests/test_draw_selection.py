from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.draw import Selection, draw, draw_text, picture_of
from conceptmap.draw.condensed import MOST_UNFOLDED
from conceptmap.draw.dot import loose_days
from conceptmap.draw.scope import MOST_NEIGHBOURS, MOST_NODES
from conceptmap.excerpt import excerpt_of
from drawn_maps import bread_view, robot_view
from graphs.fold import Event, PartKey
from graphs.view import View
from ontology.errors import UnknownNode
from ontology.model import Document, Edge, Node
from small_maps import VOCABULARY, document, edge, fold, mention, node, origin
from small_maps import view as view_of


def boxes(view: View, selection: Selection) -> set[str]:
    return {node.id for node in picture_of(view, selection).nodes}


def chain(length: int, days: int = 20) -> View:
    """Ideas that each require the one before, spread over days."""
    documents = []
    for day in range(days):
        numbers = range(day * length // days, (day + 1) * length // days)
        ideas = [node(f"Idea {i}") for i in numbers]
        before = [mention(f"Idea {numbers[0] - 1}")] if numbers[0] else []
        joins = [edge(f"Idea {i}", "requires", f"Idea {i - 1}") for i in numbers if i]
        documents.append(document(day + 1, *before, *ideas, *joins, title=f"Part {day + 1}"))
    return view_of(*documents)


def test_by_default_the_drawn_map_is_shown() -> None:
    picture = picture_of(robot_view(), Selection())
    assert len(picture.nodes) == 12
    assert {edge.relation.name for edge in picture.edges if edge.relation} == {"part of", "leads to", "asks"}


def test_the_whole_graph_has_all_nodes_and_all_edges() -> None:
    view = bread_view()
    picture = picture_of(view, Selection(whole=True))
    assert {node.id for node in picture.nodes} == set(view.node_ids())
    assert sum(len(edge.dimensions) or 1 for edge in picture.edges) == len(list(view.edges()))


def test_a_focus_shows_what_is_near() -> None:
    near = {"fermentation", "yeast", "time-beats-kneading"}
    assert boxes(bread_view(), Selection(focus="fermentation")) == near
    assert boxes(bread_view(), Selection(focus="fermentation", depth=2)) > near


def test_a_neighbourhood_does_not_walk_through_days() -> None:
    ideas = [node("A"), node("B"), node("Day 1", "Day", id="day-1")]
    view = view_of(document(1, *ideas, edge("day-1", "asks", "a"), edge("day-1", "asks", "b")))
    assert boxes(view, Selection(focus="a", depth=3)) == {"a", "day-1"}
    assert boxes(view, Selection(focus="day-1")) == {"a", "b", "day-1"}


def test_an_unknown_focus_is_an_error() -> None:
    with pytest.raises(UnknownNode):
        picture_of(bread_view(), Selection(focus="pepper"))


def test_kinds_and_relations_choose_from_the_whole_graph() -> None:
    view = bread_view()
    assert boxes(view, Selection(kinds=frozenset({"Claim", "Evidence"}))) == {
        "time-beats-kneading",
        "a-no-knead-dough-rose-as-high-after-18-hours",
    }
    assert boxes(view, Selection(relations=frozenset({"contrasts with"}))) == {"cold-proof", "warm-proof"}


def test_lines_that_a_frame_already_says_are_not_drawn() -> None:
    nodes = [node("A"), node("Day 1", "Day", id="day-1"), node("Day 2", "Day", id="day-2")]
    view = view_of(document(1, *nodes, edge("a", "introduced on", "day-1")))
    picture = picture_of(view, Selection(whole=True))
    assert not picture.edges
    assert {node.id for node in picture.nodes} == {"a"}
    complete = picture_of(view, Selection(whole=True), readable=False)
    assert len(complete.edges) == 1
    assert {node.id for node in complete.nodes} == {"a", "day-1", "day-2"}


def test_many_nodes_become_an_overview_of_days_that_says_so() -> None:
    view = chain(MOST_NODES + 100)
    picture = picture_of(view, Selection(whole=True))
    assert [node.label for node in picture.nodes][:2] == ["Day 1 · Part 1", "Day 2 · Part 2"]
    assert [node.detail for node in picture.nodes] == ["20 nodes"] * 20
    assert [edge.weight for edge in picture.edges] == [1] * 19
    assert "400 nodes are too many" in picture.remark
    assert picture.remark.split(",")[0] in str(draw(view, "svg", Selection(whole=True)))


def test_very_many_days_are_drawn_in_stretches() -> None:
    picture = picture_of(chain(600, days=300), Selection(whole=True))
    assert len(picture.nodes) == 60
    assert picture.nodes[0].label == "Days 1 to 5"


def test_a_large_neighbourhood_is_cut_and_says_so() -> None:
    hub = document(
        1,
        node("Hub"),
        *(node(f"Spoke {i}") for i in range(200)),
        *(edge(f"Spoke {i}", "about", "Hub") for i in range(200)),
    )
    picture = picture_of(view_of(hub), Selection(focus="hub"))
    assert len(picture.nodes) == MOST_NEIGHBOURS
    assert picture.notice.startswith("The nearest 150 of 201 nodes are drawn; for all: conceptmap draw --focus hub")
    assert len(picture_of(view_of(hub), Selection(focus="hub"), readable=False).nodes) == 201


def test_older_ends_are_read_first() -> None:
    view = view_of(
        document(1, node("Old")), document(2, node("New", "Claim"), mention("Old"), edge("New", "about", "Old"))
    )
    (drawn,) = picture_of(view, Selection(whole=True)).edges
    assert (drawn.source, drawn.first) == ("new", "old")


def test_the_outline_of_a_large_map_is_complete() -> None:
    text = str(draw(chain(MOST_NODES + 100), "outline", Selection(whole=True)))
    assert sum(line.startswith("- ") for line in text.splitlines()) == MOST_NODES + 100


def test_small_later_days_that_nothing_joins_stand_behind_the_days_before() -> None:
    first = document(1, *(node(name) for name in "ABCDEF"), *(edge("A", "about", name) for name in "BCDEF"))
    later = [document(2, node("G")), document(3, node("H"), mention("G"), edge("H", "about", "G"))]
    picture = picture_of(view_of(first, *later, document(4, node("I"))), Selection(whole=True))
    assert [*loose_days(picture)] == [("n_a", "n_g"), ("n_a", "n_i")]
    assert not [*loose_days(picture_of(robot_view(), Selection()))]


def test_what_nothing_joins_can_be_left_out() -> None:
    view = view_of(document(1, node("A"), node("B"), node("Alone"), edge("A", "about", "B")))
    assert boxes(view, Selection(whole=True, connected=True)) == {"a", "b"}
    assert boxes(view, Selection(focus="alone", connected=True)) == {"alone"}
    placed = view_of(document(1, node("A", place=1), node("B", place=2)))
    assert boxes(placed, Selection(connected=True)) == set()
    assert not picture_of(placed, Selection(connected=True)).days


def in_units() -> View:
    days = [(1, "Week 1"), (2, "Week 1"), (3, "Week 2")]
    dated = [document(day, node(f"Idea {day}"), units=(unit,), title=f"Part {day}") for day, unit in days]
    return view_of(*dated, document(4, node("Idea 4"), title="Part 4"))


def test_frames_are_days_or_units_or_left_out() -> None:
    days = picture_of(in_units(), Selection(whole=True))
    assert list(days.days) == [1, 2, 3, 4]
    units = picture_of(in_units(), Selection(whole=True, group="unit"))
    assert units.days == {1: "Week 1", 3: "Week 2", 4: "Day 4 · Part 4"}
    assert [(node.day, node.group) for node in units.nodes] == [(1, 1), (2, 1), (3, 3), (4, 4)]
    none = picture_of(in_units(), Selection(whole=True, group="none"))
    assert (none.days, {node.group for node in none.nodes}) == ({}, {None})


@pytest.mark.parametrize("form", ["svg", "dot", "mermaid", "outline"])
def test_every_format_has_the_chosen_frames(form: str) -> None:
    text = str(draw(in_units(), form, Selection(whole=True, group="unit")))
    assert "Week 1" in text
    assert "Part 1" not in text
    assert "Part 1" not in str(draw(in_units(), form, Selection(whole=True, group="none")))


def test_a_requirement_that_others_imply_is_drawn_only_in_the_outline() -> None:
    joins = [edge("A", "requires", "B"), edge("B", "requires", "C"), edge("A", "requires", "C")]
    view = view_of(document(1, node("A"), node("B"), node("C"), *joins))
    assert len(picture_of(view, Selection(whole=True)).edges) == 2
    assert str(draw(view, "outline", Selection(whole=True))).count("requires") == 3


LABELS = [f"N{number}" for number in range(8)]
RELATIONS = ("part of", "leads to", "about", "contrasts with")


@st.composite
def days(draw_from: st.DrawFn) -> list[Document]:
    """Notes of several days: some draw a tree, some are a contributor's, and one may be undated."""
    made = []
    for number, (day, part) in enumerate([(1, "a"), (2, "b"), (3, "c"), (3, "by:ana"), (4, "d"), (0, "u")]):
        own = draw_from(st.lists(st.sampled_from(LABELS), unique=True, min_size=1, max_size=4))
        if number and draw_from(st.booleans()):
            continue
        pairs = draw_from(st.lists(st.tuples(*[st.sampled_from(LABELS)] * 2, st.sampled_from(RELATIONS)), max_size=4))
        draws = draw_from(st.booleans())
        nodes = [node(one, place=place if draws else None) for place, one in enumerate(own)]
        ends = {one for low, high, _ in pairs for one in (low, high)} - set(own)
        edges = {
            (one, relation, other): edge(one, relation, other, **({"place": 1, "parent": "target"} if draws else {}))
            for low, high, relation in pairs
            for one, other in [sorted((low, high))]
            if one != other
        }
        items: list[Node | Edge] = [*nodes, *map(mention, sorted(ends)), *edges.values()]
        made.append(document(day, *items, part=part, undated=not day, title=f"Part {number}"))
    return made


@given(days(), st.randoms(use_true_random=False), st.sampled_from([None, 2, 3]))
def test_one_state_has_one_picture_by_whatever_way_it_came_to_be(
    documents: list[Document], chance: Random, as_of: int | None
) -> None:
    later = as_of or 99
    expected = [one for one in documents if one.day <= later]
    shuffled = chance.sample(documents, len(documents))
    events, number = [], 0
    for one in shuffled:
        rough = one.with_assertions(one.nodes[:1], ())
        for said in (rough, None, one) if chance.random() < 0.5 else (one,):  # said otherwise before, and taken back
            number += 1
            events.append(Event(number, PartKey(one.day, one.part), said))
    known, other = view_of(*expected).up_to(as_of), View(fold(*events), VOCABULARY, as_of)
    for selection in (Selection(), Selection(whole=True), *(Selection(focus=id) for id in known.node_ids()[:1])):
        assert picture_of(known, selection) == picture_of(other, selection)
    assert draw_text(known) == draw_text(other)


def test_a_large_day_is_unfolded_by_what_its_nodes_are_part_of_and_nothing_is_lost() -> None:
    wholes = [node(f"Whole {one:02}") for one in range(20)]
    parts = [node(f"Part {one:02} {two:02}") for one in range(20) for two in range(19)]
    joins = [edge(f"Part {one:02} {two:02}", "part of", f"Whole {one:02}") for one in range(20) for two in range(19)]
    picture = picture_of(
        view_of(document(1, *wholes, *parts, *joins), document(2, node("Late"))), Selection(whole=True)
    )
    assert {one.label for one in picture.nodes} >= {*(one.label for one in wholes), "Late"}
    assert sum(one.more + (one.kind.name != "Day") for one in picture.nodes) == 401
    assert picture.days == {1: "Day 1 (400 nodes)", 2: "Day 2 (1 node)"}
    assert "and 19 more" in {one.detail for one in picture.nodes}


def outlined(line: int, label: str) -> Node:
    said: Any = {"from": {"lines": (line, line), "how": "derived", "rule": "outline"}}
    return node(label, **said)


def following(line: int, label: str) -> Node:
    said: Any = {"from": origin(line)}
    return node(label, "Claim", **said)


def test_claims_that_nothing_joins_stand_under_the_heading_that_they_follow() -> None:
    claims = [
        (number, node(f"Claim {number}", "Claim", **{"from": origin(number + 1)}))
        for number in range(500)
        if number % 100
    ]
    headings = [outlined(number + 1, f"Heading {number // 100}") for number in range(0, 500, 100)]
    view = view_of(document(1, *headings, *(claim for _, claim in claims)))
    for selection in (Selection(whole=True), Selection()):
        boxes_drawn = {one.label: one.detail for one in picture_of(view, selection).nodes}
        assert boxes_drawn == {f"Heading {number}": "and 99 more" for number in range(5)}
    under = picture_of(view, Selection(focus="heading-2"))
    assert {one.label for one in under.nodes} == {"Heading 2", *(f"Claim {number}" for number in range(201, 300))}


def test_a_large_day_beside_trees_is_unfolded_and_leaves_them_where_they_are() -> None:
    tree = document(
        1, node("Bread", place=1), node("Crumb"), edge("Crumb", "part of", "Bread", place=1, parent="target")
    )
    claims = [outlined(1, "Heading"), *(following(number + 2, f"Claim {number}") for number in range(300))]
    picture = picture_of(view_of(tree, document(2, *claims)), Selection())
    assert {"Bread", "Crumb", "Heading"} <= {one.label for one in picture.nodes}
    assert {one.detail for one in picture.nodes if one.more} == {"and 294 more"}
    assert len(picture.nodes) == 2 + 7 and "of 303 nodes" in picture.remark and "--all --format outline" in picture.way
    later = picture_of(view_of(tree, document(2, *claims), document(3, node("New"))), Selection())
    assert {one.id for one in later.nodes} == {one.id for one in picture.nodes} | {"new"}


def test_the_focus_on_a_large_day_unfolds_it() -> None:
    nodes = [node(f"N {number}") for number in range(200)]
    days = [edge(one.label, "introduced on", "Day 1") for one in nodes]
    joins = [edge(f"N {number}", "part of", f"N {number // 20}") for number in range(20, 200)]
    day = node("Day 1", "Day", id="day-1")
    picture = picture_of(view_of(document(1, day, *nodes, *days, *joins)), Selection(focus="day-1"))
    assert len(picture.nodes) < 100
    assert sum(one.more + 1 for one in picture.nodes) == 198
    assert picture.days == {1: "Day 1 (200 nodes, 2 under no box)"}


def test_an_excerpt_is_drawn_with_gists_and_formulas_as_the_whole_map_is() -> None:
    heat = node("Heat", "Claim", formula="Q = m c T", data={"gist": "it adds up"})
    found = view_of(document(1, heat, node("Water"), edge("Heat", "about", "Water")))
    alone, whole = (picture_of(one, Selection(whole=True)) for one in (excerpt_of(found, ["heat"]), found))
    assert alone.nodes == tuple(one for one in whole.nodes if one.id == "heat")


def test_a_day_of_many_thousand_nodes_is_unfolded_by_its_best_joined_nodes() -> None:
    wholes = [node(f"Whole {one:02}") for one in range(9)]
    parts = [node(f"Part {one:02} {two:03}") for one in range(9) for two in range(300)]
    joins = [edge(one.label, "part of", f"Whole {one.label[5:7]}") for one in parts]
    loose = [node(f"Loose {number}") for number in range(MOST_UNFOLDED)]
    picture = picture_of(view_of(document(1, *loose, *wholes, *parts, *joins)), Selection(whole=True))
    assert {one.label for one in wholes} <= {one.label for one in picture.nodes}
    counted = sum(one.more + 1 for one in picture.nodes)
    (title,) = picture.days.values()
    assert title == f"Day 1 (12709 nodes, {12709 - counted} under no box)"
