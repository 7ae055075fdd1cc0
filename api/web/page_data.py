"""From a map and what is asked of it to all that the page shows, as values: nothing here reads the map later."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from api.web.cards import EdgeCard, edge_card, node_gone, since
from api.web.drawing import Drawing, drawing_of
from api.web.page_state import Asked
from api.web.positions import FEWEST
from conceptmap.ask import Answer
from conceptmap.card import Card, card_of
from conceptmap.draw import group_titles
from conceptmap.map import CourseMap
from graphs.view import FoldedNode, View
from graphs.words import search as search_in
from ontology.errors import UnknownNode
from ontology.terms import DAY, OPPOSES, SUPPORTS

MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class Day:
    """A day that has notes: its number and title, and its parts."""

    number: int
    title: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """What is asked for and not there as of the day: the day that it comes up on, or names that are near."""

    name: str
    label: str = ""
    day: int | None = None
    near: tuple[str, ...] = ()


class Found(NamedTuple):
    """A node that was searched for, the day from which on it is shown, and whether its name is only near."""

    node: FoldedNode
    since: int
    is_near: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows."""

    name: str
    asked: Asked
    days: tuple[Day, ...]
    day: int
    drawing: Drawing
    card: Card | None = None
    edge: EdgeCard | None = None
    missing: Missing | None = None
    answer: Answer | None = None
    hits: tuple[Found, ...] | None = None
    examples: tuple[str, ...] = field(default=())
    size: int = 0

    @property
    def last(self) -> int:
        """The newest day."""
        return self.days[-1].number if self.days else 0

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
        return self.asked.view == "all" and self.size > FEWEST

    def title_of(self, day: int) -> str:
        """What a day is called."""
        return next((one.title for one in self.days if one.number == day), f"Day {day}")


def page_of(course: CourseMap, asked: Asked) -> Page:
    """The page of a map. A focus, question or edge that leads nowhere is told on it."""
    newest, view = course.as_of(None).view(), course.view()
    days = days_of(newest)
    card, missing = _card(newest, view, course, asked)
    edge, gone = edge_card(view, newest, asked.edge_key()) if asked.edge else (None, None)
    answer = course.ask(asked.q, explained=True) if asked.q else None
    wanted = set(answered_nodes(answer))
    shown = None if missing else card
    if shown:
        wanted.add(shown.node.id)
    if edge:
        wanted |= {edge.source.id, edge.target.id}
    centre = _centre(answer) or (shown.node.id if shown else None) or (edge.source.id if edge else None)
    if asked.view == "near" and card:
        centre = card.node.id
    return Page(
        course.name,
        asked,
        days,
        asked.as_of if asked.as_of is not None else (days[-1].number if days else 0),
        drawing_of(course, asked, wanted, centre),
        card,
        edge,
        missing or (Missing(asked.edge or "", day=gone) if asked.edge and not edge else None),
        answer,
        _hits(newest, asked.find) if asked.find else _near_hits(newest, answer),
        tuple(_examples(view)),
        size=newest.size,
    )


def days_of(view: View) -> tuple[Day, ...]:
    """The days that have documents."""
    parts: dict[int, list[str]] = {}
    for key in view.parts():
        parts.setdefault(key.day, []).append(key.part)
    titles = group_titles(view, parts)
    return tuple(Day(day, titles[day], tuple(found)) for day, found in sorted(parts.items()))


def answered_nodes(answer: Answer | None) -> frozenset[str]:
    """The nodes that an answer consists of: also those that a value or a path belongs to."""
    if answer is None:
        return frozenset()
    found = {one.id for one in answer.answers if one.id} | set(_asked_about(answer))
    return frozenset(found | {step.id for one in answer.answers for step in one.path})


def _asked_about(answer: Answer) -> list[str]:
    """The nodes that a question was about."""
    return [node.id for node in answer.understood.about] if answer.understood else []


def _centre(answer: Answer | None) -> str | None:
    if answer is None:
        return None
    return next(iter([*_asked_about(answer), *(one.id for one in answer.answers if one.id)]), None)


def _card(newest: View, view: View, course: CourseMap, asked: Asked) -> tuple[Card | None, Missing | None]:
    if not asked.focus:
        return None, None
    try:
        card = card_of(view, course.node(asked.focus).id)
        day = since(newest, card.node.id)
        return card, Missing(card.node.id, card.node.label, day) if not view.sees(day) else None
    except UnknownNode as error:
        later = node_gone(newest, asked.focus)
        if later:
            return None, Missing(asked.focus, later.label, since(newest, later.id))
        return None, Missing(asked.focus, near=tuple(error.candidates))


def _hits(view: View, text: str) -> tuple[Found, ...]:
    found = search_in(view, text)[:MOST_HITS]
    return tuple(Found(hit.node, since(view, hit.node.id), hit.where == "near") for hit in found)


def _near_hits(view: View, answer: Answer | None) -> tuple[Found, ...] | None:
    """For a question without an answer: nodes whose names are near to any of its longer words."""
    if answer is None or answer.answers or answer.candidates:
        return None
    words = [word for word in answer.question.replace("?", " ").split() if len(word) > 3]
    found = {hit.node.id: hit for word in words for hit in _hits(view, word)[:4] if hit.node.kind != DAY}
    return tuple(found.values())[:6] or None


def _examples(view: View) -> Iterable[str]:
    """A few questions that this map can answer."""
    for relation in (SUPPORTS, OPPOSES):
        targets = Counter(edge.target for edge in view.edges(relation))
        if targets:
            label = view.node(min(targets, key=lambda one: (-targets[one], one))).label
            yield f"What {relation} {label}?"
    pair = next((edge for edge in view.edges("contrasts with") if edge.dimension), None)
    if pair:
        yield f"Compare {view.node(pair.source).label} and {view.node(pair.target).label}"
    if view.day is not None:
        yield f"What is new on day {view.day}?"
