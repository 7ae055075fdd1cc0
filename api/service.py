"""The service: what all routes share, made once for an app from an atlas and settings."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Annotated, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from api.answers import Answers, Encoded, Key, Ready, key_of, pack
from api.auth import Gate
from api.moment import Moment
from api.reading import Reading
from api.settings import Settings
from api.writing import Writing
from conceptmap.atlas import Atlas
from conceptmap.map import CourseMap
from graphs.idempotency import IdempotencyKeys
from graphs.ledger import utc_now
from graphs.tokens import Grant, Tokens

PACKED_AT_ONCE = 100_000
"""Bytes up to which an answer is compressed in the event loop."""

Part = TypeVar("Part")


class Service:
    """The parts of the service."""

    def __init__(self, atlas: Atlas, settings: Settings) -> None:
        log = atlas.ledger.log
        self.atlas = atlas
        self.settings = settings
        self.vocabulary = atlas.ledger.vocabulary
        self.reading = Reading(atlas)
        self.writing = Writing(atlas)
        self.idempotency = IdempotencyKeys(log, utc_now)
        self.gate = Gate(Tokens(log), self.reading, settings)
        self.answers = Answers(settings.cache_bytes)
        self._drawing = CapacityLimiter(settings.drawings)

    async def answer(
        self,
        request: Request,
        name: str,
        moment: Moment,
        work: Callable[[CourseMap], Encoded],
        *,
        scans: bool = False,
        waits: bool = False,
    ) -> Response:
        """Answer from a map as of a moment. `work` must depend on nothing but the map and the address.

        `scans` says that the work looks at all of the map, `waits` that it reads the log.
        """
        return await self.answer_in_two(request, name, moment, work, _same, scans=scans, waits=waits)

    async def answer_in_two(
        self,
        request: Request,
        name: str,
        moment: Moment,
        work: Callable[[CourseMap], Part],
        finish: Callable[[Part], Encoded],
        *,
        scans: bool = False,
        waits: bool = False,
        draws: bool = False,
    ) -> Response:
        """The same, in two steps: `finish` no longer sees the map; where it `draws`, it runs in a thread."""
        await self.gate.reader(request, name)
        key, token = key_of(request.scope), await self.reading.token()
        async with self.reading.course(name, moment.as_of, moment.at, token) as course:
            sequence = course.held.entry if course.held else 0
            if ready := self._known(key, name, sequence):
                self.answers.renew(key, ready, token)
                return ready.response(request.headers.get("if-none-match"))
            part = await self.reading.run(course, work, scans=scans, waits=waits)
        ready = await self._draw(key, name, sequence, partial(finish, part)) if draws else None
        if ready is None:
            ready = await self._pack(key, finish(part))
        ready = replace(ready, map=name, sequence=sequence, token=token)
        self.answers.keep(key, ready)
        return ready.response(request.headers.get("if-none-match"))

    async def maps_for(self, grant: Grant | None, as_of: int | None = None) -> list[str]:
        """The maps that have something in them, by name; with a token for one map, that one."""
        names = await self.reading.in_thread(partial(self.atlas.ledger.log.living_maps, as_of))
        only = self.gate.only_map(grant)
        return names if only is None else [one for one in names if one == only]

    async def drawn(self, work: Callable[[], Part]) -> Part:
        """Do in a thread what draws, not more of it at once than is set."""
        async with self._drawing:
            return await to_thread.run_sync(work)

    async def plain(self, request: Request, encoded: Encoded) -> Response:
        """An answer that shows no single map."""
        return (await self._pack(key_of(request.scope), encoded)).response(request.headers.get("if-none-match"))

    def _known(self, key: Key, name: str, sequence: int) -> Ready | None:
        ready = self.answers.get(key)
        return ready if ready and (ready.map, ready.sequence) == (name, sequence) else None

    async def _draw(self, key: Key, name: str, sequence: int, finish: Callable[[], Encoded]) -> Ready:
        """Draw, unless somebody else has drawn the same while this one waited for its turn."""
        async with self._drawing:
            if ready := self._known(key, name, sequence):
                return ready
            return await self._pack(key, await to_thread.run_sync(finish))

    async def _pack(self, key: Key, encoded: Encoded) -> Ready:
        is_open = self.settings.reads == "open"
        vary = "Accept, Accept-Encoding" if is_open else "Accept, Accept-Encoding, Authorization"
        work = partial(pack, encoded, key, "no-cache" if is_open else "private, no-cache", vary)
        return work() if len(encoded.body) <= PACKED_AT_ONCE else await self.reading.in_thread(work)


def _same(encoded: Encoded) -> Encoded:
    return encoded


async def _service(request: Request) -> Service:
    # Like all dependencies `async`: the framework calls the others in threads.
    service: Service = request.app.state.service
    return service


TheService = Annotated[Service, Depends(_service)]
