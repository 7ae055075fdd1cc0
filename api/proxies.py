"""Proxies before the service: which are believed when they say who asks, and under which prefix it is reached."""

import logging
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

Network = IPv4Network | IPv6Network
Header = tuple[bytes, bytes]

_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*")
"""A prefix goes into links and headers, so it has nothing that is to be escaped there, or that leads elsewhere."""
_HOST = re.compile(rb"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_ADDRESS = re.compile(r"\[?([0-9A-Fa-f:.]+?)\]?(?::[0-9]{1,5})?")
"""An address, or one with a port: `1.2.3.4:80` or `[::1]:80`."""
_SCHEMES = frozenset((b"http", b"https"))
_log = logging.getLogger(__name__)
MOST_HOPS = 20
"""Entries of X-Forwarded-For that are looked at: more proxies than any chain has."""


def checked_prefix(text: str) -> str:
    """A prefix as `/a/b`, or empty. Raises `ValueError`.

    >>> checked_prefix("maps/"), checked_prefix("/"), checked_prefix("/a/b")
    ('/maps', '', '/a/b')
    """
    bare = text.strip().rstrip("/")
    prefix = bare if bare.startswith("/") or not bare else f"/{bare}"
    if _PREFIX.fullmatch(prefix) is None:
        raise ValueError("a prefix has letters, digits, '-', '_', '.' and '~', with '/' between, as in /course/maps")
    return prefix


def parsed_address(text: str) -> str | None:
    """An IP address as it is compared, without its port; None where there is none.

    >>> parsed_address("10.0.0.7:4711"), parsed_address("[2001:db8::1]:80"), parsed_address("::ffff:10.0.0.7")
    ('10.0.0.7', '2001:db8::1', '10.0.0.7')
    >>> parsed_address("unknown"), parsed_address("")
    (None, None)
    """
    text = text.strip()
    for one in (text, found[1] if (found := _ADDRESS.fullmatch(text)) else ""):
        try:
            address = ip_address(one)
        except ValueError:
            continue
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return str(mapped or address)
    return None


def path_of(scope: Scope) -> str:
    """The address of a request within the service: its path without the prefix."""
    path: str = scope["path"]
    return path[len(scope.get("root_path", "")) :]


class ProxyMiddleware:
    """The outermost layer where there are proxies or a prefix: it makes a request say who asks, and under which prefix.

    The prefix becomes the `root_path` of the request, with which its path begins (ASGI), whether or not the proxy took
    it off. `own` are the first pieces of the service's addresses: a path that begins with one of these has no prefix.
    """

    def __init__(self, app: ASGIApp, trusted: Collection[Network], prefix: str, own: Collection[str]) -> None:
        self._app = app
        self._trusted = trusted
        self._prefix = prefix
        self._own = own
        self._is_trusted = lru_cache(4096)(self._found)  # a proxy asks again and again

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            prefix = self._prefix
            client = scope.get("client")
            if client and self._is_trusted(client[0]):
                given = self._believed(scope)
                prefix = prefix or given
            if prefix:
                self._put_under(scope, prefix)
        await self._app(scope, receive, send)

    def _found(self, host: str) -> bool:
        if (text := parsed_address(host)) is None:
            return False
        address = ip_address(text)
        return any(address in network for network in self._trusted)

    def _believed(self, scope: Scope) -> str:
        """Take over what a trusted proxy says; the prefix that it names."""
        headers: list[Header] = scope["headers"]
        names = {name for name, _ in headers}
        if b"forwarded" in names and b"x-forwarded-for" not in names:
            _log.warning("a proxy sends Forwarded (RFC 7239), which is not read: let it write X-Forwarded-For")
        near = self._note_client(scope, list(_values(headers, b"x-forwarded-for"))[-MOST_HOPS:])
        if (scheme := _nth(headers, b"x-forwarded-proto", near).lower()) in _SCHEMES:
            scope["scheme"] = scheme.decode()
        if _HOST.fullmatch(host := _nth(headers, b"x-forwarded-host", near)):
            scope["headers"] = [(name, host if name == b"host" else value) for name, value in headers]
        try:
            return checked_prefix(_nth(headers, b"x-forwarded-prefix", near).decode("latin-1"))
        except ValueError:
            return ""

    def _note_client(self, scope: Scope, hops: list[bytes]) -> int:
        """Take over who asks: the last address that no trusted proxy has. How many proxies stand between."""
        for near, one in enumerate(reversed(hops), 1):
            if (address := parsed_address(one.decode("latin-1"))) is None:
                return near
            scope["client"] = (address, 0)
            if not self._is_trusted(address):
                return near
        return len(hops)

    def _put_under(self, scope: Scope, prefix: str) -> None:
        path: str = scope["path"]
        begins = path == prefix or path.startswith(f"{prefix}/")
        if not begins or prefix.split("/", 2)[1] in self._own:
            scope["path"] = prefix + path
            scope["raw_path"] = prefix.encode() + scope["raw_path"]
        scope["root_path"] = prefix


def _values(headers: list[Header], name: bytes) -> Iterator[bytes]:
    """All values of a header, those that stand in one line too."""
    for given, value in headers:
        if given == name:
            yield from (one.strip() for one in value.split(b","))


def _nth(headers: list[Header], name: bytes, near: int) -> bytes:
    """The value that the proxy before the client wrote, which is so near to us: proxies append, or replace all."""
    values = list(_values(headers, name))
    return values[-min(max(near, 1), len(values))] if values else b""
