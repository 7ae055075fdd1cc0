"""Ways between two nodes: the best by every measure, others that really differ, and what they say."""

from collections.abc import Iterator
from itertools import pairwise, permutations, product

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.ways import LONGER, MOST_JOINS, Ways, best_walk, replaced, told, ways_between
from graphs.view import View
from ontology.model import Document, Edge, Node
from ontology.terms import HUBS, VAGUE
from small_maps import document, edge, mention, node, origin, view

CHAIN = document(
    1, *map(node, "ABCD"), edge("A", "requires", "B"), edge("B", "requires", "C"), edge("C", "requires", "D")
)


def test_a_path_reads_edges_both_ways() -> None:
    fork = document(1, node("A"), node("B"), node("C"), edge("A", "about", "B"), edge("C", "requires", "B"))
    path = best_walk(view(fork), "a", "c")
    assert path
    assert path.nodes == ("a", "b", "c")
    assert [(one.source, one.relation, one.target) for one in path.edges] == [
        ("a", "about", "b"),
        ("c", "requires", "b"),
    ]


@pytest.mark.parametrize("kind", sorted(HUBS))
def test_a_path_does_not_go_through_days_units_or_sources_but_may_end_there(kind: str) -> None:
    hub = Node(id="day-1" if kind == "Day" else "hub", kind=kind, label="Hub")
    joined = [Edge(source=one, relation="about", target=hub.id) for one in ("a", "b")]
    seen = view(document(1, node("A"), node("B"), hub, *joined))
    assert best_walk(seen, "a", "b") is None
    assert (path := best_walk(seen, "a", hub.id)) and path.nodes == ("a", hub.id)
    assert (path := best_walk(seen, hub.id, "b")) and path.nodes == (hub.id, "b")


def test_a_path_from_a_node_to_itself_has_no_steps() -> None:
    path = best_walk(view(CHAIN), "a", "a")
    assert path
    assert (path.nodes, path.edges) == (("a",), ())


def test_a_path_uses_no_edge_of_a_later_day() -> None:
    later = document(9, mention("A"), mention("D"), edge("A", "about", "D"))
    assert (path := best_walk(view(CHAIN, later), "a", "d")) and len(path.edges) == 1
    assert (path := best_walk(view(CHAIN, later, as_of=8), "a", "d")) and len(path.edges) == 3


def nodes_of(ways: Ways) -> list[str]:
    """The ids on each way, in a row."""
    return [" ".join(walk.nodes) for walk in ways.walks]


NAMES = "ABCDEF"
RELATIONS = ("about", "leads to", "part of")


@st.composite
def small_graphs(draw: st.DrawFn) -> Document:
    kinds = [draw(st.sampled_from(("Concept", "Concept", "Source"))) for _ in NAMES]
    pairs = draw(st.lists(st.sampled_from(list(permutations(NAMES, 2))), max_size=10, unique=True))
    said = [(draw(st.sampled_from(RELATIONS)), draw(st.sampled_from(("stated", "derived")))) for _ in pairs]
    edges = [
        edge(one, relation if kinds[NAMES.index(other)] != "Source" else "about", other, origin=origin(1, how))
        for (one, other), (relation, how) in zip(pairs, said, strict=True)
    ]
    return document(1, *map(node, NAMES, kinds), *edges)


@given(small_graphs())
def test_the_first_way_is_the_shortest_then_the_least_vague_then_the_least_derived(document: Document) -> None:
    seen = view(document)
    for start, end in product("abcdef", repeat=2):
        ranks = [rank(seen, nodes) for nodes in simple_ways(seen, start, end)]
        walk = best_walk(seen, start, end)
        assert (rank(seen, walk.nodes) if walk else None) == min(ranks, default=None)
        for step, one in enumerate(walk.edges if walk else ()):
            assert walk and {one.source, one.target} == set(walk.nodes[step : step + 2])


@given(small_graphs())
def test_ways_are_different_simple_ways_of_the_map_and_the_first_is_the_best(document: Document) -> None:
    seen = view(document)
    for start, end in permutations("abc", 2):
        every = set(simple_ways(seen, start, end))
        found = [walk.nodes for walk in ways_between(seen, start, end, 4).walks]
        assert len(set(found)) == len(found) <= 4
        assert set(found) <= every
        shortest = min(map(len, every), default=0)
        assert all(len(one) <= shortest + LONGER for one in found)
        best = best_walk(seen, start, end)
        assert found[:1] == ([best.nodes] if best else [])
        other = [one for one in every if len(one) <= shortest + LONGER and not _adds_to(one, found[0])]
        assert bool(other) == (len(found) > 1), "where there is another way, one is told"


def _adds_to(way: tuple[str, ...], best: tuple[str, ...]) -> bool:
    """Whether a way is the best one with something between: no other way, unless the best has nothing between."""
    return way == best or (len(best) > 2 and set(best) <= set(way))


def rank(view: View, nodes: tuple[str, ...]) -> tuple[int, int, int]:
    """Steps, vague steps and derived steps, each by its best edge."""
    steps = [min(map(step_rank, view.edges_between(*pair))) for pair in pairwise(nodes)]
    return len(steps), sum(vague for vague, _ in steps), sum(derived for _, derived in steps)


def step_rank(edge: object) -> tuple[bool, bool]:
    return getattr(edge, "relation") in VAGUE, getattr(edge, "how") == "derived"  # noqa: B009


