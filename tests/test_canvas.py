"""JSON Canvas: cards where the drawing has them, and canvases of other programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from conceptmap.formats.canvas import read_canvas, write_canvas
from conceptmap.formats.format import Given, Reading, SentFile
from graphs.view import View
from made_documents import BREAD
from ontology.errors import InvalidDocument
from ontology.rules import completed
from small_maps import view
from test_graphml import EMPTY, edges, labels, small

GOLDEN = Path(__file__).parent / "golden" / "formats" / "bread.canvas"


def read(canvas: object, into: View = EMPTY) -> Given:
    text = canvas if isinstance(canvas, str) else json.dumps(canvas)
    return read_canvas([SentFile("m.canvas", text.encode())], Reading(into, "bread", "m.canvas"))


def card(id: str, text: str = "", **said: Any) -> dict[str, Any]:
    return {"id": id, "type": "text", "text": text, "x": 0, "y": 0, "width": 100, "height": 50, **said}


def line(source: str, target: str, **said: Any) -> dict[str, Any]:
    return {"id": f"{source}{target}", "fromNode": source, "toNode": target, **said}


def test_a_small_map_is_written_as_in_the_golden_file() -> None:
    assert "".join(write_canvas(small())) == GOLDEN.read_text(encoding="utf-8")


def test_a_canvas_is_what_the_specification_says() -> None:
    canvas = json.loads("".join(write_canvas(view(completed(BREAD)))))
    assert set(canvas) == {"nodes", "edges"}
    ids = [one["id"] for one in canvas["nodes"]]
    assert len(ids) == len(set(ids))
    for one in canvas["nodes"]:
        assert {type(one[side]) for side in ("x", "y", "width", "height")} == {int}
        assert one["type"] in ("text", "group")
        assert isinstance(one["text" if one["type"] == "text" else "label"], str)
    for one in canvas["edges"]:
        assert {one["fromNode"], one["toNode"]} <= {*ids}
        assert {one["fromSide"], one["toSide"]} <= {"top", "right", "bottom", "left"}


def test_cards_lie_in_the_group_of_their_day_and_on_no_other_card() -> None:
    nodes = json.loads("".join(write_canvas(view(completed(BREAD)))))["nodes"]
    boxes = {one["id"]: (one["x"], one["y"], one["x"] + one["width"], one["y"] + one["height"]) for one in nodes}
    (group,) = (boxes[one["id"]] for one in nodes if one["type"] == "group")
    cards = [boxes[one["id"]] for one in nodes if one["type"] == "text"]
    assert all(
        group[0] <= x and group[1] <= y and right <= group[2] and bottom <= group[3] for x, y, right, bottom in cards
    )
    apart = [
        one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        for one in cards
        for other in cards
        if one is not other
    ]
    assert all(apart)


def test_without_our_keys_labels_kinds_days_and_relations_are_read_from_what_is_drawn() -> None:
    one = view(completed(BREAD))
    canvas = json.loads("".join(write_canvas(one)))
    for item in (*canvas["nodes"], *canvas["edges"]):
        del item["conceptmap"]
    other = view(*map(completed, read(canvas).documents))

    def told(view: View) -> set[tuple[str, str, int | None]]:
        return {(node.label, node.kind, view.introduced_on(node.id)) for node in view.nodes()}

    assert told(other) == told(one)
    labels = {node.id: node.label for node in one.nodes()}
    plain = {(labels[edge.source], edge.relation, labels[edge.target]) for edge in one.edges() if not edge.dimension}
    found = {(other.node(edge.source).label, edge.relation, other.node(edge.target).label) for edge in other.edges()}
    assert plain <= found


def test_a_card_whose_heading_was_changed_is_the_same_node_with_another_label() -> None:
    text = "".join(write_canvas(small())).replace("# Tea\\n", "# Green tea\\n")
    nodes = {one.id: one.label for said in read(text).documents for one in said.nodes if not one.mention}
    assert nodes["tea"] == "Green tea"


def test_groups_are_what_cards_in_them_are_part_of_and_days_where_they_are_called_so() -> None:
    outer = {"id": "g", "type": "group", "label": "Bread", "x": -50, "y": -50, "width": 500, "height": 500}
    inner = {**outer, "id": "h", "label": "Crumb", "width": 300}
    day = {**outer, "id": "d", "label": "Day 4: rye", "x": 600}
    found = read({"nodes": [outer, inner, day, card("a", "# Holes"), card("b", "Rye", x=700), card("c", "Off", x=-90)]})
    assert edges(found) == {("holes", "part of", "crumb", None), ("crumb", "part of", "bread", None)}
    assert {one.label: said.day for said in found.documents for one in said.nodes if said.day} == {"Rye": 4}


def test_two_groups_in_one_place_do_not_hold_each_other() -> None:
    group = {"type": "group", "x": 0, "y": 0, "width": 9, "height": 9}
    found = read({"nodes": [{**group, "id": "a", "label": "A"}, {**group, "id": "b", "label": "B"}]})
    assert edges(found) == {("b", "part of", "a", None)}


def test_files_and_links_are_named_by_their_heading_their_name_or_their_address() -> None:
    file, link = {"id": "f", "type": "file", "file": "notes/Rye.md"}, {"id": "l", "type": "link"}
    found = read(
        {
            "nodes": [
                file,
                {**file, "id": "g", "subpath": "#Crumb#Holes"},
                {**file, "id": "h", "file": "../../rye.png"},
                {**link, "url": "https://example.org/rye"},
                {**link, "id": "m", "url": "javascript:alert(1)"},
            ]
        }
    )
    told = [(one.kind, one.label, one.data) for said in found.documents for one in said.nodes]
    assert told == [
        ("Concept", "Rye", {"file": "notes/Rye.md"}),
        ("Concept", "Holes", {"file": "notes/Rye.md#Crumb#Holes"}),
        ("Source", "rye.png", {"file": "../../rye.png"}),
        ("Source", "https://example.org/rye", {"url": "https://example.org/rye"}),
        ("Source", "javascript:alert(1)", {}),
    ]


def test_arrows_say_which_way_a_line_goes() -> None:
    nodes = [card(one, one) for one in "abcdefgh"]
    lines = [
        line("a", "b", label="supports"),
        line("c", "d", label="supports", fromEnd="arrow", toEnd="none"),
        line("e", "f", fromEnd="arrow"),
        line("g", "h", toEnd="none"),
    ]
    found = read({"nodes": nodes, "edges": lines})
    assert edges(found) == {
        ("a", "supports", "b", None),
        ("d", "supports", "c", None),
        ("e", "about", "f", None),
        ("f", "about", "e", None),
        ("g", "about", "h", None),
    }
    assert [loss.fact.field for loss in found.losses] == ["direction"]


def test_what_is_left_out_or_named_anew_is_said() -> None:
    found = read(
        {"nodes": [card("a", "A"), card("a", "B"), card("b"), card("c")], "edges": [line("c", "a"), line("a", "x")]}
    )
    assert labels(found) == ["A", "B", "Untitled 1"]
    assert [(one.what, one.pointer) for one in found.warnings] == [
        ("a second card has the id 'a'", "/nodes/1"),
        ("a card without words", "/nodes/2"),
        ("a line leads to no card", "/edges/1"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "m.canvas:1:2: this is no JSON"),
        ("[]", "this is no canvas"),
        ('{"nodes": {}}', "/nodes: 'nodes' is no array"),
        ('{"nodes": [1]}', "/nodes/0: this is no object"),
        ('{"nodes": [{"x": NaN}]}', "NaN is no number"),
        ('{"a": 1, "a": 2}', "the key 'a' stands twice"),
        ('{"nodes": [{"text": "\\ud800"}]}', "surrogates not allowed"),
        ("[" * 100_000, "nested too deep"),
        ("[" * 500_000, "too much"),
        ('{"nodes": [{"id": "a", "conceptmap": {"id": "a", "days": ["x"]}}]}', r"/nodes/0: days\[0\]: expected `int"),
    ],
    ids=range(10),
)
def test_what_is_no_canvas_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(InvalidDocument, match=said):
        read(text)
