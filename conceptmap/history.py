"""The history of a map and of a node in it, as people ask for it and as JSON."""

from dataclasses import dataclass
from typing import Any

from conceptmap.export import node_json
from graphs.entries import Entry
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

    def as_json(self) -> dict[str, Any]:
        """The history as JSON data."""
        return {
            "id": self.id,
            "first_seen": _when(self.first_seen.entry),
            "last_touched": _when(self.last_touched.entry),
            "history": list(map(_node_step_json, self.steps)),
        }


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


def step_json(step: Step) -> dict[str, Any]:
    """An entry with what it changed."""
    change = step.change
    counts = {"added": change.added, "changed": change.changed, "removed": change.removed}
    return {**entry_json(step.entry), "status": change.status, **counts}


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry without what it says."""
    return {
        "entry": entry.sequence,
        "revision": entry.revision,
        "author": entry.author,
        "time": entry.time,
        "day": entry.day,
        "part": entry.part,
        "media_type": entry.media_type,
    }


def _node_step_json(step: NodeStep) -> dict[str, Any]:
    said = step.said.as_json() if step.said else None
    return {**entry_json(step.entry), "status": step.status, "said": said, "node": _node_as_it_stood(step.node)}


def _node_as_it_stood(node: FoldedNode | None) -> dict[str, Any] | None:
    if node is None:
        return None
    return {**node_json(node), "text": node.text, "formula": node.formula, "data": dict(node.data)}


def _when(entry: Entry) -> dict[str, Any]:
    return {"entry": entry.sequence, "time": entry.time, "day": entry.day, "part": entry.part}
