"""Graphs of networkx that look at the clock whenever a node of them is looked up: its algorithms are not ours to stop.

A graph makes its dictionaries by the factories of its class, which networkx offers to those who derive one; graphs that
an algorithm makes of it are of that class too.
"""

from typing import TYPE_CHECKING, Any

import networkx

from graphs.bounds import check_deadline

if TYPE_CHECKING:
    Undirected = networkx.Graph[Any]
    Directed = networkx.DiGraph[Any]
else:  # at run time some releases of networkx take no parameter
    Undirected, Directed = networkx.Graph, networkx.DiGraph


class _Watched(dict[Any, Any]):
    """A dictionary that raises `AnswerTooLate` where the deadline that somebody keeps is past."""

    def __getitem__(self, key: Any) -> Any:
        check_deadline()
        return super().__getitem__(key)


class WatchedGraph(Undirected):
    """A graph whose algorithms end at a deadline."""

    node_dict_factory = _Watched
    adjlist_outer_dict_factory = _Watched


class WatchedDiGraph(Directed):
    """The same of a directed graph."""

    node_dict_factory = _Watched
    adjlist_outer_dict_factory = _Watched
