"""Under a prefix of a proxy: whoever follows what the service gives stays under it, and everything is there."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2
import pytest

from browser import chromium
from reverse_proxy import ReverseProxy, proxying
from services import MAP, NOTES, Served, running, served

PREFIX = "/course/maps"
ATTRIBUTE = re.compile(r"""\s(?:href|src|action|formaction|xlink:href|data-[a-z]+)=["']([^"']*)["']""")
STARTS = (
    "/",
    "/docs",
    "/openapi.json",
    "/maps",
    "/maps?limit=1",
    f"{MAP}",
    f"{MAP}/",
    f"{MAP}/days",
    f"{MAP}/nodes?limit=1",
    f"{MAP}/history?limit=1",
    f"{MAP}/page",
    f"{MAP}/page?as_of=1&focus=fermentation",
    f"{MAP}/page?q=what+does+fermentation+require%3F",
    f"{MAP}/page?view=all",
    f"{MAP}/page/regions?focus=yeast",
    f"{MAP}/page/add",
    f"{MAP}/page/write",
    f"{MAP}/page/changes",
    f"{MAP}/page/compare",
    f"{MAP}/page/claims",
    f"{MAP}/page/claim?focus=time-beats-kneading",
    f"{MAP}/page/history?focus=yeast",
    f"{MAP}/diagram.svg",
    f"{MAP}/nodes/old-yeast",
    "/nothing",
)


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    """A service with two days, and with a node that leads to another."""
    with served(proxies="127.0.0.1", write_rate=0) as one:
        _fill(one)
        yield one


def _fill(one: Served) -> None:
    assert one.put_notes(1).status_code == 201
    assert one.put_notes(2, NOTES.replace("A fungus", "A small fungus")).status_code == 201
    assert one.append(3, "nodes", [{"id": "old-yeast", "kind": "Concept", "label": "Old yeast"}]).status_code == 201
    merged = one.client.post(f"{MAP}/nodes/old-yeast/merge", json={"into": "yeast"}, headers=one.headers("admin"))
    assert merged.status_code == 201, merged.text


@pytest.fixture(scope="module", params=["taken off and said", "left and said", "taken off and set", "left and set"])
def proxy(request: pytest.FixtureRequest) -> Iterator[ReverseProxy]:
    """A proxy of each kind before a service that is real."""
    strips, says = "taken" in request.param, "said" in request.param
    settings = {"proxies": "127.0.0.1"} if says else {"root_path": PREFIX}
    with served(**settings) as one:
        _fill(one)
        with (
            running(one.app) as address,
            proxying(int(str(urlsplit(address).port)), PREFIX, strips=strips, says=says) as it,
        ):
            yield it


def _port(address: str) -> int:
    return int(str(urlsplit(address).port))


def addresses(answer: httpx2.Response) -> Iterator[str]:
    """All that an answer leads to."""
    for name in ("location", "content-location"):
        if name in answer.headers:
            yield answer.headers[name]
    yield from re.findall(r"<([^>]*)>", answer.headers.get("link", ""))
    kind = answer.headers.get("content-type", "")
    if "html" in kind or "svg" in kind:
        yield from (unescape(one) for one in ATTRIBUTE.findall(answer.text))
    elif "json" in kind:
        yield from _strings(answer.json())


def _strings(value: Any, name: str = "") -> Iterator[str]:
    """The values of JSON data that are addresses."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _strings(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one, name)
    elif isinstance(value, str) and name in ("url", "type", "next_page") and value.startswith(("/", "http:")):
        yield value


def test_a_crawler_never_leaves_the_prefix_and_finds_everything(proxy: ReverseProxy) -> None:
    host = f"http://127.0.0.1:{proxy.port}"
    waiting = [proxy.address, *(proxy.address + one for one in STARTS)]
    seen: set[str] = set()
    missing: list[str] = []
    with httpx2.Client(follow_redirects=False, timeout=30) as client:
        while waiting and len(seen) < 90:
            here = waiting.pop(0).partition("#")[0]
            if here in seen:
                continue
            seen.add(here)
            answer = client.get(here, headers={"Accept": "text/html, */*;q=0.5"} if "/page" in here else {})
            if "/page/learn/mine" in here:
                assert answer.status_code == 401  # it is for who sends a token
            elif answer.status_code >= 400 and answer.status_code != 406 and not here.endswith("/nothing"):
                missing.append(f"{answer.status_code} {here}")
            for one in addresses(answer):
                if one.startswith(("/", ".", "?", "http:", "https:")):
                    there = urljoin(here, one)
                    assert there.startswith(host), f"{here} leads to {one}"
                    waiting.append(there)
    assert proxy.outside == []
    assert len(seen) == 90
    assert [one for one in missing if "/page/undo" not in one and "/page/add/" not in one] == []


