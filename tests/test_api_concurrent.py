"""Many clients at once: nothing lost, nothing half read, and readers wait for no writer."""

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import httpx2
import pytest

from api.workers import WriteWorkers
from conceptmap.notes.page.markdown import read_blocks
from conceptmap.rdf import read_documents, read_jsonld, read_turtle
from services import MAP, Served, running, served
from steps import watched

CLIENTS = 8
EACH = 6


@pytest.fixture
def file_service(tmp_path: Path) -> Iterator[tuple[Served, str]]:
    """A service on a file behind a real server."""
    with served(f"sqlite:///{tmp_path / 'maps.db'}", write_rate=0) as service, running(service.app) as url:
        yield service, url


def test_nothing_is_lost_when_many_write_to_one_day_while_others_read(file_service: tuple[Served, str]) -> None:
    service, url = file_service
    done = Event()

    def write(number: int) -> list[int]:
        with httpx2.Client(base_url=url, headers=service.headers("append"), timeout=30) as client:
            return [
                client.post(
                    f"{MAP}/days/1/nodes", json={"nodes": [{"kind": "Concept", "label": f"N {number} {turn}"}]}
                ).status_code
                for turn in range(EACH)
            ]

    def read(path: str) -> list[int]:
        sizes = []
        with httpx2.Client(base_url=url, timeout=30) as client:
            while not done.is_set():
                answer = client.get(f"{MAP}{path}")
                assert answer.status_code in (200, 404), answer.text
                if answer.status_code == 200:
                    sizes.append(len(answer.json()["nodes"]))
        return sizes

    with ThreadPoolExecutor(CLIENTS + 3) as pool:
        reading = [pool.submit(read, path) for path in ("/nodes?limit=1000", "/export.json", "/days/1")]
        statuses = [
            status for writer in [pool.submit(write, one) for one in range(CLIENTS)] for status in writer.result()
        ]
        done.set()
        sizes = [reader.result() for reader in reading]
    assert statuses == [201] * CLIENTS * EACH
    for seen in sizes:
        assert seen == sorted(seen), "a later read saw less than an earlier one"
    found = httpx2.get(f"{url}{MAP}/nodes?limit=1000").json()["nodes"]
    assert len(found) == CLIENTS * EACH + 1


def test_a_read_after_an_acknowledged_write_sees_it(file_service: tuple[Served, str]) -> None:
    service, url = file_service
    with httpx2.Client(base_url=url, headers=service.headers("append")) as client:
        for number in range(20):
            put = client.post(f"{MAP}/days/1/nodes", json={"nodes": [{"kind": "Concept", "label": f"N {number}"}]})
            assert put.status_code == 201
            for path in ("/nodes", "/export.json"):
                assert f"N {number}" in client.get(f"{MAP}{path}").text


def test_another_process_is_seen_at_once_also_by_ready_answers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'maps.db'}"
    with served(url) as here, served(url, named="there") as there:
        here.append(1, "nodes", [{"kind": "Concept", "label": "Yeast"}])
        assert len(there.get(f"{MAP}/nodes").json()["nodes"]) == 2
        assert len(there.get(f"{MAP}/nodes").json()["nodes"]) == 2
        here.append(1, "nodes", [{"kind": "Concept", "label": "Salt"}])
        assert len(there.get(f"{MAP}/nodes").json()["nodes"]) == 3


def test_one_key_is_done_once_however_many_send_it_at_once(file_service: tuple[Served, str]) -> None:
    service, url = file_service
    body = json.dumps({"nodes": [{"kind": "Concept", "label": "Yeast"}]})
    sent = service.headers("append", Idempotency_Key="same", Content_Type="application/json")

    def post(_: int) -> tuple[int, str]:
        answer = httpx2.post(f"{url}{MAP}/days/1/nodes", content=body, headers=sent)
        return answer.status_code, answer.text

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = set(pool.map(post, range(CLIENTS)))
    assert len(answers) == 1 and {status for status, _ in answers} == {201}


def test_of_two_that_replace_the_same_revision_one_is_refused(file_service: tuple[Served, str]) -> None:
    service, url = file_service
    service.put_notes(2)
    sent = service.headers("admin", If_Match='"r1"', Content_Type="text/markdown")

    def put(number: int) -> int:
        return httpx2.put(f"{url}{MAP}/days/2", content=f"## Claim: C {number}\n", headers=sent, timeout=30).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(put, range(4))) == [200, 412, 412, 412]


FORMS: dict[str, tuple[str, Callable[..., object], dict[str, str], bytes]] = {
    "notes": (f"{MAP}/days/3", read_blocks, {"Content-Type": "text/markdown"}, b"## Claim: Time beats kneading\n"),
    "Turtle": (f"{MAP}/days/3", read_turtle, {"Content-Type": "text/turtle"}, b""),
    "a day as JSON-LD": (f"{MAP}/days/3", read_jsonld, {"Content-Type": "application/ld+json"}, b""),
    "a map": (MAP, read_documents, {"Content-Type": "application/ld+json", "If-Match": "*"}, b""),
    "a graph": (f"{MAP}/rdf-graphs?graph=days/3", read_turtle, {"Content-Type": "text/turtle"}, b""),
    "a form": (
        f"{MAP}/page/add/notes",
        read_blocks,
        {"Content-Type": "application/x-www-form-urlencoded"},
        b"notes=%23%23+Claim%3A+A&on=3&step=look&part=",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_sent_is_read_before_it_is_its_turn_to_be_written(form: str) -> None:
    path, reads, headers, body = FORMS[form]
    states: list[WriteWorkers] = []
    with watched(reads, lambda: (states[0].is_writing("bread"), is_in_event_loop())) as found, served() as service:
        states.append(service.app.state.service.writers)
        verb = "POST" if form == "a form" else "PUT"
        answer = service.client.request(verb, path, content=body, headers=service.headers("admin") | headers)
    assert answer.status_code in (200, 201, 400), answer.text
    assert found, "it was not read"
    assert set(found) == {(False, False)}


def is_in_event_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def test_a_writer_whose_notes_are_long_holds_no_other_writer_of_the_map(tmp_path: Path) -> None:
    long = "".join(f"## Topic {number}\nIt requires topic {number - 1}.\n\n" for number in range(2_000))
    ended: list[str] = []
    begun = Event()

    def write(what: str, verb: str, path: str, **sent: Any) -> int:
        answer = httpx2.request(verb, f"{url}{MAP}{path}", timeout=60, **sent)
        ended.append(what)
        return answer.status_code

    with (
        watched(read_blocks, begun.set),
        served(f"sqlite:///{tmp_path / 'maps.db'}") as service,
        running(service.app) as url,
        ThreadPoolExecutor(1) as pool,
    ):
        notes = {"content": long.encode(), "headers": service.headers("admin", Content_Type="text/markdown")}
        putting = pool.submit(write, "long", "PUT", "/days/3", **notes)
        assert begun.wait(30)
        yeast = {"json": {"nodes": [{"kind": "Concept", "label": "Yeast"}]}, "headers": service.headers("append")}
        assert write("short", "POST", "/days/1/nodes", **yeast) == 201
        assert putting.result() == 201
        assert ended == ["short", "long"]
        assert len(service.get(f"{MAP}/days").json()["days"]) == 2
