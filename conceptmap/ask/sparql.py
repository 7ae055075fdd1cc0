"""Queries as SPARQL 1.1 over the map's RDF: the same nodes as `?node`, from the union of its days as default graph.

Nothing of a question can become syntax: ids are letters, digits, `-` and `_`, IRIs come from the vocabulary, and
texts, which are the map's own spellings, are written as literals. Where a later note gives a comparison or a facet a
new value, answers know only that; the RDF holds what each note says, so there the former value is found as well.
"""

import json
from collections.abc import Iterator

from conceptmap.ask.answering import SETS_APART
from conceptmap.ask.query import (
    Compare,
    Days,
    Describe,
    Filters,
    Holds,
    IntroducedOn,
    NewOn,
    OfKind,
    PathBetween,
    Query,
    Related,
    Select,
)
from conceptmap.ask.sparql_text import Terms, either, group, is_node, joined, one_of, text, within
from conceptmap.ask.ways import chain
from graphs.view import View
from graphs.words import IndexedName, word_index
from ontology.names import name_key
from ontology.terms import ABOUT, ANSWERS, DAY, INTRODUCED_ON, PART_OF, UNIT

_FIRST_STATED = """\
SELECT ?node (MIN(?d) AS ?stated) WHERE {{
  ?node {introduced}? ?on .
  ?on a {day} .
  BIND(xsd:integer(STRAFTER(STR(?on), STR(:day-))) AS ?d)
}} GROUP BY ?node"""
_FIRST_DEFINED = """\
SELECT ?node (MIN(?d) AS ?defined) WHERE {
  ?document doc:day ?d ; doc:node ?said .
  ?said doc:of ?node .
  FILTER NOT EXISTS { ?said doc:mention true }
} GROUP BY ?node"""
_FIRST_SEEN = """\
SELECT ?node (MIN(?d) AS ?seen) WHERE {
  ?document doc:day ?d ; doc:node/doc:of ?node .
} GROUP BY ?node"""
_NUMBER_OF_ON = "BIND(xsd:integer(STRAFTER(STR(?on), STR(:day-))) AS ?day)"
_DAY_NODE = "BIND(IRI(CONCAT(STR(:day-), STR(?day))) AS {variable})"


def as_sparql(view: View, query: Query) -> str | None:
    """The query as SPARQL; None where SPARQL cannot say it (see `why_not`).

    A comparison or formula binds the text that answers as `?value`, beside the node that it belongs to. A path gives
    the nodes of every chain between its ends, in no order.
    """
    terms = Terms.of(view)
    patterns = _Writer(view, terms).patterns(query)
    if patterns is None:
        return None
    valued = isinstance(query, Compare) or (isinstance(query, Describe) and query.aspect == "formula")
    body = f"SELECT DISTINCT ?node{' ?value' if valued else ''} WHERE {group(patterns)}"
    return "\n".join([*terms.declared(body), body])


def why_not(query: Query) -> str:
    """Why a query has no SPARQL."""
    if isinstance(query, PathBetween):
        return "no chain of one relation joins the two, and SPARQL finds no shortest path"
    return "SPARQL does not know which words are forms of one word"


