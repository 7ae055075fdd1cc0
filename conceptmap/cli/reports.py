"""What a write did to the parts of a map, for every command that writes."""

from collections import Counter
from typing import TYPE_CHECKING

from conceptmap.cli.terminal import STYLES, Span, line, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conceptmap.values import PartChange, PartKey, WriteReport

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
