"""Drawings of a map, in every format that `conceptmap.draw.DRAWINGS` has a suffix for."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route, reading, text
from api.requests import MapPath, TheVersion, content_type, known_kind, known_relation, known_suffix, suffix_path
from api.responses import Encoded
from api.service import TheService
from conceptmap.draw import DRAWINGS, Drawing, Look, Selection, by_suffix, find_renderer
from conceptmap.map import CourseMap


def suffixes() -> list[str]:
    """The suffixes that an address may end with, without their dots."""
    return [suffix[1:] for suffix in by_suffix()]


Suffix = Annotated[str, suffix_path("the format", "svg", suffixes)]
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
        words = course.vocabulary
        return Selection(
            whole=self.whole,
            focus=course.node(self.focus).id if self.focus is not None else None,
            depth=self.depth,
            kinds=frozenset(known_kind(words, one) for one in self.kinds),
            relations=frozenset(known_relation(words, one) for one in self.relations),
        )


def routes() -> list[Route]:
    """The address; forms and suffixes are those of the drawings."""
    shown = {**reading(), **text(*(one.media_type for one in DRAWINGS.values()))}
    return [Route("GET", "/maps/{map}/diagram.{suffix}", diagram, "drawings", None, shown)]


async def _wanted(
    focus: Focus = None, depth: Depth = 1, whole: Whole = False, kind: Kinds = None, relation: Relations = None
) -> Wanted:
    return Wanted(focus, depth, whole, tuple(kind or ()), tuple(relation or ()))


async def diagram(
    request: Request,
    service: TheService,
    map: MapPath,
    suffix: Suffix,
    version: TheVersion,
    wanted: Annotated[Wanted, Depends(_wanted)],
) -> Response:
    """The drawn map, a neighbourhood, or a choice of kinds and relations; an overview where that is too much."""
    drawing = by_suffix()[f".{known_suffix(suffix, suffixes())}"]
    if drawing.name == "text" and (wanted.whole or wanted.kinds or wanted.relations):
        drawing = DRAWINGS["outline"]
    choose, write = partial(_chosen, drawing, wanted), partial(_written, drawing)
    if drawing.is_picture:
        return await service.read_then_render(request, map, version, choose, write)
    return await service.answer(request, map, version, lambda course: write(choose(course)))


def _chosen(drawing: Drawing[Any], wanted: Wanted, course: CourseMap) -> object:
    return drawing.choose(course.view(), wanted.selection(course))


def _written(drawing: Drawing[Any], chosen: object) -> Encoded:
    drawn = drawing.write(chosen, Look(renderer=find_renderer() if drawing.is_picture else None))
    return Encoded(drawn.encode() if isinstance(drawn, str) else drawn, content_type(drawing.media_type))
