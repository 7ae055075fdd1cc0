"""How much is in a map; the log keeps it, so that a list of maps need not read what they say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct, json

from graphs.entries import Write
from graphs.fold import ENDED, Asserted, Event, Fold, PartKey, visible
from graphs.view import View
from ontology.model import Edge, EdgeKey, Node


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is in a map: the days that have parts, in order, and how many nodes and edges there are.

    `undated` parts belong to none of the days; `names` are what the first and the last day are called.
    """

    days: tuple[int, ...]
    nodes: int
    edges: int
    undated: int = 0
    names: tuple[str, str] | None = None


class Head(Struct):
    """What a stored document says of its day, so that the rest of it need not be read."""

    undated: bool = False
    day_name: str | None = None


def read_head(text: str) -> Head:
    """The head of a document as it is stored. Raises `msgspec.DecodeError` where the text is none."""
    return _HEADS.decode(text)


_HEADS = json.Decoder(Head)


def extent_of(view: View) -> Extent:
    """How much a view shows."""
    heads = {part.key: Head(part.document.undated, part.document.day_name) for part in view.standing_parts()}
    return extent_by(heads, view.size, view.edge_count)


def extent_by(heads: Mapping[PartKey, Head], nodes: int, edges: int) -> Extent:
    """The same of parts by what their documents say of their days: of day 0, the first and the last."""
    dated = {key: head for key, head in heads.items() if not head.undated}
    days = tuple(sorted({key.day for key in dated}))
    named = {key.day: head.day_name for key, head in sorted(dated.items(), reverse=True) if head.day_name}
    names = (named.get(days[0], str(days[0])), named.get(days[-1], str(days[-1]))) if days else None
    return Extent(days, nodes, edges, len(heads) - len(dated), names)


def first_day_after(fold: Fold, writes: Sequence[Write]) -> int | None:
    """The smallest day that has a part that says something once these are written; None where nothing does."""
    parts = {PartKey(write.day, write.part): write.says is not None for write in writes}
    days = dict(fold.days)
    for key, stands in parts.items():
        days[key.day] = days.get(key.day, 0) + stands - (key in fold.parts)
    return min((day for day, count in days.items() if count), default=None)


def sizes_after(fold: Fold, writes: Sequence[Write]) -> tuple[int, int]:
    """How many nodes and edges the newest state has once these are written. Costs what they and their parts say."""
    replaced = {PartKey(write.day, write.part) for write in writes if write.kind != "add"}
    events_of = {PartKey(write.day, write.part): _events(fold, number, write) for number, write in enumerate(writes, 1)}
    if fold.led_after(events_of, replaced) != fold.led:
        return _counted(fold.copied(), writes)
    events = (event for key in replaced if (part := fold.parts.get(key)) for event in part.events)
    gone = [event.document for event in events if event.document is not None]
    news = [(write, says) for write in writes if (says := write.says) is not None]
    said = [document for _, document in news]
    touched = {fold.leads_to(node.id) for document in (*gone, *said) for node in document.nodes}
    touched.discard(ENDED)
    kept = {fold.leads_to(node.id) for document in said for node in document.nodes}
    nodes = sum(
        (node in kept or _is_said(fold.nodes.get(node, ()), replaced)) - (node in fold.nodes) for node in touched
    )
    keys = {fold.folded_key(edge.key) for document in (*gone, *said) for edge in document.edges}
    keys = {key for key in keys if key.source != key.target}  # what joins a node to itself is not folded
    keys = {key for key in keys if not (fold.is_ended(key.source) or fold.is_ended(key.target))}
    comes: dict[EdgeKey, list[Asserted[Edge]]] = {key: [] for key in keys}
    for write, document in news:
        for edge in document.edges:
            if (key := fold.folded_key(edge.key)) in comes:
                comes[key].append(Asserted(write.day, fold.sequence + 1, write.part, "", edge))
    edges = sum(_shows(fold, key, comes[key], replaced) - bool(fold.visible(key)) for key in keys)
    return len(fold.nodes) + nodes, fold.edge_count + edges


def _counted(fold: Fold, writes: Sequence[Write]) -> tuple[int, int]:
    """The same where ids lead elsewhere: the state is brought forward, and counted."""
    for write in writes:
        events = _events(fold, 1, write)
        if write.kind == "add":
            fold.apply_all(events)
        else:
            fold.settle(PartKey(write.day, write.part), events, fold.sequence + 1)
    return len(fold.nodes), fold.edge_count


def _events(fold: Fold, number: int, write: Write) -> list[Event]:
    """The events that a write, the first or a later one after the state, is or lets count again."""
    if write.document is None:
        return list(write.becomes)
    return [Event(fold.sequence + number, PartKey(write.day, write.part), write.document, kind=write.kind)]


def _is_said(said: Iterable[Asserted[Node]], replaced: set[PartKey]) -> bool:
    return any((one.day, one.part) not in replaced for one in said)


def _shows(fold: Fold, key: EdgeKey, comes: Sequence[Asserted[Edge]], replaced: set[PartKey]) -> bool:
    """Whether an edge is there once some parts are replaced and these assertions have come."""
    news = {(one.day, one.part) for one in comes}
    kept = (one for one in fold.edges.get(key, ()) if (one.day, one.part) not in replaced | news)
    return bool(visible((*kept, *comes)))
