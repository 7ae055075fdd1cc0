"""For those who run the service: whether it lives, whether it can answer, and what it counts."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.errors import Forbidden
from api.metrics import CONTENT_TYPE, Metrics
from api.service import TheService

_FRESH = {"Cache-Control": "no-store"}


def router_of() -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["operations"])
    router.get("/health/live")(live)
    router.get("/health/ready", responses={503: {"description": "The store cannot be read"}})(ready)
    router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})(metrics)
    return router


async def live() -> Response:
    """The process answers."""
    return JSONResponse({"status": "live"}, headers=_FRESH)


async def ready(service: TheService) -> Response:
    """The store can be read: requests may come. Raises `StoreUnavailable` or `StoreCorrupted` otherwise."""
    await service.reading.in_thread(service.atlas.ledger.log.maps)
    return JSONResponse({"status": "ready"}, headers=_FRESH)


async def metrics(request: Request, service: TheService) -> Response:
    """Counters and sizes, as Prometheus reads them."""
    grant = await service.gate.reader(request, None)
    if (only := service.gate.only_map(grant)) is not None:
        raise Forbidden(f"the metrics are of all maps; the token is for map {only!r}")
    counted: Metrics = request.app.state.metrics
    text = await service.reading.in_thread(counted.text)
    return Response(text, headers={**_FRESH, "Content-Type": CONTENT_TYPE})
