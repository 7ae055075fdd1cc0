"""Mermaid: a flowchart of the whole map, a box for each node in the subgraph of its day, an arrow for each edge."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format, Given, Pieces, Reader, SentFile
from conceptmap.formats.loss import Loss, facts_of

if TYPE_CHECKING:
    from conceptmap.formats.format import Reading
    from graphs.view import FoldedNode, View


def write_mermaid(view: "View", base: str | None = None) -> Pieces:
    """Boxes by the day that they come in, and arrows with the names of relations; `base` plays no part."""
    from conceptmap.draw.labels import word_name
    from conceptmap.draw.mermaid import escaped
    from conceptmap.draw.picture import node_name

    yield "flowchart LR\n"
    days: dict[int | None, list[FoldedNode]] = defaultdict(list)
    for node in view.nodes():
        days[_day(view, node)].append(node)
    for day in sorted(days, key=lambda day: -1 if day is None else day):
        lines = [f'{node_name(one.id)}["{escaped(one.label)}"]:::kind_{word_name(one.kind)}\n' for one in days[day]]
        inside = "".join(f"    {line}" for line in lines)
        yield inside if day is None else f'  subgraph day_{day}["Day {day}"]\n{inside}  end\n'
    for edge in view.edges():
        if edge.dimension is None:
            yield f'  {node_name(edge.source)} -->|"{edge.relation}"| {node_name(edge.target)}\n'
    for kind in dict.fromkeys(node.kind for node in view.nodes()):
        yield f"  classDef kind_{word_name(kind)} stroke-width:2px\n"


def _day(view: "View", node: "FoldedNode") -> int | None:
    """The day of a node's subgraph: that on which it comes in, else the first that names it."""
    introduced = view.introduced_on(node.id)
    dated = (one.day for one in node.assertions if not one.undated)
    return introduced if introduced is not None else min(dated, default=None)


def lost(view: "View") -> Iterator[Loss]:
    """What does not come back, found by reading what is written: boxes and arrows share the days of others."""
    from conceptmap.formats.format import Reading
    from graphs.fold import Event, PartKey
    from graphs.view import View
    from ontology.rules import completed

    before = facts_of(view)
    if not before:
        return
    nothing = View.of((), view.vocabulary)
    text = "".join(write_mermaid(view)).encode()
    read = _read([SentFile("map.mmd", text)], Reading(nothing, view.map or "map", "map.mmd"))
    documents = map(completed, read.documents)
    events = (Event(number, PartKey(one.day, one.part), one) for number, one in enumerate(documents, 1))
    after = facts_of(View.of(events, view.vocabulary))
    for fact in dict.fromkeys((*before, *after)):
        if before.get(fact) != after.get(fact):
            yield Loss(fact)


def _read(files: Sequence[SentFile], reading: "Reading") -> Given:
    from conceptmap.formats.mermaid_reader import read_mermaid

    return read_mermaid(files, reading)


FORMAT = Format(
    "mermaid",
    "a flowchart for Mermaid, of names, kinds and relations alone",
    write_mermaid,
    suffixes=(".mmd",),
    media_type="text/vnd.mermaid",
    lost=lost,
    reader=Reader(_read, (".mmd", ".mermaid")),
)
