"""Folders of notes, put as a whole: read together, and kept in step with the map, as the command `load` does."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Self, cast

from fastapi import Depends, Path, Query
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
from conceptmap.notes import Explanation, NoteDocument, NoteFile, explained
from conceptmap.pushed import LoadShape, SentFolder, load_shape
from conceptmap.rdf import Place
from conceptmap.values import AlreadyAnswered, IdempotencyKeys, KeyedRequest, WriteReport
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


@dataclass(frozen=True, slots=True)
class HowPut:
    """How a folder is to be put, as the options of `load` and `push` have it."""

    dry_run: bool
    overwrite: bool
    prune: bool
    strict: bool
    explain: bool


async def _how(
    dry_run: DryRun = False,
    overwrite: Overwrite = False,
    prune: Prune = False,
    strict: Strict = False,
    explain: Explain = False,
) -> HowPut:
    return HowPut(dry_run, overwrite, prune, strict, explain)


async def put_folder(
    request: Request,
    service: TheService,
    map: MapPath,
    folder: FolderPath,
    how: Annotated[HowPut, Depends(_how)],
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
    key = None if how.dry_run else idempotency_key
    keyed = keyed_request(request, map, grant.name, key, data) if key is not None else None
    upload = await service.writers.read(partial(FolderUpload.read, service.atlas[map], folder, sent, grant.name, how))
    try:
        told = await service.writers.run(map, partial(upload.put, service.atlas.idempotency, keyed))
    except AlreadyAnswered as before:
        return await service.readers.in_thread(partial(_again, before.answer))
    return await service.readers.in_thread(partial(_answer, told, {}))


@dataclass(frozen=True, slots=True)
class FolderUpload:
    """A folder that was read before its turn to be written; `explained` has its notes, and what became of their lines.

    Explaining takes as long as reading, and the store waits for whoever keeps an answer.
    """

    files: Sequence[NoteFile]
    load: Load
    explained: Sequence[tuple[NoteDocument, Explanation]]
    how: HowPut

    @classmethod
    def read(cls, course: CourseMap, folder: str, sent: SentFolder, author: str, how: HowPut) -> Self:
        """Read what was sent for the map as it stands. Raises `InvalidDocument`."""
        files, folders = sent.notes(folder), sent.folders(folder)
        load = course.read_load(
            files, folders, author=author, strict=how.strict, prune=how.prune, overwrite=how.overwrite
        )
        return cls(files, load, [(note, explained(note)) for note in load.notes], how)

    def put(self, keys: IdempotencyKeys, keyed: KeyedRequest | None, course: CourseMap) -> LoadShape:
        """Write it; under a key its answer is kept with it. Raises `InvalidDocument` or `AlreadyAnswered`."""
        kept: list[LoadShape] = []

        def answered(report: WriteReport) -> str:
            kept[:] = [self._told(course, cast(LoadReport, report))]
            return json.dumps(kept[0])

        if keyed:
            keys.check(keyed)
        beside = keys.keeping(keyed, answered) if keyed else None
        report = course.write_load(self.load, dry_run=self.how.dry_run, beside=beside)
        return kept[0] if kept else self._told(course, report)

    def _told(self, course: CourseMap, report: LoadReport) -> LoadShape:
        known = {id(note): read for note, read in self.explained}
        notes = report.notes
        if self.how.explain and not notes:
            notes = course.preview(self.files, strict=self.how.strict)
        read = [known.get(id(note)) or explained(note) for note in notes]
        return load_shape(report, read, explain=self.how.explain or self.how.dry_run)


def _answer(told: LoadShape, headers: dict[str, str]) -> Response:
    """What was done: 201 where a part is new."""
    is_new = not told["dry_run"] and any(one["status"] == "added" for one in told["parts"])
    return Response(json_bytes(told), 201 if is_new else 200, {"Cache-Control": "no-store", **headers}, JSON)


def _again(answer: str) -> Response:
    """The same answer as the first request under a key got."""
    return _answer(json.loads(answer), {"Idempotency-Replayed": "true"})
