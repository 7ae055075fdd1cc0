"""How a map is connected, and where a node stands in it."""

from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route, reading
from api.requests import Limit, MapPath, NodePath, TheVersion
from api.responses import Encoded, as_json
from api.routes.nodes import check_id
from api.service import TheService
from conceptmap.map import CourseMap
from conceptmap.shapes.structure import StandingShape, StructureShape, standing_shape, structure_shape


def routes() -> list[Route]:
    """The addresses."""
    of_node = "/maps/{map}/nodes/{node}/structure"
    return [
        Route("GET", "/maps/{map}/structure", show_structure, "nodes", StructureShape, reading()),
        Route("GET", of_node, show_standing, "nodes", StandingShape, reading(moves=True)),
    ]


async def show_structure(
    request: Request, service: TheService, map: MapPath, version: TheVersion, limit: Limit = 100
) -> Response:
    """Islands, what holds the map together, hubs, what stands in its middle and groups: the first of each sort."""

    def work(course: CourseMap) -> Encoded:
        return as_json(structure_shape(course.structure(limit), limit))

    return await service.answer(request, map, version, work)


async def show_standing(
    request: Request, service: TheService, map: MapPath, node: NodePath, version: TheVersion
) -> Response:
    """What loses its way to the rest of the map without a node, and whether it is on an island."""

    def work(course: CourseMap) -> Encoded:
        check_id(request, course, node)
        return as_json(standing_shape(course.node(node).id, course.standing(node)))

    return await service.answer(request, map, version, work, small=True)
