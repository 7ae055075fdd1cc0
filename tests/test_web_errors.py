"""Errors on the page: in words, with ways to go on; and as problems for programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services import Served, served

COURSE = Path(__file__).parents[1] / "conceptmap" / "course"
MAP = "/maps/robot-intelligence"


@pytest.fixture(scope="module")
def course() -> Iterator[Served]:
    """A service with the sample course, that is only read."""
    with served() as service:
        service.atlas["robot-intelligence"].load(COURSE)
        yield service


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        (f"{MAP}/page?as_of=abc", 400, "as_of: 'abc' is no whole number; write one, such as as_of=26"),
        (f"{MAP}/page?as_of=-1", 400, "as_of: '-1' is too small; the least is 0"),
        (f"{MAP}/page?at=abc", 400, "'abc' is neither an entry nor a time"),
        (f"{MAP}/page?as_fo=3", 400, "this page takes no parameter 'as_fo'; did you mean 'as_of'?"),
        (f"{MAP}/page/notes?day=99", 404, "the map has no day 99; the nearest of its days are 29 and 30"),
        (f"{MAP}/page/notes?day=26&part=day-62.md", 404, "did you mean 'day-26.md'?"),
        (f"{MAP}/page/history?focus=scalling", 404, "did you mean 'Scaling Laws'?"),
        ("/maps/robot-inteligence/page", 404, "there is no map 'robot-inteligence'"),
        (f"{MAP}/page/histry", 404, "nothing is here"),
        ("/nowhere", 404, "nothing is here"),
    ],
)
def test_an_error_is_in_words_for_people_and_a_problem_for_programs(
    course: Served, path: str, status: int, words: str
) -> None:
    page = course.get(path, headers={"Accept": "text/html"})
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    told = page.text.replace("&#39;", "'")
    assert words[1:] in told  # the page begins the sentence with a capital
    assert "Input should" not in told
    problem = course.get(path)
    assert problem.status_code == status
    assert problem.headers["content-type"] == "application/problem+json"
    assert words in problem.json()["detail"]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/maps/robot-inteligence/page", f"{MAP}/page"),
        (f"{MAP}/page/histry", f"{MAP}/page/history"),
        (f"{MAP}/page/querry", f"{MAP}/page/query"),
        (f"{MAP}/page/history?focus=scalling&amp;at=3", f"{MAP}/page/history?focus=Scaling+Laws"),
        (f"{MAP}/page?as_of=abc", f"{MAP}/page"),
        ("/nowhere", "/"),
    ],
)
def test_an_error_leads_on(course: Served, path: str, address: str) -> None:
    page = course.get(path, headers={"Accept": "text/html"}).text
    assert f'href="{address}"' in page
    assert course.get(address, headers={"Accept": "text/html"}).status_code == 200


def test_names_of_maps_are_not_offered_where_reading_needs_a_token() -> None:
    with served(reads="token") as service:
        assert service.put_notes(1).status_code == 201
        for headers in ({}, {"Authorization": f"Bearer {service.tokens['read']}"}):
            page = service.get("/maps/breadd/page", headers={"Accept": "text/html", **headers})
            assert page.status_code in (401, 404)
            assert "/maps/bread/" not in page.text


def test_what_others_put_behind_an_address_is_left_out(course: Served) -> None:
    page = course.get(
        f"{MAP}/page?focus=scaling-laws&utm_source=letter&fbclid=7&ref=x", headers={"Accept": "text/html"}
    )
    assert page.status_code == 200


@pytest.mark.parametrize(("day", "words"), [("99", "its last is 30"), ("0", "its first is 1")])
def test_a_day_beyond_those_of_the_map_is_said(course: Served, day: str, words: str) -> None:
    page = course.get(f"{MAP}/page?as_of={day}", headers={"Accept": "text/html"}).text
    assert f"<p>The map has no day {day}: {words}." in page
    assert 'data-say=""' in page


def test_home_lists_maps_with_title_size_days_and_last_change() -> None:
    with served() as service:
        service.atlas["robot-intelligence"].load(COURSE)
        assert service.put_notes(2, part="day-02.md").status_code == 201
        page = service.get("/", headers={"Accept": "text/html"}).text
        extent = service.atlas.extents()["robot-intelligence"]
        assert "<b>Robot intelligence</b>" in page
        assert f"{extent.nodes} nodes, {extent.edges} edges · 9 days, from day 1 to day 30" in page
        assert "by admin: day-02.md" in page
        assert page.index("Bread") < page.index("Robot intelligence")  # the last change comes first


def test_the_history_of_a_map_tells_what_each_entry_did() -> None:
    with served() as service:
        assert service.put_notes(1, part="day-01.md").status_code == 201
        assert service.append(1, "nodes", [{"kind": "Claim", "label": "Warm dough rises"}]).status_code == 201
        assert service.client.post("/maps/bread/history/2/revert", headers=service.headers("append")).status_code == 201
        page = service.get("/maps/bread/page/history", headers={"Accept": "text/html"}).text
        assert "undid entry 2" in page
        assert "<b>by:append</b> added: " in page
        assert "<b>day-01.md</b> put: " in page
        assert page.count("data-undo") == 2  # the newest entry of each part
        older = service.get("/maps/bread/page/history?before=2", headers={"Accept": "text/html"}).text
        assert "entry-1" in older
        assert "entry-2" not in older
        past = service.get("/maps/bread/page/history?at=2", headers={"Accept": "text/html"}).text
        assert "data-undo" not in past
        assert "undid" not in past
