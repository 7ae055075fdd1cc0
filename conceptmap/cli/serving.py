"""The command that serves the store over HTTP."""

import os
import socket
from contextlib import closing
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from conceptmap.cli.options import Store, opened_atlas
from conceptmap.cli.terminal import busy, message

APP = "api.app:factory"
"""Given to the server as text, since imports go down only."""
METRICS = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which several processes keep their counters, so that each can show the sums."""


def serve(
    context: typer.Context,
    *,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0: any.")] = 8000,
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=1, help="How many processes answer.")] = 1,
    store: Store = None,
) -> None:
    """Serve the store over HTTP, until Ctrl-C.

    All entries are checked first. `/docs` describes the service; further settings are environment variables.
    """
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    with opened_atlas(context, store) as atlas, busy("checking the store"):
        atlas.verify()
    if url := store or context.obj.store:
        os.environ["CONCEPTMAP_STORE"] = url
    config = uvicorn.Config(
        APP,
        factory=True,
        workers=workers,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=30,
    )
    with closing(_listening(host, port)) as bound, TemporaryDirectory(prefix="conceptmap-metrics-") as folder:
        shown = f"[{host}]" if ":" in host else host
        message(f"http://{shown}:{bound.getsockname()[1]}/ is the page, /docs describes the service")
        if workers > 1:
            os.environ.setdefault(METRICS, folder)
            Multiprocess(config, [bound]).run()
        else:
            uvicorn.Server(config).run([bound])


def _listening(host: str, port: int) -> socket.socket:
    """A socket for all processes. Raises `OSError`.

    Without TCP_NODELAY, which the connections inherit, the body of an answer would wait 40 ms for the
    client to confirm its headers.
    """
    bound = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048)
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound
