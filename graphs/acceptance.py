"""Knowingly going on with what is left of a store: after a copy of it as it is, its chains are made anew."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from graphs.backends import WITNESS, Connection
from graphs.backup import copy_unchecked
from graphs.entries import Entry, chained, digest_of, entry_of, first_link, row_check, timestamp
from graphs.log import NEWEST, Log, entry_pages
from graphs.standing import Mark, first_day
from graphs.statements import Statement
from ontology.errors import RefusedWrite, StoreUnavailable


def accept(log: Log, file: Path, time: datetime) -> list[str]:
    """Make what is left of a store whole again, after a copy to a new file, and return all that is accepted.

    Entries stay as they are; their digests and chains, and the witness, are made anew. Tokens that were changed are
    revoked. Where nothing is missing or changed nothing is done, not even a copy. Raises `RefusedWrite` where the file
    exists, or `StoreUnavailable`.
    """
    if file.exists():
        raise RefusedWrite(f"{file} exists; choose another name, or move it away")
    losses = list(log.losses())
    if losses:
        _copy_as_it_is(log, file)
        log.transact(lambda connection: _make_whole(connection, log.seen_maps(), timestamp(time)))
        log.bear_witness()
    return losses


def _copy_as_it_is(log: Log, file: Path) -> None:
    """Copy a store and its witness, so that the copy opens as little as the store does."""
    if log.file is None:
        copy_unchecked(log, file)
    else:
        try:
            with closing(sqlite3.connect(log.file)) as source, closing(sqlite3.connect(file)) as target:
                source.backup(target)
        except sqlite3.Error as error:
            raise StoreUnavailable(f"{file} cannot be written: {error}") from error
    if log.witness and log.witness.exists():
        shutil.copy(log.witness, file.with_name(file.name + WITNESS))


def _make_whole(connection: Connection, names: list[str], time: str) -> None:
    """Do it, in the transaction that is open."""
    for name in names:
        marks = [Mark(*row[:5]) for row in connection.execute(Statement.MARKS, map=name, until=NEWEST)]
        _rewrite(connection, name)
        connection.execute(Statement.FORGET_MAP, map=name)
        if marks:
            values = {"first_day": first_day(marks), "nodes": None, "edges": None}
            connection.execute(Statement.ADD_MAP, map=name, last=marks[-1].sequence, **values)
    for digest, *fields, revoked, check in connection.execute(Statement.TOKENS):
        if row_check(digest, *fields, revoked) != check:
            until = revoked or time
            again = row_check(digest, *fields, until)
            connection.execute(Statement.REVOKE_TOKEN, digest=digest, revoked=until, check=again)


def _rewrite(connection: Connection, name: str) -> None:
    """Make the digests of a map's entries, and its chain, those of what they say now."""
    erased = {entry.target for entry in _entries(connection, name) if entry.erases}
    link = first_link(name)
    for entry in _entries(connection, name):
        is_erased = entry.erased is not None and entry.sequence in erased
        digest = entry.digest if is_erased else digest_of(entry)
        link = chained(link, digest)
        connection.execute(
            Statement.REWRITE,
            map=name,
            sequence=entry.sequence,
            digest=digest,
            chain=link,
            time=entry.erased if is_erased else None,
        )


def _entries(connection: Connection, name: str) -> Iterator[Entry]:
    return (entry_of(row) for rows in entry_pages(connection.execute, name) for row in rows)
