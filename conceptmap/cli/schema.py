"""The command that prints the schemas of what people write."""

from typing import Annotated, Literal

import typer

from conceptmap.cli.options import File
from conceptmap.cli.terminal import deliver


def schema(
    what: Annotated[
        Literal["front-matter"], typer.Argument(metavar="front-matter", help="Of the keys at the head of a note.")
    ],
    *,
    file: File = None,
) -> None:
    """Print a JSON Schema of what is written in notes.

    Editors that read one complete the keys, say what they mean, and underline wrong values.
    """
    import json

    from conceptmap.notes import front_matter_schema

    deliver(json.dumps(front_matter_schema(), ensure_ascii=False, indent=1) + "\n", file)
