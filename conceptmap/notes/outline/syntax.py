"""The outline of a note, before any name is looked up, and the explicit syntax of a line that fills it."""

import datetime
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from conceptmap.notes.lesson import Lesson
from conceptmap.notes.page.citations import Cited
from conceptmap.notes.page.dialects.dialect import without_tags
from conceptmap.notes.page.inline import ARROW, is_chain, plain, shown
from conceptmap.notes.page.markdown import Line, Source, Table
from conceptmap.notes.page.tree import TreeNode
from conceptmap.notes.values import Position
from ontology.hints import meant, misspelt
from ontology.model import CompetencyQuestion
from ontology.names import day_id, name_key, singular, without_pictographs
from ontology.terms import DAY
from ontology.values import JsonValue
from ontology.vocabulary import Cue, Direction, Relation, Vocabulary

MAX_KEY = 60
"""Characters of a field's key or of the words before a heading's colon: what is longer is a sentence."""

_ARROW = re.compile(r"\s*(?:-{1,2}>|→|⟶|⇒|=>)\s*")
_ID = re.compile(r"\{#([^\s{}]+)\}\s*\Z")
KEY = re.compile(r"[^\W\d_][\w'’ -]*")
"""The key of a field: words that begin with a letter."""

_SEPARATORS = re.compile(r"[\s,;&+.]*+(?:\band\b[\s,;&+.]*)?")
_CHECKBOX = re.compile(r"\[[ xX]\]\s+")
_ONE_COLON = re.compile(r"[*_]*([^\W\d_][\w'’ -]*?)[*_]*\s*[:：][*_]*\s*(?=\[\[)")
_TAG = re.compile(r"#[^\W\d][\w/-]*")
_ANCHOR = re.compile(r"[a-z0-9_-]+")


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
        self._verbs = {
            name_key(verb): Direction(relation=relation, inverse=inverse)
            for relation in reversed(list(vocabulary.relations.values()))
            if DAY not in relation.targets or len(relation.targets) > 1
            for inverse, verbs in ((True, relation.inverse_verbs), (False, relation.verbs))
            for verb in verbs
            if any(map(str.isalpha, verb))
        }

    def kind(self, word: str) -> str | None:
        """The kind that a word before a colon means; a Day is told by its number, never by a prefix."""
        kind = self._kinds.get(name_key(word)) if word else None
        return kind if kind != DAY else None

    def field(self, line: Line) -> "Field | None":
        """The field that a line is, if it is one; also with a single colon, between a relation and a link."""
        if found := field_of(line):
            return found
        begin = _ONE_COLON.match(line.masked, _begin(line)) if line.links else None
        if begin is None or line.links[0].start != begin.end() or self.vocabulary.direction(begin[1]) is None:
            return None
        value, targets = line.text[begin.end() :].strip(), targets_behind(line, begin.end())
        return Field(begin[1], value, line, line.column + begin.start(1), targets, None)

    def linked(self, line: Line) -> "tuple[CueRule, tuple[Target, ...]] | None":
        """What an item says that is words of a relation, links and a remark: `needs [[Flour]] (to thicken)`.

        Such items stand in the notes of Basic Memory, which writes the words with underscores too (`depends_on`).
        """
        first = line.links[0] if line.links else None
        if first is None or not 0 < first.start <= MAX_KEY:
            return None
        words = line.masked[: first.start].replace("_", " ").strip(" *")
        direction = self.direction(words)
        between = (line.text[one.end : other.start] for one, other in pairwise(line.links))
        behind = line.text[line.links[-1].end :].strip(" .")
        if direction is None or not all(map(_SEPARATORS.fullmatch, between)):
            return None
        if behind and not (behind.startswith("(") and behind.endswith(")")):
            return None
        targets = (target._replace(note=(target.note or "").strip("() ") or None) for target in targets_behind(line, 1))
        return CueRule(direction.relation, Cue(words=(words,), inverse=direction.inverse)), tuple(targets)

    def joining(self, field: "Field") -> str:
        """The words between the two links of a field that names an edge, `[[A]] supports [[B]]`; else empty."""
        line = Line.read(field.value)
        if len(line.links) != 2 or line.links[0].start != 0:
            return ""
        first, second = line.links
        words = line.text[first.end : second.start].replace("_", " ").strip(" *,;&")
        return words if name_key(words) not in ("", "and") else ""

    def direction(self, words: str) -> Direction | None:
        """The relation that words name, or mean as a verb."""
        return self.vocabulary.direction(words) or self._verbs.get(name_key(words))

    def verb(self, words: str) -> CueRule | None:
        """The relation that a verb means, for which a field may have it in the place of the relation's name."""
        direction = self._verbs.get(name_key(words))
        return CueRule(direction.relation, Cue(words=(words,), inverse=direction.inverse)) if direction else None

    def near_kind(self, word: str) -> str:
        """The question whether a kind is meant by a word that is by a letter or two none; empty where none is."""
        key = name_key(word)
        if len(key) > MAX_KEY or self.kind(word) or self.cue(word) or singular(key) in self._kinds:
            return ""
        return meant([self._kinds[one] for one in misspelt(key, self._kinds)])

    def near_cue(self, words: str) -> str:
        """The question whether a cue is meant by words that are by a letter or two none; empty where none is."""
        key = name_key(words)
        return "" if len(key) > MAX_KEY or self.cue(words) else meant(misspelt(key, self._cues))

    def kind_names(self) -> tuple[str, ...]:
        """The kinds that a note may give to a node."""
        return tuple(kind for kind in self.vocabulary.kinds if kind != DAY)

    def cue(self, words: str) -> CueRule | None:
        """The rule of a list that stands under these words, whatever pictures stand beside them."""
        return self._cues.get(name_key(without_pictographs(words))) if words else None


