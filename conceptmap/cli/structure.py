"""The command that tells how a map is connected."""

from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.options import AsJson, AsOf, At, MapName, Store, opened_course
from conceptmap.cli.terminal import Span, line, message, show_json

if TYPE_CHECKING:
    from conceptmap.overview import Line, Overview


def structure(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many of each sort at most.")] = 5,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Show how the map is connected.

    What lies apart, what holds it together, what is joined to much or stands in the middle, and which ideas are groups.
    Days, units and sources are left out: they join what has little to do with each other.
    """
    from conceptmap.shapes.structure import structure_shape

    with opened_course(context, name, store, as_of, at) as course:
        overview = course.structure(limit)
        show_json(structure_shape(overview, limit)) if json else _show(overview)


def _show(overview: "Overview") -> None:
    line((overview.title, "bold"))
    for section in overview.sections:
        line()
        line((section.title, "green"), (f": {section.about}", "dim"))
        for one in section.lines:
            line("  ", *_spans(one))
        if section.more:
            line(f"  and {section.more} more")
    if not overview.sections:
        message("there is nothing to say of it yet")


def _spans(said: "Line") -> list[Span]:
    from conceptmap.ways import named

    return [one if isinstance(one, str) else (named(one), "bold") for one in said.pieces]
