"""What a write did, or would do: per part, how many nodes and edges were added, changed and removed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from graphs.fold import PartKey
from ontology.errors import Problem
from ontology.model import Document, Edge, EdgeKey, Node

Status = Literal["added", "changed", "unchanged", "removed"]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One assertion that comes, changes or goes: on a node (its id) or on an edge (its identity)."""

    status: Literal["added", "changed", "removed"]
    subject: str | EdgeKey


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part: its status, and its assertions on nodes and edges compared with what it said before.

    `document` is what the part says then (None: it ends).
    """

    day: int
    part: str
    status: Status
    added: int = 0
    changed: int = 0
    removed: int = 0
    title: str | None = None
    items: tuple[ItemChange, ...] = field(default=(), repr=False, compare=False)
    document: Document | None = field(default=None, repr=False, compare=False)


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
    items = tuple(_items(_assertions(before), _assertions(after)))
    count = Counter(item.status for item in items)
    status: Status = "changed"
    if same or (before, after) == (None, None):
        status = "unchanged"
    elif after is None:
        status = "removed"
    elif before is None:
        status = "added"
    title = after.title if after else None
    return PartChange(
        key.day, key.part, status, count["added"], count["changed"], count["removed"], title, items, after
    )


def _items(old: Mapping[str | EdgeKey, Node | Edge], new: Mapping[str | EdgeKey, Node | Edge]) -> Iterator[ItemChange]:
    for subject, said in new.items():
        if subject not in old:
            yield ItemChange("added", subject)
        elif old[subject] != said:
            yield ItemChange("changed", subject)
    for subject in old:
        if subject not in new:
            yield ItemChange("removed", subject)


def _assertions(document: Document | None) -> Mapping[str | EdgeKey, Node | Edge]:
    if document is None:
        return {}
    return {**{node.id: node for node in document.nodes}, **{edge.key: edge for edge in document.edges}}
