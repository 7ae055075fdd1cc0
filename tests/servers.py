"""The service as a process of its own, on a free port of this machine, for tests and trials that need real ones."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dialogues import in_process

STARTED = 60.0
PROGRAM = (sys.executable, "-c", "from conceptmap.cli import main; raise SystemExit(main())")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON data."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """A running service. Each request makes a connection of its own, so that any worker may get it."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path
    token: str = ""

    def connection(self, timeout: float = 30) -> http.client.HTTPConnection:
        """A connection of its own, which stays with the worker that takes it."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        timeout: float = 30,
        over: http.client.HTTPConnection | None = None,
        **headers: str,
    ) -> Answer:
        """Send a request, over a connection that is kept if one is given; names of headers are written with _."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token and "Authorization" not in sent:
            sent["Authorization"] = f"Bearer {self.token}"
        with nullcontext(over) if over else closing(self.connection(timeout)) as connection:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())

    def append(
        self, name: str, day: int, node: str, timeout: float = 30, over: http.client.HTTPConnection | None = None
    ) -> Answer:
        """Append a concept to a day."""
        said = {"nodes": [{"id": node, "kind": "Concept", "label": node}]}
        body = json.dumps(said).encode()
        path = f"/maps/{name}/days/{day}/nodes"
        return self.ask(path, "POST", body, timeout, over, Content_Type="application/json")

    def lines(self) -> list[dict[str, Any]]:
        """What it has logged so far."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def kill(self) -> None:
        """End the whole process group at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(
    store: str, folder: Path, *options: str, token: str = "", descriptors: str = "", **settings: str
) -> Iterator[Server]:
    """Run `conceptmap serve` on a store; it is ended at the end of the block, if it still runs.

    `descriptors`: how many files and connections it may have open, where that is less than usual.
    """
    port = free_port()
    log = folder / f"server-{port}.log"
    names = {f"CONCEPTMAP_{name.upper()}": value for name, value in settings.items()}
    few = ["prlimit", f"--nofile={descriptors}"] if descriptors else []
    command = [*few, *PROGRAM, "serve", "--store", store, "--port", str(port), *options]
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env={**os.environ, **names},
            start_new_session=True,
        )
    server = Server(process, port, log, token)
    try:
        _wait_until_ready(server)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def new_token(store: str, name: str, scope: str = "admin") -> str:
    """A token of the store, made by the command, in this process."""
    status, printed, said = in_process(["token", "create", "--store", store, "--name", name, "--scope", scope], "")
    assert status == 0, said
    return printed.strip()


def _wait_until_ready(server: Server) -> None:
    until = time.monotonic() + STARTED
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with {server.process.returncode}:\n{server.log.read_text()}")
        try:
            if server.ask("/health/ready", timeout=5).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"the server did not get ready:\n{server.log.read_text()}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
