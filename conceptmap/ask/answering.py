"""Answering: what a query finds in a view, with citations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from conceptmap.ask.answer import Found
from conceptmap.ask.citing import cited, in_course_order
from conceptmap.ask.comparing import compared
from conceptmap.ask.query import (
    Compare,
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
from conceptmap.ask.ways import holds, joined, path, stated_edges
from graphs.view import FoldedEdge, FoldedNode, View, cite
from graphs.walks import reach, steps_to
from graphs.words import stems, word_index
from ontology.names import day_id, day_label, name_key
from ontology.terms import ABOUT, ANSWERS, CONTRASTS_WITH, DAY, INTRODUCED_ON, PART_OF, REPLACES, UNIT

SETS_APART = (CONTRASTS_WITH, REPLACES)
"""Relations whose ends differ in what they are."""


def settled(view: View, query: Query) -> Query:
    """The query without the names that its relation's answers have nothing to do with: the relation alone chose well.

    `What does X predict for robotics?` means what X predicts, whether or not the map joins it to robotics.
    """
    if not isinstance(query, Select) or not isinstance(query.base, Related) or not query.filters.near:
        return query
    if query.base.anchor is None or _related(view, query.base, query.filters):
        return query
    return Select(query.base, replace(query.filters, near=()))


def find(view: View, query: Query) -> list[Found]:
    """The answers to a query, in the order of the course; none where the map does not say."""
    match query:
        case Select():
            return _selected(view, query)
        case NewOn():
            return _new(view, query)
        case IntroducedOn():
            return _introduced(view, query.node)
        case Compare():
            return compared(view, query)
        case Describe():
            return _described(view, query)
        case PathBetween():
            return path(view, query)
        case Holds():
            return holds(view, query)
        case _:
            assert_never(query)


@dataclass(frozen=True, slots=True)
class _Reached:
    """A node that a relation leads to, the nodes on the way, and the edges of the last step."""

    node: FoldedNode
    way: tuple[str, ...]
    edges: tuple[FoldedEdge, ...]


def _selected(view: View, query: Select) -> list[Found]:
    if isinstance(query.base, Related):
        return _related(view, query.base, query.filters)
    return _of_kind(view, query.base, query.filters)


def _related(view: View, related: Related, filters: Filters) -> list[Found]:
    kept = [one for one in _reached(view, related) if _passes(view, one.node, one.edges, filters)]
    found = [cited(view, one.node, edges=one.edges, way=one.way) for one in kept]
    return found if related.chain else in_course_order(found)


def _reached(view: View, related: Related) -> Iterator[_Reached]:
    """What a relation joins to the anchor, nearest first; without an anchor, everything at that end of it."""
    name, inverse = related.relation.name, related.inverse
    if related.anchor is None:
        for node in sorted(view.neighbours(name, inverse=not inverse)):
            edges = tuple(stated_edges(view, node, related.relation, inverse=inverse))
            if edges:
                yield _Reached(view.node(node), (), edges)
        return
    came_from = reach(view, related.anchor, name, inverse=inverse)
    for node, before in came_from.items():
        if related.chain or before == related.anchor:
            way = steps_to(came_from, related.anchor, node)
            edges = tuple(edge for edge in view.edges_between(before, node) if edge.relation == name)
            yield _Reached(view.node(node), way if len(way) > 2 else (), edges)


def _passes(view: View, node: FoldedNode, edges: Sequence[FoldedEdge], filters: Filters) -> bool:
    """Whether a node is of the kind, has the facets, and comes up on the days."""
    if filters.kinds and node.kind not in filters.kinds:
        return False
    if not all(_has_facet(view, node, field, value) for field, value in filters.facets):
        return False
    if not all(joined(view, node.id, other) for other in filters.near):
        return False
    if filters.open and any(view.edges_to(node.id, ANSWERS)):
        return False
    if filters.days is None:
        return True
    days = {day for edge in edges for day in edge.days} | {view.introduced_on(node.id)}
    return any(filters.days.has(day) for day in days)


def _has_facet(view: View, node: FoldedNode, field: str, value: str) -> bool:
    """Whether a node has this value. One without the field has what nodes joined to it have.

    A method is of the domain of its evidence, but not of the trait of the method that it replaces.
    """
    if field in node.data:
        return _holds_value(node, field, value)
    edges = (*view.edges_from(node.id), *view.edges_to(node.id))
    others = {edge.other(node.id) for edge in edges if edge.relation not in SETS_APART}
    return any(_holds_value(view.node(other), field, value) for other in others)


def _holds_value(node: FoldedNode, field: str, value: str) -> bool:
    said = node.data.get(field)
    return any(isinstance(one, str) and name_key(one) == value for one in (said if isinstance(said, list) else [said]))


def _of_kind(view: View, base: OfKind, filters: Filters) -> list[Found]:
    nodes = (view.node(node) for node in _candidates(view, base, filters) if view.has_node(node))
    kept = (node for node in nodes if not base.kinds or node.kind in base.kinds)
    return in_course_order([cited(view, node) for node in kept if _passes(view, node, _asked(view, node.id), filters)])


def _candidates(view: View, base: OfKind, filters: Filters) -> Iterable[str]:
    """The nodes to look at: those around the names of the question, else those of the kinds, else all."""
    if filters.near:
        name = filters.near[0]
        return {edge.other(name) for edge in (*view.edges_from(name), *view.edges_to(name))}
    if base.kinds:
        index = word_index(view)
        return (node for kind in base.kinds for node in index.kinds.get(kind, ()))
    return view.node_ids()


def _asked(view: View, node: str) -> list[FoldedEdge]:
    """The edges that join a node to days: for a question, the days that ask it."""
    return [edge for edge in view.edges_to(node) if view.node(edge.source).kind == DAY]


def _new(view: View, query: NewOn) -> list[Found]:
    """What days introduce: as stated; where nothing is, or only some is asked for, also what comes up on them first."""
    found: list[Found] = []
    for day in filter(query.days.has, view.days()):
        stated = [
            cited(view, view.node(edge.source), edges=(edge,)) for edge in view.edges_to(day_id(day), INTRODUCED_ON)
        ]
        short = stated and not query.filters and not query.everything
        found += stated if short else [*stated, *_first_seen(view, day)]
    chosen = Filters(query.filters.kinds, None, query.filters.facets)
    return in_course_order([one for one in found if one.id and _passes(view, view.node(one.id), (), chosen)])


def _first_seen(view: View, day: int) -> list[Found]:
    names = {node.id for document in view.documents(day) for node in document.nodes if not node.mention}
    nodes = (view.node(name) for name in names if view.introduced_on(name) == day)
    return [cited(view, node) for node in nodes if node.kind not in (DAY, UNIT)]


def _introduced(view: View, name: str) -> list[Found]:
    """The days that are stated to introduce a node, else the first that defines it."""
    stated = list(view.edges_from(name, INTRODUCED_ON))
    if stated:
        days = [cited(view, view.node(edge.target), edges=(edge,)) for edge in stated]
        return sorted(days, key=lambda found: found.day or 0)
    day = view.introduced_on(name)
    if day is None:
        return []
    assertions = view.node(name).assertions
    cites = (cite(next((one for one in assertions if one.day == day), assertions[0])),)
    if view.has_node(day_id(day)):
        return [cited(view, view.node(day_id(day)), cites=cites)]
    return [Found(None, day_label(day), DAY, day=day, cites=cites, of=name)]


def _described(view: View, query: Describe) -> list[Found]:
    node = view.node(query.node)
    if query.aspect == "text":
        return [cited(view, node)] if node.text or node.defined else []
    statements = [node, *_statements(view, node.id)]
    if query.aspect == "formula":
        return _formulas(view, node, statements)
    return [cited(view, one) for one in statements if _gives_number(one, query.words)]


def _statements(view: View, node: str) -> list[FoldedNode]:
    """What is part of a node or about it."""
    return [view.node(edge.source) for edge in view.edges_to(node) if edge.relation in (PART_OF, ABOUT)]


def _formulas(view: View, node: FoldedNode, statements: Sequence[FoldedNode]) -> list[Found]:
    """The statement that is a formula of the node, else the node's formula as a value."""
    wanted = [one for one in statements[1:] if one.formula and node.formula in (None, one.formula)]
    if node.formula and not wanted:
        said = [one for one in node.assertions if one.item.formula]
        return [Found(None, node.formula, None, node.aliases, day=said[-1].day, cites=(cite(said[-1]),), of=node.label)]
    return [cited(view, one) for one in wanted]


def _gives_number(node: FoldedNode, asked: Sequence[str]) -> bool:
    """Whether a statement holds a number and every word that was asked about it."""
    said = " ".join((*node.names, node.text or "", *(f"{key} {value}" for key, value in node.data.items())))
    return any(char.isdecimal() for char in said) and set(asked) <= set(stems(name_key(said).split()))
