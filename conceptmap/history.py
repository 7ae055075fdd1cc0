"""The past of a map as people ask for it: the entry that a point in time names, and what entries did."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time

from conceptmap.notebook import filled, heading, html, markdown_table, marked, table, text_table, to_the_second
from conceptmap.plain_words import counted
from graphs.history import NodeStep, Step, steps_of, steps_of_node
from graphs.ledger import Ledger
from graphs.log import NEWEST
from graphs.view import FoldedNode
from ontology.errors import InvalidMoment, UnknownEntry, UnknownMap

PointInTime = int | str | datetime
"""The number of an entry, a time (written ones in UTC where they name no zone), or a date, which means its end."""

_NUMBER = re.compile(r"[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


COLUMNS = ("entry", "time", "day", "part", "by", "status", "kind", "label", "text")
"""What the table of a node's history shows: each entry, and the node as it then stood."""


@dataclass(frozen=True, slots=True)
class NodeHistory:
    """The entries that touched a node, newest first."""

    id: str
    steps: tuple[NodeStep, ...]

    def __repr__(self) -> str:
        return "\n".join([self._heading, text_table(*filled(COLUMNS, self._rows))])

    def _repr_html_(self) -> str:
        return html(heading(self._heading), table(*filled(COLUMNS, self._rows)))

    def _repr_markdown_(self) -> str:
        return f"**{marked(self._heading)}**\n\n{markdown_table(*filled(COLUMNS, self._rows))}"

    @property
    def _heading(self) -> str:
        node = self.last_known
        return f"{node.label if node else self.id}: {counted(len(self.steps), 'entry', 'entries')}"

    @property
    def _rows(self) -> list[tuple[object, ...]]:
        return [
            (
                one.entry.sequence,
                to_the_second(one.entry.time),
                one.entry.day,
                one.entry.part,
                one.entry.author,
                one.status,
                one.node and one.node.kind,
                one.node and one.node.label,
                one.node and one.node.text,
            )
            for one in self.steps
        ]

    @property
    def first_seen(self) -> NodeStep:
        """The first entry that said anything of it."""
        return self.steps[-1]

    @property
    def last_touched(self) -> NodeStep:
        """The last entry that changed what is said of it."""
        return self.steps[0]

    @property
    def last_known(self) -> FoldedNode | None:
        """The node as it stands, or stood last."""
        return next((step.node for step in self.steps if step.node), None)


def history_of(ledger: Ledger, name: str, *, day: int | None, as_of: int | None, at: int | None) -> list[Step]:
    """The entries of a map (of one day), newest first, each with what it did to its part. Raises `UnknownMap`."""
    before = NEWEST if at is None else at + 1
    lines = ledger.log.lines(name, before=before, day=day, as_of=as_of, limit=NEWEST)
    if not lines and name not in (known := ledger.log.maps()):
        raise UnknownMap(name, known)
    return list(steps_of(reversed(lines)))[::-1]


def history_of_node(ledger: Ledger, name: str, node: str, *, as_of: int | None, at: int | None) -> NodeHistory | None:
    """The history of the node of this id, and of those that lead to it; None if nothing was ever said of them."""
    entries = ledger.log.entries(name, until=at)
    ids = {node, *ledger.view(name, at).leading_to(node)}
    steps = tuple(steps_of_node(entries, ids, ledger.vocabulary, as_of))
    return NodeHistory(node, steps[::-1]) if steps else None


def entry_of(ledger: Ledger, name: str, point: PointInTime) -> int:
    """The entry that a map's log ended with at a point: the last that is not later.

    A time without a zone is UTC; a date alone means its end. Raises `InvalidMoment` for what is no point or has
    not come yet, `UnknownEntry` where the map has nothing as old as that, and `UnknownMap`.
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
    last = ledger.log.last(name)
    if entry > last:
        raise InvalidMoment(f"entry {entry} is still to come; map {name!r} ends with entry {last}")
    return entry


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
