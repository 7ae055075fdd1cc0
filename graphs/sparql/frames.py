"""Messages between the service and its worker over a socket: a length, the bytes, and perhaps an open file."""

import os
import socket

BEGUN = b"!"
"""The first that a query's process sends."""

_END = b"\0end"
_STATUS = 4

_LENGTH = 4


def send(to: socket.socket, message: bytes, file: int | None = None) -> None:
    """Send a message, and with it the right to use an open file."""
    head = len(message).to_bytes(_LENGTH)
    if file is None:
        to.sendall(head)
    else:
        sent = socket.send_fds(to, [head], [file])
        to.sendall(head[sent:])
    to.sendall(message)


def receive(of: socket.socket) -> tuple[bytes, int | None] | None:
    """The next message, and the file that came with it; None at the end."""
    head, files, _flags, _address = socket.recv_fds(of, _LENGTH, 1)
    if not head:
        return None
    head += _exactly(of, _LENGTH - len(head))
    return _exactly(of, int.from_bytes(head)), files[0] if files else None


def write_all(file: int, data: bytes) -> None:
    """Write all the bytes to a pipe."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def ending(status: int) -> bytes:
    """What the worker adds to a reply when the process that wrote it has ended: its wait status."""
    return _END + status.to_bytes(_STATUS)


def ended(reply: bytes) -> tuple[bytes, int] | None:
    """A reply and its process's wait status; None: the worker ended before it."""
    reply, status = reply[:-_STATUS], reply[-_STATUS:]
    return (reply.removesuffix(_END), int.from_bytes(status)) if reply.endswith(_END) else None


def _exactly(of: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = of.recv(min(count, 1 << 20))
        if not part:
            raise EOFError("the other side ended in the middle of a message")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
