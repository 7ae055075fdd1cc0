"""Finished answers: encoded once for each state of a map, kept, and handed out again as the same bytes."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace

from starlette.responses import Response
from starlette.types import Scope

from api.conditions import is_unchanged
from api.negotiation import accepts_gzip

SMALLEST_PACKED = 1000
_UNPACKED = ("image/png",)

Key = tuple[str, bytes, bytes, bool]
"""Path, query, accepted media types, and whether the answer may be compressed."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """An answer's bytes. `tag` is what its entity tag begins with: the revision that it shows."""

    body: bytes
    media_type: str
    tag: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer as it goes out, the map and entry whose state it shows, and the log's token when that was last seen."""

    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    etag: str
    map: str
    sequence: int
    token: Hashable = None

    def response(self, if_none_match: str | None) -> Response:
        """The answer, or 304 where the client has it already."""
        unchanged = if_none_match is not None and is_unchanged(if_none_match, self.etag)
        response = Response(status_code=304 if unchanged else 200)
        response.body = b"" if unchanged else self.body
        response.raw_headers = list(self.sent_headers(unchanged=unchanged))
        return response

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


def pack(encoded: Encoded, key: Key, cache_control: str, vary: str) -> Ready:
    """An answer ready to go out: compressed where that pays, with a strong entity tag over its bytes."""
    digest = hashlib.sha256(encoded.media_type.encode() + b"\n" + encoded.body).hexdigest()[:24]
    tag = f"{encoded.tag}-{digest}" if encoded.tag else digest
    body, headers = encoded.body, {"Content-Type": encoded.media_type}
    if key[3] and len(body) >= SMALLEST_PACKED and encoded.media_type not in _UNPACKED:
        body, tag = gzip.compress(body, 6, mtime=0), f"{tag}-gzip"
        headers["Content-Encoding"] = "gzip"
    headers |= {"Content-Length": str(len(body)), "ETag": f'"{tag}"', "Cache-Control": cache_control, "Vary": vary}
    headers |= encoded.headers
    raw = tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items())
    return Ready(body, raw, tag, "", 0)


class Answers:
    """Ready answers, those asked for longest ago going first when there are too many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[Key, Ready] = OrderedDict()

    def get(self, key: Key) -> Ready | None:
        """The answer that was kept."""
        ready = self._kept.get(key)
        if ready is not None:
            self._kept.move_to_end(key)
        return ready

    def keep(self, key: Key, ready: Ready) -> None:
        """Keep an answer in the place of a former one."""
        if (former := self._kept.pop(key, None)) is not None:
            self._size -= _weight(key, former)
        if (weight := _weight(key, ready)) > self._most / 8:
            return
        self._kept[key] = ready
        self._size += weight
        while self._size > self._most:
            self._size -= _weight(*self._kept.popitem(last=False))

    def renew(self, key: Key, ready: Ready, token: Hashable) -> None:
        """Note that an answer still shows the newest state."""
        self._kept[key] = replace(ready, token=token)


def _weight(key: Key, ready: Ready) -> int:
    return len(ready.body) + len(key[0]) + len(key[1]) + len(key[2]) + 1000
