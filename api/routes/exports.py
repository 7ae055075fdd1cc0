"""A whole map for other programs."""

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.answers import Encoded
from api.moment import TheMoment
from api.negotiation import SUFFIXES, content_type
from api.routes.described import MapPath, reading, text
from api.service import TheService
from conceptmap.export import Form, export
from conceptmap.map import CourseMap

FORMS: dict[str, Form] = {"json": "json", "jsonld": "jsonld", "ttl": "turtle", "trig": "trig"}
Suffix = Annotated[Literal["json", "jsonld", "ttl", "trig"], Path(description="the form", examples=["trig"])]


def router_of() -> APIRouter:
    """The route."""
    router = APIRouter(tags=["maps"])
    shown = {**reading(), **text(*(SUFFIXES[one] for one in FORMS))}
    router.get("/maps/{map}/export.{suffix}", response_class=Response, responses=shown)(export_map)
    return router


async def export_map(
    request: Request, service: TheService, map: MapPath, suffix: Suffix, moment: TheMoment
) -> Response:
    """A map as JSON of the folded graph, or every document as JSON-LD, Turtle, or TriG with one graph a day."""
    work = partial(_exported, suffix, service.settings.base)
    return await service.answer(request, map, moment, work, scans=True)


def _exported(suffix: str, base: str, course: CourseMap) -> Encoded:
    return Encoded(export(course.view(), FORMS[suffix], base).encode(), content_type(SUFFIXES[suffix]))
