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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

from benchmarks.large_maps import LargeMap
from benchmarks.served import ANSWERS
from conceptmap.atlas import open_atlas
from graphs.rdf.iris import Iris
from graphs.walks import reach
from ontology.terms import SUPPORTS
from ontology.vocabulary import read_vocabulary

SIZE = 10_000
SECONDS = 3
APPENDS = 150
FEWEST = 20
"""Claims with fewer supporters are not asked for: their answers are so small that only the framework is measured."""
SCRIPT = """
local paths, number = {{}}, 0
for line in io.lines("{file}") do paths[#paths + 1] = line end
request = function()
  number = number + 1
  if number > #paths then number = 1 end
  return wrk.format("GET", paths[number])
end
"""
"""Asks for each path of a file in turn; after the last it begins again."""


SERVICE = [
    sys.executable,
    "-c",
    "from conceptmap.cli import main; raise SystemExit(main())",
    "serve",
    "--port",
    "{port}",
]
"""The service as people start it, with a line of log for each request."""


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
        map = LargeMap(SIZE)
        token, claims = _filled(store, map)
        with serving(SERVICE, {"CONCEPTMAP_STORE": store, "CONCEPTMAP_WRITE_RATE": "0"}) as service:
            yield _appends(service, token, folder)
            with serving(SERVICE, {"CONCEPTMAP_STORE": store, "CONCEPTMAP_CACHE_BYTES": "0"}) as forgetful:
                yield from _reads(service, forgetful, {map.names[one]: map.labels[one] for one in claims})
                yield from _others(forgetful, [map.names[one] for one in claims], folder)


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

    def load(self, name: str, paths: Sequence[str], *, connections: int = 4) -> Load:
        """Ask as often as the server can; of several paths each in turn."""
        self.get(paths[0])  # what is made once, as the worker's dataset, is not measured
        command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "30s"]
        with TemporaryDirectory() as folder:
            if len(paths) > 1:
                file, script = Path(folder) / "paths", Path(folder) / "paths.lua"
                file.write_text("\n".join(paths))
                script.write_text(SCRIPT.format(file=file))
                command += ["-s", str(script)]
            before = _cpu(self.process)
            done = _on_core(1, [*command, f"http://127.0.0.1:{self.port}{paths[0]}"])
            cpu = _cpu(self.process) - before
        if "Non-2xx" in done:
            raise RuntimeError(f"{paths[0]}: {done}")
        requests = int(re.search(r"(\d+) requests in", done)[1])  # type: ignore[index]  # wrk always says it
        return Load(name, requests / SECONDS, cpu / max(1, requests))


def _filled(store: str, map: LargeMap) -> tuple[str, list[int]]:
    """A store with the large map and the sample course: a token for it, and the claims that many nodes support."""
    with open_atlas(store) as atlas:
        atlas["large"].replace(list(map.documents()))
        atlas["course"].load(Path(__file__).parent.parent / "conceptmap" / "course")
        view = atlas["large"].view()
        claims = [number for number, kind in enumerate(map.kinds) if kind == "Claim"]
        known = [one for one in claims if len(reach(view, map.names[one], SUPPORTS, inverse=True)) >= FEWEST]
        return atlas.tokens.create("bench", "append"), known


def _reads(service: Served, forgetful: Served, claims: Mapping[str, str]) -> Iterator[str]:
    """Each read, asked for again and again and of ever another claim, beside servers that have the answers ready.

    What is new is asked of a service that keeps no answers.
    """
    reads = {
        "/supporters": [f"/maps/large/nodes/{one}/supporters" for one in claims],
        "/ask?q=": [f"/maps/large/ask?q={quote(f'what supports {label}?')}" for label in claims.values()],
        "Day 26 SVG": ["/maps/course/diagram.svg?as_of=26"],
    }
    for name, paths in reads.items():
        with _ready([forgetful.get(path) for path in paths]) as peers:
            yield from _compared((service, forgetful), name, paths, peers)


def _compared(
    services: tuple[Served, Served], name: str, paths: Sequence[str], peers: Mapping[str, Served]
) -> Iterator[str]:
    """The table of one path again and again, and that of all in turn."""
    ways = (services[0], f"{name} as before", paths[:1], 0.9), (services[1], f"{name} new", paths, 0.5)
    for service, what, asked, goal in ways:
        if what.endswith("new") and len(paths) == 1:
            return
        numbers = [f"/{number}" for number in range(len(asked))]
        loads = [peer.load(peer_name, numbers) for peer_name, peer in peers.items()]
        loads.insert(1, service.load(what, asked))
        yield _table(f"{what}: {len(asked):,} different answers (goal: {goal}x of the first way)", loads)


