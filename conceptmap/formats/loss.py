"""What a format cannot keep: each loss by node or edge and field, found by what the format says that it keeps.

`facts_of` is all that a map shows, piece by piece. What comes back from a format is the same facts, minus those that
its losses name.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeVar

from typing_extensions import TypedDict

from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from graphs.view import FoldedEdge, FoldedNode, View

Item = TypeVar("Item", "FoldedNode", "FoldedEdge")
What = Literal["node", "edge", "part"]
Reason = Literal["no place", "made general", "shortened", "joined", "refused"]

REASONS: Final[dict[Reason, str]] = {
    "no place": "the format has no place for it",
    "made general": "kept as something more general",
    "shortened": "it was too long",
    "joined": "it became one with another of the same name",
    "refused": "the map cannot hold it",
}


class Fact(NamedTuple):
    """What a fact is about: a node by its id, an edge by its readable id, a part as `DAY/PART`; and which field.

    The field is empty where the node or edge itself is meant, with all of its fields.
    """

    what: What
    id: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """A fact that does not come through, why (one of `REASONS`), and what became of it, where that can be said."""

    fact: Fact
    reason: Reason = "no place"
    became: str = ""


class LossShape(TypedDict):
    """A loss: what of which id, its field (null: all of it), why, and what became of it (null: nothing)."""

    what: What
    id: str
    field: str | None
    reason: str
    became: str | None


def loss_shape(loss: Loss) -> LossShape:
    """A loss as every report gives it."""
    return {
        "what": loss.fact.what,
        "id": loss.fact.id,
        "field": loss.fact.field or None,
        "reason": REASONS[loss.reason],
        "became": loss.became or None,
    }


@dataclass(frozen=True, slots=True)
class Kept:
    """What a format keeps: fields of nodes and edges by their names in `NODE_FIELDS` and `EDGE_FIELDS`."""

    node: frozenset[str] = field(default_factory=lambda: frozenset(NODE_FIELDS))
    edge: frozenset[str] = field(default_factory=lambda: frozenset(EDGE_FIELDS))
    questions: bool = False

    @classmethod
    def but(cls, *, node: Iterable[str] = (), edge: Iterable[str] = ()) -> "Kept":
        """All but these fields, and but the questions of notes."""
        return cls(frozenset(NODE_FIELDS) - {*node}, frozenset(EDGE_FIELDS) - {*edge})


def _said_on(_: "View", item: "FoldedNode | FoldedEdge") -> tuple[int | None, ...]:
    """The days whose documents name a node or edge; None for what is undated."""
    days = {None if one.undated else one.day for one in item.assertions}
    return tuple(sorted(days, key=lambda day: -1 if day is None else day))


def _cites(_: "View", item: "FoldedNode | FoldedEdge") -> object:
    from graphs.view import cite

    cites = map(cite, item.assertions)
    said = ((None if one.undated else one.day, one.file, one.lines, one.quote) for one in cites)
    return tuple(dict.fromkeys(said))  # a document may say an edge from either end


NODE_FIELDS: "Final[dict[str, Callable[[View, FoldedNode], object]]]" = {
    "kind": lambda view, node: node.kind,
    "label": lambda view, node: node.label,
    "aliases": lambda view, node: tuple(sorted(node.aliases)),
    "text": lambda view, node: node.text,
    "formula": lambda view, node: node.formula,
    "data": lambda view, node: dict(node.data),
    "days": _said_on,
    "introduced": lambda view, node: view.introduced_on(node.id),
    "mention": lambda view, node: not node.defined,
    "derived": lambda view, node: node.is_derived,
    "place": lambda view, node: None if node.place is None else (node.place,),
    "cites": _cites,
}
"""The fields of nodes, each with what tells it: `mention` is whether it is only mentioned, `derived` whether a rule
read it, `place` its rank on the drawn map.
"""

EDGE_FIELDS: "Final[dict[str, Callable[[View, FoldedEdge], object]]]" = {
    "values": lambda view, edge: edge.values,
    "note": lambda view, edge: edge.note,
    "days": _said_on,
    "derived": lambda view, edge: edge.how == "derived",
    "place": lambda view, edge: None if edge.place is None else (edge.place, edge.parent),
    "cites": _cites,
}
"""The fields of edges. Its ends, relation and dimension are what an edge is."""


_WORDS: Final[dict[str, str]] = {
    "aliases": "other names",
    "data": "other fields",
    "introduced": "first day",
    "mention": "mark of a mention",
    "derived": 'mark "read by rule"',
    "place": "place on the drawn map",
    "cites": "note and line",
    "values": "compared values",
}
"""Fields in words, where these are not their names."""


def facts_of(view: "View") -> dict[Fact, object]:
    """All that a view shows; a field that says nothing is no fact."""
    return {
        **{fact: value for node in view.nodes() for fact, value in _facts_of_node(view, node)},
        **{fact: value for edge in view.edges() for fact, value in _facts_of_edge(view, edge)},
        **dict(_questions(view)),
    }


def _facts_of_node(view: "View", node: "FoldedNode") -> Iterator[tuple[Fact, object]]:
    yield Fact("node", node.id), True
    for name, value_of in NODE_FIELDS.items():
        if _says(value := value_of(view, node)):
            yield Fact("node", node.id, name), value


def _facts_of_edge(view: "View", edge: "FoldedEdge") -> Iterator[tuple[Fact, object]]:
    name = str(edge.key)
    yield Fact("edge", name), True
    for one, value_of in EDGE_FIELDS.items():
        if _says(value := value_of(view, edge)):
            yield Fact("edge", name, one), value


def _says(value: object) -> bool:
    """Whether a field says anything; day 0 does."""
    return bool(value) or (value is not False and value == 0)


def _questions(view: "View") -> Iterator[tuple[Fact, object]]:
    if view.has_questions:
        for one in view.documents():
            if one.questions:
                yield Fact("part", f"{one.day}/{one.part}", "questions"), one.questions


def losses_of(view: "View", kept: Kept) -> Iterator[Loss]:
    """Every fact of a view whose field is not kept, in the order of nodes, then of edges."""
    for node in view.nodes():
        yield from _lost("node", node.id, kept.node, NODE_FIELDS, view, node)
    for edge in view.edges():
        yield from _lost("edge", str(edge.key), kept.edge, EDGE_FIELDS, view, edge)
    if not kept.questions:
        yield from (Loss(fact) for fact, _ in _questions(view))


def _lost(
    what: What,
    name: str,
    kept: frozenset[str],
    fields: "Mapping[str, Callable[[View, Item], object]]",
    view: "View",
    item: Item,
) -> Iterator[Loss]:
    for one, value_of in fields.items():
        if one not in kept and _says(value_of(view, item)):
            yield Loss(Fact(what, name, one))


def covered(losses: Iterable[Loss], fact: Fact) -> bool:
    """Whether one of the losses names a fact, or the node or edge that it is of."""
    named = {one.fact for one in losses}
    return fact in named or Fact(fact.what, fact.id) in named


def in_words(losses: Iterable[Loss]) -> str:
    """How much is lost, by what it is: a line for people; empty where nothing is.

    >>> print(in_words([Loss(Fact("node", "rye", "text")), Loss(Fact("edge", "rye requires flour"), "made general")]))
    lost: of nodes the text (1); 1 edge (kept as something more general)
    """
    losses = list(losses)
    told = []
    for what in ("node", "edge", "part"):
        here = [one for one in losses if one.fact.what == what]
        whole = Counter(one.reason for one in here if not one.fact.field)
        told += [f"{counted(count, what)}{_why(reason)}" for reason, count in sorted(whole.items())]
        fields = Counter((one.fact.field, one.reason) for one in here if one.fact.field)
        said = [f"the {_WORDS.get(name, name)} ({count}){_why(reason)}" for (name, reason), count in fields.items()]
        told += [f"of {what}s {', '.join(said)}"] if said else []
    return f"lost: {'; '.join(told)}" if told else ""


def _why(reason: Reason) -> str:
    return "" if reason == "no place" else f" ({REASONS[reason]})"
