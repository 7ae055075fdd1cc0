"""Learning over HTTP: plans, what can be learned next, and what the holder of a token keeps for themselves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from graphs.tokens import Scope, Tokens
from services import MAP, Served, served

NOTES = """---
course: bread
---
## Yeast
- kind:: Concept
- minutes:: 20
- goal:: explain why dough rises

## Dough
- requires:: [[Yeast]]
- minutes:: a while

## Loaf
- requires:: [[Dough]]

## TCP/IP
- kind:: Concept
"""
ME = f"{MAP}/learners/me"


@pytest.fixture
def service() -> Iterator[Served]:
    with served() as service:
        service.put_notes(2, NOTES)
        yield service


def bearer(service: Served, name: str, scope: Scope = "read", map: str | None = None) -> dict[str, str]:
    token = Tokens(service.atlas.ledger.log).create(name, scope, map=map)
    return {"Authorization": f"Bearer {token}"}


def ids(answer: httpx2.Response, key: str) -> list[str]:
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()[key]
    return [one["id"] for one in found]


def test_a_plan_is_read_without_a_token_as_for_one_who_has_learned_nothing(service: Served) -> None:
    answer = service.get(f"{MAP}/plan?node=Loaf&per_day=30")
    assert ids(answer, "steps") == ["yeast", "dough", "loaf"]
    shape = answer.json()
    assert (shape["minutes"], shape["untimed"]) == (20, ["dough", "loaf"])
    assert (shape["steps"][0]["goals"], shape["steps"][1]["unread"]) == (["explain why dough rises"], "a while")
    assert shape["days"] == [{"minutes": 20, "nodes": ["yeast", "dough", "loaf"]}]
    assert ids(service.get(f"{MAP}/next"), "nodes") == ["yeast", "tcp-ip"]
    assert ids(service.get(f"{MAP}/plan"), "steps") == ["yeast", "dough", "loaf", "tcp-ip"]


def test_the_holder_of_a_token_that_only_reads_keeps_what_they_have_learned(service: Served) -> None:
    ada = bearer(service, "ada")
    assert ids(service.client.put(f"{ME}/Yeast", headers=ada), "learned") == ["yeast"]
    assert ids(service.get(f"{MAP}/plan?node=loaf", headers=ada), "steps") == ["dough", "loaf"]
    found = service.get(f"{MAP}/next?limit=1", headers=ada)
    assert ids(found, "nodes") == ["dough"]
    assert (found.json()["nodes"][0]["unlocks"], found.json()["open"]) == (["loaf"], 2)
    (mark,) = service.get(ME, headers=ada).json()["learned"]
    assert (mark["marked"], mark["by"]) == ("yeast", "ada")
    again = service.client.put(f"{ME}/yeast", headers=ada).json()["learned"][0]
    assert again == mark
    assert ids(service.client.delete(f"{ME}/yeast", headers=ada), "learned") == []
    service.client.put(f"{ME}/dough", headers=ada)
    assert ids(service.client.delete(ME, headers=ada), "learned") == []


def test_nobody_sees_or_changes_what_another_has_learned(service: Served) -> None:
    ada, admin = bearer(service, "ada"), service.headers("admin")
    service.client.put(f"{ME}/yeast", headers=ada)
    for other in (bearer(service, "bob"), admin):
        assert ids(service.get(ME, headers=other), "learned") == []
        assert ids(service.get(f"{MAP}/plan?node=loaf", headers=other), "steps") == ["yeast", "dough", "loaf"]
        service.client.delete(f"{ME}/yeast", headers=other)
        service.client.delete(ME, headers=other)
        for method in ("GET", "PUT", "DELETE"):
            for path in (f"{MAP}/learners/ada", f"{MAP}/learners/ada/yeast", f"{ME}?learner=ada"):
                assert service.client.request(method, path, headers=other).status_code in (400, 404, 405)
    assert ids(service.get(ME, headers=ada), "learned") == ["yeast"]


@pytest.mark.parametrize("reads", ["open", "token"])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", ME), ("DELETE", ME), ("PUT", f"{ME}/yeast"), ("DELETE", f"{ME}/yeast")]
)
def test_nothing_is_kept_without_a_token(reads: str, method: str, path: str) -> None:
    with served(reads=reads) as service:
        service.put_notes(2, NOTES)
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            assert service.client.request(method, path, headers=headers).status_code == 401


def test_what_may_not_be_read_is_neither_planned_nor_marked() -> None:
    with served(reads="token") as service:
        service.put_notes(2, NOTES)
        wine = bearer(service, "wine-lover", map="wine")
        for method, path in (("GET", f"{MAP}/plan?node=loaf"), ("GET", f"{MAP}/next"), ("GET", ME), ("DELETE", ME)):
            assert service.client.request(method, path).status_code == 401
            assert service.client.request(method, path, headers=wine).status_code == 403
        assert service.client.put(f"{ME}/yeast", headers=wine).status_code == 403
        answer = service.get("/maps/wine/learners/me", headers=wine)
        assert (answer.status_code, "bread" in answer.text) == (404, False)


def test_answers_that_differ_by_reader_are_kept_by_no_cache(service: Served) -> None:
    ada = bearer(service, "ada")
    service.client.put(f"{ME}/yeast", headers=ada)
    address = f"{MAP}/plan?node=loaf"
    for headers, wanted in ((ada, 2), ({}, 3), (ada, 2), ({}, 3)):
        answer = service.get(address, headers=headers)
        assert len(answer.json()["steps"]) == wanted
        assert (answer.headers["cache-control"], "etag" in answer.headers) == ("private, no-store", False)


def test_marks_are_counted_among_writes() -> None:
    with served(write_rate=0.001, write_burst=2) as service:
        service.put_notes(2, NOTES)
        ada = bearer(service, "ada")
        statuses = [service.client.put(f"{ME}/yeast", headers=ada).status_code for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert service.get(ME, headers=ada).status_code == 200


def test_unknown_nodes_maps_and_parameters_are_told(service: Served) -> None:
    ada = bearer(service, "ada")
    assert "Yeast" in service.client.put(f"{ME}/Yest", headers=ada).json()["detail"]
    for method, path in (("PUT", f"{ME}/cheese"), ("DELETE", f"{ME}/cheese"), ("GET", f"{MAP}/plan?node=cheese")):
        assert service.client.request(method, path, headers=ada).status_code == 404
    for path in (f"{MAP}/plan?node=loaf&per_day=0", f"{MAP}/next?limit=0", f"{MAP}/next?learner=ada"):
        assert service.get(path).status_code == 400
    assert service.get("/maps/cheese/next").status_code == 404


def test_a_name_with_a_slash_can_be_marked(service: Served) -> None:
    ada = bearer(service, "ada")
    assert ids(service.client.put(f"{ME}/TCP%2FIP", headers=ada), "learned") == ["tcp-ip"]
    assert ids(service.client.delete(f"{ME}/TCP%2FIP", headers=ada), "learned") == []


def test_no_request_of_a_learner_changes_the_map(service: Served) -> None:
    ada, before = bearer(service, "ada"), service.get(f"{MAP}/history").json()
    digest = service.atlas["bread"].digest
    for method, path in (("PUT", f"{ME}/yeast"), ("DELETE", f"{ME}/yeast"), ("DELETE", ME), ("GET", f"{MAP}/next")):
        service.client.request(method, path, headers=ada)
    assert (service.get(f"{MAP}/history").json(), service.atlas["bread"].digest) == (before, digest)


def test_marks_over_http_are_those_of_the_command_line_under_the_same_name(tmp_path: Path) -> None:
    with served(f"sqlite:///{tmp_path}/maps.db") as service:
        service.put_notes(2, NOTES)
        service.client.put(f"{ME}/yeast", headers=bearer(service, "ada"))
        assert [one.node for one in service.atlas.learners.marks("bread", "ada")] == ["yeast"]
        assert (tmp_path / "learner.db").exists()


def test_a_damaged_file_of_marks_is_503_for_learners_alone(tmp_path: Path) -> None:
    (tmp_path / "learner.db").write_text("no database, but words " * 100)
    with served(f"sqlite:///{tmp_path}/maps.db") as service:
        service.put_notes(2, NOTES)
        ada = bearer(service, "ada")
        for answer in (service.get(ME, headers=ada), service.client.put(f"{ME}/yeast", headers=ada)):
            assert answer.status_code == 503
            assert answer.json()["title"] == "What learners have learned cannot be used"
            assert str(tmp_path) not in answer.text
        assert service.get(f"{MAP}/nodes/yeast").status_code == 200
        (tmp_path / "learner.db").unlink()
        assert service.client.put(f"{ME}/yeast", headers=ada).status_code == 200


def test_marks_can_be_deleted_when_the_map_has_ended(tmp_path: Path) -> None:
    with served(f"sqlite:///{tmp_path}/maps.db") as service:
        service.put_notes(2, NOTES)
        ada = bearer(service, "ada")
        service.client.put(f"{ME}/yeast", headers=ada)
        assert service.client.delete(MAP, headers=service.headers("admin", If_Match="*")).status_code == 200
        assert service.client.delete(ME, headers=bearer(service, "eve")).status_code == 404
        assert service.client.delete(ME, headers=ada).json()["learned"] == []
        assert service.atlas.learners.marks("bread", "ada") == []
        assert service.client.delete(ME, headers=ada).status_code == 404
