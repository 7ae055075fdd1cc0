"""How the app is run: what the server under it is told, in one process or in several on one socket."""

import os
import socket
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from api.observe import FOLDER
from api.settings import Settings, read_settings
from api.wire import protocol

APP = "api.app:factory"
"""As text, since each of several processes imports it for itself."""
GRACE = 30
"""Seconds in which running requests may end when the service is to stop: a SPARQL query takes up to 15."""


def server_config(app: str | FastAPI, settings: Settings, workers: int = 1, **more: Any) -> uvicorn.Config:
    """What the server is told. `more` are further options of uvicorn."""
    options = {
        "http": protocol(),
        "ws": "none",
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "proxy_headers": False,  # whom to believe is a setting of ours: see `api.proxies`
        "timeout_keep_alive": settings.idle_seconds,
        "timeout_graceful_shutdown": GRACE,
        **more,
    }
    return uvicorn.Config(app, factory=isinstance(app, str), workers=workers, **options)


def run(bound: socket.socket, workers: int) -> None:
    """Answer at the socket with so many processes, until the service is told to stop (SIGTERM, Ctrl-C).

    Raises `SystemExit` where it could not start.
    """
    config = server_config(APP, read_settings(), workers)
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
