"""Offers: whole questions that the map can answer, for one that it cannot; never an answer to that one.

There is no list of all questions. The question's rarer words lead to the nodes that have them in their names, and what
can be asked about these nodes, or is answered by them, is made up then: what that costs does not grow with the map.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain, combinations, islice, permutations

from conceptmap.ask.answer import Offer
from conceptmap.ask.askable import Askable, about_node, all_of_kind, all_with, answered_by
from conceptmap.ask.composing import (
    all_but,
    apart_in_time,
    between,
    between_days,
    both,
    bounds,
    either,
    extremes,
    facets_of,
    fields_measured,
    greater,
    is_countable_noun,
    is_of_kind,
    lacking,
    measures_of,
    most_joined,
    number_of,
    of_day,
    perhaps,
    shared,
    some_of,
    values_of,
    ways,
    with_one_without,
)
from conceptmap.ask.found import Found
from conceptmap.ask.likeness import alike, likeness
from conceptmap.ask.suggesting import as_cues, of_kind
from conceptmap.ask.wanting import MAX_NODES, Wanted
from graphs.view import FoldedNode, View
from graphs.words import stems
from ontology.names import name_key
from ontology.terms import DAY
from ontology.vocabulary import Kind, Relation

MAX_OFFERS = 3
"""So many are read at a glance, and each is answered: at 100,000 nodes that costs 1 ms."""
MAX_TRIED = 6
"""So many questions are asked to find those that have an answer."""
TRIED_FOR_ONE = 2
"""So many questions are asked for each completion: one that is not answered completes nothing."""
LONGEST_TYPED = 300
"""Letters of the longest beginning that is completed; whoever has typed more knows what to ask."""
MAX_LISTED = 60
"""More answers than that are no answer that somebody reads."""
MAX_SAMPLED = 500
"""So many edges are looked at for something to ask about where the question names nothing yet."""
MAX_COMPARED = 30
"""So many of the likeliest are compared with the question letter by letter."""
MAX_COMPOSED = 8
"""Of so many of the likeliest questions others are composed."""
SPREAD = 2
"""Of so many times as many questions as are wanted those are chosen that differ."""
ALIKE = 0.15
"""What a question counts less for each before it that asks for the same."""
HALF = 0.5
"""The share of a name from which on it is named whole."""
MAX_PAIRED = 5
"""So many of the nodes that the question names are asked about in pairs."""

Answers = Callable[[View, Askable], tuple[Found, ...]]
"""What answers a question; nothing, where it is not answered."""


def offers_for(view: View, question: str, answers: Answers) -> tuple[Offer, ...]:
    """The likeliest questions that have answers, best first; `answers` finds these."""
    offers: list[Offer] = []
    for one in likeliest(view, question, MAX_TRIED):
        found = answers(view, one)
        if are_its(one, found) and len(found) <= MAX_LISTED and found not in [offer.answers for offer in offers]:
            offers.append(Offer(one.question, found))
        if len(offers) == MAX_OFFERS:
            break
    return tuple(offers)


def completions_for(view: View, typed: str, limit: int, answers: Answers) -> list[str]:
    """Questions that have answers and that what is typed may become, the likeliest first; at most `limit`.

    What is typed may end within a word, and need not be the beginning of the question: `lesson backs` will do.
    """
    if not typed.strip() or len(typed) > LONGEST_TYPED:
        return []
    tried = likeliest(view, typed, TRIED_FOR_ONE * limit, unfinished=True)
    answered = (one.question for one in tried if are_its(one, answers(view, one)))
    return list(islice(answered, limit))


def are_its(one: Askable, found: Sequence[Found]) -> bool:
    """Whether a question is answered, and by what it was made for."""
    return bool(found) and {answer.id for answer in found}.issuperset(one.answers)


def likeliest(
    view: View, question: str, limit: int, *, unfinished: bool = False, is_part: bool = False
) -> list[Askable]:
    """The questions that come nearest to a question, best first.

    `unfinished`: to one that is still being typed; `is_part`: to one of two that are asked at once.
    """
    from rapidfuzz.distance import Prefix  # noqa: PLC0415 (that only a question that is not answered must pay)

    wanted = Wanted(view, question, unfinished=unfinished)
    parts = wanted.parts() if wanted.asks_twice and not unfinished and not is_part else ()
    asked = {one.question: one for one in _candidates(view, wanted)}
    scores = {name: likeness(wanted, one) for name, one in asked.items()}
    best = nlargest(MAX_COMPOSED, scores, scores.__getitem__)
    for one in _composed(view, wanted, [asked[name] for name in best], is_part=is_part) if not unfinished else ():
        asked[one.question], scores[one.question] = one, likeness(wanted, one)
    for name in asked if unfinished else ():
        scores[name] += Prefix.normalized_similarity(question, name[: len(question)], processor=str.casefold)
    for name in nlargest(MAX_COMPARED, scores, scores.__getitem__):
        scores[name] += alike(question, name)
    best = nlargest(SPREAD * limit, scores, scores.__getitem__)
    return [*_of_parts(view, parts), *_spread([asked[name] for name in best], scores, limit)][:limit]


def _spread(best: Sequence[Askable], scores: Mapping[str, float], limit: int) -> list[Askable]:
    """The best questions, those that ask for something else before those that ask for the same."""
    left, chosen = list(best), list[Askable]()
    asked: Counter[str] = Counter()
    while left and len(chosen) < limit:
        one = max(left, key=lambda each: scores[each.question] - ALIKE * asked[_sort_of(each)])
        left.remove(one)
        chosen.append(one)
        asked[_sort_of(one)] += 1
    return chosen


def _sort_of(one: Askable) -> str:
    """What a question asks for; two questions in one ask for something that no other does."""
    return one.asks if one.asks and not one.also else one.question


def _of_parts(view: View, parts: Sequence[str]) -> list[Askable]:
    """The likeliest question of two parts, each by itself."""
    if len(parts) < 2:
        return []
    found = [next(iter(likeliest(view, part, 1, is_part=True)), None) for part in parts]
    wanted = [Wanted(view, part) for part in parts]
    first, second = found
    if first is None or second is None or first.question == second.question:
        return []
    return [both(first, second)] if all(map(_is_clear, wanted, (first, second))) else []


def _is_clear(wanted: Wanted, one: Askable) -> bool:
    """Whether a question is asked in words of its own about something that is named whole."""
    asks = wanted.suggested(one.asks).mask | wanted.mask(one.words)
    named = all(node in wanted.named and wanted.named[node].share >= HALF for node in one.about)
    return bool(asks) and named


def _composed(view: View, wanted: Wanted, best: Sequence[Askable], *, is_part: bool) -> Iterator[Askable]:
    """Questions made of those that come nearest: for some of the answers, all but some, their number, for two sets."""
    nodes = list(map(view.node, wanted.nodes[:MAX_PAIRED]))
    yield from (one for one in between(view, nodes) if wanted.apart(*one.about))
    if wanted.sort == "whether" and not is_part:
        yield from _whether(view, wanted, nodes)
    yield from (one for one in ways(nodes) if wanted.apart(*one.about)) if wanted.asks_for_way else ()
    ends = [one for one in best if one.end]
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
    if wanted.asks_twice and not is_part:
        yield from (both(one, other) for one, other in combinations(best, 2) if _are_two(wanted, one, other))


def _whether(view: View, wanted: Wanted, nodes: Sequence[FoldedNode]) -> Iterator[Askable]:
    """Questions whether what the question says is so, where the map has no edge that says it."""
    said = [one for one in view.vocabulary.relations.values() if wanted.suggested(one.name).mask]
    said.sort(key=lambda one: -wanted.weight(wanted.suggested(one.name).mask))
    pair = next((pair for pair in combinations(nodes, 2) if wanted.apart(*(one.id for one in pair))), ())
    first = sorted(pair, key=lambda one: wanted.place(wanted.names_of([one.id])))
    if len(first) == 2 and said:
        yield from perhaps(said[0], *first)
    for kind in _kinds_said(view, wanted)[:1]:
        yield from chain.from_iterable(is_of_kind(kind, node) for node in nodes[:1])


def _are_two(wanted: Wanted, one: Askable, other: Askable) -> bool:
    """Whether two questions may be asked at once: of one node, each in words of its own."""
    first, second = (wanted.suggested(each.asks).mask | wanted.mask(each.words) for each in (one, other))
    return one.about == other.about and bool(first & ~second and second & ~first)


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


def _candidates(view: View, wanted: Wanted) -> Iterator[Askable]:
    """What can be asked about the nodes that the question names, and what these answer; without any, about some."""
    nodes = list(map(view.node, wanted.nodes))
    for node in nodes:
        yield from answered_by(view, node)
    for node in nodes:
        yield from about_node(view, node)
    for node in _some_nodes(view, wanted) if wanted.unfinished else ():
        yield from about_node(view, node)
    kinds = _kinds_said(view, wanted)
    for kind in kinds:
        yield from all_of_kind(view, kind)
        yield from chain.from_iterable(of_day(kind, node) for node in nodes if node.kind == DAY)
        for value in wanted.values:
            yield from all_with(value, kind)
        if wanted.leaves_out:
            yield from (with_one_without(*values, kind) for values in permutations(wanted.values[:MAX_PAIRED], 2))
    if not wanted.unfinished:
        yield from _of_sets(view, wanted, kinds, nodes)
        yield from between_days(nodes, kinds)
        for value in () if kinds else wanted.values[:MAX_PAIRED]:
            yield from _noted_as(view, wanted, value)
        for node in nodes[:2]:
            yield from measures_of(wanted.words, node)
            for side in ("before", "after"):
                if wanted.suggested(side).mask:
                    yield from apart_in_time(kinds, node, before=side == "before")


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
    yield from bounds(view, wanted.question)
    for field, order in fields_measured(view, wanted.words):
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
            if wanted.suggested("none").mask:
                yield lacking(kind, relation, inverse=inverse)
            for order in orders if said else ():
                yield most_joined(kind, relation, said, order)


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
