"""By value: `which method takes the longest?`, `the lowest temperature`, `which tasks need at least 300 words?`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar, NamedTuple

from conceptmap.ask.amounts.fields import (
    Held,
    asked_quantities,
    has_dimension,
    held_by,
    is_called,
    most,
    quantity,
    within,
)
from conceptmap.ask.amounts.measures import BY_NAME, COMPARATIVES, DATED, EXTREMES, words_of_degree
from conceptmap.ask.amounts.quantities import Quantity
from conceptmap.ask.amounts.ranking import bounded, extreme
from conceptmap.ask.form import Account, Composed, Form, Query, Wanted
from conceptmap.ask.forms.combined import Named
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.related import Related
from conceptmap.ask.found import Found, Piece, cited
from conceptmap.ask.lexicon import KindWord
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic, Unclear
from conceptmap.ask.saying import listed
from conceptmap.ask.sorts import sort_place
from conceptmap.ask.sought import Sought, sought, with_verbs
from conceptmap.ask.sparql import NoSparql, ShortNames
from conceptmap.ask.words import ARTICLES, IGNORABLE, NUMBERS, QUESTION_WORDS
from graphs.fields import field_words
from graphs.view import View
from graphs.words import stems
from ontology.names import name_key, word_spans
from ontology.terms import DAY, EXAMPLE_OF, HUBS, PART_OF

FEW = 200
"""Up to so many nodes each is looked at, with its values in comparisons; of more the fields alone are."""


@dataclass(frozen=True, slots=True)
class ByValue(Query):
    """Those of some nodes (of all, without a query for them) whose values are the greatest or the least of several.

    With `asked` it is those whose values lie within that quantity. The values are those of the fields, by name, or of
    the first of the measures that any of them has; `words` are stems that the names of their fields hold, and `said` is
    how the question calls the quantity.
    """

    among: Query | None
    fields: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    order: int = 0
    asked: Quantity | None = None
    words: tuple[str, ...] = ()
    said: str = ""
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "day"])

    def find(self, view: View) -> list[Found]:
        """The nodes, each cited by the line that gives its value."""
        found: dict[str, Found] = {}
        for held in self._held(view):
            one = cited(view, view.node(held.node), cites=held.found.cites)
            found.setdefault(held.node, replace(one, text=f"{field_words(held.field)}: {held.found.label}"))
        return list(found.values())

    def account(self, view: View) -> Account:
        """What describes the nodes, and the words that fields are named by."""
        own = Account(stems=frozenset(self.words))
        return self.among.account(view) | own if self.among else own

    def pieces(self, view: View) -> Iterator[Piece]:
        """What describes the nodes, and what of their values is asked."""
        yield from self.among.pieces(view) if self.among else ()
        if self.fields:
            yield Piece("fields", self.fields)
        if self.measures:
            yield Piece("measures", self.measures)
        yield Piece("values", self._what)

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Each node with its value."""
        values = {held.node: held.found.label for held in self._held(view)}
        return f"{self.lead(view)}: {listed([f'{one.label} ({values[str(one.id)]})' for one in found])}."

    def lead(self, view: View) -> str:
        """`The greatest duration`, `less than an hour`."""
        return self.said[:1].upper() + self.said[1:] if self.asked else f"{self._what.capitalize()}{self._name(view)}"

    def missing(self, view: View) -> str:
        """`whose duration is the greatest`."""
        return f"for what it is {self.said}" if self.asked else f"whose{self._name(view) or ' value'} is {self._what}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Values are texts in RDF."""
        raise NoSparql("SPARQL does not know units, and cannot compare values that have some")

    def value_of(self, view: View, node: str) -> str | None:
        """What a node has in what is asked, whether it is the answer or not."""
        return next((one.found.label for one in self._candidates(view, [node])), None)

    def compares(self, view: View, number: int) -> bool:
        """Whether so many are compared: so many are described, or have such a value; days and the like apart."""
        among = self.among or OfKind(tuple(kind for kind in view.vocabulary.kinds if kind not in HUBS))
        nodes = [one.id for one in among.find(view) if one.id]
        return number in (len(nodes), len({held.node for held in self._candidates(view, nodes)}))

    @property
    def _what(self) -> str:
        if self.asked:
            return self.said
        if "date" in self.measures or any(is_called(one, "date") for one in self.fields):
            return "the latest" if self.order > 0 else "the earliest"
        return "the greatest" if self.order > 0 else "the least"

    def _name(self, view: View) -> str:
        """What their values are called."""
        nouns = [field_words(one.field) for one in self._held(view)]
        nouns += [*map(field_words, self.fields), *(BY_NAME[one].noun for one in self.measures[:1] if one in BY_NAME)]
        return f" {nouns[0]}" if nouns else ""

    def _held(self, view: View) -> list[Held]:
        """The values that answer."""
        if isinstance(self.among, OfKind) and not self.among.filters:
            kinds = view.vocabulary.within(self.among.kinds)
            return self._ranked(view, lambda node: view.kind(node) in kinds)
        if self.among is None:
            return self._ranked(view, lambda node: True)
        nodes = list(dict.fromkeys(one.id for one in self.among.find(view) if one.id))
        return self._of_few(view, nodes) if len(nodes) <= FEW else self._ranked(view, frozenset(nodes).__contains__)

    def _of_few(self, view: View, nodes: Sequence[str]) -> list[Held]:
        held = self._candidates(view, nodes)
        if self.asked:
            return within(held, self.asked)
        # Values of other names are not compared, unless each name has the same nodes at the end.
        names = {one.field: is_called(one.field, measure, only=True) for one in held for measure in self.measures}
        plain = [one for one in held if names.get(one.field)]
        by_field = [[one for one in held if one.field == field] for field in dict.fromkeys(one.field for one in held)]
        ends = [end for end in (most(one, self.order) for one in ([plain] if plain else by_field)) if end]
        return ends[0] if ends and len({frozenset(one.node for one in end) for end in ends}) == 1 else []

    def _candidates(self, view: View, nodes: Sequence[str]) -> list[Held]:
        """The values of nodes in what is asked."""
        for measure in self.measures or ("",):
            held = quantity(view, nodes, measure) if measure else [one for node in nodes for one in held_by(view, node)]
            if chosen := [one for one in held if (measure or one.field in self.fields) and self._is_called(one)]:
                return chosen
        return []

    def _ranked(self, view: View, accepts: Callable[[str], bool]) -> list[Held]:
        if self.asked:
            return [one for one in bounded(view, self.asked, accepts, self.fields) if self._is_called(one)]
        return [one for one in extreme(view, self.measures, self.order, accepts, self.fields) if self._is_called(one)]

    def _is_called(self, held: Held) -> bool:
        return set(self.words) <= set(stems(field_words(held.field).split()))


