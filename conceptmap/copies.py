"""A map copied into what other libraries take: columns for tables, graphs of networkx and rdflib.

A copy costs what the map holds, and does not follow it.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from graphs.fold import Asserted
from graphs.joined import joined_documents
from graphs.view import FoldedEdge, FoldedNode, View, cite
from ontology.model import Edge, Node
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

    Attributes are those of `node_fields` and `edge_fields` as texts, since GraphML and GEXF know no lists: what is
    neither text nor number is JSON. What is not said is no attribute.
    """
    import networkx  # noqa: PLC0415  (a third of a second that nobody else must pay)

    graph: MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.name = view.map or ""
    for node in view.nodes():
        graph.add_node(node.id, **in_texts(node_fields(view, node)))
    for edge in view.edges():
        name = str(edge.key)
        graph.add_edge(edge.source, edge.target, key=name, id=name, **in_texts(edge_fields(edge)))
    return graph


def node_fields(view: View, node: FoldedNode) -> dict[str, JsonValue]:
    """All that is said of a node but its id; among `days` and in `cites`, an undated note has the day None.

    It is `introduced` on a day, or only a `mention`. `place` is its rank on the drawn map.
    """
    return {
        "label": node.label,
        "kind": node.kind,
        "aliases": list(node.aliases),
        "days": _days(node),
        "introduced": view.introduced_on(node.id),
        "text": node.text,
        "formula": node.formula,
        "data": dict(node.data),
        "mention": None if node.defined else True,
        "place": node.place,
        "cites": [_said_in(one, mention=one.item.mention) for one in node.assertions],
    }


def edge_fields(edge: FoldedEdge) -> dict[str, JsonValue]:
    """All that is said of an edge but its ends; `parent` is the end that is drawn above the other."""
    return {
        "relation": edge.relation,
        "dimension": edge.dimension,
        "source_value": edge.values.source if edge.values else None,
        "target_value": edge.values.target if edge.values else None,
        "note": edge.note,
        "days": _days(edge),
        "how": edge.how,
        "place": edge.place,
        "parent": edge.parent,
        "cites": [_said_in(one) for one in edge.assertions],
    }


def _days(item: FoldedNode | FoldedEdge) -> list[JsonValue]:
    days = {-1 if one.undated else one.day for one in item.assertions}
    return [None if day < 0 else day for day in sorted(days)]


def _said_in(one: Asserted[Node] | Asserted[Edge], *, mention: bool = False) -> dict[str, JsonValue]:
    """Where something is said; what is not said of that is left out, but for the day."""
    origin = one.item.origin
    more: dict[str, JsonValue] = {
        "lines": list(origin.lines) if origin.lines else None,
        "quote": origin.quote,
        "how": origin.how,
        "rule": origin.rule,
        "mention": mention or None,
    }
    said = {name: value for name, value in more.items() if value is not None}
    return {"day": None if one.undated else one.day, "file": one.part, **said}


def in_texts(fields: Mapping[str, JsonValue]) -> dict[str, str]:
    """The fields that say something, as texts: what is neither text nor number is JSON."""
    said = {name: value for name, value in fields.items() if value is not None}
    return {name: value if isinstance(value, str) else _json(value) for name, value in said.items()}


def _json(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False)
