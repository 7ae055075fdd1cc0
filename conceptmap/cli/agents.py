"""The command that opens the store to an agent."""

import gc
import signal

import typer

from conceptmap.cli.admin import GARBAGE
from conceptmap.cli.failures import USAGE
from conceptmap.cli.options import MapName, Store, opened_atlas
from conceptmap.cli.terminal import message


def mcp(context: typer.Context, *, name: MapName = None, store: Store = None) -> None:
    """Let an AI agent read the maps.

    The agent is a program that starts this command and speaks MCP with it, over standard input and output. It can ask,
    search, show, compare, check and draw, and cannot write. With --map it sees that map only.
    """
    from conceptmap.mcp import HOW_TO_INSTALL, is_installed

    if not is_installed():
        message(HOW_TO_INSTALL, "red")
        raise typer.Exit(USAGE)
    from conceptmap.mcp.stdio import serve_stdio

    gc.set_threshold(*GARBAGE)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # else Ctrl-C would wait for a thread that waits for input
    with opened_atlas(context, store) as atlas:
        name = name or context.obj.map
        serve_stdio(atlas, atlas.chosen(name).name if name else None)
