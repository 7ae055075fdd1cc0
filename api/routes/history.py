"""The history of a map, and undoing an entry of it."""

from functools import partial
from typing import Annotated

from fastapi import Path, Query
from starlette.requests import Request
from starlette.responses import Response

from api.errors import Forbidden
from api.openapi import Route, reading, written
from api.requests import Cursor, DryRun, Limit, MapPath, TheVersion, checked_map
from api.responses import page_after, page_json, read_cursor
from api.service import TheService
from conceptmap.map import CourseMap
from conceptmap.shapes.changes import EntryList, ReportShape, entry_line
from conceptmap.values import Grant, Line, WriteReport
from ontology.model import MAX_DAY
from ontology.names import own_part

EntryPath = Annotated[int, Path(ge=1, le=2**62, description="number of the entry", examples=[12])]


def routes() -> list[Route]:
    """The addresses."""
    undone = written("The undoing is a new entry")
    return [
        Route("GET", "/maps/{map}/history", history, "history", EntryList, reading()),
        Route("POST", "/maps/{map}/history/{entry}/revert", undo_entry, "history", ReportShape, undone),
    ]


async def history(
    request: Request,
    service: TheService,
    map: MapPath,
    version: TheVersion,
    day: Annotated[int | None, Query(ge=0, le=MAX_DAY, description="only this day")] = None,
    part: Annotated[str | None, Query(max_length=255, description="only this part")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """Who put, appended and ended what, newest first; also of a map that was ended as a whole."""
    grant = await service.authorizer.reader(request, map)
    atlas = service.readers.near(grant, request.scope, with_all=True) if version.at is None else service.atlas

    def lines() -> list[Line]:
        course = atlas[map].as_of(version.as_of).at(version.at)
        before = min(2**62, max(0, read_cursor(cursor, int))) if cursor else 2**62
        return course.lines(before=before, day=day, part=part, limit=limit + 1)

    found = await service.readers.in_thread(lines)
    page = page_after(found, limit, lambda one: one.sequence)
    return await service.plain(request, page_json(request, "entries", page, [entry_line(one) for one in page.items]))


async def undo_entry(
    request: Request, service: TheService, map: MapPath, entry: EntryPath, dry_run: DryRun = False
) -> Response:
    """Undo an entry: its part says again what it said before. Who may append may undo in the own part."""
    grant = await service.authorizer.writer(request, "append", checked_map(map))
    report = await service.writers.run(map, partial(undo, entry=entry, grant=grant, dry_run=dry_run))
    return await service.reported(report, created=bool(report.entries))


def undo(course: CourseMap, entry: int, grant: Grant, *, dry_run: bool) -> WriteReport:
    """Undo an entry, if it is the bearer's own or the bearer is an admin. Raises `Forbidden` or `UnknownEntry`."""
    if not grant.allows("admin", course.name) and course.log_entry(entry).part != own_part(grant.name):
        raise Forbidden(f"this needs the scope admin; the token may undo entries of {own_part(grant.name)}")
    return course.revert(entry, author=grant.name, dry_run=dry_run)
