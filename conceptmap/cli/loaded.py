"""What a load did, as it is told where notes are loaded, and where they are pushed to a service."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from conceptmap.cli.reports import LISTED, Reporting, show_report
from conceptmap.cli.terminal import line, message
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    from conceptmap.folder import LoadReport, QuestionCounts
    from conceptmap.notes import DerivedItem, Explanation, Passed
    from conceptmap.values import PartKey, WriteReport
    from ontology.errors import Problem

FEW = 10
"""Notes of which each has its line on what was read; of more they are told together."""

NAMED = 3
"""Files that are named of a kind; the others are counted."""

_OWN_WORDS = re.compile(r"'[^']*'|\S+:\d+:\d+|\d+")
"""What differs between problems of one kind: names, places and numbers."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: its report, how much of the notes was read, and what of the folder was no note to be loaded."""

    report: "LoadReport"
    read: "Sequence[Explanation]" = ()
    passed: "Sequence[Passed]" = ()
    unread: "Sequence[Problem]" = ()
    questions: "QuestionCounts | None" = None

    @property
    def refused(self) -> "list[Problem]":
        """The problems of notes that are not stored."""
        return [*self.unread, *self.report.refused]


def tell(loaded: Loaded, reporting: Reporting, *, explain: bool = False) -> None:
    """Say what a load did. Where a report of problems is asked for, these are told there and else only counted."""
    report = loaded.report
    reporting.add(report.warnings, "warning")
    reporting.add(loaded.refused, "error")
    if report.warnings and not reporting.is_asked_for:
        from msgspec import structs

        warnings = [structs.replace(one, what=f"warning: {one.what}") for one in report.warnings]
        _show_problems(reporting.as_given(warnings), "yellow")
    if report.parts:
        show_report(report, report.renamed)
    if report.gone:
        gone = some(names_of(report.gone), LISTED)
        message(f"files gone: {gone}; the map still has what they said, and --prune removes it", "yellow")
    if loaded.passed:
        message(f"skipped: {_passed(loaded.passed)}", "dim")
    if loaded.refused:
        if not reporting.is_asked_for:
            _show_problems(reporting.as_given(loaded.refused), "red")
        message(f"{counted(len({one.file for one in loaded.refused}), 'note')} refused; {_stored(report)}")
    _show_reading(loaded.read, explain=explain, dry_run=report.dry_run)
    if loaded.questions and loaded.questions.asked:
        line(_questions(loaded.questions))


def _questions(questions: "QuestionCounts") -> str:
    """How many questions of the notes are answered, newly and no more; which are not, `check` says."""
    changes = {"newly": questions.won, "no longer": questions.lost}
    said = ", ".join(f"{number} {how}" for how, number in changes.items() if number)
    return f"questions: {questions.answered} of {questions.asked} answered" + (f" ({said})" if said else "")


def names_of(parts: "Sequence[PartKey]") -> list[str]:
    """Parts as they are named, with their days."""
    return [f"{one.part} (day {one.day})" if one.day else one.part for one in parts]


def _show_reading(read: "Sequence[Explanation]", *, explain: bool, dry_run: bool) -> None:
    """How much of the notes was read; before, where that is asked for, what was found in them."""
    if not read:
        return
    from conceptmap.notes import items_of

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
    unread = f"; unread: {some(one.unread_ranges, FEW)}" if one.unread else ""
    return f"{one.name}: {_read_of([one])}{unread}"


def _all_read(read: "Sequence[Explanation]") -> str:
    """How much of many notes was read, and the files with the most lines that made nothing."""
    unread = sorted((one for one in read if one.unread), key=lambda one: -len(one.unread))
    files = some([f"{one.path} ({len(one.unread)})" for one in unread])
    return f"{counted(len(read), 'note')}: {_read_of(read)}" + (f"; unread lines: {files}" if files else "")


def _read_of(read: "Sequence[Explanation]") -> str:
    lines, unread = sum(one.lines for one in read), sum(len(one.unread) for one in read)
    nodes, edges = sum(one.nodes for one in read), sum(one.edges for one in read)
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
            message(f"  and {len(others)} like it, in {some(files)}", style)
    if left := sum(map(len, ordered[LISTED // 2 :])):
        message(f"  and {left} of other kinds; load a file alone to see its own", style)


def _passed(passed: "Sequence[Passed]") -> str:
    """The files that were skipped: notes by their names, others counted by their endings."""
    notes = [one.path for one in passed if one.why == "about the folder"]
    endings = Counter(Path(one.path).suffix.lower() or Path(one.path).name for one in passed if one.path not in notes)
    counts = [f"{count} {ending}" for ending, count in endings.most_common()]
    return ", ".join([*([some(notes)] if notes else []), *([some(counts, 2 * NAMED)] if counts else [])])


def some(words: Sequence[str], number: int = NAMED) -> str:
    """The first words; how many more there are."""
    left = len(words) - number
    return ", ".join(words[:number]) + (f" and {left} more" if left > 0 else "")
