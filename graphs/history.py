"""The history of a map, told from its entries: what each changed in its part, and what it did to one node."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from graphs.changes import PartChange, compare_parts
from graphs.entries import Entry
from graphs.fold import Event, Fold, PartKey
from graphs.view import FoldedNode, View
from ontology.model import Document, Node
from ontology.vocabulary import Vocabulary


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
