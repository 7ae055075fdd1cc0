"""A folder and its map in step: which of its files stand in the map as they are, and whether reading them would differ.

An entry of a note keeps what read it, and a digest of the file. Where both are the same, reading the file again gives
the same, unless something else was said meanwhile of a name that it uses.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from conceptmap.notebook import filled, heading, html, table
from graphs.entries import Line
from graphs.fold import PartKey
from graphs.history import PartChange
from graphs.ledger import Ledger, WriteReport
from graphs.log import NEWEST
from graphs.standing import Mark, standing
from ontology.model import Document
from ontology.names import name_key
from ontology.terms import INTRODUCED_ON
from ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from conceptmap.competency import QuestionChange
    from conceptmap.notes import NoteDocument, NoteFile

_FILE = re.compile(r"(?P<file>.*, file \w+)(?: of (?P<notes>\d+) notes)?")
_NO_LETTERS = re.compile(r"[\W_]+")


class QuestionCounts(NamedTuple):
    """How many questions of the notes were asked, are answered, are newly so, and no longer."""

    asked: int
    answered: int
    won: int
    lost: int


@dataclass(frozen=True, slots=True, repr=False)
class LoadReport(WriteReport):
    """What loading notes did.

    `notes` are those that were read; what stands as its file is was not. `renamed` are parts that have another name by
    now, with the part that each is; `gone` those of the folder whose files are no more, and that still stand.
    `questions`: what became of those that notes list, if any do.
    """

    notes: "tuple[NoteDocument, ...]" = ()
    renamed: tuple[tuple[PartKey, PartKey], ...] = ()
    gone: tuple[PartKey, ...] = ()
    questions: "QuestionChange | None" = None

    def _repr_html_(self) -> str:
        parts = [
            (one.day, one.part, one.title, one.status, one.added or None, one.changed or None, one.removed or None)
            for one in self.parts
        ]
        problems = [("warning", str(one)) for one in self.warnings] + [("refused", str(one)) for one in self.refused]
        return html(
            heading(self.map, f"{'dry run: ' if self.dry_run else ''}{self.summary}"),
            table(*filled(["day", "part", "title", "status", "added", "changed", "removed"], parts)),
            table(["", "what"], problems),
        )

    @property
    def question_counts(self) -> QuestionCounts | None:
        """How many questions the notes list, and what became of them; None where that was not looked at."""
        if self.questions is None:
            return None
        asked = self.questions
        return QuestionCounts(len(asked.asked), asked.answered, asked.won, len(asked.lost))


@dataclass(frozen=True)
class Folder:
    """A folder that is loaded whole: where it is, and the places of all files in it, whether they are read or not."""

    root: str
    places: frozenset[str]

    def holds(self, part: str) -> bool:
        """Whether one of its files is, or may be, the one that a part was read from."""
        from conceptmap.notes.parts import path_key

        return path_key(part) in self._ends

    @cached_property
    def _ends(self) -> frozenset[str]:
        """All that the paths of its files end with, from the name alone to the whole path."""
        from conceptmap.notes.parts import path_key

        paths = [path_key(place).split("/") for place in self.places]
        return frozenset("/".join(names[number:]) for names in paths for number in range(len(names)))


def reader_of(vocabulary: Vocabulary) -> str:
    """What reads notes: another version, or another vocabulary, may read the same notes otherwise."""
    return f"conceptmap {metadata.version('conceptmap')}, vocabulary {vocabulary.digest}"


def readers_of(files: "Sequence[NoteFile]", notes: "Sequence[NoteDocument]", vocabulary: Vocabulary) -> list[str]:
    """What is kept of each note's reading: what read it and, in a folder, the digest of its file and its notes' count.

    A file by itself has no digest: the others of its folder were not read beside it, and so it is read again with them.
    """
    by_path = {file.path: file for file in files}
    counts: dict[str, int] = {}
    for note in notes:
        counts[note.path] = counts.get(note.path, 0) + 1
    reader = reader_of(vocabulary)
    return [_reader(reader, by_path[note.path], counts[note.path]) for note in notes]


def _reader(reader: str, file: "NoteFile", count: int) -> str:
    if file.root is None:
        return reader
    return f"{reader}, file {digest_of(file)}" + (f" of {count} notes" if count > 1 else "")


def digest_of(file: "NoteFile") -> str:
    """Sixteen hex digits of a SHA-256 over all of a file that its reading depends on: bytes, place, day and part."""
    said = [file.base, file.place or file.path, file.day, file.part, hashlib.sha256(file.body).hexdigest()]
    return hashlib.sha256(json.dumps(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class StandingNotes:
    """The notes that stand in a map, by the files that they were read from."""

    def __init__(self, ledger: Ledger, name: str) -> None:
        self._ledger = ledger
        self._name = name
        self._lines = ledger.log.lines(name, limit=NEWEST)[::-1]

    def unchanged(self, files: "Sequence[NoteFile]") -> list[PartChange] | None:
        """The parts of the files, if reading all of them would change nothing; else None."""
        reader = reader_of(self._ledger.vocabulary)
        found: list[Line] = []
        for file in files:
            lines = self._by_file.get(f"{reader}, file {digest_of(file)}", ())
            if not lines or len(lines) != _count(lines[0]):
                return None
            found += lines
        events = self._ledger.log.events(self._name, only=[line.sequence for line in found])
        documents = {event.key: event.document for event in events if event.document}
        since = self._since(found)
        if since and self._touched(since).concerns(documents.values(), files):
            return None
        return [
            PartChange(*key, "unchanged", title=one.title, document=one, undated=one.undated)
            for key, one in sorted(documents.items())
        ]

    def roots(self) -> dict[PartKey, str]:
        """The folders from which parts were read, of those that were."""
        return {PartKey(one.day, one.part): one.root for one in self._alone if one.root is not None}

    def renamed(self, files: "Sequence[NoteFile]", folders: Sequence[Folder], author: str) -> dict[str, list[PartKey]]:
        """The parts whose files are gone, by the path of the new file that has the same content."""
        from conceptmap.notes.parts import path_key

        missing: dict[str, list[Line]] = {}
        for one in self._missing(folders, author):
            missing.setdefault(one.part, []).append(one)
        known = {path_key(one.part) for one in self._alone}
        found: dict[str, list[PartKey]] = {}
        for file in files if missing else ():
            if file.root is not None and path_key(file.place or file.path) not in known:
                part = next((name for name, lines in missing.items() if self._is_of(lines, file.body)), None)
                if part is not None:
                    found[file.path] = [PartKey(one.day, one.part) for one in missing.pop(part)]
        return found

    def gone(self, folders: Sequence[Folder], kept: Collection[str], author: str) -> list[PartKey]:
        """The parts of these folders whose files are no more; `kept` are names of parts that are said to be there."""
        return sorted(PartKey(one.day, one.part) for one in self._missing(folders, author) if one.part not in kept)

    def _missing(self, folders: Sequence[Folder], author: str) -> list[Line]:
        """The entries of an author that were read from files of these folders which are there no more."""
        by_root = {folder.root: folder for folder in folders}
        of_author = (one for one in self._alone if one.author == author and one.root in by_root)
        return [one for one in of_author if not by_root[one.root or ""].holds(one.part)]

    def _is_of(self, lines: Sequence[Line], body: bytes) -> bool:
        """Whether the notes of a file have this content; a diary's days have it together."""
        bodies = [self._ledger.log.entry(self._name, one.sequence).body for one in lines]
        return bodies == [body] if len(bodies) == 1 else all(one in body for one in bodies)

    @cached_property
    def _alone(self) -> list[Line]:
        """The entries that stand alone in their parts."""
        marks = [Mark(one.sequence, one.kind, one.target, one.day, one.part) for one in self._lines]
        alone = {entries[0] for entries in standing(marks).values() if len(entries) == 1}
        return [one for one in self._lines if one.sequence in alone]

    @cached_property
    def _by_file(self) -> Mapping[str, list[Line]]:
        """These entries by what read them from which file."""
        found: dict[str, list[Line]] = {}
        for one in self._alone:
            if match := _FILE.fullmatch(one.reader):
                found.setdefault(match["file"], []).append(one)
        return found

    def _since(self, found: Sequence[Line]) -> list[Line]:
        """The entries that came after the folder's files were last read together, by whomever."""
        roots = {line.root for line in found}
        times = {root: max(one.time for one in found if one.root == root) for root in roots}
        last = max((one.sequence for one in self._lines if one.time == min(times.values())), default=0)
        return [one for one in self._lines if one.sequence > last and one.time not in times.values()]

    def _touched(self, lines: Sequence[Line]) -> "Touched":
        """What entries said, or what no longer stands with them."""
        ended = {(one.day, one.part) for one in lines if one.kind == "end"}
        numbers = {one.sequence for one in lines} | {
            one.sequence for one in self._lines if (one.day, one.part) in ended and one.kind != "end"
        }
        events = self._ledger.log.events(self._name, only=sorted(numbers))
        return Touched([event.document for event in events if event.document])


