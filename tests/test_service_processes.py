"""The service as processes: many workers on one store, and what is left when one is stopped, killed or has no room."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest

from dialogues import in_process
from graphs.backends import Connection, _SqliteConnection
from graphs.log import open_log
from servers import PROGRAM, Server, new_token, serving
from services import served

WRITERS = 8
YEAST = {"id": "yeast", "kind": "Concept", "label": "Yeast"}
LABELS = "SELECT ?l { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('store')}/store.db"
    made: str = request.getfixturevalue("new_schema")()
    return made.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(scope="module")
def server(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two workers on one store."""
    token = new_token(store, "ada", "append")
    with serving(store, tmp_path_factory.mktemp("log"), "--workers", "2", token=token) as server:
        yield server


@contextmanager
def _one_to_each_worker(server: Server) -> Iterator[list[HTTPConnection]]:
    """A connection to each of the two workers: a connection stays with the worker that took it."""
    with closing(server.connection()) as first, closing(server.connection()) as second:
        one = _answerer(server, first)
        # Which of the two takes the next connection is left to chance, and may be the same again and again: so only
        # the other one is awake, and the process over both does not find that one asleep.
        with _asleep(server.process.pid, one):
            other = _answerer(server, second)
        assert one != other
        yield [first, second]


def _answerer(server: Server, connection: HTTPConnection) -> int:
    """The process that answers on a connection."""
    name = f"who-{uuid4()}"
    server.ask("/maps", over=connection, X_Request_ID=name)
    for _ in range(1000):
        for line in server.lines():
            if line.get("request") == name:
                return int(line["process"])
        time.sleep(0.02)
    raise AssertionError(f"who answered is not in the log: {server.log}")


@contextmanager
def _asleep(*processes: int) -> Iterator[None]:
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in reversed(processes):
            os.kill(process, signal.SIGCONT)


def test_a_read_after_an_acknowledged_write_sees_it_in_every_worker(server: Server) -> None:
    with _one_to_each_worker(server) as connections:
        for number in range(10):
            node = f"seen-{number}"
            assert server.append("bread", 1, node, over=connections[number % 2]).status in (200, 201)
            read = [server.ask(f"/maps/bread/nodes/{node}", over=one).status for one in connections]
            assert read == [200, 200]


def test_a_sparql_query_sees_every_acknowledged_write_in_every_worker(server: Server) -> None:
    with _one_to_each_worker(server) as connections:
        for number in range(3):
            assert server.append("bread", 1, f"queried-{number}").status in (200, 201)
            for one in connections:
                answer = server.ask(f"/maps/bread/sparql?query={quote(LABELS)}", over=one)
                assert f"queried-{number}" in {row["l"]["value"] for row in answer.json["results"]["bindings"]}


def test_writers_on_one_day_lose_nothing(server: Server) -> None:
    nodes = [[f"w{writer}-{number}" for number in range(6)] for writer in range(WRITERS)]

    def write(names: list[str]) -> set[int]:
        return {server.append("tea", 1, name).status for name in names}

    with ThreadPoolExecutor(WRITERS) as pool:
        assert set().union(*pool.map(write, nodes)) <= {200, 201}
    found = {node["id"] for node in server.ask("/maps/tea/days/1").json["nodes"]}
    assert {name for names in nodes for name in names} <= found


def test_metrics_are_sums_over_all_workers(server: Server) -> None:
    for _ in range(20):
        server.ask("/maps")
    seen = [_counted(server.ask("/metrics").body.decode()) for _ in range(8)]
    assert min(seen) >= 20
    assert seen == [seen[0]] * 8


def _counted(text: str) -> float:
    wanted = 'conceptmap_requests_total{method="GET",route="/maps",status="200"}'
    return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith(wanted))


# --- Stopped, killed


