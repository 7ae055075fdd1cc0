"""The commands for those who run a store: serve it, say who may use it, copy it."""

import errno
import gc
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from conceptmap.cli.config import STORE, VOCABULARY
from conceptmap.cli.options import (
    AsJson,
    MapName,
    Store,
    Yes,
    checked_map_name,
    chosen_again,
    opened_atlas,
    with_options,
)
from conceptmap.cli.terminal import busy, line, message, show_json, table
from conceptmap.plain_words import counted

if TYPE_CHECKING:
    import socket

    from conceptmap.atlas import Atlas
    from conceptmap.values import Erasure, Grant

SERVICE, SETTINGS = "api.serving", "api.settings"
"""Named as text, since imports go down only."""
Scope = Literal["admin", "append", "read"]
"""As where tokens are kept (a test compares them): a help text must not wait for importing that."""
LONGEST_NAME = 100
"""Characters of a holder's name: the name of the part `by:NAME` may have 255 characters."""
GARBAGE = (700, 10, 10)
"""When the garbage collector looks at young, older and all objects, as in any Python program: a service runs long."""


def serve(
    context: typer.Context,
    *,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0: any.")] = 8000,
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=1, help="How many processes answer.")] = 1,
    store: Store = None,
) -> None:
    """Open the web page, and the HTTP service for programs, until Ctrl-C.

    The store is checked first. `/docs` describes the service; further settings are environment variables.
    """
    from importlib import import_module

    signal.signal(signal.SIGTERM, _stop)
    for setting, value in ((STORE, store or context.obj.store), (VOCABULARY, context.obj.vocabulary)):
        if value:  # for the processes that answer
            os.environ[setting.variable] = str(value)
    settings = import_module(SETTINGS).read_settings()
    with opened_atlas(context, store) as atlas, busy("checking the store") as told:
        atlas.verify(told)
        if settings.replica:
            atlas.follow(settings.replica, settings.replica_seconds)  # raises where it is none of this store
    gc.set_threshold(*GARBAGE)
    with closing(_listening(host, port)) as bound:
        shown = f"[{host}]" if ":" in host else host
        message(f"http://{shown}:{bound.getsockname()[1]}/ is the page, /docs describes the service")
        import_module(SERVICE).run(bound, workers)


def _stop(_signal: int, _frame: object) -> None:
    """SIGTERM is how a service is told to stop: it has done as it was told. The server passes it on when it is done."""
    raise SystemExit(0)


def _listening(host: str, port: int) -> "socket.socket":
    """A socket for all processes. Raises `BadParameter` where there can be none.

    Without TCP_NODELAY, which the connections inherit, the body of an answer would wait 40 ms for the
    client to confirm its headers. The backlog is uvicorn's own.
    """
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        bound = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound


def _cannot_listen(host: str, port: int, error: OSError) -> typer.BadParameter:
    """Why nothing can listen there, and what can be done."""
    if error.errno == errno.EADDRINUSE:
        from conceptmap.cli.ports import program_at

        who = program_at(port) or "another program, perhaps another `conceptmap serve`"
        what = f"port {port} is in use by {who}"
        return typer.BadParameter(f"{what}; end that, or use --port 0: any free port", param_hint="'--port'")
    if error.errno == errno.EACCES:
        what = f"you may not use port {port}; use one from 1024 on, such as --port 8000"
        return typer.BadParameter(what, param_hint="'--port'")
    reason = (error.strerror or str(error)).lower().partition(" (while")[0]
    what = f"{host!r} is no address of this machine ({reason}); use 127.0.0.1 for this machine, 0.0.0.0 for others too"
    return typer.BadParameter(what, param_hint="'--host'")


