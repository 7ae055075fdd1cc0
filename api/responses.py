"""What goes out: answers as bytes in their forms, pages of long lists, and answers that are ready to be sent again."""

import asyncio
import base64
import gzip
import hashlib
import json
import zlib
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Scope, Send

from api.errors import BadRequest
from api.requests import JSON, accepts_gzip, is_unchanged
from conceptmap.shapes.changes import report_shape
from conceptmap.values import WriteReport

Item = TypeVar("Item")

SMALLEST_PACKED = 1000
"""Bytes from which on an answer is compressed: a smaller one fits a network packet anyway."""
LONGEST_LIST = 1_000_000_000
"""No list is longer; a larger number in a cursor is no place."""
_UNPACKED = ("image/png",)
"""Forms that are compressed already."""

Header = tuple[bytes, bytes]

POLICY = b"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For answers that are no pages: they show styles of their own (SVG) and nothing else."""
SECURITY: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", POLICY),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)

BODILESS = "conceptmap.bodiless"
"""In the scope of a request: its body is not sent, so it need not be made."""

Key = tuple[str, bytes, bytes, bool]
"""Path, query, accepted media types, and whether the answer may be compressed."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """An answer's bytes. `tag` is what its entity tag begins with: the revision that it shows."""

    body: bytes
    media_type: str
    tag: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class Moved(Exception):
    """What is asked for is at another address. No cache may keep that: a merge can be undone."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(address)

    def response(self) -> Response:
        """The answer that says so."""
        return Response(status_code=301, headers={"Location": self.address, "Cache-Control": "no-store"})


@dataclass(frozen=True, slots=True)
class Streamed:
    """An answer whose text is made while it goes out. Its entity tag is another where a byte would be another."""

    pieces: Iterator[str]
    media_type: str
    tag: str


CHUNK = 64_000
"""Characters that are made and sent at once: some 20 ms of work, and a few network packets."""
TAKEN_WITHIN = 60.0
"""Seconds in which a client must take a chunk: the state of the map that it reads stays in memory meanwhile."""


class Chunks:
    """The bytes of pieces of text, as large as they go out, compressed if that is asked for."""

    def __init__(self, pieces: Iterator[str], *, packed: bool) -> None:
        self._pieces = pieces
        self._packer = zlib.compressobj(6, wbits=31) if packed else None  # 31: with gzip's header, which names no time
        self.ended = False

    def next(self) -> bytes:
        """The next bytes, perhaps none yet; `ended` says whether they are the last."""
        parts, size = [], 0
        for piece in self._pieces:
            parts.append(piece)
            size += len(piece)
            if size >= CHUNK:
                break
        self.ended = size < CHUNK
        data = "".join(parts).encode()
        if self._packer is None:
            return data
        return self._packer.compress(data) + (self._packer.flush() if self.ended else b"")

    def close(self) -> None:
        """Make no more, and let go of the map."""
        self._pieces = iter(())


class StreamedResponse(StreamingResponse):
    """An answer that goes out while it is made; the work ends with it, with its client, or where that stops reading."""

    def __init__(self, chunks: Chunks, make: Callable[[Callable[[], bytes]], Awaitable[bytes]], **options: Any) -> None:
        """`make` does in a thread what makes the next bytes."""
        super().__init__((), **options)
        self._chunks, self._make = chunks, make

    async def stream_response(self, send: Send) -> None:
        """Send it (ASGI)."""
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            while not self._chunks.ended:
                body = await self._make(self._chunks.next)
                async with asyncio.timeout(TAKEN_WITHIN):
                    more = not self._chunks.ended
                    await send({"type": "http.response.body", "body": body, "more_body": more})
        finally:
            self._chunks.close()


class _ReadyResponse(Response):
    """An answer whose headers are there: nothing is made of them."""

    def __init__(self, status: int, body: bytes, headers: Iterable[Header]) -> None:
        self.status_code, self.body, self.raw_headers, self.background = status, body, list(headers), None


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """An answer as it goes out, the map and entry whose state it shows, and the log's token when that was last seen."""

    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    etag: str
    map: str
    entry: int
    token: Hashable = None

    def response(self, if_none_match: str | None) -> Response:
        """The answer, or 304 where the client has it already."""
        unchanged = if_none_match is not None and is_unchanged(if_none_match, self.etag)
        return _ReadyResponse(
            304 if unchanged else 200, b"" if unchanged else self.body, self.sent_headers(unchanged=unchanged)
        )

    def sent_headers(self, *, unchanged: bool) -> tuple[tuple[bytes, bytes], ...]:
        """The headers; of a 304 those that a cache needs."""
        if not unchanged:
            return self.headers
        return tuple(one for one in self.headers if one[0] not in (b"content-length", b"content-type"))


def key_of(scope: Scope) -> Key:
    """What an answer depends on, apart from the state of the map and from who asks."""
    first = dict(reversed(list(scope["headers"])))  # of several headers of a name the first, as the routes read them
    accept, encoding = first.get(b"accept", b""), first.get(b"accept-encoding", b"")
    packed = b"gzip" in encoding and accepts_gzip(encoding.decode("latin-1"))
    return scope["path"], scope["query_string"], accept, packed


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows: a map at an entry, the log's token being this."""

    map: str
    entry: int
    token: Hashable


