"""What results look like in a notebook and at a prompt."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from conceptmap.atlas import open_atlas
from conceptmap.draw import Selection, draw
from conceptmap.map import CourseMap
from conceptmap.mending import ChangeNode
from conceptmap.notebook import MOST_LINES, MOST_ROWS, MOST_UNFOLDED, Listed, html, image, table, text_table
from ontology.errors import WrongArguments
from ontology.model import Edge, Node
from small_maps import document, edge, mention, node, origin

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
def course() -> Iterator[CourseMap]:
    """The sample course."""
    with open_atlas("sqlite://") as atlas:
        atlas["robot-intelligence"].load(COURSE)
        yield atlas["robot-intelligence"]


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


# What every reading method gives.

NASTY = "<script>alert(1)</script> <b id='x'>&amp; {0} $a$ and $b$"


@pytest.fixture(scope="module")
def nasty() -> Iterator[CourseMap]:
    """A map whose words try to be HTML, with everything that results can show."""
    with open_atlas("sqlite://") as atlas:
        one = atlas["nasty"]
        wanted = [{"ask": NASTY, "answers": [NASTY], "line": 1}]
        said: list[Node | Edge] = [
            node(NASTY, "Claim", text=f"*{NASTY}*", formula=NASTY, data={NASTY: [NASTY]}, aliases=("A", NASTY + "2")),
            node("B", "Evidence", text=NASTY),
            edge("B", "supports", NASTY, note=NASTY, origin=origin(3, quote=NASTY)),
            mention(f"C {NASTY}"),
        ]
        one.put(document(1, *said, part="a & <b>.md", title=NASTY, questions=wanted))
        one.put(
            document(
                2, node(NASTY, "Claim", text="less"), mention("B", "Evidence"), edge("B", "opposes", NASTY), part="b.md"
            )
        )
        one.mend(ChangeNode("b", label=f"B {NASTY}"), by="eve")
        yield one


def _results(course: CourseMap, name: str) -> dict[str, Any]:
    return {
        "map": course,
        "view": course.view(),
        "node": course.node(name),
        "edge": next(course.view().edges()),
        "card": course.card(name),
        "day": course.parts_of(1),
        "note": course.note_lines(1),
        "answer": course.ask(f"what supports {name}?"),
        "unanswered": course.ask("what is up?"),
        "found": course.search(name),
        "near": course.neighbours(name),
        "checks": course.check(),
        "questions": course.questions(),
        "asked": course.check_questions(),
        "difference": course.diff(1, 26),
        "mends": course.mended(),
        "lines": course.lines(limit=30),
        "entry": course.lines(limit=1)[0],
        "history": course.history(),
        "node's history": course.node_history(name),
        "drawing": course.draw(),
        "solutions": course.sparql("SELECT * WHERE { ?a ?b ?c }"),
        "report": course.load(COURSE, dry_run=True),
        "scores": course.scores(),
        "score": course.score(name),
        "weighing": course.weigh(name),
        "claims": course.claims(),
        "vocabulary": course.vocabulary,
    }


SHOWN = [
    *("map", "card", "answer", "unanswered", "found", "near", "checks", "questions", "asked", "difference", "mends"),
    *("scores", "score", "weighing", "claims"),
    *("lines", "history", "node's history", "drawing", "solutions", "report"),
]
"""What has a form of its own for notebooks."""


class _Tags(HTMLParser):
    """The tags of a text, and whether all are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_result_is_a_few_lines_at_a_prompt(course: CourseMap, nasty: CourseMap) -> None:
    for results in (_results(course, "the-bitter-lesson"), _results(nasty, "a")):
        for name, result in results.items():
            lines = repr(result).splitlines()
            assert len(lines) <= MOST_LINES + 3, name
            assert max(map(len, lines)) <= 400, name


def test_results_are_html_without_scripts_ids_and_styles_that_reach_other_cells(
    course: CourseMap, nasty: CourseMap
) -> None:
    for results in (_results(course, "the-bitter-lesson"), _results(nasty, "a")):
        for name in SHOWN:
            read = _Tags()
            read.feed(results[name]._repr_html_())
            assert read.open == [], name
            assert read.tags <= set("div p b i br ul li small details summary table thead tbody tr th td img".split())
            assert read.attributes <= {"class", "style", "src", "alt"}, name


