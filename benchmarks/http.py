"""Over HTTP, with `wrk` on one core and each server on the other: requests a second, and processor time a request.

The other servers are used where they are installed: `rdflib-endpoint` and `oxigraph` from PyPI.
"""

import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

from benchmarks import large_maps
from conceptmap.atlas import open_atlas
from graphs.rdf import Iris, write_turtle
from graphs.tokens import Tokens
from graphs.walks import reach
from ontology.terms import SUPPORTS

SIZE = 10_000
SECONDS = 3
APPENDS = 150
SCRIPT = """
local n = 0
request = function() n = n + 1; return wrk.format("GET", wrk.path .. "{join}n=" .. n) end
"""


@dataclass(frozen=True)
class Load:
    """What `wrk` measured: requests a second, and seconds of the server's processor for each."""

    name: str
    rate: float
    cpu: float


def run() -> Iterator[str]:
    """The tables of reads and of appends."""
    if shutil.which("wrk") is None:
        yield "HTTP: wrk is not installed; apt-get install wrk"
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = f"sqlite:///{folder}/maps.db"
        token, node = _filled(store)
        with serving(uvicorn_command("benchmarks.served:service", "--factory"), {"CONCEPTMAP_STORE": store}) as service:
            yield from _reads(service, node)
            yield _appends(service, token, folder)
            yield from _others(service, node, folder)


