"""Walks: the transitive supporters of a claim (420 rows), in maps of growing size, by six ways."""

from collections.abc import Iterator
from functools import partial

import networkx
import pyoxigraph
import rdflib

from benchmarks.large_maps import GROUP, LargeMap
from benchmarks.timing import Table, Way, timed
from graphs.view import View
from graphs.walks import reach
from ontology.vocabulary import read_vocabulary

SIZES = (1_000, 10_000, 100_000)
MOST_FOR_RDFLIB = 100_000
BASE = "https://conceptmap.example/"


def run(sizes: tuple[int, ...] = SIZES, rounds: int = 15) -> Iterator[Table]:
    """One table a size."""
    for size in sizes:
        map = LargeMap(size)
        ways = {
            "plain dict of lists": _plain(map),
            **_ours(map),
            "networkx ancestors": _networkx(map),
            "pyoxigraph SPARQL": _pyoxigraph(map),
            **({"rdflib SPARQL": _rdflib(map)} if size <= MOST_FOR_RDFLIB else {}),
        }
        for way, walk in ways.items():
            if (found := len(walk())) != GROUP - 1:  # type: ignore[arg-type]  # every way returns a collection
                raise AssertionError(f"{way} found {found} supporters, not {GROUP - 1}")
        title = f"Supporters of a claim, {size:,} nodes"
        yield timed(title, ways, rounds, goal="reach at most 1.5x the plain dict")


def _plain(map: LargeMap) -> Way:
    supporters: dict[str, list[str]] = {}
    for source, target in _pairs(map):
        supporters.setdefault(target, []).append(source)
    return partial(_plain_walk, supporters, map.names[0])


def _plain_walk(supporters: dict[str, list[str]], start: str) -> list[str]:
    seen = {start}
    found = [start]
    for node in found:
        for one in supporters.get(node, ()):
            if one not in seen:
                seen.add(one)
                found.append(one)
    return found[1:]


def _ours(map: LargeMap) -> dict[str, Way]:
    vocabulary = read_vocabulary()
    fold = map.fold(vocabulary)
    views = {
        "conceptmap reach": View(fold, vocabulary),
        "conceptmap reach, as of a day": View(fold, vocabulary, map.days),
    }
    return {way: partial(reach, view, map.names[0], "supports", inverse=True) for way, view in views.items()}


def _networkx(map: LargeMap) -> Way:
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_edges_from(_pairs(map))
    return partial(networkx.ancestors, graph, map.names[0])


def _pyoxigraph(map: LargeMap) -> Way:
    store = pyoxigraph.Store()
    relation = pyoxigraph.NamedNode(BASE + "supports")
    store.bulk_extend(
        pyoxigraph.Quad(pyoxigraph.NamedNode(BASE + source), relation, pyoxigraph.NamedNode(BASE + target))
        for source, target in _pairs(map)
    )
    return lambda: list(store.query(_query(map)))  # type: ignore[arg-type]  # a SELECT gives solutions


def _rdflib(map: LargeMap) -> Way:
    graph = rdflib.Graph()
    relation = rdflib.URIRef(BASE + "supports")
    for source, target in _pairs(map):
        graph.add((rdflib.URIRef(BASE + source), relation, rdflib.URIRef(BASE + target)))
    return lambda: list(graph.query(_query(map)))


def _pairs(map: LargeMap) -> Iterator[tuple[str, str]]:
    return ((map.names[source], map.names[target]) for source, target in map.supports)


def _query(map: LargeMap) -> str:
    return f"SELECT DISTINCT ?one {{ ?one <{BASE}supports>+ <{BASE}{map.names[0]}> }}"
