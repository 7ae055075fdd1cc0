"""All that writes a map: put, append, delete, replace, revert and load, each checked against the map that it meets.

Every write is all or nothing, and with `dry_run` nothing: the report is the same, and no entry is made. Each raises
`InvalidDocument` with every problem that it finds, and then nothing is stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from conceptmap.compare import Comparison, compare
from conceptmap.notes import NOTE_SUFFIXES, NoteDocument, NoteFile, read_declared, read_notes
from graphs.consistency import check
from graphs.entries import Entry, Write, canonical_json
from graphs.fold import Event, PartKey
from graphs.ledger import Beside, Ledger, WriteReport
from graphs.view import View
from ontology.errors import InvalidDocument, Problem, StaleMap, UnknownEntry, UnknownMap
from ontology.model import Document, EdgeKey, Node, Origin
from ontology.rules import Finding, completed
from ontology.terms import DAY, UNIT
from ontology.vocabulary import Vocabulary

JSON_LD = "application/ld+json"
MARKDOWN = "text/markdown"
DEFAULT_PART = "notes"
"""The part of a day that is written where none is named."""
CONTRIBUTED = "by:"
"""With this begin the names of the parts that contributors append to."""


def own_part(contributor: str) -> str:
    """The name of the part that is a contributor's own."""
    return f"{CONTRIBUTED}{contributor}"


def put(
    ledger: Ledger,
    document: Document,
    *,
    body: bytes | None = None,
    media_type: str = JSON_LD,
    author: str = "",
    revision: int | None = None,
    dry_run: bool = False,
) -> WriteReport:
    """Put a document in the place of its part.

    `body` are the bytes that it was read from, in `media_type`; without them it is kept as JSON. `revision` is the
    one that the part must be at (0: there is none yet), else `StaleRevision` is raised.
    """
    document = completed(document)
    key = _part_of(document)
    said = canonical_json(document).encode() if body is None else body

    def build(view: View) -> list[Write]:
        _raise_problems(view, [document])
        return [Write(*key, document, said, media_type, author)]

    expected = {} if revision is None else {key: revision}
    return ledger.write(document.map, build, expected=expected, dry_run=dry_run)


def append(
    ledger: Ledger, additions: Document, *, by: str, dry_run: bool = False, beside: Beside | None = None
) -> WriteReport:
    """Add nodes and edges to the contributor's part `by:NAME`, in the place of what it says of the same ones.

    `beside` is called in the transaction of the write, with its report.
    """
    key = PartKey(additions.day, own_part(by))
    said = canonical_json(additions).encode()

    def build(view: View) -> list[Write]:
        former = view.event(key)
        base = (
            former.document if former and former.document else Document(map=additions.map, day=key.day, part=key.part)
        )
        document = completed(_with_mentions(_merged(base, additions), view))
        _raise_problems(view, [document])
        body = ledger.log.entry(former.sequence).body if former and former.document == document else said
        return [Write(*key, document, body, JSON_LD, by)]

    return ledger.write(additions.map, build, dry_run=dry_run, beside=beside)


def delete(
    ledger: Ledger,
    name: str,
    day: int,
    part: str | None = None,
    *,
    author: str = "",
    revision: int | None = None,
    dry_run: bool = False,
) -> WriteReport:
    """End a part, or every part of a day. Raises `UnknownEntry` where there is none.

    `revision` is the one that the part must be at, else `StaleRevision` is raised; it needs a `part`.
    """

    def build(view: View) -> list[Write]:
        keys = [key for key in view.parts(day) if part in (None, key.part)]
        if not keys:
            raise UnknownEntry(f"map {name!r} has no day {day}" + (f" with a part {part!r}" if part else ""))
        return [Write(*key, None, b"", JSON_LD, author) for key in keys]

    expected = {} if part is None or revision is None else {PartKey(day, part): revision}
    return ledger.write(name, build, expected=expected, dry_run=dry_run)


def replace_parts(
    ledger: Ledger,
    name: str,
    documents: Sequence[Document],
    *,
    day: int | None = None,
    author: str = "",
    entry: int | None = None,
    dry_run: bool = False,
) -> WriteReport:
    """Put documents in the place of a whole map, or of a day. What contributors appended stays, unless they name it.

    `entry` is the last entry of the map that the writer has seen, else `StaleMap` is raised.
    """
    news = {_part_of(one): completed(one.model_copy(update={"map": name})) for one in documents}

    def build(view: View) -> list[Write]:
        ended = [key for key in view.parts(day) if key not in news and not key.part.startswith(CONTRIBUTED)]
        _check_entry(view, name, entry)
        _raise_problems(view, list(news.values()), ended)
        said = (Write(*key, one, canonical_json(one).encode(), JSON_LD, author) for key, one in news.items())
        return [*said, *(Write(*key, None, b"", JSON_LD, author) for key in ended)]

    return ledger.write(name, build, dry_run=dry_run)


