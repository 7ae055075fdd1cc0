"""The command that takes the map of another program."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.options import DryRun, MapName, Store, atlas_for_trial, checked_map_name, next_command, opened_atlas
from conceptmap.cli.reports import show_report
from conceptmap.cli.terminal import busy, deliver_pieces, message
from conceptmap.formats import in_words, loss_shape

if TYPE_CHECKING:
    from conceptmap.formats import Loss

LossFile = Annotated[
    Path | None, typer.Option("--loss", metavar="FILE", help="Write each loss to a file, as a line of JSON.")
]


def import_(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A file, a folder or a ZIP file of another program.")],
    *,
    form: Annotated[
        str | None, typer.Option("--format", help="By default what the file's name and content say.")
    ] = None,
    day: Annotated[
        int | None, typer.Option("--day", metavar="N", min=0, max=99_999, help="The day of what does not say its own.")
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", metavar="NAME", help="What it is called in the map, if not as the file.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace also what was read from notes, or put by somebody else.")
    ] = False,
    dry_run: DryRun = False,
    loss: LossFile = None,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Take a map from another program.

    What it says becomes a part of the map; to import it again replaces that part. What the map cannot hold is counted
    on the last line.
    """
    from conceptmap.disk import sent_files

    name = checked_map_name(name or context.obj.map)
    files = sent_files(path)
    opened = atlas_for_trial(context, store) if dry_run else opened_atlas(context, store, create=True)
    with opened as atlas:
        course = atlas.chosen_for_writing(name, None)
        with busy(f"reading {path}"):
            found = course.read_files(files, form=form, day=day, part=part)
            report = course.put_all(found.documents, overwrite=overwrite, dry_run=dry_run)
        show_report(report)
        for one in (*found.warnings, *report.warnings):
            message(f"warning: {one}", "yellow")
        tell_losses(found.losses, loss)
        if not dry_run:
            message(f"next: {next_command(context, course.name, store, alone=len(atlas.maps()) < 2)}", "dim")


def tell_losses(losses: "Iterable[Loss]", file: Path | None) -> None:
    """Say in a line what is lost, if anything; each loss to a file."""
    found = list(losses)
    if file is not None:
        deliver_pieces((json.dumps(loss_shape(one), ensure_ascii=False) + "\n" for one in found), file)
    if said := in_words(found):
        message(said if file is not None else f"{said} (--loss FILE lists them)")
