"""What pages show of edges: who says one, which nodes are set against each other, and since when a node is shown."""

from dataclasses import dataclass

from conceptmap.values import Citation, FoldedEdge, FoldedNode, View, cite
from ontology.model import EdgeKey
from ontology.terms import CONTRASTS_WITH


@dataclass(frozen=True, slots=True)
class EdgeCard:
    """Two nodes and what joins them by one relation: one edge, or one for each dimension of a comparison."""

    source: FoldedNode
    relation: str
    says: str
    target: FoldedNode
    edges: tuple[FoldedEdge, ...]

    @property
    def first(self) -> int:
        """The first day that says so."""
        return min(edge.days[0] for edge in self.edges)

    @property
    def last(self) -> int:
        """The last day that says so."""
        return max(edge.days[-1] for edge in self.edges)

    def cites(self) -> list[Citation]:
        """Where it is said."""
        return list(dict.fromkeys(cite(one) for edge in self.edges for one in edge.assertions))


def edge_card(view: View, newest: View, key: EdgeKey | None) -> tuple[EdgeCard | None, int | None]:
    """The card of an edge; where it is not there yet, the day on which it comes up."""
    if key is None:
        return None, None
    if found := _edges(view, key):
        relation = view.vocabulary.relations.get(key.relation)
        says = relation.says if relation else key.relation
        one = found[0]
        return EdgeCard(view.node(one.source), one.relation, says, view.node(one.target), found), None
    later = _edges(newest, key)
    return None, min((edge.days[0] for edge in later), default=None)


def since(view: View, node: str) -> int:
    """The day from which on a node is shown: when it is introduced; a mere mention on an earlier day does not count."""
    return max(view.introduced_on(node) or 0, view.node(node).days[0])


def node_gone(newest: View, name: str) -> FoldedNode | None:
    """The node of this name that only a later day has."""
    found = newest.named(name)
    return newest.node(found[0]) if len(found) == 1 else None


def _edges(view: View, key: EdgeKey) -> tuple[FoldedEdge, ...]:
    if not (view.has_node(key.source) and view.has_node(key.target)):
        return ()
    joining = view.edges_between(key.source, key.target)
    symmetric = key.relation in view.vocabulary.relations and view.vocabulary.relations[key.relation].symmetric
    return tuple(edge for edge in joining if edge.relation == key.relation and (symmetric or edge.source == key.source))


@dataclass(frozen=True, slots=True)
class Difference:
    """A dimension with the value of each side, and where it is said."""

    dimension: str
    values: tuple[str, str]
    note: str | None
    day: int
    cite: Citation


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two nodes and all in which they differ."""

    first: FoldedNode
    second: FoldedNode
    differences: tuple[Difference, ...]

    @property
    def dimensions(self) -> list[Difference]:
        """The differences that name a dimension."""
        return [one for one in self.differences if one.dimension]


def contrasts(view: View) -> list[Contrast]:
    """All pairs that are set against each other, those with most dimensions first."""
    pairs: dict[frozenset[str], list[FoldedEdge]] = {}
    for edge in view.edges(CONTRASTS_WITH):
        pairs.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    found = [_contrast(view, edges) for edges in pairs.values()]
    return sorted(found, key=lambda one: (-len(one.differences), one.first.label, one.second.label))


def _contrast(view: View, edges: list[FoldedEdge]) -> Contrast:
    """In the order of the notes."""
    edges = sorted(edges, key=lambda one: (one.days[0], one.assertions[0].item.origin.lines or (0, 0)))
    first = edges[0].source
    return Contrast(view.node(first), view.node(edges[0].target), tuple(_difference(edge, first) for edge in edges))


def _difference(edge: FoldedEdge, first: str) -> Difference:
    values = (edge.values.source, edge.values.target) if edge.values else ("", "")
    sides = values if edge.source == first else (values[1], values[0])
    return Difference(edge.dimension or "", sides, edge.note, edge.days[0], cite(edge.assertions[-1]))
