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
from itertools import islice
from typing import IO, NoReturn, cast
from xml.parsers.expat import ExpatError, ParserCreate

import msgspec
import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from graphs.confinement import confine
from graphs.rdf.iris import PREFIXES
from graphs.sparql import wire
from graphs.sparql.dataset import Dataset
from graphs.sparql.wire import PREFIXED, Limits, Order, Outcome, Query
from ontology.vocabulary import Vocabulary

_ROW = {
    "application/sparql-results+xml": b"<result>",
    "text/csv": b"\n",
    "text/tab-separated-values": b"\n",
    "application/sparql-results+json": b"}},{",
    "application/n-triples": b"\n",
}
"""What stands once in each row but perhaps the first; rows that bind nothing are only counted as bytes."""
_UNWRITABLE = "something in the answer cannot be written in the form that was asked for"

_MAX_FILES = 1024
"""Open files of the worker, all of which a query's process closes: without a limit it would close a million."""


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
                    if (message := wire.receive(self._orders)) is None:
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
        dataset.bring(order.news)
        if order.query is not None:
            dataset.join()
        if order.graphs:
            dataset.complete()
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
            wire.write_all(reply, wire.ending(status))
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
        wire.write_all(reply, wire.BEGUN)
        _close_all_but((reply, held))
        confine(limits.seconds, limits.memory)
        outcome, body = evaluate(dataset, query, limits)
        wire.write_all(reply, outcome.model_dump_json().encode() + b"\n" + body)
        os._exit(0)
    finally:
        os._exit(1)


def _close_all_but(files: tuple[int, int]) -> None:
    start = 0
    for file in sorted(files):
        os.closerange(start, file)
        start = file + 1
    os.closerange(start, _MAX_FILES)


class TooLarge(Exception):
    """The answer is over a limit, which stops the engine from writing on."""


class NotWritable(Exception):
    """The answer has no form of the kind that was asked for."""


class Sink:
    """Takes the bytes of an answer until they are too many."""

    def __init__(self, limits: Limits, row: bytes) -> None:
        self._limits = limits
        self._row = row
        self._size = self._rows = 0
        self._tail = b""
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take some bytes. Raises `TooLarge`."""
        self._size += len(data)
        self._rows += (self._tail + data).count(self._row)
        self._tail = bytes(data[1 - len(self._row) :]) if len(self._row) > 1 else b""
        if self._size > self._limits.size:
            raise TooLarge(f"the answer is larger than {self._limits.size:,} bytes; ask for less, or use LIMIT")
        if self._rows > self._limits.rows:
            raise TooLarge(f"the answer has more than {self._limits.rows:,} rows; ask for less, or use LIMIT")
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""


def evaluate(dataset: Dataset, query: Query, limits: Limits) -> tuple[Outcome, bytes]:
    """The head and the bytes of the answer. The dataset may be changed: it is this process's own copy."""
    try:
        return _evaluated(dataset, query, limits)
    except SyntaxError as error:
        return Outcome(error="syntax", details={"what": str(error)}), b""
    except TooLarge as error:
        return Outcome(error="too large", details={"what": str(error)}), b""
    except NotWritable as error:
        return Outcome(error="not writable", details={"what": str(error)}), b""
    except MemoryError:
        return Outcome(error="memory"), b""
    except (RuntimeError, ValueError, OSError) as error:
        return Outcome(error="evaluation", details={"what": str(error)}), b""


def _evaluated(dataset: Dataset, query: Query, limits: Limits) -> tuple[Outcome, bytes]:
    if query.as_of is not None:
        dataset.drop_after(query.as_of)
    results = _results(dataset, query)
    is_triples = isinstance(results, QueryTriples)
    media_type = query.triples if is_triples else query.solutions
    if media_type is None:
        return Outcome(error="not acceptable", details={"of": "triples" if is_triples else "solutions"}), b""
    if isinstance(results, QueryTriples):
        body = _triples(results, media_type, limits)
    else:
        sink = Sink(limits, _ROW[media_type])
        results.serialize(cast(IO[bytes], sink), QueryResultsFormat.from_media_type(media_type))
        body = b"".join(sink.parts)
    if media_type.endswith("+xml"):
        _check_xml(body)
    return Outcome(media_type=media_type), body


def _check_xml(body: bytes) -> None:
    """Raise `NotWritable` where an answer is no XML: that has no characters such as U+0001, and no `:1` as a name."""
    try:
        ParserCreate(namespace_separator=" ").Parse(body, True)
    except ExpatError as error:
        raise NotWritable(_UNWRITABLE) from error


def _triples(results: QueryTriples, media_type: str, limits: Limits) -> bytes:
    triples = list(islice(results, limits.rows + 1))
    if len(triples) > limits.rows:
        raise TooLarge(f"the answer has more than {limits.rows:,} triples; ask for less, or use LIMIT")
    sink = Sink(limits, b"\0")
    form = RdfFormat.from_media_type(media_type)
    prefixes = PREFIXES if media_type in PREFIXED else None
    try:
        pyoxigraph.serialize(triples, cast(IO[bytes], sink), form, prefixes=prefixes)
    except OSError as error:  # so the library says that JSON-LD has no triples in triples
        raise NotWritable(_UNWRITABLE) from error
    return b"".join(sink.parts)


def _results(dataset: Dataset, query: Query) -> QuerySolutions | QueryBoolean | QueryTriples:
    """The results on the graphs that the protocol names, else on those of the query's own FROM, else on all."""
    if query.default_graphs is None and query.named_graphs is None:
        return dataset.store.query(
            query.text, base_iri=dataset.base, use_default_graph_as_union=not dataset.is_complete
        )
    default = [NamedNode(iri) for iri in query.default_graphs or ()]
    named: list[NamedNode | BlankNode] = [NamedNode(iri) for iri in query.named_graphs or ()]
    return dataset.store.query(
        query.text,
        base_iri=dataset.base,
        default_graph=dataset.merged(default) if default else [],
        named_graphs=named,
    )


def main() -> None:
    """Read what the datasets need from the socket, then follow orders."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then ends the socket
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MAX_FILES, _MAX_FILES))
    with socket.socket(fileno=int(sys.argv[1])) as orders:
        started = [wire.receive(orders) for _ in range(3)]
        vocabulary, base, limits = (message[0] for message in started if message is not None)
        worker = Worker(
            orders, msgspec.json.decode(vocabulary, type=Vocabulary), base.decode(), Limits.model_validate_json(limits)
        )
        wire.send(orders, b"ready")
        worker.run()


if __name__ == "__main__":
    main()
