"""Moments of a log: which entries stood at one, and which entry was the last at a time."""

from datetime import datetime

from sqlalchemy import BindParameter, bindparam, exists, func, select

from graphs.entries import timestamp
from graphs.log import Log
from graphs.tables import ENTRIES, MAPS

_LATER = ENTRIES.alias()
_UNTIL: BindParameter[int] = bindparam("until")
_REPLACED = exists().where(
    _LATER.c.map == ENTRIES.c.map,
    _LATER.c.day == ENTRIES.c.day,
    _LATER.c.part == ENTRIES.c.part,
    _LATER.c.revision > ENTRIES.c.revision,
    _LATER.c.sequence <= _UNTIL,
)
_OF_MAP = select(ENTRIES.c.sequence, ENTRIES.c.time).where(ENTRIES.c.map == bindparam("map"))
_STANDING = _OF_MAP.where(ENTRIES.c.sequence <= _UNTIL, ~_REPLACED).order_by(ENTRIES.c.sequence)
_LAST_BY = _OF_MAP.where(ENTRIES.c.time <= bindparam("time")).order_by(ENTRIES.c.sequence.desc()).limit(1)
_LAST = select(func.max(MAPS.c.last).label("sequence"))
_FIRST = _OF_MAP.order_by(ENTRIES.c.sequence).limit(1)


def standing(log: Log, name: str, at: int) -> list[int]:
    """The entries that counted when the log ended with this one: the last of each part, in order."""
    return [row.sequence for row in log.rows(_STANDING, map=name, until=at)]


def entry_at(log: Log, name: str, time: datetime) -> int | None:
    """The map's last entry that was not written later than this; None if it has none."""
    return next((row.sequence for row in log.rows(_LAST_BY, map=name, time=timestamp(time))), None)


def first_entry(log: Log, name: str) -> tuple[int, str] | None:
    """The number and the time of the map's first entry; None if it has none."""
    return next(((row.sequence, row.time) for row in log.rows(_FIRST, map=name)), None)


def last_entry(log: Log) -> int:
    """The number of the log's last entry, whichever map it belongs to; 0 for an empty log."""
    return log.rows(_LAST)[0].sequence or 0
