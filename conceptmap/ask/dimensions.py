"""Dimensions in other words: in which of the things that nodes are compared by a question asks, by all its words.

`How long does A keep?` asks for the shelf life, `do errors grow faster with A?` for the growth of errors. Between two
nodes the map has a handful of dimensions. That every word asks for the same one is what makes it known.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from conceptmap.ask.amounts.fields import Held, has_dimension, held_by, is_called
from conceptmap.ask.amounts.levels import GROWTH, level_of
from conceptmap.ask.amounts.measures import COMPARATIVES, EXTREMES, Asked, measures_in, verbs_of
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.senses import asked_by, same_sense
from conceptmap.ask.words import ATTRIBUTES, IGNORABLE, OPENERS, QUESTION_WORDS
from graphs.fields import field_words
from graphs.view import View
from graphs.words import akin, stem, stems
from ontology.terms import STATEMENTS

_HAVING = frozenset(map(stem, "take have use ask want call get give make offer show do be".split()))
"""Verbs that say no more than that something has, needs or takes so much of what is told beside them."""
_NEEDING = frozenset(map(stem, "need require demand".split()))
_LIGHT = IGNORABLE | QUESTION_WORDS | OPENERS
_ACTING = frozenset(map(stem, "behave behaviour act react do happen respond lie stand sit".split()))
"""Words for whatever something does, beside what says in what respect."""
_SHORTEST = 4
"""Letters of the shortest stem whose family tells a dimension: `acid` of `acidity`."""


class InRespect(NamedTuple):
    """A dimension that words ask for, as the map writes it; `order` 1 for more of it, -1 for less.

    `told` is the number of words that tell it; `needs`: it is asked for as what is needed.
    """

    dimension: str
    order: int
    told: int
    needs: bool = False


def asked_in(question: ParsedQuestion, places: Collection[int], nodes: Sequence[str]) -> list[InRespect]:
    """The dimensions in which all of the nodes are compared that the words at these places ask for, with all of them.

    Those that the most words tell; none where a word tells of none of them.
    """
    words = question.words
    starts = {topic.start for topic in question.topics for node, _ in question.nodes(topic) if node in nodes}
    beside = (place for place in places if place + 1 in starts and words[place].clause == words[place + 1].clause)
    if any(words[place].text in ATTRIBUTES for place in beside):
        return []  # `the last A` is not A
    measured = [one for one in measures_in([word.text for word in words]) if {*range(one.start, one.end)} <= {*places}]
    found = [
        asked
        for dimension, held in _dimensions(question.view, nodes).items()
        if (asked := _asked(question, sorted(places), dimension, held, measured))
    ]
    best = max((one.told for one in found), default=0)
    return [one for one in found if one.told == best]


def _dimensions(view: View, nodes: Sequence[str]) -> Mapping[str, list[Held]]:
    """The dimensions in which each of the nodes has a value, with these."""
    fields = [{one.field: one for one in held_by(view, node)} for node in nodes]
    first = fields[0] if fields else {}
    return {
        field: [one[field] for one in fields]
        for field in first
        if field not in view.node(nodes[0]).data and all(field in one for one in fields)
    }


def _asked(
    question: ParsedQuestion, places: Sequence[int], dimension: str, held: Sequence[Held], measured: Sequence[Asked]
) -> InRespect | None:
    """What all of the words ask of a dimension, if they all do."""
    roots = frozenset(stems(field_words(dimension).split()))
    fitting = [one for one in measured if _fits(one, dimension, held)]
    by_measure = {place: one for one in fitting for place in range(one.start, one.end)}
    verbs = frozenset(verb for one in fitting for measure in one.measures for verb in verbs_of(measure))
    told, order, needs = 0, 0, False
    for place in places:
        word = question.words[place]
        compared = COMPARATIVES.get(word.text) or EXTREMES.get(word.text)
        if place in by_measure:
            order = order or by_measure[place].order
        elif compared:
            order = order or compared
        elif _comparative_of(word.said, roots):
            told, order = told + 1, order or 1
        elif any(_tells(root, roots) for root in word.roots):
            told += 1
        elif word.stem in _NEEDING:
            needs = True
        elif word.text not in _LIGHT and word.stem not in verbs | _HAVING | _ACTING:
            return None
    return InRespect(dimension, order, told, needs) if told or by_measure else None


def _tells(root: str, roots: Collection[str]) -> bool:
    """Whether a word tells a dimension whose name has these stems."""
    if root in roots or root in asked_by(frozenset(roots)) or not same_sense(root).isdisjoint(roots):
        return True
    return len(root) >= _SHORTEST and any(akin(root, one) for one in roots)


def _comparative_of(word: str, roots: Collection[str]) -> bool:
    """Whether a word is the comparative of an adjective that a dimension is named after: `safer`, of `safety`."""
    if not word.endswith("er") or len(word) <= _SHORTEST:
        return False
    adjectives = [word[:-1], word[:-2], *([f"{word[:-3]}y"] if word.endswith("ier") else [])]
    told = [root for root in map(stem, adjectives) if len(root) >= _SHORTEST]
    longer = (one for root in told for one in roots if one.startswith(root) and len(one) - len(root) < _SHORTEST)
    return any(_tells(root, roots) for root in told) or any(True for _ in longer)


def _fits(asked: Asked, dimension: str, held: Sequence[Held]) -> bool:
    """Whether the values of a dimension are of a measure that words ask for."""
    return all(any(_is_of(one, dimension, asked, measure) for measure in asked.measures) for one in held)


def _is_of(held: Held, dimension: str, asked: Asked, measure: str) -> bool:
    if held.quantity:
        return has_dimension(measure, held.quantity.dimension)
    level = level_of(held.found.label)
    if level is not None and level.scale == GROWTH:
        return measure == "speed"  # what is quadratic grows faster than what is linear
    return is_called(dimension, measure) and (level is not None or not asked.order)


def pair_of(question: ParsedQuestion) -> tuple[tuple[str, str], frozenset[int]] | None:
    """The two things that a question names which are compared, and where it names them."""
    view = question.view
    ends = [
        (node, range(topic.start, topic.end))
        for topic in question.topics
        for node, _ in question.nodes(topic)
        if view.kind(node) not in STATEMENTS
    ]
    pairs = [
        (one, other)
        for one, other in combinations(ends, 2)
        if one[0] != other[0]
        and one[1] != other[1]
        and any(edge.values for edge in view.edges_between(one[0], other[0]))
    ]
    if len(pairs) != 1:
        return None
    (first, here), (second, there) = pairs[0]
    return (first, second), frozenset({*here, *there})
