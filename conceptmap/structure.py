"""The structure of a map: islands, what holds it together, hubs, what stands between, and groups.

It is that of the *ideas*: all nodes but days, units and sources (`HUBS`), which join what has little to do with each
other. Two ideas are joined where any edge joins them, either way. All is computed from ids in order, so that the same
map has the same structure in whatever order it was written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from graphs.bounds import in_time
from graphs.view import View
from ontology.terms import HUBS

if TYPE_CHECKING:
    from networkx import Graph

Join = tuple[str, str]
"""The ids of two ideas that an edge joins, in order."""

EXACT = 1_000
"""Ideas up to which every shortest way counts: two seconds with three joins each, and it grows with the square."""
SAMPLED = 50
"""Ideas from which the shortest ways are followed in a larger map, the same each time."""
MOST = 20_000
"""Ideas up to which groups and what stands between are looked for: some ten seconds. All else takes one pass."""
SMALL_ISLAND = 50
"""Ideas up to which an island is told of at each of its ideas: beyond that it is a map of its own."""
SEED = 0
"""Of what is chosen at random: the same map is told the same each time."""


@dataclass(frozen=True, slots=True)
class Articulation:
    """An idea without which its island falls into pieces: so many ideas each, the largest first."""

    node: str
    pieces: tuple[int, ...]

    @property
    def cut_off(self) -> int:
        """How many ideas would lose their way to the largest piece."""
        return sum(self.pieces[1:])


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two ideas whose join is the only way between what lies behind the one and behind the other.

    `sides` says how many ideas are on the side of each, itself counted.
    """

    ends: Join
    sides: tuple[int, int]

    @property
    def cut_off(self) -> int:
        """How many ideas would lose their way to the larger side."""
        return min(self.sides)