def simple_ways(view: View, start: str, end: str) -> Iterator[tuple[str, ...]]:
    """All of them, by networkx."""
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(one for one in view.node_ids() if one in (start, end) or view.kind(one) not in HUBS)
    graph.add_edges_from((one.source, one.target) for one in view.edges() if {one.source, one.target} <= set(graph))
    return map(tuple, networkx.all_simple_paths(graph, start, end)) if start != end else iter([(start,)])


def test_a_way_by_other_ideas_comes_before_the_same_with_one_idea_changed() -> None:
    variant = [
        edge("A", "leads to", "B"),
        edge("B", "leads to", "C"),
        edge("C", "leads to", "D"),
        edge("D", "leads to", "Z"),
    ]
    variant += [edge("B", "leads to", "C2"), edge("C2", "leads to", "D")]
    other = [edge("A", "about", one) for one in ("K",)] + [edge("K", "about", "L"), edge("L", "about", "M")]
    other += [edge("M", "about", "N"), edge("N", "about", "Z")]
    names = ["A", "B", "C", "C2", "D", "Z", "K", "L", "M", "N"]
    ways = ways_between(view(document(1, *map(node, names), *variant, *other)), "a", "z")
    assert nodes_of(ways) == ["a b c d z", "a k l m n z", "a b c2 d z"]
    assert ways.found[2].told == "likewise, with C2 in place of C"


def test_a_direct_edge_is_followed_by_what_stands_between() -> None:
    edges = [edge("A", "requires", "C"), edge("A", "requires", "B"), edge("B", "requires", "C")]
    assert nodes_of(ways_between(view(document(1, *map(node, "ABC"), *edges)), "a", "c")) == ["a c", "a b c"]


def test_a_stronger_relation_is_told_where_two_edges_join_two_nodes() -> None:
    edges = [edge("A", "about", "B"), edge("A", "requires", "B")]
    (way,) = ways_between(view(document(1, *map(node, "AB"), *edges)), "a", "b").found
    assert way.told == "A requires B"


def test_of_equal_ways_the_one_past_fewer_joins_comes_first() -> None:
    crowd = [f"X{number}" for number in range(25)]
    edges = [edge("A", "requires", "Hub"), edge("Hub", "requires", "Z"), edge("A", "requires", "Quiet")]
    edges += [edge("Quiet", "requires", "Z"), *(edge(one, "about", "Hub") for one in crowd)]
    seen = view(document(1, *map(node, ["A", "Hub", "Quiet", "Z", *crowd]), *edges))
    assert nodes_of(ways_between(seen, "a", "z")) == ["a quiet z", "a hub z"]


def test_a_way_is_told_as_a_sentence_with_statements_in_quotes_and_verbs_that_agree() -> None:
    names = [node("Scaling Laws"), node("Compression"), node("Less is more", "Claim")]
    edges = [edge("Scaling Laws", "requires", "Compression"), edge("Less is more", "about", "Compression")]
    seen = view(document(1, *names, *edges))
    (way,) = ways_between(seen, "scaling-laws", "less-is-more").found
    assert way.told == "Scaling Laws require Compression, which is discussed by “Less is more”"
    assert [cite.file for cite in way.cites] == ["notes"]


def test_a_long_name_is_cut_in_a_sentence() -> None:
    long = "Does it follow that " + "very " * 30 + "long names are cut?"
    seen = view(document(1, node("A"), node(long, "Question"), edge(long, "about", "A")))
    (way,) = ways_between(seen, "a", next(one for one in seen.node_ids() if one != "a")).found
    assert way.told.endswith(" …”") and len(way.told) < 120


def test_two_short_ways_that_differ_in_one_node_are_two_ways() -> None:
    edges = [edge(one, "requires", other) for one, other in ("AB", "BZ", "AC", "CZ")]
    one, other = ways_between(view(document(1, *map(node, "ABCZ"), *edges)), "a", "z").walks
    assert replaced(one, other) is None
    seen = view(document(1, *map(node, "ABCZ"), *edges))
    assert told(seen, other, [one]) == "A requires C, which requires Z"


def test_where_nothing_joins_two_nodes_there_is_no_way() -> None:
    ways = ways_between(view(document(1, node("A"), node("B"))), "a", "b")
    assert ways == Ways() and repr(ways) == "no way"


def test_ways_show_themselves() -> None:
    ways = ways_between(view(CHAIN), "a", "b")
    assert repr(ways) == "1 way\n- A requires B"
    assert "A requires B" in ways._repr_html_() and "- A requires B" in ways._repr_markdown_()


def test_in_a_very_dense_map_the_search_for_others_ends_and_says_so() -> None:
    size = 300
    assert size * (size - 1) / 2 > MOST_JOINS
    names = [f"N{number}" for number in range(size)]
    dense = [edge(one, "about", other) for one, other in pairwise(names)]
    dense += [edge(one, "requires", other) for place, one in enumerate(names) for other in names[place + 2 :]]
    ends = [edge("A", "about", "N0"), edge("N1", "about", "Z")]
    ways = ways_between(view(document(1, *map(node, [*names, "A", "Z"]), *dense, *ends)), "a", "z")
    assert ways.is_cut and "dense" in repr(ways)
    assert ways.walks[0].nodes == ("a", "n0", "n1", "z")


@pytest.mark.parametrize("kind", sorted(HUBS))
def test_other_ways_do_not_go_through_days_units_or_sources(kind: str) -> None:
    hub = Node(id="day-1" if kind == "Day" else "hub", kind=kind, label="Hub")
    joined = [Edge(source=one, relation="about", target=hub.id) for one in ("a", "b")]
    seen = view(document(1, node("A"), node("B"), hub, *joined, edge("A", "requires", "B")))
    assert nodes_of(ways_between(seen, "a", "b")) == ["a b"]
