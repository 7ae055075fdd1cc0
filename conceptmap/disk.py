"""The door to the disk for notes: which files a path means, and their bytes."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING

from conceptmap.folder import Folder
from conceptmap.notes import NOTE_SUFFIXES, NoteFile, Passed
from graphs.fold import PartKey
from ontology.errors import InvalidDocument, InvalidQuestions, InvalidShapes, Problem, RefusedWrite
from ontology.hints import meant, nearest
from ontology.model import CompetencyQuestion

if TYPE_CHECKING:
    from conceptmap.formats.format import SentFile

ROOTS = (".git", ".obsidian", "logseq/config.edn", "conceptmap.toml")
"""What stands at the top of a repository, a vault, a graph or a course: paths below it stay when it is moved."""

QUIET = 200
"""Milliseconds in which nothing is written before notes are loaded: an editor saves, and Git checks out, in pieces."""

STARTED = 500
"""Milliseconds after which the watch of a folder is known to have begun."""

ABOUT_THE_FOLDER = frozenset(
    (
        *("authors", "changelog", "code_of_conduct", "competency_questions", "contributing", "copying", "licence"),
        *("license", "notice", "readme"),
    )
)
"""Names of files that speak of the folder and not of its subject, or ask what its map must answer."""


@dataclass(slots=True)
class Found:
    """The notes at some paths, the files that are passed over and those that cannot be read, and the folders.

    `given` has the paths of files below folders as they begin with what was given, by those that the notes have;
    `bibliographies` are those that notes name, and how they are shown.
    """

    files: list[NoteFile] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)
    bibliographies: dict[Path, Path] = field(default_factory=dict)


def find_notes(paths: Sequence[Path], day: int | None = None) -> Found:
    """The notes at these paths: a file as it is, a folder with all notes below it, hidden folders left out.

    Below a folder, files that are no notes are passed over, and those that speak of the folder (`README`, licences)
    where no day is said and other notes are there. Raises `InvalidDocument` naming every one of the paths that cannot
    be read or holds no notes.
    """
    found = Found()
    problems: list[Problem] = []
    notes_in = cache(_notes_in)
    for path in paths:
        if path.is_dir():
            problems += _read_folder(path, day, found)
        else:
            wrong = _read_file(path, path, day, _root(path.absolute().parent) or path.parent, found)
            problems += wrong
            if not wrong:
                found.files[-1] = replace(found.files[-1], beside=notes_in(path.parent))
    if problems:
        raise InvalidDocument(problems)
    _read_bibliographies(found)
    return found


def _read_bibliographies(found: Found) -> None:
    """Read the bibliographies too that notes name in their front matter, as Pandoc does, and that lie elsewhere."""
    read = {Path(found.given.get(one.path, one.path)).resolve() for one in found.files}
    for path, shown in sorted(found.bibliographies.items()):
        if path not in read and path.is_file() and _is_note(path):
            found.unread += _read_file(path, shown, None, _root(path.parent) or path.parent, found)


def note_files(paths: Sequence[Path], day: int | None = None) -> list[NoteFile]:
    """The notes at these paths, as `find_notes` finds them. Raises `InvalidDocument` where one cannot be read."""
    found = find_notes(paths, day)
    if found.unread:
        raise InvalidDocument(found.unread)
    return found.files


def sent_files(path: Path) -> "list[SentFile]":
    """A file of another program, or those below a folder that some format is read from; hidden ones are left out.

    Raises `InvalidDocument` where there are none, or one cannot be read.
    """
    from conceptmap.formats import SentFile, suffixes_read

    wanted = tuple(suffixes_read())
    try:
        if not path.is_dir():
            return [SentFile(path.name, path.read_bytes())]
        named = (one for one in sorted(path.rglob("*")) if one.name.lower().endswith(wanted))
        below = [one for one in named if one.is_file() and not _is_hidden(one.relative_to(path))]
        found = [
            SentFile(f"{path.resolve().name}/{one.relative_to(path).as_posix()}", one.read_bytes()) for one in below
        ]
    except OSError as error:
        raise InvalidDocument([_unread(Path(error.filename or path), error)]) from error
    if not found:
        what = "there is no file in the folder that is read"
        raise InvalidDocument([_at(path, what, f"files are read that end in {', '.join(sorted(wanted))}")])
    return found


def learner_files(path: Path, form: str | None = None) -> "list[NoteFile] | list[SentFile]":
    """The files of a learner's map: a note or the notes below a folder, else files of another program, as of a `form`.

    Raises `InvalidDocument` where there are none, or one cannot be read.
    """
    is_notes = _is_note(path) if not path.is_dir() else any(map(_is_note, _files_below(path)))
    return note_files([path]) if is_notes and form is None else sent_files(path)


def learners_in(folder: Path) -> list[Path]:
    """The files and folders in a folder, one for each learner; hidden ones are left out.

    Raises `InvalidDocument` where there are none.
    """
    try:
        found = sorted(one for one in folder.iterdir() if not _is_hidden(Path(one.name)))
    except OSError as error:
        raise InvalidDocument([_unread(folder, error)]) from error
    if not found:
        raise InvalidDocument(
            [_at(folder, "nobody's map is in the folder", "put a file or a folder of each learner in it")]
        )
    return found


def _files_below(folder: Path) -> Iterator[Path]:
    return (one for one in folder.rglob("*") if one.is_file() and not _is_hidden(one.relative_to(folder)))


def paths_of(roots: Mapping[PartKey, str]) -> dict[PartKey, str]:
    """The files that parts were read from, where their folders still hold one such file, from here if they are below.

    `roots` are the folders that the parts were loaded from.
    """
    from conceptmap.notes.parts import path_key

    found: dict[PartKey, str] = {}
    here = Path.cwd()
    for root in sorted(one for one in set(roots.values()) if Path(one).is_absolute()):
        files = {path_key(one.relative_to(root).as_posix()): one for one in Path(root).rglob("*") if one.is_file()}
        for part in (one for one in roots if roots[one] == root):
            key = path_key(part.part)
            ends = [name for name in files if name == key or name.endswith(f"/{key}") or key.endswith(f"/{name}")]
            if len(ends) == 1:
                file = files[ends[0]]
                found[part] = str(file.relative_to(here) if file.is_relative_to(here) else file)
    return found


def questions_at(path: Path) -> tuple[CompetencyQuestion, ...]:
    """The questions that a file lists. Raises `InvalidQuestions` where it cannot be read, or lists none."""
    from conceptmap.notes import read_question_list

    try:
        body = path.read_bytes()
    except OSError as error:
        raise InvalidQuestions([_unread(path, error)]) from error
    return read_question_list(str(path), body)


def shapes_at(path: Path) -> bytes:
    """A file of shapes. Raises `InvalidShapes` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidShapes([_unread(path, error)]) from error


