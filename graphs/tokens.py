"""Tokens: who may do what, and until when. A token is shown once; what is kept is its SHA-256."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import asdict, astuple, dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from graphs.backends import Connection, Row
from graphs.entries import row_check, timestamp
from graphs.ledger import utc_now
from graphs.log import Log
from graphs.statements import Statement
from ontology.errors import RefusedWrite, StoreCorrupted, UnknownToken

Scope = Literal["admin", "append", "read"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""Each may do what those behind it may."""

PREFIX = "cmap_"
"""Tells people and secret scanners what they have found."""


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

        A name is free again when its token is revoked or past its time: two bearers never write to one part. What its
        former bearer was answered under idempotency keys is forgotten, that the new one does not get it.
        """
        token = PREFIX + secrets.token_urlsafe(32)
        now = self._clock()
        expires = None if days is None else timestamp(now + timedelta(days=days))

        def add(connection: Connection) -> None:
            grants = [_grant(row) for row in connection.execute(Statement.STANDING_TOKENS, name=name)]
            if any(grant.stands(now) for grant in grants):
                raise RefusedWrite(f"there is a token named {name!r}; revoke it first, or choose another name")
            grant, digest = Grant(name, scope, map, timestamp(now), expires), _digest(token)
            connection.execute(Statement.ADD_TOKEN, digest=digest, check=_check(digest, grant), **asdict(grant))
            connection.execute(Statement.FORGET_ALL_ANSWERS_TO, author=name)

        self._log.transact(add)
        return token

    def revoke(self, name: str) -> None:
        """End the token of this name, at once and in every process. Raises `UnknownToken`."""
        at = timestamp(self._clock())

        def revoke(connection: Connection) -> None:
            rows = connection.execute(Statement.STANDING_TOKENS, name=name)
            if not rows:
                raise UnknownToken(f"there is no token named {name!r}; `conceptmap token list` lists them")
            for digest, *fields, _ in rows:  # also one that was changed
                check = _check(digest, replace(Grant(*fields), revoked=at))
                connection.execute(Statement.REVOKE_TOKEN, digest=digest, revoked=at, check=check)

        self._log.transact(revoke)

    def grants(self) -> list[Grant]:
        """What all tokens allow or allowed, oldest first."""
        return [_grant(row) for row in self._log.rows(Statement.TOKENS)]

    def find(self, token: str) -> Grant | None:
        """What this token allows now; None if it is unknown, revoked or past its time."""
        digest = _digest(token)
        for row in self._log.rows(Statement.TOKEN, digest=digest):
            if hmac.compare_digest(row[0], digest) and (grant := _grant(row)).stands(self._clock()):
                return grant
        return None


def _grant(row: Row) -> Grant:
    """What a row grants. Raises `StoreCorrupted` where it is not what was written."""
    digest, *fields, check = row
    grant = Grant(*fields)
    if _check(digest, grant) != check:
        raise StoreCorrupted(
            f"the token named {grant.name!r} is not what was written; restore a backup, or revoke it by `accept`"
        )
    return grant


def _check(digest: bytes, grant: Grant) -> bytes:
    return row_check(digest, *astuple(grant))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
