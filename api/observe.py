"""What is seen of requests from outside: their ids, a line of log for each, and metrics for Prometheus.

Logs are one JSON object a line on standard error. With several server processes the counters are kept in files of a
folder that all of them see (`PROMETHEUS_MULTIPROC_DIR`), so that any of them can show the sums.
"""

import json
import logging
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.proxies import path_of
from api.repeats import RepeatFilter
from conceptmap.atlas import Atlas

HEADER = "X-Request-ID"
_RAW_HEADER = HEADER.lower().encode()
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
_MOST_PATHS = 10_000
"""Addresses whose route is remembered, some 2 MB; then all are forgotten, and learnt again as they are asked for."""
_QUIET = frozenset(("/health/live", "/health/ready", "/metrics"))
"""Asked every few seconds by machines: counted, not logged."""

REQUEST = ContextVar[str | None]("request", default=None)
"""The id of the request that is being answered."""

ACCESS = logging.getLogger("conceptmap.access")

_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""Ids of requests that are taken over: they can stand in a header and in a line of log, and are not long."""
_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "color_message", "taskName"}
"""Names in a record that are not what the caller gave."""

CONTENT_TYPE = CONTENT_TYPE_LATEST
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds: a kept answer takes less than the first, the SPARQL deadline is the last."""


_WRITER = json.JSONEncoder(default=str)


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON; what was given as `extra` stands beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        data: dict[str, object] = {
            "time": f"{datetime.fromtimestamp(record.created, UTC).isoformat(timespec='milliseconds')[:-6]}Z",
            "process": record.process,
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := REQUEST.get():
            data["request"] = request
        data |= {name: value for name, value in record.__dict__.items() if name not in _OWN}
        if record.exc_info:
            data["exception"] = self.formatException(record.exc_info)
        return _WRITER.encode(data)


class _CountingHandler(logging.StreamHandler[TextIO]):
    """Writes to standard error what the filter lets through, and at the end how many lines it did not."""

    def __init__(self) -> None:
        super().__init__()
        self._repeats = RepeatFilter(self.emit_counted)
        self.addFilter(self._repeats)

    def emit_counted(self, record: logging.LogRecord) -> None:
        """Write a line that tells of others."""
        self.acquire()
        try:
            self.emit(record)
        finally:
            self.release()

    def close(self) -> None:
        """Tell what was counted."""
        self._repeats.tell()
        super().close()


def configure_logging(level: str) -> None:
    """Send all of this process's logs to standard error, as JSON; lines that repeat are counted."""
    logging.logThreads = logging.logMultiprocessing = False  # no line says these
    handler = _CountingHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"  # our own line for each request says more
    logging.getLogger("mcp").setLevel(logging.WARNING)  # likewise: it tells of each message


def request_id(given: str | None) -> str:
    """The id that the client gave, if it can stand in a log and a header, else a new one.

    >>> request_id("a-1"), len(request_id("a b"))
    ('a-1', 16)
    """
    return given if given and _GIVEN.fullmatch(given) else secrets.token_hex(8)


class Metrics:
    """What this process counts."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "conceptmap_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "conceptmap_request_seconds",
            "Seconds until a request was answered.",
            ["method", "route"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.engine_starts = Counter(
            "conceptmap_sparql_worker_restarts",
            "How often the SPARQL worker was started again after it ended.",
            registry=self._registry,
        )

        self.connections_ended = Counter(
            "conceptmap_connections_ended", "Connections that the service ended.", ["why"], registry=self._registry
        )
        self._of_route: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request. Finding what counts it is half of the cost, so that is kept."""
        key = (method, route, status)
        counts = self._of_route.get(key)
        if counts is None:
            counts = self.requests.labels(method, route, str(status)), self.seconds.labels(method, route)
            self._of_route[key] = counts
        counts[0].inc()
        counts[1].observe(seconds)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        registry = self._registry
        if FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library does not annotate it
        return generate_latest(registry) + generate_latest(_StoreMetrics(self._atlas))


class _StoreMetrics(Collector):
    """What the store and this process's folds say now."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    def collect(self) -> Iterator[Metric]:
        entries = GaugeMetricFamily("conceptmap_entries", "Entries of the log.", labels=["map"])
        for name, count in self._atlas.entry_counts().items():
            entries.add_metric([name], count)
        yield entries
        nodes = GaugeMetricFamily("conceptmap_nodes", "Nodes of the maps read by this process.", labels=["map"])
        edges = GaugeMetricFamily("conceptmap_edges", "Edges of the maps read by this process.", labels=["map"])
        for name, (node_count, edge_count) in self._atlas.sizes().items():
            nodes.add_metric([name], node_count)
            edges.add_metric([name], edge_count)
        yield nodes
        yield edges


class RequestLog:
    """The outermost layer around the app: gives every request an id, counts it and logs it.

    It costs every answer, also those that are kept ready, so it works on the raw headers.
    """

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
        """Count a finished request, and log it unless nothing went out: open pages ask every two seconds.

        Queries stay out of the log: questions are the learners' own.
        """
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.answered(method, self._route(scope), status, seconds)
        if path_of(scope) not in _QUIET and status != 304 and ACCESS.isEnabledFor(logging.INFO):
            said = {"method": method, "path": scope["path"], "status": status, "ms": round(seconds * 1000, 2)}
            said["client"] = (scope.get("client") or ("",))[0]
            # Without looking for the line of code that logs: that takes longer than the rest.
            ACCESS.handle(ACCESS.makeRecord(ACCESS.name, logging.INFO, "", 0, "answered", (), None, extra=said))

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
