"""Maps: the list of them, one map, and replacing or ending a whole one."""

from functools import partial
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import Encoded
from api.bodies import media_type, read_body
from api.conditions import expected_number
from api.encoding import as_json, page_json, reported
from api.moment import AsOf, TheMoment
from api.negotiation import JSON, JSON_LD, chosen, content_type, split_suffix
from api.pages import page_of
from api.routes.described import Cursor, DryRun, IfMatch, Limit, MapPath, body, checked_map, reading, text, writing
from api.service import TheService
from conceptmap.formats import by_media_type
from conceptmap.map import CourseMap
from conceptmap.shapes.changes import ReportShape
from conceptmap.shapes.maps import MapLink, MapList, MapShape, map_shape
from conceptmap.writes import delete_map, replace_parts
from graphs.ledger import Ledger, WriteReport
from graphs.rdf.read import read_documents
from ontology.errors import StaleMap


def router_of() -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["maps"])
    router.get("/maps", response_model=MapList, responses=reading())(list_maps)
    router.get("/maps/{map}", response_model=MapShape, responses={**reading(406), **text(*list(forms())[1:])})(show_map)
    replaces = body(JSON_LD, model=None)
    router.put("/maps/{map}", response_model=ReportShape, responses=writing(428), openapi_extra=replaces)(put_map)
    router.delete("/maps/{map}", response_model=ReportShape, responses=writing())(end_map)
    return router


def forms() -> tuple[str, ...]:
    """The media types of a map: JSON, which is its size, and what it is exported as."""
    return (JSON, *(one for one in by_media_type() if one != JSON))


async def list_maps(
    request: Request, service: TheService, as_of: AsOf = None, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """The maps that have something in them, by name; with a token for one map, that one."""
    grant = await service.gate.reader(request, None)
    page = page_of(await service.maps_for(grant, as_of), cursor, limit)
    data: list[MapLink] = [{"name": name, "url": f"/maps/{quote(name)}"} for name in page.items]
    return await service.plain(request, page_json(request, "maps", page, data))


async def show_map(request: Request, service: TheService, map: MapPath, moment: TheMoment) -> Response:
    """A map's days and size; or all of it as JSON-LD, Turtle or TriG."""
    name, suffixed = split_suffix(map, forms())
    kind = suffixed or chosen(request.headers.get("accept"), forms())
    work = partial(_shown, kind, service.settings.base)
    return await service.answer(request, name, moment, work, scans=True)


async def put_map(
    request: Request, service: TheService, map: MapPath, dry_run: DryRun = False, if_match: IfMatch = None
) -> Response:
    """Replace a map by the documents that the body gives; what contributors appended stays unless the body has it.

    Replacing needs If-Match with the ETag of the map.
    """
    grant = await service.gate.writer(request, "admin", checked_map(map))
    media_type(request, JSON_LD, JSON)
    data = await read_body(request, service.settings)

    def write(ledger: Ledger) -> tuple[WriteReport, bool]:
        exists, entry = expected_entry(request, ledger, map, required=True)
        documents = read_documents(data, ledger.vocabulary, map, service.settings.base)
        report = replace_parts(ledger, map, documents, author=grant.name, entry=entry, dry_run=dry_run)
        return report, exists

    report, existed = await service.writing.run(map, write)
    return reported(report, created=not existed)


async def end_map(
    request: Request, service: TheService, map: MapPath, dry_run: DryRun = False, if_match: IfMatch = None
) -> Response:
    """End every part of a map. Its history stays, and every part can be had back from it."""
    grant = await service.gate.writer(request, "admin", checked_map(map))

    def write(ledger: Ledger) -> WriteReport:
        _, entry = expected_entry(request, ledger, map, required=False)
        return delete_map(ledger, map, author=grant.name, entry=entry, dry_run=dry_run)

    return reported(await service.writing.run(map, write))


def _shown(kind: str, base: str, course: CourseMap) -> Encoded:
    view = course.view()
    tag = f"e{view.entry}"
    if kind != JSON:
        return Encoded(by_media_type()[kind].text(view, base).encode(), content_type(kind), tag)
    data: MapShape = {**map_shape(course.name, view), "entry": view.entry}
    return as_json(data, tag)


def expected_entry(
    request: Request, ledger: Ledger, name: str, *, required: bool, exists: bool | None = None
) -> tuple[bool, int | None]:
    """Whether the map (or the thing in it that a write replaces) is there, and the entry that the write is to meet."""
    view = ledger.view(name)
    exists, current = not view.is_empty if exists is None else exists, view.entry

    def stale(given: int) -> StaleMap:
        return StaleMap(name, given, current)

    return exists, expected_number(request, "e", current, exists=exists, required=required, stale=stale)
