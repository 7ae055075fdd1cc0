"""Where the pages of a published map lie: file names that every disk and server takes, and the links between pages."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from api.web.page_state import PageState
from conceptmap.values import View
from ontology.model import EdgeKey
from ontology.names import day_number
from ontology.terms import DAY, INTRODUCED_ON, UNIT

INDEX, OUTLINE, MISSING = "index.html", "outline.html", "404.html"
OTHERS = {"page/compare": "compare.html", "outline": OUTLINE, "days": "days/index.html"}
"""The pages of a map that are there once, by the words with which templates ask for them."""
_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,58}[a-z0-9])?")
_WORD = re.compile("[a-z0-9]+")
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))]
)
"""Names that Windows keeps for devices, whatever follows the dot, and the one that servers show for a folder."""


def file_name(name: str) -> str:
    """The name of a file for what bears this name: small ASCII letters and digits; what they lose is told by a digest.

    So no disk takes two of them for one, and no server must decode any.

    >>> file_name("scaling-laws"), file_name("Yeast"), file_name("con"), file_name("発酵")
    ('scaling-laws', 'yeast-440d69de48', 'con-1143da2bc5', 'n-cfcf3c1a0c')
    """
    if _PLAIN.fullmatch(name) and name not in _RESERVED:
        return name
    words = "-".join(_WORD.findall(name.lower()))[:40].rstrip("-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{words or 'n'}-{digest}"


@dataclass(frozen=True, slots=True)
class Paths:
    """The path of each page from the folder of the site, for the newest view of a map."""

    view: View

    def node(self, node: str) -> str:
        """The page of a node; a day that has notes and a unit have pages of their own kind."""
        kind = self.view.kind(node) if self.view.has_node(node) else DAY
        if kind == DAY and (day := day_number(node)) is not None and day in self.view.days():
            return self.day(day)
        return f"{'units' if kind == UNIT else 'nodes'}/{file_name(node)}.html"

    def former(self, node: str) -> str:
        """The page of an id that leads to another node's by now."""
        return f"nodes/{file_name(node)}.html"

    def edge(self, key: EdgeKey) -> str:
        """The place of an edge, on the page of its source; that a day introduces a node stands at its top."""
        page = self.node(key.source)
        return page if key.relation == INTRODUCED_ON else f"{page}#{edge_anchor(key)}"

    def day(self, day: int) -> str:
        """The page of a day."""
        return f"days/{day}.html"

    def note(self, day: int, part: str) -> str:
        """The page of a note."""
        return f"notes/{day}-{file_name(part.removesuffix('.md'))}.html"

    def changes(self, day: int) -> str:
        """The page of what a day changed."""
        return f"changes/{day}.html"

    def picture_of_changes(self, day: int) -> str:
        """The picture of what a day changed."""
        return f"changes/{day}.svg"


def edge_anchor(key: EdgeKey) -> str:
    """The anchor of an edge (of a comparison, all dimensions of it) on the pages of its ends, from either of them."""
    words = " ".join([key.relation, *sorted((key.source, key.target))])
    return f"e-{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class PublishedState(PageState):
    """What a page of a published map shows; its links lead from one file to another, `root` being the way up."""

    paths: Paths = field(kw_only=True)

    def address(self, name: str, page: str = "page", **changes: object) -> str:
        """The relative link to what these parameters ask for."""
        return f"{self.root}/{quote(self._path(page, self.parameters(**changes)), safe='/#')}"

    def moment(self, name: str, path: str, **more: object) -> str:
        """The relative link to another form of the map."""
        if path == "diff.svg":
            return f"{self.root}/{self.paths.picture_of_changes(_number(more['to']))}"
        return self.address(name, path, **more)

    def parameters(self, **changes: object) -> dict[str, object]:
        """The parameters that say what is shown."""
        given = super(PublishedState, self).parameters(**changes)
        return {name: value for name, value in given.items() if name != "paths"}

    def _path(self, page: str, given: Mapping[str, object]) -> str:
        if page == "page/notes":
            return self.paths.note(_number(given["day"]), str(given["part"]))
        if page in OTHERS:
            return OTHERS[page]
        if page != "page":
            raise ValueError(f"nothing is published at {page}")
        if "edge" in given:
            source, *relation, target = str(given["edge"]).split()
            return self.paths.edge(EdgeKey(source, " ".join(relation), target))
        if "focus" in given:
            return self.paths.node(str(given["focus"]))
        return OUTLINE if given.get("view") == "all" else INDEX


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
