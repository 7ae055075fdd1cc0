"""What the address of the page asks for; and the addresses of the page's links, which change a little of it."""

import re
from dataclasses import dataclass, fields
from typing import Annotated, Literal, get_args
from urllib.parse import quote, urlencode

from fastapi import Depends, Query
from starlette.requests import Request

from api.requests import TheVersion
from conceptmap.values import Citation
from ontology.model import EdgeKey

_BACK = re.compile(r"(\w+)(?:\?[\w=&%.+:~/-]{0,4000})?", re.ASCII)
_PAGES = {
    "changes": "what changed",
    "compare": "what is compared",
    "history": "the history",
    "query": "the query",
}
"""The pages that a note may lead back to, besides the map, in words."""

ViewName = Literal["map", "near", "all", "timeline"]
VIEWS: tuple[ViewName, ...] = get_args(ViewName)
_LONGEST = 2000
"""Characters of a value in the address: as many as a question may have."""


@dataclass(frozen=True, slots=True)
class PageState:
    """A state of the page: all of it stands in the address, so that a link shows the same to somebody else.

    Without a `view` the page chooses one that shows what is asked about. `anew` lays out the chosen day by itself.
    `root` is the prefix under which a proxy shows the service; it begins all addresses.
    """

    as_of: int | None = None
    at: str | None = None
    view: ViewName | None = None
    focus: str | None = None
    edge: str | None = None
    q: str | None = None
    find: str | None = None
    anew: bool = False
    root: str = ""

    def address(self, name: str, page: str = "page", **changes: object) -> str:
        """The address of a page of the map with these changes; what is None is left out.

        >>> PageState(as_of=3, focus="yeast").address("bread", focus=None, q="what?")
        '/maps/bread/page?as_of=3&q=what%3F'
        >>> PageState().address("bread", "page/notes", day=0)
        '/maps/bread/page/notes?day=0'
        """
        return self.root + _address(name, page, self.parameters(**changes))

    def moment(self, name: str, path: str, **more: object) -> str:
        """The address of another form of the map at the same moment."""
        return self.root + _address(name, path, {"as_of": self.as_of, "at": self.at, **more})

    def source(self, name: str, cite: Citation, back: str | None = None) -> str:
        """The address of the note that is cited, its lines marked; `back` is the page to return to, if not the map.

        >>> cite = Citation(3, "day-03.md", (10, 18), None, "stated")
        >>> PageState(focus="yeast").source("bread", cite)
        '/maps/bread/page/notes?focus=yeast&day=3&part=day-03.md&lines=10-18#L10-L18'
        """
        more: dict[str, object] = {"day": cite.day, "part": cite.file, "lines": None, "back": back}
        if cite.lines is None:
            return self.address(name, "page/notes", **more)
        first, last = cite.lines
        lines = str(first) if first == last else f"{first}-{last}"
        anchor = f"L{first}" if first == last else f"L{first}-L{last}"
        return f"{self.address(name, 'page/notes', **{**more, 'lines': lines})}#{anchor}"

    def parameters(self, **changes: object) -> dict[str, object]:
        """The parameters that stand in the address."""
        given = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "root"} | changes
        return {
            name: value for name, value in given.items() if value is not None and value is not False and value != ""
        }

    def edge_key(self) -> EdgeKey | None:
        """The edge that is chosen: `source relation target`, as ids have no spaces.

        >>> PageState(edge="flour part of bread").edge_key()
        EdgeKey(source='flour', relation='part of', target='bread', dimension=None)
        """
        words = (self.edge or "").split()
        return EdgeKey(words[0], " ".join(words[1:-1]), words[-1]) if len(words) > 2 else None


def way_back(name: str, state: PageState, page: str) -> tuple[str, str]:
    """Where somebody came from who followed a citation: its address, and in words; `page` is not the map, if it is any.

    >>> way_back("bread", PageState(focus="yeast"), "")
    ('/maps/bread/page?focus=yeast', 'the map, at yeast')
    >>> way_back("bread", PageState(), "changes?from=1&to=2")
    ('/maps/bread/page/changes?from=1&to=2', 'what changed')
    """
    if (found := _BACK.fullmatch(page)) is not None and found[1] in _PAGES:
        return f"{state.root}/maps/{quote(name)}/page/{page}", _PAGES[found[1]]
    if state.q:
        return state.address(name), f"the answer to “{state.q}”"
    at = state.focus or state.edge
    return state.address(name), f"the map, at {at}" if at else "the map"


def edge_words(key: EdgeKey) -> str:
    """An edge (or, of a comparison, all dimensions of it) as the address names it."""
    return f"{key.source} {key.relation} {key.target}"


def _page_state(
    request: Request,
    moment: TheVersion,
    view: Annotated[str | None, Query(max_length=20)] = None,
    focus: Annotated[str | None, Query(max_length=_LONGEST)] = None,
    edge: Annotated[str | None, Query(max_length=_LONGEST)] = None,
    q: Annotated[str | None, Query(max_length=_LONGEST)] = None,
    find: Annotated[str | None, Query(max_length=_LONGEST)] = None,
    anew: Annotated[bool, Query()] = False,
) -> PageState:
    """An empty field of a form is no field, and an unknown view is none."""
    chosen = next((one for one in VIEWS if one == view), None)
    words = (text.strip() if text else None for text in (focus, edge, q, find))
    focus, edge, q, find = (text or None for text in words)
    return PageState(
        moment.as_of,
        moment.at,
        chosen,
        focus,
        edge,
        q,
        find,
        anew and moment.as_of is not None,
        request.scope["root_path"],
    )


ThePageState = Annotated[PageState, Depends(_page_state)]


def _address(name: str, path: str, parameters: dict[str, object]) -> str:
    given = {key: value for key, value in parameters.items() if value is not None}
    query = urlencode({key: int(value) if value is True else value for key, value in given.items()})
    return f"/maps/{quote(name)}/{path}{'?' if query else ''}{query}"
