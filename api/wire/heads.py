"""What the head of a request may be: what two programs could read in two ways is refused (RFC 9112)."""

import re
from collections.abc import Iterable
from email.utils import formatdate
from http import HTTPStatus

from api.errors import (
    AddressTooLong,
    ApiError,
    HeadTooLarge,
    MalformedRequest,
    UnknownMethod,
    UnknownVersion,
    problem_of,
)
from api.responses import SECURITY

Header = tuple[bytes, bytes]

MOST_BYTES = 65_536
"""Bytes of a head: a query of SPARQL in the address, the longest thing there is, has 50,000 characters."""
MOST_TARGET = 60_000
"""Bytes of the address in it."""
MOST_FIELDS = 100
"""Header fields: browsers send some 15, proxies add 5."""
METHODS = frozenset((b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"PATCH"))

_ABSOLUTE = re.compile(rb"(?i:https?)://([^/?#]*)")
_SINGLE = (b"host", b"content-length", b"transfer-encoding")
_HOST = re.compile(rb"(?:[A-Za-z0-9._-]{0,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{0,5})?")


def checked_target(method: bytes, target: bytes, version: str, headers: list[Header]) -> bytes:
    """The path and query that a request asks for, its head being as it must be. Raises what is wrong with it.

    >>> checked_target(b"GET", b"http://maps.example/a?b", "1.1", [(b"host", b"maps.example")])
    b'/a?b'
    """
    if version not in ("1.1", "1.0"):
        if version == "2.0":
            raise UnknownVersion("HTTP/2 is not spoken here; send HTTP/1.1")
        raise MalformedRequest("this is no HTTP/1.1")
    if method not in METHODS:
        raise UnknownMethod("the service knows GET, HEAD, PUT, POST and DELETE")
    _check_fields(version, headers)
    if target.startswith(b"/"):
        if b"#" in target:
            raise MalformedRequest("an address that is sent has no fragment (#…)")
        return target
    return _path_of(method, target)


def check_size(target: bytes, headers: Iterable[Header]) -> None:
    """Raise `AddressTooLong` or `HeadTooLarge` where a head has too many bytes."""
    if len(target) > MOST_TARGET:
        raise AddressTooLong(f"the address may have {MOST_TARGET:,} bytes; send long queries in the body of a POST")
    if len(target) + sum(len(name) + len(value) + 4 for name, value in headers) > MOST_BYTES:
        raise HeadTooLarge(f"the header fields may have {MOST_BYTES:,} bytes together")


def _check_fields(version: str, headers: list[Header]) -> None:
    if len(headers) > MOST_FIELDS:
        raise HeadTooLarge(f"a request may have {MOST_FIELDS} header fields")
    fields = dict(headers)
    if len(fields) < len(headers):
        names = [name for name, _ in headers]
        if any(names.count(one) > 1 for one in _SINGLE):
            raise MalformedRequest("a request names one Host, and says the length of its body once")
    host, length, coding = map(fields.get, _SINGLE)
    if host is None:
        if version == "1.1":
            raise MalformedRequest("a request names one Host")
    elif _HOST.fullmatch(host) is None:
        raise MalformedRequest("the Host is no name of a machine")
    if coding is not None:
        if length is not None or version == "1.0":
            raise MalformedRequest("the length of the body is said in two ways")
        if coding.lower() != b"chunked":
            raise UnknownMethod("of transfer codings only chunked is known")
    elif length is not None and (not length.isdigit() or len(length) > 18):
        raise MalformedRequest("the length of the body is one number")


def _path_of(method: bytes, target: bytes) -> bytes:
    """The path of an address that a client wrote as to a proxy (RFC 9112, 3.2.2)."""
    if target == b"*" and method == b"OPTIONS":
        return target
    found = _ABSOLUTE.match(target)
    if found is None or b"#" in target or not found[1] or _HOST.fullmatch(found[1]) is None:
        raise MalformedRequest("the address begins with / or is one of http")
    rest = target[found.end() :]
    return rest if rest.startswith(b"/") else b"/" + rest


def last_answer(error: ApiError, root: str) -> bytes:
    """A whole answer that says what is wrong, and that the connection ends with it; `root` is the set prefix."""
    answer = problem_of(error, root)
    fields = {name.lower().encode(): value.encode() for name, value in answer.headers.items()}
    fields |= dict(SECURITY) | {
        b"date": formatdate(usegmt=True).encode(),
        b"content-length": str(len(answer.body)).encode(),
        b"connection": b"close",
    }
    head = b"".join(b"%s: %s\r\n" % one for one in fields.items())
    return b"HTTP/1.1 %d %s\r\n%s\r\n%s" % (answer.status, HTTPStatus(answer.status).phrase.encode(), head, answer.body)
