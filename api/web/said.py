"""Who said what, where and when: the cards that the panel shows besides a node's own."""

from dataclasses import dataclass

from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from ontology.model import EdgeKey


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
