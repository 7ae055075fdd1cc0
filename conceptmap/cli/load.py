"""The command that writes a map, and what it says of a write."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.options import MapName, Store, atlas_for_trial, checked_map_name, opened_atlas
from conceptmap.cli.terminal import STYLES, Span, busy, counted, line, message, table

if TYPE_CHECKING:
    from conceptmap.values import PartChange, WriteReport


def load(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Notes: .md, .markdown or .txt files, or folders.")
    ],
    *,
    day: Annotated[
        int | None,
        typer.Option("--day", metavar="N", min=0, max=99_999, help="The day of notes that do not say theirs."),
    ] = None,
    part: Annotated[
        str | None,
        typer.Option(
            "--part", metavar="NAME", help="The part of the day that one note takes the place of, as after renaming."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would change, and list what rules found, by rule and line.")
    ] = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Load notes into a map.

    Every day is stored or, where anything is wrong, none. Loading a note again replaces what it said before.
    """
    from conceptmap.disk import note_files
    from conceptmap.notes import declared_course, derived_items_of

    name = checked_map_name(name or context.obj.map)
    files = note_files(paths, day)
    if part is not None:
        if len(files) != 1:
            raise typer.BadParameter(f"one note is one part; here are {len(files)} notes", param_hint="--part")
        files = [replace(files[0], part=part)]
    opened = atlas_for_trial(context, store) if dry_run else opened_atlas(context, store, create=True)
    with opened as atlas, busy(f"reading {counted(len(files), 'note')}"):
        course = atlas.chosen_for_writing(name, declared_course(files))
        report = course.load_notes(files, dry_run=dry_run)
        items = derived_items_of(course.preview(files)) if dry_run else []
    if report.warnings:
        from msgspec import structs
    for warning in report.warnings:
        message(str(structs.replace(warning, what=f"warning: {warning.what}")), "yellow")
    show_report(report)
    for item in items:
        line((f"{item.file}:{item.line}: ", "dim"), (item.rule, "yellow"), f": {item.what}")


def show_report(report: "WriteReport") -> None:
    """One line for the map, then one for each part, by day."""
    counts = Counter(part.status for part in report.parts)
    would = " (dry run: nothing was stored)" if report.dry_run else ""
    line((report.map, "bold"), ": ", ", ".join(f"{count} {status}" for status, count in sorted(counts.items())), would)
    table(list(map(_row, sorted(report.parts, key=lambda part: (part.day, part.part)))))


def counts_of(added: int, changed: int, removed: int) -> str:
    """How many nodes and edges a part says more, otherwise or no more, in words."""
    counts = {"added": added, "changed": changed, "removed": removed}
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return said and f"nodes and edges: {said}"


def _row(part: "PartChange") -> tuple[Span, ...]:
    """A part's day, name and status, and what it says more, otherwise or no more."""
    return (
        f"  day {part.day}",
        part.part,
        (part.status, STYLES[part.status]),
        counts_of(part.added, part.changed, part.removed),
    )
