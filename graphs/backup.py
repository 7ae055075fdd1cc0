"""Backups: a copy of a store, of whatever kind, as one SQLite file that is itself a store; and the way back."""

import os
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from graphs.backends import Connection, file_url
from graphs.entries import timestamp
from graphs.log import Log, entry_pages, open_log
from graphs.statements import Statement, named
from graphs.witness import sync
from ontology.errors import RefusedWrite, StoreUnavailable
from ontology.told import Told

_BESIDE = (
    (Statement.MAPS, Statement.ADD_MAP),
    (Statement.TOKENS, Statement.ADD_TOKEN),
    (Statement.ANSWERS, Statement.ADD_ANSWER),
    (Statement.BACKUPS, Statement.ADD_BACKUP),
)
"""How the tables beside the entries are read and filled."""


def back_up(log: Log, file: Path, time: datetime, told: Told | None = None) -> int:
    """Copy a store that may be in use to a new file and return the number of entries; what comes meanwhile stays out.

    The file is there when it is whole, on disk, and every digest in it is right. The store notes it, with the time,
    among the copies that it knows of; one that may only be read does not. Raises `RefusedWrite` where the file
    exists, `StoreCorrupted` or `StoreUnavailable`.
    """
    if file.exists():
        raise RefusedWrite(f"{file} exists; choose another name, or move it away")
    if not file.parent.is_dir():
        raise StoreUnavailable(
            f"{file} cannot be written: there is no folder {file.parent}; make it, or choose another"
        )
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with closing(open_log(file_url(unfinished), check=False)) as copy:
            count = _copy(log, copy)
            copy.verify(told)
        sync(unfinished)
        os.link(unfinished, file)  # unlike a renaming it never takes another file's place
        sync(file.parent)
        with closing(open_log(file_url(file), check=False)) as made:
            made.bear_witness()
    except FileExistsError as error:
        raise RefusedWrite(f"{file} exists; choose another name, or move it away") from error
    except OSError as error:
        raise StoreUnavailable(f"{file} cannot be written: {(error.strerror or str(error)).lower()}") from error
    finally:
        for rest in ("", "-wal", "-shm"):
            with suppress(OSError):
                unfinished.with_name(unfinished.name + rest).unlink()
    with suppress(StoreUnavailable):
        _note(log, file, time)
    return count


def copy_unchecked(log: Log, file: Path) -> None:
    """Copy a store as it is, whether its entries are what was written or not, to a new file."""
    with closing(open_log(file_url(file), check=False)) as copy:
        _copy(log, copy)


def restore(file: Path, log: Log, time: datetime, told: Told | None = None) -> int:
    """Copy a backup into an empty store, all or nothing, and return the number of entries.

    Entries keep their numbers, and maps their chains; the store notes the backup, with the time, among the copies that
    it knows of. Raises `RefusedWrite` where the store is not empty, `StoreCorrupted`
    (before anything is written) where the backup is damaged, or `StoreUnavailable`.
    """
    if not file.is_file():
        raise StoreUnavailable(f"{file} is not a file; name a backup")
    with closing(open_log(file_url(file), create=False, check=False)) as backup:
        backup.verify(told)
        count = _copy(backup, log)
    log.bear_witness()
    log.verify()
    _note(log, file, time)
    return count


def known_backups(log: Log) -> list[tuple[str, str]]:
    """The file and the time of each copy that a store knows of, oldest first; some may be moved or gone by now."""
    return [(file, time) for file, time in log.rows(Statement.BACKUPS)]


def _note(log: Log, file: Path, time: datetime) -> None:
    row = {"file": str(file.absolute()), "time": timestamp(time)}
    log.transact(lambda connection: connection.execute_many(Statement.ADD_BACKUP, [row]))


def _copy(source: Log, target: Log) -> int:
    """Copy all rows, as they stand at one moment, in one transaction, and return the number of entries."""
    count = 0

    def copy(connection: Connection) -> None:
        nonlocal count
        if connection.execute(Statement.MAPS):
            raise RefusedWrite("the store is not empty; restore a backup into a new store")
        with source.snapshot() as former:
            for name, *_ in former.execute(Statement.MAPS):
                count += _copy_entries(former, connection, name)
            for read, add in _BESIDE:
                connection.execute_many(add, [named(add, row) for row in former.execute(read)])

    target.transact(copy)
    return count


def _copy_entries(source: Connection, target: Connection, name: str) -> int:
    """Copy the entries of a map, page by page, and return how many there are."""
    count = 0
    for rows in entry_pages(source.execute, name):
        target.execute_many(Statement.ADD_ENTRY, [named(Statement.ADD_ENTRY, row) for row in rows])
        count += len(rows)
    return count
