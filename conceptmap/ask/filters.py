"""What narrows a question: kinds, days, traits, other names; how that is read from it, tested, explained, as SPARQL."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from conceptmap.ask.found import JOINED_TO, NodeName, Piece
from conceptmap.ask.lexicon import KindWord
from conceptmap.ask.names import MAX_POSTINGS
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic, Unclear
from conceptmap.ask.saying import enumerated, one_of_kind, several
from conceptmap.ask.spans import Days, Span
from conceptmap.ask.sparql import ShortNames, either, introduction, joined, one_of, text, within
from conceptmap.ask.words import ARTICLES, IGNORABLE
from graphs.view import FoldedEdge, FoldedNode, View
from graphs.words import IndexedName, stems, word_index
from ontology.names import name_key, singular
from ontology.terms import ANSWERS, CONTRASTS_WITH, DAY, REPLACES, STATEMENTS

SETS_APART = (CONTRASTS_WITH, REPLACES)
"""Relations whose ends differ in what they are."""

ASKING = frozenset("what which who anything something whatever".split())
"""Words that stand for what is asked for."""
ROLE_PREPOSITIONS = frozenset("of for to from against on in at behind".split())
"""What joins a noun to its name: `the evidence for A`."""
_INTRODUCING = frozenset("about on the a an my our your".split())
"""What may stand between a kind and what a node of that kind is about: `the claim about our A`."""
LISTING = frozenset("which what open any all list every some give name unanswered other".split())
"""Words before a kind that ask for several of it, so that it stands for no single node."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What answers must also be: of a kind, on days, with a facet (data key and value key), near a node, unanswered.

    `around` are for each of the names in `near` the nodes that it may stand for: itself, and those called after it.
    What is joined to one of these passes, but not by way of a statement or a question that only speaks of the name.
    """

    kinds: tuple[str, ...] = ()
    days: Days | None = None
    facets: tuple[tuple[str, str], ...] = ()
    near: tuple[str, ...] = ()
    open: bool = False
    around: tuple[frozenset[str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kinds or self.days or self.facets or self.near or self.open)

    def passes(self, view: View, node: FoldedNode, edges: Sequence[FoldedEdge] = ()) -> bool:
        """Whether a node passes; it comes up on the day that introduces it, and on those that say `edges`."""
        if not self:
            return True
        if self.kinds and node.kind not in view.vocabulary.within(self.kinds):
            return False
        if not all(_has_facet(view, node, field, value) for field, value in self.facets):
            return False
        for others, joints in self._nearby(view):
            is_one = bool(self.around) and node.id in others
            if not is_one and not any(view.edges_between(node.id, other) for other in joints):
                return False
        if self.open and any(view.edges_to(node.id, ANSWERS)):
            return False
        if self.days is None:
            return True
        days = {day for edge in edges for day in edge.days} | {view.introduced_on(node.id)}
        return any(self.days.has(day) for day in days)

    def among(self, view: View) -> set[str] | None:
        """The nodes at the first of the names, or of the facets, among which all are that pass; None without any."""
        if self.near:
            others, joints = next(self._nearby(view))
            return set(others).union(*(beside(view, one) for one in joints))
        if self.facets:
            field, value = self.facets[0]
            owners = set(word_index(view).owners(IndexedName("facet", value, field)))
            return owners.union(*(beside(view, owner) for owner in owners))
        return None

    def _nearby(self, view: View) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        """For each of the names the nodes that it may stand for, and those by which others have to do with it."""
        speaking = view.vocabulary.within(STATEMENTS)
        for name, others in zip_longest(self.near, self.around):
            all_of = others or frozenset([name])
            yield all_of, frozenset(one for one in all_of if one == name or view.kind(one) not in speaking)

    def pieces(self, view: View) -> Iterator[Piece]:
        """What they ask, piece by piece."""
        if self.kinds:
            yield Piece("kinds", self.kinds)
        if self.days:
            yield Piece("days", self.days)
        if self.facets:
            one_each = len(dict(self.facets)) == len(self.facets)
            for facets in [self.facets] if one_each else [(facet,) for facet in self.facets]:
                yield Piece("facets", dict(facets))
        if self.near:
            yield Piece(JOINED_TO, tuple(NodeName.of(view, node) for node in self.near))
        if self.open:
            yield Piece("open", True)

    @property
    def on_days(self) -> str:
        """The days as the end of a sentence: ` on day 5`; empty without any."""
        return f" on {self.days.words.lower()}" if self.days else ""

    def about(self, view: View) -> str:
        """The names as the end of a sentence: ` about A and B`; empty without any."""
        return f" about {enumerated([view.node(one).label for one in self.near])}" if self.near else ""

    def traits(self, view: View) -> str:
        """The values of the facets, as the map writes them."""
        return enumerated([_written(view, field, value) for field, value in self.facets])

    def narrowing(self, view: View) -> str:
        """What answers must be besides, as the end of a sentence: ` that is a method`; empty where they may be all."""
        said = [" or ".join(map(one_of_kind, self.kinds))] if self.kinds else []
        said += [f"noted as {self.traits(view)}"] if self.facets else []
        said += [f"joined to {enumerated([view.node(one).label for one in self.near])}"] if self.near else []
        return f" that is {' and '.join(said)}{self.on_days}" if said else self.on_days

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """What `?node` must be, the days apart."""
        lines: list[str] = []
        if self.kinds:
            lines, kind = one_of("?kind", map(names.kind, names.narrower(self.kinds)))
            lines.append(f"?node a {kind} .")
        for number, (field, value) in enumerate(self.facets, 1):
            lines += _facet_patterns(view, names, number, field, value)
        for others, joints in self._nearby(view):
            terms, other = one_of("?near", map(names.node, sorted(joints)))
            beside = [*terms, *joined("?node", other)]
            itself = f"VALUES ?node {{ {' '.join(map(names.node, sorted(others)))} }}"
            lines += [either(beside, [itself])] if self.around else beside
        return [*lines, f"FILTER NOT EXISTS {{ [] {names.relation(ANSWERS)} ?node }}"] if self.open else lines

    def day_patterns(self, names: ShortNames, edge: Sequence[str]) -> list[str]:
        """`?node` comes up on one of the days: introduced, or said by the `?edge` that these patterns bind."""
        if self.days is None:
            return []
        stated = ["?document doc:day ?day ; doc:edge ?edge .", *edge]
        return [either(introduction(names), stated), within(self.days)]


NO_FILTERS = Filters()


def beside(view: View, node: str) -> set[str]:
    """The nodes that an edge joins to a node."""
    leaving, arriving = view.edge_keys_from(node), view.edge_keys_to(node)
    return {*(key.target for key in leaving), *(key.source for key in arriving)}


def _written(view: View, field: str, value: str) -> str:
    """A facet's value as the first node that has it writes it."""
    owners = sorted(word_index(view).owners(IndexedName("facet", value, field)))
    data = (view.node(one).data.get(field) for one in owners if view.has_node(one))
    several = (one for held in data for one in (held if isinstance(held, list) else [held]))
    return next((one for one in several if isinstance(one, str) and name_key(one) == value), value)


