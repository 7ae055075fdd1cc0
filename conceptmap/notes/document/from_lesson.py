"""From finds to assertions: names for all that a lesson's rules found, then derived nodes and edges in its document."""

from conceptmap.notes.document.batch import Batch, Builder, origin
from conceptmap.notes.document.names import Names
from conceptmap.notes.lesson import Lesson
from conceptmap.notes.lesson.state import LessonEdge, LessonNode
from conceptmap.notes.page.blocks import Line
from conceptmap.notes.rule_classes import FORMULA, TREE, RuleClass
from ontology.model import EdgeKey
from ontology.terms import ABOUT, DAY, LEADS_TO, PART_OF, SUPPORTS
from ontology.vocabulary import Vocabulary

_WEAKER = {PART_OF: ABOUT, SUPPORTS: ABOUT, LEADS_TO: ABOUT}
"""What is still true where the kinds of the ends do not allow a relation."""


def name_lesson(lesson: Lesson, names: Names) -> dict[str, str]:
    """Give each found node its id, by the names of the notes and of the stored map; ambiguous ones get none."""
    ids: dict[str, str] = {}
    for key, node in lesson.nodes.items():
        found = names.find(node.label) if node.kind == DAY else []
        one = found[0] if len(found) == 1 else names.derived(node.label, node.kind)
        if one is not None:
            ids[key] = one
    return ids


class FromLesson:
    """Puts a lesson's finds into its builder."""

    def __init__(self, builder: Builder, vocabulary: Vocabulary, names: Names, batch: Batch) -> None:
        self._builder = builder
        self._vocabulary = vocabulary
        self._names = names
        self._batch = batch

    def state(self, lesson: Lesson, ids: dict[str, str]) -> None:
        """Add the nodes that something joins or that a tree draws, and the edges."""
        for edge in lesson.edges:
            ends = ids.get(edge.source), ids.get(edge.target)
            if ends[0] and ends[1] and ends[0] != ends[1] and edge.rule != TREE:
                self._join(edge, ends[0], ends[1])
        for key, node in lesson.nodes.items():
            alone = node.rule == FORMULA and ids.get(key) not in self._builder.nodes
            if key in ids and node.kind != DAY and not alone:
                self._node(node, ids[key])

    def _join(self, edge: LessonEdge, source: str, target: str) -> None:
        kinds = self._names.kind(source), self._names.kind(target)
        relation = edge.relation if self._allows(edge.relation, *kinds) else _WEAKER.get(edge.relation)
        if relation is None or not self._allows(relation, *kinds):
            return
        for end in (source, target):
            self._mention(end, edge.line, edge.rule)
        where = origin(edge.line, rule=edge.rule)
        self._builder.join(EdgeKey(source, relation, target), where, edge.line.position, edge.note)

    def _allows(self, relation: str, source: str, target: str) -> bool:
        found = self._vocabulary.relations.get(relation)
        return found is not None and found.allows(source, target)

    def _mention(self, node: str, line: Line, rule: RuleClass) -> None:
        if node not in self._builder.nodes:
            kind, label = self._names.kind(node), self._names.label(node)
            self._builder.mention(node, kind, label, origin(line, rule=rule), line.position)

    def _node(self, node: LessonNode, found: str) -> None:
        where = origin(node.line, rule=node.rule)
        kind, label = self._names.kind(found), self._names.label(found)
        draft = self._builder.mention(found, kind, label, where, node.line.position)
        if draft.origin.how == "stated" or kind == DAY:
            return
        if draft.mention and not self._batch.defined_elsewhere(found, self._builder):
            draft.mention, draft.origin, draft.position = False, where, node.line.position
        if not draft.mention:
            draft.aliases += [alias for alias in node.aliases if alias != draft.label]
            draft.formula = draft.formula or node.formula
            draft.data.update(node.data)
