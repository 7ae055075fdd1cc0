"""Fields: `key:: value` lines, sorted into relations, reserved keys and the user's own data."""

from collections.abc import Callable

from conceptmap.notes.outline.grammar import Grammar
from conceptmap.notes.outline.near import did_you_mean
from conceptmap.notes.outline.topics import Outline, Statement, Topic
from conceptmap.notes.page.blocks import Items, Paragraph
from conceptmap.notes.page.syntax import Field, Target, links_of, plain, prose_links, shown
from conceptmap.notes.values import Findings
from ontology.model import MAX_LABEL
from ontology.names import name_key

_DATA_KEYS = ("gist", "domain")


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
        elif field.subject is not None and self._grammar.direction(field.key) is None:
            self._unknown(field)
        elif reserved := self._reserved.get(name_key(field.key)):
            reserved(field, topic)
        elif name_key(field.key) in _DATA_KEYS:
            self._data(field, topic)
        elif direction := self._grammar.direction(field.key):
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
            if item.blocks and isinstance(head := item.blocks[0], Paragraph):
                line = head.lines[0]
                links = links_of(line)
                note = shown(line.text[links[-1].end :]).strip(" ,;:–—-.") if links else ""
                targets = tuple(Target(one.name, one.position, note or None) for one in prose_links(line))
                self.read(field._replace(value=line.text, line=line, column=line.column, targets=targets), topic, False)
        return 1

    def give_up(self) -> None:
        """Wait no longer for a list; a relation without a target is a problem."""
        if self.waiting is not None and self._grammar.direction(self.waiting[0].key):
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
