"""CXL of CmapTools: what is written is in the order of its schema, and concept maps of other people are read."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from conceptmap.formats.cxl import NAMESPACE, read_cxl, write_cxl
from conceptmap.formats.format import Given, Reading, SentFile
from ontology.errors import InvalidDocument
from test_graphml import EMPTY, edges, labels, small

GOLDEN = Path(__file__).parent / "golden" / "formats" / "bread.cxl"


def read(text: str) -> Given:
    return read_cxl([SentFile("m.cxl", text.encode())], Reading(EMPTY, "bread", "m.cxl"))


def cmap(concepts: str, phrases: str = "", lines: str = "", about: str = "") -> str:
    parts = f"<concept-list>{concepts}</concept-list><linking-phrase-list>{phrases}</linking-phrase-list>"
    return f'<cmap xmlns="{NAMESPACE}">{about}<map>{parts}<connection-list>{lines}</connection-list></map></cmap>'


def concepts(names: str) -> str:
    return "".join(f'<concept id="{one}" label="{one.upper()}"/>' for one in names)


def lines(*pairs: str) -> str:
    return "".join(f'<connection from-id="{one[0]}" to-id="{one[1]}"/>' for one in pairs)


def test_a_small_map_is_written_as_in_the_golden_file() -> None:
    assert "".join(write_cxl(small())) == GOLDEN.read_text(encoding="utf-8")


def test_the_lists_are_in_the_order_of_the_schema_and_everything_has_its_place() -> None:
    root = ElementTree.fromstring("".join(write_cxl(small())))
    map = root[1]
    assert [one.tag.removeprefix(f"{{{NAMESPACE}}}") for one in map] == [
        *("concept-list", "linking-phrase-list", "connection-list"),
        *("concept-appearance-list", "linking-phrase-appearance-list"),
    ]
    drawn = {one.get("id") for part in map[3:] for one in part}
    named = {one.get("id") for part in map[:2] for one in part}
    assert drawn == named
    assert {end for one in map[2] for end in (one.get("from-id"), one.get("to-id"))} <= named


def test_a_phrase_joins_all_that_lead_to_it_with_all_that_it_leads_to() -> None:
    phrase = '<linking-phrase id="p" label="is&#10;part of"/>'
    found = read(cmap(concepts("abcd"), phrase, lines("ap", "bp", "pc", "pd")))
    assert edges(found) == {(one, "part of", other, None) for one in "ab" for other in "cd"}


def test_labels_stand_for_ids_that_are_not_there_and_what_lies_in_a_concept_is_part_of_it() -> None:
    inner = '<concept id="a" label="A" parent-id="Outer"/><concept label="Outer"/>'
    found = read(cmap(inner, '<linking-phrase label="have"/>', '<connection from-id="a" to-id="have"/>'))
    assert edges(found) == {("a", "part of", "outer", None)}
    assert [one.what for one in found.warnings] == ["a linking phrase leads from or to nothing"]


def test_lines_without_a_phrase_and_lines_in_both_directions_are_edges() -> None:
    both = '<connection from-id="b" to-id="a" isBidirectional="true"/>'
    found = read(cmap(concepts("abcd"), "", lines("cd") + both))
    assert edges(found) == {(*pair, None) for pair in [("c", "about", "d"), ("b", "about", "a"), ("a", "about", "b")]}


def test_title_focus_question_and_comments_are_kept() -> None:
    said = '<concept id="a" label="A" short-comment="Short." long-comment="Long."/>'
    about = "<res-meta><title>Plants</title><description>How do plants grow?</description></res-meta>"
    (document,) = read(cmap(said, about=about)).documents
    assert (document.title, document.data) == ("Plants", {"focus question": "How do plants grow?"})
    assert document.nodes[0].text == "Short.\n\nLong."


def test_concepts_that_nobody_named_stay_apart() -> None:
    unnamed = '<concept id="a" label="????"/><concept id="b" label="????"/>'
    found = read(cmap(unnamed, '<linking-phrase id="p" label="????"/>', lines("ap", "pb")))
    assert labels(found) == ["Untitled 1", "Untitled 2"]
    assert edges(found) == {("untitled-1", "about", "untitled-2", None)}


def test_what_cannot_be_an_edge_is_said_and_left_out() -> None:
    phrases = "".join(f'<linking-phrase id="{one}" label="is"/>' for one in "pq")
    found = read(cmap(concepts("ab"), phrases, lines("ap", "pq", "qb", "ax")))
    assert [one.what for one in found.warnings] == [
        "a line joins two linking phrases",
        "a line leads to what is not in the map",
        "a linking phrase leads from or to nothing (2 times, first here)",
    ]
    assert edges(found) == set()


def test_a_phrase_that_joins_a_million_pairs_is_left_out() -> None:
    many = "".join(f'<concept id="c{one}" label="C{one}"/>' for one in range(300))
    fan = "".join(f'<connection from-id="c{n}" to-id="p"/><connection from-id="p" to-id="c{n}"/>' for n in range(300))
    found = read(cmap(many, '<linking-phrase id="p" label="is"/>', fan))
    assert [one.what for one in found.warnings] == ["a linking phrase joins 90000 pairs of concepts"]


def test_graphml_is_no_concept_map() -> None:
    with pytest.raises(InvalidDocument, match=r"m\.cxl:1: this is no CXL of CmapTools: it begins with <graphml>"):
        read("<graphml/>")
