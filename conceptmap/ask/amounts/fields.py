"""Fields: every value that an author wrote at a node (`key:: value`) with its unit."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from conceptmap.ask.amounts.measures import BY_NAME, DATED, EXTREMES, Asked, Measure, measures_in
from conceptmap.ask.amounts.quantities import SCALE, Placed, Quantity, quantities_in, quantity_of
from conceptmap.ask.amounts.units import number_of, unit_of
from conceptmap.ask.found import Found
from conceptmap.ask.kept import kept
from graphs.fields import FieldIndex, field_index
from graphs.fields import field_words as words_of_field
from graphs.view import FoldedEdge, FoldedNode, View, cite
from graphs.words import STOP_WORDS, stem, stems
from ontology.names import name_key, singular
from ontology.terms import ABOUT, PART_OF, STATEMENTS
from ontology.values import JsonValue

MAX_NAME = 6
"""Words of the longest field name that is looked for in a question."""
_BARE = re.compile(r"[~≈<>≤≥±]?\s*\d[\d.,]*\+?(\s*(-|–|to)\s*\d[\d.,]*\+?)?")
"""A value that is a number, or a range of numbers, without its unit."""
_ADDRESS = re.compile(r"(https?://|www\.)\S+")
_HOW_OFTEN = re.compile(
    r"(only |just )?((once|twice|thrice|never|always|daily|weekly|monthly|yearly|hourly)\b|(every|each) \w+|"
    r"\S+ times\b|\S+ \w+ (a|per) \w+)[^.;]{0,40}",
    re.IGNORECASE,
)
"""A value that says how often."""
_BRACKETS = re.compile(r"\(([^()]{1,20})\)\s*$")


@dataclass(frozen=True, slots=True)
class Held:
    """A value that a node holds: the field (or the dimension of a comparison), what it measures, and the answer."""

    node: str
    field: str
    quantity: Quantity | None
    found: Found


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """Words of a question (`end` excluded) that name fields of the map, perhaps for an extreme (see `Asked.order`)."""

    start: int
    end: int
    fields: tuple[str, ...]
    order: int = 0


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What questions may ask of the fields of a map."""

    index: FieldIndex

    def named(self, words: Sequence[str]) -> Iterator[FieldSpan]:
        """The runs of words (as of a name key) that are the name of a field, with a word for an extreme before it."""
        heavy = [word not in STOP_WORDS for word in words]
        for start in range(len(words)):
            for end in range(start + 1, min(start + MAX_NAME, len(words)) + 1):
                edges = heavy[start] and heavy[end - 1]
                if (edges or end == start + 1) and (fields := self.index.named(words[start:end])):
                    yield FieldSpan(start, end, tuple(fields))
                    if start > 0 and (order := EXTREMES.get(words[start - 1])):
                        yield FieldSpan(start - 1, end, tuple(fields), order)
                    dated = [one for one in fields if is_called(one, "date")] if start > 0 else []
                    if dated and (order := DATED.get(words[start - 1])):
                        yield FieldSpan(start - 1, end, tuple(dated), order)

    def headed(self, word: str) -> tuple[str, ...]:
        """The fields whose name ends with a noun: `temperature` means `oven temperature` too."""
        root = stem(word)
        return tuple(field for field in self.index.holding(word) if stem(_head(words_of_field(field))) == root)

    def measured(self, words: Sequence[str]) -> Iterator[Asked]:
        """The runs of words that ask for a measure, whatever the map holds."""
        return measures_in(words)


def _head(words: str) -> str:
    """The noun of a field's name: `temperature` of `oven temperature`, `tokens` of `tokens per parameter`."""
    return (words.partition(" per ")[0].split() or [""])[-1]


def field_words(view: View) -> FieldWords:
    """The words for the fields of a view's map; costs nothing that grows with the map once its index is made."""
    return FieldWords(field_index(view))


def held_by(view: View, node_id: str) -> Sequence[Held]:
    """All values that a node holds: those of its fields, then its values in comparisons."""
    return kept(_held_by, view, node_id)


def _held_by(view: View, node_id: str) -> Sequence[Held]:
    return (*data_of(view, node_id), *_compared_by(view, node_id))


def _compared_by(view: View, node_id: str) -> Iterator[Held]:
    node = view.node(node_id)
    for edge in (*view.edges_from(node.id), *view.edges_to(node.id)):
        yield from _compared(node, edge)


def data_of(view: View, node_id: str) -> Sequence[Held]:
    """The values that a node has in its fields, each cited by the line that says it last."""
    return kept(_data_of, view, node_id)


def _data_of(view: View, node_id: str) -> Sequence[Held]:
    return tuple(_in_fields(view, node_id))


def _in_fields(view: View, node_id: str) -> Iterator[Held]:
    node = view.node(node_id)
    for field, value in node.data.items():
        said = [one for one in node.assertions if field in one.item.data]
        newest = next((one for one in reversed(said) if one.item.data[field] == value), said[-1])
        for label in shown(field, value):
            found = Found(None, label, None, day=newest.day, cites=(cite(newest),), of=node.label, dimension=field)
            yield Held(node.id, field, quantity_of(label), found)


