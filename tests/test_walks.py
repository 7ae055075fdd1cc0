from itertools import permutations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.card import step_cites
from conceptmap.copies import as_networkx
from graphs.walks import reach, steps_to
from ontology.model import Document
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


@st.composite
def small_graphs(draw: st.DrawFn) -> Document:
    kinds = [draw(st.sampled_from(("Concept", "Concept", "Source"))) for _ in "ABCDE"]
    pairs = draw(st.lists(st.sampled_from(list(permutations("ABCDE", 2))), max_size=8, unique=True))
    return document(1, *map(node, "ABCDE", kinds), *(edge(one, "about", other) for one, other in pairs))


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
