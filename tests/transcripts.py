"""Command transcripts in Markdown: what stands behind `$ ` is run, what follows it is what must come out."""

import doctest
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from dialogues import in_process

CONSOLE = "console"
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})\s*([\w-]*) *([\w./-]*).*$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the line of its opening fence, its text, and the name of the file that it shows."""

    language: str
    line: int
    text: str
    file: str


@dataclass(frozen=True)
class Command:
    """A command of a transcript: where it stands, what is typed, what is printed ("..." stands for anything)."""

    line: int
    words: tuple[str, ...]
    output: str


def blocks(markdown: str) -> Iterator[Block]:
    """The fenced blocks of a Markdown text."""
    opened: tuple[str, str, int, str] | None = None
    held: list[str] = []
    for number, line in enumerate(markdown.splitlines(), 1):
        fence = _FENCE.match(line)
        if opened is None and fence:
            opened, held = (fence[1], fence[2], number, fence[3]), []
        elif opened and line.strip() == opened[0]:
            yield Block(opened[1], opened[2], "".join(f"{one}\n" for one in held), opened[3])
            opened = None
        else:
            held.append(line)


def commands(markdown: str) -> Iterator[Command]:
    """The commands of all `console` blocks, in order."""
    for block in blocks(markdown):
        if block.language != CONSOLE:
            continue
        found: list[tuple[int, str, list[str]]] = []
        for number, line in enumerate(block.text.splitlines(), block.line + 1):
            if line.startswith("$ "):
                found.append((number, line[2:], []))
            elif found:
                found[-1][2].append(f"{line}\n")
        for number, typed, output in found:
            yield Command(number, tuple(shlex.split(typed, comments=True)), "".join(output))


def run(command: Command, folder: Path) -> str:
    """Run a `conceptmap` command in a folder, in this process; what it prints, errors last."""
    with chdir(folder), patch.dict(os.environ, {"COLUMNS": "200", "NO_COLOR": "1"}):
        _, printed, errors = in_process(command.words[1:], "")
    return printed + errors


def matches(expected: str, printed: str) -> bool:
    """Whether the output is as written; "..." stands for any text, blank lines at the end do not count."""
    checker = doctest.OutputChecker()
    return checker.check_output(f"{expected.rstrip()}\n", f"{printed.rstrip()}\n", doctest.ELLIPSIS)
