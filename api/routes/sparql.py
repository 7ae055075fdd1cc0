"""SPARQL 1.1: the protocol's query operation in its three forms, the service description, and the graphs by name."""

from functools import partial
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter
from fastapi import Query as Parameter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import Encoded
from api.bodies import media_type, read_body
from api.errors import BadRequest, NotAcceptable
from api.moment import Moment, TheMoment
from api.negotiation import TURTLE, chosen
from api.querying import Querying, TheQueries
from api.routes.described import MapPath, reading, text
from api.routes.graphs import day_of
from api.service import Service, TheService
from conceptmap.map import CourseMap
from graphs.rdf import Iris, write_turtle
from graphs.sparql.dataset import write_description
from graphs.sparql.wire import SOLUTIONS, TRIPLES, Query
from ontology.errors import RefusedQuery, UnknownEntry

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MOST_FIELDS = 1000

QueryText = Annotated[
    str | None,
    Parameter(
        description="the query; without one: the description of the service",
        examples=["SELECT ?claim WHERE { ?claim a <https://w3id.org/conceptmap/vocabulary#Claim> }"],
    ),
]
DefaultGraphs = Annotated[
    list[str] | None, Parameter(alias="default-graph-uri", description="IRIs of the graphs that make the default graph")
]
NamedGraphs = Annotated[
    list[str] | None, Parameter(alias="named-graph-uri", description="IRIs of the graphs that GRAPH may name")
]
GraphName = Annotated[str | None, Parameter(description="IRI of the graph, absolute or below the base")]


def router_of() -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["RDF"])
    answers = {**reading(406, 413), **text(*SOLUTIONS, *TRIPLES)}
    bodies = {"content": {QUERY: {"schema": {"type": "string"}}, FORM: {"schema": _FORM_SCHEMA}}, "required": True}
    router.get("/maps/{map}/sparql", response_class=Response, responses=answers)(get_sparql)
    router.post(
        "/maps/{map}/sparql",
        response_class=Response,
        responses={**answers, **reading(408, 413, 415)},
        openapi_extra={"requestBody": bodies},
    )(post_sparql)
    graphs = {**reading(406), **text(TURTLE)}
    router.get("/maps/{map}/rdf-graphs", response_class=Response, responses=graphs)(get_graph)
    return router


_FORM_SCHEMA = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}


async def get_sparql(
    request: Request,
    service: TheService,
    queries: TheQueries,
    map: MapPath,
    moment: TheMoment,
    query: QueryText = None,
    default_graphs: DefaultGraphs = None,
    named_graphs: NamedGraphs = None,
) -> Response:
    """Answer a query (SPARQL 1.1, reading only); the default graph is the union of all days, each a named graph.

    Without a query: the description of the service.
    """
    given = request.query_params.multi_items()
    if not any(name in ("query", "update") for name, _ in given):
        return await _describe(request, service, map, moment)
    return await _answer(request, service, queries, map, moment, given)


async def post_sparql(
    request: Request, service: TheService, queries: TheQueries, map: MapPath, moment: TheMoment
) -> Response:
    """Answer a query that the body holds, as itself or as a form."""
    await service.gate.reader(request, map)
    kind = media_type(request, QUERY, FORM, UPDATE)
    if kind == UPDATE:
        raise RefusedQuery(_ONLY_READS)
    body = _decoded(await read_body(request, service.settings))
    given = request.query_params.multi_items()
    fields = [("query", body)] if kind == QUERY else _fields(body)
    return await _answer(request, service, queries, map, moment, [*given, *fields])


async def get_graph(
    request: Request, service: TheService, map: MapPath, moment: TheMoment, graph: GraphName = None
) -> Response:
    """A day's graph by its IRI, or with `?default` the union of all days (SPARQL 1.1 Graph Store Protocol)."""
    if (graph is None) == ("default" not in request.query_params):
        raise BadRequest("name one graph: ?graph=IRI, or ?default")
    chosen(request.headers.get("accept"), (TURTLE,))
    return await service.answer(request, map, moment, partial(_graph, graph, service.settings.base), scans=True)


_ONLY_READS = "updates are not allowed: SPARQL here only reads; write with PUT or POST on the days"


async def _describe(request: Request, service: Service, map: str, moment: Moment) -> Response:
    kind = chosen(request.headers.get("accept"), TRIPLES)
    base = service.settings.base

    def described(course: CourseMap) -> Encoded:
        days = course.view().days()
        return Encoded(write_description(f"{base}maps/{course.name}/sparql", Iris(course.name, base), days, kind), kind)

    return await service.answer(request, map, moment, described)


async def _answer(
    request: Request, service: Service, queries: Querying, map: str, moment: Moment, given: list[tuple[str, str]]
) -> Response:
    query = _query(given, request.headers.get("accept"), moment)
    await service.gate.reader(request, map)
    async with service.reading.course(map, moment.as_of, moment.at, None) as course:
        entry = course.entry  # the map is there; the worker has a copy of its own
    answer = await queries.answer(map, query, entry)
    kind = answer.media_type if answer.media_type in SOLUTIONS[:2] else f"{answer.media_type}; charset=utf-8"
    return await service.plain(request, Encoded(answer.body, kind))


def _query(given: list[tuple[str, str]], accept: str | None, moment: Moment) -> Query:
    """The query that the parameters make, with the forms of answers that the client takes."""
    texts = [value for name, value in given if name == "query"]
    if any(name == "update" for name, _ in given):
        raise RefusedQuery(_ONLY_READS)
    if len(texts) != 1:
        raise BadRequest(f"the request holds {len(texts)} queries; send one as query=…")
    default, named = (
        tuple(value for name, value in given if name == wanted) for wanted in ("default-graph-uri", "named-graph-uri")
    )
    is_chosen = bool(default or named)
    return Query(
        text=texts[0],
        default_graphs=default if is_chosen else None,
        named_graphs=named if is_chosen else None,
        as_of=moment.as_of,
        solutions=_taken(accept, SOLUTIONS),
        triples=_taken(accept, TRIPLES),
    )


def _taken(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """The form that the client likes best, if it takes any: which kind of answer comes is the query's affair.

    >>> _taken("text/csv, text/turtle", SOLUTIONS), _taken("text/csv", TRIPLES), _taken("application/json", SOLUTIONS)
    ('text/csv', None, 'application/sparql-results+json')
    """
    try:
        return chosen(accept, offered)
    except NotAcceptable:
        plain = {f"application/{one}": f"application/sparql-results+{one}" for one in ("json", "xml")}
        common = tuple(one for one in plain if plain[one] in offered)
        try:
            return plain[chosen(accept, common)] if common else None
        except NotAcceptable:
            return None


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadRequest("the body is not UTF-8") from error


def _fields(body: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise BadRequest("the body is no form in UTF-8") from error


def _graph(graph: str | None, base: str, course: CourseMap) -> Encoded:
    """A day's graph, or all of them, as Turtle."""
    view = course.view()
    documents = list(view.documents())
    if graph is not None:
        day = day_of(graph, course.name, base)
        documents = [one for one in documents if one.day == day]
        if not documents:
            raise UnknownEntry(f"map {course.name!r} has no day {day}; /maps/{course.name}/days lists its days")
    return Encoded(write_turtle(documents, view.vocabulary, base), TURTLE, f"e{view.entry}")
