"""From a map and what is asked of it to all that the page shows, as values: nothing here reads the map later."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from api.web.answer_view import answered_nodes, centre_of, example_questions
from api.web.cards import EdgeCard, edge_card, node_gone, since
from api.web.drawing import Drawing, as_of_day, drawing_of
from api.web.page_state import PageState
from api.web.positions import FEWEST
from conceptmap.ask import Answer
from conceptmap.card import Card
from conceptmap.draw import group_titles
from conceptmap.map import CourseMap
from conceptmap.overview import standing_lines
from conceptmap.values import Citation, FoldedNode, View, cite
from ontology.errors import UnknownNode
from ontology.model import EdgeKey
from ontology.terms import DAY

MOST_HITS = 50
"""Found nodes that are listed: who has not found it among these types more letters."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that has notes: its number and title, how it is called within a sentence, and its parts."""

    number: int
    title: str
    words: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """What is asked for and not there as of the day: the day that it comes up on, or names that are near."""

    name: str
    label: str = ""
    day: int | None = None
    near: tuple[str, ...] = ()


class NodeHit(NamedTuple):
    """A node that was searched for, the day from which on it is shown, and whether its name is only near."""

    node: FoldedNode
    since: int
    is_near: bool


@dataclass(frozen=True, slots=True)
class PageData:
    """All that the page shows."""

    name: str
    state: PageState
    days: tuple[Day, ...]
    day: int
    drawing: Drawing
    card: Card | None = None
    edge: EdgeCard | None = None
    missing: Missing | None = None
    answer: Answer | None = None
    hits: tuple[NodeHit, ...] | None = None
    examples: tuple[str, ...] = ()
    places: Mapping[str | EdgeKey, Citation] = field(default_factory=dict)
    size: int = 0
    entry: int = 0
    standing: tuple[str, ...] = ()
    """What is to be said of where the chosen node stands in the map; mostly nothing."""

    @property
    def first(self) -> int:
        """The oldest day."""
        return min((day.number for day in self.days), default=0)

    @property
    def last(self) -> int:
        """The newest day."""
        return max((day.number for day in self.days), default=0)

    @property
    def answers(self) -> frozenset[str]:
        """The ids of the nodes that are the answer."""
        return answered_nodes(self.answer)

    @property
    def answers_are_drawn(self) -> bool:
        """Whether any of them stands on the drawing."""
        return not self.answers.isdisjoint(self.drawing.nodes)

    @property
    def is_crowd(self) -> bool:
        """Whether all nodes are asked for and are too many for a drawing with their names."""
        return self.state.view == "all" and self.size > FEWEST

    def title_of(self, day: int) -> str:
        """What a day is called."""
        return next((one.title for one in self.days if one.number == day), f"Day {day}")


def page_data(course: CourseMap, state: PageState) -> PageData:
    """The page of a map. A focus, question or edge that leads nowhere is told on it."""
    whole = course.as_of(None)
    newest, view = whole.view(), course.view()
    days = days_of(newest)
    card, missing = _card(newest, view, course, state)
    edge, gone = edge_card(view, newest, state.edge_key()) if state.edge else (None, None)
    answer = course.ask(state.q, explained=True) if state.q else None
    wanted = set(answered_nodes(answer))
    shown = None if missing else card
    if shown:
        wanted.add(shown.node.id)
    if edge:
        wanted |= {edge.source.id, edge.target.id}
    centre = (
        (centre_of(answer) if answer else None)
        or (shown.node.id if shown else None)
        or (edge.source.id if edge else None)
    )
    if state.view == "near" and card:
        centre = card.node.id
    drawing = drawing_of(course, state, wanted, centre)
    if state.as_of is not None:
        drawing = as_of_day(drawing, view, state.as_of)
    return PageData(
        course.name,
        state,
        days,
        state.as_of if state.as_of is not None else max((day.number for day in days), default=0),
        drawing,
        card,
        edge,
        missing or (Missing(state.edge or "", day=gone) if state.edge and not edge else None),
        answer,
        _hits(whole, state.find) if state.find else _near_hits(whole, answer),
        _examples(view, answer) if answer or not (card or edge) else (),
        _places(drawing, newest),
        size=newest.size,
        entry=newest.entry,
        standing=tuple(standing_lines(course.standing(shown.node.id))) if shown else (),
    )


def days_in_words(days: Iterable[Day]) -> Callable[[int], str]:
    """How a day is called within a sentence: `day 3`, or what its author calls it.

    >>> days_in_words([Day(4, "Week 4 · Dough", "Week 4")])(4)
    'Week 4'
    """
    words = {day.number: day.words for day in days}
    return lambda day: words.get(day, f"day {day}")


def days_of(view: View) -> tuple[Day, ...]:
    """The days that have documents."""
    parts: dict[int, list[str]] = {}
    for key in view.parts():
        parts.setdefault(key.day, []).append(key.part)
    titles = group_titles(view, parts)
    return tuple(Day(day, titles[day], view.day_in_words(day), tuple(parts[day])) for day in view.days_in_order())


def _card(newest: View, view: View, course: CourseMap, state: PageState) -> tuple[Card | None, Missing | None]:
    if not state.focus:
        return None, None
    try:
        card = course.card(state.focus)
        day = since(newest, card.node.id)
        return card, Missing(card.node.id, card.node.label, day) if not view.sees(day) else None
    except UnknownNode as error:
        later = node_gone(newest, state.focus)
        if later:
            return None, Missing(state.focus, later.label, since(newest, later.id))
        return None, Missing(state.focus, near=tuple(error.candidates))


def _hits(whole: CourseMap, text: str, most: int = MOST_HITS) -> tuple[NodeHit, ...]:
    view, found = whole.view(), whole.search(text, limit=most)
    return tuple(NodeHit(hit.node, since(view, hit.node.id), hit.where == "near") for hit in found)


def _examples(view: View, answer: Answer | None) -> tuple[str, ...]:
    """What one may ask, for who has not asked yet or got no answer."""
    return () if answer and (answer.answers or answer.candidates or answer.offers) else tuple(example_questions(view))


def _places(drawing: Drawing, newest: View) -> dict[str | EdgeKey, Citation]:
    """Where each node and edge that is drawn is said: each where it is first defined."""
    nodes = (newest.node(one.id) for one in drawing.picture.nodes if newest.has_node(one.id))
    edges = (newest.edge(one.key) for one in drawing.picture.edges if one.key)
    return {
        **{node.id: cite(node.sayings[0]) for node in nodes},
        **{edge.key: cite(edge.assertions[0]) for edge in edges if edge},
    }


def _near_hits(whole: CourseMap, answer: Answer | None) -> tuple[NodeHit, ...] | None:
    """For a question without an answer: nodes whose names are near to any of its longer words."""
    if answer is None or answer.answers or answer.candidates or answer.offers:
        return None
    words = [word for word in answer.question.replace("?", " ").split() if len(word) > 3]
    found = {hit.node.id: hit for word in words for hit in _hits(whole, word, 4) if hit.node.kind != DAY}
    return tuple(found.values())[:6] or None
