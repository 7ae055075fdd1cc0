"""Yes or no: `does A VERB B?` is read with the other questions about relations (see `related`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from conceptmap.ask.form import Account, Query, Verdict, Wanted
from conceptmap.ask.found import Found, NodeName, Piece, cited, stated_edges, subject
from conceptmap.ask.sparql import ShortNames, either, is_node
from graphs.view import View
from graphs.walks import reach, steps_to
from ontology.terms import ABOUT
from ontology.vocabulary import Relation


@dataclass(frozen=True, slots=True)
class Holds(Query):
    """Whether an edge exists."""

    source: str
    relation: Relation
    target: str
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth"])

    def account(self, view: View) -> Account:
        """The relation too."""
        return Query.account(self, view) | Account(relations=frozenset([self.relation.name]))

    def find(self, view: View) -> list[Found]:
        """The source, if the edge is there; else a statement about it that has the edge; else the source of a chain."""
        if stated := view.edges_along(self.source, self.target, self.relation.name):
            return [cited(view, view.node(self.source), edges=stated)]
        if self.source == self.target:
            return []
        said = ((edge.other(self.target), edge) for edge in stated_edges(view, self.target, self.relation))
        if about := [(node, edge) for node, edge in said if self._is_of_source(view, node)]:
            return [cited(view, view.node(node), edges=(edge,)) for node, edge in about]
        came_from = reach(view, self.source, self.relation.name) if self.relation.transitive else {}
        if self.target not in came_from:
            return []
        return [cited(view, view.node(self.source), path=steps_to(came_from, self.source, self.target))]

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
        """Yes, and what the edge is said of: the source, or what has to do with it."""
        if len(found) == 1 and found[0].id:
            return f"Yes: {self._stated(view, found[0].id)}."
        return f"Yes. {Query.sentence(self, view, found)}"

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes, whether it is said of the source itself or of what is said about it."""
        return "yes" if found else None

    def lead(self, view: View) -> str:
        """What is said of the target: `TARGET is supported by`."""
        return subject(view, self.target, self.relation.inverse_says)

    def missing(self, view: View) -> str:
        """`whether SOURCE says TARGET`."""
        return f"whether {self._stated(view, self.source)}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The same ways: the second, or the third, where the first finds nothing."""
        step, source, target = names.path(self.relation), names.node(self.source), names.node(self.target)
        branches = [[is_node(source), f"?node {step} {target} ."]]
        if self.source != self.target and self.relation.polarity != 0:
            about = f"?node {names.relation(ABOUT)} {source} ."
            branches.append([f"?node {step} {target} .", about, f"FILTER NOT EXISTS {{ {source} {step} {target} }}"])
        elif self.source != self.target and self.relation.transitive:
            branches.append([is_node(source), f"?node {step}+ {target} ."])
        return [either(*branches)]

    def _stated(self, view: View, source: str) -> str:
        return f"{subject(view, source, self.relation.says)} {view.node(self.target).label}"
