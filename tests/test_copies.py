"""The map copied into what other libraries take."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.copies import as_networkx
from graphs.view import View
from ontology.model import Edge, EdgeKey, Node
from small_maps import document, edge, node, view

NASTY = [
    "quotes \" ' and ]] | <b>&amp;</b>",
    "עברית 🙂 é",
    "two\nlines\tand a tab",
    "[1, 2]",
    " spaces  ",
    "x" * 300,
]


def _small() -> View:
    said: list[Node | Edge] = [
        node("A", text=NASTY[0], formula="$x < y$", aliases=(NASTY[1],), data={"n": [1, None, {"k": NASTY[2]}]}),
        node("B", text=NASTY[2]),
        edge("A", "contrasts with", "B", dimension="Price [€]", values={"source": "<1>", "target": '"2"'}, note="&"),
        edge("A", "contrasts with", "B", dimension="Taste"),
        edge("A", "contrasts with", "B"),
        edge("A", "about", "B"),
    ]
    return view(document(1, *said), document(5, node("A")))


def test_the_networkx_graph_says_all_of_nodes_and_edges_in_texts() -> None:
    graph = as_networkx(_small())
    assert graph.name == "bread"
    assert graph.nodes["b"] == {
        "label": "B",
        "kind": "Concept",
        "aliases": "[]",
        "days": "[1]",
        "text": NASTY[2],
        "data": "{}",
    }
    assert json.loads(graph.nodes["a"]["data"]) == {"n": [1, None, {"k": NASTY[2]}]}
    assert json.loads(graph.nodes["a"]["days"]) == [1, 5]
    compared = "a contrasts with b [Price [€]]"
    assert sorted(graph["a"]["b"]) == [
        "a about b",
        "a contrasts with b",
        compared,
        "a contrasts with b [Taste]",
    ]
    assert graph["a"]["b"][compared] == {
        "id": compared,
        "relation": "contrasts with",
        "dimension": "Price [€]",
        "source_value": "<1>",
        "target_value": '"2"',
        "note": "&",
        "days": "[1]",
        "how": "stated",
    }


def _by_graphml(graph: Any, file: Path) -> Any:
    networkx.write_graphml(graph, file)
    return networkx.read_graphml(file)


def _by_gexf(graph: Any, file: Path) -> Any:
    networkx.write_gexf(graph, file)
    return networkx.read_gexf(file)


def _by_json(graph: Any, file: Path) -> Any:
    file.write_text(json.dumps(networkx.node_link_data(graph, edges="edges")))
    return networkx.node_link_graph(json.loads(file.read_text()), edges="edges")


def _told(graph: Any) -> tuple[dict[str, Any], list[Any]]:
    nodes = {one: dict(said) for one, said in graph.nodes(data=True)}
    return nodes, sorted((one, other, dict(said)["id"], dict(said)) for one, other, said in graph.edges(data=True))


@pytest.mark.parametrize("there_and_back", [_by_graphml, _by_gexf, _by_json])
def test_networkx_writes_the_graph_as_it_is_and_reads_the_same(
    there_and_back: Callable[[Any, Path], Any], tmp_path: Path
) -> None:
    graph = as_networkx(_small())
    assert _told(there_and_back(graph, tmp_path / "map")) == _told(graph)


_IDS = st.sampled_from(["a", "b", "a-b"])
_NAMES = st.sampled_from(["about", "part of", "contrasts with"])
_DIMENSIONS = st.none() | st.sampled_from(["x", "x]", "[x", "about b", "[x] [y]", ""])


@given(*2 * [st.builds(EdgeKey, _IDS, _NAMES, _IDS, _DIMENSIONS)])
def test_an_edge_in_words_is_no_other_edge(one: EdgeKey, other: EdgeKey) -> None:
    assert (str(one) == str(other)) == (one == other)


def test_the_graph_is_that_of_the_day() -> None:
    later = document(5, node("E", "Claim"), edge("E", "about", "A"))
    both = view(document(1, node("A")), later)
    assert as_networkx(both).number_of_edges() == 1
    assert set(as_networkx(both.up_to(4))) == {"a"}
