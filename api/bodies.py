"""Bodies of requests: so many bytes, in so much time, in a form that is taken, never encoded."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from api.errors import BadRequest, BodyTooLarge, SlowBody, UnsupportedMediaType
from api.settings import Settings


def media_type(request: Request, *taken: str) -> str:
    """The media type of the body, if the address takes it. Raises `UnsupportedMediaType`."""
    given = request.headers.get("content-type", "")
    kind, *parameters = (one.strip().lower() for one in given.split(";"))
    if kind not in taken:
        said = f"no {kind} is taken here" if kind else "the request has no Content-Type"
        raise UnsupportedMediaType(f"{said}; send {', '.join(taken)}", {"Accept": ", ".join(taken)})
    charsets = [one.partition("=")[2].strip('"') for one in parameters if one.startswith("charset=")]
    if any(one not in ("utf-8", "utf8", "us-ascii") for one in charsets):
        raise UnsupportedMediaType(f"the encoding {charsets[0]!r} is not taken; send UTF-8")
    return kind


async def read_body(request: Request, settings: Settings) -> bytes:
    """The whole body. Raises `BodyTooLarge` as soon as it is, `SlowBody`, or `UnsupportedMediaType` if encoded."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        headers = {"Accept-Encoding": "identity"}
        raise UnsupportedMediaType(f"the body is encoded ({encoding}); send it as it is", headers)
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > settings.max_body:
        raise _too_large(settings)
    try:
        async with asyncio.timeout(settings.body_seconds):
            return await _collected(request, settings)
    except TimeoutError as error:
        raise SlowBody(f"the body took more than {settings.body_seconds:g} s", {"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise BadRequest("the body broke off") from error


async def _collected(request: Request, settings: Settings) -> bytes:
    parts, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > settings.max_body:
            raise _too_large(settings)
        parts.append(chunk)
    return b"".join(parts)


def _too_large(settings: Settings) -> BodyTooLarge:
    return BodyTooLarge(f"the body may have {settings.max_body:,} bytes", {"Connection": "close"})
