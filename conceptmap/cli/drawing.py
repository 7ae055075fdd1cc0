"""The command that draws a map."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from conceptmap.cli.options import (
    AsOf,
    At,
    File,
    MapName,
    Store,
    form_of_file,
    known_kind,
    known_relation,
    opened_course,
)
from conceptmap.cli.terminal import deliver

if TYPE_CHECKING:
    from conceptmap.draw import Selection
    from conceptmap.map import CourseMap

# The same words stand where drawings are made; a help text must not wait for importing those.
DrawFormat = Literal["text", "svg", "png", "dot", "mermaid", "outline"]
DrawGroup = Literal["day", "unit", "none"]

SUFFIXES: dict[str, DrawFormat] = {
    ".txt": "text",
    ".svg": "svg",
    ".png": "png",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
}


def draw(
    context: typer.Context,
    *,
    form: Annotated[
        DrawFormat | None,
        typer.Option(
            "--format", help="By default what FILE's suffix says, else text (or an outline, where nodes are chosen)."
        ),
    ] = None,
    file: File = None,
    focus: Annotated[str | None, typer.Option("--focus", metavar="NODE", help="Only what is near this node.")] = None,
    depth: Annotated[
        int | None, typer.Option("--depth", metavar="K", min=1, help="How many edges away from it (default 1).")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only this kind; repeatable.")
    ] = None,
    relation: Annotated[
        list[str] | None, typer.Option("--relation", metavar="RELATION", help="Only this relation; repeatable.")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--all", help="The whole graph, not only what the notes' trees place.")
    ] = False,
    connected: Annotated[bool, typer.Option("--connected", help="Leave out nodes without edges.")] = False,
    group: Annotated[DrawGroup, typer.Option("--group", help="What the frames of a picture are.")] = "day",
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
    from conceptmap.draw import draw as drawn

    if depth is not None and focus is None:
        raise typer.BadParameter("--depth needs --focus NODE")
    chosen = bool(whole or kind or relation or connected)
    form = form or form_of_file(file, SUFFIXES) or ("svg" if timeline else "outline" if chosen else "text")
    if timeline and form not in ("svg", "png"):
        raise typer.BadParameter("--timeline is a picture; use --format svg or png")
    if form == "text" and chosen:
        raise typer.BadParameter(
            "the text diagram shows the drawn map only; for a choice use --format outline, svg or png"
        )
    with opened_course(context, name, store, as_of, at) as course:
        selection = replace(
            _selection(course, focus=focus, depth=depth, kinds=kind, relations=relation, whole=whole),
            connected=connected,
            group=group,
        )
        deliver(drawn(course.view(), form, selection, arrangement="timeline" if timeline else "map"), file)


def _selection(
    course: "CourseMap",
    *,
    focus: str | None,
    depth: int | None,
    kinds: list[str] | None,
    relations: list[str] | None,
    whole: bool,
) -> "Selection":
    from conceptmap.draw import Selection

    words = course.vocabulary
    return Selection(
        whole=whole,
        focus=course.node(focus).id if focus is not None else None,
        depth=depth or 1,
        kinds=frozenset(known_kind(words, kind) for kind in kinds or ()),
        relations=frozenset(known_relation(words, relation) for relation in relations or ()),
    )
