"""What goes into the reader and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphs.fold import PartKey
from ontology.errors import Problem
from ontology.model import Document, EdgeKey

Position = tuple[int, int]
"""A 1-based line and column of a file; columns count characters."""


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A notes file: its path as messages show it (the part and the day may be spelled there) and its bytes.

    `day` and `part`, where given, win over whatever the file says. `place` is the path below the root of its folder,
    which an undated note has as its part; `base` is the name of that folder, and `root` the one
    that is being loaded, None for a file by itself; `beside` are the notes that such a file has beside it, by name.
    """

    path: str
    body: bytes
    day: int | None = None
    part: str | None = None
    place: str | None = None
    base: str = ""
    root: str | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A notes file that cannot be stored as it is, and why."""

    file: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that is not read, and why."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class NoteDocument:
    """The document that a note (or one section of a diary) says, its bytes, and where each node and edge stands.

    `lines` are those below the front matter, of which the `first` has this 1-based number in the file.
    """

    document: Document
    path: str
    body: bytes
    positions: Mapping[str | EdgeKey, Position]
    lines: tuple[str, ...] = ()
    first: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read: documents as far as they could be built, every problem, every warning.

    `moved` are the parts of the map that are notes of another day by now.
    """

    notes: tuple[NoteDocument, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    moved: tuple[PartKey, ...] = ()

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The files with problems: each keeps only itself from being stored."""
        files = dict.fromkeys(problem.file for problem in self.problems)
        return tuple(Refused(file, tuple(one for one in self.problems if one.file == file)) for file in files)


@dataclass(slots=True)
class Findings:
    """Collects problems and warnings while notes are read."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def problem(self, file: str, position: Position, what: str, hint: str = "") -> None:
        """Note something that keeps the notes from being stored."""
        line, column = position
        self.problems.append(Problem(file=file, line=line, column=column, what=what, hint=hint))

    def warn(self, file: str, position: Position, what: str, hint: str = "") -> None:
        """Note something that was left out or could not be read."""
        line, column = position
        self.warnings.append(Problem(file=file, line=line, column=column, what=what, hint=hint))
