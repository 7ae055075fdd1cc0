"""Answers as bytes in their forms."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.answers import Encoded
from api.negotiation import JSON
from api.pages import Page, links
from conceptmap.shapes.changes import report_shape
from graphs.ledger import WriteReport


def json_bytes(data: Any) -> bytes:
    """Data as compact JSON in UTF-8."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def as_json(data: Any, tag: str = "") -> Encoded:
    """Data as an answer."""
    return Encoded(json_bytes(data), JSON, tag)


def page_json(request: Request, name: str, page: Page[Any], data: list[Any]) -> Encoded:
    """A page of a list, with the link to the next one."""
    body = json_bytes({name: data, "next": page.next})
    return Encoded(body, JSON, headers=links(request, page))


def reported(report: WriteReport, *, created: bool = False, headers: dict[str, str] | None = None) -> Response:
    """The answer to a write: 201 where it made something that was not there."""
    sent = {"Cache-Control": "no-store", **(headers or {})}
    status = 201 if created and not report.dry_run else 200
    return Response(json_bytes(report_shape(report)), status, sent, JSON)
