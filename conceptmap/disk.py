"""The door to the disk for notes: which files a path means, and their bytes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from conceptmap.notes import NOTE_SUFFIXES, NoteFile
from ontology.errors import InvalidDocument, Problem


def note_files(paths: Sequence[Path], day: int | None = None) -> list[NoteFile]:
    """The notes at these paths: a file as it is, a folder with all notes below it, hidden folders left out.

    Raises `InvalidDocument` naming every path that cannot be read or holds no notes.
    """
    problems: list[Problem] = []
    files = [file for path in paths for file in _read_path(path, day, problems)]
    if problems:
        raise InvalidDocument(problems)
    return files


def _read_path(path: Path, day: int | None, problems: list[Problem]) -> Iterator[NoteFile]:
    if not path.is_dir():
        yield from _read_file(path, path, day, problems)
        return
    found = sorted(one for one in path.rglob("*") if _is_note(one.relative_to(path)) and one.is_file())
    if not found:
        hint = f"name a folder with {', '.join(NOTE_SUFFIXES)} files"
        problems.append(Problem(file=str(path), what="the folder holds no notes", hint=hint))
    for one in found:
        yield from _read_file(one, one.relative_to(path.parent), day, problems)


def _is_note(path: Path) -> bool:
    hidden = any(name.startswith(".") for name in path.parts)
    return not hidden and "node_modules" not in path.parts and path.suffix.lower() in NOTE_SUFFIXES


def _read_file(path: Path, shown: Path, day: int | None, problems: list[Problem]) -> Iterator[NoteFile]:
    try:
        yield NoteFile(path=str(shown), body=path.read_bytes(), day=day)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        problems.append(Problem(file=str(path), what=f"cannot be read: {reason}", hint="check the path"))
