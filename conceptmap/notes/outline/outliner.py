"""From blocks to an outline: which blocks are topics, what their fields say, and the lists under cues."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from conceptmap.notes.outline.inline_fields import inline_fields, without
from conceptmap.notes.outline.sections import is_generic
from conceptmap.notes.outline.syntax import (
    Arrow,
    Chain,
    CueItem,
    CueList,
    CueRule,
    Field,
    Grammar,
    Label,
    Outline,
    Statement,
    Target,
    Topic,
    arrows_of,
    chain_of,
    label_of,
    prose_links,
    without_anchor,
    without_stop,
)
from conceptmap.notes.outline.texts import LONG_TEXT, Texts
from conceptmap.notes.page.front import titled_day
from conceptmap.notes.page.inline import plain, runs_on, shown
from conceptmap.notes.page.markdown import (
    Block,
    Code,
    Formula,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Quote,
    Table,
    compared,
)
from conceptmap.notes.page.tree import MAX_DEPTH, is_tree, read_tree
from conceptmap.notes.values import Findings, Position
from ontology.hints import did_you_mean, meant, misspelt
from ontology.model import MAX_LABEL
from ontology.names import is_id, name_key, one_of_kind
from ontology.study_fields import MINUTES, minutes_in
from ontology.terms import ARGUMENT, EVIDENCE, PREMISE_OF, UNDERCUTS
from ontology.vocabulary import Direction

_FORMULA = re.compile(r"\$([^$]+)\$")
_DATA_KEYS = ("gist", "domain")
"""Keys that are the node's own even where their value is a link."""

MAX_CUE = 100
"""Characters of a line that may be a cue with its markup; a longer one is a sentence, and is not even looked up."""

MAX_WORDS_OF_NAME = 8
"""Words of an item that is the subject of relations below it; more of them are a sentence."""

MAX_WORDS_OF_DOMAIN = 3
"""Words before a colon that name the domain of evidence (`Deep learning: …`); more of them are part of what is said."""

_REMARK = re.compile(r"\[([A-Za-z][\w -]{1,29})\]\s+(\S.*)", re.DOTALL)
_TAG = re.compile(r"(?<!\S)#([^\W\d][\w/-]*)")
_SENTENCE = re.compile(r"[.!?]\s")
_NOTE = re.compile(r"\s*(?:[-–—:(,;].*)?")


