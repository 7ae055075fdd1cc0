"""What a write did to the parts of a map, and reports of problems, for every command that writes or checks."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from conceptmap.cli.options import form_of_file
from conceptmap.cli.terminal import STYLES, Span, deliver_pieces, line, message, table
from conceptmap.reporters import REPORTERS, Remark, Severity, remarks_of, reporter_by_suffix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conceptmap.values import PartChange, PartKey, WriteReport
    from ontology.errors import Problem

LISTED = 20
"""Lines of one listing: with what stands around it, a screen."""


def show_report(report: "WriteReport", renamed: "Sequence[tuple[PartKey, PartKey]]" = ()) -> None:
    """One line for the map, then one for each part, by day, as far as they fit on a screen.

    A part that was `renamed` stands under its new name alone.
    """
    former = {(new.day, new.part): old.part for old, new in renamed}
    ended = {(old.day, old.part) for old, _ in renamed}
    shown = [part for part in report.parts if (part.day, part.part) not in ended]
    counts = Counter("renamed" if (part.day, part.part) in former else part.status for part in shown)
    would = " (dry run: nothing was stored)" if report.dry_run else ""
    line((report.map, "bold"), ": ", ", ".join(f"{count} {status}" for status, count in sorted(counts.items())), would)
    parts = sorted(shown, key=lambda part: (part.day, part.part))
    table([_row(part, former.get((part.day, part.part))) for part in parts[:LISTED]])
    if len(parts) > LISTED:
        line(f"  and {len(parts) - LISTED} more")
    if report.claims:
        from conceptmap.meaning.effects import effects_in_words

        for said in effects_in_words(report.claims):
            line(said)


def counts_of(added: int, changed: int, removed: int) -> str:
    """How many nodes and edges a part says more, otherwise or no more, in words."""
    counts = {"added": added, "changed": changed, "removed": removed}
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return said and f"nodes and edges: {said}"


def _own_name(part: "PartChange") -> str:
    return f" ({part.document.day_name})" if part.document and part.document.day_name else ""


def _row(part: "PartChange", former: str | None = None) -> tuple[Span, ...]:
    """A part's day, name and status, and what it says more, otherwise or no more."""
    return (
        "  undated" if part.undated else f"  day {part.day}{_own_name(part)}",
        part.part,
        (f"renamed from {former}" if former else part.status, STYLES["changed" if former else part.status]),
        counts_of(part.added, part.changed, part.removed),
    )


@dataclass(slots=True)
class Reporting:
    """The report of problems that is asked for, if one is: its form, its file (None: stdout), and what it will say.

    `given` has the paths of files as they were given, where problems call them otherwise.
    """

    form: str | None = None
    file: Path | None = None
    remarks: list[Remark] = field(default_factory=list)
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_asked_for(self) -> bool:
        """Whether problems are told in a report, and not on the screen."""
        return self.form is not None

    def add(self, problems: "Iterable[Problem]", severity: Severity) -> None:
        """Report these problems too."""
        self.remarks += remarks_of(problems, severity, self.given)

    def as_given(self, problems: "Iterable[Problem]") -> "list[Problem]":
        """The problems with paths as they were given."""
        from msgspec import structs

        return [structs.replace(one, file=self.given.get(one.file, one.file)) for one in problems]

    def write(self) -> None:
        """Write the report, if one is asked for."""
        if self.form is not None:
            deliver_pieces(REPORTERS[self.form].write(self.remarks), self.file)


@contextmanager
def reporting_to(form: str | None, file: Path | None) -> Iterator[Reporting]:
    """A report of problems, which is written at the end, also where all notes were refused.

    Where it goes to stdout, what is said beside it goes to stderr. Without a form, a file's suffix says it.
    """
    from ontology.errors import InvalidDocument

    reporting = Reporting(form or form_of_file(file, reporter_by_suffix(), "--report"), file)
    if file is not None and not reporting.is_asked_for:
        raise typer.BadParameter(f"which form has {file}? choose one with --report", param_hint="'-o'")
    aside = redirect_stdout(sys.stderr) if reporting.is_asked_for and file is None else nullcontext()
    try:
        with aside:
            yield reporting
    except InvalidDocument as error:
        if not reporting.is_asked_for:
            raise InvalidDocument(reporting.as_given(error.problems)) from error
        reporting.add(error.problems, "error")
        message("nothing was stored")
        reporting.write()
        raise typer.Exit(error.exit_status) from error
    except typer.Exit:
        reporting.write()
        raise
    reporting.write()
