"""HTTP/1.1 as it comes over the wire: which heads of requests are taken, and how long a connection may be held.

The parser is httptools where that is installed, else h11. Both give the same answers: what one of them would let
through and the other not, the checks here refuse.
"""

from importlib.util import find_spec

from api.wire.connections import Wire

PARSER = "httptools" if find_spec("httptools") else "h11"


def protocol() -> type[Wire]:
    """The class whose objects are the connections."""
    if PARSER == "httptools":
        from api.wire.by_httptools import HttptoolsWire  # noqa: PLC0415  (it may not be installed)

        return HttptoolsWire
    from api.wire.by_h11 import H11Wire  # noqa: PLC0415  (not needed otherwise)

    return H11Wire
