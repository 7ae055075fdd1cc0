"""Bytes over real connections: what is sent as it is, and what comes back."""

import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Reply:
    """What came back over a connection: the statuses of its answers, all bytes, and whether the service ended it."""

    statuses: list[int]
    data: bytes
    ended: bool

    @property
    def status(self) -> int:
        """The status of the only answer."""
        (status,) = self.statuses
        return status


class Wire:
    """A connection on which bytes are written and read as they are."""

    def __init__(self, port: int, source: str = "127.0.0.1", window: int = 0) -> None:
        """`window`: bytes that the system takes before they are read, where these are to be few."""
        self.socket = socket.socket()
        self.socket.settimeout(10)
        if window:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        self.socket.bind((source, 0))
        self.socket.connect(("127.0.0.1", port))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Write; where the service has ended the connection, as far as it took it."""
        with suppress(OSError):
            self.socket.sendall(data)

    def reply(self, seconds: float = 10, *, answers: int | None = None) -> Reply:
        """All that comes until the service ends the connection, has sent so many answers, or says no more."""
        data, ended, until = b"", False, monotonic() + seconds
        with suppress(TimeoutError):
            while monotonic() < until and (answers is None or _whole(data) < answers):
                self.socket.settimeout(max(0.01, until - monotonic()))
                try:
                    piece = self.socket.recv(65536)
                except ConnectionResetError:
                    piece = b""
                if not piece:
                    ended = True
                    break
                data += piece
        return Reply([int(one) for one in re.findall(rb"HTTP/1\.1 (\d{3}) ", data)], data, ended)


def _whole(data: bytes) -> int:
    """How many whole answers stand in the bytes."""
    count = 0
    while (found := re.match(rb"HTTP/1\.1 (\d{3}).*?\r\n\r\n", data, re.DOTALL)) is not None:
        length = re.search(rb"(?i)content-length: *(\d+)", found[0])
        end = found.end() + (int(length[1]) if length else 0)
        if len(data) < end:
            break
        count, data = count + 1, data[end:]
    return count


def asked(port: int, data: bytes, *, answers: int | None = 1) -> Reply:
    """What comes back for these bytes."""
    with Wire(port) as wire:
        wire.send(data)
        return wire.reply(answers=answers)
