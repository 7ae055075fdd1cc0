"""Learners' maps beside the course's: a map is sent, compared and forgotten."""

from pathlib import PurePosixPath
from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from api.auth import client_of
from api.openapi import Route, body, reading
from api.requests import MapPath, TheVersion, checked_map, read_body
from api.responses import json_bytes
from api.routes.exchange import FileName, Form
from api.service import TheService
from conceptmap.formats import SentFile
from conceptmap.map import CourseMap
from conceptmap.marking import read_meanings
from conceptmap.shapes.marking import MarksShape, marks_shape

MOST_SENT = 250_000
"""Bytes of a body: a map that somebody draws has a few thousand, a folder of notes some ten thousand."""

Means = Annotated[
    list[str] | None,
    Query(
        max_length=200,
        description="what words of the learner mean, a node or relation of the course: `Sugar=Glucose`; may come again",
    ),
]


def routes() -> list[Route]:
    """The addresses."""
    answers = reading(408, 413, 415)
    answers.pop(304)
    sent = body("application/octet-stream")
    return [Route("POST", "/maps/{map}/compare", compare, "maps", MarksShape, answers, sent)]


async def compare(
    request: Request,
    service: TheService,
    map: MapPath,
    name: FileName,
    version: TheVersion,
    form: Form = None,
    means: Means = None,
) -> Response:
    """Hold a learner's map against the course's: what it has, has otherwise or lacks, and which lines to read again.

    The map is a note, a file of another program, or a ZIP file of several, as it is. Nothing is stored.
    """
    grant = await service.authorizer.reader(request, checked_map(map))
    meant = read_meanings(means or [])
    data = await read_body(request, service.settings, MOST_SENT)
    course = await service.readers.course(map, version.as_of, version.at)
    path = PurePosixPath(name).name or "file"
    files = [SentFile(path, data)]

    def work(course: CourseMap) -> bytes:
        return json_bytes(marks_shape(course.compare_files(PurePosixPath(path).stem, files, form=form, means=meant)))

    marks = await service.readers.run(course, work, client_of(request, grant))
    return Response(marks, 200, {"Cache-Control": "no-store"}, "application/json")
