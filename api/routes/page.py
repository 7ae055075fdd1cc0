"""The web page: of the default map at /, of each map below it; its fragments, its other views, and its files."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.errors import NoSuchPage
from api.requests import MapPath, MapVersion, TheVersion, content_type
from api.responses import Encoded, as_json
from api.service import Service, TheService
from api.web.answer_view import compared, understood
from api.web.cards import contrasts
from api.web.drawing import svg_of
from api.web.page_data import Page, days_of, page_of
from api.web.page_state import Asked, TheAsked, edge_words
from api.web.positions import positions
from api.web.site import TYPES, Site, TheSite
from conceptmap.draw import find_renderer, node_name
from conceptmap.map import CourseMap
from ontology.model import MAX_DAY

_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
FromDay = Annotated[int | None, Query(alias="from", ge=0, le=MAX_DAY)]
ToDay = Annotated[int | None, Query(alias="to", ge=0, le=MAX_DAY)]


def router_of() -> APIRouter:
    """The routes. They are for people: programs have others that say the same."""
    router = APIRouter(include_in_schema=False)
    router.get("/")(default_page)
    router.get("/favicon.ico")(icon)
    router.get("/static/{version}/{name}")(static)
    router.get("/maps/{map}/page")(page)
    router.get("/maps/{map}/page/regions")(regions)
    router.get("/maps/{map}/page/drawing")(drawing)
    router.get("/maps/{map}/page/history")(node_history)
    router.get("/maps/{map}/page/positions")(places)
    router.get("/maps/{map}/page/compare")(compare)
    router.get("/maps/{map}/page/changes")(changes)
    return router


async def default_page(request: Request, service: TheService, site: TheSite, asked: TheAsked) -> Response:
    """The page of the only map; of several maps their list; of none how to get one."""
    names = await service.maps_for(await service.authorizer.reader(request, None))
    if len(names) == 1:
        return await page(request, service, site, names[0], asked)
    return await service.plain(request, site.page("maps.html", names=names))


async def page(request: Request, service: TheService, site: TheSite, map: MapPath, asked: TheAsked) -> Response:
    """The map, and what is asked of it."""
    return await _answer(request, service, site, map, asked, "page.html")


async def regions(request: Request, service: TheService, site: TheSite, map: MapPath, asked: TheAsked) -> Response:
    """All of the page but the drawing, for a page that is there already."""
    return await _answer(request, service, site, map, asked, "regions.html")


async def drawing(request: Request, service: TheService, site: TheSite, map: MapPath, asked: TheAsked) -> Response:
    """The drawing alone, likewise."""
    return await _answer(request, service, site, map, asked, "drawing.html")


async def node_history(request: Request, service: TheService, site: TheSite, map: MapPath, asked: TheAsked) -> Response:
    """Every entry that said something of a node, and the node as it stood then."""

    def work(course: CourseMap) -> Encoded:
        history = course.node_history(asked.focus or "")
        label = history.last_known.label if history.last_known else history.id
        return site.page("history.html", name=course.name, asked=asked, history=history, label=label)

    return await service.answer(request, map, _moment(asked), work, waits=True)


async def places(request: Request, service: TheService, map: MapPath, version: TheVersion) -> Response:
    """Where each node stands when all of a large map are shown; the same until the map changes."""

    def work(course: CourseMap) -> Encoded:
        return as_json(positions(course.view()))

    return await service.answer(request, map, version, work, scans=True)


async def compare(request: Request, service: TheService, site: TheSite, map: MapPath, asked: TheAsked) -> Response:
    """Tables of what the map sets against each other."""

    def work(course: CourseMap) -> Encoded:
        view = course.view()
        return site.page("compare.html", name=course.name, asked=asked, pairs=contrasts(view), day=view.day)

    return await service.answer(request, map, _moment(asked), work, scans=True)


async def changes(
    request: Request,
    service: TheService,
    site: TheSite,
    map: MapPath,
    version: TheVersion,
    before: FromDay = None,
    after: ToDay = None,
) -> Response:
    """What changed between two days; without them, between the last two."""

    def work(course: CourseMap) -> Encoded:
        days = days_of(course.as_of(None).view())
        numbers = [one.number for one in days] or [0]
        to = numbers[-1] if after is None else after
        since = max([one for one in numbers if one < to], default=to) if before is None else before
        comparison = course.diff(since, to)
        values = {"days": days, "before": since, "after": to, "diff": comparison.diff, "comparison": comparison}
        return site.page("changes.html", name=course.name, asked=Asked(at=version.at), **values)

    return await service.answer(request, map, version, work, scans=True)


async def static(request: Request, service: TheService, site: TheSite, version: str, name: str) -> Response:
    """A file of the site. Its address holds the version of all files, so it may be kept."""
    if name not in site.files or version != site.version:
        raise NoSuchPage("nothing is here; / is the page")
    kind = content_type(TYPES[name.rpartition(".")[2]])
    return await service.plain(request, Encoded(site.files[name], kind, headers=_FOREVER))


async def icon(request: Request, service: TheService, site: TheSite) -> Response:
    """The site's icon, where browsers look for it."""
    return await service.plain(request, Encoded(site.files["icon.svg"], TYPES["svg"]))


async def _answer(request: Request, service: Service, site: Site, name: str, asked: Asked, template: str) -> Response:
    return await service.read_then_render(
        request,
        name,
        _moment(asked),
        partial(_gathered, asked),
        partial(_filled, site, template),
        scans=True,
        draws=True,
    )


def _moment(asked: Asked) -> MapVersion:
    return MapVersion(asked.as_of, asked.at)


def _gathered(asked: Asked, course: CourseMap) -> Page:
    return page_of(course, asked)


def _filled(site: Site, template: str, page: Page) -> Encoded:
    values: dict[str, Any] = {"page": page, "asked": page.asked, "name": page.name}
    if page.answer:
        table = compared(page.answer)
        values |= {"understood": understood(page.answer), "table": table}
    if template != "regions.html":
        values["svg"] = svg_of(page.drawing, page.name, page.asked, _marks(page), page.day, find_renderer())
    return site.page(template, **values)


def _marks(page: Page) -> dict[str, str]:
    """Classes for what is chosen, and for the answers and the edges between them."""
    picture, answers = page.drawing.picture, page.answers
    marks: dict[str, list[str]] = {node.name: ["answer"] for node in picture.nodes if node.id in answers}
    for edge in picture.edges:
        if edge.key and {edge.source, edge.target} <= answers:
            marks[edge.name] = ["answer"]
        if page.edge and edge.key and edge_words(edge.key) == page.asked.edge:
            marks.setdefault(edge.name, []).append("chosen")
    if page.card:
        marks.setdefault(node_name(page.card.node.id), []).append("chosen")
    return {name: " ".join(classes) for name, classes in marks.items()}
