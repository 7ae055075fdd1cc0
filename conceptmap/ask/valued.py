"""Valued: questions for the values that nodes have in fields, for the most and the least of them, and within bounds."""

from collections.abc import Iterator, Sequence
from itertools import islice

from conceptmap.ask.amounts.fields import asked_quantities, is_called, shown
from conceptmap.ask.amounts.measures import BY_NAME, EXTREMES, called_by, measures_in
from conceptmap.ask.amounts.quantities import quantity_of
from conceptmap.ask.askable import (
    Askable,
    name_in_question,
    noun_of,
    nouns_of,
    of_field,
)
from conceptmap.ask.suggesting import as_cues, cues_of_kind
from graphs.fields import field_index, field_words
from graphs.view import FoldedNode, View
from graphs.words import stem, stems
from ontology.names import name_key, singular
from ontology.terms import DAY
from ontology.vocabulary import Kind

MAX_FIELDS = 30
"""So many fields of a map are looked at for those that a question measures by."""
MAX_OWNERS = 20
"""So many of the nodes that hold a field are looked at for their kinds."""


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


def bounds(view: View, question: str, days: Sequence[FoldedNode] = ()) -> Iterator[Askable]:
    """The questions which of a kind (on a day) have values within what a question says: `more than 45 minutes`."""
    index = field_index(view)
    for placed in asked_quantities(question):
        said = _bound(question[placed.start : placed.end].strip(" ?.!,"))
        for field in islice(index.fields, MAX_FIELDS):
            for kind in _kinds_with(view, field, placed.quantity.dimension):
                cues = as_cues(field, said, *said.split(), field_words(field)) | cues_of_kind(kind)
                held = f"have {field_words(field)} of {said}?"
                yield Askable(f"Which {nouns_of(kind)} {held}", (), "", "bound", cues)
                counting = cues | as_cues("how many", "number", "count")
                yield Askable(f"How many {nouns_of(kind)} {held}", (), "", "count", counting)
                for day in days if kind.name != DAY else ():
                    yield Askable(f"Which {nouns_of(kind)} on {day.label} {held}", (day.id,), "", "bound", cues)


def _bound(said: str) -> str:
    """What is said behind an amount, before it: of `15 minutes or less`, `at most 15 minutes`."""
    amount, joint, last = said.rpartition(" or ")
    return f"{'at most' if last in _OR_LESS else 'at least'} {amount}" if joint else said


_OR_LESS = frozenset("less fewer under below shorter lower smaller lighter cheaper".split())


def summed(field: str, day: FoldedNode) -> Askable:
    """The question for the sum of a day's values in a field."""
    words = field_words(field)
    asked = f"How many {words} does {day.label} take in total?"
    return Askable(asked, (day.id,), "", "total", as_cues(words, field, "how long", "how many", "total", "altogether"))


def having(kind: Kind, field: str) -> Iterator[Askable]:
    """The questions which of a kind have anything in a field, and which have not."""
    words = field_words(field)
    noun, known = singular(words), as_cues(words, field) | cues_of_kind(kind)
    article = "" if noun != words else "an " if noun[:1] in "aeiou" else "a "
    yield Askable(f"Which {nouns_of(kind)} have {article}{words}?", (), "", "having", known)
    lack = known | as_cues("no", "none", "not", "without", "lack", "missing")
    yield Askable(f"Which {nouns_of(kind)} have no {words}?", (), "none", "lacking", lack)


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
