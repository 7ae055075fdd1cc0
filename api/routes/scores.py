"""Scores: how strong claims are, what weighs for and against them, how that came, and what if something falls."""

from functools import partial
from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route, reading
from api.requests import Cursor, Limit, MapPath, NodePath, TheVersion
from api.responses import Encoded, as_json, page_json, page_of
from api.routes.nodes import check_id
from api.service import TheService
from conceptmap.map import CourseMap
from conceptmap.shapes.scores import (
    BeliefShape,
    ClaimList,
    WeighingShape,
    WhatIfShape,
    belief_shape,
    claim_shape,
    weighing_shape,
    what_if_shape,
)

MOST_FALLEN = 100
"""Nodes that may be taken away at once; more is not one question."""
Name = Annotated[str, Query(max_length=500)]
Without = Annotated[
    list[Name] | None,
    Query(max_length=MOST_FALLEN, description="as if this node had never been said; may be repeated"),
]
Fallen = Annotated[
    list[Name], Query(min_length=1, max_length=MOST_FALLEN, description="a node that falls; may be repeated")
]


def routes() -> list[Route]:
    """The addresses."""
    score = "/maps/{map}/nodes/{node}/score"
    return [
        Route("GET", "/maps/{map}/scores", list_scores, "scores", ClaimList, reading()),
        Route("GET", "/maps/{map}/what-if", show_what_if, "scores", WhatIfShape, reading()),
        Route("GET", score, show_score, "scores", WeighingShape, reading(moves=True)),
        Route("GET", f"{score}/history", show_belief, "scores", BeliefShape, reading(moves=True)),
    ]


async def list_scores(
    request: Request, service: TheService, map: MapPath, version: TheVersion, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """All claims: where methods disagree first, last those with nothing for or against them."""

    def work(course: CourseMap) -> Encoded:
        claims = course.claims()
        page = page_of([*claims.scores, *claims.bare], cursor, limit)
        return page_json(request, "claims", page, [claim_shape(one) for one in claims.rows(page.items)])

    return await service.answer(request, map, version, work)


async def show_what_if(
    request: Request, service: TheService, map: MapPath, version: TheVersion, without: Fallen
) -> Response:
    """The claims that fall or rise if some nodes fall."""
    return await service.answer(
        request, map, version, lambda course: as_json(what_if_shape(course.view(), course.what_if(without)))
    )


async def show_score(
    request: Request,
    service: TheService,
    map: MapPath,
    node: NodePath,
    version: TheVersion,
    without: Without = None,
) -> Response:
    """How strong a node is by each method, what weighs for and against it, and what it rests on."""
    return await service.answer(request, map, version, partial(_weighed, request, node, without or []))


async def show_belief(
    request: Request, service: TheService, map: MapPath, node: NodePath, version: TheVersion
) -> Response:
    """The days that changed how strong a node is, in order."""
    return await service.answer(request, map, version, partial(_believed, request, node))


def _weighed(request: Request, name: str, without: list[str], course: CourseMap) -> Encoded:
    check_id(request, course, name)
    return as_json(weighing_shape(course.view(), course.weigh(name, without)))


def _believed(request: Request, name: str, course: CourseMap) -> Encoded:
    check_id(request, course, name)
    return as_json(belief_shape(course.node(name), course.belief(name)))
