"""What the page shows of an answer: how the question was understood, a table, its nodes; and what one may ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain, islice

from conceptmap.ask import Answer, Said
from conceptmap.values import View
from ontology.terms import CONTRASTS_WITH, OPPOSES, PART_OF, SUPPORTS

MOST_LOOKED_AT = 50
"""Nodes that are looked at for an example: those that are joined to most others."""


@dataclass(frozen=True, slots=True)
class ComparedIn:
    """A dimension of a comparison, the value of each side in it, and where that is said."""

    dimension: str
    values: tuple[str, ...]
    said: tuple[Said, ...]


def comparison_table(answer: Answer) -> tuple[tuple[str, ...], list[ComparedIn]] | None:
    """The names of what is compared and their values in each dimension, if the answer consists of these alone."""
    rows = answer.shown()
    sides = {tuple(value.of or "" for value in row.values) for row in rows}
    if len(sides) != 1 or not (names := sides.pop()):
        return None
    return names, [ComparedIn(row.name, tuple(value.label for value in row.values), row.said) for row in rows]


def answered_nodes(answer: Answer | None) -> frozenset[str]:
    """The nodes that an answer consists of: also those that a value or a path belongs to."""
    if answer is None:
        return frozenset()
    found = {one.id for one in answer.answers if one.id} | set(_asked_about(answer))
    return frozenset(found | {step.id for one in answer.answers for step in one.path})


def centre_of(answer: Answer) -> str | None:
    """The node around which an answer is drawn: the first that was asked about, else the first that was found."""
    return next(iter([*_asked_about(answer), *(one.id for one in answer.answers if one.id)]), None)


def example_questions(view: View) -> Iterator[str]:
    """A few questions that a map can answer from what its notes state: a reading by rule may be wrong."""
    stated = [(relation, _most_joined(view, relation)) for relation in (SUPPORTS, OPPOSES)]
    for relation, target in stated:
        if target:
            yield f"What {relation} {view.node(target).label}?"
    if not any(target for _, target in stated):
        described = (one for one in _by_joined(view, PART_OF) if view.node(one).text)
        yield from (f"What is {view.node(one).label}?" for one in islice(described, 2))
    contrasted = (view.edges_from(one, CONTRASTS_WITH) for one in sorted(view.all_neighbours(CONTRASTS_WITH)))
    if pair := next((edge for edge in chain.from_iterable(contrasted) if edge.dimension), None):
        yield f"Compare {view.node(pair.source).label} and {view.node(pair.target).label}"
    if view.day is not None and any(key.day == view.day and not view.undated(key) for key in view.parts()):
        yield f"What is new on {view.day_in_words(view.day)}?"


def _most_joined(view: View, relation: str) -> str | None:
    """Of the targets of most edges of a relation the first that has one which is stated."""
    found = (one for one in _by_joined(view, relation) if any(e.how != "derived" for e in view.edges_to(one, relation)))
    return next(found, None)


def _by_joined(view: View, relation: str) -> list[str]:
    """The targets of most edges of a relation, those of most first; of several the first by id."""
    table, is_newest = view.all_neighbours(relation, inverse=True), view.as_of is None
    counts = {one: len(days) if is_newest else sum(map(view.sees, days.values())) for one, days in table.items()}
    seen = [one for one, count in counts.items() if count]
    return nsmallest(MOST_LOOKED_AT, seen, key=lambda one: (-counts[one], one))


def _asked_about(answer: Answer) -> list[str]:
    return [node.id for node in answer.understood.about] if answer.understood else []
