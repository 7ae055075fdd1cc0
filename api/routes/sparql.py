"""RDF by its protocols: SPARQL 1.1 queries in their three forms, and graphs by name (Graph Store Protocol)."""

from functools import partial
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Query as Parameter
from starlette.requests import Request
from starlette.responses import Response

from api.auth import client_of
from api.errors import BadRequest, NotAcceptable
from api.openapi import Route, body, reading, text, written
from api.requests import (
    FORM,
    JSON_LD,
    TURTLE,
    DryRun,
    IfMatch,
    MapPath,
    MapVersion,
    Overwrite,
    TheVersion,
    checked_map,
    chosen,
    content_type,
    media_type,
    read_body,
    until_met,
)
from api.responses import Encoded
from api.routes.maps import expected_entry
from api.service import Service, TheService
from api.workers import SparqlPool, TheSparqlPool
from conceptmap.map import CourseMap
from conceptmap.rdf import (
    SOLUTIONS,
    TRIPLES,
    Iris,
    Place,
    Query,
    read_jsonld,
    read_turtle,
    write_description,
    write_turtle,
)
from conceptmap.shapes.changes import ReportShape
from conceptmap.values import WriteReport
from ontology.errors import RefusedQuery, UnknownEntry
from ontology.model import MAX_DAY

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
PROTOCOL = ("query", "update", "default-graph-uri", "named-graph-uri")
"""What a request of the protocol may say, in its address or in a form; there, `update` is refused by itself."""
MOST_FIELDS = 1000
"""Fields that a form may have: a query with its graphs, one a day, and room beside."""

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
DayGraph = Annotated[
    str, Parameter(alias="graph", max_length=2000, description="IRI of the graph of a day, or its end: days/26")
]

_COMMON = (
    ("application/json", "application/sparql-results+json"),
    ("application/xml", "application/sparql-results+xml"),
    ("text/xml", "application/sparql-results+xml"),
    ("application/json", "application/ld+json"),
    ("application/xml", "application/rdf+xml"),
    ("text/xml", "application/rdf+xml"),
)
"""Media types that clients accept for a more special one."""
_ONLY_READS = "updates are not allowed: SPARQL here only reads; write with PUT or POST on the days"
_FORM_SCHEMA = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}


def routes() -> list[Route]:
    """The addresses."""
    sparql, graphs = "/maps/{map}/sparql", "/maps/{map}/rdf-graphs"
    answers = {**reading(406, 413), **text(*SOLUTIONS, *TRIPLES)}
    queries = {"content": {QUERY: {"schema": {"type": "string"}}, FORM: {"schema": _FORM_SCHEMA}}, "required": True}
    put, sent = written("The graph is new", 428), {**answers, **reading(408, 413, 415)}
    return [
        Route("PUT", graphs, put_graph, "RDF", ReportShape, put, body(TURTLE, JSON_LD)),
        Route("GET", sparql, get_sparql, "RDF", None, answers, takes=("update",)),
        Route("POST", sparql, post_sparql, "RDF", None, sent, {"requestBody": queries}, PROTOCOL),
        Route("GET", graphs, get_graph, "RDF", None, {**reading(406), **text(TURTLE)}, takes=("default",)),
    ]


async def get_sparql(
    request: Request,
    service: TheService,
    pool: TheSparqlPool,
    map: MapPath,
    version: TheVersion,
    query: QueryText = None,
    default_graphs: DefaultGraphs = None,
    named_graphs: NamedGraphs = None,
) -> Response:
    """Answer a query (SPARQL 1.1, reading only); the default graph is the union of all days, each a named graph.

    Without a query: the description of the service.
    """
    given = request.query_params.multi_items()
    if not any(name in ("query", "update") for name, _ in given):
        return await _describe(request, service, map, version)
    return await _answer(request, service, pool, map, version, given)


async def post_sparql(
    request: Request, service: TheService, pool: TheSparqlPool, map: MapPath, version: TheVersion
) -> Response:
    """Answer a query that the body holds, as itself or as a form."""
    await service.authorizer.reader(request, map)
    kind = media_type(request, QUERY, FORM, UPDATE)
    if kind == UPDATE:
        raise RefusedQuery(_ONLY_READS)
    data = await read_body(request, service.settings)
    given = request.query_params.multi_items()
    fields = await service.readers.in_thread(partial(_sent, kind, data))
    return await _answer(request, service, pool, map, version, [*given, *fields])


async def get_graph(
    request: Request, service: TheService, map: MapPath, version: TheVersion, graph: GraphName = None
) -> Response:
    """A day's graph by its IRI, or with `?default` the union of all days (SPARQL 1.1 Graph Store Protocol)."""
    if (graph is None) == ("default" not in request.query_params):
        raise BadRequest("name one graph: ?graph=IRI, or ?default")
    chosen(request.headers.get("accept"), (TURTLE,))
    return await service.answer(request, map, version, partial(_graph, graph, service.settings.base))


