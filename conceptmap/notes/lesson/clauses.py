"""Clauses: who says what of whom in a sentence, by closed-class words and the verbs of the vocabulary alone.

`clauses_of` is the one place where a sentence or an item of a list is cut. Its clauses name what they speak of by short
noun phrases: an article, what is told behind `that` or `in the north`, and a second verb behind `and` never get into a
name. Where a sentence cannot be cut so, it has no clauses; words are never guessed at.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from conceptmap.notes.lesson.list_intros import ListIntros
from conceptmap.notes.lesson.phrases import (
    MODALS,
    RELATIVE,
    before_verb,
    begins_with_verb,
    ends_with_verb,
    is_plural,
    is_third_person,
    name_at_end,
    name_before_third_person,
    name_before_verb,
    noun_phrase,
    noun_phrases,
    small_word,
    verb_place,
)
from conceptmap.notes.lesson.words import (
    ADVERBS,
    ARTICLES,
    AUXILIARIES,
    BARE_ADVERBS,
    BASE_FORMS,
    COMPARATIVES,
    CONJUNCTIONS,
    HAVING,
    LIGHT_VERBS,
    LIST_NOUNS,
    NUMBERS,
    PAST_FORMS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    SUBORDINATORS,
    WORD,
    is_spelled,
    is_verb_form,
    lower_words,
    without_brackets,
    without_end_sign,
)
from ontology.terms import CONTRASTS_WITH, EXAMPLE_OF, PART_OF

SENTENCES_KEPT = 1000
"""Sentences whose clauses are kept: several rules ask for those of one page in turn."""


MAX_WORDS_OF_SENTENCE = 60
"""Words of a sentence that is cut; a longer one is no plain statement."""


MAX_WORDS_OF_REASONED = 4
"""Words of a statement so short that its second or third word is its verb: `Humus binds nutrients`."""


ALSO_CALLED = "also called"
"""The relation of a clause that gives another name for its subject."""


IS_A = "is a"
"""The relation of a clause that says what sort of thing its subject is: `X is a Y that …`."""


_NOUN_ENDINGS = ("tion", "tions", "ment", "ments", "ance", "ances", "ence", "ences")
"""Endings of nouns that a stemmer cannot tell from the verbs they are made of: `combinations`."""


_BEING = frozenset("is are was were be been being".split())


_NEGATIVE = frozenset("not never no cannot hardly isn't aren't wasn't weren't doesn't don't didn't won't can't".split())


_TENDING = frozenset(
    "tend tends tended seem seems seemed appear appears appeared need needs continue continues".split()
)
"""Verbs behind which `to` with another verb says what is so; behind others it says what is wanted or meant for."""


_CALLED = re.compile(
    r"(?:is|are|was|were)\s+(?:also|sometimes|often|usually|otherwise)?\s*(?:called|known as|named|termed|"
    r"referred to as)\s+"
)


_SAME = re.compile(r"\b(?:also|sometimes|often|otherwise|better) (?:called|known as|named|termed)\s+|\balias\s+")


_UNLIKE = re.compile(r"\b(?:unlike|in contrast to|as opposed to|contrary to)\s+", re.IGNORECASE)


_SUCH_AS = re.compile(r",?\s+(?:such as|for example|for instance|e\.g\.)\s+")


_COUNTED = re.compile(r"(\b(?:has|have|had)\s+[\w-]+\s+[\w-]+s):")


_THAN = re.compile(
    r"\b(more|less|fewer|better|worse|(?!never|rather|other|whether|either)(\w{3,}er))\s+(?:\w+\s+){0,2}than\s+",
    re.IGNORECASE,
)


_LED_IN = re.compile(
    r"\A\s*(?:\w+ly|however|thus|hence|moreover|indeed|instead|today|here|there|then),\s+", re.IGNORECASE
)
_FILLED = re.compile(r",?\s+(?:in turn|in fact|of course|in general|in particular|for its part)\b,?")
"""Words between a name and its verb that say nothing of either: `which in turn produces heat`."""

_CUT = re.compile(r"\s*(?:[;:—–]|\s-\s|[()])\s*")


class Clause(NamedTuple):
    """One thing that a sentence says.

    `subjects` and `objects`: plain names without articles; `objects` is empty where what follows the verb is no name.
    `relation`: of the vocabulary, or `ALSO_CALLED` or `IS_A`; None for a verb that the vocabulary does not know.
    `inverse`: the relation runs from the objects to the subjects. `verb`: as written. `rest`: all that is said behind
    the objects, or behind the verb where there are none. `negated`: the sentence denies it. `pointing`: the subject is
    a pronoun or left out, and taken from the clause before; `joined`: it is left out behind `and` or the like.
    `definite`: it has the article `the`.
    """

    subjects: tuple[str, ...]
    verb: str
    relation: str | None
    inverse: bool
    objects: tuple[str, ...]
    rest: str
    negated: bool = False
    pointing: bool = False
    joined: bool = False
    definite: bool = False


def clauses_of(text: str, intros: ListIntros, topic: str | None = None) -> tuple[Clause, ...]:
    """The clauses of a sentence or an item, in their order; none where it is too long or no statement.

    `topic`: what `it` and `they` stand for at its beginning; without it such clauses are left out. Clauses with a verb
    that the vocabulary does not know come with `relation` None, only the first of a sentence.

    >>> from ontology.vocabulary import read_vocabulary
    >>> from conceptmap.notes.lesson.list_intros import list_intros_of
    >>> intros = list_intros_of(read_vocabulary())
    >>> for clause in clauses_of("Sourdough builds on wild yeast and needs time.", intros):
    ...     print(clause.subjects, clause.verb, clause.relation, clause.objects)
    ('Sourdough',) builds on requires ('wild yeast',)
    ('Sourdough',) needs requires ('time',)
    >>> [clause.objects for clause in clauses_of("Rye replaced wheat in the north.", intros)]
    [('wheat',)]
    """
    return _clauses_of(text, intros, topic)


@lru_cache(maxsize=SENTENCES_KEPT)
def _clauses_of(text: str, intros: ListIntros, topic: str | None) -> tuple[Clause, ...]:
    text = _FILLED.sub("", without_end_sign(text.strip()))
    if not 2 < len(WORD.findall(text)) <= MAX_WORDS_OF_SENTENCE or text.endswith("?"):
        return ()
    found: list[Clause] = []
    for aside, start, end in _asides(text):
        found.append(aside)
        text = text if aside.relation == EXAMPLE_OF else f"{text[:start].rstrip(' ,(')} {text[end:].lstrip(' ,)')}"
    for piece in _CUT.split(_COUNTED.sub(r"\1,", without_brackets(text))):
        spoken = found[-1].subjects if found and not found[-1].pointing else ()
        found += _Cutter(piece, intros, spoken or ((topic,) if topic else ())).clauses()
    return tuple(found)


def subject_of(text: str, intros: ListIntros) -> str | None:
    """What a sentence speaks of: the one name before its verb; None where there is no such name.

    >>> from ontology.vocabulary import read_vocabulary
    >>> from conceptmap.notes.lesson.list_intros import list_intros_of
    >>> subject_of("Levain-7 stayed soft for a week", list_intros_of(read_vocabulary()))
    'Levain-7'
    """
    first = next((one for one in clauses_of(text, intros) if not one.pointing), None)
    if first is None:
        third = name_before_third_person(text)
        short = len(lower_words(text)) <= MAX_WORDS_OF_REASONED
        return name_before_verb(text) or (third if third and (short or is_spelled(third)) else None)
    return first.subjects[0] if len(first.subjects) == 1 else None


def _asides(text: str) -> Iterator[tuple[Clause, int, int]]:
    """What is said beside the verb, and where: examples, what something is more than or unlike, other names last."""
    for such in _SUCH_AS.finditer(text):
        names, _ = noun_phrases(before_verb(text[such.end() :]))
        owner = name_at_end(text[: such.start()])
        if names and owner and owner.lower() not in LIST_NOUNS:
            yield Clause((owner,), such[0].strip(" ,"), EXAMPLE_OF, True, names, ""), *such.span()
    if " than " in text and (than := _THAN.search(text)) is not None and than[1].lower() in COMPARATIVES | {than[2]}:
        other = noun_phrase(text[than.end() :], 4)
        owner = name_before_verb(text)
        before = lower_words(text[: than.start()])
        plain = {"that", *_NEGATIVE}.isdisjoint(before)
        told = text[than.end() :].split(" ", 1)[0].lower() in ARTICLES and ends_with_verb(other or "")
        told = told or text[than.end() :].split(" ", 1)[0].lower() in LIGHT_VERBS
        if other and owner and plain and not told and not lower_words(other)[0].endswith("ing"):
            yield Clause((owner,), than[0].strip(), CONTRASTS_WITH, False, (other,), ""), len(text), len(text)
    if (unlike := _UNLIKE.search(text)) is not None:
        names, rest = noun_phrases(text[unlike.end() :])
        spoken = text[: unlike.start()].strip(" ,")
        owner = noun_phrase(spoken) if spoken else name_before_verb(rest) or name_before_third_person(rest)
        if len(names) == 1 and owner:
            end = len(text) - len(rest)
            yield Clause((owner,), unlike[0].strip(), CONTRASTS_WITH, False, names, rest), unlike.start(), end
    elif (same := _SAME.search(text)) is not None:
        names, rest = noun_phrases(text[same.end() :].lstrip('"“'))
        owner = name_at_end(text[: same.start()])
        if names and owner:
            end = len(text) - len(rest)
            yield Clause((owner,), same[0].strip(), ALSO_CALLED, False, names, rest), same.start(), end


def _only_points(names: Sequence[str], rest: str, text: str) -> bool:
    """Whether words before a verb are no subject: `Notice that P is`, `The law says that`, `Starting with coal, it`."""
    behind = lower_words(rest)[:1]
    bare = len(names) == 1 and " " not in names[0] and text.lstrip().startswith(names[0])
    pointing = names[0].lower().endswith("ing") or names[0].lower() in ("according", "based", "given")
    says = behind == ["that"] and (bare or ends_with_verb(names[0]))
    return says or (bare and bool(behind) and pointing)


class _Cutter:
    """One piece of a sentence between its dashes, colons and semicolons, word by word."""

    def __init__(self, text: str, intros: ListIntros, spoken: tuple[str, ...]) -> None:
        self._text = text
        self._intros = intros
        self._spoken = spoken
        self._told: tuple[str, ...] = ()
        self._words = list(WORD.finditer(text))
        self._small = [small_word(word) for word in self._words]

    def clauses(self) -> list[Clause]:
        """The clauses whose verbs the vocabulary knows; if there is none, the first with any other."""
        found: list[Clause] = []
        begin, at = 0, 0
        while at < len(self._words):
            verb = self._verb_at(begin, at)
            clause = self._clause(begin, at, verb) if verb else None
            if verb and clause:
                found.append(clause)
                self._spoken, self._told = clause.subjects, clause.objects[-1:]
                begin = at = self._place_behind(clause, verb[2])
            else:
                at += 1
        return found or self._other()

    def _verb_at(self, begin: int, at: int) -> tuple[str | None, bool, int] | None:
        """A verb of the vocabulary, a copula or a verb of naming: its relation, direction, and the place behind it."""
        if at == 0:
            return None
        being = self._small[at] in _BEING
        if being and (called := _CALLED.match(self._text, self._words[at].start())):
            return ALSO_CALLED, False, at + len(WORD.findall(called[0]))
        found = self._intros.verb_from(self._small, at)
        if found and not being and self._is_participle(begin, at):
            return None
        if found is not None and found[2] < len(self._words) and self._is_verb(begin, at, found[2]):
            return found[0].name, found[1], found[2]
        having = self._small[at] in HAVING and self._parts_behind(at + 1)
        if having:
            return PART_OF, True, having
        if self._small[at] in ("is", "are", "was", "were") and at + 1 < len(self._words):
            if self._small[at + 1] in ARTICLES and at + 2 < len(self._words):
                return IS_A, False, at + 2
            general = self._small[at] == "are" and self._small[begin] not in ("the", "these", "those", "there")
            named = noun_phrase(self._text[self._words[at + 1].start() :]) if general else None
            return (IS_A, False, at + 1) if named and is_plural(named) else None
        return None

    def _is_participle(self, begin: int, at: int) -> bool:
        """Whether a form of `be` stands before a word, perhaps with adverbs between: `can be asked`."""
        while at > begin and self._says_how(self._small[at - 1]):
            at -= 1
            if self._small[at] in _BEING:
                return True
        return False

    def _parts_behind(self, at: int) -> int:
        """Where the names begin in `has two parts, a crust and a crumb`; 0 if it is no such turn."""
        if at + 2 >= len(self._words) or self._small[at] not in NUMBERS or not is_plural(self._small[at + 1]):
            return 0
        return at + 2 if self._text[self._words[at + 1].end()] == "," else 0

    def _is_verb(self, begin: int, at: int, end: int) -> bool:
        """Whether words that may be a verb are one here, by the words before and behind them."""
        words, before = self._small[at:end], self._small[at - 1]
        if before in ARTICLES | POSSESSIVES | PREPOSITIONS - {"to"} or words[0].endswith(_NOUN_ENDINGS):
            return False
        if before == "to" and at > 1 and self._small[at - 2] not in HAVING | _TENDING:
            return False
        if is_verb_form(words):
            return True
        first = words[0]
        return before in MODALS or is_plural(before) or (at > begin and first in BASE_FORMS)

    def _clause(self, begin: int, at: int, verb: tuple[str | None, bool, int]) -> Clause | None:
        relation, inverse, end = verb
        stop, negated = at, False
        while stop > begin and self._says_how(self._small[stop - 1]):
            stop -= 1
            negated = negated or self._small[stop] in _NEGATIVE
        if stop - begin > 2 and self._small[stop - 1] in ("and", "or") and self._is_past(self._small[stop - 2]):
            stop -= 2
        subjects, pointing = self._subjects(begin, stop)
        if not subjects:
            return None
        behind = self._text[self._words[end].start() :] if end < len(self._words) else ""
        negated = negated or (bool(behind) and self._small[end] in _NEGATIVE)
        objects, rest = noun_phrases(behind, self._is_clause)
        if relation == ALSO_CALLED and len(subjects) > 1:
            return None
        said = self._text[self._words[at].start() : self._words[end - 1].end()]
        rest = rest if objects else behind
        joined = pointing and stop > begin and self._small[stop - 1] in CONJUNCTIONS
        definite = self._small[begin] == "the"
        return Clause(subjects, said, relation, inverse, objects, rest, negated, pointing, joined, definite)

    def _is_clause(self, piece: str) -> bool:
        words = lower_words(piece)
        verb = self._intros.verb_from(words, 0)
        return begins_with_verb(piece) or (verb is not None and verb[2] < len(words) and words[verb[2]] != "of")

    @staticmethod
    def _says_how(word: str) -> bool:
        return (
            word in AUXILIARIES
            or word in BARE_ADVERBS | _NEGATIVE | {"also", "all", "both", "longer"}
            or word.endswith("ly")
        )

    @staticmethod
    def _is_past(word: str) -> bool:
        return word in PAST_FORMS or word.endswith("ed")

    def _subjects(self, begin: int, stop: int) -> tuple[tuple[str, ...], bool]:
        """The names that a verb is said of, and whether they are those of the clause before."""
        if stop == begin:
            return self._spoken if begin else (), True
        text = self._text[self._words[begin].start() : self._words[stop - 1].end()]
        small = self._small[begin:stop]
        if all(word in CONJUNCTIONS | RELATIVE | ADVERBS for word in small):
            told = self._told if small[0] in RELATIVE and self._text[self._words[begin].start() - 2] != "," else ()
            return (told or self._spoken, True) if begin else ((), True)
        if small[-1] in ("it", "they") and (len(small) == 1 or small[-2] in CONJUNCTIONS):
            own = name_before_verb(text) if len(small) > 2 else None
            return (own,) if own else self._spoken, True
        if (
            small[-1] in ("and", "but")
            and self._stop_is_third(begin, stop)
            and (own := name_before_third_person(f"{text} x"))
        ):
            return (own,), True
        for cut in (0, *(match.end() for match in re.finditer(r",\s*", text))):
            if not cut and (small[0] in SUBORDINATORS or ("," in text and verb_place(small))):
                continue
            names, rest = noun_phrases(self._without_lead(text[cut:]))
            if names and not self._is_left(rest) and not _only_points(names, rest, text[cut:]):
                return names, False
        return (), False

    def _stop_is_third(self, begin: int, stop: int) -> bool:
        """Whether the verb behind `and` has the form that the first verb of the clause must have as well."""
        return stop - begin > 2 and is_third_person(self._small[stop])

    @staticmethod
    def _is_left(rest: str) -> bool:
        """Whether words between the names and the verb are more than what is told of the last name."""
        words = lower_words(rest)
        made = bool(words) and (words[0].endswith("ed") or words[0] in PAST_FORMS)
        told = bool(words) and words[0] in (PREPOSITIONS - {"to"}) | RELATIVE
        return bool(words) and not ((made or told) and "what" not in words)

    @staticmethod
    def _without_lead(text: str) -> str:
        """The words before a verb without those of place or time in front: `On ANYmal a learned network`."""
        text = _LED_IN.sub("", text)
        words = list(WORD.finditer(text))
        small = [small_word(word) for word in words]
        while small and small[0] in CONJUNCTIONS - {"if", "when", "while", "where", "unless"} | {
            "that",
            "also",
            "then",
        }:
            words, small = words[1:], small[1:]
        if not small or small[0] not in PREPOSITIONS:
            return text[words[0].start() :] if words else ""
        at = max((index for index, word in enumerate(small) if word in ARTICLES and index > 1), default=0)
        lead = at > 0 and small[at - 1] not in PREPOSITIONS
        return text[words[at].start() :] if lead else ""

    def _place_behind(self, clause: Clause, end: int) -> int:
        """Where the words begin that the clause has left over."""
        if not clause.objects:
            return end
        start = len(self._text) - len(clause.rest) if clause.rest else len(self._text)
        return next((index for index, word in enumerate(self._words) if word.start() >= start), len(self._words))

    def _other(self) -> list[Clause]:
        """The clause of a verb that the vocabulary does not know."""
        at = verb_place(self._small)
        if not at or self._small[0] in QUESTION_WORDS | PRONOUNS:
            return []
        stop, negated = at, self._small[at] in _NEGATIVE
        while stop > 0 and self._says_how(self._small[stop - 1]):
            stop -= 1
            negated = negated or self._small[stop] in _NEGATIVE
        subjects, pointing = self._subjects(0, stop)
        if not subjects or pointing:
            return []
        behind = at + 1
        while behind < len(self._words) and self._says_how(self._small[behind]):
            negated = negated or self._small[behind] in _NEGATIVE
            behind += 1
        rest = self._text[self._words[behind].start() :] if behind < len(self._words) else ""
        said = self._text[self._words[at].start() : self._words[behind - 1].end()]
        objects, tail = noun_phrases(rest)
        return [Clause(subjects, said, None, False, objects, tail if objects else rest, negated)]
