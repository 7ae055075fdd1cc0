"""From outlines to assertions: what notes state in fields, and what rules read in lists, tables, trees and lessons.

What is stated and cannot be read is a problem. What rules read is marked derived; where it cannot be read it is left
out, with a warning where words are lost.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise, product

from conceptmap.notes.document.batch import Batch, Builder, EdgeDraft, NodeDraft, origin
from conceptmap.notes.document.citing import cite_all, take_links
from conceptmap.notes.document.names import words_of
from conceptmap.notes.lesson import Lesson
from conceptmap.notes.lesson.state import LessonEdge, LessonNode
from conceptmap.notes.lesson.words import DURATION
from conceptmap.notes.outline.syntax import CueItem, CueList, Entry, Section, Statement, Target, Topic
from conceptmap.notes.page.inline import listed_in, plain
from conceptmap.notes.page.markdown import Line, Table, compared
from conceptmap.notes.page.tree import TreeNode, tree_nodes
from conceptmap.notes.rule_classes import (
    ARROWS,
    CUE_LIST,
    FORMULA,
    IN_SENTENCES,
    OUTLINE,
    PROSE_LINK,
    TABLE,
    TREE,
    RuleClass,
)
from conceptmap.notes.values import Position
from ontology.model import MAX_DAY, MAX_LABEL, MAX_TEXT, EdgeKey, EndValues, Origin
from ontology.names import day_id, name_key
from ontology.terms import (
    ABOUT,
    ASKS,
    CONCEPT,
    CONTRASTS_WITH,
    DAY,
    INTRODUCED_ON,
    LEADS_TO,
    OUTPERFORMS,
    PART_OF,
    QUESTION,
    REPLACES,
    REQUIRES,
    SUPPORTS,
)

_WEAKER = {PART_OF: ABOUT, SUPPORTS: ABOUT, LEADS_TO: ABOUT}
"""What is still true where the kinds of the ends do not allow a relation that a lesson's rule read."""

MOST_READ = 3
"""Where rules found more than one in three lines of a section, it argues, and its form says nothing better."""


_BESIDE_A_BRANCH = frozenset((REQUIRES, CONTRASTS_WITH, REPLACES, OUTPERFORMS))
"""What a lesson may say of two nodes in words beside what the branch between them says."""


def assert_all(batch: Batch) -> None:
    """Fill the builders of a batch: what any note states first, what rules find, trees, prose and citations last."""
    take_links(batch)
    for builder in batch.builders:
        _FromFields(builder, batch).state()
    rules = [_FromRules(builder, batch) for builder in batch.builders]
    for rule in rules:
        rule.derive_lists()
    for builder in batch.builders:
        if lesson := builder.outline.lesson:
            _FromLesson(builder, batch).derive(lesson)
    for builder in batch.builders:
        _FromTrees(builder, batch).derive()
    for rule in rules:
        rule.derive_links()
    for builder in batch.builders:
        sections = _FromSections(builder, batch)
        sections.derive()
        sections.derive_durations()
    cite_all(batch)
    for rule in rules:
        rule.warn_of_steps()


class _Assertions:
    """What all of them share: the note's builder, and what the batch knows."""

    def __init__(self, builder: Builder, batch: Batch) -> None:
        self._builder = builder
        self._outline = builder.outline
        self._batch = batch
        self._names = batch.names

    def _mention(self, node: str, where: Origin, position: Position) -> NodeDraft:
        return self._builder.mention(node, self._names.kind(node), self._names.label(node), where, position)

    def _named(
        self, label: str, line: Line, rule: RuleClass, kind: str = CONCEPT, last: int | None = None, other: bool = False
    ) -> str | None:
        """The node that a rule found by its words: defined here, unless another note or `other` day has done so."""
        node = self._names.derived(label if self._names.find(label) else self._outline.meant_by(label), kind)
        if node is None:
            self._lost(label, line)
        elif node not in self._builder.nodes:
            draft = self._mention(node, origin(line, last, rule), line.position)
            draft.mention = draft.kind == DAY or other or self._batch.defined_elsewhere(node, self._builder)
        return node

    def _lost(self, label: str, line: Line) -> None:
        if len(label) > MAX_LABEL:
            what = f"left out: a label of {len(label)} characters, {MAX_LABEL} are allowed"
            self._warn(line.position, what, "write a short label and the rest below it")
        elif label.strip():
            self._warn(line.position, *self._names.explain(label, self._names.find(label)))

    def _warn(self, position: Position, what: str, hint: str = "") -> None:
        self._batch.findings.warn(self._outline.path, position, what, hint)

    def _problem(self, position: Position, what: str, hint: str = "") -> None:
        self._batch.findings.problem(self._outline.path, position, what, hint)

    def _allows(self, relation: str, source: str, target: str) -> bool:
        """Whether a relation may join nodes of these kinds."""
        found = self._batch.vocabulary.relations.get(relation)
        return found is not None and found.allows(source, target)


