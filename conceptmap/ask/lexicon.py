"""The lexicon: what words and phrases of a question mean, from the vocabulary and from the forms of question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from conceptmap.ask.words import DROPPED, GLUE, PREPOSITIONS
from graphs.spelling import plain
from graphs.words import stem
from ontology.names import name_key, singular
from ontology.vocabulary import Relation, Vocabulary

_SEPARABLE = frozenset("to of on from under below".split())
"""Prepositions at the end of a verb phrase that a question may put first: `to which does it belong?`."""
_PARTICIPLES = frozenset("set put held built made found taken".split())
"""Participles without an ending of their own."""
_NO_BASE = frozenset(["meant"])
"""Participles whose base is a word of its own: `the mean to …` is not `meant to`."""
_NO_VERBS = frozenset("last first second open".split())
"""Words with verbs that are written alike: what `lasts` an hour is not the last."""
_GLUE_STEMS = frozenset(map(stem, GLUE))


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb phrase: `SUBJECT verb OBJECT`; `inverse`: the subject is the relation's target."""

    relation: Relation
    inverse: bool

    @property
    def names(self) -> tuple[str, str]:
        """As an answer says it, and as notes write it."""
        one = self.relation
        return (one.inverse_says, one.inverse) if self.inverse else (one.says, one.name)

    @property
    def phrases(self) -> tuple[str, ...]:
        """What says it in a question as a verb."""
        one = self.relation
        return (*one.inverse_verbs, *one.inverse_wordings) if self.inverse else (*one.verbs, *one.wordings)


@dataclass(frozen=True, slots=True)
class Noun:
    """What an end of a relation is called: `the NOUN of X`; `source`: the noun names the relation's source."""

    relation: Relation
    source: bool


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word for a kind of node."""

    kind: str


@dataclass(frozen=True, slots=True)
class FormWord:
    """A word that tells which form of question is asked: one of the cues of `Form.cues`, by its name."""

    cue: str


Meaning = Verb | Noun | KindWord | FormWord


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase's own words and its meaning."""

    words: tuple[str, ...]
    meaning: Meaning

    @property
    def is_passive(self) -> bool:
        """Whether it is a participle with what follows it: `filed under`."""
        return self.words[0].endswith(("ed", "en")) or self.words[0] in _PARTICIPLES

    def fits(self, said: Sequence[str]) -> bool:
        """Whether words with the same stems are inflections of this phrase: no verb for a noun, no noun for a verb."""
        if isinstance(self.meaning, Noun | KindWord):
            return all(
                one in (own, f"{own}s") or singular(one) == own or plain(one) == own
                for one, own in zip(said, self.words, strict=True)
            )
        if not _NO_BASE.isdisjoint(set(self.words) - set(said)):
            return False
        if any(own in _NO_VERBS and one != own for one, own in zip(said, self.words, strict=True)):
            return False
        return all(
            one.endswith(_OTHER_ENDINGS) <= own.endswith(_OTHER_ENDINGS)
            and _is_adverb(one) <= _is_adverb(own)
            and self._is_same_noun(one, own)
            for one, own in zip(said, self.words, strict=True)
        )

    def _is_same_noun(self, said: str, own: str) -> bool:
        """Whether a word says the noun that a verb phrase has: `has caused` is not `has the cause`."""
        if self.words[0] == "has" and not own.endswith("ed"):
            return not said.endswith(("ed", "ing")) or said == own
        return not own.endswith(_OTHER_ENDINGS) or said.startswith(own.removesuffix("s").removesuffix("e"))


_OTHER_ENDINGS = ("tion", "tions", "sion", "sions", "ment", "ments", "ance", "ence", "ences", "ency", "ancy")
"""Endings of nouns: `prediction` is no inflection of `predict`."""


def _is_adverb(word: str) -> bool:
    """Whether a word is an adverb: `falsely` is no inflection of `false`; not so `rely` of `relies`."""
    return word.endswith("ly") and not stem(word).endswith("li")


class Lexicon:
    """Phrases by the stems of their words, without forms of `be` and articles."""

    def __init__(self, vocabulary: Vocabulary, cues: Iterable[tuple[str, str]]) -> None:
        """`cues`: the cues of forms of question, each with the phrases that give it, separated by semicolons."""
        self._phrases: dict[tuple[str, ...], list[Phrase]] = {}
        self.words: set[str] = set(GLUE)
        for relation in vocabulary.relations.values():
            for verb in (Verb(relation, inverse=False), Verb(relation, inverse=True)):
                self._learn((*verb.names, *verb.phrases), verb)
            self._learn(relation.source_nouns, Noun(relation, source=True))
            self._learn(relation.target_nouns, Noun(relation, source=False))
        for kind in vocabulary.kinds.values():
            self._learn([kind.name, *kind.nouns], KindWord(kind.name))
        for cue, phrases in cues:
            self._learn(phrases.split(";"), FormWord(cue))
        for relation in vocabulary.relations.values():
            for verb in (Verb(relation, inverse=False), Verb(relation, inverse=True)):
                self._learn_short(verb)
                self._learn_passive(verb)
        self._beginnings = {roots[:length] for roots in self._phrases for length in range(1, len(roots) + 1)}
        self.stems = {root for phrase in self._phrases for root in phrase}
        self.sorted_words = sorted(word for word in self.words if len(word) > 2)

    def meanings(self, roots: tuple[str, ...], said: Sequence[str]) -> tuple[Meaning, ...]:
        """What words with these stems mean, in their order of learning."""
        found = [phrase.meaning for phrase in self._phrases.get(roots, ()) if phrase.fits(said)]
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def begins(self, roots: tuple[str, ...]) -> bool:
        """Whether a phrase begins with words of these stems."""
        return roots in self._beginnings

    def verbs(self, said: Sequence[str]) -> list[bool]:
        """Of each verb phrase of these words, whether it is one of a participle: `is filed under`."""
        phrases = self._phrases.get(tuple(map(stem, said)), ())
        return [one.is_passive for one in phrases if isinstance(one.meaning, Verb) and one.fits(said)]

    def _learn_short(self, meaning: Verb) -> None:
        """Verbs without their preposition (`to which does it belong?`), where the rest means nothing else.

        Wordings are not cut short: without their preposition, such words say too much else.
        """
        for phrase in meaning.relation.inverse_verbs if meaning.inverse else meaning.relation.verbs:
            *verb, last = _words(phrase) or ("",)
            roots = tuple(map(stem, verb))
            if last in _SEPARABLE and roots not in self._phrases and not _GLUE_STEMS.issuperset(roots):
                self._learn([" ".join(verb)], meaning)

    def _learn_passive(self, meaning: Verb) -> None:
        """`is VERBED by`: the other direction of a verb without a preposition, unless it means something already."""
        for phrase in meaning.phrases:
            words = [*_words(phrase), "by"]
            if (
                len(words) > 1
                and PREPOSITIONS.isdisjoint(words[-2:-1])
                and tuple(map(stem, words)) not in self._phrases
            ):
                self._learn([" ".join(words)], replace(meaning, inverse=not meaning.inverse))

    def _learn(self, phrases: Sequence[str], meaning: Meaning) -> None:
        for words in filter(None, map(_words, phrases)):
            self.words.update(words)
            self._phrases.setdefault(tuple(map(stem, words)), []).append(Phrase(words, meaning))


@lru_cache(maxsize=16_384)
def _words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase without forms of `be` and articles."""
    return tuple(word for word in name_key(phrase).split() if word not in DROPPED)
