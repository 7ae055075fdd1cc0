"""What a thing has in a field, or in a measure: `hours of day 26`, `how long does A take?`, `how many words …?`."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import nan
from typing import ClassVar

from conceptmap.ask.amounts.fields import Held, held_by, near, of_measure, total, unit_in
from conceptmap.ask.amounts.measures import BY_NAME, phrases_that_measure
from conceptmap.ask.amounts.quantities import Quantity, quantity_of
from conceptmap.ask.amounts.ranking import values_of
from conceptmap.ask.amounts.texts import numbers_in_texts
from conceptmap.ask.amounts.units import COUNTED
from conceptmap.ask.form import Account, Composed, Form, Query, Wanted, made_once
from conceptmap.ask.forms.combined import InParts
from conceptmap.ask.forms.new_on import NewOn
from conceptmap.ask.found import Found, NodeName, Piece
from conceptmap.ask.kept import told_of
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic
from conceptmap.ask.sought import Sought, sought
from conceptmap.ask.spans import Days
from conceptmap.ask.sparql import NoSparql, ShortNames, either, text
from conceptmap.ask.telling import fields_asked
from conceptmap.ask.words import IGNORABLE, OPENERS
from graphs.fields import field_words
from graphs.view import View
from graphs.words import stem, stems
from ontology.names import day_id, day_number, name_key
from ontology.terms import UNIT
from ontology.values import JsonValue

MIN_TOLD = 2
"""So many words must tell of a thing that is not named: one alone is told of too much."""
MAX_DESCRIBED = 200
"""Of so many of the nodes that a question describes the values are looked for; nobody reads more."""


@dataclass(frozen=True, slots=True)
class ValueOf(Query):
    """The values of nodes in fields, by name, or in the first of the measures that they have any of; or their sum.

    A node that has none gives those of its parts and of the statements about it, which say whose they are. Where no
    field gives a measure, a statement's text may, which must hold `words`, the stems of the question's other words.
    `noun` is what a question calls it that asks for a number: `tokens`. Without `in_texts` only fields answer.
    """

    nodes: tuple[str, ...]
    fields: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    noun: str = ""
    total: bool = False
    in_texts: bool = True
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "number", "way"])

    def account(self, view: View) -> Account:
        """The words of the fields and values that answer too; of texts, the words that are looked for in them."""
        held = self._held(view)
        said = frozenset[str]().union(*map(_words_of, held)) if held else frozenset(self.words)
        return Query.account(self, view) | Account(stems=said)

    def find(self, view: View) -> list[Found]:
        """The values, node by node; the sum, with all that it is made of as citations."""
        held = self._held(view)
        if self.total:
            summed = total(view, held, self._labels(view))
            return [summed] if summed else []
        if held or self.fields or not self.in_texts:
            return [one.found for one in held]
        return next(filter(None, (self._in_texts(view, measure) for measure in self.measures)), [])

    def pieces(self, view: View) -> Iterator[Piece]:
        """The fields or measures, and the nodes."""
        if self.fields:
            yield Piece("fields", self.fields)
        if self.measures:
            yield Piece("measures", self.measures)
        if self.total:
            yield Piece("total", True)
        names = tuple(NodeName.of(view, node) for node in self.nodes)
        yield Piece("of", names[0] if len(names) == 1 else names)

    def lead(self, view: View) -> str:
        """`NODE, duration`; `NODE` alone where the unit says the rest."""
        says_unit = self.fields and all(unit_in(field) for field in self.fields)
        asked = "" if says_unit else self._asked(view)
        labels = self._labels(view)
        return ", ".join(filter(None, (labels, asked, "in total" if self.total else "")))

    def missing(self, view: View) -> str:
        """`the duration of NODE`."""
        return f"the {self._asked(view)} of {self._labels(view)}{' in total' if self.total else ''}"

    @property
    def has_values(self) -> bool:
        """Each as its note writes it."""
        return True

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The data of a node, or of its parts and of statements about it, that has one of the fields."""
        if self.total:
            raise NoSparql("SPARQL does not know units, and cannot sum up values that have some")
        if not self.fields:
            raise NoSparql("SPARQL does not know which values are of one measure")
        each = [self._patterns_of(view, names, field) for field in self.fields]
        return each[0] if len(each) == 1 else [either(*each)]

    def _patterns_of(self, view: View, names: ShortNames, field: str) -> list[str]:
        """One field of the nodes."""
        having = [node for node in self.nodes if field in view.node(node).data]
        if not all(_is_plain(view.node(node).data[field]) for node in having):
            raise NoSparql("SPARQL does not look into data within data")
        if any(one.field == field for node in self.nodes if node not in having for one in near(view, node)):
            raise NoSparql("values of other nodes tell of the one that is asked about")
        key = f"{json.dumps(field, ensure_ascii=False)}:"
        found = rf'^.*{re.escape(key)}("([^"\\]|\\.)*"|\[[^\]]*\]|[^,}}]*).*$'
        return [
            f"VALUES ?node {{ {' '.join(map(names.node, self.nodes))} }}",
            "[] doc:of ?node ; doc:data ?data .",
            f"FILTER(CONTAINS(STR(?data), {text(key)}))",
            f"BIND(REPLACE(STR(?data), {text(found)}, '$1') AS ?value)",
        ]

    def _asked(self, view: View) -> str:
        """What is asked for, in words: of several measures the one that there is."""
        if self.noun:
            return f"number of {self.noun}"
        if self.fields:
            return " or ".join(dict.fromkeys(map(field_words, self.fields)))
        measure = next((one for one in self.measures if self._held_in(view, one)), self.measures[0])
        return BY_NAME[measure].noun if measure in BY_NAME else "amount"

    def _labels(self, view: View) -> str:
        return " and ".join(view.node(node).label for node in self.nodes)

    def _held(self, view: View) -> list[Held]:
        """The values of each node, of one without any those that tell of it; none where a text says more exactly."""
        held = next(filter(None, (self._held_in(view, measure) for measure in self.measures or ("",))), [])
        named = [one for one in held if set(self.words) <= _words_of(one)]
        exact = self._exactly(view)
        alike = [one for one in held if exact and _amount(one.quantity) in exact]  # a text says the same amount
        return named or alike or ([] if exact else held)

    def tells_in_texts(self, view: View) -> bool:
        """Whether a text gives a number with all of the words."""
        return bool(self._exactly(view))

    def _exactly(self, view: View) -> set[tuple[float, float, str]]:
        """The amounts that texts give with all of the words."""
        exact = bool(self.words and self.measures and self.in_texts and not self.total)
        found = (one for measure in self.measures for one in self._in_texts(view, measure)) if exact else ()
        return {_amount(quantity_of(one.label)) for one in found if one.id is None}

    def _held_in(self, view: View, measure: str) -> list[Held]:
        held = []
        for node in self.nodes:
            held += self._of(held_by(view, node), measure) or self._of(near(view, node), measure)
        return held

    def has_own(self, view: View) -> bool:
        """Whether the nodes themselves have any of the values."""
        own = ([*held_by(view, node)] for node in self.nodes)
        return any(self._of(held, measure) for held in own for measure in self.measures or ("",))

    def _of(self, held: Iterable[Held], measure: str) -> list[Held]:
        return of_measure(held, measure) if measure else [one for one in held if one.field in self.fields]

    def _in_texts(self, view: View, measure: str) -> list[Found]:
        """What texts say; of what is only counted, the counted noun is among the words already."""
        only = measure if measure in BY_NAME or measure.startswith(COUNTED) else ""
        said = (made_once(numbers_in_texts, view, node, self.words, only) for node in self.nodes)
        return [found for several in said for found in several]


