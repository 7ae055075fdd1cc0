"""Renaming and merging over HTTP, and the way from an old id to the node."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from services import MAP, Served, served

NOTES = "## Rising\nThe dough grows.\n- requires:: [[Yeast]]\n"


@pytest.fixture
def service() -> Iterator[Served]:
    with served() as service:
        assert service.put_notes(1).status_code == 201
        assert service.put_notes(2, NOTES).status_code == 201
        yield service


def post(service: Served, node: str, what: str, body: Any, query: str = "", **headers: str) -> httpx2.Response:
    sent = service.headers("append", **headers)
    return service.client.post(f"{MAP}/nodes/{node}/{what}{query}", json=body, headers=sent)


def test_a_renamed_node_keeps_its_address(service: Served) -> None:
    answer = post(service, "rising", "rename", {"label": "Proofing"})
    assert (answer.status_code, answer.headers["location"]) == (201, f"{MAP}/days/2?part=by%3Aappend")
    card = service.get(f"{MAP}/nodes/rising").json()
    assert (card["id"], card["label"], card["aliases"]) == ("rising", "Proofing", ["Rising"])
    assert service.get(f"{MAP}/ask?q=what+does+rising+require").json()["answers"][0]["id"] == "yeast"


def test_the_address_of_a_merged_node_leads_to_the_other_for_the_same_moment(service: Served) -> None:
    assert post(service, "Rising", "merge", {"into": "fermentation"}).status_code == 201
    for path in ("?", ".json?", "/requirements?", "/supporters?", "/opponents?", "/path?to=yeast&"):
        old = service.get(f"{MAP}/nodes/rising{path}as_of=2", follow_redirects=False)
        assert (old.status_code, old.headers["location"]) == (301, f"{MAP}/nodes/fermentation{path}as_of=2")
        assert old.headers["cache-control"] == "no-store"
    assert service.get(f"{MAP}/nodes/rising").json()["id"] == "fermentation"
    assert service.get(f"{MAP}/nodes/Rising").json()["aliases"] == ["Rising"]
    assert service.get(f"{MAP}/nodes/rising?at=2").json()["id"] == "rising"


def test_a_page_with_the_old_id_leads_to_one_with_the_new(service: Served) -> None:
    post(service, "rising", "merge", {"into": "fermentation"})
    for page in ("page", "page/regions", "page/history"):
        old = service.get(f"{MAP}/{page}?as_of=2&focus=rising&view=near", follow_redirects=False)
        assert (old.status_code, old.headers["location"]) == (
            301,
            f"{MAP}/{page}?as_of=2&view=near&focus=fermentation",
        )
    assert service.get(f"{MAP}/page?focus=rising", headers={"Accept": "text/html"}).status_code == 200


def test_both_are_contributions_like_others(service: Served) -> None:
    for what, body in (("rename", {"label": "Proofing"}), ("merge", {"into": "fermentation"})):
        path = f"{MAP}/nodes/rising/{what}"
        assert service.client.post(path, json=body).status_code == 401
        assert service.client.post(path, json=body, headers=service.headers("read")).status_code == 403
        sent = service.headers("append", Content_Type="text/turtle")
        assert service.client.post(path, content=b"", headers=sent).status_code == 415
        assert post(service, "rising", what, {"name": "x"}).status_code == 400
        assert post(service, "nothing", what, body).status_code == 404
        assert post(service, "rising", what, body, "?dry_run=true").json()["entries"] == []
        first = post(service, "rising", what, body, Idempotency_Key=what)
        again = post(service, "rising", what, body, Idempotency_Key=what)
        assert again.json() == first.json() and again.headers["idempotency-replayed"] == "true"
        assert again.headers["location"] == first.headers["location"]
        assert post(service, "rising", what, body).json()["parts"] == []
        undone = service.client.post(
            f"{MAP}/history/{first.json()['entries'][0]}/revert", headers=service.headers("append")
        )
        assert undone.status_code == 201, undone.text


def test_a_write_that_the_map_does_not_allow_says_what_to_do(service: Served) -> None:
    taken = post(service, "rising", "rename", {"label": "Yeast"})
    assert (taken.status_code, "merge rising yeast" in taken.json()["detail"]) == (409, True)
    kinds = post(service, "rising", "merge", {"into": "time-beats-kneading"})
    assert (kinds.status_code, "a node has one kind" in kinds.json()["detail"]) == (409, True)
