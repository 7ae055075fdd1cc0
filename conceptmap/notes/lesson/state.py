"""What rules find in a lesson: nodes by the key of their words, and edges between them, each with its line and rule."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from conceptmap.notes.lesson.list_intros import Leads
from conceptmap.notes.lesson.words import capitalised, concept_key, lower_words
from conceptmap.notes.page.blocks import Line
from ontology.model import MAX_LABEL
from ontology.names import day_id, name_key
from ontology.terms import CLAIM, CONCEPT, DAY, METHOD

PROSE, LIST, TABLE_HEAD, TREE_LABEL = range(4)
"""How good a spelling is: that of a tree wins over that of a table, a list, running text."""

_FIRMER = {CONCEPT: {CLAIM, METHOD}}


@dataclass(slots=True)
class LessonNode:
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
class LessonEdge:
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
        self.nodes: dict[str, LessonNode] = {}
        self.edges: dict[tuple[str, str, str], LessonEdge] = {}
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
            found = self.nodes[key] = LessonNode(label, kind, line, rule, rank)
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
        self.nodes.setdefault(key, LessonNode(f"Day {day}", DAY, line, rule, TREE_LABEL))
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
        self.edges.setdefault((source, relation, target), LessonEdge(source, relation, target, line, rule, note))
        self._joined.add(frozenset((source, target)))

    def are_joined(self, one: str, other: str) -> bool:
        """Whether any edge joins two nodes."""
        return frozenset((one, other)) in self._joined

    def known(self, words: str) -> str | None:
        """The key of a node that these words name."""
        key = concept_key(words)
        return key if key in self.nodes else None


MAX_SAID = 1000
"""Characters of an item or a sentence that rules look at: a longer one is no label, and may be no language."""

MAX_LOOKED_UP = 200
"""How many names are counted on a page; each takes a look at all of it."""


@dataclass(slots=True)
class Page:
    """What rules share: the finds, the leads, and whom the next words speak of.

    `thesis`: the name of the idea that the page argues about; `claim`: the latest claim; `listed`: the latest claim
    with reasons; `category`: what the latest examples were examples of; `names`: spellings of names that count as
    topics, with how often the page says them; `closed`: questions whose subjects are told already.
    """

    found: Found
    leads: Leads
    text_key: str
    thesis: str | None = None
    source: str | None = None
    claim: str | None = None
    listed: str | None = None
    category: str | None = None
    statements: list[str] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    asking: bool = False
    looked_up: int = 0

    def times_said(self, words: str) -> int:
        """How often the page says these words, whatever their capitals and punctuation."""
        if self.looked_up >= MAX_LOOKED_UP:
            return 0
        self.looked_up += 1
        return self.text_key.count(f" {' '.join(lower_words(words))} ")

    def target_of_evidence(self) -> str | None:
        """What evidence speaks for or against: the idea argued about, else the latest claim."""
        return self.thesis or self.claim
