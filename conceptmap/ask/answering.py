"""Answering: what a query finds in a view, with citations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import assert_never

from conceptmap.ask.answer import Found, Step
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
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from graphs.walks import Path, reach, shortest_path, steps_to
from graphs.word_index import stems
from ontology.names import day_id, day_label, name_key
from ontology.terms import ANSWERS, DAY, INTRODUCED_ON, UNIT
from ontology.vocabulary import Relation


def settled(view: View, query: Query) -> Query:
    """The query without the names that its relation's answers have nothing to do with: the relation alone chose well.

    `What does X predict for robotics?` means what X predicts, whether or not the map joins it to robotics.
    """
    if not isinstance(query, Select) or not isinstance(query.base, Related) or not query.filters.near:
        return query
    if _related(view, query.base, query.filters):
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
            return _compared(view, query)
        case Describe():
            return _described(view, query)
        case PathBetween():
            return _path(view, query)
        case Holds():
            return _holds(view, query)
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
    found = [_found(view, one.node, edges=one.edges, way=one.way) for one in kept]
    return found if related.chain else _in_course_order(found)


def _reached(view: View, related: Related) -> Iterator[_Reached]:
    """What a relation joins to the anchor, nearest first; without an anchor, everything at that end of it."""
    name, inverse = related.relation.name, related.inverse
    if related.anchor is None:
        table = view.fold.forward if inverse else view.fold.backward
        for node in sorted(table.get(name, {})):
            edges = tuple(_stated_of(view, node, related.relation, inverse=inverse))
            if edges:
                yield _Reached(view.node(node), (), edges)
        return
    came_from = reach(view, related.anchor, name, inverse=inverse)
    for node, before in came_from.items():
        if related.chain or before == related.anchor:
            way = steps_to(came_from, related.anchor, node)
            edges = tuple(edge for edge in view.edges_between(before, node) if edge.relation == name)
            yield _Reached(view.node(node), way if len(way) > 2 else (), edges)


def _stated_of(view: View, node: str, relation: Relation, *, inverse: bool = False) -> Iterator[FoldedEdge]:
    """The edges of a relation whose target (`inverse`: source) is this node; of a symmetric one, at either end."""
    if relation.symmetric:
        return _at(view, node, relation.name)
    return view.edges_from(node, relation.name) if inverse else view.edges_to(node, relation.name)


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

    A method is of the domain of its evidence.
    """
    if field in node.data:
        return _holds_value(node, field, value)
    others = {edge.other(node.id) for edge in (*view.edges_from(node.id), *view.edges_to(node.id))}
    return any(_holds_value(view.node(other), field, value) for other in others)


def _holds_value(node: FoldedNode, field: str, value: str) -> bool:
    said = node.data.get(field)
    return any(isinstance(one, str) and name_key(one) == value for one in (said if isinstance(said, list) else [said]))


def joined(view: View, node: str, other: str) -> bool:
    """Whether an edge joins two nodes, either way."""
    return bool(view.edges_between(node, other))


def _of_kind(view: View, base: OfKind, filters: Filters) -> list[Found]:
    found = []
    for node in view.nodes():
        if (base.kinds and node.kind not in base.kinds) or not _passes(view, node, _asked(view, node.id), filters):
            continue
        found.append(_found(view, node))
    return _in_course_order(found)


def _asked(view: View, node: str) -> list[FoldedEdge]:
    """The edges that join a node to days: for a question, the days that ask it."""
    return [edge for edge in view.edges_to(node) if view.node(edge.source).kind == DAY]


def _new(view: View, query: NewOn) -> list[Found]:
    """What days introduce: as stated for a day, else every node that comes up on it first."""
    found = []
    for day in view.days():
        if query.days.has(day):
            stated = [edge for edge in view.edges_to(day_id(day), INTRODUCED_ON)]
            found += [_found(view, view.node(edge.source), edges=(edge,)) for edge in stated] or _first_seen(view, day)
    nodes = {one.id: view.node(one.id) for one in found if one.id}
    kept = [
        one
        for one in found
        if one.id and _passes(view, nodes[one.id], (), Filters(query.filters.kinds, None, query.filters.facets))
    ]
    return _in_course_order(kept)


