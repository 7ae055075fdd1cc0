"""The structure of a map in words, and where a node stands in it, through all doors."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap import open_atlas
from conceptmap.map import CourseMap
from conceptmap.overview import overview_of, standing_lines
from conceptmap.shapes.structure import structure_shape
from conceptmap.structure import SMALL_ISLAND, standing_of, structure_of
from ontology.errors import UnknownNode
from services import served
from small_maps import document, edge, node, view

NAMES = "ABCDEFGHIJKL"
pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=24, unique=True)


@pytest.fixture(scope="module")
def course() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        course = atlas["robot-intelligence"]
        course.load(Path(__file__).parent.parent / "conceptmap" / "course")
        yield course


@given(pairs)
def test_where_a_node_stands_is_what_the_whole_structure_says(found: list[tuple[str, str]]) -> None:
    seen = view(document(1, *map(node, NAMES), *(edge(one, "requires", other) for one, other in found)))
    structure = structure_of(seen)
    cuts = {one.node: one.pieces[1:] for one in structure.articulations}
    sizes = {idea: len(island) for island in structure.islands for idea in island}
    for idea in structure.ideas:
        standing = standing_of(seen, idea)
        assert standing and standing.pieces == cuts.get(idea, ())
        assert standing.island == (sizes[idea] if 2 * sizes[idea] < len(structure.ideas) else None)


def test_a_day_stands_nowhere_and_a_node_that_is_not_there_is_unknown() -> None:
    seen = view(document(1, node("Book", "Source"), node("A"), edge("A", "cites", "Book")))
    assert standing_of(seen, "book") is None and standing_lines(None) == []
    with pytest.raises(UnknownNode):
        standing_of(seen, "nobody")


def test_only_small_islands_are_told_at_each_of_their_ideas() -> None:
    chain = [f"I{number:03}" for number in range(SMALL_ISLAND + 1)]
    rest = [f"R{number:03}" for number in range(2 * SMALL_ISLAND)]
    edges = [edge(one, "requires", other) for names in (chain, rest) for one, other in itertools.pairwise(names)]
    seen = view(document(1, *map(node, [*chain, *rest]), *edges))
    standing = standing_of(seen, "i000")
    assert standing and standing.island is None


def test_a_little_at_the_end_of_a_map_is_not_told_of() -> None:
    edges = [edge(one, "requires", other) for one, other in ("AB", "BC", "CD", "DA", "AX", "XY")]
    seen = view(document(1, *map(node, "ABCDXY"), *edges))
    standing = standing_of(seen, "a")
    assert standing and standing.cut_off == 2 and standing_lines(standing) == []
    assert [one.title for one in overview_of(seen).sections] == ["In the middle", "Groups"]


def test_the_sample_is_told_in_words(course: CourseMap) -> None:
    told = repr(course.structure())
    for said in (
        "117 ideas, 164 joins",
        "13 ideas around Robot learning: ",
        "1 idea is joined to no other: Mental map",
        "“The Bitter Lesson” stands between 48 ideas and the rest: without it the map falls into 9 pieces",
        "“The Bitter Lesson” leads to Implication for VLAs: only this joins 49 ideas with 51",
        "Scaling Laws are joined to 9 ideas",
        "“The Bitter Lesson” lies on 50% of them",
        "18 ideas around “The Bitter Lesson”: ",
        "and 10 more",
    ):
        assert said in told
    assert standing_lines(course.standing("VLA")) == [
        "stands between 47 ideas and the rest: without it the map falls in two"
    ]
    assert standing_lines(course.standing("Sim-to-real gap")) == [
        "is on an island: nothing joins these 13 ideas to the rest of the map"
    ]


def test_an_overview_shows_itself_in_notebooks(course: CourseMap) -> None:
    overview = course.structure(2)
    html, markdown = overview._repr_html_(), overview._repr_markdown_()
    assert "<b>Islands</b>" in html and "and 13 more" in html
    assert "**Islands**\n\n- 100 ideas around" in markdown


def test_json_counts_what_it_leaves_out(course: CourseMap) -> None:
    shape = structure_shape(course.structure(3), 3)
    assert json.loads(json.dumps(shape)) == shape
    assert shape["totals"] == {"islands": 4, "articulations": 36, "bridges": 45, "groups": 14}
    assert shape["islands"][0]["size"] == 100 and len(shape["islands"][0]["ideas"]) == 3
    assert shape["hubs"][0] == {"node": "the-bitter-lesson", "joins": 13}
    assert shape["between"][0] == {"node": "the-bitter-lesson", "share": 0.4993}
    assert shape["sampled"] is None


def test_an_earlier_day_has_its_own_structure(course: CourseMap) -> None:
    assert len(course.as_of(14).structure().structure.ideas) < 117


def test_an_empty_map_has_nothing_to_tell() -> None:
    assert overview_of(view()).sections == () and repr(overview_of(view())) == "0 ideas, 0 joins"


def test_the_structure_comes_over_http_and_on_the_page(tmp_path: Path) -> None:
    with served(f"sqlite:///{tmp_path / 'maps.db'}") as service:
        with open_atlas(f"sqlite:///{tmp_path / 'maps.db'}") as atlas:
            course = atlas["robot-intelligence"]
            course.load(Path(__file__).parent.parent / "conceptmap" / "course")
            shape = structure_shape(course.structure(2), 2)
        at = "/maps/robot-intelligence"
        assert service.get(f"{at}/structure", params={"limit": 2}).json() == shape
        assert service.get(f"{at}/structure", params={"limit": 2, "as_of": 25}).json()["ideas"] < shape["ideas"]
        standing = service.get(f"{at}/nodes/vla/structure").json()
        assert (standing["cut_off"], standing["pieces"], standing["island"]) == (47, [47], None)
        assert "without it the map falls in two" in standing["told"][0]
        assert service.get(f"{at}/nodes/nobody-of-this-name/structure").status_code == 404
        page = service.get(f"{at}/page/structure").text
        assert "stands between 48 ideas and the rest" in page and "focus=the-bitter-lesson" in page
        assert "It stands between 47 ideas and the rest" in service.get(f"{at}/page", params={"focus": "vla"}).text
        ways = service.get(f"{at}/nodes/scaling-laws/path", params={"to": "Information Theory", "limit": 2}).json()
        assert ways["told"].startswith("Scaling Laws follow from") and len(ways["others"]) == 1
