"""The description of the service: OpenAPI for programs, one plain page for people, and what routes say in it."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from fastapi import APIRouter, FastAPI
from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.errors import PROBLEM, TABLE, ErrorShape, slug
from api.parameters import careful
from api.requests import NewEdges, NewItems, NewLabel, NewMend, NewNodes, NewPlace
from conceptmap.pushed import SentFolder
from conceptmap.shapes.changes import ReportShape

MACHINES = "operations"
"""The tag of what machines ask every few seconds: they may add what they like to keep caches away."""
REFERENCE = "#/components/schemas/{model}"
_SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "`conceptmap token create --name ada --scope append` makes a token",
    }
}


class DescribedApp(FastAPI):
    """An app whose description says what it does, not what the framework would do by itself."""

    def openapi(self) -> dict[str, Any]:
        """The description: no 422 (a wrong request is 400 here), the shapes that routes name, and who needs a token."""
        if self.openapi_schema is None:
            description = super().openapi()
            for path in description["paths"].values():
                for operation in path.values():
                    operation["responses"].pop("422", None)
                    if "409" in operation["responses"]:
                        operation["security"] = [{"bearer": []}]
            components = description.setdefault("components", {})
            components["securitySchemes"] = _SCHEMES
            schemas: dict[str, Any] = components.setdefault("schemas", {})
            for model in (ErrorShape, NewItems, NewNodes, NewEdges, NewLabel, NewMend, NewPlace, SentFolder):
                schemas |= _schemas_of(model)
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
        return super().openapi()


def reference(model: type) -> dict[str, str]:
    """Where the description holds a shape."""
    return {"$ref": REFERENCE.format(model=model.__name__)}


def _schemas_of(model: type) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema(ref_template=REFERENCE)
    return {**schema.pop("$defs", {}), model.__name__: schema}


# What routes say of themselves

Responses = dict[int | str, dict[str, Any]]

_PROBLEM = {"schema": reference(ErrorShape)}
_TITLES = {
    301: "The id leads to another, which `Location` names",
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
"""What any route of a map may answer."""


@dataclass(frozen=True, slots=True)
class Route:
    """An address of the service: what is called there, and what the description says of it.

    `shape` is the JSON of the answer (None: it has other forms, which `responses` name), `responses` what else may
    come, `body` what is sent. A route without a `tag` is for people, and stays out of the description. `takes` are
    parameters that the handler reads itself.
    """

    method: Literal["GET", "PUT", "POST", "DELETE"]
    path: str
    handler: Callable[..., Awaitable[Response]]
    tag: str = ""
    shape: Any = None
    responses: Responses = field(default_factory=dict)
    body: dict[str, Any] | None = None
    takes: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash((self.method, self.path))

    def add_to(self, router: APIRouter) -> None:
        """Make the address known."""
        router.add_api_route(
            self.path,
            self.handler,
            methods=[self.method],
            tags=[self.tag] if self.tag else None,
            response_model=self.shape,
            response_class=JSONResponse if self.shape else Response,
            responses=self.responses,
            openapi_extra=self.body,
            include_in_schema=bool(self.tag),
            route_class_override=careful(strict=self.tag not in ("", MACHINES), also=self.takes),
        )


def reading(*more: int, moves: bool = False) -> Responses:
    """The errors of a route that reads; `moves`: what is read may be at another address."""
    bare = (301, 304) if moves else (304,)
    return {**{one: {"description": _TITLES[one]} for one in bare}, **_problems(*_ALWAYS, *more)}


def writing(*more: int) -> Responses:
    """The errors of a route that writes."""
    return _problems(*_ALWAYS, 408, 409, 412, 413, 415, 507, *more)


def written(new: str, *more: int) -> Responses:
    """What a route that writes may answer; `new` says what a 201 is."""
    return {201: {"model": ReportShape, "description": new}, **writing(*more)}


def text(*kinds: str, status: int = 200) -> Responses:
    """Forms of an answer besides JSON."""
    return {status: {"content": {kind: {"schema": _schema(kind)} for kind in kinds}}}


def body(*kinds: str, model: type | None = None) -> dict[str, Any]:
    """What the description says of a body that the route reads itself."""
    schema: Mapping[str, Any] = reference(model) if model else {"type": "string"}
    content = {kind: {"schema": schema} for kind in kinds}
    return {"requestBody": {"required": True, "content": content}}


def _schema(kind: str) -> dict[str, str]:
    """What can be said of an answer in a form that is not described further."""
    if kind.endswith("json"):
        return {}
    return {"type": "string", "format": "binary"} if kind == "image/png" else {"type": "string"}


def _problems(*statuses: int) -> Responses:
    return {one: {"description": _TITLES[one], "content": {PROBLEM: _PROBLEM}} for one in sorted(set(statuses))}


# The page /docs: every address and every error, without scripts and without anything from elsewhere

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
  color: #1b1b1b; background: #fff; }
code, .method { font-family: ui-monospace, monospace; }
.method { font-weight: bold; }
table { border-collapse: collapse; } td, th { text-align: left; vertical-align: top; padding: .1rem 1rem .1rem 0; }
h3 { margin-bottom: 0; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #16181c; } a { color: #9cf; } }
"""


def described(request: Request) -> dict[str, Any]:
    """The description, with the prefix under which a proxy shows the service."""
    description: dict[str, Any] = request.app.openapi()
    root = request.scope["root_path"]
    if not root:
        return description
    components = description["components"]
    shape = components["schemas"][ErrorShape.__name__]
    examples = [{**one, "type": root + one["type"]} for one in shape["examples"]]
    schemas = {**components["schemas"], ErrorShape.__name__: {**shape, "examples": examples}}
    return {**description, "servers": [{"url": root}], "components": {**components, "schemas": schemas}}


def handbook(description: dict[str, Any], root: str) -> str:
    """The page for an OpenAPI description of a service that a proxy shows under a prefix, or none."""
    info = description["info"]
    lines = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(info['title'])}: HTTP</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(info['title'])}</h1><p>{escape(info['summary'])}</p>",
        f'<p>For programs: <a href="{root}/openapi.json">OpenAPI</a>. '
        'What goes wrong: <a href="#errors">errors</a>.</p>',
        "<h2>Addresses</h2>",
        *_operations(description, root),
        '<h2 id="errors">Errors</h2><p>Every error is <code>application/problem+json</code> (RFC 9457); its '
        "<code>type</code> points here.</p><table><tr><th>status</th><th>error</th><th>meaning</th></tr>",
        *_errors(),
        "</table></body></html>\n",
    ]
    return "\n".join(lines)


def _operations(description: dict[str, Any], root: str) -> Iterator[str]:
    for path, methods in description["paths"].items():
        for method, said in methods.items():
            yield f'<h3><span class="method">{method.upper()}</span> <code>{escape(root + path)}</code></h3>'
            yield f"<p>{escape(said.get('description', ''))}</p>"
            rows = "".join(map(_parameter, said.get("parameters", ())))
            if rows:
                yield f"<table>{rows}</table>"


def _parameter(said: dict[str, Any]) -> str:
    needed = ", needed" if said.get("required") and said["in"] != "path" else ""
    text = escape(said.get("description", ""))
    return f"<tr><td><code>{escape(said['name'])}</code></td><td>{said['in']}{needed}</td><td>{text}</td></tr>"


def _errors() -> Iterator[str]:
    for error, kind in TABLE.items():
        text = escape((error.__doc__ or "").split("\n")[0])
        name = slug(error)
        yield f'<tr id="{name}"><td>{kind.status}</td><td><code>{name}</code></td><td>{text}</td></tr>'