class Target(NamedTuple):
    """A link as an end of an edge, with where it stands and what is said of it."""

    name: str
    position: Position
    note: str | None


@dataclass(slots=True, eq=False)
class Topic:
    """A heading or item that is a node, or may become one when another note names it.

    `last`: its last line in the file; `kind_at`: where its kind is stated; `explicit_id`: as written in braces, `id` as
    given to it when all names are known; `title`: the page's own heading, which stands for the day unless something
    names it; `declared`: the note itself makes it a node; `suggested`: the cue above it does.
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
class Entry:
    """A term, an item of a list or a row of a table: its name, what is said of it, and what hangs on it."""

    label: str
    line: Line
    last: int
    gist: str | None = None
    listed: bool = False
    entries: list["Entry"] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Section:
    """What stands from one heading to the next.

    `label`: the topic that the heading names, empty where it names none; `first` and `last`: its lines; `gist`: its
    first sentence; `parent`: the section around it; `duration`: how long it takes, as the heading says in brackets.
    """

    label: str
    line: Line
    first: int
    last: int
    level: int
    parent: "Section | None" = None
    duration: str | None = None
    gist: str | None = None
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """All that one note, or one section of a diary, says.

    `page`: the topic that stands for the day; `first` and `last`: its lines in the file; `own_part`: it names its part
    itself; `undated`: it belongs to no day, and its page stands for a concept of its title; `day_name`: what its author
    calls the day, `date`: when that was; `course`: the map that it names, and where; `anchors`: the lines that links
    may name, by their names; `markdown`: all lines of the file as Markdown, the front matter blank; `said_as`: links
    by the words that they show in place of a name; `roots`: those of all its trees; `lesson_ids`: the node of each of
    the lesson's finds; `citations`: what the note cites; `references`: what a bibliography refers to, by its keys.
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
    undated: bool = False
    day_name: str | None = None
    date: datetime.date | None = None
    course: tuple[str, Position] | None = None
    anchors: Mapping[str, int] = field(default_factory=dict)
    markdown: tuple[str, ...] = ()
    questions: tuple[CompetencyQuestion, ...] = ()
    topics: list[Topic] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    steps: list[tuple[Target, Relation, Target]] = field(default_factory=list)
    """Edges that the note undercuts."""
    arrows: list[Arrow] = field(default_factory=list)
    prose: list[tuple[Topic, Target, Line]] = field(default_factory=list)
    said_as: dict[str, Target] = field(default_factory=dict)
    cues: list[CueList] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    roots: list[TreeNode] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    lesson: Lesson | None = None
    lesson_ids: dict[str, str] = field(default_factory=dict)
    citations: list[Cited] = field(default_factory=list)
    references: dict[str, Topic] = field(default_factory=dict)

    @property
    def whole(self) -> str:
        """The id of what the note as a whole is: its day, or the topic that an undated one is."""
        return self.page.id if self.undated else day_id(self.day)

    def meant_by(self, words: str) -> str:
        """What a link of this note leads to that shows these words, `[[Retarding|cold proof]]`; else the words."""
        target = self.said_as.get(name_key(words))
        return target.name if target else words

    def typed_lines(self) -> Iterator[int]:
        """The lines where a person typed what is meant: fields, arrows between links, kinds, ids, lists of links.

        A list under a cue belongs to the typed topic above it, whose lines they are too.
        """
        yield from (statement.line.number for statement in self.statements)
        yield from (arrow.line.number for arrow in self.arrows)
        yield from (topic.line.number for topic in self.topics if topic.declared and topic is not self.page)
        for cue in self.cues:
            owner = cue.topic.owner()
            typed = owner is not None and owner.declared and owner is not self.page
            yield from (item.line.number for item in cue.items if typed or item.target)

    def take_lesson(self, lesson: Lesson, lines: Container[int]) -> None:
        """Leave the lists, chains and trees of these lines to what the rules for lessons made of them."""
        self.lesson = lesson
        self.cues = [cue for cue in self.cues if not any(item.line.number in lines for item in cue.items)]
        self.chains = [chain for chain in self.chains if chain.line.number not in lines]
        self.topics = [topic for topic in self.topics if topic.heading or topic.line.number not in lines]
        trees = [root for roots in lesson.trees for root in roots]
        self.roots = [*(root for root in self.roots if root.line.number not in lines), *trees]
        self.roots.sort(key=lambda root: root.line.number)

    @property
    def text(self) -> str:
        """The note as text."""
        return "\n".join(self.source.lines[self.first - 1 : self.last])

    @property
    def path(self) -> str:
        """The file, as messages show it."""
        return self.source.path


