"""The history of a claim: how strong it was from day to day, and what was said on the days that changed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conceptmap.meaning.debate import debate_behind
from conceptmap.meaning.scores import SAME, Score, score_of, scores_in
from conceptmap.meaning.shares import Share, shares_of
from graphs.view import FoldedEdge, View
from ontology.model import EdgeKey


@dataclass(frozen=True, slots=True)
class BeliefStep:
    """A day that changed a claim: its score as of that day, the edges at it that came, and those that were given up.

    `shares` are what those that came add. `before` is its score as of the day before; None on the day on which it comes
    up. Where no edge came or went, what speaks for or against it became weaker or stronger itself, or its weight was
    said.
    """

    day: int
    score: Score
    before: Score | None
    came: tuple[FoldedEdge, ...]
    went: tuple[FoldedEdge, ...]
    shares: Mapping[EdgeKey, Share]


def belief_of(view: View, node: str) -> list[BeliefStep]:
    """The days that changed how strong a node is, in order, up to the view's day."""
    return list(_steps(view, view.leads_to(node)))


def _steps(view: View, node: str) -> Iterator[BeliefStep]:
    before: Score | None = None
    for day in view.days():
        then = view.up_to(day)
        if not then.has_node(node):
            continue
        scores = scores_in(debate_behind(then, [node]))
        score = scores.get(node) or score_of(then, node)
        came, went = _only_in(score, before), _only_in(before, score)
        if before is None or came or went or _moved(before, score):
            shares = shares_of(score, scores)
            yield BeliefStep(
                day, score, before, came, went, {one.key: shares[one.key] for one in came if one.key in shares}
            )
        before = score


def _only_in(score: Score | None, other: Score | None) -> tuple[FoldedEdge, ...]:
    """The edges that one score has and another has not, those that are only asked too."""
    known = {edge.key for edge in _edges(other)}
    return tuple(edge for edge in _edges(score) if edge.key not in known)


def _edges(score: Score | None) -> tuple[FoldedEdge, ...]:
    return () if score is None else (*score.supports, *score.opposes, *score.premises, *score.asked)


def _moved(before: Score, after: Score) -> bool:
    if (before.base, before.assumed, before.label) != (after.base, after.assumed, after.label):
        return True
    pairs = [(before.strengths[one], strength) for one, strength in after.strengths.items()]
    return any((old is None) != (new is None) or abs((new or 0) - (old or 0)) >= SAME for old, new in pairs)
