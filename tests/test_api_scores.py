"""Scores over HTTP: the numbers of the command line, as of a day too, page by page."""

from collections.abc import Iterator

import pytest

from conceptmap.shapes.scores import belief_shape, claim_shape, weighing_shape, what_if_shape
from services import Served, served

MAP = "/maps/bread"
CLAIM = "time-beats-kneading"


@pytest.fixture(scope="module")
def bread() -> Iterator[Served]:
    with served() as service:
        service.put_notes(1)
        service.put_notes(2)
        service.append(3, "nodes", [{"kind": "Claim", "label": "Salt slows it"}])
        yield service


def test_http_tells_what_the_command_line_tells(bread: Served) -> None:
    course = bread.atlas["bread"]
    view, claims = course.view(), course.claims()
    rows = claims.rows([*claims.scores, *claims.bare])
    voice = course.weigh(CLAIM).supports[0].node.id
    wanted = {
        f"{MAP}/scores": {"claims": list(map(claim_shape, rows)), "next": None},
        f"{MAP}/nodes/{CLAIM}/score": weighing_shape(view, course.weigh(CLAIM)),
        f"{MAP}/nodes/{CLAIM}/score?without={voice}": weighing_shape(view, course.weigh(CLAIM, [voice])),
        f"{MAP}/nodes/{CLAIM}/score/history": belief_shape(course.node(CLAIM), course.belief(CLAIM)),
        f"{MAP}/what-if?without={voice}": what_if_shape(view, course.what_if([voice])),
    }
    for address, shape in wanted.items():
        assert bread.get(address).json() == shape, address


def test_the_list_of_claims_comes_page_by_page(bread: Served) -> None:
    whole = bread.get(f"{MAP}/scores").json()["claims"]
    assert len(whole) > 1
    page = bread.get(f"{MAP}/scores?limit=1").json()
    assert page["claims"] == whole[:1]
    assert bread.get(f"{MAP}/scores?limit=1&cursor={page['next']}").json()["claims"] == whole[1:2]


def test_what_cannot_fall_is_refused_with_what_is_meant(bread: Served) -> None:
    answer = bread.get(f"{MAP}/what-if?without=yeast")
    assert answer.status_code == 400
    assert "speaks neither for nor against anything" in answer.json()["detail"]
    assert bread.get(f"{MAP}/what-if").status_code == 400
