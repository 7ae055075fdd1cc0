"""The command that pushes a folder of notes to a service, as a course's build does every evening."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.config import SERVICE, own_file
from conceptmap.cli.elsewhere import Token, checked_token, map_named, name_of, service_at
from conceptmap.cli.load import may_prune
from conceptmap.cli.loaded import Loaded, tell
from conceptmap.cli.options import (
    DayOfNotes,
    DryRun,
    Explain,
    MapName,
    Prune,
    Report,
    ReportFile,
    Strict,
    Yes,
    checked_map_name,
    tell_of_other_map,
)
from conceptmap.cli.reports import reporting_to
from conceptmap.cli.terminal import busy, message
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from conceptmap.disk import Found
    from conceptmap.pushing import Push


def push(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of notes, as `load` reads it.")],
    *,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="URL", envvar=SERVICE.variable, help="The address of the service."),
    ] = None,
    token: Token = None,
    day: DayOfNotes = None,
    dry_run: DryRun = False,
    explain: Explain = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace also what somebody else has put.")] = False,
    strict: Strict = False,
    prune: Prune = False,
    yes: Yes = False,
    wait: Annotated[
        float,
        typer.Option("--wait", metavar="SECONDS", min=0, help="How long to try again while the service is away."),
    ] = 60,
    report: Report = None,
    file: ReportFile = None,
    name: MapName = None,
) -> None:
    """Send a folder of notes to a service on another machine.

    The service makes of it the map that `load` would make here. Push again whenever the folder has changed. A note with
    a mistake is refused, and so is one that would replace what somebody else has put; the others are stored. While the
    service is busy or cannot be reached, it is tried again.
    """
    from conceptmap.disk import course_of, find_notes
    from conceptmap.pushing import Push
    from ontology.errors import InvalidDocument

    if not folder.is_dir():
        what = f"{folder} is a file; push the folder it is in" if folder.exists() else f"there is no folder {folder}"
        raise typer.BadParameter(what, param_hint="'FOLDER'")
    service, named = service_at(to or _service(context), "'--to'")
    with reporting_to(report, file) as reporting:
        found = find_notes([folder], day)
        reporting.given = found.given
        if found.unread and (strict or not found.files):
            raise InvalidDocument(found.unread)
        tell_of_other_map(context, name or named, course_of(found.files))
        pushed = Push(
            service,
            map_named(checked_map_name(name or named or context.obj.map), found),
            name_of(folder),
            checked_token(token),
            dry_run=dry_run,
            overwrite=overwrite,
            prune=prune,
            strict=strict,
            explain=explain,
            patience=wait,
            say=message,
        )
        if prune and not (yes or dry_run):
            gone = _pushed(replace(pushed, prune=False, dry_run=True), found).report.gone
            pushed = replace(pushed, prune=may_prune(gone))
        done = _pushed(pushed, found)
        tell(done, reporting, explain=explain)
        if done.refused:
            raise typer.Exit(InvalidDocument.exit_status)


def _service(context: typer.Context) -> str:
    """The service that the environment or one's own file names."""
    if (found := context.obj.service) is None:
        what = f"which service? --to URL, or set {SERVICE.variable}, or `{SERVICE.key}` in {own_file()}"
        raise typer.BadParameter(what, param_hint="'--to'")
    return str(found)


def _pushed(push: "Push", found: "Found") -> Loaded:
    """Push notes; what became of them, as it is told."""
    with busy(f"pushing {counted(len(found.files), 'note')}"):
        told = push.send(found)
    return Loaded(told.report, told.read, found.passed, found.unread, told.questions)
