"""The command that loads notes, once or whenever they change, and what it says of them."""

import re
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.options import MapName, Store, atlas_for_trial, checked_map_name, next_command, opened_atlas
from conceptmap.cli.reports import LISTED, show_report
from conceptmap.cli.terminal import busy, line, message
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from conceptmap.competency import QuestionChange
    from conceptmap.disk import Found
    from conceptmap.folder import LoadReport
    from conceptmap.map import CourseMap
    from conceptmap.notes import DerivedItem, Explanation, Memory, NoteDocument, Passed
    from conceptmap.values import PartKey, WriteReport
    from ontology.errors import Problem

FEW = 10
"""Notes of which each has its line on what was read; of more they are told together."""

NAMED = 3
"""Files that are named of a kind; the others are counted."""

_OWN_WORDS = re.compile(r"'[^']*'|\S+:\d+:\d+|\d+")
"""What differs between problems of one kind: names, places and numbers."""


def load(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Notes: Markdown of any kind and notebooks, or folders."),
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
        bool, typer.Option("--dry-run", help="Only say what would change, and list what was found, by rule and line.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="List what each line became, by which rule, and the lines not read.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Store nothing where any note has a mistake.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="End the parts of a folder whose files are gone; at a terminal it asks.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: load again whenever notes change, until Ctrl-C.")
    ] = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Load notes into a map.

    A note with a mistake is refused, and the others are stored. Loading a note again replaces what it said before.
    """
    from conceptmap.disk import course_of
    from ontology.errors import InvalidDocument

    if watch and (dry_run or part is not None):
        raise typer.BadParameter("what is watched is stored as it is: leave --dry-run and --part out")
    name = checked_map_name(name or context.obj.map)
    loading = _Loading(tuple(paths), day, part, strict, prune)
    found = loading.found()
    opened = atlas_for_trial(context, store) if dry_run else opened_atlas(context, store, create=True)
    with opened as atlas:
        course = atlas.chosen_for_writing(name, course_of(found.files))
        if prune and not (yes or dry_run):
            trial = replace(loading, prune=False).load(course, found, dry_run=True)
            loading = replace(loading, prune=_may_prune(trial.gone))
        report = loading.load(course, found, dry_run=dry_run)
        notes = report.notes or (course.preview(found.files, strict=strict) if explain else ())
        is_refused = _show(found, report, notes, explain=explain)
        if not dry_run:
            message(f"next: {next_command(context, course.name, store, alone=len(atlas.maps()) < 2)}", "dim")
        if watch:
            with suppress(KeyboardInterrupt):
                replace(loading, prune=prune and yes).watch(course, report.gone)
        elif is_refused:
            raise typer.Exit(InvalidDocument.exit_status)


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
        with busy(f"reading {counted(len(found.files), 'note')}"):
            return course.load_notes(
                found.files,
                strict=self.strict,
                folders=found.folders,
                prune=self.prune,
                memory=memory,
                dry_run=dry_run,
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
                    _show(replace(found, passed=[]), replace(report, parts=parts), notes)
                gone = report.gone
                sys.stdout.flush()
            except BrokenPipeError:
                raise
            except Exception as error:  # whatever it is, the next save may be right
                explain(error)


def _show(found: "Found", report: "LoadReport", notes: "Sequence[NoteDocument]", *, explain: bool = False) -> bool:
    """Say what a load did; answers whether notes were refused."""
    if report.warnings:
        from msgspec import structs

        _show_problems([structs.replace(one, what=f"warning: {one.what}") for one in report.warnings], "yellow")
    if report.parts:
        show_report(report, report.renamed)
    if report.gone:
        message(f"gone: {_some(_names(report.gone), LISTED)}; end what they said with --prune", "yellow")
    if found.passed:
        message(f"passed over: {_passed(found.passed)}", "dim")
    refused = [*found.unread, *report.refused]
    if refused:
        _show_problems(refused, "red")
        message(f"{counted(len({one.file for one in refused}), 'note')} refused; {_stored(report)}")
    _show_reading(notes, explain=explain, dry_run=report.dry_run)
    if report.questions and report.questions.asked:
        line(_questions(report.questions))
    return bool(refused)


def _questions(questions: "QuestionChange") -> str:
    """How many questions of the notes are answered, newly and no more; which are not, `check` says."""
    changes = {"newly": questions.won, "no longer": len(questions.lost)}
    said = ", ".join(f"{number} {how}" for how, number in changes.items() if number)
    return f"questions: {questions.answered} of {len(questions.asked)} answered" + (f" ({said})" if said else "")


def _may_prune(gone: "Sequence[PartKey]") -> bool:
    """Whether these parts may be ended: somebody at a terminal is asked."""
    if not gone:
        return False
    if not sys.stdin.isatty():
        raise typer.BadParameter("nobody can be asked here; say --yes, or look first with --dry-run")
    message(f"gone: {_some(_names(gone), LISTED)}")
    return typer.confirm(f"End what {counted(len(gone), 'file')} said?", err=True)


def _names(parts: "Sequence[PartKey]") -> list[str]:
    return [f"{one.part} (day {one.day})" if one.day else one.part for one in parts]


def _show_reading(notes: "Sequence[NoteDocument]", *, explain: bool, dry_run: bool) -> None:
    """How much of the notes was read; before, where that is asked for, what was found in them."""
    if not notes:
        return
    from conceptmap.notes import explained, items_of

    read = [explained(note) for note in notes]
    if dry_run and not explain:
        _show_items(items_of(read))
    for one in read:
        if explain:
            _show_items(one.items)
        if explain or len(read) <= FEW:
            line(_lines_read(one))
    if len(read) > FEW and not explain:
        line(_all_read(read))


def _show_items(items: "Sequence[DerivedItem]") -> None:
    for item in items:
        line((f"{item.file}:{item.line}: ", "dim"), (item.rule, "yellow"), f": {item.what}")


def _lines_read(one: "Explanation") -> str:
    """How much of a note was read, and the lines that made nothing."""
    document = one.note.document
    name = one.note.path if document.undated else document.day_name or f"day {document.day}"
    unread = f"; unread: {_some(one.unread_ranges, FEW)}" if one.unread else ""
    return f"{name}: {_read_of([one])}{unread}"


def _all_read(read: "Sequence[Explanation]") -> str:
    """How much of many notes was read, and the files with the most lines that made nothing."""
    unread = sorted((one for one in read if one.unread), key=lambda one: -len(one.unread))
    files = _some([f"{one.note.path} ({len(one.unread)})" for one in unread])
    return f"{counted(len(read), 'note')}: {_read_of(read)}" + (f"; unread lines: {files}" if files else "")


def _read_of(read: "Sequence[Explanation]") -> str:
    lines, unread = sum(one.lines for one in read), sum(len(one.unread) for one in read)
    nodes = sum(not node.mention for one in read for node in one.note.document.nodes)
    edges = sum(len(one.note.document.edges) for one in read)
    return f"{lines - unread} of {counted(lines, 'line')} read, {counted(nodes, 'node')}, {counted(edges, 'edge')}"


def _stored(report: "WriteReport") -> str:
    return "nothing was stored (dry run)" if report.dry_run else "the others are stored"


def _show_problems(problems: "Sequence[Problem]", style: str) -> None:
    """Each on its line; where they do not fit on a screen, one of each kind, the most frequent kinds first."""
    if len(problems) <= LISTED:
        for problem in problems:
            message(str(problem), style)
        return
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(_OWN_WORDS.sub("", problem.what), []).append(problem)
    ordered = sorted(kinds.values(), key=len, reverse=True)
    for first, *others in ordered[: LISTED // 2]:
        message(str(first), style)
        if others:
            files = list(dict.fromkeys(one.file for one in others))
            message(f"  and {len(others)} like it, in {_some(files)}", style)
    if left := sum(map(len, ordered[LISTED // 2 :])):
        message(f"  and {left} of other kinds; load a file alone to see its own", style)


def _passed(passed: "Sequence[Passed]") -> str:
    """The files that were passed over: notes by their names, others counted by their endings."""
    notes = [one.path for one in passed if one.why == "about the folder"]
    endings = Counter(Path(one.path).suffix.lower() or Path(one.path).name for one in passed if one.path not in notes)
    counts = [f"{count} {ending}" for ending, count in endings.most_common()]
    return ", ".join([*([_some(notes)] if notes else []), *([_some(counts, 2 * NAMED)] if counts else [])])


def _some(words: Sequence[str], number: int = NAMED) -> str:
    left = len(words) - number
    return ", ".join(words[:number]) + (f" and {left} more" if left > 0 else "")
