"""Checks: what the author of a map would look at again."""

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route, reading
from api.requests import Cursor, Limit, MapPath, TheVersion
from api.responses import Encoded, page_json, page_of
from api.service import TheService
from conceptmap.map import CourseMap
from conceptmap.shapes.nodes import CheckPage, check_shape

Rules = Annotated[
    list[str] | None,
    Query(alias="rule", max_length=50, description="only what this rule finds; may be repeated"),
]
Skipped = Annotated[
    list[str] | None,
    Query(alias="skip", max_length=50, description="not what this rule finds; may be repeated"),
]


def routes() -> list[Route]:
    """The addresses."""
    return [Route("GET", "/maps/{map}/checks", check, "checks", CheckPage, reading())]


async def check(
    request: Request,
    service: TheService,
    map: MapPath,
    version: TheVersion,
    rules: Rules = None,
    skip: Skipped = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """What may be wrong or unfinished, by rule, the worst first, each with what to write."""

    def work(course: CourseMap) -> Encoded:
        page = page_of(course.check(*(rules or ()), skip=skip or ()), cursor, limit)
        return page_json(request, "checks", page, [check_shape(one) for one in page.items])

    return await service.answer(request, map, version, work)
