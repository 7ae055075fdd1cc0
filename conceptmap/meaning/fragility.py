"""What a claim rests on: the smallest set of evidence whose fall takes all its support away, or its lead.

A node stands while one of its supporters stands, an Argument while all of its premises do. Evidence, and whatever
nothing supports, stands by itself until it falls: these are the leaves. Nodes that only support each other stand on
nothing.

The smallest set of leaves whose fall topples a node meets every way in which the node can stand (it is a least hitting
set, the minimal cut set of a fault tree). Without Arguments each leaf is a way of its own, so all of them must fall.
With Arguments the search branches on the leaves of one way that still stands, and is bounded from below by how many
ways there are that share no leaf.

A claim that something speaks against may be back where it started before all its support is gone. That is looked for by
the numbers of each method, among all leaves whose fall could make it weaker: also those that answer what is against it.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import reduce
from heapq import heappop, heappush
from itertools import combinations, islice
from operator import and_, or_

from conceptmap.meaning.debate import Debate
from conceptmap.meaning.methods import METHODS, start_of, strengths_of
from conceptmap.meaning.scores import SAME, Score
from graphs.bounds import Allowance, Exhausted, check_deadline
from graphs.view import View
from ontology.terms import EVIDENCE

MOST_LEAVES = 25
"""Up to so many leaves the search goes on until the set is the smallest; on more it could go on for hours."""

MOST_SETTLED = 400_000
"""So many nodes are looked at in search of one set, which takes a second: where Arguments share their premises in every
way even 24 leaves can be searched for hours."""

MOST_SETS = 350
"""So many sets of leaves are tried by the numbers: all of one, and of two of 25."""

MOST_WORK = 30_000
"""So many nodes are given numbers while sets are tried, which takes two seconds: of large debates fewer are tried."""


@dataclass(frozen=True, slots=True)
class Fall:
    """Leaves whose fall topples a node. Where it is not `exact` a smaller set may do it too.

    `alone` are all leaves whose fall is enough by itself, where there is any.
    """

    leaves: tuple[str, ...]
    exact: bool = True
    alone: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many leaves must fall."""
        return len(self.leaves)


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands on what: the supporters of each node, the premises of each Argument, and what stands by itself.

    A node that is in none of these is a leaf too.
    """

    supporters: Mapping[str, Collection[str]]
    premises: Mapping[str, Collection[str]]
    standing: Set[str] = frozenset()

    def below(self, node: str) -> tuple[str, ...]:
        """What a node stands on if it does not stand by itself: all its premises, or any of its supporters."""
        return tuple(dict.fromkeys(self.premises.get(node) or self.supporters.get(node, ())))

    def needs_all(self, node: str) -> bool:
        """Whether a node needs all that it stands on."""
        return bool(self.premises.get(node))

    def standing_nodes(self, nodes: Collection[str], fallen: Set[str] = frozenset()) -> frozenset[str]:
        """Of these nodes those that rest on something that stands by itself; of a claim, that is support."""
        above: dict[str, list[str]] = {}
        missing: dict[str, int] = {}
        found = {one for one in nodes if one not in fallen and (one in self.standing or not self.below(one))}
        for node in nodes:
            if node not in found and node not in fallen:
                below = self.below(node)
                missing[node] = len(below) if self.needs_all(node) else 1
                for one in below:
                    above.setdefault(one, []).append(node)
        bare = {one for one in found if one not in self.standing}
        waiting = list(found)
        while waiting:
            for one in above.get(waiting.pop(), ()):
                missing[one] -= 1
                if not missing[one]:
                    found.add(one)
                    waiting.append(one)
        return frozenset(found - bare)

    def cone(self, node: str, fallen: Set[str] = frozenset()) -> "Cone":
        """All that a node stands on, directly or not, where some have fallen."""
        below: dict[str, tuple[str, ...]] = {node: self.below(node)}
        waiting, leaves = list(below[node]), []
        while waiting:
            one = waiting.pop()
            if one not in below:
                below[one] = () if one in self.standing or one in fallen else self.below(one)
                waiting += below[one]
                if not below[one] and one not in fallen:
                    leaves.append(one)
        above: dict[str, list[str]] = {}
        for one, some in below.items():
            for under in some:
                above.setdefault(under, []).append(one)
        joint = frozenset(one for one, some in below.items() if some and self.needs_all(one))
        return Cone(node, below, joint, frozenset(leaves), above, Allowance(MOST_SETTLED))


@dataclass(frozen=True, slots=True)
class Cone:
    """All that a node stands on: what each stands on, which of them need all of it, and the leaves.

    `effort` is the number of nodes that may still be looked at.
    """

    top: str
    below: Mapping[str, tuple[str, ...]]
    joint: Set[str]
    leaves: Set[str]
    above: Mapping[str, list[str]]
    effort: Allowance

    def way(self, fallen: Set[str]) -> frozenset[str] | None:
        """The leaves of a way in which the top stands, with few leaves; None where it has fallen.

        Nodes are settled from the leaves up, those with fewer leaves under them first (Knuth 1977): what stands only on
        itself is never settled. Raises `Exhausted` where too much was looked at.
        """
        check_deadline()
        self.effort.count(len(self.below))
        above = self.above
        missing = {one: len(self.below[one]) for one in self.joint}
        settled: dict[str, frozenset[str]] = {}
        heap: list[tuple[int, str, frozenset[str]]] = [(1, one, frozenset((one,))) for one in self.leaves - fallen]
        heap.sort()
        while heap:
            _, node, leaves = heappop(heap)
            if node in settled:
                continue
            settled[node] = leaves
            if node == self.top:
                return leaves
            for one in above.get(node, ()):
                if one in self.joint:
                    missing[one] -= 1
                    if missing[one]:
                        continue
                    found = frozenset().union(*(settled[premise] for premise in self.below[one]))
                else:
                    found = leaves
                heappush(heap, (len(found), one, found))
        return None


@dataclass(frozen=True, slots=True)
class Fragility:
    """What a claim rests on.

    `fall` takes all its support away; None where it has none. `firm` is the same where leaves that are `out` count as
    fallen, None where nothing of it is out, or nothing else is left. `back` are by method the leaves, fewer than these,
    whose fall brings it back to where it starts, or below.
    """

    node: str
    fall: Fall | None
    firm: Fall | None
    out: tuple[str, ...]
    back: Mapping[str, Fall]


def ground_of(view: View, debate: Debate) -> Ground:
    """What the nodes of a debate stand on."""
    evidence = view.vocabulary.within([EVIDENCE])
    return Ground(
        debate.supports, debate.premises, frozenset(one for one in debate.bases if view.kind(one) in evidence)
    )


def fragility_of(
    debate: Debate, ground: Ground, scores: Mapping[str, Score], node: str, gone: Set[str] = frozenset()
) -> Fragility:
    """What a claim rests on, by what stands on what and by the numbers of each method.

    The ground is that of the whole debate, the rest is without what is `gone`: what stood on that alone does not come
    to stand by itself.
    """
    fall = fall_of(ground, node, gone)
    out = frozenset(one for one in ground.cone(node, gone).leaves if one in scores and scores[one].label == "out")
    firm = fall_of(ground, node, gone | out) if out else None
    score = scores.get(node)
    back = {} if fall is None or score is None else _back(debate, ground, score, fall)
    return Fragility(node, fall, firm if firm != fall else None, tuple(sorted(out)), back)


def fall_of(ground: Ground, node: str, fallen: Set[str] = frozenset()) -> Fall | None:
    """The smallest set of leaves whose fall takes all support of a node away; None where it has none already.

    Some may have `fallen` before.
    """
    cone = ground.cone(node, fallen)
    first = cone.way(frozenset())
    if first is None:
        return None
    if not cone.joint:
        leaves = tuple(sorted(cone.leaves))  # each of them reaches the top
        return Fall(leaves, alone=leaves if len(leaves) == 1 else ())
    try:
        if alone := tuple(sorted(one for one in first if cone.way(frozenset((one,))) is None)):
            return Fall(alone[:1], alone=alone)
    except Exhausted:
        return Fall(tuple(sorted(cone.leaves)), exact=False)
    found = _enough(cone)
    try:
        least = sum(1 for _ in _apart(cone, frozenset()))
        if len(cone.leaves) > MOST_LEAVES:
            return Fall(tuple(sorted(found)), exact=len(found) == least)
        for size in range(least, len(found)):
            if (smaller := _within(cone, frozenset(), frozenset(), size)) is not None:
                return Fall(tuple(sorted(smaller)))
    except Exhausted:
        return Fall(tuple(sorted(found)), exact=False)
    return Fall(tuple(sorted(found)))


def legs_of(ground: Ground, nodes: Collection[str]) -> dict[str, str]:
    """Of these nodes those that lose all support with one leaf, each with the first such leaf: as `fall_of` has it.

    All are found together, from the leaves up: a node falls with what all of its supporters, or any of its premises,
    fall with. Sets of leaves are the bits of numbers.
    """
    stand = ground.standing_nodes(nodes)
    inner = [one for one in nodes if one in stand and one not in ground.standing]
    below = {one: [other for other in ground.below(one) if other in stand or not ground.below(other)] for one in inner}
    leaves = sorted({other for some in below.values() for other in some if other not in below})
    with_it = {leaf: 1 << place for place, leaf in enumerate(leaves)}
    above: dict[str, list[str]] = {}
    for one, some in below.items():
        for other in some:
            above.setdefault(other, []).append(one)
    waiting = deque(leaves)
    while waiting:
        for one in above.get(waiting.popleft(), ()):
            sets = (with_it.get(other, -1) for other in below[one])  # -1: as yet, with any leaf
            found = reduce(or_ if ground.needs_all(one) else and_, sets)
            if with_it.get(one, -1) != found:
                with_it[one] = found
                waiting.append(one)
    legs = {one: with_it.get(one, 0) for one in inner}
    return {one: leaves[(bits & -bits).bit_length() - 1] for one, bits in legs.items() if bits > 0}


def _enough(cone: Cone) -> frozenset[str]:
    """Leaves whose fall is enough: of each way that stands, the leaf that most stands on.

    None of them is for nothing, unless looking for such takes too long; where even the first does, they are all.
    """
    fallen: frozenset[str] = frozenset()
    weight = _uses(cone)
    try:
        while (way := cone.way(fallen)) is not None:
            fallen |= {max(sorted(way), key=weight.__getitem__)}
    except Exhausted:
        return frozenset(cone.leaves)
    try:
        for one in sorted(fallen, key=lambda leaf: (weight[leaf], leaf)):
            if cone.way(fallen - {one}) is None:
                fallen -= {one}
    except Exhausted:
        pass
    return fallen


def _uses(cone: Cone) -> Mapping[str, int]:
    """How many nodes stand directly on each leaf."""
    uses = dict.fromkeys(cone.leaves, 0)
    for below in cone.below.values():
        for one in below:
            if one in uses:
                uses[one] += 1
    return uses


def _apart(cone: Cone, fallen: frozenset[str]) -> Iterator[frozenset[str]]:
    """Ways to stand that share no leaf: of each at least one leaf must fall."""
    while (way := cone.way(fallen)) is not None:
        yield way
        fallen |= way


def _within(cone: Cone, fallen: frozenset[str], kept: frozenset[str], left: int) -> frozenset[str] | None:
    """The fallen leaves and at most so many more, none of them kept, whose fall is enough; None: there are none.

    One leaf of any way that stands must fall; once a leaf was tried in vain it is kept.
    """
    way = cone.way(fallen)
    if way is None:
        return fallen
    if sum(1 for _ in zip(range(left + 1), _apart(cone, fallen), strict=False)) > left:
        return None
    for one in sorted(way - kept):
        if (found := _within(cone, fallen | {one}, kept, left - 1)) is not None:
            return found
        kept |= {one}
    return None


def _back(debate: Debate, ground: Ground, score: Score, fall: Fall) -> dict[str, Fall]:
    """By method the fewest leaves, fewer than `fall` has, whose fall brings a node back to where it starts."""
    above = [method for method in METHODS if score.side(method) == 1]
    near = _behind(debate, score.node)
    if not above or not any(near.opposes.values()) or fall.size < 2:
        return {}
    most_sets = min(MOST_SETS, MOST_WORK // len(near.bases))
    leaves = sorted(one for one in _helping(near, score.node) if one in ground.standing or not ground.below(one))
    return {
        method: found
        for method in above
        if (found := _fewest(leaves, _is_back(near, score.node, method), fall.size - 1, most_sets)) is not None
    }


def _is_back(debate: Debate, node: str, method: str) -> Callable[[Collection[str]], bool]:
    """Whether a node is back where it starts, or below, once some leaves have fallen."""

    def is_back(fallen: Collection[str]) -> bool:
        left = debate.without(fallen)
        if node not in left.bases:
            return True
        strengths = strengths_of(left, METHODS[method])
        start, end = start_of(left, node, strengths), strengths[node]
        return start is not None and end is not None and end <= start + SAME

    return is_back


def _fewest(leaves: list[str], is_back: Callable[[Collection[str]], bool], most: int, most_sets: int) -> Fall | None:
    """The fewest leaves, at most so many, whose fall is enough, as far as that many sets may be tried."""
    tried = 0
    for size in range(1, min(most, len(leaves)) + 1):
        found: list[str] = []
        for some in islice(combinations(leaves, size), most_sets - tried):
            tried += 1
            if is_back(some):
                if size > 1:
                    return Fall(some)
                found += some
        if found:
            return Fall((found[0],), alone=tuple(found))
        if tried == most_sets:
            return _some(leaves, is_back, most) if len(leaves) < most_sets else None
    return None


def _some(leaves: list[str], is_back: Callable[[Collection[str]], bool], most: int) -> Fall | None:
    """At most so many leaves whose fall is enough, none of them for nothing, though there may be fewer."""
    if not is_back(leaves):
        return None
    kept = list(leaves)
    for one in leaves:
        rest = [other for other in kept if other != one]
        if is_back(rest):
            kept = rest
    return Fall(tuple(kept), exact=False) if len(kept) <= most else None


def _behind(debate: Debate, node: str) -> Debate:
    """The part of a debate on which a node depends, and itself."""
    found, waiting = {node}, [node]
    while waiting:
        more = [one for one in debate.heard_by(waiting.pop()) if one not in found]
        found.update(more)
        waiting += more
    return replace(
        debate,
        bases={one: base for one, base in debate.bases.items() if one in found},
        supports={one: ties for one, ties in debate.supports.items() if one in found},
        opposes={one: ties for one, ties in debate.opposes.items() if one in found},
        premises={one: ties for one, ties in debate.premises.items() if one in found},
        asked={},
        set_aside={},
    )


def _helping(debate: Debate, node: str) -> set[str]:
    """The nodes that speak for a node: by supports and premises, or against what speaks against it, and so on."""
    found, waiting = {(node, 1)}, [(node, 1)]
    while waiting:
        one, sign = waiting.pop()
        near = [(other, sign) for other in (*debate.for_(one), *debate.premises_of(one))]
        near += [(other, -sign) for other in debate.against(one)]
        more = [other for other in near if other not in found]
        found.update(more)
        waiting += more
    return {one for one, sign in found if sign == 1} - {node}
