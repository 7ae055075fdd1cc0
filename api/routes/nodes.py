"""Nodes: their list and search, one node, walks from it; and questions in plain words."""

from functools import partial
from itertools import islice
from typing import Annotated
from urllib.parse import quote

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route, reading
from api.requests import JSON, Cursor, Limit, MapPath, NodePath, TheVersion, known_kind, split_suffix
from api.responses import Encoded, Moved, as_json, page_after, page_json, page_of, read_cursor, start_of
from api.service import TheService
from conceptmap.map import CourseMap
from conceptmap.shapes.answer import (
    AnswerShape,
    AskedQuestionList,
    CompletionsShape,
    answer_shape,
    asked_question_shape,
)
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
from conceptmap.shapes.walk_rows import step_json, walk_json
from conceptmap.ways import MOST_WAYS, USUAL
from ontology.terms import OPPOSES, REQUIRES, SUPPORTS

MOST_COMPLETIONS = 20
"""Each of them is asked before it is shown."""


def routes() -> list[Route]:
    """The addresses."""
    node = "/maps/{map}/nodes/{node}"
    return [
        Route("GET", "/maps/{map}/nodes", list_nodes, "nodes", NodeList, reading()),
        Route("GET", node, show_node, "nodes", CardShape, reading(moves=True)),
        Route("GET", f"{node}/supporters", supporters, "nodes", WalkShape, reading(moves=True)),
        Route("GET", f"{node}/opponents", opponents, "nodes", WalkShape, reading(moves=True)),
        Route("GET", f"{node}/requirements", requirements, "nodes", WalkShape, reading(moves=True)),
        Route("GET", f"{node}/path", path, "nodes", PathShape, reading(moves=True)),
        Route("GET", "/maps/{map}/ask", ask, "questions", AnswerShape, reading()),
        Route("GET", "/maps/{map}/completions", completions, "questions", CompletionsShape, reading()),
        Route("GET", "/maps/{map}/questions", check_questions, "questions", AskedQuestionList, reading()),
    ]


async def list_nodes(
    request: Request,
    service: TheService,
    map: MapPath,
    version: TheVersion,
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
        found = [view.node(one) for one in islice(view.node_ids_after(after, chosen), limit + 1)]
        page = page_after(found, limit, lambda one: one.id)
        return page_json(request, "nodes", page, [node_shape(one) for one in page.items])

    def searched(course: CourseMap) -> Encoded:
        page = page_of(course.search(q or "", [chosen] if chosen else (), start_of(cursor) + limit + 1), cursor, limit)
        return page_json(request, "nodes", page, [hit_shape(one) for one in page.items])

    return await service.answer(request, map, version, listed if q is None else searched)


async def show_node(
    request: Request, service: TheService, map: MapPath, node: NodePath, version: TheVersion
) -> Response:
    """All that the map says of a node: its texts, its relations both ways, and where each is said."""

    def work(course: CourseMap) -> Encoded:
        name = node if course.view().named(node) else split_suffix(node, (JSON,))[0]
        check_id(request, course, name)
        return as_json(card_shape(course.card(name)))

    return await service.answer(request, map, version, work, small=True)


async def supporters(
    request: Request, service: TheService, map: MapPath, node: NodePath, version: TheVersion
) -> Response:
    """What supports a node, and what supports that in turn, nearest first."""
    work = partial(_walked, request, node, SUPPORTS, inverse=True)
    return await service.answer(request, map, version, work, small=True)


async def opponents(
    request: Request, service: TheService, map: MapPath, node: NodePath, version: TheVersion
) -> Response:
    """What opposes a node. Not in turn: who opposes an opponent is no opponent."""
    work = partial(_opposed, request, node)
    return await service.answer(request, map, version, work, small=True)


async def requirements(
    request: Request, service: TheService, map: MapPath, node: NodePath, version: TheVersion
) -> Response:
    """What a node requires, and what that requires in turn, nearest first."""
    work = partial(_walked, request, node, REQUIRES)
    return await service.answer(request, map, version, work, small=True)


async def path(
    request: Request,
    service: TheService,
    map: MapPath,
    node: NodePath,
    version: TheVersion,
    to: Annotated[str, Query(max_length=500, description="id, label or alias of the other node")],
    limit: Annotated[int, Query(ge=1, le=MOST_WAYS, description="how many ways at most")] = USUAL,
) -> Response:
    """The best way to another node and others that differ, edges read both ways, not through days, units or sources."""

    def work(course: CourseMap) -> Encoded:
        check_id(request, course, node)
        return as_json(path_shape(course.view(), course.ways(node, to, limit)))

    return await service.answer(request, map, version, work)


async def ask(
    request: Request,
    service: TheService,
    map: MapPath,
    version: TheVersion,
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

    return await service.answer(request, map, version, work)


async def check_questions(
    request: Request, service: TheService, map: MapPath, version: TheVersion, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """Ask the questions that the notes say the map must answer, and compare the answers with those wanted."""

    def work(course: CourseMap) -> Encoded:
        page = page_of(course.questions(), cursor, limit)
        asked = course.check_questions(page.items)
        return page_json(request, "questions", page, [asked_question_shape(one) for one in asked])

    return await service.answer(request, map, version, work)


async def completions(
    request: Request,
    service: TheService,
    map: MapPath,
    version: TheVersion,
    q: Annotated[str, Query(max_length=2000, description="a question as far as it is typed", examples=["what sup"])],
    limit: Annotated[int, Query(ge=1, le=MOST_COMPLETIONS, description="how many at most")] = 6,
) -> Response:
    """Whole questions that the map can answer and that what is typed may become, the likeliest first."""
    return await service.answer(
        request, map, version, lambda course: as_json({"questions": course.completions(q, limit)})
    )


def check_id(request: Request, course: CourseMap, name: str) -> None:
    """Raise `Moved` where an id leads to another: the same is at the address with that one, for the same moment."""
    if (other := course.view().leads_to(name)) not in (name, ""):
        before, _, rest = request.url.path.rpartition(f"/nodes/{name}")
        address = quote(f"{before}/nodes/{other}{rest}")
        raise Moved(f"{address}?{request.url.query}" if request.url.query else address)


def _walked(request: Request, name: str, relation: str, course: CourseMap, *, inverse: bool = False) -> Encoded:
    check_id(request, course, name)
    return Encoded(walk_json(course.view(), course.node(name), relation, inverse=inverse), JSON)


def _opposed(request: Request, name: str, course: CourseMap) -> Encoded:
    check_id(request, course, name)
    start, view = course.node(name), course.view()
    found = dict.fromkeys(edge.source for edge in view.edges_to(start.id, OPPOSES))
    return Encoded(step_json(view, start, OPPOSES, found, inverse=True), JSON)
