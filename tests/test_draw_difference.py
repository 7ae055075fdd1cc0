"""The picture of a diff, read as XML: line, sign and colour tell what changed, and a key says so."""

import os
import re
import subprocess
import sys
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from msgspec import structs

from conceptmap.compare import compare
from conceptmap.draw.difference import MARKS, Status
from conceptmap.draw.theme import DARK, LIGHT
from graphs.view import View
from ontology.model import Document, Edge, Node
from small_maps import document, edge, mention, node, view

SVG = "{http://www.w3.org/2000/svg}"
FLOUR = node("Flour", place=1, text="Ground wheat.")


def under(source: str, relation: str, target: str, place: int = 1) -> Edge:
    """An edge that draws its source under its target."""
    return edge(source, relation, target, place=place, parent="target")


def bread(*items: Node | Edge) -> Document:
    return document(1, node("Yeast", place=2), *items, title="Flour & water")


BEFORE = bread(FLOUR, node("Salt"), under("Salt", "part of", "Flour"))
AFTER = bread(
    structs.replace(FLOUR, text="Ground rye."),
    node("Dough"),
    node("Time", "Claim"),
    node("A loaf", "Evidence"),
    under("Dough", "requires", "Yeast"),
    under("Time", "about", "Dough"),
    edge("A loaf", "supports", "Time"),
)


def drawn(one: View, other: View, *, whole: bool = False) -> Element:
    return ElementTree.fromstring(compare(one, other).draw(whole=whole))


@pytest.fixture(scope="module")
def picture() -> Element:
    return drawn(view(BEFORE), view(AFTER))


def by_id(picture: Element) -> dict[str | None, Element]:
    return {group.get("id"): group for group in picture.iter(f"{SVG}g")}


def words(element: Element) -> list[str]:
    return ["".join(text.itertext()) for text in element.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("n_dough", "added"),
        ("n_salt", "removed"),
        ("n_flour", "changed"),
        ("n_yeast", "same"),
        ("e_dough.requires.yeast", "added"),
        ("e_salt.part_of.flour", "removed"),
    ],
)
def test_every_box_and_line_of_either_map_is_told_apart(picture: Element, name: str, status: str) -> None:
    group = by_id(picture)[name]
    assert f"change_{status}" in (group.get("class") or "").split()
    title = group.find(f"{SVG}title")
    assert title is not None
    assert (title.text or "").startswith({"same": "as before: "}.get(status, f"{status}: "))


def test_what_differs_carries_a_sign_and_what_does_not_carries_none(picture: Element) -> None:
    badges = {
        name: [one.get("d") for one in group.iterfind(f"{SVG}g[@class='badge']/{SVG}path")]
        for name, group in by_id(picture).items()
        if name and name.startswith("n_")
    }
    added, removed, changed = (MARKS[status].strokes for status in ("added", "removed", "changed"))
    assert {name: found for name, found in badges.items() if found} == {
        "n_dough": [added],
        "n_time": [added],
        "n_a_loaf": [added],
        "n_salt": [removed],
        "n_flour": [changed],
    }


def test_lines_carry_their_sign_and_the_name_of_their_relation(picture: Element) -> None:
    (said,) = picture.iterfind(f".//{SVG}g[@class='said']")
    assert sorted(words(said)) == ["+ about", "+ requires", "+ supports", "− part of"]


def test_the_key_counts_what_is_drawn(picture: Element) -> None:
    assert words(by_id(picture)["key"]) == [
        "added: 3 nodes, 3 edges",
        "removed: 1 node, 1 edge",
        "changed: 1 node, 0 edges",
        "as before: 1 node, 0 edges",
    ]
    description = picture.find(f"{SVG}desc")
    assert description is not None
    assert "Removed: 1 node, 1 edge." in (description.text or "")


def test_a_claim_that_moved_says_what_stands_for_and_against_it(picture: Element) -> None:
    assert words(by_id(picture)["n_time"]) == ["Time", "now 1 for, 0 against"]


def test_what_differs_is_drawn_whether_it_stands_on_a_tree_or_not(picture: Element) -> None:
    assert by_id(picture).keys() >= {"n_a_loaf", "e_a_loaf.supports.time"}


def test_only_what_differs_and_what_is_next_to_it_is_drawn() -> None:
    far = (node("Far", place=3), edge("Far", "requires", "Water"), node("Water"))
    maps = view(bread(*far, FLOUR)), view(AFTER, document(2, *far))
    found = {name for name in by_id(drawn(*maps)) if name and name.startswith("n_")}
    assert found == {"n_dough", "n_yeast", "n_time", "n_a_loaf", "n_flour"}
    assert "n_far" in by_id(drawn(*maps, whole=True))


def test_edges_between_what_did_not_change_are_not_drawn() -> None:
    before = document(1, node("A"), node("B"), node("C"), edge("A", "requires", "B"), edge("B", "requires", "C"))
    after = document(2, mention("A"), mention("C"), node("D"), edge("D", "about", "A"), edge("C", "leads to", "A"))
    found = by_id(drawn(view(before), view(before, after)))
    assert {name for name in found if name and name.startswith("e_")} == {"e_d.about.a", "e_c.leads_to.a"}
    assert "n_b" not in found


