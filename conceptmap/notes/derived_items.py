"""What rules found in notes, by rule class and line, so that a person can review it before it is stored."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from conceptmap.notes.lesson import class_of
from conceptmap.notes.values import NoteDocument
from ontology.model import Edge, Node


class DerivedItem(NamedTuple):
    """A derived node or edge: the name of the rule class that read it, where, and what it says."""

    rule: str
    file: str
    line: int
    what: str


def derived_items_of(notes: Iterable[NoteDocument]) -> list[DerivedItem]:
    """All derived nodes and edges of the pages that nobody annotated, the surest rule first, then by line."""
    pages = [list(_items(note)) for note in notes]
    found = [item for page in pages if any(class_of(item.rule).guesses for item in page) for item in page]
    return sorted(found, key=lambda item: (class_of(item.rule).doubt, item.rule, item.file, item.line))


def _items(note: NoteDocument) -> Iterator[DerivedItem]:
    labels = {node.id: node.label for node in note.document.nodes}
    items: list[Node | Edge] = [*note.document.nodes, *note.document.edges]
    for item in items:
        if item.origin.how != "derived" or (isinstance(item, Node) and item.mention):
            continue
        if isinstance(item, Node):
            what = f"{item.kind}: {item.label}"
        else:
            dimension = f" in {item.dimension}" if item.dimension else ""
            what = f"{labels[item.source]} | {item.relation} | {labels[item.target]}{dimension}"
        yield DerivedItem(item.origin.rule or "", note.path, item.origin.lines[0] if item.origin.lines else 1, what)