def token(
    context: typer.Context,
    action: Annotated[
        Literal["create", "list", "revoke"],
        typer.Argument(metavar="create|list|revoke", help="What to do with tokens."),
    ],
    holder: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Whose token; same as --name.")] = None,
    *,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Who will hold the token.")] = None,
    scope: Annotated[
        Scope | None,
        typer.Option("--scope", help="read; append: also add; admin: also replace and remove."),
    ] = None,
    only: Annotated[str | None, typer.Option("--map", metavar="MAP", help="Only for this map (else for all).")] = None,
    days: Annotated[
        float | None, typer.Option("--days", metavar="D", min=0, help="How many days it works (else for ever).")
    ] = None,
    json: AsJson = False,
    store: Store = None,
) -> None:
    """Say who may write over HTTP: create, list or revoke tokens.

    A token is the password of one person or program. `create` prints it, this once. With `--map` it works for that map
    only. What its holder adds is kept apart from the notes, under `by:NAME`.
    """
    name = holder or name
    if action != "list" and not name:
        raise typer.BadParameter("whose token? name the holder with --name NAME")
    with opened_atlas(context, store, create=action == "create") as atlas:
        if action == "create":
            _tell_of_new_map(atlas, only)
            _create(atlas, str(name), scope, checked_map_name(only), days)
        elif action == "revoke":
            atlas.tokens.revoke(str(name))
            message(f"the token of {name!r} no longer works")
        else:
            _show(atlas.tokens.grants(), json=json, chosen=chosen_again(context, None, store))


def _tell_of_new_map(atlas: "Atlas", name: str | None) -> None:
    """Say where a map is not there yet that a token is for: its name may be misspelt."""
    if name and name not in (known := atlas.maps()):
        from ontology.hints import no_such

        message(f"warning: {no_such('map', name, known) if known else f'there is no map {name!r} yet'}", "yellow")


def _create(atlas: "Atlas", name: str, scope: Scope | None, only: str | None, days: float | None) -> None:
    from ontology.names import is_id, node_id

    if scope is None:
        raise typer.BadParameter("what may it do? choose --scope read, append or admin")
    if not is_id(name) or len(name) > LONGEST_NAME:
        raise typer.BadParameter(
            f"{name!r} cannot name a holder; write {node_id(name)[:LONGEST_NAME]!r}", param_hint="'--name'"
        )
    line(atlas.tokens.create(name, scope, only, days))
    message("keep it in a safe place: it is not shown again")
    for one in atlas.learners.maps(name):
        what = f"{name} has marked what they learned of map {one!r}"
        message(f"{what}; if that was somebody else: conceptmap unlearn --all --learner {name} --map {one}", "yellow")


def _show(grants: list["Grant"], *, json: bool, chosen: Mapping[str, str]) -> None:
    if json:
        from conceptmap.shapes.changes import grant_shape

        show_json(list(map(grant_shape, grants)))
    elif grants:
        table([_row(grant) for grant in grants])
    else:
        command = with_options("conceptmap token create --name ada --scope append", chosen)
        message(f"there are no tokens; create one with: {command}")


def _row(grant: "Grant") -> tuple[str | tuple[str, str], ...]:
    until = f"revoked {grant.revoked}" if grant.revoked else f"until {grant.expires}" if grant.expires else "for ever"
    return ((grant.name, "bold"), grant.scope, grant.map or "all maps", f"since {grant.created}", until)


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new file.", dir_okay=False)],
    *,
    store: Store = None,
) -> None:
    """Copy the store to a new file, also while it is in use.

    The copy is checked, and is itself a store: `--store sqlite:///FILE` reads it.
    """
    with opened_atlas(context, store) as atlas, busy("copying the store") as told:
        count = atlas.back_up(file, told)
    line((str(file), "bold"), f": {count} entries")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.", dir_okay=False)],
    *,
    store: Store = None,
) -> None:
    """Copy a backup into an empty store, on SQLite or PostgreSQL.

    All entries keep their numbers.
    """
    with (
        opened_atlas(context, store, create=True, check=False) as atlas,
        busy("restoring the store") as told,
    ):
        count = atlas.restore(file, told)
    line((str(file), "bold"), f": {count} entries restored")


def verify(context: typer.Context, *, store: Store = None) -> None:
    """Check that the store is undamaged, reading all of it.

    Entries that are missing or were changed are named, and so are tokens that were changed.
    """
    with (
        opened_atlas(context, store, check=False) as atlas,
        busy("checking the store") as told,
    ):
        atlas.verify(told)
        count = sum(atlas.entry_counts().values())
    line(f"{counted(count, 'entry', 'entries')}, all as written")


