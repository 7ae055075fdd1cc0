"""Parts of an item's words: what stands in brackets, a name before a colon, the names that a phrase lists."""

import re
from typing import NamedTuple

from conceptmap.notes.lesson.words import (
    ARTICLES,
    COMPARATIVES,
    FUNCTION_WORDS,
    NUMBERS,
    concept_key,
    is_name,
    lower_words,
    without_article,
)

_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*\.?$")
_INNER = re.compile(r"\s*\([^()]*\)")
_ARROWS = re.compile(r"\s*(?:→|⟶|⇒|->|=>)\s*")
_COMMAS = re.compile(r"\s*(?:,\s*(?:and|or)\s+|,|;|\s+and\s+|\s+or\s+|\s+&\s+)\s*")
_CUT = re.compile(r"\s+(?:with|that|which|who|whose)\s+.*")
_MADE = re.compile(r"\A\w+ly\s+\w+(?:ed|en|ing)\s+(?=\w)")
MAX_WORDS_OF_LINK = 10


class Bracketed(NamedTuple):
    """Words, and what stood in brackets behind them."""

    words: str
    inside: str | None


def bracketed(text: str) -> Bracketed:
    """Take off the brackets behind a phrase.

    >>> bracketed("Motion planners (RRT, A*)")
    Bracketed(words='Motion planners', inside='RRT, A*')
    """
    found = _BRACKETS.search(text)
    return (
        Bracketed(text[: found.start()].strip(), found[1].strip()) if found and found.start() else Bracketed(text, None)
    )


def without_brackets(text: str) -> str:
    """A text without anything in brackets."""
    return " ".join(_INNER.sub("", text).split())


def stopped(text: str) -> str:
    """A text without the full stop or comma that ends it."""
    text = text.strip()
    return text[:-1].rstrip() if text.endswith((".", ",", ";")) and not text.endswith(("...", "etc.")) else text


def chain_of(text: str) -> list[str]:
    """The parts of a text that is names joined by arrows; empty if it is anything else."""
    parts = [stopped(part) for part in _ARROWS.split(text)]
    fine = all(part and len(part.split()) <= MAX_WORDS_OF_LINK and not re.search(r"[.:;?!]\s", part) for part in parts)
    return parts if fine and len(parts) > 1 else []


def names_in(text: str, longest: int = 5) -> list[str]:
    """The names that a text lists by commas and `and`; empty if any part is no name.

    >>> names_in("parse trees, grammars, and ontologies")
    ['parse trees', 'grammars', 'ontologies']
    """
    parts = [without_article(stopped(part)) for part in _COMMAS.split(stopped(text)) if part.strip()]
    return parts if parts and all(is_name(part, longest) for part in parts) else []


def instances_in(inside: str | None) -> list[str]:
    """The instances that brackets list: two or more short names, no numbers."""
    names = names_in(inside.removeprefix("e.g. ").removeprefix("such as "), 3) if inside else []
    plain = [name for name in names if not any(word in NUMBERS or word.isdigit() for word in lower_words(name))]
    return plain if len(plain) > 1 and len(plain) == len(names) else []


def term_in(inside: str | None) -> str | None:
    """The term that brackets give for what stands before them: two to four words that only name."""
    words = lower_words(inside or "")
    if inside is None or not 2 <= len(words) <= 4 or re.search(r"[\d,;:?!$]", inside):
        return None
    common = FUNCTION_WORDS | ARTICLES | COMPARATIVES | NUMBERS
    return inside if not any(word in common for word in words) and not words[0].endswith("ly") else None


def head_of(text: str) -> str:
    """An example's name: without what is told of it behind `with` or `that`, and how it was made.

    >>> head_of("Carefully engineered state machines with many states")
    'state machines'
    """
    return without_article(_MADE.sub("", _CUT.sub("", stopped(text))))


def parted(text: str) -> tuple[str, str] | None:
    """The name before a colon and the words behind it; None where there is no such name."""
    name, colon, rest = text.partition(":")
    if not colon or not rest.strip() or not is_name(without_article(name), 5) or "://" in text[: len(name) + 3]:
        return None
    return name.strip(), rest.strip()


def is_key_of(name: str, text: str) -> bool:
    """Whether a text begins with a name."""
    key, words = concept_key(name), concept_key(text)
    return words == key or words.startswith(f"{key} ")
