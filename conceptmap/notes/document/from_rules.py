"""What rules read between the lines of a note: lists under cues, tables, chains, trees, links in prose.

All of it is marked derived. What cannot be read is left out, with a warning where words are lost.
"""

from itertools import pairwise

from conceptmap.notes.document.batch import Batch, Builder, NodeDraft, origin
from conceptmap.notes.document.from_fields import fill
from conceptmap.notes.document.from_trees import FromTrees
from conceptmap.notes.document.names import Names
from conceptmap.notes.outline.topics import CueItem, CueList, Target, Topic
from conceptmap.notes.page.blocks import Line, Table, compared
from conceptmap.notes.page.inline import plain
from conceptmap.notes.rule_classes import ARROWS, CUE_LIST, PROSE_LINK, TABLE, RuleClass
from conceptmap.notes.values import Findings
from ontology.model import MAX_LABEL, MAX_TEXT, EdgeKey, EndValues
from ontology.names import day_id, name_key
from ontology.terms import ABOUT, CONCEPT, CONTRASTS_WITH, DAY, LEADS_TO
from ontology.vocabulary import Vocabulary


class FromRules:
    """Applies the rules to one outline."""

    def __init__(
        self, builder: Builder, vocabulary: Vocabulary, names: Names, batch: Batch, findings: Findings
    ) -> None:
        self._builder = builder
        self._outline = builder.outline
        self._vocabulary = vocabulary
        self._names = names
        self._batch = batch
        self._findings = findings

    def derive_lists(self) -> None:
        """Lists under a cue, tables and chains of arrows."""
        for cue in self._outline.cues:
            self._cue(cue)
        for _, table in self._outline.tables:
            self._table(table)
        for chain in self._outline.chains:
            ends = [self._node(part, chain.line, ARROWS) for part in chain.parts]
            for one, other in pairwise(ends):
                self._join(one, LEADS_TO, other, chain.line, ARROWS)

    def derive_trees(self) -> None:
        """Tree diagrams: places, and edges where none join parent and child."""
        FromTrees(self._builder, self._vocabulary, self._names, self._batch, self._findings).place()

    def derive_links(self) -> None:
        """A link in running text says what the node around it is about."""
        unknown: set[str] = set()
        joined = set(self._builder.joined)
        for topic, target, line in self._outline.prose:
            owner = topic.owner()
            found = self._names.find(target.name)
            if len(found) != 1:
                if name_key(target.name) not in unknown and any(map(str.isalpha, target.name)):
                    unknown.add(name_key(target.name))
                    self._warn(target.position, *self._names.explain(target.name, found))
            elif owner is not None and frozenset((owner.id, found[0])) not in joined:
                self._about(owner.id, found[0], target, line)

    def _about(self, node: str, other: str, target: Target, line: Line) -> None:
        if node in self._builder.nodes and node != other:
            self._mention(other, line, PROSE_LINK, target.position)
            self._builder.join(EdgeKey(node, ABOUT, other), origin(line, rule=PROSE_LINK), target.position)

    def _warn(self, position: tuple[int, int], what: str, hint: str = "") -> None:
        self._findings.warn(self._outline.path, position, what, hint)

    def _mention(self, node: str, line: Line, rule: RuleClass, position: tuple[int, int] | None = None) -> NodeDraft:
        where = origin(line, rule=rule)
        kind, label = self._names.kind(node), self._names.label(node)
        return self._builder.mention(node, kind, label, where, position or line.position)

    def _node(self, label: str, line: Line, rule: RuleClass, kind: str = CONCEPT) -> str | None:
        """The node that a rule found by its words: defined here, unless another note has done so."""
        node = self._names.derived(label, kind)
        if node is None:
            self._lost(label, line)
            return None
        if node not in self._builder.nodes:
            draft = self._mention(node, line, rule)
            draft.mention = draft.kind == DAY or self._batch.defined_elsewhere(node, self._builder)
        return node

    def _lost(self, label: str, line: Line) -> None:
        if len(label) > MAX_LABEL:
            what = f"left out: a label of {len(label)} characters, {MAX_LABEL} are allowed"
            self._warn(line.position, what, "write a short label and the rest below it")
        elif label.strip():
            self._warn(line.position, *self._names.explain(label, self._names.find(label)))

    def _join(
        self, one: str | None, relation: str, other: str | None, line: Line, rule: RuleClass, note: str | None = None
    ) -> None:
        if one is not None and other is not None and one != other:
            self._builder.join(EdgeKey(one, relation, other), origin(line, rule=rule), line.position, note)

    def _cue(self, cue: CueList) -> None:
        relation, inverse = cue.rule.relation, cue.rule.cue.inverse
        owner = cue.topic.owner()
        above = owner.id if owner is not None and not owner.title else day_id(self._outline.day)
        kind = self._names.kind(above) if above else CONCEPT
        allowed = relation.targets if inverse else relation.sources
        if kind == DAY and allowed and kind not in allowed:
            return
        for item in cue.items:
            node = self._cue_item(item)
            if node is None:
                continue
            if above:
                self._mention(above, item.line, CUE_LIST)
            ends = (node, above) if inverse else (above, node)
            note = item.target.note[:MAX_TEXT] if item.target and item.target.note else None
            self._join(ends[0] or None, relation.name, ends[1] or None, item.line, CUE_LIST, note)

    def _cue_item(self, item: CueItem) -> str | None:
        if item.target is not None:
            found = self._names.find(item.target.name)
            if len(found) != 1:
                self._warn(item.target.position, *self._names.explain(item.target.name, found))
                return None
            self._mention(found[0], item.line, CUE_LIST)
            return found[0]
        topic = item.topic
        if topic is None or topic.declared:
            return topic.id if topic else None
        return self._derived_topic(topic)

    def _derived_topic(self, topic: Topic) -> str | None:
        node = topic.id
        if not node:
            self._lost(topic.label, topic.line)
            return None
        kind = self._names.kind(node)
        where = origin(topic.line, topic.last, CUE_LIST)
        draft = self._builder.mention(node, kind, self._names.label(node), where, topic.line.position)
        says_more = bool(topic.texts or topic.data or topic.aliases or topic.formula)
        if draft.mention and kind != DAY and (says_more or not self._batch.defined_elsewhere(node, self._builder)):
            draft.mention, draft.origin, draft.position = False, where, topic.line.position
        if not draft.mention and fill(draft, topic):
            self._warn(topic.line.position, f"the text of {topic.label!r} is too long and was left out", "split it")
        return node

    def _table(self, table: Table) -> None:
        labels, (header, *rows) = compared(table), table.rows
        if not labels:
            return
        nodes = [self._node(label, cell, TABLE) for label, cell in zip(labels, header[1:], strict=True)]
        for row in rows:
            for index in range(2, len(header)):
                self._compare(nodes[0], nodes[index - 1], row[0], row[1], row[index])

    def _compare(self, one: str | None, other: str | None, dimension: Line, here: Line, there: Line) -> None:
        words, values = plain(dimension.text), (plain(here.text), plain(there.text))
        if one is None or other is None or one == other or not words or not any(values):
            return
        if len(words) > MAX_LABEL or max(map(len, values)) > MAX_TEXT:
            self._warn(dimension.position, "left out: a row with more words than can be kept", "shorten it")
            return
        key = EdgeKey(one, CONTRASTS_WITH, other, words)
        quoted = dimension._replace(text=" | ".join((dimension.text, here.text, there.text)))
        turned = self._builder.key_of(key) != key
        draft = self._builder.join(key, origin(quoted, rule=TABLE), dimension.position)
        source, target = reversed(values) if turned else values
        draft.values = draft.values or EndValues(source=source, target=target)
