"""Rows of long answers as finished JSON: a node, the node before it on a walk, and where the step between is said.

They are kept until an entry touches the node, so that an answer of many rows is put together from bytes.
"""

import json
from collections.abc import Set

from conceptmap.shapes.nodes import walk_row
from graphs.view import View

MOST = 50_000
"""Rows that are kept of a map, some 30 MB of them; then all are forgotten, and made again as they are asked for."""

Step = tuple[str, str, int | None]
"""The relation, the node before, and the day that the view is of."""


class WalkRows:
    """The rows of a map by node and step. It follows its fold: both ends of an edge that changes are touched."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[Step, bytes]] = {}
        self._count = 0

    def follow(self, touched: Set[str]) -> None:
        """Forget the rows of these nodes."""
        for node in touched:
            self._rows.pop(node, None)

    def copied(self, _fold: object) -> "WalkRows":
        """The same for a copy of the fold."""
        copy = WalkRows()
        copy._rows = {node: dict(rows) for node, rows in self._rows.copy().items()}
        copy._count = self._count
        return copy

    def row(self, view: View, node: str, step: Step) -> bytes:
        """The row of a node, reached by a step."""
        known = self._rows.get(node)
        if known is not None and (found := known.get(step)) is not None:
            return found
        self._count += 1
        if self._count > MOST:
            self._rows.clear()
            self._count = 1
        made = self._rows.setdefault(node, {})[step] = _row(view, node, step)
        return made


def rows_json(view: View, relation: str, found: dict[str, str]) -> bytes:
    """The rows of what a walk found, nearest first, as a JSON array; `via` is the node before on the way."""
    rows = view.follower(WalkRows)
    return b"[" + b",".join(rows.row(view, node, (relation, via, view.as_of)) for node, via in found.items()) + b"]"


def _row(view: View, node: str, step: Step) -> bytes:
    relation, via, _ = step
    return json.dumps(walk_row(view, relation, node, via), ensure_ascii=False, separators=(",", ":")).encode()
