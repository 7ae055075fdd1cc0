"""What a write did, or would do: per part, how many nodes and edges were added, changed and removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from graphs.fold import PartKey
from ontology.errors import Problem
from ontology.model import Document, Edge, EdgeKey, Node

Status = Literal["added", "changed", "unchanged", "removed"]


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part: its status, and its assertions on nodes and edges compared with what it said before."""

    day: int
    part: str
    status: Status
    added: int = 0
    changed: int = 0
    removed: int = 0
    title: str | None = None


@dataclass(frozen=True, slots=True)
class WriteReport:
    """A whole write; `entries` are the sequence numbers it got in the log (none for a dry run)."""

    map: str
    parts: tuple[PartChange, ...]
    warnings: tuple[Problem, ...] = ()
    entries: tuple[int, ...] = ()
    dry_run: bool = False


def compare_parts(key: PartKey, before: Document | None, after: Document | None, *, same: bool) -> PartChange:
    """The change of one part; `same`: the bytes did not change either."""
    old, new = _assertions(before), _assertions(after)
    added = len(new.keys() - old.keys())
    removed = len(old.keys() - new.keys())
    changed = sum(new[one] != old[one] for one in new.keys() & old.keys())
    status: Status = "changed"
    if same or (before, after) == (None, None):
        status = "unchanged"
    elif after is None:
        status = "removed"
    elif before is None:
        status = "added"
    title = after.title if after else None
    return PartChange(key.day, key.part, status, added, changed, removed, title)


def _assertions(document: Document | None) -> Mapping[str | EdgeKey, Node | Edge]:
    if document is None:
        return {}
    return {**{node.id: node for node in document.nodes}, **{edge.key: edge for edge in document.edges}}
