"""The command that writes a map for other programs, in every format of the list."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conceptmap.cli.importing import LossFile, tell_losses
from conceptmap.cli.loaded import some
from conceptmap.cli.options import AsOf, At, File, MapName, Store, Yes, form_of_file, opened_course
from conceptmap.cli.terminal import deliver_pieces, message
from conceptmap.formats import FORMATS, by_suffix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conceptmap.formats import TextFile


def export(
    context: typer.Context,
    *,
    form: Annotated[str | None, typer.Option("--format", help="By default what FILE's suffix says, else json.")] = None,
    file: File = None,
    loss: LossFile = None,
    yes: Yes = False,
    as_of: AsOf = None,
    at: At = None,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Write the map to a file that other programs read.

    What the format cannot keep is counted on the last line. It asks before it replaces files of a folder.
    """
    form = form or form_of_file(file, {suffix: one.name for suffix, one in by_suffix().items()}) or next(iter(FORMATS))
    with opened_course(context, name, store, as_of, at) as course:
        written = FORMATS[form].write(course.view(), None)
        if isinstance(written, list):
            _deliver_files(written, file, yes=yes)
        else:
            deliver_pieces(written, file)
        tell_losses(course.losses(form), loss)


def _deliver_files(files: "list[TextFile]", folder: Path | None, *, yes: bool) -> None:
    """One file to stdout or to the file that is named; several into a folder."""
    alone = len(files) == 1 and (folder is None or (bool(folder.suffix) and not folder.is_dir()))
    if not alone and (folder is None or folder.is_file()):
        is_file = f", and {folder} is a file" if folder else ""
        raise typer.BadParameter(
            f"this form writes {len(files)} files{is_file}; name a folder for them: -o FOLDER", param_hint="'-o'"
        )
    if folder is None:
        deliver_pieces(files[0].pieces, None)
        return
    places = [folder if alone else folder / file.path for file in files]
    if not (yes or _may_replace([place for place in places if place.exists()])):
        message("nothing was written")
        return
    for place, file in zip(places, files, strict=True):
        place.parent.mkdir(parents=True, exist_ok=True)
        deliver_pieces(file.pieces, place)


def _may_replace(there: "Sequence[Path]") -> bool:
    """Whether these files may be replaced: somebody at a terminal is asked."""
    if not there:
        return True
    named = some(list(map(str, there)))
    if not sys.stdin.isatty():
        what = f"{named} would be replaced; name another folder, or say --yes"
        raise typer.BadParameter(what, param_hint="'-o'")
    message(f"there already: {named}")
    return typer.confirm(f"Replace {'it' if len(there) == 1 else 'them'}?", err=True)
