"""What a handler is called with, read from the path and the query of a request in some microseconds.

The framework looks in each request for all that a handler could declare, which takes longer than most answers. Handlers
that declare pieces of the address, parameters and what has only these itself are called from here, each value read by
the framework's own rules. Where one is wrong the framework is to be asked, which tells what is wrong.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, fields
from inspect import iscoroutinefunction
from typing import Any, get_args

from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from starlette.requests import Request

_READ_HERE = {"path_params", "query_params", "dependencies", "request_param_name"}
_SAYS_NOTHING = {"name", "call", "use_cache", "path", "scope"}
"""Of the fields that declare something: what is read here, and what nothing is read for."""
_SINGLE = (str, int, bool)
"""What a value that is given once can be."""

Validate = Callable[[object], tuple[Any, list[Any]]]


@dataclass(frozen=True, slots=True)
class _Value:
    """A piece of the address, or a parameter; where it is not given its default stands, which nobody can change."""

    name: str
    alias: str
    validate: Validate
    is_needed: bool
    default: object


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a handler, or of something that it depends on."""

    call: Callable[..., Awaitable[Any]]
    pieces: tuple[_Value, ...]
    parameters: tuple[_Value, ...]
    request: str | None
    inner: tuple[tuple[str, "Arguments"], ...]

    async def read(self, request: Request, given: Mapping[str, str]) -> dict[str, Any] | None:
        """The arguments by name, `given` being the parameters; None where one is wrong or missing."""
        found: dict[str, Any] = {}
        for values, source in ((self.pieces, request.path_params), (self.parameters, given)):
            for one in values:
                if (value := source.get(one.alias)) is None:
                    if one.is_needed:
                        return None
                    found[one.name] = one.default
                    continue
                found[one.name], errors = one.validate(value)
                if errors:
                    return None
        for name, inner in self.inner:
            if (values_of := await inner.read(request, given)) is None:
                return None
            found[name] = await inner.call(**values_of)
        if self.request is not None:
            found[self.request] = request
        return found


def arguments_of(declared: Dependant) -> Arguments | None:
    """How the arguments of a handler are read; None where it declares what only the framework reads."""
    others = {one.name for one in fields(declared)} - _READ_HERE - _SAYS_NOTHING
    call, given = declared.call, (*declared.path_params, *declared.query_params)
    if (
        any(getattr(declared, one) for one in others)
        or not iscoroutinefunction(call)
        or not all(map(_is_single, given))
    ):
        return None
    inner = {one.name: arguments_of(one) for one in declared.dependencies}
    known = tuple((name, arguments) for name, arguments in inner.items() if name and arguments)
    if len(known) < len(declared.dependencies):
        return None
    pieces, parameters = (tuple(map(_value, some)) for some in (declared.path_params, declared.query_params))
    return Arguments(call, pieces, parameters, declared.request_param_name, known)


def _is_single(field: ModelField) -> bool:
    kinds = get_args(field.field_info.annotation) or (field.field_info.annotation,)
    return all(one in (*_SINGLE, type(None)) for one in kinds)


def _value(field: ModelField) -> _Value:
    is_needed = field.field_info.is_required()
    return _Value(field.name, field.alias, field.validate, is_needed, None if is_needed else field.default)
