"""A learner's marks read on a map: they follow nodes that were renamed or merged, and those of nodes gone are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphs.learners import Mark
from graphs.view import View


@dataclass(frozen=True, slots=True)
class Learned:
    """What a learner has learned of a map, by the ids that its nodes have now.

    `later`: marks on nodes that no day up to the view's has; `gone`: on nodes that no day has any more.
    """

    nodes: Mapping[str, Mark]
    later: tuple[Mark, ...] = ()
    gone: tuple[Mark, ...] = ()


def learned_in(view: View, marks: Iterable[Mark]) -> Learned:
    """What marks say of a view; of two on nodes that have become one, the older counts."""
    nodes: dict[str, Mark] = {}
    later, gone = [], []
    newest = view.up_to(None)
    for mark in sorted(marks, key=lambda one: (one.time, one.node)):
        node = view.leads_to(mark.node)
        if view.has_node(node):
            nodes.setdefault(node, mark)
        elif newest.has_node(node):
            later.append(mark)
        else:
            gone.append(mark)
    return Learned(nodes, tuple(later), tuple(gone))
