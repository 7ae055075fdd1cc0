"""A connection whose requests h11 reads, with which httptools agrees."""

import re
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.errors import AddressTooLong, ApiError, HeadTooLarge, MalformedRequest, UnknownMethod
from api.wire.connections import Wire
from api.wire.heads import MOST_BYTES, MOST_TARGET, check_size, checked_target, last_answer

_UNCLEAR = re.compile(rb"(?<!\r)\n|\r(?!\n|$)|\n[ \t]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What h11 takes in a head and httptools does not: bare line feeds, folded lines, control characters."""
_BARE = re.compile(rb"(?<!\r)\n")
_LENGTHS = re.compile(rb"(?im)^content-length:(.*)$")
_CODINGS = re.compile(rb"(?im)^transfer-encoding:")
_CHUNK = re.compile(rb"(?:\r\n)?[0-9A-Fa-f]{1,15}(?:;[\t\x20-\x7e\x80-\xff]*)?\r\n")


class _StrictReader(h11.Connection):
    """Refuses what h11 would let through."""

    _raw = b""
    """What has been read since the last part of a body."""

    def receive_data(self, data: bytes) -> None:
        """Take what has come; empty lines before a request are nothing (RFC 9112, 2.2)."""
        if data and self.their_state is h11.IDLE and not self.trailing_data[0]:
            while data.startswith(b"\r\n"):
                data = data[2:]
            if not data:
                return
        super().receive_data(data)

    def next_event(self) -> Any:
        """What comes next. Raises `ApiError`."""
        before = self.trailing_data[0]
        in_body = self.their_state is not h11.IDLE
        if not in_body:
            _check_raw(before)
        try:
            event = super().next_event()
        except h11.RemoteProtocolError as error:
            raise _meant(error) from error
        if isinstance(event, h11.Request):
            return self._checked(event)
        if in_body:
            self._check_body(event, before[: len(before) - len(self.trailing_data[0])])
        return event

    def _check_body(self, event: Any, raw: bytes) -> None:
        """Raise what is wrong with the lines between the parts of a body."""
        self._raw += raw
        if isinstance(event, h11.Data):
            if event.chunk_start and _CHUNK.match(self._raw) is None:
                raise MalformedRequest("the body has a chunk whose size cannot be read")
            self._raw = b""
        elif isinstance(event, h11.EndOfMessage):
            if _BARE.search(self._raw):
                raise MalformedRequest("lines end with CR LF")
            self._raw = b""

    def _checked(self, event: h11.Request) -> h11.Request:
        headers = list(event.headers)
        check_size(event.target, headers)
        target = checked_target(event.method, event.target, event.http_version.decode(), headers)
        return h11.Request(method=event.method, target=target, headers=event.headers, http_version=event.http_version)


def _meant(error: h11.RemoteProtocolError) -> ApiError:
    if error.error_status_hint == HTTPStatus.NOT_IMPLEMENTED:
        return UnknownMethod("of transfer codings only chunked is known")
    if error.error_status_hint == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
        return HeadTooLarge(f"the header fields may have {MOST_BYTES:,} bytes together")
    return MalformedRequest("this is no HTTP/1.1")


class H11Wire(Wire, H11Protocol):
    """What is wrong with a request is raised by the reader."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.conn = _StrictReader(h11.SERVER, 2 * MOST_BYTES)

    def has_begun(self) -> bool:
        """Whether a part of a head has come."""
        return self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])

    def data_received(self, data: bytes) -> None:
        """Read what has come."""
        if not self.is_over:
            super().data_received(data)

    def handle_events(self) -> None:
        """Go on with what was read."""
        try:
            super().handle_events()
        except ApiError as error:
            self._refuse(error)

    def _refuse(self, error: ApiError) -> None:
        """Answer what is wrong; no more is read. The request before is answered by now."""
        self.is_over = True
        self.held.refused(self, error)
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if cycle.response_started:
                cycle.keep_alive = False
                return
            cycle.disconnected = True
            cycle.message_event.set()
        self.say_last(last_answer(error, self.held.root))


def _check_raw(data: bytes) -> None:
    """Raise what is wrong with a head that has come, in whole or in part."""
    end = data.find(b"\r\n\r\n")
    head = data if end < 0 else data[: end + 2]
    if _UNCLEAR.search(head):
        raise MalformedRequest("lines end with CR LF, none is folded, and none has control characters")
    lengths = _LENGTHS.findall(head)
    if len(lengths) > 1 or any(b"," in one for one in lengths):
        raise MalformedRequest("the length of the body is one number")
    if len(_CODINGS.findall(head)) > 1:
        raise MalformedRequest("the length of the body is said in two ways")
    if len(head) > MOST_BYTES:
        if b" " not in head[:32]:
            raise UnknownMethod("the service knows GET, HEAD, PUT, POST and DELETE")
        line = head.find(b"\r\n")
        if line < 0 or line > MOST_TARGET:
            raise AddressTooLong(f"the address may have {MOST_TARGET:,} bytes; send long queries in the body of a POST")
        raise HeadTooLarge(f"the header fields may have {MOST_BYTES:,} bytes together")
