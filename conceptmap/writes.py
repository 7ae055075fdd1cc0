"""All that writes a map: put, append, delete, replace, revert and load, each checked against the map that it meets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec import structs

from conceptmap.alike import look_alikes
from conceptmap.folder import Folder, LoadReport
from conceptmap.loading import Load, documents_of, end_of, part_of
from graphs.backends import Connection
from graphs.consistency import check
from graphs.entries import ERASED, JSON_LD, MARKDOWN, Entry, Write, canonical_json
from graphs.fold import Event, PartKey
from graphs.ledger import Beside, Build, Ledger, WriteReport
from graphs.standing import Mark, counting, first_to_revert, standing
from graphs.view import View
from ontology.errors import InvalidDocument, Problem, RefusedWrite, StaleMap, UnknownEntry, UnknownMap, json_pointer
from ontology.model import Document, Edge, EdgeKey, Node, Origin
from ontology.names import CONTRIBUTED, own_part
from ontology.rules import Finding, completed

if TYPE_CHECKING:
    from conceptmap.compare import Proposal
    from conceptmap.competency import QuestionChange
    from conceptmap.mending import Mend
    from conceptmap.note_patches import Patch
    from conceptmap.notes import NoteDocument, NoteFile
    from conceptmap.notes.memory import Memory
    from ontology.told import Told


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
        key = part_of(document)
        said = canonical_json(document).encode() if body is None else body

        def build(view: View) -> list[Write]:
            _raise_problems(view, [document])
            return [Write(*key, document, said, media_type, author)]

        expected = {} if revision is None else {key: revision}
        return self._write(build, expected=expected, dry_run=dry_run)

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

        return self._add(
            lambda view: merging(view, self.name, name, into, by),
            by=by,
            dry_run=dry_run,
            beside=beside,
            warn=lambda view: loops(view, name, into),
        )

    def mend(self, change: "Mend", *, by: str, dry_run: bool = False, beside: Beside | None = None) -> WriteReport:
        """Change, end, confirm or refuse a node or an edge, until the entry is undone: notes stay as they are.

        It goes into the contributor's own part. The report has no part where the map is so already. Raises
        `UnknownNode`, or `RefusedWrite` where that cannot be.
        """
        return self._add(lambda view: change.document(view, self.name, by), by=by, dry_run=dry_run, beside=beside)

    def _add(
        self,
        make: Callable[[View], Document | None],
        *,
        by: str,
        dry_run: bool,
        beside: Beside | None,
        warn: Callable[[View], Iterable[Problem]] = lambda _: (),
    ) -> WriteReport:
        """Add what is made of the newest view, if anything, to its part.

        The report has what `warn` finds in that view, and warns of questions of the notes that are answered no more.
        """
        warnings: list[Problem] = []
        tried: list[View] = []

        def build(view: View) -> list[Write]:
            warnings.clear()
            tried[:] = [view] if dry_run else []
            if (made := make(view)) is None:
                return []
            addition = self._checked(made)
            document = completed(_with_mentions(addition, view))
            _raise_problems(view, [document], joining=True, pointers=_pointers(addition))
            warnings.extend((*warn(view), *look_alikes(view, [addition]), *_no_longer_answered(view, document)))
            said = canonical_json(addition).encode()
            return [Write(*part_of(document), document, said, JSON_LD, by, kind="add")]

        def warned(report: WriteReport) -> WriteReport:
            return replace(report, warnings=tuple(warnings))

        also = (lambda connection, report: beside(connection, warned(report))) if beside else None
        return _with_claims(warned(self.ledger.write(self.name, build, dry_run=dry_run, beside=also)), tried)

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
            return [end_of(key, author) for key in keys]

        expected = {} if part is None or revision is None else {PartKey(day, part): revision}
        return self._write(build, expected=expected, dry_run=dry_run)

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
        news = {part_of(one): completed(self._checked(one)) for one in documents}

        def build(view: View) -> list[Write]:
            ended = [key for key in view.parts(day) if key not in news and not key.part.startswith(CONTRIBUTED)]
            _check_entry(view, self.name, entry)
            _raise_problems(view, list(news.values()), ended)
            said = (Write(*key, one, canonical_json(one).encode(), JSON_LD, author) for key, one in news.items())
            return [*said, *(end_of(key, author) for key in ended)]

        return self._write(build, dry_run=dry_run)

    def put_all(
        self, documents: Sequence[Document], *, author: str = "", overwrite: bool = False, dry_run: bool = False
    ) -> WriteReport:
        """Put documents in the places of their parts, in one write; parts that none of them is of stay.

        Unless it is to `overwrite`, raises `RefusedWrite` where a part would be replaced that was read from notes, or
        was put by somebody else, and says something else.
        """
        news = {part_of(one): completed(self._checked(one)) for one in documents}

        def build(view: View) -> list[Write]:
            _raise_problems(view, list(news.values()))
            if not overwrite:
                self._raise_foreign(view, news, author)
            return [Write(*key, one, canonical_json(one).encode(), JSON_LD, author) for key, one in news.items()]

        return self._write(build, dry_run=dry_run)

    def _raise_foreign(self, view: View, news: Mapping[PartKey, Document], author: str) -> None:
        for key, document in news.items():
            part = view.part(key)
            if part is None or (part.before is None and part.document == document):
                continue
            entry = self.log_entry(part.sequence)
            if (entry.media_type, part.author) != (JSON_LD, author):
                how = (
                    "read from notes" if entry.media_type == MARKDOWN else f"put by {part.author or 'somebody else'!r}"
                )
                what = f"{key.part!r} of day {key.day} was {how} (entry {part.sequence}) and says something else"
                raise RefusedWrite(
                    f"{what}; choose another map or part for it, or say --overwrite (over HTTP overwrite=true)"
                )

    def is_put_as(self, key: PartKey, body: bytes, media_type: str) -> bool:
        """Whether a part stands as it was put with these bytes, and nothing was added to it."""
        part = self.ledger.view(self.name).part(key)
        if part is None or part.before is not None or part.event.kind != "put":
            return False
        entry = self.log_entry(part.sequence)
        return (entry.body, entry.media_type) == (body, media_type)

    def says_just(self, documents: Sequence[Document], *, day: int | None = None) -> bool:
        """Whether to replace the map, or a day of it, by these documents would change nothing."""
        report = self.replace(documents, day=day, dry_run=True)
        return all(part.status == "unchanged" for part in report.parts)

    def delete_all(self, *, author: str = "", entry: int | None = None, dry_run: bool = False) -> WriteReport:
        """End every part; the history stays. Raises `UnknownMap`, or `StaleMap` where the last entry is not `entry`."""

        def build(view: View) -> list[Write]:
            _check_entry(view, self.name, entry)
            return [end_of(key, author) for key in view.parts()]

        if self.ledger.view(self.name).is_empty:
            raise UnknownMap(self.name, self.ledger.log.living_maps())
        return self._write(build, dry_run=dry_run)

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
            undoing = replace(end_of(key, author), target=entry, becomes=tuple(events))
            if undoing.says:
                _raise_problems(view, [undoing.says])
            return [undoing]

        return self._write(build, dry_run=dry_run)

    def take_into_notes(
        self, patch: "Patch", files: "Sequence[NoteFile]", folders: Sequence[Folder] = (), *, author: str = ""
    ) -> LoadReport:
        """Put notes that say by now what contributors said, and end that in the contributors' parts, in one write.

        `files` are the notes as a patch made them. Raises `InvalidDocument`.
        """
        load = Load(self.ledger, self.name, files, folders, author, None, strict=False, prune=False, overwrite=True)

        def build(view: View) -> list[Write]:
            rest = [
                end_of(key, author)
                if document is None
                else Write(*key, document, canonical_json(document).encode(), JSON_LD, author)
                for key, document in patch.kept.items()
                if view.part(key)
            ]
            kept = [Event(view.entry, key, document) for key, document in patch.kept.items() if document]
            return [*load.build(view.without(patch.kept).followed_by(kept)), *rest]

        return load.report(self.ledger.write(self.name, build))

    def load_notes(
        self,
        files: "Sequence[NoteFile]",
        *,
        author: str = "",
        expected: Mapping[PartKey, int] | None = None,
        strict: bool = True,
        folders: Sequence[Folder] = (),
        prune: bool = False,
        overwrite: bool = True,
        memory: "Memory | None" = None,
        dry_run: bool = False,
        told: "Told | None" = None,
    ) -> LoadReport:
        """Put notes in the place of their parts. Raises `InvalidDocument` with every problem.

        Notes of a folder that stand in the map as their files are, are not read again where that would change nothing.

        Not `strict`, a file with problems keeps only itself from being stored: the report has the problems of those
        that were `refused`, and `InvalidDocument` is raised where all were. `expected` are revisions that parts must be
        at, else `StaleRevision` is raised. Where a note says another day than the map has it at, its former part ends.

        `folders` are those that are loaded whole: a part of one whose file is gone goes on as the part of a new file
        with the same content; where there is none it is named as `gone`, and ends if that is to `prune`. Without
        `overwrite`, a note is refused that would replace what another than the `author` has put. A `memory` has what
        former loads read of files, which are not read again until they change. It is `told` again and again how many of
        the files are read.
        """
        of = (self.ledger, self.name, files, folders, author, memory)
        load = Load(*of, strict=strict, prune=prune, overwrite=overwrite, told=told)
        return self.write_load(load, expected=expected, dry_run=dry_run)

    def read_load(
        self,
        files: "Sequence[NoteFile]",
        folders: Sequence[Folder],
        *,
        author: str,
        strict: bool,
        prune: bool,
        overwrite: bool,
    ) -> Load:
        """A load of notes, read for the map as it stands, as `load_notes` takes them. Raises `InvalidDocument`.

        Whoever writes a map in turn with others reads so before it is their turn, that nobody waits for the reading.
        """
        of = (self.ledger, self.name, files, folders, author, None)
        load = Load(*of, strict=strict, prune=prune, overwrite=overwrite)
        if load.unchanged() is None:
            load.build(self.ledger.view(self.name))
        return load

    def write_load(
        self,
        load: Load,
        *,
        expected: Mapping[PartKey, int] | None = None,
        dry_run: bool = False,
        beside: Beside | None = None,
    ) -> LoadReport:
        """Write what a load makes of its notes. Raises as `load_notes` does.

        `beside` is called in the transaction of the write, with the `LoadReport`; not where nothing was read.
        """
        if not expected and (unchanged := load.unchanged()):
            return replace(unchanged, dry_run=dry_run)

        def told(written: WriteReport, questions: "QuestionChange | None") -> LoadReport:
            report = load.report(written)
            if questions is None:
                return report
            warnings = questions.warnings({note.document.part: note.path for note in report.notes})
            return replace(report, warnings=(*report.warnings, *warnings), questions=questions)

        also = (lambda connection, *done: beside(connection, told(*done))) if beside else None
        return told(*self._write_and_ask(load.build, expected=expected, dry_run=dry_run, beside=also))

    def read_notes(self, part: PartKey, notes: bytes, *, author: str = "") -> "SentNotes":
        """Read notes that are to be put in the place of one part, for the map as it stands, before they are.

        Whoever writes a map in turn with others reads so before it is their turn, that nobody waits for the reading.
        Raises `InvalidDocument`, also where the notes name another day or course.
        """
        from conceptmap.notes import NoteFile

        file = NoteFile(part.part, notes, part.day, part.part)
        _check_declared(file, self.name, part.day)
        of = (self.ledger, self.name, [file], (), author, None)
        sent = SentNotes(self, part, Load(*of, strict=True, prune=False, overwrite=True))
        sent.load.build(self.ledger.view(self.name))
        return sent

    def _write(
        self, build: Build, *, expected: Mapping[PartKey, int] | None = None, dry_run: bool = False
    ) -> WriteReport:
        """Write what is built, and warn of look-alikes and of questions of the notes that the map no longer answers."""
        alike: list[Problem] = []

        def watched(view: View) -> Sequence[Write]:
            writes = build(view)
            alike[:] = look_alikes(view, [one.document for one in writes if one.document])
            return writes

        report, questions = self._write_and_ask(watched, expected=expected, dry_run=dry_run)
        return replace(report, warnings=(*alike, *(questions.warnings() if questions else ())))

    def _write_and_ask(
        self,
        build: Build,
        *,
        expected: Mapping[PartKey, int] | None,
        dry_run: bool,
        beside: "Callable[[Connection, WriteReport, QuestionChange | None], None] | None" = None,
    ) -> "tuple[WriteReport, QuestionChange | None]":
        """Write what is built; with what becomes of the questions of the notes, where these ask any."""
        met: list[View] = []
        tried: list[View] = []

        def watched(view: View) -> Sequence[Write]:
            writes = build(view)
            # A map whose notes ask nothing is not held, so that the ledger may bring it forward in its place.
            asks = view.has_questions or any(one.document and one.document.questions for one in writes)
            met[:] = [view] if asks else []
            tried[:] = [view] if dry_run else []
            return writes

        def asked(report: WriteReport, *, written: bool) -> "QuestionChange | None":
            if not met or all(part.status == "unchanged" for part in report.parts):
                return None
            from conceptmap.compare import view_after
            from conceptmap.competency import compare_questions

            return compare_questions(met[0], self.ledger.view(self.name) if written else view_after(met[0], report))

        def also(connection: Connection, report: WriteReport) -> None:
            if beside:
                beside(connection, report, asked(report, written=False))

        kept = also if beside else None
        report = self.ledger.write(self.name, watched, expected=expected, dry_run=dry_run, beside=kept)
        return _with_claims(report, tried), asked(report, written=not dry_run)

    def preview(self, files: "Sequence[NoteFile]", *, strict: bool = True) -> "tuple[NoteDocument, ...]":
        """The documents that notes would be stored as. Raises `InvalidDocument` as `load_notes` does."""
        return documents_of(self.ledger, self.name, files, strict=strict)

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
        ended = (node.id for part in report.parts if part.document for node in part.document.nodes if node.ended)
        touched += [edge.key for node in ended for edge in (*view.edges_from(node), *view.edges_to(node))]
        said = (view.said_of_edge(one) if isinstance(one, EdgeKey) else view.said_of_node(one) for one in touched)
        return [revisions, *([asserted.sequence for asserted in assertions] for assertions in said)]


@dataclass(frozen=True)
class SentNotes:
    """Notes to be put in the place of one part. What was read of them for a state of the map is not read again."""

    course: WritableMap
    part: PartKey
    load: Load

    def put(self, *, revision: int | None = None, dry_run: bool = False) -> LoadReport:
        """Put them, if the part is at the `revision`. Raises `InvalidDocument` or `StaleRevision`."""
        expected = {} if revision is None else {self.part: revision}
        return self.course.write_load(self.load, expected=expected, dry_run=dry_run)


def _no_longer_answered(view: View, addition: Document) -> tuple[Problem, ...]:
    """A warning for each question of the notes that the map no longer answers once this joins its part."""
    if not view.has_questions:
        return ()
    from conceptmap.competency import compare_questions

    event = Event(view.entry + 1, part_of(addition), addition, kind="add")
    return compare_questions(view, view.followed_by([event])).warnings()


def _with_claims(report: WriteReport, met: Sequence[View]) -> WriteReport:
    """The report with what a write that was only tried, on the view that it `met`, would do to claims."""
    if not met or all(part.status == "unchanged" for part in report.parts):
        return report
    from conceptmap.compare import view_after
    from conceptmap.meaning.effects import MOST_TRIED, effects_of, touched_by_parts

    touched = touched_by_parts(met[0], report.parts)
    if not touched:
        return report
    return replace(report, claims=effects_of(met[0], view_after(met[0], report), touched, MOST_TRIED))


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


def _with_mentions(document: Document, view: View) -> Document:
    """The document with a mention of every end that only the map defines, so that it can stand by itself."""
    nodes: Mapping[str, Node] = {node.id: node for node in document.nodes}
    ends = dict.fromkeys(end for edge in document.edges for end in (edge.source, edge.target))
    known = {end: view.node(end) for end in ends if end not in nodes and view.has_node(end)}
    mentions = [Node(id=end, kind=node.kind, label=node.label, mention=True) for end, node in known.items()]
    return document.with_assertions((*document.nodes, *mentions), document.edges)
