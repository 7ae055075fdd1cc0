"""Parameters that an address does not take: refused where programs ask, left out where people do.

A program that writes `as_fo=3` must not take what it gets for what was on day 3. A link to a page may have got
`utm_source` or `fbclid` from whoever passed it on: the page is the same without, and is kept once.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import params
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from rapidfuzz.distance import OSA
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from api.arguments import arguments_of
from api.errors import BadRequest
from ontology.hints import near_or_all

SHORTEST = 2
"""Letters of names that are too short to tell a misspelt one from another name."""

Parameter = tuple[str, str]
"""Its name and its value."""


def careful(*, strict: bool, also: Collection[str] = ()) -> type[APIRoute]:
    """The class of an address that takes the parameters that its handler declares, and those that it reads itself.

    Others are refused where it is `strict`, else left out, unless one is only misspelt.
    """

    class Careful(APIRoute):
        """Looks at the names of parameters before it answers."""

        def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
            self._end = path.rpartition("}")[2]
            self._pieces = path.count("/")
            super().__init__(path, endpoint, **options)
            self._takes = {one.alias for one in _declared(self.dependant)} | {*also}
            self._arguments = arguments_of(self.dependant)

        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            """Whether it is asked for; most addresses have another end or number of pieces, which is seen at once."""
            if scope["type"] == "http":
                path: str = scope["path"]
                if not path.endswith(self._end) or path.count("/") - scope["root_path"].count("/") != self._pieces:
                    return Match.NONE, {}
            return super().matches(scope)

        async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
            """Call the handler, or the framework where that must read what the handler is called with."""
            if scope["method"] in (self.methods or ()):
                given = _given(scope)
                if given:
                    _check(given, self._takes) if strict else _leave_out(scope, given, self._takes)
                if self._arguments is not None:
                    request = Request(scope, receive, send)
                    if (values := await self._arguments.read(request, dict(given))) is not None:
                        response: Response = await self._arguments.call(**values)
                        await response(scope, receive, send)
                        return
            await super().handle(scope, receive, send)

    return Careful


def _check(given: list[Parameter], takes: Collection[str]) -> None:
    """Raise `BadRequest` for a parameter that is not taken."""
    unknown = next((name for name, _ in given if name not in takes), None)
    if unknown is not None:
        known = near_or_all(unknown[:50], sorted(takes)) if takes else "it takes none"
        raise BadRequest(f"this address takes no parameter {unknown[:50]!r}; {known}")


def _leave_out(scope: Scope, given: list[Parameter], takes: Collection[str]) -> None:
    """Take the parameters that are not taken out of the address, before anybody has read it.

    Raises `BadRequest` for one that is but a letter away from one that is taken and not given: people mistype too.
    """
    names = {name for name, _ in given}
    for name in names - {*takes}:
        if meant := _misspelt(name, [one for one in takes if one not in names]):
            raise BadRequest(f"this page takes no parameter {name[:50]!r}; did you mean {meant!r}?")
    kept = [one for one in given if one[0] in takes]
    if len(kept) < len(given):
        scope["query_string"] = urlencode(kept).encode()


def _misspelt(name: str, takes: Iterable[str]) -> str | None:
    """The parameter that differs from a name in one letter, or in two that changed places."""
    return next((one for one in sorted(takes) if len(one) > SHORTEST and OSA.distance(name, one) == 1), None)


def wrong_values(errors: Iterable[Mapping[str, Any]]) -> str:
    """What is wrong with the values of parameters, in plain words: the framework's own are those of programs.

    >>> wrong_values([{"loc": ("query", "as_of"), "type": "int_parsing", "input": "abc", "msg": "..."}])
    "as_of: 'abc' is no whole number; write one, such as as_of=26"
    """
    return "; ".join(map(_wrong_value, errors))


def _wrong_value(error: Mapping[str, Any]) -> str:
    name, limits = ".".join(map(str, error["loc"][1:])), error.get("ctx", {})
    given = repr(str(error["input"])[:50])
    match error["type"]:
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            says = f"{given} is no whole number; write one, such as {name}=26"
        case "float_parsing" | "float_type" | "finite_number":
            says = f"{given} is no number; write one, such as {name}=45"
        case "greater_than_equal":
            says = f"{given} is too small; the least is {limits['ge']}"
        case "greater_than":
            says = f"{given} is too small; it must be above {limits['gt']}"
        case "less_than_equal":
            says = f"{given} is too large; the most is {limits['le']}"
        case "bool_parsing":
            says = f"{given} is neither true nor false; write 1 or 0"
        case "string_too_long" | "too_long" if isinstance(error["input"], str):
            says = f"this is too long; it may have {limits['max_length']} characters"
        case "too_long":
            says = f"this is given {limits['actual_length']} times; it may be given {limits['max_length']} times"
        case "too_short" | "string_too_short":
            says = "there is nothing in it; give a value, or leave it out"
        case "string_pattern_mismatch":
            says = f"{given} is no number in digits; write one, such as 26, or with a form, such as 26.json"
        case "missing":
            says = "this is missing; add it to the address"
        case _:
            says = error["msg"].removeprefix("Value error, ")
    return f"{name}: {says}"


def _given(scope: Scope) -> list[Parameter]:
    query: bytes = scope["query_string"]
    return parse_qsl(query.decode("latin-1"), keep_blank_values=True) if query else []


def _declared(dependant: Dependant) -> Iterator[ModelField]:
    return (one for one in get_flat_params(dependant) if isinstance(one.field_info, params.Query))
