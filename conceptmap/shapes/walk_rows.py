"""Rows of long answers as finished JSON: a node, the node before it on a walk, and where the step between is said.

They are kept beside the steps that walks take, so that a walk over HTTP finds its answer on the way. An entry that
touches a node takes with it the steps from it and those to it.
"""

from collections.abc import Iterable, Set

import msgspec

from conceptmap.shapes.nodes import node_shape, walk_row
from graphs.view import FoldedNode, View
from graphs.walks import TOLD
from ontology.terms import REQUIRES, SUPPORTS

MOST = 50_000
"""Rows that are kept of a map, some 30 MB of them; then all are forgotten, and made again as they are asked for."""

MOST_TABLES = 1000
"""Days that walks are read as of, more than a course has; then likewise."""

WALKED = ((SUPPORTS, True), (REQUIRES, False))
"""Relations that are walked over HTTP, each with whether that is against their direction."""

Steps = tuple[tuple[str, bytes], ...]
"""The next nodes of a walk, each with its row."""


class _Table:
    """The steps by one relation, one way, as of one day. What it holds is replaced, never changed."""

    def __init__(self) -> None:
        self.steps: dict[str, Steps] = {}
        """By the node before."""
        self.before: dict[str, tuple[str, ...]] = {}
        """The nodes before each; perhaps also some that are not any more."""

    def keep(self, via: str, steps: Steps) -> None:
        """Keep the steps from a node."""
        self.steps[via] = steps
        for node, _ in steps:
            before = self.before.get(node, ())
            if via not in before:
                self.before[node] = (*before, via)

    def forget(self, node: str) -> None:
        """Forget the steps from a node and those to it."""
        for via in (node, *self.before.pop(node, ())):
            self.steps.pop(via, None)

    def copied(self) -> "_Table":
        """The same, to go its own way."""
        copy = _Table()
        copy.steps, copy.before = self.steps.copy(), self.before.copy()
        return copy


class WalkRows:
    """The steps of a map by relation, way and day of the view. It follows its fold.

    Both ends of an edge that changes are touched.
    """

    def __init__(self) -> None:
        self._tables: dict[tuple[str, bool, int | None], _Table] = {}
        self._count = 0

    def follow(self, touched: Set[str]) -> None:
        """Forget the rows of these nodes."""
        for table in list(self._tables.values()):
            for node in touched:
                table.forget(node)

    def copied(self, _fold: object) -> "WalkRows":
        """The same for a copy of the fold."""
        copy = WalkRows()
        copy._tables = {key: table.copied() for key, table in self._tables.copy().items()}
        copy._count = self._count
        return copy

    def walked(self, view: View, start: str, relation: str, *, inverse: bool) -> list[bytes]:
        """The rows of all nodes that `graphs.walks.reach` finds, in its order."""
        table = self._table(view, relation, inverse=inverse)
        known, untold = table.steps, 0
        found, frontier = {start: b""}, [start]
        for via in frontier:
            steps = known.get(via)
            if steps is None:
                steps = self._made(view, table, via, relation, inverse=inverse)
            if not steps:
                continue
            if (untold := untold + len(steps)) > TOLD:
                view.count(untold)
                untold = 0
            for node, row in steps:
                if node not in found:
                    found[node] = row
                    frontier.append(node)
        del found[start]
        return list(found.values())

    def next(self, view: View, via: str, relation: str, *, inverse: bool) -> Steps:
        """The nodes that one step leads to, each with its row."""
        table = self._table(view, relation, inverse=inverse)
        steps = table.steps.get(via)
        return self._made(view, table, via, relation, inverse=inverse) if steps is None else steps

    def _table(self, view: View, relation: str, *, inverse: bool) -> _Table:
        if len(self._tables) > MOST_TABLES:
            self._tables.clear()
        return self._tables.setdefault((relation, inverse, view.as_of), _Table())

    def _made(self, view: View, table: _Table, via: str, relation: str, *, inverse: bool) -> Steps:
        near = view.neighbours(relation, inverse=inverse)
        if not (near.is_whole or via in near):
            view.count(view.joins(via))  # all of these edges will be looked at
        nodes = [node for node, day in near[via].items() if view.sees(day)]
        rows = (msgspec.json.encode(walk_row(view, relation, node, via, inverse=inverse)) for node in nodes)
        steps = tuple(zip(nodes, rows, strict=True))
        self._count += len(steps) or 1
        if self._count > MOST:
            self._tables.clear()
            self._count = len(steps)
        table.keep(via, steps)
        return steps


def walk_json(view: View, start: FoldedNode, relation: str, *, inverse: bool = False) -> bytes:
    """A `WalkShape` as JSON: a node, and what a walk from it finds, nearest first.

    `inverse`: the walk goes from targets to sources.
    """
    return _json(start, view.follower(WalkRows).walked(view, start.id, relation, inverse=inverse))


def step_json(view: View, start: FoldedNode, relation: str, found: Iterable[str], *, inverse: bool = False) -> bytes:
    """The same of these of the nodes that one step leads to."""
    rows = dict(view.follower(WalkRows).next(view, start.id, relation, inverse=inverse))
    return _json(start, [rows[node] for node in found])


def make_rows(view: View) -> None:
    """Make the rows of steps that walks over HTTP take, as many as are kept, before anybody asks for them."""
    rows, left = view.follower(WalkRows), MOST
    for relation, inverse in WALKED:
        for via, near in view.all_neighbours(relation, inverse=inverse).items():
            left -= len(near)
            if left < 0:
                return
            rows.next(view, via, relation, inverse=inverse)


def _json(start: FoldedNode, rows: list[bytes]) -> bytes:
    return b'{"node":%b,"found":[%b]}' % (msgspec.json.encode(node_shape(start)), b",".join(rows))
