"""The worker process: it keeps the datasets warm, and forks a process of its own for every query.

It is started by `Engine` with a socket, has one thread (so that a fork is a whole copy), opens no
store and no connection. A query's process cannot open any file or connection, and the kernel ends it
at the deadline whatever the engine does. The datasets are shared with it until either side writes.
"""

import gc
import os
import resource
import selectors
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from graphs.sparql import frames
from graphs.sparql.dataset import Dataset
from graphs.sparql.evaluation import evaluate
from graphs.sparql.queries import Limits, Order, Query
from ontology.vocabulary import Vocabulary

NICENESS = 5
_MAX_FILES = 1024


class Worker:
    """Follows the orders that come through a socket until it ends."""

    def __init__(self, orders: socket.socket, vocabulary: Vocabulary, base: str, limits: Limits) -> None:
        self._orders = orders
        self._vocabulary = vocabulary
        self._base = base
        self._limits = limits
        self._datasets: dict[str, Dataset] = {}
        self._selector = selectors.DefaultSelector()
        self._queries: dict[int, tuple[int, int]] = {}

    def run(self) -> None:
        """Take orders and see off the queries that have ended."""
        self._selector.register(self._orders, selectors.EVENT_READ)
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._orders:
                    if (message := frames.receive(self._orders)) is None:
                        return self._stop_all()
                    self._follow(Order.model_validate_json(message[0]), message[1])
                else:
                    self._see_off(key.fd)

    def _follow(self, order: Order, reply: int | None) -> None:
        if order.forget:
            self._datasets.pop(order.dataset, None)
            return
        if order.dataset not in self._datasets:
            self._datasets[order.dataset] = Dataset(order.map, self._vocabulary, self._base)
        dataset = self._datasets[order.dataset]
        dataset.bring(order.said)
        if order.query is not None and reply is not None:
            self._start(dataset, order.query, reply)

    def _start(self, dataset: Dataset, query: Query, reply: int) -> None:
        """Fork; the end of `alive`, which only the new process holds open, tells when it has ended."""
        alive, held = os.pipe()
        gc.freeze()  # the copy must not write to the objects it shares
        process = os.fork()
        if process == 0:
            _answer(dataset, query, self._limits, reply, held)
        os.close(held)
        self._queries[alive] = (process, reply)
        self._selector.register(alive, selectors.EVENT_READ)

    def _see_off(self, alive: int) -> None:
        process, reply = self._queries.pop(alive)
        self._selector.unregister(alive)
        os.close(alive)
        _, status = os.waitpid(process, 0)
        try:
            frames.write_all(reply, frames.ending(status))
        except BrokenPipeError:
            pass  # nobody waits for the answer any more
        finally:
            os.close(reply)

    def _stop_all(self) -> None:
        for process, _ in self._queries.values():
            os.kill(process, signal.SIGKILL)


def _answer(dataset: Dataset, query: Query, limits: Limits, reply: int, held: int) -> NoReturn:
    """Answer in the new process, which ends with it."""
    try:
        frames.write_all(reply, frames.BEGUN)
        _confine(limits, (reply, held))
        outcome, body = evaluate(dataset, query, limits)
        frames.write_all(reply, outcome.model_dump_json().encode() + b"\n" + body)
        os._exit(0)
    finally:
        os._exit(1)


def _confine(limits: Limits, files: tuple[int, int]) -> None:
    """Take from this process all that a query does not need."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    memory = _address_space() + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    start = 0
    for file in sorted(files):
        os.closerange(start, file)
        start = file + 1
    os.closerange(start, _MAX_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # no file and no connection can be opened
    os.nice(NICENESS)


def _address_space() -> int:
    """The bytes of address space that this process has already."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:  # only Linux has it
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Read what the datasets need from the socket, then follow orders."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then ends the socket
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MAX_FILES, _MAX_FILES))
    with socket.socket(fileno=int(sys.argv[1])) as orders:
        started = [frames.receive(orders) for _ in range(3)]
        vocabulary, base, limits = (message[0] for message in started if message is not None)
        worker = Worker(
            orders, Vocabulary.model_validate_json(vocabulary), base.decode(), Limits.model_validate_json(limits)
        )
        frames.send(orders, b"ready")
        worker.run()


if __name__ == "__main__":
    main()
