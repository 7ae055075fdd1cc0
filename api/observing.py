"""The outermost layer: it gives every request an id, counts and logs it.

It costs every answer, also those that are ready, so it works on the raw headers.
"""

import logging
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import ACCESS, REQUEST, request_id
from api.metrics import Metrics

HEADER = "X-Request-ID"
_RAW_HEADER = HEADER.lower().encode()
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
_MOST_PATHS = 10_000
_QUIET = frozenset(("/health/live", "/health/ready", "/metrics"))


class Observed:
    """An application whose requests are observed."""

    def __init__(self, app: ASGIApp, metrics: Metrics, clock: Callable[[], float] = time.perf_counter) -> None:
        self._app = app
        self._metrics = metrics
        self._clock = clock
        self._routes: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = self._clock(), 500
        own = request_id(
            next((value.decode("latin-1") for name, value in scope["headers"] if name == _RAW_HEADER), None)
        )
        header = (_RAW_HEADER, own.encode())
        token = REQUEST.set(own)

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], header]
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        finally:
            self._note(scope, status, self._clock() - start)
            REQUEST.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        """Count and log a finished request. Queries stay out of the log: questions are the learners' own."""
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.answered(method, self._route(scope), status, seconds)
        if scope["path"] not in _QUIET and ACCESS.isEnabledFor(logging.INFO):
            said = {"method": method, "path": scope["path"], "status": status, "ms": round(seconds * 1000, 2)}
            ACCESS.info("answered", extra={**said, "client": (scope.get("client") or ("",))[0]})

    def _route(self, scope: Scope) -> str:
        """The pattern of the address. An answer that was kept passes no route, but the same address did before."""
        path: str = scope["path"]
        route: str | None = getattr(scope.get("route"), "path", None)
        if route is None:
            return self._routes.get(path, "none")
        if len(self._routes) >= _MOST_PATHS:
            self._routes.clear()
        self._routes[path] = route
        return route
