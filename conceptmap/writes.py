"""All that writes a map: put, append, delete, replace, revert and load, each checked against the map that it meets."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from conceptmap.folder import Folder, LoadReport, StandingNotes, readers_of
from graphs.consistency import check, kind_clashes
from graphs.entries import ERASED, Entry, Write, canonical_json
from graphs.fold import PartKey, merged
from graphs.ledger import Beside, Ledger, WriteReport
from graphs.standing import Mark, counting, first_to_revert, standing
from graphs.view import View
from ontology.errors import InvalidDocument, Problem, RefusedWrite, StaleMap, UnknownEntry, UnknownMap, json_pointer
from ontology.model import Document, Edge, EdgeKey, Node, Origin
from ontology.names import CONTRIBUTED, DEFAULT_PART, own_part
from ontology.rules import Finding, completed
from ontology.terms import DAY, UNIT
from ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from conceptmap.compare import Proposal
    from conceptmap.notes import NoteDocument, NoteFile
    from conceptmap.notes.memory import Memory

JSON_LD = "application/ld+json"
MARKDOWN = "text/markdown"

MOST_COMPARED = 20
"""Notes of one day that a new one is compared with: copies are of days that have few."""


@dataclass(frozen=True)
class WritableMap:
    """A map of a ledger as it is written.

    A write is done whole or not at all; with `dry_run` it is not done, and the report says what would change. It meets
    the newest state of the map, whatever is read. Each raises `InvalidDocument` with every problem that it finds, and
    then nothing is stored.
    """

    ledger: Ledger
    name: str

    def log_entry(self, number: int) -> Entry:
        """An entry of this map's log, with what it says. Raises `UnknownEntry`."""
        return self.ledger.log.entry(self.name, number)

    def _checked(self, document: Document) -> Document:
        """A caller's document as this map's. Raises `InvalidDocument` where it holds what no document may."""
        from ontology.gate import checked

        return checked(structs.replace(document, map=self.name), document.part)

    def put(
        self,
        document: Document,
        *,
        body: bytes | None = None,
        media_type: str = JSON_LD,
        author: str = "",
        revision: int | None = None,
        dry_run: bool = False,
    ) -> WriteReport:
        """Put a document in the place of its part.

        `body` are the bytes that it was read from, in `media_type`; without them it is kept as JSON. Raises
        `InvalidDocument`, or `StaleRevision` where the part is not at the `revision` (0: there is none yet).
        """
        document = completed(self._checked(document))
        key = _part_of(document)
        said = canonical_json(document).encode() if body is None else body

        def build(view: View) -> list[Write]:
            _raise_problems(view, [document])
            return [Write(*key, document, said, media_type, author)]

        expected = {} if revision is None else {key: revision}
        return self.ledger.write(self.name, build, expected=expected, dry_run=dry_run)

    def append(
        self,
        day: int,
        nodes: Iterable[Node] = (),
        edges: Iterable[Edge] = (),
        *,
        by: str,
        dry_run: bool = False,
        beside: Beside | None = None,
    ) -> WriteReport:
        """Add nodes and edges to the contributor's own part of a day, `by:NAME`.

        Each takes the place of what the part says of the same one, until the entry is undone. `beside` is called in
        the transaction of the write, with its report.
        """
        empty = Document(map=self.name, day=day, part=own_part(by))
        addition = self._checked(empty.with_assertions(tuple(nodes), tuple(edges)))
        return self._add(lambda _: addition, by=by, dry_run=dry_run, beside=beside)

    def rename(
        self, name: str, label: str, *, by: str, dry_run: bool = False, beside: Beside | None = None
    ) -> WriteReport:
        """Give a node another label. Its id stays, and its former names lead to it until the entry is undone.

        It is a correction in the contributor's own part. The report has no part where the node is called so. Raises
        `UnknownNode`, or `RefusedWrite` where another node has the name.
        """
        from conceptmap.identity import renaming

        return self._add(lambda view: renaming(view, self.name, name, label, by), by=by, dry_run=dry_run, beside=beside)

    def merge(
        self, name: str, into: str, *, by: str, dry_run: bool = False, beside: Beside | None = None
    ) -> WriteReport:
        """Let a node lead to another, so that both are one, with all that is said of either, until the entry is undone.

        The report has no part where both are one, and warns of edges that would join the node to itself. Raises
        `UnknownNode`, or `RefusedWrite` where the two cannot be one.
        """
        from conceptmap.identity import loops, merging

        warnings: list[Problem] = []

        def made(view: View) -> Document | None:
            warnings[:] = loops(view, name, into)
            return merging(view, self.name, name, into, by)

        return replace(self._add(made, by=by, dry_run=dry_run, beside=beside), warnings=tuple(warnings))

    def _add(
        self, make: Callable[[View], Document | None], *, by: str, dry_run: bool, beside: Beside | None
    ) -> WriteReport:
        """Add what is made of the newest view, if anything, to its part."""

        def build(view: View) -> list[Write]:
            if (made := make(view)) is None:
                return []
            addition = self._checked(made)
            document = completed(_with_mentions(addition, view))
            _raise_problems(view, [document], joining=True, pointers=_pointers(addition))
            said = canonical_json(addition).encode()
            return [Write(*_part_of(document), document, said, JSON_LD, by, kind="add")]

        return self.ledger.write(self.name, build, dry_run=dry_run, beside=beside)

    def delete(
        self,
        day: int,
        part: str | None = None,
        *,
        author: str = "",
        revision: int | None = None,
        dry_run: bool = False,
    ) -> WriteReport:
        """End a part of a day, or all of its parts; what other parts say stays.

        Raises `UnknownEntry` where there is none, or `StaleRevision` where the part is not at the `revision`.
        """

        def build(view: View) -> list[Write]:
            keys = [key for key in view.parts(day) if part in (None, key.part)]
            if not keys:
                raise UnknownEntry(f"map {self.name!r} has no day {day}" + (f" with a part {part!r}" if part else ""))
            return [_end(key, author) for key in keys]

        expected = {} if part is None or revision is None else {PartKey(day, part): revision}
        return self.ledger.write(self.name, build, expected=expected, dry_run=dry_run)

    def replace(
        self,
        documents: Sequence[Document],
        *,
        day: int | None = None,
        author: str = "",
        entry: int | None = None,
        dry_run: bool = False,
    ) -> WriteReport:
        """Put documents in the place of the whole map, or of a day; what contributors appended stays unless named.

        Raises `InvalidDocument`, or `StaleMap` where the map's last entry is not `entry`.
        """
        news = {_part_of(one): completed(self._checked(one)) for one in documents}

        def build(view: View) -> list[Write]:
            ended = [key for key in view.parts(day) if key not in news and not key.part.startswith(CONTRIBUTED)]
            _check_entry(view, self.name, entry)
            _raise_problems(view, list(news.values()), ended)
            said = (Write(*key, one, canonical_json(one).encode(), JSON_LD, author) for key, one in news.items())
            return [*said, *(_end(key, author) for key in ended)]

        return self.ledger.write(self.name, build, dry_run=dry_run)

    def delete_all(self, *, author: str = "", entry: int | None = None, dry_run: bool = False) -> WriteReport:
        """End every part; the history stays. Raises `UnknownMap`, or `StaleMap` where the last entry is not `entry`."""

        def build(view: View) -> list[Write]:
            _check_entry(view, self.name, entry)
            return [_end(key, author) for key in view.parts()]

        if self.ledger.view(self.name).is_empty:
            raise UnknownMap(self.name, self.ledger.log.living_maps())
        return self.ledger.write(self.name, build, dry_run=dry_run)

    def revert(self, entry: int, *, author: str = "", dry_run: bool = False) -> WriteReport:
        """Undo an entry: its part says again what it said before it. An undoing can be undone.

        The report has no part where the entry is undone already. Raises `UnknownEntry`, or `RefusedWrite` where
        entries came on top of it, which must be undone first, or where nothing can bring back what it says.
        """
        undone = self.log_entry(entry)
        key = PartKey(undone.day, undone.part)
        if undone.media_type == ERASED:
            raise RefusedWrite(f"entry {entry} erased entry {undone.target}: what is erased cannot be brought back")

        def build(view: View) -> list[Write]:
            marks = self.ledger.log.marks(self.name, view.entry, *key)
            if entry not in {mark.sequence for mark in counting(marks)}:
                return []
            if first := first_to_revert(marks, entry):
                where = f"part {key.part!r} of day {key.day}"
                raise RefusedWrite(f"entry {entry} is not the newest of {where}; revert {first} first")
            after = [*marks, Mark(view.entry + 1, "end", entry, *key)]
            events = self.ledger.events_of(self.name, view, key, standing(after).get(key, []))
            document = merged([event.document for event in events if event.document]) if events else None
            if document:
                _raise_problems(view, [document])
            return [replace(_end(key, author), target=entry, becomes=document)]

        return self.ledger.write(self.name, build, dry_run=dry_run)

    def load_notes(
        self,
        files: "Sequence[NoteFile]",
        *,
        author: str = "",
        expected: Mapping[PartKey, int] | None = None,
        strict: bool = True,
        folders: Sequence[Folder] = (),
        prune: bool = False,
        memory: "Memory | None" = None,
        dry_run: bool = False,
    ) -> LoadReport:
        """Put notes in the place of their parts. Raises `InvalidDocument` with every problem.

        Notes of a folder that stand in the map as their files are, are not read again where that would change nothing.

        Not `strict`, a file with problems keeps only itself from being stored: the report has the problems of those
        that were `refused`, and `InvalidDocument` is raised where all were. `expected` are revisions that parts must be
        at, else `StaleRevision` is raised. Where a note says another day than the map has it at, its former part ends.

        `folders` are those that are loaded whole: a part of one whose file is gone goes on as the part of a new file
        with the same content; where there is none it is named as `gone`, and ends if that is to `prune`. A `memory` has
        what former loads read of files, which are not read again until they change.
        """
        load = _Load(self, files, folders, author, memory, strict=strict, prune=prune)
        if not expected and (unchanged := load.unchanged()):
            return replace(unchanged, dry_run=dry_run)
        report = self.ledger.write(self.name, load.build, expected=expected, dry_run=dry_run)
        return load.report(report)

    def put_notes(
        self,
        part: PartKey,
        notes: bytes,
        *,
        author: str = "",
        revision: int | None = None,
        dry_run: bool = False,
    ) -> WriteReport:
        """Put notes in the place of one part. Raises `InvalidDocument`, also where they name another day or course.

        `revision` is the one that the part must be at, else `StaleRevision` is raised.
        """
        from conceptmap.notes import NoteFile

        file = NoteFile(part.part, notes, part.day, part.part)
        _check_declared(file, self.name, part.day)
        expected = {} if revision is None else {part: revision}
        return self.load_notes([file], author=author, expected=expected, dry_run=dry_run)

    def preview(self, files: "Sequence[NoteFile]", *, strict: bool = True) -> "tuple[NoteDocument, ...]":
        """The documents that notes would be stored as. Raises `InvalidDocument` as `load_notes` does."""
        read = partial(_read_settled, self.name, self.ledger.view(self.name), "", (), None)
        return _settled(read, files, strict=strict).notes

    def propose(self, report: WriteReport) -> "Proposal":
        """What a dry run that was just made would make of the map."""
        from conceptmap.compare import Proposal

        view = self.ledger.view(report.map)
        return Proposal(
            report,
            tuple(event for part in view.standing_parts() for event in part.events),
            view.entry,
            self.ledger.vocabulary,
        )

    def met_by(self, report: WriteReport) -> list[list[int]]:
        """What a dry run met: revisions of its parts, then the entries that speak of each node and edge it touches.

        A later dry run that meets the same does the same.
        """
        view = self.ledger.view(report.map)
        revisions = [self.ledger.log.revision(report.map, one.day, one.part) for one in report.parts]
        touched = [item.subject for part in report.parts for item in part.items]
        said = (view.said_of_edge(one) if isinstance(one, EdgeKey) else view.said_of_node(one) for one in touched)
        return [revisions, *([asserted.sequence for asserted in assertions] for assertions in said)]