def delete_map(
    ledger: Ledger, name: str, *, author: str = "", entry: int | None = None, dry_run: bool = False
) -> WriteReport:
    """End every part of a map; its history stays. Raises `UnknownMap` where there is none, and `StaleMap` as above."""

    def build(view: View) -> list[Write]:
        _check_entry(view, name, entry)
        return [Write(*key, None, b"", JSON_LD, author) for key in view.parts()]

    if ledger.view(name).is_empty:
        raise UnknownMap(name, ledger.log.living_maps())
    return ledger.write(name, build, dry_run=dry_run)


def revert(ledger: Ledger, name: str, sequence: int, *, author: str = "", dry_run: bool = False) -> WriteReport:
    """Append the document that the entry's part had before the entry. Raises `UnknownEntry`."""
    entry = ledger.log.entry(sequence)
    if entry.map != name:
        raise UnknownEntry(f"entry {sequence} belongs to map {entry.map!r}, not to {name!r}")
    former = _entry_before(ledger, entry)
    document = former.document if former else None
    body, media_type = (former.body, former.media_type) if former else (b"", JSON_LD)

    def build(view: View) -> list[Write]:
        if document:
            _raise_problems(view, [document])
        return [Write(entry.day, entry.part, document, body, media_type, author)]

    return ledger.write(name, build, dry_run=dry_run)


def load(
    ledger: Ledger,
    name: str,
    files: Sequence[NoteFile],
    *,
    author: str = "",
    expected: Mapping[PartKey, int] | None = None,
    several: bool = False,
    dry_run: bool = False,
) -> WriteReport:
    """Put each note in the place of its part. Raises `InvalidDocument` with all problems; then nothing is stored.

    `expected` are revisions that parts must be at, else `StaleRevision` is raised. With `several` a day may
    have more than one note.
    """
    warnings: list[Problem] = []

    def build(view: View) -> list[Write]:
        settled = _settled(name, files, view, several)
        warnings[:] = settled.warnings
        return [Write(*_part_of(note.document), note.document, note.body, MARKDOWN, author) for note in settled.notes]

    report = ledger.write(name, build, expected=expected, dry_run=dry_run)
    return replace(report, warnings=tuple(warnings))


def check_declared(file: NoteFile, name: str, day: int) -> None:
    """Raise `InvalidDocument` where the front matter of a note says another day or course than it is put at."""
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


def preview(ledger: Ledger, name: str, files: Sequence[NoteFile], *, several: bool = False) -> tuple[NoteDocument, ...]:
    """The documents that notes would be stored as. Raises `InvalidDocument` with all problems."""
    return _settled(name, files, ledger.view(name), several).notes


@dataclass(frozen=True)
class Proposal:
    """A dry run's report, and the documents that it met. The map may go on meanwhile: nothing here reads it later."""

    report: WriteReport
    events: tuple[Event, ...]
    sequence: int
    vocabulary: Vocabulary

    @cached_property
    def comparison(self) -> Comparison:
        """The map as it is, compared with what it would be. Costs as much as folding the map twice."""
        news = [
            Event(self.sequence + 1, PartKey(part.day, part.part), part.document)
            for part in self.report.parts
            if part.status != "unchanged"
        ]
        return compare(View.of(self.events, self.vocabulary), View.of((*self.events, *news), self.vocabulary))


def propose(ledger: Ledger, report: WriteReport) -> Proposal:
    """The proposal of a dry run that was just made with this ledger."""
    view = ledger.view(report.map)
    return Proposal(report, tuple(view.events()), view.entry, ledger.vocabulary)


def met_by(ledger: Ledger, report: WriteReport) -> list[list[int]]:
    """What a dry run met: the revisions of its parts, then the entries that speak of each node and edge it touches.

    A later dry run that meets the same would do the same.
    """
    view = ledger.view(report.map)
    revisions = [ledger.log.revision(report.map, one.day, one.part) for one in report.parts]
    touched = [item.subject for part in report.parts for item in part.items]
    said = (view.said_of_edge(one) if isinstance(one, EdgeKey) else view.said_of_node(one) for one in touched)
    return [revisions, *([asserted.sequence for asserted in assertions] for assertions in said)]


def _part_of(document: Document) -> PartKey:
    return PartKey(document.day, document.part)


def _check_entry(view: View, name: str, entry: int | None) -> None:
    if entry is not None and view.entry != entry:
        raise StaleMap(name, entry, view.entry)


def _raise_problems(view: View, documents: Sequence[Document], ended: Iterable[PartKey] = ()) -> None:
    """Raise `InvalidDocument` with all that documents would break."""
    if found := check(view, documents, ended):
        lines = list(map(_lines, documents))
        raise InvalidDocument(
            [
                Problem(file=documents[index].part, line=lines[index].get(one.subject, 1), what=one.what, hint=one.hint)
                for index, one in found
            ]
        )


