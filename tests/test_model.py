import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ontology.gate import read
from ontology.model import MAX_DAY, MAX_LABEL, Document, Edge, EndValues, Node, Origin, read_document, unsafe_character
from ontology.rules import completed
from small_maps import document, edge, mention, node, origin

FULL = document(
    2,
    node(
        "Fermentation",
        aliases=["Rising"],
        text="Yeast turns sugar into gas.",
        formula="C_6H_{12}O_6",
        data={"gist": "sugar > gas", "list": [1, 2.5, None, True]},
        place=1,
        origin={**origin(7, "derived", "Fermentation"), "rule": "tree"},
    ),
    mention("Yeast"),
    edge("Fermentation", "requires", "Yeast", place=1, parent="target", note="needs it"),
    edge("Fermentation", "contrasts with", "Yeast", dimension="Time", values={"source": "slow", "target": "quick"}),
    title="Why bread rises",
    units=("Week 1",),
    data={"hours": 2.5},
)


def test_a_document_read_back_from_its_json_is_the_same() -> None:
    assert read_document(json.dumps(FULL.as_json())) == FULL


def test_a_document_that_is_read_holds_what_it_says_again_once() -> None:
    line = origin(3, quote="requires:: [[B]], [[C]]")
    names = ("A", "B", "C")
    said = document(1, *(node(one, origin=line) for one in names), edge("A", "requires", "B", origin=line))
    made = read_document(json.dumps(said.as_json()))
    again = read_document(json.dumps(said.as_json()))
    assert made == said
    assert {id(one.origin) for one in made.nodes} == {id(one.origin) for one in made.edges}
    assert made.edges[0].source is made.nodes[0].id is again.nodes[0].id
    assert len({id(one.kind) for one in (*made.nodes, *again.nodes)}) == 1


def test_only_what_is_said_is_written() -> None:
    assert document(1).as_json() == {
        "@context": "https://w3id.org/conceptmap/context.jsonld",
        "map": "bread",
        "day": 1,
        "part": "notes",
    }
    assert edge("A", "about", "B").as_json() == {"source": "a", "relation": "about", "target": "b"}


def test_provenance_is_written_as_from() -> None:
    said = FULL.as_json()["nodes"][0]["from"]
    assert said == {"lines": [7, 7], "quote": "Fermentation", "how": "derived", "rule": "tree"}


@pytest.mark.parametrize(
    "field, value",
    [
        ("map", "no spaces"),
        ("map", ""),
        ("day", -1),
        ("day", MAX_DAY + 1),
        ("day", True),
        ("day", "2"),
        ("day", 2.0),
        ("part", ""),
        ("part", "/etc/passwd"),
        ("part", "../up"),
        ("part", "a/../b"),
        ("part", "a?b"),
        ("part", "a\nb"),
        ("part", "a\x00b"),
        ("title", " "),
        ("title", "x" * (MAX_LABEL + 1)),
        ("units", ["\u202eevil"]),
        ("@context", "https://example.org/other"),
        ("unknown", 1),
    ],
)
def test_a_document_refuses(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        read(Document, {"map": "bread", "day": 2, "part": "notes", field: value})


@pytest.mark.parametrize(
    "field, value",
    [
        ("id", "no spaces"),
        ("label", "\t"),
        ("label", "x" * (MAX_LABEL + 1)),
        ("label", "a\x1b[31m"),
        ("text", "bell\x07"),
        ("place", -1),
        ("place", True),
        ("mention", "perhaps"),
        ("from", {"how": "guessed"}),
        ("from", {"how": "stated", "lines": [0, 1]}),
        ("colour", "red"),
    ],
)
def test_a_node_refuses(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        read(Node, {"id": "yeast", "kind": "Concept", "label": "Yeast", field: value})


@pytest.mark.parametrize(
    "field, value", [("parent", "above"), ("values", {"source": "x"}), ("source", "a b"), ("dimension", "")]
)
def test_an_edge_refuses(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        read(Edge, {"source": "a", "relation": "about", "target": "b", field: value})


def test_lines_that_run_backwards_are_refused() -> None:
    with pytest.raises(ValidationError):
        read(Origin, {"how": "stated", "lines": (9, 7)})


def test_labels_are_one_line_with_single_spaces() -> None:
    assert read(Node, {"id": "a", "kind": "Concept", "label": " a \n  b\t"}).label == "a b"


def test_values_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        FULL.nodes[0].label = "Other"  # type: ignore[misc]


def test_an_edges_identity_is_its_ends_relation_and_dimension() -> None:
    one = edge("A", "contrasts with", "B", dimension="Time", note="x", values=EndValues(source="1", target="2"))
    assert one.key == ("a", "contrasts with", "b", "Time")


@pytest.mark.parametrize(
    "char",
    ["\x00", "\r", "\x1b", "\x7f", "\x85", "\ud800", "\u202e", "\u2067", "\u200f", "\ufdd0", "\uffff", "\U0010fffe"],
)
def test_unsafe_characters(char: str) -> None:
    assert unsafe_character(f"safe{char}") == char


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Cf"))))
def test_ordinary_characters_are_safe(text: str) -> None:
    assert unsafe_character(text + "\t\n") is None


@given(st.characters(exclude_categories=()))
def test_no_control_or_surrogate_is_safe(char: str) -> None:
    if unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n":
        assert unsafe_character(char) == char


def test_completing_adds_the_day_its_units_and_what_joins_them() -> None:
    done = completed(document(2, title="Why bread rises", units=("Week 1", "Phase 1"), data={"hours": 2}))
    day, *units = done.nodes
    assert (day.id, day.kind, day.label, day.text, day.data) == (
        "day-2",
        "Day",
        "Day 2",
        "Why bread rises",
        {"hours": 2},
    )
    assert [(one.id, one.kind) for one in units] == [("week-1", "Unit"), ("phase-1", "Unit")]
    assert [one.key[:3] for one in done.edges] == [("day-2", "part of", "week-1"), ("day-2", "part of", "phase-1")]


def test_completing_twice_changes_nothing() -> None:
    assert completed(completed(FULL)) == completed(FULL)


def test_completing_keeps_what_is_said_of_the_day() -> None:
    own = Node(id="day-2", kind="Day", label="Day 2", text="my own words", place=4)
    assert own in completed(document(2, own, title="Other")).nodes


def test_completing_makes_mentions_of_the_day_and_its_units_definitions() -> None:
    day, week = mention("Day 2", "Day", place=3), mention("Week 1", "Unit", place=4)
    done = {one.id: one for one in completed(document(2, day, week, units=("Week 1",))).nodes}
    assert [(done[one].mention, done[one].place) for one in ("day-2", "week-1")] == [(False, 3), (False, 4)]
