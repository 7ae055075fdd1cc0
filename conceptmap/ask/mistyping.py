"""Mistyping: how fingers miss the words that ask and the words that join (`befor`, `beetween`, `shuold`).

A letter is left out or put twice, or two neighbours are swapped; the first letter is kept. What could be another word
that people write (`sine` for `since`) is no misspelling here.
"""

from collections.abc import Iterator
from functools import cache

from conceptmap.ask.frame_words import FRAME_WORDS, HURRIED
from conceptmap.ask.words import IGNORABLE, ORDINARY, QUESTION_WORDS

OPERATORS = """
    which what when where whose should before after between since until without within except against because
    during eventually ultimately finally directly indirectly immediately actually really exactly
    through together instead either neither every many most least other than then these those there their
""".split()
_SHORTEST = 4
"""Letters of the shortest word that is put right; of fewer, too many are words of their own."""
_OTHERS = frozenset("sine util trough otter tease nether whee manny lest teat".split())
"""Words of their own, although they look like a slip."""


@cache
def mistyped() -> dict[str, str]:
    """The misspellings, each with the word that is meant."""
    meant: dict[str, set[str]] = {}
    for word in OPERATORS:
        for slip in _slips(word):
            meant.setdefault(slip, set()).add(word)
    known = IGNORABLE | ORDINARY | QUESTION_WORDS | FRAME_WORDS | HURRIED.keys() | _OTHERS | set(OPERATORS)
    return {
        slip: next(iter(words))
        for slip, words in meant.items()
        if len(words) == 1 and slip not in known and len(slip) >= _SHORTEST
    }


def _slips(word: str) -> Iterator[str]:
    """The word with a letter left out or put twice, or with two neighbours swapped."""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
