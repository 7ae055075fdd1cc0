"""Output: data on stdout, messages on stderr; colours on a terminal only, and data is never wrapped or changed."""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

if TYPE_CHECKING:
    from conceptmap.values import Entry, Line
    from ontology.told import Told

Span = str | tuple[str, str]
"""A piece of a line: text, or text with a Rich style."""

STYLES = {"added": "green", "changed": "yellow", "unchanged": "dim", "removed": "red"}
"""The styles of what became of a part, a node or an edge."""


def line(*spans: Span) -> None:
    """A line of data."""
    _write(sys.stdout, spans)


def message(text: str, style: str = "") -> None:
    """A line for the human at the terminal, not for the next program; where nobody can be told, nothing is wrong."""
    with suppress(OSError):  # what was written to stdout stands above it, if it can
        sys.stdout.flush()
    with suppress(OSError):
        _write(sys.stderr, [(_visible(text), style)])


@contextmanager
def busy(what: str, counting: str = "") -> "Iterator[Told | None]":
    """Show on a terminal that work goes on, and, where it is told, how far it is, which `counting` may word."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        wording = counting or f"{what}: {{}}"
        yield lambda done, of: status.update(wording.format(f"{done:,} of {of:,}"))


def show_json(data: Any) -> None:
    """Data as JSON."""
    sys.stdout.write(json_text(data))


def json_text(data: Any) -> str:
    """The text of data as JSON."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def table(rows: Sequence[Sequence[Span]]) -> None:
    """Rows in columns; the last column is as wide as it likes."""
    widths = [max(len(_plain(cell)) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        padded: list[Span] = []
        for cell, width in zip(row[:-1], widths, strict=False):
            padded += [cell, " " * (width - len(_plain(cell)) + 2)]
        line(*padded, row[-1])


def rows_that_fit(rows: Sequence[Sequence[Span]]) -> None:
    """Rows in columns; on a terminal that is too narrow for them each goes on over lines below its first cell."""
    width = shutil.get_terminal_size().columns
    widest = sum(max(len(_plain(cell)) + 2 for cell in column) for column in zip(*rows, strict=True)) - 2
    if not sys.stdout.isatty() or widest <= width:
        table(rows)
        return
    for row in rows:
        _flow(row, width)


def _flow(row: Sequence[Span], width: int) -> None:
    """The cells of a row, as many on a line as there is room; a cell that fits on none is broken."""
    first, *others = row
    spans, used, indent = [first], len(_plain(first)), len(_plain(first)) + 2
    for cell in filter(_plain, others):
        style = "" if isinstance(cell, str) else cell[1]
        room = width - indent
        for piece in textwrap.wrap(_plain(cell), room) if len(_plain(cell)) > room else [_plain(cell)]:
            if used + 2 + len(piece) > width:
                line(*spans)
                spans, used = [" " * (indent - 2)], indent - 2
            spans += ["  ", (piece, style)]
            used += 2 + len(piece)
    line(*spans)


def time_of(entry: "Entry | Line") -> str:
    """The time of an entry, to the second."""
    return f"{entry.time[:19]}Z"


def deliver(data: str | bytes, file: Path | None) -> None:
    """A finished document to a file, else to stdout; bytes never to a terminal."""
    if file is not None:
        _write_file(data, file)
    elif isinstance(data, str):
        sys.stdout.write(_ended(data))
    elif sys.stdout.isatty():
        raise typer.BadParameter("this is no text for a terminal; name a file with -o FILE")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def deliver_pieces(pieces: Iterable[str], file: Path | None) -> None:
    """A text as it is made, to a file, else to stdout."""
    if file is None:
        _write_pieces(pieces, sys.stdout)
        return
    with _naming(file), file.open("w", encoding="utf-8", newline="\n") as stream:
        _write_pieces(pieces, stream)


def deliver_lines(lines: Iterable[Sequence[Span]], file: Path | None) -> None:
    """Lines to a file, else to stdout, where a terminal shows their styles."""
    if file is not None:
        _write_file("".join(f"{''.join(map(_plain, spans)).rstrip()}\n" for spans in lines), file)
        return
    for spans in lines:
        line(*spans)


def _ended(text: str) -> str:
    """A text whose last line is ended; a text of no lines stays one."""
    return text if not text or text.endswith("\n") else text + "\n"


def _write_file(data: str | bytes, file: Path) -> None:
    with _naming(file):
        if isinstance(data, str):
            file.write_text(_ended(data), encoding="utf-8", newline="\n")
        else:
            file.write_bytes(data)


def _write_pieces(pieces: Iterable[str], stream: TextIO) -> None:
    last = "\n"
    for piece in pieces:
        stream.write(piece)
        last = piece or last
    if not last.endswith("\n"):
        stream.write("\n")


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Say which file cannot be written."""
    try:
        yield
    except OSError as error:
        raise typer.BadParameter(_why_not(file, error), param_hint="'-o'") from error


def _why_not(file: Path, error: OSError) -> str:
    """Why a file cannot be written, and what to do."""
    if file.is_dir():
        return f"{file} is a folder; name a file in it, such as {file / 'map.svg'}"
    if not file.parent.is_dir():
        return f"there is no folder {file.parent}; make it first, or choose another"
    reason = (error.strerror or str(error)).lower()
    return f"{file} cannot be written: {reason}; choose another place with -o"


def _write(stream: TextIO, spans: Iterable[Span]) -> None:
    if stream.isatty():
        from rich.console import Console
        from rich.text import Text

        Console(file=stream, highlight=False).print(Text.assemble(*spans), soft_wrap=True)
    else:
        stream.write("".join(map(_plain, spans)).rstrip() + "\n")


def _plain(span: Span) -> str:
    return span if isinstance(span, str) else span[0]


def _visible(text: str) -> str:
    """A file name or an argument may hold control characters; on a terminal they could do anything."""
    return "".join(char if char.isprintable() or char in "\n\t" else repr(char)[1:-1] for char in text)
