"""Contributions: what goes into the caller's own part of a day, and nowhere else: nodes, edges, names of nodes."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Protocol, TypedDict

from fastapi import Header, Path
from starlette.requests import Request
from starlette.responses import Response

from api.errors import BadRequest
from api.openapi import Route, body, reading, written
from api.proxies import path_of
from api.requests import (
    JSON,
    JSON_LD,
    Additions,
    DryRun,
    MapPath,
    NewEdges,
    NewItems,
    NewLabel,
    NewMend,
    NewNodes,
    NewPlace,
    NodePath,
    Read,
    TheVersion,
    checked_map,
    media_type,
    read_body,
    read_model,
)
from api.responses import as_json, json_bytes
from api.routes.days import place_of
from api.service import Service, TheService
from conceptmap.map import CourseMap
from conceptmap.rdf import Place
from conceptmap.shapes.changes import MendList, ReportShape, mend_list, report_shape
from conceptmap.values import AlreadyAnswered, Beside, KeyedRequest, PartKey, WriteReport
from ontology.model import MAX_DAY
from ontology.names import own_part

DayNumber = Annotated[int, Path(ge=0, le=MAX_DAY, description="number of the day", examples=[26])]
KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=255,
        description="a text of your own; the same request under the same key is done once, for a day",
    ),
]


class KeyedWrite(Protocol):
    """A write, and what is stored beside it."""

    def __call__(self, course: CourseMap, beside: Beside | None = None, /) -> WriteReport:
        """Write to a map."""


def routes() -> list[Route]:
    """The addresses."""
    day, node = "/maps/{map}/days/{day}", "/maps/{map}/nodes/{node}"
    new = written("Something was new")
    items, nodes, edges = (body(JSON, JSON_LD, model=model) for model in (NewItems, NewNodes, NewEdges))
    return [
        Route("POST", day, append_items, "days", ReportShape, new, items),
        Route("POST", f"{day}/nodes", append_nodes, "days", ReportShape, new, nodes),
        Route("POST", f"{day}/edges", append_edges, "days", ReportShape, new, edges),
        Route("POST", f"{node}/rename", rename, "nodes", ReportShape, new, body(JSON, model=NewLabel)),
        Route("POST", f"{node}/merge", merge, "nodes", ReportShape, new, body(JSON, model=NewPlace)),
        Route("GET", "/maps/{map}/mends", mends, "mends", MendList, reading()),
        Route("POST", "/maps/{map}/mends", mend, "mends", ReportShape, new, body(JSON, model=NewMend)),
    ]


async def append_items(
    request: Request,
    service: TheService,
    map: MapPath,
    day: DayNumber,
    dry_run: DryRun = False,
    idempotency_key: KeyHeader = None,
) -> Response:
    """Append nodes and edges in one entry, all or none, to your own part of a day (`by:NAME`).

    Each takes the place of what the part says of the same one. A problem has a JSON pointer into what was sent.
    """
    return await _append(request, service, map, day, NewItems, idempotency_key, dry_run=dry_run)


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
    request: Request, service: Service, name: str, day: int, model: type[Additions], key: str | None, *, dry_run: bool
) -> Response:
    sent = _Sent(request, service, name, key, dry_run, day, (JSON, JSON_LD))
    return await _contributed(sent, model, lambda said, course, own: course.append(day, said.nodes, said.edges, **own))


async def rename(
    request: Request,
    service: TheService,
    map: MapPath,
    node: NodePath,
    dry_run: DryRun = False,
    idempotency_key: KeyHeader = None,
) -> Response:
    """Give a node another label, in your own part (`by:NAME`): its id stays, and its former names lead to it."""
    sent = _Sent(request, service, map, idempotency_key, dry_run)
    return await _contributed(sent, NewLabel, lambda said, course, own: course.rename(node, said.label, **own))


async def merge(
    request: Request,
    service: TheService,
    map: MapPath,
    node: NodePath,
    dry_run: DryRun = False,
    idempotency_key: KeyHeader = None,
) -> Response:
    """Let a node lead to another, in your own part (`by:NAME`): both are one, with all that is said of either."""
    sent = _Sent(request, service, map, idempotency_key, dry_run)
    return await _contributed(sent, NewPlace, lambda said, course, own: course.merge(node, said.into, **own))


async def mends(request: Request, service: TheService, map: MapPath, version: TheVersion) -> Response:
    """What people changed, ended and refused on the map, newest first; each holds until its entry is undone."""
    return await service.answer(request, map, version, lambda course: as_json(mend_list(course.mended())))


async def mend(
    request: Request,
    service: TheService,
    map: MapPath,
    dry_run: DryRun = False,
    idempotency_key: KeyHeader = None,
) -> Response:
    """Change, end, confirm or refuse a node or an edge, in your own part (`by:NAME`); notes stay as they are."""
    sent = _Sent(request, service, map, idempotency_key, dry_run)
    return await _contributed(sent, NewMend, lambda said, course, own: course.mend(said.mend, **own))


@dataclass(frozen=True, slots=True)
class _Sent:
    """A contribution as it came: its map, the key that it is done under, its day, and the forms that it may have."""

    request: Request
    service: Service
    map: str
    key: str | None
    dry_run: bool
    day: int = 0
    forms: tuple[str, ...] = (JSON,)


class _Own(TypedDict):
    """What all writes of a contributor are called with."""

    by: str
    dry_run: bool
    beside: Beside | None


async def _contributed(
    sent: _Sent, model: type[Read], write: Callable[[Read, CourseMap, _Own], WriteReport]
) -> Response:
    """What is sent is read for whoever may contribute, and written to a map.

    Under a key it is done once, unless it is only tried, and answered again the same.
    """
    grant = await sent.service.authorizer.writer(sent.request, "append", checked_map(sent.map))
    media_type(sent.request, *sent.forms)
    data = await read_body(sent.request, sent.service.settings)
    place = Place(sent.map, sent.day, own_part(grant.name), "body")
    said = await sent.service.readers.in_thread(lambda: read_model(data, model, place))

    def contribute(course: CourseMap, beside: Beside | None = None) -> WriteReport:
        return write(said, course, {"by": grant.name, "dry_run": sent.dry_run, "beside": beside})

    run = sent.service.writers.run
    if sent.key is None or sent.dry_run:
        report = await run(sent.map, contribute)
        return await sent.service.reported(report, created=bool(report.entries), headers=_place(sent.request, report))
    keyed = keyed_request(sent.request, sent.map, grant.name, sent.key, data)
    try:
        report = await run(sent.map, _once(sent.service, keyed, contribute))
    except AlreadyAnswered as before:
        return await sent.service.readers.in_thread(partial(_again, sent.request, before.answer))
    return await sent.service.reported(report, created=bool(report.entries), headers=_place(sent.request, report))


def _place(request: Request, report: WriteReport) -> dict[str, str]:
    """The header that names the part that was written to, if one was."""
    return next((place_of(request, report.map, PartKey(one.day, one.part)) for one in report.parts), {})


def _once(service: Service, keyed: KeyedRequest, write: KeyedWrite) -> Callable[[CourseMap], WriteReport]:
    """The write unless the key was used before; its answer is kept with it. Raises `AlreadyAnswered`."""
    keys = service.atlas.idempotency

    def once(course: CourseMap) -> WriteReport:
        keys.check(keyed)
        return write(course, keys.keeping(keyed, lambda report: json.dumps(report_shape(report))))

    return once


def _again(request: Request, answer: str) -> Response:
    """The same answer as the first request under a key got; a header says that it is repeated."""
    shape: ReportShape = json.loads(answer)
    place = next((place_of(request, shape["map"], PartKey(one["day"], one["part"])) for one in shape["parts"]), {})
    headers = {"Cache-Control": "no-store", "Idempotency-Replayed": "true", **place}
    return Response(json_bytes(shape), 201 if shape["entries"] else 200, headers, JSON)


def keyed_request(request: Request, name: str, author: str, key: str, data: bytes) -> KeyedRequest:
    """A write to a map under a key, with a digest of all that it asks for. Raises `BadRequest`."""
    if not key.strip() or not key.isascii() or not key.isprintable():
        raise BadRequest("an Idempotency-Key is a short text of visible ASCII characters")
    kind, query = request.headers.get("content-type", ""), request.url.query
    said = [request.method, path_of(request.scope), kind, hashlib.sha256(data).hexdigest(), *([query] if query else [])]
    return KeyedRequest(name, author, key, hashlib.sha256(json.dumps(said).encode()).digest())
