"""The page for queries: what it finds as table, CSV and picture; its examples; and the place of what is wrong."""

import csv
import re
from collections.abc import Iterator
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from api.web.answer_view import example_questions
from api.web.drawing import svg_of
from api.web.query_page import MOST_ROWS
from api.web.site import POLICY
from services import NOTES, Served, served
from small_maps import document, edge, node, origin, view

COURSE = Path(__file__).parents[1] / "conceptmap" / "course"
PAGE = "/maps/robot-intelligence/page"
CLAIMS = (
    "PREFIX cm: <https://w3id.org/conceptmap/vocabulary#>\n"
    "SELECT ?from ?to WHERE { ?from cm:supports ?to } ORDER BY ?from"
)


@pytest.fixture(scope="module")
def course() -> Iterator[Served]:
    """A service with the sample course, that is only read."""
    with served() as service:
        service.atlas["robot-intelligence"].load(COURSE)
        yield service


def asked(service: Served, query: str, status: int = 200, page: str = f"{PAGE}/query", **more: str) -> str:
    answer = service.get(page, params={"query": query, **more}, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    assert page.endswith(".csv") or answer.headers["content-security-policy"] == POLICY
    return answer.text


def test_examples_ask_for_what_is_stated_not_for_what_was_read_by_rule() -> None:
    nodes = [node(one, "Claim") for one in ("Doubt", "Trust", "One", "Two", "Three")]
    read = [edge(one, "supports", "Doubt", origin=origin(5, "derived")) for one in ("One", "Two", "Three")]
    stated = edge("One", "supports", "Trust", origin=origin(9))
    assert next(example_questions(view(document(1, *nodes, *read, stated)))) == "What supports Trust?"
    assert not any("supports" in one for one in example_questions(view(document(1, *nodes, *read))))


def test_every_example_runs_and_finds_something(course: Served) -> None:
    page = asked(course, "")
    examples = [unescape(one) for one in re.findall(r'href="([^"]*/page/query\?query=[^"]*)"', page)]
    assert len(examples) > 5
    for one in examples:
        found = course.get(one, headers={"Accept": "text/html"})
        assert found.status_code == 200
        assert re.search(r"<h2[^>]*>[1-9]\d* rows?</h2>", found.text), one
        assert "<tbody>" in found.text


def test_on_a_map_of_any_notes_the_examples_run_too() -> None:
    with served() as service:
        assert (
            service.put_notes(1, "# A garden\n\n- **Soil**: holds water\n- **Worm**: loosens soil\n").status_code == 201
        )
        page = asked(service, "", page="/maps/bread/page/query")
        for one in re.findall(r'href="([^"]*/page/query\?query=[^"]*)"', page):
            assert service.get(unescape(one), headers={"Accept": "text/html"}).status_code == 200


def test_nodes_that_are_found_are_links_and_drawn(course: Served) -> None:
    page = asked(course, CLAIMS)
    assert f'<a href="{PAGE}?focus=the-bitter-lesson">The Bitter Lesson</a>' in page
    picture = page[page.index('<figure class="found-picture"') :]
    assert 'data-node="the-bitter-lesson"' in picture
    assert "<svg" in picture


def test_a_question_in_plain_words_is_answered_with_its_lines_and_as_sparql(course: Served) -> None:
    page = asked(course, "What supports the bitter lesson?")
    assert "5 rows" in page
    assert re.search(r"lines=328&amp;back=[^\"]*#L328", page)
    assert "The same in SPARQL" in page
    link = re.search(r'href="([^"]*)">Run it</a>', page)
    assert link
    assert "5 rows" in course.get(unescape(link[1]), headers={"Accept": "text/html"}).text


def test_a_question_that_is_not_answered_offers_others(course: Served) -> None:
    page = asked(course, "What supports the bitter lessons of bob?")
    assert "Not answered" in page


@pytest.mark.parametrize(
    ("query", "line", "column", "marked"),
    [
        ("SELECT ?a WHERE {\n ?a a cmm:Claim }", 2, 7, "cmm:Claim }"),
        ("SELECT ?a WHERE { ?a a ?b", 1, 17, "{ ?a a ?b"),
        ("SELECT ?a WHERE { <script>alert(1)</script> }", 1, None, None),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    course: Served, query: str, line: int, column: int | None, marked: str | None
) -> None:
    page = asked(course, query, 400)
    assert f"Line {line}, column {column or ''}" in page
    assert marked is None or f"<mark>{marked}</mark>" in unescape(page)
    assert "<script>alert" not in page


def test_what_would_write_is_refused_on_the_page(course: Served) -> None:
    page = asked(course, "PREFIX a: <b:> SELECT ?x WHERE { SERVICE <http://x/> { ?x a a:b } }", 403)
    assert "got no answer" in page


@pytest.mark.parametrize(
    ("query", "rows"), [(CLAIMS, None), ("What supports the bitter lesson?", 5), ("DESCRIBE <x:y>", 0)]
)
def test_the_same_comes_as_csv(course: Served, query: str, rows: int | None) -> None:
    answer = course.get(f"{PAGE}/query.csv", params={"query": query})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, *found = list(csv.reader(StringIO(answer.text)))
    assert head in (["from", "to"], ["answer", "kind", "day", "text", "where"], ["subject", "relation", "object"])
    assert len(found) > 10 if rows is None else len(found) == rows


def test_the_csv_of_a_question_has_the_rows_that_the_page_leaves_out() -> None:
    notes = "".join(f"- **Grain {number}**: a kind of grain\n" for number in range(MOST_ROWS + 5))
    with served() as service:
        assert service.put_notes(1, f"# Grains\n\n{notes}").status_code == 201
        page = asked(service, "list all concepts", page="/maps/bread/page/query")
        rows = int(re.findall(r"<h2[^>]*>(\d+) rows</h2>", page)[0])
        assert rows > MOST_ROWS
        assert f"{rows - MOST_ROWS} more rows are in the CSV" in page
        text = asked(service, "list all concepts", page="/maps/bread/page/query.csv")
        assert len(list(csv.reader(StringIO(text)))) == 1 + rows


def test_a_mistake_in_a_query_for_csv_is_a_problem_for_programs(course: Served) -> None:
    answer = course.get(f"{PAGE}/query.csv", params={"query": "SELECT ?a WHERE {"})
    assert answer.status_code == 400
    assert answer.json()["line"] == 1


def test_the_day_and_the_moment_are_kept(course: Served) -> None:
    day_25 = asked(course, CLAIMS, as_of="25")
    assert re.search(r"<h2[^>]*>0 rows</h2>", day_25)
    assert 'name="as_of" value="25"' in day_25


def test_words_of_a_map_become_no_markup() -> None:
    with served() as service:
        assert service.put_notes(1, NOTES.replace("A fungus.", "<img src=x onerror=alert(1)>")).status_code == 201
        page = asked(service, "SELECT ?a ?b ?c WHERE { ?a ?b ?c }", page="/maps/bread/page/query")
        assert "<img" not in page


def test_a_picture_is_drawn_once_for_each_state_of_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def noted(*given: Any) -> str:
        drawn.append("once")
        return svg_of(*given)

    monkeypatch.setattr("api.routes.queries.svg_of", noted)
    with served() as service:
        assert service.put_notes(2).status_code == 201
        question = "What supports Time beats kneading?"
        pages = [asked(service, question, page="/maps/bread/page/query") for _ in range(3)]
        assert len(set(pages)) == 1 and "<svg" in pages[0] and len(drawn) == 1
        said = {"source": "time-beats-kneading", "relation": "about", "target": "yeast"}
        assert service.append(2, "edges", [said]).status_code == 201
        asked(service, question, page="/maps/bread/page/query")
        assert len(drawn) == 2
