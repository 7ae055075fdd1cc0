"""Which entries of a map count: a part is its last put and the adds after it, and an end takes entries back.

An end that names no entry ends its part. One that names an entry undoes it: that entry does not count while the end
does, and so an end that is itself undone lets it count again.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from graphs.fold import Event, Kind, PartKey


class Mark(NamedTuple):
    """An entry without who said what: enough to tell which entries count. `target` is the entry that an end names."""

    sequence: int
    kind: Kind
    target: int | None
    day: int
    part: str


def standing(marks: Iterable[Mark]) -> dict[PartKey, list[int]]:
    """The entries that say what each part says, oldest first; parts that say nothing are left out.

    The marks are all those of a map up to a point, or of some parts of it, in order.
    """
    found = {key: _standing(of_part) for key, of_part in by_part(marks).items()}
    return {key: entries for key, entries in found.items() if entries}


def stands(marks: Sequence[Mark]) -> bool:
    """Whether a part says anything, by all marks of it in order. Looks back no further than it must."""
    return next((mark.kind != "end" for mark in _counting_back(marks) if mark.target is None), False)


def first_day(marks: Iterable[Mark]) -> int | None:
    """The smallest day that has a part that says something, by all marks of a map; None where nothing does."""
    return min((key.day for key in standing(marks)), default=None)


def by_part(marks: Iterable[Mark]) -> dict[PartKey, list[Mark]]:
    """The marks of each part, in order."""
    parts: dict[PartKey, list[Mark]] = {}
    for mark in marks:
        parts.setdefault(PartKey(mark.day, mark.part), []).append(mark)
    return parts


def counting(marks: Sequence[Mark]) -> list[Mark]:
    """Of all marks of one part in order those that count, oldest first."""
    return list(_counting_back(marks))[::-1]


def first_to_revert(marks: Sequence[Mark], entry: int) -> int | None:
    """The entry that must be reverted before this one, which counts; None where it can be reverted at once.

    Of puts and ends only the newest of a part that counts can be undone: what stood before it is then what stands. An
    add that still says something can be undone whatever joined the part behind it. Undoings of what came behind an
    entry do not stand in its way.
    """
    added = {mark.sequence for mark in marks if mark.kind == "add"}
    if entry in added and entry in _standing(marks):
        return None
    behind = [mark for mark in counting(marks) if mark.sequence > entry]
    blocking = [mark for mark in behind if mark.target is None or mark.target < entry]
    return blocking[-1].sequence if blocking else None


def standing_events(events: Iterable[Event]) -> list[Event]:
    """Of all events of a map those that say what its parts say, by day and entry."""
    known = {event.sequence: event for event in events}
    ordered = [known[sequence] for sequence in sorted(known)]
    marks = [Mark(one.sequence, one.kind, one.target, one.key.day, one.key.part) for one in ordered]
    found = [known[sequence] for sequences in standing(marks).values() for sequence in sequences]
    return sorted(found, key=lambda event: (event.key.day, event.sequence))


def _standing(marks: Sequence[Mark]) -> list[int]:
    """The same for the marks of one part: from the newest back to the last put, without what is undone."""
    found: list[int] = []
    for mark in _counting_back(marks):
        if mark.target is None:
            if mark.kind == "end":
                break
            found.append(mark.sequence)
            if mark.kind == "put":
                break
    return found[::-1]


def _counting_back(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks of one part that count, newest first: an end that counts takes its target out before that comes."""
    undone: set[int] = set()
    for mark in reversed(marks):
        if mark.sequence not in undone:
            if mark.target is not None:
                undone.add(mark.target)
            yield mark
