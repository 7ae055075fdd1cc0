"""Composing: questions for some of what a relation joins to a node, for all but some, for how many, for two at once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, permutations

from conceptmap.ask.amounts.fields import asked_quantities, is_called, shown
from conceptmap.ask.amounts.measures import BY_NAME, EXTREMES, called_by, measures_in
from conceptmap.ask.amounts.quantities import quantity_of
from conceptmap.ask.askable import (
    MAX_EDGES,
    Askable,
    End,
    base_form,
    is_before_subject,
    name_in_question,
    noun_of,
    nouns_of,
    of_field,
    whether,
)
from conceptmap.ask.suggesting import Cues, as_cues, cues_of_kind, of_kind
from graphs.fields import field_index, field_words
from graphs.view import FoldedNode, View
from graphs.words import MAX_FACET, stem, stems
from ontology.names import day_number, name_key, one_of_kind, singular
from ontology.terms import DAY, INTRODUCED_ON
from ontology.vocabulary import Kind, Relation

MOST_LEFT_OUT = 4
"""So many names can be left out of an answer in a sentence that one still reads."""
MAX_FIELDS = 30
"""So many fields of a map are looked at for those that a question measures by."""
MAX_OWNERS = 20
"""So many of the nodes that hold a field are looked at for their kinds."""


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
        yield Askable(asked, one.about, one.asks, "number", one.words | as_cues("how many", "number", "count"))


def both(one: Askable, other: Askable) -> Askable:
    """Two questions as one."""
    second = other.question[:1].lower() + other.question[1:]
    answers = tuple(dict.fromkeys((*one.answers, *other.answers)))
    about = tuple(dict.fromkeys((*one.about, *other.about)))
    words = one.words | other.words
    told = " ".join(filter(None, (one.told, other.told)))
    asks = (one.asks, other.asks)
    return Askable(
        f"{one.question.removesuffix('?')}, and {second}", about, one.asks, "two", words, answers, told=told, also=asks
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
            asked = End(first.relation, name, first.inverse).asked(directly=True)
            yield Askable(asked, about, one.asks, "shared", one.words | as_cues("both", "together", "directly"))


def between(view: View, nodes: Sequence[FoldedNode]) -> Iterator[Askable]:
    """The questions whether the edges are there that join some nodes."""
    named = {node.id: name for node in nodes if (name := name_in_question(node))}
    for source, name in named.items():
        for key in islice(view.edge_keys_from(source), MAX_EDGES):
            relation = view.vocabulary.relations.get(key.relation)
            if relation and relation.name != INTRODUCED_ON and key.target in named and key.target != source:
                question = whether(relation, name, named[key.target])
                yield Askable(question, (source, key.target), relation.name, "whether")


def perhaps(relation: Relation, source: FoldedNode, target: FoldedNode) -> Iterator[Askable]:
    """The question whether a relation joins two nodes: that it does not may be known."""
    names = list(filter(None, map(name_in_question, (source, target))))
    if len(names) == 2 and relation.allows(source.kind, target.kind):
        yield Askable(whether(relation, *names), (source.id, target.id), relation.name, "whether")


def is_of_kind(kind: Kind, node: FoldedNode) -> Iterator[Askable]:
    """The question whether a node is of a kind."""
    if name := name_in_question(node):
        yield Askable(f"Is {name} {one_of_kind(kind.name)}?", (node.id,), of_kind(kind.name), "whether")


def ways(nodes: Sequence[FoldedNode]) -> Iterator[Askable]:
    """The questions how one gets from one of some nodes to another."""
    named = {node.id: name for node in nodes if (name := name_in_question(node))}
    for start, end in permutations(named, 2):
        yield Askable(f"How do you get from {named[start]} to {named[end]}?", (start, end), "way", "way")


def fields_measured(view: View, words: Sequence[str]) -> list[tuple[str, int]]:
    """The fields that words (of a name key) ask for, each with the end: 1 the most, -1 the least, 0 neither."""
    index = field_index(view)
    measured = {name: one.order for one in measures_in(words) for name in one.measures}
    order = next((EXTREMES[word] for word in words if word in EXTREMES), 0)
    order = order or next((one for one in measured.values() if one), 0)
    named = {field for word in words for field in index.holding(word)}
    measured |= {name: 0 for word in words for name in called_by(stem(word)) if name not in measured}
    found = []
    for field in islice(index.fields, MAX_FIELDS):
        if field in named or any(is_called(field, measure) for measure in measured):
            found.append((field, order))
    return found


def extremes(view: View, field: str, order: int, days: Sequence[FoldedNode] = ()) -> Iterator[Askable]:
    """The questions which of a kind (on a day) has the most of what a field holds, or the least."""
    words = field_words(field)
    for kind in _kinds_with(view, field):
        is_plural = singular(words) != words
        degree = ("most" if order > 0 else "fewest") if is_plural else ("highest" if order > 0 else "lowest")
        cues = as_cues(words, field, *EXTREMES, "long short") | cues_of_kind(kind)
        asks = "most" if order > 0 else "least"
        yield Askable(f"Which {noun_of(kind)} has the {degree} {words}?", (), asks, "extreme", cues)
        for day in days if kind.name != DAY else ():
            asked = f"Which {noun_of(kind)} on {day.label} has the {degree} {words}?"
            yield Askable(asked, (day.id,), asks, "extreme", cues)


def bounds(view: View, question: str) -> Iterator[Askable]:
    """The questions which of a kind have values within what a question says: `more than 45 minutes`."""
    index = field_index(view)
    for placed in asked_quantities(question):
        said = question[placed.start : placed.end].strip(" ?.!,")
        for field in islice(index.fields, MAX_FIELDS):
            for kind in _kinds_with(view, field, placed.quantity.dimension):
                cues = as_cues(field, said, *said.split(), field_words(field)) | cues_of_kind(kind)
                asked = f"{nouns_of(kind)} have {field_words(field)} of {said}?"
                yield Askable(f"Which {asked}", (), "", "bound", cues)
                yield Askable(f"How many {asked}", (), "", "count", cues | as_cues("how many", "number", "count"))


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


def greater(field: str, order: int, one: FoldedNode, other: FoldedNode) -> Iterator[Askable]:
    """The question which of two nodes has more, or less, of what a field holds."""
    names = list(filter(None, map(name_in_question, (one, other))))
    if len(names) == 2 and field in one.data and field in other.data:
        words = field_words(field)
        is_plural = singular(words) != words
        degree = ("most" if order > 0 else "fewest") if is_plural else ("highest" if order > 0 else "lowest")
        asked = f"Which has the {degree} {words}, {names[0]} or {names[1]}?"
        cues = as_cues(words, field, *EXTREMES, "or", "more", "less", "long", "short")
        yield Askable(asked, (one.id, other.id), "most" if order > 0 else "least", "extreme", cues)


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


def measures_of(wanted: Sequence[str], node: FoldedNode) -> Iterator[Askable]:
    """The questions for the measures that words ask for, of whose values a text may tell: `how wide is A?`."""
    name = name_in_question(node)
    for one in measures_in(wanted) if name else ():
        said = " ".join(wanted[one.start : one.end])
        measure = BY_NAME.get(one.measures[0])
        if one.order or not said.startswith("how "):
            continue
        if said.startswith("how many ") and stem(wanted[one.end - 1]) not in stems(name_key(node.text or "").split()):
            continue
        if measure is None or said.startswith("how many "):
            asked = f"{said.capitalize()} does {name} have?"
        elif said == "how long":
            asked = f"{said.capitalize()} does {name} take?"
        else:
            asked = f"{said.capitalize()} is {name}?"
        yield Askable(asked, (node.id,), "", "field", as_cues(said), told=node.text or "")


def values_of(view: View, field: str) -> Iterator[Askable]:
    """The questions for the values that nodes have in a field, where few have it."""
    owners = field_index(view).owners(field)
    for node in map(view.node, filter(view.has_node, owners if len(owners) <= MAX_OWNERS else ())):
        if (name := name_in_question(node)) and field in node.data:
            yield from of_field(node, name, field, node.data[field])


def with_one_without(value: str, other: str, kind: Kind) -> Askable:
    """The question which of a kind are noted as one thing and not as another."""
    words = as_cues(value, other, "not", "isn t") | cues_of_kind(kind)
    return Askable(f"Which {nouns_of(kind)} are {value} and not {other}?", (), "", "list", words)


def _kinds_with(view: View, field: str, dimension: str = "") -> list[Kind]:
    """The kinds of the first nodes that hold a field, with a quantity of a dimension, if one is given."""
    owners = filter(view.has_node, islice(field_index(view).owners(field), MAX_OWNERS))
    kinds = dict.fromkeys(
        node.kind for node in map(view.node, owners) if not dimension or (_measures(node, field, dimension))
    )
    return [view.vocabulary.kinds[kind] for kind in kinds if kind in view.vocabulary.kinds]


def _measures(node: FoldedNode, field: str, dimension: str) -> bool:
    """Whether a node holds a quantity of a dimension in a field."""
    quantities = map(quantity_of, shown(field, node.data.get(field, "")))
    return any(one is not None and one.dimension == dimension for one in quantities)


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
