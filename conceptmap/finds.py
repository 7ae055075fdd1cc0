"""What rules found in notes, by rule class and line, so that a person can review it before or after it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass

from conceptmap.certainty import doubt, guesses
from conceptmap.notes import NoteDocument
from ontology.model import Edge, Origin


@dataclass(frozen=True, slots=True)
class Find:
    """A derived node or edge: the rule class that read it, where, and what it says."""

    rule: str
    file: str
    line: int
    what: str


def finds_of(notes: Iterable[NoteDocument]) -> list[Find]:
    """All derived nodes and edges of the pages that nobody annotated, the surest rule first, then by line."""
    pages = [_finds(note) for note in notes]
    found = [find for finds in pages if any(guesses(find.rule) for find in finds) for find in finds]
    return sorted(found, key=lambda find: (doubt(find.rule), find.rule, find.file, find.line))


def _finds(note: NoteDocument) -> list[Find]:
    document = note.document
    labels = {node.id: node.label for node in document.nodes}
    nodes = [
        _find(note, node.origin, f"{node.kind}: {node.label}")
        for node in document.nodes
        if node.origin.how == "derived" and not node.mention
    ]
    edges = [
        _find(note, edge.origin, _sentence(edge, labels)) for edge in document.edges if edge.origin.how == "derived"
    ]
    return [*nodes, *edges]


def _find(note: NoteDocument, origin: Origin, what: str) -> Find:
    return Find(origin.rule or "", note.path, origin.lines[0] if origin.lines else 1, what)


def _sentence(edge: Edge, labels: dict[str, str]) -> str:
    dimension = f" in {edge.dimension}" if edge.dimension else ""
    return f"{labels[edge.source]} | {edge.relation} | {labels[edge.target]}{dimension}"
