"""The checks of a whole map: what a careful author would look at again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from conceptmap.alike import alike, merge_command
from conceptmap.competency import ListedQuestion, ask_all
from conceptmap.notes.lesson import class_of
from conceptmap.notes.outline.syntax import Grammar
from conceptmap.plain_words import counted
from conceptmap.reporters import Remark, Severity
from graphs.consistency import check_stored
from graphs.fold import PartKey
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from ontology.hints import meant, misspelt
from ontology.model import STATED, CompetencyQuestion, Document, Edge, EdgeKey, Node
from ontology.names import day_id, name_key
from ontology.terms import DAY, UNIT

_NOTED = ("alike", "alone", "guessed")
"""Rules that often find what is right as it is."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: the rule, the node concerned (empty: none), what it is, and where the map says so.

    `gravity` is how grave its author calls it; else the rule says it.
    """

    rule: str
    node: str
    what: str
    cites: tuple[Citation, ...]
    gravity: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.gravity or ("note" if self.rule in _NOTED else "warning")

    def remark(self, paths: Mapping[PartKey, str] = MappingProxyType({})) -> Remark:
        """The same for a report; `paths` are those of the files that parts were read from, as far as they are there."""
        cite = self.cites[0] if self.cites else None
        path = paths.get(PartKey(cite.day, cite.file), cite.file) if cite else ""
        line = cite.lines[0] if cite and cite.lines else None
        return Remark(path, line, None, self.rule.replace(" ", "-"), self.severity, self.what)


def checks(view: View, rule: str | None = None) -> list[Check]:
    """Everything worth a second look: questions, the rest by rule and node, then guesses, the least certain first.

    With a rule, only what that finds.
    """
    return [check for name, find in RULES.items() if rule in (None, name) for check in find(view)]


def _unanswered(view: View) -> Iterator[Check]:
    """Questions of the notes to which the map has not the answers that are wanted."""
    for document in view.documents():
        for asked in ask_all(view, (ListedQuestion(document.part, one) for one in document.questions)):
            if not asked.is_answered:
                what = f"{asked.question.ask!r}: {asked.why}"
                yield Check(asked.outcome, _page(document), what, (_place(document, asked.question),))


def _page(document: Document) -> str:
    """The node that stands for a note."""
    return next((node.id for node in document.nodes), "") if document.undated else day_id(document.day)


def _place(document: Document, question: CompetencyQuestion) -> Citation:
    """Where a note asks a question."""
    lines = (question.line, question.line) if question.line else None
    return Citation(document.day, document.part, lines, question.ask, "stated", document.undated)


def _against_vocabulary(view: View) -> Iterator[Check]:
    """What is stored and the vocabulary would not allow: it was another when that came in.

    These are the rules of `ontology/shapes.ttl`, as the program has them: a validator of SHACL takes minutes for them.
    """
    undeclared = view.undeclared()
    for document, finding in check_stored(view):
        subject = finding.subject
        items: list[Node | Edge] = [*document.nodes, *document.edges]
        item = next((one for one in items if _identity(one) == subject), None)
        ends = {item.source, item.target} if isinstance(item, Edge) else set()
        if any(undeclared.is_of(one) for one in items if one is item or _identity(one) in ends):
            continue  # there is a rule of its own for these, which tells each kind once
        origin = item.origin if item else STATED
        what = f"{finding.what}; {finding.hint}" if finding.hint else finding.what
        node = subject if isinstance(subject, str) else subject.source
        place = Citation(document.day, document.part, origin.lines, origin.quote, origin.how, document.undated)
        yield Check("vocabulary", node, what, (place,))


def _identity(item: Node | Edge) -> str | EdgeKey:
    return item.id if isinstance(item, Node) else item.key


def _guessed(view: View) -> list[Check]:
    """Edges that only rules for pages without annotations read, the least certain rule first."""
    found: list[tuple[int, Check]] = []
    for edge in view.edges():
        origins = [said.item.origin for said in edge.assertions]
        classes = [class_of(origin.rule) for origin in origins if origin.how == "derived"]
        if len(classes) == len(origins) and all(one.guesses for one in classes):
            words = f"{view.node(edge.source).label!r} {edge.relation} {view.node(edge.target).label!r}"
            where = (cite(edge.assertions[-1]),)
            check = Check("guessed", edge.source, f"{words} (rule: {origins[-1].rule})", where)
            found.append((min(one.doubt for one in classes), check))
    return [check for _, check in sorted(found, key=lambda one: (-one[0], one[1].node, one[1].what))]


def _alike(view: View) -> Iterator[Check]:
    """Pairs of nodes that may be one."""
    for one, other in alike(view):
        what = f"{one.label!r} and {other.label!r} may be one: {merge_command(view, one, other)}"
        yield Check("alike", one.id, what, (*_cites(one), *_cites(other)))


def _undefined(view: View) -> Iterator[Check]:
    """Nodes that are only mentioned, and the name that perhaps was meant."""
    known = {name_key(name): name for node in view.nodes() if node.defined for name in node.names}
    for node in view.nodes():
        if not node.defined and node.kind not in (DAY, UNIT):
            near = meant([known[key] for key in misspelt(name_key(node.label), known)])
            what = f"{node.label!r} is used, but no note defines it"
            yield Check("undefined", node.id, f"{what}; {near}" if near else what, _cites(node))


def _misspelt(view: View) -> Iterator[Check]:
    """Words before a colon that are nearly a kind, and keys of data that are nearly a relation."""
    grammar = Grammar(view.vocabulary)
    relations = {name_key(name): name for name in view.vocabulary.direction_names}
    for node in view.nodes():
        prefix, colon, _ = node.label.partition(":")
        if colon and (near := grammar.near_kind(prefix)):
            yield Check("misspelt", node.id, f"{prefix!r} of {node.label!r} is no kind; {near}", _cites(node))
        for key in node.data:
            if near := meant([relations[one] for one in misspelt(name_key(key), relations)]):
                yield Check("misspelt", node.id, f"{key!r} of {node.label!r} is no relation; {near}", _cites(node))


def _undeclared(view: View) -> Iterator[Check]:
    """Kinds and relations that the vocabulary in force does not have, each with where it is used first."""
    hint = "name the file that declares it with --vocabulary"
    undeclared = view.undeclared()
    for kind in undeclared.kinds:
        if nodes := list(view.nodes(kind)):
            used = f"{kind} is the kind of {counted(len(nodes), 'node')}, and no kind of the vocabulary"
            yield Check("undeclared", nodes[0].id, f"{used}; {hint}", _cites(nodes[0]))
    for relation in undeclared.relations:
        if edges := list(view.edges(relation)):
            used = f"{relation!r} joins {counted(len(edges), 'pair')} of nodes, and is no relation of the vocabulary"
            where = (cite(edges[0].assertions[-1]),)
            yield Check("undeclared", edges[0].source, f"{used}; {hint}", where)


def _alone(view: View) -> Iterator[Check]:
    """Nodes that nothing is joined to; a bibliography may list more than is cited."""
    for node in view.nodes():
        joined = any(view.edges_from(node.id)) or any(view.edges_to(node.id))
        if not joined and not node.is_reference and node.kind not in (DAY, UNIT):
            yield Check("alone", node.id, f"{node.label!r} is joined to nothing", _cites(node))


def _contested(view: View) -> Iterator[Check]:
    """Pairs of which one both speaks for and against the other."""
    relations = view.vocabulary.relations.values()
    pairs: dict[tuple[str, str], list[tuple[FoldedEdge, int]]] = {}
    for relation in (one for one in relations if one.polarity):
        for edge in view.edges(relation.name):
            pairs.setdefault((edge.source, edge.target), []).append((edge, relation.polarity))
    for (speaker, target), signed in pairs.items():
        if len({polarity for _, polarity in signed}) > 1:
            said = " and ".join(dict.fromkeys(edge.relation for edge, _ in signed))
            what = f"{view.node(speaker).label!r} both {said} {view.node(target).label!r}"
            yield Check("contested", target, what, tuple(cite(edge.assertions[-1]) for edge, _ in signed))


def _cites(node: FoldedNode) -> tuple[Citation, ...]:
    return (cite(node.assertions[-1]),)


def _by_node(find: Callable[[View], Iterable[Check]]) -> Callable[[View], list[Check]]:
    return lambda view: sorted(find(view), key=lambda check: (check.node, check.what))


RULES: Mapping[str, Callable[[View], Iterable[Check]]] = {
    "questions": _unanswered,
    "vocabulary": _by_node(_against_vocabulary),
    "alike": _by_node(_alike),
    "alone": _by_node(_alone),
    "contested": _by_node(_contested),
    "undeclared": _undeclared,
    "misspelt": _by_node(_misspelt),
    "undefined": _by_node(_undefined),
    "guessed": _guessed,
}
"""What finds what, in the order in which it is listed."""
