"""Points in time as people write them: the number of an entry, a UTC time, or a date."""

import re
from datetime import UTC, datetime, time

from graphs.ledger import Ledger
from ontology.errors import InvalidMoment, UnknownEntry, UnknownMap

PointInTime = int | str | datetime

_NUMBER = re.compile(r"\d{1,18}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def entry_of(ledger: Ledger, name: str, point: PointInTime) -> int:
    """The entry that a map's log ended with at a point: the last that is not later.

    A time without a zone is UTC; a date alone means its end. Raises `InvalidMoment` for what is no point or has not
    come yet, `UnknownEntry` where the map has nothing as old as that, and `UnknownMap`.
    """
    first = ledger.log.first_entry(name)
    if first is None:
        raise UnknownMap(name, ledger.log.maps())
    if isinstance(point, str) and _NUMBER.fullmatch(point.strip()):
        point = int(point)
    found = _by_number(ledger, name, point) if isinstance(point, int) else _by_time(ledger, name, point)
    if found is None or found < first[0]:
        raise UnknownEntry(f"map {name!r} has nothing as old as {point}; its first entry is {first[0]}, of {first[1]}")
    return found


def _by_number(ledger: Ledger, name: str, entry: int) -> int:
    last = ledger.log.last_entry()
    if entry > last:
        raise InvalidMoment(f"entry {entry} is still to come; the log ends with entry {last}")
    return min(entry, ledger.log.last(name))


def _by_time(ledger: Ledger, name: str, point: str | datetime) -> int | None:
    now = ledger.now().astimezone(UTC)
    asked = time_of(point)
    is_today = isinstance(point, str) and _DATE.fullmatch(point.strip()) and asked.date() == now.date()
    if asked > now and not is_today:
        raise InvalidMoment(f"{point} has not come yet; it is {now:%Y-%m-%dT%H:%M:%SZ}")
    return ledger.log.entry_at(name, asked)


def time_of(point: str | datetime) -> datetime:
    """A written time, in UTC where it names no zone. Raises `InvalidMoment`.

    >>> time_of("2026-11-24T20:00:00Z") == time_of("2026-11-24 21:00+01:00") == time_of("2026-11-24T20:00")
    True
    >>> str(time_of("2026-11-24"))
    '2026-11-24 23:59:59.999999+00:00'
    """
    try:
        read = datetime.fromisoformat(point.strip()) if isinstance(point, str) else point
        if isinstance(point, str) and _DATE.fullmatch(point.strip()):
            read = datetime.combine(read, time.max)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidMoment(
            f"{point!r} is neither an entry nor a time; write a number, or a UTC time such as 2026-11-24T20:00:00Z"
        ) from error
