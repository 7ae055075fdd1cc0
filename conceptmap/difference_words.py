"""What differs between two states of a map, in words: lines from the whole to the details, whose pieces have styles."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from graphs.diff import Changes, Diff, Effect, FieldChange, Shift
    from graphs.view import FoldedEdge, FoldedNode
    from ontology.values import JsonValue
    from ontology.vocabulary import Vocabulary

Spans = Sequence[str | tuple[str, str]]
"""A line in pieces: text, or text with the style that a terminal gives it."""

ADDED, REMOVED, CHANGED = "+", "−", "~"
MARK_STYLES: Final = {ADDED: "green", REMOVED: "red", CHANGED: "yellow"}
SIGNS_OF_TURNS: Final = {
    "rises": ("▲", "green"),
    "stronger": ("▲", "green"),
    "falls": ("▼", "red"),
    "weaker": ("▼", "red"),
}
MOST = 80
"""So many characters of a text are shown before and after: together two lines of a terminal."""


@dataclass(frozen=True, slots=True)
class InWords:
    """A difference, the vocabulary that orders it, and the label of each node in it.

    `effects` are what becomes of claims, each with its strengths in words.
    """

    diff: "Diff"
    vocabulary: "Vocabulary"
    label: Callable[[str], str]
    effects: "Sequence[tuple[Effect, str]]" = ()

    def summary(self) -> str:
        """How much differs."""
        nodes, edges = self.diff.nodes, self.diff.edges
        counts = {
            "added": (len(nodes.added), len(edges.added)),
            "removed": (len(nodes.removed), len(edges.removed)),
            "changed": (len(nodes.news), len(edges.news)),
            "only repeated": (len(nodes.changed) - len(nodes.news), len(edges.changed) - len(edges.news)),
        }
        return "; ".join(f"{_both(*count)} {word}" for word, count in counts.items() if any(count)) or "nothing differs"

    def sections(self) -> Iterator[tuple[str, Iterator[Spans]]]:
        """What differs, in sections with their names: claims that gained or lost support, nodes, edges."""
        nodes, edges = self.diff.nodes, self.diff.edges
        if self.diff.claims or self.effects:
            yield "claims", _claims(self)
        if nodes.added or nodes.removed or nodes.news:
            yield "nodes", _nodes(self, nodes)
        if edges.added or edges.removed or edges.news:
            yield "edges", _edges(self, edges)


def plain(spans: Spans) -> str:
    """A line without its styles."""
    return "".join(one if isinstance(one, str) else one[0] for one in spans).rstrip()


def _both(nodes: int, edges: int) -> str:
    return " and ".join(counted(number, noun) for number, noun in ((nodes, "node"), (edges, "edge")) if number)


def _claims(found: InWords) -> Iterator[Spans]:
    """The claims at which anything came or went, then those that only what speaks for or against them moves."""
    effects = {effect.node: (effect, strengths) for effect, strengths in found.effects}
    for shift in found.diff.claims:
        yield from _shift(found, shift, effects.pop(shift.node.id, None))
    for effect, strengths in effects.values():
        sign, style = SIGNS_OF_TURNS[effect.turn]
        yield [(f"{sign} {effect.turn} ", style), f"{strengths}  ", (effect.label, "bold")]


def _shift(found: InWords, shift: "Shift", moved: "tuple[Effect, str] | None") -> Iterator[Spans]:
    sign, style = ("▲", "green") if shift.direction == "strengthened" else ("▼", "red")
    before, after = (f"{one.value:+d}" if one.value else "0" for one in (shift.before, shift.after))
    now = f"{before} → {after} ({shift.after.supports} for, {shift.after.opposes} against)"
    yield [(f"{sign} {shift.direction} ", style), f"{now}  ", (shift.node.label, "bold")]
    if moved:
        yield [f"    {moved[0].turn}: {moved[1]}"]
    for mark, edges in ((ADDED, shift.added), (REMOVED, shift.removed)):
        for edge in edges:
            yield [f"    {mark} ", (edge.relation, "green"), f"  {found.label(edge.source)}"]


def _nodes(found: InWords, nodes: "Changes[FoldedNode]") -> Iterator[Spans]:
    kinds = list(found.vocabulary.kinds)
    order = {kind: row for row, kind in enumerate(kinds)}

    def place(node: "FoldedNode") -> tuple[int, str, str]:
        return order.get(node.kind, len(kinds)), node.label, node.id

    for mark, items in ((ADDED, nodes.added), (REMOVED, nodes.removed)):
        for node in sorted(items, key=place):
            into = found.diff.merged.get(node.id) if mark == REMOVED else None
            way = f"  merged into {into.label}" if into else ""
            yield [(f"{mark} ", MARK_STYLES[mark]), (node.label, "bold"), (f"  {node.kind}", "cyan"), way]
    for change in sorted(nodes.news, key=lambda one: place(one.after)):
        before = change.before.label
        way = f"  renamed, was {before}" if before != change.after.label else ""
        label, kind = (change.after.label, "bold"), (f"  {change.after.kind}", "cyan")
        yield [(f"{CHANGED} ", MARK_STYLES[CHANGED]), label, kind, way]
        yield from _fields(change.fields)


def _edges(found: InWords, edges: "Changes[FoldedEdge]") -> Iterator[Spans]:
    for mark, items in ((ADDED, edges.added), (REMOVED, edges.removed)):
        for edge in items:
            yield _edge(found, mark, edge)
    for change in edges.news:
        yield _edge(found, CHANGED, change.after)
        yield from _fields(change.fields)


def _edge(found: InWords, mark: str, edge: "FoldedEdge") -> Spans:
    dimension = f" in {edge.dimension}" if edge.dimension else ""
    values = f": {edge.values.source} | {edge.values.target}" if edge.values else ""
    return [
        (f"{mark} ", MARK_STYLES[mark]),
        f"{found.label(edge.source)} ",
        (edge.relation, "green"),
        f" {found.label(edge.target)}{dimension}{values}",
    ]


def _fields(fields: "Sequence[FieldChange]") -> Iterator[Spans]:
    for field, before, after in fields:
        if isinstance(before, list) and isinstance(after, list):
            gone = [f"{REMOVED} {one}" for one in before if one not in after]
            come = [f"{ADDED} {one}" for one in after if one not in before]
            yield [f"    {field}: ", ", ".join([*come, *gone]) or "in another order"]
        else:
            yield [f"    {field}: {_short(before)} → {_short(after)}"]


def _short(value: "JsonValue") -> str:
    if value is None:
        return "nothing"
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= MOST else text[:MOST].rstrip() + '…'}”"
