"""Settling notes with the map: stated items that break a rule are problems, derived ones are dropped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from conceptmap.notes import NoteDocument
from graphs.consistency import check_together
from graphs.fold import Fold, PartKey
from ontology.errors import Problem
from ontology.model import Document, EdgeKey
from ontology.rules import Finding, check_document, completed
from ontology.vocabulary import Vocabulary

Subjects = set[str | EdgeKey]


@dataclass(frozen=True, slots=True)
class Settled:
    """Documents that may be stored if there are no problems."""

    notes: tuple[NoteDocument, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def settle(notes: Sequence[NoteDocument], fold: Fold, vocabulary: Vocabulary) -> Settled:
    """Check the notes' documents by themselves and against the map, until only stated items have findings."""
    current = tuple(replace(note, document=completed(note.document)) for note in notes)
    warnings: list[Problem] = []
    while True:
        found = _findings(current, fold, vocabulary)
        derived = {index: _derived(current[index].document, findings) for index, findings in found.items()}
        if not any(derived.values()):
            problems = [_problem(current[index], finding) for index, findings in found.items() for finding in findings]
            return Settled(current, tuple(problems), tuple(warnings))
        for index, subjects in derived.items():
            warnings += [_problem(current[index], one) for one in found[index] if one.subject in subjects]
        current = tuple(_without(note, derived.get(index, set())) for index, note in enumerate(current))


def _findings(notes: Sequence[NoteDocument], fold: Fold, vocabulary: Vocabulary) -> dict[int, list[Finding]]:
    found = {index: check_document(note.document, vocabulary) for index, note in enumerate(notes)}
    index_of = {_part(note): index for index, note in enumerate(notes)}
    for placed in check_together(fold, vocabulary, {_part(note): note.document for note in notes}):
        found[index_of[placed.part]].append(placed.finding)
    return found


def _part(note: NoteDocument) -> PartKey:
    return PartKey(note.document.day, note.document.part)


def _derived(document: Document, findings: Iterable[Finding]) -> Subjects:
    """The subjects of findings that no explicit syntax states."""
    said: Mapping[str | EdgeKey, str] = {
        **{node.id: node.origin.how for node in document.nodes},
        **{edge.key: edge.origin.how for edge in document.edges},
    }
    return {finding.subject for finding in findings if said.get(finding.subject) == "derived"}


def _without(note: NoteDocument, subjects: Subjects) -> NoteDocument:
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
