"""How a statement stands, in words that people use: held up, held down, contested, undecided, or not discussed."""

from collections.abc import Iterable, Mapping
from math import prod
from typing import Literal

from conceptmap.meaning.scores import Score
from graphs.view import FoldedEdge

Standing = Literal["held up", "held down", "contested", "undecided", "not discussed"]

ALIKE = 2 / 3
"""A side with so much of the strength of the other leaves a statement contested: what speaks is worth what is mostly
only assumed, which tells no smaller difference."""

IN_WORDS: Mapping[Standing, str] = {
    "held up": "more speaks for it than against it",
    "held down": "more speaks against it than for it",
    "contested": "about as much speaks against it as for it",
    "undecided": "what speaks for or against it does not hold itself, or depends on itself and comes to no rest",
    "not discussed": "nothing is said for or against it",
}
"""What each means, as a sentence."""


def standing_of(score: Score, scores: Mapping[str, Score]) -> Standing:
    """How a node stands by all methods, given the `scores` of what speaks for and against it.

    Contested is what something speaks for and something against, where methods have it on different sides of where it
    starts, or one side is about as strong as the other by each. An Argument stands only with its premises. What is
    itself held down by all methods decides nothing, as people see it, though by the numbers it still counts a little.
    """
    if not (score.supports or score.opposes or score.premises):
        return "not discussed"
    if score.undecided:
        return "undecided"
    sides = _sides(score)
    if any(_is_down(scores[one]) for one in _speakers(score, score.premises)):
        return "held down"
    speakers = _speakers(score, (*score.supports, *score.opposes))
    if speakers and all(_is_down(scores[one]) for one in speakers):
        return "undecided"
    if score.supports and score.opposes and (sides >= {1, -1} or _is_even(score, scores)):
        return "contested"
    if 1 in sides or (sides == {0} and score.premises):
        return "held up"
    return "held down" if -1 in sides else "undecided"


def _sides(score: Score) -> set[int | None]:
    return {score.side(method) for method in score.strengths}


def _is_down(score: Score) -> bool:
    """Whether every method has it below where it starts."""
    return _sides(score) == {-1}


def _is_even(score: Score, scores: Mapping[str, Score]) -> bool:
    """Whether by every method the weaker side is not much weaker."""
    for method in score.strengths:
        for_it, against_it = (
            1 - prod(1 - (scores[one].strengths[method] or 0.0) for one in _speakers(score, edges))
            for edges in (score.supports, score.opposes)
        )
        if min(for_it, against_it) < ALIKE * max(for_it, against_it):
            return False
    return True


def _speakers(score: Score, edges: Iterable[FoldedEdge]) -> list[str]:
    return [edge.other(score.node) for edge in edges]
