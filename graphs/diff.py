"""The diff of two views: what one says more, no more or otherwise than the other, and which claims it moves."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, Literal, NamedTuple, TypeVar

from graphs.fold import ENDED
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.model import Document, EdgeKey
from ontology.values import JsonValue

Folded = TypeVar("Folded", FoldedNode, FoldedEdge)
Key = TypeVar("Key", str, EdgeKey)

REPEATED = frozenset({"days", "how"})
"""Fields that change where a document only says again what was known."""


class FieldChange(NamedTuple):
    """A field that differs; a key of a node's data is the field `data.KEY`."""

    field: str
    before: JsonValue
    after: JsonValue


@dataclass(frozen=True, slots=True)
class Change(Generic[Folded]):
    """A node or edge that both views have, but not alike.

    Where it is no news, it is only repeated: on another day, or read another way.
    """

    before: Folded
    after: Folded
    fields: tuple[FieldChange, ...]
    is_news: bool


@dataclass(frozen=True, slots=True)
class Changes(Generic[Folded]):
    """What differs of the nodes, or of the edges, in the order of their ids."""

    added: tuple[Folded, ...]
    removed: tuple[Folded, ...]
    changed: tuple[Change[Folded], ...]

    @property
    def news(self) -> tuple[Change[Folded], ...]:
        """The changes that say anything else than before."""
        return tuple(change for change in self.changed if change.is_news)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


class Balance(NamedTuple):
    """How many edges directly speak for a node, and how many against it."""

    supports: int
    opposes: int

    @property
    def value(self) -> int:
        """The balance: support less opposition."""
        return self.supports - self.opposes


@dataclass(frozen=True, slots=True)
class Shift:
    """A claim (or argument) whose balance moved, and the edges that moved it."""

    node: FoldedNode
    before: Balance
    after: Balance
    added: tuple[FoldedEdge, ...]
    removed: tuple[FoldedEdge, ...]

    @property
    def direction(self) -> Literal["strengthened", "weakened"]:
        """Which way it moved."""
        return "strengthened" if self.after.value > self.before.value else "weakened"


Turn = Literal["falls", "rises", "weaker", "stronger"]
"""What becomes of a claim: it changes sides, or only its strength."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to a claim that was there before, how strong it was and is by each method, and its labels."""

    node: str
    label: str
    kind: str
    turn: Turn
    before: Mapping[str, float | None]
    after: Mapping[str, float | None]
    labels: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs between two views of a map; `merged` are nodes that are gone since their ids lead to others'."""

    nodes: Changes[FoldedNode]
    edges: Changes[FoldedEdge]
    claims: tuple[Shift, ...]
    merged: Mapping[str, FoldedNode] = dataclasses.field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.nodes or self.edges)


def diff(before: View, after: View) -> Diff:
    """What `after` says more, no more or otherwise than `before`.

    Edges are the same if their identities are; the ends of a symmetric relation have no order. Where a node
    or edge is drawn (`place`, `parent`) is no part of what is said of it.
    """
    touched = [*_documents_only_in(before, after), *_documents_only_in(after, before)]
    ids = {node.id for document in touched for node in document.nodes}
    keys = {view.folded_key(edge.key) for document in touched for edge in document.edges for view in (before, after)}
    moved = _moved(before, after)
    keys |= {key for view in (before, after) for node in moved for key in _edge_keys(view, node)}
    nodes = _changes(_nodes(before, ids | moved), _nodes(after, ids | moved))
    edges = _changes(_edges(before, keys, after), _edges(after, keys, after))
    ends = {node.id: after.leads_to(node.id) for node in nodes.removed}
    merged = {node: after.node(end) for node, end in ends.items() if end != node and after.has_node(end)}
    return Diff(nodes, edges, tuple(_shifts(before, after, edges)), merged)


def _moved(before: View, after: View) -> set[str]:
    """The ids that lead elsewhere than before, and those to which they lead."""
    led = before.fold.led.keys() | after.fold.led.keys()
    moved = {node for node in led if before.leads_to(node) != after.leads_to(node)}
    return moved | {view.leads_to(node) for node in moved for view in (before, after)}


def _edge_keys(view: View, node: str) -> Iterator[EdgeKey]:
    yield from view.edge_keys_from(node)
    yield from view.edge_keys_to(node)


