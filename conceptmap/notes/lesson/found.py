"""What rules find in a lesson: nodes by the key of their words, and edges between them, each with its line and rule."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from conceptmap.notes.lesson.words import capitalised, concept_key
from conceptmap.notes.page.blocks import Line
from ontology.model import MAX_LABEL
from ontology.names import day_id, name_key
from ontology.terms import CLAIM, CONCEPT, DAY, METHOD

PROSE, LIST, TABLE_HEAD, TREE_LABEL = range(4)
"""How good a spelling is: that of a tree wins over that of a table, a list, running text."""

_FIRMER = {CONCEPT: {CLAIM, METHOD}}


@dataclass(slots=True)
class FoundNode:
    """A node that rules found, under its best spelling."""

    label: str
    kind: str
    line: Line
    rule: str
    rank: int
    spellings: list[str] = field(default_factory=list)
    formula: str | None = None
    data: dict[str, str] = field(default_factory=dict)

    @property
    def aliases(self) -> list[str]:
        """The other spellings, where they are other names and not only other capitals."""
        kept = {name_key(self.label): self.label}
        for spelling in self.spellings:
            kept.setdefault(name_key(spelling), spelling)
        return [one for one in kept.values() if one != self.label]


@dataclass(frozen=True, slots=True)
class FoundEdge:
    """An edge between two found nodes, by their keys."""

    source: str
    relation: str
    target: str
    line: Line
    rule: str
    note: str | None = None


class Found:
    """Collects what is found; the same words are the same node."""

    def __init__(self, day: int) -> None:
        self.day = day
        self.nodes: dict[str, FoundNode] = {}
        self.edges: dict[tuple[str, str, str], FoundEdge] = {}
        self._joined: set[frozenset[str]] = set()

    def node(
        self, label: str, kind: str, line: Line, rule: str, rank: int = LIST, key: str | None = None
    ) -> str | None:
        """The key of the node with this label, new if need be; None where the words cannot be a label."""
        label = " ".join(label.split())
        key = key or concept_key(label)
        if not key or not label or len(label) > MAX_LABEL or not any(map(str.isalnum, label)):
            return None
        label = capitalised(label) if kind != DAY else label
        found = self.nodes.get(key)
        if found is None:
            found = self.nodes[key] = FoundNode(label, kind, line, rule, rank)
        elif kind in _FIRMER.get(found.kind, ()):
            found.kind = kind
        if rank > found.rank:
            found.label, found.rank = label, rank
        found.spellings.append(label)
        return key

    def nodes_of(self, labels: Iterable[str], kind: str, line: Line, rule: str) -> list[str]:
        """The keys of several nodes."""
        return [key for label in labels if (key := self.node(label, kind, line, rule))]

    def day_node(self, day: int, line: Line, rule: str) -> str:
        """The key of a day."""
        key = day_id(day)
        self.nodes.setdefault(key, FoundNode(f"Day {day}", DAY, line, rule, TREE_LABEL))
        return key

    def today(self, line: Line, rule: str) -> str:
        """The key of the page's own day."""
        return self.day_node(self.day, line, rule)

    def edge(
        self, source: str | None, relation: str, target: str | None, line: Line, rule: str, note: str | None = None
    ) -> None:
        """Join two nodes; nothing where an end was not found."""
        if source is None or target is None or source == target:
            return
        self.edges.setdefault((source, relation, target), FoundEdge(source, relation, target, line, rule, note))
        self._joined.add(frozenset((source, target)))

    def are_joined(self, one: str, other: str) -> bool:
        """Whether any edge joins two nodes."""
        return frozenset((one, other)) in self._joined

    def known(self, words: str) -> str | None:
        """The key of a node that these words name."""
        key = concept_key(words)
        return key if key in self.nodes else None
