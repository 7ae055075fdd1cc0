from itertools import pairwise, permutations, product

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.card import step_cites
from conceptmap.copies import as_networkx
from graphs.view import View
from graphs.walks import reach, shortest_path, steps_to
from ontology.model import Document, Edge, Node
from ontology.terms import HUBS
from small_maps import document, edge, mention, node, view

CHAIN = document(
    1, *map(node, "ABCD"), edge("A", "requires", "B"), edge("B", "requires", "C"), edge("C", "requires", "D")
)


def test_reach_gives_everything_nearest_first_each_with_the_node_before_it() -> None:
    assert list(reach(view(CHAIN), "a", "requires").items()) == [("b", "a"), ("c", "b"), ("d", "c")]
    assert list(reach(view(CHAIN), "d", "requires", inverse=True).items()) == [("c", "d"), ("b", "c"), ("a", "b")]


def test_reach_follows_no_other_relation() -> None:
    assert reach(view(CHAIN), "a", "about") == {}
    assert reach(view(CHAIN), "nobody", "requires") == {}


def test_reach_does_not_give_the_start_of_a_circle() -> None:
    circle = document(1, node("A"), node("B"), edge("A", "leads to", "B"), edge("B", "leads to", "A"))
    assert reach(view(circle), "a", "leads to") == {"b": "a"}


def test_reach_stops_at_edges_of_later_days() -> None:
    later = document(5, mention("D"), node("E"), edge("D", "requires", "E"))
    assert "e" in reach(view(CHAIN, later), "a", "requires")
    assert "e" not in reach(view(CHAIN, later, as_of=4), "a", "requires")


def test_steps_lead_from_the_start_to_the_end() -> None:
    found = reach(view(CHAIN), "a", "requires")
    assert steps_to(found, "a", "d") == ("a", "b", "c", "d")
    assert steps_to(found, "a", "a") == ("a",)


def test_a_path_reads_edges_both_ways() -> None:
    fork = document(1, node("A"), node("B"), node("C"), edge("A", "about", "B"), edge("C", "requires", "B"))
    path = shortest_path(view(fork), "a", "c")
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
    assert shortest_path(seen, "a", "b") is None
    assert (path := shortest_path(seen, "a", hub.id)) and path.nodes == ("a", hub.id)
    assert (path := shortest_path(seen, hub.id, "b")) and path.nodes == (hub.id, "b")


def test_a_path_from_a_node_to_itself_has_no_steps() -> None:
    path = shortest_path(view(CHAIN), "a", "a")
    assert path
    assert (path.nodes, path.edges) == (("a",), ())


def test_a_path_uses_no_edge_of_a_later_day() -> None:
    later = document(9, mention("A"), mention("D"), edge("A", "about", "D"))
    assert (path := shortest_path(view(CHAIN, later), "a", "d")) and len(path.edges) == 1
    assert (path := shortest_path(view(CHAIN, later, as_of=8), "a", "d")) and len(path.edges) == 3


@st.composite
def small_graphs(draw: st.DrawFn) -> Document:
    kinds = [draw(st.sampled_from(("Concept", "Concept", "Source"))) for _ in "ABCDE"]
    pairs = draw(st.lists(st.sampled_from(list(permutations("ABCDE", 2))), max_size=8, unique=True))
    return document(1, *map(node, "ABCDE", kinds), *(edge(one, "about", other) for one, other in pairs))


@given(small_graphs())
def test_the_path_is_the_first_by_ids_of_the_shortest(document: Document) -> None:
    seen = view(document)
    for start, end in product("abcde", repeat=2):
        path = shortest_path(seen, start, end)
        assert (path.nodes if path else None) == _first_shortest(seen, start, end)
        for step, one in enumerate(path.edges if path else ()):
            assert path and {one.source, one.target} == set(path.nodes[step : step + 2])


def _first_shortest(view: View, start: str, end: str) -> tuple[str, ...] | None:
    """The same by trying every path."""
    joined = {pair for one in view.edges() for pair in ((one.source, one.target), (one.target, one.source))}
    if start == end:
        return (start,)
    inner = [one for one in "abcde" if one not in (start, end) and view.node(one).kind not in HUBS]
    for length in range(len(inner) + 1):
        for between in permutations(inner, length):
            path = (start, *between, end)
            if all(pair in joined for pair in pairwise(path)):
                return path
    return None


@given(small_graphs())
def test_reach_finds_what_networkx_finds(document: Document) -> None:
    graph: networkx.DiGraph[str] = networkx.DiGraph(as_networkx(view(document)))
    for start in "abcde":
        assert set(reach(view(document), start, "about")) == networkx.descendants(graph, start)
        assert set(reach(view(document), start, "about", inverse=True)) == networkx.ancestors(graph, start)


def test_a_step_is_cited_in_every_dimension_and_whichever_way_it_went() -> None:
    bread, rye = node("Bread"), node("Rye")
    said = [edge("bread", "contrasts with", "rye", dimension=one) for one in ("Price", "Taste")]
    seen = view(document(1, bread, rye, *said))
    assert len(step_cites(seen, "bread", "contrasts with", "rye")) == 2
    assert step_cites(seen, "rye", "contrasts with", "bread") == step_cites(seen, "bread", "contrasts with", "rye")
    assert step_cites(seen, "rye", "supports", "bread") == []
