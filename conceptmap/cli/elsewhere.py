"""A service elsewhere, as the commands that speak to one name it: its address, the map there, and a token."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

import typer

from conceptmap.cli.terminal import message

if TYPE_CHECKING:
    from conceptmap.disk import Found

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Hosts to which a token goes unseen also without encryption."""

Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        metavar="TOKEN",
        envvar="CONCEPTMAP_TOKEN",
        help="Keep it in CONCEPTMAP_TOKEN: what is typed here, other users of this machine can see.",
    ),
]


def service_at(url: str, option: str) -> tuple[str, str | None]:
    """The address of a service, and the map that it names, if it ends with `/maps/NAME`."""
    parts = urlsplit(url.strip().rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        local = parts.scheme in LOOPBACK or url.startswith(LOOPBACK)
        example = f"{'http' if local else 'https'}://{url.partition('://')[2] or url}"
        raise typer.BadParameter(f"{url!r} is not the address of a service; write {example}", param_hint=option)
    if parts.username or parts.password:
        raise typer.BadParameter("the token goes into CONCEPTMAP_TOKEN, not into the address", param_hint=option)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        message(f"warning: {parts.hostname} is spoken to without encryption, and the token can be read on the way")
    path, maps, named = parts.path.rpartition("/maps/")
    if not maps or "/" in named:
        path, named = parts.path.removesuffix("/maps"), ""
    return f"{parts.scheme}://{parts.netloc}{path}", unquote(named) or None


def map_named(name: str | None, found: "Found") -> str:
    """The map that is named, else the one that the notes declare."""
    from conceptmap.disk import course_of, front_problems
    from ontology.errors import MapNotChosen

    if chosen := name or course_of(found.files):
        return chosen
    raise MapNotChosen((), front_problems(found.files), writing=True)


def checked_token(token: str | None) -> str:
    """The token without the line end that a file has. What is no token is not shown."""
    from conceptmap.pushing import MAKE_TOKEN

    said = (token or "").strip()
    if not said:
        raise typer.BadParameter(f"no token: set CONCEPTMAP_TOKEN; {MAKE_TOKEN}")
    if not said.isascii() or not said.isprintable() or " " in said:
        raise typer.BadParameter(f"what CONCEPTMAP_TOKEN holds is no token; {MAKE_TOKEN}")
    return said


def name_of(folder: Path) -> str:
    """What the paths of a folder's notes begin with on a service."""
    return normalize("NFC", folder.resolve().name) or "notes"
