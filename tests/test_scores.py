"""Scores against published figures, and what they must do whatever is said."""

import pytest

from conceptmap.meaning.debate import Base, Debate
from conceptmap.meaning.scores import scores_in
from conceptmap.meaning.verdict import standing_of
from graphs.view import FoldedEdge


def tie(source: str, relation: str, target: str) -> FoldedEdge:
    return FoldedEdge(source, relation, target, None, None, None, (1,), "stated", None, None, None, ())


def debate(bases: dict[str, float], supports: str = "", opposes: str = "", premises: str = "") -> Debate:
    """A debate of edges written `A>B A>C`."""

    def ties(said: str, relation: str) -> dict[str, dict[str, FoldedEdge]]:
        found: dict[str, dict[str, FoldedEdge]] = {}
        for source, target in (one.split(">") for one in said.split()):
            found.setdefault(target, {})[source] = tie(source, relation, target)
        return found

    worth = {node: Base(base, False) for node, base in bases.items()}
    return Debate(worth, ties(supports, "supports"), ties(opposes, "opposes"), ties(premises, "premise of"))


E_DEMOCRACY = debate(
    {"A1": 0.5, "A2": 0.5, "P1": 0.7, "P2": 0.5, "P3": 0.9, "C1": 0.2, "C2": 0.2, "C3": 0.6, "C4": 0.5},
    supports="P1>A1 P2>A1 P3>A2",
    opposes="C1>A2 C2>P2 C3>P2 C4>P2",
)
DISPUTE_TREE = debate({"a": 0.5, "b": 0.5, "c": 0.5, "d": 0.5, "e": 1.0}, supports="b>a d>a e>b", opposes="c>a e>c")


@pytest.mark.parametrize(
    ("said", "method", "published"),
    [
        (E_DEMOCRACY, "dfquad", {"P2": 0.08, "A1": 0.862, "A2": 0.85}),  # Rago and others, KR 2016
        (E_DEMOCRACY, "quadratic-energy", {"P2": 0.1859, "A1": 0.7199, "A2": 0.6644}),
        (DISPUTE_TREE, "quadratic-energy", {"a": 0.75, "b": 0.75, "c": 0.25, "d": 0.5, "e": 1.0}),  # Čyras and others
    ],
)
def test_strengths_are_those_that_were_published(said: Debate, method: str, published: dict[str, float]) -> None:
    scores = scores_in(said)
    assert {node: scores[node].strengths[method] for node in published} == pytest.approx(published, abs=1e-4)


def test_what_only_something_that_is_held_down_speaks_for_is_undecided() -> None:
    bases = dict.fromkeys(["claim", "trial", "flour", "other"], 0.5)
    sound = scores_in(debate(bases, supports="trial>claim"))
    doubted = scores_in(debate(bases, supports="trial>claim", opposes="flour>trial"))
    besides = scores_in(debate(bases, supports="trial>claim other>claim", opposes="flour>trial"))
    assert [standing_of(one["claim"], one) for one in (sound, doubted, besides)] == ["held up", "undecided", "held up"]
