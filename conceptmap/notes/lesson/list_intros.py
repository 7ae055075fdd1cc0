"""List intros: what the words above a list say of its items, by the cue words, verbs and devices of the vocabulary."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import Stemmer

from conceptmap.notes.lesson.words import (
    ARTICLES,
    AUXILIARIES,
    BARE_ADVERBS,
    BASE_FORMS,
    CHANGES,
    DIVIDING,
    FUNCTION_WORDS,
    HAVING,
    JOINING,
    LIST_NOUNS,
    MAX_WORDS_OF_NAME,
    NUMBERS,
    OF_A_CUE,
    OPENERS,
    POINTING,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    SPEAKERS,
    THRIVING,
    is_name,
    is_statement,
    is_verb_form,
    lower_words,
    verb_at,
    without_article,
    without_first,
    without_last,
)
from ontology.terms import (
    ABOUT,
    CLAIM,
    CONCEPT,
    DAY,
    EVIDENCE,
    EXAMPLE_OF,
    INTRODUCED_ON,
    LEADS_TO,
    METHOD,
    OPPOSES,
    OUTPERFORMS,
    PART_OF,
    REPLACES,
    SUPPORTS,
)
from ontology.vocabulary import Cue, Relation, Vocabulary

MAX_WORDS_OF_INTRO = 16
"""Words above a list that may introduce it; a longer sentence says something of its own."""

MAX_WORDS_OF_CUE = 7
"""Words of an intro that is a cue and little else: `On Day 5 we learned`, `Special cases of selection`."""

MAX_WORDS_OF_SYNTHESIS = 5
"""Words of an intro that announces a synthesis: `Putting these ideas together`."""

MAX_WORDS_OF_THREADS = 8
"""Words of an intro to things to think about: `Some questions to consider as you write`."""

_DAY = re.compile(r"day\s+(\d{1,5})\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\A(?:(?:such|this|that|these|those|so|and|but|yet|thus|here|now)\s+"
    r"|(?:nevertheless|nonetheless|however|still|meanwhile|(?:by|in) contrast|on the other hand),?\s+)(?=\w+\s+\w)",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r",?\s+(?:for (?:\w+ ){0,3}reasons?|and here(?: is|'s) why|here(?: is|'s) why|since|because)\Z", re.IGNORECASE
)
_OF_NEWS = frozenset("now been include includes including following".split())
"""Words of statements that announce news or instances: a list below them gives no reasons."""

_DOUBT = frozenset("doubt doubts caution scepticism skepticism concern worry hesitation".split())
"""What grounds and reasons may be for that speak against a claim."""

_OF_THE_PAGE = frozenset("day today week lesson lecture session chapter section page hour".split())
"""What the page itself is called by its lead: `The thesis of the day`."""

_ENDINGS_OF_NOUNS = ("ss", "sis", "us", "ions", "ments", "ings", "ances", "ences", "ities", "ties")
"""Endings of cues that are nouns in the plural, though they might be verbs: `observations`."""

_FOR_A_DAY = frozenset("for by until due before after homework task tasks exercise exercises prepare plan next".split())
"""Words beside a day above what is to be done, and not what was learned: `Homework for Day 13`."""

_WHEN = re.compile(r"\s+(?:when|if|whenever|where)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Intro:
    """What a list says: its items are the targets of a relation, or its sources (`inverse`).

    `kind`: of an item that is new. `subject`: the other end in words, None for what the page is about at that place;
    `claim`: it is a claim, which the items give reasons for. `day`: the earlier day that taught the items. `device`:
    another way of speaking (threads to think about, a synthesis, a category that abounds). `category`: what abounds.
    `pointing`: the other end is what the sentence before speaks of: `It has three layers`, `Each of them needs`.
    """

    relation: str | None = None
    inverse: bool = False
    kind: str | None = None
    subject: str | None = None
    day: int | None = None
    device: str | None = None
    category: str | None = None
    claim: bool = False
    pointing: bool = False


@lru_cache(maxsize=8)
def list_intros_of(vocabulary: Vocabulary) -> "ListIntros":
    """The intros that a vocabulary knows; made once, since it takes as long as reading a page."""
    return ListIntros(vocabulary)


class ListIntros:
    """The cue words, verbs and devices of a vocabulary by their stems, ready to be looked up in the words of a page."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._stemmer = Stemmer.Stemmer("english")
        self._stems: dict[str, str] = {}
        self.devices: Mapping[str, frozenset[str]] = {
            name: frozenset(self._phrase(lower_words(word)) for word in words)
            for name, words in vocabulary.devices.items()
        }
        self._firsts = {
            name: frozenset(phrase.split(" ", 1)[0] for phrase in phrases) for name, phrases in self.devices.items()
        }
        self._cues: dict[str, tuple[Relation, Cue]] = {}
        self._verbs: dict[str, tuple[Relation, bool]] = {}
        for relation in reversed(list(vocabulary.relations.values())):
            for cue in sorted(relation.cues, key=lambda one: not one.in_lessons):
                self._cues.update({self._phrase(lower_words(word)): (relation, cue) for word in cue.words})
            self._verbs.update({self._phrase(lower_words(verb)): (relation, False) for verb in relation.verbs})
            self._verbs.update({self._phrase(lower_words(verb)): (relation, True) for verb in relation.inverse_verbs})
        if (beats := vocabulary.relations.get(OUTPERFORMS)) is not None:
            for word in self.devices.get("victory", ()):
                self._verbs.setdefault(word, (beats, False))
        self._first_of_verbs = frozenset(verb.split(" ", 1)[0] for verb in self._verbs)
        self._imperatives = frozenset(word.lower() for word in vocabulary.devices.get("threads", ()))
        self._nouns = LIST_NOUNS | {
            noun
            for relation in vocabulary.relations.values()
            for cue in relation.cues
            for noun in cue.words
            if noun.endswith("s") and self._phrase([noun]) not in self._verbs and f"{noun[:-1]}" in cue.words
        }
        self._longest = max(len(key.split()) for key in (*self._cues, *self._verbs, "a"))
        phrases = (phrase for device in self.devices.values() for phrase in device)
        self._longest_device = max((len(phrase.split()) for phrase in phrases), default=0)

    def stem(self, word: str) -> str:
        """A word without its inflection."""
        found = self._stems.get(word)
        if found is None:
            found = self._stems[word] = self._stemmer.stemWord(BASE_FORMS.get(word, word))
        return found

    def _phrase(self, words: Iterable[str]) -> str:
        return " ".join(map(self.stem, words))

    def device(self, name: str, words: list[str]) -> bool:
        """Whether the words of a device stand among these small-letter words."""
        return self.device_at(name, words) is not None

    def device_at(self, name: str, words: list[str]) -> tuple[int, int] | None:
        """Where the words of a device stand first among these small-letter words: begin and end."""
        phrases = self.devices.get(name, frozenset())
        kept = [(at, self.stem(word)) for at, word in enumerate(words) if word not in BARE_ADVERBS]
        firsts = self._firsts.get(name, frozenset())
        for begin in range(len(kept)):
            if kept[begin][1] not in firsts:
                continue
            for end in range(min(len(kept), begin + self._longest_device), begin, -1):
                if " ".join(stem for _, stem in kept[begin:end]) in phrases:
                    return kept[begin][0], kept[end - 1][0] + 1
        return None

    def verb(self, relation: str, word: str) -> bool:
        """Whether a word is a verb of a relation, in any of its forms."""
        found = self._verbs.get(self.stem(word))
        return found is not None and found[0].name == relation and not found[1]

    def wins(self, word: str) -> bool:
        """Whether a word tells of a victory or a replacement, in any of its forms."""
        return self.verb(REPLACES, word) or self.verb(OUTPERFORMS, word)

    def verb_from(self, words: Sequence[str], begin: int) -> tuple[Relation, bool, int] | None:
        """The longest verb of the vocabulary that stands at a place of these small-letter words.

        Its relation, whether it is read backwards, and the place behind it; words that say how (`often`, `directly`)
        may stand inside it. The words need not be inflected: whether they can be a verb there, the place must tell.
        """
        if self.stem(words[begin]) not in self._first_of_verbs:
            return None
        kept: list[tuple[int, str]] = []
        for at in range(begin, min(len(words), begin + self._longest + 2)):
            if not kept or not (words[at] in BARE_ADVERBS or words[at].endswith("ly")):
                kept.append((at, self.stem(words[at])))
        for count in range(min(len(kept), self._longest), 0, -1):
            found = self._verbs.get(" ".join(stem for _, stem in kept[:count]))
            if found is not None:
                return (*found, kept[count - 1][0] + 1)
        return None

    def read(self, text: str, listed: bool = True) -> Intro | None:
        """What words say of the items behind them; None if nothing.

        `listed`: the items are a list; if not, there is one behind the words, and a whole sentence is no claim for it.
        """
        text = _POINTING.sub("", text.strip().rstrip(":：").strip())
        words = lower_words(text)
        if not words or len(words) > MAX_WORDS_OF_INTRO or "$" in text or "{" in text:
            return None
        if listed and text.lower() in self._imperatives:
            return Intro(device="threads")
        if reasons := _REASONS.search(text) or (listed and _WHEN.search(text)):
            claim = text[: reasons.start()]
            said = lower_words(claim)
            if reasons.re is _WHEN and not (len(said) > 1 and said[-1].endswith("s") and said[-1] not in LIST_NOUNS):
                return None
            if not said or said[0] in OPENERS or not SPEAKERS.isdisjoint(said):
                return None
            return Intro(SUPPORTS, inverse=True, kind=CLAIM, subject=claim, claim=True)
        if listed and self._faces(words) and words[-1] not in FUNCTION_WORDS and SPEAKERS.isdisjoint(words):
            return Intro(SUPPORTS, inverse=True, kind=CLAIM, subject=text, claim=True)
        found = (
            self._whole(words, listed)
            or self._day(text, words)
            or self._verb(text, words)
            or self._then(text, words)
            or self._threads(words, listed)
            or self._synthesis(words)
            or self._abounding(text, words)
            or self._noun(text, words)
            or self._counted(text, words)
            or self._where(words)
        )
        bare = words[-1] in FUNCTION_WORDS or words[0] in NUMBERS or words[0] in CHANGES
        bare = bare or not _OF_NEWS.isdisjoint(words)
        if found is None and listed and not bare and is_statement(text):
            return Intro(SUPPORTS, inverse=True, kind=CLAIM, subject=text, claim=True)
        return found

    def _then(self, text: str, words: list[str]) -> Intro | None:
        """`If the winds grow stronger, then`: consequences; `Transport requires two ingredients`: what it requires."""
        if words[0] == "if" and words[-1] == "then" and len(words) > 4:
            return Intro(LEADS_TO, kind=CLAIM, subject=without_last(without_first(text, 1), 1))
        if len(words) > 3 and words[-2] in NUMBERS and words[-1].endswith("s") and words[-3] not in HAVING:
            return self._verb(without_last(text, 2), words[:-2])
        return None

    def _faces(self, words: list[str]) -> bool:
        """Whether an intro is the claim that something has to cope with what the list tells."""
        at = self.device_at("faces", words)
        return at is not None and at[0] > 0 and at[1] < len(words)

    def shortened(self, cue: str) -> Intro | None:
        """What a cue says of which the first letters are written, where all cues with these letters say the same."""
        whole = [found for key, found in self._cues.items() if key.startswith(cue.lower()) and " " not in key]
        meant = {(relation.name, one.inverse) for relation, one in whole}
        if len(cue) < 2 or len(meant) != 1:
            return None
        relation, inverse = meant.pop()
        return Intro(relation, inverse)

    def _cued(self, words: list[str]) -> Intro | None:
        found = self._cues.get(self._phrase(words))
        if found is None:
            return None
        relation, cue = found
        return Intro(relation.name, cue.inverse, cue.kind or CONCEPT)

    def _whole(self, words: list[str], listed: bool) -> Intro | None:
        """Words that are a cue and nothing else; `Key threads` are things to weave, and no parts."""
        while len(words) > 1 and words[0] in ARTICLES:
            words = words[1:]
        found = self._cued(words)
        threads = found is not None and found.relation == PART_OF and found.kind == CONCEPT
        return (self._threads(words, listed) if threads else None) or found

    @staticmethod
    def _counted(text: str, words: list[str]) -> Intro | None:
        """`A beam has three zones`, `It goes through four phases`: parts of what is spoken of."""
        at = next((index for index, word in enumerate(words) if word in HAVING or word in DIVIDING), 0)
        behind = [word for word in words[at + 1 :] if word not in PREPOSITIONS]
        if not at or len(behind) not in (2, 3) or behind[0] not in NUMBERS or not behind[-1].endswith("s"):
            return None
        found = Intro(PART_OF, inverse=True, kind=CONCEPT)
        return (
            ListIntros._having(found, text, words, at + 1)
            if words[at] in HAVING
            else replace(found, subject=without_last(text, len(words) - at), pointing=words[0] in POINTING)
        )

    @staticmethod
    def _where(words: list[str]) -> Intro | None:
        """`Where it wobbles`, `What it leaves out`: doubts, unless the verb is one of success."""
        asked = len(words) in (3, 4, 5) and words[0] in ("where", "what")
        doubts = asked and words[1] in ("it", "this", "that", "they")
        return Intro(OPPOSES, inverse=True, kind=EVIDENCE) if doubts and words[2] not in THRIVING else None

    def _day(self, text: str, words: list[str]) -> Intro | None:
        """`Day 5 established`, `On Day 5 we learned`, `From Day 5`."""
        day = _DAY.search(text)
        if day is None or len(words) > MAX_WORDS_OF_CUE:
            return None
        rest = lower_words(text[: day.start()] + text[day.end() :])
        told = any((found := self._verbs.get(self.stem(word))) and found[0].name == INTRODUCED_ON for word in rest)
        recalled = day.start() > 0 and _FOR_A_DAY.isdisjoint(rest) and rest[-1:] != ["notes"]
        if told or self.device("taught", rest) or not rest or recalled:
            return Intro(INTRODUCED_ON, kind=CLAIM, day=int(day[1]))
        return None

    def _synthesis(self, words: list[str]) -> Intro | None:
        at = self.device_at("synthesis", words) if len(words) <= MAX_WORDS_OF_SYNTHESIS else None
        return Intro(device="synthesis", kind=CLAIM) if at is not None else None

    def _verb(self, text: str, words: list[str]) -> Intro | None:
        """A subject and a verb: `Adaptation depends on`, `The lesson predicts`, `Bread rises because`."""
        for count in range(min(self._longest, len(words) - 1), 0, -1):
            tail = words[-count:]
            subject = without_last(text, count)
            verb = self._verbs.get(self._phrase(tail))
            relation, inverse = verb or self._cued_verb(tail)
            if relation is None or not is_verb_form(tail) or relation.name in (ABOUT, INTRODUCED_ON):
                continue
            if 0 < verb_at(words) < len(words) - count and not is_name(without_article(subject)):
                continue
            pointing = subject.lower() in OPENERS - POSSESSIVES
            if pointing or is_name(without_article(subject)):
                kind = self._kind(relation, inverse)
                return Intro(relation.name, inverse, kind, subject=None if pointing else subject, pointing=pointing)
        return None

    def _cued_verb(self, words: list[str]) -> tuple[Relation | None, bool]:
        """A cue that is a verb: `combines`, `presupposes`."""
        found = self._cues.get(self._phrase(words))
        verbal = found is not None and (
            (len(words) > 1 and words[0] in AUXILIARIES) or (len(words) == 1 and words[0].endswith("s"))
        )
        verbal = verbal and not words[0].endswith(_ENDINGS_OF_NOUNS)
        return (found[0], found[1].inverse) if found and verbal and words[0] not in self._nouns else (None, False)

    def _kind(self, relation: Relation, inverse: bool) -> str:
        """The kind of an item that is new: as the relation's cue for that direction says, else what it allows."""
        said = [cue.kind for cue in relation.cues if cue.inverse == inverse and cue.kind]
        allowed = relation.sources if inverse else relation.targets
        kind = said[0] if said else CONCEPT
        return kind if not allowed or kind in allowed else sorted(allowed - {DAY})[0]

    def _abounding(self, text: str, words: list[str]) -> Intro | None:
        """A field and what it is full of: `Classic robotics is full of hand-crafted approaches`."""
        at = self.device_at("abounds", words)
        if at is None or not at[0] > 0 or at[1] >= len(words):
            return None
        while at[0] > 1 and words[at[0] - 1] in BARE_ADVERBS:
            at = at[0] - 1, at[1]
        subject, category = without_last(text, len(words) - at[0]), without_first(text, at[1])
        if not is_name(without_article(subject)) or not is_name(category):
            return None
        return Intro(EXAMPLE_OF, inverse=True, kind=METHOD, subject=subject, device="abounds", category=category)

    def _threads(self, words: list[str], listed: bool) -> Intro | None:
        """Things to think about: `Key threads`, `Questions to consider`; not `X may include`."""
        if not listed or len(words) > MAX_WORDS_OF_THREADS or verb_at(words):
            return None
        at = self.device_at("threads", words)
        return Intro(device="threads") if at and (at[0] == 0 or words[at[0]] != "include") else None

    def _noun(self, text: str, words: list[str]) -> Intro | None:
        """A cue among a few words: `Historical evidence`, `Special cases of selection`, `Evidence against it`."""
        for begin in range(min(len(words), MAX_WORDS_OF_CUE)):
            for end in range(min(len(words), begin + self._longest), begin, -1):
                found = self._cued(words[begin:end])
                rest = words[end:]
                if words[0] in QUESTION_WORDS and begin and end - begin == 1:
                    continue
                sided = words[end - 1] in ("for", "against")
                if found is None or (rest and words[end - 1] in PREPOSITIONS and not sided) or words[begin] in JOINING:
                    continue
                if rest and found.relation == SUPPORTS and rest[-1] in _DOUBT:
                    return Intro(OPPOSES, inverse=True, kind=EVIDENCE)
                if rest and sided and found.relation in (SUPPORTS, OPPOSES):
                    return self._of(found, text, ["of", *rest], end - 1)
                told = is_statement(text) or words[0] in POINTING or not HAVING.isdisjoint(words[:begin])
                if told and (begin or rest):
                    return self._having(found, text, words, begin) if not rest else None
                if not rest or (rest[0] in OF_A_CUE and len(rest) <= MAX_WORDS_OF_NAME):
                    return self._of(found, text, rest, end)
                if len(words) <= MAX_WORDS_OF_CUE and not is_statement(text):
                    return found
        return None

    @staticmethod
    def _having(found: Intro, text: str, words: list[str], begin: int) -> Intro | None:
        """`The stack has three layers`: the subject of a statement that announces its parts."""
        at = next((index for index, word in enumerate(words[:begin]) if word in HAVING), 0)
        subject = without_last(text, len(words) - at) if at else ""
        if lower_words(subject)[:1] and lower_words(subject)[0] in POINTING:
            return replace(found, pointing=True)
        return replace(found, subject=subject) if is_name(without_article(subject)) else None

    @staticmethod
    def _of(found: Intro, text: str, rest: list[str], end: int) -> Intro | None:
        subject = without_first(text, end + 1) if len(rest) > 1 else None
        if rest and rest[0] == "against":
            found = Intro(OPPOSES, inverse=True, kind=EVIDENCE)
        about_it = subject is None or lower_words(subject)[0] in PRONOUNS or lower_words(subject)[-1] in _OF_THE_PAGE
        return found if about_it or not is_name(without_article(subject or "")) else replace(found, subject=subject)