def test_an_edge_to_a_source_that_was_known_is_drawn_and_edges_of_days_are_counted() -> None:
    before = document(1, node("Book", "Source"), node("Week 1", "Unit"))
    joins = (edge("Yeast", "cites", "Book"), edge("Day 2", "part of", "Week 1"))
    after = document(
        2, node("Yeast"), node("Day 2", "Day"), mention("Book", "Source"), mention("Week 1", "Unit"), *joins
    )
    found = drawn(view(before), view(before, after))
    assert "e_yeast.cites.book" in by_id(found) and "n_week_1" not in by_id(found)
    assert "1 more edge differs; for all: conceptmap diff 1 2." in " ".join(words(found))


def test_two_entries_of_one_day_are_told_apart_by_their_numbers() -> None:
    book = document(1, node("Book", "Source"), node("Week 1", "Unit"))
    more = document(1, node("Yeast"), node("Day 1", "Day"), edge("Day 1", "part of", "Week 1"), part="more")
    before, after = view(book), view(book, more)
    said = f"1 more edge differs; for all: conceptmap diff --at {before.entry} --at {after.entry}."
    assert said in " ".join(words(drawn(before, after)))


def test_many_changes_are_unfolded_as_far_as_there_is_room_and_the_others_counted() -> None:
    wholes = [node(f"Whole {one}") for one in range(10)]
    parts = [node(f"Part {one} {two}") for one in range(10) for two in range(30)]
    joins = [edge(f"Part {one} {two}", "part of", f"Whole {one}") for one in range(10) for two in range(30)]
    found = drawn(view(), view(document(1, *wholes, *parts, *joins)))
    boxes = [name for name in by_id(found) if name and name.startswith("n_")]
    assert len(boxes) < 100 and words(by_id(found)["key"])[0].startswith("added: 310 nodes")
    assert f"{310 - len(boxes)} more nodes and" in " ".join(words(found))


def test_two_maps_that_are_alike_say_so() -> None:
    assert "Nothing differs." in " ".join(words(drawn(view(AFTER), view(AFTER))))


def test_maps_without_trees_differ_by_what_hangs_on_them() -> None:
    later = document(2, node("Crust"), edge("Crust", "part of", "Yeast"))
    found = by_id(drawn(view(document(1, node("Yeast"))), view(document(1, node("Yeast")), later)))
    assert "change_same" in found["n_yeast"].attrib["class"] and "change_added" in found["n_crust"].attrib["class"]


def test_no_status_shares_its_line_or_sign_with_another() -> None:
    assert len({(mark.dashes, mark.width) for mark in MARKS.values()}) == len(MARKS)
    assert len({mark.dashes for mark in MARKS.values()}) == len(MARKS) - 1  # added and as before: bold and thin
    assert len({mark.sign for mark in MARKS.values()}) == len({mark.strokes for mark in MARKS.values()}) == len(MARKS)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("status", MARKS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_and_shapes_stand_out_from_their_ground(status: Status, mode: str) -> None:
    paper = LIGHT if mode == "light" else DARK
    fill, stroke = getattr(MARKS[status], mode)
    assert min(contrast(stroke, paper.paper), contrast(stroke, paper.panel)) >= 4.5
    assert contrast(paper.ink, fill) >= 4.5
    assert contrast(stroke, fill) >= 3


HOSTILE = [r'<img src=x onerror="alert(1)">', "]]>", r"\N & \l", "x" * 400, "שלום עולם", "面包" * 40, "--all -->"]


@pytest.mark.parametrize("label", HOSTILE)
def test_any_label_stays_text(label: str) -> None:
    other = document(2, structs.replace(node("Odd"), label=label, place=1))
    found = drawn(view(BEFORE), view(BEFORE, other))
    assert not list(found.iter(f"{SVG}img")) + list(found.iter(f"{SVG}script"))
    assert "n_odd" in by_id(found)


def test_many_lines_carry_signs_only_and_the_legend_names_the_relations() -> None:
    names = [f"N{number}" for number in range(42)]
    hub = [edge(name, "requires", "Hub") for name in names]
    made = document(1, *map(node, names), node("Hub"), *hub)
    found = drawn(view(), view(made), whole=True)
    (said,) = found.iterfind(f".//{SVG}g[@class='said']")
    assert set(words(said)) <= {"+", "+ requires"}
    assert "requires" in words(found)


SCRIPT = """
from test_draw_difference import AFTER, BEFORE
from conceptmap.compare import compare
from small_maps import view
print(compare(view(BEFORE), view(AFTER)).draw(whole=True))
"""


def test_the_same_two_maps_give_the_same_bytes_in_every_process() -> None:
    def printed(seed: str) -> bytes:
        path = os.pathsep.join(sys.path)
        return subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        ).stdout

    assert printed("0") == printed("1")


def test_the_style_sheet_tells_the_lines_apart(picture: Element) -> None:
    style = next(picture.iter(f"{SVG}style")).text or ""
    for status, mark in MARKS.items():
        (rule,) = re.findall(rf"\.change_{status} > ellipse {{ stroke-width: (.*?) }}", style)
        assert rule == f"{mark.width:g}px;" + (f" stroke-dasharray: {mark.dashes};" if mark.dashes else "")
