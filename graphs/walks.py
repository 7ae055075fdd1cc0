"""Walks over a view: everything a node reaches by one relation.

A walk costs what it finds, not what the map holds: it reads the adjacency that the fold keeps per relation.
"""

from dataclasses import dataclass

from graphs.view import FoldedEdge, View

TOLD = 200
"""Steps of a walk from which on the view is told of them: each by itself takes as long to tell of as to go."""


@dataclass(frozen=True, slots=True)
class Path:
    """Nodes in order, and the edges that join each to the next (read either way)."""

    nodes: tuple[str, ...]
    edges: tuple[FoldedEdge, ...]

    def __repr__(self) -> str:
        return f"<path {' → '.join(self.nodes)}>"


def reach(view: View, start: str, relation: str, *, inverse: bool = False, far: bool = True) -> dict[str, str]:
    """All nodes that a relation (or its inverse) reaches from one, nearest first, each with the node before it.

    The start itself is not among them, not even in a circle. Unless `far`, only the next ones are looked at.
    """
    neighbours = view.neighbours(relation, inverse=inverse)
    newest = view.as_of
    came_from = {start: start}
    frontier = [start]
    if newest is None:
        untold = 0
        for node in frontier if far else (start,):
            near = neighbours.get(node)
            if near is None:
                if neighbours.is_whole:
                    continue
                view.count(view.joins(node))  # all of these edges will be looked at
                near = neighbours[node]
            if (untold := untold + len(near)) > TOLD:
                view.count(untold)
                untold = 0
            for other in near:
                if other not in came_from:
                    came_from[other] = node
                    frontier.append(other)
    else:
        for node in frontier if far else (start,):
            if not (neighbours.is_whole or node in neighbours):
                view.count(view.joins(node))  # all of these edges will be looked at
            days = neighbours[node]
            view.count(len(days))
            for other, day in days.items():
                if day <= newest and other not in came_from:
                    came_from[other] = node
                    frontier.append(other)
    del came_from[start]
    return came_from


def steps_to(came_from: dict[str, str], start: str, end: str) -> tuple[str, ...]:
    """The nodes from start to end by what `reach` returned."""
    steps = [end]
    while steps[-1] != start:
        steps.append(came_from[steps[-1]])
    return tuple(reversed(steps))