def _documents_only_in(view: View, other: View) -> Iterator[Document]:
    """The documents that one view sees and the other does not: they alone can make a difference."""
    for key, part in view.fold.parts.items():
        if view.sees(key.day):
            standing = other.fold.parts.get(key) if other.sees(key.day) else None
            if standing is not part:
                known = standing.events if standing else []
                yield from (event.document for event in part.events if event.document and event not in known)


def _nodes(view: View, ids: Iterable[str]) -> dict[str, FoldedNode]:
    return {node: view.node(node) for node in sorted({*map(view.leads_to, ids)}) if view.has_node(node)}


def _edges(view: View, keys: Iterable[EdgeKey], named_by: View) -> dict[EdgeKey, FoldedEdge]:
    """The edges of a view by the identities, and with the ends, that another view gives them."""
    found: dict[EdgeKey, FoldedEdge] = {}
    for key in keys:
        if edge := view.edge(key):
            ends = named_by.leads_to(edge.source), named_by.leads_to(edge.target)
            if ENDED not in ends and ends != (edge.source, edge.target) and ends[0] != ends[1]:
                edge = replace(edge, source=ends[0], target=ends[1])
            found[named_by.folded_key(edge.key)] = edge
    return {key: found[key] for key in sorted(found, key=lambda key: key.rank)}


def _changes(before: Mapping[Key, Folded], after: Mapping[Key, Folded]) -> Changes[Folded]:
    both = ((before[key], after[key]) for key in before if key in after)
    pairs = [(one, other, tuple(_field_changes(one, other))) for one, other in both]
    return Changes(
        added=tuple(item for key, item in after.items() if key not in before),
        removed=tuple(item for key, item in before.items() if key not in after),
        changed=tuple(
            Change(one, other, fields, _is_news(_turned(one, other), other)) for one, other, fields in pairs if fields
        ),
    )


def _field_changes(before: Folded, after: Folded) -> Iterator[FieldChange]:
    old: dict[str, JsonValue] = _said(before)
    new: dict[str, JsonValue] = _said(after)
    for field in dict.fromkeys((*old, *new)):
        if old.get(field) != new.get(field):
            yield FieldChange(field, old.get(field), new.get(field))


def _said(item: FoldedNode | FoldedEdge) -> dict[str, JsonValue]:
    """The fields that are compared, as JSON has them."""
    if isinstance(item, FoldedNode):
        return {
            "label": item.label,
            "kind": item.kind,
            "aliases": list(item.aliases),
            "text": item.text,
            "formula": item.formula,
            **{f"data.{key}": value for key, value in item.data.items()},
            "days": list(item.days),
        }
    return {
        "source": item.source,
        "target": item.target,
        "values": item.values.as_json() if item.values else None,
        "note": item.note,
        "days": list(item.days),
        "how": item.how,
    }


def _is_news(before: Folded, after: Folded) -> bool:
    return any(change.field not in REPEATED for change in _field_changes(before, after))


def _turned(item: Folded, like: Folded) -> Folded:
    """An edge read from the end that the other is read from."""
    if isinstance(item, FoldedNode) or isinstance(like, FoldedNode) or item.source == like.source:
        return item
    values = item.values.swapped() if item.values else None
    return replace(item, source=item.target, target=item.source, values=values)


def _shifts(before: View, after: View, edges: Changes[FoldedEdge]) -> Iterator[Shift]:
    signs = {one.name: one.polarity for one in after.vocabulary.relations.values() if one.polarity}
    added, removed = _by_target(edges.added, signs), _by_target(edges.removed, signs)
    for target in sorted(added.keys() | removed.keys()):
        old, new = _balance(before, target, signs), _balance(after, target, signs)
        if old.value != new.value:
            view = after if after.has_node(target) else before
            yield Shift(view.node(target), old, new, tuple(added.get(target, ())), tuple(removed.get(target, ())))


def _by_target(edges: Iterable[FoldedEdge], signs: Mapping[str, int]) -> dict[str, list[FoldedEdge]]:
    """The edges that speak for or against a node, by that node."""
    found: dict[str, list[FoldedEdge]] = {}
    for edge in edges:
        if edge.relation in signs:
            found.setdefault(edge.target, []).append(edge)
    return found


def _balance(view: View, target: str, signs: Mapping[str, int]) -> Balance:
    found = [signs[edge.relation] for edge in view.edges_to(target) if edge.relation in signs]
    return Balance(sum(sign > 0 for sign in found), sum(sign < 0 for sign in found))
