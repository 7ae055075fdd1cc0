"""Headings that were reworded between two loads of a note: the node keeps its id, and its former name leads to it.

A node is taken for one with another name where its section is the same but for the heading: its text is alike, or its
edges are, and it stands where the other stood. Then the document says that the new id became the old one: that holds as
long as the note stands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec import structs
from rapidfuzz import fuzz

from conceptmap.notes import NoteDocument
from graphs.fold import PartKey, as_said
from graphs.view import View
from ontology.errors import Problem
from ontology.model import Document, Edge, Node
from ontology.names import name_key, node_id
from ontology.terms import DAY, UNIT

ALIKE = 75
"""Of 100 points that the words of two texts share, those from which on one is the other reworded."""

FEWEST = 20
"""Characters of a text that tells its node from others."""

ENOUGH = 3
"""Edges that say as much as a name that is alike: one to what the section is part of, and two of its own."""

Ends = frozenset[tuple[str, str, bool]]
"""The edges of a node: the relation, the other end, and whether the node is the source."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A node as a document has it: its word, its edges, and the nodes that stand before and behind it."""

    node: Node
    edges: Ends
    beside: tuple[str, str]


def reworded(
    notes: Sequence[NoteDocument], view: View, moved: Iterable[PartKey] = ()
) -> tuple[tuple[NoteDocument, ...], list[Problem]]:
    """The notes with their reworded nodes leading to what these were in the parts that they replace; and what to say.

    `moved` are parts whose notes have another day by now.
    """
    days = {key.part: key for key in moved}
    defined = {node.id for note in notes for node in _definitions(note.document)}
    found: list[NoteDocument] = []
    said: list[Problem] = []
    for note in notes:
        key = PartKey(note.document.day, note.document.part)
        former = view.document(key) or view.document(days.get(key.part, key))
        if former is None:
            found.append(note)
            continue
        kept = _with_former_ways(note.document, former)
        pairs = _pairs(note, kept, former, view, defined)
        document = _led(kept, former, pairs, view)
        found.append(replace(note, document=document))
        said += (_told(note, old, new) for old, new in pairs)
    return tuple(found), said


def _told(note: NoteDocument, old: Node, new: Node) -> Problem:
    line, column = note.positions.get(new.id, (1, 1))
    what = f"{old.label!r} is called {new.label!r} now: it is the same node, and both names find it"
    return Problem(
        file=note.path, line=line, column=column, what=what, hint=f"if it is another, write {{#{new.id}-2}} behind it"
    )


def _definitions(document: Document) -> Iterator[Node]:
    return (node for node in document.nodes if not node.mention and node.kind not in (DAY, UNIT))


def _with_former_ways(document: Document, former: Document) -> Document:
    """The document with what its former one said of ids that lead to others, as far as their ends are still there."""
    ways = {node.id: node for node in former.nodes if node.became is not None}
    if not ways:
        return document
    here = {node.id for node in _definitions(document)}
    nodes = [
        _leading(node, str(ways[node.id].became), ways[node.id].aliases)
        if node.id in ways and not node.mention and ways[node.id].became not in here
        else node
        for node in document.nodes
    ]
    ends = here | {node.became for node in nodes if node.became}
    nodes += [_way(node) for node in ways.values() if node.id not in here and node.became in ends]
    return document.with_assertions(_each_once(nodes), document.edges)


def _leading(node: Node, end: str, names: Iterable[str]) -> Node:
    """A node under its new name, which leads to what it was."""
    aliases = dict.fromkeys(name for name in (*node.aliases, *names) if name != node.label)
    return structs.replace(node, became=end, aliases=tuple(aliases))


def _way(node: Node) -> Node:
    return Node(id=node.id, kind=node.kind, label=node.label, mention=True, became=node.became)


