"""The marks of a class: for each proposition of the course who has it, who has it otherwise and who lacks it."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from conceptmap.difference_words import Spans
from conceptmap.marking.alignment import how_to_say
from conceptmap.marking.marks import TITLES, Marks
from conceptmap.marking.pairing import Outcome
from conceptmap.marking.propositions import Proposition, Said
from conceptmap.notebook import filled, heading, html, markdown_table, marked, places, table
from conceptmap.plain_words import counted, quoted_words
from graphs.view import View
from ontology.errors import Problem
from ontology.names import name_key

MOST_SHOWN = 20
"""Propositions that are listed unless all are asked for: a lesson mends no more."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these begins what a spreadsheet would calculate."""

WRONG: tuple[Outcome, ...] = ("turned round", "wrong relation")


@dataclass(frozen=True, slots=True)
class ClassMark:
    """A proposition of the course, and the learners by what became of it in their maps."""

    course: Proposition
    learners: Mapping[Outcome, tuple[str, ...]]

    def count(self, *outcomes: Outcome) -> int:
        """How many learners have one of these outcomes."""
        return sum(len(self.learners.get(one, ())) for one in outcomes)

    @property
    def rank(self) -> tuple[int, int, int]:
        """What is said wrongly by most stands first, then what most lack."""
        return -self.count(*WRONG), -self.count("unclear"), -self.count("missing")


@dataclass(frozen=True, slots=True)
class Shared:
    """What several learners say and the course does not, in the words of the first, and who says it."""

    words: str
    learners: tuple[str, ...]