def _check_declared(file: "NoteFile", name: str, day: int) -> None:
    """Raise `InvalidDocument` where the front matter of a note says another day or course than it is put at."""
    from conceptmap.notes import read_declared

    front = read_declared(file)
    problems = []
    if front.day is not None and front.day != day:
        problems.append(("day", f"the notes are of day {front.day}", f"send them to /days/{front.day}"))
    if front.course is not None and front.course != name:
        problems.append(("course", f"the notes are of {front.course!r}", f"send them to /maps/{front.course}"))
    if problems:
        raise InvalidDocument(
            [
                Problem(file=file.path, line=front.at[key][0], column=front.at[key][1], what=what, hint=hint)
                for key, what, hint in problems
            ]
        )


def _part_of(document: Document) -> PartKey:
    return PartKey(document.day, document.part)


def _check_entry(view: View, name: str, entry: int | None) -> None:
    if entry is not None and view.entry != entry:
        raise StaleMap(name, entry, view.entry)


def _raise_problems(
    view: View,
    documents: Sequence[Document],
    ended: Iterable[PartKey] = (),
    *,
    joining: bool = False,
    pointers: Mapping[str | EdgeKey, str] | None = None,
) -> None:
    """Raise `InvalidDocument` with all that documents would break; `pointers` say where nodes and edges were given."""
    if found := check(view, documents, ended, joining=joining):
        lines = list(map(_lines, documents))
        raise InvalidDocument(
            [
                Problem(
                    file=documents[index].part,
                    line=lines[index].get(one.subject, 1),
                    what=one.what,
                    hint=one.hint,
                    pointer=_pointer(one, pointers or {}),
                )
                for index, one in found
            ]
        )


