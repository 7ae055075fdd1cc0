"""Memory: a node with its edges, texts and quotes in a fold; beside it the bare graph in networkx and a plain dict."""

import gc
import tracemalloc
from collections.abc import Iterator
from functools import partial

import networkx

from benchmarks.large_maps import LargeMap
from benchmarks.timing import Table, Way
from ontology.vocabulary import read_vocabulary

SIZE = 10_000


def run(size: int = SIZE) -> Iterator[Table]:
    """One table, in bytes a node."""
    vocabulary, map = read_vocabulary(), LargeMap(size)
    ways: dict[str, Way] = {
        "plain dict of lists": partial(_plain, map),
        "networkx": partial(_networkx, map),
        "conceptmap fold": partial(map.fold, vocabulary),
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


def _plain(map: LargeMap) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, target in map.supports:
        found.setdefault(map.names[target], []).append(map.names[source])
    return found


def _networkx(map: LargeMap) -> "networkx.DiGraph[str]":
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    pairs = ((map.names[source], map.names[target]) for source, target in map.supports)
    graph.add_edges_from((source, target, {"relation": "supports"}) for source, target in pairs)
    return graph
