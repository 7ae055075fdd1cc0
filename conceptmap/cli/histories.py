"""The commands on the log of a map: history and revert; and the history of one node."""

from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.options import AsJson, AsOf, At, MapName, Store, opened_course
from conceptmap.cli.terminal import Span, line, message, show_json, table
from conceptmap.cli.writing import STYLES, counts_of, show_report

if TYPE_CHECKING:
    from conceptmap.history import NodeHistory
    from conceptmap.values import Entry, FoldedNode, NodeStep, PartChange, Step

SIGNS = {"added": "+", "changed": "~", "removed": "−"}


def history(
    context: typer.Context,
    *,
    day: Annotated[int | None, typer.Option("--day", metavar="N", min=0, help="Only entries of this day.")] = None,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """List the entries of the log, newest first.

    Each with its number, time, day, part and author, and how many nodes and edges it added, changed and removed.
    """
    from conceptmap.shapes.changes import step_shape

    with opened_course(context, name, store, as_of, at) as course:
        steps = course.history(day)
    if json:
        show_json(list(map(step_shape, steps)))
    elif steps:
        table(list(map(_row, steps)))
    if not steps:
        message("no entries")


def revert(
    context: typer.Context,
    entry: Annotated[int, typer.Argument(metavar="ENTRY", min=1, help="Its number, as `history` lists it.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    json: AsJson = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Undo an entry of the log.

    What its part said before is appended as a new entry. Nothing is erased, and a revert can be reverted.
    """
    from conceptmap.shapes.changes import report_shape

    with opened_course(context, name, store) as course:
        report = course.revert(entry, dry_run=dry_run)
    if json:
        show_json(report_shape(report))
        return
    show_report(report)
    for part in report.parts:
        _show_items(part)
    if not dry_run:
        message(f"entry {report.entries[0]} undoes entry {entry}" if report.entries else "there is nothing to undo")


def show_node_history(found: "NodeHistory") -> None:
    """When a node was first seen and last touched, then each entry that touched it, with the node as it then stood."""
    node = found.last_known
    line(
        (node.label if node else found.id, "bold"), (f"  {node.kind}" if node else "", "cyan"), (f"  {found.id}", "dim")
    )
    for words, step in (("first seen  ", found.first_seen), ("last touched", found.last_touched)):
        line(f"{words}  entry {step.entry.sequence}, {_time(step.entry)}, day {step.entry.day}, {step.entry.part}")
    for step, before in zip_longest(found.steps, found.steps[1:]):
        line()
        _show_node_step(step)
        if step.node is None:
            line("  nobody says anything of it any more")
        elif before is None or before.node is None or _words(step.node) != _words(before.node):
            _show_node(step.node)


def _show_node_step(step: "NodeStep") -> None:
    entry = step.entry
    by = f", by {entry.author}" if entry.author else ""
    where = f", {_time(entry)}, day {entry.day}, {entry.part} revision {entry.revision}{by}: "
    mention = " as a mention" if step.said and step.said.mention else ""
    line((f"entry {entry.sequence}", "bold"), where, (step.status, STYLES[step.status]), mention)


def _show_node(node: "FoldedNode") -> None:
    also = f"  also called {'; '.join(node.aliases)}" if node.aliases else ""
    line("  ", (node.label, "bold"), (f"  {node.kind}", "cyan"), also)
    for text in (node.text, f"formula: {node.formula}" if node.formula else None):
        for one in (text or "").splitlines():
            line("  ", one)
    for key, value in node.data.items():
        line(f"  {key}: ", "; ".join(map(str, value)) if isinstance(value, list) else str(value))


def _words(node: "FoldedNode") -> tuple[object, ...]:
    return node.label, node.kind, node.aliases, node.text, node.formula, dict(node.data)


def _row(step: "Step") -> tuple[Span, ...]:
    entry, change = step.entry, step.change
    return (
        (f"entry {entry.sequence}", "bold"),
        _time(entry),
        f"day {entry.day}",
        entry.part,
        f"revision {entry.revision}",
        entry.media_type,
        entry.author and f"by {entry.author}",
        (change.status, STYLES[change.status]),
        counts_of(change),
    )


def _time(entry: "Entry") -> str:
    """The time to the second."""
    return f"{entry.time[:19]}Z"


def _show_items(part: "PartChange") -> None:
    """Each assertion of a part that comes, changes or goes."""
    for item in part.items:
        subject = item.subject
        words = subject if isinstance(subject, str) else f"{subject.source} {subject.relation} {subject.target}"
        dimension = f" in {subject.dimension}" if not isinstance(subject, str) and subject.dimension else ""
        line("    ", (SIGNS[item.status], STYLES[item.status]), f" {words}{dimension}")
