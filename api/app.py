"""The app: a function of an atlas and settings, with nothing global."""

import gc
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from anyio import create_task_group, sleep, to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from api.agents import AGENT_HEADERS, PATH, AgentDoor
from api.cache import CacheMiddleware
from api.errors import BadRequest, http_error, problem_of
from api.observe import HEADER, Metrics, RequestLog, configure_logging
from api.openapi import DescribedApp
from api.parameters import wrong_values
from api.proxies import ProxyMiddleware
from api.responses import Moved
from api.routes import router_of_all
from api.service import Service
from api.settings import Settings, read_settings
from api.web.offers import service_offers
from api.web.site import Site, error_page, wants_page
from api.wire.connections import Connections
from api.workers import SparqlPool
from conceptmap.atlas import Atlas, open_atlas
from ontology.errors import ConceptMapError

_log = logging.getLogger(__name__)

SUMMARY = "Concept maps that grow from a course's daily notes: read, appended to, asked and drawn over HTTP."
SENT = ("Authorization", "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key")
"""Headers that pages of other origins may send (CORS)."""
EXPOSED = ("ETag", "Link", "Location", "Retry-After", "Idempotency-Replayed", HEADER)
"""Headers that pages of other origins may read (CORS): all that clients of this service act on."""

TIDY = 60.0
"""Seconds between two looks for garbage: of one minute's requests it takes some milliseconds."""
NEVER = 1_000_000_000
"""So many looks at young objects come before one at all of them that it does not come by itself."""
UNTRACED: Any = {"tracing": False, "metrics": False, "logs": False}
"""Where nobody set OpenTelemetry up the framework need not look for it in each request."""
FEW_PROBLEMS = 100
"""Problems of notes that are written out in the event loop, in a millisecond; a file may have one in every line."""
TURN = 0.0005
"""Seconds after which a thread that computes lets another run. An answer takes several turns of the event loop; with
Python's 5 ms for each turn of an export's thread it came some 20 ms later."""


def create_app(atlas: Atlas, settings: Settings) -> FastAPI:
    """The service on an atlas. Whoever opened the atlas closes it."""
    app = DescribedApp(
        title="conceptmap",
        summary=SUMMARY,
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
        telemetry=None if any(name.startswith("OTEL_") for name in os.environ) else UNTRACED,
    )
    service = app.state.service = Service(atlas, settings)
    app.state.site = Site(service.vocabulary)
    metrics = app.state.metrics = Metrics(atlas)
    app.state.sparql_pool = SparqlPool(atlas, settings, metrics.engine_starts.inc)
    app.state.agents = AgentDoor(service)
    app.state.connections = Connections(settings, metrics.connections_ended)
    router = router_of_all()
    app.router.routes += [*router.routes, Route(PATH, app.state.agents)]
    app.add_exception_handler(ConceptMapError, _told)
    app.add_exception_handler(Moved, _moved)
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(RequestValidationError, _told)
    app.add_middleware(CacheMiddleware, cache=service.cache, authorizer=service.authorizer, readers=service.readers)
    if settings.cors:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors,
            allow_methods=["GET", "HEAD", "PUT", "POST", "DELETE"],
            allow_headers=[*SENT, *AGENT_HEADERS],
            expose_headers=EXPOSED,
        )
    app.add_middleware(RequestLog, metrics=metrics)
    if settings.proxies or settings.root_path:
        own = {route.path.split("/")[1] for route in [*router.routes, *app.router.routes] if isinstance(route, Route)}
        app.add_middleware(ProxyMiddleware, trusted=settings.proxies, prefix=settings.root_path, own=own)
    return app


def factory() -> FastAPI:
    """The app of a worker process, its atlas opened and closed with it; settings come from the environment."""
    settings = read_settings()
    configure_logging(settings.log_level)
    sys.setswitchinterval(TURN)
    atlas = open_atlas(
        settings.store,
        vocabulary=settings.vocabulary,
        create=False,
        replica=settings.replica,
        replica_seconds=settings.replica_seconds,
    )
    app = create_app(atlas, settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, Any]]:
        with atlas:
            async with _lifespan(app) as state:
                yield state

    app.router.lifespan_context = lifespan
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    """Begin with the app what should be ready soon, and end with it what it started; the server is given the state."""
    pool: SparqlPool = app.state.sparql_pool
    service: Service = app.state.service
    agents: AgentDoor = app.state.agents
    connections: Connections = app.state.connections
    try:
        async with agents.open(), create_task_group() as tasks:
            tasks.start_soon(_warm, service.atlas)
            tasks.start_soon(_tidy)
            tasks.start_soon(connections.watch)
            yield {"connections": connections}
            tasks.cancel_scope.cancel()
    finally:
        pool.close()


async def _warm(atlas: Atlas) -> None:
    """Read the maps before anybody asks, while the service answers already."""
    try:
        await to_thread.run_sync(atlas.warm, abandon_on_cancel=True)
    except ConceptMapError as error:
        _log.error("the maps could not be read before they are asked for: %s", error)


async def _tidy() -> None:
    """Look for garbage now and then, and what is left no more: else the collector would look at all maps in between.

    No thread runs meanwhile. What is left and becomes garbage is freed as long as it is in no circle, and maps are not.
    """
    young, older, all_of_them = gc.get_threshold()
    gc.set_threshold(young, older, NEVER)
    try:
        while True:
            await sleep(TIDY)
            gc.collect()
            gc.freeze()
    finally:
        gc.set_threshold(young, older, all_of_them)


async def _moved(_request: Request, moved: Exception) -> Response:
    """The way to where something is."""
    assert isinstance(moved, Moved)
    return moved.response()


def _nearby(request: Request) -> str | None:
    """The address without the slash at its end, if something is there; that of the first page, for a bare prefix.

    It is a path, as a proxy may have another name; the framework would name the machine, as the request does.
    """
    if request.url.path == request.scope["root_path"]:
        return f"{request.url.path}/"
    path = request.url.path.rstrip("/")
    bare = {**request.scope, "path": path}
    if path == request.url.path or not any(route.matches(bare)[0] is not Match.NONE for route in request.app.routes):
        return None
    return quote(path) + (f"?{request.url.query}" if request.url.query else "")


async def _told(request: Request, error: Exception) -> Response:
    """An error as its answer."""
    root = request.scope["root_path"]
    if isinstance(error, HTTPException):
        if error.status_code == HTTPStatus.NOT_FOUND and (address := _nearby(request)):
            return Response(status_code=HTTPStatus.TEMPORARY_REDIRECT, headers={"Location": address})
        error = http_error(error.status_code, error.headers, root)
    elif isinstance(error, RequestValidationError):
        error = BadRequest(wrong_values(error.errors()))
    few = len(getattr(error, "problems", ())) <= FEW_PROBLEMS
    answer = problem_of(error, root) if few else await to_thread.run_sync(problem_of, error, root)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("a request could not be answered: %s", error)
    if wants_page(request):
        return error_page(request, answer, await service_offers(request, error))
    return Response(answer.body, answer.status, dict(answer.headers))
