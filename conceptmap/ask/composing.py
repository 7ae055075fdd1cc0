"""Composing: questions for some of what a relation joins to a node, for all but some, for how many, for two at once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, permutations

from conceptmap.ask.amounts.measures import EXTREMES
from conceptmap.ask.askable import (
    MAX_EDGES,
    Askable,
    End,
    base_form,
    is_before_subject,
    name_in_question,
    noun_of,
    nouns_of,
    whether,
)
from conceptmap.ask.suggesting import Cues, as_cues, cues_of_kind, of_kind
from graphs.view import FoldedNode, View
from graphs.walks import reach
from graphs.words import MAX_FACET
from ontology.names import day_number, name_key, one_of_kind, singular
from ontology.terms import DAY, INTRODUCED_ON, LEADS_TO, REQUIRES
from ontology.vocabulary import Kind, Relation

MOST_ENDS = 3
"""To so many of the things that come of one in the end a way is asked for."""
_TO_THE_END = ("in the end", "all the way", "step by step", "until", "finally", "eventually", "turn into", "ends")
MOST_LEFT_OUT = 4
"""So many names can be left out of an answer in a sentence that one still reads."""


def some_of(view: View, one: Askable) -> Iterator[Askable]:
    """The question for those of its answers that are of a kind, or have a short text (a trait, say) in their data."""
    nodes = list(map(view.node, one.answers))
    for words, chosen, more in chain(_by_kind(view, nodes), _by_facet(view, nodes)):
        if one.end and 0 < len(chosen) < len(nodes):
            asked = one.end.asked(f"Which {words}")
            yield Askable(asked, one.about, one.asks, "some", one.words | more, chosen)


def all_but(one: Askable, left_out: Sequence[FoldedNode]) -> Iterator[Askable]:
    """The question for all of its answers but some."""
    names = list(filter(None, map(name_in_question, left_out)))
    without = tuple(node.id for node in left_out)
    kept = tuple(node for node in one.answers if node not in without)
    if kept and 0 < len(names) <= MOST_LEFT_OUT and len(names) == len(left_out):
        question = f"{one.question.removesuffix('?')}, apart from {' and '.join(names)}?"
        yield Askable(question, one.about, one.asks, "all but", one.words, kept, without=without)


def number_of(one: Askable) -> Iterator[Askable]:
    """The question for the number of its answers."""
    if one.end and len(one.answers) > 1:
        asked = one.end.asked("How many things", plural=True)
        words = one.words | as_cues("how many", "number", "count")
        yield Askable(asked, one.about, one.asks, "number", words, end=one.end, names=one.names)


def both(one: Askable, other: Askable) -> Askable:
    """Two questions as one."""
    second = other.question[:1].lower() + other.question[1:]
    answers = tuple(dict.fromkeys((*one.answers, *other.answers)))
    about = tuple(dict.fromkeys((*one.about, *other.about)))
    words = one.words | other.words
    told = " ".join(filter(None, (one.told, other.told)))
    asks = (one.asks, other.asks)
    return Askable(
        f"{one.question.removesuffix('?')}, and {second}",
        about,
        one.asks,
        "two",
        words,
        answers,
        told=told,
        also=asks,
    )


def either(one: Askable, other: Askable) -> Iterator[Askable]:
    """The question for what answers one or the other of two questions for the same of two nodes."""
    first, second = one.end, other.end
    if first and second and (first.relation, first.inverse) == (second.relation, second.inverse):
        answers = tuple(dict.fromkeys((*one.answers, *other.answers)))
        asked = End(first.relation, f"{first.name} or {second.name}", first.inverse).asked()
        yield Askable(asked, (*one.about, *other.about), one.asks, "two", one.words | as_cues("or", "either"), answers)


def shared(one: Askable, other: Askable) -> Iterator[Askable]:
    """The question for what answers two questions for the same of two nodes."""
    first, second = one.end, other.end
    if first and second and (first.relation, first.inverse) == (second.relation, second.inverse):
        answers = tuple(node for node in one.answers if node in other.answers)
        asked = End(first.relation, f"both {first.name} and {second.name}", first.inverse).asked()
        if answers:
            about = (*one.about, *other.about)
            yield Askable(asked, about, one.asks, "shared", one.words | as_cues("both", "together"), answers)
        if answers and first.relation.answers_chain:
            name = f"both {first.name} and {second.name}"
            asked = End(first.relation, name, first.inverse).asked(adverb="directly")
            yield Askable(asked, about, one.asks, "shared", one.words | as_cues("both", "together", "directly"))


def between(view: View, nodes: Sequence[FoldedNode]) -> Iterator[Askable]:
    """The questions whether the edges are there that join some nodes."""
    named = {node.id: name for node in nodes if (name := name_in_question(node))}
    for source, name in named.items():
        for key in islice(view.edge_keys_from(source), MAX_EDGES):
            relation = view.vocabulary.relations.get(key.relation)
            if relation and relation.name != INTRODUCED_ON and key.target in named and key.target != source:
                question = whether(relation, name, named[key.target])
                names = name, named[key.target]
                yield Askable(question, (source, key.target), relation.name, "whether", names=names)


def perhaps(relation: Relation, source: FoldedNode, target: FoldedNode) -> Iterator[Askable]:
    """The question whether a relation joins two nodes: that it does not may be known."""
    names = list(filter(None, map(name_in_question, (source, target))))
    if len(names) == 2 and relation.allows(source.kind, target.kind):
        asked, ends = whether(relation, *names), (source.id, target.id)
        yield Askable(asked, ends, relation.name, "whether", names=tuple(names))


def is_of_kind(kind: Kind, node: FoldedNode) -> Iterator[Askable]:
    """The question whether a node is of a kind."""
    if name := name_in_question(node):
        yield Askable(f"Is {name} {one_of_kind(kind.name)}?", (node.id,), of_kind(kind.name), "whether")


def ways(nodes: Sequence[FoldedNode]) -> Iterator[Askable]:
    """The questions how one gets from one of some nodes to another."""
    named = {node.id: name for node in nodes if (name := name_in_question(node))}
    for start, end in permutations(named, 2):
        yield Askable(f"How do you get from {named[start]} to {named[end]}?", (start, end), "way", "way")


def ways_to_ends(view: View, node: FoldedNode) -> Iterator[Askable]:
    """The questions how one gets from a node to what comes of it in the end."""
    relation, name = view.vocabulary.relations.get(LEADS_TO), name_in_question(node)
    came_from = reach(view, node.id, LEADS_TO, far=True) if relation and name else {}
    ends = (one for one in came_from if one != node.id and next(view.edge_keys_from(one, LEADS_TO), None) is None)
    for end in map(view.node, islice(ends, MOST_ENDS)):
        if last := name_in_question(end):
            words = as_cues(*_TO_THE_END)
            yield Askable(f"How do you get from {name} to {last}?", (node.id,), "way", "way", words, (end.id,))


def about_kind(kind: Kind, node: FoldedNode) -> Iterator[Askable]:
    """The question which of a kind are about a node."""
    if name := name_in_question(node):
        asked = f"Which {nouns_of(kind)} are about {name}?"
        words = as_cues("about", "on", "say", "tell")
        yield Askable(asked, (node.id,), of_kind(kind.name), "about", words, names=(name,))


def noted_at_end(value: str, kind: Kind, relation: Relation) -> Askable:
    """The question which of a kind that are noted as something stand at the beginning of edges of a relation."""
    verb, _, rest = relation.says.partition(" ")
    said = " ".join(filter(None, (base_form(verb), rest)))
    asked = f"Which {value} {nouns_of(kind)} {said} anything?"
    return Askable(asked, (), relation.name, "noted", as_cues(value) | cues_of_kind(kind))


def is_noted_as(value: str, node: FoldedNode) -> Iterator[Askable]:
    """The question whether a node is noted as something."""
    if name := name_in_question(node):
        yield Askable(f"Is {name} {value}?", (node.id,), "", "whether", as_cues(value))


def without_it(one: FoldedNode, other: FoldedNode) -> Iterator[Askable]:
    """The question whether there can be one of two things without the other."""
    names = list(filter(None, map(name_in_question, (one, other))))
    if len(names) == 2:
        words = as_cues("without", "no", "not", "lack", "need", "possible", "can")
        yield Askable(f"Can there be {names[0]} without {names[1]}?", (one.id, other.id), REQUIRES, "whether", words)


def lacking(kind: Kind, relation: Relation, *, inverse: bool) -> Askable:
    """The question which of a kind stand at no edge of a relation: as sources, or (`inverse`) as targets.

    >>> from ontology.vocabulary import read_vocabulary
    >>> words = read_vocabulary()
    >>> lacking(words.kinds["Concept"], words.relations["requires"], inverse=False).question
    'Which concepts do not require anything?'
    >>> lacking(words.kinds["Claim"], words.relations["supports"], inverse=True).question
    'Which claims are not supported by anything?'
    """
    verb, _, rest = (relation.inverse_says if inverse else relation.says).partition(" ")
    if is_before_subject(verb):
        said = f"{base_form(verb)} not {rest}"
    else:
        said = " ".join(filter(None, ("do not", base_form(verb), rest)))
    words = as_cues("no", "none", "nothing", "not", "without", "lack", "any") | cues_of_kind(kind)
    return Askable(f"Which {nouns_of(kind)} {said} anything?", (), relation.name, "lacking", words)


def is_countable_noun(noun: str) -> bool:
    """Whether one can ask for the most of what a noun names: of `part`, not of `part of`."""
    return " " not in noun


def most_joined(kind: Kind, relation: Relation, noun: str, order: int) -> Askable:
    """The question which of a kind has the most, or the fewest, at an end of a relation that a noun names."""
    plural = noun if singular(noun) != noun else f"{noun}s"
    asked = f"Which {noun_of(kind)} has the {'most' if order > 0 else 'fewest'} {plural}?"
    return Askable(asked, (), relation.name, "extreme", as_cues(*EXTREMES, noun) | cues_of_kind(kind))


def apart_in_time(kinds: Sequence[Kind], node: FoldedNode, *, before: bool) -> Iterator[Askable]:
    """The questions what came up before a node, or after it."""
    if name := name_in_question(node):
        side = "before" if before else "after"
        yield Askable(f"What came up {side} {name}?", (node.id,), side, "range", as_cues("new introduced", "came up"))
        for kind in kinds:
            asked = f"Which {nouns_of(kind)} came up {side} {name}?"
            yield Askable(asked, (node.id,), side, "range", cues_of_kind(kind))


def of_day(kind: Kind, day: FoldedNode) -> Iterator[Askable]:
    """A list and the number of all of a kind that a day brings."""
    asked = f"List every {noun_of(kind)} on {day.label}"
    yield Askable(asked, (day.id,), of_kind(kind.name), "list", as_cues("new introduced", "list every all which"))
    asked = f"How many {nouns_of(kind)} are there on {day.label}?"
    yield Askable(asked, (day.id,), of_kind(kind.name), "count", as_cues("how many", "how much", "number", "count"))


def between_days(nodes: Sequence[FoldedNode], kinds: Sequence[Kind]) -> Iterator[Askable]:
    """The questions what came up from one of two days to the other."""
    days = sorted((number, node) for node in nodes if (number := day_number(node.id)) is not None)[:2]
    if len(days) == 2:
        (_, first), (_, last) = days
        words = as_cues("new introduced", "came up", "between", "to", "through")
        asked = f"What came up between {first.label} and {last.label}?"
        yield Askable(asked, (first.id, last.id), "new", "range", words)
        for kind in kinds:
            asked = f"Which {nouns_of(kind)} came up between {first.label} and {last.label}?"
            yield Askable(asked, (first.id, last.id), of_kind(kind.name), "range", words)


def with_one_without(value: str, other: str, kind: Kind) -> Askable:
    """The question which of a kind are noted as one thing and not as another."""
    words = as_cues(value, other, "not", "isn t") | cues_of_kind(kind)
    return Askable(f"Which {nouns_of(kind)} are {value} and not {other}?", (), "", "list", words)


def _by_kind(view: View, nodes: Sequence[FoldedNode]) -> Iterator[tuple[str, tuple[str, ...], Cues]]:
    for kind in {node.kind: None for node in nodes}:
        found = view.vocabulary.kinds.get(kind)
        if found and kind != DAY:
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
    values: Iterable[object] = chain.from_iterable(
        one if isinstance(one, list) else [one] for one in node.data.values()
    )
    return [one for one in values if isinstance(one, str) and name_key(one) and len(one) <= MAX_FACET]