class _FromFields(_Assertions):
    """What a note states: its topics, its fields and its arrows, as nodes and edges."""

    def state(self) -> None:
        """Put in all topics, then all edges."""
        for topic in self._outline.topics:
            if topic.declared:
                self._topic(topic)
            elif topic.title:
                self._outline.data.update(topic.data)
                self._outline.page.aliases += topic.aliases
        self._page()
        for statement in self._outline.statements:
            self._statement(statement)
        for arrow in self._outline.arrows:
            source, target = self._end(arrow.source), self._end(arrow.target)
            if source and target:
                key = EdgeKey(source, LEADS_TO, target)
                self._join(key, origin(arrow.line), arrow.target, (arrow.source.position, arrow.target.position))

    def _page(self) -> None:
        page = self._outline.page
        self._outline.data.update(page.data)
        if page.aliases and not self._outline.undated:
            node = self._outline.whole
            where = page.line.position
            day = self._builder.define(node, self._names.kind(node), self._names.label(node), origin(page.line), where)
            day.aliases += page.aliases
            day.texts += [self._outline.title] if self._outline.title else []
            day.data.update(self._outline.data)

    def _topic(self, topic: Topic) -> None:
        if len(topic.label) > MAX_LABEL:
            what = f"the label has {len(topic.label)} characters, {MAX_LABEL} are allowed"
            self._problem(topic.line.position, what, "say the rest in a paragraph below")
            topic.label = topic.label[:MAX_LABEL]
        where = origin(topic.line, topic.last)
        draft = self._builder.define(topic.id, self._names.kind(topic.id), topic.label, where, topic.line.position)
        if not _fill(draft, topic):
            what = f"the text of {topic.label!r} is longer than {MAX_TEXT} characters"
            if self._outline.undated:
                self._warn(topic.line.position, f"{what} and was left out", "split it")
            else:
                self._problem(topic.line.position, what, "split it")

    def _statement(self, statement: Statement) -> None:
        subject = self._subject(statement)
        for target in statement.targets:
            found = self._end(target)
            if subject is None or found is None:
                continue
            ends = (found, subject) if statement.direction.inverse else (subject, found)
            key = EdgeKey(ends[0], statement.direction.relation.name, ends[1])
            at = (statement.line.number, statement.column)
            self._join(key, origin(statement.line), target, (at, at))

    def _subject(self, statement: Statement) -> str | None:
        if statement.subject is not None:
            return self._end(statement.subject)
        topic = statement.topic.owner()
        return topic.id if topic is not None and topic.declared else self._outline.whole

    def _end(self, target: Target) -> str | None:
        found = self._names.find(target.name)
        if len(found) == 1:
            return found[0]
        self._problem(target.position, *self._names.explain(target.name, found))
        return None

    def _join(self, key: EdgeKey, where: Origin, target: Target, at: tuple[Position, Position]) -> None:
        for end, position in zip((key.source, key.target), at, strict=True):
            self._mention(end, where, position)
        note = target.note
        if note and len(note) > MAX_TEXT:
            what = f"the note behind the links is longer than {MAX_TEXT} characters"
            self._problem(target.position, what, "say it in a paragraph")
            note = None
        self._builder.join(key, where, target.position, note)


