"""Parts of days as the service shows and takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785

from api.answers import Encoded
from api.encoding import as_json
from api.errors import BadRequest, NotAcceptable
from api.negotiation import JSON_LD, MARKDOWN, TURTLE, content_type
from conceptmap.map import CourseMap
from conceptmap.notes import NoteFile, read_declared
from conceptmap.shapes.maps import DayEdge, DayNode, DayShape, WholeDay, day_shape, said_edge, said_node
from conceptmap.writes import load
from conceptmap.writes import put as put_document
from graphs.entries import Entry
from graphs.fold import Event, PartKey
from graphs.ledger import Ledger, WriteReport
from graphs.rdf import Place, jsonld_data, read_jsonld, read_turtle, write_turtle
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.errors import InvalidDocument, Problem, UnknownEntry
from ontology.model import Document, Edge, Node
from ontology.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Sent:
    """What a client sent for a part. `several`: the client named the part, so the day may have other notes too."""

    map: str
    key: PartKey
    kind: str
    data: bytes
    author: str
    several: bool
    base: str


def put(ledger: Ledger, sent: Sent, revision: int | None, *, dry_run: bool) -> WriteReport:
    """Put it in the place of the part, if that is at the revision. Raises `InvalidDocument` or `StaleRevision`."""
    if sent.kind != MARKDOWN:
        document = _document(sent, ledger.vocabulary)
        options: dict[str, Any] = {"body": sent.data, "media_type": sent.kind, "author": sent.author}
        return put_document(ledger, document, **options, revision=revision, dry_run=dry_run)
    file = NoteFile(sent.key.part, sent.data, sent.key.day, sent.key.part)
    _check_declared(sent, file)
    expected = {} if revision is None else {sent.key: revision}
    return load(ledger, sent.map, [file], author=sent.author, expected=expected, several=sent.several, dry_run=dry_run)


def day_line(course: CourseMap, day: int) -> DayShape:
    """A day with its parts, as lists show it."""
    events = _events(course, day, None)
    return day_shape(day, events, [course.ledger.log.entry(event.sequence) for event in events])


def shown(course: CourseMap, *, day: int, part: str | None, kind: str, base: str) -> Encoded:
    """A day or a part in a form. Raises `UnknownEntry`, or `NotAcceptable` where there are no notes."""
    events = _events(course, day, part)
    entries = [course.ledger.log.entry(event.sequence) for event in events]
    tag = f"r{entries[0].revision}" if part is not None else f"e{max(entry.sequence for entry in entries)}"
    documents = [event.document for event in events if event.document]
    words = course.ledger.vocabulary
    if kind == TURTLE:
        return Encoded(write_turtle(documents, words, base), content_type(TURTLE), tag)
    if kind == JSON_LD:
        data = [jsonld_data(document, words, base) for document in documents]
        return Encoded(rfc8785.dumps(data if part is None else data[0]), JSON_LD, tag)
    if kind == MARKDOWN:
        return Encoded(_notes(entries), content_type(MARKDOWN), tag)
    merged = View.of(events, words)
    whole: WholeDay = {
        "map": course.name,
        **day_shape(day, events, entries),
        "nodes": list(map(_node, merged.nodes())),
        "edges": list(map(_edge, merged.edges())),
    }
    return as_json(whole, tag)


def _events(course: CourseMap, day: int, part: str | None) -> list[Event]:
    """The parts of a day, or the one, by name. Raises `UnknownEntry` where there is none."""
    view = course.view()
    found = [event for event in view.events(day) if part in (None, event.key.part)]
    if not found:
        raise UnknownEntry(f"the map has no day {day}" + (f" with a part {part!r}" if part else ""))
    return found


def _notes(entries: Sequence[Entry]) -> bytes:
    """The bytes of the one part that came as notes."""
    notes = [one for one in entries if one.media_type == MARKDOWN]
    if len(notes) != 1:
        names = ", ".join(one.part for one in notes)
        raise NotAcceptable(f"the day has notes in {names}; choose one with ?part=" if notes else "no part has notes")
    return notes[0].body


def _node(node: FoldedNode) -> DayNode:
    said = [one.item for one in node.assertions if not one.item.mention]
    merged = Node(
        id=node.id,
        kind=node.kind,
        label=node.label,
        aliases=node.aliases,
        text=node.text,
        formula=node.formula,
        data=dict(node.data),
        mention=not said,
        place=node.place,
        origin=(said or [node.assertions[-1].item])[-1].origin,
    )
    return {**said_node(merged), "parts": [one.part for one in node.assertions]}


def _edge(edge: FoldedEdge) -> DayEdge:
    merged = Edge(
        source=edge.source,
        relation=edge.relation,
        target=edge.target,
        dimension=edge.dimension,
        values=edge.values,
        note=edge.note,
        place=edge.place,
        parent=edge.parent,
        origin=edge.assertions[-1].item.origin,
    )
    return {**said_edge(merged), "parts": [one.part for one in edge.assertions]}


def _document(sent: Sent, vocabulary: Vocabulary) -> Document:
    place = Place(sent.map, sent.key.day, sent.key.part, sent.key.part)
    read = read_turtle if sent.kind == TURTLE else read_jsonld
    documents = read(sent.data, vocabulary, place, sent.base)
    if not documents:
        raise InvalidDocument([Problem(file=place.source, what="it says nothing of this day")])
    others = [one.part for one in documents if one.part != sent.key.part]
    if others:
        named = ", ".join(map(repr, others))
        raise BadRequest(f"the body holds the part {named}, the address names {sent.key.part!r}; send each to ?part=")
    return documents[0]


def _check_declared(sent: Sent, file: NoteFile) -> None:
    """What the front matter says of day and course must not contradict the address."""
    front = read_declared(file)
    problems = []
    if front.day is not None and front.day != sent.key.day:
        problems.append(("day", f"the notes are of day {front.day}", f"send them to /days/{front.day}"))
    if front.course is not None and front.course != sent.map:
        problems.append(("course", f"the notes are of {front.course!r}", f"send them to /maps/{front.course}"))
    if problems:
        raise InvalidDocument(
            [
                Problem(file=file.path, line=front.at[key][0], column=front.at[key][1], what=what, hint=hint)
                for key, what, hint in problems
            ]
        )
