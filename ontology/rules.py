"""The rules that one document must keep, checked against the vocabulary; and what completes a document.

Findings are returned, not raised.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from ontology.errors import json_pointer
from ontology.hints import near_or_all
from ontology.model import Document, Edge, EdgeKey, Node
from ontology.names import CONTRIBUTED, day_id, day_label, day_number, node_id, one_of_kind, own_part
from ontology.terms import DAY, OPPOSES, PART_OF, UNDERCUTS, UNIT
from ontology.vocabulary import Relation, Vocabulary

Subject = TypeVar("Subject", str, EdgeKey)
"""What names an item of a document: a node's id or an edge's identity."""


MOST_OTHERS = 4
"""Relations that are offered instead of a wrong one: between concepts nearly all are allowed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: the node id or edge identity that breaks it, what is wrong, what to do, and in which field."""

    subject: str | EdgeKey
    what: str
    hint: str = ""
    field: str | None = None


def completed(document: Document) -> Document:
    """The document with its Day node, its Unit nodes and the edges that make the day part of them.

    An undated one has no Day node, and nothing that would be part of its units. What the document already says of
    them stays as it is; completing twice changes nothing. A document that says a node or edge twice comes back as it
    is, so that `check_document` can name it: nothing is lost by completing.

    >>> document = completed(Document(map="bread", day=2, part="notes", units=("Week 1",)))
    >>> [node.id for node in document.nodes], [edge.relation for edge in document.edges]
    (['day-2', 'week-1'], ['part of'])
    """
    nodes = {node.id: node for node in document.nodes}
    edges = {edge.key: edge for edge in document.edges}
    if len(nodes) < len(document.nodes) or len(edges) < len(document.edges):
        return document
    day = day_id(document.day)
    said = nodes.get(day)
    if not document.undated and (said is None or said.mention):
        place = said.place if said else None
        label, title = document.day_name or day_label(document.day), document.title
        data = {"date": document.date, **document.data} if document.date else document.data
        nodes[day] = Node(id=day, kind=DAY, label=label, text=title, data=data, place=place)
    for unit in document.units:
        name = node_id(unit)
        known = nodes.get(name)
        if known is None or (known.mention and known.kind == UNIT):
            nodes[name] = Node(id=name, kind=UNIT, label=unit, place=known.place if known else None)
        edge = Edge(source=day, relation=PART_OF, target=name)
        if not document.undated:
            edges.setdefault(edge.key, edge)
    return document.with_assertions(tuple(nodes.values()), tuple(edges.values()))


def check_document(document: Document, vocabulary: Vocabulary) -> list[Finding]:
    """All that is wrong with a document by itself; an empty list means it may be stored if the map agrees.

    >>> from ontology.vocabulary import read_vocabulary
    >>> node = Node(id="yeast", kind="Fungus", label="Yeast")
    >>> document = Document(map="bread", day=1, part="notes", nodes=(node,))
    >>> [finding.what for finding in check_document(document, read_vocabulary())]
    ["unknown kind 'Fungus'"]
    """
    nodes = {node.id: node for node in document.nodes}
    return [
        *_twice(document),
        *_no_day(document),
        *_not_own(document),
        *(finding for node in document.nodes for finding in _check_node(node, vocabulary)),
        *(finding for edge in document.edges for finding in _check_edge(edge, nodes, vocabulary)),
    ]


def wrong_ends(relation: Relation, source_kind: str, target_kind: str) -> str | None:
    """Why a relation may not join nodes of these kinds; None where it may."""
    if relation.allows(source_kind, target_kind):
        return None
    if _starts_wrong(relation, source_kind):
        return f"{relation.name!r} cannot start at {one_of_kind(source_kind)}, only at {_one_of(relation.sources)}"
    return f"{relation.name!r} cannot end at {one_of_kind(target_kind)}, only at {_one_of(relation.targets)}"


def _one_of(kinds: Iterable[str]) -> str:
    first, *others = sorted(kinds)
    names = [one_of_kind(first), *others]
    return f"{', '.join(names[:-1])} or {names[-1]}" if others else names[0]


def _starts_wrong(relation: Relation, kind: str) -> bool:
    return bool(relation.sources) and kind not in relation.sources


def _twice(document: Document) -> Iterator[Finding]:
    for node, places in _repeated("nodes", (one.id for one in document.nodes)):
        what = f"node {node!r} stands in the document {len(places)} times"
        yield Finding(node, what, f"say all of it in one place; now: {', '.join(places)}")
    for key, places in _repeated("edges", (one.key for one in document.edges)):
        what = f"{_sentence(key)}: the same edge stands there {len(places)} times"
        yield Finding(key, what, f"keep one of {', '.join(places)}")


def _repeated(name: str, subjects: Iterable[Subject]) -> Iterator[tuple[Subject, list[str]]]:
    """What stands more than once in a list of a document, with the JSON pointers to where."""
    places: dict[Subject, list[str]] = {}
    for number, subject in enumerate(subjects):
        places.setdefault(subject, []).append(json_pointer(name, number))
    return ((subject, found) for subject, found in places.items() if len(found) > 1)


def _no_day(document: Document) -> Iterator[Finding]:
    if document.undated and document.day != 0:
        what = f"the document is undated and of day {document.day}"
        yield Finding(day_id(document.day), what, "put it at day 0, or leave out 'undated'", "undated")


def _not_own(document: Document) -> Iterator[Finding]:
    """Corrections, refusals and ends where they would be lost: notes are put anew, a contributor's word stays."""
    if document.part.startswith(CONTRIBUTED):
        return
    hint = f"append it: only parts of contributors ({own_part('NAME')}) hold such"
    for node in document.nodes:
        if node.correction:
            yield Finding(node.id, f"the part {document.part!r} cannot correct {node.id!r}", hint, "correction")
        if node.ended:
            yield Finding(node.id, f"the part {document.part!r} cannot end {node.id!r}", hint, "ended")
    for edge in document.edges:
        if edge.denies:
            does, field = ("end", "ended") if edge.ended else ("refuse", "refusal")
            what = f"the part {document.part!r} cannot {does} {_sentence(edge.key)!r}"
            yield Finding(edge.key, what, hint, field)


