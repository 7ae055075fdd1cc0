"""Work that is divided among processors: each process is a copy of this one, and sends back what it made."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from multiprocessing.connection import Connection, wait
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

FEWEST = 200
"""Fewer items are made here before other processes would have begun."""


def made_by_all(make: Callable[[Item], Made], items: Sequence[Item], own: Iterable[Made]) -> Iterator[Made]:
    """What `make` makes of each item, and `own`, which only this process may make; in whatever order.

    `make` must use no connection to a store, which two processes must not share. Where a process cannot begin as a copy
    of this one, all is made here. An error of a process is raised here.
    """
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if processors == 1 or len(items) < FEWEST:
        yield from chain(own, map(make, items))
        return
    forks = multiprocessing.get_context("fork")
    running = {}
    try:
        for number in range(processors):
            here, there = forks.Pipe(duplex=False)
            process = forks.Process(target=_send, args=(make, items[number::processors], there), daemon=True)
            process.start()
            there.close()
            running[here] = process
        yield from _received(list(running), iter(own))
    finally:
        for process in running.values():
            process.terminate()
            process.join()


def _received(waiting: list[Connection], own: Iterator[Made]) -> Iterator[Made]:
    """What comes from the processes, and between it our own."""
    own_ended = False
    while waiting or not own_ended:
        for one in wait(waiting, None if own_ended else 0) if waiting else ():
            assert isinstance(one, Connection)
            received = one.recv()
            if isinstance(received, Exception):
                raise received
            if received is None:
                waiting.remove(one)
            else:
                yield received
        if not own_ended:
            made = next(own, None)
            own_ended = made is None
            if made is not None:
                yield made


def _send(make: Callable[[Item], Made], items: Sequence[Item], there: Connection) -> None:
    """Make all of these, and say at the end that there are no more."""
    try:
        for one in items:
            there.send(make(one))
        there.send(None)
    except Exception as error:  # the process that asked must know of whatever happened
        there.send(error)
