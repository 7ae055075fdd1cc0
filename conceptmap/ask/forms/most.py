"""The one at an end: the first or last to come up, the one with most or least of something; values: see `extreme`."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from conceptmap.ask.form import Account, Composed, Form, Query
from conceptmap.ask.forms.combined import Named
from conceptmap.ask.forms.coordination import first_reading
from conceptmap.ask.forms.new_on import NewOn
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.path import PathBetween
from conceptmap.ask.forms.related import Related
from conceptmap.ask.found import Found, Piece, in_course_order
from conceptmap.ask.lexicon import FormWord, KindWord, Noun, Verb
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.spans import Days, Span
from conceptmap.ask.sparql import NoSparql, ShortNames
from conceptmap.ask.words import IGNORABLE, QUESTION_WORDS
from graphs.view import View
from ontology.names import day_id
from ontology.terms import INTRODUCED_ON
from ontology.vocabulary import Relation


@dataclass(frozen=True, slots=True)
class AtAnEnd(Query):
    """Those among the answers of a query that are at one end of an order: `order` 1 the most or last, -1 the least."""

    among: Query
    order: int

    def account(self, view: View) -> Account:
        """What the query takes up."""
        return self.among.account(view)

    def pieces(self, view: View) -> Iterator[Piece]:
        """Those of the query, and which end."""
        yield from self.among.pieces(view)
        yield Piece("of them", self._end)

    def lead(self, view: View) -> str:
        """`END of them. LEAD`."""
        return f"{self.among.lead(view)} ({self._end})"

    def missing(self, view: View) -> str:
        """`which of them is END`."""
        return f"which of them is {self._end}: {self.among.missing(view)}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """What is compared is not in the graph as a number."""
        raise NoSparql("what is most among them is counted by the program")

    @property
    def _end(self) -> str:
        return "most" if self.order > 0 else "least"


@dataclass(frozen=True, slots=True)
class FirstOf(AtAnEnd):
    """Those that come up first, or last; only the first or last of all lines, where one is asked for (`single`)."""

    single: bool = False

    def find(self, view: View) -> list[Found]:
        """All of the first or last day among them, in the order of the course."""
        dated = [(view.introduced_on(one.id), one) for one in self.among.find(view) if one.id]
        days = [day for day, _ in dated if day is not None]
        if not days:
            return []
        end = max(days) if self.order > 0 else min(days)
        found = in_course_order([one for day, one in dated if day == end])
        if not self.single:
            return found
        return found[-1:] if self.order > 0 else found[:1]

    @property
    def _end(self) -> str:
        return "the last" if self.order > 0 else "the first"


@dataclass(frozen=True, slots=True)
class MostJoined(AtAnEnd):
    """Those that stand at most (or fewest) edges of a relation; `inverse`: as its targets."""

    relation: Relation
    inverse: bool

    def find(self, view: View) -> list[Found]:
        """All that have the greatest (least) number, cited by these edges; none where none has any."""
        if isinstance(self.among, OfKind):  # only those that answer are read
            counts = {node: self._edges_at(view, node) for node in self.among.keys(view)}
            end = self._end_of(counts.values())
            return self.among.find_among(view, {node for node, count in counts.items() if count == end})
        counted = [(self._edges_at(view, one.id) if one.id else 0, one) for one in self.among.find(view)]
        end = self._end_of([count for count, _ in counted])
        return [one for count, one in counted if count == end]

    def _end_of(self, counts: Collection[int]) -> int | None:
        """The greatest or the least of some numbers of edges; None where none has any."""
        if not any(counts):
            return None
        return max(counts) if self.order > 0 else min(counts)

    def _edges_at(self, view: View, node: str) -> int:
        """At how many edges of the relation a node stands."""
        ends = (view.edge_keys_from, view.edge_keys_to)
        sides = ends if self.relation.symmetric else ends[:1] if not self.inverse else ends[1:]
        return sum(1 for side in sides for _ in side(node, self.relation.name))

    def account(self, view: View) -> Account:
        """The relation too."""
        return self.among.account(view) | Account(relations=frozenset([self.relation.name]))

    @property
    def _end(self) -> str:
        says = self.relation.inverse_says if self.inverse else self.relation.says
        return f"{'most' if self.order > 0 else 'fewest'}: {says}"


def _read_first(question: ParsedQuestion) -> Iterator[Query | Composed]:
    for cue, order in (("first", -1), ("last", 1)):
        for span in question.cue_spans(cue):
            rest = question.without(span.start, span.end)
            if _is_of_introducing(question, span):
                return
            if alternatives := _alternatives(rest):
                end = FirstOf(Named(alternatives), order)
                if len(end.find(rest.view)) < len(alternatives):
                    yield Composed(end, (rest,))
                return
            if _asks_for_nothing(rest):
                days = question.view.days()
                day = days[0 if order < 0 else -1] if days else 0
                yield NewOn(Days(day, day))
                return
            query = first_reading(rest)
            if "any" in query.gives and not isinstance(query, PathBetween):  # the last step of a way ends no order
                single = any(not question.text(one).endswith("s") for one, _ in question.cues(KindWord))
                yield Composed(FirstOf(query, order, single), (rest,))


def _is_of_introducing(question: ParsedQuestion, span: Span) -> bool:
    """Whether `first` only tells that something is new on the days that are named: `first taught on day 4`."""
    new = {one.start for one, verb in question.cues(Verb) if verb.relation.name == INTRODUCED_ON}
    new |= {one.start for one in question.cue_spans("new")}
    return bool(question.days) and span.end in new


def _alternatives(rest: ParsedQuestion) -> tuple[str, ...]:
    """The two of which one comes first: `which comes first, A or B?`."""
    light = all(one.named or one.days or rest.text(one) in _ALTERNATING or _is_or(one) for one in rest.spans)
    if not light or not rest.asks_for("or") or any(not topic.whole for topic in rest.named):
        return ()
    days = [day_id(one.days.first) for one in rest.days if one.days.first == one.days.last]
    nodes = dict.fromkeys([*(rest.node(topic) for topic in rest.named), *filter(rest.view.has_node, days)])
    return tuple(nodes) if len(nodes) > 1 else ()


def _is_or(span: Span) -> bool:
    return FormWord("or") in span.meanings


_ALTERNATING = IGNORABLE | QUESTION_WORDS


def _asks_for_nothing(rest: ParsedQuestion) -> bool:
    """Whether only the course and that it brings something is left."""
    explained = rest.topics or rest.days or any(rest.cues(KindWord)) or any(rest.cues(Noun))
    return not explained and not rest.loose


def _read_most(question: ParsedQuestion) -> Iterator[Composed]:
    """`Which claim has most evidence?`."""
    kinds = [span for span, _ in question.cues(KindWord)]
    for cue, order in (("most", 1), ("least", -1)):
        for span in question.cue_spans(cue):
            joined = [(one, noun.relation, not noun.source) for one, noun in question.cues(Noun)]
            joined += [(one, verb.relation, verb.inverse) for one, verb in question.cues(Verb)]
            joined = [one for one in joined if one[0].start >= span.end]
            among = question.hiding({*_places(span), *(place for one, _, _ in joined[:1] for place in _places(one))})
            if joined and not kinds:
                yield from _of_anything(question, span, joined[0], order)
            if joined and kinds and not among.is_empty:
                relation, source = joined[0][1], joined[0][2]
                query = first_reading(among)
                if "any" in query.gives:
                    yield Composed(MostJoined(query, order, relation, inverse=not source), (among,))


def _of_anything(
    question: ParsedQuestion, span: Span, joined: tuple[Span, Relation, bool], order: int
) -> Iterator[Composed]:
    """`Which thing is made of the most parts?`: of all that have any."""
    noun, relation, source = joined
    said = {place for one, verb in question.cues(Verb) if verb.relation == relation for place in _places(one)}
    rest = question.hiding({*_places(span), *_places(noun), *said})
    if rest.is_empty and not question.asks_for("or"):
        having = Related(relation, None, inverse=source)
        taken = question.part({*_places(span), *_places(noun), *said}.__contains__)
        yield Composed(MostJoined(having, order, relation, inverse=not source), (taken,))


def _places(span: Span) -> range:
    return range(span.start, span.end)


FIRST = Form(
    "first",
    _read_first,
    cues={
        "first": "very first; first; earliest; first of all; oldest",
        "last": "very last; last; latest; newest; most recent; final",
        "or": "",
        "new": "",
    },
    examples={"the first or last": ["what is the first thing that the course introduces?"]},
)
MOST = Form(
    "most",
    _read_most,
    cues={
        "most": "most; the most; greatest number of; largest number of; highest number of; more than any other",
        "least": "least; fewest; lowest number of; smallest number of",
        "or": "",
    },
    examples={"the most of something": ["which claim has the most evidence?"]},
)
