"""Stretches of the course that are named otherwise than by days: `in week 2`, `before A came up`, `earlier than A`."""

from collections.abc import Iterator

from conceptmap.ask.form import Composed, Form
from conceptmap.ask.lexicon import Noun, Verb
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, PlacedDays, Topic, Unclear, opened_range
from conceptmap.ask.spans import Days
from conceptmap.ask.words import ARTICLES
from graphs.view import View
from ontology.names import day_number
from ontology.terms import DAY, INTRODUCED_ON, PART_OF, UNIT

WITHIN = frozenset("in during of from within for on throughout".split())
"""Prepositions that put something in a stretch of the course."""


def days_of_unit(view: View, unit: str) -> Days | None:
    """The first and the last day that are part of a unit, or of one of its parts; None where it has none."""
    days: list[int] = []
    for edge in view.edges_to(unit, PART_OF):
        kind = view.kind(edge.source)
        number = day_number(edge.source) if kind == DAY else None
        inner = days_of_unit(view, edge.source) if kind == UNIT else None
        days += [] if number is None else [number]
        days += [inner.first, inner.last] if inner else []
    return Days(min(days), max(days)) if days else None


_OBLIGED = frozenset("must should need needs ought".split())
"""Words that ask what has to be."""


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    for topic in question.topics:
        placed = _placed(question, topic)
        if placed is not None:
            part = question.dated(topic, placed)
            for query in part.read():
                yield Composed(query, (part,))
            return


def _placed(question: ParsedQuestion, topic: Topic) -> PlacedDays | None:
    """The days that a topic stands for, if a word before it puts something in a stretch of days."""
    at = next((at for at in reversed(range(topic.start)) if question.words[at].text not in ARTICLES), None)
    if not topic.entries("name"):
        return None
    if unit := _bringing(question, topic):
        return PlacedDays(topic.start, unit, unit)
    if at is None:
        return None
    if question.words[at].text == "than":  # `earlier in the course than A`
        at = next((one for one in reversed(range(at)) if question.words[one].text in ("earlier", "later")), at)
    if any(one.start <= at < one.end for one, _ in (*question.cues(Verb), *question.cues(Noun))):
        return None  # `need before` is a relation
    word, view = question.words[at].text, question.view
    obliged = any(question.words[place].text in _OBLIGED for place in question.places)
    if question.is_next(at) or (obliged and not question.is_yes_or_no):
        return None  # `what must I have done before A?` asks for what A requires
    try:
        node = question.node(topic)
    except (Ambiguous, Unclear):
        return None
    if view.kind(node) == UNIT:
        days = days_of_unit(view, node)
        opened = opened_range(word, days) if days else None
        return PlacedDays(topic.start, days, opened or days, at) if days and (opened or word in WITHIN) else None
    day = view.introduced_on(node)
    opened = opened_range(word, Days(day, day)) if day is not None and word not in ("by", "as") else None
    return PlacedDays(topic.start, opened, opened, at) if opened else None


def _bringing(question: ParsedQuestion, topic: Topic) -> Days | None:
    """The days of a stretch that itself brings something: `what did week 1 introduce?`."""
    brings = any(cue.relation.name == INTRODUCED_ON for _, cue in question.cues(Verb)) or question.asks_for("new")
    if not brings or topic.preposition or not topic.whole or question.asks_for("when") or question.is_yes_or_no:
        return None
    try:
        node = question.node(topic)
    except (Ambiguous, Unclear):
        return None
    return days_of_unit(question.view, node) if question.view.kind(node) == UNIT else None


STRETCH = Form(
    "stretch",
    _read,
    cues={"new": ""},
    examples={"what a stretch of the course brings": ["which concepts came up before the transformer?"]},
)
