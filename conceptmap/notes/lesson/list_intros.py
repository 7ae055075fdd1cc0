"""Leads: what the words above a list say of its items, by the cue words and verbs of the vocabulary."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from conceptmap.notes.lesson.words import (
    ARTICLES,
    AUXILIARIES,
    FUNCTION_WORDS,
    LIST_NOUNS,
    MAX_WORDS_OF_NAME,
    OPENERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    SPEAKERS,
    is_name,
    is_statement,
    lower_words,
    verb_at,
    without_article,
)
from ontology.terms import ABOUT, CLAIM, CONCEPT, DAY, EVIDENCE, EXAMPLE_OF, INTRODUCED_ON, OPPOSES, REPLACES, SUPPORTS
from ontology.vocabulary import Cue, Relation, Vocabulary

MAX_WORDS_OF_LEAD = 16
MAX_WORDS_OF_CUE = 7
MAX_WORDS_OF_SENTENCE = 16
_DAY = re.compile(r"day\s+(\d{1,5})\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\A(?:(?:such|this|that|these|those|so|and|but|yet|thus|here|now)\s+"
    r"|(?:nevertheless|nonetheless|however|still|meanwhile|(?:by|in) contrast|on the other hand),?\s+)(?=\w+\s+\w)",
    re.IGNORECASE,
)
_DEGREES = frozenset(
    "still mostly largely almost entirely heavily often now today mainly chiefly always already".split()
)
_REASONS = re.compile(
    r",?\s+(?:for (?:\w+ ){0,3}reasons?|and here(?: is|'s) why|here(?: is|'s) why|since|because)\Z", re.IGNORECASE
)
_JOINING = frozenset("so thus hence but therefore".split())
_HAS = frozenset(("has", "have", "had"))
_OF = frozenset(("of", "for", "against", "in", "to", "on"))


@dataclass(frozen=True, slots=True)
class Lead:
    """What a list says: its items are the targets of a relation, or its sources (`inverse`).

    `subject` is the other end in words, None for what the page is about at that place. `device` names another way of
    speaking: threads to think about, a synthesis, a category that abounds.
    """

    relation: str | None = None
    inverse: bool = False
    kind: str | None = None
    subject: str | None = None
    day: int | None = None
    device: str | None = None
    category: str | None = None
    claim: bool = False


@lru_cache(maxsize=8)
def list_intros_of(vocabulary: Vocabulary) -> "Leads":
    """The leads of a vocabulary; made once, since it takes as long as reading a page."""
    return Leads(vocabulary)


class Leads:
    """The cue words and verbs of a vocabulary, ready to be looked up in a lead."""

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
        self._imperatives = frozenset(word.lower() for word in vocabulary.devices.get("threads", ()))
        self._nouns = LIST_NOUNS | {
            noun
            for relation in vocabulary.relations.values()
            for cue in relation.cues
            for noun in cue.words
            if noun.endswith("s") and self._phrase([noun]) not in self._verbs and f"{noun[:-1]}" in cue.words
        }
        self._longest = max(len(key.split()) for key in (*self._cues, *self._verbs, "a"))

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
        kept = [(at, self.stem(word)) for at, word in enumerate(words) if word not in _DEGREES]
        firsts = self._firsts.get(name, frozenset())
        for begin in range(len(kept)):
            if kept[begin][1] not in firsts:
                continue
            for end in range(min(len(kept), begin + 5), begin, -1):
                if " ".join(stem for _, stem in kept[begin:end]) in phrases:
                    return kept[begin][0], kept[end - 1][0] + 1
        return None

    def verb(self, relation: str, word: str) -> bool:
        """Whether a word is a verb of a relation, in any of its forms."""
        found = self._verbs.get(self.stem(word))
        return found is not None and found[0].name == relation and not found[1]

    def wins(self, word: str) -> bool:
        """Whether a word tells of a victory or a replacement, in any of its forms."""
        return self.verb(REPLACES, word) or self.stem(word) in self.devices.get("victory", ())

    def stated(self, text: str) -> tuple[str, Relation, bool, str] | None:
        """A short sentence as a subject, a relation (read backwards or not) and an object: `Diffusion needs noise`."""
        words = list(WORD.finditer(text))
        if not 3 <= len(words) <= MAX_WORDS_OF_SENTENCE:
            return None
        small = [word[0].lower().replace("’", "'") for word in words]
        for begin in range(1, min(len(words) - 1, MAX_WORDS_OF_NAME)):
            for end in range(min(len(words) - 1, begin + self._longest), begin, -1):
                verb = self._verbs.get(self._phrase(small[begin:end]))
                if verb is None or not is_verb_form(small[begin:end]):
                    continue
                subject, target = text[: words[begin].start()].strip(), text[words[end].start() :].strip()
                return (subject, *verb, target) if is_name(subject) and subject.lower() not in OPENERS else None
        return None

    def read(self, text: str, listed: bool = True) -> Lead | None:
        """What a lead says of its items; `listed`: they are a list, so that a whole sentence may be a claim."""
        text = _POINTING.sub("", text.strip().rstrip(":：").strip())
        words = lower_words(text)
        if not words or len(words) > MAX_WORDS_OF_LEAD:
            return None
        if listed and text.lower() in self._imperatives:
            return Lead(device="threads")
        if reasons := _REASONS.search(text):
            claim = text[: reasons.start()]
            said = lower_words(claim)
            if not said or said[0] in OPENERS or not SPEAKERS.isdisjoint(said):
                return None
            return Lead(SUPPORTS, inverse=True, kind=CLAIM, subject=claim, claim=True)
        if listed and self._faces(words):
            return Lead(SUPPORTS, inverse=True, kind=CLAIM, subject=text, claim=True)
        found = self._whole(words) or self._day(text, words) or self._verb(text, words)
        found = (
            found
            or self._threads(words, listed)
            or self._synthesis(words)
            or self._abounding(text, words)
            or self._noun(text, words)
        )
        if found is None and listed and is_statement(text):
            return Lead(SUPPORTS, inverse=True, kind=CLAIM, subject=text, claim=True)
        return found

    def _faces(self, words: list[str]) -> bool:
        """Whether a lead is the claim that something has to cope with what the list tells."""
        at = self.device_at("faces", words)
        return at is not None and at[0] > 0 and at[1] < len(words)

    def _cued(self, words: list[str]) -> Lead | None:
        found = self._cues.get(self._phrase(words))
        if found is None:
            return None
        relation, cue = found
        return Lead(relation.name, cue.inverse, cue.kind or CONCEPT)

    def _whole(self, words: list[str]) -> Lead | None:
        while len(words) > 1 and words[0] in ARTICLES:
            words = words[1:]
        return self._cued(words)

    def _day(self, text: str, words: list[str]) -> Lead | None:
        """`Day 5 established`, `On Day 5 we learned`, `From Day 5`."""
        day = _DAY.search(text)
        if day is None or len(words) > MAX_WORDS_OF_CUE:
            return None
        rest = lower_words(text[: day.start()] + text[day.end() :])
        told = any((found := self._verbs.get(self.stem(word))) and found[0].name == INTRODUCED_ON for word in rest)
        if told or self.device("taught", rest) or not rest or rest in (["from"], ["on"]):
            return Lead(INTRODUCED_ON, kind=CLAIM, day=int(day[1]))
        return None

    def _synthesis(self, words: list[str]) -> Lead | None:
        at = self.device_at("synthesis", words) if len(words) <= 5 else None
        return Lead(device="synthesis", kind=CLAIM) if at is not None else None

    def _verb(self, text: str, words: list[str]) -> Lead | None:
        """A subject and a verb: `Adaptation depends on`, `The lesson predicts`, `Bread rises because`."""
        for count in range(min(self._longest, len(words) - 1), 0, -1):
            tail = words[-count:]
            subject = before(text, count)
            verb = self._verbs.get(self._phrase(tail))
            relation, inverse = verb or self._cued_verb(tail)
            if relation is None or not is_verb_form(tail) or relation.name in (ABOUT, INTRODUCED_ON):
                continue
            if 0 < verb_at(words) < len(words) - count and not is_name(without_article(subject)):
                continue
            pointing = subject.lower() in OPENERS - POSSESSIVES
            if pointing or is_name(without_article(subject)):
                kind = self._kind(relation, inverse)
                return Lead(relation.name, inverse, kind, subject=None if pointing else subject)
        return None

    def _cued_verb(self, words: list[str]) -> tuple[Relation | None, bool]:
        """A cue that is a verb: `combines`, `presupposes`."""
        found = self._cues.get(self._phrase(words))
        verbal = found is not None and (
            (len(words) > 1 and words[0] in AUXILIARIES) or (len(words) == 1 and words[0].endswith("s"))
        )
        return (found[0], found[1].inverse) if found and verbal and words[0] not in self._nouns else (None, False)

    def _kind(self, relation: Relation, inverse: bool) -> str:
        """The kind of an item that is new: as the relation's cue for that direction says, else what it allows."""
        said = [cue.kind for cue in relation.cues if cue.inverse == inverse and cue.kind]
        allowed = relation.sources if inverse else relation.targets
        kind = said[0] if said else CONCEPT
        return kind if not allowed or kind in allowed else sorted(allowed - {DAY})[0]

    def _abounding(self, text: str, words: list[str]) -> Lead | None:
        """A field and what it is full of: `Classic robotics is full of hand-crafted approaches`."""
        at = self.device_at("abounds", words)
        if at is None or not at[0] > 0 or at[1] >= len(words):
            return None
        while at[0] > 1 and words[at[0] - 1] in _DEGREES:
            at = at[0] - 1, at[1]
        subject, category = before(text, len(words) - at[0]), behind(text, at[1])
        if not is_name(without_article(subject)) or not is_name(category):
            return None
        return Lead(EXAMPLE_OF, inverse=True, kind="Method", subject=subject, device="abounds", category=category)

    def _threads(self, words: list[str], listed: bool) -> Lead | None:
        at = self.device_at("threads", words) if listed and len(words) <= 8 and not verb_at(words) else None
        if at is None or (at[0] > 0 and words[at[0]] == "include"):
            return None
        return Lead(device="threads")

    def _noun(self, text: str, words: list[str]) -> Lead | None:
        """A cue among a few words: `Historical evidence`, `Special cases of selection`, `Evidence against it`."""
        for begin in range(min(len(words), MAX_WORDS_OF_CUE)):
            for end in range(min(len(words), begin + self._longest), begin, -1):
                found = self._cued(words[begin:end])
                rest = words[end:]
                if words[0] in QUESTION_WORDS and begin and end - begin == 1:
                    continue
                sided = words[end - 1] in ("for", "against")
                if found is None or (rest and words[end - 1] in PREPOSITIONS and not sided) or words[begin] in _JOINING:
                    continue
                if rest and sided and found.relation in (SUPPORTS, OPPOSES):
                    return self._of(found, text, ["of", *rest], end - 1)
                if is_statement(text) and (begin or rest):
                    return self._having(found, text, words, begin) if not rest else None
                if not rest or (rest[0] in _OF and len(rest) <= 6):
                    return self._of(found, text, rest, end)
                if len(words) <= MAX_WORDS_OF_CUE and not is_statement(text):
                    return found
        return None

    @staticmethod
    def _having(found: Lead, text: str, words: list[str], begin: int) -> Lead | None:
        """`The stack has three layers`: the subject of a statement that announces its parts."""
        at = next((index for index, word in enumerate(words[:begin]) if word in _HAS), 0)
        subject = before(text, len(words) - at) if at else ""
        return _with_subject(found, subject) if is_name(without_article(subject)) else None

    @staticmethod
    def _of(found: Lead, text: str, rest: list[str], end: int) -> Lead | None:
        subject = behind(text, end + 1) if len(rest) > 1 else None
        if rest and rest[0] == "against":
            found = Lead("opposes", inverse=True, kind=EVIDENCE)
        about_it = subject is None or lower_words(subject)[0] in PRONOUNS
        return found if about_it or not is_name(without_article(subject or "")) else _with_subject(found, subject)