def _check_node(node: Node, vocabulary: Vocabulary) -> Iterator[Finding]:
    if node.kind not in vocabulary.kinds:
        yield Finding(node.id, f"unknown kind {node.kind!r}", _near(node.kind, vocabulary.kinds), "kind")
    number = day_number(node.id)
    if node.kind == DAY and number is None:
        hint = f"a Day's id is {day_id(0)!r}, {day_id(1)!r} and so on"
        yield Finding(node.id, f"a {DAY} cannot have the id {node.id!r}", hint, "id")
    if node.kind != DAY and number is not None:
        yield Finding(node.id, f"{one_of_kind(node.kind)} cannot have the id {node.id!r}", "give it another id", "id")
    if node.mention and (node.text is not None or node.formula is not None or node.aliases or node.data):
        yield Finding(
            node.id,
            f"{node.label!r} is marked as a mention but says more than kind and label",
            "leave out either the mark or the rest",
            "mention",
        )
    if node.became is not None and node.became == node.id:
        yield Finding(node.id, f"{node.id!r} cannot become itself", "name the node that it leads to", "became")
    elif node.became is not None and (node.kind == DAY or day_number(node.became) is not None):
        what = f"{node.id!r} cannot become {node.became!r}: a {DAY} is no other node"
        yield Finding(node.id, what, "leave out 'became'", "became")
    if node.mention and node.correction:
        what = f"{node.label!r} is marked as a mention and as a correction"
        yield Finding(node.id, what, "leave out one of the two", "correction")
    if node.retyped and not node.correction:
        what = f"{node.label!r} is marked as of another kind, and not as a correction"
        yield Finding(node.id, what, "mark it as a correction too", "retyped")
    if node.ended and (node.became is not None or not node.mention or node.kind == DAY):
        what = f"{node.label!r} is marked as ended, and says more than that" if node.kind != DAY else "a day cannot end"
        yield Finding(node.id, what, "leave out the mark, or mark it as a mention that leads nowhere", "ended")


def _check_edge(edge: Edge, nodes: dict[str, Node], vocabulary: Vocabulary) -> Iterator[Finding]:
    relation = vocabulary.relations.get(edge.relation)
    if relation is None:
        hint = _near(edge.relation, vocabulary.relations)
        yield Finding(edge.key, f"unknown relation {edge.relation!r}", hint, "relation")
    ends = {edge.source: "source", edge.target: "target"}
    missing = {end: field for end, field in ends.items() if end not in nodes}
    for end, field in missing.items():
        hint = "add it to the document's nodes, as a mention if it is defined elsewhere"
        yield Finding(edge.key, f"the end {end!r} is not among the document's nodes", hint, field)
    if edge.source == edge.target:
        yield Finding(edge.key, f"{edge.source!r} cannot be joined to itself", "name two different nodes", "target")
    elif relation is not None and not missing and not edge.denies:
        source, target = nodes[edge.source], nodes[edge.target]
        problem = wrong_ends(relation, source.kind, target.kind)
        if problem:
            hint = _other_relations(source, relation, target, vocabulary)
            field = "source" if _starts_wrong(relation, source.kind) else "target"
            yield Finding(edge.key, problem, hint, field)
    if (edge.place is None) != (edge.parent is None):
        yield Finding(edge.key, "an edge has a place and a parent, or neither", "give both")
    if edge.values is not None and edge.dimension is None:
        yield Finding(edge.key, "the values of a comparison need a dimension", "name it in 'dimension'", "values")


def _other_relations(source: Node, relation: Relation, target: Node, vocabulary: Vocabulary) -> str:
    """What two nodes are, and by which relations they may be joined instead."""
    are = f"{source.label!r} is {one_of_kind(source.kind)}, {target.label!r} is {one_of_kind(target.kind)}"
    if relation.name == UNDERCUTS:
        return f"{are}: name the step that it undercuts, as in undercuts:: [[A]] supports [[B]]; or use {OPPOSES!r}"
    if relation.allows(target.kind, source.kind):
        return f"{are}: turn it round, or give one of them another kind"
    others = [one.name for one in vocabulary.relations.values() if one.allows(source.kind, target.kind)]
    instead = f", or use {' or '.join(map(repr, others[:MOST_OTHERS]))}" if others else ""
    return f"{are}: give one of them another kind{instead}"


def _near(name: str, names: Iterable[str]) -> str:
    return near_or_all(name, list(names))


def _sentence(key: EdgeKey) -> str:
    return f"{key.source} {key.relation} {key.target}"
