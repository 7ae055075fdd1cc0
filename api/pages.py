"""Pages of long lists: a cursor names where the next page begins, a Link header its address (RFC 8288)."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from api.errors import BadRequest

Item = TypeVar("Item")
MOST = 1000


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
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


def page_of(items: Sequence[Item], at: str | None, limit: int) -> Page[Item]:
    """A page of a list that is there as a whole; the cursor counts."""
    start = read_cursor(at, int) if at else 0
    if start < 0:
        raise BadRequest("this is no cursor of ours; begin again without one")
    end = start + limit
    return Page(items[start:end], cursor(end) if end < len(items) else None)


def page_after(found: Sequence[Item], limit: int, key: Callable[[Item], str | int]) -> Page[Item]:
    """A page of what was looked up with one more than fits; the cursor is the key of its last item."""
    return Page(found[:limit], cursor(key(found[limit - 1])) if len(found) > limit else None)


def links(request: Request, page: Page[Any]) -> dict[str, str]:
    """The Link header to the next page; the address is relative."""
    if page.next is None:
        return {}
    others = [one for one in parse_qsl(request.url.query, keep_blank_values=True) if one[0] != "cursor"]
    query = urlencode([*others, ("cursor", page.next)])
    return {"Link": f'<{request.scope["root_path"]}{_path(request)}?{query}>; rel="next"'}


def _path(request: Request) -> str:
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.split(b"?")[0].decode("latin-1")