def _lines(document: Document) -> dict[str | EdgeKey, int]:
    """The first line of each node and edge, as far as the document's provenance tells."""
    said: dict[str | EdgeKey, Origin] = {
        **{node.id: node.origin for node in document.nodes},
        **{edge.key: edge.origin for edge in document.edges},
    }
    return {subject: origin.lines[0] for subject, origin in said.items() if origin.lines}


def _entry_before(ledger: Ledger, entry: Entry) -> Entry | None:
    """The entry that the entry's part had before it; None if it had none."""
    lines = ledger.log.history(entry.map, before=entry.sequence, day=entry.day, part=entry.part, limit=1)
    return ledger.log.entry(lines[0].sequence) if lines else None


def _merged(base: Document, additions: Document) -> Document:
    """The base with the additions, each in the place of the same node or edge; a mention takes nobody's place."""
    nodes = {node.id: node for node in base.nodes}
    for node in additions.nodes:
        if not (node.mention and node.id in nodes):
            nodes[node.id] = node
    edges = {edge.key: edge for edge in base.edges} | {edge.key: edge for edge in additions.edges}
    return base.with_assertions(tuple(nodes.values()), tuple(edges.values()))


def _with_mentions(document: Document, view: View) -> Document:
    """The document with a mention of every end that only the map defines."""
    nodes: Mapping[str, Node] = {node.id: node for node in document.nodes}
    ends = dict.fromkeys(end for edge in document.edges for end in (edge.source, edge.target))
    known = [view.said_of_node(end)[-1].item for end in ends if end not in nodes and view.has_node(end)]
    mentions = [Node(id=node.id, kind=node.kind, label=node.label, mention=True) for node in known]
    return document.with_assertions((*document.nodes, *mentions), document.edges)


@dataclass(frozen=True, slots=True)
class _Settled:
    """Documents that may be stored if there are no problems."""

    notes: tuple[NoteDocument, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def _settle(notes: Sequence[NoteDocument], view: View) -> _Settled:
    """Check the notes' documents by themselves and against the map, until only stated items have findings."""
    current = tuple(replace(note, document=completed(note.document)) for note in notes)
    warnings: list[Problem] = []
    while True:
        found: list[list[Finding]] = [[] for _ in current]
        for index, finding in check(view, [note.document for note in current]):
            found[index].append(finding)
        derived = [_derived(note.document, findings) for note, findings in zip(current, found, strict=True)]
        if not any(derived):
            problems = [_problem(note, one) for note, findings in zip(current, found, strict=True) for one in findings]
            return _Settled(current, tuple(problems), tuple(warnings))
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


def _without(note: NoteDocument, subjects: set[str | EdgeKey]) -> NoteDocument:
    """The note without these items, and without the edges that would dangle."""
    if not subjects:
        return note
    document = note.document
    nodes = tuple(node for node in document.nodes if node.id not in subjects)
    edges = tuple(edge for edge in document.edges if not {edge.key, edge.source, edge.target} & subjects)
    return replace(note, document=document.with_assertions(nodes, edges))


def _problem(note: NoteDocument, finding: Finding) -> Problem:
    line, column = note.positions.get(finding.subject, (1, 1))
    return Problem(file=note.path, line=line, column=column, what=finding.what, hint=finding.hint)


def _settled(name: str, files: Sequence[NoteFile], view: View, several: bool) -> _Settled:
    reading = read_notes(files, vocabulary=view.vocabulary, known=view, map=name)
    settled = _settle(reading.notes, view)
    second = [] if several else _second_notes(reading.notes, view)
    problems = [*reading.problems, *settled.problems, *second]
    if problems:
        raise InvalidDocument(sorted(set(problems), key=lambda one: (one.file, one.line, one.column, one.what)))
    return replace(settled, warnings=(*reading.warnings, *settled.warnings, *_emptied(settled.notes, view)))


def _emptied(notes: Sequence[NoteDocument], view: View) -> list[Problem]:
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


def _second_notes(notes: Sequence[NoteDocument], view: View) -> list[Problem]:
    """A day has one note, unless others name their part in front matter: no copy with the old day slips in."""
    return [
        Problem(
            file=note.path,
            what=f"duplicate day: the map has day {note.document.day} from {other!r} already",
            hint=f"correct the day; or, to put this note in its place, load it with --part {other!r} "
            "(over HTTP ?part=); or name this note's own part in its front matter (part: NAME)",
        )
        for note in notes
        if _is_note_part(note.document.part)
        for _, other in view.parts(note.document.day)
        if other != note.document.part and _is_note_part(other)
    ]


def _is_note_part(part: str) -> bool:
    return part == DEFAULT_PART or part.lower().endswith(NOTE_SUFFIXES)
