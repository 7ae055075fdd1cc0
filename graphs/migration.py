"""Stores of schemas 1 and 2 brought forward: the same entries under the same numbers, in the tables of today.

It all happens in the transaction that is open, so a crash in between leaves the old store.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from graphs.backends import Connection
from graphs.entries import Counts, Entry, Write, entry_from, first_link, row_check, sha256, values_of
from graphs.statements import OLD, SCHEMA_VERSION, TABLES, Statement, named
from ontology.errors import StoreCorrupted

Said = dict[object, int]
"""What a part asserts, by id or identity: for each a hash of its text, since whole documents would be much to keep."""


class _Old(NamedTuple):
    """An entry of the old tables."""

    sequence: int
    map: str
    day: int
    part: str
    revision: int
    author: str
    time: str
    media_type: str
    body: bytes
    text: str | None
    digest: bytes


def bring_forward(connection: Connection) -> None:
    """Copy all into today's tables and drop the old ones.

    Entries keep number, revision, bytes, document and times; they become puts, or ends where there was no document.
    Numbers were given across all maps, so those of one map may have gaps. What each entry added, changed and removed
    is counted; how large the newest state of a map is only a fold knows, so it is left unknown. Raises
    `StoreCorrupted` where an entry is not what was written, or is missing.
    """
    old = connection.tables() & {"maps", "entries", "tokens", "answers"}
    for name in old:
        connection.define(f"ALTER TABLE {name} RENAME TO {OLD}{name}")
    for text in TABLES:
        if not text.startswith("CREATE TABLE store "):
            connection.define(text)
    copied = sum(_copy_map(connection, name, last) for name, last in connection.execute(Statement.OLD_MAPS))
    if copied != connection.execute(Statement.OLD_COUNT)[0][0]:
        raise StoreCorrupted("the store has entries of a map that it does not list; restore it from a backup")
    if "tokens" in old:
        _copy_tokens(connection)
    if "answers" in old:
        _copy_answers(connection)
    for name in old:
        connection.define(f"DROP TABLE {OLD}{name}")
    connection.define("DROP SEQUENCE IF EXISTS entry_sequence")
    connection.execute(Statement.SET_VERSION, version=SCHEMA_VERSION)


def _copy_map(connection: Connection, name: str, last: int) -> int:
    """Copy the entries of a map, page by page, and return how many there are."""
    link, count, found = first_link(name), 0, 0
    revisions: Counter[tuple[int, str]] = Counter()
    standing: dict[tuple[int, str], Said] = {}
    for page in _pages(connection, name):
        entries = []
        for one in page:
            part = (one.day, one.part)
            revisions[part] += 1
            _check(one, revisions[part])
            said = _said(one.text)
            entries.append(_brought_forward(one, _counts(standing.pop(part, {}), said), link))
            if one.text is not None:
                standing[part] = said
            link, found = entries[-1].chain, one.sequence
        connection.execute_many(Statement.ADD_ENTRY, list(map(values_of, entries)))
        count += len(entries)
    if found != last:
        raise StoreCorrupted(f"entry {last}, the last of map {name!r}, is missing; restore the store from a backup")
    first_day = min((day for day, _ in standing), default=None)
    connection.execute(Statement.ADD_MAP, map=name, last=last, first_day=first_day, nodes=None, edges=None)
    return count


def _pages(connection: Connection, name: str) -> Iterator[list[_Old]]:
    after = 0
    while rows := connection.execute(Statement.OLD_ENTRIES, map=name, after=after):
        yield [_Old(*row) for row in rows]
        after = rows[-1][0]


def _check(one: _Old, revision: int) -> None:
    """Raise `StoreCorrupted` where an entry is not what was written, by the digest that the old version made of it."""
    where = f"entry {one.sequence} (map {one.map!r}, day {one.day}, part {one.part!r}, revision {one.revision})"
    document = None if one.text is None else sha256(one.text.encode("utf-8", "surrogatepass")).hex()
    fields = [*one[:8], sha256(one.body).hex(), document]
    if sha256(json.dumps(fields, separators=(",", ":")).encode()) != one.digest:
        raise StoreCorrupted(f"{where} is not what was written; restore the store from a backup")
    if one.revision != revision:
        raise StoreCorrupted(f"an entry before {where} is missing; restore the store from a backup")


def _brought_forward(one: _Old, counts: Counts, link: bytes) -> Entry:
    write = Write(
        one.day,
        one.part,
        None,
        one.body,
        one.media_type,
        one.author,
        kind="end" if one.text is None else "put",
        counts=counts,
    )
    return entry_from(one.map, write, one.text, sequence=one.sequence, revision=one.revision, time=one.time, link=link)


def _said(text: str | None) -> Said:
    if text is None:
        return {}
    document = msgspec.json.decode(text)
    said: Said = {node["id"]: hash(msgspec.json.encode(node)) for node in document.get("nodes", ())}
    for edge in document.get("edges", ()):
        identity = (edge["source"], edge["relation"], edge["target"], edge.get("dimension"))
        said[identity] = hash(msgspec.json.encode(edge))
    return said


def _counts(before: Said, after: Said) -> Counts:
    """How many assertions came, changed and went."""
    both = before.keys() & after.keys()
    changed = sum(before[one] != after[one] for one in both)
    return len(after) - len(both), changed, len(before) - len(both)


def _copy_tokens(connection: Connection) -> None:
    for row in connection.execute(Statement.OLD_TOKENS):
        connection.execute(Statement.ADD_TOKEN, **named(Statement.ADD_TOKEN, [*row, row_check(*row)]))


def _copy_answers(connection: Connection) -> None:
    """Copy what writes were answered; the answer says to which map."""
    for author, key, request, answer, time in connection.execute(Statement.OLD_ANSWERS):
        row = (json.loads(answer)["map"], author, key, request, answer, time)
        connection.execute(Statement.ADD_ANSWER, **named(Statement.ADD_ANSWER, row))
