"""Making: which whole questions are made up for one that is not answered, or is still being typed.

What can be asked about the nodes that its words name, what these answer, and what is composed of that as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, islice, permutations

from conceptmap.ask.askable import Askable, about_node, all_of_kind, all_with, answered_by
from conceptmap.ask.composing import (
    about_kind,
    all_but,
    apart_in_time,
    between,
    between_days,
    both,
    either,
    facets_of,
    is_countable_noun,
    is_noted_as,
    is_of_kind,
    lacking,
    most_joined,
    noted_at_end,
    number_of,
    of_day,
    perhaps,
    shared,
    some_of,
    ways,
    ways_to_ends,
    with_one_without,
    without_it,
)
from conceptmap.ask.suggesting import as_cues, of_kind
from conceptmap.ask.valued import (
    bounds,
    extremes,
    fields_measured,
    greater,
    having,
    measures_of,
    summed,
    values_of,
)
from conceptmap.ask.wanting import MAX_NODES, Wanted
from graphs.view import FoldedNode, View
from graphs.words import stems
from ontology.names import day_number, name_key
from ontology.terms import DAY
from ontology.vocabulary import Kind, Relation

MAX_LISTED = 60
"""More answers than that are no answer that somebody reads."""
MAX_COUNTED = 500
"""Of no more things it is offered to look at each: to count them, to find those that have none."""
MAX_WEIGHED = 5_000
"""Nodes of the largest map of which it is offered to weigh claims: that takes a look at all that stands for them."""
WEIGHING = frozenset(["strong", "contested", "falls"])
"""What is asked for where claims are weighed."""
MAX_SAMPLED = 500
"""So many edges are looked at for something to ask about where the question names nothing yet."""
MAX_RELATIONS = 3
"""Of two nodes it is asked whether the likeliest of so many relations joins them."""
MAX_PAIRED = 5
"""So many of the nodes that the question names are asked about in pairs."""


def composed(view: View, wanted: Wanted, best: Sequence[Askable], *, is_part: bool) -> Iterator[Askable]:
    """Questions made of those that come nearest: for some of the answers, all but some, their number, for two sets."""
    nodes = list(map(view.node, wanted.nodes[:MAX_PAIRED]))
    yield from (one for one in between(view, nodes) if wanted.apart(*one.about))
    if wanted.sort == "whether" and not is_part:
        yield from _whether(view, wanted, nodes)
    if wanted.asks_for_way:
        yield from chain.from_iterable(ways_to_ends(view, node) for node in nodes[:2])
        yield from (one for one in ways(nodes) if wanted.apart(*one.about))
    ends = [one for one in best if one.end and one.sort == "relation"]
    for one in ends:
        if wanted.sort == "number":
            yield from number_of(one)
        yield from (some for some in some_of(view, one) if wanted.mask(some.words - one.words))
        if wanted.leaves_out:
            yield from all_but(one, _mentioned(view, wanted, one))
    for one, other in combinations(ends, 2) if wanted.joins else ():
        if wanted.differ(*one.about, *other.about) and wanted.joined(*one.about, *other.about):
            yield from shared(one, other)
            yield from either(one, other)
            if one.asks == other.asks:
                yield both(one, other)
    if (wanted.asks_twice or wanted.adds) and not is_part:
        yield from (both(one, other) for one, other in combinations(best, 2) if _are_two(wanted, one, other))


def _whether(view: View, wanted: Wanted, nodes: Sequence[FoldedNode]) -> Iterator[Askable]:
    """Questions whether what the question says is so, where the map has no edge that says it."""
    said = [one for one in view.vocabulary.relations.values() if wanted.suggested(one.name).mask]
    said.sort(key=lambda one: -wanted.weight(wanted.suggested(one.name).mask))
    pair = next((pair for pair in combinations(nodes, 2) if wanted.apart(*(one.id for one in pair))), ())
    first = sorted(pair, key=lambda one: wanted.place(wanted.names_of([one.id])))
    for relation in said[:MAX_RELATIONS] if first else ():
        yield from perhaps(relation, *first)
        yield from perhaps(relation, *reversed(first))
    if first and wanted.leaves_out:
        yield from without_it(*first)
    for value in wanted.values[:MAX_PAIRED]:
        yield from chain.from_iterable(is_noted_as(value, node) for node in nodes[:2])
    for kind in _kinds_said(view, wanted)[:1]:
        yield from chain.from_iterable(is_of_kind(kind, node) for node in nodes[:1])


def _are_two(wanted: Wanted, one: Askable, other: Askable) -> bool:
    """Whether two questions may be asked at once: of one node, each in words of its own, or for it and against it."""
    first, second = (wanted.suggested(each.asks).mask | wanted.mask(each.words) for each in (one, other))
    if one.about != other.about:
        return False
    inverse = one.end and other.end and one.end.inverse and other.end.inverse
    if one.end and other.end and inverse and one.end.relation.polarity * other.end.relation.polarity < 0:
        return first != second
    return bool(first & ~second and second & ~first)


def _mentioned(view: View, wanted: Wanted, one: Askable) -> list[FoldedNode]:
    """Those of its answers of which the question has words, by their names or data, that the others lack."""
    nodes = [view.node(node) for node in one.answers]
    words = {node.id: wanted.mask(as_cues(*facets_of(node))) for node in nodes}
    for node in nodes:
        words[node.id] |= wanted.named[node.id].mask if node.id in wanted.named else 0
    known, shared_words = wanted.names_of(one.about), -1
    for mask in words.values():
        shared_words &= mask
    return [node for node in nodes if words[node.id] & ~known & ~shared_words]


def candidates(view: View, wanted: Wanted) -> Iterator[Askable]:
    """What can be asked about the nodes that the question names, and what these answer; without any, about some."""
    nodes = list(map(view.node, wanted.nodes))
    for node in nodes:
        yield from answered_by(view, node)
    weighs = view.up_to(None).size <= MAX_WEIGHED
    for node in nodes:
        yield from (one for one in about_node(view, node) if weighs or one.asks not in WEIGHING)
    for node in _some_nodes(view, wanted) if wanted.unfinished else ():
        yield from about_node(view, node)
    kinds = _kinds_said(view, wanted)
    for kind in kinds:
        yield from _of_kind(view, wanted, kind, nodes)
    if not wanted.unfinished:
        yield from _of_sets(view, wanted, kinds, nodes)
        days = sorted((node for node in nodes if node.kind == DAY), key=lambda one: day_number(one.id) or 0)[:2]
        if len(days) == 2 and _brings(view, *days) <= MAX_COUNTED:
            yield from between_days(days, kinds)
        for value in () if kinds else wanted.values[:MAX_PAIRED]:
            yield from _noted_as(view, wanted, value)
        for node in nodes[:2]:
            yield from measures_of(wanted.words, node)
            for side in ("before", "after"):
                if wanted.suggested(side).mask and _brings_beside(view, node, before=side == "before") <= MAX_COUNTED:
                    yield from apart_in_time(kinds, node, before=side == "before")


def _of_kind(view: View, wanted: Wanted, kind: Kind, nodes: Sequence[FoldedNode]) -> Iterator[Askable]:
    """Questions for those of a kind that the question says: all of them, those of a day, those noted as something."""
    size = _size(view, kind)
    yield from (one for one in all_of_kind(view, kind) if size <= (MAX_LISTED if one.sort == "list" else MAX_COUNTED))
    days = (node for node in nodes if node.kind == DAY and _brings(view, node, node) <= MAX_COUNTED)
    yield from chain.from_iterable(of_day(kind, node) for node in days)
    yield from chain.from_iterable(about_kind(kind, node) for node in nodes[:2] if node.kind != DAY)
    said = [one for one in view.vocabulary.relations.values() if wanted.suggested(one.name).mask]
    for value in wanted.values:
        yield from all_with(value, kind)
        yield from (noted_at_end(value, kind, one) for one in said if not one.sources or kind.name in one.sources)
    if wanted.leaves_out:
        yield from (with_one_without(*values, kind) for values in permutations(wanted.values[:MAX_PAIRED], 2))


def _noted_as(view: View, wanted: Wanted, value: str) -> Iterator[Askable]:
    """The questions for all that are noted as something, by the kinds and in the words of the first that are."""
    entries = (one for root in stems(value.split()) for one in wanted.index.holders(root) if one.key == value)
    owners = chain.from_iterable(wanted.index.owners_in(view, one) for one in entries if one.sort == "facet")
    for owner in map(view.node, filter(view.has_node, islice(owners, MAX_PAIRED))):
        written = next((one for one in facets_of(owner) if name_key(one) == value), value)
        if kind := view.vocabulary.kinds.get(owner.kind):
            yield from all_with(written, kind)


def _of_sets(view: View, wanted: Wanted, kinds: Sequence[Kind], nodes: Sequence[FoldedNode]) -> Iterator[Askable]:
    """Questions for those of a set that have the most, the least, something within bounds, or nothing."""
    days = [node for node in nodes if node.kind == DAY][:2]
    yield from bounds(view, wanted.question, days)
    for field, order in fields_measured(view, wanted.words):
        for kind in kinds[:2]:
            yield from having(kind, field) if _size(view, kind) <= MAX_COUNTED else ()
        yield from (summed(field, day) for day in days if wanted.sort == "number")
        if order:
            yield from extremes(view, field, order, days)
            for one, other in combinations(nodes[:MAX_PAIRED], 2):
                if wanted.apart(one.id, other.id):
                    yield from greater(field, order, one, other)
        else:
            yield from values_of(view, field)
    orders = [order for family, order in (("most", 1), ("least", -1)) if wanted.suggested(family).mask]
    if not orders and not wanted.suggested("none").mask:
        return
    for relation in view.vocabulary.relations.values():
        if wanted.suggested(relation.name).mask:
            yield from _of_ends(view, wanted, relation, kinds, orders)


def _of_ends(
    view: View, wanted: Wanted, relation: Relation, kinds: Sequence[Kind], orders: Sequence[int]
) -> Iterator[Askable]:
    for inverse, allowed, nouns in (
        (False, relation.sources, relation.target_nouns),
        (True, relation.targets, relation.source_nouns),
    ):
        said = next((noun for noun in nouns if wanted.mask(as_cues(noun)) and is_countable_noun(noun)), "")
        fitting = [kind for kind in kinds or view.vocabulary.kinds.values() if not allowed or kind.name in allowed]
        # `Which claims have no evidence?` asks for claims.
        fitting = fitting[:1] if kinds else fitting
        for kind in fitting:
            if _size(view, kind) > MAX_COUNTED:
                continue
            if wanted.suggested("none").mask:
                yield lacking(kind, relation, inverse=inverse)
            for order in orders if said else ():
                yield most_joined(kind, relation, said, order)


def _size(view: View, kind: Kind) -> int:
    """How many nodes there are of a kind."""
    return sum(len(view.ids_of_kind(one)) for one in view.vocabulary.within([kind.name]))


def _brings(view: View, first: FoldedNode, last: FoldedNode) -> int:
    """How many nodes the notes from one day to another have, no more than is asked about."""
    days = day_number(first.id) or 0, day_number(last.id) or 0
    return _held(view, (day for day in view.days() if days[0] <= day <= days[1]))


def _brings_beside(view: View, node: FoldedNode, *, before: bool) -> int:
    """How many nodes the notes before a node have, or those after it; no more than is asked about."""
    at = day_number(node.id)
    day = at if at is not None else view.introduced_on(node.id)
    return _held(view, (one for one in view.days() if day is not None and (one < day if before else one > day)))


def _held(view: View, days: Iterable[int]) -> int:
    """How many nodes the notes of some days have, counted as far as matters."""
    held = 0
    for day in days:
        held += sum(len(document.nodes) for document in view.documents(day))
        if held > MAX_COUNTED:
            break
    return held


def _kinds_said(view: View, wanted: Wanted) -> list[Kind]:
    """The kinds that a question says, in the order in which it does."""
    masks = {kind: wanted.suggested(of_kind(kind)).mask for kind in view.vocabulary.kinds if kind != DAY}
    said = sorted((wanted.place(mask), kind) for kind, mask in masks.items() if mask)
    return [view.vocabulary.kinds[kind] for _, kind in said]


def _some_nodes(view: View, wanted: Wanted) -> Iterator[FoldedNode]:
    """A few nodes to ask about that the question does not name yet, at the ends of the relations that it names."""
    said = {name for name in view.vocabulary.relations if wanted.suggested(name).mask}
    keys = [key for key in islice(view.edge_keys(), MAX_SAMPLED) if not said or key.relation in said]
    ends = dict.fromkeys(chain.from_iterable((key.target, key.source) for key in keys))
    begun = sorted(ends, key=lambda node: not node.startswith(wanted.last))
    return map(view.node, begun[: 2 * MAX_NODES])
