"""Shares: how much of a node's move from where it starts each edge at it makes, and how strong it is without that edge.

What would be lost with one edge does not add up to the move: of two good reasons either may go. The share of an edge is
what it adds on average over all orders in which the edges could have been said (Shapley 1953); shares add up to the
move. The strengths of those who speak are taken as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb, fsum, prod, sqrt
from random import Random
from statistics import fmean, stdev

from conceptmap.meaning.methods import METHODS, Method
from conceptmap.meaning.scores import Score
from ontology.model import EdgeKey

MOST_EXACT = 12
"""Up to so many edges all orders count, by their 4,096 subsets; of more some are drawn by lot."""

MOST_ORDERS = 2_000
MOST_VALUES = 60_000
"""So many orders are drawn, and so many strengths worked out at most, which takes a third of a second."""

SEED = 0
"""The same orders are drawn each time, so that the same map gives the same shares."""

Sides = tuple[float, float]
"""How strong what speaks for a node is together, and what speaks against it."""


@dataclass(frozen=True, slots=True)
class Share:
    """What an edge adds by each method, how strong its node is without it, and how wrong the first may be.

    `errors` are standard errors; 0 where all orders count.
    """

    shares: Mapping[str, float]
    without: Mapping[str, float]
    errors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Voices:
    """What is said for and against a node by a method: first `count` strengths for it, then those against it."""

    method: Method
    base: float
    premises: float
    strengths: Sequence[float]
    count: int

    def worth(self, places: Sequence[int]) -> float:
        """How strong the node is with only these edges."""
        sides: Sides = (0.0, 0.0)
        for place in places:
            sides = self.with_one(sides, place)
        return self.worth_of(sides)

    def with_one(self, sides: Sides, place: int) -> Sides:
        """The sides with one edge more. Each is one voice as strong as all of it, so that one more costs no more."""
        for_it, against_it = sides
        if place < self.count:
            return self.method.joined(for_it, self.strengths[place]), against_it
        return for_it, self.method.joined(against_it, self.strengths[place])

    def worth_of(self, sides: Sides) -> float:
        """How strong the node is with these sides."""
        return self.premises * self.method.strength(self.base, sides[:1], sides[1:])

    def worths_without_one(self) -> list[float]:
        """How strong the node is without each edge: what comes before it is joined with what comes behind it."""
        before, behind = [(0.0, 0.0)], [(0.0, 0.0)]
        for place in range(len(self.strengths) - 1):
            before.append(self.with_one(before[-1], place))
            behind.append(self.with_one(behind[-1], len(self.strengths) - 1 - place))
        pairs = zip(before, reversed(behind), strict=True)
        return [self.worth_of((self.method.joined(a, c), self.method.joined(b, d))) for (a, b), (c, d) in pairs]

    def exact(self) -> list[tuple[float, float]]:
        """The share of each edge over all orders, by subsets."""
        count = len(self.strengths)
        values = [self.worth([place for place in range(count) if mask >> place & 1]) for mask in range(1 << count)]
        weights = [1 / (count * comb(count - 1, size)) for size in range(count)]
        return [
            (
                fsum(
                    weights[mask.bit_count()] * (values[mask | 1 << place] - values[mask])
                    for mask in range(1 << count)
                    if not mask >> place & 1
                ),
                0.0,
            )
            for place in range(count)
        ]

    def drawn(self) -> list[tuple[float, float]]:
        """The share of each edge over orders drawn by lot, and the standard error of that."""
        count = len(self.strengths)
        lot, places = Random(SEED), list(range(count))
        added: list[list[float]] = [[] for _ in places]
        for _ in range(max(2, min(MOST_ORDERS, MOST_VALUES // count))):
            lot.shuffle(places)
            sides: Sides = (0.0, 0.0)
            before = self.worth_of(sides)
            for place in places:
                sides = self.with_one(sides, place)
                after = self.worth_of(sides)
                added[place].append(after - before)
                before = after
        return [(fmean(one), stdev(one) / sqrt(len(one))) for one in added]


def shares_of(score: Score, scores: Mapping[str, Score]) -> dict[EdgeKey, Share]:
    """The share of each edge that speaks for or against a node, given the `scores` of those who speak.

    Nothing by methods that come to no rest.
    """
    edges = (*score.supports, *score.opposes)
    found: dict[str, list[tuple[float, float, float]]] = {}
    for name in METHODS:
        if edges and (voices := _voices(score, scores, name)) is not None:
            pairs = voices.exact() if len(edges) <= MOST_EXACT else voices.drawn()
            rest = voices.worths_without_one()
            found[name] = [(share, error, left) for (share, error), left in zip(pairs, rest, strict=True)]
    return {
        edge.key: Share(
            shares={name: told[place][0] for name, told in found.items()},
            errors={name: told[place][1] for name, told in found.items()},
            without={name: told[place][2] for name, told in found.items()},
        )
        for place, edge in enumerate(edges)
    }


def _voices(score: Score, scores: Mapping[str, Score], name: str) -> Voices | None:
    """What is said for and against a node by a method; None where that comes to no rest."""
    premises = [scores[edge.source].strengths[name] for edge in score.premises if edge.source in scores]
    speakers = [edge.other(score.node) for edge in (*score.supports, *score.opposes)]
    strengths = [scores[one].strengths[name] for one in speakers if one in scores]
    known = [one for one in strengths if one is not None]
    if score.starts[name] is None or score.strengths[name] is None or len(known) < len(speakers):
        return None
    joined = prod(sorted(one for one in premises if one is not None))
    return Voices(METHODS[name], score.base, joined, known, len(score.supports))
