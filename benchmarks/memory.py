"""Memory: what a node with its two edges costs in a fold, against networkx and a plain dict of lists."""

import gc
import tracemalloc
from collections.abc import Iterator
from functools import partial

import networkx

from benchmarks.large_maps import folded, name, supports
from benchmarks.timing import Table, Way
from ontology.vocabulary import read_vocabulary

SIZE = 10_000


def run(size: int = SIZE) -> Iterator[Table]:
    """One table, in bytes a node."""
    vocabulary = read_vocabulary()
    ways: dict[str, Way] = {
        "plain dict of lists": partial(_plain, size),
        "networkx": partial(_networkx, size),
        "conceptmap fold": partial(folded, size, vocabulary),
    }
    yield Table(f"Memory a node, {size:,} nodes", {way: _bytes(make) / size for way, make in ways.items()}, unit="B")


def _bytes(make: Way) -> int:
    """What the result of a call keeps alive."""
    gc.collect()
    tracemalloc.start()
    kept = make()
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return size


def _plain(size: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, target in supports(size):
        found.setdefault(name(target), []).append(name(source))
    return found


def _networkx(size: int) -> "networkx.DiGraph[str]":
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_edges_from((name(source), name(target), {"relation": "supports"}) for source, target in supports(size))
    return graph