def _read_extreme(question: ParsedQuestion) -> Iterator[Composed]:
    """`The METHOD that takes the longest`, `which has the shorter rise, A or B?`."""
    degrees = (one.said in EXTREMES or one.said in COMPARATIVES or one.said in DATED for one in question.words)
    extremes = question.asks_for("degree") or any(degrees)
    for one in sought(question) if extremes else ():
        rest = question.hiding(one.places)
        if one.order and (not one.compares or _alternatives(rest)):  # `longer` is said of two
            compared = {
                place for span in rest.spans for place in range(span.start, span.end) if rest.text(span) == "than"
            }
            if not compared:
                yield from _of_nodes(question, rest, one.places, ByValue(None, one.fields, one.measures, one.order))


def _read_within(question: ParsedQuestion) -> Iterator[Composed]:
    """`Which methods take more than two hours?`."""
    for bound in bounds(question):
        for reading in _of_nodes(question, bound.rest, bound.places, bound.query):
            # A point may be meant otherwise: `what does an hour cost?`.
            if bound.is_range or reading.query.find(question.view):
                yield reading


class Amount(NamedTuple):
    """A quantity that a question names as a bound or with a unit, how it is said, and the places of its words."""

    quantity: Quantity
    said: str
    places: frozenset[int]


def amounts_in(question: ParsedQuestion) -> Iterator[Amount]:
    """The quantities that a question names."""
    spans = word_spans(question.whole)
    at = {word.at: place for place, word in enumerate(question.words) if word.at is not None}
    for placed in asked_quantities(question.whole):
        own = [number for number, (start, end) in enumerate(spans) if start < placed.end and placed.start < end]
        places = [at.get(number, -1) for number in own]
        if places and places == list(range(places[0], places[0] + len(places))) and places[0] >= 0:
            yield Amount(placed.quantity, question.whole[placed.start : placed.end], frozenset(places))


