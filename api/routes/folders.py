"""Folders of notes, put as a whole: read together, and kept in step with the map, as the command `load` does."""

import json
from functools import partial
from typing import Annotated, cast

from fastapi import Path, Query
from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route, body, written
from api.requests import JSON, DryRun, MapPath, Overwrite, checked_map, media_type, read_body, read_model
from api.responses import json_bytes
from api.routes.contributions import KeyHeader, keyed_request
from api.routes.days import checked_part
from api.service import TheService
from conceptmap.folder import LoadReport
from conceptmap.loading import Load
from conceptmap.map import CourseMap
from conceptmap.notes import Explanation, NoteDocument, explained
from conceptmap.pushed import LoadShape, SentFolder, load_shape
from conceptmap.rdf import Place
from conceptmap.values import AlreadyAnswered, WriteReport
from ontology.names import DEFAULT_PART

FolderPath = Annotated[
    str, Path(max_length=200, description="what the folder is called: its notes are kept in step", examples=["notes"])
]
Prune = Annotated[bool, Query(description="end the parts of the folder whose files are gone")]
Strict = Annotated[bool, Query(description="store nothing where any note has a mistake")]
Explain = Annotated[bool, Query(description="say what each line became, and by which rule")]


def routes() -> list[Route]:
    """The addresses."""
    new = written("Something was new")
    sent = body(JSON, model=SentFolder)
    return [Route("PUT", "/maps/{map}/folders/{folder}", put_folder, "days", LoadShape, new, sent)]


async def put_folder(
    request: Request,
    service: TheService,
    map: MapPath,
    folder: FolderPath,
    dry_run: DryRun = False,
    overwrite: Overwrite = False,
    prune: Prune = False,
    strict: Strict = False,
    explain: Explain = False,
    idempotency_key: KeyHeader = None,
) -> Response:
    """Put a folder of notes, which are read together: each takes the place of what it said before.

    A note with a mistake is refused, and so is one that would replace what another has put, unless `overwrite`; the
    others are stored. A part whose file has another name by now goes on as that one's; one whose file is gone stays,
    unless `prune`.
    """
    grant = await service.authorizer.writer(request, "admin", checked_map(map))
    checked_part(folder, "folder")
    media_type(request, JSON)
    data = await read_body(request, service.settings)
    place = Place(map, 0, DEFAULT_PART, "body")
    sent = await service.readers.in_thread(lambda: read_model(data, SentFolder, place))
    keys = service.atlas.idempotency
    key = None if dry_run else idempotency_key
    keyed = keyed_request(request, map, grant.name, key, data) if key is not None else None

    known: dict[int, tuple[NoteDocument, Explanation]] = {}  # explained before it is their turn, and so kept

    def shape(course: CourseMap, report: LoadReport) -> LoadShape:
        notes = report.notes or (course.preview(sent.notes(folder), strict=strict) if explain else ())
        read = [known[id(note)][1] if id(note) in known else explained(note) for note in notes]
        return load_shape(report, read, explain=explain or dry_run)

    def read() -> Load:
        course, said = service.atlas[map], (sent.notes(folder), sent.folders(folder))
        load = course.read_load(*said, author=grant.name, strict=strict, prune=prune, overwrite=overwrite)
        known.update((id(note), (note, explained(note))) for note in load.notes)
        return load

    load = await service.writers.read(read)

    def work(course: CourseMap) -> LoadShape:
        kept: list[LoadShape] = []

        def answered(report: WriteReport) -> str:
            kept[:] = [shape(course, cast(LoadReport, report))]
            return json.dumps(kept[0])

        if keyed:
            keys.check(keyed)
        report = course.write_load(load, dry_run=dry_run, beside=keys.keeping(keyed, answered) if keyed else None)
        return kept[0] if kept and not dry_run else shape(course, report)

    try:
        told = await service.writers.run(map, work)
    except AlreadyAnswered as before:
        return await service.readers.in_thread(partial(_again, before.answer))
    return await service.readers.in_thread(partial(_answer, told, {}))


def _answer(told: LoadShape, headers: dict[str, str]) -> Response:
    """What was done: 201 where a part is new."""
    is_new = not told["dry_run"] and any(one["status"] == "added" for one in told["parts"])
    return Response(json_bytes(told), 201 if is_new else 200, {"Cache-Control": "no-store", **headers}, JSON)


def _again(answer: str) -> Response:
    """The same answer as the first request under a key got."""
    return _answer(json.loads(answer), {"Idempotency-Replayed": "true"})
