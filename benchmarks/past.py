"""The past: reading a large map as of a day or at an entry, against reading it as it is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from benchmarks.large_maps import GROUP, LargeMap
from benchmarks.timing import Table, Way, timed
from conceptmap.ask import ask
from graphs.diff import diff
from graphs.entries import Write
from graphs.ledger import Ledger
from graphs.log import open_log
from graphs.view import View
from graphs.walks import reach
from ontology.vocabulary import read_vocabulary

SIZE = 100_000
LOGGED = 10_000


def run(size: int = SIZE, logged: int = LOGGED, rounds: int = 15) -> Iterator[Table]:
    """A table for each way to read, as it is and as of a day; then the cost of the first read at an entry."""
    vocabulary = read_vocabulary()
    map = LargeMap(size)
    fold = map.fold(vocabulary)
    newest, past = View(fold, vocabulary), View(fold, vocabulary, map.days // 2)
    for what, ways in _reads(map, newest, past).items():
        yield timed(f"{what}, {size:,} nodes", ways, rounds, goal="as of a day at most 2x, whatever the size")
    yield timed(f"Diff of the last day, {size:,} nodes", {"conceptmap diff": partial(_last_day, newest)}, rounds=3)
    yield _first_read(logged)


def _reads(map: LargeMap, newest: View, past: View) -> dict[str, dict[str, Way]]:
    """Each read of both views; they find the same."""
    first = map.names[0]
    question = f"what supports {map.labels[0]}?"
    reads = {
        f"Walk, {GROUP - 1} rows": lambda view: reach(view, first, "supports", inverse=True),
        "Node": lambda view: view.node(first),
        "Edges at a node": lambda view: [*view.edges_to(first)],
        "Question": lambda view: ask(view, question),
    }
    return {
        what: {"as it is": partial(read, newest), "as of a day": partial(read, past)} for what, read in reads.items()
    }


def _last_day(newest: View) -> None:
    day = newest.day
    assert day is not None
    diff(View(newest.fold, newest.vocabulary, day - 1), newest)


def _first_read(size: int) -> Table:
    """What a map costs that is not in memory, at its last entry and half way."""
    log = open_log("sqlite://")
    writes = [Write(one.day, one.part, one, b"", "text/plain", "") for one in LargeMap(size).documents()]
    entries = log.append("large", writes, after=0, time=datetime(2026, 1, 1, tzinfo=UTC), first_day=0)
    vocabulary = read_vocabulary()
    warm = Ledger(log, vocabulary)
    warm.view("large")
    middle = entries[len(entries) // 2].sequence
    ways: dict[str, Way] = {
        "the newest state": lambda: Ledger(log, vocabulary).view("large"),
        "at an entry half way": lambda: Ledger(log, vocabulary).view("large", middle),
        "at it, once more": lambda: warm.view("large", middle),
    }
    table = timed(f"First read from the log, {size:,} nodes", ways, rounds=3)
    log.close()
    return table
