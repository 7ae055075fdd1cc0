"""Questions in plain words."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.answers import Encoded
from api.encoding import as_json
from api.moment import TheMoment
from api.routes.described import MapPath, reading
from api.service import TheService
from conceptmap.map import CourseMap
from conceptmap.shapes.answer import AnswerShape, answer_shape


def router_of() -> APIRouter:
    """The route."""
    router = APIRouter(tags=["questions"])
    router.get("/maps/{map}/ask", response_model=AnswerShape, responses=reading())(ask)
    return router


async def ask(
    request: Request,
    service: TheService,
    map: MapPath,
    moment: TheMoment,
    q: Annotated[str, Query(max_length=2000, description="a question", examples=["what supports the bitter lesson?"])],
    explain: Annotated[bool, Query(description="say how the question was understood")] = False,
) -> Response:
    """Answer a question from the map, with the lines that say so; or say honestly that the map does not."""

    def work(course: CourseMap) -> Encoded:
        answer = course.ask(q, explained=explain)
        shape = answer_shape(answer)
        if explain:
            shape["explanation"] = answer.explanation
        return as_json(shape)

    return await service.answer(request, map, moment, work, scans=True)
