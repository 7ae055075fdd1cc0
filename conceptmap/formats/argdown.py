"""Argdown: each node a statement, support and attack drawn between them, all else in the data behind each statement."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from conceptmap.formats.format import Format, Given, Pieces, Reader, SentFile
from conceptmap.formats.loss import Kept
from ontology.terms import ARGUMENT, CONTRASTS_WITH, OPPOSES, SUPPORTS, UNDERCUTS

if TYPE_CHECKING:
    from conceptmap.formats.format import Reading
    from graphs.view import FoldedEdge, FoldedNode, View

ARROWS: Final = {SUPPORTS: "+>", OPPOSES: "->", UNDERCUTS: "_>", CONTRASTS_WITH: "><"}
"""The relations that Argdown draws, written from the end that says them."""

_NO_WORDS = re.compile(r"[^\w\s.,;!?'’()%°€$&=“”„‚‘-]|(?<=\S)_|_(?=\S)|_")
"""Characters that are not left in a title or text: what may mean something to Argdown."""


def write_argdown(view: "View", base: str | None = None) -> Pieces:
    """A statement for each node; `base` plays no part."""
    titles = _titles(view)
    edges: dict[str, list[FoldedEdge]] = defaultdict(list)
    for edge in view.edges():
        edges[edge.source].append(edge)
    for node in view.nodes():
        yield "\n".join([*_statement(view, node, titles, edges[node.id]), "", ""])


def _titles(view: "View") -> dict[str, str]:
    """A title of its own for each node, by its id: its label, as far as that can be one."""
    titles: dict[str, str] = {}
    taken: set[str] = set()
    for node in view.nodes():
        title = _plain(node.label)
        tried = (title, f"{title} ({node.id})".strip(), *(f"{node.id} {number}" for number in range(2, 1000)))
        titles[node.id] = next(one for one in tried if one.strip(".,;!?'- ") and one.casefold() not in taken)
        taken.add(titles[node.id].casefold())
    return titles


def _plain(text: str) -> str:
    """Words that mean nothing but themselves to Argdown."""
    return " ".join(_NO_WORDS.sub(" ", text).split())


def _statement(
    view: "View", node: "FoldedNode", titles: dict[str, str], edges: "Sequence[FoldedEdge]"
) -> Iterator[str]:
    home = _home_day(view, node)
    more = [_more(view, edge, home) for edge in edges]
    data = _data(view, node, titles[node.id]) | ({"edges": kept} if (kept := [one for one in more if one]) else {})
    shown = _plain(node.text or "")
    if node.text and shown != node.text:
        data["text"] = node.text
    title = _title(view, node.id, titles)
    yield f"{title}: {shown} {_json(data)}" if shown else f"{title} {_json(data)}"
    for edge in edges:
        if _is_drawn(view, edge):
            yield f"  {ARROWS[edge.relation]} {_title(view, edge.target, titles)}"


def _title(view: "View", node: str, titles: dict[str, str]) -> str:
    """A title as a reference: arguments stand in other brackets than statements."""
    return f"<{titles[node]}>" if view.kind(node) == ARGUMENT else f"[{titles[node]}]"


def _is_drawn(view: "View", edge: "FoldedEdge") -> bool:
    """Whether a line draws an edge: Argdown has contradiction between statements alone."""
    if edge.relation not in ARROWS or edge.dimension is not None:
        return False
    return edge.relation != CONTRASTS_WITH or ARGUMENT not in (view.kind(edge.source), view.kind(edge.target))


def _home_day(view: "View", node: "FoldedNode") -> int | None:
    introduced = view.introduced_on(node.id)
    return introduced if introduced is not None else next(iter(_said_on(node)))


def _said_on(item: "FoldedNode | FoldedEdge") -> list[int | None]:
    days = {None if one.undated else one.day for one in item.assertions}
    return sorted(days, key=lambda day: -1 if day is None else day)


def _data(view: "View", node: "FoldedNode", title: str) -> dict[str, Any]:
    """All that the statement does not say of its node."""
    introduced = view.introduced_on(node.id)
    days = _said_on(node)
    said = {
        "id": node.id,
        "kind": node.kind,
        "label": node.label if node.label != title else None,
        "aliases": list(node.aliases) or None,
        "days": days,
        "formula": node.formula,
        "mention": True if not node.defined else None,
        "derived": True if node.is_derived else None,
        "place": node.place,
        "fields": json.dumps(dict(node.data), ensure_ascii=False) if node.data else None,
    }
    data: dict[str, Any] = {key: value for key, value in said.items() if value is not None}
    if introduced != next((day for day in days if day is not None), None):
        data["introduced"] = introduced
    return data


def _more(view: "View", edge: "FoldedEdge", home: int | None) -> list[Any]:
    """An edge as its source's data say it; nothing where the line that draws it says all."""
    days = _said_on(edge)
    said = {
        "dimension": edge.dimension,
        "values": [edge.values.source, edge.values.target] if edge.values else None,
        "note": edge.note,
        "days": days if days != [home] else None,
        "derived": True if edge.how == "derived" else None,
        "place": edge.place,
        "parent": edge.parent,
    }
    more = {key: value for key, value in said.items() if value is not None}
    if not more and _is_drawn(view, edge):
        return []
    return [edge.relation, edge.target, *([json.dumps(more, ensure_ascii=False)] if more else [])]


def _json(data: dict[str, Any]) -> str:
    """JSON on one line, with no brace inside but those of strings as escapes: Argdown ends data at the first."""
    inside = json.dumps(data, ensure_ascii=False)[1:-1]
    for sign in "{}#<>@*_/|":
        inside = inside.replace(sign, f"\\u{ord(sign):04x}")
    return f"{{{inside}}}"


def _read(files: Sequence[SentFile], reading: "Reading") -> Given:
    from conceptmap.formats.argdown_reader import read_argdown

    return read_argdown(files, reading)


FORMAT = Format(
    "argdown",
    "statements with their support and attack, for Argdown",
    write_argdown,
    suffixes=(".argdown",),
    keeps=Kept.but(node=["cites"], edge=["cites"]),
    reader=Reader(_read, (".argdown", ".ad")),
)
