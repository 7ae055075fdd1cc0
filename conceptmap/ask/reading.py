"""Reading: from the frame of a question to a query.

Every reading below is tried in order, the more specific first; the first that finds all it needs
makes the query. Words that nothing explains make the reading fail where they could change the
answer: rather no answer than one to another question.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from conceptmap.ask.frame import Frame, Topic, Unclear
from conceptmap.ask.lexicon import ASKS_FOR_MORE, FUTURE, NEGATIONS, Verb
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
from conceptmap.ask.relations import facets_of, kinds_of, relation_cues, relation_query
from ontology.names import name_key
from ontology.terms import (
    ANSWERS,
    CLAIM,
    CONTRASTS_WITH,
    EXAMPLE_OF,
    INTRODUCED_ON,
    LEADS_TO,
    OPPOSES,
    PREDICTS,
    QUESTION,
    SUPPORTS,
)

TOLERATED = 2
"""So many words of a question about a relation may stay unexplained: its verb and its name say enough."""

Reading = Callable[[Frame], Iterator[Query]]


@dataclass(frozen=True, slots=True)
class Read:
    """A query, the name of the reading that made it, and the words that nothing explains."""

    query: Query
    intent: str
    ignored: tuple[str, ...]


def read(frame: Frame) -> Iterator[Read]:
    """The queries that a question may mean, the likeliest first. Raises `Unclear` or `Ambiguous` if there is none."""
    for topic in frame.to_come:
        raise Unclear(f"{topic.words!r} names nothing as of day {frame.view.as_of}", topic.words)
    found = _readings(frame) or (_readings(frame) if not frame.unexplained and frame.look_closer() else [])
    if found:
        yield from found
    elif words := frame.unexplained:
        raise Unclear(f"not understood: {', '.join(map(repr, words))}", frame.matter)
    else:
        raise Unclear("no relation, kind or day is asked for", " ".join(topic.words for topic in frame.topics))


def _readings(frame: Frame) -> list[Read]:
    """What the first reading makes that finds all it needs, unless too much stays unexplained."""
    if asked := [word for word in frame.unexplained if word in ASKS_FOR_MORE]:
        raise Unclear(f"the map holds nothing about {' or '.join(map(repr, asked))}", " ".join(asked))
    if (word := frame.denied) and not frame.intends("why"):
        raise Unclear(f"it tells what is, not what is not ({word!r})")
    for intent, reading, tolerated in _READINGS:
        if queries := list(reading(frame)):
            words = tuple(frame.unexplained)
            if any(word in frame.restricting for word in words):
                return []
            return [Read(query, intent, words) for query in queries] if len(words) <= tolerated else []
    return []


def _path(frame: Frame) -> Iterator[Query]:
    """`How do you get from A to B?`, `Trace the chain from A to B`."""
    topics = [topic for topic in frame.topics if topic.entries("name")]
    if len(topics) < 2:
        return
    first, last = topics[0], topics[1]
    between = (first.preposition, last.preposition) == ("from", "to") and not relation_cues(frame)
    if first.preposition == "to" or last.preposition == "from":
        first, last = last, first
    if frame.intends("path") or between:
        yield PathBetween(frame.node(first), frame.node(last))


def _dimensions(frame: Frame) -> Iterator[Query]:
    """`Which dimensions are compared between A and B?`."""
    nodes = [topic for topic in frame.named if not frame.names_dimension(topic)]
    if frame.intends("dimensions") and nodes:
        yield Compare(_nodes(frame, nodes), names_only=True)


def _compare(frame: Frame) -> Iterator[Query]:
    """`Compare A with B`, `A vs B on D`, `what is the D of A?`."""
    dimension = frame.dimension()
    others = [topic for topic in frame.named if not frame.names_dimension(topic)]
    wanted = frame.intends("compare") or any(cue.relation.name == CONTRASTS_WITH for _, cue in frame.cues(Verb))
    if relation_cues(frame) and not wanted:
        return
    if (dimension and others and (wanted or _has_value(frame, others, dimension))) or (
        wanted and (dimension or len(others) >= 2) and (frame.intends("compare") or _contrasted(frame, others))
    ):
        frame.use(topic for topic in frame.topics if frame.names_dimension(topic))
        yield Compare(_nodes(frame, others), dimension)


def _why(frame: Frame) -> Iterator[Query]:
    """`Why A?`: what supports it, or what leads to it; `Why not A?`: what opposes it."""
    if not frame.named or not frame.intends("why"):
        return
    relations = frame.view.vocabulary.relations
    node = _claim_first(frame, frame.named[0])
    denied = any(word.text in NEGATIONS for word in frame.words)
    claim = frame.view.node(node).kind == CLAIM
    wanted = [OPPOSES] if denied else [SUPPORTS, LEADS_TO] if claim else [LEADS_TO]
    yield from (Select(Related(relations[name], node, inverse=True)) for name in wanted if name in relations)


def _relation(frame: Frame) -> Iterator[Query]:
    """`What VERB A?`, `What does A VERB?`, `the NOUN of A`, `Does A VERB B?`."""
    yield from _foretold(frame)
    for cue in relation_cues(frame):
        yield from relation_query(frame, cue)


def _foretold(frame: Frame) -> Iterator[Query]:
    """`According to A, what will …?`."""
    relation = frame.view.vocabulary.relations.get(PREDICTS)
    if relation and any(word.text in FUTURE for word in frame.words):
        for topic in frame.named:
            before = [word.text for word in frame.words[max(0, topic.start - 3) : topic.start]]
            if "according" in before:
                yield Select(Related(relation, frame.node(topic)))


def _when(frame: Frame) -> Iterator[Query]:
    """`When …A…?`, `Since when …A…?`: whatever the verb, a day is asked for."""
    if frame.named and frame.words[0].text in ("when", "since"):
        yield IntroducedOn(frame.node(frame.named[0]))


def _introduced(frame: Frame) -> Iterator[Query]:
    """`When was A introduced?`, `Which day covered A?`."""
    introducing = any(cue.relation.name == INTRODUCED_ON for _, cue in frame.cues(Verb))
    if frame.named and (introducing or frame.intends("when")):
        yield IntroducedOn(frame.node(frame.named[0]))


def _new(frame: Frame) -> Iterator[Query]:
    """`What did day 5 establish?`, `What is new on day 27?`, `Which claims came up on day 25?`."""
    kinds = kinds_of(frame)
    if frame.days and not frame.named and not frame.intends("open") and kinds != (QUESTION,):
        stated = any(cue.relation.name == INTRODUCED_ON for _, cue in frame.cues(Verb))
        yield NewOn(frame.days[0].days, Filters(kinds=kinds, facets=facets_of(frame)), everything=not stated)


def _is_kind(frame: Frame) -> Iterator[Query]:
    """`Is A a claim?`: what A is."""
    if frame.words[:1] and frame.words[0].text in ("is", "are") and len(frame.named) == 1 and kinds_of(frame):
        yield Describe(frame.node(frame.named[0]))


def _of_kind(frame: Frame) -> Iterator[Query]:
    """`Open questions on day 26 about A`, `Which hand-crafted methods does A use?`, `evidence from speech`."""
    unanswered = frame.intends("open")
    kinds = kinds_of(frame) or ((QUESTION,) if unanswered else ())
    if kinds or (facets_of(frame) and frame.named):
        days: Days | None = frame.days[0].days if frame.days else None
        near = tuple(frame.node(topic) for topic in frame.named)
        yield Select(OfKind(kinds), Filters((), days, facets_of(frame), near, unanswered))
        yield from _examples(frame, kinds)
        # `Which method has tuned gains?` may name the method itself.
        yield from (Describe(node) for node in near if frame.view.node(node).kind in kinds)


def _instances(frame: Frame) -> Iterator[Query]:
    """`Which A does B use?`, `List A`: what A has as examples, of these what has to do with B."""
    opener = frame.word_before(frame.named[0].start) if frame.named else ""
    if opener in ("which", "list", "name") or (opener in ("what", "give") and len(frame.named) > 1):
        yield from _examples(frame, ())


def _examples(frame: Frame, kinds: tuple[str, ...]) -> Iterator[Query]:
    """Examples of the first name that has any, joined to the other names."""
    relation = frame.view.vocabulary.relations.get(EXAMPLE_OF)
    for topic in frame.named if relation else ():
        node = frame.node(topic)
        if relation and any(frame.view.edges_to(node, EXAMPLE_OF)):
            near = tuple(frame.node(other) for other in frame.named if other is not topic)
            yield Select(Related(relation, node, inverse=True), Filters(kinds, facets=facets_of(frame), near=near))
            return


def _number(frame: Frame) -> Iterator[Query]:
    """`How many A does B have?`: a statement about it that holds a number and the question's other words."""
    if frame.named and frame.intends("number"):
        topic = frame.named[0]
        yield Describe(frame.node(topic), "number", frame.content(topic))


