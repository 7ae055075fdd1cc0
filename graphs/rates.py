"""How often each client may do something, counted together by all processes that share a store.

Each count is one time until which the client is busy: every request moves it on by what one request takes, and may be
made while that is not too far ahead (the generic cell rate algorithm, ITU-T I.371). The processes of a machine keep
the times in a small file beside a SQLite store, those of many machines in a table of a PostgreSQL store; a store in
memory has but one process.
"""

import fcntl
import hashlib
import logging
import os
import struct
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Protocol

from graphs.log import Behind, Log
from graphs.statements import RATES_TABLE, Statement
from ontology.errors import StoreError

_log = logging.getLogger(__name__)

RATES = ".rates"
"""The suffix of the file of a SQLite store's counts."""

MAX_CLIENTS = 10_000
"""Clients that one process counts by itself, those not seen for longest going first: about a megabyte."""

GROUPS, PLACES = 8192, 8
"""The file has so many groups, of so many places: room for 65,536 clients at once, in a megabyte. A client's place is
in one group, so that one read finds it; who finds all taken takes that of the client with the least to wait."""

PATIENCE = 0.1
"""Seconds for which the file's lock is waited for: many times as long as a busy machine leaves a process that has it
without a processor. A process that was stopped with it stops no other."""

UNLOCKED = 10.0
"""Seconds for which it is not waited for after that was in vain: counts may then miss a request of another process."""

SWEPT = 60.0
"""Seconds after which a process takes the counts that no longer say anything out of the table."""

_PLACE = struct.Struct("<8sd")


class Rates(Protocol):
    """Counts by client."""

    is_local: bool
    """Whether `take` asks nobody outside this machine, and so takes microseconds."""

    def take(self, client: str, each: float, most: float) -> float:
        """Count a request that takes `each` seconds, unless the client were then busy for more than `most`.

        Returns how many seconds to wait until it may be made; 0.0: it may, and is counted.
        """

    def close(self) -> None:
        """Give back what is open."""


def open_rates(log: Log) -> Rates:
    """The counts of a store. Where they cannot be shared that is logged, and this process counts by itself."""
    if log.file is not None:
        try:
            return _FileRates(log.file.with_name(log.file.name + RATES))
        except OSError as error:
            _alone(log, error)
    elif not log.mark_is_local:
        try:
            return _TableRates(log)
        except (StoreError, Behind) as error:
            _alone(log, error)
    return OwnRates()


def _alone(log: Log, error: Exception) -> None:
    _log.warning("%s: rates cannot be counted together (%s): each process counts by itself", log.where, error)


def moved_on(busy: float, now: float, each: float, most: float) -> tuple[float, float]:
    """Until when a client is busy after one request more, and how long it must wait; where it must, nothing moves.

    A time further ahead than `most` was left by a clock that went wrong.

    >>> moved_on(busy=0, now=100, each=1, most=2), moved_on(busy=102, now=100, each=1, most=2)
    ((101, 0.0), (102, 1))
    """
    busy = min(max(busy, now), now + most)
    wait = busy + each - (now + most)
    if wait > each / 100:  # times of day are exact to less than a microsecond
        return busy, wait
    return busy + each, 0.0


class OwnRates:
    """The counts of one process.

    >>> rates = OwnRates(clock=lambda: 0.0)
    >>> [rates.take("ada", 1.0, 2.0) for _ in range(3)]
    [0.0, 0.0, 1.0]
    """

    is_local = True

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._busy: OrderedDict[str, float] = OrderedDict()

    def take(self, client: str, each: float, most: float) -> float:
        """As `Rates.take`."""
        now = self._clock()
        self._busy[client], wait = moved_on(self._busy.get(client, now), now, each, most)
        self._busy.move_to_end(client)
        if len(self._busy) > MAX_CLIENTS:
            self._busy.popitem(last=False)
        return wait

    def close(self) -> None:
        """Nothing is open."""


class _FileRates:
    """The counts of the processes of a machine, in a file that is read and written in place.

    Not mapped into memory: a disk that is full, or a file that is cut, is then an error and not the process's end.
    """

    is_local = True

    def __init__(self, file: Path) -> None:
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._lock = Lock()
        self._own = OwnRates()
        self._waits_from = time.monotonic()

    def take(self, client: str, each: float, most: float) -> float:
        """As `Rates.take`."""
        with self._lock:
            is_locked = self._locked()
            try:
                return self._take(_digest(client, 8), each, most)
            except OSError:  # no room to note it
                return self._own.take(client, each, most)
            finally:
                if is_locked:
                    fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the file."""
        os.close(self._handle)

    def _locked(self) -> bool:
        began = time.monotonic()
        while True:
            with suppress(OSError):
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            if began < self._waits_from:
                return False
            if time.monotonic() > began + PATIENCE:
                self._waits_from = time.monotonic() + UNLOCKED
                return False
            time.sleep(0.0001)

    def _take(self, key: bytes, each: float, most: float) -> float:
        now = time.time()
        start = int.from_bytes(key, "little") % GROUPS * PLACES * _PLACE.size
        found = os.pread(self._handle, PLACES * _PLACE.size, start).ljust(PLACES * _PLACE.size, b"\0")
        places = list(_PLACE.iter_unpack(found))
        own = next((place for place, (held, _) in enumerate(places) if held == key), None)
        place = min(range(PLACES), key=lambda one: places[one][1]) if own is None else own
        busy, wait = moved_on(0.0 if own is None else places[own][1], now, each, most)
        os.pwrite(self._handle, _PLACE.pack(key, busy), start + place * _PLACE.size)
        return wait


class _TableRates:
    """The counts of all processes on a PostgreSQL store, by its clock.

    The table is not logged by the server: a count waits for no disk and no standby, and after a crash or a failover
    all begin again.
    """

    is_local = False

    def __init__(self, log: Log) -> None:
        self._log = log
        self._own = OwnRates()
        self._swept = time.monotonic()
        try:
            log.rows(Statement.FORGET_IDLE)
        except StoreError:  # there is no table yet
            log.transact(lambda connection: connection.define(RATES_TABLE))

    def take(self, client: str, each: float, most: float) -> float:
        """As `Rates.take`; where the store does not answer, by this process alone."""
        try:
            self._sweep()
            return self._take(_digest(client, 16), each, most)
        except (StoreError, Behind):
            return self._own.take(client, each, most)

    def close(self) -> None:
        """Nothing of its own is open."""

    def _take(self, key: bytes, each: float, most: float) -> float:
        values: dict[str, bytes | float] = {"client": key, "each": each, "most": most}
        if self._log.rows(Statement.TAKE, **values):
            return 0.0
        waits: list[float] = [row[0] for row in self._log.rows(Statement.WAIT, **values)]
        return max([each / 100, *waits])

    def _sweep(self) -> None:
        if time.monotonic() - self._swept > SWEPT:
            self._swept = time.monotonic()
            self._log.rows(Statement.FORGET_IDLE)


def _digest(client: str, size: int) -> bytes:
    """What is kept in the place of a name or an address."""
    return hashlib.blake2b(client.encode("utf-8", "surrogatepass"), digest_size=size).digest()
