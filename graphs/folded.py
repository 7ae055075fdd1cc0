"""Folded nodes and edges: what all assertions on one of them say together, each field from the newest that gives it."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from graphs.fold import Asserted
from ontology.model import Edge, EdgeKey, End, EndValues, How, Node

Moment = tuple[int, int]
"""A day and the sequence number of an entry: newer is greater."""


@dataclass(frozen=True, slots=True)
class FoldedNode:
    """A node as all documents up to the view's day say it: each field from the newest that gives it."""

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...]
    text: str | None
    formula: str | None
    data: Mapping[str, JsonValue]
    days: tuple[int, ...]
    place: int | None
    placed: Moment | None
    assertions: tuple[Asserted[Node], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The label, then the aliases."""
        return (self.label, *self.aliases)

    @property
    def sayings(self) -> tuple[Asserted[Node], ...]:
        """The assertions that define it, oldest first; where none does, those that mention it."""
        return tuple(one for one in self.assertions if not one.item.mention) or self.assertions

    @property
    def defined(self) -> bool:
        """Whether a document says more of it than that it exists."""
        return any(not asserted.item.mention for asserted in self.assertions)


@dataclass(frozen=True, slots=True)
class FoldedEdge:
    """An edge as all documents up to the view's day say it."""

    source: str
    relation: str
    target: str
    dimension: str | None
    values: EndValues | None
    note: str | None
    days: tuple[int, ...]
    how: How
    place: int | None
    parent: End | None
    placed: Moment | None
    assertions: tuple[Asserted[Edge], ...]

    @property
    def key(self) -> EdgeKey:
        """The edge's identity."""
        return EdgeKey(self.source, self.relation, self.target, self.dimension)

    def other(self, node: str) -> str:
        """The end that is not this node."""
        return self.target if node == self.source else self.source


def fold_node(assertions: tuple[Asserted[Node], ...]) -> FoldedNode:
    """Merge oldest to newest: definitions over mentions, each field from the newest that gives it."""
    said = [one.item for one in assertions if not one.item.mention] or [one.item for one in assertions]
    newest = said[-1]
    places = [one for one in assertions if one.item.place is not None]
    return FoldedNode(
        id=newest.id,
        kind=newest.kind,
        label=newest.label,
        aliases=_other_names(newest.label, assertions),
        text=next((item.text for item in reversed(said) if item.text), None),
        formula=next((item.formula for item in reversed(said) if item.formula), None),
        data={key: value for item in said for key, value in item.data.items()},
        days=tuple(sorted({one.day for one in assertions})),
        place=places[-1].item.place if places else None,
        placed=(places[-1].day, places[-1].sequence) if places else None,
        assertions=assertions,
    )


def _other_names(label: str, assertions: tuple[Asserted[Node], ...]) -> tuple[str, ...]:
    """Aliases and former labels, oldest first, without those that are the label again."""
    items = [one.item for one in assertions]
    names = [name for item in items for name in (*item.aliases, *(() if item.mention else (item.label,)))]
    return tuple(name for name in dict.fromkeys(names) if name != label)


def fold_edge(assertions: tuple[Asserted[Edge], ...]) -> FoldedEdge:
    """Merge oldest to newest; the ends stand as the newest names them."""
    newest = assertions[-1].item
    items = [_turned(one.item, newest.source) for one in assertions]
    places = [one for one in assertions if one.item.place is not None]
    hows: set[How] = {item.origin.how for item in items}
    ranked: tuple[How, ...] = ("stated", "imported", "derived")
    return FoldedEdge(
        source=newest.source,
        relation=newest.relation,
        target=newest.target,
        dimension=newest.dimension,
        values=next((item.values for item in reversed(items) if item.values), None),
        note=next((item.note for item in reversed(items) if item.note), None),
        days=tuple(sorted({one.day for one in assertions})),
        how=next(how for how in ranked if how in hows),
        place=places[-1].item.place if places else None,
        parent=_turned(places[-1].item, newest.source).parent if places else None,
        placed=(places[-1].day, places[-1].sequence) if places else None,
        assertions=assertions,
    )


def _turned(edge: Edge, source: str) -> Edge:
    """The edge read from this end: of a symmetric relation an older document may have named the ends the other way."""
    if edge.source == source:
        return edge
    values = edge.values.swapped() if edge.values else None
    parent: End | None = {"source": "target", "target": "source", None: None}[edge.parent]
    return edge.model_copy(update={"source": edge.target, "target": edge.source, "values": values, "parent": parent})