def _each_once(nodes: Iterable[Node]) -> tuple[Node, ...]:
    found: dict[str, Node] = {}
    for node in nodes:
        if node.id not in found or node.became is not None:
            found[node.id] = node
    return tuple(found.values())


def _pairs(
    note: NoteDocument, document: Document, former: Document, view: View, defined: set[str]
) -> list[tuple[Node, Node]]:
    """Nodes of the former document that are gone, each with the one that it is now; none where several may be it."""
    before, after = _sections(former), _sections(document)
    gone = [one for name, one in before.items() if name not in defined and not _elsewhere(view, name, former)]
    new = [
        one
        for name, one in after.items()
        if name not in before and name == node_id(one.node.label) and _is_heading(note, name)
        if one.node.became is None and not _elsewhere(view, name, former)
    ]
    fits = [(old, one) for old in gone for one in new if old.node.kind == one.node.kind and _is_same(old, one)]
    return [
        (old.node, one.node)
        for old, one in fits
        if sum(other is old for other, _ in fits) == 1 and sum(other is one for _, other in fits) == 1
    ]


def _sections(document: Document) -> Mapping[str, _Section]:
    nodes = list(_definitions(document))
    edges: dict[str, set[tuple[str, str, bool]]] = {node.id: set() for node in nodes}
    for edge in document.edges:
        for end, other, is_source in _ends(edge):
            if end in edges:
                edges[end].add((edge.relation, other, is_source))
    names = ["", *(node.id for node in nodes), ""]
    return {
        node.id: _Section(node, frozenset(edges[node.id]), (names[place], names[place + 2]))
        for place, node in enumerate(nodes)
    }


def _ends(edge: Edge) -> tuple[tuple[str, str, bool], tuple[str, str, bool]]:
    return (edge.source, edge.target, True), (edge.target, edge.source, False)


def _elsewhere(view: View, node: str, former: Document) -> bool:
    """Whether another part defines a node, by this very id."""
    own = (former.day, former.part)
    others = (one for one in view.said_of_node(node) if not one.item.mention and (one.day, one.part) != own)
    return any(as_said(one).id == node for one in others)


def _is_heading(note: NoteDocument, node: str) -> bool:
    line = note.positions.get(node, (0, 0))[0] - note.first
    return 0 <= line < len(note.lines) and note.lines[line].lstrip(" >").startswith("#")


def _is_same(old: _Section, new: _Section) -> bool:
    """Whether two sections are one but for their heading."""
    at_its_place, is_joined_alike = old.beside == new.beside, _share(old.edges, new.edges)
    is_named_alike = fuzz.token_set_ratio(name_key(old.node.label), name_key(new.node.label)) >= ALIKE
    texts = [one.node.text or one.node.formula or "" for one in (old, new)]
    if all(len(text) >= FEWEST for text in texts):
        return fuzz.ratio(*texts) >= ALIKE and (at_its_place or is_joined_alike or is_named_alike)
    is_held = is_named_alike or len(old.edges & new.edges) >= ENOUGH
    return texts[0] == texts[1] and at_its_place and is_joined_alike and is_held


def _share(before: Ends, after: Ends) -> bool:
    """Whether the same is joined to both: at least half of all."""
    return 2 * len(before & after) >= len(before | after) > 0


def _led(document: Document, former: Document, pairs: list[tuple[Node, Node]], view: View) -> Document:
    """The document in which the new names lead to what the nodes were."""
    if not pairs:
        return document
    nodes = {node.id: node for node in document.nodes}
    for old, new in pairs:
        end = view.leads_to(old.id)
        if end == new.id:  # it is called again as it was
            nodes[old.id] = structs.replace(_way(old), became=end)
            continue
        names = (old.label, *(old.aliases if old.became is not None else ()))
        nodes[new.id] = _leading(nodes[new.id], end, names)
        if old.became is not None:
            nodes[old.id] = structs.replace(_way(old), became=end)
    return document.with_assertions(tuple(nodes.values()), document.edges)
