"""A load of notes: they are read, checked until only what is stated has findings, and put in their parts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from conceptmap.alike import look_alikes
from conceptmap.folder import Folder, LoadReport, StandingNotes, readers_of
from conceptmap.mending import contradicted
from graphs.consistency import check, kind_clashes
from graphs.entries import JSON_LD, MARKDOWN, Write
from graphs.fold import PartKey
from graphs.ledger import Ledger, WriteReport
from graphs.view import View
from ontology.errors import InvalidDocument, Problem
from ontology.model import Document, EdgeKey
from ontology.names import DEFAULT_PART
from ontology.rules import Finding, completed
from ontology.terms import DAY, UNIT
from ontology.told import Told
from ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from conceptmap.notes import NoteDocument, NoteFile
    from conceptmap.notes.memory import Memory

MOST_COMPARED = 20
"""Notes of one day that a new one is compared with: copies are of days that have few."""


def part_of(document: Document) -> PartKey:
    """The part that a document is of."""
    return PartKey(document.day, document.part)


def end_of(part: PartKey, author: str) -> Write:
    """The end of a part."""
    return Write(*part, None, b"", JSON_LD, author, kind="end")


class Load:
    """A load of notes: what it writes to the map that it meets, and what it says of that."""

    def __init__(
        self,
        ledger: Ledger,
        name: str,
        files: "Sequence[NoteFile]",
        folders: Sequence[Folder],
        author: str,
        memory: "Memory | None",
        *,
        strict: bool,
        prune: bool,
        overwrite: bool,
        told: Told | None = None,
    ) -> None:
        self._ledger = ledger
        self._name = name
        self._files = files
        self._folders = folders
        self._author = author
        self._memory = memory
        self._strict = strict
        self._prune = prune
        self._overwrite = overwrite
        self._told = told
        self._settled = _Settled((), (), ())
        self._renamed: dict[str, list[PartKey]] = {}
        self._gone: tuple[PartKey, ...] = ()
        self._built: tuple[int, list[Write]] | None = None

    def unchanged(self) -> LoadReport | None:
        """The report, where nothing is to be read: all files stand as they were read with their folder."""
        if all(file.place is None for file in self._files):
            return None
        standing = StandingNotes(self._ledger, self._name)
        parts = standing.unchanged(self._files)
        if not parts:
            return None
        gone = standing.gone(self._folders, {one.part for one in parts}, self._author)
        return None if gone and self._prune else LoadReport(self._name, tuple(parts), gone=tuple(gone))

    @property
    def notes(self) -> "tuple[NoteDocument, ...]":
        """The notes as they were last read; none where nothing was."""
        return self._settled.notes

    def build(self, view: View) -> list[Write]:
        """The notes in their parts, and the ends of parts that moved, were renamed, or are gone and to be ended.

        It is made once for each state of the map: whoever builds before it is their turn to write, need not again.
        """
        if self._built is None or self._built[0] != view.entry:
            self._built = view.entry, self._writes_for(view)
        return self._built[1]

    def _writes_for(self, view: View) -> list[Write]:
        standing = StandingNotes(self._ledger, self._name)
        self._renamed = standing.renamed(self._files, self._folders, self._author)
        ended = [key for keys in self._renamed.values() for key in keys]
        settled = self._read(self._files, view, ended)
        files = self._with_former_days(settled, view)
        if files != self._files:
            settled = self._read(files, view, ended)
        gone = self._missing(standing, settled, ended)
        pruned = gone if self._prune else []
        if pruned:
            settled = self._read(files, view.without(pruned), ended)
        self._gone, self._settled = () if pruned else tuple(gone), settled
        if self._memory:
            self._memory.forget_others()
        news = _writes(settled.notes, self._files, self._author, view.vocabulary)
        return [*news, *(end_of(key, self._author) for key in (*settled.ended, *pruned))]

    def report(self, written: WriteReport) -> LoadReport:
        """What was read and written."""
        notes = self._settled.notes
        parts = {note.path: part_of(note.document) for note in notes}
        renamed = [(old, parts[path]) for path, keys in self._renamed.items() if path in parts for old in keys]
        return LoadReport(
            written.map,
            written.parts,
            self._settled.warnings,
            self._settled.problems,
            written.entries,
            dry_run=written.dry_run,
            claims=written.claims,
            notes=notes,
            renamed=tuple(renamed),
            gone=self._gone,
        )

    def _read(self, files: "Sequence[NoteFile]", view: View, ended: Sequence[PartKey]) -> "_Settled":
        from conceptmap.notes.memory import Memory

        self._memory = self._memory or Memory()  # notes are read again without those that are refused
        read = partial(_read_settled, self._name, view, self._author, ended, self._memory, self._told)

        def kept(files: "Sequence[NoteFile]") -> _Settled:
            settled = read(files)
            foreign = () if self._overwrite else self._foreign(settled.notes, view)
            return replace(settled, problems=(*settled.problems, *foreign))

        return _settled(kept, files, strict=self._strict)

    def _foreign(self, notes: "Sequence[NoteDocument]", view: View) -> Iterator[Problem]:
        """Notes that would take the place of what somebody else has put, and that says something else."""
        for note in notes:
            key = part_of(note.document)
            part = view.part(key)
            if part is None or part.author == self._author:
                continue
            entry = self._ledger.log.entry(self._name, part.sequence)
            if part.before is not None or (part.document, entry.body) != (note.document, note.body):
                who = repr(part.author) if part.author else "somebody on the command line"
                what = f"{key.part!r} of day {key.day} was put by {who} (entry {part.sequence}), and is another"
                hint = "look at it, then replace it with `push --overwrite` (over HTTP overwrite=true)"
                yield Problem(file=note.path, what=what, hint=hint)

    def _with_former_days(self, settled: "_Settled", view: View) -> "Sequence[NoteFile]":
        """The files, each that has another name by now with its former day, where the new name says none."""
        days = {
            note.path: former.day
            for note in settled.notes
            for former in self._renamed.get(note.path, ())
            if note.document.undated and not view.undated(former)
        }
        if not days:
            return self._files
        return [replace(file, day=days.get(file.path, file.day)) for file in self._files]

    def _missing(self, standing: StandingNotes, settled: "_Settled", ended: Sequence[PartKey]) -> list[PartKey]:
        """The parts whose files are gone; one with a name of its own only if no note is refused, which may be it."""
        kept = {note.document.part for note in settled.notes} | {key.part for key in ended}
        gone = standing.gone(self._folders, kept, self._author)
        return [key for key in gone if not settled.problems or _is_note_part(key.part)]


def documents_of(ledger: Ledger, name: str, files: "Sequence[NoteFile]", *, strict: bool) -> "tuple[NoteDocument, ...]":
    """The documents that notes would be stored as. Raises `InvalidDocument` as a load does."""
    read = partial(_read_settled, name, ledger.view(name), "", (), None, None)
    return _settled(read, files, strict=strict).notes


def read_for(
    name: str, view: View, files: "Sequence[NoteFile]", memory: "Memory", *, strict: bool
) -> "tuple[NoteDocument, ...]":
    """The documents that notes would be stored as in a map that stands as a view shows it.

    Raises `InvalidDocument` as a load does.
    """
    settled = _settled(partial(_read_settled, name, view, "", (), memory, None), files, strict=strict)
    memory.forget_others()
    return settled.notes


def _writes(
    notes: "Sequence[NoteDocument]", files: "Sequence[NoteFile]", author: str, vocabulary: Vocabulary
) -> list[Write]:
    roots = {file.path: file.root for file in files}
    return [
        Write(
            *part_of(note.document),
            note.document,
            note.body,
            MARKDOWN,
            author,
            reader=reader,
            root=roots[note.path],
        )
        for note, reader in zip(notes, readers_of(files, notes, vocabulary), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Settled:
    """Documents, the problems that keep those of their files from being stored, and the parts that end."""

    notes: "tuple[NoteDocument, ...]"
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    ended: tuple[PartKey, ...] = ()


def _settle(notes: "Sequence[NoteDocument]", view: View, ended: tuple[PartKey, ...]) -> _Settled:
    """Check the notes' documents by themselves and against the map, until only stated items have findings."""
    current = tuple(replace(note, document=completed(note.document)) for note in notes)
    warnings: list[Problem] = []
    while True:
        found: list[list[Finding]] = [[] for _ in current]
        for index, finding in check(view, [note.document for note in current], ended):
            found[index].append(finding)
        derived = [_derived(note.document, findings) for note, findings in zip(current, found, strict=True)]
        if not any(derived):
            problems = [_problem(note, one) for note, findings in zip(current, found, strict=True) for one in findings]
            clashes = kind_clashes(view, [note.document for note in current])
            warnings += [_problem(current[index], one) for index, one in clashes]
            warnings += [_problem(note, one) for note in current for one in _looped(note.document, view)]
            return _Settled(current, tuple(problems), tuple(warnings), ended)
        for note, findings, subjects in zip(current, found, derived, strict=True):
            warnings += [_problem(note, one) for one in findings if one.subject in subjects]
        current = tuple(_without(note, subjects) for note, subjects in zip(current, derived, strict=True))


