"""Named graphs by their address (SPARQL 1.1 Graph Store Protocol): putting the graph of a day."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.bodies import media_type, read_body
from api.encoding import reported
from api.errors import BadRequest
from api.negotiation import JSON_LD, TURTLE
from api.routes.described import DryRun, IfMatch, MapPath, body, checked_map, writing
from api.routes.maps import expected_entry
from api.service import TheService
from conceptmap.shapes.changes import ReportShape
from conceptmap.writes import replace_parts
from graphs.ledger import Ledger, WriteReport
from graphs.rdf import Iris, Place, read_jsonld, read_turtle
from ontology.model import MAX_DAY

Graph = Annotated[str, Query(max_length=2000, description="IRI of the graph of a day, or its end: days/26")]


def router_of() -> APIRouter:
    """The route."""
    router = APIRouter(tags=["RDF"])
    takes = body(TURTLE, JSON_LD)
    graphs = "/maps/{map}/rdf-graphs"
    router.put(graphs, response_model=ReportShape, responses=writing(428), openapi_extra=takes)(put_graph)
    return router


async def put_graph(
    request: Request, service: TheService, map: MapPath, graph: Graph, dry_run: DryRun = False, if_match: IfMatch = None
) -> Response:
    """Put all of a day's graph; what contributors appended stays unless the body has it.

    Replacing needs If-Match with the ETag of the map.
    """
    grant = await service.gate.writer(request, "admin", checked_map(map))
    kind = media_type(request, TURTLE, JSON_LD)
    base = service.settings.base
    day = day_of(graph, map, base)
    data = await read_body(request, service.settings)
    read = partial(read_turtle if kind == TURTLE else read_jsonld, data)

    def write(ledger: Ledger) -> tuple[WriteReport, bool]:
        exists = bool(ledger.view(map).parts(day))
        _, entry = expected_entry(request, ledger, map, exists=exists, required=exists)
        documents = read(ledger.vocabulary, Place(map, day, "notes", "body"), base)
        report = replace_parts(ledger, map, documents, day=day, author=grant.name, entry=entry, dry_run=dry_run)
        return report, exists

    report, existed = await service.writing.run(map, write)
    return reported(report, created=not existed)


def day_of(graph: str, name: str, base: str) -> int:
    """The day whose graph an IRI names, whole or relative to the map. Raises `BadRequest`.

    >>> day_of("https://maps.example/maps/bread/days/2", "bread", "https://maps.example/")
    2
    >>> day_of("days/2", "bread", "https://maps.example/")
    2
    """
    days = Iris(name, base).day(0)[:-1]
    number = graph.removeprefix(days).removeprefix(f"/maps/{name}/").removeprefix("days/")
    if not (number.isascii() and number.isdecimal() and len(number) <= 5) or int(number) > MAX_DAY:
        raise BadRequest(f"the graphs of this map are {days}0, {days}1 and so on")
    return int(number)
