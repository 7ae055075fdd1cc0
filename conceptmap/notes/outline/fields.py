"""The explicit syntax of a line (links, fields, arrows, ids, kind prefixes), and fields sorted into what they say."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from conceptmap.notes.outline.topics import Grammar, Outline, Statement, Target, Topic
from conceptmap.notes.page.blocks import Items, Line
from conceptmap.notes.page.inline import ARROW, is_chain, plain, shown
from conceptmap.notes.values import Findings
from ontology.hints import did_you_mean
from ontology.model import MAX_LABEL
from ontology.names import name_key

MAX_KEY = 60
"""Characters of a field's key or of the words before a heading's colon: what is longer is a sentence."""

_DATA_KEYS = ("gist", "domain")
"""Keys that are the node's own even where their value is a link."""
_ARROW = re.compile(r"\s*(?:-{1,2}>|→|⟶|⇒|=>)\s*")
_ID = re.compile(r"\{#([^\s{}]+)\}\s*\Z")
_KEY = re.compile(r"[^\W\d_][\w'’ -]*")
_SEPARATORS = re.compile(r"[\s,;&+.]*(?:\band\b)?[\s,;&+.]*")
_CHECKBOX = re.compile(r"\[[ xX]\]\s+")
_ANCHOR = re.compile(r"[a-z0-9_-]+")


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
    middle = line.masked.find("::")
    if middle < 1:
        return None
    start, subject = 0, None
    if line.links and (own := line.links[0]).start == 0 and own.end <= middle:
        start, subject = own.end, Target(own.name, line.position, None)
    raw = line.masked[start:middle]
    key = raw.strip().strip("*_").strip()
    after = middle + 2
    while line.masked[after : after + 1] in ("*", "_"):
        after += 1
    next_char = line.masked[after : after + 1]
    if len(key) > MAX_KEY or not _KEY.fullmatch(key) or not (next_char in ("", "[") or next_char.isspace()):
        return None
    column = line.column + start + len(raw) - len(raw.lstrip())
    value = line.text[after:].strip()
    return Field(" ".join(key.split()), value, line, column, _targets(line, after), subject)


def _targets(line: Line, after: int) -> tuple[Target, ...]:
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
    if line.links and (line.links[0].start, line.links[0].end) == (0, len(line.text)):
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


class FieldReader:
    """Reads the fields of one note into its outline.

    A field without a value waits for the list below it: each of its items is then a value.
    """

    def __init__(self, outline: Outline, grammar: Grammar, findings: Findings) -> None:
        self._outline = outline
        self._grammar = grammar
        self._findings = findings
        self.waiting: tuple[Field, Topic] | None = None
        self._reserved: dict[str, Callable[[Field, Topic], None]] = {
            "kind": self._kind,
            "alias": self._alias,
            "aliases": self._alias,
            "formula": self._formula,
            "text": self._text,
        }

    def read(self, field: Field, topic: Topic, list_follows: bool) -> None:
        """Read one field of a topic, or of the subject that stands in it."""
        if field.subject is None and not topic.title:
            topic.declared = topic.declared or topic.heading
        self.give_up()
        if not field.value and list_follows:
            self.waiting = field, topic
        elif field.subject is not None and self._grammar.vocabulary.direction(field.key) is None:
            self._unknown(field)
        elif reserved := self._reserved.get(name_key(field.key)):
            reserved(field, topic)
        elif name_key(field.key) in _DATA_KEYS:
            self._data(field, topic)
        elif direction := self._grammar.vocabulary.direction(field.key):
            if not field.targets:
                self._no_target(field)
            self._outline.statements.append(
                Statement(topic, field.subject, direction, field.targets, field.line, field.column)
            )
        elif field.targets and field.value.startswith("[["):
            self._unknown(field)
        else:
            self._data(field, topic)

    def take_list(self, items: Items) -> int:
        """Give the field that waits each item of the list below it as a value."""
        if self.waiting is None:
            return 0
        field, topic = self.waiting
        self.waiting = None
        for item in items.items:
            if item.head:
                line = item.head.lines[0]
                links = line.links
                note = shown(line.text[links[-1].end :]).strip(" ,;:–—-.") if links else ""
                targets = tuple(Target(one.name, one.position, note or None) for one in prose_links(line))
                self.read(field._replace(value=line.text, line=line, column=line.column, targets=targets), topic, False)
        return 1

    def give_up(self) -> None:
        """Wait no longer for a list; a relation without a target is a problem."""
        if self.waiting is not None and self._grammar.vocabulary.direction(self.waiting[0].key):
            self._no_target(self.waiting[0])
        self.waiting = None

    def _no_target(self, field: Field) -> None:
        self._problem(field, f"{field.key!r} names no target", f"write {field.key}:: [[Name]]")

    def _problem(self, field: Field, what: str, hint: str) -> None:
        self._findings.problem(self._outline.path, (field.line.number, field.column), what, hint)

    def _unknown(self, field: Field) -> None:
        names = self._grammar.vocabulary.direction_names
        self._problem(field, f"unknown relation {field.key!r}", did_you_mean(field.key, names))

    def _kind(self, field: Field, topic: Topic) -> None:
        kind = self._grammar.kind(plain(field.value))
        if kind is None:
            hint = did_you_mean(field.value, self._grammar.kind_names())
            self._problem(field, f"unknown kind {field.value!r}", hint or "see the list of kinds")
        elif topic.kind is not None and topic.kind != kind and topic.kind_at is not None:
            line, column = topic.kind_at
            what = f"{topic.label!r} is a {kind} here, but a {topic.kind} at {self._outline.path}:{line}:{column}"
            self._problem(field, what, "keep one kind")
        else:
            topic.kind, topic.kind_at = kind, (field.line.number, field.column)

    def _alias(self, field: Field, topic: Topic) -> None:
        for alias in map(plain, field.value.split(",")):
            if len(alias) > MAX_LABEL:
                self._problem(field, f"an alias has at most {MAX_LABEL} characters", "shorten it")
            elif alias and alias not in topic.aliases:
                topic.aliases.append(alias)

    def _formula(self, field: Field, topic: Topic) -> None:
        former, topic.formula = topic.formula, field.value.strip("$ ") or topic.formula
        if former and former != topic.formula:
            topic.texts.append(f"$${former}$$")

    def _text(self, field: Field, topic: Topic) -> None:
        if text := shown(field.value):
            topic.texts.append(text)

    def _data(self, field: Field, topic: Topic) -> None:
        key, value = field.key.lower(), shown(field.value)
        if not value:
            return
        before = topic.data.get(key)
        if before is None:
            topic.data[key] = value
        else:
            topic.data[key] = [*before, value] if isinstance(before, list) else [before, value]