def _looped(document: Document, view: View) -> Iterator[Finding]:
    """Edges that join what is one by now: they are left out as long as it is."""
    for edge in document.edges:
        node = view.leads_to(edge.source)
        if node == view.leads_to(edge.target) and edge.source != edge.target:
            what = f"{edge.source!r} {edge.relation} {edge.target!r}: both are {view.node(node).label!r}"
            yield Finding(edge.key, f"{what}, and it is left out", "if they are two, `conceptmap revert` the merge")


def _derived(document: Document, findings: Iterable[Finding]) -> set[str | EdgeKey]:
    """The subjects of findings that no explicit syntax states."""
    said: Mapping[str | EdgeKey, str] = {
        **{node.id: node.origin.how for node in document.nodes},
        **{edge.key: edge.origin.how for edge in document.edges},
    }
    return {finding.subject for finding in findings if said.get(finding.subject) == "derived"}


def _without(note: "NoteDocument", subjects: set[str | EdgeKey]) -> "NoteDocument":
    """The note without these items, and without the edges that would dangle."""
    if not subjects:
        return note
    document = note.document
    nodes = tuple(node for node in document.nodes if node.id not in subjects)
    edges = tuple(edge for edge in document.edges if not {edge.key, edge.source, edge.target} & subjects)
    return replace(note, document=document.with_assertions(nodes, edges))


