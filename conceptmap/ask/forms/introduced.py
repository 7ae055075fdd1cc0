"""The day of a thing: `when was A introduced?`, `since when …A…?`, `which day covered A?`."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from conceptmap.ask.filters import Filters, described, one_of_kind_meant
from conceptmap.ask.form import Account, Composed, Form, Query, Wanted
from conceptmap.ask.forms.related import Related
from conceptmap.ask.found import Found, NodeName, Piece, cited, subject
from conceptmap.ask.lexicon import Verb
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.sparql import FIRST_SEEN, ShortNames, day_node, either, first_defined, group
from graphs.view import View, cite
from ontology.names import day_id, day_label
from ontology.terms import DAY, INTRODUCED_ON, PART_OF, STATEMENTS, UNIT

CONDITIONS = frozenset(
    """
    should must can could may might would need needs needed use used uses using ought want start starts started begin
    begins began end ends ended finish stop stops happen happens happened occur occurs
    """.split()
)
"""Words with which `when` asks for a condition or a moment, and not for the day of a note."""

_CAME_TO_BE = frozenset("do does did has have had will".split())
"""Auxiliaries that before a sentence ask for the time of what it tells."""


@dataclass(frozen=True, slots=True)
class IntroducedOn(Query):
    """The day on which a node is introduced."""

    node: str
    gives: ClassVar[frozenset[Wanted]] = frozenset(["day"])

    def account(self, view: View) -> Account:
        """The relation to the day too."""
        return Query.account(self, view) | Account(relations=frozenset([INTRODUCED_ON]), kinds=frozenset([DAY]))

    def find(self, view: View) -> list[Found]:
        """The days that are stated to introduce the node, else the first that defines it."""
        stated = list(view.edges_from(self.node, INTRODUCED_ON))
        if stated:
            days = [cited(view, view.node(edge.target), edges=(edge,)) for edge in stated]
            return sorted(days, key=lambda found: found.day or 0)
        day = view.introduced_on(self.node)
        if day is None:
            return []
        assertions = view.node(self.node).assertions
        cites = (cite(next((one for one in assertions if one.day == day), assertions[0])),)
        if view.has_node(day_id(day)):
            return [cited(view, view.node(day_id(day)), cites=cites)]
        return [Found(None, day_label(day), DAY, day=day, cites=cites, of=view.node(self.node).label)]

    def pieces(self, view: View) -> Iterator[Piece]:
        """The node."""
        yield Piece("of", NodeName.of(view, self.node))

    def lead(self, view: View) -> str:
        """`NODE is introduced on`."""
        return subject(view, self.node, "is introduced on")

    def missing(self, view: View) -> str:
        """`when NODE is introduced`."""
        return f"when {subject(view, self.node, 'is introduced')}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The days stated to introduce the node (a day is its own), else the first that defines or mentions it."""
        asked, day = names.node(self.node), names.kind(DAY)
        stated = f"{asked} {names.relation(INTRODUCED_ON)}?"
        firsts = (one.replace("?node", "?asked") for one in (first_defined("?defined"), FIRST_SEEN))
        first = [
            f"FILTER NOT EXISTS {{ {stated} ?other . ?other a {day} }}",
            f"VALUES ?asked {{ {asked} }}",
            *(f"OPTIONAL {group([one])}" for one in firsts),
            "BIND(COALESCE(?defined, ?seen) AS ?day)",
            day_node("?node"),
        ]
        return [either([f"{stated} ?node ."], first), f"?node a {day} ."]


@dataclass(frozen=True, slots=True)
class DaysOf(Related):
    """The days that are part of a stretch of the course."""

    gives: ClassVar[frozenset[Wanted]] = frozenset(["day"])


def _read_when(question: ParsedQuestion) -> Iterator[Query | Composed]:
    """Whatever the verb, a day is asked for; of a stretch of the course, the days in it."""
    view, part_of = question.view, question.view.vocabulary.relations.get(PART_OF)
    if any(question.words[place].text in CONDITIONS for place in question.places):
        return  # `when should I use A?` asks for no day
    if question.named and question.asks_for("when"):
        node = question.node(question.named[0])
        if view.kind(node) == UNIT and part_of and question.named[0].preposition in ("in", "of", "from", "to"):
            yield DaysOf(part_of, node, inverse=True, filters=Filters(kinds=(DAY,)))
        elif view.kind(node) != UNIT and not _is_event(question, node):
            yield IntroducedOn(node)
    for span, kind in described(question) if question.asks_for("when") else ():
        nodes = [one for one in view.ids_of_kind(kind) if view.has_node(one)] if kind not in (DAY, UNIT) else []
        if meant := one_of_kind_meant(question, span, nodes):
            yield Composed(IntroducedOn(meant), (question.part(range(span.start, span.end).__contains__),))


def _is_event(question: ParsedQuestion, node: str) -> bool:
    """Whether it is asked when what a statement says came to be, which no note's day tells: `when did A beat B?`."""
    asked = question.word_before(question.named[0].start) in _CAME_TO_BE and question.view.kind(node) in STATEMENTS
    introducing = any(cue.relation.name == INTRODUCED_ON for _, cue in question.cues(Verb))
    return asked and not introducing and not any(map(question.asks_for, ("new", "first", "written")))


def _read(question: ParsedQuestion) -> Iterator[Query]:
    introducing = any(cue.relation.name == INTRODUCED_ON for _, cue in question.cues(Verb))
    if introducing and not question.asks_for("count"):
        # What something appears in is no day's.
        named = (one for one in question.named if one.whole and one.preposition not in ("in", "on"))
        for topic in islice(named, 1):
            node = question.node(topic)
            if question.view.kind(node) != UNIT:
                yield IntroducedOn(node)


WHEN = Form(
    "introduced",
    _read_when,
    cues={
        "first": "first; initially; for the first time",
        "new": "",
        "written": """
            write about; wrote about; talk about; talked about; speak of; hear of; heard of; hear about; read about;
            learn about; learnt about; study; meet; discuss; take up; deal with; note down; write on; turn up; crop up;
            pop up; show up; come along; surface; emerge; brought up; bring up
        """,
        "when": """
            when; since when; which day; what day; which days; what days; on which day; at which day; on what day;
            day on which; date; what date; which date; day of; days of; date of; days for; day for
        """,
    },
)
INTRODUCED = Form(
    "introduced",
    _read,
    cues={"first": "", "new": ""},
    examples={"the day of a thing": ["when was information theory introduced?", "whihc day covered transformers"]},
)
