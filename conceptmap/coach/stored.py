"""Rules of what is stored: what the vocabulary in force would not allow or does not have, what was only guessed."""

from collections.abc import Iterator

from conceptmap.coach.check import Rule, Spot
from conceptmap.coach.survey import Survey, called, edge_cite
from conceptmap.notes.lesson import class_of
from conceptmap.plain_words import counted
from graphs.consistency import check_stored
from graphs.view import Citation
from ontology.model import STATED, Document, Edge, EdgeKey, Node

VOCABULARY_HINT = "name the file that declares it with --vocabulary"


def _against_vocabulary(survey: Survey) -> Iterator[Spot]:
    """What is stored and the vocabulary would not allow: it was another when that came in.

    These are the rules of `ontology/shapes.ttl`, as the program has them: a validator of SHACL takes minutes for them.
    """
    undeclared = survey.view.undeclared()
    known: tuple[Document | None, dict[str | EdgeKey, Node | Edge]] = None, {}
    for document, finding in check_stored(survey.view):
        if document is not known[0]:
            items: list[Node | Edge] = [*document.nodes, *document.edges]
            known = document, {_identity(one): one for one in reversed(items)}
        subject, said = finding.subject, known[1]
        item = said.get(subject)
        ends = (item.source, item.target) if isinstance(item, Edge) else ()
        if any(undeclared.is_of(said[one]) for one in (subject, *ends) if one in said):
            continue  # there is a rule of its own for these, which tells each kind once
        origin = item.origin if item else STATED
        what = f"{finding.what}; {finding.hint}" if finding.hint else finding.what
        node = subject if isinstance(subject, str) else subject.source
        place = Citation(document.day, document.part, origin.lines, origin.quote, origin.how, document.undated)
        yield Spot(node, what, (place,))


def _identity(item: Node | Edge) -> str | EdgeKey:
    return item.id if isinstance(item, Node) else item.key


def _undeclared(survey: Survey) -> Iterator[Spot]:
    """Kinds and relations that the vocabulary in force does not have, each with where it is used first."""
    undeclared = survey.view.undeclared()
    for kind in undeclared.kinds:
        if nodes := list(survey.view.nodes(kind)):
            used = f"{kind} is the kind of {counted(len(nodes), 'node')}, and no kind of the vocabulary"
            yield Spot(nodes[0].id, f"{used}; {VOCABULARY_HINT}", survey.cite(nodes[0].id))
    for relation in undeclared.relations:
        if edges := list(survey.view.edges(relation)):
            used = f"{relation!r} joins {counted(len(edges), 'pair')} of nodes, and is no relation of the vocabulary"
            yield Spot(edges[0].source, f"{used}; {VOCABULARY_HINT}", (edge_cite(edges[0]),))


def _guessed(survey: Survey) -> Iterator[Spot]:
    """Edges that only rules for pages without annotations read, the least certain rule first."""
    for edge in survey.edges:
        origins = [said.item.origin for said in edge.assertions]
        classes = [class_of(origin.rule) for origin in origins if origin.how == "derived"]
        if len(classes) == len(origins) and all(one.guesses for one in classes):
            words = f"{called(survey.nodes[edge.source])} {edge.relation} {called(survey.nodes[edge.target])}"
            doubt = min(one.doubt for one in classes)
            yield Spot(edge.source, f"{words} (rule: {origins[-1].rule})", (edge_cite(edge),), weight=doubt)


VOCABULARY = Rule("vocabulary", "warning", "What is stored is allowed by the vocabulary in use.", _against_vocabulary)
UNDECLARED = Rule(
    "undeclared",
    "warning",
    "The vocabulary in force has the kinds and relations that the map uses.",
    _undeclared,
    sorted=True,
)
GUESSED = Rule("guessed", "note", "What only a rule guessed is confirmed by its author.", _guessed)
