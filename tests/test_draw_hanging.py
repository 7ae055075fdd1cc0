"""What notes without a tree say is drawn by what is part of what, then by the other edges, alone or beside a tree."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.draw.hanging import MOST_HUNG, MOST_LEVELS, MOST_READ, hung_beside, hung_map
from conceptmap.draw.scope import picture_of
from conceptmap.draw.selection import Selection
from conceptmap.draw.text import draw_text
from conceptmap.draw.tree import branches, drawn_map
from ontology.errors import UnknownNode
from ontology.gate import read
from ontology.model import Document, Node
from ontology.names import node_id
from small_maps import document, edge, mention, node, origin, view


def said(label: str, kind: str, line: int) -> Node:
    """A node that a note says on this line."""
    return read(Node, {"id": node_id(label), "kind": kind, "label": label, "from": origin(line)})


LIGHT = document(
    1,
    *(said(label, "Concept", line) for line, label in enumerate(("Light", "Aperture", "Shutter", "Blur"), 1)),
    said("Wide is soft", "Claim", 9),
    edge("Aperture", "part of", "Light"),
    edge("Shutter", "part of", "Light"),
    edge("Shutter", "leads to", "Blur"),
    edge("Wide is soft", "about", "Aperture"),
    edge("Light", "contrasts with", "Blur"),
)


def test_parts_hang_under_their_whole_and_the_rest_where_an_edge_leads() -> None:
    drawn = (
        "Light\n│\n├── Aperture\n│   │\n│   └── is discussed by: Wide is soft\n"
        "└── Shutter\n    │\n    └── leads to: Blur"
    )
    assert draw_text(view(LIGHT)) == drawn


def test_a_picture_shows_all_edges_between_what_it_shows() -> None:
    picture = picture_of(view(LIGHT), Selection())
    assert (len(picture.nodes), len(picture.edges), picture.remark) == (5, 5, "")


def test_a_day_before_the_first_tree_is_drawn_as_if_no_tree_came_later() -> None:
    drawn = document(2, node("Dough", place=1))
    assert draw_text(view(LIGHT, drawn, as_of=1)) == draw_text(view(LIGHT, as_of=1))


def test_days_and_units_are_frames_and_hang_nowhere() -> None:
    days = (node("Day 1", "Day"), node("Week 1", "Unit"), edge("Day 1", "part of", "Week 1"))
    assert draw_text(view(document(1, node("Yeast"), *days, edge("Yeast", "introduced on", "Day 1")))) == "Yeast"


def wide(size: int) -> Document:
    parts = [node(f"Part {number:05}") for number in range(size)]
    return document(1, node("Whole"), *parts, *(edge(one.label, "part of", "Whole") for one in parts))


def test_what_is_left_out_is_counted_with_the_way_to_see_it() -> None:
    text = draw_text(view(wide(MOST_HUNG + 1)))
    assert text.startswith("Whole, and 2 more\n")
    assert text.endswith("\n\n2 more nodes are not drawn; --focus shows what is near a node.")
    assert (
        "150 of 152 nodes and 149 of 151 edges are drawn" in picture_of(view(wide(MOST_HUNG + 1)), Selection()).remark
    )


def test_a_long_chain_is_cut_and_costs_no_more_than_its_length() -> None:
    links = [f"Link {number:04}" for number in range(3000)]
    edges = [edge(one, "leads to", other) for one, other in pairwise(links)]
    text = draw_text(view(document(1, *map(node, links), *edges)))
    assert text.endswith(f"\n\n{3000 - MOST_LEVELS} more nodes are not drawn; --focus shows what is near a node.")


def test_a_focus_may_be_a_day_and_is_an_error_where_it_is_unknown() -> None:
    days = view(document(1, node("Yeast"), node("Day 1", "Day")))
    assert draw_text(days, Selection(focus="day-1")) == "Day 1"
    with pytest.raises(UnknownNode):
        draw_text(days, Selection(focus="salt"))


def test_a_map_that_is_too_large_says_so() -> None:
    large = view(document(1, *(node(f"Part {number}") for number in range(MOST_READ + 1))))
    assert "too many to draw as one tree" in draw_text(large)
    assert hung_map(large) is None


TREE = document(3, node("Dough", place=1), node("Crumb"), edge("Crumb", "part of", "Dough", parent="target", place=1))
LATER = document(4, node("Steam"), node("Crust"), edge("Crust", "part of", "Dough"), edge("Steam", "leads to", "Crust"))


def drawn(*documents: Document) -> list[str]:
    return [line.strip("│├└─ ") for line in draw_text(view(*documents)).splitlines() if line.strip("│├└─ ")]


def test_a_later_note_without_a_tree_hangs_its_topics_on_the_drawn_map() -> None:
    assert drawn(TREE) == ["Dough", "Crumb"]
    assert draw_text(view(TREE, LATER)) == "Dough (Day 3)\n│\n├── Crumb\n├── Crust\n│\nSteam"


def test_notes_before_the_first_tree_and_mentions_and_corrections_hang_nothing() -> None:
    early = document(1, node("Salt"), edge("Salt", "part of", "Dough"), mention("Dough"))
    said = document(4, mention("Sugar"), node("Fat", correction=True), part="by:ana")
    assert drawn(early, TREE, document(2, node("Fat")), said) == ["Dough (Day 3)", "Crumb"]


def test_undated_notes_and_contributors_parts_of_any_day_hang_their_topics() -> None:
    undated = document(0, node("Salt"), undated=True, part="salt.md")
    by_ana = document(1, node("Yeast"), edge("Yeast", "part of", "Dough"), mention("Dough"), part="by:ana")
    assert set(drawn(TREE, undated, by_ana)) == {"Dough", "Crumb", "Yeast (Day 1)", "Salt"}


def test_what_hangs_stays_where_it_is_whatever_later_days_say() -> None:
    later = document(5, node("Heat"), edge("Steam", "part of", "Heat"), edge("Crust", "about", "Crumb"))
    before, after = (hung_beside(one, drawn_map(one)) for one in (view(TREE, LATER), view(TREE, LATER, later)))
    places = [{one.node.id: one.edge and one.edge.key for one in branches(hung.roots)} for hung in (before, after)]
    assert places[0].items() <= places[1].items() and places[1].keys() - places[0].keys() == {"heat"}


def test_a_picture_joins_what_hangs_to_all_that_it_shows() -> None:
    picture = picture_of(view(TREE, LATER), Selection())
    assert [one.id for one in picture.nodes if one.day == 4] == ["crust", "steam"]
    assert {one.name for one in picture.edges} == {
        "e_crumb.part_of.dough",
        "e_crust.part_of.dough",
        "e_steam.leads_to.crust",
    }


def test_of_many_topics_beside_a_tree_those_of_earlier_days_are_drawn_and_the_others_counted() -> None:
    many = document(5, *(node(f"Loaf {number:03}") for number in range(MOST_HUNG)))
    text = draw_text(view(TREE, LATER, many))
    assert text.endswith("\n\n2 more nodes are not drawn; --focus shows what is near a node.")
    assert "Steam" in text and "Loaf 149" not in text


def test_an_edge_that_a_later_note_or_a_contributor_adds_between_placed_nodes_is_drawn() -> None:
    nodes = (mention("Dough"), mention("Crumb"))
    for said in (document(4, *nodes, edge("Crumb", "requires", "Dough")), document(3, *nodes, part="by:ana")):
        before, after = picture_of(view(TREE), Selection()), picture_of(view(TREE, said), Selection())
        assert len(after.edges) - len(before.edges) == len(said.edges)


def test_what_is_not_on_the_map_is_counted_with_the_command_and_the_address_that_show_it() -> None:
    early = document(1, node("Salt"), node("Sugar"), edge("Salt", "contrasts with", "Sugar"))
    assert picture_of(view(early, TREE), Selection()).notice == (
        "2 of 4 nodes and 1 of 2 edges are drawn; for all: conceptmap draw --all -o map.svg, "
        "or /maps/bread/diagram.svg?all=true."
    )
    assert "--as-of 3 -o map.svg" in picture_of(view(early, TREE, as_of=3), Selection()).notice
    assert picture_of(view(TREE), Selection()).remark == ""


def test_days_that_frames_show_are_not_counted_as_left_out() -> None:
    days = (node("Day 3", "Day"), edge("Dough", "introduced on", "Day 3"))
    assert picture_of(view(TREE, document(3, mention("Dough"), *days, part="days")), Selection()).remark == ""


RELATIONS = ("part of", "leads to", "about", "contrasts with", "example of")
EDGES = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(RELATIONS), st.integers(0, 8)), unique=True, max_size=25)


@given(EDGES)
def test_every_node_is_drawn_once_whatever_circles_there_are(found: list[tuple[int, str, int]]) -> None:
    nodes = [node(f"N{number}") for number in range(9)]
    edges = {
        one.key: one for a, relation, b in found if a != b for one in [edge(f"N{min(a, b)}", relation, f"N{max(a, b)}")]
    }
    hung = hung_map(view(document(1, *nodes, *edges.values())))
    assert hung is not None
    counts = Counter(branch.node.id for branch in branches(hung.roots))
    assert counts == Counter(one.id for one in nodes)


def test_a_large_map_of_several_days_is_hung_where_it_is_joined_and_else_shown_by_its_days() -> None:
    lone = [document(day, *(node(f"Thing {day} {one}") for one in range(160))) for day in (1, 2)]
    assert "320 nodes are too many to read at once" in picture_of(view(*lone), Selection()).remark
    joined = [
        document(day, node(f"Whole {day}"), *parts, *(edge(one.label, "part of", f"Whole {day}") for one in parts))
        for day in (1, 2)
        for parts in [[node(f"Part {day} {one}") for one in range(160)]]
    ]
    picture = picture_of(view(*joined), Selection())
    assert len(picture.nodes) == MOST_HUNG and "150 of 322 nodes" in picture.remark
