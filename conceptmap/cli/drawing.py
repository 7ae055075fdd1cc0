"""The commands that make documents of a map: draw and export."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from conceptmap.cli.options import AsOf, At, MapName, Store, known_kind, known_relation, opened_course
from conceptmap.cli.terminal import deliver

if TYPE_CHECKING:
    from conceptmap.draw import Selection
    from conceptmap.map import CourseMap
    from conceptmap.typed_notes import TypedNote

# The same words stand where drawings and exports are made; a help text must not wait for importing those.
DrawFormat = Literal["text", "svg", "png", "dot", "mermaid", "outline"]
DrawGroup = Literal["day", "unit", "none"]
ExportFormat = Literal["json", "jsonld", "trig", "turtle", "notes"]
Format = TypeVar("Format", bound=str)
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
    form = form or by_suffix(file, SUFFIXES) or ("svg" if timeline else "outline" if chosen else "text")
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


def export(
    context: typer.Context,
    *,
    form: Annotated[
        ExportFormat | None, typer.Option("--format", help="By default what FILE's suffix says, else json.")
    ] = None,
    file: File = None,
    as_of: AsOf = None,
    at: At = None,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Write the map for other programs.

    As JSON, or as RDF: JSON-LD, TriG (one graph a day) or Turtle. Or as typed notes, to be corrected and loaded
    again: one file a day, into the folder that -o names.
    """
    form = form or by_suffix(file, EXPORT_SUFFIXES) or "json"
    with opened_course(context, name, store, as_of, at) as course:
        if form == "notes":
            _deliver_notes(course.typed_notes(), file)
        else:
            deliver(course.export(form), file)


def _deliver_notes(notes: "list[TypedNote]", folder: Path | None) -> None:
    """One note to stdout or a file; several into a folder; those of one name into a folder for each day."""
    if len(notes) == 1 and (folder is None or folder.suffix):
        deliver(notes[0].text, folder)
        return
    if folder is None or folder.is_file():
        raise typer.BadParameter(f"the map has {len(notes)} notes; name a folder for them", param_hint="'-o'")
    shared = Counter(map(_file_name, notes))
    for note in notes:
        name = _file_name(note)
        place = folder / f"day-{note.day}" if shared[name] > 1 else folder
        place.mkdir(parents=True, exist_ok=True)
        deliver(note.text, place / name)


def _file_name(note: "TypedNote") -> str:
    return note.name.replace("/", "-")


def by_suffix(file: Path | None, suffixes: Mapping[str, Format]) -> Format | None:
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

    words = course.vocabulary
    return Selection(
        whole=whole,
        focus=course.node(focus).id if focus is not None else None,
        depth=depth or 1,
        kinds=frozenset(known_kind(words, kind) for kind in kinds or ()),
        relations=frozenset(known_relation(words, relation) for relation in relations or ()),
    )
