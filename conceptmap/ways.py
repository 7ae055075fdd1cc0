"""Ways between two nodes: a few that really differ, the best first, and what each says as a sentence.

Edges are read both ways; days, units and sources are only the ends of a way. Shorter ways come before longer ones, then
those whose relations say more than that two things are spoken of together (`VAGUE`), then stated before derived ones,
then those that pass fewer ideas with many joins. That one of the next is really another way, and not the best with one
step changed, is found by making each idea that was passed as dear as one step more (the penalty method of route
planning), which takes a search for each and never a list of all ways. So a way that passes all that a shorter one
passes, and more, is none of the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from textwrap import shorten

from conceptmap.notebook import heading, html, markdown_list, marked, places, table
from conceptmap.plain_words import agreed, counted
from graphs.fold import Asserted
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from graphs.walks import Path as Walk
from graphs.walks import steps_to
from ontology.model import Edge, EdgeKey
from ontology.terms import CONCEPT, HUBS, METHOD, STATEMENTS, VAGUE

USUAL = 3
"""Ways that are shown where nobody says how many: more are no longer read."""
MOST_WAYS = 10
"""Ways that may be asked for: each takes a search."""
LONGER = 3
"""Steps by which another way may be longer than the shortest: a longer one explains nothing."""
MOST_JOINS = 40_000
"""Joins that are looked at once there is a way: some 0.1 s, in which a map of ten thousand ideas has been seen."""
ROUNDS = 6
"""Searches beyond the ways that are wanted, for those that find again what was found."""
MOST_APART = 4
"""Nodes up to which two ways that differ in one are two ways: of three passed it is most of what they say."""
MOST_LETTERS = 70
"""Of a name in a sentence: questions may be a paragraph."""
MANY = 20
"""Joins from which on an idea leads to everything, and that it joins two others says little."""

CUT = "the map is so dense here that not all of it was looked at for other ways"

_STEP, _VAGUE, _DERIVED, _HUB = 10**15, 10**10, 10**5, 1
"""What a way costs: each of these outweighs all that follow it, on however long a way."""

_NOUNS = (CONCEPT, METHOD)

Near = Mapping[str, list[EdgeKey]]
"""The ideas that are joined to one, each with the edges that join them."""
Joined = dict[str, set[str]]
"""The ideas that are joined to each."""


@dataclass(frozen=True, slots=True)
class ToldWay:
    """A way and what it says; `told` is a sentence, or what differs from a way before it."""

    walk: Walk
    told: str

    @property
    def cites(self) -> tuple[Citation, ...]:
        """Where its steps are said: each by the newest that states it, or the newest of the rules that read it."""
        return tuple(dict.fromkeys(cite(_firmest(edge)) for edge in self.walk.edges))


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways between two nodes, the best first; `is_cut`: not all of the map was looked at for others."""

    found: tuple[ToldWay, ...] = ()
    is_cut: bool = False

    def __repr__(self) -> str:
        return "\n".join([self._count, *(f"- {one.told}" for one in self.found)])

    def _repr_markdown_(self) -> str:
        return f"**{self._count}**\n\n{markdown_list([marked(one.told) for one in self.found])}".strip()

    def _repr_html_(self) -> str:
        rows = [(one.told, len(one.walk.edges), places(one.cites)) for one in self.found]
        return html(heading(self._count), table(["way", "steps", "where"], rows))

    @property
    def walks(self) -> list[Walk]:
        """The ways without their sentences."""
        return [one.walk for one in self.found]

    @property
    def _count(self) -> str:
        return f"{counted(len(self.found), 'way') if self.found else 'no way'}{f'; {CUT}' if self.is_cut else ''}"


def _firmest(edge: FoldedEdge) -> Asserted[Edge]:
    stated = [one for one in edge.assertions if one.item.origin.how != "derived"]
    return (stated or edge.assertions)[-1]


def ways_between(view: View, start: str, end: str, limit: int = USUAL) -> Ways:
    """So many ways between two nodes at most; none where nothing joins them. The first is one of the shortest."""
    walks, is_cut = _walks_between(view, start, end, limit)
    return Ways(tuple(ToldWay(one, told(view, one, walks[:place])) for place, one in enumerate(walks)), is_cut)


def best_walk(view: View, start: str, end: str) -> Walk | None:
    """The first of the ways; None where nothing joins the two nodes."""
    walks, _ = _walks_between(view, start, end, 1)
    return walks[0] if walks else None


