"""The layer in front of the app, and the answers that it keeps: made once for each state of a map, sent many times."""

import logging
import math
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import replace

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth import Authorizer
from api.errors import problem_of
from api.requests import is_unchanged, routed
from api.responses import BODILESS, CachedResponse, Header, Key, key_of, missing_security
from api.workers import SOURCE, ReadWorkers
from conceptmap.atlas import Atlas
from ontology.errors import StoreError

_log = logging.getLogger(__name__)


class ResponseCache:
    """Answers by what was asked, those asked for longest ago going first when there are too many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[Key, CachedResponse] = OrderedDict()

    def get(self, key: Key) -> CachedResponse | None:
        """The answer that was kept."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def keep(self, key: Key, kept: CachedResponse) -> None:
        """Keep an answer in the place of a former one."""
        if (former := self._kept.pop(key, None)) is not None:
            self._size -= _weight(key, former)
        if (weight := _weight(key, kept)) > self._most / 8:  # it would drive out too many others
            return
        self._kept[key] = kept
        self._size += weight
        while self._size > self._most:
            self._size -= _weight(*self._kept.popitem(last=False))

    def renew(self, key: Key, kept: CachedResponse, token: Hashable) -> None:
        """Note that an answer still shows the newest state."""
        self._kept[key] = replace(kept, token=token)


def _weight(key: Key, kept: CachedResponse) -> int:
    """Bytes that an answer takes; 1000 for its headers and the objects around them."""
    return len(kept.body) + len(key[0]) + len(key[1]) + len(key[2]) + 1000


class CacheMiddleware:
    """Wraps the app: a kept answer that still shows the newest state never reaches it.

    It also answers HEAD like GET without the body, adds the security headers that an answer does not set itself, and
    tells of a mistake of ours without saying what it is. It works on raw headers, so that it costs a few microseconds.
    """

    def __init__(self, app: ASGIApp, cache: ResponseCache, authorizer: Authorizer, readers: ReadWorkers) -> None:
        self._app = app
        self._cache = cache
        self._authorizer = authorizer
        self._readers = readers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        inner = routed(scope)
        if scope["method"] == "HEAD":
            inner = {**inner, "method": "GET", BODILESS: True}
            send = _without_body(send)
        await self._guarded(inner, receive, send)
        if "route" in inner:  # by whose path requests are counted
            scope["route"] = inner["route"]

    async def _sent_kept(self, scope: Scope, send: Send) -> bool:
        """Send the kept answer to this request, if it shows the newest state."""
        if scope["method"] != "GET" or not self._authorizer.serves_anybody:
            return False
        if (kept := self._cache.get(key_of(scope))) is None:
            return False
        sent = dict(scope["headers"])
        if b"authorization" in sent:
            return False
        near = self._readers.near(None, scope)
        try:
            if kept.token != await self._readers.token(kept.map, near):
                del scope[SOURCE]  # the app chooses anew
                return False
        except StoreError:  # the app meets it too, and tells what it is
            return False
        given = sent.get(b"if-none-match")
        unchanged = given is not None and is_unchanged(given.decode("latin-1"), kept.etag)
        headers = [*kept.sent_headers(unchanged=unchanged), *_age(scope)]
        await send({"type": "http.response.start", "status": 304 if unchanged else 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if unchanged else kept.body})
        return True

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is kept, or call the app; a mistake of ours is logged, and told without what it is."""
        began = False

        async def noting(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            if not await self._sent_kept(scope, noting):
                await self._app(scope, receive, _secured(noting, scope))
        except Exception as error:
            _log.exception("a request failed by a mistake of the service")
            if began:
                raise
            answer = problem_of(error, scope["root_path"])
            headers = [(name.lower().encode(), value.encode()) for name, value in answer.headers.items()]
            headers.append((b"content-length", str(len(answer.body)).encode()))
            headers += missing_security(headers)
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            await send({"type": "http.response.body", "body": answer.body})


def _secured(send: Send, scope: Scope) -> Send:
    """Send with the security headers, where the answer does not set them itself, and how old it may be."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: list[Header] = list(message["headers"])
            message = {**message, "headers": [*headers, *missing_security(headers), *_age(scope)]}
        await send(message)

    return sending


def _age(scope: Scope) -> Iterator[Header]:
    """How many seconds old an answer from a replica may be (RFC 9111, section 5.1)."""
    source: Atlas | None = scope.get(SOURCE)
    if source is not None and (age := source.age) is not None:
        yield b"age", str(math.ceil(age)).encode()


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending
