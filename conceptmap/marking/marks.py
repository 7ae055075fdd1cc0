"""Marks: how a learner's map stands beside the course's, in words first, then in figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from conceptmap.difference_words import Spans, plain
from conceptmap.marking.alignment import Alignment, align, how_to_say
from conceptmap.marking.criterion import Criterion
from conceptmap.marking.pairing import Extra, Mark, Outcome, Paired, paired
from conceptmap.marking.propositions import LearnerMap, Proposition, Said
from conceptmap.notebook import bullets, filled, heading, html, markdown_list, markdown_table, marked, places, table
from conceptmap.plain_words import counted, quoted_words
from graphs.view import View
from ontology.errors import Problem
from ontology.terms import ABOUT

TITLES: Final[dict[Outcome, str]] = {
    "matched": "As the course says it",
    "turned round": "Turned round",
    "wrong relation": "Joined by another relation than in the course",
    "unclear": "Joined in words that the vocabulary does not know, for you to judge",
    "missing": "Missing",
}
"""The outcomes of the course's propositions, in the order in which they are shown."""


MOST_NAMED = 12
"""Names on one line: of many more than that nobody reads the line."""


@dataclass(frozen=True)
class Marks:
    """A learner's map held against the course's: each proposition of the course with its mark, and what is more."""

    learner: LearnerMap
    course: View
    alignment: Alignment
    paired: Paired
    warnings: tuple[Problem, ...] = ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Each proposition of the course, in the order in which it says them."""
        return self.paired.marks

    @property
    def extra(self) -> tuple[Extra, ...]:
        """What only the learner says."""
        return self.paired.extra

    def of(self, outcome: Outcome) -> list[Mark]:
        """The propositions with an outcome."""
        return [one for one in self.marks if one.outcome == outcome]

    @cached_property
    def matched(self) -> int:
        """How many of the course's propositions the learner has."""
        return len(self.of("matched"))

    @cached_property
    def counted(self) -> int:
        """How many propositions of the learner are compared: one for each mark but those missing, and what is more."""
        return sum(one.said is not None for one in self.marks) + len(self.extra)

    @property
    def convergence(self) -> float | None:
        """Which share of the course's propositions the map has (recall); None where the course has none."""
        return self.matched / len(self.marks) if self.marks else None

    @property
    def salience(self) -> float | None:
        """Which share of the map's own propositions are the course's (precision); None where the map has none."""
        return self.matched / self.counted if self.counted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where either map has none."""
        if not self.marks or not self.counted:
            return None
        return 2 * self.matched / (len(self.marks) + self.counted)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many of the course's propositions have each outcome."""
        return {outcome: len(self.of(outcome)) for outcome in TITLES}

    @cached_property
    def absent(self) -> list[str]:
        """The labels of what the course's propositions speak of and the map does not, in the course's order."""
        named = set(self.alignment.same.values())
        ends = dict.fromkeys(end for one in self.marks for end in (one.course.source, one.course.target))
        return [self.course.node(end).label for end in ends if end not in named]

    def summary(self) -> str:
        """How many of the course's propositions the map has, and how it has others."""
        counts = self.counts
        said = {
            "turned round": counts["turned round"],
            "with another relation": counts["wrong relation"],
            "in words to be judged": counts["unclear"],
            "missing": counts["missing"],
        }
        has = f"{self.learner.name} has {self.matched} of the course's {counted(len(self.marks), 'proposition')}"
        rest = ", ".join(f"{number} {words}" for words, number in said.items() if number)
        more = f"{len(self.extra)} more that the course does not say" if self.extra else ""
        return "; ".join(filter(None, (has, rest, more)))

    def scores(self) -> str:
        """The scores, each said in words first."""
        if self.convergence is None:
            return "the course says nothing that can be compared"
        if self.salience is None or self.f1 is None:
            return "the map says nothing that can be compared"
        return (
            f"convergence {self.convergence:.2f} (of what the course says, {self.matched} of {len(self.marks)}), "
            f"salience {self.salience:.2f} (of what the map says, {self.matched} of {self.counted}), F1 {self.f1:.2f}"
        )

    def lines(self, *, every: bool = False) -> Iterator[Spans]:
        """All of it in words, line by line; `every`: what is matched too."""
        yield [(self.summary(), "bold")]
        yield [self.scores()]
        yield from self._names()
        for outcome, title in TITLES.items():
            if every or outcome != "matched":
                yield from self._section(title, self.of(outcome))
        groups = (
            ("Extra: the course does not say so, which does not make it wrong", False),
            ("Extra, of something that the course does not know", True),
        )
        for title, is_unknown in groups:
            found = [one for one in self.extra if bool(one.unknown) == is_unknown]
            if found:
                yield from ([], [(f"{title} ({len(found)})", "bold")])
                yield from (self._more(one) for one in found)
        if self.paired.apart:
            yield []
            yield [f"Not compared, being no more than a link, or not of the subject: {len(self.paired.apart)}"]

    def _names(self) -> Iterator[Spans]:
        """How names were taken, and those that the course does not know."""
        for taken in self.alignment.taken:
            yield [f"“{taken.said}” was taken for ", (taken.label, "bold"), f": {taken.why}"]
        if unknown := self.alignment.unknown:
            names = ", ".join(f"“{one.said}”{one.perhaps}" for one in unknown)
            yield [f"the course has nothing called {names}; {how_to_say(unknown)}"]
        if self.absent:
            more = f" and {len(self.absent) - MOST_NAMED} more" if len(self.absent) > MOST_NAMED else ""
            yield [f"the map says nothing of {', '.join(self.absent[:MOST_NAMED])}{more}"]

    def _section(self, title: str, marks: Sequence[Mark]) -> Iterator[Spans]:
        """Propositions with one outcome; those that are read again in one place stand below it."""
        if not marks:
            return
        yield from ([], [(f"{title} ({len(marks)})", "bold")])
        last = None
        for mark in marks:
            cite = mark.course.cites[0]
            place = (cite.where, cite.quote)
            if place != last:
                quote = f"  “{quoted_words(cite.quote)}”" if cite.quote else ""
                yield ["  reread ", (cite.where, "cyan"), quote] if mark.outcome != "matched" else [f"  {cite.where}"]
                last = place
            yield ["    ", (self.proposition_words(mark.course), "bold")]
            if mark.said and mark.outcome != "matched":
                yield ["      the map says: ", self.said_words(mark.said)]

    def _more(self, extra: Extra) -> Spans:
        more = ""
        if extra.follows:
            more = "follows from what the course says"
        elif extra.cites:
            more = f"the course joins them without saying how: {extra.cites[0].where}"
        return ["  ", self.said_words(extra.said), (f"  {more}", "dim")]

    def __repr__(self) -> str:
        return f"<{self.summary()}>"

    def _repr_html_(self) -> str:
        columns, rows = self.table()
        names = bullets(map(plain, self._names()))
        return html(heading(self.summary()), self.scores(), names, table(*filled(columns, rows), len(rows)))

    def _repr_markdown_(self) -> str:
        columns, rows = self.table()
        head = (f"**{marked(self.summary())}**", marked(self.scores()))
        names = markdown_list([marked(plain(one)) for one in self._names()])
        return "\n\n".join(filter(None, (*head, names, markdown_table(*filled(columns, rows), len(rows)))))

    def table(self) -> tuple[list[str], list[list[object]]]:
        """Columns and rows: what is not as the course has it, in the order of `lines`, then what is more."""
        rows: list[list[object]] = [
            [
                outcome,
                self.proposition_words(one.course),
                one.said and self.said_words(one.said),
                places(one.course.cites),
            ]
            for outcome in TITLES
            if outcome != "matched"
            for one in self.of(outcome)
        ]
        rows += [[_kind_of(one), None, self.said_words(one.said), None] for one in self.extra]
        return ["mark", "the course says", "the map says", "reread"], rows

    def proposition_words(self, one: Proposition) -> str:
        """What the course says, as a sentence."""
        return self._sentence(self.course.node(one.source).label, one.relation, self.course.node(one.target).label)

    def said_words(self, said: Said) -> str:
        """What the learner says, by the learner's own names, and where."""
        nodes = self.learner.nodes
        ends = nodes[said.source].label, nodes[said.target].label
        where = f"  ({said.where})" if said.where else ""
        if said.relation == ABOUT:
            return f"{ends[0]} – {ends[1]}, without saying how{where}"
        return f"{self._sentence(ends[0], said.words, ends[1])}{where}"

    def _sentence(self, source: str, relation: str, target: str) -> str:
        declared = self.course.vocabulary.relations.get(relation)
        return f"{source} {declared.says if declared else relation} {target}"


def _kind_of(extra: Extra) -> str:
    return "unknown" if extra.unknown else "extra"


def mark(learner: LearnerMap, criterion: Criterion, warnings: Iterable[Problem] = ()) -> Marks:
    """Hold a learner's map against a course's; `warnings` are those with which it was read."""
    alignment = align(learner, criterion)
    return Marks(learner, criterion.course, alignment, paired(learner, criterion, alignment), tuple(warnings))