def _pointers(additions: Document) -> dict[str | EdgeKey, str]:
    """Where each node and edge stands in what is added; of several the last, which is the one that counts."""
    return {
        **{node.id: json_pointer("nodes", number) for number, node in enumerate(additions.nodes)},
        **{edge.key: json_pointer("edges", number) for number, edge in enumerate(additions.edges)},
    }


def _pointer(finding: Finding, pointers: Mapping[str | EdgeKey, str]) -> str | None:
    """Where a finding is: in a field, if its rule names one."""
    item = pointers.get(finding.subject)
    return item if item is None or finding.field is None else item + json_pointer(finding.field)


def _lines(document: Document) -> dict[str | EdgeKey, int]:
    """The first line of each node and edge, as far as the document's provenance tells."""
    said: dict[str | EdgeKey, Origin] = {
        **{node.id: node.origin for node in document.nodes},
        **{edge.key: edge.origin for edge in document.edges},
    }
    return {subject: origin.lines[0] for subject, origin in said.items() if origin.lines}


def _end(part: PartKey, author: str) -> Write:
    """The end of a part."""
    return Write(*part, None, b"", JSON_LD, author, kind="end")


def _with_mentions(document: Document, view: View) -> Document:
    """The document with a mention of every end that only the map defines, so that it can stand by itself."""
    nodes: Mapping[str, Node] = {node.id: node for node in document.nodes}
    ends = dict.fromkeys(end for edge in document.edges for end in (edge.source, edge.target))
    known = {end: view.node(end) for end in ends if end not in nodes and view.has_node(end)}
    mentions = [Node(id=end, kind=node.kind, label=node.label, mention=True) for end, node in known.items()]
    return document.with_assertions((*document.nodes, *mentions), document.edges)


