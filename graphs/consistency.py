"""What documents may not do, by themselves or to the map they meet.

Each must keep the rules of `ontology.rules`. Together with the rest of the map they must not give one id two kinds, nor
close a cycle of a relation that has none; nor may ids that they lead to others do so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import islice, pairwise

from graphs.bounds import in_time
from graphs.fold import Asserted, Event, Fold, PartKey, as_said, became_in, kind_of, retyped_as, visible
from graphs.view import View
from ontology.model import Document, Edge, EdgeKey, Node
from ontology.names import CONTRIBUTED, one_of_kind
from ontology.rules import Finding, check_document, wrong_ends
from ontology.vocabulary import Vocabulary

MAX_CYCLES = 100
"""So many cycles of one relation are named at once; each costs a look at all that the new edges reach."""

NewEdges = Mapping[tuple[str, str], tuple[PartKey, Edge]]
"""The change's edges of one relation by their ends, each with its part."""

Placed = tuple[PartKey, Finding]
"""A finding and the part of the change that it is in."""


def check(
    view: View, documents: Sequence[Document], ended: Iterable[PartKey] = (), *, joining: bool = False
) -> list[tuple[int, Finding]]:
    """All that documents would break if each took the place of its part (or joined it), and the `ended` parts ended.

    Each finding has the index of its document: first what each breaks by itself, then what they break together with
    the rest of the map. Where there is none they may be stored. No two documents are of one part.
    """
    index_of = {PartKey(one.day, one.part): index for index, one in enumerate(documents)}
    alone = (
        (index, one) for index, each in enumerate(in_time(documents)) for one in check_document(each, view.vocabulary)
    )
    return [*alone, *((index_of[part], one) for part, one in check_together(view, documents, ended, joining=joining))]


def check_stored(view: View) -> Iterator[tuple[Document, Finding]]:
    """What standing documents break of the view's vocabulary, which may have been another when they came in."""
    documents = list(view.documents())
    empty = View(Fold(view.vocabulary), view.vocabulary)
    return ((documents[index], finding) for index, finding in check(empty, documents))


def check_together(
    view: View, documents: Iterable[Document], ended: Iterable[PartKey] = (), *, joining: bool = False
) -> list[Placed]:
    """The second half of `check`: what documents would break together with the rest of the map."""
    news = {PartKey(one.day, one.part): one for one in documents}
    gone = set(ended) if joining else news.keys() | set(ended)
    words = {(part, node.id) for part, one in news.items() for node in one.nodes if not node.adds_nothing}
    fold = view.fold
    said = {part: [Event(fold.sequence + number, part, one)] for number, (part, one) in enumerate(news.items(), 1)}
    led = fold.led_after(said, gone)
    if led != fold.led:
        fold = fold.copied()
        fold.lead(led)
    joined = {
        fold.leads_to(node): part
        for part, one in news.items()
        for node in became_in([Event(0, part, one)])
        if node in fold.led
    }
    change = _Change(fold, news, gone, words, joined if fold is not view.fold else {})
    acyclic = (relation.name for relation in view.vocabulary.relations.values() if relation.acyclic)
    kinds = (*_two_kinds(change), *_wrong_ends(change, view.vocabulary), *(_revived(change) if joining else ()))
    return [*kinds, *(one for name in acyclic for one in islice(_cycles(change, name), MAX_CYCLES))]


@dataclass(frozen=True)
class _Change:
    """The new documents, the parts whose former ones go, the map as it stands, and what the parts define anew.

    `fold` leads ids as it will once the change is made; `joined` are the nodes that ids lead to from now on, with the
    part that says so.
    """

    fold: Fold
    news: Mapping[PartKey, Document]
    gone: Set[PartKey]
    words: Set[tuple[PartKey, str]]
    joined: Mapping[str, PartKey]

    def nodes(self, node: str) -> Iterator[Asserted[Node]]:
        """What is said of a node that the change does not replace."""
        for one in self.fold.nodes.get(self.fold.leads_to(node), ()):
            part = PartKey(one.day, one.part)
            if part not in self.gone and (part, as_said(one).id) not in self.words:
                yield one

    def kind(self, node: str) -> str:
        """The kind that a node has once the change is made."""
        end, sequence = self.fold.leads_to(node), self.fold.sequence + 1
        news = (
            Asserted(part.day, sequence, part.part, "", one)
            for part, said in self.news.items()
            for one in said.nodes
            if self.fold.leads_to(one.id) == end
        )
        return kind_of([*self.nodes(node), *news])

    def label(self, node: str) -> str:
        """What a node is called where it was said last."""
        return next((one.item.label for one in reversed(self.fold.nodes.get(self.fold.leads_to(node), ()))), node)

    def retyped_as(self, node: str) -> str | None:
        """The kind to which a contributor has corrected a node; None where nobody did."""
        return retyped_as(self.nodes(node))

    def edges(self, key: EdgeKey) -> Iterator[Asserted[Edge]]:
        """What is said of an edge outside the parts that go, if the change does not end it."""
        said = () if key in self.ended else self.fold.visible(key)
        return (one for one in said if PartKey(one.day, one.part) not in self.gone)

    def hides(self, part: PartKey, edge: Edge) -> bool:
        """Whether what a part says anew of an edge is left out, as a contributor refuses or ended it."""
        key = self.fold.folded_key(edge.key)
        if key not in self.fold.refused:
            return False
        word = Asserted(part.day, self.fold.sequence + 1, part.part, "", edge)
        kept = (one for one in self.fold.edges[key] if PartKey(one.day, one.part) not in self.gone)
        return word not in visible((*kept, word))

    @cached_property
    def ended(self) -> Set[EdgeKey]:
        """The edges that the change ends."""
        said = (edge for document in self.news.values() for edge in document.edges if edge.ended)
        return {self.fold.folded_key(edge.key) for edge in said}


