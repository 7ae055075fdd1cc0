"""Hanging words: what a question adds behind what it asks, and that asks for more or for less than all of it.

`And why?` asks for something else as well; `before it works` narrows what is asked to a time. Light words make up both,
so that no word of them is left over; no text says them either. They may stand where a part of a query takes them up.
"""

from collections.abc import Collection, Iterator

from conceptmap.ask.lexicon import FormWord, KindWord
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.words import IGNORABLE, QUESTION_WORDS
from graphs.words import stem

OPENING = frozenset("before after until till once while whenever unless if because when".split())
"""Words that open a clause which says when, or under which condition, something is so."""
SUBJECTS = frozenset("it they he she nobody somebody someone anybody anyone everybody everyone".split())
"""Subjects that name nothing of the map; `I`, `you` and `we` only say who asks."""
_LIGHT = frozenset(map(stem, IGNORABLE))
_DONE = frozenset("done ready finished complete completed over".split())
_FALLING = ("fall", "untrue", "if", "turns out")


def hanging(question: ParsedQuestion, taken: Collection[int] = ()) -> list[str]:
    """The words that hang on a question and that nothing takes up; `taken` are the places that parts of a query take.

    A query that takes up the whole question is none of its parts.
    """
    places = [*_asked_besides(question), *_clauses(question)]
    return [question.words[place].said for place in places if place not in taken]


def _asked_besides(question: ParsedQuestion) -> Iterator[int]:
    """The place of a question word that ends a question and asks for something more: `what leads to A, and why?`."""
    if len(question.spans) < 2 or question.text(question.spans[-1]) not in QUESTION_WORDS:
        return
    before, last = question.spans[-2:]
    if FormWord("and") in before.meanings or question.text(before) == "by":
        yield last.start


def _clauses(question: ParsedQuestion) -> Iterator[int]:
    """Where clauses begin that say no more than when something is so: `before it works`, `until they stop`."""
    words = question.words
    for place in sorted(question.places):
        if words[place].text not in OPENING or place == min(question.places) or _asks_at(question, place):
            continue
        clause = [at for at in range(place + 1, len(words)) if words[at].clause == words[place].clause]
        if len(clause) > 1 and words[clause[0]].text in SUBJECTS and _says_nothing(question, clause[1:]):
            yield place


def _asks_at(question: ParsedQuestion, place: int) -> bool:
    """Whether the word there asks: `when does it …?`, `what if it falls?`."""
    asked = question.words[place].text in QUESTION_WORDS and not any(
        one.start < place for one in question.spans if question.text(one) in QUESTION_WORDS
    )
    return asked or (question.words[place].text == "if" and question.asks_for(*_FALLING[:2]))


def _says_nothing(question: ParsedQuestion, clause: Collection[int]) -> bool:
    """Whether no word of a clause names something, or could stand in a text that tells of it."""
    named = {place for one in question.topics for place in range(one.start, one.end)}
    named |= {one.start for one in question.days} | {span.start for span, _ in question.cues(KindWord)}
    loose = {one.start for one in question.spans if one.loose}
    told = (at for at in clause if at in loose and question.words[at].stem not in _LIGHT)
    is_done = any(question.words[at].text in _DONE for at in clause)
    return named.isdisjoint(clause) and not is_done and next(told, None) is None