def accept(
    context: typer.Context,
    *,
    file: Annotated[
        Path,
        typer.Option("--backup", metavar="FILE", help="A new file for a copy of the damaged store.", dir_okay=False),
    ],
    store: Store = None,
) -> None:
    """Go on using a damaged store, without what is lost.

    First the store is copied as it is. Then what is left becomes the store, and every loss is listed. Tokens that were
    changed are revoked. If there is a backup, `restore` is better.
    """
    with opened_atlas(context, store, check=False) as atlas, busy("accepting the store"):
        losses = atlas.accept(file)
    for loss in losses:
        line(loss)
    message(f"accepted; {file} is the store as it was" if losses else "nothing is missing, and nothing was changed")


def erase(
    context: typer.Context,
    *,
    author: Annotated[str | None, typer.Option("--author", metavar="NAME", help="All that this author wrote.")] = None,
    entry: Annotated[int | None, typer.Option("--entry", metavar="N", min=1, help="Only this entry.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be erased.")] = False,
    yes: Yes = False,
    name: MapName = None,
    store: Store = None,
) -> None:
    """Erase what an author wrote, or one entry, for good.

    What was said is removed; that there was an entry, by whom and when, stays on record. With --author it is done in
    all maps, or in the one that --map names. Backups are not changed: those that may still hold the words are named.
    """
    if (author is None) == (entry is None):
        raise typer.BadParameter("what shall be erased? say either --author NAME or --entry N")
    name = name or context.obj.map
    with opened_atlas(context, store) as atlas:

        def done(*, dry_run: bool) -> "list[Erasure]":
            if entry is not None:
                return atlas.erase_entry(atlas.chosen(name).name, entry, dry_run=dry_run)
            return atlas.erase_author(str(author), name, dry_run=dry_run)

        found = done(dry_run=True)
        for one in found:
            line(*_erasure_row(one))
        if not found:
            said = f"no entry is by {author!r}" if author else f"entry {entry} says nothing any more"
            message(f"there is nothing to erase: {said}; `conceptmap history` lists entries and authors")
        elif dry_run:
            message(f"{counted(len(found), 'entry', 'entries')} would be erased")
        else:
            _confirm(found, yes=yes)
            found = done(dry_run=False)
            _forget_names(context, store, found)
            message(f"{counted(len(found), 'entry', 'entries')} erased")
        _show_backups(atlas, found)


def _forget_names(context: typer.Context, store: str | None, found: "list[Erasure]") -> None:
    """Names that the Tab key was told are kept beside the store, and may be of what was erased."""
    from conceptmap.atlas import store_url
    from conceptmap.cli.kept_names import forget

    for name in {one.map for one in found}:
        forget(store_url(store or context.obj.store), name)


def _confirm(found: "list[Erasure]", *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise typer.BadParameter("this asks first, and no terminal is there; say --yes, or look first with --dry-run")
    typer.confirm(f"Erase {counted(len(found), 'entry', 'entries')} for good?", abort=True, err=True)


def _erasure_row(one: "Erasure") -> tuple[str | tuple[str, str], ...]:
    again = f"; entry {', '.join(map(str, one.repeated))} says some of it too, and stays" if one.repeated else ""
    by = f" by {one.author}" if one.author else ""
    return (f"{one.map}: entry ", (str(one.entry), "bold"), f", {one.time[:19]}Z, day {one.day}, {one.part}{by}{again}")


def _show_backups(atlas: "Atlas", found: "list[Erasure]") -> None:
    """The backups that were made when an entry was there; they may be moved or gone by now."""
    since = min((one.time for one in found), default=None)
    holding = [(file, time) for file, time in atlas.known_backups() if since and time >= since]
    if holding:
        message("backups that hold it still:")
    for file, time in holding:
        message(f"  {file}, of {time[:19]}Z{'' if file.exists() else ', moved or gone'}")