@dataclass(frozen=True, slots=True)
class Group:
    """Ideas that are joined to each other more than to the rest, by id; `centre` has the most joins among them."""

    centre: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Structure:
    """How the ideas of a map are connected.

    `islands` are joined within and not to each other, the largest first, their members by id. What matters most is
    first among `articulations` and `bridges`. What costs more than a pass is computed when it is first asked for.
    """

    ideas: tuple[str, ...]
    joins: tuple[Join, ...]
    islands: tuple[tuple[str, ...], ...]
    articulations: tuple[Articulation, ...]
    bridges: tuple[Bridge, ...]
    degrees: Mapping[str, int]

    def __repr__(self) -> str:
        return f"<structure of {len(self.ideas)} ideas and {len(self.joins)} joins: {len(self.islands)} islands>"

    @property
    def sampled(self) -> int | None:
        """From how many ideas the shortest ways were followed for `between`; None where from all."""
        return None if len(self.ideas) <= EXACT else SAMPLED

    @property
    def is_too_large(self) -> bool:
        """Whether there are too many ideas to look for groups and for what stands between: both are empty then."""
        return len(self.ideas) > MOST

    @cached_property
    def between(self) -> Mapping[str, float]:
        """Betweenness: on which share of the shortest ways between two others each idea lies, 0 to 1.

        It is that of Freeman, by the algorithm of Brandes; in a larger map estimated (see `sampled`).
        """
        from networkx import betweenness_centrality  # noqa: PLC0415  (a third of a second that nobody else must pay)

        if self.is_too_large:
            return {}
        shares = betweenness_centrality(_graph(self.ideas, self.joins), k=self.sampled, seed=SEED)
        return {self.ideas[place]: share for place, share in shares.items()}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Communities by the method of Louvain, the largest first; an idea that is joined to nothing is in none."""
        from networkx.algorithms.community import louvain_communities  # noqa: PLC0415  (likewise)

        if self.is_too_large:
            return ()
        graph = _graph(self.ideas, self.joins)
        found = [self._group(graph, sorted(one)) for one in louvain_communities(graph, seed=SEED) if len(one) > 1]
        return tuple(sorted(found, key=lambda one: (-len(one.members), one.centre)))

    @cached_property
    def modularity(self) -> float:
        """How much more the groups are joined within than by chance: 0 for not at all, up to 1."""
        from networkx.algorithms.community import modularity  # noqa: PLC0415  (likewise)

        joined = {end for join in self.joins for end in join}
        if not self.groups or not joined:
            return 0.0
        graph = _graph(tuple(sorted(joined)), self.joins)
        places = {idea: place for place, idea in enumerate(sorted(joined))}
        return float(modularity(graph, [{places[one] for one in group.members} for group in self.groups]))

    def _group(self, graph: "Graph[int]", members: Sequence[int]) -> Group:
        inside = graph.subgraph(members)
        centre = max(members, key=lambda one: (inside.degree[one], graph.degree[one], -one))
        return Group(self.ideas[centre], tuple(self.ideas[one] for one in members))


def structure_of(view: View) -> Structure:
    """The structure of a view. It costs a look at all nodes and edges."""
    from networkx import connected_components  # noqa: PLC0415  (likewise)

    ideas, joins = ideas_of(view)
    graph = _graph(ideas, joins)
    islands = [tuple(ideas[one] for one in sorted(island)) for island in connected_components(graph)]
    articulations, bridges = _cuts(graph, ideas)
    return Structure(
        ideas=ideas,
        joins=joins,
        islands=tuple(sorted(islands, key=lambda one: (-len(one), one))),
        articulations=tuple(sorted(articulations, key=lambda one: (-one.cut_off, one.node))),
        bridges=tuple(sorted(bridges, key=lambda one: (-one.cut_off, one.ends))),
        degrees={ideas[one]: degree for one, degree in graph.degree},
    )


def ideas_of(view: View) -> tuple[tuple[str, ...], tuple[Join, ...]]:
    """The ids of all ideas, and which of them are joined; both in order. No idea is joined to itself."""
    ideas = tuple(one for one in view.node_ids() if view.kind(one) not in HUBS)
    known = frozenset(ideas)
    view.count(view.edge_count)
    keys = in_time(view.edge_keys())
    joins = {_in_order(key.source, key.target) for key in keys if {key.source, key.target} <= known}
    return ideas, tuple(sorted(join for join in joins if join[0] != join[1]))


def _in_order(one: str, other: str) -> Join:
    return (one, other) if one <= other else (other, one)


def _graph(ideas: Sequence[str], joins: Iterable[Join]) -> "Graph[int]":
    """The ideas by their places, which is quicker than by their ids."""
    from conceptmap.watched_graphs import WatchedGraph  # noqa: PLC0415  (it imports networkx)

    places = {idea: place for place, idea in enumerate(ideas)}
    graph: Graph[int] = WatchedGraph()
    graph.add_nodes_from(range(len(ideas)))
    graph.add_edges_from((places[one], places[other]) for one, other in joins)
    return graph


def _cuts(graph: "Graph[int]", ideas: Sequence[str]) -> tuple[list[Articulation], list[Bridge]]:
    """Where the map falls apart, with the sizes of the pieces, by one walk over its blocks.

    Blocks are the largest sets of ideas that stay together whichever one is taken away. Blocks and the ideas that two
    or more of them share make trees (the block-cut trees of Harary), in which what lies behind an idea is counted.
    """
    from networkx import biconnected_components  # noqa: PLC0415  (likewise)

    found = cast("Iterable[set[int]]", biconnected_components(graph))  # its types say otherwise
    blocks = [sorted(block) for block in found]
    blocks_of: dict[int, list[int]] = {}
    for number, block in enumerate(blocks):
        for one in block:
            blocks_of.setdefault(one, []).append(number)
    behind, island = _sizes_behind(blocks, blocks_of)
    articulations = [
        Articulation(ideas[one], tuple(sorted((behind[number, one] for number in held), reverse=True)))
        for one, held in blocks_of.items()
        if len(held) > 1
    ]
    bridges = []
    for number, block in enumerate(blocks):
        if len(block) == 2:
            one, other = block
            size = behind[number, one]
            bridges.append(Bridge((ideas[one], ideas[other]), (island[number] - size, size)))
    return articulations, bridges


def _sizes_behind(
    blocks: Sequence[Sequence[int]], blocks_of: Mapping[int, Sequence[int]]
) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    """How many ideas lie behind a block seen from one of its ideas, that one left out; and of the island of each block.

    The trees are walked from one block of each island: first down for an order, then back up to add.
    """
    behind: dict[tuple[int, int], int] = {}
    island: dict[int, int] = {}
    for root in range(len(blocks)):
        if root in island:
            continue
        order = [(root, -1)]
        seen = {root}
        for number, above in order:
            for one in blocks[number]:
                further = [other for other in blocks_of[one] if other not in seen] if one != above else []
                seen.update(further)
                order += [(other, one) for other in further]
        below: dict[int, int] = {}  # of an idea: what lies in the blocks under it
        for number, above in reversed(order):
            size = sum(1 + below.get(one, 0) for one in blocks[number] if one != above)
            below[above] = below.get(above, 0) + size
            behind[number, above] = size
        total = below[-1]
        for number, above in order:
            island[number] = total
            for one in blocks[number]:
                if one != above:
                    behind[number, one] = total - 1 - below.get(one, 0)
    return behind, island


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one idea stands: `pieces` are those that lose their way to the rest without it, the largest first.

    `island`: how many ideas its island has, where nothing joins these few to the rest; else None.
    """

    node: str
    pieces: tuple[int, ...]
    island: int | None = None

    @property
    def cut_off(self) -> int:
        """How many ideas lose their way to the rest without it."""
        return sum(self.pieces)


