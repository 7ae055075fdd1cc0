"""What the address of the page asks for; and the addresses of the page's links, which change a little of it."""

from dataclasses import dataclass, fields
from typing import Annotated, Literal, get_args
from urllib.parse import quote, urlencode

from fastapi import Depends, Query
from starlette.requests import Request

from api.requests import TheVersion
from ontology.model import EdgeKey

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
        """
        return self.root + _address(name, page, self.parameters(**changes))

    def moment(self, name: str, path: str, **more: object) -> str:
        """The address of another form of the map at the same moment."""
        return self.root + _address(name, path, {"as_of": self.as_of, "at": self.at, **more})

    def parameters(self, **changes: object) -> dict[str, object]:
        """The parameters that stand in the address."""
        given = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "root"} | changes
        return {name: value for name, value in given.items() if value not in (None, "", False)}

    def edge_key(self) -> EdgeKey | None:
        """The edge that is chosen: `source relation target`, as ids have no spaces.

        >>> PageState(edge="flour part of bread").edge_key()
        EdgeKey(source='flour', relation='part of', target='bread', dimension=None)
        """
        words = (self.edge or "").split()
        return EdgeKey(words[0], " ".join(words[1:-1]), words[-1]) if len(words) > 2 else None


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
