"""Learning on the page: lists for everybody, marks for the holder of a token alone, and plans by days."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx2
import pytest

from services import MAP, Served, served

PAGE = f"{MAP}/page/learn"
TIMES = """---
title: How long it takes
course: bread
---
## Fermentation
- minutes:: 30
- goal:: explain why dough rises

## Yeast
- minutes:: 20
"""


@pytest.fixture
def service() -> Iterator[Served]:
    """A service with two days of a map."""
    with served() as service:
        assert service.put_notes(2).status_code == 201
        assert service.put_notes(3, TIMES).status_code == 201
        yield service


def send(service: Served, /, **fields: str | list[str]) -> httpx2.Response:
    """A form sent without a script, with the token among its fields."""
    body = urlencode({"token": service.tokens["read"], **fields}, doseq=True).encode()
    return service.client.post(PAGE, content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})


def offered(html: str, field: str) -> list[str]:
    return re.findall(rf'name="{field}" value="([^"]+)"', html)


def test_the_page_of_everybody_lists_what_one_who_begins_can_learn(service: Served) -> None:
    page = service.get(PAGE)
    assert "yeast" in offered(page.text, "learn")
    assert "fermentation" not in offered(page.text, "learn")
    assert "20 min · opens the way to 1, at once to Fermentation" in page.text


def test_marks_are_saved_without_a_script_and_seen_by_their_holder_alone(service: Served) -> None:
    before = service.get(f"{MAP}/page?focus=yeast").text
    saved = send(service, learn=["yeast"], do="save")
    assert saved.status_code == 200
    assert saved.headers["cache-control"] == "no-store"
    assert "1 marked as learned" in saved.text
    assert "fermentation" in offered(saved.text, "learn")
    assert offered(saved.text, "unlearn") == ["yeast"]
    assert service.tokens["read"] not in saved.text
    assert service.get(f"{MAP}/page?focus=yeast").text == before
    mine = service.get(f"{PAGE}/mine?card=fermentation", headers=service.headers("append"))
    assert "Not yet: 1 to learn before it" in mine.text
    assert "fermentation" in offered(
        service.get(f"{MAP}/page/learn/mine", headers=service.headers("read")).text, "learn"
    )
    assert "1 no longer marked" in send(service, unlearn=["yeast"], do="save").text


def test_a_card_says_whether_its_node_is_learned_can_be_or_what_is_missing(service: Served) -> None:
    assert "data-learning=" in service.get(f"{MAP}/page?focus=fermentation").text
    assert "data-learning=" not in service.get(f"{MAP}/page?focus=day-2").text
    marked = send(service, learn="yeast", card="yeast")
    assert "You have learned this" in marked.text
    assert 'data-learned="yeast"' in marked.text
    mine = service.get(f"{PAGE}/mine?card=fermentation", headers=service.headers("read"))
    assert "You can learn this now" in mine.text
    assert mine.headers["cache-control"] == "no-store"


def test_marks_need_a_token(service: Served) -> None:
    assert send(service, token="", learn="yeast").status_code == 401
    assert send(service, token="wrong", learn="yeast").status_code == 401
    assert service.get(f"{PAGE}/mine").status_code == 401
    assert send(service, learn="no such node").status_code == 404


def test_a_plan_stands_by_days_and_says_what_is_wrong_with_what_was_asked(service: Served) -> None:
    plan = service.get(f"{PAGE}?for=Fermentation&per_day=35").text
    assert re.findall(r"Study day (\d)", plan) == ["1", "2"]
    assert "2 to learn for <b>Fermentation</b>, 50 min" in plan
    assert "To be able to: explain why dough rises" in plan
    wrong = service.get(f"{PAGE}?for=Fermentatoin&per_day=-3").text
    assert 'aria-describedby="plan-for-error"' in wrong
    assert "A number of minutes from 1 to 1440" in wrong
