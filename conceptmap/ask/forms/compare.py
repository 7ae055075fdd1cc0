"""Comparisons: `compare A with B`, `A vs B on D`, `what is the D of A?`, `which dimensions are compared?`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from conceptmap.ask.dimensions import asked_in, pair_of
from conceptmap.ask.form import Account, Composed, Form, Query, Wanted
from conceptmap.ask.forms.combined import InParts
from conceptmap.ask.forms.describe import Describe
from conceptmap.ask.forms.related import relation_cues
from conceptmap.ask.found import Found, NodeName, Piece, cited, edges_at
from conceptmap.ask.lexicon import Verb
from conceptmap.ask.parse import ParsedQuestion, Topic
from conceptmap.ask.sparql import ShortNames, either, one_of, text
from conceptmap.ask.words import ARTICLES
from graphs.view import FoldedEdge, View, cite
from graphs.words import IndexedName, word_index
from ontology.model import EdgeKey
from ontology.names import name_key
from ontology.terms import CONTRASTS_WITH


@dataclass(frozen=True, slots=True)
class Compare(Query):
    """How nodes differ: their values in one dimension (its name key) or in all; or which dimensions there are.

    What symmetric edges say of their ends: between two nodes, at one, or (without nodes) everywhere.
    """

    nodes: tuple[str, ...]
    dimension: str | None = None
    names_only: bool = False
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "way"])

    def account(self, view: View) -> Account:
        """The relation of comparisons too, and what a dimension is called beside its name."""
        alike = frozenset(view.named(self.dimension)) if self.dimension else frozenset[str]()
        return Query.account(self, view) | Account(nodes=alike, relations=frozenset([CONTRASTS_WITH]))

    def find(self, view: View) -> list[Found]:
        """The values at the ends of comparing edges, or the names of the dimensions, or the two ends themselves."""
        edges = [edge for edge in self._comparing(view) if self.dimension is None or _is_in(edge, self.dimension)]
        if self.names_only:
            named = {edge.dimension: edge for edge in edges if edge.dimension}
            return [_dimension(view, edge) for edge in sorted(named.values(), key=_line)]
        values = [value for edge in sorted(edges, key=_line) for value in self._values(view, edge)]
        if values or self.dimension:
            return values
        ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
        return [cited(view, view.node(end), edges=tuple(edges)) for end in ends]

    def pieces(self, view: View) -> Iterator[Piece]:
        """The nodes, and the dimension if one is asked for."""
        yield Piece("of", tuple(NodeName.of(view, node) for node in self.nodes))
        if self.dimension:
            yield Piece("dimension", self.dimension)

    def lead(self, view: View) -> str:
        """`A and B, in D`."""
        nodes = self._labels(view)
        if self.names_only:
            return f"{nodes}, compared in"
        return f"{nodes or 'Compared'}, in {self.dimension}" if self.dimension else f"{nodes}, compared"

    def missing(self, view: View) -> str:
        """`how A and B differ`, `how A and B differ in D`, `in what they are compared`."""
        nodes = self._labels(view)
        if self.names_only:
            return (
                f"in what {nodes or 'things'} are compared" if len(self.nodes) != 1 else f"in what {nodes} is compared"
            )
        if len(self.nodes) == 1:
            return f"what {nodes} is in {self.dimension}" if self.dimension else f"what {nodes} differs in"
        return f"how {nodes or 'things'} differ{f' in {self.dimension}' if self.dimension else ''}"

    @property
    def has_values(self) -> bool:
        """The values of the comparison, or the names of its dimensions."""
        return True

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The values at the ends of comparing edges, or the ends; or the names of dimensions as values."""
        relations = [one.name for one in view.vocabulary.relations.values() if one.symmetric]
        lines, relation = one_of("?relation", map(names.relation, relations))
        edge = [f"rdf:predicate {relation}"]
        nodes = [names.node(node) for node in self.nodes]
        if nodes:
            edge.append(f"rdf:subject|rdf:object {' , '.join(nodes)}")
        if self.names_only:
            return [*lines, f"?edge {' ; '.join(edge)} ; rdf:subject ?node ; doc:dimension ?value ."]
        if self.dimension is not None:
            spellings, dimension = one_of("?dimension", map(text, _spellings(view, self.dimension)))
            lines += spellings
            edge.append(f"doc:dimension {dimension}")
        ends = []
        for predicate, end in (("subject", "source"), ("object", "target")):
            value = f"?edge doc:values/doc:{end}Value ?value ."
            value = f"OPTIONAL {{ {value} }}" if self.dimension is None else value
            ends.append([f"?edge rdf:{predicate} ?node .", value])
        lines += [f"?edge {' ; '.join(edge)} .", either(*ends)]
        return [*lines, f"FILTER(?node = {nodes[0]} || !BOUND(?value))"] if len(nodes) == 1 else lines

    def _comparing(self, view: View) -> Iterator[FoldedEdge]:
        symmetric = [relation.name for relation in view.vocabulary.relations.values() if relation.symmetric]
        for relation in symmetric:
            edges = edges_at(view, self.nodes[0], relation) if self.nodes else view.edges(relation)
            yield from (edge for edge in edges if all(node in (edge.source, edge.target) for node in self.nodes))

    def _values(self, view: View, edge: FoldedEdge) -> Iterator[Found]:
        """The values of an edge, at the ends that were asked for (both, if both or none were)."""
        if edge.values is None:
            return
        for end, value in ((edge.source, edge.values.source), (edge.target, edge.values.target)):
            if len(self.nodes) != 1 or end in self.nodes:
                of, cites = view.node(end).label, (cite(edge.assertions[-1]),)
                yield Found(None, value, None, day=edge.days[0], cites=cites, of=of, dimension=edge.dimension)

    def _labels(self, view: View) -> str:
        return " and ".join(view.node(node).label for node in self.nodes)


