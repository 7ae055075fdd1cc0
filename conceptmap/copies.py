"""A map copied into what libraries for graphs and tables take: a networkx graph.

A copy costs what the map holds, and does not follow it.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphs.view import FoldedEdge, FoldedNode, View
from ontology.values import JsonValue

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def as_networkx(view: View) -> "MultiDiGraph[str]":
    """Nodes by id, edges by their identity in words, which no two edges share.

    Attributes are texts, since GraphML and GEXF know no lists: aliases, days and data are JSON. What is not said is no
    attribute.
    """
    import networkx  # noqa: PLC0415  (a third of a second that nobody else must pay)

    graph: MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.name = view.map or ""
    for node in view.nodes():
        graph.add_node(node.id, **dict(_said(_of_node(node))))
    for edge in view.edges():
        name = str(edge.key)
        graph.add_edge(edge.source, edge.target, key=name, id=name, **dict(_said(_of_edge(edge))))
    return graph


def _of_node(node: FoldedNode) -> dict[str, str | None]:
    return {
        "label": node.label,
        "kind": node.kind,
        "aliases": _json(list(node.aliases)),
        "days": _json(list(node.days)),
        "text": node.text,
        "formula": node.formula,
        "data": _json(dict(node.data)),
    }


def _of_edge(edge: FoldedEdge) -> dict[str, str | None]:
    return {
        "relation": edge.relation,
        "dimension": edge.dimension,
        "source_value": edge.values.source if edge.values else None,
        "target_value": edge.values.target if edge.values else None,
        "note": edge.note,
        "days": _json(list(edge.days)),
        "how": edge.how,
    }


def _json(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False)


def _said(fields: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in fields.items() if value is not None)