def _amount(quantity: Quantity | None) -> tuple[float, float, str]:
    """A quantity in whatever unit, for whatever one of it is said."""
    return (quantity.low, quantity.high, quantity.dimension.partition(" per ")[0]) if quantity else (nan, nan, "")


def _words_of(held: Held) -> frozenset[str]:
    """The stems of the words of a value and its field."""
    return frozenset(stems(f"{field_words(held.field)} {name_key(held.found.label)}".split()))


def _is_plain(value: JsonValue) -> bool:
    """Whether a value is a text or a number, or a list of these: what stands in the data as its note writes it."""
    several = value if isinstance(value, list) else [value]
    return all(isinstance(one, str | float | int) for one in several)


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    """`How long does A take?`, `the FIELD of A`, `how many words does A need?`, `the hours of week 1 in total`."""
    total = {place for one in question.cue_spans("total") for place in range(one.start, one.end)}
    found = [one for one in sought(question) if not one.order and not _is_given(question, one)]
    saying = {root for place in question.places for root in question.words[place].roots}
    for one in found:
        explained = one.places | total
        rest = question.hiding(explained)
        if rest.asks_for("measure", "count"):
            yield from _read_two(question, one, found)
            continue  # what else is asked must not be passed over
        for node, names in _whose(rest, one):
            if one.told and not told_of(question.view, node, values=True).issuperset(one.told):
                continue
            words, told = ((), frozenset()) if names is None else _content(rest, names)
            # Words that are only part of a name may mean something else, of which another text would tell.
            sure = bool(words) or names is None or names.whole
            nodes = _summed(question.view, node, one) if total else (node,)
            days = (span for span in rest.spans if span.days and nodes != (node,))  # what they bring stands for them
            brought = frozenset(place for span in days for place in range(span.start, span.end))
            asked = () if one.fields or total else fields_asked(question.view, node, one.measures, saying)
            query = ValueOf(nodes, one.fields, one.measures, words, one.noun, bool(total), sure)
            if asked:
                query = replace(query, fields=asked, measures=())
            introduced = _day_words(rest, names) if names else frozenset()
            day = question.view.introduced_on(node) if introduced else None
            if day is not None and question.view.has_node(day_id(day)):
                of_day = ValueOf((day_id(day),), one.fields, one.measures, (), one.noun, bool(total))
                yield Composed(of_day, (_only(question, explained | introduced | _places_of(names)),))
            said = told if query.tells_in_texts(rest.view) else frozenset[int]()
            yield Composed(query, (_only(question, explained | brought | said),))
        if only_day := _only_day(rest):
            node, said = only_day
            query = ValueOf((node,), one.fields, one.measures, (), one.noun, in_texts=False)
            yield Composed(query, (_only(question, explained | said),))
        if not rest.days and not rest.is_empty:
            yield from _of_told(question, rest, one, explained)
        if not rest.named and not rest.days and not rest.is_empty:
            yield from _of_described(question, rest, one, explained)