def _writes(
    notes: "Sequence[NoteDocument]", files: "Sequence[NoteFile]", author: str, vocabulary: Vocabulary
) -> list[Write]:
    roots = {file.path: file.root for file in files}
    return [
        Write(
            *_part_of(note.document),
            note.document,
            note.body,
            MARKDOWN,
            author,
            reader=reader,
            root=roots[note.path],
        )
        for note, reader in zip(notes, readers_of(files, notes, vocabulary), strict=True)
    ]


class _Load:
    """A load of notes: what it writes to the map that it meets, and what it says of that."""

    def __init__(
        self,
        course: WritableMap,
        files: "Sequence[NoteFile]",
        folders: Sequence[Folder],
        author: str,
        memory: "Memory | None",
        *,
        strict: bool,
        prune: bool,
    ) -> None:
        self._course = course
        self._files = files
        self._folders = folders
        self._author = author
        self._memory = memory
        self._strict = strict
        self._prune = prune
        self._settled = _Settled((), (), ())
        self._renamed: dict[str, list[PartKey]] = {}
        self._gone: tuple[PartKey, ...] = ()

    def unchanged(self) -> LoadReport | None:
        """The report, where nothing is to be read or written."""
        standing = StandingNotes(self._course.ledger, self._course.name)
        parts = standing.unchanged(self._files)
        if not parts:
            return None
        gone = standing.gone(self._folders, {one.part for one in parts}, self._author)
        return None if gone and self._prune else LoadReport(self._course.name, tuple(parts), gone=tuple(gone))

    def build(self, view: View) -> list[Write]:
        """The notes in their parts, and the ends of parts that moved, were renamed, or are gone and to be ended."""
        standing = StandingNotes(self._course.ledger, self._course.name)
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
        return [*news, *(_end(key, self._author) for key in (*settled.ended, *pruned))]

    def report(self, written: WriteReport) -> LoadReport:
        """What was read and written."""
        notes = self._settled.notes
        parts = {note.path: _part_of(note.document) for note in notes}
        renamed = [(old, parts[path]) for path, keys in self._renamed.items() if path in parts for old in keys]
        return LoadReport(
            written.map,
            written.parts,
            self._settled.warnings,
            self._settled.problems,
            written.entries,
            dry_run=written.dry_run,
            notes=notes,
            renamed=tuple(renamed),
            gone=self._gone,
        )

    def _read(self, files: "Sequence[NoteFile]", view: View, ended: Sequence[PartKey]) -> "_Settled":
        read = partial(_read_settled, self._course.name, view, self._author, ended, self._memory)
        return _settled(read, files, strict=self._strict)

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
            return _Settled(current, tuple(problems), tuple(warnings), ended)
        for note, findings, subjects in zip(current, found, derived, strict=True):
            warnings += [_problem(note, one) for one in findings if one.subject in subjects]
        current = tuple(_without(note, subjects) for note, subjects in zip(current, derived, strict=True))


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
    files: "Sequence[NoteFile]",
) -> _Settled:
    from conceptmap.notes import read_notes
    from conceptmap.rewording import reworded

    reading = read_notes(files, vocabulary=view.vocabulary, known=view, map=name, ended=ended, memory=memory)
    moved = [key for key in reading.moved if (part := view.part(key)) and part.author == author]
    put = {_part_of(note.document) for note in reading.notes}
    ending = tuple(sorted({*moved, *ended} - put))
    notes, said = reworded(reading.notes, view, moved)
    settled = _settle(notes, view, ending)
    by_folder = {file.path for file in files if file.day is not None and file.root is not None}
    beside = (*_emptied(settled.notes, view), *_second_notes(settled.notes, view, ending, by_folder))
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
        and (former := view.document(_part_of(note.document)))
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