@dataclass(frozen=True)
class ClassMarks:
    """The maps of a class beside the course's. `unread` has the problems of those that cannot be read, by name."""

    course: View
    wanted: Sequence[Proposition]
    learners: tuple[Marks, ...]
    unread: Mapping[str, tuple[Problem, ...]]
    notices: tuple[Problem, ...] = ()

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What to look at: what keeps maps out, how others were read, and what was said to be meant and nobody says."""
        out = (one for problems in self.unread.values() for one in problems)
        return (*out, *(one for marks in self.learners for one in marks.warnings), *self.notices)

    @cached_property
    def propositions(self) -> list[ClassMark]:
        """Each proposition of the course, those first that most say wrongly, then those that most lack."""
        found = [
            ClassMark(one, _by_outcome((marks.learner.name, marks.marks[number].outcome) for marks in self.learners))
            for number, one in enumerate(self.wanted)
        ]
        return sorted(found, key=lambda one: one.rank)

    @cached_property
    def shared(self) -> list[Shared]:
        """What more than one learner says, and the course does not, the most frequent first."""
        found: dict[object, list[tuple[Marks, Said]]] = defaultdict(list)
        for marks in self.learners:
            for key, said in {_key(marks, one.said): one.said for one in marks.extra}.items():
                found[key].append((marks, said))
        several = [
            Shared(_without_place(*said[0]), tuple(one.learner.name for one, _ in said))
            for said in found.values()
            if len(said) > 1
        ]
        return sorted(several, key=lambda one: (-len(one.learners), one.words))

    @cached_property
    def unknown(self) -> list[Shared]:
        """The names that the course does not know, with who uses them, the most frequent first."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for marks in self.learners:
            for one in marks.alignment.unknown:
                found[name_key(one.said)].append((f"{one.said}{one.perhaps}", marks.learner.name))
        names = [Shared(said[0][0], tuple(name for _, name in said)) for said in found.values()]
        return sorted(names, key=lambda one: (-len(one.learners), one.words))

    @cached_property
    def absent(self) -> list[Shared]:
        """What the course's propositions speak of and learners do not, with who does not, the most frequent first."""
        found: dict[str, list[str]] = defaultdict(list)
        for marks in self.learners:
            for label in marks.absent:
                found[label].append(marks.learner.name)
        return sorted(
            (Shared(label, tuple(names)) for label, names in found.items()), key=lambda one: -len(one.learners)
        )

    def summary(self) -> str:
        """How many maps were compared, and with how much."""
        return f"{counted(len(self.learners), 'map')} beside the course's {counted(len(self.wanted), 'proposition')}"

    def lines(self, *, every: bool = False) -> Iterator[Spans]:
        """All of it in words: a table of the learners, then what they have wrong; `every`: all propositions."""
        yield [(self.summary(), "bold")]
        yield []
        yield from _columns([LEARNER_COLUMNS, *self.learner_rows()])
        if unknown := [one for marks in self.learners for one in marks.alignment.unknown]:
            yield from _listed(f"Names that the course does not have; {how_to_say(unknown)}", self.unknown)
        wrong = [one for one in self.propositions if one.count("matched") < len(self.learners)]
        found = self.propositions if every else wrong[:MOST_SHOWN]
        if found:
            yield []
            yield [("What most say wrongly, then what most lack", "bold")]
        for one in found:
            yield from self._proposition(one)
        if len(wrong) > len(found):
            yield [f"  and {len(wrong) - len(found)} more (--all)"]
        yield from _listed("Said by several, and not by the course", self.shared)
        most = self.absent if every else self.absent[:MOST_SHOWN]
        yield from _listed("What most say nothing of", [one for one in most if len(one.learners) > 1])

    def _proposition(self, one: ClassMark) -> Iterator[Spans]:
        cite = one.course.cites[0]
        has = f"{one.count('matched')} of {len(self.learners)} have it"
        yield ["  ", (self.learners[0].proposition_words(one.course), "bold"), f"  {has}"]
        for outcome in TITLES:
            if outcome != "matched" and (names := one.learners.get(outcome)):
                yield [f"    {outcome}: ", ", ".join(names)]
        quote = f"  “{quoted_words(cite.quote)}”" if cite.quote else ""
        yield ["    reread ", (cite.where, "cyan"), quote]

    def learner_rows(self) -> list[list[str]]:
        """A row of figures for each learner, in the order of `LEARNER_COLUMNS`."""
        return [
            [
                one.learner.name,
                *(str(len(one.of(outcome))) for outcome in TITLES),
                str(len(one.extra)),
                *("" if score is None else f"{score:.2f}" for score in (one.convergence, one.salience, one.f1)),
            ]
            for one in self.learners
        ]

    def csv(self) -> str:
        """A table for a spreadsheet: a row for each proposition of the course, a column for each learner.

        A cell that a spreadsheet would calculate begins with an apostrophe, so that it is shown as it is.
        """
        names = [one.learner.name for one in self.learners]
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(map(_safe, ("source", "relation", "target", "reread", *TITLES, *names)))
        for one in self.propositions:
            course = one.course
            of = {name: outcome for outcome, some in one.learners.items() for name in some}
            ends = self.course.node(course.source).label, course.relation, self.course.node(course.target).label
            counts = (one.count(outcome) for outcome in TITLES)
            writer.writerow(map(_safe, (*ends, course.cites[0].where, *counts, *(of[name] for name in names))))
        return buffer.getvalue()

    def __repr__(self) -> str:
        return f"<{self.summary()}>"

    def _repr_html_(self) -> str:
        parts = (heading(self.summary()), table(LEARNER_COLUMNS, self.learner_rows()), table(*filled(*self._table())))
        return html(*parts)

    def _repr_markdown_(self) -> str:
        tables = markdown_table(LEARNER_COLUMNS, self.learner_rows()), markdown_table(*filled(*self._table()))
        return "\n\n".join((f"**{marked(self.summary())}**", *tables))

    def _table(self) -> tuple[list[str], list[list[object]]]:
        rows: list[list[object]] = [
            [
                self.learners[0].proposition_words(one.course),
                *(", ".join(one.learners.get(outcome, ())) for outcome in TITLES),
                places(one.course.cites),
            ]
            for one in self.propositions
        ]
        return ["the course says", *TITLES, "reread"], rows


LEARNER_COLUMNS = ["map", *TITLES, "extra", "convergence", "salience", "F1"]
"""What is told of each learner."""


def _listed(title: str, found: Sequence[Shared]) -> Iterator[Spans]:
    if found:
        yield []
        yield [(title, "bold")]
        for one in found:
            yield ["  ", one.words, (f"  {', '.join(one.learners)}", "dim")]


def _by_outcome(outcomes: Iterable[tuple[str, Outcome]]) -> dict[Outcome, tuple[str, ...]]:
    found: dict[Outcome, tuple[str, ...]] = {}
    for name, outcome in outcomes:
        found[outcome] = (*found.get(outcome, ()), name)
    return found


def _key(marks: Marks, said: Said) -> tuple[str, str, str]:
    """What a learner says, with the course's nodes where it has them, so that learners can be compared."""
    same, nodes = marks.alignment.same, marks.learner.nodes
    ends = (same.get(end) or f"said {name_key(nodes[end].label)}" for end in (said.source, said.target))
    source, target = ends
    return source, said.relation or name_key(said.words), target


def _without_place(marks: Marks, said: Said) -> str:
    return marks.said_words(Said(said.source, said.words, said.target, said.relation))


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[Spans]:
    """Rows in columns: names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        figures = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield ["  ".join((first.ljust(widths[0]), *figures))]


def _safe(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
