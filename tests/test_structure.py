"""What the structure of a map is: on maps made by chance, against plain ways to find the same, and on the sample."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap import open_atlas
from conceptmap.structure import EXACT, MOST, SAMPLED, Structure, structure_of
from graphs.view import View
from ontology.model import Edge, Node
from ontology.names import node_id
from small_maps import document, edge, node, view

NAMES = "ABCDEFGHIJKL"
pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=24)


def joined(found: list[tuple[str, str]], names: str = NAMES) -> View:
    relations = ("requires", "about")
    edges = {pair: edge(pair[0], relations[index % 2], pair[1]) for index, pair in enumerate(found)}
    return view(document(1, *map(node, names), *edges.values()))


def plain_graph(structure: Structure) -> "networkx.Graph[str]":
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(structure.ideas)
    graph.add_edges_from(structure.joins)
    return graph


@pytest.fixture(scope="module")
def sample() -> Iterator[Structure]:
    with open_atlas("sqlite://") as atlas:
        course = atlas["robot-intelligence"]
        course.load(Path(__file__).parent.parent / "conceptmap" / "course")
        yield structure_of(course.view())


@given(pairs)
def test_islands_hold_each_idea_once_and_no_join_leads_from_one_to_another(found: list[tuple[str, str]]) -> None:
    structure = structure_of(joined(found))
    assert sorted(idea for island in structure.islands for idea in island) == list(structure.ideas)
    for one, other in structure.joins:
        assert sum({one, other} <= set(island) for island in structure.islands) == 1
    sizes = [len(island) for island in structure.islands]
    assert sizes == sorted(sizes, reverse=True)


@given(pairs)
def test_without_an_articulation_its_island_falls_into_its_pieces_and_no_other_idea_is_one(
    found: list[tuple[str, str]],
) -> None:
    structure = structure_of(joined(found))
    told = {one.node: one.pieces for one in structure.articulations}
    for idea in structure.ideas:
        graph = plain_graph(structure)
        rest = networkx.node_connected_component(graph, idea) - {idea}
        pieces = sorted(map(len, networkx.connected_components(graph.subgraph(rest))), reverse=True)
        assert told.get(idea, tuple(pieces)) == tuple(pieces)
        assert (idea in told) == (len(pieces) > 1)


@given(pairs)
def test_without_a_bridge_its_island_falls_into_its_two_sides_and_no_other_join_is_one(
    found: list[tuple[str, str]],
) -> None:
    structure = structure_of(joined(found))
    told = {one.ends: one.sides for one in structure.bridges}
    for join in structure.joins:
        graph = plain_graph(structure)
        graph.remove_edge(*join)
        sides = [networkx.node_connected_component(graph, end) for end in join]
        assert (join in told) == (sides[0] != sides[1])
        assert join not in told or told[join] == (len(sides[0]), len(sides[1]))


@given(pairs, st.randoms(use_true_random=False))
def test_the_structure_does_not_depend_on_the_order_in_which_a_map_was_written(
    found: list[tuple[str, str]], random: Random
) -> None:
    edges = [edge(one, "requires", other) for one, other in dict.fromkeys(found)]
    items: list[Node | Edge] = [*map(node, NAMES), *edges]
    shuffled = [*items]
    random.shuffle(shuffled)
    one, other = (structure_of(view(document(1, *order))) for order in (items, shuffled))
    assert one == other
    assert (one.between, one.groups, one.modularity) == (other.between, other.groups, other.modularity)


@given(pairs, st.permutations(NAMES))
def test_other_names_change_nothing_but_names(found: list[tuple[str, str]], names: list[str]) -> None:
    other_name = dict(zip(NAMES, names, strict=True))
    one = structure_of(joined(found))
    other = structure_of(joined([(other_name[a], other_name[b]) for a, b in found]))
    renamed = {node_id(old): node_id(new) for old, new in other_name.items()}
    assert {renamed[idea]: degree for idea, degree in one.degrees.items()} == other.degrees
    assert {renamed[cut.node]: cut.pieces for cut in one.articulations} == {
        cut.node: cut.pieces for cut in other.articulations
    }
    assert {frozenset(renamed[idea] for idea in island) for island in one.islands} == set(map(frozenset, other.islands))
    assert {renamed[idea]: pytest.approx(share) for idea, share in one.between.items()} == other.between


@given(pairs)
def test_each_idea_with_a_join_is_in_one_group_and_the_centre_has_the_most_joins_in_it(
    found: list[tuple[str, str]],
) -> None:
    structure = structure_of(joined(found))
    inside = [member for group in structure.groups for member in group.members]
    assert sorted(inside) == sorted(idea for idea, degree in structure.degrees.items() if degree)
    for group in structure.groups:
        degrees = dict(plain_graph(structure).subgraph(group.members).degree)
        assert degrees[group.centre] == max(degrees.values())


def test_days_units_and_sources_join_nothing() -> None:
    hub = node("Hub", "Source")
    ideas = [node(one) for one in "AB"]
    structure = structure_of(view(document(1, hub, *ideas, edge("A", "cites", "Hub"), edge("B", "cites", "Hub"))))
    assert structure.islands == (("a",), ("b",))
    assert structure.groups == () and structure.modularity == 0


def test_later_days_do_not_count() -> None:
    early = document(1, node("A"), node("B"))
    later = document(5, edge("A", "requires", "B"), node("A", mention=True), node("B", mention=True))
    assert structure_of(view(early, later)).islands == (("a", "b"),)
    assert structure_of(view(early, later, as_of=4)).islands == (("a",), ("b",))


def test_two_joins_by_different_relations_are_one_bridge() -> None:
    edges = [edge("A", "requires", "B"), edge("B", "about", "A")]
    (bridge,) = structure_of(view(document(1, node("A"), node("B"), *edges))).bridges
    assert (bridge.ends, bridge.sides) == (("a", "b"), (1, 1))


def test_an_empty_map_has_no_structure() -> None:
    structure = structure_of(view())
    assert (structure.ideas, structure.islands, structure.groups, structure.between) == ((), (), (), {})


def ring(size: int) -> Structure:
    names = [f"i{number:05}" for number in range(size)]
    joins = [*pairwise(names), (names[0], names[-1])]
    return Structure(tuple(names), tuple(joins), (tuple(names),), (), (), dict.fromkeys(names, 2))


def test_in_a_larger_map_shortest_ways_are_followed_from_a_sample_that_stays_the_same() -> None:
    assert ring(EXACT).sampled is None
    large = ring(EXACT + 1)
    assert large.sampled == SAMPLED
    assert large.between == ring(EXACT + 1).between
    assert len(large.between) == EXACT + 1


def test_in_a_very_large_map_no_groups_are_looked_for() -> None:
    huge = ring(MOST + 1)
    assert huge.is_too_large
    assert (huge.groups, huge.between, huge.modularity) == ((), {}, 0)


def test_a_long_chain_is_walked_without_recursion() -> None:
    names = [f"I{number:04}" for number in range(3_000)]
    edges = [edge(one, "leads to", other) for one, other in pairwise(names)]
    structure = structure_of(view(document(1, *map(node, names), *edges)))
    assert structure.articulations[0].pieces == (1500, 1499)
    assert len(structure.bridges) == 2_999


def test_the_sample_hangs_together_by_the_bitter_lesson(sample: Structure) -> None:
    assert [len(island) for island in sample.islands] == [100, 13, 3, 1]
    assert (len(sample.ideas), len(sample.joins)) == (117, 164)
    assert (len(sample.articulations), len(sample.bridges)) == (36, 45)
    cut = next(one for one in sample.articulations if one.node == "the-bitter-lesson")
    assert cut.pieces == (51, 22, 5, 5, 4, 4, 4, 3, 1) and cut.cut_off == 48
    assert max(sample.degrees.items(), key=lambda one: one[1]) == ("the-bitter-lesson", 13)


def test_what_the_sample_has_in_its_middle(sample: Structure) -> None:
    best = sorted(sample.between.items(), key=lambda one: -one[1])[:5]
    assert [(idea, round(share, 4)) for idea, share in best] == [
        ("the-bitter-lesson", 0.4993),
        ("vla", 0.3724),
        ("implication-for-vlas", 0.3673),
        ("prompt-scaling", 0.3428),
        ("scaling-laws", 0.2799),
    ]


def test_the_groups_of_the_sample(sample: Structure) -> None:
    assert len(sample.groups) == 14
    assert round(sample.modularity, 4) == 0.7862
    assert [group.centre for group in sample.groups[:3]] == ["the-bitter-lesson", "synthesis", "robot-learning"]
    assert not any(set(one.members) & set(other.members) for one, other in combinations(sample.groups, 2))