def by_amount(amount: Amount, fields: Sequence[str] = (), measures: Sequence[str] = ()) -> ByValue:
    """All that has a value within a quantity, in some fields or whatever measures it."""
    dimension = amount.quantity.dimension
    known = tuple(one.name for one in BY_NAME.values() if one.has_dimension(dimension)) or (dimension,)
    # `300+` is how a note writes a value, and not a bound of it.
    asked = replace(amount.quantity, high=amount.quantity.low) if "+" in amount.said else amount.quantity
    return ByValue(None, tuple(fields), tuple(measures) or known, asked=asked, said=amount.said)


class Bound(NamedTuple):
    """A quantity that values must lie within: the query for all that do, what says so, and the rest of the question."""

    query: ByValue
    places: frozenset[int]
    rest: ParsedQuestion
    is_range: bool


def bounds(question: ParsedQuestion) -> Iterator[Bound]:
    """The quantities that a question bounds values by, each with the fields or measures that it may be of."""
    if question.asks_for("count"):
        return
    for amount in amounts_in(question):
        if not amount.places <= question.places:
            continue
        dimension = amount.quantity.dimension
        for one in (*sought(question.hiding(amount.places)), Sought(frozenset())):
            if one.measures and not any(has_dimension(measure, dimension) for measure in one.measures):
                continue
            query = by_amount(amount, one.fields, one.measures)
            known = by_amount(amount).measures
            taken = amount.places | with_verbs(question, Sought(one.places, one.fields, known)).places
            is_range = amount.quantity.low != amount.quantity.high
            yield Bound(query, taken, question.hiding(taken), is_range)


def _of_nodes(
    question: ParsedQuestion, rest: ParsedQuestion, places: frozenset[int], made: ByValue
) -> Iterator[Composed]:
    """The query for the nodes that the rest of a question describes, names one by one, or leaves open."""
    numbered = _numbered(rest)
    if numbered is not None:
        place, number = numbered
        valued = {one for one in rest.places if rest.words[one].text in _VALUED}
        for reading in _of_nodes(question, rest.hiding({place, *valued}), places | {place, *valued}, made):
            if isinstance(reading.query, ByValue) and reading.query.compares(question.view, number):
                yield reading
        return
    explained = question.part(places.__contains__)
    if alternatives := _alternatives(rest):
        joining, words = _beside_names(rest)
        named = replace(made, among=Named(alternatives), words=words)
        yield Composed(named, (explained, question.part(joining.__contains__)))
        return
    of_day = {place for span in rest.cue_spans("when") for place in range(span.start, span.end)}
    of_day |= {place for span, word in rest.cues(KindWord) if word.kind == DAY for place in range(span.start, span.end)}
    if rest.hiding(of_day).is_empty:
        among = OfKind((DAY,)) if of_day else None
        yield Composed(replace(made, among=among), (question.part((places | of_day).__contains__),))
        return
    with suppress(Ambiguous, Unclear):
        for query in rest.read():
            if "any" in query.gives:
                yield Composed(replace(made, among=query), (explained, rest))
    yield from _of_sort(rest, explained, made)
    for topic in rest.named[:1]:
        nodes = tuple(node for node, _ in rest.nodes(topic))
        if len(nodes) > 1:
            covered = question.part(range(topic.start, topic.end).__contains__)
            yield Composed(replace(made, among=Named(nodes)), (explained, covered))