class _Writer:
    """Graph patterns that bind `?node` to what a query finds in a view."""

    def __init__(self, view: View, terms: Terms) -> None:
        self._view = view
        self._terms = terms

    def patterns(self, query: Query) -> list[str] | None:
        match query:
            case Select():
                return self._selected(query)
            case NewOn():
                return [*self._new(query), *self._filters(query.filters)]
            case IntroducedOn():
                return self._introduced(query.node)
            case Compare():
                return self._compared(query)
            case Holds():
                return self._holds(query)
            case PathBetween():
                return self._path(query)
            case Describe():
                return self._described(query)

    def _selected(self, query: Select) -> list[str]:
        base, filters = query.base, query.filters
        if isinstance(base, OfKind):
            return [*self._filters(Filters(kinds=base.kinds)), *self._filters(filters), *self._on_days(filters.days)]
        return [*self._related(base), *self._filters(filters), *self._on_days(filters.days, base)]

    def _related(self, related: Related) -> list[str]:
        step = self._terms.path(related.relation) + ("+" if related.chain else "")
        anchor = "[]" if related.anchor is None else self._terms.node(related.anchor)
        edge = f"?node {step} {anchor} ." if related.inverse else f"{anchor} {step} ?node ."
        return [edge, f"FILTER(?node != {anchor})"] if related.chain else [edge]  # a circle is no way to oneself

    def _filters(self, filters: Filters) -> list[str]:
        """What answers must be, the days apart."""
        lines: list[str] = []
        if filters.kinds:
            lines, kind = one_of("?kind", map(self._terms.kind, filters.kinds))
            lines.append(f"?node a {kind} .")
        for number, facet in enumerate(filters.facets, 1):
            lines += self._facet(str(number), *facet)
        for other in filters.near:
            lines += joined("?node", self._terms.node(other))
        lines += [f"FILTER NOT EXISTS {{ [] {self._terms.relation(ANSWERS)} ?node }}"] if filters.open else []
        return lines

    def _facet(self, number: str, field: str, value: str) -> list[str]:
        """The node's data has the value; for one that lacks the field, the data of a node joined to it."""
        data, other = f"?data{number}", f"?other{number}"
        given = f"CONTAINS(STR(?own), {text(f'{_json(field)}:')})"
        beside = [
            f"[] rdf:subject|rdf:object ?node , {other} ; rdf:predicate ?relation{number} .",
            f"FILTER(?relation{number} NOT IN ({', '.join(map(self._terms.relation, SETS_APART))}))",
            f"[] doc:of {other} ; doc:data {data} .",
            f"FILTER NOT EXISTS {{ [] doc:of ?node ; doc:data ?own . FILTER({given}) }}",
        ]
        found = " || ".join(sorted(set(self._spellings_in(data, field, value)))) or "false"
        return [either([f"[] doc:of ?node ; doc:data {data} ."], beside), f"FILTER({found})"]

    def _spellings_in(self, data: str, field: str, value: str) -> Iterator[str]:
        """Tests for the spellings that the map has of a facet, on the canonical JSON of a node's data."""
        for owner in word_index(self._view).owners.get(IndexedName("facet", value, field), ()):
            said = self._view.node(owner).data.get(field) if self._view.has_node(owner) else None
            for one in said if isinstance(said, list) else [said]:
                if isinstance(one, str) and name_key(one) == value:
                    yield _contains(f"STR({data})", field, one, listed=isinstance(said, list))

    def _on_days(self, days: Days | None, related: Related | None = None) -> list[str]:
        """A node comes up on the day that introduces it, and on every day that states the edge which led to it."""
        if days is None:
            return []
        stated = ["?document doc:day ?day ; doc:edge ?edge .", *self._last_edge(related)]
        return [either(self._introduction(), stated), within(days)]

    def _last_edge(self, related: Related | None) -> list[str]:
        """The edge of the last step to a node; in a list of a kind, an edge from a day."""
        if related is None:
            return [f"?edge rdf:subject/a {self._terms.kind(DAY)} ; rdf:object ?node ."]
        anchor = "?before" if related.anchor is None else self._terms.node(related.anchor)
        lines, before = [], anchor
        if related.chain and related.anchor is not None:
            before = "?before"
            step = self._terms.path(related.relation)
            lines = [f"?before {step}* {anchor} ." if related.inverse else f"{anchor} {step}* ?before ."]
        edge = f"?edge rdf:predicate {self._terms.relation(related.relation.name)}"
        if related.relation.symmetric:
            return [*lines, f"{edge} ; rdf:subject|rdf:object ?node , {before} .", f"FILTER(?node != {before})"]
        source, target = ("?node", before) if related.inverse else (before, "?node")
        return [*lines, f"{edge} ; rdf:subject {source} ; rdf:object {target} ."]

    def _introduction(self) -> list[str]:
        """The day of a node: as stated (a day is its own), else the first that defines it, else that mentions it."""
        stated = _FIRST_STATED.format(introduced=self._terms.relation(INTRODUCED_ON), day=self._terms.kind(DAY))
        firsts = [f"OPTIONAL {group([one])}" for one in (stated, _FIRST_DEFINED, _FIRST_SEEN)]
        return ["?node a ?sort .", *firsts, "BIND(COALESCE(?stated, ?defined, ?seen) AS ?day)"]

    def _introduced(self, node: str) -> list[str]:
        """The days stated to introduce a node (a day is its own), else the first that defines or mentions it."""
        asked, day = self._terms.node(node), self._terms.kind(DAY)
        stated = f"{asked} {self._terms.relation(INTRODUCED_ON)}?"
        first = [
            f"FILTER NOT EXISTS {{ {stated} ?other . ?other a {day} }}",
            f"VALUES ?asked {{ {asked} }}",
            *(f"OPTIONAL {group([one])}".replace("?node", "?asked") for one in (_FIRST_DEFINED, _FIRST_SEEN)),
            "BIND(COALESCE(?defined, ?seen) AS ?day)",
            _DAY_NODE.format(variable="?node"),
        ]
        return [either([f"{stated} ?node ."], first), f"?node a {day} ."]

    def _new(self, query: NewOn) -> list[str]:
        """What days with notes state to introduce; where they do not, or for a choice, also what they first define."""
        introduced = self._terms.relation(INTRODUCED_ON)
        unstated = [
            group([_FIRST_DEFINED.replace("?defined", "?day")]),
            "?node a ?sort .",
            f"FILTER(?sort NOT IN ({self._terms.kind(DAY)}, {self._terms.kind(UNIT)}))",
            f"FILTER NOT EXISTS {{ ?node {introduced} [] }}",
            _DAY_NODE.format(variable="?on"),
            *([] if query.filters or query.everything else [f"FILTER NOT EXISTS {{ [] {introduced} ?on }}"]),
        ]
        stated = [f"?node {introduced} ?on .", _NUMBER_OF_ON]
        return [either(stated, unstated), "[] doc:day ?day .", within(query.days)]

    def _compared(self, query: Compare) -> list[str]:
        """The values at the ends of comparing edges, or the ends; or the names of dimensions as values."""
        relations = [one.name for one in self._view.vocabulary.relations.values() if one.symmetric]
        lines, relation = one_of("?relation", map(self._terms.relation, relations))
        edge = [f"rdf:predicate {relation}"]
        nodes = [self._terms.node(node) for node in query.nodes]
        if nodes:
            edge.append(f"rdf:subject|rdf:object {' , '.join(nodes)}")
        if query.names_only:
            return [*lines, f"?edge {' ; '.join(edge)} ; rdf:subject ?node ; doc:dimension ?value ."]
        if query.dimension is not None:
            spellings, dimension = one_of("?dimension", map(text, self._spellings(query.dimension)))
            lines += spellings
            edge.append(f"doc:dimension {dimension}")
        ends = (self._end(query, *one) for one in (("subject", "source"), ("object", "target")))
        lines += [f"?edge {' ; '.join(edge)} .", either(*ends)]
        return [*lines, f"FILTER(?node = {nodes[0]} || !BOUND(?value))"] if len(nodes) == 1 else lines

    @staticmethod
    def _end(query: Compare, predicate: str, end: str) -> list[str]:
        value = f"?edge doc:values/doc:{end}Value ?value ."
        return [f"?edge rdf:{predicate} ?node .", f"OPTIONAL {{ {value} }}" if query.dimension is None else value]

    def _spellings(self, dimension: str) -> list[str]:
        owners = word_index(self._view).owners.get(IndexedName("dimension", dimension), ())
        named = {edge.dimension for owner in owners for edge in self._view.edge_keys_from(owner) if edge.dimension}
        return sorted(one for one in named if name_key(one) == dimension)

    def _described(self, query: Describe) -> list[str] | None:
        node = self._terms.node(query.node)
        if query.aspect == "text":
            return [is_node(node), "?said doc:of ?node .", "FILTER NOT EXISTS { ?said doc:mention true }"]
        return [self._formula(node)] if query.aspect == "formula" else None

    def _formula(self, node: str) -> str:
        """What is part of a node or about it and gives its formula, else the node itself."""
        about = f"({self._terms.relation(PART_OF)}|{self._terms.relation(ABOUT)})"
        return either(
            [
                f"?node {about} {node} ; doc:formula ?value .",
                f"FILTER NOT EXISTS {{ {node} doc:formula ?own . FILTER(?own != ?value) }}",
            ],
            [
                is_node(node),
                "?node doc:formula ?value .",
                f"FILTER NOT EXISTS {{ [] {about} {node} ; doc:formula ?value }}",
            ],
        )

    def _holds(self, query: Holds) -> list[str]:
        """The source, if the edge is there; else what has the edge and is joined to it; else the source of a chain."""
        step, source, target = self._terms.path(query.relation), *map(self._terms.node, (query.source, query.target))
        edge = f"{source} {step} {target}"
        beside = [f"?node {step} {target} .", *joined("?node", source)]
        branches = [[is_node(source), f"?node {step} {target} ."], [*beside, f"FILTER NOT EXISTS {{ {edge} }}"]]
        if query.relation.transitive:
            none_beside = group(line.replace("?node", "?other") for line in beside)
            branches.append([is_node(source), f"?node {step}+ {target} .", f"FILTER NOT EXISTS {none_beside}"])
        return [either(*branches)]

    def _path(self, query: PathBetween) -> list[str] | None:
        way = chain(self._view, query)
        if way is None:
            return None
        backwards = "" if way.edges[0].source == query.start else "^"
        step = f"{backwards}{self._terms.relation(way.edges[0].relation)}*"
        return [f"{self._terms.node(query.start)} {step} ?node .", f"?node {step} {self._terms.node(query.end)} ."]


def _contains(data: str, field: str, value: str, *, listed: bool) -> str:
    if not listed:
        return f"CONTAINS({data}, {text(f'{_json(field)}:{_json(value)}')})"
    return f"CONTAINS(STRBEFORE(STRAFTER({data}, {text(f'{_json(field)}:[')}), ']'), {text(_json(value))})"


def _json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
