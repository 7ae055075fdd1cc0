"""How much must fall to take all support of nodes away, for many nodes at once: as `fall_of` has it, without names.

Where no Argument is among what a node stands on, all leaves of it must fall, so these only need to be counted. They are
counted for all nodes together, from the leaves up: sets of leaves are the bits of numbers, some thousand leaves at a
time, so that they take little room. One walk for each node would cost their number times the depth of the map.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from conceptmap.meaning.debate import Component, components_of
from conceptmap.meaning.fragility import Ground, fall_of
from graphs.bounds import check_deadline

MOST_BITS = 4_096
"""Leaves whose sets are kept at a time: half a kilobyte for each node."""


@dataclass(frozen=True, slots=True)
class FallSize:
    """How many leaves must fall. Where that is not `exact` fewer may do it too.

    `alone`: so many leaves are each enough by themselves.
    """

    size: int
    exact: bool = True
    alone: int = 0


def fall_sizes(ground: Ground, nodes: Collection[str]) -> dict[str, FallSize | None]:
    """How much must fall for each of these nodes; None where a node has no support that stands."""
    below = _below(ground, nodes)
    order = components_of(below)
    joint = _on_joint(ground, below, order)
    sizes: dict[str, FallSize | None] = {}
    for one in nodes:
        if ground.needs_all(one) or not joint.isdisjoint((one, *ground.below(one))):
            check_deadline()
            fall = fall_of(ground, one)
            sizes[one] = FallSize(fall.size, fall.exact, len(fall.alone)) if fall else None
    counts = _leaves_under(ground, below, order, [one for one in nodes if one not in sizes])
    return sizes | {one: FallSize(count, alone=int(count == 1)) if count else None for one, count in counts.items()}


def _below(ground: Ground, nodes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What each of these nodes, and all under them, stands on where it does not stand by itself."""
    found: dict[str, tuple[str, ...]] = {}
    waiting = [*nodes, *(under for one in nodes for under in ground.below(one))]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = () if one in ground.standing else ground.below(one)
            waiting += found[one]
    return found


def _on_joint(ground: Ground, below: Mapping[str, Sequence[str]], order: Sequence[Component]) -> set[str]:
    """The nodes that need all of what they stand on, or stand on such a node."""
    found: set[str] = set()
    for nodes, _ in order:
        if any((below[one] and ground.needs_all(one)) or not found.isdisjoint(below[one]) for one in nodes):
            found.update(nodes)
    return found


def _leaves_under(
    ground: Ground, below: Mapping[str, Sequence[str]], order: Sequence[Component], nodes: Sequence[str]
) -> dict[str, int]:
    """How many leaves are under each of these nodes, itself not counted."""
    leaves = [one for one, some in below.items() if not some]
    counts = dict.fromkeys(nodes, 0)
    for start in range(0, len(leaves), MOST_BITS):
        bits = {leaf: 1 << place for place, leaf in enumerate(leaves[start : start + MOST_BITS])}
        for circle, _ in order:
            check_deadline()
            under = 0
            for other in {other for one in circle for other in below[one]}.difference(circle):
                under |= bits.get(other, 0)
            if under:
                bits.update(dict.fromkeys(circle, under))
        for one in counts:
            under = 0
            for other in ground.below(one):
                under |= bits.get(other, 0)
            own = 0 if below[one] else bits.get(one, 0)
            counts[one] += (under & ~own).bit_count()
    return counts
