"""Shares: how much of a node's move from where it starts each edge at it makes, and how strong it is without that edge.

What would be lost with one edge does not add up to the move: of two good reasons either may go. The share of an edge is
what it adds on average over all orders in which the edges could have been said (Shapley 1953); shares add up to the
move. The strengths of those who speak are taken as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import comb, fsum, prod, sqrt
from random import Random
from statistics import fmean, stdev

from conceptmap.meaning.methods import METHODS
from conceptmap.meaning.scores import Score
from ontology.model import EdgeKey

MOST_EXACT = 12
"""Up to so many edges all orders count, by their 4,096 subsets; of more some are drawn by lot."""

MOST_ORDERS = 2_000
MOST_VALUES = 60_000
"""So many orders are drawn, and so many strengths worked out at most, which takes a third of a second."""

MOST_EDGES = 200
"""At a node with more edges none has a share: each is a small part of one in two hundred, and working them out would
take time that grows with the square of their number."""

SEED = 0
"""The same orders are drawn each time, so that the same map gives the same shares."""

Worth = Callable[[Sequence[int]], float]
"""How strong the node is with only these edges, by their places."""


@dataclass(frozen=True, slots=True)
class Share:
    """What an edge adds by each method, how strong its node is without it, and how wrong the first may be.

    `errors` are standard errors; 0 where all orders count.
    """

    shares: Mapping[str, float]
    without: Mapping[str, float]
    errors: Mapping[str, float]


def shares_of(score: Score, scores: Mapping[str, Score]) -> dict[EdgeKey, Share]:
    """The share of each edge that speaks for or against a node, given the `scores` of those who speak.

    Nothing by methods that come to no rest, and nothing at a node with more than `MOST_EDGES`.
    """
    edges = (*score.supports, *score.opposes)
    if len(edges) > MOST_EDGES:
        return {}
    found: dict[str, list[tuple[float, float, float]]] = {}
    for name in METHODS:
        if edges and (worth := _worth(score, scores, name)) is not None:
            pairs = _exact(worth, len(edges)) if len(edges) <= MOST_EXACT else _drawn(worth, len(edges))
            places = range(len(edges))
            rest = [worth([other for other in places if other != place]) for place in places]
            found[name] = [(share, error, left) for (share, error), left in zip(pairs, rest, strict=True)]
    return {
        edge.key: Share(
            shares={name: told[place][0] for name, told in found.items()},
            errors={name: told[place][1] for name, told in found.items()},
            without={name: told[place][2] for name, told in found.items()},
        )
        for place, edge in enumerate(edges)
    }


def _worth(score: Score, scores: Mapping[str, Score], name: str) -> Worth | None:
    """How strong a node is with only some of its edges by a method; None where that comes to no rest."""
    start, method, count = score.starts[name], METHODS[name], len(score.supports)
    premises = [scores[edge.source].strengths[name] for edge in score.premises if edge.source in scores]
    speakers = [edge.other(score.node) for edge in (*score.supports, *score.opposes)]
    strengths = [scores[one].strengths[name] for one in speakers if one in scores]
    known = [one for one in strengths if one is not None]
    if start is None or score.strengths[name] is None or len(known) < len(speakers):
        return None

    joined = prod(sorted(one for one in premises if one is not None))

    def worth(places: Sequence[int]) -> float:
        supports = [known[place] for place in places if place < count]
        return joined * method.strength(score.base, supports, [known[place] for place in places if place >= count])

    return worth


def _exact(worth: Worth, count: int) -> list[tuple[float, float]]:
    """The share of each edge over all orders, by subsets."""
    values = [worth([place for place in range(count) if mask >> place & 1]) for mask in range(1 << count)]
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


def _drawn(worth: Worth, count: int) -> list[tuple[float, float]]:
    """The share of each edge over orders drawn by lot, and the standard error of that."""
    lot, places = Random(SEED), list(range(count))
    added: list[list[float]] = [[] for _ in places]
    for _ in range(max(2, min(MOST_ORDERS, MOST_VALUES // count))):
        lot.shuffle(places)
        before = worth(())
        for end, place in enumerate(places, 1):
            after = worth(places[:end])
            added[place].append(after - before)
            before = after
    return [(fmean(one), stdev(one) / sqrt(len(one))) for one in added]
