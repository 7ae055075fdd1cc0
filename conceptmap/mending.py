"""Mending: a person changes, ends, confirms or refuses what the map says of a node or an edge; notes stay as they are.

Each is a word in the part `by:NAME` of the day on which the node or edge first comes up: it holds whatever notes say
later, and ends when its entry is undone. `conceptmap pull` writes it into the notes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from msgspec import structs

from conceptmap.identity import check_kind, check_name, named_node, own_document, own_word
from graphs.fold import ENDED, PartKey
from graphs.view import FoldedEdge, View
from ontology.errors import RefusedWrite
from ontology.hints import no_such
from ontology.model import MAX_TEXT, STATED, Document, Edge, EdgeKey, Node
from ontology.names import CONTRIBUTED, own_part
from ontology.rules import Finding, wrong_ends
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


# What notes say against it.


def contradicted(document: Document, view: View) -> Iterator[Finding]:
    """What a note that was edited says by now against a mend that stands: which mend, what holds, and what to do.

    What the note said before is the author of the mend's affair, who saw it; so only what is new is told.
    """
    mends = list(_standing_words(view))
    if not mends:
        return
    former = view.part(PartKey(document.day, document.part))
    before = _Said.of(former.document, view) if former else _Said({}, {})
    now = _Said.of(document, view)
    for entry, by, mend in mends:
        subject: str | EdgeKey | None = None
        told: Iterable[str] = ()
        if isinstance(mend, Node) and (node := now.nodes.get(mend.id)):
            subject, told = node.id, _against_node(node, before.nodes.get(mend.id), mend, by)
        elif isinstance(mend, Edge) and (edge := now.edges.get(key := view.folded_key(mend.key))):
            subject, told = edge.key, _against_edge(edge, before.edges.get(key), mend, by)
        hint = f"`conceptmap pull` writes it into the note; `conceptmap revert {entry}` takes it back"
        if subject is None:
            continue
        for what in told:
            yield Finding(subject, f"{what} on the map (entry {entry}), which holds", hint)


def _standing_words(view: View) -> Iterator[tuple[int, str, Node | Edge]]:
    """The words of contributors that stand, each with its entry and who said it."""
    for part in view.standing_parts():
        if not part.key.part.startswith(CONTRIBUTED):
            continue
        nodes = {node.id: node for node in part.document.nodes}
        edges = {edge.key: edge for edge in part.document.edges}
        for event in part.events:
            if event.document:
                by = event.author or part.key.part.removeprefix(CONTRIBUTED)
                said: list[Node | Edge] = [node for node in event.document.nodes if nodes.get(node.id) == node]
                said += [edge for edge in event.document.edges if edges.get(edge.key) == edge]
                yield from ((event.sequence, by, item) for item in said)


class _Said(NamedTuple):
    """What a document says, by the ids and keys that the map has for it; mentions left out."""

    nodes: Mapping[str, Node]
    edges: Mapping[EdgeKey, Edge]

    @classmethod
    def of(cls, document: Document, view: View) -> "_Said":
        ids = {one.id: view.leads_to(one.id) for one in document.nodes}
        nodes = {one.id if ids[one.id] == ENDED else ids[one.id]: one for one in document.nodes if not one.mention}
        return cls(nodes, {view.folded_key(edge.key): edge for edge in document.edges})


def _against_node(new: Node, old: Node | None, mend: Node, by: str) -> Iterator[str]:
    if mend.ended and (old is None or _said(new) != _said(old)):
        yield f"the note says {new.label!r}, and {by} ended it"
    if not mend.correction or old is None:
        return
    if new.label not in (old.label, mend.label):
        yield f"the note calls it {new.label!r} now, and {by} called it {mend.label!r}"
    if mend.retyped and new.kind not in (old.kind, mend.kind):
        yield f"the note makes {mend.label!r} a {new.kind} now, and {by} made it a {mend.kind}"
    if mend.text is not None and _words(new.text) not in (_words(old.text), _words(mend.text)):
        done = "changed its text" if mend.text else "took its text away"
        yield f"the note has another text for {mend.label!r} now, and {by} {done}"


def _against_edge(new: Edge, old: Edge | None, mend: Edge, by: str) -> Iterator[str]:
    words = f"{new.source!r} {new.relation} {new.target!r}"
    if mend.ended and old is None and new.origin.how != "derived":
        yield f"the note says {words}, and {by} ended that"
    if mend.note == "" and old is not None and _words(new.note) not in (_words(old.note), ""):
        yield f"the note says why {words} now, and {by} took that away"


def _said(node: Node) -> tuple[str, str, str]:
    return node.label, node.kind, _words(node.text)


def _words(text: str | None) -> str:
    return (text or "").strip()


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
