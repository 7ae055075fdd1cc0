"""A published map as people read it: from files, with and without JavaScript, on a desk and on a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect

from browser import chromium, violations
from conceptmap.atlas import open_atlas
from site_folders import COURSE, published

DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
READ = (
    "index.html",
    "outline.html",
    "nodes/scaling-laws.html",
    "nodes/compression.html",
    "units/phase-ii.html",
    "days/26.html",
    "days/index.html",
    "changes/26.html",
    "notes/26-day-26.html",
    "compare.html",
    "404.html",
)
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample course."""
    folder = tmp_path_factory.mktemp("site")
    with open_atlas("sqlite://") as atlas:
        atlas["robot-intelligence"].load(COURSE)
        published(atlas["robot-intelligence"], folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(site: Path, browser: Browser) -> Iterator[Open]:
    """Opens a page as a file; at the end, nothing may have gone wrong in it."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(path: str = "index.html", size: ViewportSize = DESK, **options: object) -> Page:
        context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]  # passed on as they are
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda said: troubles.append(said.text) if _is_trouble(said) else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{site.as_uri()}/{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _is_trouble(said: ConsoleMessage) -> bool:
    """What axe asks for itself, which no page may have of files, is no mistake of the page."""
    by_axe = ("Access to XMLHttpRequest", "Failed to load resource", "Couldn't load preload assets")
    return said.type in ("error", "warning") and not said.text.startswith(by_axe)


@pytest.mark.parametrize("path", READ)
def test_axe_finds_nothing(opened: Open, path: str) -> None:
    assert violations(opened(path)) == []


@pytest.mark.parametrize("path", ["index.html", "nodes/scaling-laws.html", "days/26.html"])
def test_axe_finds_nothing_on_a_dark_phone(opened: Open, path: str) -> None:
    assert violations(opened(path, PHONE, color_scheme="dark")) == []


@pytest.mark.parametrize("path", READ)
def test_nothing_is_wider_than_a_phone(opened: Open, path: str) -> None:
    page = opened(path, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_slider_hides_what_is_later(opened: Open) -> None:
    page = opened()
    slider = page.get_by_role("slider")
    assert page.locator(".part[data-node] > g:not(.later)").count() == 15
    slider.fill("5")
    expect(page.locator(".part[data-node] > g:not(.later)")).to_have_count(2)
    expect(page.locator("#day-title")).to_contain_text("Day 5")
    expect(page).to_have_url(f"{page.url.partition('#')[0]}#as-of-5")
    page.reload()
    expect(page.locator(".part[data-node] > g:not(.later)")).to_have_count(2)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("compression", "Compression"),
        ("compressing", "Compression"),
        ("comprsesion", "Compression"),
        ("bitter les", "The Bitter Lesson"),
        ("power law", "Power law"),
    ],
)
@pytest.mark.parametrize("path", ["index.html", "nodes/attention.html"])
def test_search_finds_a_node_and_goes_there(opened: Open, path: str, typed: str, found: str) -> None:
    page = opened(path)
    page.keyboard.press("/")
    page.keyboard.type(typed)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text(found)
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text(found)


def test_a_search_for_what_is_not_there_says_so(opened: Open) -> None:
    page = opened()
    page.get_by_role("combobox").fill("zebra")
    expect(page.get_by_role("option")).to_have_text("No node matches “zebra”")


def test_a_node_on_the_map_leads_to_its_page_and_a_citation_to_its_line(opened: Open) -> None:
    page = opened()
    page.locator(".part[data-node='scaling-laws']").click()
    expect(page.locator("#panel-title")).to_have_text("Scaling Laws")
    page.get_by_role("link", name="day-25.md:18").first.click()
    expect(page.locator(".line.cited").first).to_be_in_viewport()


def test_all_is_read_without_javascript(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    assert page.get_by_role("textbox").count() == 0
    assert page.get_by_role("slider").count() == 0
    page.get_by_role("link", name="Days", exact=True).click()
    page.get_by_role("link", name="Day 26 · ").click()
    page.get_by_role("link", name="The Bitter Lesson", exact=True).first.click()
    expect(page.locator("#panel-title")).to_have_text("The Bitter Lesson")
    expect(page.locator("svg.map")).to_be_visible()
    page.get_by_role("link", name="day-26.md:328").first.click()
    expect(page.locator("#L328")).to_be_in_viewport()
