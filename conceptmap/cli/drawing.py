"""The commands that make documents of a map: draw and export."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from conceptmap.cli.options import AsOf, MapName, Store, known_kind, known_relation, opened_course
from conceptmap.cli.terminal import deliver

if TYPE_CHECKING:
    from conceptmap.course_map import CourseMap
    from conceptmap.draw import Selection

# The same words stand where drawings and exports are made; a help text must not wait for importing those.
DrawFormat = Literal["text", "svg", "png", "dot", "mermaid", "outline"]
ExportFormat = Literal["json", "jsonld", "trig", "turtle"]
Format = TypeVar("Format", DrawFormat, ExportFormat)
File = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead of stdout.")]

SUFFIXES: dict[str, DrawFormat] = {
    ".txt": "text",
    ".svg": "svg",
    ".png": "png",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
}
EXPORT_SUFFIXES: dict[str, ExportFormat] = {".json": "json", ".jsonld": "jsonld", ".trig": "trig", ".ttl": "turtle"}


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
    as_of: AsOf = None,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Draw the map.

    As a tree of text, as a picture, or for another program.
    """
    from conceptmap.draw import draw as drawn

    if depth is not None and focus is None:
        raise typer.BadParameter("--depth needs --focus NODE")
    form = form or _by_suffix(file, SUFFIXES) or ("outline" if whole or kind or relation else "text")
    if form == "text" and (whole or kind or relation):
        raise typer.BadParameter(
            "the text diagram shows the drawn map only; for a choice use --format outline, svg or png"
        )
    with opened_course(context, name, store, as_of) as course:
        selection = _selection(course, focus=focus, depth=depth, kinds=kind, relations=relation, whole=whole)
        deliver(drawn(course.view(), form, selection), file)


def export(
    context: typer.Context,
    *,
    form: Annotated[
        ExportFormat | None, typer.Option("--format", help="By default what FILE's suffix says, else json.")
    ] = None,
    file: File = None,
    as_of: AsOf = None,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Write the map for other programs.

    As JSON, or as RDF: JSON-LD, TriG (one graph a day) or Turtle.
    """
    form = form or _by_suffix(file, EXPORT_SUFFIXES) or "json"
    with opened_course(context, name, store, as_of) as course:
        deliver(course.export(form), file)


def _by_suffix(file: Path | None, suffixes: Mapping[str, Format]) -> Format | None:
    """The format that a file's suffix names; None without a file or suffix."""
    if file is None or not file.suffix:
        return None
    if file.suffix.lower() not in suffixes:
        known = ", ".join(suffixes)
        raise typer.BadParameter(
            f"no format goes with {file.suffix!r}; use {known}, or choose with --format", param_hint="'-o'"
        )
    return suffixes[file.suffix.lower()]


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

    words = course.ledger.vocabulary
    return Selection(
        whole=whole,
        focus=course.node(focus).id if focus is not None else None,
        depth=depth or 1,
        kinds=frozenset(known_kind(words, kind) for kind in kinds or ()),
        relations=frozenset(known_relation(words, relation) for relation in relations or ()),
    )
