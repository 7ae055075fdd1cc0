"""The history of a map and of a node in it, as people ask for it."""

from dataclasses import dataclass

from graphs.history import NodeStep, Step, steps_of, steps_of_node
from graphs.ledger import Ledger
from graphs.view import FoldedNode
from ontology.errors import UnknownMap


@dataclass(frozen=True, slots=True)
class NodeHistory:
    """The entries that touched a node, newest first."""

    id: str
    steps: tuple[NodeStep, ...]

    @property
    def first_seen(self) -> NodeStep:
        """The first entry that said anything of it."""
        return self.steps[-1]

    @property
    def last_touched(self) -> NodeStep:
        """The last entry that changed what is said of it."""
        return self.steps[0]

    @property
    def last_known(self) -> FoldedNode | None:
        """The node as it stands, or stood last."""
        return next((step.node for step in self.steps if step.node), None)


def history_of(ledger: Ledger, name: str, *, day: int | None, as_of: int | None, at: int | None) -> list[Step]:
    """The entries of a map (of one day), newest first, each with what it changed. Raises `UnknownMap`."""
    entries = (
        entry
        for entry in ledger.log.entries(name, until=at)
        if (day is None or entry.day == day) and (as_of is None or entry.day <= as_of)
    )
    found = list(steps_of(entries))
    if not found and name not in (known := ledger.log.maps()):
        raise UnknownMap(name, known)
    return found[::-1]


def history_of_node(ledger: Ledger, name: str, node: str, *, as_of: int | None, at: int | None) -> NodeHistory | None:
    """The history of the node of this id; None if nothing was ever said of it."""
    entries = ledger.log.entries(name, until=at)
    steps = tuple(steps_of_node(entries, node, ledger.vocabulary, as_of))
    return NodeHistory(node, steps[::-1]) if steps else None
