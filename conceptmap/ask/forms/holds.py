"""Yes or no: `does A VERB B?` is read with the other questions about relations (see `related`).

A *no* needs notes that exclude it: the opposite, the same the other way round where both cannot be, or all that
something requires. That nothing is noted is no *no*.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from conceptmap.ask.filters import called_after
from conceptmap.ask.form import Account, Query, Verdict, Wanted
from conceptmap.ask.found import Found, NodeName, Piece, cited, stated_edges, subject
from conceptmap.ask.saying import enumerated, listed
from conceptmap.ask.sparql import NoSparql, ShortNames, either, is_node
from graphs.view import FoldedEdge, View
from graphs.walks import reach, steps_to
from ontology.terms import ABOUT, EXAMPLE_OF, HUBS, OUTPERFORMS, PART_OF, REPLACES
from ontology.vocabulary import Relation

ONE_WAY = frozenset([EXAMPLE_OF, OUTPERFORMS, REPLACES])
"""Relations that nobody means both ways at once, beside those that the vocabulary calls acyclic."""

_INSIDE = frozenset([PART_OF, EXAMPLE_OF, ABOUT])
"""Relations whose ends share what they require, for all that is noted."""
LISTED = 2
"""Who notes so many parts of a thing lists them; of one alone, others may go without saying."""
MAX_LISTED = 300
"""Of more things that something requires nobody has the list in mind."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """Why something is not so: the edges that exclude it, how that is said, and the way between where it is long."""

    edges: tuple[FoldedEdge, ...]
    says: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holds(Query):
    """Whether an edge exists; `direct`: no chain of such edges will do."""

    source: str
    relation: Relation
    target: str
    direct: bool = False
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth"])

    def account(self, view: View) -> Account:
        """The relation too."""
        return Query.account(self, view) | Account(relations=frozenset([self.relation.name]))

    def find(self, view: View) -> list[Found]:
        """What shows that it is so; else what excludes it."""
        if shown := self._shown(view):
            return shown
        excluded = self._excluded(view)
        if excluded is None:
            return []
        ends = dict.fromkeys(end for edge in excluded.edges for end in (edge.source, edge.target))
        nodes = excluded.path[-1:] or [end for end in ends if end not in (self.source, self.target)] or [self.source]
        return [
            cited(
                view,
                view.node(node),
                edges=[edge for edge in excluded.edges if node in (edge.source, edge.target)] or excluded.edges,
                path=excluded.path,
            )
            for node in nodes
        ]

    def _shown(self, view: View) -> list[Found]:
        """The source, if the edge is there; else a statement about it that has the edge; else the source of a chain."""
        if stated := view.edges_along(self.source, self.target, self.relation.name):
            return [cited(view, view.node(self.source), edges=stated)]
        if self.source == self.target:
            return []
        said = ((edge.other(self.target), edge) for edge in stated_edges(view, self.target, self.relation))
        if about := [(node, edge) for node, edge in said if self._is_of_source(view, node)]:
            return [cited(view, view.node(node), edges=(edge,)) for node, edge in about]
        path = () if self.direct else self._way(view)
        return [cited(view, view.node(self.source), path=path)] if path else []

    def _way(self, view: View) -> tuple[str, ...]:
        """The nodes of a chain from the source to the target; none without one."""
        came_from = reach(view, self.source, self.relation.name) if self.relation.transitive else {}
        return steps_to(came_from, self.source, self.target) if self.target in came_from else ()

    def _excluded(self, view: View) -> Excluded | None:
        """What excludes that it is so, if anything does."""
        relation = self.relation
        if self.source == self.target:
            return None
        if self.direct and len(way := self._way(view)) > 2:
            between = enumerated([view.node(node).label for node in way[1:-1]])
            edges = tuple(view.edges_along(self.source, way[1], relation.name))
            return Excluded(edges, f"{self._stated(view, self.source)} only by way of {between}", way)
        if relation.polarity:
            edges = self._of_other_polarity(view)
            return Excluded(edges, self._said(view, edges)) if edges else None
        if relation.acyclic or relation.name in ONE_WAY:
            other = Holds(self.target, relation, self.source)
            if shown := other._shown(view):
                back = tuple(view.edges_along(self.target, self.source, relation.name))
                return Excluded(back, other._stated(view, self.target), tuple(one.id for one in shown[0].path))
        if relation.name == PART_OF:
            return self._elsewhere(view)
        listed = tuple(view.edges_from(self.source, relation.name)) if relation.answers_chain else ()
        takes_part = listed and any(edge.relation == relation.name for edge in view.edges_to(self.target))
        takes_part = takes_part or (listed and any(True for _ in view.edges_from(self.target, relation.name)))
        return Excluded(listed, self._said(view, listed)) if takes_part and not self._may_hold(view) else None

    def _elsewhere(self, view: View) -> Excluded | None:
        """What the source is part of, where that and the target have lists of parts, and nothing joins the two."""
        wholes = [edge for edge in view.edges_from(self.source, PART_OF) if view.kind(edge.target) not in HUBS]
        parts = {edge.source for edge in view.edges_to(self.target, PART_OF)}
        listed = all(len(list(view.edges_to(edge.target, PART_OF))) >= LISTED for edge in wholes)
        if not wholes or not listed or len(parts) < LISTED or self.source in _above(view, self.target):
            return None
        if any(self.target in _above(view, one) for one in called_after(view, self.source)):
            return None
        return Excluded(tuple(wholes), self._said(view, wholes))

    def _may_hold(self, view: View) -> bool:
        """Whether the target is a part, the whole or an example of something that the source requires, or so on."""
        seen, waiting = {self.source}, [self.source]
        for node in waiting:
            for key in (*view.edge_keys_from(node), *view.edge_keys_to(node)):
                other = key.target if key.source == node else key.source
                leads = key.relation in _INSIDE or (key.relation == self.relation.name and key.source == node)
                if leads and other not in seen:
                    seen.add(other)
                    waiting.append(other)
            if self.target in seen or len(seen) > MAX_LISTED:
                return True
        return False

    def _of_other_polarity(self, view: View) -> tuple[FoldedEdge, ...]:
        """The edges by which the source, or a statement about it, says the opposite of the target."""
        opposite = [one for one in view.vocabulary.relations.values() if one.polarity == -self.relation.polarity]
        edges = [edge for one in opposite for edge in stated_edges(view, self.target, one)]
        own = tuple(edge for edge in edges if edge.source == self.source)
        return own or tuple(edge for edge in edges if self._is_of_source(view, edge.source))

    def _said(self, view: View, edges: Sequence[FoldedEdge]) -> str:
        """What edges of one relation say, as a sentence."""
        if not edges:
            return ""
        relation = view.vocabulary.relations[edges[0].relation]
        sources = list(dict.fromkeys(edge.source for edge in edges))
        if len(sources) == 1:
            targets = dict.fromkeys(view.node(edge.target).label for edge in edges)
            return f"{subject(view, sources[0], relation.says)} {enumerated(list(targets))}"
        labels = [view.node(source).label for source in sources]
        return f"{subject(view, self.target, relation.inverse_says)}: {listed(labels)}"

    def _is_of_source(self, view: View, node: str) -> bool:
        """Whether a statement that speaks for or against the target is about the source."""
        about = (edge for edge in view.edges_between(node, self.source) if edge.relation == ABOUT)
        return self.relation.polarity != 0 and any(edge.source == node for edge in about)

    def pieces(self, view: View) -> Iterator[Piece]:
        """The relation and its two ends."""
        yield Piece("relation", self.relation.name)
        yield Piece("source", NodeName.of(view, self.source))
        yield Piece("target", NodeName.of(view, self.target))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Yes, and what the edge is said of: the source, or what has to do with it; no, and what is so instead."""
        excluded = None if self._shown(view) else self._excluded(view)
        if excluded is not None:
            return f"No: {excluded.says}."
        if len(found) == 1 and found[0].id:
            return f"Yes: {self._stated(view, found[0].id)}."
        return f"Yes. {Query.sentence(self, view, found)}"

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes, whether it is said of the source itself or of what is said about it; no where something excludes it."""
        if not found:
            return None
        return "yes" if self._shown(view) else "no"

    def lead(self, view: View) -> str:
        """What is said of the target: `TARGET is supported by`."""
        return subject(view, self.target, self.relation.inverse_says)

    def missing(self, view: View) -> str:
        """`whether SOURCE says TARGET`."""
        return f"whether {self._stated(view, self.source)}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The same ways: the second, or the third, where the first finds nothing."""
        if not self._shown(view) and self._excluded(view) is not None:
            raise NoSparql("a query says what is so; that something else excludes it only the program tells")
        step, source, target = names.path(self.relation), names.node(self.source), names.node(self.target)
        branches = [[is_node(source), f"?node {step} {target} ."]]
        if self.source != self.target and self.relation.polarity != 0:
            about = f"?node {names.relation(ABOUT)} {source} ."
            branches.append([f"?node {step} {target} .", about, f"FILTER NOT EXISTS {{ {source} {step} {target} }}"])
        elif self.source != self.target and self.relation.transitive and not self.direct:
            branches.append([is_node(source), f"?node {step}+ {target} ."])
        return [either(*branches)]

    def _stated(self, view: View, source: str) -> str:
        return f"{subject(view, source, self.relation.says)} {view.node(self.target).label}"


def _above(view: View, node: str) -> set[str]:
    """What a node is part of or an example of, and what these are."""
    seen, waiting = {node}, [node]
    for one in waiting:
        for relation in (PART_OF, EXAMPLE_OF):
            for edge in view.edges_from(one, relation):
                if edge.target not in seen and len(seen) <= MAX_LISTED:
                    seen.add(edge.target)
                    waiting.append(edge.target)
    return seen
