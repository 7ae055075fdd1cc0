"""Scores: all claims of a large debate, beside a plain forward pass over a graph of networkx that is there already."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from math import prod
from random import Random

import networkx

from benchmarks.timing import Table, timed
from conceptmap.meaning.debate import debate_of
from conceptmap.meaning.methods import METHODS, strengths_of
from conceptmap.meaning.scores import scores_of
from graphs.fold import Event, PartKey
from graphs.view import View
from ontology.model import Document, Edge, Node
from ontology.vocabulary import read_vocabulary

NODES, EDGES = 10_000, 30_000


def run(nodes: int = NODES, edges: int = EDGES, rounds: int = 5) -> Iterator[Table]:
    """One table; every way but the last gives the strengths by DF-QuAD alone."""
    pairs = _pairs(nodes, edges)
    view, graph = _view(nodes, pairs), _graph(nodes, pairs)
    debate, dfquad = debate_of(view), METHODS["dfquad"]
    ours, theirs = strengths_of(debate, dfquad), _forward(graph)
    if any(abs((ours[node] or 0.0) - theirs[node]) > 1e-9 for node in ours):
        raise AssertionError("the two ways come to other strengths")
    ways = {
        "networkx forward pass": partial(_forward, graph),
        "conceptmap, one method": lambda: strengths_of(replace(debate), dfquad),
        "conceptmap, read from the map, by all methods": partial(scores_of, view),
    }
    title = f"Scores of {nodes:,} claims and {edges:,} edges"
    yield timed(title, ways, rounds, goal="the last under a second on one free core")


def _pairs(nodes: int, edges: int) -> dict[tuple[int, int], str]:
    """Edges from earlier claims to later ones, two of three for them."""
    lot, found = Random(0), dict[tuple[int, int], str]()
    while len(found) < edges:
        one, other = sorted(lot.sample(range(nodes), 2))
        found[one, other] = lot.choice(("supports", "supports", "opposes"))
    return found


def _view(nodes: int, pairs: dict[tuple[int, int], str]) -> View:
    said = tuple(Node(id=f"n{one}", kind="Claim", label=f"Claim {one}") for one in range(nodes))
    edges = tuple(Edge(source=f"n{one}", relation=said, target=f"n{other}") for (one, other), said in pairs.items())
    document = Document(map="debate", day=1, part="notes", nodes=said, edges=edges)
    return View.of([Event(1, PartKey(1, "notes"), document)], read_vocabulary())


def _graph(nodes: int, pairs: dict[tuple[int, int], str]) -> "networkx.DiGraph[str]":
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(f"n{one}" for one in range(nodes))
    for (one, other), said in pairs.items():
        graph.add_edge(f"n{one}", f"n{other}", supports=said == "supports")
    return graph


def _forward(graph: "networkx.DiGraph[str]") -> dict[str, float]:
    """DF-QuAD over a graph without circles, each base 0.5."""
    found: dict[str, float] = {}
    for node in networkx.topological_sort(graph):
        doubts = {True: [1.0], False: [1.0]}
        for one, _, supports in graph.in_edges(node, data="supports"):
            doubts[supports].append(1 - found[one])
        found[node] = 0.5 + 0.5 * (prod(doubts[False]) - prod(doubts[True]))
    return found
