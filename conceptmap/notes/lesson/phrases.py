"""Phrases: the names that words begin or end with, and where the verb of a sentence stands, by closed classes alone."""

import re
from collections.abc import Callable, Sequence

from conceptmap.notes.lesson.words import (
    ADVERBS,
    ARTICLES,
    AUXILIARIES,
    COMPARATIVES,
    FUNCTION_WORDS,
    IRREGULAR_PLURALS,
    LIGHT_VERBS,
    LIST_NOUNS,
    NO_NAMES,
    NUMBERS,
    OPENERS,
    PAST_FORMS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    SENTENCE_ADVERBS,
    WORD,
    is_name,
    lower_words,
    without_quotes,
)

MAX_WORDS_OF_PHRASE = 5
"""Words of a noun phrase that names something, without its article."""


_OBJECT_PRONOUNS = frozenset("it them him her us me itself themselves".split())


_FORMER = frozenset(
    "earlier later previous former recent other same such first second third last next final following above latter "
    "resulting corresponding given".split()
)


_EST_NOUNS = frozenset(
    "test forest interest harvest request west quest priest guest nest rest contest protest chest conquest".split()
)


_LY_NOUNS = frozenset("family supply monopoly assembly anomaly ally reply jelly fly lily rally belly butterfly".split())


_MATHS = frozenset("$\\{}=<>|^")


_PARTICLES = frozenset("today tomorrow yesterday now then below above up down out off apart".split())


RELATIVE = frozenset("that which who whose whom where when".split())


_QUANTIFIERS = NUMBERS | frozenset("both every each any most more much such other another".split())


_SHARES = frozenset(
    "third thirds quarter quarters half majority minority number lot lots rest dozens hundreds thousands "
    "millions".split()
)


MODALS = frozenset("will would can could may might must shall should do does did to".split())


_INFINITIVE = MODALS | {"we", "you", "they", "i"}


_MEASURE = re.compile(r"\s+(?:(?:the )?(?:same|similar|equal|different|various)|this|that|these|those|its|their)\b")


_COORDINATED = re.compile(r"\s*(?:,\s*(?:and|or|as well as)\s+|,|\s+(?:and|or|as well as|&)\s+)\s*")


def noun_phrase(text: str, longest: int = MAX_WORDS_OF_PHRASE) -> str | None:
    """The name at the beginning of a text: without article and count, up to where a clause or preposition follows.

    >>> noun_phrase("the price of bread in the north"), noun_phrase("a model that learns"), noun_phrase("in time")
    ('price of bread', 'model', None)
    """
    words = list(WORD.finditer(text))
    begin = int(len(words) > 1 and small_word(words[0]) == "using")
    counted = False
    while begin < len(words) and small_word(words[begin]) in ARTICLES | POSSESSIVES | _QUANTIFIERS | {"only", "just"}:
        small = small_word(words[begin])
        mutual = small in ("another", "other") and begin > 0
        if small in POSSESSIVES or mutual or (small == "most" and begin > 0):
            return None
        counted = counted or small_word(words[begin]) in NUMBERS
        begin += 1
    end = begin
    while end < len(words) and not _ends_name(words, begin, end, text):
        end += 1
    if begin >= end:
        return None
    if small_word(words[begin]) in _SHARES and begin + 1 < end and small_word(words[begin + 1]) == "of":
        return None
    first, single = small_word(words[begin]), end - begin == 1
    vague = (first.endswith("est") and first not in _EST_NOUNS) or (first.endswith("ly") and first not in _LY_NOUNS)
    number = first.isdigit() or (not single and first in NO_NAMES and small_word(words[begin + 1]).isdigit())
    if number or "'" in first.removesuffix("'s") or (single and first in SENTENCE_ADVERBS):
        return None
    if (single and (counted or first in NO_NAMES or len(first) == 1 or vague)) or first in _FORMER:
        return None
    if any(is_third_person(small_word(word)) for word in words[begin + 1 : end - 1]):
        return None
    name = without_quotes(text[words[begin].start() : words[end - 1].end()].strip())
    fit = _MATHS.isdisjoint(name) and small_word(words[begin]) not in OPENERS
    return name if fit and is_name(name, longest) else None


