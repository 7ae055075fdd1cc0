"""Drawings of a map, in every format."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from api.answers import Encoded
from api.moment import TheMoment
from api.routes.described import MapPath, reading, text
from api.service import TheService
from api.words import known_kind, known_relation
from conceptmap.draw import Format, Picture, Selection, draw, draw_png, draw_svg, find_renderer, picture_of
from conceptmap.map import CourseMap

FORMATS: dict[str, Format] = {"svg": "svg", "png": "png", "dot": "dot", "txt": "text", "mmd": "mermaid"}
MEDIA_TYPES: dict[Format, str] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "dot": "text/vnd.graphviz; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "outline": "text/plain; charset=utf-8",
    "mermaid": "text/vnd.mermaid; charset=utf-8",
}
Suffix = Annotated[Literal["svg", "png", "dot", "txt", "mmd"], Path(description="the format", examples=["svg"])]
Focus = Annotated[str | None, Query(max_length=500, description="only what is near this node")]
Depth = Annotated[int, Query(ge=1, le=10, description="how many edges away from it")]
Whole = Annotated[bool, Query(alias="all", description="the whole graph, not only what the notes' trees place")]
Kinds = Annotated[list[str] | None, Query(alias="kind", max_length=50, description="only this kind; may be repeated")]
Relations = Annotated[
    list[str] | None, Query(alias="relation", max_length=50, description="only this relation; may be repeated")
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the map a request wants drawn, in its own words."""

    focus: str | None
    depth: int
    whole: bool
    kinds: tuple[str, ...]
    relations: tuple[str, ...]

    def selection(self, course: CourseMap) -> Selection:
        """The same as the drawing takes it. Raises `BadRequest` or `UnknownNode`."""
        words = course.ledger.vocabulary
        return Selection(
            whole=self.whole,
            focus=course.node(self.focus).id if self.focus is not None else None,
            depth=self.depth,
            kinds=frozenset(known_kind(words, one) for one in self.kinds),
            relations=frozenset(known_relation(words, one) for one in self.relations),
        )


def router_of() -> APIRouter:
    """The route."""
    router = APIRouter(tags=["drawings"])
    shown = {**reading(), **text(*(kind.partition(";")[0] for kind in MEDIA_TYPES.values()))}
    router.get("/maps/{map}/diagram.{suffix}", response_class=Response, responses=shown)(diagram)
    return router


async def _wanted(
    focus: Focus = None, depth: Depth = 1, whole: Whole = False, kind: Kinds = None, relation: Relations = None
) -> Wanted:
    return Wanted(focus, depth, whole, tuple(kind or ()), tuple(relation or ()))


async def diagram(
    request: Request,
    service: TheService,
    map: MapPath,
    suffix: Suffix,
    moment: TheMoment,
    wanted: Annotated[Wanted, Depends(_wanted)],
) -> Response:
    """The drawn map, a neighbourhood, or a choice of kinds and relations; an overview where that is too much."""
    form = FORMATS[suffix]
    if form in ("svg", "png"):
        picture, render = partial(_picture, wanted), partial(_rendered, form)
        return await service.answer_in_two(request, map, moment, picture, render, scans=True, draws=True)
    if form == "text" and (wanted.whole or wanted.kinds or wanted.relations):
        form = "outline"
    return await service.answer(request, map, moment, partial(_written, wanted, form), scans=True)


def _picture(wanted: Wanted, course: CourseMap) -> Picture:
    return picture_of(course.view(), wanted.selection(course))


def _rendered(form: Format, picture: Picture) -> Encoded:
    svg = draw_svg(picture, find_renderer())
    return Encoded(draw_png(svg) if form == "png" else svg.encode(), MEDIA_TYPES[form])


def _written(wanted: Wanted, form: Format, course: CourseMap) -> Encoded:
    drawn = draw(course.view(), form, wanted.selection(course))
    return Encoded(drawn.encode() if isinstance(drawn, str) else drawn, MEDIA_TYPES[form])
