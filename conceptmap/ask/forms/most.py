"""The one at an end: the first or last to come up, the one with most or least of something, the longest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from conceptmap.ask.fields import Held, extreme, held_by, most
from conceptmap.ask.form import Account, Composed, Form, Query, Wanted
from conceptmap.ask.forms.asked import sought
from conceptmap.ask.forms.combined import Named
from conceptmap.ask.forms.coordination import first_reading
from conceptmap.ask.forms.new_on import NewOn
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.found import Found, Piece, stated_edges
from conceptmap.ask.lexicon import KindWord, Noun, Verb
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.spans import Days, Span
from conceptmap.ask.sparql import NoSparql, ShortNames
from graphs.view import View
from graphs.words import stems
from ontology.names import name_key
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
    """Those that come up first, or last."""

    def find(self, view: View) -> list[Found]:
        """All of the first or last day among them."""
        dated = [(view.introduced_on(one.id), one) for one in self.among.find(view) if one.id]
        days = [day for day, _ in dated if day is not None]
        if not days:
            return []
        end = max(days) if self.order > 0 else min(days)
        return [one for day, one in dated if day == end]

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
        counted = []
        for one in self.among.find(view):
            edges = list(stated_edges(view, one.id, self.relation, inverse=not self.inverse)) if one.id else []
            counted.append((len(edges), one))
        most_edges = max((count for count, _ in counted), default=0)
        if not most_edges:
            return []
        end = most_edges if self.order > 0 else min(count for count, _ in counted)
        return [one for count, one in counted if count == end]

    def account(self, view: View) -> Account:
        """The relation too."""
        return self.among.account(view) | Account(relations=frozenset([self.relation.name]))

    @property
    def _end(self) -> str:
        says = self.relation.inverse_says if self.inverse else self.relation.says
        return f"{'most' if self.order > 0 else 'fewest'}: {says}"


@dataclass(frozen=True, slots=True)
class MostValued(AtAnEnd):
    """Those with the greatest (least) value in a measure or in fields."""

    measures: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any"])

    def find(self, view: View) -> list[Found]:
        """The nodes, with the citation of their value; none where values cannot be compared, or only one has any."""
        among = {one.id: one for one in self.among.find(view) if one.id}
        ends = self._ends(view, list(among))
        return [replace(among[held.node], cites=held.found.cites, dimension=held.found.dimension) for held in ends]

    def account(self, view: View) -> Account:
        """The words of the dimension that decides, too."""
        nodes = [one.id for one in self.among.find(view) if one.id]
        dimensions = " ".join(held.field for held in self._ends(view, nodes))
        return self.among.account(view) | Account(stems=frozenset(stems(name_key(dimensions).split())))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Each with its value."""
        nodes = [one.id for one in self.among.find(view) if one.id]
        return f"{'; '.join(f'{one.found.of}: {one.found.label}' for one in self._ends(view, nodes))}."

    def _ends(self, view: View, nodes: Sequence[str]) -> list[Held]:
        if self.fields:
            held = [one for node in nodes for one in held_by(view, node) if one.field in self.fields]
            return most(held, self.order) if len({one.node for one in held}) > 1 else []
        return extreme(view, nodes, self.measures, self.order)


def _read_first(question: ParsedQuestion) -> Iterator[Composed]:
    for cue, order in (("first", -1), ("last", 1)):
        for span in question.cue_spans(cue):
            rest = question.without(span.start, span.end)
            if _asks_for_nothing(rest):
                days = question.view.days()
                day = days[0 if order < 0 else -1] if days else 0
                yield Composed(NewOn(Days(day, day)), ())
                return
            query = first_reading(rest)
            if "any" in query.gives:
                yield Composed(FirstOf(query, order), (rest,))


def _asks_for_nothing(rest: ParsedQuestion) -> bool:
    """Whether only the course and that it brings something is left."""
    return not rest.topics and not rest.days and not any(rest.cues(KindWord)) and not any(rest.cues(Noun))


def _read_most(question: ParsedQuestion) -> Iterator[Composed]:
    """`Which claim has most evidence?`, `which is the longest method?`."""
    yield from _by_value(question)
    kinds = [span for span, _ in question.cues(KindWord)]
    for cue, order in (("most", 1), ("least", -1)):
        for span in question.cue_spans(cue):
            joined = [(one, noun.relation, not noun.source) for one, noun in question.cues(Noun)]
            joined += [(one, verb.relation, verb.inverse) for one, verb in question.cues(Verb)]
            joined = [one for one in joined if one[0].start >= span.end]
            among = question.hiding({*_places(span), *(place for one, _, _ in joined[:1] for place in _places(one))})
            if joined and kinds and not among.is_empty:
                relation, source = joined[0][1], joined[0][2]
                query = first_reading(among)
                if "any" in query.gives:
                    yield Composed(MostJoined(query, order, relation, inverse=not source), (among,))


def _by_value(question: ParsedQuestion) -> Iterator[Composed]:
    for one in sought(question):
        if not one.order or (one.compares and len(question.named) < 2):  # `longer` is said of two
            continue
        rest, taken = question.hiding(one.places), question.part(one.places.__contains__)
        if len(rest.named) > 1:  # `Which is longer, A or B?`
            nodes = tuple(dict.fromkeys(map(question.node, rest.named)))
            among: Query = Named(nodes)
        elif rest.is_empty or rest.named:
            continue
        else:
            among = first_reading(rest)
        if isinstance(among, Named):
            yield Composed(MostValued(among, one.order, one.measures, one.fields), (taken,))
        elif isinstance(among, OfKind) or "any" in among.gives:
            yield Composed(MostValued(among, one.order, one.measures, one.fields), (rest, taken))


def _places(span: Span) -> range:
    return range(span.start, span.end)


FIRST = Form(
    "first",
    _read_first,
    cues={
        "first": "very first; first; earliest; first of all; oldest",
        "last": "very last; last; latest; newest; most recent; final",
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
