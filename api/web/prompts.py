"""Writing: the questions that a day asks, how many words they ask for, and the nodes that a text names."""

import re
from dataclasses import dataclass
from textwrap import shorten

from api.web.form_input import Additions, Checking, Form
from conceptmap.values import FoldedNode, View
from ontology.errors import NotFound
from ontology.model import Edge, Node
from ontology.names import day_id, name_key, node_id
from ontology.terms import ABOUT, ANSWERS, ASKS, DAY, UNIT

REFLECTION = "Reflection"
MOST_WORDS_OF_NAME = 9
"""Words of the longest name that is looked for in a text: the time grows with it, and longer labels are sentences."""
SHORTEST_NAME = 4
"""Letters of the shortest name that counts wherever it stands: many words of English have fewer."""
MOST_LETTERS = 80
"""Of a question, in the label of a reflection on it, which stands on the map."""
_GOAL = re.compile(r"(?:(at least )?([0-9]{1,6})(\+?))")
"""How notes say how many words an answer has: `300`, `300+`, `at least 300`."""
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,2}\b")
_LINK = re.compile(r"\[\[([^\[\]|]+)")


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


def answered_prompt(form: Form, view: View) -> Prompt:
    """The prompt that a form answers. Raises `NotFound` where its day asks no such question."""
    day, named = form.number("day"), view.named(form["question"])
    prompts = prompts_of(view, day) if day is not None else []
    if (found := next((one for one in prompts if [one.question.id] == named), None)) is None:
        raise NotFound("the day asks no such question; choose one of those on the page for writing")
    return found


def days_with_prompts(view: View) -> list[int]:
    """The days that ask for something to be written."""
    return [day for day in view.days() if any(one.goal for one in prompts_of(view, day))]


def named_in(view: View, text: str, but: str) -> list[FoldedNode]:
    """The nodes that a text names, in its order, longer names first; days, units and the question (`but`) apart.

    Short names count only as links (`[[ape]]`) or in capitals (VLA).
    """
    found: dict[str, None] = {}
    for link in _LINK.findall(text):
        found |= dict.fromkeys(view.named(link))
    short = {name_key(one) for one in _ACRONYM.findall(text)}
    words = name_key(text.replace("[[", " ").replace("]]", " ")).split()
    at = 0
    while at < len(words):
        length, ids = _longest(view, words, at, short)
        found |= dict.fromkeys(ids)
        at += length
    nodes = (view.node(one) for one in found if one != but)
    return [node for node in nodes if node.kind not in (DAY, UNIT, REFLECTION)]


def entered_reflection(form: Form, view: View, by: str) -> Additions:
    """A reflection that answers its question, about the nodes that were left ticked. Raises `Mistakes`, `NotFound`."""
    question = answered_prompt(form, view).question
    checking = Checking(form, view)
    day, text = checking.day(), form.raw("text").strip("\n")
    if not text.strip():
        checking.errors["text"] = "write something first"
    checking.raise_mistakes()
    about = [one for one in form.all("about") if view.has_node(one)]
    if not form["looked"]:
        about = [node.id for node in named_in(view, text, question.id)]
    made = node_id(f"reflection {by} {question.id}")
    label = f"{by} on: {shorten(question.label, MOST_LETTERS, placeholder='…')}"
    said = {"id": made, "kind": REFLECTION, "label": label, "text": text, "data": {"words": count_words(text)}}
    node = checking.made(Node, **said)
    checking.raise_mistakes()
    targets = [(ANSWERS, question.id), *((ABOUT, one) for one in about)]
    edges = tuple(Edge(source=made, relation=relation, target=target) for relation, target in targets)
    return Additions(day, (node,) if node else (), edges)


def count_words(text: str) -> int:
    """How many words a text has, as the page counts them while it is written."""
    return len(text.split())


def _prompt(view: View, question: FoldedNode) -> Prompt:
    written = tuple(view.node(edge.source) for edge in view.edges_to(question.id, ANSWERS))
    reflections = tuple(node for node in written if node.kind == REFLECTION)
    return Prompt(question, _goal(question), reflections)


def _goal(question: FoldedNode) -> Goal | None:
    """How many words the notes ask for, if they do."""
    said = _GOAL.fullmatch(str(question.data.get("words", "")).strip())
    return Goal(int(said[2]), bool(said[1] or said[3])) if said and int(said[2]) else None


def _line(node: FoldedNode) -> tuple[int, str]:
    lines = node.assertions[-1].item.origin.lines
    return (lines[0] if lines else 0, node.label)


def _longest(view: View, words: list[str], at: int, short: set[str]) -> tuple[int, list[str]]:
    """How many words from here on are the longest name of a node, and whose; one word and nobody's if there is none."""
    for length in range(min(MOST_WORDS_OF_NAME, len(words) - at), 0, -1):
        name = " ".join(words[at : at + length])
        if (len(name) >= SHORTEST_NAME or name in short) and len(ids := view.named(name)) == 1:
            return length, ids
    return 1, []