def _is_in(edge: FoldedEdge | EdgeKey, dimension: str) -> bool:
    return edge.dimension is not None and name_key(edge.dimension) == dimension


def _line(edge: FoldedEdge) -> tuple[int, int, str]:
    """Where an edge stands in the course."""
    newest = edge.assertions[-1]
    lines = newest.item.origin.lines
    return newest.day, lines[0] if lines else 0, edge.dimension or ""


def _dimension(view: View, edge: FoldedEdge) -> Found:
    """A dimension as an answer: the node of its name, if there is one."""
    named = view.named(edge.dimension or "")
    if len(named) == 1:
        return cited(view, view.node(named[0]), edges=(edge,))
    return Found(None, edge.dimension or "", None, cites=(cite(edge.assertions[-1]),), of=view.node(edge.source).label)


def _spellings(view: View, dimension: str) -> list[str]:
    """How the map writes a dimension, sorted."""
    owners = word_index(view).owners(IndexedName("dimension", dimension))
    edges = (edge for owner in owners for edge in view.edge_keys_from(owner))
    return sorted({edge.dimension for edge in edges if edge.dimension and name_key(edge.dimension) == dimension})


def _read_dimensions(question: ParsedQuestion) -> Iterator[Query]:
    topics = [topic for topic in question.named if not question.names_dimension(topic)]
    asked = any(question.word_before(one.start) != "with" for one in question.cue_spans("dimensions"))
    if asked and topics:  # `with respect to A` only names one
        yield Compare(_nodes(question, topics), names_only=True)


AGAINST = frozenset("against beside alongside".split())
"""Words that set one name beside another where a dimension says in what: `taste, A against B`."""


def _set_against(question: ParsedQuestion, others: Sequence[Topic]) -> frozenset[int]:
    """The place of the one word between two names that sets them side by side."""
    if len(others) != 2:
        return frozenset()
    first, second = sorted(others, key=lambda topic: topic.start)
    between = [place for place in range(first.end, second.start) if question.words[place].text not in ARTICLES]
    return frozenset(between) if len(between) == 1 and question.words[between[0]].text in AGAINST else frozenset()


def _read(question: ParsedQuestion) -> Iterator[Query | Composed]:
    dimension = question.dimension()
    others = [topic for topic in question.named if not question.names_dimension(topic)]
    contrasting = any(cue.relation.name == CONTRASTS_WITH for _, cue in question.cues(Verb))
    if dimension and (against := _set_against(question, others)):
        yield Composed(Compare(_nodes(question, others), dimension), (question.part(against.__contains__),))
        return
    wanted = question.asks_for("compare") or contrasting
    if relation_cues(question) and not wanted:
        return
    if (dimension and others and (wanted or _has_value(question, others, dimension))) or (
        wanted and (dimension or len(others) >= 2) and (question.asks_for("compare") or _contrasted(question, others))
    ):
        yield Compare(_nodes(question, others), dimension)
    differing = question.asks_for("compare") and not contrasting and not question.is_yes_or_no
    if differing and len(others) == len(_nodes(question, others)) == BOTH:
        described = tuple(map(Describe, _nodes(question, others)))
        if dimension is None and all(one.exists(question.view) for one in described):
            yield SideBySide(described)