def called_after(view: View, node: str) -> frozenset[str]:
    """A node, and the nodes whose names hold all words of its label: what has to do with these has to do with it."""
    roots = set(stems(name_key(view.node(node).label).split()))
    index = word_index(view)
    rarest = min(roots, key=index.count, default=None)
    if rarest is None or index.count(rarest) > MAX_POSTINGS:
        return frozenset([node])
    entries = (
        entry for entry in index.holders(rarest) if entry.sort == "name" and roots <= set(stems(entry.key.split()))
    )
    return frozenset([node, *(owner for entry in entries for owner in index.owners_in(view, entry))])


def near_filters(question: ParsedQuestion, topics: Iterable[Topic]) -> Filters:
    """That answers have to do with what some topics name."""
    nodes = tuple(dict.fromkeys(node for topic in topics for node, _ in question.nodes(topic)[:1]))
    return Filters(near=nodes, around=tuple(called_after(question.view, node) for node in nodes))


def facets_of(question: ParsedQuestion) -> tuple[tuple[str, str], ...]:
    """The facets that words name which name no node; a word such as `go` only behind a preposition."""
    topics = [
        topic
        for topic in question.topics
        if not topic.entries("name")
        and (topic.words not in IGNORABLE or topic.preposition in ROLE_PREPOSITIONS - {"to"})
    ]
    return tuple((entry.field, entry.key) for topic in topics for entry in topic.entries("facet"))


def kinds_of(question: ParsedQuestion, relation_at: int | None = None) -> tuple[str, ...]:
    """The kinds that answers must have: those of kind words, but not of `the claim that …`, which tells of a name.

    `relation_at` is where the word of a relation stands that is asked for: it is no kind then, and a kind that
    stands for the node of a relation (see `stands_for`) is none of an answer.
    """
    told = [
        (span, word.kind)
        for span, word in question.cues(KindWord)
        if word.kind != DAY and not _is_apposition(question, span.end)
        if relation_at is None or not (span.start == relation_at or stands_for(question, span.start, span.end))
    ]
    for (one, kind), (other, another) in pairwise(told):
        if kind != another and one != other and not _joined(question, one.end, other.start):
            raise Unclear(f"it is not clear how {several(kind)} and {several(another)} belong together")
    return tuple(dict.fromkeys(kind for _, kind in told))


def described(question: ParsedQuestion) -> Iterator[tuple[Span, str]]:
    """Where a question means the one of a kind, without a name: `what supports the claim?`; and which kind."""
    for span, word in question.cues(KindWord) if not question.named else ():
        noun = question.text(span)
        if span.start > 0 and question.words[span.start - 1].text == "the" and singular(noun) == noun:
            yield span, word.kind


