"""Lists: `list all methods`, `open questions on day 26 about A`, `which hand-crafted methods does A use?`."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from conceptmap.ask.filters import (
    NO_FILTERS,
    Filters,
    facets_of,
    kinds_of,
    near_filters,
    own_facet_patterns,
)
from conceptmap.ask.form import Account, Form, Query
from conceptmap.ask.forms.describe import Describe
from conceptmap.ask.forms.related import Related, is_plural
from conceptmap.ask.found import Found, Piece, cited, in_course_order
from conceptmap.ask.lexicon import KindWord
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.saying import in_sentence, several
from conceptmap.ask.sparql import ShortNames
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.terms import ABOUT, DAY, EXAMPLE_OF, METHOD, QUESTION

DOERS = frozenset("i we you one they people to".split())
DOING = frozenset("do did perform carry".split())
"""Words for somebody who does something, and for doing it."""


@dataclass(frozen=True, slots=True)
class OfKind(Query):
    """All nodes of these kinds (none given: of any) that pass the filters.

    `own`: only those that have the traits themselves, not those that stand beside what has them.
    """

    kinds: tuple[str, ...]
    filters: Filters = NO_FILTERS
    own: bool = False

    def _is_asked(self, node: FoldedNode) -> bool:
        return not self.own or all(field in node.data for field, _ in self.filters.facets)

    def find(self, view: View) -> list[Found]:
        """The nodes, in the order of the course; for a question, the days that ask it count as its own too."""
        return self.find_but(view, frozenset())

    def exists(self, view: View) -> bool:
        """Whether there is any; that a kind has nodes is seen without reading them."""
        return any(True for _ in self._ids(view)) if self._is_of_all() else Query.exists(self, view)

    def keys(self, view: View) -> set[str]:
        """The ids of the nodes."""
        return set(self._ids(view)) if self._is_of_all() else Query.keys(self, view)

    def _is_of_all(self) -> bool:
        return not self.filters and not self.own

    def find_but(self, view: View, out: Set[str]) -> list[Found]:
        """The same but for some nodes, which are not even read."""
        return self._kept(view, self._nodes(view, out))

    def keys_among(self, view: View, keys: Set[str]) -> Set[str]:
        """The same; of all of a kind that is seen without reading them."""
        if self.breadth == 0:
            return Query.keys_among(self, view, keys)
        return (
            set(self._ids(view, keys)) if self._is_of_all() else {one.id or "" for one in self.find_among(view, keys)}
        )

    @property
    def breadth(self) -> int:
        """Where only days are asked for, all may have to be read; of a kind alone the ids are known."""
        if self._is_of_all():
            return 1
        return 0 if self.filters.near or self.filters.facets else 2

    def find_among(self, view: View, keys: Set[str]) -> list[Found]:
        """The same of some nodes, the others of which are not even read."""
        return self._kept(view, (view.node(node) for node in self._ids(view, keys)))

    def _kept(self, view: View, nodes: Iterable[FoldedNode]) -> list[Found]:
        kept = []
        for node in nodes:
            asked = self._asked_by_days(view, node.id) if self.filters.days else ()
            if self._is_asked(node) and self.filters.passes(view, node, asked):
                kept.append(cited(view, node))
        return in_course_order(kept)

    def account(self, view: View) -> Account:
        """That an answer is about a name, too."""
        return Query.account(self, view) | Account(relations=frozenset([ABOUT] if self.filters.near else []))

    def _nodes(self, view: View, out: Set[str]) -> Iterator[FoldedNode]:
        return (view.node(node) for node in self._ids(view) if node not in out)

    def _ids(self, view: View, only: Set[str] | None = None) -> Iterator[str]:
        """The nodes to look at: those at the names or the facet of the question, else all of the kinds, else all.

        Of some nodes, where these are given.
        """
        near = self.filters.among(view)
        if near is None and only is None:
            yield from chain.from_iterable(view.node_ids_after("", kind) for kind in self.kinds or [None])
            return
        kinds = view.vocabulary.within(self.kinds)
        among = near if only is None else only if near is None else near & only
        for node in filter(view.has_node, among or ()):
            if not kinds or view.kind(node) in kinds:
                yield node

    def _asked_by_days(self, view: View, node: str) -> list[FoldedEdge]:
        return [edge for edge in view.edges_to(node) if view.kind(edge.source) == DAY]

    def pieces(self, view: View) -> Iterator[Piece]:
        """The kinds and the filters."""
        if self.kinds:
            yield Piece("kinds", self.kinds)
        yield from self.filters.pieces(view)

    def lead(self, view: View) -> str:
        """`Open questions about VLA on day 26`, `Methods (hand-crafted)`, `What is noted as hand-crafted`."""
        traits = self.filters.traits(view)
        if self.kinds:
            kinds = " or ".join(map(several, self.kinds))
            asked = f"{'open ' if self.filters.open else ''}{kinds}{f' ({traits})' if traits else ''}"
        else:
            asked = f"what is noted as {traits}" if traits else "all"
        return f"{asked[0].upper()}{asked[1:]}{self.filters.about(view)}{self.filters.on_days}"

    def missing(self, view: View) -> str:
        """`which claims there are`."""
        asked = in_sentence(self.lead(view))
        return f"which {asked} there are" if self.kinds else asked

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The kinds and the filters; an edge from a day puts a node on that day."""
        kinds = Filters(kinds=self.kinds).patterns(view, names)
        edge = [f"?edge rdf:subject/a {names.kind(DAY)} ; rdf:object ?node ."]
        own = own_facet_patterns(self.filters.facets) if self.own else []
        narrowing = [*kinds, *self.filters.patterns(view, names), *own, *self.filters.day_patterns(names, edge)]
        return narrowing or ["?node skos:prefLabel ?name ."]  # all nodes, and nothing but nodes


