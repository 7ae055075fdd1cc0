"""What entries change: each in its part compared with what the part said before, and what it did to one node."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from graphs.entries import Entry
from graphs.fold import Event, Fold, PartKey
from graphs.view import FoldedNode, View
from ontology.model import Document, Edge, EdgeKey, Node
from ontology.vocabulary import Vocabulary

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
class Step:
    """An entry, and what it changed compared with what its part said before."""

    entry: Entry
    change: PartChange


@dataclass(frozen=True, slots=True)
class NodeStep:
    """An entry that touched a node: what its document says of it now, and the node as it stood then.

    Both are None where there is nothing: the document says no more of it, or nobody does.
    """

    entry: Entry
    status: Literal["added", "changed", "removed"]
    said: Node | None
    node: FoldedNode | None


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


def steps_of(entries: Iterable[Entry]) -> Iterator[Step]:
    """What each entry changed. The entries are all those of a map (or of a day) from the first, in order."""
    former: dict[PartKey, Document | None] = {}
    for entry in entries:
        key = PartKey(entry.day, entry.part)
        yield Step(entry, compare_parts(key, former.get(key), entry.document, same=False))
        former[key] = entry.document


def steps_of_node(
    entries: Iterable[Entry], node: str, vocabulary: Vocabulary, as_of: int | None = None
) -> Iterator[NodeStep]:
    """The entries that changed what a document says of a node; `node` in them is the node as of the day."""
    fold = Fold(vocabulary)
    view = View(fold, vocabulary, as_of)
    former: dict[PartKey, Node | None] = {}
    for entry in entries:
        if not view.sees(entry.day):
            continue
        key, event = PartKey(entry.day, entry.part), _event_of(entry, node)
        before = former.get(key)
        said = event.document.nodes[0] if event.document else None
        if before or said:
            fold.apply(event)
        former[key] = said
        if before != said:
            status: Literal["added", "removed", "changed"]
            status = "added" if before is None else "removed" if said is None else "changed"
            yield NodeStep(entry, status, said, view.node(node) if view.has_node(node) else None)


def _event_of(entry: Entry, node: str) -> Event:
    """The entry as if it said nothing but of one node. Documents that do not name its id are not even parsed."""
    event = Event(entry.sequence, PartKey(entry.day, entry.part), None, entry.author, entry.time)
    if entry.text is None or json.dumps(node, ensure_ascii=False) not in entry.text or entry.document is None:
        return event
    nodes = tuple(one for one in entry.document.nodes if one.id == node)
    return replace(event, document=entry.document.with_assertions(nodes, ())) if nodes else event


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
