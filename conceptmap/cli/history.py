"""The commands on the log of a map: history and revert."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli import completing
from conceptmap.cli.options import AsJson, AsOf, At, MapName, Store, numbered_days, opened_course
from conceptmap.cli.reports import counts_of, show_report
from conceptmap.cli.terminal import STYLES, Span, line, message, rows_that_fit, show_json, time_of

if TYPE_CHECKING:
    from conceptmap.values import Line, PartChange, Step

SIGNS = {"added": "+", "changed": "~", "removed": "−"}


def history(
    context: typer.Context,
    *,
    day: Annotated[
        int | None,
        typer.Option("--day", metavar="N", min=0, help="Only entries of this day.", autocompletion=completing.days),
    ] = None,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """List all stored changes (the entries of the log), newest first.

    Each with its number and time, its day and part (a note, or `by:NAME`: what somebody added), its author, how many
    nodes and edges it added, changed and removed, and the entry that it undoes.
    """
    from conceptmap.shapes.changes import step_shape

    with opened_course(context, name, store, as_of, at) as course:
        steps = course.history(day)
        days = numbered_days(course.view(missing_ok=True)) if day is not None and not steps else []
    if json:
        show_json(list(map(step_shape, steps)))
    elif steps:
        rows_that_fit(list(map(_row, steps)))
    if not steps:
        message(f"no entries of day {day}; the days are {days[0]} to {days[-1]}" if days else "no entries")


def revert(
    context: typer.Context,
    entry: Annotated[
        int,
        typer.Argument(
            metavar="ENTRY", min=1, help="Its number, as `history` lists it.", autocompletion=completing.entries
        ),
    ],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    json: AsJson = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Undo a stored change (an entry of the log).

    An entry is one stored change: a note that was loaded, or something that was added. What it changed is as before it.
    The undoing is a new entry, so nothing is lost, and it can be undone too. Of several entries on one note the newest
    is undone first; what somebody added can be undone at any time.
    """
    from conceptmap.shapes.changes import report_shape

    with opened_course(context, name, store) as course:
        report = course.revert(entry, dry_run=dry_run)
    if json:
        show_json(report_shape(report))
        return
    if not report.parts:
        message(f"entry {entry} is undone already")
        return
    show_report(report)
    for part in report.parts:
        _show_items(part)
    for warning in report.warnings:
        message(f"warning: {warning}", "yellow")
    if not dry_run:
        message(f"entry {report.entries[0]} undoes entry {entry}" if report.entries else "there is nothing to undo")


def _row(step: "Step") -> tuple[Span, ...]:
    entry = step.line
    return (
        (f"entry {entry.sequence}", "bold"),
        time_of(entry),
        f"day {entry.day}",
        entry.part,
        f"revision {entry.revision}",
        entry.media_type,
        entry.author and f"by {entry.author}",
        (step.status, STYLES[step.status]),
        "; ".join(filter(None, (counts_of(*entry.counts), *_beside(entry)))),
    )


def _beside(entry: "Line") -> Iterator[str]:
    """What else is known of an entry."""
    if entry.target is not None:
        yield f"{'erases' if entry.erases else 'undoes'} entry {entry.target}"
    if entry.erased is not None:
        yield f"erased on {entry.erased[:10]}"


def _show_items(part: "PartChange") -> None:
    """Each assertion of a part that comes, changes or goes."""
    for item in part.items:
        subject = item.subject
        words = subject if isinstance(subject, str) else f"{subject.source} {subject.relation} {subject.target}"
        dimension = f" in {subject.dimension}" if not isinstance(subject, str) and subject.dimension else ""
        line("    ", (SIGNS[item.status], STYLES[item.status]), f" {words}{dimension}")
