"""Yes or no by the days of two: `did A come up before B?`, `is A older than B?`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from conceptmap.ask.form import Account, Composed, Form, Verdict
from conceptmap.ask.forms.exceeds import OfTwo
from conceptmap.ask.found import Found, cited
from conceptmap.ask.lexicon import Noun, Verb
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.words import COURSE_WORDS
from graphs.view import View
from ontology.terms import INTRODUCED_ON

EARLIER: Mapping[str, int] = {
    **dict.fromkeys("before earlier sooner".split(), -1),
    **dict.fromkeys("after later".split(), 1),
}
"""Words that compare the days on which two things come up."""
_COMING_UP = frozenset(
    """
    come comes came coming appear appears appeared introduce introduced taught teach covered cover learned learnt meet
    met mentioned presented treated discussed up first
    """.split()
)
"""Words that say that something comes up in the course, and not that it happens in the world."""


@dataclass(frozen=True, slots=True)
class CameUpBefore(OfTwo):
    """Whether a node comes up before another (`order` -1) or after it (1), by the days that introduce them."""

    def find(self, view: View) -> list[Found]:
        """Both, where both have a day."""
        if None in self._days(view):
            return []
        return [cited(view, view.node(node)) for node in (self.node, self.other)]

    def account(self, view: View) -> Account:
        """That it is introduced, too."""
        return OfTwo.account(self, view) | Account(relations=frozenset([INTRODUCED_ON]))

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes or no by day; on one day neither is before the other."""
        one, other = self._days(view)
        return None if one is None or other is None else self._verdict((one > other) - (one < other))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Yes or no, and the two days."""
        days = [view.day_label(day) for day in self._days(view) if day is not None]
        said = ", ".join(f"{one.label} comes up on {day}" for one, day in zip(found, days, strict=False))
        return f"{str(self.verdict(view, found)).capitalize()}: {said}."

    def missing(self, view: View) -> str:
        """`whether A comes up before B`."""
        one, other = view.node(self.node).label, view.node(self.other).label
        return f"whether {one} comes up {'before' if self.order < 0 else 'after'} {other}"

    def _days(self, view: View) -> tuple[int | None, int | None]:
        return view.introduced_on(self.node), view.introduced_on(self.other)


def _read_days(question: ParsedQuestion) -> Iterator[Composed]:
    """`Did A come up before B?`, `is A introduced later in the course than B?`."""
    if not question.is_yes_or_no or question.days:
        return
    words = [one.text for one in question.words]
    topics = sorted((topic for topic in question.named if topic.whole), key=lambda topic: topic.start)
    names = {place for topic in topics for place in range(topic.start, topic.end)}
    compared = [place for place in sorted(question.places - names) if words[place] in EARLIER]
    if len(topics) != 2 or len(compared) != 1 or not topics[0].end <= compared[0] < topics[1].start:
        return
    said = {words[place] for place in question.places - names}
    verbs = {cue.relation.name for _, cue in question.cues(Verb)} | {
        cue.relation.name for _, cue in question.cues(Noun)
    }
    if said.isdisjoint(_COMING_UP - {"up", "first"}) or _only_elsewhere(verbs):
        return
    query = CameUpBefore(question.node(topics[0]), question.node(topics[1]), EARLIER[words[compared[0]]])
    taken = {place for place in question.places - names if words[place] in _COMING_UP | COURSE_WORDS | {"than"}}
    yield Composed(query, (question.part({*taken, *compared}.__contains__),))


def _only_elsewhere(relations: Collection[str]) -> bool:
    """Whether the words for relations say something else than that it comes up: `comes before` may say either."""
    return bool(relations) and INTRODUCED_ON not in relations and "leads to" not in relations


CAME_UP = Form(
    "yes-no",
    _read_days,
    examples={"which of two came first": ["was attention introduced before information theory?"]},
)