def _with_subject(lead: Lead, subject: str | None) -> Lead:
    return Lead(lead.relation, lead.inverse, lead.kind, subject=subject)


WORD = re.compile(r"[^\W_]+(?:[-'’/*+][^\W_]+)*[*+]*")


def before(text: str, count: int) -> str:
    """A text without its last words."""
    found = list(WORD.finditer(text))
    return text[: found[-count].start()].strip(" ,;–—-") if count <= len(found) else ""


def behind(text: str, count: int) -> str:
    """A text without its first words."""
    found = list(WORD.finditer(text))
    return text[found[count].start() :].strip() if count < len(found) else ""


def is_verb_form(words: list[str]) -> bool:
    """Whether a phrase can be the verb of a sentence: inflected, or with an auxiliary; no bare noun such as `needs`."""
    first = words[0]
    return len(words) > 1 or first.endswith(("s", "ed")) or first in BASE_FORMS or first in FUNCTION_WORDS


BASE_FORMS = {
    "are": "is", "was": "is", "were": "is", "am": "is", "been": "is",
    "taught": "teach", "brought": "bring", "built": "build", "beat": "beat", "beaten": "beat", "gave": "give",
    "given": "give", "took": "take", "taken": "take", "led": "lead", "made": "make", "held": "hold", "kept": "keep",
    "won": "win", "lost": "lose", "found": "find", "said": "say", "told": "tell", "saw": "see", "seen": "see",
    "came": "come", "went": "go", "gone": "go", "outdid": "outdo", "overtook": "overtake", "overcame": "overcome",
    "shown": "show", "drove": "drive", "driven": "drive", "foresaw": "foresee", "meant": "mean", "drew": "draw",
    "stood": "stand", "spoke": "speak", "forecast": "forecast", "left": "leave", "met": "meet", "set": "set",
}  # fmt: skip
"""Irregular forms, which no stemmer knows."""
