"""What the description of the service says of many routes: their errors, their forms, and names in addresses."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Header, Path, Query

from api.description import reference
from api.errors import PROBLEM, BadRequest, ErrorShape
from api.pages import MOST
from ontology.names import is_id

Responses = dict[int | str, dict[str, Any]]

_PROBLEM = {"schema": reference(ErrorShape)}
_TITLES = {
    304: "The client has it already",
    400: "Wrong request",
    401: "No token, or none that stands",
    403: "The token does not allow this",
    404: "Not there",
    406: "No form that the request accepts",
    408: "The body took too long",
    409: "The map does not allow this write",
    412: "Changed meanwhile, or there already",
    413: "Too large",
    415: "A form that is not taken",
    428: "If-Match is needed",
    429: "Too many requests",
    500: "A mistake of the service",
    503: "The store or the renderer does not answer",
    507: "The store is full",
}
_ALWAYS = (400, 401, 403, 404, 429, 500, 503)

MapPath = Annotated[str, Path(description="name of the map", examples=["robot-intelligence"], max_length=200)]
NodePath = Annotated[str, Path(description="id, label or alias of the node", examples=["bitter-lesson"])]
DryRun = Annotated[bool, Query(description="only say what would change")]
IfMatch = Annotated[str | None, Header(alias="If-Match", description='ETag of what is replaced, or "*"')]
Limit = Annotated[int, Query(ge=1, le=MOST, description="how many a page has")]
Cursor = Annotated[str | None, Query(max_length=1000, description="where the page begins: `next` of the page before")]


def reading(*more: int) -> Responses:
    """The errors of a route that reads."""
    return {304: {"description": _TITLES[304]}, **_problems(*_ALWAYS, *more)}


def writing(*more: int) -> Responses:
    """The errors of a route that writes."""
    return _problems(*_ALWAYS, 408, 409, 412, 413, 415, 507, *more)


def text(*kinds: str, status: int = 200) -> Responses:
    """Forms of an answer besides JSON."""
    return {status: {"content": {kind: {"schema": _schema(kind)} for kind in kinds}}}


def body(*kinds: str, model: type | None = None) -> dict[str, Any]:
    """What the description says of a body that the route reads itself."""
    schema: Mapping[str, Any] = reference(model) if model else {"type": "string"}
    content = {kind: {"schema": schema} for kind in kinds}
    return {"requestBody": {"required": True, "content": content}}


def checked_map(name: str) -> str:
    """The name, if a map can have it. Raises `BadRequest`."""
    if not is_id(name) or len(name) > 200:
        raise BadRequest(f"{name[:200]!r} cannot name a map; use letters, digits, '-' and '_'")
    return name


def _schema(kind: str) -> dict[str, str]:
    """What can be said of an answer in a form that is not described further."""
    if kind.endswith("json"):
        return {}
    return {"type": "string", "format": "binary"} if kind == "image/png" else {"type": "string"}


def _problems(*statuses: int) -> Responses:
    return {one: {"description": _TITLES[one], "content": {PROBLEM: _PROBLEM}} for one in sorted(set(statuses))}
