"""Lists with conditions: `methods that take less than an hour and have no parts`, `sources cited by evidence on A`.

A question for some things is a noun for them and any number of conditions (see `conditions`), which all must hold.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from conceptmap.ask.filters import Filters
from conceptmap.ask.form import Composed, Form, Query
from conceptmap.ask.forms.combined import Both, InParts, Named, Without
from conceptmap.ask.forms.conditions import Conditions
from conceptmap.ask.forms.elements import BE, DETERMINERS, FRONTED, Condition
from conceptmap.ask.forms.extreme import ByValue, amounts_in
from conceptmap.ask.forms.joined import Joined, Numbered
from conceptmap.ask.forms.new_on import NewOn
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.related import Related, is_plural, read_relation
from conceptmap.ask.forms.whether import Exists
from conceptmap.ask.lexicon import Noun, Verb
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Unclear
from conceptmap.ask.sorts import are_of_sort, is_sort
from conceptmap.ask.spans import Days
from conceptmap.ask.words import COURTESY
from graphs.words import stem
from ontology.names import word_spans
from ontology.terms import CONCEPT, EXAMPLE_OF, METHOD, PART_OF, QUESTION

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
        yield _answering(question, one)


def _is_composed(query: Query) -> bool:
    """Whether a condition is of others that are described or counted, or of one amount or another."""
    if isinstance(query, InParts):
        return any(isinstance(one, ByValue) for one in query.queries)
    return isinstance(query, Joined | Numbered)


def _answering(question: ParsedQuestion, one: "_Described") -> Composed:
    """The query for what is described, or for whether there is any."""
    return Composed(Exists(one.query) if question.is_yes_or_no else one.query, (question,))


def _read_composed(question: ParsedQuestion) -> Iterator[Composed]:
    """What is described by several conditions, by an amount, by a number of others, or by others that are described."""
    for one in _described(question):
        if len(one.conditions) > 1 or any(_is_composed(each.query) for each in one.conditions):
            yield _answering(question, one)


class _Described(NamedTuple):
    query: Query
    conditions: Sequence[Condition]


def _described(question: ParsedQuestion) -> Sequence[_Described]:
    if question.asks_for("when", "why") or question.is_statement or _denies_of_object(question):
        return ()
    told = [(one.start, len(one.matches)) for one in question.topics], [(one.start, one.days) for one in question.days]
    return question.once(f"sets {sorted(question.places)} {told}", lambda: _sets_in(question))


def _denies_of_object(question: ParsedQuestion) -> bool:
    """Whether something is denied of a name that stands behind a verb: `need an A who is never asked`."""
    verb = min((span.start for span, _ in question.cues(Verb)), default=len(question.words))
    return any(question.says_more_of_name(one.start, after=verb) for one in question.cue_spans("not"))


def _sets_in(question: ParsedQuestion) -> Sequence[_Described]:
    reader = Conditions(_last_sentence(question))
    if question.is_yes_or_no:
        return _any_in(reader)
    if reader.word(0) in FRONTED and reader.word(1) in ("which", "what"):
        return list(islice(_fronted(reader), MAX_READINGS))
    start = reader.past(0, LEADING)
    for place in range(start, -1, -1):
        if found := list(islice(_sets(reader, place), MAX_READINGS)):
            return found
    return ()


def _last_sentence(question: ParsedQuestion) -> ParsedQuestion:
    """The last sentence, where those before it name nothing that the map has, and so restrict nothing."""
    ends = [end.end() for end in _SENTENCE_END.finditer(question.whole)]
    first = sum(end <= ends[-1] for _, end in word_spans(question.whole)) if ends else 0
    before = [place for place in question.places if (question.words[place].at or 0) < first]
    if not before or any(question.words[place].at is None for place in question.places):
        return question
    names = [place for one in question.topics for place in range(one.start, one.end)]
    if not _RESTRICTING.isdisjoint(question.words[place].text for place in before):
        return question
    told = {
        *names,
        *(one.start for one in question.days),
        *(place for one in amounts_in(question) for place in one.places),
    }
    return question.after(max(before) + 1) if told.isdisjoint(before) else question


_RESTRICTING = frozenset("it they them that this these those must should only not no without need want except".split())
"""Words of a sentence that may narrow what the next one asks for: `it must be cheap.`."""
_SENTENCE_END = re.compile(r"[.!?]\s+(?=\S)")


def _any_in(reader: Conditions) -> Sequence[_Described]:
    """`Are there any methods that …?`, `do any methods take …?`, `are any methods gentle?`."""
    opener = reader.word(0)
    if reader.word(1) == "there":
        return list(islice(_sets(reader, reader.past(2, {"any", "some", "a", "an", "also"})), MAX_READINGS))
    if reader.word(1) in ("any", "some"):
        reader.is_of_be = opener in BE
        return list(islice(_sets(reader, 2), MAX_READINGS))
    return ()


def _fronted(reader: Conditions) -> Iterator[_Described]:
    """`For which topics is no goal given?`."""
    for end, head in _heads(reader, 2):
        if isinstance(head, OfKind):
            for last, one in reader.noted_field(end):
                query = _assembled(head, [one]) if last == reader.end else None
                if query is not None:
                    yield _Described(query, [one])


def _sets(reader: Conditions, place: int) -> Iterator[_Described]:
    """What the words from a place on describe."""
    end, traits = _traits(reader, place)
    for behind, head in _heads(reader, end):
        reader.behind_noun, reader.head = behind, head
        for conditions in reader.all_from(behind, is_noun=head is not None):
            query = _assembled(head, [*traits, *conditions])
            if (conditions or traits) and query is not None:
                yield _Described(query, [*traits, *conditions])
    yield from _of_sort(reader, end, traits)


def _of_sort(reader: Conditions, place: int, traits: Sequence[Condition]) -> Iterator[_Described]:
    """`Plants whose season is June`: what meets the conditions, where the noun is true of all of it.

    Of `forage plants …` it is part of what the name before the noun is for, or an example of that.
    """
    begin = reader.past(place, DETERMINERS)
    start, members = _members(reader, begin) if begin in reader.topics else (begin, None)
    root = stem(reader.word(start))
    if not is_sort(root):
        return
    reader.behind_noun, reader.head = start + 1, None
    for conditions in reader.all_from(start + 1):
        query = _assembled(members, [*traits, *conditions])
        if query is not None and are_of_sort(reader.view, query.keys(reader.view), root):
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
    yield from _classes(reader, start)
    is_fragment = place == 0 and any(True for _ in reader.of(place, Verb))
    if reader.word(place - 1) in ("what", "which") or is_fragment:
        yield place, None


def _classes(reader: Conditions, place: int) -> Iterator[tuple[int, Query]]:
    """A name that is a plural, of what has parts or examples: these are asked for."""
    topic = reader.topics.get(place)
    if topic is not None and not topic.whole and is_plural(topic.words) and " " not in topic.words:
        root = stem(topic.words)
        ending = (entry for entry in topic.entries("name") if stem(entry.key.split()[-1]) == root)
        owners = {node for entry in ending for node in reader.question.index.owners_in(reader.view, entry)}
        if len(owners) > 1:
            yield reader.topic_ends[place], Named(tuple(sorted(owners)))
        return
    if topic is not None and is_plural(topic.words):
        end, members = _members(reader, place)
        if members is not None:
            yield end, members


def _members(reader: Conditions, place: int) -> tuple[int, Query | None]:
    """The place behind a whole name, and what is part of what it names or an example of that; None where nothing is."""
    topic, relations = reader.topics.get(place), reader.view.vocabulary.relations
    end, node = reader.name(place)
    if topic is None or node is None or not topic.whole:
        return place, None
    members = [
        Related(relations[name], node, inverse=True, chain=True) for name in (PART_OF, EXAMPLE_OF) if name in relations
    ]
    found = [one for one in members if one.exists(reader.view)]
    if not found:
        return place, None
    return end, found[0] if len(found) == 1 else InParts(tuple(found))


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
    if new and not filters.days:
        days = Days(max(one.days.first for one in new), min(one.days.last for one in new))
        left = [one for one in left if one.denied or not isinstance(one.query, NewOn)]
        if not filters.near and not filters.open and QUESTION not in head.kinds:
            return replace(new[0], days=days, filters=replace(filters, kinds=head.kinds)), left
        filters = replace(filters, days=days)
    return replace(head, filters=filters), left


COMPOSED = Form(
    "list",
    _read_composed,
    examples={"so many of something": ["claims with at least two pieces of evidence"]},
)
SETS = Form("list", _read)
