"""What the HTTP benchmark serves: the service with a route of ready bytes beside it, and the floor below both."""

from fastapi import FastAPI
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.app import factory


def service() -> FastAPI:
    """The service as `conceptmap serve` runs it, and `/ready/{size}`: bytes that are there already."""
    app = factory()
    kept: dict[int, bytes] = {}

    async def ready(size: int) -> Response:
        if size not in kept:
            kept[size] = b"x" * size
        return Response(kept[size], media_type="application/json")

    app.get("/ready/{size}")(ready)
    return app


async def floor(scope: Scope, receive: Receive, send: Send) -> None:
    """Raw ASGI: `/{size}` answers with so many fixed bytes."""
    if scope["type"] != "http":
        return
    body = b"x" * int(scope["path"].rpartition("/")[2])
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(body)).encode())]}
    )
    await send({"type": "http.response.body", "body": body})
