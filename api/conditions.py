"""Entity tags and conditional requests (RFC 9110, section 13).

A tag begins with what it is a revision of: `"r3-…"` is a form of revision 3 of a part, `"e812-…"` one of a map at
entry 812. A write may name the tag of any form.
"""

import re
from collections.abc import Callable

from starlette.requests import Request

from api.errors import BadRequest, PreconditionFailed, PreconditionRequired
from ontology.errors import ConceptMapError

_TAG = re.compile(r'\s*(W/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?:,|$)')


def tags(header: str) -> list[tuple[bool, str]]:
    """The tags of a condition, each with whether it is a strong one. Raises `BadRequest`.

    >>> tags('"r3-ab", W/"x"')
    [(True, 'r3-ab'), (False, 'x')]
    """
    found, at = [], 0
    while at < len(header):
        if (one := _TAG.match(header, at)) is None:
            raise BadRequest('a condition is "*" or a list of entity tags in double quotes')
        found.append((one[1] is None, one[2]))
        at = one.end()
    return found


def is_unchanged(if_none_match: str, tag: str) -> bool:
    """Whether the client has this state already; compressed or not, weak or strong."""
    if if_none_match.strip() == "*":
        return True
    bare = tag.removesuffix("-gzip")
    return any(
        bare == one.strip().removeprefix("W/").strip('"').removesuffix("-gzip") for one in if_none_match.split(",")
    )


def expected_number(
    request: Request,
    letter: str,
    current: int,
    *,
    exists: bool,
    required: bool,
    stale: Callable[[int], ConceptMapError],
) -> int | None:
    """The revision (or entry) that a write is to meet, by the request's conditions; None: any.

    `stale` makes the error for a tag of another revision. Raises it, `PreconditionFailed`, or
    `PreconditionRequired` where something would be replaced unseen.
    """
    if_match, if_none_match = request.headers.get("if-match"), request.headers.get("if-none-match")
    if exists and if_none_match is not None and _names(if_none_match, letter, current):
        raise PreconditionFailed("it exists already", {"ETag": f'"{letter}{current}"'})
    if if_match is None:
        if exists and required:
            what = f'send If-Match with the ETag that was read ("{letter}{current}" now), or If-Match: * to replace any'
            raise PreconditionRequired(f"it exists; {what}", {"ETag": f'"{letter}{current}"'})
        return current if required else None
    if not exists:
        raise PreconditionFailed("it does not exist; leave If-Match out to create it")
    if if_match.strip() == "*":
        return current
    numbers = [_number(one, letter) for strong, one in tags(if_match) if strong]
    if current not in numbers:
        raise stale(next((one for one in numbers if one is not None), 0))
    return current


def _names(condition: str, letter: str, current: int) -> bool:
    return condition.strip() == "*" or any(_number(one, letter) == current for _, one in tags(condition))


def _number(tag: str, letter: str) -> int | None:
    """The revision that a tag is of."""
    found = re.match(rf"{letter}(\d{{1,18}})(?:-|$)", tag)
    return int(found[1]) if found else None
