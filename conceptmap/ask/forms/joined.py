"""What stands at a relation to others that are described, or to so many: `sources cited by evidence on A`."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from conceptmap.ask.form import Account, Query
from conceptmap.ask.found import Found, Piece, cited, in_course_order, stated_edges
from conceptmap.ask.saying import in_sentence, several
from conceptmap.ask.sparql import NoSparql, ShortNames, group, one_of
from graphs.view import FoldedEdge, View
from ontology.vocabulary import Relation


@dataclass(frozen=True, slots=True)
class AtRelation(Query):
    """What stands at one end of a relation; `inverse`: the source, of which the target is told."""

    relation: Relation
    inverse: bool

    def account(self, view: View) -> Account:
        """The relation too."""
        return Query.account(self, view) | Account(relations=frozenset([self.relation.name]))

    def find(self, view: View) -> list[Found]:
        """What stands there, in the order of the course, each cited by its edges."""
        return self.find_among(view, self._ends(view))

    def find_among(self, view: View, keys: Set[str]) -> list[Found]:
        """The same of some nodes."""
        found = []
        for node in self._ends(view) & keys:
            if edges := self._edges(view, node):
                found.append(cited(view, view.node(node), edges=edges))
        return in_course_order(found)

    def missing(self, view: View) -> str:
        """The lead as a clause."""
        return in_sentence(self.lead(view))

    @property
    def _says(self) -> str:
        return self.relation.says if self.inverse else self.relation.inverse_says

    def _ends(self, view: View) -> set[str]:
        table = view.all_neighbours(self.relation.name, inverse=not self.inverse)
        return {node for node in table if view.has_node(node)}

    def _edges(self, view: View, node: str) -> Sequence[FoldedEdge]:
        """The edges of a node that make it an answer; none where it is none."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Joined(AtRelation):
    """What a relation joins to any of what another query finds."""

    among: Query

    def pieces(self, view: View) -> Iterator[Piece]:
        """The relation, and what describes the others."""
        yield Piece("relation", self._says)
        yield Piece("to", in_sentence(self.among.lead(view)))
        yield from self.among.pieces(view)

    def lead(self, view: View) -> str:
        """`What is cited by this: EVIDENCE ABOUT A`."""
        return f"What {self._says} any of these: {in_sentence(self.among.lead(view))}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The others in a scope of their own, and the edge."""
        step = names.path(self.relation)
        others = f"{{ SELECT DISTINCT (?node AS ?other) WHERE {group(self.among.patterns(view, names))} }}"
        return [others, f"?node {step} ?other ." if self.inverse else f"?other {step} ?node ."]

    def _ends(self, view: View) -> set[str]:
        beside = view.all_neighbours(self.relation.name, inverse=self.inverse)
        others = self.among.keys(view)
        return {node for other in others if other in beside for node in beside[other] if view.has_node(node)}

    def _edges(self, view: View, node: str) -> Sequence[FoldedEdge]:
        others = self.among.keys(view)
        edges = stated_edges(view, node, self.relation, inverse=self.inverse)
        return [edge for edge in edges if edge.other(node) in others]


@dataclass(frozen=True, slots=True)
class Numbered(AtRelation):
    """What a relation joins to so many others (of some kinds): at least `low`, at most `high` (None: any number)."""

    low: int
    high: int | None = None
    of_kinds: tuple[str, ...] = ()

    def pieces(self, view: View) -> Iterator[Piece]:
        """The relation and the number."""
        yield Piece("relation", self._says)
        yield Piece("number", self._number)
        if self.of_kinds:
            yield Piece("kinds", self.of_kinds)

    def lead(self, view: View) -> str:
        """`What is cited by at least two`."""
        others = " or ".join(map(several, self.of_kinds)) or "others"
        return f"What {self._says} {self._number} {others if self.low > 1 or self.of_kinds else 'other'}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The nodes with so many edges."""
        if self.relation.symmetric:
            raise NoSparql("the edges of a relation that goes both ways are counted by the program")
        step = names.path(self.relation)
        edge = f"?node {step} ?other ." if self.inverse else f"?other {step} ?node ."
        kinds, kind = (
            one_of("?otherKind", map(names.kind, names.narrower(self.of_kinds))) if self.of_kinds else ([], "")
        )
        edges = " ".join([*kinds, *([f"?other a {kind} ."] if kind else []), edge])
        count = "COUNT(DISTINCT ?other)"
        bounds = [f"{count} >= {self.low}", *([f"{count} <= {self.high}"] if self.high is not None else [])]
        return [f"{{ SELECT ?node WHERE {{ {edges} }} GROUP BY ?node HAVING ({' && '.join(bounds)}) }}"]

    @property
    def _number(self) -> str:
        if self.high is None:
            return f"at least {self.low}"
        return f"exactly {self.low}" if self.low == self.high else f"{self.low} to {self.high}"

    def _edges(self, view: View, node: str) -> Sequence[FoldedEdge]:
        kinds = view.vocabulary.within(self.of_kinds)
        stated = stated_edges(view, node, self.relation, inverse=self.inverse)
        edges = [edge for edge in stated if not kinds or view.kind(edge.other(node)) in kinds]
        number = len({edge.other(node) for edge in edges})
        return edges if self.low <= number and (self.high is None or number <= self.high) else []
