"""A store that goes away, is replaced or damaged under a running service: always told as what it is."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from services import MAP, Served, served

READS = (
    "/maps",
    MAP,
    f"{MAP}/days",
    f"{MAP}/days/2",
    f"{MAP}/days/2.md",
    f"{MAP}/nodes",
    f"{MAP}/nodes/yeast",
    f"{MAP}/nodes/yeast/requirements",
    f"{MAP}/ask?q=what+is+yeast%3F",
    f"{MAP}/export.trig",
    f"{MAP}/diagram.svg",
    f"{MAP}/diff?from=0&to=2",
    f"{MAP}/history",
    f"{MAP}/rdf-graphs?default",
    f"{MAP}/sparql?query=ASK+%7B%7D",
    "/metrics",
    "/health/ready",
)
PAGES = ("/", f"{MAP}/page", f"{MAP}/page/history?focus=yeast", f"{MAP}/page/add", f"{MAP}/page/changes")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def removed(folder: Path) -> None:
    """All files of the store are gone."""
    for file in folder.iterdir():
        file.unlink()


def moved(folder: Path) -> None:
    """The folder has another name."""
    folder.rename(folder.with_name("elsewhere"))


def replaced(folder: Path) -> None:
    """Another database stands in the place of the store."""
    other = folder / "other.db"
    with closing(sqlite3.connect(other)) as raw:
        raw.execute("CREATE TABLE x (y)")
    os.replace(other, folder / "store.db")


def no_folder(folder: Path) -> None:
    """A file stands where its folder was."""
    shutil.rmtree(folder)
    folder.write_text("")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "store").mkdir()
    return tmp_path / "store"


@pytest.fixture
def service(folder: Path) -> Iterator[Served]:
    with served(f"sqlite:///{folder}/store.db") as service:
        service.put_notes(2)
        yield service


@pytest.mark.parametrize("harm", [removed, moved, replaced, no_folder], ids=lambda one: one.__name__)
def test_a_store_that_is_not_there_is_told_by_every_address(
    service: Served, folder: Path, harm: Callable[[Path], None]
) -> None:
    kept = {path: service.get(path) for path in (*READS, *PAGES)}
    assert {path: one.status_code for path, one in kept.items() if one.status_code != 200} == {}
    again = {path: service.get(path) for path in kept}
    harm(folder)
    for path in READS:
        tag = again[path].headers.get("etag")
        for method, headers in (("GET", {}), ("HEAD", {}), ("GET", {"If-None-Match": tag} if tag else {})):
            answer = service.client.request(method, path, headers=headers)
            said = (answer.status_code, answer.headers["content-type"], answer.headers["cache-control"])
            assert said == (503, "application/problem+json", "no-store"), (path, method, headers)
            if method == "GET":
                assert answer.json()["detail"].startswith("the store")
                assert str(folder) not in answer.text
    for path in PAGES:
        for method in ("GET", "HEAD"):
            answer = service.client.request(method, path, headers={"Accept": BROWSER})
            assert (answer.status_code, answer.headers["content-type"]) == (503, "text/html; charset=utf-8"), path
    assert service.get("/health/live").status_code == 200
    written = service.append(2, "nodes", [{"id": "rye", "kind": "Concept", "label": "Rye"}])
    assert (written.status_code, written.headers["content-type"]) == (503, "application/problem+json")
    form = {"label": "Rye", "kind": "Concept", "day": "2"}
    sent = service.client.post(f"{MAP}/page/add/node", data=form, headers=service.headers("append", Accept=BROWSER))
    assert (sent.status_code, sent.headers["content-type"]) == (503, "text/html; charset=utf-8")


def test_what_was_moved_back_is_served_again(service: Served, folder: Path) -> None:
    before = service.get(f"{MAP}/days")
    folder.rename(folder.with_name("elsewhere"))
    assert service.get(f"{MAP}/days").status_code == 503
    folder.with_name("elsewhere").rename(folder)
    assert service.get(f"{MAP}/days").content == before.content
    assert service.append(2, "nodes", [{"id": "rye", "kind": "Concept", "label": "Rye"}]).status_code in (200, 201)


def test_a_script_that_takes_a_page_too_is_told_in_json(service: Served, folder: Path) -> None:
    moved(folder)
    answer = service.get(f"{MAP}/page/regions", headers={"Accept": "application/json, text/html;q=0.1"})
    assert (answer.status_code, answer.json()["status"]) == (503, 503)


def test_what_was_read_of_a_store_that_is_damaged_since_is_as_it_was_or_is_told_as_damaged(
    service: Served, folder: Path
) -> None:
    kept = {path: service.get(path) for path in READS}
    (folder / "store.db-wal").write_bytes(b"")
    with (folder / "store.db").open("r+b") as file:
        file.write(b"garbage!" * 1000)
    for path, before in kept.items():
        answer = service.get(path)
        assert answer.status_code in (200, 500)
        if answer.status_code == 500:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["type"] == "/docs#store-corrupted"
        elif path != "/metrics":
            assert answer.content == before.content
