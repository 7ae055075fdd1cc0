"""Lines of log that repeat: the first few of a kind are written, the others of a minute are counted in one line."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Timer

WINDOW = 60.0
"""Seconds for which lines of a kind are counted together."""
WRITTEN = 5
"""Lines of a kind that are written in that time: enough to see what differs between them."""
MOST_KINDS = 500
"""Kinds that are told apart; lines of others are counted together."""
UNCOUNTED = "conceptmap.access"
"""Has a line for each request, which is what it is for."""

Kind = tuple[str, int, str]


@dataclass
class _Seen:
    """A kind of line: one of its records, how many came, and how many of them were not written."""

    record: logging.LogRecord
    count: int = 0
    left_out: int = 0


class RepeatFilter(logging.Filter):
    """Lets a handler write a line, or counts it; `write` writes the line that tells how many there were.

    Lines are of one kind where their logger, their level and the text before its arguments are put in are the same.
    """

    def __init__(self, write: Callable[[logging.LogRecord], object]) -> None:
        super().__init__()
        self._write = write
        self._seen: dict[Kind, _Seen] = {}
        self._lock = Lock()
        self._timer: Timer | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        if record.name == UNCOUNTED:
            return True
        with self._lock:
            kind = _kind(record)
            if kind not in self._seen and len(self._seen) >= MOST_KINDS:
                kind = ("", 0, "")
            seen = self._seen.setdefault(kind, _Seen(record))
            seen.count += 1
            if seen.count <= WRITTEN:
                self._begin()
                return True
            seen.record = record
            seen.left_out += 1
            return False

    def tell(self) -> None:
        """Write how many lines of each kind were not, and begin anew."""
        with self._lock:
            seen, self._seen = self._seen, {}
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        for one in seen.values():
            if one.left_out:
                self._write(_told(one))

    def _begin(self) -> None:
        if self._timer is None:
            self._timer = Timer(WINDOW, self.tell)
            self._timer.daemon = True
            self._timer.start()


def _kind(record: logging.LogRecord) -> Kind:
    return record.name, record.levelno, str(record.msg).partition("\n")[0][:100]


def _told(seen: _Seen) -> logging.LogRecord:
    last = seen.record
    said = last.getMessage().partition("\n")[0]
    made = {**last.__dict__, "msg": f"{said} (the last of {seen.left_out:,} more such lines that were counted)"}
    made |= {"args": (), "exc_info": None, "exc_text": None, "stack_info": None, "repeated": seen.left_out}
    return logging.makeLogRecord(made)
