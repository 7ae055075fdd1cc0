"""Yes or no: `is A a claim?`, `is A hand-crafted?`, `is there evidence for A?` (for `does A VERB B?` see `holds`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from conceptmap.ask.filters import Filters
from conceptmap.ask.form import Account, Composed, Form, Query, Verdict, Wanted
from conceptmap.ask.forms.combined import Named
from conceptmap.ask.forms.extreme import ByValue, bounds
from conceptmap.ask.forms.holds import Holds
from conceptmap.ask.forms.new_on import NewOn
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.path import PathBetween
from conceptmap.ask.forms.related import Related, is_said_at_once
from conceptmap.ask.forms.stated import STATING
from conceptmap.ask.found import Found, NodeName, Piece, cited
from conceptmap.ask.lexicon import Noun, Verb
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic
from conceptmap.ask.saying import enumerated, one_of_kind
from conceptmap.ask.sparql import NoSparql, ShortNames, is_node
from conceptmap.ask.words import BE
from graphs.view import View
from ontology.names import day_id
from ontology.terms import INTRODUCED_ON, STATEMENTS


@dataclass(frozen=True, slots=True)
class IsAmong(Query):
    """Whether a node is among what a query finds.

    `is_said`: it is asked what it is. What a sentence says elsewhere is not excluded by where it was noted.
    """

    node: str
    among: Query
    is_said: bool = True
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth"])

    def find(self, view: View) -> list[Found]:
        """The node, as the query finds it; or as what it is instead, where the map says that."""
        found = [one for one in self.among.find(view) if one.id == self.node]
        if not found and self._comes_up_then(view):
            return [cited(view, view.node(self.node))]
        return found or ([cited(view, view.node(self.node))] if self._is_something_else(view) else [])

    def account(self, view: View) -> Account:
        """What the query takes up, and the node."""
        return self.among.account(view) | Account(nodes=frozenset([self.node]))

    def pieces(self, view: View) -> Iterator[Piece]:
        """The node and the pieces of the query."""
        yield Piece("source", NodeName.of(view, self.node))
        yield from self.among.pieces(view)

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes, if it is there; no, if it is something else."""
        if not found:
            return None
        return "no" if self._is_something_else(view) else "yes"

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Yes or no, and why."""
        node, verdict = view.node(self.node), self.verdict(view, found)
        if isinstance(self.among, ByValue):
            return f"{str(verdict).capitalize()}: {node.label} has {self.among.value_of(view, self.node)}."
        if verdict == "yes":
            if isinstance(self.among, OfKind):
                return f"Yes: {node.label} is {_as_asked(view, self.among)}."
            return f"Yes: {self._stated(view)}."
        return f"No: {node.label} is {_what_it_is(view, self.node, self.among)}."

    def _stated(self, view: View) -> str:
        """What is asked, as a statement: `NODE is supported by something`, `A is supported by NODE`."""
        label, lead = view.node(self.node).label, self.among.lead(view)
        return f"{label} {lead.removeprefix('What ')}" if lead.startswith("What ") else f"{lead} {label}"

    def lead(self, view: View) -> str:
        """`NODE: QUERY`."""
        return f"{view.node(self.node).label}: {self.among.lead(view)}"

    def missing(self, view: View) -> str:
        """`whether that is so of NODE`."""
        label = view.node(self.node).label
        if isinstance(self.among, OfKind):
            return f"whether {label} is {_as_asked(view, self.among)}"
        return f"whether {self._stated(view)}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The node, if the query finds it."""
        if self._is_something_else(view):
            raise NoSparql("a query says what is so; that it is something else only the node tells")
        return [is_node(names.node(self.node)), *self.among.patterns(view, names)]

    def _comes_up_then(self, view: View) -> bool:
        """Whether the node comes up on the days that are asked about, though their notes list other things as new."""
        among = self.among
        return isinstance(among, NewOn) and not among.filters and among.days.has(view.introduced_on(self.node))

    def _is_something_else(self, view: View) -> bool:
        """Whether the map says what excludes it: another kind, or another value in the same field."""
        if self._comes_up_then(view) or any(one.id == self.node for one in self.among.find(view)):
            return False
        if isinstance(self.among, ByValue):
            return self.among.value_of(view, self.node) is not None
        if isinstance(self.among, NewOn):
            return not self.among.filters and view.introduced_on(self.node) is not None
        if not isinstance(self.among, OfKind):
            return False
        node, asked = view.node(self.node), self.among
        if asked.kinds and node.kind not in view.vocabulary.within(asked.kinds) and not asked.filters:
            return True
        facets = asked.filters.facets
        only_facets = self.is_said and asked.filters == Filters(facets=facets)
        return bool(facets) and only_facets and all(field in node.data for field, _ in facets)


def _what_it_is(view: View, node: str, asked: Query) -> str:
    """What a node is instead: its value in the field, its kind, or the day that introduces it."""
    found, day = view.node(node), view.introduced_on(node)
    if isinstance(asked, NewOn) and day is not None:
        return f"introduced on {view.day_label(day)}"
    facets = asked.filters.facets if isinstance(asked, OfKind) else ()
    held = [found.data[field] for field, _ in facets if field in found.data]
    values = [str(value) for one in held for value in (one if isinstance(one, list) else [one])]
    return enumerated(values) if values else one_of_kind(found.kind)


