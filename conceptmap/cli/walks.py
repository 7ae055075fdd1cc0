"""Paths and chains of requirements as lines of text."""

from conceptmap.card import reading, step_cites
from conceptmap.cli.cards import cite_lines, titled
from conceptmap.cli.terminal import counted, line
from conceptmap.values import FoldedEdge, FoldedNode, View, Walk, cite
from ontology.terms import REQUIRES


def show_path(view: View, walk: Walk) -> None:
    """Each node under the one before, with the relation as it reads on the way."""
    for step, node in enumerate(walk.nodes):
        if step:
            edge = walk.edges[step - 1]
            line("  ", (_said(view, edge, walk.nodes[step - 1]), "green"))
            cite_lines(map(cite, edge.assertions), "    ")
        line(*titled(view.node(node), view.introduced_on(node)))


def show_requirements(view: View, start: FoldedNode, found: dict[str, str]) -> None:
    """The chain as an indented list: each node under the one that requires it."""
    if not found:
        line((start.label, "bold"), " requires nothing")
        return
    line((start.label, "bold"), f" requires {counted(len(found), 'thing')}")
    waiting = [(node, 1) for node in reversed(_required_by(start.id, found))]
    while waiting:
        node, depth = waiting.pop()
        line("  " * depth, *titled(view.node(node), view.introduced_on(node)))
        cite_lines(step_cites(view, found[node], REQUIRES, node), "  " * depth + "  ")
        waiting.extend((one, depth + 1) for one in reversed(_required_by(node, found)))


def _required_by(node: str, found: dict[str, str]) -> list[str]:
    return [one for one, before in found.items() if before == node]


def _said(view: View, edge: FoldedEdge, before: str) -> str:
    name = reading(view, edge, before)
    return f"{name} ({edge.dimension})" if edge.dimension else name