def test_lists_of_results_are_lists(nasty: CourseMap) -> None:
    for name in ("found", "near", "checks", "questions", "asked", "mends", "lines", "history"):
        result: Any = _results(nasty, "a")[name]
        shown = result._repr_html_()
        assert isinstance(result, list) and len(result) and "<td" in shown, name


def test_a_map_that_nobody_wrote_to_shows_that() -> None:
    with open_atlas("sqlite://") as atlas:
        assert "nothing is in this map yet" in atlas["none"]._repr_html_()


# Drawings.


def test_a_drawing_has_the_choices_of_the_command(course: CourseMap) -> None:
    early = course.as_of(26)
    for options, selection in (
        (dict[str, Any](), Selection()),
        ({"all": True}, Selection(whole=True)),
        ({"focus": "Compression", "depth": 2}, Selection(focus="compression", depth=2)),
        ({"kinds": ["claim"], "relations": "is supported by"}, _chosen("Claim", "supports")),
        ({"group": "unit", "connected": True}, Selection(group="unit", connected=True)),
    ):
        drawing = early.draw(**options)
        assert drawing.selection == selection
        assert drawing.svg == draw(early.view(), "svg", selection) == drawing._repr_svg_()
    assert early.draw(timeline=True).svg == draw(early.view(), "svg", arrangement="timeline")


def _chosen(kind: str, relation: str) -> Selection:
    return Selection(kinds=frozenset({kind}), relations=frozenset({relation}))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": ["Clam"]}, "Claim"),
        ({"relations": ["suports"]}, "supports"),
        ({"depth": 2}, "focus"),
        ({"focus": "a", "depth": 0}, "1 or more"),
    ],
)
def test_a_choice_that_the_vocabulary_lacks_is_told_with_the_nearest(
    options: dict[str, Any], message: str, nasty: CourseMap
) -> None:
    with pytest.raises(WrongArguments, match=message):
        nasty.draw(**options)


def test_a_drawing_is_saved_in_the_format_of_the_suffix(course: CourseMap, tmp_path: Path) -> None:
    drawing = course.draw(focus="compression")
    assert drawing.save(tmp_path / "near.svg").read_text() == drawing.svg
    assert drawing.save(str(tmp_path / "near.PNG")).read_bytes().startswith(b"\x89PNG")
    assert "flowchart" in drawing.save(tmp_path / "near.mmd").read_text()
    with pytest.raises(WrongArguments, match="svg"):
        drawing.save(tmp_path / "near.svgg")


def test_a_map_shows_its_notes_by_day_and_counts_those_of_none() -> None:
    with open_atlas("sqlite://") as atlas:
        one = atlas["bread"]
        one.put(document(0, node("A"), part="a.md", title="Aims", undated=True))
        assert (
            "1 node, 1 undated note" in one._repr_html_()
            and "day" not in one._repr_html_().partition("<img")[0].lower()
        )
        one.put(document(3, node("B"), part="b.md", title="Begin"))
        assert "3 nodes, 1 day, 1 undated note" in one._repr_html_() and ">Day 3<" in one._repr_html_()


def test_results_are_markdown_too_in_which_what_notes_say_is_escaped() -> None:
    with open_atlas("sqlite://") as atlas:
        course = atlas["bread"]
        course.put(document(1, node("Rye *dark*"), node("Tea | <b>"), edge("Rye *dark*", "requires", "Tea | <b>")))
        assert "Rye *dark*" in course._repr_markdown_() and "~~~~text" in course._repr_markdown_()
        answer = course.ask("what does rye dark require?")._repr_markdown_()
        assert "- **Tea \\| \\<b\\>** Concept" in answer and "(day 1, notes)" in answer
        found = course.diff(0, 1)._repr_markdown_()
        assert "Rye \\*dark\\*" in found and "<b>" not in found
        hits = course.search("rye")
        assert isinstance(hits, Listed)
        listed = hits._repr_markdown_()
        assert listed.startswith("**1 ") and "| --- |" in listed and "Rye \\*dark\\*" in listed
        assert "| --- |" in course.node_history("Rye *dark*")._repr_markdown_()
