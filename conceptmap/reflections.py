"""What the course asks to be written: prompts, how many words each asks for, and the reflections on them."""

import re
from dataclasses import dataclass

from graphs.view import FoldedNode, View
from ontology.names import day_id
from ontology.terms import ANSWERS, ASKS, REFLECTION

_GOAL = re.compile(r"(?:(at least )?([0-9]{1,6})(\+?))")
"""How notes say how many words an answer has: `300`, `300+`, `at least 300`."""
_WRITE = re.compile(
    r"\bwrite (?:a|about|an|at|down|half|in|on|one|two|three|your|\d)\b|\bin (?:about )?\d+ words\b", re.I
)
"""How a question says that it asks for a text."""


@dataclass(frozen=True, slots=True)
class Goal:
    """So many words an answer is to have, or at least so many.

    >>> str(Goal(300, least=True)), str(Goal(300, least=False))
    ('at least 300', '300')
    """

    words: int
    least: bool

    def __str__(self) -> str:
        return f"{'at least ' if self.least else ''}{self.words}"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to write about: how many words it asks for, and what was written already."""

    question: FoldedNode
    goal: Goal | None
    answers: tuple[FoldedNode, ...]


def prompts_of(view: View, day: int) -> list[Prompt]:
    """The questions that a day asks, those with a goal first, as the notes have them."""
    asker = day_id(day)
    asked = view.edges_from(asker, ASKS) if view.has_node(asker) else ()
    found = [_prompt(view, view.node(edge.target)) for edge in asked]
    return sorted(found, key=lambda one: (one.goal is None, _line(one.question)))


def goal_of(question: FoldedNode) -> Goal | None:
    """How many words the notes ask for, if they do."""
    said = _GOAL.fullmatch(str(question.data.get("words", "")).strip())
    return Goal(int(said[2]), bool(said[1] or said[3])) if said and int(said[2]) else None


def asks_to_write(question: FoldedNode) -> bool:
    """Whether a question asks for a text, with or without saying how long it is to be."""
    return goal_of(question) is not None or bool(_WRITE.search(question.label))


def count_words(text: str) -> int:
    """How many words a text has, as the page counts them while it is written."""
    return len(text.split())


def _prompt(view: View, question: FoldedNode) -> Prompt:
    written = tuple(view.node(edge.source) for edge in view.edges_to(question.id, ANSWERS))
    reflections = tuple(node for node in written if node.kind == REFLECTION)
    return Prompt(question, goal_of(question), reflections)


def _line(node: FoldedNode) -> tuple[int, str]:
    lines = node.assertions[-1].item.origin.lines
    return (lines[0] if lines else 0, node.label)
