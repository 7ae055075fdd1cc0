"""Questions about relations: `what VERB A?`, `what does A VERB?`, `the NOUN of A`, `does A VERB B?`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from conceptmap.ask.frame import COMPOUND, Frame, Topic, Unclear
from conceptmap.ask.lexicon import GLUE, PASSIVE, KindWord, Noun, Verb
from conceptmap.ask.query import Filters, Holds, Query, Related, Select
from ontology.names import day_id
from ontology.terms import ABOUT, CONTRASTS_WITH, DAY, INTRODUCED_ON
from ontology.vocabulary import Relation

_OPENERS = frozenset("do does did is are was were has have can could".split())
_ASKING = frozenset("what which who anything something whatever".split())
_INTRODUCING = frozenset("about on the a an my our your".split())
_LISTING = frozenset("which what open any all list every some give name unanswered other".split())
_PRONOUNS = frozenset("it this that them these those".split())
_ROLE_PREPOSITIONS = frozenset("of for to from against on in at behind".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """The relation word of a question and where it stands."""

    start: int
    end: int
    meaning: Verb | Noun


def relation_cues(frame: Frame) -> list[Cue]:
    """What tells which relation is asked for: a noun with its topic, else a verb, else a noun; all they may mean."""
    nouns = [Cue(one.start, one.end, noun) for one, noun in frame.cues(Noun)]
    verbs = [Cue(one.start, one.end, verb) for one, verb in frame.cues(Verb) if verb.relation.name != INTRODUCED_ON]
    if any(frame.cues(KindWord)) or frame.intends("open", "define", "about"):
        verbs = [verb for verb in verbs if verb.meaning.relation.name != ABOUT]
    governing = [noun for noun in nouns if _governs(frame, noun, verbs)]
    comparing = [verb for verb in verbs if verb.meaning.relation.name == CONTRASTS_WITH]
    telling = [verb for verb in verbs if verb not in comparing]
    for cues in (governing, telling, nouns, comparing):
        if cues:
            return [cue for cue in cues if cue.start == cues[0].start]
    return []


def relation_query(frame: Frame, cue: Cue) -> Iterator[Query]:
    """The queries that a relation word and the topics around it make, if they make any, the likeliest first."""
    before = [topic for topic in frame.named if topic.end <= cue.start]
    after = [topic for topic in frame.named if topic.start >= cue.end]
    _refuse_two(frame, before)
    _refuse_two(frame, after)
    if isinstance(cue.meaning, Noun):
        topics = sorted([*after, *reversed(before)], key=lambda topic: topic.preposition in ("in", "on", "at"))
        yield from _noun_queries(frame, cue, cue.meaning, topics)
    else:
        yield from _verb_queries(frame, cue, cue.meaning, before, after)


def facets_of(frame: Frame) -> tuple[tuple[str, str], ...]:
    """The facets that words name which name no node; a word such as `go` only behind a preposition."""
    topics = [
        topic
        for topic in frame.topics
        if not topic.entries("name") and (topic.words not in GLUE or topic.preposition in _ROLE_PREPOSITIONS)
    ]
    return tuple((entry.field, entry.key) for topic in topics for entry in topic.entries("facet"))


def kinds_of(frame: Frame, apart: Cue | None = None) -> tuple[str, ...]:
    """The kinds that answers must have: those of kind words, but not of `the claim that …`, which tells of a name."""
    return tuple(
        dict.fromkeys(
            kind.kind
            for one, kind in frame.cues(KindWord)
            if kind.kind != DAY and not _is_apposition(frame, one.end)
            if apart is None or not (one.start == apart.start or _stands_for(frame, one.start, one.end))
        )
    )


def _is_apposition(frame: Frame, end: int) -> bool:
    """Whether a name follows a kind word directly, or by `that`: `the claim that scale wins`, `the method A*`."""
    following = [word.text for word in frame.words[end : end + 3]]
    skipped = next((number for number, word in enumerate(following) if word not in ("that", "the", "a", "an")), 0)
    named = any(topic.start == end + skipped for topic in frame.named)
    return named and ("that" in following[:skipped] or frame.words[0].text not in _ASKING)


def _stands_for(frame: Frame, start: int, end: int) -> Topic | None:
    """The topic of `the KIND about TOPIC`, which means a node of that kind and not the topic itself."""
    if frame.word_before(start) in _LISTING or (start > 0 and frame.words[start - 1].text in _LISTING):
        return None
    following = [word.text for word in frame.words[end : end + 3]]
    skipped = next((number for number, word in enumerate(following) if word not in _INTRODUCING), len(following))
    if not {"about", "on"} & set(following[:skipped]):
        return None
    return next((topic for topic in frame.named if topic.start == end + skipped), None)


def _governs(frame: Frame, noun: Cue, verbs: Sequence[Cue]) -> bool:
    """Whether a topic follows a noun by a preposition, before any verb."""
    following = [topic for topic in frame.named if topic.start >= noun.end]
    if not following or following[0].preposition not in _ROLE_PREPOSITIONS:
        return False
    return not any(noun.end <= verb.start < following[0].start for verb in verbs)


def _refuse_two(frame: Frame, topics: Sequence[Topic]) -> None:
    """Raise `Unclear` for `A and B` where one name is asked about: an answer to one alone would be half an answer."""
    for one, other in pairwise(sorted(topics, key=lambda topic: topic.start)):
        between = {word.text for word in frame.words[one.end : other.start]} - {"the", "a", "an", "both"}
        if between and between <= {"and", "or"}:
            raise Unclear(f"ask about one name at a time, {one.words!r} or {other.words!r}")


def _noun_queries(frame: Frame, cue: Cue, noun: Noun, topics: Sequence[Topic]) -> Iterator[Query]:
    """The noun names one end; the first topic is the other. Without one: every node at that end that passes.

    A noun that also is a kind (`evidence`) then asks for that kind: see `reading`.
    """
    relation = noun.relation
    day = _day_anchor(frame, relation.targets if noun.source else relation.sources)
    if topics:
        yield from _anchored(frame, cue, relation, topics[0], topics[1:], inverse=noun.source)
    elif day is not None:
        yield Select(Related(relation, day, inverse=noun.source, chain=relation.answers_chain))
    elif not any(one.start == cue.start for one, _ in frame.cues(KindWord)):
        filters = _filters(frame, cue, ())
        if filters.facets or filters.days:
            yield Select(Related(relation, None, inverse=noun.source), filters)


def _verb_queries(
    frame: Frame, cue: Cue, verb: Verb, before: Sequence[Topic], after: Sequence[Topic]
) -> Iterator[Query]:
    """The topic before the verb is its subject, the one behind it its object; which of them is missing is asked for."""
    subject = next((topic for topic in reversed(before) if not topic.preposition), None)
    objects = [topic for topic in after if topic.preposition != COMPOUND and not _modifies(frame, cue, topic)]
    if subject is not None and not objects and _asks_for_subject(frame, cue):
        objects, subject = [subject], None
    passive = _is_passive(frame, cue)
    if subject is not None and objects and not _is_determiner(frame, subject):
        yield _holds(frame, verb, subject, objects[0])
        return
    if objects:
        anchor, inverse = objects[0], not verb.inverse
    elif subject is not None:
        anchor, inverse = subject, verb.inverse != passive
    elif after and after[0].preposition == "about":
        yield _select(frame, cue, Related(verb.relation, None, inverse=verb.inverse), after)
        return
    elif after or before:
        anchor, inverse = [*after, *before][0], bool(after) != (verb.inverse != passive)
    else:
        yield from _day_query(frame, cue, verb)
        return
    rest = [topic for topic in (*before, *after) if topic is not anchor]
    yield from _anchored(frame, cue, verb.relation, anchor, rest, inverse=inverse)


def _anchored(
    frame: Frame, cue: Cue, relation: Relation, topic: Topic, rest: Sequence[Topic], *, inverse: bool
) -> Iterator[Query]:
    """What the relation joins to the topic; where that is of the wrong kind, to what is said about it."""
    kinds = relation.targets if inverse else relation.sources
    for one, kind in frame.cues(KindWord):
        if kind.kind in kinds and _stands_for(frame, one.start, one.end) == topic:
            joined = frame.view.edges_to(frame.node(topic), ABOUT)
            for edge in (edge for edge in joined if frame.view.node(edge.source).kind == kind.kind):
                yield _select(frame, cue, Related(relation, edge.source, inverse=inverse), rest)
            return
    try:
        anchors = [frame.node(topic, kinds)]
    except Unclear:
        said = frame.view.edges_to(frame.node(topic), ABOUT)
        anchors = [edge.source for edge in said if frame.view.node(edge.source).kind in kinds]
        if not anchors:
            raise
    for anchor in anchors:
        yield _select(frame, cue, Related(relation, anchor, inverse=inverse), rest)
    if relation.symmetric:
        yield _select(frame, cue, Related(relation, None), [topic, *rest])


def _day_query(frame: Frame, cue: Cue, verb: Verb) -> Iterator[Query]:
    """`What does day 26 ask?`, `What is required before day 26?`."""
    inverse = verb.inverse != any(one.start >= cue.end for one in frame.days[:1])
    day = _day_anchor(frame, verb.relation.targets if inverse else verb.relation.sources)
    if day is not None:
        yield _select(frame, cue, Related(verb.relation, day, inverse=inverse), (), days_used=True)


def _holds(frame: Frame, verb: Verb, subject: Topic, other: Topic) -> Query:
    relation = verb.relation
    source, target = (other, subject) if verb.inverse else (subject, other)
    return Holds(frame.node(source, relation.sources), relation, frame.node(target, relation.targets))


def _select(frame: Frame, cue: Cue, related: Related, rest: Sequence[Topic], *, days_used: bool = False) -> Query:
    chain = related.relation.answers_chain or (related.relation.transitive and frame.intends("chain"))
    filters = _filters(frame, cue, rest, days_used=days_used)
    return Select(Related(related.relation, related.anchor, related.inverse, chain), filters)


def _filters(frame: Frame, cue: Cue, rest: Sequence[Topic], *, days_used: bool = False) -> Filters:
    """What the other words of the question ask of an answer."""
    return Filters(
        kinds=kinds_of(frame, cue),
        days=frame.days[0].days if frame.days and not days_used else None,
        facets=facets_of(frame),
        near=tuple(dict.fromkeys(node for topic in rest for node, _ in frame.nodes(topic)[:1])),
    )


def _day_anchor(frame: Frame, kinds: frozenset[str]) -> str | None:
    """The day that a relation is asked of, where its end may be a Day."""
    if kinds and DAY not in kinds:
        return None
    days = [one.said for one in frame.days if one.said.first == one.said.last]
    return next((day for day in (day_id(one.first) for one in days) if frame.view.has_node(day)), None)


def _modifies(frame: Frame, cue: Cue, topic: Topic) -> bool:
    """Whether a preposition stands between the verb and a topic behind it."""
    between = {word.text for word in frame.words[cue.end : topic.start]}
    return bool(topic.preposition) and topic.preposition in between


def _asks_for_subject(frame: Frame, cue: Cue) -> bool:
    """Whether the verb has a question word as subject or a pronoun as object: `A: what supports it?`."""
    following = frame.words[cue.end].text if cue.end < len(frame.words) else ""
    return frame.word_before(cue.start) in _ASKING or following in _PRONOUNS


def _is_determiner(frame: Frame, topic: Topic) -> bool:
    """Whether a topic says what sort of thing is asked for: `which TOPIC …`."""
    return frame.words[0].text not in _OPENERS and frame.word_before(topic.start) in ("which", "what")


def _is_passive(frame: Frame, cue: Cue) -> bool:
    """Whether a verb stands as a participle behind a form of `be`; with a preposition it is a phrase of its own."""
    participle = frame.words[cue.start].said.endswith(("ed", "en")) and frame.words[cue.end - 1].text not in GLUE
    return participle and any(word.text in PASSIVE for word in frame.words[: cue.start])
