"""The command that pushes a folder of notes to a service, as a course's build does every evening."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

import typer

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

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Hosts to which a token goes unseen also without encryption."""


def push(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of notes, as `load` reads it.")],
    *,
    to: Annotated[
        str,
        typer.Option("--to", metavar="URL", envvar="CONCEPTMAP_SERVICE", help="The service (else CONCEPTMAP_SERVICE)."),
    ],
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="TOKEN",
            envvar="CONCEPTMAP_TOKEN",
            help="Keep it in CONCEPTMAP_TOKEN: what is typed here, other users of this machine can see.",
        ),
    ] = None,
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
    service, named = service_at(to)
    with reporting_to(report, file) as reporting:
        found = find_notes([folder], day)
        reporting.given = found.given
        if found.unread and (strict or not found.files):
            raise InvalidDocument(found.unread)
        tell_of_other_map(context, name or named, course_of(found.files))
        pushed = Push(
            service,
            map_named(checked_map_name(name or named or context.obj.map), found),
            normalize("NFC", folder.resolve().name) or "notes",
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


def _pushed(push: "Push", found: "Found") -> Loaded:
    """Push notes; what became of them, as it is told."""
    with busy(f"pushing {counted(len(found.files), 'note')}"):
        told = push.send(found)
    return Loaded(told.report, told.read, found.passed, found.unread, told.questions)


def service_at(url: str, option: str = "'--to'") -> tuple[str, str | None]:
    """The address of a service, and the map that it names, if it ends with `/maps/NAME`."""
    parts = urlsplit(url.strip().rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        local = parts.scheme in LOOPBACK or url.startswith(LOOPBACK)
        example = f"{'http' if local else 'https'}://{url.partition('://')[2] or url}"
        raise typer.BadParameter(f"{url!r} is not the address of a service; write {example}", param_hint=option)
    if parts.username or parts.password:
        raise typer.BadParameter("the token goes into CONCEPTMAP_TOKEN, not into the address", param_hint=option)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        message(f"warning: {parts.hostname} is spoken to without encryption, and the token can be read on the way")
    path, maps, named = parts.path.rpartition("/maps/")
    if not maps or "/" in named:
        path, named = parts.path.removesuffix("/maps"), ""
    return f"{parts.scheme}://{parts.netloc}{path}", unquote(named) or None


def map_named(name: str | None, found: "Found") -> str:
    """The map that is named, else the one that the notes declare."""
    from conceptmap.disk import course_of, front_problems
    from ontology.errors import MapNotChosen

    if chosen := name or course_of(found.files):
        return chosen
    raise MapNotChosen((), front_problems(found.files), writing=True)


def checked_token(token: str | None) -> str:
    """The token without the line end that a file has. What is no token is not shown."""
    from conceptmap.pushing import MAKE_TOKEN

    said = (token or "").strip()
    if not said:
        raise typer.BadParameter(f"no token: set CONCEPTMAP_TOKEN; {MAKE_TOKEN}")
    if not said.isascii() or not said.isprintable() or " " in said:
        raise typer.BadParameter(f"what CONCEPTMAP_TOKEN holds is no token; {MAKE_TOKEN}")
    return said
