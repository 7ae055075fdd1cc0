"""Relations: `what VERB A?`, `what does A VERB?`, `the NOUN of A`, `does A VERB B?` (see `holds`)."""

from collections.abc import Collection, Container, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar

from conceptmap.ask.filters import (
    ASKING,
    LISTING,
    NO_FILTERS,
    ROLE_PREPOSITIONS,
    Filters,
    described,
    facets_of,
    kinds_of,
    near_filters,
    one_of_kind_meant,
    stands_for,
)
from conceptmap.ask.form import Account, Composed, Form, Query, Wanted
from conceptmap.ask.forms.holds import Holds
from conceptmap.ask.found import Found, NodeName, Piece, cited, in_course_order, remarked_edges, stated_edges, subject
from conceptmap.ask.implied import EARLIER, LATER, implied
from conceptmap.ask.lexicon import KindWord, Noun, Verb
from conceptmap.ask.naming import fitting
from conceptmap.ask.parse import COMPOUND, Ambiguous, ParsedQuestion, Topic, Unclear
from conceptmap.ask.roles import kinds_meant_loosely
from conceptmap.ask.sameness import denies
from conceptmap.ask.saying import several
from conceptmap.ask.spans import EXACT
from conceptmap.ask.sparql import NoSparql, ShortNames, one_of
from conceptmap.ask.thesaurus import senses
from conceptmap.ask.words import ARTICLES, IGNORABLE, OPENERS, PASSIVE
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from graphs.walks import reach, steps_to
from graphs.words import stem, stems
from ontology.names import day_id, name_key, singular
from ontology.terms import ABOUT, CLAIM, CONTRASTS_WITH, DAY, EXAMPLE_OF, INTRODUCED_ON, PART_OF, PREDICTS
from ontology.vocabulary import Relation

_PRONOUNS = frozenset("it this that them these those".split())
_AT_ONCE = frozenset("direct directly immediate immediately next".split())
"""Words that ask for the next step alone."""
_STRAIGHT = frozenset("straight right just firsthand".split())
"""Words that do so beside the word for the relation: `builds straight on A`, `right before A`."""
_STANDING = frozenset(map(stem, "build built base found ground rest stand read reread review revise reviewed".split()))
"""What something is built on is next to it, and so is what is to be read for it; what it needs may be far away."""
_FUTURE = frozenset("will going gonna eventually future someday".split())
"""Words that make `according to A, …` ask what A predicts."""


MANY = 200
"""Of more answers nobody reads all the lines that say so: one line each will do."""


