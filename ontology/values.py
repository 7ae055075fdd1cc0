"""Values: frozen structs that are read from the store as they stand, and whose fields say what is allowed in them.

The rules in their annotations are for what comes from outside: there `gate` checks them with pydantic. Nothing here
imports pydantic, so that reading a map does not wait for it.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, cast

from msgspec import NODEFAULT, Struct, structs

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class Limits:
    """Limits of a field, in pydantic's words: `max_length`, `ge`, `strict` and so on."""

    def __init__(self, **limits: object) -> None:
        self._limits = limits

    def __get_pydantic_core_schema__(self, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        return cast("CoreSchema", {**handler(source), **self._limits})


class Check:
    """A field's own rule: a function that gives the value as it is kept, or raises `ValueError`."""

    def __init__(self, check: Callable[[Any], object]) -> None:
        self._check = check

    def __get_pydantic_core_schema__(self, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema  # noqa: PLC0415 (only where something comes from outside)

        return core_schema.no_info_after_validator_function(self._check, handler(source))


class _AnyJson:
    """Whatever JSON can hold."""

    def __get_pydantic_core_schema__(self, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic import JsonValue  # noqa: PLC0415 (likewise)

        return handler.generate_schema(JsonValue)


if TYPE_CHECKING:
    JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None
else:
    JsonValue = Annotated[Any, _AnyJson()]


class Value(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A frozen value. Only what is said is written.

    Making one checks nothing, as its fields come from the program; what comes from outside is made by `gate`. Values
    hold what JSON can hold, and so never themselves: the garbage collector need not look at them.
    """

    def as_json(self) -> dict[str, Any]:
        """The value as JSON data, without the fields that hold their default."""
        said = zip(_keys(type(self)), structs.astuple(self), strict=True)
        return {
            key: value if type(value) is str else _json(value)
            for (key, default), value in said
            if value is not default and value != default
        }

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """How pydantic reads the value, also where it is a field of pydantic's own models."""
        from ontology.gate import schema  # noqa: PLC0415 (likewise)

        return schema(cls, handler)


@cache
def _keys(of: type[Value]) -> tuple[tuple[str, object], ...]:
    """The name in JSON of each field, and what it holds by default."""
    return tuple((one.encode_name, _default(one)) for one in structs.fields(of))


def _default(field: structs.FieldInfo) -> object:
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


def _json(value: object) -> object:
    if isinstance(value, Value):
        return value.as_json()
    return [_json(one) for one in value] if isinstance(value, tuple) else value
