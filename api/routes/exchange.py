"""Maps from and for other programs: importing what they wrote, and what their formats cannot keep."""

from functools import partial
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

from api.openapi import Route, body, reading, written
from api.requests import DryRun, MapPath, Overwrite, TheVersion, checked_map, known_suffix, read_body, until_met
from api.responses import Encoded, as_json, json_bytes
from api.routes.days import checked_part
from api.service import TheService
from conceptmap.formats import FORMATS, Given, Loss, LossShape, SentFile, in_words, loss_shape
from conceptmap.map import CourseMap
from conceptmap.shapes.changes import ReportShape, report_shape
from conceptmap.values import WriteReport
from ontology.model import MAX_DAY

MOST_LOSSES = 10_000
"""Losses that are listed; all are counted in words."""

Form = Annotated[
    str | None, Query(alias="format", max_length=40, description="by default what `name` and the body say")
]
FileName = Annotated[
    str, Query(max_length=255, description="the file's name: its suffix says the format, and the part is called so")
]
DayOfRest = Annotated[int | None, Query(ge=0, le=MAX_DAY, description="the day of what says none; else it is undated")]
PartName = Annotated[str | None, Query(max_length=255, description="what the part is called, if not as the file")]
FormatName = Annotated[str, Path(description="the name of a format", examples=["csv"])]


class LossList(TypedDict):
    """What a format cannot keep: in words, and one by one, at most 10,000 of them."""

    said: Annotated[str, Field(examples=["lost: of nodes the text (12)"])]
    total: int
    losses: list[LossShape]


class ImportReport(ReportShape):
    """What an import did, and what of the file the map cannot hold."""

    lost: LossList


def routes() -> list[Route]:
    """The addresses."""
    new = written("A part is new")
    sent = body("application/octet-stream")
    return [
        Route("POST", "/maps/{map}/import", import_file, "maps", ImportReport, new, sent),
        Route("GET", "/maps/{map}/losses/{format}", list_losses, "maps", LossList, reading()),
    ]


async def import_file(
    request: Request,
    service: TheService,
    map: MapPath,
    name: FileName,
    form: Form = None,
    day: DayOfRest = None,
    part: PartName = None,
    dry_run: DryRun = False,
    overwrite: Overwrite = False,
) -> Response:
    """Take a file of another program, or a ZIP file of several, as it is. What it says becomes a part of the map.

    A part that was read from notes, or put by somebody else, is not replaced unless `overwrite`.
    """
    grant = await service.authorizer.writer(request, "admin", checked_map(map))
    if part is not None:
        checked_part(part)
    data = await read_body(request, service.settings)
    files = [SentFile(PurePosixPath(name).name or "file", data)]
    course = service.atlas[map]
    given = await service.writers.read(partial(course.read_files, files, form=form, day=day, part=part))

    def write(course: CourseMap) -> WriteReport:
        return course.put_all(given.documents, author=grant.name, overwrite=overwrite, dry_run=dry_run)

    report = await service.writers.run(map, until_met(request, write))
    return await service.readers.in_thread(partial(_imported, report, given))


def _imported(report: WriteReport, given: Given) -> Response:
    shape: ImportReport = {**report_shape(report), "lost": _listed(list(given.losses))}
    is_new = not report.dry_run and any(one.status == "added" for one in report.parts)
    return Response(json_bytes(shape), 201 if is_new else 200, {"Cache-Control": "no-store"}, "application/json")


async def list_losses(
    request: Request, service: TheService, map: MapPath, format: FormatName, version: TheVersion
) -> Response:
    """What would be lost if the map went out in a format and came in again."""
    name = known_suffix(format, list(FORMATS))
    return await service.answer(request, map, version, partial(_lost, name))


def _lost(name: str, course: CourseMap) -> Encoded:
    return as_json(_listed(list(course.losses(name))))


def _listed(losses: list[Loss]) -> LossList:
    listed = [loss_shape(one) for one in losses[:MOST_LOSSES]]
    return {"said": in_words(losses), "total": len(losses), "losses": listed}
