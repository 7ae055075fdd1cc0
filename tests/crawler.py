"""Reads a folder of web pages as a visitor would walk it: every link, and every anchor that a link names."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src"}
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Read:
    """A page: its links, its anchors, the anchors that are there twice, and what is not closed as it was opened."""

    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    twice: list[str] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Read()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.page.unclosed.append(f"</{tag}> at {self.getpos()}")

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if anchor := given.get("id"):
            if anchor in self.page.anchors:
                self.page.twice.append(anchor)
            self.page.anchors.add(anchor)
        if link := given.get(LINKS.get(tag, "")):
            self.page.links.append(link)
        if tag == "meta" and given.get("http-equiv") == "refresh":
            self.page.links.append((given["content"] or "").partition("url=")[2])


def read(file: Path) -> Read:
    """What stands in a page."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    reader.close()
    return reader.page


def crawl(folder: Path) -> tuple[dict[str, Read], list[str]]:
    """All pages of a folder by their paths; and what is wrong: links that lead nowhere or out of it, broken markup."""
    pages = {file.relative_to(folder).as_posix(): read(file) for file in sorted(folder.rglob("*.html"))}
    troubles: list[str] = []
    for path, page in pages.items():
        troubles += [f"{path}: id {one} twice" for one in page.twice]
        troubles += [f"{path}: {one}" for one in page.unclosed]
        troubles += [f"{path}: {link} {why}" for link in page.links if (why := _wrong(folder, pages, path, link))]
    return pages, troubles


def _wrong(folder: Path, pages: dict[str, Read], path: str, link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme in ("http", "https", "mailto"):
        return ""
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return "is not relative"
    if parts.query:
        return "has a query, which no file answers"
    target = normpath((PurePosixPath(path).parent / unquote(parts.path)).as_posix()) if parts.path else path
    if target.startswith(".."):
        return "leads out of the folder"
    if not (folder / target).is_file():
        return "leads to no file"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
        return "leads to no anchor"
    return ""


def reached(pages: dict[str, Read], start: str) -> set[str]:
    """The pages that links lead to from one."""
    found, waiting = {start}, [start]
    while waiting:
        path = waiting.pop()
        for link in pages[path].links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = normpath((PurePosixPath(path).parent / unquote(parts.path)).as_posix())
            if target in pages and target not in found:
                found.add(target)
                waiting.append(target)
    return found
