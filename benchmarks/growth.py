"""Growth: how what people wait for grows with the map, with revisions, with single appends and with many maps."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from itertools import count
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import pyoxigraph
from msgspec import structs
from pyoxigraph import Quad, RdfFormat
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from benchmarks.large_maps import A_YEAR, LargeMap
from benchmarks.timing import Growth, Table, seconds, took
from conceptmap.atlas import Atlas, open_atlas
from conceptmap.map import CourseMap
from ontology.model import Document, Node

SIZES = (1_000, 10_000, 100_000)
QUICK_SIZES = (1_000, 10_000)
QUICK_APPENDS = 1_000
REVISIONS = (1, 2, 4, 8)
APPENDS = 10_000
MAPS = (64, 65, 200)
A_MAP = 100
"""Nodes of each of many maps."""
NAME = "large"
MAP = f"/maps/{NAME}"
QUERY = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"
INDEXED = "at most 20 ms, exponents below 0.3"
LINEAR = "exponents at most 1.1"
GOALS = {
    "ask, command line": "at 10,000 0.9 s, at 100,000 4 s",
    **dict.fromkeys(("a word", "a prefix", "a misspelt word", "nodes of a kind", "the page's first view"), INDEXED),
    "a question without answer": INDEXED,
    **dict.fromkeys(("cold open", "path", "export json", "export turtle"), LINEAR),
    "SPARQL, the first query": "at most 2x bulk_load",
}

Measured = Iterator[tuple[str, float]]


def run(sizes: tuple[int, ...] = SIZES, appends: int = APPENDS) -> Iterator[Growth | Table]:
    """All tables."""
    for days, what in ((A_YEAR, "on the days of a year"), (1, "on one day")):
        yield of_size(f"Growth with the nodes of a map {what}", sizes, days)
    yield memory(sizes)
    yield revisions(min(sizes))
    yield single_appends(appends)
    yield many_maps()


def quick() -> Iterator[Growth | Table]:
    """The same at sizes that take a minute."""
    return run(QUICK_SIZES, QUICK_APPENDS)


def of_size(title: str, sizes: tuple[int, ...], days: int = A_YEAR, rounds: int = 5) -> Growth:
    """What readers and writers wait for, by the size of the map."""
    rows: dict[str, list[float]] = {}
    for size in sizes:
        with TemporaryDirectory() as folder:
            map = LargeMap(size, days)
            store = filled(folder, {NAME: map.documents()})
            for name, figure in _measured(store, map, rounds):
                rows.setdefault(name, []).append(figure)
    return Growth(title, sizes, rows, goals=GOALS)


def memory(sizes: tuple[int, ...]) -> Growth:
    """Resident memory of a process that has read a map, above that of one that has read an empty one, for each node."""
    figures = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            store = filled(folder, {NAME: LargeMap(size).documents()})
            figures.append((_resident(store, NAME) - _resident(store, "empty")) / size)
    return Growth("Resident memory a node", sizes, {"a node": figures}, "B", {"a node": "at most 3,000 B"})


def revisions(size: int, numbers: tuple[int, ...] = REVISIONS) -> Growth:
    """A cold open of a map whose days were put several times: only what stands should count."""
    map, figures = LargeMap(size), []
    for number in numbers:
        with TemporaryDirectory() as folder:
            store = filled(folder, {NAME: map.documents()}, number)
            figures.append(took(partial(_open, store)))
    goals = {"cold open": "exponents about 0"}
    return Growth(f"Revisions of each of {map.days} days, {size:,} nodes", numbers, {"cold open": figures}, goals=goals)


def single_appends(number: int) -> Table:
    """Nodes that one contributor adds to one day, one by one: the last thousand against the first, and the opening."""
    block = min(1_000, number // 2)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "maps.db"
        with open_atlas(f"sqlite:///{file}") as atlas:
            taken = [seconds(partial(atlas[NAME].append, 1, [node], by="ada")) for node in _concepts(number)]
        title = f"{number:,} single appends by one contributor; the store has {file.stat().st_size / 1e6:.1f} MB"
        medians = {
            f"each of the first {block:,}": median(taken[:block]),
            f"each of the last {block:,}": median(taken[-block:]),
            "the mean": fmean(taken),
            "cold open": took(partial(_open, f"sqlite:///{file}")),
        }
    return Table(title, medians, goal="last at most 1.3x the first")


def many_maps(numbers: tuple[int, ...] = MAPS, size: int = A_MAP) -> Table:
    """A node's read from so many maps in turn, and the first read of each."""
    with TemporaryDirectory() as folder:
        made = LargeMap(size, days=10)
        names = [f"map-{number}" for number in range(max(numbers))]
        store = filled(folder, {name: made.documents(name) for name in names})
        medians: dict[str, float] = {}
        for number in numbers:
            with open_atlas(store) as atlas:
                first = [seconds(partial(atlas[name].node, made.names[0])) for name in names[:number]]
                again = [seconds(partial(atlas[name].node, made.names[0])) for name in names[:number] * 3]
            medians[f"a read of one of {number} maps"] = median(again)
        medians["a first read"] = median(first)
    return Table(f"Many maps of {size} nodes in turn", medians, goal="a first read at most 3 ms; no cliff")


def filled(folder: str, maps: dict[str, Iterator[Document]], revisions: int = 1) -> str:
    """A new store with these maps; each day is put so many times, each time with another title."""
    store = f"sqlite:///{folder}/maps.db"
    with open_atlas(store) as atlas:
        for name, documents in maps.items():
            days = list(documents)
            for number in range(revisions):
                atlas[name].replace([_retitled(one, number) for one in days], author="bench")
    return store


def _measured(store: str, map: LargeMap, rounds: int) -> Measured:
    """Each figure with its name."""
    yield "cold open", took(partial(_open, store), rounds)
    yield "ask, command line", took(partial(_ask, store, f"what supports {map.labels[0]}?"), rounds)
    settings = Settings(store=store, cache_bytes=0)
    with open_atlas(store) as atlas, TestClient(create_app(atlas, settings)) as client:
        atlas.warm()  # as the service does when it starts; it may still be at it
        _get(client, lambda: "/page")  # what a map's first page makes is kept
        yield from _reads(client, map, rounds)
        yield from _queries(atlas[NAME], client)
        yield from _appends(store, atlas)


def _reads(client: TestClient, map: LargeMap, rounds: int) -> Measured:
    """What is asked over HTTP, nothing of it kept from before; another node each time."""
    numbers = count(map.size // 3)
    word = map.labels[map.size // 2].split()[-1]
    reads: dict[str, Callable[[], str]] = {
        "a node": lambda: f"/nodes/{map.names[next(numbers) % map.size]}",
        "a word": lambda: f"/nodes?q={map.labels[next(numbers) % map.size].split()[-1]}",
        "a prefix": lambda: f"/nodes?q={map.labels[next(numbers) % map.size].split()[-1][:4]}",
        "a misspelt word": lambda: f"/nodes?q={word[:-1]}q{word[-1]}",
        "nodes of a kind": lambda: "/nodes?kind=Method",
        "a question without answer": lambda: f"/ask?{urlencode({'q': 'what supports sourdough bread?'})}",
        "the page's first view": lambda: "/page",
        "path": lambda: f"/nodes/{map.names[1]}/path?to={map.names[-1]}",
        "export json": lambda: "/export.json",
        "export turtle": lambda: "/export.ttl",
    }
    for name, address in reads.items():
        yield name, took(partial(_get, client, address), rounds)


def _get(client: TestClient, address: Callable[[], str]) -> None:
    answer = client.get(MAP + address())
    if answer.status_code != HTTPStatus.NOT_FOUND:  # no path is an answer, too
        answer.raise_for_status()


def _queries(course: CourseMap, client: TestClient) -> Measured:
    """The first SPARQL query, which makes the dataset; beside it Oxigraph loading the same triples from a file."""
    address = f"/sparql?{urlencode({'query': QUERY})}"
    yield "SPARQL, the first query", seconds(partial(_get, client, lambda: address))
    quads = list(pyoxigraph.parse(course.export("trig").encode(), format=RdfFormat.TRIG))
    union = {Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    text = pyoxigraph.serialize([*quads, *union], format=RdfFormat.N_QUADS)
    assert text is not None
    yield "pyoxigraph bulk_load", took(lambda: pyoxigraph.Store().bulk_load(text, format=RdfFormat.N_QUADS))


def _appends(store: str, atlas: Atlas) -> Measured:
    *nodes, last = _concepts(10)
    yield "an append", median(seconds(partial(atlas[NAME].append, 1, [node], by="ada")) for node in nodes)
    with open_atlas(store) as fresh:
        fresh[NAME].view()
        yield "the first append after a read", seconds(partial(fresh[NAME].append, 1, [last], by="ada"))


def _open(store: str) -> None:
    with open_atlas(store) as atlas:
        atlas[NAME].view()


def _ask(store: str, question: str) -> None:
    program = str(Path(sys.executable).with_name("conceptmap"))
    subprocess.run([program, "ask", "--store", store, question], check=True, capture_output=True)


def _resident(store: str, name: str) -> int:
    command = [sys.executable, "-m", "benchmarks.resident", store, name]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    return int(done.stdout)


def _concepts(number: int) -> Iterator[Node]:
    text = "What it is about, in as many words as a short note has; the second half says why it matters to anybody."
    for one in range(number):
        yield Node(id=f"concept-{one}", kind="Concept", label=f"Concept {one}", text=f"{text} ({one})")


def _retitled(document: Document, number: int) -> Document:
    return structs.replace(document, title=f"{document.title}, revision {number}")
