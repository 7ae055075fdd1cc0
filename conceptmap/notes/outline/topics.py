"""The outline of a note: its topics and what is said of them, before any name is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import JsonValue

from conceptmap.notes.lesson import Lesson
from conceptmap.notes.page.blocks import Line, Table
from conceptmap.notes.page.markdown import Source
from conceptmap.notes.page.tree import TreeNode
from conceptmap.notes.values import Position
from ontology.names import name_key
from ontology.terms import DAY
from ontology.vocabulary import Cue, Direction, Relation, Vocabulary


class CueRule(NamedTuple):
    """A cue with the relation that its list states."""

    relation: Relation
    cue: Cue


class Grammar:
    """What the vocabulary says about notes, indexed: words of kinds, and the cues that head lists."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._kinds: Mapping[str, str] = {key: kind.name for key, kind in vocabulary.kind_by_prefix.items()}
        self._cues = {
            name_key(words): CueRule(relation, cue)
            for relation in reversed(list(vocabulary.relations.values()))
            for cue in relation.cues
            if not cue.in_lessons
            for words in cue.words
        }

    def kind(self, word: str) -> str | None:
        """The kind that a word before a colon means; a Day is told by its number, never by a prefix."""
        kind = self._kinds.get(name_key(word)) if word else None
        return kind if kind != DAY else None

    def kind_names(self) -> tuple[str, ...]:
        """The kinds that a note may give to a node."""
        return tuple(kind for kind in self.vocabulary.kinds if kind != DAY)

    def cue(self, words: str) -> CueRule | None:
        """The rule of a list that stands under these words."""
        return self._cues.get(name_key(words)) if words else None


class Target(NamedTuple):
    """A link as an end of an edge, with what is said of it."""

    name: str
    position: tuple[int, int]
    note: str | None


@dataclass(slots=True, eq=False)
class Topic:
    """A heading or item that is a node, or may become one when another note names it.

    `title`: the page's own heading, which stands for the day unless something names it.
    """

    label: str
    line: Line
    last: int
    parent: "Topic | None" = None
    kind: str | None = None
    kind_at: Position | None = None
    explicit_id: str | None = None
    heading: bool = False
    title: bool = False
    declared: bool = False
    suggested: CueRule | None = None
    aliases: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formula: str | None = None
    data: dict[str, JsonValue] = field(default_factory=dict)
    id: str = ""

    @property
    def is_node(self) -> bool:
        """Whether the topic stands for a node: its own, or the day's."""
        return self.declared or self.title or self.suggested is not None

    def owner(self) -> "Topic | None":
        """The nearest topic that is a node: this one or one above it."""
        topic: Topic | None = self
        while topic is not None and not topic.is_node:
            topic = topic.parent
        return topic


class Statement(NamedTuple):
    """A relation field: its subject (a topic, or a name of its own), its targets and where it stands."""

    topic: Topic
    subject: Target | None
    direction: Direction
    targets: tuple[Target, ...]
    line: Line
    column: int


class Arrow(NamedTuple):
    """`[[A]] -> [[B]]`."""

    source: Target
    target: Target
    line: Line


class CueItem(NamedTuple):
    """An item of a list under a cue: a topic of its own, or a link to another node."""

    topic: Topic | None
    target: Target | None
    line: Line


class CueList(NamedTuple):
    """A list under a cue, and the topic that it is about."""

    topic: Topic
    rule: CueRule
    items: tuple[CueItem, ...]


class Chain(NamedTuple):
    """Plain names joined by arrows."""

    parts: tuple[str, ...]
    line: Line


@dataclass(slots=True)
class Outline:
    """All that one note, or one section of a diary, says.

    `page`: the topic that stands for the day; `first` and `last`: its lines in the file; `own_part`: it names its part
    itself; `dayless`: its day is not known, so that it is read for its problems and names alone; `course`: the map that
    it names, and where; `roots`: those of all its trees; `lesson_ids`: the node of each of the lesson's finds.
    """

    source: Source
    day: int
    part: str
    page: Topic
    title: str | None = None
    units: tuple[str, ...] = ()
    data: dict[str, JsonValue] = field(default_factory=dict)
    first: int = 1
    last: int = 1
    own_part: bool = False
    dayless: bool = False
    course: tuple[str, Position] | None = None
    topics: list[Topic] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    prose: list[tuple[Topic, Target, Line]] = field(default_factory=list)
    cues: list[CueList] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    roots: list[TreeNode] = field(default_factory=list)
    lesson: Lesson | None = None
    lesson_ids: dict[str, str] = field(default_factory=dict)

    @property
    def is_annotated(self) -> bool:
        """Whether a person typed the note: it has a field, a link, an id or a kind somewhere."""
        return bool(self.statements or self.arrows or self.prose) or any(topic.declared for topic in self.topics)

    def take_lesson(self, lesson: Lesson) -> None:
        """Leave lists, chains and trees to what the rules for lessons made of them."""
        self.lesson = lesson
        self.cues, self.chains = [], []
        self.topics = [topic for topic in self.topics if topic.heading]
        self.roots = [root for roots in lesson.trees for root in roots]

    @property
    def path(self) -> str:
        """The file, as messages show it."""
        return self.source.path
