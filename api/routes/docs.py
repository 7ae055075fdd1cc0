"""The description of the service: as OpenAPI for programs, as one plain page for people."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import Encoded
from api.encoding import as_json
from api.handbook import handbook
from api.service import TheService


def router_of() -> APIRouter:
    """The routes, which do not describe themselves."""
    router = APIRouter(include_in_schema=False)
    router.get("/openapi.json")(openapi)
    router.get("/docs")(page)
    return router


async def openapi(request: Request, service: TheService) -> Response:
    """The description as OpenAPI 3.1."""
    return await service.plain(request, as_json(request.app.openapi()))


async def page(request: Request, service: TheService) -> Response:
    """The description as a page without scripts, and what each error means."""
    text = handbook(request.app.openapi())
    return await service.plain(request, Encoded(text.encode(), "text/html; charset=utf-8"))
