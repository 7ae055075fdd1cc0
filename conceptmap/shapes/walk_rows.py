"""Rows of long answers as finished JSON: a node, the node before it on a walk, and where the step between is said.

They are kept until an entry touches the node, so that an answer of many rows is put together from bytes.
"""

from collections.abc import Iterable, Mapping, Set

import msgspec

from conceptmap.shapes.nodes import walk_row
from graphs.view import View
from ontology.terms import REQUIRES, SUPPORTS

MOST = 50_000
"""Rows that are kept of a map, some 30 MB of them; then all are forgotten, and made again as they are asked for."""

MOST_TABLES = 1000
"""Days that walks are read as of, more than a course has; then likewise."""

WALKED = ((SUPPORTS, True), (REQUIRES, False))
"""Relations that are walked over HTTP, each with whether that is against their direction."""

Table = dict[str, dict[str, bytes]]
"""Rows by node, and by the node before."""


class WalkRows:
    """The rows of a map by relation, way and day of the view, by node, by the node before. It follows its fold.

    Both ends of an edge that changes are touched.
    """

    def __init__(self) -> None:
        self._tables: dict[tuple[str, bool, int | None], Table] = {}
        self._count = 0

    def follow(self, touched: Set[str]) -> None:
        """Forget the rows of these nodes."""
        for table in list(self._tables.values()):
            for node in touched:
                table.pop(node, None)

    def copied(self, _fold: object) -> "WalkRows":
        """The same for a copy of the fold."""
        copy = WalkRows()
        for key, table in self._tables.copy().items():
            copy._tables[key] = {node: dict(rows) for node, rows in table.copy().items()}
        copy._count = self._count
        return copy

    def rows(self, view: View, relation: str, steps: Iterable[tuple[str, str]], *, inverse: bool) -> list[bytes]:
        """The rows of these nodes, each with the node before it."""
        if len(self._tables) > MOST_TABLES:
            self._tables.clear()
        table = self._tables.setdefault((relation, inverse, view.as_of), {})
        found = []
        for node, via in steps:
            known = table.get(node)
            found.append((known and known.get(via)) or self._made(view, table, (relation, inverse), node, via))
        return found

    def _made(self, view: View, table: Table, walk: tuple[str, bool], node: str, via: str) -> bytes:
        self._count += 1
        if self._count > MOST:
            for one in list(self._tables.values()):
                one.clear()
            self._count = 1
        row = table.setdefault(node, {})[via] = _row(view, *walk, node, via)
        return row


def rows_json(view: View, relation: str, found: Mapping[str, str], *, inverse: bool = False) -> bytes:
    """The rows of what a walk found, nearest first, as a JSON array; `via` is the node before on the way.

    `inverse`: the walk went from targets to sources.
    """
    return b"[" + b",".join(view.follower(WalkRows).rows(view, relation, found.items(), inverse=inverse)) + b"]"


def make_rows(view: View) -> None:
    """Make the rows of steps that walks over HTTP take, as many as are kept, before anybody asks for them."""
    rows, left = view.follower(WalkRows), MOST
    for relation, inverse in WALKED:
        for via, near in view.all_neighbours(relation, inverse=inverse).items():
            left -= len(near)
            if left < 0:
                return
            rows.rows(view, relation, ((node, via) for node in near), inverse=inverse)


def _row(view: View, relation: str, inverse: bool, node: str, via: str) -> bytes:
    return msgspec.json.encode(walk_row(view, relation, node, via, inverse=inverse))