def write_notes(files: Mapping[Path, tuple[bytes | None, bytes]]) -> None:
    """Write files, each given as it was read (None: it is new) and as it is to be.

    Raises `RefusedWrite`, before anything is written, where one has changed since; each is replaced whole or not.
    """
    for path, (before, _) in files.items():
        if (path.read_bytes() if path.exists() else None) != before:
            raise RefusedWrite(f"{path} was changed while this was asked; nothing was written, so pull again")
    for path, (_, after) in files.items():
        beside = path.with_name(f".{path.name}.pulled")
        beside.write_bytes(after)
        if path.exists():
            beside.chmod(path.stat().st_mode)
        beside.replace(path)


def write_file(file: Path, data: str | bytes) -> None:
    """Write a file that somebody names, in the place of what is there."""
    file.write_bytes(data.encode() if isinstance(data, str) else data)


def changes_at(paths: Sequence[Path]) -> Iterator[None]:
    """Comes each time that notes at these paths have changed, and once at the start. What is written within a moment
    comes once.
    """
    from watchfiles import Change, watch

    folders = {(path if path.is_dir() else path.parent).resolve() for path in paths}

    def concerns_notes(_: Change, changed: str) -> bool:
        path = Path(changed)
        below = next((path.relative_to(one) for one in folders if path.is_relative_to(one)), path)
        return not _is_hidden(below) and (not path.suffix or path.suffix.lower() in NOTE_SUFFIXES)

    waiting = watch(
        *folders,
        watch_filter=concerns_notes,
        step=QUIET,
        yield_on_timeout=True,
        rust_timeout=STARTED,
    )
    for number, changes in enumerate(waiting):
        if changes or number == 0:  # once watched, for what changed before
            yield


def course_of(files: Sequence[NoteFile]) -> str | None:
    """The map that the notes' front matter names as their `course`; None if none does."""
    saying = [file for file in files if b"course" in _head(file.body)]
    if not saying:
        return None
    from conceptmap.notes import declared_course

    return declared_course(saying)


def front_problems(files: Sequence[NoteFile]) -> list[Problem]:
    """What is wrong with the front matter of notes, which may be why they name no map."""
    from conceptmap.notes import problems_of_front

    return [problem for file in files for problem in problems_of_front(file)]


def _head(body: bytes) -> bytes:
    """What front matter a file may have, found without a parser; of a notebook, which may hold some, all."""
    text = body.removeprefix(b"\xef\xbb\xbf")
    if text.startswith(b"---"):
        return text.replace(b"\r", b"\n").split(b"\n---", 1)[0].split(b"\n...", 1)[0]
    return text if text.startswith(b"{") else b""


