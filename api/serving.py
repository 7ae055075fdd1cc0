"""How the app is run: what the server under it is told, in one process or in several on one socket."""

import os
import socket
from tempfile import TemporaryDirectory

import uvicorn
from uvicorn.supervisors import Multiprocess

from api.observe import FOLDER

APP = "api.app:factory"
"""As text, since each of several processes imports it for itself."""
GRACE = 30
"""Seconds in which running requests may end when the service is to stop: a SPARQL query takes up to 15."""


def run(bound: socket.socket, workers: int) -> None:
    """Answer at the socket with so many processes, until the service is told to stop (SIGTERM, Ctrl-C).

    Raises `SystemExit` where it could not start.
    """
    config = uvicorn.Config(
        APP,
        factory=True,
        workers=workers,
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,  # whom to believe is a setting of ours: see `api.proxies`
        timeout_graceful_shutdown=GRACE,
    )
    if workers == 1:
        uvicorn.Server(config).run([bound])
        return
    with TemporaryDirectory(prefix="conceptmap-metrics-") as folder:
        os.environ.setdefault(FOLDER, folder)
        processes = Multiprocess(config, [bound])
        processes.run()
    failed = [one.exitcode for one in processes.processes if (one.exitcode or 0) > 0]
    if failed:
        raise SystemExit(failed[0])
