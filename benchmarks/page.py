"""The web page of a large map: what the server takes for each piece, and, in Chromium, the first view and a choice."""

import shutil
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import count
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from benchmarks.http import serving, uvicorn_command
from benchmarks.large_maps import LargeMap
from benchmarks.timing import Table, timed
from conceptmap.atlas import open_atlas

SIZE = 10_000
_CHOOSE = """node => {
    const link = document.getElementById("dot-link");
    link.href = `?view=all&focus=${node}`;
    link.click();
}"""
_FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


def run(size: int = SIZE, rounds: int = 7) -> Generator[Table | str, None, None]:
    """The tables of the server and of the browser, and the bytes that go over the wire."""
    with TemporaryDirectory() as folder:
        store = f"sqlite:///{folder}/maps.db"
        map = LargeMap(size)
        with open_atlas(store) as atlas:
            atlas["large"].replace(list(map.documents()))
            with TestClient(create_app(atlas, Settings(store=store, cache_bytes=0))) as client:
                yield from _served(client, map, rounds)
        yield from _shown(store, map, rounds)


def _served(client: TestClient, map: LargeMap, rounds: int) -> Iterator[Table]:
    """Each piece made anew, as after a change of the map."""
    page = "/maps/large/page"
    focus = map.names[map.size // 2]
    pieces = {
        "the first view": page,
        "a node chosen": f"{page}/regions?view=all&focus={focus}",
        "its neighbourhood": f"{page}/drawing?focus={focus}",
        "all positions": f"{page}/positions",
    }
    ways = {name: _get(client, address) for name, address in pieces.items()}
    yield timed(f"The page of {map.size:,} nodes, on the server", ways, rounds)
    sizes = {name: float(client.get(address).headers["content-length"]) for name, address in pieces.items()}
    yield Table("Its pieces, gzipped", sizes, unit="bytes")


def _get(client: TestClient, address: str) -> Callable[[], object]:
    return lambda: client.get(address).raise_for_status()


def _shown(store: str, map: LargeMap, rounds: int) -> Iterator[Table | str]:
    """What a reader waits for, with a server in a process of its own."""
    program = shutil.which("chromium")
    if program is None:
        yield "The page in a browser: chromium is not installed; apt-get install chromium"
        return
    command, settings = uvicorn_command("api.app:factory", "--factory"), {"CONCEPTMAP_STORE": store}
    with serving(command, settings) as server, _page(program) as page:
        home = f"http://127.0.0.1:{server.port}/maps/large/page"
        numbers = count(map.size // 3, 7)
        ways = {
            "the first view": lambda: page.goto(home),
            "all nodes as dots": lambda: _dots(page, home),
            "a node chosen among them": lambda: _choose(page, map, next(numbers)),
        }
        taken = {name: [_seconds(way) for _ in range(rounds)] for name, way in ways.items()}
    medians, least = ({name: choose(times) for name, times in taken.items()} for choose in (median, min))
    yield Table(f"The page of {map.size:,} nodes, in Chromium", medians, least)


@contextmanager
def _page(program: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser.new_page(viewport={"width": 1280, "height": 800})
        browser.close()


def _dots(page: Page, home: str) -> None:
    page.goto(f"{home}?view=all")
    page.locator(".legend li").first.wait_for()


def _choose(page: Page, map: LargeMap, node: int) -> None:
    """Choose a node as a click on its dot does, and wait for its panel."""
    page.evaluate(_CHOOSE, map.names[node])
    page.locator(f".panel h2:text-is('{map.labels[node]}')").wait_for()


def _seconds(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start