class _FromRules(_Assertions):
    """What rules read between the lines of a typed note: lists under cues, tables, chains, links in prose."""

    def derive_lists(self) -> None:
        """Lists under a cue, tables and chains of arrows."""
        for cue in self._outline.cues:
            self._cue(cue)
        for table in self._outline.tables:
            self._table(table)
        for chain in self._outline.chains:
            ends = [[self._named(name, chain.line, ARROWS) for name in listed_in(part)] for part in chain.parts]
            for ones, others in pairwise(ends):
                for one, other in product(ones, others):
                    self._join(one, LEADS_TO, other, chain.line, ARROWS)

    def derive_links(self) -> None:
        """A link in running text says what the node around it is about."""
        unclear: set[str] = set()
        joined = set(self._builder.joined)
        for topic, target, line in self._outline.prose:
            owner = topic.owner()
            found = self._names.find(target.name)
            if len(found) != 1:
                if name_key(target.name) not in unclear and any(map(str.isalpha, target.name)):
                    unclear.add(name_key(target.name))
                    self._warn(target.position, *self._names.explain(target.name, found))
            elif owner is not None and frozenset((owner.id, found[0])) not in joined:
                self._about(owner.id, found[0], target, line)

    def warn_of_steps(self) -> None:
        """Tell of edges that are undercut and that nobody states; to be asked when all that is said was put in."""
        relations = self._batch.vocabulary.relations
        for speaker, relation, other in self._outline.steps:
            ends = [found[0] for one in (speaker, other) if len(found := self._names.find(one.name)) == 1]
            if len(ends) < 2:
                continue
            keys = self._batch.joining(ends[0], ends[1], self._outline.day)
            said = [
                relations[key.relation].polarity for key in keys if key.source == ends[0] and key.relation in relations
            ]
            if relation.polarity not in said:
                what = f"nothing but this line says that {speaker.name!r} {relation.name} {other.name!r}"
                self._warn(speaker.position, what, "say it where it is argued, or name the step that is meant")

    def _about(self, node: str, other: str, target: Target, line: Line) -> None:
        if node in self._builder.nodes and node != other:
            where = origin(line, rule=PROSE_LINK)
            self._mention(other, where, target.position)
            self._builder.join(EdgeKey(node, ABOUT, other), where, target.position)

    def _join(
        self, one: str | None, relation: str, other: str | None, line: Line, rule: RuleClass, note: str | None = None
    ) -> None:
        if one and other and one != other:
            self._builder.join(EdgeKey(one, relation, other), origin(line, rule=rule), line.position, note)

    def _cue(self, cue: CueList) -> None:
        relation, inverse = cue.rule.relation, cue.rule.cue.inverse
        owner = cue.topic.owner()
        above = owner.id if owner is not None and not owner.title else self._outline.whole
        kind = self._names.kind(above) if above else CONCEPT
        allowed = relation.targets if inverse else relation.sources
        if kind == DAY and allowed and kind not in allowed:
            return
        for item in cue.items:
            node = self._cue_item(item)
            if node is None:
                continue
            if above:
                self._mention(above, origin(item.line, rule=CUE_LIST), item.line.position)
            ends = (node, above) if inverse else (above, node)
            name = relation.name
            if item.target and above and not self._allows(name, *map(self._names.kind, ends)):
                ends, name = (above, node), ABOUT
            note = item.target.note[:MAX_TEXT] if item.target and item.target.note else None
            self._join(ends[0], name, ends[1], item.line, CUE_LIST, note)

    def _cue_item(self, item: CueItem) -> str | None:
        if item.target is not None:
            found = self._names.find(item.target.name)
            if len(found) != 1:
                self._warn(item.target.position, *self._names.explain(item.target.name, found))
                return None
            self._mention(found[0], origin(item.line, rule=CUE_LIST), item.line.position)
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
        where = origin(topic.line, topic.last, CUE_LIST)
        draft = self._mention(node, where, topic.line.position)
        says_more = bool(topic.texts or topic.data or topic.aliases or topic.formula)
        if (
            draft.mention
            and self._names.kind(node) != DAY
            and (says_more or not self._batch.defined_elsewhere(node, self._builder))
        ):
            draft.define(where, topic.line.position)
        if not draft.mention and not _fill(draft, topic):
            self._warn(topic.line.position, f"the text of {topic.label!r} is too long and was left out", "split it")
        return node

    def _table(self, table: Table) -> None:
        labels, (header, *rows) = compared(table), table.rows
        if not labels:
            return
        nodes = [self._named(label, cell, TABLE) for label, cell in zip(labels, header[1:], strict=True)]
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


