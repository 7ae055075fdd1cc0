"""What a change does to claims that were there before: in differences and in writes that are only tried."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap import open_atlas
from conceptmap.compare import compare
from conceptmap.difference_words import plain
from conceptmap.map import CourseMap
from conceptmap.meaning import scores_of
from conceptmap.meaning.effects import effects_in_words
from conceptmap.notes import NoteFile
from conceptmap.shapes.changes import report_shape
from ontology.model import Edge
from small_maps import document, edge, node
from test_weighing import EDGES, NAMES, claims, evidence, view_of

NOTE = """# Day 1: Roads
## Claim: Lanes fill {#fill}
- Evidence: Cities {#cities}
  - supports:: [[fill]]
## Claim: Build trams {#trams}
- is supported by:: [[fill]]
"""
AGAINST = """# Day 2: More roads
## Evidence: Towns {#towns}
- opposes:: [[fill]]
- weight:: 0.9
"""


@pytest.fixture
def roads() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        course = atlas["roads"]
        course.load_notes([NoteFile("day-1.md", NOTE.encode())])
        yield course


def test_a_load_that_is_only_tried_tells_what_becomes_of_claims(roads: CourseMap) -> None:
    tried = roads.load_notes([NoteFile("day-2.md", AGAINST.encode())], dry_run=True)
    assert effects_in_words(tried.claims) == [
        "claims: falls: “Lanes fill” (0.75 → 0.30, in → out)",
        "claims: weaker: “Build trams” (0.88 → 0.65)",
    ]
    assert [one["node"]["id"] for one in report_shape(tried)["claims"]] == ["fill", "trams"]
    done = roads.load_notes([NoteFile("day-2.md", AGAINST.encode())])
    assert done.claims == ()
    assert "claims" not in report_shape(done)


def test_an_addition_that_is_only_tried_tells_it_too(roads: CourseMap) -> None:
    said = [edge("Cities", "opposes", "Trams")]
    tried = roads.append(2, (), said, by="ada", dry_run=True)
    assert [(one.node, one.turn) for one in tried.claims] == [("trams", "falls")]
    assert roads.append(2, (), [edge("Cities", "about", "Trams")], by="ada", dry_run=True).claims == ()


def test_a_difference_tells_also_of_claims_that_only_their_grounds_move() -> None:
    before = document(1, *claims("A", "B"), *evidence("E"), edge("E", "supports", "A"), edge("A", "supports", "B"))
    after = document(2, *evidence("F"), edge("F", "opposes", "A"))
    view = view_of(before, after)
    found = compare(view.up_to(1), view)
    lines = [plain(one) for _, section in found.words.sections() for one in section]
    assert lines[:4] == [
        "▼ weakened +1 → 0 (1 for, 1 against)  A",
        "    falls: DF-QuAD 0.75 → 0.50, quadratic energy 0.60 → 0.50, in → out",
        "    + opposes  F",
        "▼ weaker DF-QuAD 0.88 → 0.75, quadratic energy 0.63 → 0.60  B",
    ]


@given(st.lists(EDGES.filter(lambda one: one[0] != one[2]), max_size=8), st.lists(EDGES, max_size=3), st.booleans())
def test_effects_are_what_scoring_both_moments_shows(
    old: list[tuple[str, str, str]], new: list[tuple[str, str, str]], weighs: bool
) -> None:
    def edges(said: list[tuple[str, str, str]]) -> list[Edge]:
        return [edge(*one) for one in dict.fromkeys(said) if one[0] != one[2]]

    more = [node("a", "Claim", data={"weight": "0.9"})] if weighs else []
    view = view_of(document(1, *claims(*NAMES), *edges(old)), document(2, *more, *claims(*NAMES), *edges(new)))
    was, now = scores_of(view.up_to(1)), scores_of(view)
    moved = {one for one in NAMES if (was[one].strengths, was[one].label) != (now[one].strengths, now[one].label)}
    told = {one.node: one for one in compare(view.up_to(1), view).effects}
    assert told.keys() >= {
        one
        for one in moved
        if any(
            abs((was[one].strengths[method] or 0) - (strength or 0)) > 1e-5
            for method, strength in now[one].strengths.items()
        )
    }
    assert all(one.before == was[name].strengths and one.after == now[name].strengths for name, one in told.items())
