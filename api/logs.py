"""Logs: one JSON object a line on standard error, each with the id of the request that it belongs to."""

import json
import logging
import re
import secrets
from contextvars import ContextVar
from datetime import UTC, datetime

REQUEST = ContextVar[str | None]("request", default=None)
"""The id of the request that is being answered."""

ACCESS = logging.getLogger("conceptmap.access")
SERVICE = logging.getLogger("conceptmap.service")

_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "color_message", "taskName"}


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON; what was given as `extra` stands beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        data: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "process": record.process,
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := REQUEST.get():
            data["request"] = request
        data |= {name: value for name, value in record.__dict__.items() if name not in _OWN}
        if record.exc_info:
            data["exception"] = self.formatException(record.exc_info)
        return json.dumps(data, default=str)


def configure_logging(level: str) -> None:
    """Send all of this process's logs to standard error, as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"  # our own line for each request says more


def request_id(given: str | None) -> str:
    """The id that the client gave, if it can stand in a log and a header, else a new one.

    >>> request_id("a-1"), len(request_id("a b"))
    ('a-1', 16)
    """
    return given if given and _GIVEN.fullmatch(given) else secrets.token_hex(8)
