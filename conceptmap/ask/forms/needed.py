"""Whether one thing can be had without another: `can I do A without B?`, `do I need B before A?`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from conceptmap.ask.form import Account, Composed, Form, Query, Verdict, Wanted
from conceptmap.ask.forms.holds import Holds
from conceptmap.ask.forms.related import is_said_at_once
from conceptmap.ask.found import Found, Piece
from conceptmap.ask.parse import ParsedQuestion, Topic
from conceptmap.ask.sparql import NoSparql, ShortNames
from conceptmap.ask.words import ARTICLES, COURSE_WORDS, COURTESY, IGNORABLE, OPENERS, QUESTION_WORDS
from graphs.view import View
from ontology.terms import REQUIRES

LACKING = frozenset(
    """
    without skip skipping skipped omit omitting omitted lacking lack minus w wo sans bypass bypassing avoid avoiding
    ignoring unaware
    """.split()
)
"""Words before what is left out; `with no`, `leaving out` and `do away with` are phrases."""
_LACKING_PHRASES = frozenset(
    [
        ("with", "no"),
        ("without", "any"),
        ("leave", "out"),
        ("leaving", "out"),
        ("left", "out"),
        ("w", "o"),
        ("ignorance", "of"),
        ("absence", "of"),
        ("unaware", "of"),
        ("ignorant", "of"),
        ("instead", "of"),
    ]
)
_NEEDING = frozenset(
    """
    need needed needs necessary necessarily must required essential indispensable compulsory mandatory obligatory
    should have has ought
    """.split()
)
"""Words that ask whether something has to be."""
_OPENING = frozenset("before for to prior until".split())
"""Words before what something is needed for."""
_DENIED = frozenset("not cannot cant never no t impossible unable hardly".split())
"""Words that turn whether it can be into whether it cannot."""
_LEARNING = frozenset(
    """
    know knowing known learn learning learned learnt understand understanding understood study studying studied read
    reading master mastering cover covering covered begin beginning start starting started attempt attempting tackle
    tackling try trying proceed proceeding move moving jump jumping leap leaping turn turning pass passing dive diving
    advance advancing
    """.split()
)
_BESIDE = (
    IGNORABLE
    | ARTICLES
    | OPENERS
    | COURTESY
    | COURSE_WORDS
    | _LEARNING
    | frozenset(
        """
        straight directly right immediately possible possibly feasible beforehand first before prior earlier already
        ahead advance still even just only ever happen happens work works exist exists function order able at all one
        when while you me us someone somebody anyone anybody people manage succeed properly ignorance
        absence complete total
        """.split()
    )
)
"""Words that say nothing more in such a question: `go straight to A`, `start on A`, `is A possible at all`."""


@dataclass(frozen=True, slots=True)
class CanBeWithout(Query):
    """Whether something can be had without what it may require; `denied`: whether it cannot."""

    holds: Holds
    denied: bool = False
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth", "any"])

    def find(self, view: View) -> list[Found]:
        """What shows that it is required, or that it is not."""
        return self.holds.find(view)

    def account(self, view: View) -> Account:
        """What that takes up."""
        return self.holds.account(view)

    def pieces(self, view: View) -> Iterator[Piece]:
        """That it is not required."""
        yield from self.holds.pieces(view)
        yield Piece("without", True)

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """No where it is required."""
        required = self.holds.verdict(view, found)
        if required is None:
            return None
        return "yes" if (required == "yes") == self.denied else "no"

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Yes or no, and what is required."""
        why = self.holds.sentence(view, found).partition(" ")[2]
        return f"{str(self.verdict(view, found)).capitalize()}: {why}"

    def lead(self, view: View) -> str:
        """That of the requirement."""
        return self.holds.lead(view)

    def missing(self, view: View) -> str:
        """`whether A requires B`."""
        return self.holds.missing(view)

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """A query says what is so."""
        raise NoSparql("a query says what is so, not what can be without it")


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    relation = question.view.vocabulary.relations.get(REQUIRES)
    topics = [topic for topic in question.named if topic.whole]
    if relation is None or len(topics) != 2 or not _is_asked(question):
        return
    topics.sort(key=lambda topic: topic.start)
    for pair in (_left_out(question, topics), _needed_before(question, topics)):
        if pair is None:
            continue
        whole, needed, is_lacking = pair
        taken = frozenset(
            place
            for place in question.places
            if question.words[place].text in _BESIDE | _NEEDING | _OPENING | LACKING | _DENIED
            and not any(topic.start <= place < topic.end for topic in topics)
        )
        source, target = question.node(whole, relation.sources), question.node(needed, relation.targets)
        holds = Holds(source, relation, target, direct=is_said_at_once(question))
        denied = any(question.words[place].text in _DENIED for place in _before_lacking(question, topics))
        query = CanBeWithout(holds, denied) if is_lacking else holds
        if is_lacking or not denied:
            yield Composed(query, (question.part(taken.__contains__),))
        return


def _is_asked(question: ParsedQuestion) -> bool:
    """Whether yes or no is asked, perhaps behind `without A,`; and nothing else than when doing what."""
    opening = {span.start: question.text(span) for span in question.spans if span.loose}
    starts = {question.words[place].clause: place for place in sorted(question.places, reverse=True)}
    asked = question.is_yes_or_no or any(opening.get(place) in OPENERS for place in starts.values())
    words = [one for one in question.spans if question.text(one) in QUESTION_WORDS]
    return asked and all(question.text(one) == "when" and one.start > 0 for one in words)


def _left_out(question: ParsedQuestion, topics: Sequence[Topic]) -> tuple[Topic, Topic, bool] | None:
    """What is left out, and of what."""
    for topic, other in (topics, topics[::-1]):
        if _lacking_before(question, other) is not None:
            return topic, other, True
    return None


def _lacking_before(question: ParsedQuestion, topic: Topic) -> int | None:
    """Where the word stands that leaves out what a topic names; only words that say nothing are between."""
    for place in reversed(range(topic.start)):
        word = question.words[place].text
        phrase = (question.words[place - 1].text, word) if place else ()
        if word in LACKING or phrase in _LACKING_PHRASES:
            return place - (phrase in _LACKING_PHRASES)
        if word not in _BESIDE:
            return None
    return None


def _before_lacking(question: ParsedQuestion, topics: Sequence[Topic]) -> Iterator[int]:
    """The places of the words that say whether it can be: those before what leaves something out, and none within."""
    ends = [at for topic in topics if (at := _lacking_before(question, topic)) is not None]
    lacking = set(range(ends[0], ends[0] + 2)) if ends else set()
    names = {place for topic in topics for place in range(topic.start, topic.end)}
    yield from sorted(question.places - lacking - names)


def _needed_before(question: ParsedQuestion, topics: Sequence[Topic]) -> tuple[Topic, Topic, bool] | None:
    """`Do I need B before A?`, `must I know B to understand A?`, `for A, is B necessary?`."""
    first, second = topics
    asked = {question.words[place].text for place in question.places if place < second.start}
    said = {word.text for number, word in enumerate(question.words) if number in question.places}
    if _NEEDING.isdisjoint(said):
        return None
    between = {question.words[place].text for place in range(first.end, second.start)}
    if between & _OPENING and not _NEEDING.isdisjoint(asked):
        return second, first, False
    before = {question.words[place].text for place in range(first.start)}
    opener = question.opener
    if before & _OPENING and opener is not None and between & OPENERS and opener.start > first.start:
        return first, second, False
    return None


NEEDED = Form(
    "yes-no",
    _read,
    examples={"whether it can do without": ["can I understand scaling laws without information theory?"]},
)
