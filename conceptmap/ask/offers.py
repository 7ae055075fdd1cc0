"""Offers: whole questions that the map can answer, for one that it cannot; never an answer to that one.

There is no list of all questions. The question's rarer words lead to the nodes that have them in their names, and what
can be asked about these nodes, or is answered by them, is made up then: what that costs does not grow with the map.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from heapq import nlargest
from itertools import islice

from conceptmap.ask.answer import Offer
from conceptmap.ask.askable import Askable
from conceptmap.ask.composing import both
from conceptmap.ask.found import Found
from conceptmap.ask.likeness import alike, likeness
from conceptmap.ask.making import MAX_LISTED, candidates, composed
from conceptmap.ask.wanting import Wanted
from graphs.view import View

MAX_OFFERS = 3
"""So many are read at a glance, and each is answered: at 100,000 nodes that costs 1 ms."""
MAX_TRIED = 6
"""So many questions are asked to find those that have an answer."""
TRIED_FOR_ONE = 2
"""So many questions are asked for each completion: one that is not answered completes nothing."""
LONGEST_TYPED = 300
"""Letters of the longest beginning that is completed; whoever has typed more knows what to ask."""
MAX_COMPARED = 30
"""So many of the likeliest are compared with the question letter by letter."""
MAX_COMPOSED = 8
"""Of so many of the likeliest questions others are composed."""
SPREAD = 2
"""Of so many times as many questions as are wanted those are chosen that differ."""
ALIKE = 0.08
"""What a question counts less for each before it that asks for the same."""
HALF = 0.5
"""The share of a name from which on it is named whole."""

Answers = Callable[[View, Askable], tuple[Found, ...]]
"""What answers a question; nothing, where it is not answered."""


def offers_for(view: View, question: str, plain: str, answers: Answers) -> tuple[Offer, ...]:
    """The likeliest questions that have answers, best first; `answers` finds these.

    `plain` is the question in plainer words, as far as it could be read.
    """
    offers: list[Offer] = []
    for one in likeliest(view, question, MAX_TRIED, plain=plain):
        found = answers(view, one)
        if are_its(one, found) and len(found) <= MAX_LISTED and found not in [offer.answers for offer in offers]:
            offers.append(Offer(one.question, found))
        if len(offers) == MAX_OFFERS:
            break
    return tuple(offers)


def completions_for(view: View, typed: str, limit: int, answers: Answers) -> list[str]:
    """Questions that have answers and that what is typed may become, the likeliest first; at most `limit`.

    What is typed may end within a word, and need not be the beginning of the question: `lesson backs` will do.
    """
    if not typed.strip() or len(typed) > LONGEST_TYPED:
        return []
    tried = likeliest(view, typed, TRIED_FOR_ONE * limit, unfinished=True)
    answered = (one.question for one in tried if are_its(one, answers(view, one)))
    return list(islice(answered, limit))


def are_its(one: Askable, found: Sequence[Found]) -> bool:
    """Whether a question is answered, and by what it was made for."""
    return bool(found) and {answer.id for answer in found}.issuperset(one.answers)


def likeliest(
    view: View, question: str, limit: int, *, plain: str = "", unfinished: bool = False, is_part: bool = False
) -> list[Askable]:
    """The questions that come nearest to a question, best first.

    `unfinished`: to one that is still being typed; `is_part`: to one of two that are asked at once.
    """
    from rapidfuzz.distance import Prefix  # noqa: PLC0415 (that only a question that is not answered must pay)

    wanted = Wanted(view, question, plain, unfinished=unfinished)
    parts = wanted.parts() if wanted.asks_twice and not unfinished and not is_part else ()
    asked, scores = made_for(view, wanted, is_part=is_part)
    for name in asked if unfinished else ():
        scores[name] += Prefix.normalized_similarity(question, name[: len(question)], processor=str.casefold)
    for name in nlargest(MAX_COMPARED, scores, scores.__getitem__):
        scores[name] += alike(question, name)
    best = nlargest(SPREAD * limit, scores, scores.__getitem__)
    return [*_of_parts(view, parts), *_spread([asked[name] for name in best], scores, limit)][:limit]


def made_for(view: View, wanted: Wanted, *, is_part: bool) -> tuple[dict[str, Askable], dict[str, float]]:
    """The questions that are made up for one, and how near each comes but for its letters."""
    asked = {one.question: one for one in candidates(view, wanted)}
    scores = {name: likeness(wanted, one) for name, one in asked.items()}
    best = nlargest(MAX_COMPOSED, scores, scores.__getitem__)
    for one in () if wanted.unfinished else composed(view, wanted, [asked[name] for name in best], is_part=is_part):
        asked[one.question], scores[one.question] = one, likeness(wanted, one)
    return asked, scores


def _spread(best: Sequence[Askable], scores: Mapping[str, float], limit: int) -> list[Askable]:
    """The best questions, those that ask for something else before those that ask for the same."""
    left, chosen = list(best), list[Askable]()
    asked: Counter[str] = Counter()
    while left and len(chosen) < limit:
        one = max(left, key=lambda each: scores[each.question] - ALIKE * asked[_sort_of(each)])
        left.remove(one)
        chosen.append(one)
        asked[_sort_of(one)] += 1
    return chosen


def _sort_of(one: Askable) -> str:
    """What a question asks for; two questions in one ask for something that no other does."""
    return one.asks if one.asks and not one.also else one.question


def _of_parts(view: View, parts: Sequence[str]) -> list[Askable]:
    """The likeliest question of two parts, each by itself."""
    if len(parts) < 2:
        return []
    found = [next(iter(likeliest(view, part, 1, is_part=True)), None) for part in parts]
    wanted = [Wanted(view, part) for part in parts]
    first, second = found
    if first is None or second is None or first.question == second.question:
        return []
    return [both(first, second)] if all(map(_is_clear, wanted, (first, second))) else []


def _is_clear(wanted: Wanted, one: Askable) -> bool:
    """Whether a question is asked in words of its own about something that is named whole."""
    asks = wanted.suggested(one.asks).mask | wanted.mask(one.words)
    named = all(node in wanted.named and wanted.named[node].share >= HALF for node in one.about)
    return bool(asks) and named
