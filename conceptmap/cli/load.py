"""The command that loads notes, once or whenever they change."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli import completing
from conceptmap.cli.loaded import Loaded, names_of, some, tell
from conceptmap.cli.options import (
    DayOfNotes,
    DryRun,
    Explain,
    MapName,
    Prune,
    Report,
    ReportFile,
    Store,
    Strict,
    Yes,
    atlas_for_trial,
    checked_map_name,
    next_command,
    opened_atlas,
    tell_of_other_map,
    tell_of_undeclared,
)
from conceptmap.cli.reports import LISTED, Reporting, reporting_to
from conceptmap.cli.terminal import busy, message
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from conceptmap.disk import Found
    from conceptmap.folder import LoadReport
    from conceptmap.map import CourseMap
    from conceptmap.notes import Memory, NoteDocument
    from conceptmap.values import PartKey


def load(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Notes (Markdown of any kind, text, notebooks), or folders of them."),
    ],
    *,
    day: DayOfNotes = None,
    part: Annotated[
        str | None,
        typer.Option(
            "--part",
            metavar="NAME",
            help="Which part of its day a note replaces, if not the one of its file name.",
            autocompletion=completing.parts,
        ),
    ] = None,
    dry_run: DryRun = False,
    explain: Explain = False,
    strict: Strict = False,
    prune: Prune = False,
    yes: Yes = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Keep running: load again whenever notes change, until Ctrl-C.")
    ] = False,
    report: Report = None,
    file: ReportFile = None,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Read notes into a map.

    A note with a mistake is refused, and the others are stored. A note that is loaded again replaces what it said.
    """
    from conceptmap.disk import course_of, front_problems
    from ontology.errors import InvalidDocument, MapNotChosen

    if watch and (dry_run or part is not None or report or file):
        raise typer.BadParameter("what is watched is stored as it is: leave --dry-run, --part and --report out")
    named, name = name, checked_map_name(name or context.obj.map)
    loading = _Loading(tuple(paths), day, part, strict, prune)
    with reporting_to(report, file) as reporting:
        found = loading.found()
        reporting.given = found.given
        opened = atlas_for_trial(context, store) if dry_run else opened_atlas(context, store, create=True)
        with opened as atlas:
            declared = course_of(found.files)
            try:
                course = atlas.chosen_for_writing(name, declared)
            except MapNotChosen as error:
                raise MapNotChosen(error.known, front_problems(found.files), writing=True) from error
            tell_of_other_map(context, named, declared)
            tell_of_undeclared(course)
            if near := _near_map(course.name, atlas.maps()):
                message(
                    f"warning: {course.name!r} is a new map; {near} If so: --map NAME, or correct `course`", "yellow"
                )
            if prune and not (yes or dry_run):
                trial = replace(loading, prune=False).load(course, found, dry_run=True)
                loading = replace(loading, prune=may_prune(trial.gone))
            done = loading.load(course, found, dry_run=dry_run)
            loaded = _loaded(found, done, done.notes or (course.preview(found.files, strict=strict) if explain else ()))
            tell(loaded, reporting, explain=explain)
            if not dry_run:
                message(f"next: {next_command(context, course.name, store, alone=len(atlas.maps()) < 2)}", "dim")
            if watch:
                with suppress(KeyboardInterrupt):
                    replace(loading, prune=prune and yes).watch(course, done.gone)
            elif loaded.refused:
                raise typer.Exit(InvalidDocument.exit_status)


def _near_map(name: str, known: "Sequence[str]") -> str:
    """The question whether another map is meant by the name of a new one."""
    from ontology.hints import meant, misspelt

    return "" if name in known else meant(misspelt(name, known))


def _loaded(found: "Found", report: "LoadReport", notes: "Sequence[NoteDocument]") -> Loaded:
    """What a load of these notes did, as it is told."""
    if not notes:
        return Loaded(report, (), found.passed, found.unread, report.question_counts)
    from conceptmap.notes import explained

    return Loaded(report, list(map(explained, notes)), found.passed, found.unread, report.question_counts)


@dataclass(frozen=True, slots=True)
class _Loading:
    """What is loaded and how, once or again and again."""

    paths: tuple[Path, ...]
    day: int | None
    part: str | None
    strict: bool
    prune: bool

    def found(self) -> "Found":
        """The notes as they are now. Raises `InvalidDocument` where what is asked for cannot be read."""
        from conceptmap.disk import find_notes
        from ontology.errors import InvalidDocument

        found = find_notes(self.paths, self.day)
        if found.unread and (self.strict or not found.files):
            raise InvalidDocument(found.unread)
        if self.part is not None:
            if (count := len(found.files)) != 1:
                raise typer.BadParameter(f"one note is one part; here are {count} notes", param_hint="--part")
            found.files = [replace(found.files[0], part=self.part)]
        return found

    def load(
        self, course: "CourseMap", found: "Found", *, memory: "Memory | None" = None, dry_run: bool = False
    ) -> "LoadReport":
        """Load them into a map."""
        with busy(f"reading {counted(len(found.files), 'note')}", "reading {} notes") as told:
            return course.load_notes(
                found.files,
                strict=self.strict,
                folders=found.folders,
                prune=self.prune,
                memory=memory,
                dry_run=dry_run,
                told=told,
            )

    def watch(self, course: "CourseMap", former: "Sequence[PartKey]") -> None:
        """Load again whenever they change, until Ctrl-C. What goes wrong is said, and the map stays as it is.

        `former` are the parts whose files were gone, and that was said.
        """
        from conceptmap.cli.failures import explain
        from conceptmap.disk import changes_at
        from conceptmap.notes import Memory

        memory, gone = Memory(), former
        message(f"watching {', '.join(map(str, self.paths))}; Ctrl-C ends it", "dim")
        for _ in changes_at(self.paths):
            try:
                found = self.found()
                report = self.load(course, found, memory=memory)
                news = {(one.day, one.part) for one in report.parts if one.status != "unchanged"}
                if news or report.refused or report.gone != gone:
                    parts = tuple(one for one in report.parts if (one.day, one.part) in news)
                    notes = [one for one in report.notes if (one.document.day, one.document.part) in news]
                    told = Reporting(given=found.given)
                    tell(_loaded(replace(found, passed=[]), replace(report, parts=parts), notes), told)
                gone = report.gone
                sys.stdout.flush()
            except BrokenPipeError:
                raise
            except Exception as error:  # whatever it is, the next save may be right
                explain(error)


def may_prune(gone: "Sequence[PartKey]") -> bool:
    """Whether these parts may be ended: somebody at a terminal is asked."""
    if not gone:
        return False
    if not sys.stdin.isatty():
        raise typer.BadParameter("this asks first, and no terminal is there; say --yes, or look first with --dry-run")
    message(f"files gone: {some(names_of(gone), LISTED)}")
    return typer.confirm(f"Remove from the map what {counted(len(gone), 'file')} said?", err=True)