def _problem(note: "NoteDocument", finding: Finding) -> Problem:
    line, column = note.positions.get(finding.subject, (1, 1))
    return Problem(file=note.path, line=line, column=column, what=finding.what, hint=finding.hint)


def _settled(
    read: "Callable[[Sequence[NoteFile]], _Settled]", files: "Sequence[NoteFile]", *, strict: bool
) -> _Settled:
    """The notes as they may be stored: all or none if `strict`, else those of the files that have no problem.

    The others are read again without a file that is refused, so that nothing it says has a part in them.
    """
    problems: set[Problem] = set()
    while True:
        sound = [file for file in files if file.path not in {problem.file for problem in problems}]
        settled = read(sound)
        problems |= set(settled.problems)
        if not settled.problems or strict or not sound:
            break
    ordered = tuple(sorted(problems, key=lambda one: (one.file, one.line, one.column, one.what)))
    if problems and (strict or not settled.notes):
        raise InvalidDocument(ordered)
    return replace(settled, problems=ordered)


def _read_settled(
    name: str,
    view: View,
    author: str,
    ended: Sequence[PartKey],
    memory: "Memory | None",
    told: Told | None,
    files: "Sequence[NoteFile]",
) -> _Settled:
    from conceptmap.notes import read_notes
    from conceptmap.rewording import reworded

    reading = read_notes(files, vocabulary=view.vocabulary, known=view, map=name, ended=ended, memory=memory, told=told)
    moved = [key for key in reading.moved if (part := view.part(key)) and part.author == author]
    put = {part_of(note.document) for note in reading.notes}
    ending = tuple(sorted({*moved, *ended} - put))
    notes, said = reworded(reading.notes, view, moved)
    settled = _settle(notes, view, ending)
    by_folder = {file.path for file in files if file.day is not None and file.root is not None}
    alike = (one for note in settled.notes for one in look_alikes(view, [note.document], note.path))
    against = (_problem(note, one) for note in settled.notes for one in contradicted(note.document, view))
    beside = (*_emptied(settled.notes, view), *against, *_second_notes(settled.notes, view, ending, by_folder), *alike)
    return replace(
        settled,
        problems=(*reading.problems, *settled.problems),
        warnings=(*reading.warnings, *settled.warnings, *said, *beside),
    )


