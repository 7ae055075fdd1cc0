"""Logs and metrics: every request has an id, a line and a count; what was asked stays out of the log."""

import json
import logging
from collections.abc import Iterator

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from api.observe import REQUEST, JsonFormatter, Metrics, RequestLog, request_id
from conceptmap.atlas import open_atlas
from ontology.model import Node

SCOPE: Scope = {
    "type": "http",
    "method": "GET",
    "path": "/maps/bread/ask",
    "query_string": b"q=secret",
    "client": ("127.0.0.1", 9),
}


async def _receive() -> Message:
    return {"type": "http.request"}


async def answered(app: RequestLog, *headers: tuple[bytes, bytes]) -> dict[str, str]:
    """The headers of an answer."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await app({**SCOPE, "headers": list(headers)}, _receive, send)
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.fixture
def metrics() -> Iterator[Metrics]:
    with open_atlas("sqlite://") as atlas:
        atlas["bread"].append(1, [Node(id="yeast", kind="Concept", label="Yeast")], by="ada")
        atlas["bread"].view()
        yield Metrics(atlas)


@pytest.mark.anyio
async def test_a_request_keeps_its_id_and_gets_a_line_without_its_question(
    metrics: Metrics, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str | None] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(REQUEST.get())
        await PlainTextResponse("yes", 201)(scope, receive, send)

    with caplog.at_level(logging.INFO, "conceptmap.access"):
        headers = await answered(RequestLog(inner, metrics), (b"x-request-id", b"build-7"))
    assert (seen, headers["x-request-id"], REQUEST.get()) == (["build-7"], "build-7", None)
    (record,) = caplog.records
    said = json.loads(JsonFormatter().format(record))
    assert (said["method"], said["path"], said["status"], said["client"]) == (
        "GET",
        "/maps/bread/ask",
        201,
        "127.0.0.1",
    )
    assert "secret" not in str(said)
    assert b'conceptmap_requests_total{method="GET",route="none",status="201"} 1.0' in metrics.text()


@pytest.mark.anyio
async def test_a_request_that_fails_is_counted_as_500(metrics: Metrics) -> None:
    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError("a mistake")

    with pytest.raises(ValueError, match="a mistake"):
        await answered(RequestLog(inner, metrics))
    assert b'route="none",status="500"} 1.0' in metrics.text()


@pytest.mark.parametrize("given", [None, "", "a b", "x" * 65, "a\nb", '"', "é"])
def test_an_id_that_could_not_stand_in_a_log_is_replaced(given: str | None) -> None:
    assert request_id(given) != given
    assert request_id(given) != request_id(given)


def test_a_line_is_json_whatever_it_holds() -> None:
    record = logging.makeLogRecord(
        {"msg": 'a\n"b" %s', "args": ("\ud800é",), "levelname": "ERROR", "name": "n", "size": {1}}
    )
    try:
        raise ValueError("why")
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)
    line = JsonFormatter().format(record)
    said = json.loads(line)
    assert line.isascii()
    assert "\n" not in line
    assert (said["level"], said["message"], said["size"]) == ("error", 'a\n"b" \ud800é', "{1}")
    assert "ValueError: why" in said["exception"]


def test_metrics_show_the_store(metrics: Metrics) -> None:
    text = metrics.text().decode()
    assert 'conceptmap_entries{map="bread"} 1.0' in text
    assert 'conceptmap_nodes{map="bread"} 2.0' in text
    assert "conceptmap_sparql_worker_restarts_total 0.0" in text


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
