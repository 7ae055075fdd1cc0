"""Spans: runs of words of a question, each with what it may mean: a name, days, a phrase; and how well they name it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from conceptmap.ask.lexicon import Meaning
from graphs.words import IndexedName, stem
from ontology.model import MAX_DAY

EXACT, INFLECTED, REORDERED, CORRECTED, GAPPED, PARTIAL = 1.0, 0.97, 0.9, 0.85, 0.8, 0.7
"""How well words name something, best first; part of a name is worth less than the worst way to say a whole one."""
SHORT_FORM = CORRECTED
"""A name by its first letters, or written as one word or two, is as sure as one that is misspelt."""


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days, both ends included."""

    first: int
    last: int

    def has(self, day: int | None) -> bool:
        """Whether a day is in the range."""
        return day is not None and self.first <= day <= self.last

    @property
    def words(self) -> str:
        """The range as a sentence says it: `Day 5`, `Days 5 to 8`, `Day 5 and later`."""
        if self.first == self.last:
            return f"Day {self.first}"
        if self.last == MAX_DAY:
            return f"Day {self.first} and later"
        return f"Days {self.first} to {self.last}" if self.first else f"Day {self.last} and earlier"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question: as its name key gives it, perhaps corrected, its stem, and which clause it is in.

    `is_short`: nobody knows it, but names begin with its letters: `VLA`. `at` is its place in the question as it was
    asked; None for a word that stands there for others.
    """

    said: str
    text: str
    stem: str
    clause: int = 0
    is_short: bool = False
    at: int | None = None

    @property
    def corrected(self) -> bool:
        """Whether it was taken for a misspelling."""
        return self.said != self.text

    @property
    def roots(self) -> tuple[str, ...]:
        """Its stem; both stems of two words that were written as one."""
        return _parts_of(self.stem)

    @property
    def derived(self) -> bool:
        """Whether it was taken for a word that it is derived from, or that is derived from it."""
        return len(self.roots) == 1 and self.stem != stem(self.text)


@lru_cache(maxsize=20_000)
def _parts_of(root: str) -> tuple[str, ...]:
    return tuple(root.split())


class Match(NamedTuple):
    """An entry of the map that some words name; `score` (0 to 1) says how well."""

    entry: IndexedName
    score: float


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words (`end` excluded) and what it can mean: cues, names, days; none of these: loose words."""

    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    named: tuple[Match, ...] = ()
    days: Days | None = None
    weight: float = 0.0

    @property
    def loose(self) -> bool:
        """Whether nothing explains these words."""
        return not self.meanings and not self.named and self.days is None
