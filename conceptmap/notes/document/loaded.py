"""What is known beside a note: the notes loaded with it and the stored map, as of the note's day."""

from collections.abc import Sequence

from conceptmap.notes.document.builder import Builder, Index
from conceptmap.notes.document.stored import Stored
from ontology.model import EdgeKey
from ontology.terms import INTRODUCED_ON


class Loaded:
    """The notes loaded together, with all that they state, and the stored map."""

    def __init__(self, builders: Sequence[Builder], index: Index, stored: Stored) -> None:
        self._index = index
        self._stored = stored
        self._introduced = {
            key.source
            for builder in builders
            for key, draft in builder.edges.items()
            if key.relation == INTRODUCED_ON and draft.origin.how == "stated"
        }

    def defined_elsewhere(self, node: str, own: Builder) -> bool:
        """Whether another note of a day up to this note's says more of a node than that it exists."""
        day = own.outline.day
        others = (one for one in self._index.nodes.get(node, ()) if one is not own and one.outline.day <= day)
        return any(not other.nodes[node].mention for other in others) or self._stored.defines(node, day)

    def joining(self, one: str, other: str, day: int) -> list[EdgeKey]:
        """The edges between two nodes, either way, as of a day."""
        noted = self._index.between.get(frozenset((one, other)), {})
        return [key for key, first in noted.items() if first <= day] + self._stored.joining(one, other, day)

    def gist(self, node: str, day: int) -> object:
        """The gist of a claim as of a day."""
        builders = sorted(self._index.nodes.get(node, ()), key=lambda one: (one.outline.day, one.outline.part))
        drafts = [builder.nodes[node] for builder in builders if builder.outline.day <= day]
        gists = [draft.data["gist"] for draft in drafts if "gist" in draft.data]
        return gists[-1] if gists else self._stored.gist(node, day)

    def introduced(self, node: str) -> bool:
        """Whether it is stated on which day a node was introduced."""
        return node in self._introduced or self._stored.introduced(node)
