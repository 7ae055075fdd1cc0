"""What the stored map knows, without the parts that the notes now loaded replace."""

from collections.abc import Iterator, Set
from typing import NamedTuple

from graphs.fold import Asserted, PartKey
from graphs.view import View
from ontology.model import Edge, EdgeKey, Node
from ontology.names import name_key
from ontology.terms import INTRODUCED_ON


class StoredNode(NamedTuple):
    """A node as the other parts of the map say it."""

    kind: str
    label: str


class Stored:
    """The map as the notes see it."""

    def __init__(self, known: View, replaced: Set[PartKey]) -> None:
        self._known = known
        self._replaced = replaced

    def node(self, node: str) -> StoredNode | None:
        """The node of this id: definitions over mentions, the newest word."""
        said = list(self._said(node))
        newest = next((one for one in reversed(said) if not one.item.mention), said[-1] if said else None)
        return StoredNode(newest.item.kind, newest.item.label) if newest else None

    def named(self, name: str) -> list[str]:
        """The ids of the nodes that have this label or alias."""
        key = name_key(name)
        return [node for node in sorted(self._known.fold.names.get(key, ())) if self._has_name(node, key)]

    def labelled(self, node: str, key: str) -> bool:
        """Whether a node's label (not only an alias) is this name."""
        return any(name_key(one.item.label) == key for one in self._said(node) if not one.item.mention)

    def defines(self, node: str, day: int) -> bool:
        """Whether a part of a day up to this one says more of a node than that it exists."""
        return any(one.day <= day and not one.item.mention for one in self._said(node))

    def gist(self, node: str, day: int) -> str | None:
        """The gist of a node as of a day."""
        gists = [one.item.data.get("gist") for one in self._said(node) if one.day <= day and not one.item.mention]
        return next((gist for gist in reversed(gists) if isinstance(gist, str)), None)

    def joining(self, one: str, other: str, day: int) -> list[EdgeKey]:
        """The edges between two nodes, either way, that parts of days up to this one assert."""
        fold = self._known.fold
        keys = [key for key in fold.outgoing.get(one, ()) if key.target == other]
        keys += [key for key in fold.outgoing.get(other, ()) if key.target == one]
        return [key for key in keys if any(asserted.day <= day for asserted in self._kept(key))]

    def introduced(self, node: str) -> bool:
        """Whether it is stated on which day a node was introduced."""
        keys = [key for key in self._known.fold.outgoing.get(node, ()) if key.relation == INTRODUCED_ON]
        return any(asserted.item.origin.how == "stated" for key in keys for asserted in self._kept(key))

    def names(self) -> Iterator[str]:
        """Every name there is, as its key; for suggestions."""
        return (key for key, nodes in self._known.fold.names.items() if any(map(self.node, nodes)))

    def _said(self, node: str) -> Iterator[Asserted[Node]]:
        return (one for one in self._known.fold.nodes.get(node, ()) if self._counts(one))

    def _kept(self, key: EdgeKey) -> Iterator[Asserted[Edge]]:
        return (one for one in self._known.fold.edges.get(key, ()) if self._counts(one))

    def _counts(self, one: Asserted[Node] | Asserted[Edge]) -> bool:
        return self._known.sees(one.day) and PartKey(one.day, one.part) not in self._replaced

    def _has_name(self, node: str, key: str) -> bool:
        return any(key in map(name_key, (one.item.id, one.item.label, *one.item.aliases)) for one in self._said(node))
