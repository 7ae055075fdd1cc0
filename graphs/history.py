"""What entries change: each in its part compared with what the part said before, and what it did to one node."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from graphs.entries import Entry, Line
from graphs.fold import Event, Fold, Kind, PartKey, as_said
from graphs.standing import Mark, standing, stands
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

    `document` is what was put, or what was added to the part (None: it ends).
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
    kind: Kind = "put"
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the log, and what it did to its part as a whole."""

    line: Line
    status: Status


@dataclass(frozen=True, slots=True)
class NodeStep:
    """An entry that touched a node: what its document says of it now, and the node as it stood then.

    Both are None where there is nothing: the document says no more of it, or nobody does.
    """

    entry: Entry
    status: Literal["added", "changed", "removed"]
    said: Node | None
    node: FoldedNode | None


def compare_parts(
    fold: Fold, key: PartKey, before: Document | None, after: Document | None, *, same: bool
) -> PartChange:
    """The change of one part; `same`: the bytes did not change either."""
    items = tuple(_items(_assertions(fold, before), _assertions(fold, after)))
    count = Counter(item.status for item in items)
    status: Status = "changed"
    if same or (before, after) == (None, None):
        status = "unchanged"
    elif after is None:
        status = "removed"
    elif before is None:
        status = "added"
    title = after.title if after else None
    said = after or before
    return PartChange(
        *(key.day, key.part, status, count["added"], count["changed"], count["removed"], title, items, after),
        undated=bool(said and said.undated),
    )


def compare_addition(fold: Fold, key: PartKey, addition: Document) -> PartChange:
    """What an addition changes in what its part says of the same nodes and edges; costs what it says."""
    old: dict[str | EdgeKey, Node | Edge] = {}
    new: dict[str | EdgeKey, Node | Edge] = {}
    for node in addition.nodes:
        word = fold.word_on_node(key, node.id)
        if word is None or not node.adds_nothing:  # a mention takes nobody's place
            new[node.id] = node
            old |= {} if word is None else {node.id: word}
    for edge in addition.edges:
        own_key = fold.own_key(edge.key)
        new[own_key] = edge
        if (said := fold.word_on_edge(key, edge.key)) is not None:
            old[own_key] = said
    items = tuple(_items(old, new))
    added = sum(item.status == "added" for item in items)
    status: Status = "unchanged" if not items else "changed" if key in fold.parts else "added"
    return PartChange(*key, status, added, len(items) - added, 0, None, items, addition, "add")


def steps_of(lines: Iterable[Line]) -> Iterator[Step]:
    """What each entry did to its part. The lines are all those of a map (or of a day) from the first, in order."""
    marks: dict[PartKey, list[Mark]] = {}
    stood: set[PartKey] = set()
    for line in lines:
        key = PartKey(line.day, line.part)
        marks.setdefault(key, []).append(Mark(line.sequence, line.kind, line.target, *key))
        before, after = key in stood, stands(marks[key])
        (stood.add if after else stood.discard)(key)
        yield Step(line, "changed" if before and after else "added" if after else "removed" if before else "unchanged")


def steps_of_node(
    entries: Iterable[Entry], ids: Collection[str], vocabulary: Vocabulary, as_of: int | None = None
) -> Iterator[NodeStep]:
    """The entries that changed what a part says of a node that has or had these ids.

    `node` in them is the node as of the day, as it stood then.
    """
    fold = Fold(vocabulary)
    marks: dict[PartKey, list[Mark]] = {}
    events: dict[int, Event] = {}
    for entry in entries:
        if as_of is not None and entry.day > as_of:
            continue
        key, event = PartKey(entry.day, entry.part), _event_of(entry, ids)
        of_part = marks.setdefault(key, [])
        of_part.append(Mark(entry.sequence, entry.kind, entry.target, *key))
        if event.document is not None:
            events[entry.sequence] = event
        before = _words(fold, key)
        if entry.target is not None:
            numbers = standing(of_part).get(key, [])
            fold.settle(key, [events[one] for one in numbers if one in events], entry.sequence)
        elif event.document is not None or (before and entry.kind != "add"):
            fold.apply(event)
        after = _words(fold, key)
        if before != after:
            yield _node_step(entry, before, after, View(fold, vocabulary, as_of))


def _words(fold: Fold, key: PartKey) -> list[Node]:
    """What a part says of all nodes of a small fold, and which of them it ended."""
    part = fold.parts.get(key)
    ended = [one for one in part.document.nodes if one.ended] if part else []
    return [*ended, *(as_said(one) for said in fold.nodes.values() for one in said if (one.day, one.part) == key)]


def _node_step(entry: Entry, before: list[Node], after: list[Node], view: View) -> NodeStep:
    status: Literal["added", "removed", "changed"]
    status = "added" if not before else "removed" if not after else "changed"
    said = next((one for one in after if one not in before), after[-1] if after else None)
    node = said.id if said else before[-1].id
    return NodeStep(entry, status, said, view.node(node) if view.has_node(node) else None)


def _event_of(entry: Entry, ids: Collection[str]) -> Event:
    """The entry as if it said nothing but of these nodes. Documents that do not name their ids are not even parsed."""
    key = PartKey(entry.day, entry.part)
    event = Event(entry.sequence, key, None, entry.author, entry.time, entry.kind, entry.target)
    text = entry.text
    if text is None or not any(json.dumps(one, ensure_ascii=False) in text for one in ids) or entry.document is None:
        return event
    nodes = tuple(one for one in entry.document.nodes if one.id in ids)
    return replace(event, document=entry.document.with_assertions(nodes, ())) if nodes else event


def _items(old: Mapping[str | EdgeKey, Node | Edge], new: Mapping[str | EdgeKey, Node | Edge]) -> Iterator[ItemChange]:
    for own_key, said in new.items():
        if own_key not in old:
            yield ItemChange("added", _subject(said))
        elif old[own_key] != said:
            yield ItemChange("changed", _subject(said))
    for own_key, said in old.items():
        if own_key not in new:
            yield ItemChange("removed", _subject(said))


def _subject(said: Node | Edge) -> str | EdgeKey:
    return said.id if isinstance(said, Node) else said.key


def _assertions(fold: Fold, document: Document | None) -> Mapping[str | EdgeKey, Node | Edge]:
    if document is None:
        return {}
    return {**{node.id: node for node in document.nodes}, **{fold.own_key(edge.key): edge for edge in document.edges}}
