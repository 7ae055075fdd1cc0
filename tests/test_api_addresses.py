"""Addresses: names in them, with whatever signs, lead to their nodes, and handlers are called with what they hold."""

import re
from collections.abc import Iterator
from typing import Annotated
from urllib.parse import quote

import pytest
from fastapi import Depends, FastAPI, Query
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient

from api.arguments import arguments_of
from api.parameters import careful
from api.routes import router_of_all
from services import MAP, Served, served

NAMES = (
    "TCP/IP",
    "What is 50% of A&B?",
    "50%2F",
    "Kasvi:jälkielin",
    "v1.0.",
    "Ä/ö#ü",
    "a/../b",
    "x/requirements",
    "package.json",
    "/",
)
NOTES = "".join(f"## {name}\n- kind:: Concept\n- about:: [[End]]\n\n" for name in NAMES) + "## End\n"


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with served() as service:
        assert service.put_notes(1, NOTES).status_code == 201
        yield service


@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_to_its_node_on_every_route(service: Served, name: str) -> None:
    escaped = quote(name, safe="")
    shown = service.get(f"{MAP}/nodes/{escaped}")
    assert (shown.status_code, shown.json()["label"]) == (200, name)
    reads = [f"/{one}" for one in ("requirements", "supporters", "opponents", "path?to=End")]
    answers = [service.get(f"{MAP}/nodes/{escaped}{rest}") for rest in reads]
    assert {one.status_code for one in answers} == {200}
    assert all(shown.json()["id"] in one.text for one in answers)
    for path in (f"diagram.svg?focus={escaped}", f"page?focus={escaped}", f"nodes/End/path?to={escaped}"):
        assert service.get(f"{MAP}/{path}").status_code == 200
    for what, body in (("rename", {"label": "Other"}), ("merge", {"into": "End"})):
        path = f"{MAP}/nodes/{escaped}/{what}?dry_run=true"
        assert service.client.post(path, json=body, headers=service.headers("append")).status_code == 200


def test_what_is_kept_of_a_name_with_a_slash_is_not_what_is_kept_of_two_pieces(service: Served) -> None:
    for _ in range(2):
        assert service.get(f"{MAP}/nodes/TCP%2FIP").json()["id"] == "tcp-ip"
        assert service.get(f"{MAP}/nodes/tcp%2fip").json()["id"] == "tcp-ip"
        assert service.get(f"{MAP}/nodes/TCP/IP").status_code == 404
        assert service.client.head(f"{MAP}/nodes/TCP%2FIP").status_code == 200
    counted = service.get("/metrics").text
    assert 'conceptmap_requests_total{method="HEAD",route="/maps/{map}/nodes/{node}",status="200"}' in counted


@pytest.mark.parametrize(
    "path", [f"{MAP}/nodes/%", f"{MAP}/nodes/%zz", f"{MAP}/nodes/%ff", f"{MAP}/nodes/a%00b", "/maps/a%2Fb"]
)
def test_what_names_nothing_is_not_found(service: Served, path: str) -> None:
    answer = service.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_slash_in_the_name_of_a_new_map_is_said(service: Served) -> None:
    sent = service.headers("admin", Content_Type="text/markdown")
    answer = service.client.put("/maps/a%2Fb/days/1", content=b"## A\n", headers=sent)
    assert (answer.status_code, "'a/b' cannot name a map" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize("path", ["days/２", "days/２.ttl", "nodes?as_of=２", "nodes?at=２", "diff?from=0&to=２"])
def test_digits_of_full_width_are_no_day(service: Served, path: str) -> None:
    assert service.get(f"{MAP}/{path}").status_code == 400


# --- What handlers are called with


async def _number(number: Annotated[int | None, Query(ge=1)] = None) -> int:
    return number or 7


async def _echo(request: Request, name: str, number: Annotated[int, Depends(_number)], flag: bool = False) -> Response:
    return JSONResponse([request.url.path, name, number, flag])


@pytest.mark.parametrize(
    "query",
    ["", "number=3", "number=3&number=4", "number=0", "number=", "flag=yes", "flag=maybe&number=2", "flag=1&flag=0"],
)
def test_a_handler_is_called_with_what_the_framework_would_read(query: str) -> None:
    answers = []
    for route in (APIRoute, careful(strict=True)):
        app = FastAPI()
        app.router.add_api_route("/{name}", _echo, route_class_override=route)
        with TestClient(app) as client:
            answers.append(client.get(f"/a%20b?{query}"))
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].json() == answers[1].json()


def test_what_is_asked_most_is_called_without_the_framework() -> None:
    routes = [one for one in router_of_all().routes if isinstance(one, APIRoute)]
    node = "/maps/{map}/nodes/{node}"
    wanted = {"/maps/{map}/ask", "/maps/{map}/nodes", node, f"{node}/supporters", f"{node}/requirements"}
    assert wanted <= {one.path for one in routes if arguments_of(one.dependant)}


WRONG = ("", "\uff11", "-7", "9" * 30, "1e999", "x" * 40_000, ["1"] * 300)
OF_A_LIBRARY = re.compile(r"should|[Ii]nput|validation|pattern|Field required")
"""Words that no person is told: they are those of the library that reads values."""
ROUTES = [one for one in router_of_all().routes if isinstance(one, APIRoute)]
VALUES = {(one.alias, repr(one.field_info)): route for route in ROUTES for one in get_flat_params(route.dependant)}
"""Each value that a request may have, however many addresses take it, with one of these."""


@pytest.mark.parametrize(("value", "route"), VALUES.items(), ids=[name for name, _ in VALUES])
def test_wrong_values_are_told_in_words_of_our_own(service: Served, value: tuple[str, str], route: APIRoute) -> None:
    names = {one.alias: "1" for one in get_flat_params(route.dependant)} | {"map": "bread"}
    for wrong in WRONG:
        given = names | {value[0]: wrong}
        address = route.path
        for name in route.param_convertors:
            address = re.sub(rf"{{{name}[^}}]*}}", quote(str(given.pop(name))[:300], ""), address)
        method = "".join(route.methods or ())
        answer = service.client.request(method, address, params=given, headers=service.headers("read"))
        assert answer.status_code < 500
        if answer.headers["content-type"] == "application/problem+json":
            assert not OF_A_LIBRARY.search(answer.json()["detail"]), answer.json()["detail"]
