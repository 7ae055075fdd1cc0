"""The folded graph as JSON: nodes by id, edges by identity."""

import json
from typing import TYPE_CHECKING

from conceptmap.formats.format import Format

if TYPE_CHECKING:
    from graphs.view import View


def write_json(view: "View", base: str | None = None) -> str:
    """The nodes and edges of a view; `base` plays no part, since nothing in it has an IRI."""
    from conceptmap.shapes.nodes import graph_shape

    return json.dumps(graph_shape(view.nodes(), view.edges()), ensure_ascii=False, indent=1) + "\n"


FORMAT = Format("json", "nodes and edges as JSON", write_json, (".json",), "application/json")