def _compared(node: FoldedNode, edge: FoldedEdge) -> Iterator[Held]:
    """The value of a node in a comparison with another."""
    if edge.values is None or edge.dimension is None:
        return
    value = edge.values.source if edge.source == node.id else edge.values.target
    for label in shown(edge.dimension, value):
        cites = (cite(edge.assertions[-1]),)
        found = Found(None, label, None, day=edge.days[0], cites=cites, of=node.label, dimension=edge.dimension)
        yield Held(node.id, edge.dimension, quantity_of(label), found)


def quantity(view: View, node_ids: Iterable[str], measure: str) -> list[Held]:
    """The values of nodes that answer a measure (`time`), or give a number of what is counted (`number of word`).

    Of a node that has a field of no other name than the measure's (`duration`, `hours`), only that.
    """
    nodes = dict.fromkeys(node_ids)
    return [one for node in nodes for one in of_measure(held_by(view, node), measure)]


def of_measure(held: Iterable[Held], measure: str) -> list[Held]:
    """Those of the values of a node that are of a measure: of fields that are called by no other name, else all."""
    found = [one for one in held if answers(one, measure)]
    return [one for one in found if is_called(one.field, measure, only=True)] or found


def answers(held: Held, measure: str) -> bool:
    """Whether a value is of a measure: by its unit, or without one by the name of its field."""
    known = BY_NAME.get(measure)
    dimension = held.quantity.dimension if held.quantity else ""
    if measure == "place" and _ADDRESS.match(held.found.label):
        return True
    if measure == "frequency" and _HOW_OFTEN.fullmatch(held.found.label):
        return True
    if known is None or (dimension and known.dimensions):
        return has_dimension(measure, dimension)
    return is_called(held.field, measure)


def has_dimension(measure: str, dimension: str) -> bool:
    """Whether quantities of a dimension are of a measure, or count what it counts."""
    known = BY_NAME.get(measure)
    return known.has_dimension(dimension) if known else dimension.partition(" per ")[0] == measure


@lru_cache(maxsize=10_000)
def is_called(field: str, measure: str, *, only: bool = False) -> bool:
    """Whether a field's name says the measure, by its noun or by a unit: `baking time`; `only`: and says no more."""
    words = words_of_field(field).split()
    known = BY_NAME.get(measure)
    if known is None:
        return bool(words) and number_of(words[0]) == measure
    says = [stem(word) in known.field_stems or _measures_in(word, known) for word in words]
    return (all(says) if only else any(says)) and bool(says)


def _measures_in(word: str, measure: Measure) -> bool:
    unit = _unit_in_full(word)
    return unit is not None and unit[0] in measure.dimensions


def _unit_in_full(word: str) -> tuple[str, float] | None:
    return unit_of(word) if len(word) > 2 else None


def near(view: View, node_id: str) -> Iterator[Held]:
    """The values that tell of a node that has none: quantities of its parts, and what names it and is about it.

    What a part is called or looks like, its whole need not be.
    """
    for edge in view.edges_to(node_id, PART_OF):
        yield from (one for one in held_by(view, edge.source) if one.quantity)
    named = [set(stems(name_key(name).split())) for name in view.node(node_id).names]
    for edge in view.edges_to(node_id, ABOUT):
        if view.kind(edge.source) in STATEMENTS:
            said = set(stems(name_key(" ".join(view.node(edge.source).names)).split()))
            if any(name <= said for name in named):
                yield from data_of(view, edge.source)


def shown(field: str, value: JsonValue) -> list[str]:
    """A value as its answers: a number with the unit that the field's name gives, of a list each, of a mapping each.

    >>> shown("hours", 2.5), shown("words", "500+"), shown("tokens per parameter", "20"), shown("hot", True)
    (['2.5 hours'], ['500+ words'], ['20 tokens per parameter'], ['yes'])
    >>> shown("Size (mm)", "0.05 - 2"), shown("oven", {"temperature": "220 °C", "lid": None})
    (['0.05 - 2 mm'], ['temperature: 220 °C'])
    """
    if value is None:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return list(dict.fromkeys(label for one in value for label in shown(field, one)))
    if isinstance(value, Mapping):
        return [f"{key}: {label}" for key, one in value.items() for label in shown(str(key), one)]
    text = value if isinstance(value, str) else _number(value)
    text = text.strip()
    if not _BARE.fullmatch(text):
        return [text] if text else []
    unit = unit_in(field)
    return [f"{text} {singular_unit(unit) if text == '1' else unit}" if unit else text]


def _number(value: float) -> str:
    """A number as people write it: without a fraction that is nothing."""
    return (
        str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else json.dumps(value)
    )


