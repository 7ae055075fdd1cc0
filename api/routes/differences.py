"""What differs between two days of a map: as JSON in the shapes of the exports, or as one picture."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Query
from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route, reading, text
from api.requests import JSON, At, MapPath, MapVersion, chosen, known_suffix, suffix_path
from api.responses import Encoded, as_json
from api.routes.drawing import Whole
from api.service import TheService
from conceptmap.draw import DRAWINGS, find_renderer
from conceptmap.map import CourseMap
from conceptmap.shapes.changes import DiffShape, diff_shape
from ontology.model import MAX_DAY

SVG = DRAWINGS["svg"].media_type
FORMS = {"json": JSON, "svg": SVG}
"""Media types by the suffixes of addresses."""
From = Annotated[int, Query(alias="from", ge=0, le=MAX_DAY, description="as of this day", examples=[25])]
To = Annotated[int, Query(ge=0, le=MAX_DAY, description="compared with this one", examples=[26])]
Suffix = Annotated[str, suffix_path("the form", "svg", lambda: [*FORMS])]


def routes() -> list[Route]:
    """The addresses: the suffix chooses the form, else what the request accepts."""
    shown, either = {**reading(406), **text(SVG)}, {**reading(406), **text(*FORMS.values())}
    return [
        Route("GET", "/maps/{map}/diff", accepted_diff, "maps", DiffShape, shown),
        Route("GET", "/maps/{map}/diff.{suffix}", suffixed_diff, "maps", None, either),
    ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be compared, and how much of it drawn."""

    before: int
    after: int
    whole: bool
    version: MapVersion

    def told(self, course: CourseMap) -> Encoded:
        """The two days compared, as JSON."""
        return as_json(diff_shape(course.diff(self.before, self.after).diff))

    def drawn(self, course: CourseMap) -> Encoded:
        """The two days as one picture."""
        compared = course.diff(self.before, self.after)
        return Encoded(compared.draw(whole=self.whole, renderer=find_renderer()).encode(), SVG)


async def _wanted(before: From, to: To, whole: Whole = False, at: At = None) -> Wanted:
    return Wanted(before, to, whole, MapVersion(None, at))


TheWanted = Annotated[Wanted, Depends(_wanted)]


async def accepted_diff(
    request: Request,
    service: TheService,
    map: MapPath,
    wanted: TheWanted,
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Nodes and edges added, removed and changed between two days, and the claims that gained or lost support."""
    return await _diff(request, service, map, wanted, chosen(accept, tuple(FORMS.values())))


async def suffixed_diff(
    request: Request, service: TheService, map: MapPath, suffix: Suffix, wanted: TheWanted
) -> Response:
    """The same in the form that the suffix names."""
    return await _diff(request, service, map, wanted, FORMS[known_suffix(suffix, [*FORMS])])


async def _diff(request: Request, service: TheService, map: str, wanted: Wanted, form: str) -> Response:
    """A picture reads both days while it is drawn, so all of it is done with the map held."""
    return await service.answer(request, map, wanted.version, wanted.drawn if form == SVG else wanted.told)
