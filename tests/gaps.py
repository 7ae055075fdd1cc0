"""How long a service answers nobody: the longest wait for `/health/live` while another client does something large.

Run by itself (`python tests/gaps.py PORT`) it asks again and again, and tells the longest wait, in seconds, whenever a
line comes in. That is a process of its own, so that what the other client does with answers disturbs nothing.
"""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PAUSE = 0.002
REQUEST = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Gaps:
    """The waits of a prober."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def longest(self) -> float:
        """The longest wait since this was asked last, in seconds."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


@contextmanager
def probing(port: int) -> Iterator[Gaps]:
    """Ask a service on this machine as long as the block lasts."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, __file__, str(port)], stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Gaps(process)
        finally:
            process.kill()


class _Prober:
    """Asks, and keeps the longest wait; one that still lasts counts as far as it got."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._lock = threading.Lock()
        self._longest = 0.0
        self._since: float | None = None

    def run(self) -> None:
        with socket.create_connection(("127.0.0.1", self._port)) as connection:
            while True:
                self._since = time.monotonic()
                connection.sendall(REQUEST)
                answer = connection.recv(65536)
                if not answer:
                    raise SystemExit("the service closed the connection")
                self._note()
                time.sleep(PAUSE)

    def _note(self) -> None:
        with self._lock:
            if self._since is not None:
                self._longest = max(self._longest, time.monotonic() - self._since)
                self._since = None

    def taken(self) -> float:
        with self._lock:
            still = time.monotonic() - self._since if self._since is not None else 0.0
            longest, self._longest = max(self._longest, still), 0.0
        return longest


def main() -> None:
    """Ask a port, and tell the longest wait for each line that comes in."""
    prober = _Prober(int(sys.argv[1]))
    threading.Thread(target=prober.run, daemon=True).start()
    for _ in sys.stdin:
        print(prober.taken(), flush=True)


if __name__ == "__main__":
    main()
