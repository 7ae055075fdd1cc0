"""The command `check`: what may be wrong or unfinished in a map, by rule, with the line to write."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from conceptmap.cli import completing
from conceptmap.cli.options import AsJson, AsOf, At, MapName, Report, ReportFile, Store, opened_course
from conceptmap.cli.reports import Reporting, reporting_to
from conceptmap.cli.terminal import line, message, show_json
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from conceptmap.coach import Check
    from conceptmap.competency import AskedQuestion
    from conceptmap.map import CourseMap
    from conceptmap.validation import Validation

FOUND = 1
"""The exit status where something is as grave as `--level` says."""
WORST = 5
"""So much of what a rule finds is listed: with what to write, a third of a screen."""
COLORS = {"error": "red", "warning": "yellow", "note": "cyan"}

Rules = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="RULE", help="Only what this rule finds.", autocompletion=completing.rules),
]
Skipped = Annotated[
    list[str] | None,
    typer.Option("--skip", metavar="RULE", help="Not what this rule finds.", autocompletion=completing.rules),
]
Level = Annotated[
    Literal["error", "warning", "note"],
    typer.Option("--level", metavar="LEVEL", help="End with 1 from here on: error, warning or note."),
]


def check(
    context: typer.Context,
    *,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    rules: Rules = None,
    skip: Skipped = None,
    level: Level = "warning",
    everything: Annotated[bool, typer.Option("--all", help="List all that a rule finds, not the worst five.")] = False,
    questions: Annotated[
        Path | None,
        typer.Option("--questions", metavar="FILE", help="Ask the questions that a Markdown file lists instead."),
    ] = None,
    shapes: Annotated[
        Path | None,
        typer.Option("--shapes", metavar="FILE", help="Try the shapes (SHACL) of a Turtle file on the map instead."),
    ] = None,
    report: Report = None,
    file: ReportFile = None,
    json: AsJson = False,
) -> None:
    """List what may be wrong or unfinished in the notes.

    Claims that nothing speaks for, questions that nobody answers, what comes before what it requires, names that no
    note defines, and more, by rule, the worst first, each with the line to write. A comment in a note silences a rule
    there: <!-- conceptmap: skip RULE -->. With a file of questions: which of them the map does not answer. With a file
    of shapes: what of the map does not fit them.
    """
    if json and (report or file):
        raise typer.BadParameter("--json and --report are two forms of the same; choose one")
    if questions and shapes:
        raise typer.BadParameter("--questions and --shapes are two checks; run one after the other")
    with opened_course(context, name, store, as_of, at) as course, reporting_to(report, file) as reporting:
        if questions:
            asked = course.check_questions(questions)
            reporting.remarks += [remark for one in asked if (remark := one.remark)]
            return _show_questions(asked, json=json, silent=reporting.is_asked_for)
        if shapes:
            validation = course.check_shapes(shapes)
            found = list(validation.checks)
            _tell_of_shapes(validation, reporting)
        else:
            found = course.check(*(rules or ()), skip=skip or ())
            found += [] if rules else _own_shapes(course, reporting)
        if reporting.is_asked_for:
            from conceptmap.disk import paths_of

            paths = paths_of(course.note_roots())
            reporting.remarks += [one.remark(paths) for one in found]
        if json:
            from conceptmap.shapes.nodes import check_shape

            show_json(list(map(check_shape, found)))
        elif not reporting.is_asked_for:
            _show_checks(found, len(found) if everything else WORST)
        _end(found, level)


def _own_shapes(course: "CourseMap", reporting: Reporting) -> "list[Check]":
    """What does not fit the shapes of an own vocabulary; where they cannot be tried, that is said and no more."""
    from ontology.errors import ShapesStopped

    try:
        validation = course.check_shapes()
    except ShapesStopped as error:
        message(f"warning: the shapes of the vocabulary were not tried: {error}", "yellow")
        return []
    _tell_of_shapes(validation, reporting)
    return list(validation.checks)


def _tell_of_shapes(validation: "Validation", reporting: Reporting) -> None:
    """What is to be said of the file of shapes itself: in the report where one is asked for."""
    from msgspec.structs import replace

    if reporting.is_asked_for:
        reporting.remarks += validation.remarks
    for one in () if reporting.is_asked_for else validation.warnings:
        message(str(replace(one, what=f"warning: {one.what}")), "yellow")


def _show_checks(found: "Sequence[Check]", most: int) -> None:
    """What each rule finds below its name, the worst first; how much more there is."""
    for number, (rule, group) in enumerate(groupby(found, lambda one: one.rule)):
        some = list(group)
        if number:
            line()
        line((rule, COLORS[some[0].severity]), (f"  {some[0].severity}", "dim"), f"  {some[0].help}".rstrip())
        for one in some[:most]:
            _show_check(one)
        if len(some) > most:
            chosen = f"--rule {rule} " if some[0].help else ""  # shapes are no rules of ours
            line(f"  and {len(some) - most} more", (f": check {chosen}--all", "dim"))


def _show_check(found: "Check") -> None:
    """One thing to look at where the notes say it, like a compiler's message, and what to write."""
    cite = found.cites[0] if found.cites else None
    line((f"  {cite.place}: " if cite else "  ", "dim"), found.what)
    advice = found.advice
    if advice is None:
        return
    near = f"line {advice.line}" if advice.line and cite and cite.file == advice.key.part else advice.place
    if not advice.markdown:
        line((f"    take out {near}", "green"))
        return
    first, *others = [one for one in advice.markdown.splitlines() if one.strip()]
    line((f"    {advice.way} {near}, write: ", "dim"), (first, "green"))
    for one in others:
        line((f"    {' ' * len(f'{advice.way} {near}, write: ')}{one}", "green"))


def _end(found: "Collection[Check]", level: str) -> None:
    """Say how much there is to look at, and end by what is gravest."""
    from conceptmap.coach import SEVERITIES

    counts = {one: sum(check.severity == one for check in found) for one in SEVERITIES}
    said = ", ".join(counted(many, one) for one, many in counts.items() if many)
    message(f"to look at: {said}" if found else "nothing to look at")
    if any(counts[one] for one in SEVERITIES[: SEVERITIES.index(level) + 1]):
        raise typer.Exit(FOUND)


def _show_questions(asked: "Sequence[AskedQuestion]", *, json: bool, silent: bool) -> None:
    """Questions that the map must answer, one a line, and the exit status."""
    from conceptmap.shapes.answer import asked_question_shape

    if json:
        show_json(list(map(asked_question_shape, asked)))
    for one in () if json or silent else asked:
        place = f"{one.file}:{one.question.line}: " if one.question.line else f"{one.file}: "
        style = "green" if one.is_answered else "yellow"
        line((place, "dim"), (one.outcome, style), f": {one.question.ask}", f"  {one.why}" if one.why else "")
    answered = sum(one.is_answered for one in asked)
    message(f"{answered} of {counted(len(asked), 'question')} answered")
    if answered < len(asked):
        raise typer.Exit(FOUND)
