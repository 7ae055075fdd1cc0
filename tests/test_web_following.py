"""A page that stays open keeps up with its map, in a real browser whose clock is moved on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Response, expect

from browser import chromium
from conceptmap.atlas import open_atlas
from servers import Server, serving

NOTE = """---
day: {day}
---
## {root}
- gist:: it is made

## {leaf}
- part of:: [[{root}]]

```
{root}
└── {leaf}
```
"""

Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser."""
    with chromium() as browser:
        yield browser


@dataclass(frozen=True)
class Bread:
    """A small map of its own, in the store that the service shows."""

    store: str
    name: str
    folder: Path

    @property
    def address(self) -> str:
        """Where the service has it."""
        return f"/maps/{self.name}"

    def write(self, day: int, root: str, leaf: str) -> None:
        """Load a day's note into the map."""
        note = self.folder / f"day-0{day}.md"
        note.write_text(NOTE.format(day=day, root=root, leaf=leaf))
        with open_atlas(self.store) as atlas:
            atlas[self.name].load(note)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The store of all maps."""
    return f"sqlite:///{tmp_path_factory.mktemp('following') / 'maps.db'}"


@pytest.fixture(scope="module")
def server(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service with it."""
    with open_atlas(store), serving(store, tmp_path_factory.mktemp("log")) as server:
        yield server


@pytest.fixture
def bread(store: str, tmp_path: Path) -> Bread:
    """A map of two days."""
    made = Bread(store, f"bread-{tmp_path.name.replace('_', '-').lower()}", tmp_path)
    made.write(1, "Bread", "Flour")
    made.write(2, "Oven", "Door")
    return made


@pytest.fixture
def opened(server: Server, browser: Browser, bread: Bread) -> Iterator[Open]:
    """Opens the map's page at an address; nothing may go wrong in it."""
    troubles: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.clock.install()

        def open_page(query: str) -> Page:
            page.goto(f"http://127.0.0.1:{server.port}{bread.address}/page{query}")
            return page

        yield open_page
    assert troubles == []


def looked(page: Page, bread: Bread) -> Response:
    """What the map answers to the page's next question."""
    with page.expect_response(lambda answer: answer.url.endswith(bread.address)) as answered:
        page.clock.run_for(2000)
    return answered.value


def questions(page: Page) -> list[str]:
    """What the page asks of the map from now on, but for how a question that is typed may go on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/maps/" in request.url and "/completions" not in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


def place(page: Page, node: str) -> tuple[int, int]:
    """Where a node is, to the pixel."""
    box = page.locator(f"a.part[data-node='{node}']").bounding_box()
    assert box
    return round(box["x"]), round(box["y"])


def test_what_comes_to_the_map_comes_to_the_page_and_nothing_else_moves(opened: Open, bread: Bread) -> None:
    page = opened("?focus=bread&q=what+is+bread%3F")
    page.get_by_role("button", name="Zoom in").click()
    page.locator(".how").first.locator("summary").click()
    page.locator("a.part[data-node='bread']").focus()
    before = place(page, "bread")
    bread.write(3, "Bread", "Salt")
    looked(page, bread)
    expect(page.locator("a.part[data-node='salt']")).to_be_visible()
    expect(page.get_by_role("slider", name="As of day")).to_have_value("3")
    expect(page.get_by_role("heading", name="Bread", exact=True)).to_be_visible()
    expect(page.get_by_label("Ask the map")).to_have_value("what is bread?")
    expect(page.locator(".how[open]").first).to_be_visible()
    assert page.url.endswith("?focus=bread&q=what+is+bread%3F")
    assert page.evaluate("document.activeElement.dataset.node") == "bread"
    now = place(page, "bread")
    assert abs(now[0] - before[0]) < 200 and abs(now[1] - before[1]) < 200


def test_a_page_that_is_only_left_open_is_answered_304_and_fetches_nothing_else(opened: Open, bread: Bread) -> None:
    page = opened("")
    assert looked(page, bread).status == 200
    asked = questions(page)
    answers = [looked(page, bread) for _ in range(3)]
    assert ([one.status for one in answers], len(asked)) == ([304] * 3, 3)


@pytest.mark.parametrize("busy", ["?as_of=1", "?at=1", "typing"])
def test_a_chosen_day_a_past_moment_and_a_form_that_is_being_filled_stay(opened: Open, bread: Bread, busy: str) -> None:
    page = opened("" if busy == "typing" else busy)
    if busy == "typing":
        page.get_by_label("Ask the map").fill("what is")
    asked = questions(page)
    bread.write(3, "Bread", "Salt")
    page.clock.run_for(10_000)
    assert asked == []


def test_a_page_that_nobody_sees_asks_nothing_and_catches_up_when_it_is_seen(opened: Open, bread: Bread) -> None:
    page = opened("")
    hide = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true})"
    page.evaluate(f"{hide % 'true'}; document.dispatchEvent(new Event('visibilitychange'))")
    asked = questions(page)
    bread.write(3, "Bread", "Salt")
    page.clock.run_for(10_000)
    assert asked == []
    page.evaluate(f"{hide % 'false'}; document.dispatchEvent(new Event('visibilitychange'))")
    looked(page, bread)
    expect(page.locator("a.part[data-node='salt']")).to_be_visible()


def test_a_service_that_is_away_is_asked_less_often(opened: Open, bread: Bread) -> None:
    page = opened("")
    asked = questions(page)
    page.route(f"**{bread.address}", lambda route: route.abort())
    for _ in range(30):
        page.clock.run_for(1000)
        page.wait_for_timeout(20)
    assert 2 <= len(asked) <= 5