def kind_clashes(view: View, documents: Sequence[Document]) -> Iterator[tuple[int, Finding]]:
    """Where contributors' parts say another kind than notes: that of the notes counts, and somebody should know."""
    for index, document in enumerate(documents):
        own = PartKey(document.day, document.part)
        for node in document.nodes:
            for one in () if node.mention else view.said_of_node(node.id):
                part = PartKey(one.day, one.part)
                if one.item.retyped or one.item.kind == node.kind:
                    continue
                if not one.item.mention and _yields(own, part):
                    what = f"{node.label!r} is of the kind {node.kind} here, but {part.part} of day {part.day} says"
                    hint = f"the notes count; append it there anew, or undo it: conceptmap revert {one.sequence}"
                    yield index, Finding(node.id, f"{what} {one.item.kind}", hint)


def _yields(part: PartKey, other: PartKey) -> bool:
    """Whether notes say something of which a contributor says otherwise."""
    return other.part.startswith(CONTRIBUTED) and not part.part.startswith(CONTRIBUTED)


def _two_kinds(change: _Change) -> Iterator[Placed]:
    """A node's kind must be the same wherever it is defined, and wherever it is mentioned from then on.

    What contributors said before keeps no notes from saying another kind, and from then on it does not count.
    """
    first: dict[str, tuple[PartKey, Node]] = {}
    for part, document in change.news.items():
        for node in document.nodes:
            if node.ended or node.retyped or node.kind == change.retyped_as(node.id):
                continue
            for other in _deciding(change, part, node):
                if other.item.kind != node.kind:
                    yield _kind_finding(part, node, other.item, PartKey(other.day, other.part))
                    break
            else:
                place, said = first.setdefault(change.fold.leads_to(node.id), (part, node))
                both = said.mention and node.mention
                is_other = (place, said.id) != (part, node.id)  # else it stands there twice
                if said.kind != node.kind and is_other and not both:
                    yield _kind_finding(part, node, said, place)


def _deciding(change: _Change, part: PartKey, node: Node) -> list[Asserted[Node]]:
    """The definitions of a node whose kind a part must say too: those of notes, where there are any.

    A contributor's part that is put back as a whole may differ from the notes, as it did before.
    """
    said = [one for one in change.nodes(node.id) if not one.item.mention]
    noted = [one for one in said if not one.part.startswith(CONTRIBUTED)]
    if part.part.startswith(CONTRIBUTED):
        return [] if noted and part in change.gone else noted or said
    return noted


def _wrong_ends(change: _Change, vocabulary: Vocabulary) -> Iterator[Placed]:
    """What the change makes of a node that was only mentioned must suit the edges that are stated of it."""
    for part, document in change.news.items():
        for node in document.nodes:
            said = list(change.nodes(node.id))
            is_only_mentioned = all(one.item.mention for one in said)
            if all(one.item.kind == node.kind for one in said) or not (node.retyped or is_only_mentioned):
                continue
            end = change.fold.leads_to(node.id)
            for key in (*change.fold.outgoing.get(end, ()), *change.fold.incoming.get(end, ())):
                stated = next((one for one in change.edges(key) if one.item.origin.how != "derived"), None)
                relation = vocabulary.relations.get(key.relation)
                if stated is None or relation is None:
                    continue
                if problem := wrong_ends(relation, change.kind(key.source), change.kind(key.target)):
                    said_of = f"{change.label(key.source)!r} {key.relation} {change.label(key.target)!r}"
                    yield part, _ends_finding(node, stated, f"{said_of}: {problem}")


