"""A learner's marks read on a map: they follow nodes that were renamed or merged, and those of nodes gone are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphs.learners import Mark
from graphs.view import View
from ontology.errors import UnknownNode


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


def marked_as(view: View, name: str, marks: Iterable[Mark]) -> list[str]:
    """The ids under which marks of one node are kept: of one that a name means, or of one that is gone, by its id.

    None where the node is not marked. Raises `UnknownNode` where there is no such node and no such mark.
    """
    kept = [mark.node for mark in marks]
    nodes = view.named(name)
    if not nodes and name not in kept:
        raise UnknownNode(name)
    return [one for one in kept if one == name or view.leads_to(one) in nodes]