@dataclass(frozen=True)
class Served:
    """A server, by its process and port."""

    process: int
    port: int

    def get(self, path: str) -> bytes:
        """The body of a good answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
            return body

    def load(self, name: str, path: str, *, new: bool = False, connections: int = 4) -> Load:
        """Ask for a path as often as the server can; `new`: with a query that never came before."""
        self.get(path)  # what is made once, as the worker's dataset, is not measured
        command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "30s"]
        with TemporaryDirectory() as folder:
            if new:
                script = Path(folder) / "new.lua"
                script.write_text(SCRIPT.format(join="&" if "?" in path else "?"))
                command += ["-s", str(script)]
            before = _cpu(self.process)
            done = _on_core(1, [*command, f"http://127.0.0.1:{self.port}{path}"])
            cpu = _cpu(self.process) - before
        if "Non-2xx" in done:
            raise RuntimeError(f"{path}: {done}")
        requests = int(re.search(r"(\d+) requests in", done)[1])  # type: ignore[index]  # wrk always says it
        return Load(name, requests / SECONDS, cpu / max(1, requests))


def _filled(store: str) -> tuple[str, str]:
    """A store with the large map and the sample course: a token for it, and a claim with many supporters."""
    with open_atlas(store) as atlas:
        for document in large_maps.documents(SIZE):
            atlas["large"].put(document, author="bench")
        atlas["course"].load(Path(__file__).parent.parent / "conceptmap" / "course")
        view = atlas["large"].view()
        claims = (large_maps.name(number) for number in range(0, SIZE, large_maps.GROUP))
        node = max(claims, key=lambda one: len(reach(view, one, SUPPORTS, inverse=True)))
        return Tokens(atlas.ledger.log).create("bench", "append"), node


def _reads(service: Served, node: str) -> Iterator[str]:
    """Each read against the ready-bytes route with as many bytes."""
    claim = node.replace("claim-", "claim ")
    paths = {
        "/supporters": (f"/maps/large/nodes/{node}/supporters", 0.9),
        "/ask?q=": (f"/maps/large/ask?q={quote(f'what supports {claim}?')}", 0.9),
        "Day 26 SVG": ("/maps/course/diagram.svg?as_of=26", 0.9),
    }
    with serving(uvicorn_command("benchmarks.served:floor")) as floor:
        for name, (path, goal) in paths.items():
            size = len(service.get(path))
            loads = [
                service.load("FastAPI, ready bytes", f"/ready/{size}"),
                service.load(f"{name} as before", path),
                *([] if "svg" in path else [service.load(f"{name} new", path, new=True)]),
                floor.load("raw ASGI, fixed bytes", f"/{size}"),
            ]
            yield _table(f"{name}, {size:,} bytes (goals: as before {goal}x, new 0.5x)", loads)


def _appends(service: Served, token: str, folder: Path) -> str:
    """Appends one after another on one connection, against a bare commit and the ready-bytes route."""
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("CREATE TABLE entries (sequence INTEGER PRIMARY KEY, body BLOB)")
    commits, reads, appends = [], [], []
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with closing(bare), closing(http.client.HTTPConnection("127.0.0.1", service.port)) as connection:
        for number in range(APPENDS):
            body = json.dumps({"nodes": [{"id": f"n-{number}", "kind": "Concept", "label": f"Concept {number}"}]})
            start = time.perf_counter()
            bare.execute("INSERT INTO entries (body) VALUES (?)", (body.encode() * 4,))
            commits.append(time.perf_counter() - start)
            reads.append(_asked(connection, "GET", "/ready/400", None, {}))
            appends.append(_asked(connection, "POST", f"/maps/new/days/{number}/nodes", body, headers))
    goal = median(commits) + median(reads)
    lines = {"bare commit": median(commits), "ready bytes": median(reads), "append over HTTP": median(appends)}
    shown = "\n".join(f"  {name:<24} {seconds * 1000:8.2f} ms" for name, seconds in lines.items())
    return f"Appending over HTTP (goal: 2x commit and ready bytes; it is {median(appends) / goal:.2f}x)\n{shown}"


def _asked(
    connection: http.client.HTTPConnection, method: str, path: str, body: str | None, headers: Mapping[str, str]
) -> float:
    start = time.perf_counter()
    connection.request(method, path, body, dict(headers))
    answer = connection.getresponse()
    answer.read()
    if answer.status >= 300:
        raise RuntimeError(f"{path} was answered {answer.status}")
    return time.perf_counter() - start


def _others(service: Served, node: str, folder: Path) -> Iterator[str]:
    """The supporters of one claim by other servers, each on the same triples."""
    turtle = folder / "large.ttl"
    with open_atlas(f"sqlite:///{folder}/maps.db") as atlas:
        events = atlas.ledger.fold("large").documents.values()
        documents = [event.document for event in events if event.document is not None]
        turtle.write_bytes(write_turtle(documents, atlas.ledger.vocabulary))
        supports = atlas.ledger.vocabulary.relations[SUPPORTS].iri
    query = f"SELECT DISTINCT ?s WHERE {{ ?s <{supports}>+ <{Iris('large').node(node)}> }}"
    loads = [service.load("/supporters as before", f"/maps/large/nodes/{node}/supporters")]
    path = "?" + urlencode({"query": query})
    loads.append(service.load("/sparql of the service", f"/maps/large/sparql{path}"))
    if binary := shutil.which(
        "oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    ):
        with serving([binary, "serve", "--bind", "127.0.0.1:{port}"]) as oxigraph:
            _post(oxigraph, "/store?default", turtle.read_bytes(), "text/turtle")
            loads.append(oxigraph.load("oxigraph server", f"/query{path}"))
    if find_spec("rdflib_endpoint") is not None:
        here = Path(__file__).with_name("rdflib_server.py")
        with serving([sys.executable, "-P", str(here), str(turtle), "{port}"]) as rdflib:
            loads.append(rdflib.load("rdflib-endpoint", f"/{path}", connections=1))
    yield _table("The same supporters elsewhere (goals: 3x oxigraph, 100x rdflib-endpoint)", loads)


def _post(server: Served, path: str, body: bytes, kind: str) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        connection.request("POST", path, body, {"Content-Type": kind})
        if (answer := connection.getresponse()).status >= 300:
            raise RuntimeError(f"{path}: {answer.status}")


def _table(title: str, loads: list[Load]) -> str:
    """Requests a second and processor time, each also as a ratio to the first way: higher is better in both."""
    first = loads[0]
    lines = [
        f"  {load.name:<24} {load.rate:>9,.0f}/s {load.rate / first.rate:>6.2f}x"
        f"   {load.cpu * 1e6:>9,.0f} us {first.cpu / load.cpu if load.cpu else 0:>6.2f}x"
        for load in loads
    ]
    return "\n".join([title, *lines])


def uvicorn_command(app: str, *options: str) -> list[str]:
    """How uvicorn is started on an app."""
    return [sys.executable, "-m", "uvicorn", app, *options, "--port", "{port}", "--no-access-log", "--no-server-header"]


@contextmanager
def serving(command: list[str], settings: Mapping[str, str] | None = None) -> Iterator[Served]:
    """A server on the first core."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    started = [word.format(port=port) for word in command]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(_pinned(0, started), stdout=quiet, stderr=quiet, env={**os.environ, **(settings or {})})
    try:
        _wait_for(port, process)
        yield Served(process.pid, port)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} does not listen")


def _pinned(core: int, command: list[str]) -> list[str]:
    return ["taskset", "-c", str(core), *command] if shutil.which("taskset") and (os.cpu_count() or 1) > 1 else command


def _on_core(core: int, command: list[str]) -> str:
    return subprocess.run(_pinned(core, command), check=True, capture_output=True, text=True).stdout


def _cpu(process: int) -> float:
    """Seconds of processor time that a process and those it started have taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
