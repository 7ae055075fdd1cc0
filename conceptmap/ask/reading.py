"""Reading: from the frame of a question to a query.

Every reading below is tried in order, the more specific first; the first that finds all it needs
makes the query. Words that nothing explains make the reading fail where they could change the
answer: rather no answer than one to another question.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from conceptmap.ask.frame import Frame, Topic, Unclear
from conceptmap.ask.lexicon import ASKS_FOR_MORE, KindWord, Verb
from conceptmap.ask.query import (
    Compare,
    Days,
    Describe,
    Filters,
    IntroducedOn,
    NewOn,
    OfKind,
    PathBetween,
    Query,
    Related,
    Select,
)
from conceptmap.ask.relations import facets_of, relation_cue, relation_query
from ontology.names import name_key
from ontology.terms import CLAIM, CONTRASTS_WITH, DAY, INTRODUCED_ON, LEADS_TO, QUESTION, SUPPORTS

TOLERATED = 2
"""So many words of a question about a relation may stay unexplained: its verb and its name say enough."""

Reading = Callable[[Frame], Query | None]


@dataclass(frozen=True, slots=True)
class Read:
    """A query, the name of the reading that made it, and the words that nothing explains."""

    query: Query
    intent: str
    ignored: tuple[str, ...]


def read(frame: Frame) -> Read:
    """The query that a question means. Raises `Unclear` or `Ambiguous`."""
    if asked := [word for word in frame.unexplained if word in ASKS_FOR_MORE]:
        raise Unclear(f"the map holds nothing about {' or '.join(map(repr, asked))}", " ".join(asked))
    for intent, reading, tolerated in _READINGS:
        query = reading(frame)
        if query is None:
            continue
        if len(frame.unexplained) > tolerated:
            break
        return Read(query, intent, tuple(frame.unexplained))
    if words := frame.unexplained:
        raise Unclear(f"not understood: {', '.join(map(repr, words))}", " ".join(words))
    raise Unclear("no relation, kind or day is asked for", " ".join(topic.words for topic in frame.topics))


def _path(frame: Frame) -> Query | None:
    """`How do you get from A to B?`, `Trace the chain from A to B`."""
    topics = [topic for topic in frame.topics if topic.entries("name")]
    if len(topics) < 2 or not frame.intends("path", "chain"):
        return None
    first, last = topics[0], topics[1]
    if first.preposition == "to" or last.preposition == "from":
        first, last = last, first
    return PathBetween(frame.node(first), frame.node(last))


def _dimensions(frame: Frame) -> Query | None:
    """`Which dimensions are compared between A and B?`."""
    if not frame.intends("dimensions"):
        return None
    nodes = [frame.node(topic) for topic in frame.named if not topic.entries("dimension")]
    return Compare(tuple(nodes), names_only=True) if nodes else None


def _compare(frame: Frame) -> Query | None:
    """`Compare A with B`, `A vs B on D`, `what is the D of A?`."""
    dimensions = {entry.key for topic in frame.topics for entry in topic.entries("dimension")}
    others = [topic for topic in frame.named if not topic.entries("dimension")]
    wanted = frame.intends("compare") or any(cue.relation.name == CONTRASTS_WITH for _, cue in frame.cues(Verb))
    if len(dimensions) > 1 or (relation_cue(frame) and not wanted):
        return None
    dimension = next(iter(dimensions), None)
    if dimension and others and (wanted or _has_value(frame, others, dimension)):
        return Compare(_nodes(frame, others), dimension)
    if frame.intends("compare") and (dimension or len(others) >= 2):
        return Compare(_nodes(frame, others), dimension)
    return None


def _why(frame: Frame) -> Query | None:
    """`Why A?`: what supports it, or what leads to it."""
    if not frame.named or not frame.intends("why"):
        return None
    relations = frame.view.vocabulary.relations
    node = _claim_first(frame, frame.named[0])
    supported = frame.view.node(node).kind == CLAIM and SUPPORTS in relations
    relation = relations.get(SUPPORTS if supported else LEADS_TO)
    return Select(Related(relation, node, inverse=True)) if relation else None


def _relation(frame: Frame) -> Query | None:
    """`What VERB A?`, `What does A VERB?`, `the NOUN of A`, `Does A VERB B?`."""
    cue = relation_cue(frame)
    return relation_query(frame, cue) if cue else None


def _introduced(frame: Frame) -> Query | None:
    """`When was A introduced?`, `Which day covered A?`."""
    introducing = any(cue.relation.name == INTRODUCED_ON for _, cue in frame.cues(Verb))
    if not frame.named or not (introducing or frame.intends("when")):
        return None
    return IntroducedOn(frame.node(frame.named[0]))


def _new(frame: Frame) -> Query | None:
    """`What did day 5 establish?`, `What is new on day 27?`, `Which claims came up on day 25?`."""
    kinds = _kinds(frame)
    if not frame.days or frame.named or frame.intends("open") or kinds == (QUESTION,):
        return None
    return NewOn(frame.days[0].days, Filters(kinds=kinds, facets=facets_of(frame)))


def _of_kind(frame: Frame) -> Query | None:
    """`Open questions on day 26 about A`, `Which hand-crafted methods does A use?`, `evidence from speech`."""
    unanswered = frame.intends("open")
    kinds = _kinds(frame) or ((QUESTION,) if unanswered else ())
    if not kinds:
        return None
    days: Days | None = frame.days[0].days if frame.days else None
    near = tuple(frame.node(topic) for topic in frame.named)
    return Select(OfKind(kinds), Filters((), days, facets_of(frame), near, unanswered))


def _number(frame: Frame) -> Query | None:
    """`How many A does B have?`: a statement about it that holds a number and the question's other words."""
    if not frame.named or not frame.intends("number"):
        return None
    topic = frame.named[0]
    return Describe(frame.node(topic), "number", frame.content(topic))


def _describe(frame: Frame) -> Query | None:
    """`What is A?`, `formula for A?`, or just `A`; a second name must have to do with the first."""
    if not frame.named:
        return None
    node, *others = map(frame.node, frame.named)
    if any(not frame.view.edges_between(node, other) for other in others if other != node):
        raise Unclear("the map joins these names by nothing that the question asks for")
    return Describe(node, "formula" if frame.intends("formula") else "text")


_READINGS: Sequence[tuple[str, Reading, int]] = (
    ("path", _path, TOLERATED),
    ("dimensions", _dimensions, TOLERATED),
    ("compare", _compare, TOLERATED),
    ("why", _why, TOLERATED),
    ("relation", _relation, TOLERATED),
    ("introduced", _introduced, 0),
    ("new", _new, 0),
    ("list", _of_kind, 0),
    ("number", _number, TOLERATED),
    ("describe", _describe, 0),
)


def _nodes(frame: Frame, topics: Sequence[Topic]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(frame.node, topics)))


def _kinds(frame: Frame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cue.kind for _, cue in frame.cues(KindWord) if cue.kind != DAY))


def _has_value(frame: Frame, topics: Sequence[Topic], dimension: str) -> bool:
    """Whether one of the topics is compared in this dimension."""
    fold = frame.view.fold
    nodes = [node for topic in topics for node, _ in frame.nodes(topic)]
    keys = [key for node in nodes for table in (fold.outgoing, fold.incoming) for key in table.get(node, ())]
    return any(key.dimension and name_key(key.dimension) == dimension for key in keys)


def _claim_first(frame: Frame, topic: Topic) -> str:
    try:
        return frame.node(topic, {CLAIM})
    except Unclear:
        return frame.node(topic)
