"""The command that makes a folder of notes to begin with."""

from importlib.resources import files
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.options import Store, atlas_for_trial, chosen_again, with_options
from conceptmap.cli.terminal import line, message

if TYPE_CHECKING:
    from collections.abc import Collection

FIRST = "day-01.md"
"""The name of the note."""
USUAL = "notes"
"""A folder's name that says nothing of the course: its parent's does."""
QUESTION = "what does steeping require?"
"""A question that the note answers."""


def init(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder to make.", file_okay=False, show_default=True)
    ] = Path(USUAL),
    *,
    store: Store = None,
) -> None:
    """Make a folder of notes with a first note that explains itself.

    Its comments show how nodes, relations, claims with their evidence, questions and trees are written, and it can be
    loaded as it is. Nothing is overwritten: a folder that holds files is refused.
    """
    if held := _held(folder):
        what = f"{folder} holds {held} already, and nothing is overwritten; load it with: conceptmap load {folder}"
        raise typer.BadParameter(f"{what}, or name another folder", param_hint="'FOLDER'")
    with atlas_for_trial(context, store) as atlas:
        known = atlas.maps()
    course = _course(folder, known)
    text = files("conceptmap.cli").joinpath("first_note.md").read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FIRST).open("x", encoding="utf-8", newline="\n") as note:
        note.write(text.replace("COURSE", course, 1))
    chosen = chosen_again(context, None, store) | {"--map": None}
    which = chosen | ({"--map": course} if known else {})
    line((str(folder / FIRST), "bold"), f": the first note of a map {course!r}; its comments say how notes are written")
    message("next:")
    line("  ", with_options(f"conceptmap load {quote(str(folder))}", chosen))
    line("  ", with_options("conceptmap draw", which))
    line("  ", with_options(f"conceptmap ask '{QUESTION}'", which))
    line("  ", with_options("conceptmap serve", chosen))


def _held(folder: Path) -> str:
    """The first of a folder's files, hidden ones left out; empty where there are none, or no folder."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return next((one.name for one in files if not one.name.startswith(".")), "")


def _course(folder: Path, known: "Collection[str]") -> str:
    """A name for a new map: that of the folder, or of the one around it, as far as it can be one."""
    from ontology.names import is_id, node_id

    whole = folder.absolute()
    name = (whole.parent if whole.name.lower() == USUAL else whole).name or "course"
    name = name if is_id(name) else node_id(name)
    numbered = (f"{name}-{number}" for number in range(2, len(known) + 3))
    return name if name not in known else next(one for one in numbered if one not in known)
