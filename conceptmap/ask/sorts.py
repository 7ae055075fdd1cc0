"""Sorts: an answer asked for by a common noun that is no kind of the vocabulary: `which plants …?`.

The noun never leads to an answer: it is only taken up where it is true of all that answers, by the noun that the name
of each ends in (see `classes`).
"""

from collections.abc import Collection, Sequence
from itertools import takewhile

from conceptmap.ask.classes import classes
from conceptmap.ask.filters import LISTING
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.words import OPENERS, PREPOSITIONS
from graphs.view import FoldedNode, View
from graphs.words import stem
from ontology.names import name_key
from ontology.terms import STATEMENTS


def is_sort(root: str) -> bool:
    """Whether a noun with this stem is for a class."""
    return root in classes()


def sort_place(question: ParsedQuestion) -> int | None:
    """The place of the noun that says of what sort the answers are: `which plants …?`; None where there is none."""
    found = (place for place in sorted(question.places) if stem(question.words[place].said) in classes())
    return next((place for place in found if _is_asked_for(question, place)), None)


def sort_asked(question: ParsedQuestion, words: Sequence[str]) -> str:
    """The one of some words that says of what sort the answers are; empty where there is none."""
    place = sort_place(question)
    return question.words[place].said if place is not None and question.words[place].said in words else ""


def are_of_sort(view: View, nodes: Collection[str], root: str) -> bool:
    """Whether all of some nodes are of the class that the noun of a stem is for."""
    members = classes().get(root, frozenset())
    told = [view.node(one) for one in nodes if view.has_node(one)]
    return bool(told) and len(told) == len(nodes) and all(_is_one_of(one, members) for one in told)


def _is_asked_for(question: ParsedQuestion, place: int) -> bool:
    """Whether a noun says what is asked for, with what may stand before it: `which of the two new plants …?`."""
    words = question.words
    if place + 1 in question.loose and words[place + 1].clause == words[place].clause:
        return False  # it only says more of a noun behind it
    for word in reversed(words[:place]):
        if word.text in LISTING or word.text == "many":
            return True
        if word.text in PREPOSITIONS - {"of"} or word.text in OPENERS or word.clause != words[place].clause:
            return False
    return place == 0


def _is_one_of(node: FoldedNode, members: Collection[str]) -> bool:
    return node.kind not in STATEMENTS and any(_head(name) in members for name in node.names)


def _head(name: str) -> str:
    """The stem of the noun that a name ends in: `guard of the emperor` is a guard."""
    words: Sequence[str] = name_key(name).split()
    before = [*takewhile(lambda word: word not in PREPOSITIONS, words)]
    return stem((before or words)[-1]) if words else ""
