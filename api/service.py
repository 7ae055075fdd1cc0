"""The service: what all routes share, made once for an app from an atlas and settings."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from api.auth import Authorizer, client_of
from api.cache import ResponseCache
from api.requests import MapVersion, is_unchanged
from api.responses import (
    BODILESS,
    NO_MAP,
    CachedResponse,
    Chunks,
    Encoded,
    Header,
    Key,
    Shown,
    Streamed,
    StreamedResponse,
    key_of,
    pack,
    reported,
)
from api.settings import Settings
from api.turns import Turns
from api.workers import ReadWorkers, WriteWorkers
from conceptmap.atlas import Atlas
from conceptmap.map import CourseMap
from conceptmap.values import Grant, WriteReport
from ontology.errors import UnknownMap

PACKED_AT_ONCE = 100_000
"""Bytes up to which an answer is compressed in the event loop: they take some 2 ms."""

SENT_AT_ONCE = 1_000_000
"""Likewise for one that goes out as it is: its entity tag takes a millisecond."""

STREAMED = 5_000
"""Nodes of a map from which on an export is made while it goes out, and not kept: it has 3 MB as JSON, 7 as RDF."""

Part = TypeVar("Part")


class Service:
    """The parts of the service: who may do what, who reads and writes, and the answers that are kept."""

    def __init__(self, atlas: Atlas, settings: Settings) -> None:
        self.atlas = atlas
        self.settings = settings
        self.vocabulary = atlas.vocabulary
        self.readers = ReadWorkers(atlas, settings.read_seconds)
        self.writers = WriteWorkers(atlas)
        self.authorizer = Authorizer(atlas, self.readers, settings)
        self.cache = ResponseCache(settings.cache_bytes)
        self.learners = atlas.learners
        self._caching = _caching(settings)
        self._drawing = Turns(settings.drawings)
        self._drawers = CapacityLimiter(settings.drawings)

    async def answer(
        self,
        request: Request,
        name: str,
        version: MapVersion,
        work: Callable[[CourseMap], Encoded],
        *,
        stream: Callable[[CourseMap], Streamed] | None = None,
        small: bool = False,
    ) -> Response:
        """Answer from a version of a map. `work` must depend on nothing but the map and the address.

        `stream` makes the same while it goes out, and is used for large maps. `small` says that the work mostly looks
        at few nodes and edges, and not at the log. Raises what `Authorizer.reader`, `ReadWorkers.course`,
        `ReadWorkers.run` and the work raise.
        """
        return await self.read_then_render(request, name, version, work, stream=stream, small=small)

    async def read_then_render(
        self,
        request: Request,
        name: str,
        version: MapVersion,
        read: Callable[[CourseMap], Any],
        render: Callable[[Any], Encoded] | None = None,
        *,
        stream: Callable[[CourseMap], Streamed] | None = None,
        small: bool = False,
    ) -> Response:
        """The same, in two steps: `render` no longer sees the map, and draws."""
        grant = await self.authorizer.reader(request, name)
        client = client_of(request, grant)
        atlas = self.readers.near(grant, request.scope) if version.at is None else self.atlas
        key, token = key_of(request.scope), await self.readers.token(name, atlas)
        try:
            course = await self.readers.course(name, version.as_of, version.at, token, atlas)
        except UnknownMap as error:  # which says nothing of maps that the reader may not see
            raise UnknownMap(name, await self.maps_for(grant)) from error
        entry = course.last_entry
        if kept := self._kept(key, name, entry):
            self.cache.renew(key, kept, token)
            return kept.response(request.headers.get("if-none-match"))
        if stream and course.size > STREAMED:
            return self._streamed(request, key, await self.readers.in_thread(partial(stream, course)))
        run = self.readers.run_small if small else self.readers.run
        part = await run(course, read, client)
        shown = Shown(name, entry, token)
        if render:
            made = await self._draw(key, shown, partial(render, part), client)
        else:
            made = await self._pack(key, part, shown)
        self.cache.keep(key, made)
        return made.response(request.headers.get("if-none-match"))

    async def held(self, request: Request, name: str, version: MapVersion, grant: Grant | None) -> CourseMap:
        """A version of a map in a state that stays as it is, for an answer that is not kept, as `answer` reads it."""
        atlas = self.readers.near(grant, request.scope) if version.at is None else self.atlas
        try:
            return await self.readers.course(name, version.as_of, version.at, None, atlas)
        except UnknownMap as error:  # which says nothing of maps that the reader may not see
            raise UnknownMap(name, await self.maps_for(grant)) from error

    async def reported(
        self, report: WriteReport, *, created: bool = False, headers: dict[str, str] | None = None
    ) -> Response:
        """The answer to a write, which may have changed much."""
        return await self.readers.in_thread(partial(reported, report, created=created, headers=headers))

    async def plain(self, request: Request, encoded: Encoded) -> Response:
        """An answer that shows no single map; it is not kept."""
        return (await self._pack(key_of(request.scope), encoded)).response(request.headers.get("if-none-match"))

    async def maps_for(self, grant: Grant | None, as_of: int | None = None, atlas: Atlas | None = None) -> list[str]:
        """The maps that have something in them, by name; with a token for one map, that one."""
        names = await self.readers.in_thread(partial((atlas or self.atlas).living_maps, as_of))
        only = self.authorizer.only_map(grant)
        return names if only is None else [one for one in names if one == only]

    async def drawn(self, work: Callable[[], Part], client: str) -> Part:
        """Do in a thread what draws, not more of it at once than is set, when it is the client's turn."""
        async with self._drawing.turn(client):
            return await to_thread.run_sync(partial(self.readers.in_time, work), limiter=self._drawers)

    async def kept(self, course: CourseMap, what: Hashable, make: Callable[[], Awaitable[str]]) -> str:
        """A piece of an answer, such as a picture, kept with the answers for as long as its map stands at this entry.

        `what` names it among all that is made of the map.
        """
        key = f"piece of {course.name}", repr(what).encode(), b"", False  # no path is so
        if kept := self._kept(key, course.name, course.last_entry):
            return kept.body.decode()
        made = await make()
        shown = Shown(course.name, course.last_entry, None)
        self.cache.keep(key, pack(Encoded(made.encode(), "text/plain"), key, (), shown))
        return made

    def _kept(self, key: Key, name: str, entry: int) -> CachedResponse | None:
        kept = self.cache.get(key)
        return kept if kept and (kept.map, kept.entry) == (name, entry) else None

    async def _draw(self, key: Key, shown: Shown, render: Callable[[], Encoded], client: str) -> CachedResponse:
        """Draw, unless somebody else has drawn the same while this one waited for its turn."""
        async with self._drawing.turn(client):
            if kept := self._kept(key, shown.map, shown.entry):
                return replace(kept, token=shown.token)
            made = await to_thread.run_sync(partial(self.readers.in_time, render), limiter=self._drawers)
            return await self._pack(key, made, shown)

    def _streamed(self, request: Request, key: Key, made: Streamed) -> Response:
        """Send an answer while it is made, in threads; nothing is made for a client that has it, or wants no body."""
        packed = key[3]
        tag = f"{made.tag}-gzip" if packed else made.tag
        headers = {"ETag": f'"{tag}"', **{name.decode(): value.decode() for name, value in self._caching}}
        given = request.headers.get("if-none-match")
        if given is not None and is_unchanged(given, tag):
            return Response(status_code=304, headers=headers)
        headers |= {"Content-Type": made.media_type, **({"Content-Encoding": "gzip"} if packed else {})}
        chunks = Chunks(iter(()) if request.scope.get(BODILESS) else made.pieces, packed=packed)
        return StreamedResponse(chunks, self.readers.in_thread, headers=headers)

    async def _pack(self, key: Key, encoded: Encoded, shown: Shown = NO_MAP) -> CachedResponse:
        most = PACKED_AT_ONCE if key[3] else SENT_AT_ONCE
        if len(encoded.body) <= most:
            return pack(encoded, key, self._caching, shown)
        return await self.readers.in_thread(partial(pack, encoded, key, self._caching, shown))


def _caching(settings: Settings) -> tuple[Header, ...]:
    """What caches may do with an answer, and what it depends on."""
    if settings.reads == "open":
        return (b"cache-control", b"no-cache"), (b"vary", b"Accept, Accept-Encoding")
    return (b"cache-control", b"private, no-cache"), (b"vary", b"Accept, Accept-Encoding, Authorization")


async def _service(request: Request) -> Service:
    # Like all dependencies `async`: the framework calls the others in threads.
    service: Service = request.app.state.service
    return service


TheService = Annotated[Service, Depends(_service)]
