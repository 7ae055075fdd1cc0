"""A map copied into what other libraries take: columns for tables, graphs of networkx and rdflib.

A copy costs what the map holds, and does not follow it.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphs.joined import joined_documents
from graphs.view import FoldedEdge, FoldedNode, View, cite
from ontology.values import JsonValue

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Graph

Cell = str | int | list[str] | list[int] | None
Columns = dict[str, list[Cell]]
"""A table by its columns, all of one length."""


def as_frames(view: View) -> dict[str, Columns]:
    """Three tables: `nodes` by id, `edges` by their identity, and `cites`, one row for each place that says so.

    Nodes have the `day` on which they are introduced; `data` is JSON. In `cites`, `item` is the id of a node or an
    edge, `of` says which; a note of no day has no `day`, and what was not read from lines no `first` and `last`.
    """
    return {"nodes": _node_columns(view), "edges": _edge_columns(view), "cites": _cite_columns(view)}


def _node_columns(view: View) -> Columns:
    nodes = list(view.nodes())
    return {
        "id": [one.id for one in nodes],
        "label": [one.label for one in nodes],
        "kind": [one.kind for one in nodes],
        "aliases": [list(one.aliases) for one in nodes],
        "day": [view.introduced_on(one.id) for one in nodes],
        "days": [list(one.days) for one in nodes],
        "text": [one.text for one in nodes],
        "formula": [one.formula for one in nodes],
        "data": [_json(dict(one.data)) for one in nodes],
    }


def _edge_columns(view: View) -> Columns:
    edges = list(view.edges())
    return {
        "id": [str(one.key) for one in edges],
        "source": [one.source for one in edges],
        "relation": [one.relation for one in edges],
        "target": [one.target for one in edges],
        "dimension": [one.dimension for one in edges],
        "source_value": [one.values.source if one.values else None for one in edges],
        "target_value": [one.values.target if one.values else None for one in edges],
        "days": [list(one.days) for one in edges],
        "how": [one.how for one in edges],
        "note": [one.note for one in edges],
    }


def _cite_columns(view: View) -> Columns:
    said = [
        *((one.id, "node", cite(word), word.author) for one in view.nodes() for word in one.assertions),
        *((str(one.key), "edge", cite(word), word.author) for one in view.edges() for word in one.assertions),
    ]
    return {
        "item": [item for item, *_ in said],
        "of": [of for _, of, *_ in said],
        "day": [None if where.undated else where.day for _, _, where, _ in said],
        "file": [where.file for _, _, where, _ in said],
        "first": [where.lines[0] if where.lines else None for _, _, where, _ in said],
        "last": [where.lines[1] if where.lines else None for _, _, where, _ in said],
        "quote": [where.quote for _, _, where, _ in said],
        "how": [where.how for _, _, where, _ in said],
        "by": [author or None for *_, author in said],
    }


def as_rdflib(view: View, base: str | None = None) -> "Graph":
    """The RDF that the map is exported as, all days together: it answers the queries that `ask` gives.

    Which day says what is in it, since documents have their day. It is no `Dataset` with a graph for each day: those
    of rdflib 7 warn of themselves whenever they are read. The prefixes of queries are known to it.
    """
    import rdflib  # noqa: PLC0415  (half a second that nobody else must pay)

    from graphs.rdf.iris import BASE, PREFIXES, Iris  # noqa: PLC0415  (likewise)
    from graphs.rdf.write import write_turtle  # noqa: PLC0415  (likewise)

    base = base or BASE
    graph = rdflib.Graph()
    graph.parse(data=write_turtle(joined_documents(view), view.vocabulary, base), format="turtle")
    for prefix, iri in {**PREFIXES, "": Iris(view.map or "map", base).nodes}.items():
        graph.bind(prefix, iri, replace=True)
    return graph


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
