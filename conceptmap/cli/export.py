"""The command that writes a map for other programs, in every format of the list."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.options import AsOf, At, File, MapName, Store, form_of_file, opened_course
from conceptmap.cli.terminal import deliver_pieces
from conceptmap.formats import FORMATS, by_suffix

if TYPE_CHECKING:
    from conceptmap.formats import TextFile


def export(
    context: typer.Context,
    *,
    form: Annotated[str | None, typer.Option("--format", help="By default what FILE's suffix says, else json.")] = None,
    file: File = None,
    as_of: AsOf = None,
    at: At = None,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Write the map to a file that other programs read."""
    form = form or form_of_file(file, {suffix: one.name for suffix, one in by_suffix().items()}) or next(iter(FORMATS))
    with opened_course(context, name, store, as_of, at) as course:
        written = FORMATS[form].write(course.view(), None)
        if isinstance(written, list):
            _deliver_files(written, file)
        else:
            deliver_pieces(written, file)


def _deliver_files(files: "list[TextFile]", folder: Path | None) -> None:
    """One file to stdout or to the file that is named; several into a folder."""
    if len(files) == 1 and (folder is None or folder.suffix):
        deliver_pieces(files[0].pieces, folder)
        return
    if folder is None or folder.is_file():
        is_file = f", and {folder} is a file" if folder else ""
        raise typer.BadParameter(
            f"this form writes {len(files)} files{is_file}; name a folder for them: -o FOLDER", param_hint="'-o'"
        )
    for file in files:
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        deliver_pieces(file.pieces, place)
