"""What the service is compared with over HTTP: its own answers, ready, from a bare FastAPI app and from raw ASGI."""

import os
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

ANSWERS = "BENCHMARK_ANSWERS"
"""Names the folder with the answers: files 0, 1, 2 and so on."""


def fastapi() -> FastAPI:
    """An app without middleware, whose `/{number}` is one of the answers."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    answers = _answers()

    async def ready(number: int) -> Response:
        return Response(answers[number], media_type="application/json")

    app.get("/{number}")(ready)
    return app


class Floor:
    """Raw ASGI: the same without a framework."""

    def __init__(self) -> None:
        self._answers = _answers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer `/{number}`."""
        if scope["type"] != "http":
            return
        body = self._answers[int(scope["path"][1:])]
        headers = [(b"content-length", str(len(body)).encode()), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _answers() -> list[bytes]:
    folder = Path(os.environ[ANSWERS])
    return [folder.joinpath(str(number)).read_bytes() for number in range(len(list(folder.iterdir())))]