def _read(question: ParsedQuestion) -> Iterator[Query]:
    unanswered = question.asks_for("open")
    kinds = kinds_of(question) or ((QUESTION,) if unanswered else _done(question))
    if kinds or facets_of(question):
        days = question.days[0].days if question.days else None
        # Where a heading is called `Concepts`, `which concepts …?` still asks for the kind.
        kind_spans = {(span.start, span.end) for span, _ in question.cues(KindWord)}
        named = [topic for topic in question.named if (topic.start, topic.end) not in kind_spans]
        near = tuple(question.node(topic) for topic in named)
        filters = replace(near_filters(question, named), days=days, facets=facets_of(question), open=unanswered)
        if not kinds and filters.facets and any(is_plural(topic.words) for topic in named):
            yield from _examples(question, kinds)  # `motion planners designed by hand`: some of these
        # Without a kind, what stands beside something with a trait could be anything. `Which trees …?` names them.
        are_named = all(not topic.whole and question.is_asked_for(topic.start) for topic in named)
        yield OfKind(kinds, filters, own=bool(filters.facets) and not kinds and are_named)
        yield from _examples(question, kinds)
        # `Which method has tuned gains?` may name the method itself.
        within = question.view.vocabulary.within(kinds)
        yield from (Describe(node) for node in near if question.view.node(node).kind in within)


def _done(question: ParsedQuestion) -> tuple[str, ...]:
    """Of what somebody does, methods are asked for: `everything I do by hand`."""
    words = [question.words[place].text for place in sorted(question.places)]
    does = any(one in DOERS and other in DOING for one, other in pairwise(words))
    return (METHOD,) if does and METHOD in question.view.vocabulary.kinds else ()


def _read_examples(question: ParsedQuestion) -> Iterator[Query]:
    """`Which A does B use?`, `List A`: what A has as examples, of these what has to do with B."""
    if not question.named:
        return
    opener, several = question.word_before(question.named[0].start), len(question.named) > 1
    if opener in ("which", "list", "name") or question.is_part or (several and opener in ("what", "give", "")):
        yield from _examples(question, ())


def _examples(question: ParsedQuestion, kinds: Sequence[str]) -> Iterator[Query]:
    """Examples of the first name that has any, joined to the other names."""
    relation = question.view.vocabulary.relations.get(EXAMPLE_OF)
    for topic in question.named if relation else ():
        node = question.node(topic)
        if relation and any(question.view.edges_to(node, EXAMPLE_OF)):
            near = tuple(question.node(other) for other in question.named if other is not topic)
            filters = Filters(tuple(kinds), facets=facets_of(question), near=near)
            yield Related(relation, node, inverse=True, filters=filters)
            return


LIST = Form(
    "list",
    _read,
    cues={
        "open": """
            open; unanswered; unresolved; unsolved; still unanswered; still open; unknown; still has to figure out;
            still have to figure out; figure out; not settle; unsettled; still unclear; remain; left open; still to
            answer; leave with; leave us with; left us with; don t know; don t we know; do not know; not
            known; not yet known
        """,
    },
    examples={
        "what is still open": ["open questions about VLAs", "open questions on day 26"],
        "all of a kind": ["list all methods", "which methods are hand-crafted?"],
    },
)
EXAMPLES = Form("examples", _read_examples)
