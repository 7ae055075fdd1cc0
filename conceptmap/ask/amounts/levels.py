"""Levels: values that say in words how much there is, how often, or how fast it grows: `little or none`, `linear in T`.

Two levels of one scale can be compared, and a level can be held against what is asked: `a lot of`, `any`.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ontology.names import name_key


class Level(NamedTuple):
    """From where to where on a scale a value lies, both ends included; `of` is what grows with it: `t`."""

    scale: str
    low: int
    high: int
    of: str = ""

    def holds(self, other: "Level") -> bool:
        """Whether another level lies wholly within this one."""
        return self.scale == other.scale and self.low <= other.low and other.high <= self.high

    def is_apart(self, other: "Level") -> bool:
        """Whether nothing lies on both."""
        return self.scale == other.scale and (self.high < other.low or other.high < self.low)


AMOUNT, GROWTH, OFTEN = "amount", "growth", "often"
MUCH, SOME, LITTLE, NOTHING = Level(AMOUNT, 3, 4), Level(AMOUNT, 1, 4), Level(AMOUNT, 0, 1), Level(AMOUNT, 0, 0)
_SCALES: Mapping[str, tuple[tuple[int, int, str], ...]] = {
    AMOUNT: (
        (0, 0, "none no nothing zero nil absent unnecessary"),
        (1, 1, "little few minimal scarce sparse small low slight tiny scant minor negligible"),
        (2, 2, "some medium moderate middling average several"),
        (3, 3, "much many high large big great plenty lots considerable substantial abundant heavy"),
        (4, 4, "all full complete total maximal enormous huge extreme"),
        (2, 4, "required needed necessary essential indispensable mandatory obligatory"),
    ),
    GROWTH: (
        (0, 0, "constant"),
        (1, 1, "logarithmic"),
        (2, 2, "linear"),
        (4, 4, "quadratic"),
        (5, 5, "cubic"),
        (7, 7, "exponential"),
    ),
    OFTEN: (
        (0, 0, "never"),
        (1, 1, "once rarely seldom"),
        (2, 2, "sometimes occasionally twice"),
        (3, 3, "often frequently repeatedly usually mostly"),
        (4, 4, "always every each constantly continuously permanently throughout"),
    ),
}
"""Words for levels, by scale; what lies apart on it is surely less or more."""
_BESIDE = frozenset("or and a an the of to very only just is are be rather quite fairly relatively any at".split())
"""Words in a level that change nothing."""
_NEARLY = frozenset("almost nearly hardly barely next virtually practically".split())
"""Words before a level that leave it a little off: `almost none`, `hardly any`."""
_OF_WHICH = frozenset("in with".split())
"""Words before what something grows with."""


@lru_cache(maxsize=4)
def _known() -> Mapping[str, tuple[str, int, int]]:
    return {
        word: (scale, low, high)
        for scale, levels in _SCALES.items()
        for low, high, words in levels
        for word in words.split()
    }


@lru_cache(maxsize=4096)
def level_of(value: str) -> Level | None:
    """The level that a value is, if it says nothing else; of `A or B`, from the one to the other.

    >>> level_of("Little or none"), level_of("Quadratic in T"), level_of("Every round"), level_of("Robust, cautious")
    (Level(scale='amount', low=0, high=1, of=''), Level(scale='growth', low=4, high=4, of='t'), \
Level(scale='often', low=4, high=4, of=''), None)
    >>> level_of("No robot needed"), level_of("not required"), level_of("almost none")
    (None, Level(scale='amount', low=0, high=0, of=''), Level(scale='amount', low=0, high=1, of=''))
    """
    words = name_key(value).split()
    of = ""
    for at, word in enumerate(words):
        if word in _OF_WHICH and at:
            words, of = words[:at], " ".join(words[at + 1 :])
            break
    if words and words[0] in ("every", "each"):
        words = words[:1] if len(words) <= 2 else words  # `every round`
    if words[:1] == ["not"] and _known().get(words[-1], ("", 0, 0))[2] == 4 and len(words) == 2:
        return NOTHING if _known()[words[-1]][1:] == (2, 4) else None
    known = [_known().get(word) for word in words if word not in _BESIDE | _NEARLY]
    told = [one for one in known if one is not None]
    scales = {scale for scale, _, _ in told}
    if len(told) != len(known) or len(scales) != 1 or (len(told) > 1 and "or" not in words and "to" not in words):
        return None
    scale, low, high = scales.pop(), min(one[1] for one in told), max(one[2] for one in told)
    if of and scale != GROWTH:
        return None
    if not _NEARLY.isdisjoint(words):
        if (low, high) != (0, 0):
            return None
        high = 1
    return Level(scale, low, high, of)


def more_or_less(one: Level, other: Level) -> int | None:
    """1 where the first is surely more than the second, -1 where less; None where they cannot be told apart."""
    if one.scale != other.scale or one.of != other.of:
        return None
    if one.low > other.high:
        return 1
    return -1 if one.high < other.low else None
