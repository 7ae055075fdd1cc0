"""The event loop stays free: what grows with the map or with a body is done elsewhere, and nobody has all of it."""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import pytest

from ontology.model import Document, Edge, Node, Origin
from services import MAP, Json, Served, running, served

SIZES = 1200, 3600
FEW = 1000
"""Calls by which two runs of one request may differ, by more turns of threads; the maps differ by 2,400 nodes."""
READS = [
    "",
    "/export.json",
    "/export.ttl",
    "/export.trig",
    "/export.jsonld",
    "/nodes?limit=1000",
    "/nodes?kind=Claim&limit=1000",
    "/nodes?q=number",
    "/nodes/hub",
    "/nodes/hub?as_of=1",
    "/nodes/nothing-like-it",
    "/nodes/hub/supporters",
    "/nodes/hub/supporters?as_of=1",
    "/nodes/hub/opponents",
    "/nodes/hub/requirements",
    "/nodes/n-0/path?to=n-9",
    "/scores",
    "/what-if?without=n-0",
    "/nodes/hub/score",
    "/nodes/hub/score/history",
    f"/ask?q={quote('what supports hub?')}",
    f"/ask?q={quote('which claims have no evidence?')}",
    f"/ask?q={quote('what supports sourdough?')}",
    "/completions?q=what",
    "/questions",
    "/checks",
    "/diagram.dot?focus=hub",
    "/diagram.txt?all=true",
    "/diff?from=0&to=1",
    "/days",
    "/days/1",
    "/days/1.ttl",
    "/days/1.jsonld",
    "/history",
    "/rdf-graphs?default",
    "/rdf-graphs?graph=days/1",
    "/sparql",
    "/page/positions",
    "/page/compare",
    "/page/claims",
    "/page/claim?focus=hub",
    "/page/changes?from=0&to=1",
    "/page/add",
    "/page/add/choices?words=n",
    "/page/write",
    "/page/history?focus=hub",
]


def documents(size: int) -> list[Document]:
    """A claim that all others support, and each of them the next one too."""
    names = [f"n-{number}" for number in range(size)]
    nodes = [Node(id=name, kind="Claim", label=f"Number {name}") for name in names]
    edges = [Edge(source=name, relation="supports", target="hub") for name in names]
    origin = Origin(quote="As the note says.", how="stated")
    hub = Node(id="hub", kind="Claim", label="Hub", origin=origin)
    return [Document(map="bread", day=1, part="notes", nodes=(hub, *nodes), edges=tuple(edges))]


@pytest.fixture(scope="module")
def services() -> Iterator[list[Served]]:
    """Services on maps of several sizes; they keep no answers."""
    with served(cache_bytes=0, write_rate=0) as one, served(cache_bytes=0, write_rate=0) as other:
        for service, size in zip((one, other), SIZES, strict=True):
            service.atlas["bread"].replace(documents(size))
            service.atlas.warm()
        yield [one, other]


@contextmanager
def counting(service: Served) -> Iterator[list[int]]:
    """How many calls the thread of a service's event loop makes; only what it does between two requests is left out."""
    calls = [0]

    def count(_frame: FrameType, event: str, _of: object) -> None:
        calls[0] += event in ("call", "c_call")

    portal = service.client.portal
    assert portal is not None
    portal.call(sys.setprofile, count)
    try:
        yield calls
    finally:
        portal.call(sys.setprofile, None)


def calls_of(service: Served, method: str, path: str, **sent: Any) -> int:
    """The calls in the event loop for a request, the second time: the first one imports and makes indexes."""
    service.client.request(method, path, **sent)
    with counting(service) as calls:
        answer = service.client.request(method, path, **sent)
    assert answer.status_code < 500, answer.text
    return calls[0]


@pytest.mark.parametrize("path", READS)
def test_what_grows_with_the_map_is_not_read_in_the_event_loop(services: list[Served], path: str) -> None:
    small, large = (calls_of(service, "GET", MAP + path) for service in services)
    assert large <= small + FEW