async def put_graph(
    request: Request,
    service: TheService,
    map: MapPath,
    graph: DayGraph,
    dry_run: DryRun = False,
    overwrite: Overwrite = False,
    if_match: IfMatch = None,
) -> Response:
    """Put all of a day's graph; what contributors appended stays unless the body has it.

    Where that changes anything of a day that is there, it needs If-Match with the ETag of the map, or `overwrite`.
    """
    grant = await service.authorizer.writer(request, "admin", checked_map(map))
    kind = media_type(request, TURTLE, JSON_LD)
    base = service.settings.base
    day = day_of(graph, map, base)
    data = await read_body(request, service.settings)
    form = read_turtle if kind == TURTLE else read_jsonld
    read = partial(form, data, service.vocabulary, Place(map, day, "notes", "body"), base)
    documents = await service.writers.read(read)

    def write(course: CourseMap) -> tuple[WriteReport, bool]:
        exists = bool(course.parts(day))
        stands = partial(course.says_just, documents, day=day)
        entry = expected_entry(request, course, lambda: overwrite or stands(), exists=exists)
        return course.replace(documents, day=day, author=grant.name, entry=entry, dry_run=dry_run), exists

    report, existed = await service.writers.run(map, until_met(request, write))
    return await service.reported(report, created=not existed)


def day_of(graph: str, name: str, base: str) -> int:
    """The day whose graph an IRI names, whole or relative to the map. Raises `BadRequest`.

    >>> day_of("https://maps.example/maps/bread/days/2", "bread", "https://maps.example/")
    2
    >>> day_of("days/2", "bread", "https://maps.example/")
    2
    """
    if (day := _day_named(graph, name, base)) is None:
        days = Iris(name, base).day(0)[:-1]
        raise BadRequest(f"the graphs of this map are {days}0, {days}1 and so on")
    return day


def _day_named(graph: str, name: str, base: str) -> int | None:
    days = Iris(name, base).day(0)[:-1]
    number = graph.removeprefix(days).removeprefix(f"/maps/{name}/").removeprefix("days/")
    is_day = number.isascii() and number.isdecimal() and len(number) <= 5 and int(number) <= MAX_DAY
    return int(number) if is_day else None


async def _describe(request: Request, service: Service, map: str, version: MapVersion) -> Response:
    kind = chosen(request.headers.get("accept"), TRIPLES)
    base = service.settings.base

    def described(course: CourseMap) -> Encoded:
        days = course.view().days()
        return Encoded(write_description(f"{base}maps/{course.name}/sparql", Iris(course.name, base), days, kind), kind)

    return await service.answer(request, map, version, described)


async def _answer(
    request: Request, service: Service, pool: SparqlPool, map: str, version: MapVersion, given: list[tuple[str, str]]
) -> Response:
    query = _query(given, request.headers.get("accept"), version)
    client = client_of(request, await service.authorizer.reader(request, map))
    course = await service.readers.course(map, version.as_of, version.at)  # it is there; the worker has its own copy
    answer = await pool.answer(map, query, course.entry, client)
    return await service.plain(request, Encoded(answer.body, content_type(answer.media_type)))


def _query(given: list[tuple[str, str]], accept: str | None, version: MapVersion) -> Query:
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
        as_of=version.as_of,
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
        plain = {common: own for common, own in _COMMON if own in offered}
        try:
            return plain[chosen(accept, tuple(plain))]
        except NotAcceptable:
            return None


def _sent(kind: str, body: bytes) -> list[tuple[str, str]]:
    """The parameters that a body of this kind holds. Raises `BadRequest`."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise BadRequest(f"the body is not UTF-8 from byte {error.start + 1} on; send it in that encoding") from error
    if kind == QUERY:
        return [("query", text)]
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise BadRequest("the body is no form in UTF-8") from error


def _graph(graph: str | None, base: str, course: CourseMap) -> Encoded:
    """A day's graph, or all of them, as Turtle. Raises `UnknownEntry` where the map has no such graph."""
    view = course.view()
    documents = list(view.documents())
    if graph is not None:
        day = _day_named(graph, course.name, base)
        documents = [one for one in documents if one.day == day]
        if not documents:
            what = f"map {course.name!r} has no graph {graph[:200]!r}"
            raise UnknownEntry(f"{what}; its graphs are days/N, and /maps/{course.name}/days lists its days")
    return Encoded(write_turtle(documents, view.vocabulary, base), TURTLE, f"e{view.entry}")
