"""Two moments of a map compared: the diff with what it takes to read it, as JSON and as one picture."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conceptmap.export import documents_of, edge_json, node_json
from graphs.diff import Balance, Change, Diff, Shift, diff
from graphs.view import FoldedEdge, FoldedNode, View

if TYPE_CHECKING:
    from conceptmap.draw import Renderer


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two views of a map."""

    before: View
    after: View
    diff: Diff

    @property
    def title(self) -> str:
        """The map's name and the two moments: their days, and their entries where these differ."""
        names = {one.map for view in (self.before, self.after) for one in documents_of(view)}
        moments = f"{self._moment(self.before)} → {self._moment(self.after)}"
        return f"{' '.join(sorted(names))}: {moments}" if names else moments

    def label(self, node: str) -> str:
        """The label of a node that either view has, the newer one if it can be."""
        return (self.after if self.after.has_node(node) else self.before).node(node).label

    def as_json(self) -> dict[str, Any]:
        """The diff in the shapes of the exports; what changed says field by field what it was and what it is."""
        nodes, edges = self.diff.nodes, self.diff.edges
        return {
            "added": {"nodes": list(map(node_json, nodes.added)), "edges": list(map(edge_json, edges.added))},
            "removed": {"nodes": list(map(node_json, nodes.removed)), "edges": list(map(edge_json, edges.removed))},
            "changed": {
                "nodes": list(map(_change_json, nodes.changed)),
                "edges": list(map(_change_json, edges.changed)),
            },
            "claims": list(map(_shift_json, self.diff.claims)),
        }

    def draw(self, *, whole: bool = False, renderer: "Renderer | None" = None) -> str:
        """One SVG of both drawn maps, or, `whole`, of all that differs and what is next to it."""
        # Graphviz and XML are imported when a picture is asked for: the text must not wait.
        from conceptmap.draw.difference import draw_difference  # noqa: PLC0415

        return draw_difference(self.before, self.after, self.diff, self.title, whole=whole, renderer=renderer)

    def _moment(self, view: View) -> str:
        words = []
        if self.before.day != self.after.day or self.before.entry == self.after.entry:
            words.append("nothing" if view.day is None else f"day {view.day}")
        if self.before.entry != self.after.entry:
            words.append(f"entry {view.entry}")
        return ", ".join(words)


def compare(before: View, after: View) -> Comparison:
    """The comparison of two views of a map."""
    return Comparison(before, after, diff(before, after))


def _item_json(item: FoldedNode | FoldedEdge) -> dict[str, Any]:
    return node_json(item) if isinstance(item, FoldedNode) else edge_json(item)


def _change_json(change: Change[FoldedNode] | Change[FoldedEdge]) -> dict[str, Any]:
    fields = {field: {"before": before, "after": after} for field, before, after in change.fields}
    return {**_item_json(change.after), "changes": fields}


def _shift_json(shift: Shift) -> dict[str, Any]:
    return {
        **node_json(shift.node),
        "direction": shift.direction,
        "before": _balance_json(shift.before),
        "after": _balance_json(shift.after),
        "edges": {"added": list(map(edge_json, shift.added)), "removed": list(map(edge_json, shift.removed))},
    }


def _balance_json(balance: Balance) -> dict[str, int]:
    return {**balance._asdict(), "balance": balance.value}