@contextmanager
def _ready(answers: Sequence[bytes]) -> Iterator[Mapping[str, Served]]:
    """Servers, by what they are called, that have these answers ready at `/0`, `/1` and so on."""
    with TemporaryDirectory() as folder:
        for number, answer in enumerate(answers):
            Path(folder, str(number)).write_bytes(answer)
        with (
            serving(uvicorn_command("benchmarks.served:fastapi", "--factory"), {ANSWERS: folder}) as fastapi,
            serving(uvicorn_command("benchmarks.served:Floor", "--factory"), {ANSWERS: folder}) as floor,
        ):
            yield {"bare FastAPI, ready bytes": fastapi, "raw ASGI, ready bytes": floor}


def _appends(service: Served, token: str, folder: Path) -> str:
    """Appends one after another on one connection, against a bare commit of as many bytes and a ready answer."""
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("CREATE TABLE entries (sequence INTEGER PRIMARY KEY, body BLOB, document TEXT)")
    taken: dict[str, list[float]] = {"bare commit": [], "bare FastAPI, ready bytes": [], "append over HTTP": []}
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with (
        closing(bare),
        closing(http.client.HTTPConnection("127.0.0.1", service.port)) as ours,
        _ready([b"x" * 400]) as peers,
        closing(http.client.HTTPConnection("127.0.0.1", next(iter(peers.values())).port)) as theirs,
    ):
        for number in range(APPENDS):
            body = _addition(number)
            start = time.perf_counter()
            bare.execute("INSERT INTO entries (body, document) VALUES (?, ?)", (body.encode(), body))
            taken["bare commit"].append(time.perf_counter() - start)
            taken["bare FastAPI, ready bytes"].append(_asked(theirs, "GET", "/0", None, {}))
            path = f"/maps/new/days/{number}/nodes"
            taken["append over HTTP"].append(_asked(ours, "POST", path, body, headers))
    medians = {name: median(times) for name, times in taken.items()}
    ratio = medians["append over HTTP"] / (medians["bare commit"] + medians["bare FastAPI, ready bytes"])
    shown = "\n".join(f"  {name:<26} {seconds * 1000:8.2f} ms" for name, seconds in medians.items())
    return f"Appending over HTTP (goal: 2x commit and ready bytes together; it is {ratio:.2f}x)\n{shown}"


def _addition(number: int) -> str:
    """A node as a contributor adds it."""
    said = {"how": "stated", "lines": [number + 1, number + 4], "quote": f"What the note says of it, line {number}."}
    text = f"What concept {number} is about, in as many words as a short note has; the second half says why it matters."
    node = {"id": f"n-{number}", "kind": "Concept", "label": f"Concept {number}", "text": text, "from": said}
    return json.dumps({"nodes": [node]})


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


def _others(service: Served, claims: Sequence[str], folder: Path) -> Iterator[str]:
    """The supporters of ever another claim by other servers, each on the same triples."""
    turtle = folder / "large.ttl"
    turtle.write_bytes(service.get("/maps/large/export.ttl"))
    supports, iris = read_vocabulary().relations[SUPPORTS].iri, Iris("large")
    queries = [f"SELECT DISTINCT ?s WHERE {{ ?s <{supports}>+ <{iris.node(one)}> }}" for one in claims]
    asked = ["?" + urlencode({"query": query}) for query in queries]
    loads = [
        service.load("/supporters of the service", [f"/maps/large/nodes/{one}/supporters" for one in claims]),
        service.load("/sparql of the service", [f"/maps/large/sparql{one}" for one in asked]),
    ]
    if binary := shutil.which(
        "oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    ):
        with serving([binary, "serve", "--bind", "127.0.0.1:{port}"]) as oxigraph:
            _post(oxigraph, "/store?default", turtle.read_bytes(), "text/turtle")
            loads.append(oxigraph.load("oxigraph server", [f"/query{one}" for one in asked]))
    if find_spec("rdflib_endpoint") is not None:
        here = Path(__file__).with_name("rdflib_server.py")
        with serving([sys.executable, "-P", str(here), str(turtle), "{port}"]) as rdflib:
            loads.append(rdflib.load("rdflib-endpoint", [f"/{one}" for one in asked], connections=1))
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
        f"  {load.name:<26} {load.rate:>9,.0f}/s {load.rate / first.rate:>6.2f}x"
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
