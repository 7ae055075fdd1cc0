"""The description of the service (OpenAPI): what the framework makes of the routes, put right."""

from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from api.errors import ErrorShape
from api.models import NewEdges, NewNodes

REFERENCE = "#/components/schemas/{model}"
_SCHEMES = {"bearer": {"type": "http", "scheme": "bearer", "description": "`conceptmap token create` makes tokens"}}


class Described(FastAPI):
    """An app whose description says what it does, not what the framework would do by itself."""

    def openapi(self) -> dict[str, Any]:
        """The description: no 422 (a wrong request is 400 here), the shapes that routes name, and who needs a token."""
        if self.openapi_schema is None:
            description = super().openapi()
            for path in description["paths"].values():
                for operation in path.values():
                    operation["responses"].pop("422", None)
                    if "409" in operation["responses"]:
                        operation["security"] = [{"bearer": []}]
            components = description.setdefault("components", {})
            components["securitySchemes"] = _SCHEMES
            schemas: dict[str, Any] = components.setdefault("schemas", {})
            for model in (ErrorShape, NewNodes, NewEdges):
                schemas |= _schemas_of(model)
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
        return super().openapi()


def reference(model: type) -> dict[str, str]:
    """Where the description holds a shape."""
    return {"$ref": REFERENCE.format(model=model.__name__)}


def _schemas_of(model: type) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema(ref_template=REFERENCE)
    return {**schema.pop("$defs", {}), model.__name__: schema}
