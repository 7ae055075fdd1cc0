"""Competency questions: those that the map must answer, asked and compared with the answers wanted.

Ontology engineers say by such questions what a model is for, and test it with them (Grüninger and Fox 1995).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from conceptmap.ask import Answer, Found, ask
from conceptmap.reporters import Remark
from graphs.view import View
from ontology.errors import Problem
from ontology.model import CompetencyQuestion
from ontology.names import name_key

Outcome = Literal["ok", "unanswered", "ambiguous", "other answers"]

OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        "unanswered": "The map answers the questions that it must.",
        "ambiguous": "A question that the map must answer has one meaning.",
        "other answers": "The map gives the answers that its author wants.",
    }
)
"""How a question may not be answered as its author wants, and what is right."""

MAX_NAMED = 8
"""Answers that are named in words, as in the terminal's answers; data has all."""

VERDICTS = frozenset(("yes", "no"))
"""Answers to a question that asks whether something is so."""


class ListedQuestion(NamedTuple):
    """A question that the map must answer, and the file that lists it."""

    file: str
    question: CompetencyQuestion


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that was asked, the file that lists it, and how the answer compares with those wanted.

    `missing` are answers wanted that did not come, `unexpected` those that came and were not wanted.
    """

    file: str
    question: CompetencyQuestion
    answer: Answer
    outcome: Outcome
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether the map answers it as its author wants."""
        return self.outcome == "ok"

    @property
    def why(self) -> str:
        """What keeps it from being answered, in words; empty where it is."""
        if self.outcome == "other answers":
            said = (("missing", self.missing), ("unexpected", self.unexpected))
            return "; ".join(f"{word} {_some(names)}" for word, names in said if names)
        return "" if self.is_answered else self.answer.sentence

    @property
    def remark(self) -> Remark | None:
        """What a report says of it; nothing where it is answered."""
        if self.is_answered:
            return None
        what = f"{self.question.ask!r}: {self.why}"
        rule, line = self.outcome.replace(" ", "-"), self.question.line or None
        return Remark(self.file, line, None, rule, "warning", what, help=OUTCOMES[self.outcome])


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """What a write did to the questions that notes list: all as they are `asked` after it; `lost` are those that were
    answered before it and are no more; `won` says how many of those that were listed before are newly answered.
    """

    asked: tuple[AskedQuestion, ...]
    lost: tuple[AskedQuestion, ...]
    won: int

    @property
    def answered(self) -> int:
        """How many are answered."""
        return sum(one.is_answered for one in self.asked)

    def warnings(self, paths: Mapping[str, str] = MappingProxyType({})) -> tuple[Problem, ...]:
        """A warning for each that is answered no more; `paths` name the files of parts that were read just now."""
        return tuple(
            Problem(
                file=paths.get(one.file, one.file),
                line=one.question.line or 1,
                what=f"the map no longer answers {one.question.ask!r}: {one.why.rstrip('.')}",
                hint="if that was not meant, `conceptmap revert` the entry",
            )
            for one in self.lost
        )


def compare_questions(before: View, after: View) -> QuestionChange:
    """What became of the questions that notes list after a write: each is asked of the map before it and after it."""
    listed = questions_of(after)
    asked, former = ask_all(after, listed), ask_all(before, listed)
    pairs = list(zip(asked, (one.is_answered for one in former), strict=True))
    lost = tuple(one for one, was in pairs if was and not one.is_answered)
    known = {one.question.ask for one in questions_of(before)}
    won = sum(one.is_answered and not was and one.question.ask in known for one, was in pairs)
    return QuestionChange(tuple(asked), lost, won)


def questions_of(view: View) -> list[ListedQuestion]:
    """The questions that notes list, by day and part."""
    return [ListedQuestion(one.part, question) for one in view.documents() for question in one.questions]


def ask_all(view: View, listed: Iterable[ListedQuestion]) -> list[AskedQuestion]:
    """Ask a view each of these questions, and compare its answers with those wanted."""
    return [judged(*one, ask(view, one.question.ask, offering=False)) for one in listed]


def judged(file: str, question: CompetencyQuestion, answer: Answer) -> AskedQuestion:
    """How the answer to a question compares with those wanted."""
    wanted = question.answers
    if answer.status == "ambiguous":
        return AskedQuestion(file, question, answer, "ambiguous", wanted or ())
    if answer.status == "unknown":
        return AskedQuestion(file, question, answer, "ok" if wanted == () else "unanswered", wanted or ())
    if wanted is None:
        return AskedQuestion(file, question, answer, "ok")
    missing, unexpected = _compared(wanted, answer)
    outcome: Outcome = "other answers" if missing or unexpected else "ok"
    return AskedQuestion(file, question, answer, outcome, missing, unexpected)


def _compared(wanted: Sequence[str], answer: Answer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The answers wanted that did not come, and those that nobody wanted.

    Where yes or no is asked, that is an answer too; the nodes that show it count where any is wanted beside it.
    """
    keys = dict.fromkeys(map(name_key, wanted))
    came = [(_shown(found), _keys(found)) for found in answer.answers]
    if answer.verdict and keys.keys() <= VERDICTS:
        came = [(answer.verdict, {answer.verdict})]
    elif answer.verdict and keys.keys() & VERDICTS:
        came.append((answer.verdict, {answer.verdict}))
    missing = tuple(one for one in wanted if not any(name_key(one) in names for _, names in came))
    return missing, tuple(shown for shown, names in came if not names & keys.keys())


def _some(names: Sequence[str]) -> str:
    """The first names; how many more there are."""
    shown = ", ".join(map(repr, names[:MAX_NAMED]))
    return shown if len(names) <= MAX_NAMED else f"{shown} and {len(names) - MAX_NAMED} more"


def _keys(found: Found) -> set[str]:
    """What an answer may be called: its label and aliases, and a value also as it is shown."""
    return set(map(name_key, (found.label, *found.aliases, _shown(found))))


def _shown(found: Found) -> str:
    """An answer as it is shown: a value behind what it is of."""
    return f"{found.of}: {found.label}" if found.of else found.label
