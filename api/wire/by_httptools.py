"""A connection whose requests httptools reads."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from api.errors import (
    AddressTooLong,
    ApiError,
    HeadTooLarge,
    MalformedRequest,
    TooManyRequests,
    UnknownMethod,
    UnknownVersion,
)
from api.wire.connections import Wire
from api.wire.heads import METHODS, MOST_BYTES, MOST_FIELDS, MOST_TARGET, check_size, checked_target, last_answer

MOST_AT_ONCE = 100
"""Requests of one connection that may wait for the answers before them; making them takes a few ms."""


_UNCLEAR = re.compile(rb"\n|[A-Z]+ (?: |[^ \r\n]+  )")
"""What httptools takes in a request line and h11 does not."""
_REQUEST_LINE = re.compile(rb"(?:^|\r\n\r\n)([!#-'*+.0-9A-Z^-z|~-]+) [^ \r\n]+ HTTP/[12]\.[0-9]\r\n")


class HttptoolsWire(Wire, HttpToolsProtocol):
    """The parser calls back; what is wrong with a request is raised in these calls, or by the parser."""

    _unread = 0
    """Bytes since something in them was understood: parts of a head, of the line of a chunk, or of trailers."""
    _between = True
    """Whether the next byte begins a request."""
    _running: RequestResponseCycle | None = None
    _last: bytes = b""
    """What is to be said when all requests before are answered."""

    def has_begun(self) -> bool:
        """Whether a part of a head has come."""
        return self._unread > 0

    def data_received(self, data: bytes) -> None:
        """Read what has come."""
        if self.is_over:
            return
        self._unset_keepalive_if_required()
        try:
            if self._between and not self._unread and _UNCLEAR.match(data):
                raise MalformedRequest("a request line has one space between its parts, and ends with CR LF")
            self._unread += len(data)
            self._feed(data)
            if self._unread > MOST_BYTES:
                raise _too_large(self.url)
        except ApiError as error:
            self._refuse(error)

    def _feed(self, data: bytes) -> None:
        while data:
            try:
                self.parser.feed_data(data)
            except httptools.HttpParserUpgrade as upgrade:  # which is not done: what follows is a request as any other
                data = data[upgrade.args[0] :]
                continue
            except httptools.HttpParserError as error:
                raise _meant(error, data) from error
            return

    def on_headers_complete(self) -> None:
        """The head is there (the parser calls)."""
        version = self.parser.get_http_version()
        if self._unread > MOST_BYTES:
            check_size(self.url, self.headers)
        self.url = checked_target(self.parser.get_method(), self.url, version, self.headers)
        if len(self.pipeline) >= MOST_AT_ONCE:
            raise TooManyRequests(1)
        self._unread, self._between = 0, False
        super().on_headers_complete()
        self.headers = []  # where trailers go: they are no headers
        if version == "1.0":
            self.cycle.send = partial(_sent_until_closed, self.cycle, self.cycle.send)

    def on_body(self, body: bytes) -> None:
        """A part of the body is there (the parser calls)."""
        self._unread = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is there (the parser calls)."""
        self._unread, self._between = 0, True
        if len(self.headers) > MOST_FIELDS:
            raise HeadTooLarge(f"a request may have {MOST_FIELDS} header fields")
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """An answer is there; the next may be made, or the last said."""
        more = bool(self.pipeline)
        super().on_response_complete()
        if self._last and not more:
            self.say_last(self._last)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def connection_lost(self, exc: Exception | None) -> None:
        """Make no more answers."""
        self.pipeline.clear()
        if self._running is not None and not self._running.response_complete:
            self._running.disconnected = True
            self._running.message_event.set()
        super().connection_lost(exc)

    def _refuse(self, error: ApiError) -> None:
        """Answer what is wrong, after the answers to all requests before; no more is read."""
        self.is_over = True
        self.held.refused(self, error)
        answer, cycle = last_answer(error, self.held.root), self.cycle
        if cycle is not None and cycle.more_body and not cycle.response_complete:  # its body is wrong
            if self.pipeline:
                self.pipeline.popleft()
            elif cycle.response_started:
                cycle.keep_alive = False
                return
            else:
                cycle.disconnected = True
                cycle.message_event.set()
                self.say_last(answer)
                return
            self._last = answer
        elif cycle is None or cycle.response_complete:
            self.say_last(answer)
        else:
            self._last = answer


def _meant(error: httptools.HttpParserError, data: bytes) -> ApiError:
    """What is wrong with a request that the parser could not read."""
    if isinstance(cause := error.__context__, ApiError):
        return cause
    if data.startswith(b"PRI * HTTP/2.0"):
        return UnknownVersion("HTTP/2 is not spoken here; send HTTP/1.1")
    methods = _REQUEST_LINE.findall(data)
    if isinstance(error, httptools.HttpParserInvalidMethodError) and not METHODS.issuperset(methods):
        return UnknownMethod("the service knows GET, HEAD, PUT, POST and DELETE")
    return MalformedRequest("this is no HTTP/1.1")


def _too_large(target: bytes) -> ApiError:
    if len(target) > MOST_TARGET:
        return AddressTooLong(f"the address may have {MOST_TARGET:,} bytes; send long queries in the body of a POST")
    return HeadTooLarge(f"the header fields may have {MOST_BYTES:,} bytes together")


async def _sent_until_closed(cycle: RequestResponseCycle, send: Callable[[Any], Awaitable[None]], message: Any) -> None:
    """Send an answer to HTTP/1.0, which knows no chunks: without a length it ends with the connection."""
    if message["type"] == "http.response.start":
        if cycle.scope["method"] == "HEAD" or any(name.lower() == b"content-length" for name, _ in message["headers"]):
            del cycle.send  # as any other
            await send(message)
            return
        cycle.scope = {**cycle.scope, "method": "HEAD"}  # with which no framing is made
    elif message.get("body"):
        if cycle.flow.write_paused and not cycle.disconnected:
            await cycle.flow.drain()
        if not cycle.disconnected:
            cycle.transport.write(message["body"])
    await send(message)
