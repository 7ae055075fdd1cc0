"""Waiting: a node's read over HTTP after the service has started, and while another client does something larger."""

import http.client
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from itertools import count
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter, sleep
from urllib.parse import quote

from benchmarks.growth import MAP, NAME
from benchmarks.http import Served, serving, uvicorn_command
from benchmarks.large_maps import LargeMap
from benchmarks.timing import Grid
from conceptmap.atlas import open_atlas

SIZE = 10_000
LENGTH = 10.0
"""Seconds of reads beside each thing that the other client does."""
PAUSE = 0.003
"""Seconds between two reads, as of a reader who has the machine to share."""

Request = tuple[str, str, str | None]
"""A method, a path below the map, and a body."""


def run(size: int = SIZE, length: float = LENGTH) -> Iterator[Grid]:
    """The first read, then a table of reads beside each thing that another client does."""
    map = LargeMap(size)
    with TemporaryDirectory() as folder:
        store = f"sqlite:///{folder}/maps.db"
        with open_atlas(store) as atlas:
            atlas[NAME].replace(list(map.documents()))
            token = atlas.tokens.create("bench", "append")
        settings = {"CONCEPTMAP_STORE": store, "CONCEPTMAP_CACHE_BYTES": "0", "CONCEPTMAP_WRITE_RATE": "0"}
        with serving(uvicorn_command("api.app:factory", "--factory"), settings) as service:
            first, again = (_timed(service, map.names[0]) for _ in range(2))
            rows = {"the first read": [_shown(first)], "another read": [_shown(again)]}
            yield Grid(f"After the service of {size:,} nodes listens", ("took",), rows)
            others = _others(map)
            beside = {what: _row(_beside(service, map, other, token, length)) for what, other in others.items()}
    columns = ("p50", "p99", "worst", "reads")
    yield Grid(f"A node's read while another client … (goal: p99 under 50 ms), {size:,} nodes", columns, beside)


def _others(map: LargeMap) -> Mapping[str, Callable[[], Request] | None]:
    """What the other client does again and again."""
    numbers = count()
    return {
        "nothing": None,
        "exports Turtle": lambda: ("GET", "/export.ttl", None),
        "exports JSON": lambda: ("GET", "/export.json", None),
        "searches": lambda: ("GET", f"/nodes?q={quote(map.labels[next(numbers) % map.size])}", None),
        "draws": lambda: ("GET", f"/diagram.svg?focus={map.names[next(numbers) % map.size]}", None),
        "asks for the page": lambda: ("GET", "/page", None),
        "writes": lambda: ("POST", "/days/1/nodes", _addition(next(numbers))),
    }


def _addition(number: int) -> str:
    return json.dumps({"nodes": [{"id": f"added-{number}", "kind": "Concept", "label": f"Added {number}"}]})


def _beside(
    service: Served, map: LargeMap, other: Callable[[], Request] | None, token: str, length: float
) -> list[float]:
    """The seconds of reads, in order of length."""
    ended = Event()
    client = Thread(target=_disturb, args=(service, other, token, ended))
    if other:
        client.start()
    taken: list[float] = []
    until = perf_counter() + length
    with closing(_connected(service)) as connection:
        while perf_counter() < until:
            start = perf_counter()
            _asked(connection, ("GET", f"/nodes/{map.names[31 * len(taken) % map.size]}", None), token)
            taken.append(perf_counter() - start)
            sleep(PAUSE)
    ended.set()
    if other:
        client.join()
    return sorted(taken)


def _disturb(service: Served, other: Callable[[], Request], token: str, ended: Event) -> None:
    with closing(_connected(service)) as connection:
        while not ended.is_set():
            _asked(connection, other(), token)


def _timed(service: Served, node: str) -> float:
    with closing(_connected(service)) as connection:
        start = perf_counter()
        _asked(connection, ("GET", f"/nodes/{node}", None), "")
        return perf_counter() - start


def _connected(service: Served) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", service.port, timeout=300)


def _asked(connection: http.client.HTTPConnection, request: Request, token: str) -> None:
    method, path, body = request
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"} if body else {}
    connection.request(method, MAP + path, body, headers)
    answer = connection.getresponse()
    said = answer.read()
    if answer.status >= http.client.BAD_REQUEST:
        raise RuntimeError(f"{path} was answered {answer.status}: {said[:300]!r}")


def _row(taken: list[float]) -> list[str]:
    return [*(_shown(taken[int(len(taken) * part)]) for part in (0.5, 0.99)), _shown(taken[-1]), f"{len(taken):,}"]


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:,.2f} ms"
