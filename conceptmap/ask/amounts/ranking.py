"""Ranking: the greatest and the least values in a map, and those within bounds, without a look at every node.

Values in comparisons are not among them: these join few nodes (see `conceptmap.ask.amounts.fields.most`).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import merge
from itertools import groupby, islice
from math import isfinite

from conceptmap.ask.amounts.fields import Held, data_of, has_dimension, in_unit, is_called, shown, unit_in, within
from conceptmap.ask.amounts.quantities import Quantity, quantity_of
from graphs.fields import field_sizes
from graphs.view import View
from ontology.values import JsonValue

_NEARLY = 1e-9
"""The share by which sizes may differ that are the same amount in different units."""


def extreme(
    view: View, measures: Iterable[str], order: int, accepts: Callable[[str], bool], fields: Sequence[str] = ()
) -> list[Held]:
    """The greatest (`order` 1) or least (-1) values in the map, of nodes that are accepted (by id); several if alike.

    They are those of the `fields`; without any of the first of the measures that an accepted node has a value of, there
    those of fields that are called by the measure before others. None where only one node has any: it is no extreme.
    Costs the values that are passed over.
    """
    for group in _groups(view, measures, fields):
        ranked = groupby(_ranked(view, group, order, accepts), _size)
        if found := next((list(alike) for _, alike in ranked), []):
            nodes = {one.node for one in found}
            others = (one for _, alike in ranked for one in alike if one.node not in nodes)
            return found if len(nodes) > 1 or any(True for _ in others) else []
    return []


def values_of(view: View, measures: Iterable[str], fields: Sequence[str] = ()) -> Iterator[Held]:
    """The values in the map in some fields, or else of some measures, the greatest first."""
    for group in _groups(view, measures, fields):
        yield from _ranked(view, group, 1, lambda node: True)


def bounded(view: View, asked: Quantity, accepts: Callable[[str], bool], fields: Sequence[str] = ()) -> Iterator[Held]:
    """The values in the map that lie within what is asked, of nodes that are accepted (by id), the least first.

    A bare number asks in the units of the `fields`.
    """
    sizes = field_sizes(view, _sizes_of)
    several = fields or sizes.fields(asked.dimension)
    for field in several:
        for dimension in sizes.dimensions(field):
            inside = asked if asked.dimension else in_unit(asked, unit_in(field))
            if dimension == inside.dimension:
                for node in _between(sizes.sizes(dimension, field), inside):
                    if view.has_node(node) and accepts(node):
                        yield from within([one for one in data_of(view, node) if one.field == field], inside)


def _groups(view: View, measures: Iterable[str], fields: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    """What can be compared, as dimensions with fields: the named fields, or a measure's, the best first."""
    sizes = field_sizes(view, _sizes_of)
    if fields:
        for dimension in dict.fromkeys(one for field in fields for one in sizes.dimensions(field)):
            yield [(dimension, field) for field in fields if dimension in sizes.dimensions(field)]
        return
    for measure in measures:
        for dimension in sizes.all_dimensions:
            if has_dimension(measure, dimension):
                held = sizes.fields(dimension)
                yield [(dimension, field) for field in held if is_called(field, measure, only=True)]
                yield [(dimension, field) for field in held if not is_called(field, measure, only=True)]


def _ranked(view: View, group: Sequence[tuple[str, str]], order: int, accepts: Callable[[str], bool]) -> Iterator[Held]:
    """The values of accepted nodes in some fields, the greatest (or least) first."""
    for place, node, field in merge(*(_steps(view, dimension, field, order) for dimension, field in group)):
        if view.has_node(node) and accepts(node):
            yield from (one for one in data_of(view, node) if one.field == field and _size(one) == -order * place)


def _steps(view: View, dimension: str, field: str, order: int) -> Iterator[tuple[float, str, str]]:
    """The sizes in a field from one end, each as what grows on the way, with its node."""
    sizes = field_sizes(view, _sizes_of).sizes(dimension, field)
    for size, node in reversed(sizes) if order > 0 else sizes:
        yield -order * size, node, field


def _size(held: Held) -> float | None:
    return held.quantity.magnitude if held.quantity else None


def _sizes_of(field: str, value: JsonValue) -> Iterable[tuple[str, float]]:
    """The dimension and the size of each quantity that a value holds."""
    return _sizes_of_one(field, value) if isinstance(value, str | int | float) else _sizes(field, value)


@lru_cache(maxsize=50_000, typed=True)
def _sizes_of_one(field: str, value: str | float) -> Sequence[tuple[str, float]]:
    """The same of one text or number, of which a map has many that are alike."""
    return tuple(_sizes(field, value))


def _sizes(field: str, value: JsonValue) -> Iterator[tuple[str, float]]:
    for label in shown(field, value):
        found = quantity_of(label)
        if found and isfinite(found.magnitude):
            yield found.dimension, found.magnitude


def _between(sizes: Sequence[tuple[float, str]], asked: Quantity) -> Iterator[str]:
    """The nodes of the sizes that may lie within what is asked."""
    first = bisect_left(sizes, (asked.low * (1 - _NEARLY * (asked.low > 0)), ""))
    for size, node in islice(sizes, first, None):
        if size > asked.high * (1 + _NEARLY):
            return
        yield node
