"""Jupyter notebooks, by nbformat: Markdown cells are the note, code cells its code blocks, outputs are not looked at.

A line of a cell has the number that it has in the file as Jupyter writes it, one line of text a line of the file:
there an editor or a search finds it.
"""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from conceptmap.notes.page.dialects.dialect import Dialect
from conceptmap.notes.values import Findings

_HINT = "open it in Jupyter and save it, or export it as Markdown"
_NEXT_CELL = "<!-- -->"
"""Ends what a cell has begun: a list of one cell does not go on in the next."""


class _Cell(NamedTuple):
    code: bool
    lines: list[str]


def _unpack(path: str, text: str, findings: Findings) -> list[str] | None:
    """The lines of a page as long as the file, with each line of a cell in its place."""
    try:
        cells = list(_cells(text))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        cause = error.__cause__
        at = (cause.lineno, cause.colno) if isinstance(cause, json.JSONDecodeError) else (1, 1)
        findings.problem(path, at, "this is no notebook that can be read", _HINT)
        return None
    return _placed(cells, text.split("\n")) or _placed(cells, _as_jupyter_writes(cells))


def _cells(text: str) -> Iterator[_Cell]:
    """The cells that hold words or code. Raises ValueError and its like for whatever is no notebook."""
    from nbformat.converter import convert  # noqa: PLC0415  (a sixth of a second, and only notebooks need it)
    from nbformat.reader import reads  # noqa: PLC0415
    from nbformat.validator import ValidationError  # noqa: PLC0415

    try:
        notebook = convert(reads(text), 4)
    except ValidationError as error:
        raise ValueError(error) from error
    for cell in notebook.cells:
        source = cell.source
        if not isinstance(source, str):
            raise TypeError("the source of a cell is no text")
        if source.strip() and cell.cell_type in ("markdown", "code"):
            yield _Cell(cell.cell_type == "code", source.replace("\r\n", "\n").removesuffix("\n").split("\n"))


def _as_jupyter_writes(cells: Sequence[_Cell]) -> list[str]:
    """The lines of the cells of a notebook that is written on fewer lines than it has."""
    return [
        line
        for cell in cells
        for line in ("{", '"source": [', *(json.dumps(f"{line}\n") + "," for line in cell.lines), "]", "}")
    ]


def _placed(cells: Sequence[_Cell], file: Sequence[str]) -> list[str] | None:
    """Each line of each cell where it stands in the file; None where the file has not a line for each."""
    page = [""] * len(file)
    starts = (index for index, line in enumerate(file) if line.strip() == '"source": [')
    for cell in cells:
        first = next((start + 1 for start in starts if _begins(file, start + 1, cell)), None)
        if first is None or first + len(cell.lines) >= len(file):
            return None
        lines = _fenced(cell.lines) if cell.code else [_NEXT_CELL, *cell.lines]
        page[first - 1 : first - 1 + len(lines)] = lines
    return page


def _begins(file: Sequence[str], first: int, cell: _Cell) -> bool:
    """Whether the lines of a file from here on are those of a cell."""
    written = (_text(line) for line in file[first : first + len(cell.lines)])
    return all(one == other for one, other in zip(written, cell.lines, strict=False))


def _text(line: str) -> str | None:
    """The text that a line of a file stands for."""
    try:
        text = json.loads(line.strip().removesuffix(","))
    except ValueError:
        return None
    return text.removesuffix("\n").removesuffix("\r") if isinstance(text, str) else None


def _fenced(lines: Sequence[str]) -> list[str]:
    fence = "`" * max(3, *(len(line) - len(line.lstrip("`")) + 1 for line in map(str.lstrip, lines)))
    return [f"{fence}code", *lines, fence]


DIALECT = Dialect("Jupyter notebooks", (".ipynb",), unpack=_unpack)
