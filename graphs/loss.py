"""What a store has lost, or what was changed in it behind the program's back: found, and said in words.

What can be had cheaply is looked at whenever a store is opened (`glance`): the witness's entries, each map's last one,
the tokens. Whether every entry is as it was written takes reading all of them (`examine`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from graphs.backends import Connection
from graphs.entries import Entry, chained, first_link, is_as_written, row_check
from graphs.statements import Statement
from graphs.witness import Seen
from ontology.errors import StoreCorrupted

MOST_SAID = 20
"""Losses that an error names; `conceptmap accept` lists all."""


def report(where: str, losses: Sequence[str]) -> None:
    """Raise `StoreCorrupted` with what was found, and what to do, unless nothing was."""
    if not losses:
        return
    accept = f"conceptmap --store {where} accept --backup FILE"
    more = [f"and {len(losses) - MOST_SAID} more"] if len(losses) > MOST_SAID else []
    advice = f"restore the newest backup into a new store, or keep what is left: {accept}"
    raise StoreCorrupted("\n".join([*losses[:MOST_SAID], *more, advice]))


def report_gone(where: str, seen: Mapping[str, Seen], witness: Path) -> None:
    """Raise `StoreCorrupted` where a store is empty, or is not there, though entries were acknowledged."""
    if not seen:
        return
    losses = [missing(name, 1, one.sequence, one.time) for name, one in sorted(seen.items())]
    advice = f"restore the newest backup: conceptmap --store {where} restore FILE; to begin anew, remove {witness}"
    raise StoreCorrupted("\n".join([f"{where} is empty, or not there:", *losses[:MOST_SAID], advice]))


def glance(connection: Connection, seen: Mapping[str, Seen]) -> list[str]:
    """What can be seen at once to be lost or changed. `seen` must have been read before: entries only come."""
    lasts = {row[0]: row[1] for row in connection.execute(Statement.MAPS)}
    found: list[str] = []
    for name in sorted(lasts.keys() | seen.keys()):
        found += _glance_at_map(connection, name, lasts.get(name, 0), seen.get(name))
    return [*found, *changed_tokens(connection)]


def unseen_entries(connection: Connection, seen: Mapping[str, Seen]) -> list[Seen]:
    """The last entry of each map of which none as new was seen."""
    found = []
    for name, last, *_ in connection.execute(Statement.MAPS):
        if name not in seen or seen[name].sequence < last:
            for chain, time in connection.execute(Statement.CHAIN, map=name, sequence=last):
                found.append(Seen(name, last, bytes(chain).hex(), time))
    return found


def examine(name: str, last: int, seen: Seen | None, entries: Iterable[Entry]) -> Iterator[str]:
    """What is lost or changed in a map, of which all entries are given; it is said to end with entry `last`."""
    link, found = first_link(name), 0
    erased: dict[int, Entry] = {}
    for entry in entries:
        if not is_as_written(entry):
            yield f"{entry.name} is not what was written"
        if chained(link, entry.digest) != entry.chain:
            yield broken(name, found, entry.sequence)
        if seen and seen.sequence == entry.sequence and seen.link != entry.chain.hex():
            yield _replaced(seen)
        if entry.erased is not None:
            erased[entry.sequence] = entry
        if entry.erases:
            erased.pop(entry.target or 0, None)
        link, found = entry.chain, entry.sequence
    if seen and found < seen.sequence >= last:
        yield missing(name, found + 1, seen.sequence, seen.time)
    elif found < last:
        yield missing(name, found + 1, last)
    for entry in erased.values():
        yield f"{entry.name} has lost what it said, and no later entry erases it"


def changed_tokens(connection: Connection) -> Iterator[str]:
    """The tokens of which any field is not what was written."""
    for row in connection.execute(Statement.TOKENS):
        *fields, check = row
        if row_check(*fields) != bytes(check):
            yield f"the token of {row[1]!r} is not what was written"


def broken(name: str, before: int, sequence: int) -> str:
    """What is said where an entry does not continue the chain behind the one `before` it."""
    if sequence > before + 1:
        return missing(name, before + 1, sequence - 1)
    return f"entry {sequence} of map {name!r} does not follow the entry before it"


def missing(name: str, first: int, last: int, time: str | None = None) -> str:
    """What is said of entries that are gone.

    >>> missing("bread", 23, 48, "2026-11-24T20:00:00.000000Z")
    "entries 23 to 48 of map 'bread', acknowledged until 2026-11-24T20:00:00.000000Z, are missing"
    """
    until = "" if time is None else f", acknowledged {'on' if first == last else 'until'} {time},"
    if first == last:
        return f"entry {last} of map {name!r}{until} is missing"
    return f"entries {first} to {last} of map {name!r}{until} are missing"


def _glance_at_map(connection: Connection, name: str, last: int, seen: Seen | None) -> Iterator[str]:
    if seen is not None:
        link = _link(connection, name, seen.sequence)
        if link is None:
            yield missing(name, _before(connection, name, seen.sequence) + 1, seen.sequence, seen.time)
        elif link.hex() != seen.link:
            yield _replaced(seen)
        elif last < seen.sequence:
            yield f"map {name!r} has entry {seen.sequence}, but is said to end at entry {last}"
    if last > (seen.sequence if seen else 0) and _link(connection, name, last) is None:
        yield missing(name, _before(connection, name, last) + 1, last)


def _replaced(seen: Seen) -> str:
    was = f"is not the one that was acknowledged on {seen.time}: it, or an entry before it, was replaced"
    return f"entry {seen.sequence} of map {seen.map!r} {was}"


def _link(connection: Connection, name: str, sequence: int) -> bytes | None:
    return next((bytes(row[0]) for row in connection.execute(Statement.CHAIN, map=name, sequence=sequence)), None)


def _before(connection: Connection, name: str, sequence: int) -> int:
    """The number of the newest entry before one; 0 where there is none."""
    return next((row[0] for row in connection.execute(Statement.BEFORE, map=name, sequence=sequence)), 0)
