"""The history of a map, and undoing an entry of it."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from api.encoding import page_json, reported
from api.errors import Forbidden
from api.moment import TheMoment
from api.pages import page_after, read_cursor
from api.routes.described import Cursor, DryRun, Limit, MapPath, checked_map, reading, writing
from api.service import TheService
from conceptmap.points_in_time import entry_of
from conceptmap.shapes.changes import EntryList, ReportShape, entry_line
from conceptmap.writes import own_part, revert
from graphs.ledger import Ledger, WriteReport
from graphs.log import Line
from graphs.tokens import Grant
from ontology.errors import UnknownMap
from ontology.model import MAX_DAY

EntryPath = Annotated[int, Path(ge=1, le=2**62, description="number of the entry", examples=[12])]


def router_of() -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["history"])
    router.get("/maps/{map}/history", response_model=EntryList, responses=reading())(history)
    undo = "/maps/{map}/history/{entry}/revert"
    created: Any = {201: {"model": ReportShape, "description": "The undoing is a new entry"}}
    router.post(undo, response_model=ReportShape, responses={**writing(), **created})(undo_entry)
    return router


async def history(
    request: Request,
    service: TheService,
    map: MapPath,
    moment: TheMoment,
    day: Annotated[int | None, Query(ge=0, le=MAX_DAY, description="only this day")] = None,
    part: Annotated[str | None, Query(max_length=255, description="only this part")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """Who put, appended and ended what, newest first; also of a map that was ended as a whole."""
    await service.gate.reader(request, map)
    ledger = service.atlas.ledger
    log = ledger.log

    def lines() -> list[Line]:
        if not log.last(map):
            raise UnknownMap(map, ())
        until = 2**62 if moment.at is None else entry_of(ledger, map, moment.at) + 1
        before = min(until, max(0, read_cursor(cursor, int))) if cursor else until
        return log.history(map, before=before, day=day, part=part, as_of=moment.as_of, limit=limit + 1)

    found = await service.reading.in_thread(lines)
    page = page_after(found, limit, lambda one: one.sequence)
    return await service.plain(request, page_json(request, "entries", page, [entry_line(one) for one in page.items]))


async def undo_entry(
    request: Request, service: TheService, map: MapPath, entry: EntryPath, dry_run: DryRun = False
) -> Response:
    """Undo an entry: its part says again what it said before. Who may append may undo in the own part."""
    grant = await service.gate.writer(request, "append", checked_map(map))
    write = partial(undo, name=map, entry=entry, grant=grant, dry_run=dry_run)
    report = await service.writing.run(map, write)
    return reported(report, created=bool(report.entries))


def undo(ledger: Ledger, name: str, entry: int, grant: Grant, *, dry_run: bool) -> WriteReport:
    """Undo an entry, if it is the bearer's own or the bearer is an admin. Raises `Forbidden`."""
    if not grant.allows("admin", name) and ledger.log.entry(entry).part != own_part(grant.name):
        raise Forbidden(f"this needs the scope admin; the token may undo entries of {own_part(grant.name)}")
    return revert(ledger, name, entry, author=grant.name, dry_run=dry_run)
