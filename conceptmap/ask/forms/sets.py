"""Lists with conditions: `methods that take less than an hour and have no parts`, `sources cited by evidence on A`.

A question for some things is a noun for them and any number of conditions (see `conditions`), which all must hold.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from conceptmap.ask.filters import Filters
from conceptmap.ask.form import Composed, Form, Query
from conceptmap.ask.forms.combined import Both, Without
from conceptmap.ask.forms.conditions import DETERMINERS, Condition, Conditions
from conceptmap.ask.forms.joined import Joined, Numbered
from conceptmap.ask.forms.new_on import NewOn
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.related import Related, read_relation
from conceptmap.ask.lexicon import Noun
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Unclear
from conceptmap.ask.words import COURTESY
from ontology.terms import CONCEPT, METHOD, QUESTION

LEADING = (
    COURTESY
    | DETERMINERS
    | frozenset("which what are is there me us list all of out do does did have has we i you the any only just".split())
)
"""Words that come before what is asked for and only ask."""
MAX_READINGS = 4
"""So many ways to put the same words together are looked at; the first that finds something is meant."""
ANYTHING = frozenset("everything anything things thing stuff items ones those all something topics lessons".split())
"""Nouns for whatever it is."""


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    """What is described in whatever way."""
    for one in _described(question):
        yield Composed(one.query, (question,))


def _read_composed(question: ParsedQuestion) -> Iterator[Composed]:
    """What is described by several conditions, by an amount, by a number of others, or by others that are described."""
    for one in _described(question):
        if len(one.conditions) > 1 or any(isinstance(each.query, Joined | Numbered) for each in one.conditions):
            yield Composed(one.query, (question,))


class _Described(NamedTuple):
    query: Query
    conditions: Sequence[Condition]


def _described(question: ParsedQuestion) -> Sequence[_Described]:
    if question.is_yes_or_no or question.asks_for("when", "why"):
        return ()
    told = [(one.start, len(one.matches)) for one in question.topics], [(one.start, one.days) for one in question.days]
    return question.once(f"sets {sorted(question.places)} {told}", lambda: _sets_in(question))


def _sets_in(question: ParsedQuestion) -> Sequence[_Described]:
    reader = Conditions(question)
    start = reader.past(0, LEADING)
    for place in range(start, -1, -1):
        if found := list(islice(_sets(reader, place), MAX_READINGS)):
            return found
    return ()


def _sets(reader: Conditions, place: int) -> Iterator[_Described]:
    """What the words from a place on describe."""
    end, traits = _traits(reader, place)
    for behind, head in _heads(reader, end):
        reader.behind_noun = behind
        for conditions in reader.all_from(behind, is_noun=head is not None):
            query = _assembled(head, [*traits, *conditions])
            if (conditions or traits) and query is not None:
                yield _Described(query, [*traits, *conditions])


def _traits(reader: Conditions, place: int) -> tuple[int, list[Condition]]:
    """The values that stand before a noun: `cheap and gentle methods`."""
    traits: list[Condition] = []
    while True:
        start = reader.past(place, DETERMINERS | ({"and"} if traits else set()))
        found = next(iter(reader.value(start)), None) if reader.topics.get(start) else None
        if found is None:
            return place, traits
        place = found[0]
        traits.append(found[1])


def _heads(reader: Conditions, place: int) -> Iterator[tuple[int, Query | None]]:
    """The nouns that may say what is asked for, and where they end."""
    question = reader.question
    start = reader.past(place, DETERMINERS)
    if reader.word(start) == "open" and reader.question.asks_for("open"):
        for end, kinds in reader.kinds(start + 1):
            if kinds == (QUESTION,):
                yield end, OfKind(kinds, Filters(open=True))
    for end, _noun in reader.of(start, Noun):
        of = end if reader.word(end - 1) == "of" else reader.past(end, {"of", "for", "to", "against", "in"})
        if of > start:
            last, node = reader.name(reader.past(of, DETERMINERS))
            if node is not None:
                part = question.part(range(reader.places[start], reader.places[last - 1] + 1).__contains__)
                with suppress(Unclear, Ambiguous):
                    for query in read_relation(part):
                        if isinstance(query, Related):
                            yield last, query
                            break
    for end, kinds in reader.kinds(start):
        yield end, OfKind(kinds)
    if reader.word(start) in ANYTHING:
        yield start + 1, OfKind((CONCEPT, METHOD)) if reader.word(start) == "topics" else None
    if reader.word(place - 1) in ("what", "which"):
        yield place, None


def _assembled(head: Query | None, conditions: Sequence[Condition]) -> Query | None:
    """All that is described and meets the conditions; None where it is not said of what there is nothing."""
    if isinstance(head, OfKind):
        head, conditions = _merged(head, conditions)
    meet = tuple(one.query for one in conditions if not one.denied)
    lack = [one.query for one in conditions if one.denied]
    every = (*([head] if head is not None else []), *meet)
    if not every or (len(every) == 1 and head is None and isinstance(every[0], NewOn)):
        return None
    query: Query = every[0] if len(every) == 1 else Both(every)
    for one in lack:
        query = Without(query, one)
    return query


def _merged(head: OfKind, conditions: Sequence[Condition]) -> tuple[Query, list[Condition]]:
    """The description of a kind with the conditions that are filters, and the other conditions."""
    left: list[Condition] = []
    filters, new = head.filters, [one.query for one in conditions if isinstance(one.query, NewOn) and not one.denied]
    for one in conditions:
        query = one.query
        if one.denied or not isinstance(query, OfKind) or query.kinds or (query.filters.days and filters.days):
            left.append(one)
            continue
        more = query.filters
        filters = replace(
            filters,
            days=more.days or filters.days,
            facets=(*filters.facets, *more.facets),
            near=(*filters.near, *more.near),
            around=(*filters.around, *more.around),
        )
    if len(new) == 1 and not filters.days:
        left = [one for one in left if one.query is not new[0]]
        if not filters.near and not filters.open and QUESTION not in head.kinds:
            return replace(new[0], filters=replace(filters, kinds=head.kinds)), left
        filters = replace(filters, days=new[0].days)
    return replace(head, filters=filters), left


COMPOSED = Form(
    "list",
    _read_composed,
    examples={"so many of something": ["claims with at least two pieces of evidence"]},
)
SETS = Form("list", _read)
