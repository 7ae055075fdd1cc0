"""Writing: the questions that a day asks, how many words they ask for, and the nodes that a text names."""

import re
from textwrap import shorten

from api.web.form_input import Additions, Checking, Form
from conceptmap.reflections import Prompt, count_words, prompts_of
from conceptmap.values import FoldedNode, View
from ontology.errors import NotFound
from ontology.model import Edge, Node
from ontology.names import name_key, node_id
from ontology.terms import ABOUT, ANSWERS, DAY, QUESTION, REFLECTION, UNIT

MOST_WORDS_OF_NAME = 9
"""Words of the longest name that is looked for in a text: the time grows with it, and longer labels are sentences."""
SHORTEST_NAME = 4
"""Letters of the shortest name that counts wherever it stands: many words of English have fewer."""
MOST_LETTERS = 80
"""Of a question, in the label of a reflection on it, which stands on the map."""
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,2}\b")
_LINK = re.compile(r"\[\[([^\[\]|]+)")


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


def linkable_names(view: View) -> list[str]:
    """What names in a text are looked up by (`name_key`), of nodes that a reflection is about; short ones apart."""
    found = (
        key
        for key in view.names
        if len(key) >= SHORTEST_NAME and len(key.split()) <= MOST_WORDS_OF_NAME and len(ids := view.named(key)) == 1
        if view.kind(ids[0]) not in (DAY, UNIT, REFLECTION, QUESTION)
    )
    return sorted(found)


def continued(view: View, prompt: Prompt, reflection: str) -> str:
    """The text of a stored reflection on a prompt, to be written on; empty where there is none of this id."""
    return next((one.text or "" for one in prompt.answers if one.id == view.leads_to(reflection)), "")


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


def _longest(view: View, words: list[str], at: int, short: set[str]) -> tuple[int, list[str]]:
    """How many words from here on are the longest name of a node, and whose; one word and nobody's if there is none."""
    for length in range(min(MOST_WORDS_OF_NAME, len(words) - at), 0, -1):
        name = " ".join(words[at : at + length])
        if (len(name) >= SHORTEST_NAME or name in short) and len(ids := view.named(name)) == 1:
            return length, ids
    return 1, []