def _revived(change: _Change) -> Iterator[Placed]:
    """What a contributor says of a node that another one ended would be seen by nobody."""
    for part, document in change.news.items():
        for node in document.nodes:
            if change.fold.is_ended(node.id) and not node.ended:
                what = f"{node.label!r} was ended, and nothing that is said of it is shown"
                yield part, Finding(node.id, what, "take its end back first: `conceptmap revert` that entry", "id")


def _ends_finding(node: Node, said: Asserted[Edge], problem: str) -> Finding:
    line = f":{said.item.origin.lines[0]}" if said.item.origin.lines else ""
    what = f"{node.label!r} is {one_of_kind(node.kind)} here, but day {said.day} ({said.part}{line}) says"
    return Finding(node.id, f"{what} {problem}", "correct one of the two", "kind")


def _kind_finding(part: PartKey, node: Node, other: Node, place: PartKey) -> Placed:
    line = f":{other.origin.lines[0]}" if other.origin.lines else ""
    here, there = one_of_kind(node.kind), one_of_kind(other.kind)
    what = f"{node.label!r} is {here} here and {there} on day {place.day} ({place.part}{line})"
    return part, Finding(node.id, what, "use one kind in both, or give one of them another {#id}", "kind")


def _cycles(change: _Change, relation: str) -> Iterator[Placed]:
    """One finding a cycle, at its last new edge (a derived one if it can be), until without those there is none."""
    new = {**_moved(change, relation), **_said_anew(change, relation)}
    order = {step: (new[step][1].origin.how == "derived", number) for number, step in enumerate(new)}
    after = _successors(change, relation, new)
    while cycle := _cycle(after):
        closing = [step for step in pairwise(cycle) if step in new]
        if not closing:
            return  # the map had this one already
        source, target = last = max(closing, key=order.__getitem__)
        part, edge = new[last]
        del after[source][target]
        first = cycle.index(source)
        steps = pairwise([*cycle[first:], *cycle[1 : first + 1]])
        said = ", ".join(_step(step, relation, change, new) for step in steps)
        hint = "take one of these edges out"
        yield part, Finding(edge.key, f"{relation!r} runs in a circle: {said}", hint)


def _said_anew(change: _Change, relation: str) -> NewEdges:
    """The edges of a relation that the new documents say and nobody said before."""
    found: dict[tuple[str, str], tuple[PartKey, Edge]] = {}
    for part, document in change.news.items():
        for edge in document.edges:
            key = change.fold.folded_key(edge.key)
            is_new = edge.relation == relation and not edge.denies and not any(change.edges(key))
            if is_new and key.source != key.target and not change.hides(part, edge):
                found[key.source, key.target] = part, edge
    return found


def _moved(change: _Change, relation: str) -> NewEdges:
    """The edges of a relation that begin or end elsewhere as ids lead there from now on."""
    found: dict[tuple[str, str], tuple[PartKey, Edge]] = {}
    for node, part in change.joined.items():
        keys = (*change.fold.outgoing.get(node, ()), *change.fold.incoming.get(node, ()))
        for key in keys:
            if key.relation == relation and (said := next(change.edges(key), None)):
                found[key.source, key.target] = part, said.item
    return found


def _successors(change: _Change, relation: str, new: NewEdges) -> dict[str, dict[str, None]]:
    """Who follows whom in a relation once the change is made, as far as the new edges reach."""
    added: dict[str, list[str]] = {}
    for source, target in new:
        added.setdefault(source, []).append(target)
    found: dict[str, dict[str, None]] = {}
    waiting = list(added)
    while waiting:
        node = waiting.pop()
        if node not in found:
            keys = (key for key in change.fold.outgoing.get(node, ()) if key.relation == relation)
            kept = (key.target for key in keys if any(change.edges(key)))
            found[node] = dict.fromkeys((*kept, *added.get(node, ())))
            waiting += found[node]
    return found


def _cycle(successors: Mapping[str, Iterable[str]]) -> list[str] | None:
    """The nodes of one cycle in the order of its edges, the first again at the end; None if there is no cycle."""
    try:
        TopologicalSorter(successors).prepare()
    except CycleError as error:
        backwards: list[str] = error.args[1]
        return backwards[::-1]
    return None


def _step(pair: tuple[str, str], relation: str, change: _Change, new: NewEdges) -> str:
    """One edge of a cycle and where it is said."""
    source, target = pair
    standing = change.edges(EdgeKey(source, relation, target))
    said = new.get(pair) or next(((PartKey(one.day, one.part), one.item) for one in standing), None)
    if said is None:
        return f"{source} -> {target}"
    part, edge = said
    line = f":{edge.origin.lines[0]}" if edge.origin.lines else ""
    return f"{source} -> {target} ({part.part}{line})"
