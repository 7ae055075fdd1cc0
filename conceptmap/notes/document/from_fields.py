"""What a note states: its topics, its fields and its arrows, as nodes and edges."""

from conceptmap.notes.document.batch import Builder, NodeDraft, origin
from conceptmap.notes.document.names import Names
from conceptmap.notes.outline.topics import Outline, Statement, Target, Topic
from conceptmap.notes.values import Findings
from ontology.model import MAX_LABEL, MAX_TEXT, EdgeKey, Origin
from ontology.names import day_id
from ontology.terms import LEADS_TO


class FromFields:
    """Puts the explicit syntax of one outline into its builder."""

    def __init__(self, builder: Builder, names: Names, findings: Findings) -> None:
        self._builder = builder
        self._outline: Outline = builder.outline
        self._names = names
        self._findings = findings

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
        if page.aliases:
            node = day_id(self._outline.day)
            where = page.line.position
            day = self._builder.define(node, self._names.kind(node), self._names.label(node), origin(page.line), where)
            day.aliases += page.aliases
            day.texts += [self._outline.title] if self._outline.title else []
            day.data.update(self._outline.data)

    def _topic(self, topic: Topic) -> None:
        if len(topic.label) > MAX_LABEL:
            what = f"the label has {len(topic.label)} characters, {MAX_LABEL} are allowed"
            self._findings.problem(self._outline.path, topic.line.position, what, "say the rest in a paragraph below")
            topic.label = topic.label[:MAX_LABEL]
        where = origin(topic.line, topic.last)
        draft = self._builder.define(topic.id, self._names.kind(topic.id), topic.label, where, topic.line.position)
        if fill(draft, topic):
            what = f"the text of {topic.label!r} is longer than {MAX_TEXT} characters"
            self._findings.problem(self._outline.path, topic.line.position, what, "split it")

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
        return topic.id if topic is not None and topic.declared else day_id(self._outline.day)

    def _end(self, target: Target) -> str | None:
        found = self._names.find(target.name)
        if len(found) == 1:
            return found[0]
        self._findings.problem(self._outline.path, target.position, *self._names.explain(target.name, found))
        return None

    def _join(self, key: EdgeKey, where: Origin, target: Target, at: tuple[tuple[int, int], tuple[int, int]]) -> None:
        for end, position in zip((key.source, key.target), at, strict=True):
            self._builder.mention(end, self._names.kind(end), self._names.label(end), where, position)
        note = target.note
        if note and len(note) > MAX_TEXT:
            what = f"the note behind the links is longer than {MAX_TEXT} characters"
            self._findings.problem(self._outline.path, target.position, what, "say it in a paragraph")
            note = None
        self._builder.join(key, where, target.position, note)


def fill(draft: NodeDraft, topic: Topic) -> bool:
    """Give a node what its topic says; answers whether some text was too long to keep."""
    draft.aliases += topic.aliases
    texts = [*draft.texts, *topic.texts]
    formula = topic.formula if topic.formula and len(topic.formula) <= MAX_TEXT else None
    draft.formula = draft.formula or formula
    draft.data.update(topic.data)
    if sum(map(len, texts)) + 2 * len(texts) > MAX_TEXT or formula != topic.formula:
        return True
    draft.texts = texts
    return False