BOTH = 2
"""So many things are set side by side."""


@dataclass(frozen=True, slots=True)
class SideBySide(InParts):
    """What each of two things is, where no note compares them."""

    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "way"])

    def account(self, view: View) -> Account:
        """That they are compared, too."""
        return InParts.account(self, view) | Account(relations=frozenset([CONTRASTS_WITH]))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """That the map does not compare them, and what each is."""
        nodes = tuple(query.node for query in self.queries if isinstance(query, Describe))
        return f"The map does not say {Compare(nodes).missing(view)}. {InParts.sentence(self, view, found)}"


def _read_told(question: ParsedQuestion) -> Iterator[Composed]:
    """The comparison of two things in what all other words tell: `how long does A keep, compared with B?`."""
    contrasting = any(cue.relation.name == CONTRASTS_WITH for _, cue in question.cues(Verb))
    wanted = question.asks_for("compare") or contrasting or _are_apart(question)
    pair = pair_of(question) if wanted and not question.days and not question.is_yes_or_no else None
    if pair is None:
        return
    nodes, named = pair
    comparing = {place for one in question.cue_spans("compare", "and", "or") for place in range(one.start, one.end)}
    contrasts = (one for one, cue in question.cues(Verb) if cue.relation.name == CONTRASTS_WITH)
    comparing |= {place for one in contrasts for place in range(one.start, one.end)}
    rest = {place for place in question.places - named - comparing if question.words[place].text not in _BETWEEN}
    asked = asked_in(question, rest, nodes)
    if len(asked) == 1 and not asked[0].order:
        yield Composed(Compare(nodes, name_key(asked[0].dimension)), (question.part(question.places.__contains__),))


_BETWEEN = AGAINST | frozenset("both between each two apart far next when given if where while whereas".split())
"""Words that set two things beside each other, or the case in which they are."""


def _are_apart(question: ParsedQuestion) -> bool:
    """Whether words ask how far apart two things are, or what each of them is."""
    words = [question.words[place].text for place in sorted(question.places)]
    pairs = {*pairwise(words)}
    return "apart" in words or ("for", "each") in pairs or ("next", "to") in pairs


def _nodes(question: ParsedQuestion, topics: Sequence[Topic]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(question.node, topics)))


def _contrasted(question: ParsedQuestion, topics: Sequence[Topic]) -> bool:
    """Whether the map contrasts the first two topics."""
    ends = [question.nodes(topic)[0][0] for topic in topics[:2]]
    return len(ends) == 2 and any(edge.relation == CONTRASTS_WITH for edge in question.view.edges_between(*ends))


def _has_value(question: ParsedQuestion, topics: Sequence[Topic], dimension: str) -> bool:
    """Whether one of the topics is compared in this dimension."""
    view = question.view
    nodes = [node for topic in topics for node, _ in question.nodes(topic)]
    keys = (key for node in nodes for key in (*view.edge_keys_from(node), *view.edge_keys_to(node)))
    return any(_is_in(key, dimension) for key in keys)


DIMENSIONS = Form(
    "dimensions",
    _read_dimensions,
    cues={
        "compare": "",
        "dimensions": "dimension; aspect; criterion; criteria; respect; axis; axes; dimension of comparison",
    },
    examples={"what is compared": ["which dimensions are compared between language and robotics?"]},
)
COMPARE = Form(
    "compare",
    _read,
    cues={
        "dimensions": "",
        "compare": """
            compare; comparison; difference; difference between; differ; distinguish; versus; vs; compared; contrast;
            side by side; set apart; tell apart; diverge; divergence; distinction
        """,
    },
    examples={"a comparison": ["language vs robotics on data cost?", "how do language and robotics differ?"]},
)
COMPARED_IN = Form(
    "compare",
    _read_told,
    examples={"in what two differ, by other words": ["how diverse is data in language compared with robotics?"]},
)
