"""Lists under a cue: `Evidence:` and what follows it says how each item bears on the topic above."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from conceptmap.notes.outline.grammar import CueRule, Grammar
from conceptmap.notes.outline.topics import CueItem, CueList, Outline, Topic
from conceptmap.notes.page.blocks import Block, Item, Items, Line, Paragraph
from conceptmap.notes.page.syntax import Label, Target, field_of, label_of, links_of, plain, without_stop
from ontology.terms import EVIDENCE

MAX_WORDS_OF_DOMAIN = 3

_NOTE = re.compile(r"\s*(?:[-–—:(,;].*)?")


class Reader(Protocol):
    """What the cue reader needs of the walk that it is part of."""

    def topic(self, label: Label, line: Line, last: int, parent: Topic) -> Topic:
        """A topic from the words of an item."""
        ...

    def item_topic(self, item: Item, head: Paragraph, parent: Topic) -> Topic | None:
        """The topic that an item is by explicit syntax."""
        ...

    def read_item(self, topic: Topic, item: Item, head: Paragraph) -> None:
        """Read what an item says."""
        ...

    def walk(self, blocks: Sequence[Block], topic: Topic, *, text: bool) -> None:
        """Read blocks nested in a topic."""
        ...


class CueReader:
    """Finds cues and reads the lists below them."""

    def __init__(self, reader: Reader, outline: Outline, grammar: Grammar) -> None:
        self._reader = reader
        self._outline = outline
        self._grammar = grammar

    def rule(self, line: Line) -> CueRule | None:
        """The rule of a line that is a cue and nothing else: `Evidence:`, `**Examples**:`."""
        if len(line.masked) > 100 or (":" not in line.masked and "：" not in line.masked):
            return None
        words = plain(line.text)
        return self._grammar.cue(words[:-1]) if words.endswith((":", "：")) else None

    def heading_rule(self, topic: Topic, items: Items) -> CueRule | None:
        """The rule of a heading that is a cue, if the list below it holds no fields of the heading's own."""
        rule = self._grammar.cue(topic.label.rstrip(":："))
        heads = (item.blocks[0] for item in items.items if item.blocks)
        fields = any(isinstance(head, Paragraph) and field_of(head.lines[0]) for head in heads)
        return None if fields else rule

    def read(self, items: Items, rule: CueRule, topic: Topic, domain: str | None = None) -> None:
        """Read the list below a cue for the topic above it."""
        found: list[CueItem] = []
        for item in items.items:
            found += self._item(item, rule, topic, domain)
        self._outline.cues.append(CueList(topic, rule, tuple(found)))

    def _item(self, item: Item, rule: CueRule, topic: Topic, domain: str | None) -> list[CueItem]:
        head = item.blocks[0] if item.blocks else None
        if not isinstance(head, Paragraph) or field_of(head.lines[0]):
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
        own = self._reader.item_topic(item, head, topic) or self._derived(item, head, topic)
        if own is None:
            return []
        if own.kind is None:
            own.suggested = rule
            domain = _domain_before(own, rule) or domain
        self._reader.read_item(own, item, head)
        if domain and rule.cue.kind == EVIDENCE:
            own.data.setdefault("domain", domain)
        return [CueItem(own, None, line)]

    def _derived(self, item: Item, head: Paragraph, topic: Topic) -> Topic | None:
        """A topic for an item that only the cue makes one."""
        words = [line for line in head.lines if not field_of(line)]
        label = label_of(" ".join(line.text for line in words), " ".join(line.masked for line in words))
        own = self._reader.topic(label, head.lines[0], item.last, topic)
        own.label = without_stop(own.label)
        if not own.label:
            return None
        self._outline.topics.append(own)
        return own


def _domain_before(topic: Topic, rule: CueRule) -> str | None:
    """Take the domain off an item of a list of evidence: `Go: AlphaGo won`."""
    domain, colon, rest = topic.label.partition(":")
    if rule.cue.kind != EVIDENCE or not colon or not rest.strip() or len(domain.split()) > MAX_WORDS_OF_DOMAIN:
        return None
    topic.label = rest.strip()
    return domain.strip()


def _only_links(line: Line) -> list[Target]:
    """The links of an item that is nothing else, but perhaps for a note behind a dash or colon."""
    links = links_of(line)
    if not links or links[0].start != 0:
        return []
    between = [line.text[one.end : other.start].strip(" ,;&") for one, other in pairwise(links)]
    rest = line.text[links[-1].end :]
    if any(word not in ("", "and") for word in between) or not _NOTE.fullmatch(rest):
        return []
    note = plain(rest).strip(" -–—:,;") or None
    return [Target(link.name, (line.number, line.column + link.start), note) for link in links]
