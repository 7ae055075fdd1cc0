"""The state of a lesson while rules read it: the nodes and edges so far, and whom the next words speak of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from conceptmap.notes.lesson.lesson_blocks import LessonBlock, Piece
from conceptmap.notes.lesson.list_intros import ListIntros
from conceptmap.notes.lesson.words import (
    LIST_NOUNS,
    NUMBERS,
    POINTING,
    capitalised,
    concept_key,
    is_spelled,
    lower_words,
    without_days,
)
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.rule_classes import RuleClass
from ontology.model import MAX_LABEL
from ontology.names import day_id, name_key
from ontology.terms import CLAIM, CONCEPT, DAY, METHOD, QUESTION

MAX_SAID = 1000
"""Characters of an item or a sentence that rules look at: a longer one is no label, and may be no language."""

MAX_LOOKED_UP = 200
"""How many names are counted on a page; each takes a look at all of it."""

MAX_WORDS_OF_TERM = 3
"""Words of a name that a sentence begins with; a longer one is nearly always made for that sentence."""

PROSE, LIST, TABLE_HEAD, TREE_LABEL = range(4)
"""How good a spelling is: that of a tree wins over that of a table, a list, running text."""

_FIRMER = {CONCEPT: {CLAIM, METHOD}}
"""Kinds that say more of a node than the one it was first found with."""


class Rule(NamedTuple):
    """A row of the table of rules: the class that its finds cite, the blocks it reads, and the function that does.

    The function takes the state and a block, and answers whether the block is read: then no further rule is asked.
    """

    rule_class: RuleClass
    reads: type[LessonBlock] | tuple[type[LessonBlock], ...]
    read: Callable[["LessonState", Any], bool]


@dataclass(slots=True)
class LessonNode:
    """A node that rules found, under its best spelling; `rule`: the class that found it first; `texts`: what the page
    says it is.
    """

    label: str
    kind: str
    line: Line
    rule: RuleClass
    rank: int
    spellings: list[str] = field(default_factory=list)
    formula: str | None = None
    texts: list[str] = field(default_factory=list)
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
    """An edge between two nodes, by their keys; `rule`: the class that found it first."""

    source: str
    relation: str
    target: str
    line: Line
    rule: RuleClass
    note: str | None = None


@dataclass(slots=True)
class LessonState:
    """What rules share. Nodes stand under the key of their words, so that the same words are the same node.

    `page_words`: all words of the page, in small letters and with a space around each. `rule_class`: of the rule that
    is asked now, which what it finds cites. `asking`: the next text may be the question that a prompt has announced.

    The others are keys of nodes. `source`: the text that the page speaks about; `thesis`: the idea that it argues for;
    `claim`: the latest claim; `listed`: the latest claim with reasons; `category`: what the latest examples were
    examples of; `statements`: claims of its opening and its syntheses; `closed`: questions whose subjects are told
    already; `behind_arrows`: what stands so in trees; `wholes`: on what each node of a tree hangs; `topic`: whom the
    last sentence speaks of, in words, and `topic_line` that of its text; `led`: the text before the next block;
    `other_names`: the keys of nodes by those of their other names; `waiting`: what is told of nodes, to be looked
    through for names at the end.

    For running text: `view`: the key of the claim or theory that the section argues for; `holder`: of who holds it;
    `told` and `opened` are words: the sentence before in its paragraph, and the first of it; `speaking`: the relation
    to the view of the sentences that follow, where one has announced it; `findings`: what the paragraph found before it
    came to a view.
    """

    day: int
    intros: ListIntros
    rules: Sequence[Rule]
    page_words: str
    rule_class: RuleClass
    asking: bool = False
    nodes: dict[str, LessonNode] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], LessonEdge] = field(default_factory=dict)
    source: str | None = None
    thesis: str | None = None
    claim: str | None = None
    listed: str | None = None
    category: str | None = None
    view: str | None = None
    holder: str | None = None
    told: str | None = None
    opened: str | None = None
    speaking: str | None = None
    findings: list[tuple[str, Line]] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    behind_arrows: set[str] = field(default_factory=set)
    topic: str | None = None
    topic_line: int = 0
    led: Piece | None = None
    wholes: dict[str, str] = field(default_factory=dict)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    other_names: dict[str, str] = field(default_factory=dict)
    _joined: set[frozenset[str]] = field(default_factory=set)
    _looked_up: int = 0
    _by_stems: dict[tuple[str, ...], str] = field(default_factory=dict)
    _stemmed: int = 0

    def ask(self, block: LessonBlock) -> bool:
        """Ask the rules that read such a block, in the order of the table, until one has read it; whether one has."""
        outer = self.rule_class
        try:
            for rule in self.rules:
                if isinstance(block, rule.reads):
                    self.rule_class = rule.rule_class
                    if rule.read(self, block):
                        return True
        finally:
            self.rule_class = outer
        return False

    def node(
        self,
        label: str,
        kind: str,
        line: Line,
        *,
        rank: int = LIST,
        key: str | None = None,
        rule: RuleClass | None = None,
    ) -> str | None:
        """The key of the node with this label, new if need be; None where the words cannot be a label.

        `rank`: how good the spelling is. `key`: where words are no key, as in formulas. `rule`: where what is found
        belongs to another class than the rule that is asked. `(Day 5)` in a label is no part of it.
        """
        label = " ".join(label.split() if kind == QUESTION else without_days(label).split())
        key = key or concept_key(label)
        key = self.other_names.get(key, key)
        if not key or not label or len(label) > MAX_LABEL or not any(map(str.isalnum, label)):
            return None
        label = capitalised(label) if kind != DAY else label
        found = self.nodes.get(key)
        if found is None:
            found = self.nodes[key] = LessonNode(label, kind, line, rule or self.rule_class, rank)
        elif kind in _FIRMER.get(found.kind, ()):
            found.kind = kind
        if rank > found.rank:
            found.label, found.rank = label, rank
        found.spellings.append(label)
        return key

    def day_node(self, day: int, line: Line) -> str:
        """The key of a day."""
        key = day_id(day)
        self.nodes.setdefault(key, LessonNode(f"Day {day}", DAY, line, self.rule_class, TREE_LABEL))
        return key

    def today(self, line: Line) -> str:
        """The key of the page's own day."""
        return self.day_node(self.day, line)

    def edge(
        self,
        source: str | None,
        relation: str,
        target: str | None,
        line: Line,
        *,
        note: str | None = None,
        rule: RuleClass | None = None,
    ) -> None:
        """Join two nodes; nothing where an end was not found, or where an edge says so already."""
        if source is None or target is None or source == target:
            return
        edge = LessonEdge(source, relation, target, line, rule or self.rule_class, note)
        self.edges.setdefault((source, relation, target), edge)
        self._joined.add(frozenset((source, target)))

    def are_joined(self, one: str, other: str) -> bool:
        """Whether any edge joins two nodes."""
        return frozenset((one, other)) in self._joined

    def known(self, words: str) -> str | None:
        """The key of a node that these words name."""
        key = concept_key(words)
        key = self.other_names.get(key, key)
        return key if key in self.nodes else None

    def like(self, words: str) -> str | None:
        """The key of a node whose words differ from these by their endings only: `decoders`, `decoding`."""
        found = self.known(words)
        if found is not None:
            return found
        *front, last = lower_words(words) or [""]
        if last in LIST_NOUNS and is_spelled(words.rpartition(" ")[0]) and (named := self.known(" ".join(front))):
            return named
        stems = [self.intros.stem(word) for word in (*front, last)]
        for key in islice(self.nodes, self._stemmed, None):
            self._by_stems.setdefault(tuple(map(self.intros.stem, key.split())), key)
        self._stemmed = len(self.nodes)
        return self._by_stems.get(tuple(stems))

    def call(self, key: str, name: str) -> None:
        """Give a node another name, unless a node has it."""
        other = concept_key(name)
        if other and other not in self.nodes:
            self.other_names.setdefault(other, key)
            self.nodes[key].spellings.append(capitalised(name))

    def may_name(self, name: str, text: str) -> bool:
        """Whether the words that a clause gives for a thing are worth a node: known, or the page's own word for it.

        `text`: where they stand. A name is spelled as one, said more than once, or used without an article: what the
        text says of `mortar` holds of all mortar, and what it says of `the wall` of one wall.
        """
        if self.like(name):
            return True
        count, first = len(name.split()), lower_words(text)[:1]
        if first and first[0] in NUMBERS | POINTING:
            return False
        if is_spelled(name) or self.times_said(name) > 1:
            return True
        bare = count > 1 or not name.endswith("s") or name.endswith(("ss", "us", "is"))
        return bare and count <= MAX_WORDS_OF_TERM and text.lower().startswith(name.lower())

    def times_said(self, words: str) -> int:
        """How often the page says these words, whatever their capitals and punctuation."""
        if self._looked_up >= MAX_LOOKED_UP:
            return 0
        self._looked_up += 1
        return self.page_words.count(f" {' '.join(lower_words(words))} ")

    def argued(self) -> str | None:
        """What evidence speaks for or against: the idea argued for, else the latest claim."""
        return self.thesis or self.claim
