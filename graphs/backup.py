"""Backups: a copy of a store, of whatever kind, as one SQLite file that is itself a store; and the way back."""

import os
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select

from graphs.backends import ENTRIES, MAPS, NUMBERS, TOKENS, file_url
from graphs.log import Log, open_log
from ontology.errors import RefusedWrite, StoreUnavailable

_HAS_ENTRIES = select(MAPS.c.map).limit(1)


def back_up(log: Log, file: Path) -> int:
    """Copy a store that may be in use to a new file and return the number of entries; what comes meanwhile stays out.

    The file is there when it is whole, on disk, and every digest in it is right. Tokens are copied too (as
    digests), answers under idempotency keys are not. Raises `RefusedWrite` where the file exists,
    `StoreCorrupted` or `StoreUnavailable`.
    """
    if file.exists():
        raise RefusedWrite(f"{file} exists; choose another name, or move it away")
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with closing(open_log(file_url(unfinished))) as copy:
            count = _copy(log, copy)
            copy.verify()
        _sync(unfinished)
        os.link(unfinished, file)  # unlike a renaming it never takes another file's place
        _sync(file.parent)
    except FileExistsError as error:
        raise RefusedWrite(f"{file} exists; choose another name, or move it away") from error
    except OSError as error:
        raise StoreUnavailable(f"{file} cannot be written: {(error.strerror or str(error)).lower()}") from error
    finally:
        for rest in ("", "-wal", "-shm"):
            with suppress(OSError):
                unfinished.with_name(unfinished.name + rest).unlink()
    return count


def restore(file: Path, log: Log) -> int:
    """Copy a backup into an empty store, all or nothing, and return the number of entries.

    Entries keep their numbers. Raises `RefusedWrite` where the store is not empty, `StoreCorrupted`
    (before anything is written) where the backup is damaged, or `StoreUnavailable`.
    """
    if not file.is_file():
        raise StoreUnavailable(f"{file} is no file; name a backup")
    with closing(open_log(file_url(file))) as backup:
        backup.verify()
        count = _copy(backup, log)
    log.verify()
    return count


def _copy(source: Log, target: Log) -> int:
    """Copy all rows in one transaction. The maps' last entries are read first: entries only ever come behind them."""
    maps = source.rows(select(MAPS))
    tokens = source.rows(select(TOKENS))
    lasts = {row.map: row.last for row in maps}
    count = 0

    def copy(connection: Connection) -> None:
        nonlocal count
        if connection.execute(_HAS_ENTRIES).first():
            raise RefusedWrite("the store is not empty; restore a backup into a new store")
        for page in source.pages():
            count += _insert(connection, ENTRIES, [row for row in page if row.sequence <= lasts.get(row.map, 0)])
        _insert(connection, MAPS, maps)
        _insert(connection, TOKENS, tokens)
        if connection.dialect.supports_sequences and lasts:
            connection.execute(select(func.setval(NUMBERS.name, max(lasts.values()))))

    target.transact(copy)
    return count


def _insert(connection: Connection, table: Table, rows: Sequence[Row[Any]]) -> int:
    if rows:
        connection.execute(insert(table), [dict(row._mapping) for row in rows])
    return len(rows)


def _sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
