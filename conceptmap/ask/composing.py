"""Composing: questions for some of what a relation joins to a node, for all but some, for how many, for two at once."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice, permutations

from conceptmap.ask.askable import (
    MAX_EDGES,
    Askable,
    Cues,
    as_cues,
    cues,
    cues_of_kind,
    name_in_question,
    noun_of,
    whether,
)
from graphs.view import FoldedNode, View
from graphs.words import MAX_FACET
from ontology.names import name_key
from ontology.terms import INTRODUCED_ON

MOST_LEFT_OUT = 4
"""So many names can be left out of an answer in a sentence that one still reads."""


def some_of(view: View, one: Askable) -> Iterator[Askable]:
    """The question for those of its answers that are of a kind, or have a short text (a trait, say) in their data."""
    nodes = list(map(view.node, one.answers))
    for words, chosen, more in chain(_by_kind(view, nodes), _by_facet(view, nodes)):
        if one.end and 0 < len(chosen) < len(nodes):
            yield Askable(one.end.asked(f"Which {words}"), one.about, one.cues | more, chosen)


def all_but(one: Askable, left_out: Sequence[FoldedNode]) -> Iterator[Askable]:
    """The question for all of its answers but some."""
    names = list(filter(None, map(name_in_question, left_out)))
    kept = tuple(node for node in one.answers if node not in {other.id for other in left_out})
    if kept and 0 < len(names) <= MOST_LEFT_OUT and len(names) == len(left_out):
        question = f"{one.question.removesuffix('?')}, apart from {' and '.join(names)}?"
        yield Askable(question, one.about, one.cues, kept, without=tuple(node.id for node in left_out))


def number_of(one: Askable) -> Iterator[Askable]:
    """The question for the number of its answers."""
    if one.end:
        yield Askable(one.end.asked("How many things", plural=True), one.about, one.cues)


def both(one: Askable, other: Askable) -> Askable:
    """Two questions as one."""
    second = other.question[:1].lower() + other.question[1:]
    answers = tuple(dict.fromkeys((*one.answers, *other.answers)))
    about = tuple(dict.fromkeys((*one.about, *other.about)))
    return Askable(f"{one.question.removesuffix('?')}, and {second}", about, one.cues | other.cues, answers)


def between(view: View, nodes: Sequence[FoldedNode]) -> Iterator[Askable]:
    """The questions whether the edges are there that join some nodes."""
    named = {node.id: name for node in nodes if (name := name_in_question(node))}
    for source, name in named.items():
        for key in islice(view.edge_keys_from(source), MAX_EDGES):
            relation = view.vocabulary.relations.get(key.relation)
            if relation and relation.name != INTRODUCED_ON and key.target in named and key.target != source:
                asked = cues(relation, inverse=True) | cues(relation, inverse=False)
                question = whether(relation, name, named[key.target])
                yield Askable(question, (source, key.target), asked)


def ways(nodes: Sequence[FoldedNode]) -> Iterator[Askable]:
    """The questions how one gets from one of some nodes to another."""
    named = {node.id: name for node in nodes if (name := name_in_question(node))}
    for start, end in permutations(named, 2):
        yield Askable(f"How do you get from {named[start]} to {named[end]}?", (start, end), WAY)


def _by_kind(view: View, nodes: Sequence[FoldedNode]) -> Iterator[tuple[str, tuple[str, ...], Cues]]:
    for kind in {node.kind: None for node in nodes}:
        found = view.vocabulary.kinds.get(kind)
        if found:
            yield noun_of(found), tuple(node.id for node in nodes if node.kind == kind), cues_of_kind(found)


def _by_facet(view: View, nodes: Sequence[FoldedNode]) -> Iterator[tuple[str, tuple[str, ...], Cues]]:
    held: dict[tuple[str, str], list[str]] = {}
    for node in nodes:
        for value in facets_of(node):
            held.setdefault((node.kind, value), []).append(node.id)
    for (kind, value), chosen in held.items():
        if found := view.vocabulary.kinds.get(kind):
            yield f"{value} {noun_of(found)}", tuple(chosen), as_cues(value)


def facets_of(node: FoldedNode) -> list[str]:
    """The short texts in a node's data."""
    values = chain.from_iterable(one if isinstance(one, list) else [one] for one in node.data.values())
    return [one for one in values if isinstance(one, str) and name_key(one) and len(one) <= MAX_FACET]


WAY = as_cues("get from", "path", "chain", "step", "stage", "connect", "end up", "trace", "become")