def test_where_a_write_went_is_under_the_prefix(service: Served) -> None:
    said = {"X-Forwarded-Prefix": PREFIX}
    with running(service.app) as address, httpx2.Client(base_url=address, timeout=30) as client:
        headers = {**service.headers("admin"), **said, "Content-Type": "text/markdown"}
        put = client.put(f"{MAP}/days/7", content=NOTES.encode(), headers=headers)
        assert put.headers["location"] == f"{PREFIX}{MAP}/days/7?part=notes"
        node = json.dumps({"nodes": [{"kind": "Concept", "label": "Rye"}]}).encode()
        headers |= {"Content-Type": "application/json", "Idempotency-Key": "one"}
        added = client.post(f"{MAP}/days/7/nodes", content=node, headers=headers)
        assert added.headers["location"].startswith(f"{PREFIX}{MAP}/days/7?part=by")
        again = client.post(f"{MAP}/days/7/nodes", content=node, headers={**headers, "X-Forwarded-Prefix": "/other"})
        assert again.headers["idempotency-replayed"] == "true"
        assert again.headers["location"].startswith(f"/other{MAP}")


def test_who_tries_tokens_is_slowed_down_whatever_it_says_of_itself() -> None:
    with served() as one, running(one.app) as address, httpx2.Client(base_url=address, timeout=30) as client:
        said = [
            client.get(
                "/maps", headers={"Authorization": f"Bearer wrong-{number}", "X-Forwarded-For": f"203.0.113.{number}"}
            ).status_code
            for number in range(60)
        ]
        assert said[0] == 401
        assert said[-1] == 429


def test_behind_a_proxy_each_client_has_its_own_limit() -> None:
    settings = {"proxies": "127.0.0.1"}
    with served(**settings) as one, running(one.app) as address, httpx2.Client(base_url=address) as client:

        def tried(who: str, number: int) -> int:
            headers = {"Authorization": f"Bearer wrong-{number}", "X-Forwarded-For": who}
            return client.get("/maps", headers=headers).status_code

        assert [tried("203.0.113.1", number) for number in range(60)][-1] == 429
        assert tried("203.0.113.2", 1) == 401


def test_answers_that_are_kept_are_kept_for_each_prefix(service: Served) -> None:
    with running(service.app) as address, httpx2.Client(base_url=address, timeout=30) as client:
        for prefix in ("", "/one", "/two", "", "/one"):
            page = client.get(f"{MAP}/page", headers={"X-Forwarded-Prefix": prefix}).text
            links = {one for one in ATTRIBUTE.findall(page) if one.startswith("/")}
            assert links
            assert all(one == prefix or one.startswith(f"{prefix}/") for one in links)


def test_the_description_and_problems_name_the_prefix(service: Served) -> None:
    with running(service.app) as address, httpx2.Client(base_url=address, timeout=30) as client:
        said = {"X-Forwarded-Prefix": PREFIX}
        assert client.get("/openapi.json", headers=said).json()["servers"] == [{"url": PREFIX}]
        assert "servers" not in client.get("/openapi.json").json()
        assert client.get("/maps/none", headers=said).json()["type"] == f"{PREFIX}/docs#unknown-map"
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        sent = {**said, "Accept": "application/json, text/event-stream"}
        answer = client.post("/mcp", json=message, headers=sent)
        assert answer.status_code in (200, 404)
        assert '"/maps' not in answer.text


def test_a_browser_that_uses_the_page_stays_under_the_prefix() -> None:
    with served(proxies="127.0.0.1") as one:
        _fill(one)
        with (
            running(one.app) as address,
            proxying(_port(address), PREFIX) as proxy,
            chromium() as browser,
        ):
            page = browser.new_page()
            failed: list[str] = []
            page.on("requestfailed", lambda request: failed.append(request.url))
            page.goto(f"{proxy.address}{MAP}/page")
            page.locator("#find input").fill("ye")
            page.locator("#find [role=option]").first.wait_for()
            page.locator("#ask input").fill("what does fermentation require?")
            page.locator("#ask input").press("Enter")
            page.wait_for_function("location.search.includes('q=')")
            page.locator("#aside").get_by_text("Yeast").first.wait_for()
            page.locator("#stage a.part").first.click()
            page.wait_for_function("location.search.includes('focus=') || location.search.includes('edge=')")
            assert urlsplit(page.url).path == f"{PREFIX}{MAP}/page"
            assert proxy.outside == []
