"""The documentation as a site: strict, whole, and without anything from elsewhere."""

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import docs_site

FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


class _Page(HTMLParser):
    """The anchors of a page, where its links lead, and what a browser fetches for it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value for name, value in attrs if value}
        if "id" in said:
            self.anchors.add(said["id"])
        if tag == "a" and "href" in said:
            self.links.add(said["href"])
        if FETCHED.get(tag) in said:
            self.fetched.add(said[FETCHED[tag]])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, for which Sphinx had nothing to warn of."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    done = subprocess.run(
        [sys.executable, docs_site.__file__, str(folder)], capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def crawled(site: Path) -> dict[Path, _Page]:
    """All pages of the site."""
    return {file: _Page(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}


def test_every_link_of_the_site_leads_to_a_page_and_a_place_in_it(crawled: dict[Path, _Page]) -> None:
    lost = []
    for file, page in crawled.items():
        for link in page.links | page.fetched:
            address = urlsplit(link)
            if address.scheme or link == "#":
                continue
            target = (file.parent / unquote(address.path)).resolve() if address.path else file
            anchors = crawled[target].anchors if target in crawled else {""}
            if not target.is_file() or address.fragment not in anchors | {""}:
                lost.append(f"{file.name}: {link}")
    assert lost == []


def test_nothing_is_fetched_from_elsewhere(site: Path, crawled: dict[Path, _Page]) -> None:
    fetched = {one for page in crawled.values() for one in page.fetched}
    assert {one for one in fetched if urlsplit(one).netloc} == set()
    sheets = [file.read_text(encoding="utf-8") for file in site.rglob("*.css")]
    assert sheets and not [text for text in sheets if "url(http" in text or "url(//" in text or "@import" in text]


def test_the_start_page_leads_to_every_page_and_shows_the_map(site: Path, crawled: dict[Path, _Page]) -> None:
    start = crawled[site / "index.html"]
    assert {f"{name}.html" for name in docs_site.pages().values()} - start.links <= {"index.html"}
    assert "_images/day-26.svg" in start.fetched


def test_what_the_pages_say_can_be_searched_for(site: Path) -> None:
    found = (site / "searchindex.js").read_text(encoding="utf-8")
    assert "obsidian" in found and "postgresql" in found
    assert '"decisions/0023-witness"' in found
