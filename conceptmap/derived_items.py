"""What rules found in notes, by rule class and line, so that a person can review it before or after it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass

from conceptmap.notes import NoteDocument
from conceptmap.notes.lesson import class_of
from ontology.model import Edge, Origin


@dataclass(frozen=True, slots=True)
class DerivedItem:
    """A derived node or edge: the rule class that read it, where, and what it says."""

    rule: str
    file: str
    line: int
    what: str


def derived_items_of(notes: Iterable[NoteDocument]) -> list[DerivedItem]:
    """All derived nodes and edges of the pages that nobody annotated, the surest rule first, then by line."""
    pages = [_items(note) for note in notes]
    found = [item for page in pages if any(class_of(item.rule).guesses for item in page) for item in page]
    return sorted(found, key=lambda item: (class_of(item.rule).doubt, item.rule, item.file, item.line))


def _items(note: NoteDocument) -> list[DerivedItem]:
    document = note.document
    labels = {node.id: node.label for node in document.nodes}
    nodes = [
        _item(note, node.origin, f"{node.kind}: {node.label}")
        for node in document.nodes
        if node.origin.how == "derived" and not node.mention
    ]
    edges = [
        _item(note, edge.origin, _sentence(edge, labels)) for edge in document.edges if edge.origin.how == "derived"
    ]
    return [*nodes, *edges]


def _item(note: NoteDocument, origin: Origin, what: str) -> DerivedItem:
    return DerivedItem(origin.rule or "", note.path, origin.lines[0] if origin.lines else 1, what)


def _sentence(edge: Edge, labels: dict[str, str]) -> str:
    dimension = f" in {edge.dimension}" if edge.dimension else ""
    return f"{labels[edge.source]} | {edge.relation} | {labels[edge.target]}{dimension}"