class _FromLesson(_Assertions):
    """What the rules for lessons found on a page that nobody annotated."""

    def derive(self, lesson: Lesson) -> None:
        """Add the nodes that something joins or that a tree draws, and the edges."""
        ids = self._outline.lesson_ids
        for edge in lesson.edges:
            source, target = ids.get(edge.source), ids.get(edge.target)
            if source and target and source != target and edge.rule != TREE:
                self._edge(edge, source, target)
        for key, node in lesson.nodes.items():
            alone = node.rule == FORMULA and ids.get(key) not in self._builder.nodes
            if key in ids and node.kind != DAY and not alone:
                self._node(node, ids[key])
            elif key == day_id(self._outline.day) and not self._outline.undated:
                self._outline.data = {**node.data, **self._outline.data}

    def _edge(self, edge: LessonEdge, source: str, target: str) -> None:
        kinds = self._names.kind(source), self._names.kind(target)
        relation = edge.relation if self._allows(edge.relation, *kinds) else _WEAKER.get(edge.relation)
        if relation is None or not self._allows(relation, *kinds):
            return
        where, position = origin(edge.line, rule=edge.rule), edge.line.position
        for end in (source, target):
            self._mention(end, where, position)
        self._builder.join(EdgeKey(source, relation, target), where, position, edge.note)

    def _node(self, found: LessonNode, node: str) -> None:
        where, position = origin(found.line, rule=found.rule), found.line.position
        draft = self._mention(node, where, position)
        if draft.origin.how == "stated" or self._names.kind(node) == DAY:
            return
        if draft.mention and not self._batch.defined_elsewhere(node, self._builder):
            draft.define(where, position)
        if not draft.mention:
            draft.aliases += [alias for alias in found.aliases if alias != draft.label]
            draft.formula = draft.formula or found.formula
            draft.data.update(found.data)
            draft.texts += found.texts if not draft.texts else []


class _FromTrees(_Assertions):
    """Where each node of a tree stands on the drawn map, and the edges that its branches say."""

    def derive(self) -> None:
        """Place the roots of all trees in order, and all below them; edges only where none join parent and child."""
        place = 0
        for root in self._outline.roots:
            node = self._node(root)
            if node is None:
                continue
            place += 1
            draft = self._builder.nodes[node]
            draft.place = place if draft.place is None else draft.place
            self._place_below(root, node)

    def _place_below(self, above: TreeNode, above_node: str) -> None:
        """Place what hangs on a node; trees are read to a limited depth, so that this may call itself."""
        place = 0
        for drawn in above.children:
            node = self._node(drawn)
            if node is not None and node != above_node:
                place += 1
                key = self._joining(drawn, node, above_node)
                draft = self._builder.join(key, origin(drawn.line, rule=TREE), drawn.line.position)
                self._mark(draft, self._builder.key_of(key), above_node, place)
                self._place_below(drawn, node)

    @staticmethod
    def _mark(draft: EdgeDraft, key: EdgeKey, above: str, place: int) -> None:
        if draft.place is None:
            draft.place, draft.parent = place, "source" if key.source == above else "target"

    def _joining(self, drawn: TreeNode, node: str, above: str) -> EdgeKey:
        """The edge that is known between a child and its parent, else the one that the branch says."""
        wanted = self._new_edge(drawn, node, above)
        known = [
            key
            for key in self._batch.joining(node, above, self._outline.day)
            if self._outline.lesson is None or key.relation not in _BESIDE_A_BRANCH
        ]
        return min(known, key=lambda key: self._rank(key, wanted)) if known else wanted

    def _rank(self, key: EdgeKey, wanted: EdgeKey) -> tuple[bool, bool, bool, int, tuple[str, ...]]:
        relation = self._batch.vocabulary.relations.get(key.relation)
        order = relation.order if relation else 0
        symmetric = bool(relation and relation.symmetric)
        names = (key.source, key.relation, key.target, key.dimension or "")
        return key != wanted, key.relation == INTRODUCED_ON, symmetric, order, names

    def _new_edge(self, drawn: TreeNode, node: str, above: str) -> EdgeKey:
        key = EdgeKey(above, LEADS_TO, node) if drawn.mark == "arrow" else EdgeKey(node, PART_OF, above)
        kind = self._names.kind(node)
        if key.relation not in self._batch.vocabulary.relations:
            return key
        if self._allows(key.relation, self._names.kind(key.source), self._names.kind(key.target)):
            return key
        return EdgeKey(above, ASKS, node) if kind == QUESTION else EdgeKey(node, ABOUT, above)

    def _node(self, drawn: TreeNode) -> str | None:
        """The node of a drawn, with the day, the gist and the question that stand there."""
        label, gist, asked, asked_day = words_of(drawn, self._names)
        node = self._named(label, drawn.line, TREE, other=drawn.day is not None and drawn.day != self._outline.day)
        if node is None:
            return None
        if gist:
            self._gist(drawn, node, gist)
        if drawn.day is not None:
            self._introduce(drawn.line, node, drawn.day)
        if asked:
            self._ask(drawn, node, asked, asked_day)
        return node

    def _gist(self, drawn: TreeNode, node: str, gist: str) -> None:
        """The gist of a claim: kept where this note or the map does not say the same already."""
        draft = self._builder.nodes[node]
        if not draft.mention:
            draft.data.setdefault("gist", gist)
        elif self._batch.gist(node, self._outline.day) != gist:
            draft.define(origin(drawn.line, rule=TREE), drawn.line.position)
            draft.data["gist"] = gist

    def _introduce(self, line: Line, node: str, day: int) -> None:
        """`(Day N)` behind a node, unless it is stated otherwise."""
        if day > MAX_DAY or self._names.kind(node) == DAY or self._batch.introduced(node):
            return
        where, target = origin(line, rule=TREE), day_id(day)
        self._names.find(target)
        self._mention(target, where, line.position)
        self._builder.join(EdgeKey(node, INTRODUCED_ON, target), where, line.position)

    def _ask(self, drawn: TreeNode, node: str, question: str, day: int | None) -> None:
        line = drawn.asked[0] if drawn.asked else drawn.line
        last = drawn.asked[-1].number if drawn.asked else line.number
        asked = self._named(question, line, TREE, QUESTION, last)
        if asked is None:
            return
        key = EdgeKey(node, ASKS, asked)
        if asked != node:
            self._mark(self._builder.join(key, origin(line, last, TREE), line.position), key, node, 1)
        if day is not None:
            self._introduce(line, asked, day)


