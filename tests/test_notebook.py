"""What results look like in a notebook and at a prompt."""

import re

import pytest

from conceptmap.atlas import open_atlas
from conceptmap.map import CourseMap
from conceptmap.notebook import MOST_LINES, MOST_ROWS, MOST_UNFOLDED, Listed, html, image, table, text_table

COURSE = "conceptmap/course"


def _rows(count: int) -> list[list[object]]:
    return [[number, f"<b>{number}</b>"] for number in range(count)]


def test_what_is_shown_is_escaped() -> None:
    shown = html(table(["<i>"], [["<script>x</script>"]]))
    assert "<script" not in shown and "<i>" not in shown and "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    ("count", "unfolds"),
    [
        (MOST_ROWS, ""),
        (MOST_ROWS + 1, "and 1 more"),
        (MOST_ROWS + MOST_UNFOLDED + 5, f"and {MOST_UNFOLDED + 5} more, of which the next {MOST_UNFOLDED} are here"),
    ],
)
def test_a_long_table_unfolds_and_ends(count: int, unfolds: str) -> None:
    shown = str(table(["a", "b"], _rows(count)))
    assert shown.count("<tr>") == min(count, MOST_ROWS + MOST_UNFOLDED) + (2 if unfolds else 1)
    assert "".join(re.findall("<summary>(.*?)</summary>", shown)) == unfolds
    assert table(["a"], []) == ""


def test_a_table_at_a_prompt_is_a_few_short_lines() -> None:
    lines = text_table(["number", "words"], [[1, "word " * 200]] * 30).splitlines()
    assert len(lines) == MOST_LINES + 2 and lines[-1] == f"and {30 - MOST_LINES} more"
    assert max(map(len, lines)) <= 100 and lines[1].endswith("…")


def test_a_listed_result_is_a_list_that_shows_a_table() -> None:
    found = Listed(range(3), lambda one: {"number": one, "empty": None, "square": one * one}, "number")
    assert found == [0, 1, 2] and isinstance(found, list) and [*found] == list(range(3))
    assert repr(found) == "3 numbers\nnumber  square\n0       0\n1       1\n2       4"
    assert "empty" not in found._repr_html_() and "<td" in found._repr_html_()
    assert repr(found[:1]) == "1 number\nnumber  square\n0       0" and found[1] == 1
    assert repr(found[:0]) == "no numbers" and "no numbers" in found[:0]._repr_html_()


def test_a_picture_is_an_image_of_its_own_whose_styles_and_ids_are_no_other_cells() -> None:
    shown = str(image('<svg id="map"><style>.a {}</style></svg>', 'a "map"'))
    assert "<svg" not in shown and "<style" not in shown and 'alt="a &#34;map&#34;"' in shown


@pytest.fixture(scope="module")
def course() -> CourseMap:
    """The sample course."""
    one = open_atlas("sqlite://")["robot-intelligence"]
    one.load(COURSE)
    return one


def test_a_query_finds_ids_names_and_numbers(course: CourseMap) -> None:
    query = """
        PREFIX : <https://conceptmap.example/maps/robot-intelligence/nodes/>
        PREFIX cm: <https://w3id.org/conceptmap/vocabulary#>
        SELECT ?node ?kind ?relation ?number ?part ?truth ?none WHERE {
          VALUES ?node { :alphago } ?node a ?kind . VALUES ?relation { cm:partOf <https://a.example/b> }
          BIND(1 + 1 AS ?number) BIND(0.5 AS ?part) BIND(?number = 2 AS ?truth)
        } ORDER BY DESC(?relation)"""
    found = course.sparql(query)
    assert found.columns == ("node", "kind", "relation", "number", "part", "truth", "none")
    assert list(found) == [
        ("alphago", "Method", "part of", 2, 0.5, True, None),
        ("alphago", "Method", "https://a.example/b", 2, 0.5, True, None),
    ]
    assert found.frame()["number"] == [2, 2]
    assert len(repr(found).splitlines()) == 4 and "<td" in found._repr_html_()


def test_a_query_sees_the_map_as_of_its_day_and_entry(course: CourseMap) -> None:
    count = "SELECT (COUNT(DISTINCT ?n) AS ?count) WHERE { ?n <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }"
    assert course.sparql(count).rows == ((course.size,),)
    early = course.at(2).as_of(1)
    assert early.sparql(count).rows == ((early.view().size,),) != course.sparql(count).rows
    assert course.hold().sparql("ASK {}").rows == ((True,),)
