"""Learners: what the holder of a token has learned of a map, plans for it, and what can be learned next.

`me` is whoever the request's token names: nobody reads or changes what another has learned. What differs from reader to
reader is kept by no cache.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from api.auth import client_of
from api.openapi import Route, reading
from api.requests import JSON, MapPath, MapVersion, NodePath, TheVersion, checked_map
from api.responses import json_bytes
from api.service import Service, TheService
from conceptmap.map import CourseMap
from conceptmap.shapes.learners import (
    FrontierShape,
    LearnedShape,
    PlanShape,
    frontier_shape,
    learned_shape,
    plan_shape,
)
from conceptmap.values import Grant, Mark
from ontology.errors import UnknownMap

MOST_NEXT = 100
"""Nodes that can be learned next and are listed: of each all that it unlocks is looked at."""
MOST_MINUTES = 1440

_OWN: dict[str, Any] = {"security": [{"bearer": []}]}
_NEWEST = MapVersion(None, None)


def routes() -> list[Route]:
    """The addresses."""
    me, node = "/maps/{map}/learners/me", "/maps/{map}/learners/me/{node}"
    own = reading()
    return [
        Route("GET", "/maps/{map}/plan", plan, "learning", PlanShape, reading()),
        Route("GET", "/maps/{map}/next", next_nodes, "learning", FrontierShape, reading()),
        Route("GET", me, learned, "learning", LearnedShape, own, _OWN),
        Route("DELETE", me, forget, "learning", LearnedShape, reading(507), _OWN),
        Route("PUT", node, learn, "learning", LearnedShape, reading(507), _OWN),
        Route("DELETE", node, unlearn, "learning", LearnedShape, reading(507), _OWN),
    ]


async def plan(
    request: Request,
    service: TheService,
    map: MapPath,
    version: TheVersion,
    node: Annotated[
        str | None, Query(max_length=500, description="id, label or alias; without one, the whole map")
    ] = None,
    per_day: Annotated[
        float | None,
        Query(ge=1, le=MOST_MINUTES, allow_inf_nan=False, description="minutes of a day; without, no days"),
    ] = None,
) -> Response:
    """What to learn before a node and, last, the node, in order: without what the token's holder has learned."""
    return await _read(
        request,
        service,
        map,
        version,
        lambda course, marks: plan_shape(course.plan(node, course.learned(marks).nodes, per_day)),
    )


async def next_nodes(
    request: Request,
    service: TheService,
    map: MapPath,
    version: TheVersion,
    limit: Annotated[int, Query(ge=1, le=MOST_NEXT, description="how many at most")] = 5,
) -> Response:
    """What the token's holder can learn now, the first of the course first; without a token, for who begins."""
    return await _read(
        request,
        service,
        map,
        version,
        lambda course, marks: frontier_shape(course.next_to_learn(course.learned(marks).nodes, limit)),
    )


async def learned(request: Request, service: TheService, map: MapPath, version: TheVersion) -> Response:
    """All that the token's holder has learned of a map."""
    grant = await service.authorizer.learner(request, checked_map(map))
    return await _read(request, service, map, version, partial(_learned, map, grant.name), grant)


async def forget(request: Request, service: TheService, map: MapPath) -> Response:
    """Delete all that the token's holder has learned of a map, also of one that has ended since."""

    def act(learner: str, _: CourseMap, __: list[Mark]) -> None:
        service.learners.forget(map, learner)

    try:
        return await _changed(request, service, map, act)
    except UnknownMap:
        grant = await service.authorizer.learner(request, map)
        if not await service.readers.in_thread(partial(service.learners.marks, map, grant.name)):
            raise
        await service.readers.in_thread(partial(service.learners.forget, map, grant.name))
        return _own(LearnedShape(map=map, learner=grant.name, learned=[], later=[], gone=[]))


async def learn(request: Request, service: TheService, map: MapPath, node: NodePath) -> Response:
    """Mark a node as learned by the token's holder; one that is marked stays as it is."""

    def act(learner: str, course: CourseMap, marks: list[Mark]) -> None:
        if (found := course.node(node).id) not in course.learned(marks).nodes:
            service.learners.mark(map, learner, [found], learner)

    return await _changed(request, service, map, act)


async def unlearn(request: Request, service: TheService, map: MapPath, node: NodePath) -> Response:
    """Take the mark of a node away; of a node that is gone by the id that the mark has."""

    def act(learner: str, course: CourseMap, marks: list[Mark]) -> None:
        service.learners.unmark(map, learner, course.marked_as(node, marks))

    return await _changed(request, service, map, act)


async def _read(
    request: Request,
    service: Service,
    name: str,
    version: MapVersion,
    work: Callable[[CourseMap, list[Mark]], Any],
    learner: Grant | None = None,
) -> Response:
    """An answer from a map and the marks of the token's holder, if there is a token."""
    grant = learner or await service.authorizer.reader(request, checked_map(name))
    course = await service.held(request, name, version, grant)
    marks = await service.readers.in_thread(partial(service.learners.marks, name, grant.name)) if grant else []
    shape = await service.readers.run(course, lambda one: work(one, marks), client_of(request, grant))
    return _own(shape)


async def _changed(
    request: Request, service: Service, name: str, act: Callable[[str, CourseMap, list[Mark]], None]
) -> Response:
    """A change of the marks of the token's holder, and what they are after it."""
    grant = await service.authorizer.learner(request, checked_map(name), writes=True)
    course = await service.held(request, name, _NEWEST, grant)

    def work() -> LearnedShape:
        act(grant.name, course, service.learners.marks(name, grant.name))
        return _learned(name, grant.name, course, service.learners.marks(name, grant.name))

    return _own(await service.readers.in_thread(work))


def _learned(name: str, learner: str, course: CourseMap, marks: list[Mark]) -> LearnedShape:
    return learned_shape(course.view(), name, learner, course.learned(marks))


def _own(shape: Any) -> Response:
    """An answer that no cache may keep."""
    return Response(json_bytes(shape), 200, {"Cache-Control": "private, no-store"}, JSON)
