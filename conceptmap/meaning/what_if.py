"""What falls with a piece of evidence, and what rises: the claims that are no longer where they were without it."""

from collections.abc import Collection
from dataclasses import dataclass

from conceptmap.meaning.debate import debate_of, takes_part
from conceptmap.meaning.fragility import ground_of
from conceptmap.meaning.scores import SAME, Score, scores_in
from conceptmap.meaning.verdict import Standing, standing_of
from graphs.view import View
from ontology.errors import WrongArguments
from ontology.hints import meant
from ontology.terms import ARGUMENT, CLAIM

MOST_MEANT = 3
"""Nodes that are named where another was probably meant."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A claim that is on another side of where it starts, has another label, or rests on nothing any more.

    `loses_all` where all that it rests on has fallen; `standings` is how it stands before and after, in a word.
    """

    before: Score
    after: Score
    loses_all: bool = False
    standings: tuple[Standing, Standing] | None = None

    @property
    def node(self) -> str:
        """The claim's id."""
        return self.before.node

    @property
    def turns(self) -> bool:
        """Whether it is anywhere else than before, and has not only moved."""
        stands = self.standings is None or self.standings[0] == self.standings[1]
        return self.loses_all or not stands or _place(self.before) != _place(self.after)

    @property
    def moves(self) -> list[float]:
        """How far it moves by each method, where it does."""
        pairs = [(self.before.strengths[one], strength) for one, strength in self.after.strengths.items()]
        moves = [new - old for old, new in pairs if old is not None and new is not None]
        return [one for one in moves if abs(one) >= SAME]

    @property
    def rises(self) -> bool:
        """Whether it is better off."""
        return not self.loses_all and _height(self.after) > _height(self.before)


def _place(score: Score) -> tuple[object, ...]:
    """On which side each method has a claim, and its label."""
    return (*(score.side(method) for method in score.strengths), score.label)


def _height(score: Score) -> tuple[int, float]:
    """How well off a claim is: its sides and its label first, then its strengths."""
    sides = sum(score.side(method) or 0 for method in score.strengths)
    label = {"in": 1, "undecided": 0, "out": -1}[score.label]
    return sides + label, sum(strength or 0.0 for strength in score.strengths.values())


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What becomes of a map's claims if some nodes fall.

    `broken` are the Arguments of which a premise has fallen, `flips` the claims that fall or rise, in this order.
    `weaker` and `stronger` are those that move by some method and stay where they are.
    """

    fallen: tuple[str, ...]
    broken: tuple[str, ...]
    flips: tuple[Flip, ...]
    weaker: tuple[str, ...]
    stronger: tuple[str, ...]


def taken_away(view: View, fallen: Collection[str]) -> tuple[str, ...]:
    """The ids of nodes that fall.

    Raises `WrongArguments` for one that takes no part in the debate, with those joined to it that do: whoever takes
    away "Deep Blue" mostly means the evidence that is about it.
    """
    gone = tuple(dict.fromkeys(view.leads_to(one) for one in fallen))
    for one in gone:
        if not takes_part(view, one):
            joined = [edge.other(one) for edge in (*view.edges_from(one), *view.edges_to(one))]
            near = [view.node(other).label for other in dict.fromkeys(joined) if takes_part(view, other)]
            what = f"{view.node(one).label!r} speaks neither for nor against anything, so nothing changes without it"
            raise WrongArguments(f"{what}; {meant(near[:MOST_MEANT])}" if near else what, near)
    return gone


def what_if(view: View, fallen: Collection[str]) -> WhatIf:
    """What becomes of the claims of a view if the nodes of these ids fall. Raises what `taken_away` raises."""
    gone = taken_away(view, fallen)
    debate = debate_of(view)
    left = debate.without(gone)
    before, after = scores_in(debate), scores_in(left)
    claims, arguments = view.vocabulary.within([CLAIM]), view.vocabulary.within([ARGUMENT])
    ground = ground_of(view, debate)
    stood, stand = ground.standing_nodes(debate.bases), ground.standing_nodes(debate.bases, frozenset(gone))
    flips: list[Flip] = []
    weaker: list[str] = []
    stronger: list[str] = []
    for node, score in after.items():
        if view.kind(node) not in claims:
            continue
        standings = standing_of(before[node], before), standing_of(score, after)
        flip = Flip(before[node], score, node in stood and node not in stand, standings)
        if flip.turns:
            flips.append(flip)
        elif flip.moves:
            (stronger if sum(flip.moves) > 0 else weaker).append(node)
    broken = tuple(one for one in before if view.kind(one) in arguments and one in stood and one not in {*stand, *gone})
    flips.sort(key=lambda one: (one.rises, one.node))
    return WhatIf(gone, broken, tuple(flips), tuple(weaker), tuple(stronger))
