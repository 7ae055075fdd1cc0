"""How answers are said: lists that end before they become a wall of text, nouns and verbs that agree."""

from collections.abc import Sequence

from ontology.names import UNCOUNTED
from ontology.names import one_of_kind as with_article

MOST_SAID = 8
"""So many answers are said and shown at once: what a reader takes in at a glance; the others are counted."""


def listed(words: Sequence[str], most: int = MOST_SAID) -> str:
    """Words as a list within a sentence; of more than `most` the first, and how many more there are.

    >>> listed(["Flour", "Water"])
    'Flour; Water'
    >>> listed(["Flour", "Water", "Salt", "Yeast"], most=2)
    'Flour; Water; and 2 more'
    """
    more = len(words) - most
    return "; ".join([*words[:most], *([f"and {more} more"] if more > 0 else [])])


def several(kind: str) -> str:
    """A kind as the noun for several of it.

    >>> several("Claim"), several("Theory"), several("Evidence")
    ('claims', 'theories', 'evidence')
    """
    noun = in_sentence(kind)
    if noun in UNCOUNTED:
        return noun
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def one_of_kind(kind: str) -> str:
    """A kind as the noun for one of it, with its article.

    >>> one_of_kind("Agent"), one_of_kind("Method"), one_of_kind("Evidence")
    ('an agent', 'a method', 'evidence')
    """
    return with_article(in_sentence(kind))


def in_sentence(words: str) -> str:
    """Words as they stand within a sentence: the first letter small, unless the word has other capitals.

    >>> in_sentence("Open questions"), in_sentence("VLA models")
    ('open questions', 'VLA models')
    """
    first = words.split(" ", 1)[0]
    return words if first[1:] != first[1:].lower() else words[:1].lower() + words[1:]


def not_understood(words: Sequence[str]) -> str:
    """That words are not understood, as the end of a sentence.

    >>> not_understood(["rub", "shoulders"])
    "'rub' and 'shoulders' are not understood"
    """
    said = list(dict.fromkeys(map(repr, words)))
    return f"{enumerated(said)} {'is' if len(said) == 1 else 'are'} not understood"


def enumerated(words: Sequence[str]) -> str:
    """A few words as a list with `and`.

    >>> enumerated(["a"]), enumerated(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
