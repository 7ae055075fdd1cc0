"""Verbs and words in running text: cutting words off either end, and telling a verb form from a bare noun."""

import re

from conceptmap.notes.lesson.words import FUNCTION_WORDS

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