def noun_phrases(text: str, is_clause: Callable[[str], bool] | None = None) -> tuple[tuple[str, ...], str]:
    """The names that a text begins with, joined by commas, `and` or `or`, and what stands behind them.

    What begins with a verb is no further name. `is_clause`: tells of a piece behind `and` whether it does.

    >>> noun_phrases("flour, salt and water of the pond with care")
    (('flour', 'salt', 'water of the pond'), 'with care')
    >>> noun_phrases("wild yeast and needs time")
    (('wild yeast',), 'and needs time')
    """
    names: list[str] = []
    listed: list[bool] = []
    begin = 0
    while True:
        joined = _COORDINATED.search(text, begin)
        end = joined.start() if joined else len(text)
        piece = text[begin:end]
        name = noun_phrase(piece)
        if name is None or (names and (is_clause or begins_with_verb)(piece)):
            break
        at = text.find(name, begin) + len(name)
        behind = lower_words(text[at:end])
        if names and behind and (behind[0] not in PREPOSITIONS | RELATIVE or ends_with_verb(name)):
            break
        names.append(name)
        if at < end or joined is None:
            return _plain(names, listed), text[at:].strip(" ,\"”'’")
        listed.append(joined[0].strip() != ",")
        begin = joined.end()
    back = begin and max(match.start() for match in _COORDINATED.finditer(text) if match.end() <= begin)
    return _plain(names, listed[:-1]), text[back:].strip(" ,")


def ends_with_verb(name: str) -> bool:
    """Whether the last word of a name is rather a verb: `the osmotic effect draws` in water."""
    words = lower_words(name)
    return len(words) > 1 and is_third_person(words[-1]) and not is_plural(words[-2])


def _plain(names: list[str], listed: list[bool]) -> tuple[str, ...]:
    """Names without an adjective before a comma: `the uppermost, rigid part`. `listed`: where `and` or `or` joins."""
    ends = len(names) > 1 and listed and not listed[len(names) - 2]
    if ends and (len(names) == 2 or any(listed)):
        described = names[-2]
        if " " not in described and (described[:1].islower() or described.endswith("ed")):
            return (*names[:-2], names[-1])
    return tuple(names)


def verb_place(words: Sequence[str], begin: int = 1) -> int:
    """Where the verb of a sentence stands in its small-letter words, of whatever meaning; 0 if none can be told.

    >>> verb_place("beam search beat greedy decoding".split()), verb_place("the width of the crumb".split())
    (2, 0)
    """
    for at in range(begin, len(words)):
        word, before = words[at], words[at - 1]
        if before in RELATIVE:
            continue
        if word in AUXILIARIES:
            return at
        if word in FUNCTION_WORDS or word in LIST_NOUNS or before in ARTICLES | POSSESSIVES | PREPOSITIONS | NUMBERS:
            continue
        following = words[at + 1] if at + 1 < len(words) else ""
        told = following in ARTICLES | POSSESSIVES | COMPARATIVES | ADVERBS | NUMBERS | _QUANTIFIERS | _PARTICLES
        told = told or following in _OBJECT_PRONOUNS | QUESTION_WORDS or following[:1].isdigit()
        placed = following in PREPOSITIONS - {"of"} or following.endswith("ly")
        third = word.endswith("s") and not word.endswith(("ss", "us", "'s"))
        past = word in PAST_FORMS or (_is_past_form(word) and "-" not in word)
        past = past and not (word.endswith("ed") and _describes(words, at))
        if word in LIGHT_VERBS and following:
            return at
        if (past and following) or (third and (told or placed)) or (is_plural(before) and told and not third):
            return at
    return 0


def _describes(words: Sequence[str], at: int) -> bool:
    """Whether a word in `-ed` describes the noun behind it, which has its own verb: `repeated loads open cracks`."""
    behind = words[at + 1 : at + 4]
    return len(behind) == 3 and all(word not in FUNCTION_WORDS and not word.endswith("ly") for word in behind[:2])


def small_word(word: re.Match[str]) -> str:
    """A word that was found, in small letters and with a straight apostrophe."""
    return word[0].lower().replace("’", "'")


def _is_past_form(word: str) -> bool:
    return word.endswith("ed") and not word.endswith("eed") and len(word) > 3


