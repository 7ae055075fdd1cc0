"""Ways to go on from an error on the page: the map, and names that may have been meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request

from api.errors import NoSuchPage
from api.service import Service
from ontology.errors import UnknownMap, UnknownNode
from ontology.hints import nearest

MOST_MAPS = 1000
"""Maps whose names are compared with a wrong one."""


@dataclass(frozen=True, slots=True)
class Offers:
    """`back`: the way back, in words and as an address; `meant`: names that may be meant, with their addresses."""

    back: tuple[str, str]
    meant: tuple[tuple[str, str], ...] = ()


async def service_offers(request: Request, error: Exception) -> Offers:
    """How to go on from an error. Names of maps are offered only where everybody may read them."""
    service: Service = request.app.state.service
    root, path = request.scope["root_path"], request.url.path.removeprefix(request.scope["root_path"])
    pieces = path.strip("/").split("/")
    name = pieces[1] if len(pieces) > 1 and pieces[0] == "maps" else None
    if isinstance(error, UnknownMap):
        maps = await _maps(service) if service.settings.reads == "open" else []
        meant = [(one, f"{root}/maps/{quote(one)}/page") for one in nearest(error.name, maps)]
        return Offers(("All maps", f"{root}/"), tuple(meant))
    if isinstance(error, NoSuchPage) and name and len(pieces) > 2:
        return Offers((f"The map {name}", f"{root}/maps/{quote(name)}/page"), _pages(request, pieces, root))
    if isinstance(error, UnknownNode):
        meant = [(one, f"{request.url.path}?{_with_focus(request, one)}") for one in error.candidates[:5]]
        return Offers((f"The map {name}", f"{root}/maps/{quote(name or '')}/page"), tuple(meant))
    if name:
        return Offers((f"The map {name}", f"{root}/maps/{quote(name)}/page"))
    return Offers(("All maps", f"{root}/"))


async def _maps(service: Service) -> list[str]:
    return (await service.readers.in_thread(partial(service.atlas.living_maps)))[:MOST_MAPS]


def _pages(request: Request, pieces: list[str], root: str) -> tuple[tuple[str, str], ...]:
    """The pages of a map whose names are near to what stands in the address."""
    known = dict(_pages_of_maps(getattr(one, "path", "") for one in request.app.routes))
    given = pieces[-1]
    near = nearest(given, known)
    return tuple((one, f"{root}/maps/{quote(pieces[1])}{known[one]}") for one in near)


def _pages_of_maps(paths: Iterable[str]) -> Iterable[tuple[str, str]]:
    """What people may open of a map, by the last piece of the address."""
    begin = "/maps/{map}"
    for path in paths:
        rest = path.removeprefix(begin)
        if rest.startswith("/page") and "{" not in rest and rest.count("/") <= 2:
            yield rest.rpartition("/")[2], rest


def _with_focus(request: Request, node: str) -> str:
    given = [(name, value) for name, value in parse_qsl(request.url.query) if name != "focus"]
    return urlencode([*given, ("focus", node)])
