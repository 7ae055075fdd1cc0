"""Dialogues with the program as text files: files and commands in order, with what each command prints and how it ends.

    #: A comment.
    -- notes/day-01.md --
    ## Flour

    $ conceptmap show Flour
    Flour  Concept, day 1
    2> what stands on stderr, after what stands on stdout
    [1]

Each piece runs to the next line that begins with `#: `, `-- ` or `$ `. `...` stands for any text; `[N]` is the exit
status where it is not 0. Commands are `conceptmap` (with `< FILE`, if need be), `rm FILE` and `cat FILE`.
"""

import doctest
import io
import re
import shlex
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path

from conceptmap.cli.program import run

_PIECES = re.compile(r"^(?=#: |-- |\$ )", re.M)

Program = Callable[[Sequence[str], str], tuple[int, str, str]]
"""From arguments and stdin to exit status, stdout and stderr."""


@dataclass(frozen=True)
class Piece:
    """A piece of a dialogue: its first line, and the lines under it."""

    head: str
    body: str

    @property
    def is_command(self) -> bool:
        return self.head.startswith("$ ")

    @property
    def is_file(self) -> bool:
        return self.head.startswith("-- ")


def read(dialogue: str) -> list[Piece]:
    """The pieces of a dialogue; blank lines at the end of a piece do not count."""
    pieces = []
    for piece in filter(None, _PIECES.split(dialogue)):
        head, _, body = piece.partition("\n")
        pieces.append(Piece(head, f"{body.rstrip()}\n" if body.strip() else ""))
    return pieces


def written(pieces: Sequence[Piece]) -> str:
    """The dialogue as text: a blank line before every piece but the first."""
    return "\n".join(f"{piece.head}\n{piece.body}" for piece in pieces)


def play(pieces: Sequence[Piece], folder: Path, program: Program) -> list[Piece]:
    """Go through a dialogue in a folder: the same pieces, with the output of every command as it came."""
    return [_played(piece, folder, program) for piece in pieces]


def matches(expected: Piece, played: Piece) -> bool:
    """Whether a command printed what is expected."""
    return doctest.OutputChecker().check_output(expected.body, played.body, doctest.ELLIPSIS)


def in_process(arguments: Sequence[str], typed: str) -> tuple[int, str, str]:
    """The program as a function of this process: quick."""
    out, err, stdin = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(typed)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = run(arguments)
    finally:
        sys.stdin = stdin
    return status, out.getvalue(), err.getvalue()


def _played(piece: Piece, folder: Path, program: Program) -> Piece:
    if piece.is_file:
        _write(folder / piece.head.removeprefix("-- ").removesuffix(" --"), piece.body)
    if not piece.is_command:
        return piece
    name, *words = shlex.split(piece.head[2:], comments=True)
    if name == "rm":
        (folder / words[0]).unlink()
        return replace(piece, body="")
    if name == "cat":
        return replace(piece, body=(folder / words[0]).read_text(encoding="utf-8"))
    typed = (folder / words.pop()).read_text(encoding="utf-8") if "<" in words else ""
    status, out, err = program([word for word in words if word != "<"], typed)
    return replace(piece, body=_printed(status, out, err))


def _printed(status: int, out: str, err: str) -> str:
    lines = [*out.rstrip("\n").splitlines(), *(f"2> {line}".rstrip() for line in err.splitlines())]
    lines += [f"[{status}]"] if status else []
    return "".join(f"{line}\n" for line in lines)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