def one_of_kind_meant(question: ParsedQuestion, span: Span, nodes: Sequence[str]) -> str | None:
    """The one of some nodes that a description fits (see `described`). Raises `Ambiguous` where it fits several."""
    if len(nodes) > 1:
        raise Ambiguous(Topic(span.start, span.end, question.text(span), "", ()), nodes)
    return nodes[0] if nodes else None


def _joined(question: ParsedQuestion, start: int, end: int) -> bool:
    """Whether `and`, `or` or a comma, and words that say nothing, stand between two places."""
    joining = {place for span in question.cue_spans("and", "or") for place in range(span.start, span.end)}
    between = range(start, end)
    light = all(question.words[place].text in IGNORABLE for place in between if place not in joining)
    new_clause = question.words[start - 1].clause != question.words[end].clause
    return light and (new_clause or not joining.isdisjoint(between))


def stands_for(question: ParsedQuestion, start: int, end: int) -> Topic | None:
    """The topic of `the KIND about TOPIC`, which means a node of that kind and not the topic itself."""
    if question.word_before(start) in LISTING or (start > 0 and question.words[start - 1].text in LISTING):
        return None
    following = [word.text for word in question.words[end : end + 3]]
    skipped = next((number for number, word in enumerate(following) if word not in _INTRODUCING), len(following))
    if not {"about", "on"} & set(following[:skipped]):
        return None
    return next((topic for topic in question.named if topic.start == end + skipped), None)


def _is_apposition(question: ParsedQuestion, end: int) -> bool:
    """Whether a name follows a kind word directly, or by `that`: `the claim that scale wins`, `the method A*`."""
    following = [word.text for word in question.words[end : end + 3]]
    skipped = next((number for number, word in enumerate(following) if word not in ARTICLES | {"that"}), 0)
    named = any(topic.start == end + skipped for topic in question.named)
    return named and ("that" in following[:skipped] or question.words[0].text not in ASKING)


def _has_facet(view: View, node: FoldedNode, field: str, value: str) -> bool:
    """Whether a node has this value. One without the field has what nodes joined to it have.

    A method is of the domain of its evidence, but not of the trait of the method that it replaces.
    """
    if field in node.data:
        return any(name_key(one) == value for one in _texts(node, field))
    edges = (*view.edges_from(node.id), *view.edges_to(node.id))
    others = {edge.other(node.id) for edge in edges if edge.relation not in SETS_APART}
    return any(name_key(one) == value for other in others for one in _texts(view.node(other), field))


def _texts(node: FoldedNode, field: str) -> list[str]:
    """The texts that a node's data has in a field."""
    said = node.data.get(field)
    return [one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str)]


def _facet_patterns(view: View, names: ShortNames, number: int, field: str, value: str) -> list[str]:
    """The node's data has the value; for one that lacks the field, the data of a node joined to it."""
    data, other = f"?data{number}", f"?other{number}"
    given = f"CONTAINS(STR(?own), {text(f'{_json(field)}:')})"
    beside = [
        f"[] rdf:subject|rdf:object ?node , {other} ; rdf:predicate ?relation{number} .",
        f"FILTER(?relation{number} NOT IN ({', '.join(map(names.relation, SETS_APART))}))",
        f"[] doc:of {other} ; doc:data {data} .",
        f"FILTER NOT EXISTS {{ [] doc:of ?node ; doc:data ?own . FILTER({given}) }}",
    ]
    found = " || ".join(sorted(set(_spellings_in(view, data, field, value)))) or "false"
    return [either([f"[] doc:of ?node ; doc:data {data} ."], beside), f"FILTER({found})"]


def own_facet_patterns(facets: Sequence[tuple[str, str]]) -> list[str]:
    """The node's own data has the fields of some facets."""
    return [
        line
        for number, (field, _) in enumerate(facets, 1)
        for line in (
            f"[] doc:of ?node ; doc:data ?itself{number} .",
            f"FILTER(CONTAINS(STR(?itself{number}), {text(f'{_json(field)}:')}))",
        )
    ]


def _spellings_in(view: View, data: str, field: str, value: str) -> Iterator[str]:
    """Tests for the spellings that the map has of a facet, on the canonical JSON of a node's data."""
    for owner in filter(view.has_node, word_index(view).owners(IndexedName("facet", value, field))):
        node = view.node(owner)
        for one in _texts(node, field):
            if name_key(one) == value:
                yield _contains(f"STR({data})", field, one, listed=isinstance(node.data[field], list))


def _contains(data: str, field: str, value: str, *, listed: bool) -> str:
    if not listed:
        return f"CONTAINS({data}, {text(f'{_json(field)}:{_json(value)}')})"
    return f"CONTAINS(STRBEFORE(STRAFTER({data}, {text(f'{_json(field)}:[')}), ']'), {text(_json(value))})"


def _json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