def _describe(frame: Frame) -> Iterator[Query]:
    """`What is A?`, `formula for A?`, or just `A`; another name must stand behind a preposition and be joined to it."""
    if not frame.named:
        return
    node = frame.node(frame.named[0])
    for topic in frame.named[1:]:
        other = frame.node(topic)
        if other != node and not (topic.preposition and frame.view.edges_between(node, other)):
            raise Unclear("the map joins these names by nothing that the question asks for")
    if frame.intends("formula"):
        yield Describe(node, "formula")
        return
    answers = frame.view.vocabulary.relations.get(ANSWERS)
    if answers and frame.view.node(node).kind == QUESTION:
        yield Select(Related(answers, node, inverse=True))
    yield Describe(node)


_READINGS: Sequence[tuple[str, Reading, int]] = (
    ("path", _path, TOLERATED),
    ("dimensions", _dimensions, TOLERATED),
    ("compare", _compare, TOLERATED),
    ("why", _why, TOLERATED),
    ("introduced", _when, 0),
    ("relation", _relation, TOLERATED),
    ("introduced", _introduced, 0),
    ("new", _new, 0),
    ("describe", _is_kind, 0),
    ("list", _of_kind, 0),
    ("examples", _instances, 0),
    ("number", _number, TOLERATED),
    ("describe", _describe, 0),
)


def _nodes(frame: Frame, topics: Sequence[Topic]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(frame.node, topics)))


def _contrasted(frame: Frame, topics: Sequence[Topic]) -> bool:
    """Whether the map contrasts the first two topics."""
    ends = [frame.nodes(topic)[0][0] for topic in topics[:2]]
    return len(ends) == 2 and any(edge.relation == CONTRASTS_WITH for edge in frame.view.edges_between(*ends))


def _has_value(frame: Frame, topics: Sequence[Topic], dimension: str) -> bool:
    """Whether one of the topics is compared in this dimension."""
    view = frame.view
    nodes = [node for topic in topics for node, _ in frame.nodes(topic)]
    keys = [key for node in nodes for key in (*view.edge_keys_from(node), *view.edge_keys_to(node))]
    return any(key.dimension and name_key(key.dimension) == dimension for key in keys)


def _claim_first(frame: Frame, topic: Topic) -> str:
    try:
        return frame.node(topic, {CLAIM})
    except Unclear:
        return frame.node(topic)
