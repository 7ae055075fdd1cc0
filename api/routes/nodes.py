"""Nodes: their list and search, one node, walks from it, and appending nodes and edges."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.answers import Encoded
from api.encoding import as_json, json_bytes, page_json
from api.moment import TheMoment
from api.negotiation import JSON, split_suffix
from api.pages import page_after, page_of, read_cursor
from api.routes.described import Cursor, Limit, MapPath, NodePath, reading
from api.service import TheService
from api.words import known_kind
from conceptmap.card import card_of
from conceptmap.map import CourseMap
from conceptmap.rows import rows_json
from conceptmap.shapes.nodes import (
    CardShape,
    NodeList,
    PathShape,
    WalkShape,
    card_shape,
    hit_shape,
    node_shape,
    path_shape,
)
from graphs.view import FoldedNode
from graphs.walks import reach
from ontology.terms import OPPOSES, REQUIRES, SUPPORTS


def router_of() -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["nodes"])
    router.get("/maps/{map}/nodes", response_model=NodeList, responses=reading())(list_nodes)
    node = "/maps/{map}/nodes/{node}"
    router.get(node, response_model=CardShape, responses=reading())(show_node)
    router.get(f"{node}/supporters", response_model=WalkShape, responses=reading())(supporters)
    router.get(f"{node}/opponents", response_model=WalkShape, responses=reading())(opponents)
    router.get(f"{node}/requirements", response_model=WalkShape, responses=reading())(requirements)
    router.get(f"{node}/path", response_model=PathShape, responses=reading())(path)
    return router


async def list_nodes(
    request: Request,
    service: TheService,
    map: MapPath,
    moment: TheMoment,
    q: Annotated[str | None, Query(max_length=500, description="words, or beginnings of words")] = None,
    kind: Annotated[
        str | None, Query(max_length=500, description="only nodes of this kind", examples=["Claim"])
    ] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """The nodes of a map by id; with `q` those that hold these words, best first."""
    chosen = known_kind(service.vocabulary, kind) if kind else None

    def listed(course: CourseMap) -> Encoded:
        view = course.view()
        after = read_cursor(cursor, str) if cursor else ""
        found: list[FoldedNode] = []
        for one in view.node_ids():
            if one > after and (chosen is None or view.node(one).kind == chosen):
                found.append(view.node(one))
                if len(found) > limit:
                    break
        page = page_after(found, limit, lambda one: one.id)
        return page_json(request, "nodes", page, [node_shape(one) for one in page.items])

    def searched(course: CourseMap) -> Encoded:
        page = page_of(course.search(q or "", chosen), cursor, limit)
        return page_json(request, "nodes", page, [hit_shape(one) for one in page.items])

    return await service.answer(request, map, moment, listed if q is None else searched, scans=True)


async def show_node(request: Request, service: TheService, map: MapPath, node: NodePath, moment: TheMoment) -> Response:
    """All that the map says of a node: its texts, its relations both ways, and where each is said."""
    name, _ = split_suffix(node, (JSON,))

    def work(course: CourseMap) -> Encoded:
        return as_json(card_shape(card_of(course.view(), course.node(name).id)))

    return await service.answer(request, map, moment, work)


async def supporters(
    request: Request, service: TheService, map: MapPath, node: NodePath, moment: TheMoment
) -> Response:
    """What supports a node, and what supports that in turn, nearest first."""
    work = partial(_walked, node, SUPPORTS, _reach_backwards)
    return await service.answer(request, map, moment, work)


async def opponents(request: Request, service: TheService, map: MapPath, node: NodePath, moment: TheMoment) -> Response:
    """What opposes a node. Not in turn: who opposes an opponent is no opponent."""
    work = partial(_walked, node, OPPOSES, _direct_sources)
    return await service.answer(request, map, moment, work)


async def requirements(
    request: Request, service: TheService, map: MapPath, node: NodePath, moment: TheMoment
) -> Response:
    """What a node requires, and what that requires in turn, nearest first."""
    work = partial(_walked, node, REQUIRES, _reach)
    return await service.answer(request, map, moment, work)


async def path(
    request: Request,
    service: TheService,
    map: MapPath,
    node: NodePath,
    moment: TheMoment,
    to: Annotated[str, Query(max_length=500, description="id, label or alias of the other node")],
) -> Response:
    """A shortest path to another node, edges read both ways, not through days, units or sources."""

    def work(course: CourseMap) -> Encoded:
        return as_json(path_shape(course.view(), course.path(node, to)))

    return await service.answer(request, map, moment, work, scans=True)


def _walked(
    name: str, relation: str, find: Callable[[CourseMap, str, str], dict[str, str]], course: CourseMap
) -> Encoded:
    view, start = course.view(), course.node(name)
    rows = rows_json(view, relation, find(course, start.id, relation))
    return Encoded(b'{"node":' + json_bytes(node_shape(start)) + b',"found":' + rows + b"}", JSON)


def _reach(course: CourseMap, node: str, relation: str) -> dict[str, str]:
    return reach(course.view(), node, relation)


def _reach_backwards(course: CourseMap, node: str, relation: str) -> dict[str, str]:
    return reach(course.view(), node, relation, inverse=True)


def _direct_sources(course: CourseMap, node: str, relation: str) -> dict[str, str]:
    return dict.fromkeys((edge.source for edge in course.view().edges_to(node, relation)), node)
