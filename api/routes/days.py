"""Days: their list, one day or one of its parts, and putting and ending parts."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from api import parts
from api.answers import Encoded
from api.bodies import media_type, read_body
from api.conditions import expected_number
from api.encoding import page_json, reported
from api.errors import BadRequest
from api.moment import TheMoment
from api.negotiation import JSON, JSON_LD, MARKDOWN, TURTLE, chosen, split_suffix
from api.pages import page_of
from api.routes.described import Cursor, DryRun, IfMatch, Limit, MapPath, body, checked_map, reading, text, writing
from api.service import TheService
from conceptmap.map import CourseMap
from conceptmap.shapes.changes import ReportShape
from conceptmap.shapes.maps import DayList, WholeDay
from conceptmap.writes import DEFAULT_PART, delete
from graphs.fold import PartKey
from graphs.ledger import Ledger, WriteReport
from ontology.errors import StaleRevision
from ontology.model import MAX_DAY, Part

FORMS = (JSON, JSON_LD, TURTLE, MARKDOWN)
TAKEN = (MARKDOWN, JSON_LD, TURTLE, JSON)

_DAY = r"^\d{1,5}(\.(json|jsonld|ttl|md))?$"
_PART: TypeAdapter[str] = TypeAdapter(Part)

DayPath = Annotated[str, Path(pattern=_DAY, description="the day; a suffix chooses the form", examples=["26"])]
DayNumber = Annotated[int, Path(ge=0, le=MAX_DAY, description="number of the day", examples=[26])]
PartQuery = Annotated[str | None, Query(max_length=255, description="a note file, or by:NAME for a contributor's part")]


def router_of() -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["days"])
    router.get("/maps/{map}/days", response_model=DayList, responses=reading())(list_days)
    day = "/maps/{map}/days/{day}"
    shown = {**reading(406), **text(JSON_LD, TURTLE, MARKDOWN)}
    router.get(day, response_model=WholeDay, responses=shown)(show_day)
    created: Any = {201: {"model": ReportShape, "description": "The part is new"}}
    takes = body(*TAKEN)
    router.put(day, response_model=ReportShape, responses={**created, **writing(428)}, openapi_extra=takes)(put_day)
    router.delete(day, response_model=ReportShape, responses=writing())(end_day)
    return router


async def list_days(
    request: Request, service: TheService, map: MapPath, moment: TheMoment, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """The days of a map in order, each with its parts."""

    def work(course: CourseMap) -> Encoded:
        page = page_of(course.view().days(), cursor, limit)
        return page_json(request, "days", page, [parts.day_line(course, day) for day in page.items])

    return await service.answer(request, map, moment, work, waits=True)


async def show_day(
    request: Request, service: TheService, map: MapPath, day: DayPath, moment: TheMoment, part: PartQuery = None
) -> Response:
    """A day with its parts merged, or one part: as JSON, JSON-LD, Turtle, or the notes as they were sent."""
    number, suffixed = split_suffix(day, FORMS)
    kind = suffixed or chosen(request.headers.get("accept"), FORMS)
    work = partial(parts.shown, day=_number(number), part=part, kind=kind, base=service.settings.base)
    return await service.answer(request, map, moment, work, waits=True)


async def put_day(
    request: Request,
    service: TheService,
    map: MapPath,
    day: DayPath,
    part: PartQuery = None,
    dry_run: DryRun = False,
    if_match: IfMatch = None,
) -> Response:
    """Put notes, JSON-LD or Turtle in the place of a part, by default `notes`; other parts stay as they are.

    Replacing needs If-Match with the ETag of the part.
    """
    grant = await service.gate.writer(request, "admin", checked_map(map))
    key = PartKey(_number(split_suffix(day, FORMS)[0]), _checked(part or DEFAULT_PART))
    kind = media_type(request, *TAKEN)
    data = await read_body(request, service.settings)
    sent = parts.Sent(map, key, kind, data, grant.name, several=part is not None, base=service.settings.base)

    def write(ledger: Ledger) -> "Put":
        exists, revision = _expected(request, ledger, map, key, required=True)
        return Put(parts.put(ledger, sent, revision, dry_run=dry_run), exists, revision or 0)

    put = await service.writing.run(map, write)
    return reported(put.report, created=not put.existed, headers={**place_of(map, key), **put.tag()})


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
    grant = await service.gate.writer(request, "admin", checked_map(map))
    number = _number(split_suffix(day, FORMS)[0])

    def write(ledger: Ledger) -> WriteReport:
        keys = [one for one in ledger.view(map).parts(number) if part in (None, one.part)]
        revision = _expected(request, ledger, map, keys[0], required=False)[1] if part and keys else None
        return delete(ledger, map, number, part, author=grant.name, revision=revision, dry_run=dry_run)

    if part is None and if_match is not None:
        raise BadRequest("If-Match belongs to one part; name it with ?part=")
    return reported(await service.writing.run(map, write))


@dataclass(frozen=True, slots=True)
class Put:
    """A part that was put: what was done, whether it was there, and its revision before."""

    report: WriteReport
    existed: bool
    revision: int

    def tag(self) -> dict[str, str]:
        """The entity tag of the part as it is now; none for a dry run of a new part."""
        number = self.revision + len(self.report.entries)
        return {"ETag": f'"r{number}"'} if number else {}


def _expected(request: Request, ledger: Ledger, name: str, key: PartKey, *, required: bool) -> tuple[bool, int | None]:
    """Whether the part is there, and the revision that the write is to meet."""
    exists = ledger.view(name).event(key) is not None
    current = ledger.log.revision(name, *key)

    def stale(given: int) -> StaleRevision:
        return StaleRevision(*key, given, current)

    return exists, expected_number(request, "r", current, exists=exists, required=required, stale=stale)


def _number(text: str) -> int:
    if (number := int(text)) > MAX_DAY:
        raise BadRequest(f"days go up to {MAX_DAY}")
    return number


def _checked(part: str) -> str:
    try:
        return _PART.validate_python(part)
    except ValidationError as error:
        raise BadRequest(f"part: {error.errors()[0]['msg']}") from error


def place_of(name: str, key: PartKey) -> dict[str, str]:
    """The header that says where a part is."""
    return {"Location": f"/maps/{quote(name)}/days/{key.day}?part={quote(key.part, safe='')}"}
