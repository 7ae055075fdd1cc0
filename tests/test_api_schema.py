"""The service is what its description says: schemathesis calls every operation with what the description allows."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services import Json, Served, served

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)

BOUNDED = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described() -> Iterator[Served]:
    with served(write_rate=0) as service:
        service.put_notes(2)
        yield service


def operations(described: Served) -> Iterator[Any]:
    """Every operation of the description."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", described.app)
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        yield result.ok()


def test_every_operation_keeps_to_its_description(described: Served) -> None:
    called = []
    for operation in operations(described):

        @given(case=operation.as_strategy())
        @settings(BOUNDED)
        def keeps_to_it(case: Any) -> None:
            parameters = case.path_parameters
            if "map" in parameters and len(str(parameters["map"])) % 2:
                parameters["map"] = "bread"  # else nearly every map would be unknown
            case.validate_response(case.call(headers=described.headers("admin")), checks=CHECKS)

        keeps_to_it()
        called.append(operation.label)
    assert len(called) >= 25


def test_the_description_has_examples_and_names_every_form(described: Served) -> None:
    paths: Json = described.get("/openapi.json").json()["paths"]
    assert {"/maps", "/maps/{map}", "/maps/{map}/days/{day}", "/maps/{map}/ask", "/maps/{map}/sparql"} <= paths.keys()
    put = paths["/maps/{map}/days/{day}"]["put"]
    assert {"text/markdown", "application/ld+json", "text/turtle"} <= put["requestBody"]["content"].keys()
    for path, methods in paths.items():
        for method, operation in methods.items():
            assert operation["description"] and operation["summary"], (method, path)
            told = (
                []
                if path.startswith("/health")
                else [operation["responses"][status] for status in operation["responses"] if status >= "400"]
            )
            assert all("application/problem+json" in one.get("content", ()) for one in told), (method, path)


ANSWERED = {
    "/maps": "/maps",
    "/maps/{map}": "/maps/bread",
    "/maps/{map}/days": "/maps/bread/days",
    "/maps/{map}/days/{day}": "/maps/bread/days/2",
    "/maps/{map}/nodes": "/maps/bread/nodes?q=yeast",
    "/maps/{map}/nodes/{node}": "/maps/bread/nodes/fermentation",
    "/maps/{map}/nodes/{node}/supporters": "/maps/bread/nodes/time-beats-kneading/supporters",
    "/maps/{map}/nodes/{node}/requirements": "/maps/bread/nodes/fermentation/requirements",
    "/maps/{map}/nodes/{node}/path": "/maps/bread/nodes/fermentation/path?to=yeast",
    "/maps/{map}/scores": "/maps/bread/scores",
    "/maps/{map}/what-if": "/maps/bread/what-if?without=time-beats-kneading",
    "/maps/{map}/nodes/{node}/score": "/maps/bread/nodes/time-beats-kneading/score",
    "/maps/{map}/nodes/{node}/score/history": "/maps/bread/nodes/time-beats-kneading/score/history",
    "/maps/{map}/plan": "/maps/bread/plan?node=fermentation&per_day=30",
    "/maps/{map}/next": "/maps/bread/next",
    "/maps/{map}/ask": "/maps/bread/ask?q=what+does+fermentation+require&explain=true",
    "/maps/{map}/diff": "/maps/bread/diff?from=1&to=2",
    "/maps/{map}/history": "/maps/bread/history",
}


def unnamed(schema: Json, value: Any, schemas: Json) -> list[str]:
    """The keys of an answer that its shape does not name."""
    if "$ref" in schema:
        return unnamed(schemas[schema["$ref"].rpartition("/")[2]], value, schemas)
    if "anyOf" in schema:
        fitting = [one for one in schema["anyOf"] if (one.get("type") == "null") == (value is None)]
        return min((unnamed(one, value, schemas) for one in fitting), key=len)
    if isinstance(value, list):
        return [one for item in value for one in unnamed(schema["items"], item, schemas)]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    properties = schema["properties"]
    return [
        one
        for key, item in value.items()
        for one in (unnamed(properties[key], item, schemas) if key in properties else [key])
    ]


def test_an_answer_has_no_key_that_its_shape_does_not_name() -> None:
    with served() as service:
        service.put_notes(2)
        service.append(5, "nodes", [{"kind": "Concept", "label": "Salt", "data": {"unit": "g"}}])
        said: Json = service.get("/openapi.json").json()
        for path, address in ANSWERED.items():
            shape = said["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            answer = service.get(address, headers={"Accept": "application/json"})
            assert answer.status_code == 200, answer.text
            assert unnamed(shape, answer.json(), said["components"]["schemas"]) == [], path


def test_every_example_of_a_body_is_accepted() -> None:
    with served() as service:
        service.put_notes(2)
        schemas: Json = service.get("/openapi.json").json()["components"]["schemas"]
        for kind in ("nodes", "edges"):
            for example in schemas[f"New{kind.title()}"]["examples"]:
                assert service.append(5, kind, example[kind]).status_code == 201