class _FromSections(_Assertions):
    """What a page says by its form: its sections and their terms, where nothing better was found."""

    def derive(self) -> None:
        """The topics of sections in their nesting, and the terms of the lines in which nothing was found."""
        outline = self._outline
        edges = [(key.relation, one.origin) for key, one in self._builder.edges.items() if one.origin.lines]
        plain = {one.name for one in IN_SENTENCES}
        drawn = {one.line.number for one in tree_nodes(outline.roots)}
        self._stated = sorted(drawn | {said.lines[0] for _, said in edges if said.lines and said.how == "stated"})
        self._found = sorted({said.lines[0] for _, said in edges if said.lines})
        argued = (said for relation, said in edges if relation != PART_OF and said.rule not in plain)
        self._argued = sorted({said.lines[0] for said in argued if said.lines})
        headings = {topic.line.number: topic for topic in outline.topics if topic.heading}
        self._topics = {number: topic for number, topic in headings.items() if topic.is_node}
        self._headings = headings
        typed = sum(topic.kind is not None or topic.explicit_id is not None for topic in headings.values())
        if 2 * typed > sum(bool(section.label) for section in outline.sections):
            self._links([])
            return  # its author marks what is a topic, and left the other headings plain
        holding = {section.parent for section in outline.sections}
        for section in outline.sections:
            only_holds = section in holding and section.last == section.line.number
            if not only_holds and not self._is_read(section):
                self._section(section)
            elif outline.undated and section.label:
                self._heading(section)
        self._links(outline.sections)

    def derive_durations(self) -> None:
        """`## 2. Kneading (40 min)`: how long the topic of a section takes, where the page says more of that topic."""
        for section in self._outline.sections:
            found = self._names.find(section.label) if section.duration and section.label else []
            draft = self._builder.nodes.get(found[0]) if len(found) == 1 else None
            if draft and not draft.mention and DURATION not in draft.data:
                draft.data[DURATION] = section.duration
                if draft.origin.how == "derived":
                    draft.origin = origin(section.line, rule=OUTLINE)

    def _links(self, sections: Sequence[Section]) -> None:
        """A link under no topic of its own says what its section is about, or the note; those of days say nothing."""
        for topic, target, line in self._outline.prose:
            owner, found = topic.owner(), self._names.find(target.name)
            if (owner and not owner.title) or len(found) != 1 or self._names.kind(found[0]) == DAY:
                continue
            before = [section for section in sections if section.first <= line.number]
            above = self._heading(before[-1] if before else None)
            if above and above != found[0] and frozenset((above, found[0])) not in self._builder.joined:
                where = origin(line, rule=PROSE_LINK)
                for end in (above, found[0]):
                    self._mention(end, where, target.position)
                self._builder.join(EdgeKey(above, ABOUT, found[0]), where, target.position)

    def _is_read(self, section: Section) -> bool:
        """Whether something is stated in a section, or it argues: rules found more in it than parts of parts."""
        lines = self._outline.source.lines[section.first : section.last]
        said = sum(bool(line.strip()) for line in lines)
        return bool(_within(self._stated, section.first, section.last)) or (
            MOST_READ * _within(self._argued, section.first, section.last) > said
        )

    def _section(self, section: Section) -> None:
        """A section's topic, and the terms of its lines in which nothing was found."""
        node = self._heading(section)
        if node is None:
            return
        if section.line.number not in self._topics:
            self._say(node, section.gist)
        for entry in section.entries:
            self._entry(entry, node)

    def _heading(self, section: Section | None) -> str | None:
        """The node of a section, joined to the one around it; the page's for what stands in no section of its own."""
        if section is None:
            return self._outline.whole
        topic = self._topics.get(section.line.number)
        if topic and (topic.title or not self._outline.undated or topic is self._outline.page):
            return self._outline.whole if topic.title else topic.id
        above = self._heading(section.parent)
        if topic:
            self._hang(topic.id, above or "", section.line)
            return topic.id
        if not section.label:
            return above
        node = self._named(section.label, section.line, OUTLINE, last=section.last)
        if node:
            self._tell(node, section)
        if node and above:
            self._hang(node, above, section.line)
        return node

    def _tell(self, node: str, section: Section) -> None:
        """Keep what stands in a section as the text of its node, unless the node has one."""
        draft, topic = self._builder.nodes[node], self._headings.get(section.line.number)
        if topic and not (draft.mention or draft.texts) and draft.origin.rule == OUTLINE.name:
            draft.texts = topic.texts if sum(map(len, topic.texts)) <= MAX_TEXT // 2 else []

    def _entry(self, entry: Entry, above: str) -> None:
        if _within(self._found, entry.line.number, entry.line.number):
            return
        node = self._named(entry.label, entry.line, OUTLINE, last=entry.last)
        if node is None:
            return
        self._say(node, entry.gist)
        self._describe(node, entry)
        self._hang(node, above, entry.line, part=entry.listed)
        for inner in entry.entries:
            self._entry(inner, node)

    def _say(self, node: str, gist: str | None) -> None:
        draft = self._builder.nodes.get(node)
        if gist and draft and not draft.mention and draft.origin.rule == OUTLINE.name:
            draft.data.setdefault("gist", gist)

    def _describe(self, node: str, entry: Entry) -> None:
        """Keep what the columns of a table say of a row."""
        draft = self._builder.nodes.get(node)
        if entry.data and draft:
            if draft.mention:
                draft.define(origin(entry.line, rule=OUTLINE), entry.line.position)
            for name, value in entry.data.items():
                draft.data.setdefault(name, value)

    def _hang(self, node: str, above: str, line: Line, *, part: bool = True) -> None:
        """Join a node to the one above it, unless something else joins them."""
        if node == above or frozenset((node, above)) in self._builder.joined:
            return
        self._mention(above, origin(line, rule=OUTLINE), line.position)
        ends = EdgeKey(node, PART_OF, above), EdgeKey(above, ABOUT, node)
        for key in ends if part and self._names.kind(above) != DAY else ends[1:]:
            if self._allows(key.relation, self._names.kind(key.source), self._names.kind(key.target)):
                self._builder.join(key, origin(line, rule=OUTLINE), line.position)
                return


def _within(numbers: Sequence[int], first: int, last: int) -> int:
    """How many of these rising numbers lie from the first to the last."""
    return bisect_right(numbers, last) - bisect_left(numbers, first)


def _fill(draft: NodeDraft, topic: Topic) -> bool:
    """Give a node what its topic says; answers whether all of it was short enough to keep."""
    draft.aliases += topic.aliases
    texts = [*draft.texts, *topic.texts]
    formula = topic.formula if topic.formula and len(topic.formula) <= MAX_TEXT else None
    draft.formula = draft.formula or formula
    draft.data.update(topic.data)
    if sum(map(len, texts)) + 2 * len(texts) > MAX_TEXT or formula != topic.formula:
        return False
    draft.texts = texts
    return True
