"""Who may do what, and how often: the bearer token of a request, what it allows, and rate limits."""

import math
from functools import partial

from starlette.requests import Request

from api.errors import Forbidden, TooManyRequests, Unauthorised
from api.settings import Settings
from api.workers import ReadWorkers
from conceptmap.atlas import Atlas
from conceptmap.values import Grant, Rates, Scope

MOST_CHARACTERS = 500
"""A longer token is none of ours; it is not even looked up."""
FAILURES, FAILURES_AT_ONCE = 1.0, 30
"""Wrong tokens a second, and at once, that one address may try: more than mistakes need, and too few to guess one."""


class RateLimit:
    """So many requests a second for each client, and so many at once; `kind` tells them from those of other limits."""

    def __init__(self, kind: str, rate: float, burst: int, rates: Rates, readers: ReadWorkers) -> None:
        self._kind = kind
        self._rate = rate
        self._burst = burst
        self._rates = rates
        self._readers = readers

    async def check(self, client: str) -> None:
        """Count a request of the client. Raises `TooManyRequests` where it has made too many."""
        if not self._rate:
            return
        take = partial(self._rates.take, f"{self._kind} {client}", 1 / self._rate, self._burst / self._rate)
        if seconds := take() if self._rates.is_local else await self._readers.in_thread(take):
            raise TooManyRequests(max(1, math.ceil(seconds)))


class Authorizer:
    """Says who a request is from and whether that may read or write a map, and slows down whoever asks too often."""

    def __init__(self, atlas: Atlas, readers: ReadWorkers, settings: Settings) -> None:
        self._tokens = atlas.tokens
        self._readers = readers
        self._reads_are_open = settings.reads == "open"
        limit = partial(RateLimit, rates=atlas.rates, readers=readers)
        self._writes = limit("write", settings.write_rate, settings.write_burst)
        self._reads = limit("read", settings.read_rate, settings.read_burst)
        self._failures = limit("wrong token", FAILURES, FAILURES_AT_ONCE)
        self.serves_anybody = self._reads_are_open and not settings.read_rate
        """Whether a reader needs to be looked at no further."""

    async def reader(self, request: Request, name: str | None) -> Grant | None:
        """Who reads a map, or (None) the list of maps; nobody in particular where reads are open."""
        grant = await self._grant(request)
        await self._reads.check(client_of(request, grant))
        if grant is None and not self._reads_are_open:
            raise Unauthorised("reading needs a token here: send Authorization: Bearer TOKEN")
        if name is not None:
            self.check_map(grant, name)
        return grant

    async def learner(self, request: Request, name: str, token: str = "", *, writes: bool = False) -> Grant:
        """Who keeps what they have learned of a map: any holder of a token who may read it, whatever its scope.

        The token is that of the request's header, else one that was sent otherwise.
        Raises `Unauthorised`, `Forbidden` or `TooManyRequests`.
        """
        if token and "authorization" not in request.headers:
            grant: Grant | None = await self._found(request, token)
            await self._reads.check(client_of(request, grant))
            self.check_map(grant, name)
        else:
            grant = await self.reader(request, name)
        if grant is None:
            raise Unauthorised("what is learned is kept for the holder of a token: send Authorization: Bearer TOKEN")
        if writes:
            await self._writes.check(grant.name)
        return grant

    def check_map(self, grant: Grant | None, name: str) -> None:
        """Raise `Forbidden` where a reader's token is for another map, and reads are not open."""
        if grant and not grant.allows("read", name) and not self._reads_are_open:
            raise Forbidden(f"the token is for map {grant.map!r}")

    def only_map(self, grant: Grant | None) -> str | None:
        """The one map whose name a reader may see; None where all may be seen."""
        return grant.map if grant and not self._reads_are_open else None

    async def writer(self, request: Request, scope: Scope, name: str, token: str = "") -> Grant:
        """Who writes to a map, by the request's header, else by a token that was sent otherwise.

        Raises `Unauthorised`, `Forbidden` or `TooManyRequests`.
        """
        sent_otherwise = token and "authorization" not in request.headers
        grant = await (self._found(request, token) if sent_otherwise else self._grant(request))
        if grant is None:
            raise Unauthorised("writing needs a token: send Authorization: Bearer TOKEN")
        await self._writes.check(grant.name)
        if not grant.allows(scope, name):
            only = f", for map {grant.map!r}" if grant.map is not None else ""
            raise Forbidden(f"this needs the scope {scope} on map {name!r}; the token has {grant.scope}{only}")
        return grant

    async def _grant(self, request: Request) -> Grant | None:
        """What the request's token allows; None where it has none."""
        header = request.headers.get("authorization")
        if header is None:
            return None
        scheme, _, token = header.strip().partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Unauthorised("send the token as Authorization: Bearer TOKEN", "invalid_request")
        return await self._found(request, token)

    async def _found(self, request: Request, token: str) -> Grant:
        """What a token allows."""
        grant = (
            await self._readers.in_thread(partial(self._tokens.find, token)) if len(token) <= MOST_CHARACTERS else None
        )
        if grant is None:
            await self._failures.check(_address(request))
            raise Unauthorised("the token is unknown, revoked or past its time", "invalid_token")
        return grant


def client_of(request: Request, grant: Grant | None) -> str:
    """By whom a request counts: the holder of its token, else the address that it comes from."""
    return grant.name if grant else _address(request)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