def _read_folder(path: Path, day: int | None, found: Found) -> list[Problem]:
    """Read all notes below a folder; returns what is wrong with the folder itself."""
    here = Found(bibliographies=found.bibliographies)
    root_of = cache(_root)  # that of a folder is looked for once
    places: set[str] = set()
    for one in sorted(one for one in path.rglob("*") if not _is_hidden(one.relative_to(path)) and one.is_file()):
        shown = one.relative_to(path.parent)
        base = root_of(one.absolute().parent) or path
        places.add(_place(one, base))
        if _is_note(one):
            found.given[str(shown)] = str(one)
            here.unread += _read_file(one, shown, day, base, here, str(path.resolve()))
        elif one.name not in ROOTS:
            here.passed.append(Passed(str(shown), "no notes file"))
    about = [file for file in here.files if _is_about_the_folder(file)]
    if len(about) < len(here.files):
        here.files = [file for file in here.files if file not in about]
        here.passed += [Passed(file.path, "about the folder") for file in about]
    if not here.unread:  # else it cannot be said which notes are gone
        found.folders.append(Folder(str(path.resolve()), frozenset(places)))
    found.files += here.files
    found.passed += here.passed
    found.unread += here.unread
    if here.files or here.unread:
        return []
    hint = f"name a folder with {', '.join(NOTE_SUFFIXES)} files"
    return [_at(path, "the folder holds no notes", hint)]


def _is_note(path: Path) -> bool:
    """Whether a file below a folder is one of notes: of JSON only what holds references is."""
    if path.suffix.lower() != ".json":
        return path.suffix.lower() in NOTE_SUFFIXES
    from conceptmap.notes.bibliography.csl_json import LOOKED_AT, looks_like_references

    try:
        with path.open("rb") as file:
            return looks_like_references(file.read(LOOKED_AT))
    except OSError:
        return False


def _is_hidden(path: Path) -> bool:
    return any(name.startswith(".") for name in path.parts) or "node_modules" in path.parts


def _is_about_the_folder(file: NoteFile) -> bool:
    stem = Path(file.path).stem.lower().replace("-", "_")
    if stem not in ABOUT_THE_FOLDER:
        return False
    from conceptmap.notes.page.front import named_day
    from conceptmap.notes.page.sequence import prefix_of

    if file.day is not None or named_day(file.path) is not None or _declares_day(file):
        return False
    folders = Path(file.place or file.path).parts[:-1]
    return not (stem == "readme" and any(map(prefix_of, folders)))


def _declares_day(file: NoteFile) -> bool:
    if b"day" not in _head(file.body):
        return False
    from conceptmap.notes import read_declared

    return read_declared(file).day is not None


def _root(folder: Path) -> Path | None:
    """The nearest root at or above a folder; None where there is none."""
    return next((one for one in (folder, *folder.parents) if any((one / name).exists() for name in ROOTS)), None)


def _place(path: Path, root: Path) -> str:
    """Where a file lies below a root, or below the folder that was given."""
    return unicodedata.normalize("NFC", path.absolute().relative_to(root.absolute()).as_posix())


def _notes_in(folder: Path) -> tuple[str, ...]:
    """The names of the notes in a folder: whether a file's number is a place in a sequence is told by them."""
    return tuple(one.name for one in sorted(folder.iterdir()) if one.is_file() and _is_note(one))


def _read_file(
    path: Path, shown: Path, day: int | None, base: Path, found: Found, root: str | None = None
) -> list[Problem]:
    """Add a file to those found; returns what keeps it from being read."""
    try:
        body, place = path.read_bytes(), _place(path, base)
        found.bibliographies |= _bibliographies_of(path, shown, body)
        found.files.append(NoteFile(str(shown), body, day, place=place, base=base.resolve().name, root=root))
    except OSError as error:
        return [_unread(path, error)]
    return []


def _bibliographies_of(path: Path, shown: Path, body: bytes) -> dict[Path, Path]:
    """The bibliographies that a note's front matter names, from its folder on, and how they are shown."""
    if b"bibliography" not in _head(body):
        return {}
    from conceptmap.notes import read_declared
    from conceptmap.notes.bibliography import is_bibliography

    said = read_declared(NoteFile(str(shown), body)).data.get("bibliography")
    names = [
        one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str) and is_bibliography(one)
    ]
    return {(path.parent / name).resolve(): Path(normpath(shown.parent / name)) for name in names}


def _near_file(path: Path) -> str:
    """Which files or folders beside one that is not there may be meant."""
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    names = {one.stem: one.name for one in beside if not one.name.startswith(".")}
    return meant([names[stem] for stem in nearest(path.stem, sorted(names), limit=2)]) or "check the path"


def _unread(path: Path, error: OSError) -> Problem:
    """Why a file cannot be read, and what to do; where there is none, which of the names beside it may be meant."""
    if isinstance(error, FileNotFoundError):
        if not path.parent.is_dir():
            return _at(path, f"there is no folder {path.parent}", _near_file(path.parent))
        return _at(path, "there is no such file or folder", _near_file(path))
    if isinstance(error, IsADirectoryError):
        return _at(path, "cannot be read: it is a folder", "name a file in it")
    if isinstance(error, PermissionError):
        return _at(path, "cannot be read: you may not", "give yourself the right to read it")
    reason = (error.strerror or str(error)).lower()
    return _at(path, f"cannot be read: {reason}", "check the path")


def _at(path: Path, what: str, hint: str) -> Problem:
    """What is wrong of a file or folder as a whole, so at no line of it."""
    return Problem(file=str(path), line=None, column=None, what=what, hint=hint)
