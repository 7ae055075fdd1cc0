"""Cutting: a question cut into the names, cue phrases and days that explain most of its words.

A span weighs about as much as the words that it explains, times how well it names something. The rest decides between
cuts that explain the same words: one long name beats two short ones, more so if it is exact; of two words, an exact
name beats a day, a day a phrase of the lexicon, and that an inflected name; a facet weighs a little less than a name,
and a span with two meanings a little more than either alone.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from conceptmap.ask.classes import class_stems
from conceptmap.ask.frame_words import FRAME_WORDS
from conceptmap.ask.idioms import idiom_words
from conceptmap.ask.lexicon import Lexicon
from conceptmap.ask.mistyping import mistyped
from conceptmap.ask.names import meant_by_letters, name_spans, part_spans
from conceptmap.ask.spans import Days, Span, Word
from conceptmap.ask.thesaurus import senses
from conceptmap.ask.words import DROPPED, GLUE, IGNORABLE, OPENING, ORDINARY, QUESTION_WORDS, SHORTENED
from graphs.view import View
from graphs.words import WordIndex, edits_allowed, stem
from ontology.names import name_key

SHORT = 5
"""Letters up to which a word with one letter in the place of another mostly is a word of its own: `weed`, `week`."""
LOOSE, PASSED_OVER = -0.5, 0.1
"""Weights of a word that nothing explains, which costs, and of a filler, which must not."""
_DAY = re.compile(r"(\d{1,5})s?")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("aeiouy", "ckqs", "szx", "dt", "bp", "fvw", "gj", "mn", "lr", "yz")
_CLAUSE_END = re.compile(r"[:;,.?!]\s|\s[-–—]\s")


def words_of(question: str, lexicon: Lexicon, index: WordIndex) -> list[Word]:
    """The question's words; one that nobody knows is taken for the nearest word that somebody does."""
    clauses = enumerate(_CLAUSE_END.split(question))
    said = [(word, number) for number, clause in clauses for word in name_key(clause).split() if clause.strip()]
    return [_word(word, number, at, lexicon, index) for at, (word, number) in enumerate(said)]


def spans_of(words: Sequence[Word], lexicon: Lexicon, index: WordIndex, view: View) -> list[Span]:
    """The cut of the question with the greatest weight: long names and phrases before short ones, exact before near."""
    by_start: dict[int, list[Span]] = {}
    names = (*name_spans(words, index, view), *part_spans(words, lexicon, index, view))
    options = [*_day_spans(words), *cue_spans(words, lexicon), *names]
    for option in _united(options):
        by_start.setdefault(option.start, []).append(option)
    # From each word on: the greatest weight, and the spans that have it.
    best: list[tuple[float, list[Span]]] = [(0.0, [])] * (len(words) + 1)
    for start in reversed(range(len(words))):
        alone = _alone(start, PASSED_OVER if words[start].text in GLUE else LOOSE)
        chosen = max([alone, *by_start.get(start, ())], key=lambda one: one.weight + best[one.end][0])
        rest_weight, rest = best[chosen.end]
        best[start] = (chosen.weight + rest_weight, [chosen, *rest])
    return best[0][1]


@lru_cache(maxsize=200)
def _alone(start: int, weight: float) -> Span:
    """A word that nothing explains; the same in all questions."""
    return Span(start, start + 1, weight=weight)


def _united(options: Sequence[Span]) -> list[Span]:
    """Options of the same span as one that can mean all that they mean."""
    united: dict[tuple[int, int], Span] = {}
    for one in options:
        other = united.setdefault((one.start, one.end), one)
        if other is not one:
            meanings, weight = other.meanings + one.meanings, max(other.weight, one.weight) + 0.05
            named, days = other.named or one.named, other.days or one.days
            united[one.start, one.end] = Span(one.start, one.end, meanings, named, days, weight)
    return list(united.values())


def _word(said: str, clause: int, at: int, lexicon: Lexicon, index: WordIndex) -> Word:
    """A word as it is, if anybody knows it, else as the nearest that the lexicon or the map knows."""
    if said in SHORTENED and not index.knows(said):
        return Word(SHORTENED[said], SHORTENED[said], stem(SHORTENED[said]), clause, at=at)
    root = stem(said)
    known = said in lexicon.words or said in IGNORABLE or said in QUESTION_WORDS or said.isdecimal()
    known = known or index.knows(said)
    if not known and (operator := mistyped().get(said)):
        return Word(
            operator, operator, stem(operator), clause, at=at
        )  # as if it were typed well: no rule needs to know
    if known or index.knows_stem(root) or root in lexicon.stems:
        return Word(said, said, root, clause, at=at)
    if derived := index.derived(root):
        return Word(said, said, derived, clause, at=at)
    if said in ORDINARY or said in FRAME_WORDS or said in idiom_words() or root in class_stems():
        return Word(said, said, root, clause, at=at)
    if parted := index.parted(said):
        return Word(said, said, " ".join(parted), clause, at=at)
    if meant_by_letters(said, index):
        return Word(said, said, root, clause, is_short=True, at=at)
    if said in senses().vocabulary:
        return Word(said, said, root, clause, at=at)
    near = [
        one
        for one in (*_near_cues(said, lexicon), *index.near_words(said))
        if _begins_alike(said, one) and not _is_other_word(said, one)
    ]
    if not near:
        return Word(said, said, root, clause, at=at)
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (that only a word that nobody knows must pay)

    meant = min(near, key=lambda one: (OSA.distance(said, one), sorted(one) != sorted(said)))
    return Word(said, meant, stem(meant), clause, at=at)


