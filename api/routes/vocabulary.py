"""The vocabulary in force: which kinds and relations there are, and what a map uses besides."""

from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route, reading, text
from api.requests import JSON, TURTLE, MapPath, TheVersion, chosen, content_type
from api.responses import Encoded, as_json
from api.service import TheService
from conceptmap.map import CourseMap
from conceptmap.shapes.vocabulary import VocabularyShape, vocabulary_shape


def routes() -> list[Route]:
    """The address."""
    forms = {**reading(406), **text(TURTLE)}
    return [Route("GET", "/maps/{map}/vocabulary", show_vocabulary, "maps", VocabularyShape, forms)]


async def show_vocabulary(request: Request, service: TheService, map: MapPath, version: TheVersion) -> Response:
    """The kinds and relations that notes and questions can use, and which of a map's are none of them.

    As Turtle: all declarations, the built-in ones first, then those that whoever runs the service added.
    """
    kind = chosen(request.headers.get("accept"), (JSON, TURTLE))

    def shown(course: CourseMap) -> Encoded:
        if kind == TURTLE:
            return Encoded(course.vocabulary.turtle, content_type(TURTLE))
        undeclared = course.view().undeclared()
        return as_json(vocabulary_shape(course.vocabulary, undeclared.kinds, undeclared.relations))

    return await service.answer(request, map, version, shown)