class Field(NamedTuple):
    """`key:: value`, perhaps behind a subject of its own; `value` as written, `targets` its links."""

    key: str
    value: str
    line: Line
    column: int
    targets: tuple[Target, ...]
    subject: Target | None


class Label(NamedTuple):
    """The words of a heading or item: all of them, those before and behind the first colon, and the explicit id."""

    whole: str
    prefix: str
    rest: str
    id: str | None


def field_of(line: Line) -> Field | None:
    """The field that a line is, if it is one.

    >>> field = field_of(Line.read("requires:: [[Yeast]] to rise"))
    >>> field.key, field.targets[0].name, field.targets[0].note
    ('requires', 'Yeast', 'to rise')
    """
    start, subject = _begin(line), None
    middle = line.masked.find("::", start)
    if middle <= start:
        return None
    if line.links and (own := line.links[0]).start == start and own.end <= middle:
        start, subject = own.end, Target(own.name, line.position, None)
    raw = line.masked[start:middle]
    key = raw.strip().strip("*_").strip()
    after = middle + 2
    while line.masked[after : after + 1] in ("*", "_"):
        after += 1
    next_char = line.masked[after : after + 1]
    if len(key) > MAX_KEY or not KEY.fullmatch(key) or not (next_char in ("", "[") or next_char.isspace()):
        return None
    column = line.column + start + len(raw) - len(raw.lstrip())
    value = line.text[after:].strip()
    return Field(" ".join(key.split()), value, line, column, targets_behind(line, after), subject)


