"""The command that holds learners' maps against the course's."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli import completing
from conceptmap.cli.options import (
    AsJson,
    AsOf,
    At,
    File,
    MapName,
    Store,
    opened_atlas,
    tell_of_days,
    tell_of_undeclared,
)
from conceptmap.cli.terminal import busy, deliver, deliver_lines, json_text, message

if TYPE_CHECKING:
    from conceptmap.atlas import Atlas
    from conceptmap.map import CourseMap
    from conceptmap.marking import ClassMarks, Marks


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
    of_class: Annotated[
        bool, typer.Option("--class", help="The folder holds the maps of a class, a file or a folder for each.")
    ] = False,
    means: Annotated[
        list[str] | None,
        typer.Option(
            "--means", metavar="WORDS=NAME", help="What a learner's words mean: a node or relation of the course."
        ),
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", help="By default notes, else what the file's name and content say.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List what is right, too.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="With --class: a table for a spreadsheet.")] = False,
    file: File = None,
    name: MapName = None,
    store: Store = None,
    as_of: AsOf = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Compare a learner's map with the course's.

    What it has of what the course says, what it says otherwise, what is missing, and which lines to read again.
    """
    from conceptmap.marking import read_meanings

    if csv and not of_class:
        raise typer.BadParameter("a table is made of a class: compare --class FOLDER --csv", param_hint="'--csv'")
    meant = read_meanings(means or [])
    with opened_atlas(context, store) as atlas:
        course = atlas.chosen(name or context.obj.map).at(at)
        tell_of_undeclared(course)
        tell_of_days(course, as_of)
        course = course.as_of(as_of)
        with busy(f"reading {learner}"):
            found = (
                course.compare_class(_folder(learner), form=form, means=meant)
                if of_class
                else course.compare(_learner(atlas, learner), form=form, means=meant)
            )
        for one in found.warnings:
            message(f"warning: {one}", "yellow")
        _show(found, file, json=json, csv=csv, every=every)


def _show(found: "Marks | ClassMarks", file: Path | None, *, json: bool, csv: bool, every: bool) -> None:
    from conceptmap.marking import ClassMarks

    if json:
        from conceptmap.shapes.marking import class_shape, marks_shape

        shape = class_shape(found) if isinstance(found, ClassMarks) else marks_shape(found)
        deliver(json_text(shape), file)
    elif csv and isinstance(found, ClassMarks):
        deliver(found.csv(), file)
    else:
        deliver_lines(found.lines(every=every), file)


def _folder(name: str) -> Path:
    if not Path(name).is_dir():
        raise typer.BadParameter(f"{name!r} is no folder; --class takes one with a file or a folder for each learner")
    return Path(name)


def _learner(atlas: "Atlas", name: str) -> "Path | CourseMap":
    """The file or folder, else the map of the store, that a learner's map is called by."""
    if Path(name).exists():
        return Path(name)
    known = atlas.maps()
    if name in known:
        return atlas[name]
    from ontology.hints import near_or_all

    raise typer.BadParameter(f"there is no file, folder or map {name!r}; {near_or_all(name, known)}")