@lru_cache(maxsize=10_000)
def unit_in(field: str) -> str:
    """The unit that the name of a field gives to bare numbers; empty where it gives none.

    >>> unit_in("hours"), unit_in("baking_time_minutes"), unit_in("weight (kg)"), unit_in("oven_temp_c")
    ('hours', 'minutes', 'kg', '°C')
    >>> unit_in("guests"), unit_in("status"), unit_in("temperature")
    ('guests', '', '')
    """
    if bracketed := _BRACKETS.search(field):
        return bracketed.group(1).strip()
    words = words_of_field(field).split()
    if not words:
        return ""
    if "per" in words[1:-1] or (singular(words[-1]) != words[-1] and len(words) == 1):
        return " ".join(words)
    if _unit_in_full(words[-1]):
        return words[-1]
    short = unit_of(words[-1]) or unit_of(words[-1].upper())
    if short and len(words) > 1 and _measures(words[:-1], short[0]):
        return f"°{words[-1].upper()}" if short[0] == "temperature" else words[-1]
    return ""


def _measures(words: Sequence[str], dimension: str) -> bool:
    """Whether words name a measure of this dimension, so that a letter behind them is its unit."""
    roots = set(map(stem, words))
    return any(dimension in one.dimensions and one.field_stems & roots for one in BY_NAME.values())


def singular_unit(unit: str) -> str:
    """A unit as one of it is called: `1 hour`; of `tokens per parameter`, `1 token per parameter`."""
    first, *rest = unit.split(" ")
    return " ".join([singular(first), *rest])


def most(held: Sequence[Held], order: int) -> list[Held]:
    """The values that are the greatest (`order` 1) or the least (-1), of several alike all.

    None where nothing can be compared: without quantities, with those of several dimensions, or of one node alone.
    """
    sized = [(one, one.quantity) for one in held if one.quantity and isfinite(one.quantity.magnitude)]
    if len({size.dimension for _, size in sized}) != 1 or len({one.node for one, _ in sized}) < 2:
        return []
    best = max(order * size.magnitude for _, size in sized)
    return [one for one, size in sized if order * size.magnitude == best]


def within(held: Sequence[Held], asked: Quantity) -> list[Held]:
    """The values that lie within what is asked (`at least 300 words`); a bare number is of the field's own unit."""
    return [one for one in held if one.quantity and _in_unit_of(asked, one).holds(one.quantity)]


def _in_unit_of(asked: Quantity, held: Held) -> Quantity:
    return in_unit(asked, held.quantity.unit) if held.quantity else asked


def in_unit(asked: Quantity, unit: str) -> Quantity:
    """A quantity without a unit as one in this unit; one that has a unit as it is."""
    one_of_it = quantity_of(f"1 {unit}")
    if asked.dimension or one_of_it is None:
        return asked
    factor = one_of_it.low if one_of_it.dimension != "temperature" else 1.0
    return Quantity(asked.low * factor, asked.high * factor, one_of_it.dimension, unit, asked.closed)


@lru_cache(maxsize=64)
def asked_quantities(question: str) -> tuple[Placed, ...]:
    """The quantities that a question names as bounds or with a unit of measurement: `under two hours`, `30 minutes`."""
    found = [one for one in quantities_in(question) if one.quantity.dimension]
    return tuple(one for one in found if _is_bound(one.quantity) or is_known(one.quantity))


def _is_bound(quantity: Quantity) -> bool:
    return quantity.low != quantity.high


def is_known(quantity: Quantity) -> bool:
    """Whether a quantity has a unit of measurement."""
    return any(one.has_dimension(quantity.dimension) for one in BY_NAME.values())


def total(view: View, held: Sequence[Held], of: str) -> Found | None:
    """The sum of values of one dimension, `10 hours (4 days)`, with all citations; None where they have no sum."""
    sizes = [one.quantity for one in held if one.quantity and one.quantity.low == one.quantity.high]
    one_of_it = quantity_of(f"1 {sizes[0].unit}") if sizes else None
    if (
        len(sizes) != len(held)
        or len({size.dimension for size in sizes}) != 1
        or one_of_it is None
        or one_of_it.dimension == "temperature"
        or sizes[0].dimension.startswith(SCALE)
    ):
        return None
    amount, unit = f"{sum(size.low for size in sizes) / (one_of_it.low or 1):.6g}", sizes[0].unit
    nodes = dict.fromkeys(one.node for one in held)
    summed = {view.kind(node).casefold() for node in nodes}
    plural = "" if len(nodes) == 1 else "s"
    of_what = f"{len(nodes)} {summed.pop() if len(summed) == 1 else 'thing'}{plural}"
    cites = tuple(dict.fromkeys(cite for one in held for cite in one.found.cites))
    label = f"{amount} {singular_unit(unit) if amount == '1' else _plural(unit)} ({of_what})"
    return Found(None, label, None, cites=cites, of=of)


def _plural(unit: str) -> str:
    return unit if singular(unit) != unit or not _unit_in_full(unit) else f"{unit}s"
