"""Who does what to whom: however a sentence is turned, present, perfect or passive, it asks for the same end."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.ask import ask
from conceptmap.ask.askable import base_form
from graphs.view import FoldedEdge, View
from ontology.terms import DAY, INTRODUCED_ON, UNIT
from ontology.vocabulary import Relation

TESTS = Path(__file__).parent
COURSES = (TESTS.parent / "conceptmap" / "course", TESTS / "courses" / "bread")
VERBS = "supports replaces requires opposes causes precedes supersedes displaces predicts answers exemplifies unlocks"
"""Verbs of several relations with a regular participle, and no other sense in a question."""
EACH = 4
"""So many edges of a relation are asked for."""


@pytest.fixture(scope="module")
def views() -> Iterator[list[View]]:
    with open_atlas("sqlite://") as atlas:
        for number, folder in enumerate(COURSES):
            atlas[f"m{number}"].load(folder)
        yield [atlas[f"m{number}"].view() for number in range(len(COURSES))]


def participle(verb: str) -> str:
    base = base_form(verb)
    return f"{base}d" if base.endswith("e") else f"{base[:-1]}ied" if base.endswith("fy") else f"{base}ed"


def verbs_of(relation: Relation) -> Iterator[str]:
    said = {*relation.verbs, *relation.wordings}
    return (verb for verb in VERBS.split() if verb in said)


def stated(view: View, relation: str) -> Iterator[FoldedEdge]:
    for edge in view.edges():
        kinds = {view.kind(edge.source), view.kind(edge.target)}
        if edge.relation == relation != INTRODUCED_ON and kinds.isdisjoint({DAY, UNIT}):
            yield edge


def answers(view: View, question: str) -> set[str] | None:
    reply = ask(view, question, offering=False, retelling=False)
    return {one.id or one.label for one in reply.answers} if reply.status == "answered" else None


def forms(verb: str, source: str, target: str) -> tuple[list[str], list[str]]:
    """The ways to ask for what does it to the target, and for what the source does it to."""
    base, done = base_form(verb), participle(verb)
    doing = [f"what {verb} {target}?", f"what has {done} {target}?", f"what is {target} {done} by?"]
    doing += [f"what had {done} {target}?", f"by what has {target} been {done}?", f"what has {target} been {done} by?"]
    suffering = [f"what does {source} {base}?", f"what has {source} {done}?", f"what is {done} by {source}?"]
    suffering += [f"what has been {done} by {source}?", f"what had {source} {done}?"]
    return doing, suffering


def test_no_turn_of_a_sentence_asks_for_its_other_end(views: list[View]) -> None:
    tried = 0
    for view in views:
        for relation in view.vocabulary.relations.values():
            edges = list(islice(stated(view, relation.name), EACH))
            for verb in verbs_of(relation):
                for edge in edges:
                    names = view.node(edge.source).label, view.node(edge.target).label
                    for questions in forms(verb, *names):
                        found = {one: answers(view, one) for one in questions}
                        assert len({frozenset(one) for one in found.values() if one is not None}) < 2, found
                        tried += len(found)
    assert tried > 100


def test_a_verb_in_the_perfect_is_no_noun(views: list[View]) -> None:
    """`Has the replacement`, `has the cause` are said of the other end."""
    robot, bread = views
    assert answers(robot, "what has ConvNets replaced?") in (None, {"hand-crafted-features"})
    assert answers(robot, "what has replaced ConvNets?") is None
    assert answers(robot, "what has caused more compute?") is None
    assert answers(bread, "what has substituted machine kneading?") is None


def test_what_has_refuted_a_claim_is_what_opposes_it(views: list[View]) -> None:
    for verb in ("refuted", "disproved", "invalidated"):
        against = answers(views[0], "what opposes the bitter lesson?")
        assert answers(views[0], f"what has {verb} the bitter lesson?") == against
    assert answers(views[0], "what would have to be wrong for the bitter lesson to fall?") != against


def test_a_verb_that_is_a_noun_turns_nothing_round(views: list[View]) -> None:
    """`What does ending up in A cause?` asks what A leads to."""
    robot, _ = views
    ahead, behind = answers(robot, "what does lower loss lead to?"), answers(robot, "what leads to lower loss?")
    assert answers(robot, "what does ending up in lower loss cause?") == ahead
    assert answers(robot, "what causes ending up in lower loss?") == behind
    assert ahead != behind
