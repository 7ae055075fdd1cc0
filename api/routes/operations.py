"""For those who run the service, and for those who write its clients: health, metrics, and the description."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from typing_extensions import TypedDict

from api.errors import Forbidden
from api.observe import CONTENT_TYPE, Metrics
from api.openapi import MACHINES, Responses, Route, described, handbook
from api.responses import Encoded, as_json
from api.service import TheService

_FRESH = {"Cache-Control": "no-store"}


class HealthShape(TypedDict):
    """How the process is."""

    status: Literal["live", "ready"]


def routes() -> list[Route]:
    """The addresses; those of the description do not describe themselves."""
    unready: Responses = {503: {"description": "The store cannot be read"}}
    counted: Responses = {200: {"content": {"text/plain": {}}}}
    return [
        Route("GET", "/health/live", live, MACHINES, HealthShape),
        Route("GET", "/health/ready", ready, MACHINES, HealthShape, unready),
        Route("GET", "/metrics", metrics, MACHINES, None, counted),
        Route("GET", "/openapi.json", openapi),
        Route("GET", "/docs", docs),
    ]


async def live() -> Response:
    """The process answers."""
    return JSONResponse({"status": "live"}, headers=_FRESH)


async def ready(service: TheService) -> Response:
    """The store can be read: requests may come. Raises `StoreUnavailable` or `StoreCorrupted` otherwise."""
    await service.readers.in_thread(service.atlas.maps)
    return JSONResponse({"status": "ready"}, headers=_FRESH)


async def metrics(request: Request, service: TheService) -> Response:
    """Counters and sizes, as Prometheus reads them."""
    grant = await service.authorizer.reader(request, None)
    if (only := service.authorizer.only_map(grant)) is not None:
        raise Forbidden(f"the metrics are of all maps; the token is for map {only!r}")
    counted: Metrics = request.app.state.metrics
    text = await service.readers.in_thread(counted.text)
    return Response(text, headers={**_FRESH, "Content-Type": CONTENT_TYPE})


async def openapi(request: Request, service: TheService) -> Response:
    """The description as OpenAPI 3.1."""
    return await service.plain(request, as_json(described(request)))


async def docs(request: Request, service: TheService) -> Response:
    """The description as a page without scripts, and what each error means."""
    text = handbook(request.app.openapi(), request.scope["root_path"])
    return await service.plain(request, Encoded(text.encode(), "text/html; charset=utf-8"))
