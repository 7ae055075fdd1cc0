"""JSON schemas of the tools, as short as they can be said: a model reads all of them before its first question."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

_KEPT = ("type", "enum", "maximum")
"""What is said of a value."""
_NULL = {"type": "null"}


def input_schema(model: type) -> dict[str, Any]:
    """What a tool takes."""
    return _object(TypeAdapter(model).json_schema(), nullable=False)


def output_schema(shape: Any) -> dict[str, Any]:
    """The fields of what a tool gives, without what is inside of them: `docs/http.md` and `/openapi.json` say that."""
    return _object(TypeAdapter(shape).json_schema(), nullable=True)


def _object(schema: Mapping[str, Any], *, nullable: bool) -> dict[str, Any]:
    kept = {name: _short(one, nullable=nullable) for name, one in schema["properties"].items()}
    required = [] if nullable else schema.get("required", [])  # of what is given, nobody needs to know that it is
    return {"type": "object", "properties": kept, **({"required": required} if required else {})}


def _short(schema: Mapping[str, Any], *, nullable: bool) -> dict[str, Any]:
    """What is said of a value; `nullable`: also that it may be nothing, which is never sent but may be given."""
    if "$ref" in schema:
        return {"type": "object"}
    if "anyOf" in schema:
        (one, *_) = (_short(one, nullable=nullable) for one in schema["anyOf"] if one != _NULL)
        one |= {name: schema[name] for name in ("enum",) if name in schema}
        if nullable:
            one["type"] = [one["type"], "null"]
            one.pop("enum", None)
        return one
    return {name: schema[name] for name in _KEPT if name in schema and schema[name] is not None}
