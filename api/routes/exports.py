"""A whole map for other programs, in every export format that is one text."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.answers import Encoded
from api.errors import BadRequest
from api.moment import TheMoment
from api.negotiation import content_type
from api.routes.described import MapPath, reading, text
from api.service import TheService
from conceptmap.formats import Format, by_media_type, by_suffix
from conceptmap.map import CourseMap


def suffixes() -> list[str]:
    """The suffixes that an address may end with, without their dots."""
    return [suffix[1:] for suffix, form in by_suffix().items() if form.media_type]


Suffix = Annotated[str, Path(description="the form", examples=["trig"], json_schema_extra={"enum": [*suffixes()]})]


def router_of() -> APIRouter:
    """The route."""
    router = APIRouter(tags=["maps"])
    shown = {**reading(), **text(*by_media_type())}
    router.get("/maps/{map}/export.{suffix}", response_class=Response, responses=shown)(export_map)
    return router


async def export_map(
    request: Request, service: TheService, map: MapPath, suffix: Suffix, moment: TheMoment
) -> Response:
    """A map as JSON of the folded graph, or every document as JSON-LD, Turtle, or TriG with one graph a day."""
    if suffix not in suffixes():
        raise BadRequest(f"suffix: there is no form {suffix[:20]!r}; use one of {', '.join(suffixes())}")
    work = partial(_exported, by_suffix()[f".{suffix}"], service.settings.base)
    return await service.answer(request, map, moment, work, scans=True)


def _exported(form: Format, base: str, course: CourseMap) -> Encoded:
    return Encoded(course.export(form.name, base).encode(), content_type(form.media_type or ""))
