"""A large map in steps: which nodes stand for others, so that what is too much to draw is still all there.

Nodes stand under what they are part of, else under what another edge leads to; what nothing joins stands under the
topic that it follows in its note. From the top, whatever has the most under it is unfolded, as far as there is room.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain

from conceptmap.draw.hanging import hanging_edges, place_of
from conceptmap.notes.rule_classes import OUTLINE
from graphs.fold import PartKey
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.model import EdgeKey
from ontology.terms import CLAIM, EVIDENCE, HUBS, INTRODUCED_ON, SOURCE

MOST_AT_ONCE = 12
"""So many nodes are unfolded at a time, so that one long list does not take the room of all others."""

MANY = 6
"""Of so many frames each is unfolded in smaller steps, so that more of them show what is in them."""

_QUIET = frozenset({CLAIM, EVIDENCE, SOURCE})
"""Kinds of nodes that say little by themselves where they stand under nothing: topics come before them."""

FEW = 3
"""Fewer nodes than these say too little of a large day."""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What is shown, in reading order: each node with how many others it stands for, and the edges by which they hang.

    `frames` counts what belongs to a frame and to no node that is shown. `shown_by` leads from a node to the one that
    stands for it.
    """

    more: Mapping[str, int]
    edges: tuple[FoldedEdge, ...]
    frames: Mapping[str, int]
    shown_by: Mapping[str, str]


def unfolded(view: View, frames: Mapping[str, Iterable[str]], room: int) -> Unfolded:
    """The nodes of each frame, unfolded until `room` nodes are shown. Edges between frames play no part.

    No frame is called as a node; a frame's name may have a space, as no id of a node has one.
    """
    hung: dict[str, FoldedEdge] = {}
    parent: dict[str, str] = {}
    for frame, ids in frames.items():
        nodes = {node.id: node for node in sorted(map(view.node, ids), key=place_of)}
        edges = hanging_edges(view, nodes)
        hung |= edges
        parent |= {one: edges[one].other(one) if one in edges else frame for one in nodes}
        _follow(frame, nodes, parent)
    below: dict[str, list[str]] = {}
    for one, above in parent.items():
        below.setdefault(above, []).append(one)
    followers = {one for one, above in parent.items() if one not in hung and above not in frames}
    followers |= {one for one, above in parent.items() if view.kind(one) in HUBS and one not in below}
    quiet = {one for one, above in parent.items() if above in frames and view.kind(one) in _QUIET}
    tree = _Tree(below, list(frames), followers, quiet)
    tree.unfold(room)
    edges_shown = tuple(hung[one] for one in tree.more if one in hung and parent[one] in tree.more)
    return Unfolded(tree.more, edges_shown, {frame: tree.under[frame] for frame in frames}, tree.shown_by())


class _Tree:
    """Nodes under nodes, under frames. `under` counts what stands below each and is not shown.

    `followers` only stand in a note under what they are below of, or are mere sources, so they stay folded.
    """

    def __init__(
        self, below: Mapping[str, list[str]], frames: list[str], followers: Set[str], quiet: Set[str] = frozenset()
    ) -> None:
        self._below = below
        self._followers = followers
        self._quiet = quiet
        self._order: list[str] = []
        self._shown: set[str] = set()
        waiting = frames[::-1]
        while waiting:
            self._order.append(one := waiting.pop())
            waiting.extend(reversed(below.get(one, [])))
        self._frames = frames
        self._places = {one: place for place, one in enumerate(self._order)}
        self._left: dict[str, list[str]] = {}
        self.under: dict[str, int] = {}
        for one in reversed(self._order):
            self.under[one] = sum(1 + self.under[child] for child in below.get(one, []))

    def unfold(self, room: int) -> None:
        """Show nodes, of every frame some, then the largest, until there is no more room or nothing is left."""
        waiting: list[tuple[int, int, str]] = []
        step = MOST_AT_ONCE if len(self._frames) < MANY else MOST_AT_ONCE // 2
        for frame in self._frames:
            room -= len(self._open(frame, min(room, MOST_AT_ONCE // 2), waiting))
        while waiting and room:
            room -= len(self._open(heappop(waiting)[-1], min(room, step), waiting))
        if len(self._shown) < FEW:  # all follows a topic or two, so some of that says more
            self._followers, self._left = frozenset(), {}
            for one in [one for one in self._order if one in self._shown and self.under[one]]:
                room -= len(self._open(one, min(room, MOST_AT_ONCE // 2), []))

    def _open(self, one: str, most: int, waiting: list[tuple[int, int, str]]) -> list[str]:
        """Show the largest of what stands below; what can be unfolded further waits, the largest first."""
        if one not in self._left:
            family = (child for child in self._below.get(one, ()) if child not in self._followers)
            self._left[one] = sorted(family, key=self._weight)
        taken = [self._left[one].pop() for _ in range(min(most, len(self._left[one])))]
        self._shown.update(taken)
        self.under[one] -= sum(1 + self.under[child] for child in taken)
        for again in (one, *taken):
            if self.under[again] and self._left.get(again, [again]):
                heappush(waiting, (-self.under[again], self._places[again], again))
        return taken

    def _weight(self, one: str) -> tuple[bool, int, int]:
        return one not in self._quiet, self.under[one], -self._places[one]

    @property
    def more(self) -> dict[str, int]:
        """What is shown, in reading order, each with how many others it stands for."""
        return {one: self.under[one] for one in self._order if one in self._shown}

    def shown_by(self) -> dict[str, str]:
        """From each node to the one that stands for it; what only its frame stands for is left out."""
        found: dict[str, str] = {}
        for above in self._order:
            for one in self._below.get(above, ()):
                if one in self._shown:
                    found[one] = one
                elif above in found:
                    found[one] = found[above]
        return found


def _follow(frame: str, nodes: Mapping[str, FoldedNode], parent: dict[str, str]) -> None:
    """Put what hangs under nothing under the topic of the outline that it follows in its note."""
    topics: dict[tuple[int, str], str] = {}
    for one, node in nodes.items():
        first = node.sayings[0]
        note = first.day, first.part
        if first.item.origin.rule == OUTLINE.name:
            topics[note] = one
        elif parent[one] == frame and note in topics and _top(topics[note], parent) != one:
            parent[one] = topics[note]


def followers_of(view: View, node: str) -> list[str]:
    """What is joined to nothing but its day and follows a topic of the outline in its note, in its order."""
    own = view.leads_to(node)
    first = view.node(own).sayings[0]
    document = view.document(PartKey(first.day, first.part))
    if first.item.origin.rule != OUTLINE.name or document is None:
        return []
    said = {view.leads_to(one.id): view.node(one.id) for one in document.nodes if not one.mention}
    topic, found = "", []
    for one in sorted(said.values(), key=place_of):
        if one.sayings[0].item.origin.rule == OUTLINE.name:
            topic = one.id
        elif topic == own and all(key.relation == INTRODUCED_ON for key in _keys_at(view, one.id)):
            found.append(one.id)
    return found


def _keys_at(view: View, node: str) -> Iterator[EdgeKey]:
    return chain(view.edge_keys_from(node), view.edge_keys_to(node))


def _top(node: str, parent: Mapping[str, str]) -> str:
    """The node at the top of what a node stands under, which hangs under nothing but its frame."""
    while (higher := parent[node]) in parent:
        node = higher
    return node