def _of_sort(rest: ParsedQuestion, explained: ParsedQuestion, made: ByValue) -> Iterator[Composed]:
    """The same where a common noun says what is asked for, `which plants …?`: of what answers it must be true."""
    noun = sort_place(rest)
    if noun is None:
        return
    others = rest.hiding({noun})
    if all(others.words[place].text in IGNORABLE | QUESTION_WORDS for place in others.places):
        yield Composed(made, (explained,))
    relations, before = rest.view.vocabulary.relations, [one for one in others.named if one.end == noun and one.whole]
    for topic in before:  # `which forage plant …?`
        with suppress(Ambiguous, Unclear):
            node = rest.node(topic)
            for name in (PART_OF, EXAMPLE_OF):
                members = Related(relations[name], node, inverse=True) if name in relations else None
                if members is not None and members.exists(rest.view):
                    covered = rest.part(range(topic.start, topic.end).__contains__)
                    yield Composed(replace(made, among=members), (explained, covered))


_VALUED = frozenset("timed scheduled priced dated measured weighed rated".split())
"""Words that only say that something has a value: `the three timed sections`."""


def _numbered(rest: ParsedQuestion) -> tuple[int, int] | None:
    """How many are compared, and where that is said: `of the three sections`, `the 5 days`."""
    whole = name_key(rest.whole)
    for place in sorted(rest.places):
        word, before = rest.words[place].text, rest.words[place - 1].text if place else ""
        number = NUMBERS.get(word) or (int(word) if word.isdecimal() and len(word) < MAX_DIGITS else 0)
        named = any(one.start <= place < one.end for one in rest.spans if one.named or one.days)
        # `Which two need the most …?` asks for two; put into plainer words, `of the two, which one …?` looks like it.
        is_of = before in _OF_THESE or any(f"of {one} {word} " in whole for one in _OF_THESE)
        if number > 1 and not named and is_of:
            return place, number
    return None


_OF_THESE = frozenset("the these those our of all".split())
MAX_DIGITS = 5


def _beside_names(rest: ParsedQuestion) -> tuple[set[int], tuple[str, ...]]:
    """The places of the words that join names, and the stems of those that say something else."""
    joining = _joining(rest)
    names = {place for topic in _joined(rest) for place in range(topic.start, topic.end)}
    others = (rest.words[place].text for place in sorted(rest.places - joining - names))
    told = [word for word in others if word not in IGNORABLE | QUESTION_WORDS]
    return joining, stems(told) if told else ()


def _joining(rest: ParsedQuestion) -> set[int]:
    spans = (*rest.cue_spans("or", "and"), *(one for one in rest.cue_spans("compare") if rest.text(one) in _VERSUS))
    return {place for span in spans for place in range(span.start, span.end)}


_VERSUS = frozenset(["vs", "versus"])


def _joined(rest: ParsedQuestion) -> list[Topic]:
    """The names that `or` or `and` joins, with commas between more than two."""
    joining = _joining(rest)
    topics = sorted((topic for topic in rest.named if topic.whole), key=lambda topic: topic.start)
    groups: list[list[Topic]] = []
    for before, after in pairwise(topics):
        between = {place for place in range(before.end, after.start) if rest.words[place].text not in ARTICLES}
        is_listed = rest.words[before.start].clause != rest.words[after.start].clause
        # Of `longer to do A, B or C?`, only B and C are alternatives.
        if between <= joining and (between or (is_listed and before.preposition == after.preposition)):
            if groups and groups[-1][-1] is before:
                groups[-1].append(after)
            else:
                groups.append([before, after])
    joined = [one for one in groups if joining & {*range(one[0].end, one[-1].start)}]
    return joined[0] if len(joined) == 1 else []


def _alternatives(rest: ParsedQuestion) -> tuple[str, ...]:
    """The nodes that `or` or `and` joins."""
    nodes = tuple(dict.fromkeys(map(rest.node, _joined(rest))))
    return nodes if len(nodes) > 1 else ()


EXTREME = Form(
    "by value",
    _read_extreme,
    cues={"degree": words_of_degree(), "compare": ""},
    examples={"the most or the least": ["which question needs the most words?"]},
)
WITHIN = Form(
    "by value",
    _read_within,
    examples={"above or below": ["which questions need at least 400 words?"]},
)