NO_MAP = Shown("", 0, None)
"""What an answer shows that shows no single map."""


def pack(encoded: Encoded, key: Key, caching: Sequence[Header], shown: Shown) -> CachedResponse:
    """An answer ready to go out: compressed where that pays, with a strong entity tag over its bytes."""
    kind, body = encoded.media_type.encode("latin-1"), encoded.body
    digest = hashlib.sha256(kind + b"\n")
    digest.update(body)
    tag = f"{encoded.tag}-{digest.hexdigest()[:24]}" if encoded.tag else digest.hexdigest()[:24]
    headers = {b"content-type": kind}
    if key[3] and len(body) >= SMALLEST_PACKED and encoded.media_type not in _UNPACKED:
        body, tag = gzip.compress(body, 6, mtime=0), f"{tag}-gzip"
        headers[b"content-encoding"] = b"gzip"
    headers[b"content-length"] = b"%d" % len(body)
    headers[b"etag"] = b'"%s"' % tag.encode("latin-1")
    headers.update(caching)
    for name, value in encoded.headers.items():
        headers[name.lower().encode("latin-1")] = value.encode("latin-1")
    raw = (*headers.items(), *missing_security(headers.items()))
    return CachedResponse(body, raw, tag, shown.map, shown.entry, shown.token)


def missing_security(headers: Iterable[Header]) -> list[Header]:
    """The security headers that an answer does not set itself.

    `X-Frame-Options` can name nobody who may frame it, so it is left out where the policy names somebody.
    """
    own = dict(headers)
    policy = own.get(b"content-security-policy", POLICY)
    framed = b"frame-ancestors" in policy and b"frame-ancestors 'none'" not in policy
    return [one for one in SECURITY if one[0] not in own and not (framed and one[0] == b"x-frame-options")]


# Pages of long lists: a cursor names where the next page begins, a Link header its address (RFC 8288)


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Item]):
    """A page and the cursor of the next one, if there is one."""

    items: Sequence[Item]
    next: str | None = None


def cursor(value: str | int) -> str:
    """A value as a cursor: text that a client only hands back.

    >>> read_cursor(cursor("yeast"), str)
    'yeast'
    """
    return base64.urlsafe_b64encode(json.dumps([value]).encode()).decode().rstrip("=")


def read_cursor(text: str, kind: type[Item]) -> Item:
    """The value of a cursor. Raises `BadRequest`."""
    try:
        (value,) = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError, RecursionError) as error:
        raise BadRequest("this is no cursor of ours; begin again without one") from error
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BadRequest("this cursor belongs to another list; begin again without one")
    return value


def start_of(at: str | None) -> int:
    """Where the page of a cursor begins in a list whose cursors count. Raises `BadRequest`."""
    start = read_cursor(at, int) if at else 0
    if not 0 <= start <= LONGEST_LIST:
        raise BadRequest("this is no cursor of ours; begin again without one")
    return start


def page_of(items: Sequence[Item], at: str | None, limit: int) -> ListPage[Item]:
    """A page of a list that is there as a whole, or as far as the item behind the page; the cursor counts."""
    start = start_of(at)
    end = start + limit
    return ListPage(items[start:end], cursor(end) if end < len(items) else None)


def page_after(found: Sequence[Item], limit: int, key: Callable[[Item], str | int]) -> ListPage[Item]:
    """A page of what was looked up with one more than fits; the cursor is the key of its last item."""
    return ListPage(found[:limit], cursor(key(found[limit - 1])) if len(found) > limit else None)


def links(request: Request, page: ListPage[Any]) -> dict[str, str]:
    """The Link header to the next page; its address is a path."""
    if page.next is None:
        return {}
    others = [one for one in parse_qsl(request.url.query, keep_blank_values=True) if one[0] != "cursor"]
    query = urlencode([*others, ("cursor", page.next)])
    return {"Link": f'<{_path(request)}?{query}>; rel="next"'}


def _path(request: Request) -> str:
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.split(b"?")[0].decode("latin-1")


# JSON


def json_bytes(data: Any) -> bytes:
    """Data as compact JSON in UTF-8. What takes `json` a second, while no other thread runs, takes this a tenth."""
    return msgspec.json.encode(data)


def as_json(data: Any, tag: str = "") -> Encoded:
    """Data as an answer."""
    return Encoded(json_bytes(data), JSON, tag)


def page_json(request: Request, name: str, page: ListPage[Any], data: list[Any]) -> Encoded:
    """A page of a list, with the link to the next one."""
    body = json_bytes({name: data, "next": page.next})
    return Encoded(body, JSON, headers=links(request, page))


def reported(report: WriteReport, *, created: bool = False, headers: dict[str, str] | None = None) -> Response:
    """The answer to a write: 201 where it made something that was not there."""
    sent = {"Cache-Control": "no-store", **(headers or {})}
    status = 201 if created and not report.dry_run else 200
    return Response(json_bytes(report_shape(report)), status, sent, JSON)
