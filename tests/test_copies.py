"""The map copied into what other libraries take."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.atlas import open_atlas
from conceptmap.copies import as_frames, as_networkx, as_rdflib
from conceptmap.map import CourseMap
from graphs.view import View
from ontology.model import Edge, EdgeKey, Node
from small_maps import document, edge, node, origin, view

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
        "introduced": "1",
        "text": NASTY[2],
        "data": "{}",
        "cites": '[{"day": 1, "file": "notes", "how": "stated"}]',
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
        "cites": '[{"day": 1, "file": "notes", "how": "stated"}]',
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


# Tables.


def test_frames_have_columns_of_one_length() -> None:
    for columns in (*as_frames(_small()).values(), *as_frames(view()).values()):
        assert len(set(map(len, columns.values()))) == 1


def test_frames_say_all_of_nodes_edges_and_where_they_are_said() -> None:
    said = node("A", aliases=("a1",), data={"n": 1}, origin=origin(3, quote="A!"))
    undated = document(0, node("B"), edge("A", "about", "B"), part="b.md", undated=True)
    frames = as_frames(view(document(2, said), undated))
    assert frames["nodes"] == {
        "id": ["a", "b"],
        "label": ["A", "B"],
        "kind": ["Concept", "Concept"],
        "aliases": [["a1"], []],
        "day": [2, None],
        "days": [[2], [0]],
        "text": [None, None],
        "formula": [None, None],
        "data": ['{"n": 1}', "{}"],
    }
    edges, cites = frames["edges"], frames["cites"]
    assert (edges["id"], edges["source"], edges["relation"], edges["target"]) == (
        ["a about b"],
        ["a"],
        ["about"],
        ["b"],
    )
    rows = list(zip(*cites.values(), strict=True))
    assert list(cites) == ["item", "of", "day", "file", "first", "last", "quote", "how", "by"]
    assert rows == [
        ("a", "node", 2, "notes", 3, 3, "A!", "stated", None),
        ("b", "node", None, "b.md", None, None, None, "stated", None),
        ("a about b", "edge", None, "b.md", None, None, None, "stated", None),
    ]


@pytest.mark.parametrize(("library", "table"), [("pandas", "DataFrame"), ("polars", "DataFrame"), ("pyarrow", "table")])
def test_libraries_take_frames_as_they_are(library: str, table: str) -> None:
    make = getattr(pytest.importorskip(library), table)
    for seen in (_small(), view()):
        for columns in as_frames(seen).values():
            made = make(columns)
            assert list(getattr(made, "column_names", made.columns)) == list(columns)
            assert len(made) == len(columns[next(iter(columns))])


# RDF.

QUESTIONS = [
    "what supports the bitter lesson?",
    "which evidence supports the bitter lesson?",
    "what opposes the bitter lesson?",
    "what leads to lower loss?",
    "what follows from more compute?",
    "which claims are there?",
    "what is part of scaling laws?",
    "what contrasts with language?",
    "what is an example of hand-designed motion planners?",
    "what is compression?",
    "which claims are supported by evidence?",
    "what was introduced on day 26?",
    "what is not part of anything?",
]


@pytest.fixture(scope="module")
def course() -> Iterator[CourseMap]:
    """The sample course."""
    with open_atlas("sqlite://") as atlas:
        atlas["robot-intelligence"].load("conceptmap/course")
        yield atlas["robot-intelligence"]


@pytest.fixture(scope="module")
def exported(course: CourseMap, tmp_path_factory: pytest.TempPathFactory) -> rdflib.Graph:
    """What another program reads in the file that is exported."""
    file = tmp_path_factory.mktemp("exported") / "export.ttl"
    file.write_text(course.export("turtle"))
    return rdflib.Graph().parse(file)


@pytest.mark.parametrize("question", QUESTIONS)
def test_rdflib_answers_from_the_exported_turtle_alone_as_ask_does(
    question: str, course: CourseMap, exported: rdflib.Graph
) -> None:
    reply = course.ask(question)
    query = reply.sparql(course.view())
    assert reply.answers and query
    assert _nodes(exported.query(query)) == {one.id for one in reply.answers}


def test_the_rdflib_graph_is_what_is_exported(course: CourseMap, exported: rdflib.Graph) -> None:
    assert set(course.to_rdflib()) == set(exported)


def test_queries_on_the_rdflib_graph_need_no_prefixes(course: CourseMap) -> None:
    found = course.to_rdflib().query("SELECT ?node WHERE { ?node cm:opposes :the-bitter-lesson }")
    assert _nodes(found) == {"interpretability-safety"}
    elsewhere = as_rdflib(view(document(1, node("A"))), "https://a.example/")
    assert rdflib.URIRef("https://a.example/maps/bread/nodes/a") in set(elsewhere.subjects())


def _nodes(found: rdflib.query.Result) -> set[str]:
    """The ids of the nodes that a query finds."""
    return {str(row[rdflib.Variable("node")]).rpartition("/nodes/")[2] for row in found.bindings}
