"""Which form an answer takes: the suffix of the address says so, else what the request accepts (RFC 9110, 12.5.1)."""

from api.errors import NotAcceptable
from conceptmap.formats import by_suffix

JSON = "application/json"
JSON_LD = "application/ld+json"
TURTLE = "text/turtle"
TRIG = "application/trig"
MARKDOWN = "text/markdown"


def media_type_of(suffix: str) -> str | None:
    """The media type that a suffix (without its dot) names: that of an export format, or of notes."""
    form = by_suffix().get(f".{suffix}")
    return form.media_type if form else MARKDOWN if suffix == "md" else None


def split_suffix(text: str, offered: tuple[str, ...]) -> tuple[str, str | None]:
    """The last piece of an address without its suffix, and the media type that this names; only suffixes we know count.

    >>> split_suffix("26.ttl", (JSON, TURTLE)), split_suffix("gpt-3.5", (JSON, TURTLE))
    (('26', 'text/turtle'), ('gpt-3.5', None))
    """
    name, dot, suffix = text.rpartition(".")
    kind = media_type_of(suffix)
    return (name, kind) if dot and kind in offered else (text, None)


def chosen(accept: str | None, offered: tuple[str, ...]) -> str:
    """The offered media type that the request likes best, the first of several equals. Raises `NotAcceptable`.

    >>> chosen("text/turtle, application/json;q=0.5", (JSON, TURTLE)), chosen("text/*", (JSON, TURTLE))
    ('text/turtle', 'text/turtle')
    >>> chosen(None, (JSON, TURTLE))
    'application/json'
    """
    ranges = [_range(one) for one in (accept or "").split(",") if one.strip()] or [("*/*", 1.0)]
    ranked = [(_quality(kind, ranges), -index, kind) for index, kind in enumerate(offered)]
    quality, _, kind = max(ranked)
    if quality <= 0:
        raise NotAcceptable(f"there is {', '.join(offered)}; accept one of them")
    return kind


def content_type(kind: str) -> str:
    """The media type as the answer names it: text says its encoding."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether the answer may be compressed.

    >>> accepts_gzip("br, gzip"), accepts_gzip("gzip;q=0"), accepts_gzip("")
    (True, False, False)
    """
    return any(name == "gzip" and quality > 0 for name, quality in map(_range, accept_encoding.split(",")))


def _range(text: str) -> tuple[str, float]:
    name, *parameters = (one.strip().lower() for one in text.split(";"))
    quality = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                quality = float(parameter[2:])
            except ValueError:
                quality = 0.0
    return name, quality


def _quality(kind: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that a media type is in."""
    for pattern in (kind, f"{kind.split('/', maxsplit=1)[0]}/*", "*/*"):
        for name, quality in ranges:
            if name == pattern:
                return quality
    return 0.0