def _count(line: Line) -> int:
    match = _FILE.fullmatch(line.reader)
    return int(match["notes"] or 1) if match else 0


class Touched:
    """Names, and pairs of nodes, of which something is said otherwise than when notes were read."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._names: set[str] = set()
        self._pairs: set[frozenset[str]] = set()
        self._introduced: set[str] = set()
        for document in documents:
            for node in document.nodes:
                names = (node.id, node.label, *node.aliases, *([node.became] if node.became else []))
                self._names |= set(map(_squashed, names))
            for edge in document.edges:
                self._pairs.add(frozenset((edge.source, edge.target)))
                if edge.relation == INTRODUCED_ON:
                    self._introduced.add(edge.source)

    def concerns(self, documents: Iterable[Document], files: "Sequence[NoteFile]") -> bool:
        """Whether any of the documents, or the words of any of the files, have to do with them."""
        return any(map(self._concerns, documents)) or any(self._stands_in(file) for file in files)

    def _concerns(self, document: Document) -> bool:
        nodes = {node.id for node in document.nodes}
        names = {_squashed(name) for node in document.nodes for name in (node.id, node.label, *node.aliases)}
        draws = any(edge.place is not None for edge in document.edges)
        return bool(
            names & self._names or (draws and (nodes & self._introduced or any(one <= nodes for one in self._pairs)))
        )

    def _stands_in(self, file: "NoteFile") -> bool:
        words = _squashed(file.body.decode("utf-8", "replace").replace("\\n", " "))
        return any(name in words for name in self._names)


def _squashed(text: str) -> str:
    """The letters and digits of a text alone: a name stands in a note whatever signs stand in between."""
    return _NO_LETTERS.sub("", name_key(text))
