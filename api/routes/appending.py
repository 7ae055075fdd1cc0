"""Appending: nodes and edges that go into the caller's own part of a day, and nowhere else."""

import hashlib
import json
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Header
from starlette.requests import Request
from starlette.responses import Response

from api.additions import read_additions
from api.bodies import media_type, read_body
from api.encoding import json_bytes, reported
from api.errors import BadRequest
from api.models import NewEdges, NewNodes
from api.negotiation import JSON, JSON_LD
from api.routes.days import DayNumber, place_of
from api.routes.described import DryRun, MapPath, body, checked_map, writing
from api.service import Service, TheService
from conceptmap.shapes.changes import ReportShape, report_shape
from conceptmap.writes import append, own_part
from graphs.fold import PartKey
from graphs.idempotency import AlreadyAnswered, KeyedRequest
from graphs.ledger import Ledger, WriteReport
from ontology.model import Document

KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=255,
        description="a text of your own; the same request under the same key is done once, for a day",
    ),
]


def router_of() -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["days"])
    created: dict[int | str, dict[str, Any]] = {201: {"model": ReportShape, "description": "Something was new"}}
    day = "/maps/{map}/days/{day}"
    for name, model, route in (("nodes", NewNodes, append_nodes), ("edges", NewEdges, append_edges)):
        extra = body(JSON, JSON_LD, model=model)
        responses = {**created, **writing()}
        router.post(f"{day}/{name}", response_model=ReportShape, responses=responses, openapi_extra=extra)(route)
    return router


async def append_nodes(
    request: Request,
    service: TheService,
    map: MapPath,
    day: DayNumber,
    dry_run: DryRun = False,
    idempotency_key: KeyHeader = None,
) -> Response:
    """Append nodes to your own part of a day (`by:NAME`), in the place of what it says of the same ones."""
    return await _append(request, service, map, day, NewNodes, idempotency_key, dry_run=dry_run)


async def append_edges(
    request: Request,
    service: TheService,
    map: MapPath,
    day: DayNumber,
    dry_run: DryRun = False,
    idempotency_key: KeyHeader = None,
) -> Response:
    """Append edges between nodes of the map to your own part of a day (`by:NAME`)."""
    return await _append(request, service, map, day, NewEdges, idempotency_key, dry_run=dry_run)


async def _append(
    request: Request,
    service: Service,
    name: str,
    day: int,
    model: type[NewNodes | NewEdges],
    key: str | None,
    *,
    dry_run: bool,
) -> Response:
    grant = await service.gate.writer(request, "append", checked_map(name))
    media_type(request, JSON, JSON_LD)
    data = await read_body(request, service.settings)
    into = Document(map=name, day=day, part=own_part(grant.name))
    additions = await service.reading.in_thread(partial(read_additions, data, model, into))
    place = place_of(name, PartKey(day, additions.part))
    write = partial(append, additions=additions, by=grant.name, dry_run=dry_run)
    if key is None or dry_run:
        report = await service.writing.run(name, write)
        return reported(report, created=bool(report.entries), headers=place)
    keyed = KeyedRequest(grant.name, _checked(key), _digest(request, data))

    def once(ledger: Ledger) -> WriteReport:
        service.idempotency.check(keyed)
        return write(ledger, beside=service.idempotency.keeping(keyed, _told))

    try:
        report = await service.writing.run(name, once)
    except AlreadyAnswered as before:
        return _again(json.loads(before.answer), place)
    return reported(report, created=bool(report.entries), headers=place)


def _told(report: WriteReport) -> str:
    """What the writer is told, to be kept."""
    return json.dumps(report_shape(report))


def _again(data: dict[str, Any], place: dict[str, str]) -> Response:
    """The answer that the first request got."""
    headers = {"Cache-Control": "no-store", "Idempotency-Replayed": "true", **place}
    return Response(json_bytes(data), 201 if data["entries"] else 200, headers, JSON)


def _digest(request: Request, data: bytes) -> bytes:
    """A digest of all that the request asks for."""
    said = [request.method, request.url.path, request.headers.get("content-type", ""), hashlib.sha256(data).hexdigest()]
    return hashlib.sha256(json.dumps(said).encode()).digest()


def _checked(key: str) -> str:
    if not key.strip() or not key.isascii() or not key.isprintable():
        raise BadRequest("an Idempotency-Key is a short text of visible ASCII characters")
    return key
