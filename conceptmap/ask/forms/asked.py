"""What of a thing a question seeks: fields by name, or a measure, perhaps its extreme, and the words that say so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from conceptmap.ask.fields import field_words
from conceptmap.ask.lexicon import Verb
from conceptmap.ask.measures import counted, verbs_of
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.words import IGNORABLE
from graphs.words import STOP_WORDS

_LEAST = frozenset("min minimum max maximum least".split())
"""Words that a value such as `300+` says by itself."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Fields by name, or measures, the likeliest first; `order` 1 for the most of it, -1 for the least.

    `compares` says that it is of two.

    `places` are those of the words that say so, `noun` is what is counted, in the question's own word.
    """

    places: frozenset[int]
    fields: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    noun: str = ""
    order: int = 0
    compares: bool = False


def sought(question: ParsedQuestion) -> Iterator[Sought]:
    """What a question may seek, the likeliest first: the most words before fewer, fields before measures."""
    words, visible = [one.said for one in question.words], question.places
    known = field_words(question.view)
    fields = question.once("fields", lambda: list(known.named(words)))
    measures = question.once("measures", lambda: list(known.measured(words)))
    named = [one for one in fields if _is_free(question, one.start, one.end)]
    measured = [one for one in measures if _is_free(question, one.start, one.end)]
    found = [Sought(_run(one.start, one.end), one.fields, order=one.order) for one in named]
    found += [
        Sought(_run(one.start, one.end), (), one.measures, order=one.order, compares=one.compares) for one in measured
    ]
    found.sort(key=lambda one: (-len(one.places), not one.fields))
    found += _counts(question)
    found += [
        Sought(_run(one.start, one.end), known.headed(words[one.start]))
        for one in question.spans
        if one.loose and known.headed(words[one.start])
    ]
    found += [Sought(_run(one.start, one.end), (), ("number",)) for one in question.cue_spans("number")]
    for one in found:
        if one.places <= visible:
            yield _with_verbs(question, one)


def _counts(question: ParsedQuestion) -> Iterator[Sought]:
    """`How many X`, `the number of X`: X is counted."""
    visible = question.places
    for span in question.cue_spans("count"):
        following = [place for place in range(span.end, len(question.words)) if place in visible]
        noun = next((place for place in following if question.words[place].text not in STOP_WORDS | IGNORABLE), None)
        verbs = {place for one, _ in question.cues(Verb) for place in _run(one.start, one.end)}
        if noun is not None and noun not in verbs:
            word = question.words[noun].said
            yield Sought(_run(span.start, span.end) | {noun}, (), (counted(word),), word)


def _with_verbs(question: ParsedQuestion, one: Sought) -> Sought:
    """With the places of the verbs that go with a measure, and of words such as `minimum`."""
    verbs = frozenset(root for measure in one.measures for root in verbs_of(measure))
    more = {
        place
        for span in question.spans
        for place in range(span.start, span.end)
        if not span.named and (question.words[place].stem in verbs or question.words[place].said in _LEAST)
    }
    return replace(one, places=one.places | more)


def _run(start: int, end: int) -> frozenset[int]:
    return frozenset(range(start, end))


def _is_free(question: ParsedQuestion, start: int, end: int) -> bool:
    """Whether words are not just some words of a name."""
    return not any(
        topic.whole and topic.start <= start and end <= topic.end and end - start < topic.end - topic.start
        for topic in question.topics
        if topic.entries("name")
    )
