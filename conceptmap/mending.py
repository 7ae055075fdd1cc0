"""Mending: a person changes, ends, confirms or refuses what the map says of a node or an edge; notes stay as they are.

Each is a word in the part `by:NAME` of the day on which the node or edge first comes up: it holds whatever notes say
later, and ends when its entry is undone. `conceptmap pull` writes it into the notes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from msgspec import structs

from conceptmap.identity import check_kind, check_name, named_node, own_document, own_word
from graphs.view import FoldedEdge, View
from ontology.errors import RefusedWrite
from ontology.hints import no_such
from ontology.model import MAX_TEXT, STATED, Document, Edge, EdgeKey, Node
from ontology.names import CONTRIBUTED, own_part
from ontology.rules import wrong_ends
from ontology.terms import DAY
from ontology.vocabulary import Vocabulary

How = Literal["changed", "ended", "refused"]


class Mend(Protocol):
    """Something to be mended."""

    def document(self, view: View, map: str, by: str) -> Document | None:
        """What a contributor adds to that end; None where the map is so already.

        Raises `UnknownNode`, or `RefusedWrite` where it cannot be.
        """


@dataclass(frozen=True, slots=True)
class ChangeNode:
    """Give a node another label, text or kind; what is None stays, and an empty text takes away the one it has.

    Its former label becomes an alias.
    """

    name: str
    label: str | None = None
    text: str | None = None
    kind: str | None = None

    def document(self, view: View, map: str, by: str) -> Document | None:
        """The corrected node. Derived edges that the new kind does not allow are refused with it."""
        node = named_node(view, self.name)
        check_kind(node)
        label = node.label if self.label is None else check_name(view, node, self.label)
        text = node.text if self.text is None else _checked_text(self.text, node.text)
        kind = node.kind if self.kind is None else _known_kind(self.kind, view.vocabulary)
        if (label, text, kind) == (node.label, node.text, node.kind):
            return None
        empty = own_document(map, node, by)
        word = own_word(view, empty, node)
        names = (*word.aliases, node.label) if label != node.label else word.aliases
        corrected = structs.replace(
            word,
            label=label,
            text=text if text != node.text else word.text,
            kind=kind,
            aliases=tuple(one for one in dict.fromkeys(names) if one != label),
            mention=False,
            correction=True,
            retyped=word.retyped or kind != node.kind,
            origin=STATED,
        )
        refused = _unfitting(view, node.id, kind) if kind != node.kind else ()
        return empty.with_assertions((corrected,), tuple(refused))


@dataclass(frozen=True, slots=True)
class EndNode:
    """End a node, and with it all that is joined to it."""

    name: str

    def document(self, view: View, map: str, by: str) -> Document | None:
        """The word that ends it."""
        node = named_node(view, self.name)
        if node.kind == DAY:
            raise RefusedWrite(f"{node.label!r} is a day: it ends when its notes are deleted")
        empty = own_document(map, node, by)
        ended = Node(id=node.id, kind=node.kind, label=node.label, mention=True, ended=True)
        return empty.with_assertions((ended,), ())


@dataclass(frozen=True, slots=True)
class ChangeEdge:
    """Give an edge another relation (by its name, or its inverse name) or note (empty: none), or turn it round."""

    key: EdgeKey
    relation: str | None = None
    turned: bool = False
    note: str | None = None

    def document(self, view: View, map: str, by: str) -> Document | None:
        """The end of the edge as it was, and the edge as it is to be, which is drawn where the other was."""
        old = known_edge(view, self.key)
        direction = view.vocabulary.direction(self.relation or old.relation)
        if direction is None:
            known = view.vocabulary
            raise RefusedWrite(no_such("relation", self.relation or "", known.direction_names, known.relations))
        note = old.note if self.note is None else self.note.strip() or None
        new = Edge(
            source=old.source,
            relation=direction.relation.name,
            target=old.target,
            dimension=old.dimension,
            values=old.values,
            note=note,
            place=old.place,
            parent=old.parent,
        )
        if self.turned != direction.inverse:
            new = new.turned
        is_same = view.folded_key(new.key) == view.folded_key(old.key)
        if is_same and note == old.note:
            return None
        if note is None and (there := view.edge(view.folded_key(new.key))) and there.note:
            new = structs.replace(new, note="")
        if problem := wrong_ends(direction.relation, view.node(new.source).kind, view.node(new.target).kind):
            raise RefusedWrite(problem)
        edges = (new,) if is_same else (_ended(old), new)
        return _own_document_of(map, old, by).with_assertions((), edges)


@dataclass(frozen=True, slots=True)
class EndEdge:
    """End an edge, whoever says it."""

    key: EdgeKey

    def document(self, view: View, map: str, by: str) -> Document | None:
        """The word that ends it."""
        old = known_edge(view, self.key)
        return _own_document_of(map, old, by).with_assertions((), (_ended(old),))


@dataclass(frozen=True, slots=True)
class Confirm:
    """Say oneself what was only read by rule: a node by its name, or an edge."""

    subject: str | EdgeKey

    def document(self, view: View, map: str, by: str) -> Document | None:
        """The node or the edge, as stated."""
        if isinstance(self.subject, EdgeKey):
            edge = known_edge(view, self.subject)
            if edge.how != "derived":
                return None
            said = Edge(
                source=edge.source,
                relation=edge.relation,
                target=edge.target,
                dimension=edge.dimension,
                values=edge.values,
                note=edge.note,
            )
            return _own_document_of(map, edge, by).with_assertions((), (said,))
        node = named_node(view, self.subject)
        if not node.is_derived:
            return None
        empty = own_document(map, node, by)
        return empty.with_assertions((Node(id=node.id, kind=node.kind, label=node.label, correction=True),), ())


@dataclass(frozen=True, slots=True)
class Refuse:
    """Say that something which was read by rule is not so. It stays out however often the notes are read again."""

    subject: str | EdgeKey

    def document(self, view: View, map: str, by: str) -> Document | None:
        """The refusal; of what somebody states nothing can be refused."""
        if isinstance(self.subject, EdgeKey):
            edge = known_edge(view, self.subject)
            if edge.how != "derived":
                raise RefusedWrite("this edge is stated, not only read by rule: it can be ended, not refused")
            return _own_document_of(map, edge, by).with_assertions((), (_bare(edge, refusal=True),))
        node = named_node(view, self.subject)
        if not node.is_derived:
            raise RefusedWrite(f"{node.label!r} is stated, not only read by rule: it can be ended, not refused")
        return EndNode(node.id).document(view, map, by)


def known_edge(view: View, key: EdgeKey) -> FoldedEdge:
    """The edge of this identity, its ends by any of their names. Raises `UnknownNode`, or `RefusedWrite`."""
    source, target = (named_node(view, end).id for end in (key.source, key.target))
    direction = view.vocabulary.direction(key.relation)
    if direction is not None:
        key = key._replace(relation=direction.relation.name)
        source, target = (target, source) if direction.inverse else (source, target)
    if (edge := view.edge(key._replace(source=source, target=target))) is None:
        ends = (view.node(one).label for one in (source, target))
        words = f" {key.relation} ".join(map(repr, ends)) + (f" in {key.dimension}" if key.dimension else "")
        raise RefusedWrite(f"the map has no edge {words}")
    return edge


# What was mended.


@dataclass(frozen=True, slots=True)
class Mended:
    """A word by which a contributor mended the map, and that stands: until its entry is undone.

    `label` says what it is about: a node by its label, an edge by its ends and its relation.
    """

    entry: int
    day: int
    by: str
    time: str
    how: How
    subject: str | EdgeKey
    label: str


def mended_in(view: View) -> list[Mended]:
    """All that contributors mended, newest entry first; an entry that says several has several."""
    found: list[Mended] = []
    for part in view.standing_parts():
        if part.key.part.startswith(CONTRIBUTED):
            for event in part.events:
                if event.document:
                    for how, item in _mends(event.document, part.document):
                        subject = item.id if isinstance(item, Node) else item.key
                        who = event.author or part.key.part.removeprefix(CONTRIBUTED)
                        label = label_of(view, part.document, item)
                        found.append(Mended(event.sequence, part.key.day, who, event.time, how, subject, label))
    return sorted(found, key=lambda one: (-one.entry, one.label))


def _mends(added: Document, stands: Document) -> Iterator[tuple[How, Node | Edge]]:
    """The words of an entry that mend something, as far as they are still what its part says."""
    nodes = {node.id: node for node in stands.nodes}
    edges = {edge.key: edge for edge in stands.edges}
    for node in added.nodes:
        if nodes.get(node.id) == node and (node.ended or node.correction):
            yield "ended" if node.ended else "changed", node
    for edge in added.edges:
        if edges.get(edge.key) == edge and edge.denies:
            yield "ended" if edge.ended else "refused", edge


def label_of(view: View, document: Document, item: Node | Edge) -> str:
    """What a word of a document is about: a node by its label, an edge by those of its ends and its relation."""
    if isinstance(item, Node):
        return item.label
    labels = {node.id: node.label for node in document.nodes}
    ends = (view.node(one).label if view.has_node(one) else labels.get(one, one) for one in (item.source, item.target))
    return f" {item.relation} ".join(ends) + (f" in {item.dimension}" if item.dimension else "")


# Pieces of words.


def _own_document_of(map: str, edge: FoldedEdge, by: str) -> Document:
    """The contributor's own part of the day that first says an edge, with nothing in it."""
    first = edge.assertions[0]
    return Document(map=map, day=first.day, part=own_part(by), undated=first.undated)


