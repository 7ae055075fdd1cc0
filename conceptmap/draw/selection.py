"""What of a map is to be drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graphs.view import FoldedEdge, FoldedNode, View
from ontology.model import EdgeKey

Grouping = Literal["day", "unit", "none"]
"""What a frame of a drawing is: a day, a unit of the course, or nothing."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to draw; by default what documents placed on the drawn map.

    `whole` means every node, `focus` the nodes within `depth` edges of one (Days, Units and Sources are not
    walked through). `kinds` and `relations` choose from the whole graph, or from the neighbourhood. `connected` leaves
    out what no edge of the choice joins to anything. `group` says which frames there are.
    """

    whole: bool = False
    focus: str | None = None
    depth: int = 1
    kinds: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    connected: bool = False
    group: Grouping = "day"

    @property
    def is_drawn_map(self) -> bool:
        """Whether the drawn map alone is asked for."""
        return not (self.whole or self.focus or self.kinds or self.relations)

    def takes(self, node: FoldedNode) -> bool:
        """Whether a node is of a chosen kind."""
        return not self.kinds or node.kind in self.kinds

    def node_ids(self, view: View) -> list[str]:
        """The ids of the nodes of the chosen kinds, sorted."""
        ids = view.node_ids()
        return [one for one in ids if self.takes(view.node(one))] if self.kinds else ids

    def takes_edge(self, edge: FoldedEdge | EdgeKey) -> bool:
        """Whether an edge is of a chosen relation."""
        return not self.relations or edge.relation in self.relations

    def edges(self, view: View) -> Iterator[FoldedEdge]:
        """The edges of the chosen relations."""
        if not self.relations:
            return view.edges()
        return (edge for relation in sorted(self.relations) for edge in view.edges(relation))