def _begin(line: Line) -> int:
    """Where the words of a line begin: behind the box of a task."""
    box = _CHECKBOX.match(line.masked) if line.masked.startswith("[") else None
    return box.end() if box else 0


def targets_behind(line: Line, after: int) -> tuple[Target, ...]:
    """The links behind a position, each with its note: words behind the last alone are said of all."""
    links = [link for link in line.links if link.start >= after]
    if not links:
        return ()
    ends = [*(link.start for link in links[1:]), len(line.text)]
    notes = [_note(line.text[link.end : end]) for link, end in zip(links, ends, strict=True)]
    if not any(notes[:-1]):
        notes = [notes[-1]] * len(links)
    return tuple(Target(link.name, line.place_of(link), note) for link, note in zip(links, notes, strict=True))


def _note(text: str) -> str | None:
    text = without_tags(text, _TAG) if "#" in text else text
    if _SEPARATORS.fullmatch(text):
        return None
    return shown(text).strip(" ,;:–—-") or None


def arrows_of(line: Line) -> list[tuple[Target, Target]]:
    """The pairs that `[[A]] -> [[B]] -> [[C]]` joins; words behind the chain are its note."""
    if len(line.links) < 2 or not ("->" in line.masked or "=>" in line.masked or ARROW.search(line.masked)):
        return []
    links = line.links
    joined = [
        (one, other)
        for one, other in pairwise(links)
        if (between := line.masked[one.end : other.start]).strip() and _ARROW.fullmatch(between)
    ]
    note = _note(line.text[links[-1].end :]) if joined and links[0].start == 0 else None
    return [
        (Target(one.name, line.place_of(one), None), Target(other.name, line.place_of(other), note))
        for one, other in joined
    ]


def chain_of(line: Line) -> list[str]:
    """The parts of a line that is nothing but short names joined by arrows.

    >>> chain_of(Line.read("compute → lower loss → skill"))
    ['compute', 'lower loss', 'skill']
    """
    arrows = [arrow.span() for arrow in ARROW.finditer(line.masked)]
    begins, ends = [0, *(end for _, end in arrows)], [*(start for start, _ in arrows), len(line.text)]
    parts = [plain(line.text[begin:end]).strip(" .") for begin, end in zip(begins, ends, strict=True)] if arrows else []
    return parts if is_chain(parts) else []


def prose_links(line: Line) -> Iterator[Target]:
    """The links of a line of running text."""
    return (Target(link.name, line.place_of(link), None) for link in line.links)


def label_of(line: Line) -> Label:
    """Take the id off a heading or item and part it at its colon; the prefix is empty where there is none.

    >>> label_of(Line.read("Claim: Time beats kneading {#time}"))[1:]
    ('Claim', 'Time beats kneading', 'time')
    """
    found = _ID.search(line.masked) if line.masked.endswith("}") else None
    line, id = (line.until(found.start()), found[1]) if found else (line, None)
    if line.text.startswith("[[") and line.links and (line.links[0].start, line.links[0].end) == (0, len(line.text)):
        return Label(line.links[0].name, "", line.links[0].name, id)
    whole = plain(_CHECKBOX.sub("", line.text, count=1) if line.text.startswith("[") else line.text)
    prefix, colon, rest = whole.replace("：", ":", 1).partition(":")
    if not colon or len(prefix) > MAX_KEY:
        return Label(whole, "", whole, id)
    return Label(whole, prefix.strip(), rest.strip(), id)


def without_anchor(line: Line) -> Line:
    """A heading's line without an anchor behind it, such as `[[install]]`."""
    last = line.links[-1] if line.links else None
    anchor = (
        last and last.start > 0 and last.end == len(line.text) and _ANCHOR.fullmatch(line.text[last.start + 2 : -2])
    )
    return line.until(last.start) if last and anchor else line


def without_stop(label: str) -> str:
    """An item's words without the full stop that ends them; an ellipsis or abbreviation keeps its own."""
    return label[:-1] if label.endswith(".") and label.count(".") == 1 else label
