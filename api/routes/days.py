"""Days: their list, one day or one of its parts, and putting and ending parts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Protocol
from urllib.parse import quote

import rfc8785
from fastapi import Path, Query
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from api.errors import BadRequest, NotAcceptable
from api.openapi import Route, body, reading, text, writing, written
from api.requests import (
    JSON,
    JSON_LD,
    MARKDOWN,
    TURTLE,
    Cursor,
    DryRun,
    IfMatch,
    Limit,
    MapPath,
    Overwrite,
    TheVersion,
    checked_map,
    chosen,
    content_type,
    expected_number,
    media_type,
    read_body,
    split_suffix,
    suffixes_of,
    until_met,
)
from api.responses import Encoded, as_json, page_json, page_of
from api.service import TheService
from conceptmap.card import DayParts
from conceptmap.map import CourseMap
from conceptmap.rdf import Place, jsonld_data, read_jsonld, read_turtle, write_turtle
from conceptmap.shapes.changes import ReportShape
from conceptmap.shapes.maps import DayList, WholeDay, day_shape, whole_day
from conceptmap.values import PartKey, WriteReport, in_time
from ontology.errors import InvalidDocument, Problem, StaleRevision
from ontology.model import MAX_DAY, Document, Part
from ontology.names import DEFAULT_PART
from ontology.vocabulary import Vocabulary

FORMS = (JSON, JSON_LD, TURTLE, MARKDOWN)
TAKEN = (MARKDOWN, JSON_LD, TURTLE, JSON)

_DAY = rf"^[0-9]{{1,5}}(\.({'|'.join(suffixes_of(FORMS))}))?$"
_PART: TypeAdapter[str] = TypeAdapter(Part)

DayPath = Annotated[str, Path(pattern=_DAY, description="the day; a suffix chooses the form", examples=["26"])]
PartQuery = Annotated[str | None, Query(max_length=255, description="a note file, or by:NAME for a contributor's part")]


def routes() -> list[Route]:
    """The addresses."""
    day = "/maps/{map}/days/{day}"
    shown = {**reading(406), **text(JSON_LD, TURTLE, MARKDOWN)}
    return [
        Route("GET", "/maps/{map}/days", list_days, "days", DayList, reading()),
        Route("GET", day, show_day, "days", WholeDay, shown),
        Route("PUT", day, put_day, "days", ReportShape, written("The part is new", 428), body(*TAKEN)),
        Route("DELETE", day, end_day, "days", ReportShape, writing()),
    ]


async def list_days(
    request: Request, service: TheService, map: MapPath, version: TheVersion, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """The days of a map in order, each with its parts."""

    def work(course: CourseMap) -> Encoded:
        page = page_of(course.view().days(), cursor, limit)
        days = course.listed_days(page.items[0], page.items[-1]) if page.items else []
        return page_json(request, "days", page, [day_shape(one) for one in days])

    return await service.answer(request, map, version, work)


async def show_day(
    request: Request, service: TheService, map: MapPath, day: DayPath, version: TheVersion, part: PartQuery = None
) -> Response:
    """A day with its parts merged, or one part: JSON, JSON-LD, Turtle, or notes, as they were sent or else typed."""
    number, suffixed = split_suffix(day, FORMS)
    kind = suffixed or chosen(request.headers.get("accept"), FORMS)
    work = partial(_shown, day=_number(number), part=part, kind=kind, base=service.settings.base)
    return await service.answer(request, map, version, work)


async def put_day(
    request: Request,
    service: TheService,
    map: MapPath,
    day: DayPath,
    part: PartQuery = None,
    dry_run: DryRun = False,
    overwrite: Overwrite = False,
    if_match: IfMatch = None,
) -> Response:
    """Put notes, JSON-LD or Turtle in the place of a part, by default `notes`; other parts stay as they are.

    Replacing what says something else needs If-Match with the ETag of the part, or `overwrite`.
    """
    grant = await service.authorizer.writer(request, "admin", checked_map(map))
    key = PartKey(_number(split_suffix(day, FORMS)[0]), checked_part(part or DEFAULT_PART))
    kind = media_type(request, *TAKEN)
    data = await read_body(request, service.settings)
    upload = PartUpload(key, kind, data, grant.name, base=service.settings.base)
    put = await service.writers.read(partial(upload.read, service.atlas[map]))

    def write(course: CourseMap) -> tuple[WriteReport, bool, int]:
        exists = key in course.parts(key.day)
        revision = _expected(request, course, key, lambda: overwrite or upload.stands(course), exists=exists)
        return put(revision=revision, dry_run=dry_run), exists, revision

    report, existed, revision = await service.writers.run(map, until_met(request, write))
    now = revision + len(report.entries)
    tag = {"ETag": f'"r{now}"'} if now else {}  # none for a dry run of a new part
    return await service.reported(report, created=not existed, headers={**place_of(request, map, key), **tag})


async def end_day(
    request: Request,
    service: TheService,
    map: MapPath,
    day: DayPath,
    part: PartQuery = None,
    dry_run: DryRun = False,
    if_match: IfMatch = None,
) -> Response:
    """End a part, or all parts of a day. What other parts say of the same nodes stays, and so does the history."""
    grant = await service.authorizer.writer(request, "admin", checked_map(map))
    number = _number(split_suffix(day, FORMS)[0])

    def write(course: CourseMap) -> WriteReport:
        key = PartKey(number, part or "")
        stands = key in course.parts(number)
        revision = _expected(request, course, key, lambda: True, exists=True) if stands else None
        return course.delete(number, part, author=grant.name, revision=revision, dry_run=dry_run)

    if part is None and if_match is not None:
        raise BadRequest("If-Match belongs to one part; name it with ?part=")
    return await service.reported(await service.writers.run(map, until_met(request, write)))


class Put(Protocol):
    """Puts what was read in the place of its part."""

    def __call__(self, *, revision: int | None, dry_run: bool) -> WriteReport:
        """Put it, if the part is at the revision. Raises `InvalidDocument` or `StaleRevision`."""


@dataclass(frozen=True, slots=True)
class PartUpload:
    """What a client sent for a part."""

    key: PartKey
    kind: str
    data: bytes
    author: str
    base: str

    def stands(self, course: CourseMap) -> bool:
        """Whether the part was put with these very bytes: putting them again replaces nothing unseen."""
        return course.is_put_as(self.key, self.data, self.kind)

    def read(self, course: CourseMap) -> "Put":
        """Read it; returns what puts it in the place of the part. Raises `InvalidDocument` or `BadRequest`."""
        if self.kind == MARKDOWN:
            return course.read_notes(self.key, self.data, author=self.author).put
        document = self._document(course.name, course.vocabulary)
        return partial(course.put, document, body=self.data, media_type=self.kind, author=self.author)

    def _document(self, name: str, vocabulary: Vocabulary) -> Document:
        part = self.key.part
        read = read_turtle if self.kind == TURTLE else read_jsonld
        documents = read(self.data, vocabulary, Place(name, self.key.day, part, part), self.base)
        if not documents:
            raise InvalidDocument([Problem(file=part, what="it says nothing of this day")])
        others = [one.part for one in documents if one.part != part]
        if others:
            named = ", ".join(map(repr, others))
            raise BadRequest(f"the body holds the part {named}, the address names {part!r}; send each to ?part=")
        return documents[0]


def place_of(request: Request, name: str, key: PartKey) -> dict[str, str]:
    """The header that says where a part is."""
    return {
        "Location": f"{request.scope['root_path']}/maps/{quote(name)}/days/{key.day}?part={quote(key.part, safe='')}"
    }


def _expected(
    request: Request, course: CourseMap, key: PartKey, may_replace: Callable[[], bool], *, exists: bool
) -> int:
    """The revision of a part that a write is to meet."""
    current = course.revision(*key)

    def stale(given: int) -> StaleRevision:
        return StaleRevision(*key, given, current)

    return expected_number(request, "r", current, exists=exists, stale=stale, may_replace=may_replace)


def _number(text: str) -> int:
    if (number := int(text)) > MAX_DAY:
        raise BadRequest(f"days go up to {MAX_DAY}")
    return number


def checked_part(part: str, what: str = "part") -> str:
    """The name, if a part, or `what` is named so, can have it. Raises `BadRequest`."""
    try:
        return _PART.validate_python(part)
    except ValidationError as error:
        raise BadRequest(f"{what}: {error.errors()[0]['msg']}") from error


def _shown(course: CourseMap, *, day: int, part: str | None, kind: str, base: str) -> Encoded:
    """A day or a part in a form. Raises `UnknownEntry`, or `NotAcceptable` where there are no notes."""
    found = course.parts_of(day, part)
    tag = f"r{found.revisions[0]}" if part is not None else f"e{found.newest}"
    if kind == TURTLE:
        return Encoded(write_turtle(found.documents, course.vocabulary, base), content_type(TURTLE), tag)
    if kind == JSON_LD:
        data = [jsonld_data(document, course.vocabulary, base) for document in in_time(found.documents)]
        each = [rfc8785.dumps(one) for one in in_time(data)]
        return Encoded(each[0] if part is not None else b"[%s]" % b",".join(each), JSON_LD, tag)
    if kind == MARKDOWN:
        return Encoded(_notes(course, found), content_type(MARKDOWN), tag)
    return as_json(whole_day(course.name, found), tag)


def _notes(course: CourseMap, found: DayParts) -> bytes:
    """The bytes of the one part that came as notes; a part that came as anything else, as a typed note."""
    notes = [one for one in found.lines if one.media_type == MARKDOWN]
    if not notes and len(found.parts) == 1:
        return course.typed_note(found.parts[0].key).encode()
    if len(notes) != 1:
        names = ", ".join(one.part for one in notes)
        raise NotAcceptable(f"the day has notes in {names}; choose one with ?part=" if notes else "no part has notes")
    return course.sent(notes[0]).body
