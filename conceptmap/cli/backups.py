"""The commands that copy a whole store: backup and restore."""

from pathlib import Path
from typing import Annotated

import typer

from conceptmap.cli.options import Store, opened_atlas
from conceptmap.cli.terminal import busy, line


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new file.", dir_okay=False)],
    *,
    store: Store = None,
) -> None:
    """Copy the store, which may be in use, to a new file.

    The file is checked, and is itself a store: `--store sqlite:///FILE` reads it.
    """
    with opened_atlas(context, store) as atlas, busy("copying the store"):
        count = atlas.back_up(file)
    line((str(file), "bold"), f": {count} entries")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.", dir_okay=False)],
    *,
    store: Store = None,
) -> None:
    """Copy a backup into an empty store, of whatever kind; entries keep their numbers."""
    with opened_atlas(context, store) as atlas, busy("restoring the store"):
        count = atlas.restore(file)
    line((str(file), "bold"), f": {count} entries restored")