@dataclass(frozen=True, slots=True)
class Related(Query):
    """The nodes at the other end of a relation from an anchor (None: from any node) that pass the filters.

    `inverse`: the anchor is the target. `chain`: all that can be reached, not only the next. `of_kinds`: without an
    anchor, the kinds that the other end may be of (none given: any).
    """

    relation: Relation
    anchor: str | None
    inverse: bool = False
    chain: bool = False
    filters: Filters = NO_FILTERS
    of_kinds: tuple[str, ...] = ()

    def find(self, view: View) -> list[Found]:
        """What the relation leads to: of a chain the nearest first, else in the order of the course."""
        if self._is_of_ends(view) and len(self.keys(view)) > MANY:
            return self.find_among(view, self.keys(view))
        kept = [one for one in self._reached(view) if self.filters.passes(view, one.node, one.edges)]
        found = [cited(view, one.node, edges=one.edges, path=one.path) for one in kept]
        return found if self.chain else in_course_order(found)

    def find_among(self, view: View, keys: Set[str]) -> list[Found]:
        """The same of some nodes."""
        if not self._is_of_ends(view):
            return Query.find_among(self, view, keys)
        ends = self._edges_of(view, self.keys(view) & keys)
        return in_course_order([cited(view, view.node(node), edges=edges) for node, edges in ends])

    def cites_of(self, view: View, keys: Set[str]) -> dict[str, tuple[Citation, ...]]:
        """The lines of the edges."""
        if not self._is_of_ends(view):
            return Query.cites_of(self, view, keys)
        ends = self._edges_of(view, self.keys(view) & keys)
        return {node: tuple(cite(edge.assertions[-1]) for edge in edges) for node, edges in ends}

    def _edges_of(self, view: View, nodes: Collection[str]) -> Iterator[tuple[str, tuple[FoldedEdge, ...]]]:
        """The edges of nodes that make them answers, where any will do; of very many nodes one each shows it."""
        most, kinds = None if len(nodes) <= MANY else 1, view.vocabulary.within(self.of_kinds)
        for node in sorted(nodes):
            stated = stated_edges(view, node, self.relation, inverse=self.inverse)
            to_others = (edge for edge in stated if not kinds or view.kind(edge.other(node)) in kinds)
            edges = tuple(islice(to_others, most))
            if edges:
                yield node, edges

    def pieces(self, view: View) -> Iterator[Piece]:
        """The relation as it is read from the anchor, the anchor, whether all steps count, and the filters."""
        yield Piece("relation", self.relation.inverse_says if self.inverse else self.relation.says)
        if self.anchor is not None:
            yield Piece("of", NodeName.of(view, self.anchor))
        if self.of_kinds:
            yield Piece("kinds", self.of_kinds)
        yield Piece("chain", self.chain)
        yield from self.filters.pieces(view)

    def exists(self, view: View) -> bool:
        """Whether it finds anything; that there is an edge is seen without reading any."""
        return bool(self.keys(view)) if self._is_of_ends(view) else Query.exists(self, view)

    def keys(self, view: View) -> set[str]:
        """The ids of what it finds."""
        return self._ends(view) if self._is_of_ends(view) else Query.keys(self, view)

    def kinds_of_end(self, view: View) -> tuple[str, ...]:
        """The kinds that may stand at the end that is asked for, in the vocabulary's order; none given: any may."""
        kinds = self.relation.sources if self.inverse else self.relation.targets
        return tuple(kind for kind in view.vocabulary.kinds if kind in kinds)

    def _is_of_ends(self, view: View) -> bool:
        """Whether all nodes at the end that is asked for are found, where only kinds narrow them and all days count."""
        return (
            self.anchor is None
            and self.filters == Filters(self.filters.kinds)
            and view.as_of is None
            and not self.relation.symmetric
        )

    def _ends(self, view: View) -> set[str]:
        """These nodes."""
        table = view.all_neighbours(self.relation.name, inverse=not self.inverse)
        own, others = view.vocabulary.within(self.filters.kinds), view.vocabulary.within(self.of_kinds)
        ends = {node for node in table if view.has_node(node) and (not own or view.kind(node) in own)}
        if not others:
            return ends
        beside = {other for node in ends for other in table[node]}
        fit = {node for node in beside if view.has_node(node) and view.kind(node) in others}
        return {node for node in ends if not fit.isdisjoint(table[node])}

    def account(self, view: View) -> Account:
        """The relation too, and what it says of the end that is asked for."""
        said = implied(self.relation.name, source=self.inverse)
        if self.anchor is not None:
            said |= self._when(view)
        return Query.account(self, view) | Account(relations=frozenset([self.relation.name]), implied=said)

    def _when(self, view: View) -> frozenset[str]:
        """The words that say when all that it finds came up: before what it is asked of, or after it."""
        day = view.introduced_on(self.anchor) if self.anchor is not None else None
        days = [view.introduced_on(node) for node in self.keys(view)] if day is not None else []
        known = [one for one in days if one is not None and day is not None and one != day]
        if day is None or not days or len(known) < len(days):
            return frozenset()
        return EARLIER if max(known) < day else LATER if min(known) > day else frozenset()

    def lead(self, view: View) -> str:
        """`ANCHOR says`."""
        return f"{self._says(view)}{' (step by step)' if self.chain else ''}{self.filters.on_days}"

    def missing(self, view: View) -> str:
        """`what says ANCHOR`, or `what ANCHOR says`, in the direction of the relation."""
        if self.anchor is not None and self.inverse:
            return f"what {self.relation.says} {view.node(self.anchor).label}{self.filters.narrowing(view)}"
        return f"what {self._says(view).removeprefix('What ')}{self.filters.narrowing(view)}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The edge or chain of edges, and the filters."""
        if self.anchor is not None and any(one.edges[0].relation != self.relation.name for one in self._reached(view)):
            raise NoSparql(f"{self.relation.says!r} is a remark on an edge here, and no relation")
        step = names.path(self.relation) + ("+" if self.chain else "")
        anchor = names.node(self.anchor) if self.anchor is not None else "?other" if self.of_kinds else "[]"
        edge = f"?node {step} {anchor} ." if self.inverse else f"{anchor} {step} ?node ."
        # A circle is no way to oneself.
        edges = [edge, f"FILTER(?node != {anchor})"] if self.chain else [edge]
        if self.of_kinds:
            kinds, kind = one_of("?otherKind", map(names.kind, names.narrower(self.of_kinds)))
            edges = [*kinds, f"?other a {kind} .", *edges]
        return [*edges, *self.filters.patterns(view, names), *self.filters.day_patterns(names, self._last_edge(names))]

    def _reached(self, view: View) -> Iterator["_Reached"]:
        """What the relation joins to the anchor, nearest first; without an anchor, everything at that end of it."""
        name = self.relation.name
        if self.anchor is None:
            table, near = view.all_neighbours(name, inverse=not self.inverse), self.filters.among(view)
            kinds = view.vocabulary.within(self.of_kinds)
            for node in sorted(table if near is None else near & table.keys()):
                edges = tuple(
                    edge
                    for edge in stated_edges(view, node, self.relation, inverse=self.inverse)
                    if not kinds or view.kind(edge.other(node)) in kinds
                )
                if edges:
                    yield _Reached(view.node(node), (), edges)
            return
        came_from = reach(view, self.anchor, name, inverse=self.inverse, far=self.chain)
        if not came_from:
            for edge in remarked_edges(view, self.anchor, self.relation, inverse=self.inverse):
                yield _Reached(view.node(edge.other(self.anchor)), (), (edge,))
        for node, before in came_from.items():
            path = steps_to(came_from, self.anchor, node)
            edges = tuple(view.edges_along(before, node, name, inverse=self.inverse))
            yield _Reached(view.node(node), path if len(path) > 2 else (), edges)

    def _says(self, view: View) -> str:
        """`ANCHOR says`, or without an anchor the end that is asked for."""
        if self.anchor is None:
            others = " or ".join(map(several, self.of_kinds)) or "something"
            return f"What {self.relation.says if self.inverse else self.relation.inverse_says} {others}"
        return subject(view, self.anchor, self.relation.inverse_says if self.inverse else self.relation.says)

    def _last_edge(self, names: ShortNames) -> list[str]:
        """The edge of the last step to a node."""
        anchor = "?before" if self.anchor is None else names.node(self.anchor)
        lines, before = [], anchor
        if self.chain and self.anchor is not None:
            before = "?before"
            step = names.path(self.relation)
            lines = [f"?before {step}* {anchor} ." if self.inverse else f"{anchor} {step}* ?before ."]
        edge = f"?edge rdf:predicate {names.relation(self.relation.name)}"
        if self.relation.symmetric:
            return [*lines, f"{edge} ; rdf:subject|rdf:object ?node , {before} .", f"FILTER(?node != {before})"]
        source, target = ("?node", before) if self.inverse else (before, "?node")
        return [*lines, f"{edge} ; rdf:subject {source} ; rdf:object {target} ."]


