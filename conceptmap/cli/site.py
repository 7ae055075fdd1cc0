"""The command that publishes a map: a folder of files that can be put on any web server."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from conceptmap.cli.loaded import some
from conceptmap.cli.options import MapName, Store, Yes, opened_course
from conceptmap.cli.terminal import busy, line, message
from conceptmap.plain_words import counted
from conceptmap.site_folder import SiteFolder

PUBLISHING = "api.publishing"
"""Named as text, since imports go down only."""


def site(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder, or one that this command made.")],
    *,
    base: Annotated[
        str,
        typer.Option("--base", metavar="URL", help="Where it will stand on the web, for previews of links to it."),
    ] = "",
    yes: Yes = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Publish the map as a folder of web pages.

    They need no service: put them on any web server, or open index.html. Run it again when the map has changed.
    """
    place = SiteFolder.at(folder)
    _may_write(place, yes=yes)
    with opened_course(context, name, store) as course, busy("making the pages"):
        for file in import_module(PUBLISHING).files_of(course, _checked(base), message):
            place.write(file.path, file.body)
    removed = place.finish()
    pages = sum(one.endswith(".html") for one in place.written)
    line((str(folder / "index.html"), "bold"), f": {counted(pages, 'page')}")
    if removed:
        message(f"removed {counted(len(removed), 'file')} of what is no longer in the map")


def _checked(base: str) -> str:
    """The address of a folder on the web, without a slash at its end."""
    from urllib.parse import urlsplit

    parts = urlsplit(base)
    if base and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        what = f"{base!r} is no address of a folder on the web; write it as https://maps.example/bread"
        raise typer.BadParameter(what, param_hint="'--base'")
    return base.rstrip("/")


def _may_write(place: SiteFolder, *, yes: bool) -> None:
    """Go on only where no file of others is there, or somebody says that it may be replaced."""
    if yes or not (there := place.foreign()):
        return
    what = f"{place.path} holds what this command did not write: {some(there)}"
    if not sys.stdin.isatty():
        raise typer.BadParameter(f"{what}; name a new folder, or say --yes", param_hint="'FOLDER'")
    message(what)
    typer.confirm("Write the pages among it?", abort=True, err=True)
