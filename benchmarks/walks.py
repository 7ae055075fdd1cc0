"""Walks: the transitive supporters of a claim (420 rows), in maps of growing size, by six ways."""

from collections.abc import Iterator
from functools import partial

import networkx
import pyoxigraph
import rdflib

from benchmarks.large_maps import GROUP, folded, name, supports
from benchmarks.timing import Table, Way, timed
from graphs.view import View
from graphs.walks import reach
from ontology.vocabulary import read_vocabulary

SIZES = (1_000, 10_000, 100_000)
MOST_FOR_RDFLIB = 100_000
BASE = "https://conceptmap.example/"
QUERY = f"SELECT DISTINCT ?one {{ ?one <{BASE}supports>+ <{BASE}{name(0)}> }}"


def run(sizes: tuple[int, ...] = SIZES, rounds: int = 15) -> Iterator[Table]:
    """One table a size."""
    for size in sizes:
        ways = {
            "plain dict of lists": _plain(size),
            **_ours(size),
            "networkx ancestors": _networkx(size),
            "pyoxigraph SPARQL": _pyoxigraph(size),
            **({"rdflib SPARQL": _rdflib(size)} if size <= MOST_FOR_RDFLIB else {}),
        }
        for way, walk in ways.items():
            if (found := len(walk())) != GROUP - 1:  # type: ignore[arg-type]  # every way returns a collection
                raise AssertionError(f"{way} found {found} supporters, not {GROUP - 1}")
        title = f"Supporters of a claim, {size:,} nodes"
        yield timed(title, ways, rounds, goal="reach at most 1.5x the plain dict")


def _plain(size: int) -> Way:
    supporters: dict[str, list[str]] = {}
    for source, target in supports(size):
        supporters.setdefault(name(target), []).append(name(source))
    return partial(_plain_walk, supporters, name(0))


def _plain_walk(supporters: dict[str, list[str]], start: str) -> list[str]:
    seen = {start}
    found = [start]
    for node in found:
        for one in supporters.get(node, ()):
            if one not in seen:
                seen.add(one)
                found.append(one)
    return found[1:]


def _ours(size: int) -> dict[str, Way]:
    vocabulary = read_vocabulary()
    fold = folded(size, vocabulary)
    views = {
        "conceptmap reach": View(fold, vocabulary),
        "conceptmap reach, as of a day": View(fold, vocabulary, size),
    }
    return {way: partial(reach, view, name(0), "supports", inverse=True) for way, view in views.items()}


def _networkx(size: int) -> Way:
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_edges_from((name(source), name(target)) for source, target in supports(size))
    return partial(networkx.ancestors, graph, name(0))


def _pyoxigraph(size: int) -> Way:
    store = pyoxigraph.Store()
    relation = pyoxigraph.NamedNode(BASE + "supports")
    store.bulk_extend(
        pyoxigraph.Quad(pyoxigraph.NamedNode(BASE + name(source)), relation, pyoxigraph.NamedNode(BASE + name(target)))
        for source, target in supports(size)
    )
    return lambda: list(store.query(QUERY))  # type: ignore[arg-type]  # a SELECT gives solutions


def _rdflib(size: int) -> Way:
    graph = rdflib.Graph()
    relation = rdflib.URIRef(BASE + "supports")
    for source, target in supports(size):
        graph.add((rdflib.URIRef(BASE + name(source)), relation, rdflib.URIRef(BASE + name(target))))
    return lambda: list(graph.query(QUERY))