def _walks_between(view: View, start: str, end: str, limit: int) -> tuple[list[Walk], bool]:
    if start == end:
        return [Walk((start,), ())], False
    region = _Region(view, start, end)
    if not region.grow(LONGER if limit > 1 else 0):
        return [], False
    search = _Search(region)
    found: dict[tuple[str, ...], Walk] = {}
    for _ in range(limit + ROUNDS if limit > 1 else 1):
        nodes = search.next_way()
        if nodes is None:
            break
        if nodes not in found and len(nodes) <= region.steps + 1 + LONGER:
            found[nodes] = Walk(nodes, tuple(region.best_edge(*step) for step in pairwise(nodes)))
        if len(found) == limit:
            break
    return [*_variants_last(sorted(found.values(), key=lambda one: search.cost(one.nodes)))], region.is_cut


def _variants_last(ranked: Sequence[Walk]) -> Iterator[Walk]:
    """The same order, but each that is only a variant of a former one comes after all that are not."""
    variants: list[Walk] = []
    for place, way in enumerate(ranked):
        if any(replaced(way, other) for other in ranked[:place]):
            variants.append(way)
        else:
            yield way
    yield from variants


def replaced(way: Walk, other: Walk) -> tuple[str, str] | None:
    """The one node of the other way, and what this way passes in its place, where they are the same but for that."""
    if len(way.nodes) != len(other.nodes) or len(way.nodes) <= MOST_APART:
        return None
    differ = [(theirs, ours) for ours, theirs in zip(way.nodes, other.nodes, strict=True) if ours != theirs]
    return differ[0] if len(differ) == 1 else None


def told(view: View, way: Walk, others: Sequence[Walk] = ()) -> str:
    """A way as a sentence: `Flour is required by dough, which is part of bread`.

    What is a statement itself stands in quotes. A variant of one of the others is told by what differs.
    """
    for other in others:
        if found := replaced(way, other):
            theirs, ours = (named(view.node(node)) for node in found)
            return f"likewise, with {ours} in place of {theirs}"
    said = [named(view.node(way.nodes[0]))]
    for step, edge in enumerate(way.edges):
        before, node = way.nodes[step], way.nodes[step + 1]
        verb = says(view, edge, before)
        said.append(f"{', which ' if step else ' '}{verb} {named(view.node(node))}")
    return "".join(said)


def named(node: FoldedNode) -> str:
    """A node as it stands in a sentence: not too long, and in quotes where it is a statement itself."""
    label = shorten(node.label, MOST_LETTERS, placeholder=" …")
    return f"“{label}”" if node.kind in STATEMENTS else label


def says(view: View, edge: FoldedEdge, before: str) -> str:
    """What an edge says of the node at one end of it, in the plural where its name is one: `require`."""
    relation = view.vocabulary.relations.get(edge.relation)
    forwards = edge.source == before
    if relation is None:
        return edge.relation if forwards else f"← {edge.relation}"
    said = relation.says if forwards or relation.symmetric else relation.inverse_says
    return verb_of(view.node(before), said)


def verb_of(node: FoldedNode, said: str) -> str:
    """What is said of a node, in the plural where its name is one."""
    return agreed(node.label, said).removeprefix(f"{node.label} ") if node.kind in _NOUNS else said


@dataclass(slots=True)
class _Side:
    """What was reached from one end: how far each node is, and those from which it goes on."""

    reached: dict[str, int]
    frontier: list[str]
    depth: int = 0