@dataclass(frozen=True, slots=True)
class Reasons(Related):
    """What supports or opposes a claim, or leads to a thing, as the reasons for it."""

    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "reasons"])


@dataclass(frozen=True, slots=True)
class Kinds(Related):
    """The parts of a thing that are called as it is, and so are kinds of it: of `Sails`, the `Square sails`."""

    def find(self, view: View) -> list[Found]:
        """The parts whose names end as that of the thing does."""
        head = _head(view.node(self.anchor).label) if self.anchor is not None else ""
        return [one for one in Related.find(self, view) if _head(one.label) == head]

    def account(self, view: View) -> Account:
        """What asks for examples too."""
        return Related.account(self, view) | Account(relations=frozenset([EXAMPLE_OF]))

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Names are read by the program alone."""
        raise NoSparql("SPARQL does not know which names end alike")


def _head(label: str) -> str:
    """The stem of the last word of a name."""
    return stem(name_key(label).rpartition(" ")[2])


@dataclass(frozen=True, slots=True)
class _Reached:
    """A node that a relation leads to, the nodes on the way, and the edges of the last step."""

    node: FoldedNode
    path: tuple[str, ...]
    edges: tuple[FoldedEdge, ...]


@dataclass(frozen=True, slots=True)
class RelationCue:
    """The relation word of a question and where it stands."""

    start: int
    end: int
    meaning: Verb | Noun


def relation_cues(question: ParsedQuestion) -> list[RelationCue]:
    """What tells which relation is asked for: a noun with its topic, else a verb, else a noun; all they may mean."""
    nouns = [RelationCue(one.start, one.end, noun) for one, noun in question.cues(Noun)]
    verbs = [RelationCue(one.start, one.end, verb) for one, verb in question.cues(Verb)]
    # A name that is a word for a relation as well is one only where no other word is.
    nouns = [noun for noun in nouns if noun.start not in _names(question)] or nouns
    verbs = [verb for verb in verbs if verb.start not in _names(question)] or verbs
    kind_is_asked = any(question.cues(KindWord)) or question.asks_for("open", "define", "about")
    passed_over = {INTRODUCED_ON, ABOUT} if kind_is_asked and not question.is_yes_or_no else {INTRODUCED_ON}
    had = {noun.start for noun in nouns if question.is_had(noun.start)}  # `have little support`
    verbs = [verb for verb in verbs if verb.meaning.relation.name not in passed_over and verb.start not in had]
    governing = [noun for noun in nouns if _governs(question, noun, verbs)]
    comparing = [verb for verb in verbs if verb.meaning.relation.name == CONTRASTS_WITH]
    telling = [verb for verb in verbs if verb not in comparing and not _is_done_by(question, verb, verbs)]
    cues = governing or telling or nouns or comparing
    return [cue for cue in cues if cue.start == cues[0].start]


def _is_done_by(question: ParsedQuestion, verb: RelationCue, verbs: Sequence[RelationCue]) -> bool:
    """Whether a verb is a noun that another has as its subject: of `what does ending up in A cause?`, the first."""
    behind = verb.start > 0 and question.words[verb.start - 1].text in OPENERS
    return behind and question.words[verb.start].said.endswith("ing") and any(one.start >= verb.end for one in verbs)


def is_at_once(question: ParsedQuestion, start: int, end: int) -> bool:
    """Whether only the next step is asked for, of a relation whose words are these."""
    cue = [word.stem for word in question.words[start:end]]
    return is_said_at_once(question, start, end) or not _STANDING.isdisjoint(cue)


def is_said_at_once(question: ParsedQuestion, start: int = 0, end: int = 0) -> bool:
    """Whether a word says so: `directly`, or `right` beside the words for the relation."""
    words = question.words
    beside = {word.text for word in words[max(0, start - 1) : end]}
    at_once = any(word.text in _AT_ONCE for word in words) and not question.asks_for("chain")
    return at_once or not _STRAIGHT.isdisjoint(beside)


def _names(question: ParsedQuestion) -> frozenset[int]:
    """Where exact names begin."""
    return frozenset(one.start for one in question.spans if any(match.score == EXACT for match in one.named))


def _governs(question: ParsedQuestion, noun: RelationCue, verbs: Sequence[RelationCue]) -> bool:
    """Whether a topic follows a noun by a preposition, before any verb."""
    following = [topic for topic in question.named if topic.start >= noun.end]
    if not following or following[0].preposition not in ROLE_PREPOSITIONS:
        return False
    return not any(noun.end <= verb.start < following[0].start for verb in verbs)


class _Reading:
    """What a relation word and the topics around it ask, the likeliest first, if they ask anything."""

    def __init__(self, question: ParsedQuestion, cue: RelationCue) -> None:
        self.question, self.view, self.cue = question, question.view, cue
        self.before = [topic for topic in question.named if topic.end <= cue.start]
        self.after = [topic for topic in question.named if topic.start >= cue.end]

    def queries(self) -> Iterator[Query | Composed]:
        """All that may be meant. Raises `Unclear` or `Ambiguous`."""
        yield from self._of_described()
        yield from self._of_told()
        if isinstance(self.cue.meaning, Noun):
            yield from self._of_noun(self.cue.meaning)
        else:
            yield from self._of_verb(self.cue.meaning)

    def _of_described(self) -> Iterator[Composed]:
        """`What supports the claim?`: of the one claim that anything may support; of several it is asked back."""
        question, meaning = self.question, self.cue.meaning
        for span, kind in described(question) if not question.days else ():
            inverse = self._inverse_at(span.start) if kind != DAY else None
            nodes = self._ends_of_kind(meaning.relation, kind, inverse=inverse) if inverse is not None else []
            if inverse is not None and (node := one_of_kind_meant(question, span, nodes)):
                rest = question.part(range(span.start, span.end).__contains__)
                query = self._related(meaning.relation, node, (), inverse=inverse)
                yield Composed(replace(query, filters=replace(query.filters, kinds=())), (rest,))

    def _of_told(self) -> Iterator[Composed]:
        """`What supports the claim about A?`: of the one claim that has to do with it; of several it is asked back."""
        question, relation = self.question, self.cue.meaning.relation
        for span, word in question.cues(KindWord):
            topic, inverse = stands_for(question, span.start, span.end), self._inverse_at(span.start)
            kinds = self.view.vocabulary.within([word.kind])
            if topic is None or inverse is None or not kinds & (relation.targets if inverse else relation.sources):
                continue
            said = self._about(topic, kinds) or self._fitting(topic, kinds)
            if len(said) > 1:
                ends = self.view.all_neighbours(relation.name, inverse=inverse)
                raise Ambiguous(topic, sorted(said, key=lambda node: not self._is_end(node, ends, kinds)))
            rest = [one for one in question.named if one is not topic]
            for node in said:
                part = question.part(range(span.start, topic.end).__contains__)
                yield Composed(self._related(relation, node, rest, inverse=inverse), (part,))

    def _inverse_at(self, place: int) -> bool | None:
        """Whether a description at a place is read as a target; None where it is no end of the relation at all."""
        question, meaning, behind = self.question, self.cue.meaning, place >= self.cue.end
        if isinstance(meaning, Noun):
            is_end = behind and question.word_before(place) in ROLE_PREPOSITIONS
            return meaning.source if is_end else None
        if behind:
            return not meaning.inverse
        asked = question.words[max(place - 2, 0)].text in OPENERS
        return meaning.inverse != self._is_passive() if asked else None

    def _ends_of_kind(self, relation: Relation, kind: str, *, inverse: bool) -> list[str]:
        """The nodes of a kind at the end of a relation from which it is read, in the order of the course."""
        view = self.view
        kinds = view.vocabulary.within([kind])
        ends = view.all_neighbours(relation.name, inverse=inverse)
        nodes = [node for node in ends if self._is_end(node, ends, kinds)]
        return sorted(nodes, key=lambda one: (view.introduced_on(one) or 0, one))

    def _is_end(self, node: str, ends: Container[str], kinds: Container[str]) -> bool:
        """Whether a node is of some kinds and stands among some ends."""
        return node in ends and self.view.has_node(node) and self.view.kind(node) in kinds

    def _of_noun(self, noun: Noun) -> Iterator[Query | Composed]:
        """The noun names one end; the first topic is the other. Without one: every node at that end that passes.

        A noun that also is a kind (`evidence`) then asks for that kind: see `of_kind`.
        """
        relation, inverse = noun.relation, noun.source
        around = [*self.after, *reversed(self.before)]
        topics = sorted(around, key=lambda topic: topic.preposition in ("in", "on", "at"))
        day = self._day(relation.targets if inverse else relation.sources)
        if topics:
            yield from self._at_topic(relation, topics[0], topics[1:], inverse=inverse)
        elif day is not None:
            yield self._related(relation, day, (), inverse=inverse, days_used=True)
        elif not self.question.is_had(self.cue.start) and not any(
            one.start == self.cue.start for one, _ in self.question.cues(KindWord)
        ):
            filters = self._filters(())
            of_trait = any(
                topic.preposition in ("of", "to") and not topic.entries("name") for topic in self.question.topics
            )
            if (filters.facets and not of_trait) or filters.days:
                yield Related(relation, None, inverse, filters=filters)

    def _of_verb(self, verb: Verb) -> Iterator[Query | Composed]:
        """The topic before the verb is its subject, that behind it its object; which one is missing is asked for."""
        before, after = self.before, self.after
        subject = next((topic for topic in reversed(before) if not topic.preposition), None)
        objects = [topic for topic in after if topic.preposition != COMPOUND and not self._modifies(topic)]
        if subject is not None and not objects and self._asks_for_subject():
            objects, subject = [subject], None
        passive = self._is_passive()
        if subject is not None and objects and not self._is_determiner(subject):
            source, target = (objects[0], subject) if verb.inverse else (subject, objects[0])
            start, relation = self.question.node(source, verb.relation.sources), verb.relation
            direct = is_said_at_once(self.question, self.cue.start, self.cue.end)
            yield Holds(start, relation, self.question.node(target, relation.targets), direct)
            return
        if objects:
            anchor, inverse = objects[0], not verb.inverse
        elif subject is not None:
            anchor, inverse = subject, verb.inverse != passive
        elif after and after[0].preposition == "about":
            yield self._related(verb.relation, None, after, inverse=verb.inverse)
            return
        elif after or before:
            anchor, inverse = [*after, *before][0], bool(after) != (verb.inverse != passive)
        else:
            yield from self._at_day(verb)
            if joined := self._of_kinds(verb):
                yield joined
                return
            # `supported`, `supports something`: whatever stands at that end of the relation.
            if self.question.is_part or kinds_of(self.question, self.cue.start):
                yield self._related(verb.relation, None, (), inverse=verb.inverse == self._is_passive())
            return
        rest = [topic for topic in (*before, *after) if topic is not anchor]
        yield from self._at_topic(verb.relation, anchor, rest, inverse=inverse)

    def _of_kinds(self, verb: Verb) -> Related | None:
        """`Which claims are supported by evidence?`: a kind at each end."""
        question = self.question
        told = [(one.start, word.kind) for one, word in question.cues(KindWord) if word.kind != DAY]
        before = tuple(dict.fromkeys(kind for place, kind in told if place < self.cue.start))
        behind = tuple(dict.fromkeys(kind for place, kind in told if place >= self.cue.end))
        if not behind or not (before or question.is_part) or question.is_yes_or_no or self._is_one_behind():
            return None
        filters = Filters(
            kinds=before, days=question.days[0].days if question.days else None, facets=facets_of(question)
        )
        inverse = verb.inverse == self._is_passive()
        return Related(verb.relation, None, inverse, filters=filters, of_kinds=behind)

    def _is_one_behind(self) -> bool:
        """Whether a kind behind the verb stands for one node: `raised against the main thesis`."""
        question = self.question
        for span, _ in question.cues(KindWord):
            noun, before = question.text(span), {word.text for word in question.words[self.cue.end : span.start]}
            if span.start >= self.cue.end and "the" in before and singular(noun) == noun:
                return True
        return False

    def _at_topic(
        self, relation: Relation, topic: Topic, rest: Sequence[Topic], *, inverse: bool
    ) -> Iterator[Query | Composed]:
        """What the relation joins to the topic; where that is of the wrong kind, to what is said about it."""
        question, kinds = self.question, relation.targets if inverse else relation.sources
        try:
            anchors = [question.node(topic, kinds)]
        except Unclear:
            anchors = self._fitting(topic, kinds)
            if claim := self._claim_about(anchors, topic, relation, inverse=inverse):
                query = self._related(relation, claim, rest, inverse=inverse)
                yield Composed(query, (question.part(range(topic.start, topic.end).__contains__),))
                return
            if not anchors:
                raise
            if len(anchors) > 1:
                raise Ambiguous(topic, anchors) from None
        for anchor in anchors:
            yield self._related(relation, anchor, rest, inverse=inverse)
        for anchor in anchors if rest else ():
            # `the parts of A in my notes on B`: a name that is joined to A may only say where A stands.
            others = [other for other in rest if self._is_determiner(other) or not self._is_joined(anchor, other)]
            if len(others) < len(rest):
                yield self._related(relation, anchor, others, inverse=inverse)
        if relation.symmetric and (isinstance(self.cue.meaning, Noun) or question.names_dimension(topic)):
            beside = self._related(relation, None, [topic, *rest])
            yield replace(beside, filters=replace(beside.filters, around=()))

    def _is_joined(self, anchor: str, topic: Topic) -> bool:
        return any(self.view.edges_between(anchor, node) for node, _ in self.question.nodes(topic))

    def _fitting(self, topic: Topic, kinds: Collection[str]) -> list[str]:
        """The nodes of some kinds that stand for what a topic names."""
        return fitting(self.view, self.question.node(topic), kinds)

    def _claim_about(self, nodes: Sequence[str], topic: Topic, relation: Relation, *, inverse: bool) -> str | None:
        """The one claim that begins with what a topic names and has what is asked for; evidence beside it has none.

        None where it denies what it begins with: what speaks for `A fails` is not what speaks for A.
        """
        claims = [node for node in nodes if self.view.kind(node) == CLAIM] if relation.polarity and inverse else []
        if len(claims) != 1 or claims[0] not in self.view.all_neighbours(relation.name, inverse=True):
            return None
        known, words = senses(), name_key(self.view.node(claims[0]).label).split()
        failing = known.of([stem("fail")])
        if denies(set(words) - {"without"}) or any(failing & known.of([stem(word)]) for word in words):
            return None
        named, own = stems(topic.words.split()), stems(words)
        beside = [place for place in self.question.places if not topic.start <= place < topic.end]
        said = {root for place in beside for root in self.question.words[place].roots}
        if own[: len(named)] != named or not said.isdisjoint(own[len(named) :]):
            return None  # what says more of it may say the opposite: it is told as a whole, or not at all
        return claims[0]

    def _about(self, topic: Topic, kinds: Collection[str]) -> list[str]:
        """The nodes of some kinds that are said to be about a topic."""
        said = (edge.source for edge in self.view.edges_to(self.question.node(topic), ABOUT))
        return [node for node in said if self.view.node(node).kind in kinds]

    def _at_day(self, verb: Verb) -> Iterator[Query]:
        """`What does day 26 ask?`, `What is required before day 26?`."""
        inverse = verb.inverse != any(one.start >= self.cue.end for one in self.question.days[:1])
        day = self._day(verb.relation.targets if inverse else verb.relation.sources)
        if day is not None:
            yield self._related(verb.relation, day, (), inverse=inverse, days_used=True)

    def _related(
        self,
        relation: Relation,
        anchor: str | None,
        rest: Sequence[Topic],
        *,
        inverse: bool = False,
        days_used: bool = False,
    ) -> Related:
        """The query, with the filters that the other words of the question make."""
        chain = relation.answers_chain or (relation.transitive and self.question.asks_for("chain"))
        chain = (
            chain
            and anchor is not None
            and (self.question.asks_for("chain") or not is_at_once(self.question, self.cue.start, self.cue.end))
        )
        of_reasons = relation.polarity and inverse and self.question.asks_for("why")  # `what reasons contradict A?`
        related = Reasons if of_reasons else Related
        return related(relation, anchor, inverse, chain, self._filters(rest, days_used=days_used))

    def _filters(self, rest: Sequence[Topic], *, days_used: bool = False) -> Filters:
        """What the other words of the question ask of an answer."""
        return replace(
            near_filters(self.question, rest),
            kinds=kinds_of(self.question, self.cue.start),
            days=self.question.days[0].days if self.question.days and not days_used else None,
            facets=facets_of(self.question),
        )

    def _day(self, kinds: frozenset[str]) -> str | None:
        """The day that a relation is asked of, where its end may be a Day."""
        single = [day_id(one.said.first) for one in self.question.days if one.said.first == one.said.last]
        return next(filter(self.view.has_node, single), None) if not kinds or DAY in kinds else None

    def _modifies(self, topic: Topic) -> bool:
        """Whether a preposition stands between the verb and a topic behind it."""
        between = {word.text for word in self.question.words[self.cue.end : topic.start]}
        return topic.preposition in between

    def _asks_for_subject(self) -> bool:
        """Whether the verb has a question word as subject or a pronoun as object: `A: what supports it?`."""
        following = [word.text for word in self.question.words[self.cue.end :][:1]]
        return self.question.word_before(self.cue.start) in ASKING or not _PRONOUNS.isdisjoint(following)

    def _is_determiner(self, topic: Topic) -> bool:
        """Whether a topic says what sort of thing is asked for: `which TOPIC …`."""
        question, start = self.question, topic.start
        while not topic.whole and start - 1 in question.loose:  # `which loaf shapes`: only the shapes are named
            start -= 1
        return not question.is_yes_or_no and question.word_before(start) in ("which", "what")

    def _is_passive(self) -> bool:
        """Whether a verb stands as a participle behind a form of `be`; with a preposition it is a phrase of its own."""
        return self._is_participle() and any(word.text in PASSIVE for word in self.question.words[: self.cue.start])

    def _is_participle(self) -> bool:
        first, last = self.question.words[self.cue.start], self.question.words[self.cue.end - 1]
        if not first.said.endswith(("ed", "en")) or last.text in IGNORABLE:
            return False
        phrases = self.cue.meaning.phrases if isinstance(self.cue.meaning, Verb) and first is not last else ()
        return not any(one.startswith(f"is {first.said} ") and one.endswith(f" {last.text}") for one in phrases)


def read_relation(question: ParsedQuestion) -> Iterator[Query | Composed]:
    """What a question asks of a relation."""
    yield from _foretold(question)
    unclear: Unclear | None = None
    for cue in relation_cues(question):
        try:
            yield from _loosely(question, _Reading(question, cue).queries())
        except Unclear as gap:  # of `rests on`, which may say two relations, one may fit
            unclear = unclear or gap
    if unclear:
        raise unclear


def _loosely(question: ParsedQuestion, queries: Iterator[Query | Composed]) -> Iterator[Query | Composed]:
    """Queries, and behind them the same of any kind where `arguments` need not be one, and parts that are examples."""
    loose = kinds_meant_loosely(question)
    wider: list[Query] = []
    for query in queries:
        yield query
        if not isinstance(query, Related):
            continue
        if not loose.isdisjoint(query.filters.kinds):
            kinds = tuple(kind for kind in query.filters.kinds if kind not in loose)
            wider.append(replace(query, filters=replace(query.filters, kinds=kinds)))
        part_of = question.view.vocabulary.relations.get(PART_OF)
        if part_of and query.relation.name == EXAMPLE_OF and query.inverse and query.anchor is not None:
            wider.append(Kinds(part_of, query.anchor, inverse=True, filters=query.filters))
    yield from wider


def _foretold(question: ParsedQuestion) -> Iterator[Query]:
    """`According to A, what will …?`."""
    relation = question.view.vocabulary.relations.get(PREDICTS)
    if relation and any(word.text in _FUTURE for word in question.words):
        for topic in question.named:
            before = [word.text for word in question.words[max(0, topic.start - 3) : topic.start]]
            if "according" in before:
                rest = [one for one in question.named if one is not topic]
                yield Related(relation, question.node(topic))
                if rest:
                    yield Related(relation, question.node(topic), filters=near_filters(question, rest))


def _read_inside(question: ParsedQuestion) -> Iterator[Query]:
    """`What is in A?`, `what else belongs under A?`: the parts of A."""
    relation = question.view.vocabulary.relations.get(PART_OF)
    if relation is None or len(question.named) != 1 or "what" not in question.question_words:
        return
    topic = question.named[0]
    if topic.preposition in ("in", "within") or question.word_before(topic.start) in ("inside", "under", "within"):
        yield replace(
            Related(relation, question.node(topic), inverse=True),
            filters=Filters(kinds=kinds_of(question), facets=facets_of(question)),
        )


def _read_which_of(question: ParsedQuestion) -> Iterator[Query]:
    """`Which of A …?`: the parts of A, or its examples."""
    for topic in question.named if len(question.named) == 1 and _is_of_which(question) else ():
        for name in (PART_OF, EXAMPLE_OF):
            if relation := question.view.vocabulary.relations.get(name):
                yield Related(relation, question.node(topic), inverse=True)


SECTIONS = frozenset("steps stages sections pages points items entries headings subheadings subtopics phases".split())
"""What the parts of a text, or of a way to do something, are called whatever they are."""


def _read_members(question: ParsedQuestion) -> Iterator[Query]:
    """`Which metering modes are there?`, `all modes but one`: what stands under a heading that is a plural."""
    if len(question.named) != 1 or question.asks_for("define", "formula", "when", "why"):
        return
    topic, relation = question.named[0], question.view.vocabulary.relations.get(PART_OF)
    is_listed = question.is_part or question.word_before(topic.start) in LISTING
    is_listed = is_listed and not topic.preposition and is_plural(topic.words)
    before = {word.text for number, word in enumerate(question.words[: topic.start]) if number in question.places}
    is_within = topic.preposition in ("in", "of", "for", "within", "under") and not before.isdisjoint(SECTIONS)
    if relation and topic.whole and (is_listed or is_within):
        filters = Filters(kinds=kinds_of(question), facets=facets_of(question))
        members = Related(relation, question.node(topic), inverse=True, filters=filters)
        if members.exists(question.view):
            yield members


def is_plural(words: str) -> bool:
    """Whether a name ends in the plural of a noun."""
    last = words.rsplit(maxsplit=1)[-1]
    return singular(last) != last


def _is_of_which(question: ParsedQuestion) -> bool:
    """Whether the name stands right behind `which of`, articles apart."""
    topic = question.named[0]
    before = [word.text for word in question.words[: topic.start] if word.text not in ARTICLES]
    return before[-2:] == ["which", "of"]


WHICH_OF = Form("relation", _read_which_of)
MEMBERS = Form("relation", _read_members)
INSIDE = Form("relation", _read_inside, cues={"inside": "inside; underneath; under"})
RELATION = Form(
    "relation",
    read_relation,
    cues={
        "path": "",
        "why": "",
        "chain": """
            all the way; in the end; ultimately; transitively; directly or indirectly; everything that;
            step by step; at last; eventually; finally
        """,
        "about": """
            say about; say on; tell about; talk about; discuss; discussed; mention; teach about; know about; learn
            about; about
        """,
    },
    examples={
        "reasons for": ["what supports the bitter lesson?", "which reasons are there for language models scaling?"],
        "reasons against": ["what could override the bitter lesson?"],
        "what comes of it": ["what does more compute lead to?", "what does the bitter lesson predict?"],
        "where it comes from": ["what leads to lower loss?"],
        "the whole chain": ["trace everything that more compute leads to"],
        "what to know first": ["what do I need before scaling laws?", "prerequisites of scaling laws"],
        "what it opens up": ["what does information theory unlock?"],
        "parts and wholes": ["what is part of scaling laws?", "what is attention part of?"],
        "examples": ["examples of hand-crafted features"],
        "what took its place": ["what replaces hand-crafted features?"],
        "yes or no": ["does Deep Blue support the bitter lesson?"],
    },
)
