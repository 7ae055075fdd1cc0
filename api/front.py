"""The front of the app: headers that go with every answer, HEAD, mistakes of our own, and answers that are ready."""

import logging
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import key_of
from api.conditions import is_unchanged
from api.errors import problem_of
from api.service import Service

Header = tuple[bytes, bytes]

POLICY = b"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SECURITY: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", POLICY),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)

_log = logging.getLogger(__name__)


class Front:
    """Wraps the app. What it adds costs a few microseconds; a ready answer never reaches the app."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
            send = _without_body(send)
        send = _secured(send)
        if not await self._sent_ready(scope, send):
            await self._guarded(scope, receive, send)

    async def _sent_ready(self, scope: Scope, send: Send) -> bool:
        """Send the kept answer to this request, if it shows the newest state."""
        if scope["method"] != "GET" or not self._service.gate.serves_anybody:
            return False
        if (ready := self._service.answers.get(key_of(scope))) is None:
            return False
        sent = dict(scope["headers"])
        if b"authorization" in sent or ready.token != await self._service.reading.token():
            return False
        given = sent.get(b"if-none-match")
        unchanged = given is not None and is_unchanged(given.decode("latin-1"), ready.etag)
        headers = list(ready.sent_headers(unchanged=unchanged))
        await send({"type": "http.response.start", "status": 304 if unchanged else 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if unchanged else ready.body})
        return True

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the app; a mistake of ours is logged, and told without what it is."""
        began = False

        async def noting(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            _log.exception("a request failed by a mistake of the service")
            if began:
                raise
            answer = problem_of(error)
            headers = [(name.lower().encode(), value.encode()) for name, value in answer.headers.items()]
            headers.append((b"content-length", str(len(answer.body)).encode()))
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            await send({"type": "http.response.body", "body": answer.body})


def _secured(send: Send) -> Send:
    """Send with the security headers, where the answer does not set them itself."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: list[Header] = list(message["headers"])
            message = {**message, "headers": [*headers, *_missing(headers)]}
        await send(message)

    return sending


def _missing(headers: Iterable[Header]) -> list[Header]:
    own = {name for name, _ in headers}
    return [one for one in SECURITY if one[0] not in own]


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending
