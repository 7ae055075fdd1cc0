"""Reading: what a question, or a part of one, may mean, by all forms of question, as far as the contract allows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from conceptmap.ask.contract import fitting, mistaken, unexplained
from conceptmap.ask.form import Composed, Form, Query
from conceptmap.ask.forms import FORMS
from conceptmap.ask.forms.combined import Holding, holds
from conceptmap.ask.forms.related import RELATION, Related
from conceptmap.ask.hanging import hanging
from conceptmap.ask.lexicon import Lexicon, Verb
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Unclear
from conceptmap.ask.saying import not_understood
from conceptmap.ask.sorts import are_of_sort, sort_asked
from conceptmap.ask.spans import Word
from conceptmap.ask.words import DEGREES, NUMBERS, ORDINARY, QUESTION_WORDS
from graphs.view import View
from graphs.words import stem, stems

PLAIN_QUESTIONS = frozenset(["what", "which"])
"""Question words that ask for whatever is joined to a name."""
MAX_CHOSEN = 3
"""So many of the nodes that an ambiguous name may mean are tried, to see whether the rest can be read."""
MAX_DIGITS = 3
"""Of a number that says how many there are; what is longer is a year, or an amount."""
MAX_PARTS = 16
"""So many different parts of one question are read: no question that people ask has half of them."""


class Reading(NamedTuple):
    """A query, and the form of question that made it."""

    form: Form
    query: Query


class Reader:
    """Reads one question. Each part of it is read once, whatever forms ask for it."""

    def __init__(self, question: str, view: View, lexicon: Lexicon, words: Sequence[Word] | None = None) -> None:
        """`words` stand for those of the question, if given."""
        self.lexicon = lexicon
        self.question = ParsedQuestion(question, view, lexicon, self._queries, words)
        self._read: dict[tuple[object, ...], tuple[list[Reading], Exception | None]] = {}

    def readings(self) -> list[Reading]:
        """What the question may mean, the likeliest first. Raises `Unclear` or `Ambiguous` where it cannot be read."""
        found, failure = self._of(self.question)
        if not found and failure is not None:
            raise failure
        return found

    def look_closer(self) -> bool:
        """Look for names among words that seemed to be cues; whether there are any, and reading may start again."""
        closer = self.question.closer()
        if closer is None:
            return False
        self.question = closer
        self._read.clear()
        return True

    def _queries(self, part: ParsedQuestion) -> Iterator[Query]:
        found, failure = self._of(part)
        if not found and failure is not None:
            raise failure
        yield from (reading.query for reading in found)

    def _of(self, part: ParsedQuestion) -> tuple[list[Reading], Exception | None]:
        key = (
            part.places,
            part.is_yes_or_no,
            *((one.start, one.matches) for one in part.topics),
            *((one.start, one.days) for one in part.days),
        )
        if key not in self._read:
            if len(self._read) >= MAX_PARTS:
                return [], Unclear("the question has too many parts")
            self._read[key] = [], Unclear("")  # for a form that reads it again: no reason to tell anybody
            self._read[key] = self._by_forms(part)
        return self._read[key]

    def _by_forms(self, part: ParsedQuestion) -> tuple[list[Reading], Exception | None]:
        """The readings of the first form that finds something, else of the first that has any; and why none is read."""
        failed = _Failures()
        if _is_plain(part):
            found = list(_by_form(part, RELATION, _Failures()))
            if any(reading.query.exists(part.view) for reading in found):
                return found, None
        first: list[Reading] = []
        for form in FORMS:
            found = list(_by_form(part, form, failed))
            if found and any(reading.query.exists(part.view) for reading in found):
                return found, None
            first = first or found
        if first:
            return first, None
        for ambiguous in failed.ambiguous:
            if self._would_be_read(part, ambiguous):
                return [], ambiguous
        return [], failed.reason(part)

    def _would_be_read(self, part: ParsedQuestion, several: Ambiguous) -> bool:
        """Whether the part could be read if the topic meant one of the nodes: else that is not what is unclear."""
        for node in several.candidates[:MAX_CHOSEN]:
            chosen = part.choosing(several.topic, node)
            if chosen is None:
                return True
            found, failure = self._of(chosen)
            if found or isinstance(failure, Ambiguous):
                return True
        return False


def _tells_nobody(part: ParsedQuestion, query: Query) -> bool:
    """Whether a part asks who, and what is found is nobody; of the whole question its answer tells that."""
    if {"who", "whom"}.isdisjoint(part.question_words) or not query.exists(part.view):
        return False
    return not fitting(part, query, query.find(part.view))


@dataclass
class _Failures:
    """Why no form could read a part."""

    ambiguous: list[Ambiguous] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    left: list[str] | None = None
    """The fewest words that a reading left unexplained."""

    def leaves(self, words: list[str]) -> None:
        """A reading leaves these words unexplained."""
        if self.left is None or len(words) < len(self.left):
            self.left = words

    def reason(self, part: ParsedQuestion) -> Unclear:
        """The reason that helps most: the words, else what is asked and not told."""
        told = next((one for one in self.unclear if one.reason), None)
        names = {word for topic in part.topics if topic.whole for word in topic.words.split()}
        if self.left and names.issuperset(self.left):
            return told or Unclear(f"it tells nothing of that kind about {' '.join(self.left)!r}", " ".join(self.left))
        if self.left:
            return Unclear(not_understood(self.left), part.matter or " ".join(self.left))
        return told or _nothing_asked(part)


def _is_plain(part: ParsedQuestion) -> bool:
    """Whether a part is made of a name, a verb and words of grammar alone: no other form has more to say of it."""
    if part.days or len(part.topics) != 1 or not part.named or part.is_yes_or_no or part.loose:
        return False
    cued = [one for one in part.spans if one.meanings]
    return (
        bool(cued)
        and all(isinstance(meaning, Verb) for one in cued for meaning in one.meanings)
        and PLAIN_QUESTIONS.issuperset(part.question_words)
        and all(match.entry.sort == "name" for topic in part.topics for match in topic.matches)
    )


def _by_form(part: ParsedQuestion, form: Form, failed: _Failures) -> Iterator[Reading]:
    """What a form makes of a part, as far as it keeps the answer contract."""
    try:
        for reading in form.read(part):
            query = reading.query if isinstance(reading, Composed) else reading
            if reason := mistaken(part, query, _explained(reading), _explained(reading, but=part)):
                failed.unclear.append(Unclear(reason))
                continue
            if words := hanging(part, _explained(reading, but=part)):
                failed.leaves(words)
                continue
            words = unexplained(part, query, form, _explained(reading))
            holding = _counted(part, query, words) if words else query
            if holding is None:
                failed.leaves(words)
            elif part.is_part and _tells_nobody(part, holding):
                failed.unclear.append(Unclear("nothing tells who"))
            else:
                yield Reading(form, holding)
    except Ambiguous as several:
        failed.ambiguous.append(several)
    except Unclear as unclear:
        failed.unclear.append(unclear)


def _counted(part: ParsedQuestion, query: Query, words: Sequence[str]) -> Query | None:
    """The query as far as the words that are left allow: `which two …?` asks for what are two.

    One of them may say how many answers there are; the others must be words of these.
    """
    numbers = [word for word in words if word in NUMBERS or (word.isdecimal() and len(word) <= MAX_DIGITS)]
    others = [word for word in words if word not in numbers]
    if len(numbers) != 1 or numbers[0] in {part.word_before(topic.start) for topic in part.named}:
        return _holding(part, query, words)
    number = NUMBERS.get(numbers[0]) or int(numbers[0])
    # Who counts what a thing requires may count only the next steps.
    nearer = [replace(query, chain=False)] if isinstance(query, Related) and query.chain else []
    for one in (query, *nearer):
        holding = _holding(part, one, others) if others else one
        if holding is not None and len(holding.find(part.view)) == number:
            return holding
    return _holding(part, query, words)


def _holding(part: ParsedQuestion, query: Query, words: Sequence[str]) -> Query | None:
    """The query for those of its answers whose own words hold the words that are left, if there are such.

    A noun for what is asked for may also be true of all of them.
    """
    sort = sort_asked(part, words) if "any" in query.gives else ""
    if sort and are_of_sort(part.view, query.keys(part.view), stem(sort)):
        words = [word for word in words if word != sort]
        if not words:
            return query
    loose = {part.words[one.start].said for one in part.spans if one.loose}
    # `which gap is A part of?`: the noun stands in the names of several
    asked = [one for one in part.topics if not one.whole and part.word_before(one.start) in PLAIN_QUESTIONS]
    loose.update(part.words[place].said for one in asked for place in range(one.start, one.end))
    # `who beat three champions?`: how many things of a name there are, the lines may say
    loose.update(counting := {part.words[one.start - 1].said for one in part.topics if one.start > 0} & NUMBERS.keys())
    if "truth" in query.gives:
        if not (loose | _said_of_name(part)).issuperset(words):
            return None
        found = query.find(part.view)
        shown = query.verdict(part.view, found) == "yes"
        return query if shown and all(holds(part.view, one, stems(words)) for one in found) else None
    if (
        "any" not in query.gives
        or not loose.issuperset(words)
        or any(
            word in ORDINARY | QUESTION_WORDS | DEGREES or word.endswith("ly") for word in words if word not in counting
        )
    ):
        return None
    holding = Holding(query, tuple(stem(word) for word in words))
    return holding if holding.find(part.view) else None


def _said_of_name(part: ParsedQuestion) -> set[str]:
    """The words of a clause that says more of a name: of `an A who can be asked`, those behind `who`."""
    ends = {topic.end for topic in part.topics}
    clause = next(
        (one.start for one in part.spans if one.start in ends and part.is_relative(one.start)), len(part.words)
    )
    return {part.words[place].said for place in part.places if place > clause}


def _explained(reading: Query | Composed, but: ParsedQuestion | None = None) -> frozenset[int]:
    """The places of the words that the parts of a reading take up; `but` one, whose words all are told of."""
    parts = reading.parts if isinstance(reading, Composed) else ()
    return frozenset().union(*(one.places for one in parts if one is not but))


def _nothing_asked(part: ParsedQuestion) -> Unclear:
    if words := [part.words[place].said for place in part.loose]:
        return Unclear(not_understood(words), part.matter)
    return Unclear("it is not clear what you want to know", " ".join(topic.words for topic in part.topics))