def _first_seen(view: View, day: int) -> list[Found]:
    nodes = (node for node in view.nodes() if day in node.days and node.defined and node.kind not in (DAY, UNIT))
    return [_found(view, node) for node in nodes if view.introduced_on(node.id) == day]


def _introduced(view: View, name: str) -> list[Found]:
    """The days that are stated to introduce a node, else the first that defines it."""
    stated = list(view.edges_from(name, INTRODUCED_ON))
    if stated:
        days = [_found(view, view.node(edge.target), edges=(edge,)) for edge in stated]
        return sorted(days, key=lambda found: found.day or 0)
    day = view.introduced_on(name)
    if day is None:
        return []
    assertions = view.node(name).assertions
    cites = (cite(next((one for one in assertions if one.day == day), assertions[0])),)
    if view.has_node(day_id(day)):
        return [_found(view, view.node(day_id(day)), cites=cites)]
    return [Found(None, day_label(day), DAY, day=day, cites=cites, of=name)]


def _compared(view: View, query: Compare) -> list[Found]:
    """The values at the ends of comparing edges, or the names of the dimensions, or the two ends themselves."""
    edges = [edge for edge in _comparing(view, query.nodes) if _in_dimension(edge, query.dimension)]
    if query.names_only:
        named = {edge.dimension: edge for edge in edges if edge.dimension}
        return [_dimension(view, edge) for edge in sorted(named.values(), key=_line)]
    values = [value for edge in sorted(edges, key=_line) for value in _values(view, edge, query.nodes)]
    if values or query.dimension:
        return values
    ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    return [_found(view, view.node(end), edges=tuple(edges)) for end in ends]


def _comparing(view: View, nodes: Sequence[str]) -> Iterator[FoldedEdge]:
    """The symmetric edges between two nodes, at one node, or (without nodes) everywhere."""
    symmetric = [relation.name for relation in view.vocabulary.relations.values() if relation.symmetric]
    for relation in symmetric:
        edges = view.edges(relation) if not nodes else _at(view, nodes[0], relation)
        yield from (edge for edge in edges if all(other in (edge.source, edge.target) for other in nodes))


def _at(view: View, node: str, relation: str) -> Iterator[FoldedEdge]:
    yield from view.edges_from(node, relation)
    yield from view.edges_to(node, relation)


def _in_dimension(edge: FoldedEdge, dimension: str | None) -> bool:
    return dimension is None or (edge.dimension is not None and name_key(edge.dimension) == dimension)


def _line(edge: FoldedEdge) -> tuple[int, int, str]:
    """Where an edge stands in the course."""
    newest = edge.assertions[-1]
    lines = newest.item.origin.lines
    return newest.day, lines[0] if lines else 0, edge.dimension or ""


def _dimension(view: View, edge: FoldedEdge) -> Found:
    """A dimension as an answer: the node of its name, if there is one."""
    named = view.named(edge.dimension or "")
    if len(named) == 1:
        return _found(view, view.node(named[0]), edges=(edge,))
    return Found(None, edge.dimension or "", None, cites=(cite(edge.assertions[-1]),), of=edge.source)


def _values(view: View, edge: FoldedEdge, nodes: Sequence[str]) -> Iterator[Found]:
    """The values of an edge, at the ends that were asked for (both, if both or none were)."""
    if edge.values is None:
        return
    for end, value in ((edge.source, edge.values.source), (edge.target, edge.values.target)):
        if len(nodes) != 1 or end in nodes:
            cites = (cite(edge.assertions[-1]),)
            yield Found(
                None, value, None, day=edge.days[0], cites=cites, of=view.node(end).label, dimension=edge.dimension
            )


def _described(view: View, query: Describe) -> list[Found]:
    node = view.node(query.node)
    if query.aspect == "text":
        return [_found(view, node)] if node.text or node.defined else []
    statements = [node, *_statements(view, node.id)]
    if query.aspect == "formula":
        return _formulas(view, node, statements)
    return [_found(view, one) for one in statements if _gives_number(one, query.words)]


def _statements(view: View, node: str) -> list[FoldedNode]:
    """What is part of a node or about it."""
    return [view.node(edge.source) for edge in view.edges_to(node) if edge.relation in ("part of", "about")]


