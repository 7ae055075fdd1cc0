"""The command that holds a learner's map against the course's."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli import completing
from conceptmap.cli.options import AsOf, At, MapName, Store, opened_atlas, tell_of_days, tell_of_undeclared
from conceptmap.cli.terminal import busy, line, message

if TYPE_CHECKING:
    from conceptmap.atlas import Atlas
    from conceptmap.map import CourseMap


def compare(
    context: typer.Context,
    learner: Annotated[
        str,
        typer.Argument(
            metavar="FILE|FOLDER|MAP",
            help="Notes, a file of another program, or another map of the store.",
            autocompletion=completing.maps,
        ),
    ],
    *,
    form: Annotated[
        str | None, typer.Option("--format", help="By default notes, else what the file's name and content say.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List what is right, too.")] = False,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
) -> None:
    """Compare a learner's map with the course's.

    What it has of what the course says, what it says otherwise, what is missing, and which lines to read again.
    """
    with opened_atlas(context, store) as atlas:
        course = atlas.chosen(name or context.obj.map).at(at)
        tell_of_undeclared(course)
        tell_of_days(course, as_of)
        with busy(f"reading {learner}"):
            found = course.as_of(as_of).compare(_learner(atlas, learner), form=form)
        for one in found.warnings:
            message(f"warning: {one}", "yellow")
        for spans in found.lines(every=every):
            line(*spans)


def _learner(atlas: "Atlas", name: str) -> "Path | CourseMap":
    """The file or folder, else the map of the store, that a learner's map is called by."""
    if Path(name).exists():
        return Path(name)
    known = atlas.maps()
    if name in known:
        return atlas[name]
    from ontology.hints import near_or_all

    raise typer.BadParameter(f"there is no file, folder or map {name!r}; {near_or_all(name, known)}")
