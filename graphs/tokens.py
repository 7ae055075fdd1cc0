"""Tokens: who may do what, and until when. A token is shown once; what is kept is its SHA-256."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from graphs.backends import TOKENS
from graphs.entries import timestamp
from graphs.ledger import utc_now
from graphs.log import Log
from ontology.errors import RefusedWrite, UnknownToken

Scope = Literal["admin", "append", "read"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""Each may do what those behind it may."""

PREFIX = "cmap_"
"""Tells people and secret scanners what they have found."""

_BY_DIGEST = select(TOKENS).where(TOKENS.c.digest == bindparam("digest"))
_ALL = select(TOKENS).order_by(TOKENS.c.created, TOKENS.c.name)
_STANDING = select(TOKENS.c.expires).where(TOKENS.c.name == bindparam("name"), TOKENS.c.revoked.is_(None))
_REVOKE = (
    update(TOKENS).where(TOKENS.c.name == bindparam("of"), TOKENS.c.revoked.is_(None)).values(revoked=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token allows: its bearer's name and scope, on one map or on all, until a time (RFC 3339, UTC)."""

    name: str
    scope: Scope
    map: str | None
    created: str
    expires: str | None = None
    revoked: str | None = None

    def allows(self, scope: Scope, name: str | None) -> bool:
        """Whether the bearer may do this to a map (None: to the store as a whole)."""
        return SCOPES.index(self.scope) <= SCOPES.index(scope) and self.map in (None, name)

    def stands(self, now: datetime) -> bool:
        """Whether the token is neither revoked nor past its time."""
        return self.revoked is None and (self.expires is None or timestamp(now) < self.expires)


class Tokens:
    """The tokens of a store."""

    def __init__(self, log: Log, clock: Callable[[], datetime] = utc_now) -> None:
        self._log = log
        self._clock = clock

    def create(self, name: str, scope: Scope, map: str | None = None, days: float | None = None) -> str:
        """Make a token of 32 random bytes and return it, this once. Raises `RefusedWrite` where the name is taken.

        A name is free again when its token is revoked or past its time: two bearers never write to one part.
        """
        token = PREFIX + secrets.token_urlsafe(32)
        now = self._clock()
        expires = None if days is None else timestamp(now + timedelta(days=days))

        def add(connection: Connection) -> None:
            standing = connection.execute(_STANDING, {"name": name}).scalars()
            if any(until is None or timestamp(now) < until for until in standing):
                raise RefusedWrite(f"there is a token named {name!r}; revoke it first, or choose another name")
            values = {"digest": _digest(token), "name": name, "scope": scope, "map": map}
            connection.execute(insert(TOKENS).values(**values, created=timestamp(now), expires=expires))

        self._log.transact(add)
        return token

    def revoke(self, name: str) -> None:
        """End the token of this name, at once and in every process. Raises `UnknownToken`."""
        if not any(grant.name == name and grant.revoked is None for grant in self.grants()):
            raise UnknownToken(f"there is no token named {name!r}; `conceptmap token list` lists them")
        at = timestamp(self._clock())
        self._log.transact(lambda connection: _revoke(connection, name, at))

    def grants(self) -> list[Grant]:
        """What all tokens allow or allowed, oldest first."""
        return [_grant(row) for row in self._log.rows(_ALL)]

    def find(self, token: str) -> Grant | None:
        """What this token allows now; None if it is unknown, revoked or past its time."""
        digest = _digest(token)
        for row in self._log.rows(_BY_DIGEST, digest=digest):
            if hmac.compare_digest(bytes(row.digest), digest) and (grant := _grant(row)).stands(self._clock()):
                return grant
        return None


def _revoke(connection: Connection, name: str, at: str) -> None:
    connection.execute(_REVOKE, {"of": name, "at": at})


def _grant(row: Row[Any]) -> Grant:
    return Grant(row.name, row.scope, row.map, row.created, row.expires, row.revoked)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
