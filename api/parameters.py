"""Parameters that an address does not take: refused where programs ask, left out where people do.

A program that writes `as_fo=3` must not take what it gets for what was on day 3. A link to a page may have got
`utm_source` or `fbclid` from whoever passed it on: the page is the same without, and is kept once.
"""

from collections.abc import Callable, Collection, Coroutine
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

from fastapi import params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from api.arguments import arguments_of
from api.errors import BadRequest
from api.proxies import path_of
from ontology.hints import did_you_mean

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Parameter = tuple[str, str]
"""Its name and its value."""


def careful(*, strict: bool, also: Collection[str] = ()) -> type[APIRoute]:
    """The class of an address that takes the parameters that its handler declares, and those that it reads itself.

    Others are refused where it is `strict`, else left out.
    """

    class Careful(APIRoute):
        """Looks at the names of parameters before it answers."""

        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            """Whether it is asked for; most addresses have another number of pieces, which is seen at once."""
            if scope["type"] == "http" and path_of(scope).count("/") != self.path.count("/"):
                return Match.NONE, {}
            return super().matches(scope)

        def get_route_handler(self) -> Handler:
            """What answers."""
            handler, arguments = super().get_route_handler(), arguments_of(self.dependant)
            declared = get_flat_params(self.dependant)
            takes = {one.alias for one in declared if isinstance(one.field_info, params.Query)} | {*also}

            async def checked(request: Request) -> Response:
                given = _given(request)
                if given:
                    _check(given, takes) if strict else _leave_out(request, given, takes)
                if arguments is not None and (values := await arguments.read(request, dict(given))) is not None:
                    return cast(Response, await arguments.call(**values))
                return await handler(request)

            return checked

    return Careful


def _check(given: list[Parameter], takes: Collection[str]) -> None:
    """Raise `BadRequest` for a parameter that is not taken."""
    unknown = next((name for name, _ in given if name not in takes), None)
    if unknown is not None:
        near = did_you_mean(unknown[:50], sorted(takes))
        known = f"there are {', '.join(sorted(takes))}" if takes else "it takes none"
        raise BadRequest(f"this address takes no parameter {unknown[:50]!r}; {near or known}")


def _leave_out(request: Request, given: list[Parameter], takes: Collection[str]) -> None:
    """Take the parameters that are not taken out of the address, before anybody has read it."""
    kept = [one for one in given if one[0] in takes]
    if len(kept) < len(given):
        request.scope["query_string"] = urlencode(kept).encode()


def _given(request: Request) -> list[Parameter]:
    query: bytes = request.scope["query_string"]
    return parse_qsl(query.decode("latin-1"), keep_blank_values=True) if query else []