def standing_of(view: View, node: str) -> Standing | None:
    """Where an idea stands, by looking no further than the pieces that it cuts off; None for days, units and sources.

    From each of its neighbours what can be reached without it is looked for, in turns, the smallest first, until one
    piece is left: that is the rest, however large. Raises `UnknownNode`.
    """
    node = view.node(node).id
    if view.kind(node) in HUBS:
        return None
    pieces = [_Piece({one}, [one]) for one in sorted(_joined_to(view, node))]
    held = {one: piece for piece in pieces for one in piece.members}
    finished: list[int] = []
    while len(pieces) > 1:
        piece = min(pieces, key=lambda one: len(one.members))
        if not piece.frontier:
            pieces.remove(piece)
            finished.append(len(piece.members))
            continue
        for other in sorted(_joined_to(view, piece.frontier.pop()) - {node}):
            met = held.get(other)
            if met is None:
                piece.members.add(other)
                piece.frontier.append(other)
                held[other] = piece
            elif met is not piece:
                piece = _one_piece(piece, met, pieces, held)
    island = _small_island(view, node)
    return Standing(node, tuple(sorted(finished, reverse=True)), island)


@dataclass(slots=True, eq=False)
class _Piece:
    """What was reached from a neighbour, and from which of it one may go on."""

    members: set[str]
    frontier: list[str]


def _one_piece(one: _Piece, other: _Piece, pieces: list[_Piece], held: dict[str, _Piece]) -> _Piece:
    """Two pieces that met, as one: the smaller goes into the larger."""
    less, more = sorted((one, other), key=lambda piece: len(piece.members))
    more.members |= less.members
    more.frontier += less.frontier
    held.update(dict.fromkeys(less.members, more))
    pieces.remove(less)
    return more


def _small_island(view: View, node: str) -> int | None:
    """How many ideas the island of one has, if these are few and more than as many are elsewhere."""
    island, waiting = {node}, [node]
    while waiting and len(island) <= SMALL_ISLAND:
        new = _joined_to(view, waiting.pop()) - island
        island |= new
        waiting += new
    if len(island) > SMALL_ISLAND:
        return None
    elsewhere = 0
    for other in view.node_ids_after(""):
        elsewhere += other not in island and view.kind(other) not in HUBS
        if elsewhere > len(island):
            return len(island)
    return None


def _joined_to(view: View, node: str) -> set[str]:
    """The ideas that an edge joins to one."""
    near = {key.target for key in view.edge_keys_from(node)} | {key.source for key in view.edge_keys_to(node)}
    return {one for one in near if one != node and view.kind(one) not in HUBS}
