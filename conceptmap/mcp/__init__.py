"""A door for agents: the maps as tools of the Model Context Protocol (https://modelcontextprotocol.io).

A model turns free wording into exact questions; what it gets back is what everybody else gets, with every citation.
`tools` lists what can be asked for, `server` speaks the protocol, `stdio` serves one program over its streams. The
service (`api`) opens the same door over HTTP. `server` and `stdio` need the extra `mcp`.
"""

from importlib.util import find_spec

HOW_TO_INSTALL = "agents need the package mcp; install it beside conceptmap: python -m pip install 'mcp>=2.3,<3'"


def is_installed() -> bool:
    """Whether the extra `mcp` is there."""
    return find_spec("mcp") is not None
