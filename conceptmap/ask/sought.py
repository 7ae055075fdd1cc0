"""What of a thing a question seeks: fields by name, or a measure, perhaps its extreme, and the words that say so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from conceptmap.ask.amounts.fields import FieldSpan, field_words, is_called
from conceptmap.ask.amounts.measures import BY_NAME, Asked, called_by, counted, verbs_of
from conceptmap.ask.amounts.quantities import SCALE
from conceptmap.ask.amounts.units import COUNTED
from conceptmap.ask.lexicon import Verb
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.senses import ANYBODY, people
from conceptmap.ask.words import IGNORABLE, OPENERS, ORDINARY, PREPOSITIONS
from graphs.words import STOP_WORDS, stem

_LEAST = frozenset("min minimum max maximum least".split())
"""Words that a value such as `300+` says by itself."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Fields by name, or measures, the likeliest first; `order` 1 for the most of it, -1 for the least.

    `compares` says that it is of two.

    `places` are those of the words that say so, `noun` is what is counted, in the question's own word. `told` are the
    stems of a noun that what is asked about must be told by: of `in which harbours`, the harbour.
    """

    places: frozenset[int]
    fields: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    noun: str = ""
    order: int = 0
    compares: bool = False
    told: tuple[str, ...] = ()


def sought(question: ParsedQuestion) -> Sequence[Sought]:
    """What a question may seek, the likeliest first: the most words before fewer, fields before measures."""
    named = [(one.start, len(one.matches)) for one in question.topics]
    return question.once(f"sought {sorted(question.places)} {named}", lambda: list(_sought(question)))


def _sought(question: ParsedQuestion) -> Iterator[Sought]:
    words, visible = [one.said for one in question.words], question.places
    known = field_words(question.view)
    fields = question.once("fields", lambda: list(known.named(words)))
    measures = question.once("measures", lambda: list(known.measured(words)))
    named = [_since_which(question, one) for one in fields if _is_free(question, one.start, one.end)]
    measured = [one for one in measures if _is_free(question, one.start, one.end)]
    found = [Sought(_run(one.start, one.end), one.fields, order=one.order) for one in named]
    found += [
        Sought(_run(one.start, one.end), (), one.measures, _counted_noun(words, one), one.order, one.compares)
        for one in measured
    ]
    found.sort(key=lambda one: (-len(one.places), not one.fields))
    found += [*_counts(question), *_on_scales(question), *_places(question)]
    found += [
        Sought(_run(one.start, one.end), known.headed(words[one.start]))
        for one in question.spans
        if one.loose and known.headed(words[one.start]) and not _is_adverbial(question, one.start)
    ]
    found += [
        Sought(_run(place, place + 1), (), named_by)
        for place, word in enumerate(question.words)
        if place in visible and (named_by := called_by(stem(word.said))) and _is_free(question, place, place + 1)
        if not _is_adverbial(question, place)
    ]
    found += [
        Sought(_much(words) & visible | {place}, (), ("money",))
        for place, word in enumerate(question.words)
        if place in visible
        and word.stem in _PAYING
        and (_much(words) & visible or _is_free(question, place, place + 1))
    ]
    found += [Sought(_run(one.start, one.end), (), ("number",)) for one in question.cue_spans("number")]
    for one in found:
        if one.places <= visible:
            yield with_verbs(question, one)


def _counted_noun(words: Sequence[str], asked: Asked) -> str:
    return words[asked.end - 1] if asked.measures[0] not in BY_NAME else ""


def _counts(question: ParsedQuestion) -> Iterator[Sought]:
    """`How many X`, `the number of X`: X is counted."""
    visible = question.places
    for span in question.cue_spans("count"):
        following = [place for place in range(span.end, len(question.words)) if place in visible]
        noun = next((place for place in following if question.words[place].text not in STOP_WORDS | IGNORABLE), None)
        verbs = {place for one, _ in question.cues(Verb) for place in _run(one.start, one.end)}
        if noun is not None and noun not in verbs and question.words[noun].said[0].isalpha():
            word = question.words[noun].said
            places = _run(span.start, span.end) | {noun}
            yield Sought(places, (), (counted(word),), word)
            if stem(word) in ANYBODY:
                yield Sought(places, (), tuple(f"{COUNTED}{one}" for one in sorted(people())), word)
    for place, (before, one) in enumerate(pairwise(question.words)):
        if one.text == "count" and {place, place + 1} <= visible and before.text not in IGNORABLE | OPENERS:
            yield Sought(_run(place, place + 2), (), (counted(before.said),), before.said)  # `the word count`


def _on_scales(question: ParsedQuestion) -> Iterator[Sought]:
    """`What pH has A?`: the word that a value has before its number; not `what rose A?`."""
    for before, one in pairwise(question.spans):
        word = question.words[one.start].said
        following = question.words[one.end].text if one.end < len(question.words) else "of"
        if (
            following in OPENERS | PREPOSITIONS
            and question.text(before) in ("what", "which")
            and one.loose
            and word not in IGNORABLE | ORDINARY
        ):
            yield Sought(_run(before.start, one.end), (), (f"{SCALE}{word}",))


def _places(question: ParsedQuestion) -> Iterator[Sought]:
    """`In which harbours does A lie?`: a place, by a noun of its own (see `Sought.told`)."""
    for first, before, one in zip(question.spans, question.spans[1:], question.spans[2:], strict=False):
        opens = question.text(first) in _AT_A_PLACE and question.text(before) in ("what", "which")
        if opens and one.loose and question.words[one.start].text not in IGNORABLE:
            noun = question.words[one.start].stem
            yield Sought(_run(first.start, one.end), (), ("place",), told=(noun,))


def _is_adverbial(question: ParsedQuestion, place: int) -> bool:
    """Whether a noun only tells how something is, or is counted: `at any time`, `with a time`, `300 words`."""
    before = [word.said for word in question.words[max(0, place - 3) : place]]
    if before and before[-1][0].isdigit():
        return True
    if before and before[-1] in _REPEATED:
        return True
    while before and before[-1] in _INDEFINITE:
        before.pop()
    return bool(before) and before[-1] in _GOVERNING


_REPEATED = frozenset("every each any".split())
_INDEFINITE = frozenset("a an all no some this that these those".split())
_GOVERNING = frozenset("at in on with over by within".split())
"""Prepositions behind which a noun without `the` says how, when or with what, and is not asked for."""
_PAYING = frozenset(map(stem, "pay cost charge".split()))
"""Verbs of money: `what does A pay for B?`."""
_AT_A_PLACE = frozenset("in at on from near".split())
_OF_TIME = frozenset("year years date day month time point".split())


def _since_which(question: ParsedQuestion, one: FieldSpan) -> FieldSpan:
    """A field that is called by a preposition, such as `since`, with what asks for a time behind it."""
    following = [word.said for word in question.words[one.end : one.end + 2]]
    if one.end == one.start + 1 and question.words[one.start].said in _SINCE and following:
        if following[0] == "when":
            return replace(one, end=one.end + 1)
        if following[0] in ("what", "which") and following[-1] in _OF_TIME:
            return replace(one, end=one.end + 2)
    return one


_SINCE = frozenset("since until till from by at before after on".split())
"""Prepositions that a field for a time may be called by."""


def with_verbs(question: ParsedQuestion, one: Sought) -> Sought:
    """What is sought with the places of the verbs that go with a measure, and of words such as `minimum`."""
    of_fields = (name for name in BY_NAME for field in one.fields if is_called(field, name))
    verbs = frozenset(root for measure in (*one.measures, *of_fields, "") for root in verbs_of(measure))
    more = {
        place
        for span in question.spans
        for place in range(span.start, span.end)
        if not span.named and (_said(question, span.start) in verbs or question.words[place].said in _LEAST)
    }
    asking = (_run(span.start, span.end) for span in question.cue_spans("measure"))
    return replace(one, places=frozenset(more).union(one.places, *(run for run in asking if run & one.places)))


def _much(words: Sequence[str]) -> frozenset[int]:
    """The places of `how much`."""
    starts = [place for place, pair in enumerate(pairwise(words)) if pair == ("how", "much")]
    return frozenset(place for start in starts for place in (start, start + 1))


def _said(question: ParsedQuestion, place: int) -> str:
    return stem(question.words[place].said)


def _run(start: int, end: int) -> frozenset[int]:
    return frozenset(range(start, end))


def _is_free(question: ParsedQuestion, start: int, end: int) -> bool:
    """Whether words are not just some words of a name."""
    return not any(
        topic.whole and topic.start <= start and end <= topic.end and end - start < topic.end - topic.start
        for topic in question.topics
        if topic.entries("name")
    )
