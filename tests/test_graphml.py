"""GraphML: what is written is what networkx would write and reads, and files of other programs are read."""

from pathlib import Path
from typing import Any

import networkx
import pytest

from conceptmap.copies import as_networkx
from conceptmap.formats.format import Given, Reading, SentFile
from conceptmap.formats.graphml import read_graphml, write_graphml
from graphs.view import View
from ontology.errors import InvalidDocument
from small_maps import VOCABULARY, document, edge, node, origin, view

GOLDEN = Path(__file__).parent / "golden" / "formats" / "bread.graphml"
EMPTY = View.of((), VOCABULARY)

YED = """
<key for="node" id="d6" yfiles.type="nodegraphics"/>
<key for="edge" id="d9" yfiles.type="edgegraphics"/>
<key attr.name="description" attr.type="string" for="node" id="d5"/>
"""


def small() -> View:
    tea = node("Tea", aliases=["Chai"], text="Leaves & water.\n\nHot.", data={"hours": 2}, origin=origin(3))
    said = edge("Tea", "contrasts with", "Coffee", dimension="Price", values={"source": "<1", "target": "2"}, note="&")
    return view(
        document(1, tea, node("Coffee"), said, part="day-01.md"),
        document(2, node("Water"), node("Tea", mention=True), edge("Tea", "requires", "Water", origin=origin(4))),
    )


def graph(body: str, keys: str = "", more: str = 'edgedefault="directed"') -> str:
    spaces = 'xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml"'
    return f"<graphml {spaces}>{keys}<graph {more}>{body}</graph></graphml>"


def read(text: str) -> Given:
    return read_graphml([SentFile("m.graphml", text.encode())], Reading(EMPTY, "bread", "m.graphml"))


def edges(found: Given) -> set[tuple[str, str, str, str | None]]:
    return {(one.source, one.relation, one.target, one.note) for said in found.documents for one in said.edges}


def labels(found: Given) -> list[str]:
    return [one.label for said in found.documents for one in said.nodes]


def test_a_small_map_is_written_as_in_the_golden_file() -> None:
    assert "".join(write_graphml(small())) == GOLDEN.read_text(encoding="utf-8")


def test_networkx_reads_the_graph_that_it_would_have_been_given() -> None:
    found: Any = networkx.parse_graphml("".join(write_graphml(small())), force_multigraph=True)
    same: Any = as_networkx(small())
    assert dict(found.nodes(data=True)) == dict(same.nodes(data=True))
    assert [*found.edges(keys=True, data=True)] == [*same.edges(keys=True, data=True)]


def test_what_networkx_writes_of_a_map_is_that_map() -> None:
    text = "\n".join(networkx.generate_graphml(as_networkx(small())))
    assert read(text).documents == read("".join(write_graphml(small()))).documents


def test_a_node_that_was_numbered_anew_has_its_id_by_the_attribute_that_keeps_it() -> None:
    text = "".join(write_graphml(small())).replace('<node id="tea">', '<node id="n1"><data key="node.id">tea</data>')
    text = text.replace('source="tea"', 'source="n1"').replace(
        "  <graph", '<key id="node.id" attr.name="id"/><graph', 1
    )
    assert read(text).documents == read("".join(write_graphml(small()))).documents


def test_labels_are_told_by_the_names_that_programs_give_them_and_by_what_yed_draws() -> None:
    keys = '<key id="l" for="node" attr.name="Label"/><key id="n" for="all" attr.name="name"/>'
    drawn = "<data key='d6'><y:ShapeNode><y:NodeLabel>Drawn<y:Model/></y:NodeLabel></y:ShapeNode></data>"
    body = f"""<node id="a"><data key="l">A</data></node><node id="b"><data key="n">B</data></node>
        <node id="c">{drawn}</node><node id="d"/><edge source="a" target="b"><data key="n">supports</data></edge>"""
    found = read(graph(body, keys + YED))
    assert labels(found) == ["A", "B", "Drawn", "d"]
    assert edges(found) == {("a", "supports", "b", None)}


def test_groups_are_what_their_nodes_are_part_of_and_folded_groups_do_not_count() -> None:
    group = "<y:GroupNode><y:NodeLabel>{}</y:NodeLabel></y:GroupNode>"
    shown = (
        f"<data key='d6'><y:Realizers active='1'>{group.format('Closed')}{group.format('Open')}</y:Realizers></data>"
    )
    inner = '<graph edgedefault="directed"><node id="g::a"/><edge source="g::a" target="b"/></graph>'
    found = read(graph(f'<node id="g">{shown}{inner}</node><node id="b"/>', YED))
    assert labels(found) == ["Open", "g::a", "b"]
    assert edges(found) == {("g-a", "part of", "open", None), ("g-a", "about", "b", None)}


def test_other_attributes_of_nodes_are_their_data_and_those_of_edges_are_listed_as_lost() -> None:
    keys = '<key id="w" for="all" attr.name="weight" attr.type="double"/><key id="t" for="node" attr.name="type"/>'
    body = """<node id="a"><data key="w">1.5</data><data key="t">claim</data></node>
        <node id="b"><data key="t">x</data></node>
        <edge source="a" target="b" directed="false"><data key="w">2</data></edge>"""
    found = read(graph(body, keys))
    one, other = found.documents[0].nodes
    assert (one.kind, one.data, other.kind, other.data) == ("Claim", {"weight": 1.5}, "Concept", {"type": "x"})
    assert [(loss.fact.field, loss.became) for loss in found.losses] == [("weight", ""), ("direction", "a -> b")]


def test_what_is_left_out_is_said_once_with_how_often_and_where() -> None:
    body = '<node id="a"/>\n<node id="a"/>\n<edge source="a" target="x"/>\n<edge source="a"/><hyperedge/>'
    found = read(graph(body))
    assert [(one.line, one.what) for one in found.warnings] == [
        (2, "a second node has the id 'a'"),
        (4, "a hyperedge joins more than two nodes"),
        (3, "an edge leads to a node that is not in the graph (2 times, first here)"),
    ]
    assert len(found.losses) == 3
    assert labels(found) == ["a", "a 2"]


def test_two_graphs_of_a_file_have_ids_of_their_own() -> None:
    text = graph('<node id="a"/>').replace("</graphml>", '<graph><node id="a"/><node id="b"/></graph></graphml>')
    assert labels(read(text)) == ["a", "a 2", "b"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('key="node.days">[1]', 'key="node.days">[-1]'), r"m.graphml:26: days\[0\]: expected `int` >= 0"),
        (('key="node.data">{}', 'key="node.data">{'), r"data: '{' is no JSON"),
        (('key="edge.how">stated', 'key="edge.how">guessed'), r"how: invalid enum value 'guessed'"),
    ],
)
def test_a_field_of_the_map_that_was_broken_is_refused_with_its_line(change: tuple[str, str], said: str) -> None:
    with pytest.raises(InvalidDocument, match=said):
        read("".join(write_graphml(small())).replace(*change))