def _is_given(question: ParsedQuestion, one: Sought) -> bool:
    """Whether what seems to be sought is told: `methods with a temperature`, `prompts that ask for 300+ words`."""
    first = min(one.places)
    return question.is_had(first) or (first > 0 and question.words[first - 1].text[:1].isdecimal())


def _summed(view: View, node: str, one: Sought) -> tuple[str, ...]:
    """What is summed up: a node's own values, or those of what a day brings that has none itself."""
    day = day_number(node)
    if day is None or ValueOf((node,), one.fields, one.measures).find(view):
        return (node,)
    brought = (found.id for found in NewOn(Days(day, day), everything=True).find(view) if found.id)
    having = tuple(one_of for one_of in brought if ValueOf((one_of,), one.fields, one.measures).has_own(view))
    return having or (node,)


def _read_two(question: ParsedQuestion, one: Sought, found: Sequence[Sought]) -> Iterator[Composed]:
    """`What temperature and how long for A?`: two values of one thing."""
    joining = frozenset(place for span in question.cue_spans("and") for place in range(span.start, span.end))
    for other in found if joining else ():
        rest = question.hiding(one.places | other.places | joining)
        if not one.places & other.places and not rest.asks_for("measure", "count"):
            pair = sorted((one, other), key=lambda each: min(each.places))
            for node, _ in _whose(rest, one):
                values = tuple(ValueOf((node,), each.fields, each.measures, (), each.noun) for each in pair)
                if all(value.find(question.view) for value in values):
                    yield Composed(InParts(values), (_only(question, one.places | other.places | joining),))


def _content(rest: ParsedQuestion, names: Topic) -> tuple[tuple[str, ...], frozenset[int]]:
    """The stems of the words, as they are spelled, that a text must hold beside a name; and their places."""
    others = {place for topic in rest.topics if topic is not names for place in range(topic.start, topic.end)}
    own = set(range(names.start, names.end))
    told = [place for place in sorted({*rest.loose, *others} - own) if rest.words[place].said not in IGNORABLE]
    return (stems(rest.words[place].said for place in told) if told else ()), frozenset(told)


def _of_described(
    question: ParsedQuestion, rest: ParsedQuestion, one: Sought, explained: frozenset[int]
) -> Iterator[Composed]:
    """`How long do the hands-off methods take?`: the values of what the rest of the question describes."""
    opening = {span.start for span in rest.spans if rest.text(span) in OPENERS}  # no yes or no is asked
    rest = rest.hiding(opening)
    is_of = (
        question.words[max(one.places) + 1 : max(one.places) + 2] and question.words[max(one.places) + 1].text == "of"
    )
    for described in rest.read():
        found = dict.fromkeys(found.id for found in described.find(question.view) if found.id)
        several = islice(found, MAX_DESCRIBED)
        nodes = tuple(node for node in several if ValueOf((node,), one.fields, one.measures).has_own(question.view))
        if "any" in described.gives and (len(nodes) == 1 or (nodes and (one.measures or is_of))):
            query = ValueOf(nodes, one.fields, one.measures, (), one.noun)
            yield Composed(query, (_only(question, explained), rest))