def bodies(count: int) -> dict[str, Json]:
    """Requests whose bodies have so many things in them."""
    lines = "".join(f"## Claim: Statement {number}\n- about:: [[Topic]]\n\n" for number in range(count))
    notes = f"## Topic\n- kind:: Concept\n\n{lines}"
    nodes = [{"kind": "Concept", "label": f"Thing {number}"} for number in range(count)]
    wrong = [{"kind": 1, "label": "", "more": number} for number in range(count)]
    fields = urlencode({"notes": notes, "on": "1", "part": "y"})
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return {
        "PUT /days/7?dry_run=true": {"content": notes, "headers": {"Content-Type": "text/markdown"}},
        "PUT /days/8?dry_run=true": {"content": "## Clam: a\n" * count, "headers": {"Content-Type": "text/markdown"}},
        "POST /days/7/nodes?dry_run=true": {"json": {"nodes": nodes}},
        "POST /days/8/nodes?dry_run=true": {"json": {"nodes": wrong}},
        "POST /page/add/notes": {"content": fields, "headers": form},
        "POST /page/add/node": {"content": "&".join(["about=a"] * count), "headers": form},
        "POST /sparql": {"content": "query=" + "%20" * 50 * count, "headers": form},
    }


@pytest.mark.parametrize("request_line", bodies(0))
def test_what_grows_with_a_body_is_not_done_in_the_event_loop(services: list[Served], request_line: str) -> None:
    method, path = request_line.split()
    service = services[0]
    found = []
    for count in (50, 1050):
        sent = bodies(count)[request_line]
        sent["headers"] = {**service.headers("admin"), **sent.get("headers", {})}
        found.append(calls_of(service, method, MAP + path, **sent))
    few, many = found
    assert many <= few + FEW


def test_a_question_that_takes_too_long_is_ended_and_said_so() -> None:
    with served(cache_bytes=0, read_seconds=0.000001) as service:
        service.atlas["bread"].replace(documents(40))
        answer = service.get(f"{MAP}/ask?q={quote('which claims have no evidence?')}")
        assert answer.status_code == 503
        assert answer.json()["title"] == "The answer took too long"
        assert int(answer.headers["Retry-After"]) > 0
        assert service.get(f"{MAP}/nodes/n-3").status_code == 200  # what is small is read at once


def test_one_client_has_no_more_than_its_share_of_what_waits() -> None:
    with served(cache_bytes=0) as service, running(service.app) as url:
        service.atlas["bread"].replace(documents(300))

        def ask(number: int) -> int:
            return httpx2.get(f"{url}{MAP}/export.trig?as_of={number + 1}", timeout=60).status_code

        with ThreadPoolExecutor(60) as pool:
            statuses = list(pool.map(ask, range(60)))
        assert set(statuses) == {200, 503}
        assert service.get(f"{MAP}/export.trig").status_code == 200


def test_a_body_of_many_mistakes_tells_of_the_first_hundred(services: list[Served]) -> None:
    wrong = [{"kind": "Nope", "label": ""}] * 3000
    sent = {**services[0].headers("append"), "Content-Type": "application/json"}
    answer = services[0].client.post(f"{MAP}/days/1/nodes", content=json.dumps({"nodes": wrong}), headers=sent)
    assert answer.status_code == 400
    problems = answer.json()["problems"]
    assert len(problems) == 101
    assert problems[7]["pointer"] == "/nodes/3/label"
    assert "more like these" in problems[-1]["what"]


def test_a_list_of_a_million_numbers_is_read_and_refused(services: list[Served]) -> None:
    sent = {**services[0].headers("append"), "Content-Type": "application/json"}
    answer = services[0].client.post(f"{MAP}/days/1/nodes", content=b"[" + b"1," * 600_000 + b"1]", headers=sent)
    assert answer.status_code == 400