class Outliner:
    """Walks the blocks of one note and fills its outline."""

    def __init__(self, outline: Outline, grammar: Grammar, findings: Findings) -> None:
        self._outline = outline
        self._grammar = grammar
        self._findings = findings
        self._fields = FieldReader(outline, grammar, findings)
        self._texts = Texts(outline.markdown, outline.first, outline.last)
        self._cues = CueReader(self, outline, grammar)
        self._above: list[tuple[int, Topic]] = []
        self._headed = False

    def read(self, blocks: Sequence[Block]) -> None:
        """Fill the outline from all blocks of the note."""
        topic, index, begin = self._outline.page, 0, self._outline.first
        if self._outline.undated:
            self._outline.topics.append(topic)
        while index < len(blocks):
            block = blocks[index]
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            if isinstance(block, Heading):
                self._texts.give(topic, begin, block.line.number - 1)
                topic, used = self._heading(block, following)
                begin = block.last + 1
            else:
                used = self._block(block, following, topic, text=True)
            index += 1 + used
            topic.last = max(topic.last, blocks[index - 1].last)
        self._texts.give(topic, begin, self._outline.last)
        self._texts.fill()

    def walk(self, blocks: Sequence[Block], topic: Topic, *, text: bool) -> None:
        """Read blocks nested in a topic; `text`: they stand in no list, where a formula would be an item's."""
        index = 0
        while index < len(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            index += 1 + self._block(blocks[index], following, topic, text=text)

    def _block(self, block: Block, following: Block | None, topic: Topic, *, text: bool) -> int:
        """Read one block; answers how many of the following blocks were read with it."""
        match block:
            case Paragraph():
                return self._paragraph(block.lines, following, topic, text=text)
            case Heading():
                return self._paragraph((block.line,), following, topic, text=text)
            case Items():
                for item in block.items:
                    self._item(item, topic)
            case Quote():
                self.walk(block.blocks, topic, text=text)
            case Table():
                self._table(block, topic)
                if block.behind:
                    return self._paragraph(block.behind, following, topic, text=text)
            case Formula():
                if self._formula(block.text, topic):
                    self._texts.take(block.line.number, block.last)
            case Code() if block.info.split()[:1] == [LONG_TEXT]:
                topic.declared = topic.declared or (topic.heading and bool(topic.label))
                topic.texts.append(self._texts.long_text(block))
                self._texts.take_block(block)
            case Code() if is_tree(block):
                self._tree(block)
                self._texts.take_block(block)
            case Code():
                self._texts.keep(block)
        return 0

    def _paragraph(self, lines: Sequence[Line], following: Block | None, topic: Topic, *, text: bool) -> int:
        """Read lines of running text: fields, arrows and formulas, a cue for the list below, and text."""
        words = [line for line in lines if not self._statement(line, following, topic)]
        used = 0
        if words and isinstance(following, Items) and (rule := self._cues.rule(words[-1])):
            self._texts.take(words[-1].number, words[-1].number)
            self._texts.take_block(following)
            self._cues.read(following, rule, topic)
            words, used = words[:-1], 1
        elif isinstance(following, Items) and self._fields.waiting:
            used = self._fields.take_list(following)
            self._texts.take_block(following)
        elif words and isinstance(following, Items):
            self._misspelt_cue(words[-1])
        self._fields.give_up()
        if words:
            self._words(words, topic, text=text)
        return used

    def _words(self, words: Sequence[Line], topic: Topic, *, text: bool) -> None:
        joined = " ".join(line.text for line in words)
        if (formula := _FORMULA.fullmatch(joined)) and text:
            if self._formula(formula[1].strip(), topic):
                self._texts.take(words[0].number, words[-1].number)
        elif not runs_on([line.text for line in words]) and any(chains := [chain_of(line) for line in words]):
            found = list(zip(chains, words, strict=True))
            for parts, line in found:
                if parts:
                    self._outline.chains.append(Chain(tuple(parts), line))
                    self._texts.take(line.number, line.number)
            if rest := [line for parts, line in found if not parts]:
                self._words(rest, topic, text=text)
        else:
            self._links(words, topic)

    def _links(self, lines: Sequence[Line], topic: Topic) -> None:
        """Note the links of running text."""
        for line in lines:
            self._outline.prose.extend((topic, target, line) for target in prose_links(line))
            for link in line.links:
                if link.shown and name_key(link.shown) != name_key(link.name):
                    self._outline.said_as.setdefault(name_key(link.shown), Target(link.name, line.place_of(link), None))

    def _statement(self, line: Line, following: Block | None, topic: Topic) -> bool:
        """Read a line that is a field or an arrow, or holds fields; answers whether it is nothing else."""
        is_read = self._is_statement(line, following, topic)
        if is_read:
            self._texts.take(line.number, line.number)
        return is_read

    def _is_statement(self, line: Line, following: Block | None, topic: Topic) -> bool:
        if found := self._grammar.field(line):
            return self._fields.read(found, topic, isinstance(following, Items))
        inside = inline_fields(line)
        for one in inside:
            self._fields.read_inside(one.field, topic)
        if inside and not any(map(str.isalnum, without(line, inside).text)):
            return True
        arrows = arrows_of(line)
        self._outline.arrows.extend(Arrow(source, target, line) for source, target in arrows)
        return bool(arrows) and line.masked.startswith("[[")

    def _table(self, table: Table, topic: Topic) -> None:
        """Note a table and the links in its cells; a field there would not say of what it is one."""
        self._outline.tables.append(table)
        compares = bool(compared(table))
        if compares:
            self._texts.take(table.rows[0][0].number, table.rows[-1][0].number)
        for number, row in enumerate(table.rows):
            for cell in row if number or not compares else ():
                line = Line.read(cell.text, *cell.position)
                self._links([line], topic)
                for found in (self._grammar.field(line), *(one.field for one in inline_fields(line))):
                    if found and self._grammar.vocabulary.direction(found.key):
                        what = f"the field {found.key!r} in a table is not read"
                        self._warn((line.number, found.column), what, "write it on a line of its own")

    def _misspelt_cue(self, line: Line) -> None:
        words = plain(line.text) if len(line.masked) <= MAX_CUE else ""
        if words.endswith((":", "：")) and (near := self._grammar.near_cue(words[:-1])):
            self._warn(line.position, f"{words!r} heads no list of a known kind", near)

    def _warn(self, position: Position, what: str, hint: str) -> None:
        self._findings.warn(self._outline.path, position, what, hint)

    def _tree(self, block: Code) -> None:
        tree = read_tree(block.lines)
        self._outline.roots += tree.roots
        if tree.too_deep is not None:
            what = f"left out: the tree is more than {MAX_DEPTH} levels deep"
            self._findings.warn(self._outline.path, tree.too_deep.position, what, "begin another tree there")

    @staticmethod
    def _formula(formula: str, topic: Topic) -> bool:
        """Whether this is the topic's formula: the first is, another one is text."""
        topic.formula = topic.formula or formula or None
        return formula == topic.formula

    def _heading(self, block: Heading, following: Block | None) -> tuple[Topic, int]:
        """A topic for a heading; a cue for a heading gives the list below it to the topic above."""
        if self._is_field(block.line):
            above = self._above[-1][1] if self._above else self._outline.page
            return above, self._paragraph((block.line,), following, above, text=True)
        while self._above and self._above[-1][0] >= block.level:
            self._above.pop()
        parent = self._above[-1][1] if self._above else self._outline.page
        line, inside = block.line, inline_fields(block.line)
        words = without_anchor(without(line, inside))
        topic = self._labelled(label_of(words), line, block.last, parent)
        topic.heading = True
        topic.title = self._is_title(block, topic)
        if topic.title and self._outline.undated:
            topic = self._outline.page
            topic.line = line
        else:
            self._outline.topics.append(topic)
        self._above.append((block.level, topic))
        self._links([line._replace(links=words.links)], topic)
        for one in inside:
            self._fields.read_inside(one.field, topic)
        if not topic.declared and isinstance(following, Items) and (rule := self._cues.heading_rule(topic, following)):
            self._texts.take_block(following)
            self._cues.read(following, rule, topic)
            return topic, 1
        return topic, 0

    def _is_field(self, line: Line) -> bool:
        """Whether a heading is a field of the topic above it; with a key that means nothing it is a heading."""
        found = self._grammar.field(line)
        if found is None or self._grammar.vocabulary.direction(found.key) or self._fields.is_reserved(found.key):
            return found is not None
        self._warn((line.number, found.column), "a field in a heading is not read", "write it on a line of its own")
        return False

    def _is_title(self, block: Heading, topic: Topic) -> bool:
        """Whether a heading stands for the day: it heads the page, or names this very day."""
        first, self._headed = not self._headed, True
        named = titled_day(topic.label) if "day" in topic.label.lower() else None
        own = named is not None and named.day == self._outline.day
        return not topic.declared and (own or (first and block.level == 1))

    def _labelled(self, label: Label, line: Line, last: int, parent: Topic) -> Topic:
        """A topic from the words of a heading or item: declared if it has a kind prefix or an id."""
        kind = self._grammar.kind(label.prefix) if label.rest else None
        topic = Topic(label.rest if kind else label.whole, line, last, parent, kind=kind, kind_at=line.position)
        if kind is None and label.rest and label.prefix and (near := self._grammar.near_kind(label.prefix)):
            self._warn(line.position, f"{label.prefix!r} is no kind, but words of the label", near)
        if label.id is not None:
            topic.explicit_id = label.id if is_id(label.id) else None
            if topic.explicit_id is None:
                what = f"{label.id!r} is no id"
                hint = "use letters, digits, '-' and '_', beginning with a letter or digit"
                self._findings.problem(self._outline.path, line.position, what, hint)
            topic.label = topic.label or label.id
        topic.declared = kind is not None or topic.explicit_id is not None
        return topic

    def _item(self, item: Item, topic: Topic) -> None:
        head, following = item.head, item.blocks[1] if len(item.blocks) > 1 else None
        if head and len(head.lines) == 1 and (self._linked(head.lines[0], topic) or self._remark(head.lines[0], topic)):
            self.walk(item.blocks[1:], topic, text=False)
            return
        found = None
        if head and not self._grammar.field(head.lines[0]) and not self._is_arrow(head.lines[0]):
            cue = isinstance(following, Items) and self._cues.rule(head.lines[-1])
            found = None if cue else self.item_topic(item, head, topic)
        if head and found:
            self.read_item(found, item, head)
        else:
            self.walk(item.blocks, topic, text=False)

    def _linked(self, line: Line, topic: Topic) -> bool:
        """Read an item that says in words how a topic bears on what it links."""
        found = None if self._grammar.field(line) else self._grammar.linked(line)
        if found is None:
            return False
        topic.declared = topic.declared or (topic.heading and not topic.title and not is_generic(topic.label))
        rule, targets = found
        self._outline.cues.append(CueList(topic, rule, tuple(CueItem(None, target, line) for target in targets)))
        return True

    @staticmethod
    def _remark(line: Line, topic: Topic) -> bool:
        """Read an item such as `[fact] Rye rises slowly #grain`: text of the topic, whose tags are data."""
        found, owner = _REMARK.fullmatch(line.text), topic.owner()
        if found is None or owner is None or owner.title:
            return False
        tags = _TAG.findall(found[2])
        owner.texts.append(shown(" ".join(_TAG.sub("", found[2]).split())))
        known = owner.data.get("tags", [])
        if tags and isinstance(known, list):
            owner.data["tags"] = list(dict.fromkeys([*known, *tags]))
        return True

    def item_topic(self, item: Item, head: Paragraph, parent: Topic, *, cued: bool = False) -> Topic | None:
        """The topic that an item is: it has a kind prefix, an id, fields of its own, or stands under a cue."""
        words = [without(line, inline_fields(line)) for line in head.lines if not self._grammar.field(line)]
        label = label_of(Line.joined(words) if words else Line.read(""))
        topic = self._labelled(label, head.lines[0], item.last, parent)
        topic.label = without_stop(topic.label)
        topic.declared = topic.declared or (bool(topic.label) and self._has_fields(item, head, topic.label))
        if not topic.declared and not (cued and topic.label):
            return None
        self._outline.topics.append(topic)
        return topic

    def read_item(self, topic: Topic, item: Item, head: Paragraph) -> None:
        """Read what an item that is a topic says: links in its label, its fields, all that is nested."""
        for line in head.lines:
            if not self._statement(line, item.blocks[1] if len(item.blocks) > 1 else None, topic):
                self._links([line], topic)
        rest = item.blocks[1:]
        if rest and isinstance(rest[0], Items) and self._fields.waiting:
            self._texts.take_block(rest[0])
            rest = rest[self._fields.take_list(rest[0]) :]
        self._fields.give_up()
        self.walk(rest, topic, text=True)
        self._texts.take(head.lines[0].number, head.lines[-1].number)
        self._texts.give(topic, head.lines[-1].number + 1, item.last, head.lines[0].column - 1)

    def _has_fields(self, item: Item, head: Paragraph, label: str) -> bool:
        """Whether fields stand in the item's own lines, or as items or lines directly below it.

        Data of one's own says that a name is a thing, and not that a sentence is one.
        """
        lines = list(head.lines[1:])
        for block in item.blocks[1:]:
            if isinstance(block, Paragraph):
                lines += block.lines
            elif isinstance(block, Items):
                lines += [one.head.lines[0] for one in block.items if one.head]
        found = [field for field in map(self._grammar.field, lines) if field and field.subject is None]
        if any(map(self._fields.has_meaning, found)):
            return True
        words = not _SENTENCE.search(label)
        linked = any(map(self._grammar.linked, lines)) and len(label.split()) <= MAX_WORDS_OF_NAME
        return words and (bool(found) or linked)

    @staticmethod
    def _is_arrow(line: Line) -> bool:
        return line.masked.startswith("[[") and bool(arrows_of(line))


class CueReader:
    """Finds cues and reads the lists below them."""

    def __init__(self, reader: Outliner, outline: Outline, grammar: Grammar) -> None:
        self._reader = reader
        self._outline = outline
        self._grammar = grammar

    def rule(self, line: Line) -> CueRule | None:
        """The rule of a line that is a cue and nothing else: `Evidence:`, `**Examples**:`."""
        if len(line.masked) > MAX_CUE or (":" not in line.masked and "：" not in line.masked):
            return None
        words = plain(line.text)
        return self._grammar.cue(words[:-1]) if words.endswith((":", "：")) else None

    def heading_rule(self, topic: Topic, items: Items) -> CueRule | None:
        """The rule of a heading that is a cue, if the list below it holds no fields of the heading's own."""
        rule = self._grammar.cue(topic.label.rstrip(":："))
        fields = any(item.head and self._grammar.field(item.head.lines[0]) for item in items.items)
        return None if fields else rule

    def read(self, items: Items, rule: CueRule, topic: Topic, domain: str | None = None) -> None:
        """Read the list below a cue for the topic above it."""
        found: list[CueItem] = []
        for item in items.items:
            found += self._item(item, rule, topic, domain)
        self._outline.cues.append(CueList(topic, rule, tuple(found)))

    def _item(self, item: Item, rule: CueRule, topic: Topic, domain: str | None) -> list[CueItem]:
        head = item.head
        if head is None or self._grammar.field(head.lines[0]):
            self._reader.walk(item.blocks, topic, text=False)
            return []
        line = head.lines[0]
        if targets := _only_links(line):
            self._reader.walk(item.blocks[1:], topic, text=False)
            return [CueItem(None, target, line) for target in targets]
        words = plain(line.text)
        nested = item.blocks[1] if len(item.blocks) > 1 else None
        if words.endswith(":") and isinstance(nested, Items) and len(words.split()) <= MAX_WORDS_OF_DOMAIN:
            self.read(nested, self._grammar.cue(words[:-1]) or rule, topic, words[:-1])
            return []
        own = self._reader.item_topic(item, head, topic, cued=True)
        if own is None:
            return []
        if own.kind is None:
            own.suggested = rule
            domain = _domain_before(own, rule) or domain
        self._reader.read_item(own, item, head)
        if domain and rule.cue.kind == EVIDENCE:
            own.data.setdefault("domain", domain)
        return [CueItem(own, None, line)]


def _domain_before(topic: Topic, rule: CueRule) -> str | None:
    """Take the domain off an item of a list of evidence: `Go: AlphaGo won`."""
    domain, colon, rest = topic.label.partition(":")
    if rule.cue.kind != EVIDENCE or not colon or not rest.strip() or len(domain.split()) > MAX_WORDS_OF_DOMAIN:
        return None
    topic.label = rest.strip()
    return domain.strip()


def _only_links(line: Line) -> list[Target]:
    """The links of an item that is nothing else, but perhaps for a note behind a dash or colon."""
    links = line.links
    if not links or links[0].start != 0:
        return []
    between = [line.text[one.end : other.start].strip(" ,;&") for one, other in pairwise(links)]
    rest = line.text[links[-1].end :]
    if any(word not in ("", "and") for word in between) or not _NOTE.fullmatch(rest):
        return []
    note = plain(rest).strip(" -–—:,;") or None
    return [Target(link.name, line.place_of(link), note) for link in links]


class FieldReader:
    """Reads the fields of one note into its outline.

    A field without a value waits for the list below it: each of its items is then a value.
    """

    def __init__(self, outline: Outline, grammar: Grammar, findings: Findings) -> None:
        self._outline = outline
        self._grammar = grammar
        self._findings = findings
        self.waiting: tuple[Field, Topic] | None = None
        self._told: set[str] = set()
        self._reserved: dict[str, Callable[[Field, Topic], None]] = {
            "kind": self._kind,
            "alias": self._alias,
            "aliases": self._alias,
            "formula": self._formula,
            "text": self._text,
        }

    def read(self, field: Field, topic: Topic, list_follows: bool) -> bool:
        """Read one field of a topic, or of the subject that stands in it.

        It is none, but running text, where a subject of its own stands before a key that is no relation.
        """
        direction = self._grammar.vocabulary.direction(field.key)
        if field.subject is not None and direction is None:
            self._warn_unknown(field)
            return False
        if field.subject is None and not topic.title:
            topic.declared = topic.declared or (topic.heading and bool(topic.label))
        self.give_up()
        if not field.value and list_follows:
            self.waiting = field, topic
        elif reserved := self._reserved.get(name_key(field.key)):
            reserved(field, topic)
        elif name_key(field.key) in _DATA_KEYS:
            self._data(field, topic)
        elif direction:
            if not field.targets:
                self._no_target(field, topic)
            targets = self._undercut(field) if direction.relation.name == UNDERCUTS and not direction.inverse else None
            targets = field.targets if targets is None else targets
            self._outline.statements.append(
                Statement(topic, field.subject, direction, targets, field.line, field.column)
            )
        elif field.targets and (rule := self._grammar.verb(field.key)):
            items = tuple(CueItem(None, target, field.line) for target in field.targets)
            self._outline.cues.append(CueList(topic, rule, items))
        else:
            self._data(field, topic)
            self._outline.prose += [(topic, target, field.line) for target in field.targets]
            if field.value.startswith("[["):
                self._warn_unknown(field)
        return True

    def _state(self, field: Field, topic: Topic, direction: Direction, *targets: Target) -> None:
        """Note what a field says of a topic."""
        self._outline.statements.append(Statement(topic, None, direction, targets, field.line, field.column))

    def _undercut(self, field: Field) -> tuple[Target, ...] | None:
        """What is undercut where that is an edge: the Argument that it is. None where the field names nodes.

        `undercuts:: [[A]] supports [[B]]` says of the step from A to B that it does not hold, and of neither of them.
        """
        words = self._grammar.joining(field)
        vocabulary = self._grammar.vocabulary
        if not words or len(field.targets) != 2:
            return None
        edge = self._grammar.direction(words)
        if edge is None:
            names = {name_key(one): one for one in vocabulary.direction_names}
            if near := meant([names[key] for key in misspelt(name_key(words), names)]):
                what = f"{words!r} between the links is no relation, so that both are undercut"
                self._findings.warn(self._outline.path, (field.line.number, field.column), what, near)
            return None
        if not edge.relation.polarity:
            what = f"{words!r} speaks neither for nor against anything, so that there is nothing to undercut"
            self._problem(field, what, f"name an edge that does: {field.key}:: [[A]] supports [[B]]")
            return ()
        speaker, other = reversed(field.targets) if edge.inverse else field.targets
        self._outline.steps.append((speaker, edge.relation, other))
        role = "support for" if edge.relation.polarity > 0 else "an objection to"
        argument = self._argument(field, f"{speaker.name} as {role} {other.name}")
        joins = Direction(relation=vocabulary.relations[PREMISE_OF], inverse=True)
        self._state(field, argument, joins, speaker._replace(note=None))
        self._state(field, argument, Direction(relation=edge.relation), other._replace(note=None))
        return (Target(argument.label, field.targets[0].position, field.targets[1].note),)

    def _argument(self, field: Field, label: str) -> Topic:
        """The Argument of this name that the note has, or a new one."""
        same = (one for one in self._outline.topics if one.kind == ARGUMENT and name_key(one.label) == name_key(label))
        if found := next(same, None):
            return found
        at = (field.line.number, field.column)
        made = Topic(label, field.line, field.line.number, kind=ARGUMENT, kind_at=at, declared=True)
        self._outline.topics.append(made)
        return made

    def read_inside(self, field: Field, topic: Topic) -> None:
        """Read a field in brackets inside a line; where a relation names no target it is running text."""
        if field.targets or self._grammar.vocabulary.direction(field.key) is None:
            self.read(field, topic, False)
        else:
            hint = f"write ({field.key}:: [[Name]])"
            self._findings.warn(
                self._outline.path, (field.line.number, field.column), f"{field.key!r} names no target", hint
            )

    def is_reserved(self, key: str) -> bool:
        """Whether a key says something of the node itself, such as its kind."""
        return name_key(key) in self._reserved

    def has_meaning(self, field: Field) -> bool:
        """Whether a field is more than data of one's own."""
        key = name_key(field.key)
        return key in self._reserved or key in _DATA_KEYS or self._grammar.vocabulary.direction(field.key) is not None

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
        """Wait no longer for a list; a relation without a target is told."""
        if self.waiting is not None and self._grammar.vocabulary.direction(self.waiting[0].key):
            self._no_target(*self.waiting)
        self.waiting = None

    def _no_target(self, field: Field, topic: Topic) -> None:
        """A mistake in the notes of a course; an undated note may be one for another program, and keeps it as data."""
        what, hint = f"{field.key!r} names no target", f"write {field.key}:: [[Name]]"
        if not self._outline.undated:
            self._problem(field, what, hint)
            return
        self._data(field, topic)
        where = field.line.number, field.column
        self._findings.warn(self._outline.path, where, what, f"if it is a relation, {hint}")

    def _problem(self, field: Field, what: str, hint: str) -> None:
        self._findings.problem(self._outline.path, (field.line.number, field.column), what, hint)

    def _warn_unknown(self, field: Field) -> None:
        """Say once a note that a key is no relation, so that its links say only what something is about."""
        key = name_key(field.key)
        if key not in self._told:
            self._told.add(key)
            hint = did_you_mean(field.key, self._grammar.vocabulary.direction_names)
            what = f"unknown relation {field.key!r}: its links only say what this is about"
            self._findings.warn(self._outline.path, (field.line.number, field.column), what, hint)

    def _kind(self, field: Field, topic: Topic) -> None:
        kind = self._grammar.kind(plain(field.value))
        if kind is None:
            hint = did_you_mean(field.value, self._grammar.kind_names())
            self._problem(field, f"unknown kind {field.value!r}", hint or "see the list of kinds")
        elif topic.kind is not None and topic.kind != kind and topic.kind_at is not None:
            line, column = topic.kind_at
            here, there = one_of_kind(kind), one_of_kind(topic.kind)
            what = f"{topic.label!r} is {here} here, but {there} at {self._outline.path}:{line}:{column}"
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
        if key == MINUTES and minutes_in(value) is None:
            what, hint = f"{value!r} is no number of minutes, so it counts as no time", f"write {MINUTES}:: 20"
            self._findings.warn(self._outline.path, (field.line.number, field.column), what, hint)
        before = topic.data.get(key)
        if before is None:
            topic.data[key] = value
        else:
            topic.data[key] = [*before, value] if isinstance(before, list) else [before, value]
