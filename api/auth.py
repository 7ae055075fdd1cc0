"""Who may do what: the bearer token of a request, and what it allows."""

from functools import partial

from starlette.requests import Request

from api.errors import Forbidden, Unauthorised
from api.limits import RateLimit
from api.reading import Reading
from api.settings import Settings
from graphs.tokens import Grant, Scope, Tokens

MOST_CHARACTERS = 500
FAILURES, FAILURES_AT_ONCE = 1.0, 30
"""Wrong tokens a second, and at once, that one address may try."""


class Gate:
    """Lets requests in."""

    def __init__(self, tokens: Tokens, reading: Reading, settings: Settings) -> None:
        self._tokens = tokens
        self._reading = reading
        self._reads_are_open = settings.reads == "open"
        self._writes = RateLimit(settings.write_rate, settings.write_burst)
        self._reads = RateLimit(settings.read_rate, settings.read_burst)
        self._failures = RateLimit(FAILURES, FAILURES_AT_ONCE)
        self.serves_anybody = self._reads_are_open and not settings.read_rate
        """Whether a reader needs to be looked at no further."""

    async def reader(self, request: Request, name: str | None) -> Grant | None:
        """Who reads a map, or (None) the list of maps; nobody in particular where reads are open."""
        grant = await self._grant(request)
        self._reads.check(grant.name if grant else _address(request))
        if grant is None and not self._reads_are_open:
            raise Unauthorised("reading needs a token here: send Authorization: Bearer TOKEN")
        if grant and name is not None and not grant.allows("read", name) and not self._reads_are_open:
            raise Forbidden(f"the token is for map {grant.map!r}")
        return grant

    def only_map(self, grant: Grant | None) -> str | None:
        """The one map whose name a reader may see; None where all may be seen."""
        return grant.map if grant and not self._reads_are_open else None

    async def writer(self, request: Request, scope: Scope, name: str) -> Grant:
        """Who writes to a map. Raises `Unauthorised`, `Forbidden` or `TooManyRequests`."""
        grant = await self._grant(request)
        if grant is None:
            raise Unauthorised("writing needs a token: send Authorization: Bearer TOKEN")
        self._writes.check(grant.name)
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
        grant = (
            await self._reading.in_thread(partial(self._tokens.find, token)) if len(token) <= MOST_CHARACTERS else None
        )
        if grant is None:
            self._failures.check(_address(request))
            raise Unauthorised("the token is unknown, revoked or past its time", "invalid_token")
        return grant


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