def _formulas(view: View, node: FoldedNode, statements: Sequence[FoldedNode]) -> list[Found]:
    """The statement that is a formula of the node, else the node's formula as a value."""
    wanted = [one for one in statements[1:] if one.formula and node.formula in (None, one.formula)]
    if node.formula and not wanted:
        said = [one for one in node.assertions if one.item.formula]
        return [Found(None, node.formula, None, node.aliases, day=said[-1].day, cites=(cite(said[-1]),), of=node.label)]
    return [_found(view, one) for one in wanted]


def _gives_number(node: FoldedNode, asked: Sequence[str]) -> bool:
    """Whether a statement holds a number and every word that was asked about it."""
    said = " ".join((*node.names, node.text or "", *(f"{key} {value}" for key, value in node.data.items())))
    return any(char.isdecimal() for char in said) and set(asked) <= set(stems(name_key(said).split()))


def _path(view: View, query: PathBetween) -> list[Found]:
    """A chain of one transitive relation, if there is one: it explains more than a shorter mixed path."""
    path = chain(view, query) or shortest_path(view, query.start, query.end)
    if path is None:
        return []
    edges = (*path.edges[:1], *path.edges)
    return [
        _found(view, view.node(node), edges=(edge,), way=path.nodes[: number + 1] if number > 1 else ())
        for number, (node, edge) in enumerate(zip(path.nodes, edges or (None,), strict=False))
        if edge is not None
    ]


def chain(view: View, query: PathBetween) -> Path | None:
    """A shortest chain of one transitive relation between two nodes, forwards or backwards."""
    for relation in view.vocabulary.relations.values():
        for inverse in (False, True) if relation.transitive else ():
            came_from = reach(view, query.start, relation.name, inverse=inverse)
            if query.end in came_from:
                nodes = steps_to(came_from, query.start, query.end)
                joined = [_edge(view, one, other, relation.name, inverse=inverse) for one, other in pairwise(nodes)]
                return Path(nodes, tuple(joined))
    return None


def _edge(view: View, one: str, other: str, relation: str, *, inverse: bool) -> FoldedEdge:
    source, target = (other, one) if inverse else (one, other)
    return next(edge for edge in view.edges_between(source, target) if edge.relation == relation)


def _holds(view: View, query: Holds) -> list[Found]:
    """The source, if the edge is there; else, where the relation is transitive, if it can be reached."""
    ends = (query.source, query.target)
    edges = [edge for edge in view.edges_between(*ends) if edge.relation == query.relation.name]
    if stated := [edge for edge in edges if query.relation.symmetric or (edge.source, edge.target) == ends]:
        return [_found(view, view.node(query.source), edges=stated)]
    said = ((edge.other(query.target), edge) for edge in _stated_of(view, query.target, query.relation))
    if about := [(node, edge) for node, edge in said if joined(view, node, query.source)]:
        return [_found(view, view.node(node), edges=(edge,)) for node, edge in about]
    came_from = reach(view, query.source, query.relation.name) if query.relation.transitive else {}
    if query.target not in came_from:
        return []
    return [_found(view, view.node(query.source), way=steps_to(came_from, query.source, query.target))]


def _found(
    view: View,
    node: FoldedNode,
    *,
    edges: Sequence[FoldedEdge] = (),
    way: Sequence[str] = (),
    cites: tuple[Citation, ...] = (),
) -> Found:
    """A node as an answer; it is cited by the edges that lead to it, else by what defines it."""
    said = [one for one in node.assertions if not one.item.mention] or list(node.assertions)
    own = tuple(cite(edge.assertions[-1]) for edge in edges) or (cite(said[-1]),)
    steps = tuple(Step(one, view.node(one).label) for one in way)
    day = view.introduced_on(node.id)
    return Found(
        node.id, node.label, node.kind, node.aliases, node.text, day, steps, cites or tuple(dict.fromkeys(own))
    )


def _in_course_order(found: Sequence[Found]) -> list[Found]:
    """By day and line of the first citation."""

    def place(one: Found) -> tuple[int, str, int, str]:
        first = one.cites[0]
        return first.day, first.file, first.lines[0] if first.lines else 0, one.label

    return sorted(dict.fromkeys(found), key=place)
