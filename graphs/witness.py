"""The witness: a small file beside a store that says which entries it acknowledged, so that their loss is noticed.

A line is appended after each commit, and not waited for: a power cut may take the newest lines, or leave others in
their place, but a line that is whole speaks of an entry that was on disk before it. Many processes may append at once.
"""

import hashlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import msgspec

_log = logging.getLogger(__name__)

GROWN = 1 << 16
"""Bytes from which on only the last line of each map is kept: some 400 writes, which are read within milliseconds."""


class Seen(NamedTuple):
    """A map's entry that was acknowledged, the link of the chain at it (hexadecimal), and when it was written."""

    map: str
    sequence: int
    link: str
    time: str


class Witness:
    """What one file says of a store. Where it cannot be written that is logged once, and nothing fails."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._grown = GROWN
        self._can_write = True
        self._writing = Lock()

    def read(self) -> dict[str, Seen]:
        """The last entry that was seen of each map; nothing where there is no file, or none that can be read."""
        try:
            data = self.file.read_bytes()
        except OSError:
            return {}
        newest: dict[str, Seen] = {}
        for line in data.split(b"\n"):
            seen = _seen(line)
            if seen and (seen.map not in newest or seen.sequence > newest[seen.map].sequence):
                newest[seen.map] = seen
        self._grown = max(GROWN, 4 * sum(map(len, map(_line, newest.values()))))
        return newest

    def add(self, seen: Seen) -> None:
        """Say that an entry was acknowledged."""
        try:
            handle = os.open(self.file, os.O_WRONLY | os.O_APPEND)
            try:
                os.write(handle, _line(seen))  # one call, so that no other process writes into the line
                size = os.fstat(handle).st_size
            finally:
                os.close(handle)
        except FileNotFoundError:
            self.write([seen])
        except OSError as error:
            self._complain(error)
        else:
            self._can_write = True
            if size > self._grown:
                self.write(self.read().values())

    def make(self) -> None:
        """Begin to be a witness, of a store that has no entries yet."""
        if not self.file.exists():
            self.write([])

    def write(self, all_seen: Iterable[Seen]) -> None:
        """Say only this from now on. What another process adds in the same moment may be left out."""
        lines = list(map(_line, all_seen))
        unfinished = self.file.with_name(f"{self.file.name}.{os.getpid()}.part")
        try:
            with self._writing:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                _write_synced(unfinished, lines)
                unfinished.replace(self.file)
                sync(self.file.parent)
        except OSError as error:
            self._complain(error)
        else:
            self._can_write = True

    def _complain(self, error: OSError) -> None:
        if self._can_write:
            self._can_write = False
            reason = (error.strerror or str(error)).lower()
            _log.warning("%s cannot be written (%s): a loss of entries might not be noticed", self.file, reason)


def _write_synced(file: Path, lines: Iterable[bytes]) -> None:
    """Write a new file and wait for the disk: else a power cut may leave an empty one in the place of a full one."""
    try:
        with file.open("wb") as opened:
            opened.writelines(lines)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError:
        file.unlink(missing_ok=True)
        raise


def sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _line(seen: Seen) -> bytes:
    """The line, apart from what a power cut may have left before it."""
    said = msgspec.json.encode(seen)
    return b"\n%s %s\n" % (_checksum(said), said)


def _seen(line: bytes) -> Seen | None:
    """What a line says; None where it is not as it was written."""
    checksum, _, said = line.partition(b" ")
    return msgspec.json.decode(said, type=Seen) if said and _checksum(said) == checksum else None


def _checksum(said: bytes) -> bytes:
    return hashlib.sha256(said).hexdigest()[:8].encode()