def is_third_person(word: str) -> bool:
    """Whether a word may be a verb of the third person; most nouns in the plural may as well."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def is_plural(word: str) -> bool:
    """Whether a word may be a noun in the plural."""
    return word in IRREGULAR_PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")))


def _ends_name(words: Sequence[re.Match[str]], begin: int, at: int, text: str) -> bool:
    """Whether a word, or the sign before it, ends the name that begins before it."""
    small = small_word(words[at])
    if at > begin and re.search(r"[,;:.()—–?!]", text[words[at - 1].end() : words[at].start()]):
        return True
    if small == "of":
        return at == begin or at + 1 == len(words) or _MEASURE.match(text, words[at].end()) is not None
    if small in FUNCTION_WORDS - ARTICLES:
        return True
    if small in ARTICLES:
        return at == begin or small_word(words[at - 1]) != "of"
    told = small.endswith("ly") and at > begin and (at + 1 == len(words) or small_word(words[at + 1]) in FUNCTION_WORDS)
    made = at > begin and small.endswith("ed") and at + 1 < len(words) and small_word(words[at + 1]) in PREPOSITIONS
    built = at > begin and small in PAST_FORMS and at + 1 < len(words) and small_word(words[at + 1]) in PREPOSITIONS
    compared = at > begin and small in COMPARATIVES | {"than"}
    following = small_word(words[at + 1]) if at + 1 < len(words) else ""
    doing = at > begin and small.endswith("ing") and following in ARTICLES | POSSESSIVES | PRONOUNS | {"that"}
    return doing or told or made or built or compared or small in ADVERBS | _PARTICLES


def begins_with_verb(piece: str) -> bool:
    """Whether what follows `and` is a second verb with its object, and no further name: `needs time`."""
    words = lower_words(piece)
    if len(words) < 2 or words[0] in ARTICLES:
        return False
    first, second = words[0], words[1]
    if first in AUXILIARIES:
        return True
    third = first.endswith("s") and not first.endswith(("ss", "us", "'s")) and second != "of"
    past = (first.endswith("ed") or first in PAST_FORMS) and (second in FUNCTION_WORDS or second in ADVERBS)
    return third or past


def name_before_verb(text: str) -> str | None:
    """The name before the first verb of a text, if nothing else stands there."""
    at = verb_place(lower_words(text))
    before = text[: list(WORD.finditer(text))[at].start()] if at else ""
    names, rest = noun_phrases(before)
    left = lower_words(rest)
    if len(names) != 1 or (left and left[0] not in PREPOSITIONS):
        return None
    words = lower_words(text)
    doubtful = is_third_person(words[at - 1]) and words[at].endswith("ed") and words[at + 1] not in FUNCTION_WORDS
    return None if doubtful else names[0]


def name_before_third_person(text: str) -> str | None:
    """The name before the first word that can be a verb of the third person: `Rust eats iron`."""
    words = list(WORD.finditer(text))
    for at, word in enumerate(words[1:-1], 1):
        small, before = small_word(word), small_word(words[at - 1])
        if is_third_person(small) and not is_plural(before) and before not in FUNCTION_WORDS:
            return noun_phrase(text[: word.start()])
    return None


def before_verb(text: str) -> str:
    """Names that are the subject of a verb, without it and what follows: `penicillin and others changed medicine`."""
    at = verb_place(lower_words(text))
    return text[: list(WORD.finditer(text))[at].start()].rstrip(" ,") if at else text


def name_at_end(text: str) -> str | None:
    """The name that a text ends with: back to a word that only joins, or a sign."""
    text = text.rstrip(" (,")
    words = list(WORD.finditer(text))
    begin = len(words)
    while begin > 0 and len(words) - begin < MAX_WORDS_OF_PHRASE:
        small = small_word(words[begin - 1])
        sign = begin < len(words) and re.search(r"[,;:.()—–]", text[words[begin - 1].end() : words[begin].start()])
        if sign or (small in FUNCTION_WORDS and small != "of") or small in AUXILIARIES or small in ADVERBS:
            break
        begin -= 1
    if 0 < begin < len(words) and small_word(words[begin - 1]) in _INFINITIVE:
        begin += 1
    return noun_phrase(text[words[begin].start() :]) if begin < len(words) else None
