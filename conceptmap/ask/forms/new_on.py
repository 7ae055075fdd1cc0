"""What days bring: `what did day 5 establish?`, `what is new on day 27?`, `which claims came up on day 25?`."""

from collections.abc import Iterator
from dataclasses import dataclass

from conceptmap.ask.filters import NO_FILTERS, Filters, facets_of, kinds_of
from conceptmap.ask.form import Account, Form, Query
from conceptmap.ask.found import Found, Piece, cited, in_course_order
from conceptmap.ask.lexicon import Verb
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.saying import several
from conceptmap.ask.spans import Days
from conceptmap.ask.sparql import ShortNames, day_node, either, first_defined, group, number_of, within
from graphs.view import View
from ontology.names import day_id, day_number
from ontology.terms import DAY, INTRODUCED_ON, QUESTION, UNIT


@dataclass(frozen=True, slots=True)
class NewOn(Query):
    """What days bring: the nodes that they are stated to introduce; `everything`: also all else that comes up first.

    Of the filters only kinds and facets count.
    """

    days: Days
    filters: Filters = NO_FILTERS
    everything: bool = False

    def account(self, view: View) -> Account:
        """The relation to the days too."""
        return Query.account(self, view) | Account(relations=frozenset([INTRODUCED_ON]), kinds=frozenset([DAY]))

    def find(self, view: View) -> list[Found]:
        """What is stated; where nothing is, or only some is asked for, also what comes up on the days first."""
        found: list[Found] = []
        chosen = Filters(self.filters.kinds, None, self.filters.facets)
        for day in self._days(view):
            stated = list(view.edges_to(day_id(day), INTRODUCED_ON))
            found += [
                cited(view, view.node(edge.source), edges=(edge,))
                for edge in stated
                if _is_of(chosen, view, edge.source)
            ]
            if not stated or self.filters or self.everything:
                found += [cited(view, view.node(node)) for node in _first_seen(view, day) if _is_of(chosen, view, node)]
        return in_course_order(found)

    def _days(self, view: View) -> list[int]:
        """The days of the range that notes are of, or that notes of other days tell of."""
        told = (
            number for node in view.ids_of_kind(DAY) if view.has_node(node) and (number := day_number(node)) is not None
        )
        return sorted(filter(self.days.has, {*view.days(), *told}))

    def pieces(self, view: View) -> Iterator[Piece]:
        """The days and the filters."""
        yield Piece("days", self.days)
        yield from self.filters.pieces(view)

    def lead(self, view: View) -> str:
        """`Day 5 introduces`, `Lecture 5 introduces`, `Days 5 to 9 introduce`."""
        first, last = self.days.first, self.days.last
        return f"{view.day_label(first)} introduces" if first == last else f"{self.days.words} introduce"

    def missing(self, view: View) -> str:
        """`what Day 5 introduces`, `which claims Day 5 introduces`."""
        kinds = " or ".join(map(several, self.filters.kinds))
        return f"{f'which {kinds}' if kinds else 'what'} {self.lead(view)}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """What days with notes state to introduce; where they do not, or for a choice, also what they first define."""
        introduced = names.relation(INTRODUCED_ON)
        unstated = [
            group([first_defined("?day")]),
            "?node a ?sort .",
            f"FILTER(?sort NOT IN ({names.kind(DAY)}, {names.kind(UNIT)}))",
            f"FILTER NOT EXISTS {{ ?node {introduced} [] }}",
            day_node("?on"),
            *([] if self.filters or self.everything else [f"FILTER NOT EXISTS {{ [] {introduced} ?on }}"]),
        ]
        stated = [f"?node {introduced} ?on .", number_of("?on", "?day")]
        found = [either(stated, unstated), within(self.days)]
        return [*found, *self.filters.patterns(view, names)]


def _is_of(chosen: Filters, view: View, node: str) -> bool:
    """Whether a node is of the kinds that are asked for, which is seen without reading it, and passes the filters."""
    if chosen.kinds and view.kind(node) not in view.vocabulary.within(chosen.kinds):
        return False
    return not chosen.facets or chosen.passes(view, view.node(node))


def _first_seen(view: View, day: int) -> Iterator[str]:
    """What the documents of a day define that no day before does."""
    said = (node for document in view.documents(day) for node in document.nodes if not node.mention)
    names = {view.leads_to(node.id) for node in said}
    return (one for one in names if view.introduced_on(one) == day and view.kind(one) not in (DAY, UNIT))


def _read(question: ParsedQuestion) -> Iterator[Query]:
    kinds = kinds_of(question)
    if question.days and not question.named and not question.asks_for("open") and kinds != (QUESTION,):
        stated = any(cue.relation.name == INTRODUCED_ON for _, cue in question.cues(Verb))
        yield NewOn(question.days[0].days, Filters(kinds=kinds, facets=facets_of(question)), everything=not stated)


NEW = Form(
    "new",
    _read,
    cues={
        "new": """
            new; newly; come up; happen; take place; learn; bring; cover; introduce; show; teach; deal with; treat;
            look at; add; in store; agenda; on the agenda; topic; subject; claim; state; say; planned; plan for;
            schedule; find out; get to know; meet; still to come; lie ahead; ahead; left; await; upcoming
        """,
    },
    examples={
        "what a day brings": ["what did day 5 establish?", "which claims came up between day 5 and day 25?"],
    },
)