class _Region:
    """The part of a map in which ways between two nodes may run, as far as it was looked at."""

    def __init__(self, view: View, start: str, end: str) -> None:
        self.start, self.end = start, end
        self.steps = 0
        self.is_cut = False
        self._view = view
        self._near: dict[str, Near] = {}
        self._passed: dict[str, bool] = {}

    def grow(self, longer: int) -> bool:
        """Look from both ends until the shortest ways are seen, and those so much longer; False where there is none.

        Step by step from the end that has fewer nodes before it. Each edge of a way is seen from one end or the other.
        """
        sides = [_Side({end: 0}, [end]) for end in (self.start, self.end)]
        looked, met = 0, False
        while all(side.frontier for side in sides):
            if met and sum(side.depth for side in sides) >= self.steps + longer:
                break
            if met and looked > MOST_JOINS:
                self.is_cut = True
                break
            side = min(sides, key=lambda one: len(one.frontier))
            other = sides[1 - sides.index(side)]
            looked += self._step(side)
            if not met and any(node in other.reached for node in side.frontier):
                met, self.steps = True, side.depth + other.depth
        return met

    def joined(self) -> Joined:
        """What was seen, both ways."""
        joined: dict[str, set[str]] = {}
        for one, near in self._near.items():
            for other in near:
                joined.setdefault(one, set()).add(other)
                joined.setdefault(other, set()).add(one)
        return joined

    def weakness(self, one: str, other: str) -> int:
        """How little the best edge between two nodes says."""
        return self._weakness(self._best_key(one, other))

    def best_edge(self, one: str, other: str) -> FoldedEdge:
        """The edge between two nodes that says most."""
        edge = self._view.edge(self._best_key(one, other))
        assert edge is not None, "only edges that are seen are looked at"
        return edge

    def is_crowded(self, node: str) -> bool:
        """Whether a node leads to everything."""
        return self._view.joins(node) > MANY

    def _step(self, side: _Side) -> int:
        """Go on by one step from one end; the number of joins that were looked at."""
        looked, further = 0, []
        side.depth += 1
        for node in side.frontier:
            near = self._joined_to(node)
            looked += len(near)
            for other in near:
                if other not in side.reached:
                    side.reached[other] = side.depth
                    further.append(other)
        side.frontier = further
        return looked

    def _joined_to(self, node: str) -> Near:
        """What edges join to a node, whichever way they run, as far as a way may pass it or end there."""
        found = self._near.get(node)
        if found is None:
            joined: dict[str, list[EdgeKey]] = {}
            for key in self._keys(node):
                other = key.target if key.source == node else key.source
                if other != node and self._may_pass(other):
                    joined.setdefault(other, []).append(key)
            found = self._near[node] = joined
        return found

    def _keys(self, node: str) -> Iterator[EdgeKey]:
        yield from self._view.edge_keys_from(node)
        yield from self._view.edge_keys_to(node)

    def _may_pass(self, node: str) -> bool:
        known = self._passed.get(node)
        if known is None:
            known = node in (self.start, self.end) or self._view.kind(node) not in HUBS
            self._passed[node] = known
        return known

    def _best_key(self, one: str, other: str) -> EdgeKey:
        near = self._near.get(one) or {}
        keys = near.get(other) or self._near[other][one]
        return min(keys, key=lambda key: (self._weakness(key), key.rank))

    def _weakness(self, key: EdgeKey) -> int:
        said = self._view.said_of_edge(key)
        derived = all(one.item.origin.how == "derived" for one in said)
        return _VAGUE * (key.relation in VAGUE) + _DERIVED * derived


class _Search:
    """Searches in a region, each of which makes dearer what the ones before it passed."""

    def __init__(self, region: _Region) -> None:
        self._region = region
        joined, most = region.joined(), region.steps + LONGER
        from_start, self._to_end = _distances(joined, region.start), _distances(joined, region.end)
        kept = {one for one in joined if from_start.get(one, most) + self._to_end.get(one, most) <= most}
        self._joined = {one: joined[one] & kept for one in kept}
        self._passed: dict[str, int] = {}
        self._known: dict[tuple[str, str], int] = {}

    def next_way(self) -> tuple[str, ...] | None:
        """The cheapest way now; None where there is none any more."""
        found = self._cheapest()
        if found is None:
            return None
        for node in found[1:-1]:
            self._passed[node] = self._passed.get(node, 0) + 1
        if len(found) == 2:  # the only way that passes nothing
            self._joined[found[0]].discard(found[1])
        return found

    def cost(self, nodes: tuple[str, ...]) -> int:
        """What a way costs by itself."""
        return sum(self._own_weight(*step) for step in pairwise(nodes))

    def _cheapest(self) -> tuple[str, ...] | None:
        """By A*, with the steps that are still to go at least; of equals the one whose ids come first."""
        start, end = self._region.start, self._region.end
        came_from, costs, done = {start: start}, {start: 0}, set()
        waiting = [(0, start)]
        while waiting:
            _, node = heappop(waiting)
            if node == end:
                return steps_to(came_from, start, end)
            if node in done:
                continue
            done.add(node)
            for other in self._joined[node]:
                cost = costs[node] + self._own_weight(node, other) + _STEP * self._passed.get(other, 0)
                if other not in costs or cost < costs[other]:
                    came_from[other], costs[other] = node, cost
                    heappush(waiting, (cost + _STEP * self._to_end[other], other))
        return None

    def _own_weight(self, one: str, other: str) -> int:
        known = self._known.get((one, other))
        if known is None:
            crowded = _HUB * (other != self._region.end and self._region.is_crowded(other))
            known = self._known[one, other] = _STEP + self._region.weakness(one, other) + crowded
        return known


def _distances(joined: Joined, start: str) -> dict[str, int]:
    """How many steps each node is away."""
    found, frontier = {start: 0}, [start]
    for node in frontier:
        for other in joined[node]:
            if other not in found:
                found[other] = found[node] + 1
                frontier.append(other)
    return found
