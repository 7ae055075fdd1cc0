"""The page for queries: questions in plain words and SPARQL, answered as a table, as CSV and as a picture."""

from functools import partial
from typing import Annotated, NamedTuple

from fastapi import Query as Parameter
from starlette.requests import Request
from starlette.responses import Response

from api.auth import client_of
from api.errors import BadRequest, problem_of
from api.openapi import Route
from api.requests import MapPath
from api.responses import Encoded
from api.service import Service, TheService
from api.web import query_page
from api.web.drawing import drawing_of_excerpt, svg_of
from api.web.page_state import PageState, ThePageState
from api.web.query_page import LONGEST, MOST_DRAWN, MOST_ROWS, Mistake, Results
from api.web.site import HTML, POLICY, TheSite
from api.workers import SparqlPool, TheSparqlPool
from conceptmap.draw import find_renderer
from conceptmap.map import CourseMap
from conceptmap.rdf import BASE, TABLE_FORMS, Query, QueryAnswer, Table, read_table
from conceptmap.values import View
from ontology.errors import QueryError

CSV = "text/csv; charset=utf-8"

QueryText = Annotated[str, Parameter(max_length=LONGEST, description="a question in plain words, or SPARQL")]


def routes() -> list[Route]:
    """The addresses."""
    return [
        Route("GET", "/maps/{map}/page/query", query, takes=("query",)),
        Route("GET", "/maps/{map}/page/query.csv", query_csv, takes=("query",)),
    ]


class _Asked(NamedTuple):
    """A query on a map that stays as it is."""

    course: CourseMap
    text: str
    client: str
    state: PageState


async def query(
    request: Request,
    service: TheService,
    site: TheSite,
    pool: TheSparqlPool,
    map: MapPath,
    state: ThePageState,
    query: QueryText = "",
) -> Response:
    """The page: a query and what it finds, or what is wrong with it and where; else examples that run."""
    asked = await _asked(request, service, map, state, query)
    results: Results | None = None
    mistake: Mistake | None = None
    status = 200
    try:
        results = await _results(service, pool, asked) if asked.text.strip() else None
    except QueryError as error:
        mistake, status = query_page.mistake_of(error, asked.text), problem_of(error).status
    course = asked.course
    examples = await service.readers.run(
        course, lambda course: query_page.examples(course, service.settings.base), asked.client
    )
    picture = ""
    if results and (nodes := results.nodes[:MOST_DRAWN]):
        what = "picture", nodes, state.as_of, state.at, state.root
        picture = await service.kept(course, what, partial(_picture, service, asked, nodes))
    body = site.html(
        "query.html",
        state.root,
        name=map,
        title="query",
        state=state,
        text=asked.text,
        results=results,
        mistake=mistake,
        examples=examples,
        picture=picture,
        longest=LONGEST,
        most_drawn=MOST_DRAWN,
        is_sparql=query_page.is_sparql(asked.text),
    )
    headers = {"Content-Security-Policy": POLICY, "Content-Type": HTML, "Cache-Control": "no-store"}
    return Response(body, status, headers)


async def query_csv(
    request: Request, service: TheService, pool: TheSparqlPool, map: MapPath, state: ThePageState, query: QueryText = ""
) -> Response:
    """All that a query finds, as CSV. Raises what is wrong with it."""
    asked = await _asked(request, service, map, state, query)
    if not asked.text.strip():
        raise BadRequest("query: write a question or a query first")
    if query_page.is_sparql(asked.text):
        answer = await _answer(pool, asked, ("text/csv", TABLE_FORMS[1]))
        if answer.media_type == "text/csv":
            return await _csv(request, service, map, answer.body)
        found: Table | Results = await service.readers.in_thread(
            partial(read_table, answer, service.settings.sparql_rows)
        )
    else:
        found = await _answered(service, asked, None)
    return await _csv(request, service, map, await service.readers.in_thread(partial(query_page.csv_of, found)))


async def _csv(request: Request, service: Service, name: str, body: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name if name.isascii() else "map"}.csv"'}
    return await service.plain(request, Encoded(body, CSV, headers=headers))


async def _asked(request: Request, service: Service, name: str, state: PageState, text: str) -> _Asked:
    client = client_of(request, await service.authorizer.reader(request, name))
    course = await service.readers.course(name, state.as_of, state.at)
    return _Asked(course, text.replace("\r\n", "\n"), client, state)


async def _results(service: Service, pool: SparqlPool, asked: _Asked) -> Results:
    """What the query finds. Raises `QueryError`, `Busy` or `AnswerTooLate`."""
    name, state, base = asked.course.name, asked.state, service.settings.base
    if query_page.is_sparql(asked.text):
        answer = await _answer(pool, asked, TABLE_FORMS)
        table = await service.readers.in_thread(partial(read_table, answer, MOST_ROWS))

        def tabled(course: CourseMap) -> Results:
            return query_page.found_by_sparql(table, course.view(), name, state, base)

        return await service.readers.run(asked.course, tabled, asked.client)
    return await _answered(service, asked, MOST_ROWS)


async def _answered(service: Service, asked: _Asked, most: int | None) -> Results:
    """What answers a question in plain words, at most so many rows of it (None: all)."""
    base = service.settings.base

    def answered(course: CourseMap) -> Results:
        found = query_page.found_by_question(course.ask(asked.text), course.view(), asked.state, most)
        return found if base == BASE else found.based(base)

    return await service.readers.run(asked.course, answered, asked.client)


async def _answer(pool: SparqlPool, asked: _Asked, forms: tuple[str, str]) -> QueryAnswer:
    query = Query(text=asked.text, as_of=asked.state.as_of, solutions=forms[0], triples=forms[1])
    return await pool.answer(asked.course.name, query, asked.course.entry, asked.client)


async def _picture(service: Service, asked: _Asked, chosen: tuple[str, ...]) -> str:
    """What was found as a picture, every part of it a link."""

    def read(course: CourseMap) -> tuple[View, int]:
        return course.excerpt(chosen), course.view().day or 0

    view, day = await service.readers.run(asked.course, read, asked.client)
    drawing = drawing_of_excerpt(view)
    state = PageState(as_of=asked.state.as_of, at=asked.state.at, root=asked.state.root)
    draw = partial(svg_of, drawing, asked.course.name, state, {}, (day, day), find_renderer())
    return await service.drawn(draw, asked.client)