def _emptied(notes: "Sequence[NoteDocument]", view: View) -> list[Problem]:
    """Notes that say nothing more where they said something before: perhaps the file was cut short."""
    return [
        Problem(
            file=note.path,
            what=f"the note says nothing, so all that day {note.document.day} said in this part ends",
            hint="if that was not meant, `conceptmap revert` the entry",
        )
        for note in notes
        if _says_nothing(note.document)
        and (former := view.document(part_of(note.document)))
        and not _says_nothing(former)
    ]


def _says_nothing(document: Document) -> bool:
    return all(node.kind in (DAY, UNIT) for node in document.nodes)


def _second_notes(
    notes: "Sequence[NoteDocument]", view: View, moved: Collection[PartKey], by_folder: Collection[str]
) -> Iterator[Problem]:
    """Notes that come to a day which another one has: perhaps a copy with the old day, or a note of another name.

    `by_folder` are files of a folder that was given its day as a whole.
    """
    days: dict[int, dict[str, Document]] = {}
    for part in view.standing_parts():
        if part.key not in moved and _is_dated_note(part.document):
            days.setdefault(part.key.day, {})[part.key.part] = part.document
    for note in notes:
        document = note.document
        if not _is_dated_note(document):
            continue
        others = days.setdefault(document.day, {})
        found = None if document.part in others else _other_note(document, others)
        if found and (found.is_alike or (document.day_name is None and note.path not in by_folder)):
            other, is_alike = found
            hint = (
                f"if it is the same note, put it in its place with --part {other!r} (over HTTP ?part=)"
                if is_alike
                else "if that is not meant, correct the day"
            )
            what = f"day {document.day} has {other!r} too: both are kept as parts of it"
            yield Problem(file=note.path, what=what, hint=hint)
        others[document.part] = document


class _Other(NamedTuple):
    """Another note of the same day, and whether it looks like the same note."""

    part: str
    is_alike: bool


def _other_note(document: Document, others: Mapping[str, Document]) -> _Other | None:
    said = _defined(document)
    for part, other in islice(others.items(), MOST_COMPARED):
        known = _defined(other)
        if 2 * len(said & known) > min(len(said), len(known)):
            return _Other(part, is_alike=True)
    return next((_Other(part, is_alike=False) for part in others), None)


def _defined(document: Document) -> set[str]:
    return {node.id for node in document.nodes if not node.mention and node.kind not in (DAY, UNIT)}


def _is_dated_note(document: Document) -> bool:
    return _is_note_part(document.part) and not document.undated


def _is_note_part(part: str) -> bool:
    from conceptmap.notes import NOTE_SUFFIXES

    return part == DEFAULT_PART or part.lower().endswith(NOTE_SUFFIXES)