def _bare(edge: FoldedEdge, *, refusal: bool = False, ended: bool = False) -> Edge:
    return Edge(
        source=edge.source,
        relation=edge.relation,
        target=edge.target,
        dimension=edge.dimension,
        refusal=refusal,
        ended=ended,
    )


def _ended(edge: FoldedEdge) -> Edge:
    return _bare(edge, ended=True)


def _unfitting(view: View, node: str, kind: str) -> Iterator[Edge]:
    """Refusals of the derived edges of a node that none of another kind may have."""
    for edge in (*view.edges_from(node), *view.edges_to(node)):
        relation = view.vocabulary.relations.get(edge.relation)
        if relation is None or edge.how != "derived":
            continue
        kinds = [kind if end == node else view.node(end).kind for end in (edge.source, edge.target)]
        if wrong_ends(relation, kinds[0], kinds[1]):
            yield _bare(edge, refusal=True)


def _known_kind(name: str, vocabulary: Vocabulary) -> str:
    kind = vocabulary.kind(name)
    if kind is None or kind.name == DAY:
        known = [one for one in vocabulary.kinds if one != DAY]
        raise RefusedWrite(f"there is no kind {name!r} to choose; use one of: {', '.join(known)}")
    return kind.name


def _checked_text(text: str, former: str | None) -> str | None:
    text = text.strip("\n")
    if not text.strip():
        return "" if former else former
    if len(text) > MAX_TEXT:
        raise RefusedWrite(f"a text may have {MAX_TEXT:,} characters, and this has {len(text):,}")
    return text
