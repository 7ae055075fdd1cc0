"""The sentence of an answer, in plain English, from the relations' own words."""

from collections.abc import Sequence
from typing import assert_never

from conceptmap.ask.answer import Found
from conceptmap.ask.query import (
    Compare,
    Days,
    Describe,
    Filters,
    Holds,
    IntroducedOn,
    NewOn,
    PathBetween,
    Query,
    Related,
    Select,
)
from graphs.view import View
from ontology.model import MAX_DAY


def sentence(view: View, query: Query, found: Sequence[Found]) -> str:
    """What the map answers, or that it does not say."""
    if not found:
        return f"The map does not say {_asked(view, query)}."
    match query:
        case Holds() if [one.id for one in found] == [query.source]:
            return f"Yes: {_label(view, query.source)} {query.relation.says} {_label(view, query.target)}."
        case Describe(aspect="text"):
            return _description(view, query.node)
        case PathBetween():
            return f"{' -> '.join(one.label for one in found)}."
        case _:
            return f"{_lead(view, query)}: {_list(found)}."


def _lead(view: View, query: Query) -> str:
    """What stands before the colon."""
    match query:
        case Select():
            return _selected(view, query)
        case NewOn():
            return f"{_days(query.days)} introduces"
        case IntroducedOn():
            return f"{_label(view, query.node)} is introduced on"
        case Compare():
            return _compared(view, query)
        case Describe():
            return f"{_label(view, query.node)}, as a {query.aspect}"
        case Holds():
            return f"Of {_label(view, query.source)}, this {query.relation.says} {_label(view, query.target)}"
        case PathBetween():
            return f"From {_label(view, query.start)} to {_label(view, query.end)}"
        case _:
            assert_never(query)


def _asked(view: View, query: Query) -> str:
    """What the map does not say."""
    match query:
        case Select():
            return _not_selected(view, query)
        case NewOn():
            return f"what {_days(query.days)} introduces"
        case IntroducedOn():
            return f"when {_label(view, query.node)} is introduced"
        case Compare():
            return f"how {' and '.join(_label(view, node) for node in query.nodes) or 'they'} differ in that"
        case Describe():
            return f"what the {query.aspect} of {_label(view, query.node)} is"
        case PathBetween():
            return f"how {_label(view, query.start)} and {_label(view, query.end)} are joined"
        case Holds():
            return f"that {_label(view, query.source)} {query.relation.says} {_label(view, query.target)}"
        case _:
            assert_never(query)


def _description(view: View, name: str) -> str:
    node = view.node(name)
    return f"{node.label}: {node.text}" if node.text else f"{node.label} ({node.kind}): no note describes it."


def _selected(view: View, query: Select) -> str:
    if isinstance(query.base, Related):
        return _related(view, query.base) + (" (step by step)" if query.base.chain else "") + _on(query.filters)
    kinds = " or ".join(query.base.kinds) or "Found"
    return f"{'Unanswered: ' if query.filters.open else ''}{kinds}{_on(query.filters)}"


def _not_selected(view: View, query: Select) -> str:
    if isinstance(query.base, Related) and query.base.anchor is not None:
        return f"what {_related(view, query.base)}{_on(query.filters)}"
    return "anything of that sort"


def _related(view: View, related: Related) -> str:
    """`ANCHOR says`, or without an anchor the end that is asked for."""
    relation = related.relation
    if related.anchor is None:
        return f"What {relation.says if related.inverse else relation.inverse_says} something"
    return f"{_label(view, related.anchor)} {relation.inverse_says if related.inverse else relation.says}"


def _compared(view: View, query: Compare) -> str:
    nodes = " and ".join(_label(view, node) for node in query.nodes)
    if query.names_only:
        return f"{nodes}, compared in"
    return f"{nodes or 'Compared'}, in {query.dimension}" if query.dimension else f"{nodes}, compared"


def _on(filters: Filters) -> str:
    return f" on {_days(filters.days).lower()}" if filters.days else ""


def _days(days: Days) -> str:
    if days.first == days.last:
        return f"Day {days.first}"
    if days.last == MAX_DAY:
        return f"Day {days.first} and later"
    return f"Days {days.first} to {days.last}" if days.first else f"Day {days.last} and earlier"


def _label(view: View, node: str) -> str:
    return view.node(node).label


def _list(found: Sequence[Found]) -> str:
    return "; ".join(f"{one.of}: {one.label}" if one.of else one.label for one in found)
