"""The command that compares two points in time of a map, and a comparison as lines of text."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from conceptmap.cli.options import File, MapName, Store, form_of_file, opened_course
from conceptmap.cli.terminal import Span, deliver, deliver_lines
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from conceptmap.compare import Comparison
    from conceptmap.map import CourseMap
    from conceptmap.values import Changes, FieldChange, FoldedEdge, FoldedNode, Shift
    from ontology.values import JsonValue

DiffFormat = Literal["text", "json", "svg"]
SUFFIXES: dict[str, DiffFormat] = {".txt": "text", ".json": "json", ".svg": "svg"}
Spans = Sequence[Span]

ADDED, REMOVED, CHANGED = "+", "−", "~"
MARK_STYLES: Final = {ADDED: "green", REMOVED: "red", CHANGED: "yellow"}
MOST = 80
"""So many characters of a text are shown before and after: together two lines of a terminal."""


def diff(
    context: typer.Context,
    before: Annotated[int | None, typer.Argument(metavar="DAY", min=0, help="The day to start from.")] = None,
    after: Annotated[
        int | None, typer.Argument(metavar="DAY", min=0, help="The day to compare with it; else the newest.")
    ] = None,
    *,
    at: Annotated[
        list[str] | None,
        typer.Option(
            "--at", metavar="WHEN", help="An entry or a UTC time: once for both, or twice, for the one and the other."
        ),
    ] = None,
    form: Annotated[
        DiffFormat | None, typer.Option("--format", help="By default what FILE's suffix says, else text.")
    ] = None,
    file: File = None,
    whole: Annotated[
        bool, typer.Option("--all", help="In the picture: all that differs, not only what is on the drawn map.")
    ] = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Show what changed between two days, or between two entries of the log.

    What was added, removed and changed, and which claims are stronger or weaker for it.
    """
    form = form or form_of_file(file, SUFFIXES) or "text"
    with opened_course(context, name, store) as course:
        found = course.diff(*_points_in_time(course, before, after, at or []))
        match form:
            case "text":
                deliver_lines(_difference_lines(found), file)
            case "json":
                from conceptmap.shapes.changes import diff_shape

                deliver(json.dumps(diff_shape(found.diff), ensure_ascii=False, indent=1), file)
            case "svg":
                deliver(found.draw(whole=whole), file)


def _points_in_time(
    course: "CourseMap", before: int | None, after: int | None, at: list[str]
) -> "tuple[CourseMap, CourseMap]":
    """The two points in time. What is given once holds for both; a lone day or entry is compared with the newest."""
    if len(at) > 2 or (before is None and not at):
        raise typer.BadParameter("name two days (diff 25 26), or two entries or times (diff --at 812 --at 815)")
    if len(at) == 2:
        return course.as_of(before).at(at[0]), course.as_of(before if after is None else after).at(at[1])
    if before is None:
        return course.at(at[0]), course
    both = course.at(at[0] if at else None)
    return both.as_of(before), both.as_of(after)


def _difference_lines(found: "Comparison") -> Iterator[Spans]:
    """The lines, from the whole to the details."""
    nodes, edges = found.diff.nodes, found.diff.edges
    yield [(found.title, "bold")]
    yield [_summary(nodes, edges)]
    if found.diff.claims:
        yield from ([], [("claims", "bold")])
    for shift in found.diff.claims:
        yield from _shift(found, shift)
    if nodes.added or nodes.removed or nodes.news:
        yield from ([], [("nodes", "bold")])
        yield from _nodes(found, nodes)
    if edges.added or edges.removed or edges.news:
        yield from ([], [("edges", "bold")])
        yield from _edges(found, edges)


def _summary(nodes: "Changes[FoldedNode]", edges: "Changes[FoldedEdge]") -> str:
    counts = {
        "added": (len(nodes.added), len(edges.added)),
        "removed": (len(nodes.removed), len(edges.removed)),
        "changed": (len(nodes.news), len(edges.news)),
        "only said again": (len(nodes.changed) - len(nodes.news), len(edges.changed) - len(edges.news)),
    }
    return "; ".join(f"{_both(*count)} {word}" for word, count in counts.items() if any(count)) or "nothing differs"


def _both(nodes: int, edges: int) -> str:
    return " and ".join(counted(number, noun) for number, noun in ((nodes, "node"), (edges, "edge")) if number)


def _shift(found: "Comparison", shift: "Shift") -> Iterator[Spans]:
    sign, style = ("▲", "green") if shift.direction == "strengthened" else ("▼", "red")
    before, after = (f"{one.value:+d}" if one.value else "0" for one in (shift.before, shift.after))
    now = f"{before} → {after} ({shift.after.supports} for, {shift.after.opposes} against)"
    yield [(f"{sign} {shift.direction} ", style), f"{now}  ", (shift.node.label, "bold")]
    for mark, edges in ((ADDED, shift.added), (REMOVED, shift.removed)):
        for edge in edges:
            yield [f"    {mark} ", (edge.relation, "green"), f"  {found.label(edge.source)}"]


def _nodes(found: "Comparison", nodes: "Changes[FoldedNode]") -> Iterator[Spans]:
    kinds = list(found.after.vocabulary.kinds)
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


def _edges(found: "Comparison", edges: "Changes[FoldedEdge]") -> Iterator[Spans]:
    for mark, items in ((ADDED, edges.added), (REMOVED, edges.removed)):
        for edge in items:
            yield _edge(found, mark, edge)
    for change in edges.news:
        yield _edge(found, CHANGED, change.after)
        yield from _fields(change.fields)


def _edge(found: "Comparison", mark: str, edge: "FoldedEdge") -> Spans:
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