def _of_told(
    question: ParsedQuestion, rest: ParsedQuestion, one: Sought, explained: frozenset[int]
) -> Iterator[Composed]:
    """`How hot is the middle of the loaf when it is done?`: the value of the one thing that all of it tells of."""
    light = {place for place in rest.places if rest.words[place].text in IGNORABLE | OPENERS | {"when", "while"}}
    told = {rest.words[place].stem for place in rest.places - light}
    names = {place for topic in rest.topics if topic.whole for place in range(topic.start, topic.end)}
    if len(rest.places - light - names) < MIN_TOLD or one.measures == ("number",) or one.told:
        return
    if any(span.meanings for span in rest.spans if not light.issuperset(range(span.start, span.end))):
        return
    view = question.view
    holding = {
        held.node
        for held in islice(values_of(view, one.measures, one.fields), MAX_DESCRIBED)
        if told <= told_of(view, held.node)
    }
    if len(holding) == 1:
        query = ValueOf(tuple(holding), one.fields, one.measures, (), one.noun, in_texts=False)
        yield Composed(query, (_only(question, explained | rest.places),))


def _whose(rest: ParsedQuestion, asked: Sought) -> Iterator[tuple[str, Topic | None]]:
    """The nodes whose values may be asked for, each with the words that name it, if it is no day."""
    view = rest.view
    counts_days = not asked.places.isdisjoint(place for place, word in enumerate(rest.words) if word.stem in _OF_UNITS)
    for topic in rest.named:
        try:
            if not (counts_days and view.kind(rest.node(topic)) == UNIT):  # `how many days has week 1?`
                yield rest.node(topic), topic
        except Ambiguous as several:
            having = [one for one in several.candidates if ValueOf((one,), asked.fields, asked.measures).find(view)]
            if len(having) != 1:
                raise
            yield having[0], topic
    for placed in rest.days:
        node = day_id(placed.days.first)
        if placed.days.first == placed.days.last and view.has_node(node):
            yield node, None


def _day_words(rest: ParsedQuestion, names: Topic | None) -> frozenset[int]:
    """The place of `day` or `lesson` behind a name: `the sourdough day` is the one that introduces it."""
    end = names.end if names else 0
    is_day = end < len(rest.words) and rest.words[end].stem in _DAYS and end in rest.places
    return frozenset([end] if names and is_day else [])


def _only_day(rest: ParsedQuestion) -> tuple[str, frozenset[int]] | None:
    """The one day of a map that has one, where the question speaks of `the lesson`; and where it does."""
    said = frozenset(place for place in rest.places if rest.words[place].stem in _DAYS)
    days = rest.view.days()
    if not said or rest.named or rest.days or len(days) != 1 or not rest.view.has_node(day_id(days[0])):
        return None
    return day_id(days[0]), said | {place for place in rest.places if rest.words[place].text in ("whole", "entire")}


_OF_UNITS = frozenset(map(stem, ["day", "week", "month"]))
_DAYS = frozenset(map(stem, ["day", "lesson", "session", "class", "lecture"]))


def _places_of(names: Topic | None) -> frozenset[int]:
    return frozenset(range(names.start, names.end)) if names else frozenset()


def _only(question: ParsedQuestion, places: Collection[int]) -> ParsedQuestion:
    """The part of a question that is made of some words."""
    return question.part(lambda place: place in places)


VALUE = Form(
    "value",
    _read,
    cues={
        "count": "",
        "measure": phrases_that_measure(),
        "number": "value; figure; amount; quantity; numeric value; numerical value; how much; what number",
        "need": """
            plan for; schedule; schedule for; spend; spend on; reserve; set to; set for; set aside; last; require;
            demand; call for; at least; minimum; min; meant to; supposed to; expected to; scheduled to; planned to;
            take up; go on; go on for; last for; stuck with; busy with; occupied with; tied up with; sit through
        """,
        "noted": """
            note down; write down; set down; put down; jot down; take down; have down; put on record; down on paper
        """,
        "total": "in total; altogether; all together; total; in all; summed up; sum of",
    },
    examples={
        "a value": ["how many hours does day 26 take?", "what is the format of day 26?"],
        "a number": ["how many tokens per parameter does chinchilla call for?"],
    },
)
