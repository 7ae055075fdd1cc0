"""The folded graph as JSON: nodes by id, edges by identity."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format
from conceptmap.formats.loss import Kept

if TYPE_CHECKING:
    from graphs.view import View


def write_json(view: "View", base: str | None = None) -> Iterator[str]:
    """The nodes and edges of a view; `base` plays no part, since nothing in it has an IRI."""
    from conceptmap.formats.indented import indented
    from conceptmap.shapes.nodes import edge_shape, node_shape

    yield from indented({"nodes": map(node_shape, view.nodes()), "edges": map(edge_shape, view.edges())})
    yield "\n"


FORMAT = Format(
    "json",
    "nodes and edges as JSON",
    write_json,
    (".json",),
    "application/json",
    keeps=Kept(frozenset({"kind", "label", "aliases", "days"}), frozenset({"values", "days", "derived"})),
)
