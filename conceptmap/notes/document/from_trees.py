"""Trees: where each node stands on the drawn map, and the edges that its branches say."""

from conceptmap.notes.document.batch import Batch, Builder, EdgeDraft, origin
from conceptmap.notes.document.names import Names, words_of
from conceptmap.notes.page.blocks import Line
from conceptmap.notes.page.tree import Twig
from conceptmap.notes.rule_classes import TREE
from conceptmap.notes.values import Findings
from ontology.model import MAX_DAY, MAX_LABEL, EdgeKey
from ontology.names import day_id
from ontology.terms import ABOUT, ASKS, CONCEPT, DAY, INTRODUCED_ON, LEADS_TO, PART_OF, QUESTION
from ontology.vocabulary import Vocabulary


class FromTrees:
    """Reads the trees of one note."""

    def __init__(
        self, builder: Builder, vocabulary: Vocabulary, names: Names, batch: Batch, findings: Findings
    ) -> None:
        self._builder = builder
        self._outline = builder.outline
        self._vocabulary = vocabulary
        self._names = names
        self._batch = batch
        self._findings = findings

    def place(self) -> None:
        """Place the roots of all trees in order, and all below them."""
        roots = [twig for tree in self._outline.trees for twig in tree]
        place = 0
        for root in roots:
            node = self._node(root)
            if node is None:
                continue
            place += 1
            draft = self._builder.nodes[node]
            draft.place = place if draft.place is None else draft.place
            self._place_below(root, node)

    def _place_below(self, above: Twig, above_node: str) -> None:
        """Place what hangs on a node; trees are read to a limited depth, so that this may call itself."""
        place = 0
        for twig in above.children:
            node = self._node(twig)
            if node is not None and node != above_node:
                place += 1
                self._hang(twig, node, above_node, place)
                self._place_below(twig, node)

    def _hang(self, twig: Twig, node: str, above: str, place: int) -> None:
        key = self._joining(twig, node, above)
        draft = self._builder.join(key, origin(twig.line, rule=TREE), twig.line.position)
        self._mark(draft, self._builder.key_of(key), above, place)

    @staticmethod
    def _mark(draft: EdgeDraft, key: EdgeKey, above: str, place: int) -> None:
        if draft.place is None:
            draft.place, draft.parent = place, "source" if key.source == above else "target"

    def _joining(self, twig: Twig, node: str, above: str) -> EdgeKey:
        """The edge that is known between a child and its parent, else the one that the branch says."""
        known = self._batch.joining(node, above, self._outline.day)
        wanted = self._new_edge(twig, node, above)
        return min(known, key=lambda key: self._rank(key, wanted)) if known else wanted

    def _rank(self, key: EdgeKey, wanted: EdgeKey) -> tuple[bool, bool, bool, int, EdgeKey | tuple[str, ...]]:
        relation = self._vocabulary.relations.get(key.relation)
        order = relation.order if relation else 0
        symmetric = bool(relation and relation.symmetric)
        names = (key.source, key.relation, key.target, key.dimension or "")
        return key != wanted, key.relation == INTRODUCED_ON, symmetric, order, names

    def _new_edge(self, twig: Twig, node: str, above: str) -> EdgeKey:
        kinds = self._names.kind(node), self._names.kind(above)
        if twig.mark == "arrow":
            relation, ends, key = LEADS_TO, (kinds[1], kinds[0]), EdgeKey(above, LEADS_TO, node)
        else:
            relation, ends, key = PART_OF, kinds, EdgeKey(node, PART_OF, above)
        rule = self._vocabulary.relations.get(relation)
        if rule is None or rule.allows(*ends):
            return key
        return EdgeKey(above, ASKS, node) if kinds[0] == QUESTION else EdgeKey(node, ABOUT, above)

    def _node(self, twig: Twig) -> str | None:
        """The node of a twig, with the day, the gist and the question that stand there."""
        label, gist, asked, asked_day = words_of(twig, self._names)
        node = self._noted(twig, label, CONCEPT)
        if node is None:
            return None
        if gist:
            self._gist(twig, node, gist)
        if twig.day is not None:
            self._introduce(twig.line, node, twig.day)
        if asked:
            self._ask(twig, node, asked, asked_day)
        return node

    def _noted(self, twig: Twig, label: str, kind: str) -> str | None:
        node = self._names.derived(label, kind)
        if node is None:
            self._lost(twig, label)
            return None
        where, position = origin(twig.line, rule=TREE), twig.line.position
        if node not in self._builder.nodes:
            kind = self._names.kind(node)
            draft = self._builder.mention(node, kind, self._names.label(node), where, position)
            other_day = twig.day is not None and twig.day != self._outline.day
            elsewhere = other_day or self._batch.defined_elsewhere(node, self._builder)
            draft.mention = kind == DAY or elsewhere
        return node

    def _lost(self, twig: Twig, label: str) -> None:
        if len(label) > MAX_LABEL:
            self._warn(twig, f"left out: a label of {len(label)} characters, {MAX_LABEL} are allowed")
        elif label.strip():
            what, hint = self._names.explain(label, self._names.find(label))
            self._warn(twig, what, hint)

    def _warn(self, twig: Twig, what: str, hint: str = "") -> None:
        self._findings.warn(self._outline.path, twig.line.position, what, hint)

    def _gist(self, twig: Twig, node: str, gist: str) -> None:
        """The gist of a claim: kept where this note or the map does not say the same already."""
        draft = self._builder.nodes[node]
        if not draft.mention:
            draft.data.setdefault("gist", gist)
        elif self._batch.gist(node, self._outline.day) != gist:
            draft.mention, draft.origin = False, origin(twig.line, rule=TREE)
            draft.position = twig.line.position
            draft.data["gist"] = gist

    def _introduce(self, line: Line, node: str, day: int) -> None:
        """`(Day N)` behind a node, unless it is stated otherwise."""
        if day > MAX_DAY or self._names.kind(node) == DAY or self._batch.introduced(node):
            return
        where, position, target = origin(line, rule=TREE), line.position, day_id(day)
        self._names.find(target)
        self._builder.mention(target, DAY, self._names.label(target), where, position)
        self._builder.join(EdgeKey(node, INTRODUCED_ON, target), where, position)

    def _ask(self, twig: Twig, node: str, question: str, day: int | None) -> None:
        line = twig.asked[0] if twig.asked else twig.line
        found = self._names.find(question)
        asked = found[0] if len(found) == 1 else self._names.derived(question, QUESTION)
        if asked is None:
            self._lost(twig, question)
            return
        where = origin(line, twig.asked[-1].number if twig.asked else line.number, TREE)
        draft = self._builder.mention(asked, self._names.kind(asked), self._names.label(asked), where, line.position)
        if draft.mention and draft.origin is where:
            draft.mention = self._batch.defined_elsewhere(asked, self._builder)
        key = EdgeKey(node, ASKS, asked)
        if asked != node:
            self._mark(self._builder.join(key, where, line.position), key, node, 1)
        if day is not None:
            self._introduce(line, asked, day)
