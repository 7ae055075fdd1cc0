"""The statements of the log: what it asks of its tables, and entries as their rows."""

from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, exists, func, insert, null, select, update

from graphs.entries import Entry
from graphs.tables import ENTRIES, MAPS

PAGE = 100
"""How many entries are fetched at once: a reader never holds a connection or a long snapshot."""

ROW = select(ENTRIES)
PAGE_OF_MAP = (
    ROW.where(
        ENTRIES.c.map == bindparam("map"),
        ENTRIES.c.sequence > bindparam("after"),
        ENTRIES.c.sequence <= bindparam("until"),
    )
    .order_by(ENTRIES.c.sequence)
    .limit(PAGE)
)
ALL_PAGE = ROW.where(ENTRIES.c.sequence > bindparam("after")).order_by(ENTRIES.c.sequence).limit(PAGE)
ONE = ROW.where(ENTRIES.c.sequence == bindparam("sequence"))
HEAD = (
    select(ENTRIES.c.revision, ENTRIES.c.sequence)
    .where(ENTRIES.c.map == bindparam("map"), ENTRIES.c.day == bindparam("day"), ENTRIES.c.part == bindparam("part"))
    .order_by(ENTRIES.c.revision.desc())
    .limit(1)
)
EVERY_MAP = select(MAPS.c.map, MAPS.c.last)
LATER = ENTRIES.alias()
IS_NEWEST = ~exists().where(
    LATER.c.map == ENTRIES.c.map,
    LATER.c.day == ENTRIES.c.day,
    LATER.c.part == ENTRIES.c.part,
    LATER.c.revision > ENTRIES.c.revision,
)
COUNTS = select(ENTRIES.c.map, func.count().label("entries")).group_by(ENTRIES.c.map).order_by(ENTRIES.c.map)
LIVING_MAPS = select(MAPS.c.map).where(
    exists().where(
        ENTRIES.c.map == MAPS.c.map,
        ENTRIES.c.document.is_not(null()),
        ENTRIES.c.day <= bindparam("as_of", type_=BigInteger),
        IS_NEWEST,
    )
)
LINES = select(
    ENTRIES.c.sequence,
    ENTRIES.c.day,
    ENTRIES.c.part,
    ENTRIES.c.revision,
    ENTRIES.c.author,
    ENTRIES.c.time,
    ENTRIES.c.media_type,
    ENTRIES.c.document.is_(null()).label("ends"),
)
LAST = select(MAPS.c.last).where(MAPS.c.map == bindparam("map"))
ADD_ENTRIES = insert(ENTRIES)
ADD_MAP = insert(MAPS)
MOVE_MAP = update(MAPS).where(MAPS.c.map == bindparam("of")).values(last=bindparam("to"))
NEWEST = 2**62


def entry_of(row: Row[Any]) -> Entry:
    """The entry that a row holds."""
    return Entry(
        sequence=row.sequence,
        map=row.map,
        day=row.day,
        part=row.part,
        revision=row.revision,
        author=row.author,
        time=row.time,
        media_type=row.media_type,
        body=bytes(row.body),
        text=row.document,
    )


def values_of(entry: Entry) -> dict[str, str | int | bytes | None]:
    """The row of an entry."""
    return {
        "sequence": entry.sequence,
        "map": entry.map,
        "day": entry.day,
        "part": entry.part,
        "revision": entry.revision,
        "author": entry.author,
        "time": entry.time,
        "media_type": entry.media_type,
        "digest": entry.digest,
        "document": entry.text,
        "body": entry.body,
    }