def _near_cues(said: str, lexicon: Lexicon) -> list[str]:
    """The words of the lexicon that this one may be a misspelling of."""
    allowed = edits_allowed(said)
    if not allowed:
        return []
    from rapidfuzz import process  # noqa: PLC0415 (likewise)
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (likewise)

    found = process.extract(said, lexicon.sorted_words, scorer=OSA.distance, score_cutoff=allowed, limit=10)
    return [word for word, _, _ in found]


def _is_other_word(said: str, near: str) -> bool:
    """Whether a word is another one rather than a misspelling: `security` is no `severity`.

    Letters in the place of others tell: two of them, or one in a short word.
    """
    if len(said) != len(near):
        return False
    changed = [place for place, (one, other) in enumerate(zip(said, near, strict=True)) if one != other]
    swapped = len(changed) == 2 and changed[1] - changed[0] == 1 and sorted(said) == sorted(near)
    if len(changed) == 1:
        return len(said) <= SHORT or not _slips(said[changed[0]], near[changed[0]])
    return not swapped and len(changed) == 2


def _slips(one: str, other: str) -> bool:
    """Whether fingers or ears take a letter for another: keys that are neighbours, two vowels, letters of one sound.

    `experts` are no `expects`.
    """
    if any(one in alike and other in alike for alike in _ALIKE):
        return True
    places = {key: (row, at) for row, keys in enumerate(_KEYS) for at, key in enumerate(keys)}
    if one not in places or other not in places:
        return not (one.isascii() and other.isascii())
    (row, at), (another, beside) = places[one], places[other]
    return abs(row - another) <= 1 and abs(at - beside) <= 1


def _begins_alike(said: str, meant: str) -> bool:
    """Whether a misspelling keeps the first letter, as they do, or only swaps letters."""
    return said[0] == meant[0] or sorted(said) == sorted(meant)


def _day_spans(words: Sequence[Word]) -> Iterator[Span]:
    """`day 5`, `days 29 30`, `days 5 to 14`, `day5`."""
    for start, word in enumerate(words):
        if word.stem == "day" and start + 1 < len(words) and (first := _DAY.fullmatch(words[start + 1].text)):
            end, last = start + 2, first
            rest = [one.text for one in words[end : end + 3]]
            skip = next((n for n in range(3) if n < len(rest) and _DAY.fullmatch(rest[n])), None)
            number = _DAY.fullmatch(rest[skip]) if skip is not None else None
            if skip is not None and number and _is_range(words, start, rest[:skip], int(first[1]), int(number[1])):
                end, last = end + skip + 1, number
            elif skip and number and "and" in rest[:skip]:
                day = int(number[1])
                yield Span(end + skip, end + skip + 1, days=Days(day, day), weight=1.5)  # `days 2 and 4`
            low, high = sorted((int(first[1]), int(last[1])))
            yield Span(start, end, days=Days(low, high), weight=1.2 * (end - start))
        elif start > 1 and words[start - 1].text in OPENING and words[start - 2].stem == "day" and _is_day(word):
            day = int(word.text)
            yield Span(start, start + 1, days=Days(day, day), weight=1.5)  # `the days after 26`
        elif glued := re.fullmatch(r"day(\d{1,5})s?", word.text):
            yield Span(start, start + 1, days=Days(int(glued.group(1)), int(glued.group(1))), weight=1.5)


def _is_day(word: Word) -> bool:
    return word.text.isdecimal() and _DAY.fullmatch(word.text) is not None


def _is_range(words: Sequence[Word], start: int, between: Sequence[str], first: int, last: int) -> bool:
    """Whether two numbers of days mean all days from one to the other: not `days 2 and 4`, nor `day 26 1 hour`."""
    if not between:
        return words[start].text == "days"
    joins = all(one in ("to", "and", "through", "until", "day", "days", "up") for one in between)
    is_list = "and" in between and not (start > 0 and words[start - 1].text == "between")
    return joins and (not is_list or abs(last - first) <= 1)


def cue_spans(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Span]:
    """Phrases of the lexicon, also within longer ones; forms of `be` and articles within are passed over."""
    kept = [number for number, word in enumerate(words) if word.text not in DROPPED]
    roots = [words[number].stem for number in kept]
    for first in range(len(kept)):
        for length in range(1, len(kept) - first + 1):
            phrase = tuple(roots[first : first + length])
            if not lexicon.begins(phrase):
                break
            said = [words[number].text for number in kept[first : first + length]]
            meanings = lexicon.meanings(phrase, said)
            start, end = kept[first], kept[first + length - 1] + 1
            if meanings and end - start <= length + 2:
                # `brings about` is more than `brings` and `about`, which weigh 1.1 each;
                # an article within weighs as much as beside.
                weight = 1.15 * length - 0.05 + PASSED_OVER * (end - start - length)
                yield Span(start, end, meanings=meanings, weight=weight)
