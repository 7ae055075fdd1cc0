"""The command that draws a map."""

from typing import Annotated, Literal

import typer

from conceptmap.cli import completing
from conceptmap.cli.options import (
    AsOf,
    At,
    File,
    MapName,
    Store,
    chosen_again,
    form_of_file,
    known_kind,
    known_relation,
    opened_course,
    with_options,
)
from conceptmap.cli.terminal import deliver, message
from conceptmap.draw import DRAWINGS, by_suffix

DrawGroup = Literal["day", "unit", "none"]


def draw(
    context: typer.Context,
    *,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="By default what FILE's suffix says, else text (or an outline, where nodes are chosen).",
        ),
    ] = None,
    file: File = None,
    focus: Annotated[
        str | None,
        typer.Option("--focus", metavar="NODE", help="Only what is near this node.", autocompletion=completing.node),
    ] = None,
    depth: Annotated[
        int | None, typer.Option("--depth", metavar="K", min=1, help="How many edges away from it (default 1).")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", metavar="KIND", help="Only this kind, such as Claim; repeatable.", autocompletion=completing.kinds
        ),
    ] = None,
    relation: Annotated[
        list[str] | None,
        typer.Option(
            "--relation",
            metavar="RELATION",
            help="Only this relation, such as requires; repeatable.",
            autocompletion=completing.relations,
        ),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Every node, not only those in the notes' tree diagrams.")
    ] = False,
    connected: Annotated[bool, typer.Option("--connected", help="Leave out nodes without edges.")] = False,
    group: Annotated[DrawGroup, typer.Option("--group", help="What a frame of the picture holds.")] = "day",
    timeline: Annotated[
        bool, typer.Option("--timeline", help="A picture with one band a day, the newest at the bottom.")
    ] = False,
    as_of: AsOf = None,
    at: At = None,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Draw the map.

    As a tree of text, as a picture, or for another program.
    """
    if depth is not None and focus is None:
        raise typer.BadParameter("--depth needs --focus NODE")
    chosen = bool(whole or kind or relation or connected)
    suffixes = {suffix: one.name for suffix, one in by_suffix().items()}
    form = form or form_of_file(file, suffixes) or ("svg" if timeline else "outline" if chosen else "text")
    pictures = " or ".join(one.name for one in DRAWINGS.values() if one.is_picture)
    if timeline and not DRAWINGS[form].is_picture:
        raise typer.BadParameter(f"--timeline is a picture; use --format {pictures}")
    if form == "text" and chosen and focus is None:
        raise typer.BadParameter(
            f"the text diagram shows the drawn map only; for a choice use --format outline, {pictures}"
        )
    with opened_course(context, name, store, as_of, at) as course:
        drawing = course.draw(
            focus=focus,
            depth=depth,
            kinds=[known_kind(course.vocabulary, one) for one in kind or ()],
            relations=[known_relation(course.vocabulary, one) for one in relation or ()],
            all=whole,
            connected=connected,
            group=group,
            timeline=timeline,
        )
        deliver(drawing.written(form), file)
        if form == "text" and focus is None:
            from conceptmap.draw import left_out

            if found := left_out(course.view()):
                said = {"--as-of": as_of, "--at": at, **chosen_again(context, name, store)}
                message(f"{found}; for all: {with_options('conceptmap draw --all', said)} -o map.svg", "dim")
