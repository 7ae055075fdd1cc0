"""The command that compares two points in time of a map."""

from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli import completing
from conceptmap.cli.options import File, MapName, Store, form_of_file, opened_course, tell_of_days
from conceptmap.cli.terminal import deliver, deliver_lines
from conceptmap.differences import DIFF_FORMS, diff_form_by_suffix, difference_lines

if TYPE_CHECKING:
    from conceptmap.map import CourseMap


def diff(
    context: typer.Context,
    before: Annotated[
        int | None, typer.Argument(metavar="DAY", min=0, help="The day to start from.", autocompletion=completing.days)
    ] = None,
    after: Annotated[
        int | None,
        typer.Argument(
            metavar="DAY", min=0, help="The day to compare it with; else the newest.", autocompletion=completing.days
        ),
    ] = None,
    *,
    at: Annotated[
        list[str] | None,
        typer.Option(
            "--at",
            metavar="WHEN",
            help="An earlier moment (entry or UTC time): once for both sides, or one for each.",
        ),
    ] = None,
    form: Annotated[str | None, typer.Option("--format", help="By default what FILE's suffix says, else text.")] = None,
    file: File = None,
    whole: Annotated[
        bool, typer.Option("--all", help="In the picture: the drawn maps too, not only what differs.")
    ] = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Show what changed between two days, or two stored moments.

    What was added, removed and changed, and which claims are stronger or weaker for it.
    """
    form = form or form_of_file(file, diff_form_by_suffix()) or "text"
    with opened_course(context, name, store) as course:
        tell_of_days(course, before, after)
        found = course.diff(*_points_in_time(course, before, after, at or []))
        if form == "text":  # which a terminal shows in its styles
            deliver_lines(difference_lines(found), file)
        else:
            deliver(DIFF_FORMS[form].text(found, whole=whole), file)


def _points_in_time(
    course: "CourseMap", before: int | None, after: int | None, at: list[str]
) -> "tuple[CourseMap, CourseMap]":
    """The two points in time. What is given once holds for both; a lone day or entry is compared with the newest."""
    if len(at) > 2 or (before is None and not at):
        raise typer.BadParameter("name two days (diff 25 26), or two entries or times (diff --at 812 --at 815)")
    if len(at) == 2:
        return course.as_of(before).at(at[0]), course.as_of(before if after is None else after).at(at[1])
    if before is None:
        return course.at(at[0]), course
    both = course.at(at[0] if at else None)
    return both.as_of(before), both.as_of(after)
