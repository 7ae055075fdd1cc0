"""A map in a frame of another page: whom the setting names may show it, nobody else, and nothing but the picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Page

from browser import chromium, violations
from services import MAP, Served, running, served

EMBED = f"{MAP}/embed"


class _Course(BaseHTTPRequestHandler):
    """A page of another site, with what its address says inside."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        inside = unquote(self.path.partition("?")[2])
        self.wfile.write(f'<!doctype html><html lang="en"><title>A course</title>{inside}'.encode())

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def site_of_another() -> Iterator[str]:
    """Another site; gives its origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Course) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def allowed() -> Iterator[str]:
    with site_of_another() as origin:
        yield origin


@pytest.fixture(scope="module")
def other() -> Iterator[str]:
    with site_of_another() as origin:
        yield origin


@pytest.fixture(scope="module")
def service(allowed: str) -> Iterator[Served]:
    """A service that one origin may frame."""
    with served(embed=(allowed,)) as made:
        assert made.put_notes(1).status_code == 201
        yield made


@pytest.fixture(scope="module")
def address(service: Served) -> Iterator[str]:
    with running(service.app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def framing(browser: Browser, origin: str, inside: str) -> Page:
    """A page of another site with this inside."""
    page = browser.new_page()
    page.goto(f"{origin}/course?{quote(inside)}")
    return page


def test_nobody_may_frame_anything_by_default() -> None:
    with served() as plain:
        plain.put_notes(1)
        headers = plain.get(EMBED).headers
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("setting", "said"),
    [(("*",), "*"), (("https://a.example", "https://*.b.example"), "https://a.example https://*.b.example")],
)
def test_the_policy_names_whom_the_setting_names(setting: tuple[str, ...], said: str) -> None:
    with served(embed=setting) as made:
        made.put_notes(1)
        headers = made.get(EMBED).headers
    assert headers["content-security-policy"].endswith(f"; frame-ancestors {said}")
    assert "x-frame-options" not in headers


@pytest.mark.parametrize("path", ["/", f"{MAP}/page", f"{MAP}/page/add", "/docs", f"{MAP}/diagram.svg", f"{MAP}/nope"])
def test_all_other_pages_stay_out_of_frames(service: Served, path: str) -> None:
    headers = service.get(path, headers={"Accept": "text/html"}).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"


def test_the_framed_page_is_the_picture_and_the_way_to_the_whole_page(service: Served) -> None:
    page = service.get(f"{EMBED}?focus=Yeast&as_of=1").text
    assert 'data-node="fermentation"' in page
    assert '<base target="_blank">' in page
    assert f'<footer><h1><a href="{MAP}/page?as_of=1&amp;focus=yeast">bread: Yeast, day 1</a></h1>' in page
    assert "<script" not in page
    assert "<form" not in page


def test_a_depth_reaches_further(service: Served) -> None:
    near, far = (service.get(f"{EMBED}?focus=yeast&depth={depth}").text for depth in (1, 2))
    assert "time-beats-kneading" not in near
    assert "time-beats-kneading" in far
    assert service.get(f"{EMBED}?focus=yeast&depth=0").status_code == 400


def test_a_node_that_is_not_there_is_told_with_the_nearest(service: Served) -> None:
    answer = service.get(f"{EMBED}?focus=yaest")
    assert answer.status_code == 404
    assert "Yeast" in answer.text


def test_an_allowed_page_shows_the_map(browser: Browser, address: str, allowed: str) -> None:
    page = framing(browser, allowed, f'<iframe title="map" width="700" height="400" src="{address}{EMBED}"></iframe>')
    frame = page.frame_locator("iframe")
    frame.locator("svg.map").wait_for(timeout=5000)
    assert frame.locator(".part[data-node]").count() == 2
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="bread").last.click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{address}{MAP}/page"


def test_another_page_is_refused(browser: Browser, address: str, other: str) -> None:
    page = framing(browser, other, f'<iframe title="map" src="{address}{EMBED}"></iframe>')
    page.wait_for_timeout(500)
    assert [one.url for one in page.frames if one.url.startswith(address)] == []
    assert page.frame_locator("iframe").locator("svg.map").count() == 0


def test_any_page_shows_the_picture_as_an_image(browser: Browser, address: str, other: str) -> None:
    page = framing(browser, other, f'<img alt="map" src="{address}{MAP}/diagram.svg">')
    page.wait_for_function("document.images[0].complete", timeout=5000)
    assert page.evaluate("document.images[0].naturalWidth") > 100


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_the_framed_page(browser: Browser, address: str, colours: str) -> None:
    page = browser.new_page(color_scheme="dark" if colours == "dark" else "light")
    page.goto(f"{address}{EMBED}")
    assert violations(page) == []