def _append_until_gone(server: Server, name: str) -> list[str]:
    acknowledged: list[str] = []
    for number in count():
        try:
            answer = server.append("bread", number % 5, f"{name}-{number}", timeout=20)
        except (OSError, HTTPException):
            return acknowledged
        assert answer.status in (200, 201), answer.body
        acknowledged.append(f"{name}-{number}")
    raise AssertionError


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_every_acknowledged_write_is_there_however_the_service_ends(tmp_path: Path, how: signal.Signals) -> None:
    store = f"sqlite:///{tmp_path}/store.db"
    token = new_token(store, "ada", "append")
    with serving(store, tmp_path, token=token, write_rate="0") as server, ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(_append_until_gone, server, f"w{number}") for number in range(3)]
        time.sleep(0.5)
        os.killpg(server.process.pid, how)
        assert server.process.wait(20) == (0 if how == signal.SIGTERM else -how)
        acknowledged = {node for writer in writers for node in writer.result()}
    with closing(open_log(store)) as log:
        log.verify()
        stored = {node.id for entry in log.entries("bread") if entry.document for node in entry.document.nodes}
    assert acknowledged
    assert acknowledged <= stored
    if how == signal.SIGTERM:
        assert not [line for line in server.lines() if line["level"] == "error"]


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("to_all", [False, True])
def test_a_service_that_is_told_to_stop_ends_with_0_and_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str, to_all: bool
) -> None:
    store, folder = f"sqlite:///{tmp_path}/store.db", tmp_path / "temporary"
    token = new_token(store, "ada", "append")
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with serving(store, tmp_path, "--workers", workers, token=token) as server:
        assert server.append("bread", 1, "yeast").status == 201
        assert server.ask("/maps/bread/sparql?query=" + quote(LABELS)).status == 200
        assert server.ask("/metrics").status == 200
        if to_all:
            os.killpg(server.process.pid, signal.SIGTERM)
        else:
            server.process.terminate()
        assert server.process.wait(20) == 0
    assert list(folder.iterdir()) == []
    assert not [line for line in server.lines() if line["level"] == "error"]
    assert "Traceback" not in server.log.read_text()


def test_a_service_that_is_told_to_stop_while_it_starts_ends_with_0(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/store.db"
    new_token(store, "ada", "append")
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--store", store, "--port", "0"], stderr=subprocess.PIPE, start_new_session=True
    )
    time.sleep(0.9)
    process.terminate()
    said = process.communicate(timeout=20)[1]
    assert process.returncode in (0, -signal.SIGTERM)  # the latter where not even the command has begun
    assert b"Traceback" not in said


def test_a_damaged_store_is_reported_with_what_to_do_and_not_served(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/store.db"
    new_token(store, "ada", "append")
    course = Path(__file__).parent.parent / "conceptmap" / "course"
    assert in_process(["load", "--store", store, str(course)], "")[0] == 0
    with closing(sqlite3.connect(tmp_path / "store.db")) as raw, raw:
        raw.execute("UPDATE entries SET body = x'00' WHERE sequence = 3")
    done = subprocess.run(
        [*PROGRAM, "serve", "--store", store, "--port", "0"], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 4
    assert "entry 3 (map 'robot-intelligence'" in done.stderr
    assert "restore the newest backup" in done.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_wrong_setting_ends_the_program_before_anything_is_served(tmp_path: Path, workers: str) -> None:
    store = f"sqlite:///{tmp_path}/store.db"
    new_token(store, "ada", "append")
    environment = {**os.environ, "CONCEPTMAP_READS": "everybody", "CONCEPTMAP_WRIT_RATE": "5"}
    command = [*PROGRAM, "serve", "--store", store, "--port", "0", "--workers", workers]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60, env=environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "CONCEPTMAP_WRIT_RATE is no setting: did you mean CONCEPTMAP_WRITE_RATE? Rename it, or unset it",
        "CONCEPTMAP_READS is 'everybody': write open or token (whether reading needs a token)",
    ]


# --- No room


def test_a_full_disk_is_507_reads_go_on_and_so_do_writes_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(f"sqlite:///{tmp_path}/store.db") as service:
        backend = service.atlas.ledger.log._backend
        connected, most = backend.connection, [2**30]

        @contextmanager
        def limited() -> Iterator[Connection]:
            with connected() as connection:
                assert isinstance(connection, _SqliteConnection)
                connection.raw.execute(f"PRAGMA max_page_count={most[0]}")
                yield connection

        monkeypatch.setattr(backend, "connection", limited)
        assert service.append(1, "nodes", [YEAST]).status_code == 201
        with closing(sqlite3.connect(tmp_path / "store.db")) as raw:
            most[0] = raw.execute("PRAGMA page_count").fetchone()[0]
        large = [{"id": "rye", "kind": "Concept", "label": "Rye", "text": "flour " * 10_000}]
        refused = service.append(1, "nodes", large)
        assert (refused.status_code, refused.json()["title"]) == (507, "The store is full")
        assert service.get("/maps/bread/nodes/yeast").status_code == 200
        assert service.get("/maps/bread/nodes/rye").status_code == 404
        assert service.get("/health/ready").status_code == 200
        most[0] = 2**30
        assert service.append(1, "nodes", large).status_code in (200, 201)
        service.atlas.ledger.log.verify()