def _as_asked(view: View, asked: OfKind) -> str:
    """What a node is asked to be: `a claim`, `hand-crafted`, `a method (hand-crafted) about A`."""
    kinds, traits = " or ".join(map(one_of_kind, asked.kinds)), asked.filters.traits(view)
    said = f"{kinds} ({traits})" if kinds and traits else kinds or traits or "there"
    return f"{said}{asked.filters.about(view)}{asked.filters.on_days}"


@dataclass(frozen=True, slots=True)
class Exists(Query):
    """Whether a query finds anything."""

    asked: Query
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth"])

    def find(self, view: View) -> list[Found]:
        """What it finds."""
        return self.asked.find(view)

    def account(self, view: View) -> Account:
        """What the query takes up."""
        return self.asked.account(view)

    def pieces(self, view: View) -> Iterator[Piece]:
        """Those of the query."""
        yield from self.asked.pieces(view)

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes, if there is something."""
        return "yes" if found else None

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """`Yes`, and what there is."""
        return f"Yes. {self.asked.sentence(view, found)}"

    def lead(self, view: View) -> str:
        """That of the query."""
        return self.asked.lead(view)

    def missing(self, view: View) -> str:
        """That of the query."""
        return self.asked.missing(view)

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Those of the query."""
        return self.asked.patterns(view, names)


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    for span in question.cue_spans("whether"):
        said = question.after(span.end).asserted()
        for query in said.read():
            if "truth" in query.gives:
                yield Composed(query, (said, question.before(span.start)))
        return
    opener = question.opener
    if opener is None or not question.is_yes_or_no:
        return
    yield from _read_bound(question)
    rest = question.after(opener.end)
    if _is_there(rest):
        for found in rest.read():
            query = replace(found, forwards=True) if isinstance(found, PathBetween) else found
            if "any" in query.gives:
                yield Composed(Exists(query), (rest,))
        return
    subject = next((topic for topic in rest.topics if topic.entries("name")), None)
    if subject is None or not subject.whole:
        return
    said = rest.without(subject.start, subject.end)
    if said.is_empty:
        return
    for query in said.read():
        if query.account(question.view).days and not _comes_up(question):
            continue  # when it happens in the world is another question
        nodes = _nodes(question, subject, query)
        if question.text(opener) not in BEING:  # `did A beat B at C?` does not ask what sort of thing that is
            nodes = [node for node in nodes if _is_so(question.view, node, query)]
        asked = (one for node in nodes for one in _asked_of(question, node, query))
        yield from (Composed(one, (said,)) for one in asked)


def _is_so(view: View, node: str, query: Query) -> bool:
    """Whether a statement is of the sort that is asked for; another sort of statement excludes nothing."""
    is_sort = view.kind(node) in STATEMENTS and isinstance(query, OfKind)
    return not is_sort or any(one.id == node for one in query.find(view))


def _asked_of(question: ParsedQuestion, node: str, query: Query) -> Iterator[Query]:
    """Whether a node is among what a query finds; of a relation, whether that holds: a verdict may tell more."""
    if isinstance(query, Related) and query.anchor is not None and not query.filters:
        source, target = (node, query.anchor) if query.inverse else (query.anchor, node)
        yield Holds(source, query.relation, target, direct=is_said_at_once(question))
    opener = question.opener
    yield IsAmong(node, query, is_said=opener is None or question.text(opener) in BE)


def _read_bound(question: ParsedQuestion) -> Iterator[Composed]:
    """`Does A take longer than an hour?`."""
    for bound in bounds(question):
        days = [day_id(one.days.first) for one in bound.rest.days if one.days.first == one.days.last]
        nodes = [*(question.node(topic) for topic in bound.rest.named[:1]), *filter(question.view.has_node, days)]
        for node in nodes:
            query = IsAmong(node, replace(bound.query, among=Named((node,))))
            yield Composed(query, (question.part(bound.places.__contains__),))


def _comes_up(question: ParsedQuestion) -> bool:
    """Whether the question speaks of what the course brings, and not of what happens."""
    said = {word.text for word in question.words}
    relations = {cue.relation.name for _, cue in question.cues(Verb)} | {
        cue.relation.name for _, cue in question.cues(Noun)
    }
    return INTRODUCED_ON in relations or said.isdisjoint(HAPPENING)


BEING = frozenset("is are was were am".split())
HAPPENING = frozenset(
    "happen happens happened happening occur occurs occurred exist exists existed begin began".split()
)
"""Verbs that say that something happens in the world."""
_ANY = frozenset("there any anything something anyone anybody someone somebody".split())
"""Subjects that ask whether there is anything at all."""


def _is_there(rest: ParsedQuestion) -> bool:
    return bool(rest.spans) and rest.words[rest.spans[0].start].text in _ANY


def _nodes(question: ParsedQuestion, subject: Topic, query: Query) -> list[str]:
    """The node that a topic means; of several the one that the query finds."""
    try:
        return [question.node(subject)]
    except Ambiguous:
        among = {one.id for one in query.find(question.view)}
        fitting = [node for node, _ in question.nodes(subject) if node in among]
        if len(fitting) == 1:
            return fitting
        raise


WHETHER = Form(
    "yes-no",
    _read,
    cues={"whether": f"true that; correct that; case that; {STATING}"},
    examples={"whether it is so": ["is attention a concept?", "is there any evidence for the bitter lesson?"]},
)
