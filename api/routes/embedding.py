"""The map in a frame of other pages: the picture alone, with the way to the whole page."""

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.openapi import Route
from api.requests import MapPath, MapVersion
from api.responses import Encoded
from api.routes.drawing import Depth
from api.service import TheService
from api.settings import Settings
from api.web.drawing import drawing_alone, svg_of
from api.web.page_data import days_in_words, days_of
from api.web.page_state import PageState, ThePageState
from api.web.site import HTML, Site, TheSite
from conceptmap.draw import find_renderer
from conceptmap.map import CourseMap

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
"""What the framed page may load; who may frame it follows."""
NOBODY = "'none'"
ALWAYS = (0, 1_000_000)
"""Days between which nothing is hidden or new: the map is drawn as of its day."""


def routes() -> list[Route]:
    """The address. It is for people, like the page."""
    return [Route("GET", "/maps/{map}/embed", embed, takes=("depth",))]


def policy_of(settings: Settings) -> str:
    """The policy of the framed page: by default nobody may frame it, as with all others."""
    return f"{POLICY}; frame-ancestors {' '.join(settings.embed) or NOBODY}"


async def embed(
    request: Request,
    service: TheService,
    site: TheSite,
    map: MapPath,
    state: ThePageState,
    depth: Depth = 1,
) -> Response:
    """The drawn map as of a day, or what is near a node, in a page without controls that others may frame."""
    version = MapVersion(state.as_of, state.at)
    read, draw = partial(_chosen, state, depth), partial(_framed, site, map, state, policy_of(service.settings))
    return await service.read_then_render(request, map, version, read, draw)


def _chosen(state: PageState, depth: int, course: CourseMap) -> dict[str, Any]:
    node = course.node(state.focus) if state.focus else None
    view = course.view()
    return {
        "drawing": drawing_alone(course, node.id if node else None, depth),
        "node": node,
        "day": view.day,
        "when": days_in_words(days_of(view)),
    }


def _framed(site: Site, name: str, state: PageState, policy: str, values: dict[str, Any]) -> Encoded:
    svg = svg_of(values["drawing"], name, state, {}, ALWAYS, find_renderer())
    html = site.html("embed.html", state.root, name=name, state=state, svg=svg, **values)
    return Encoded(html.encode(), HTML, headers={"Content-Security-Policy": policy})
