"""Hints for names that are not known: the nearest ones that are."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

MIN_LIKENESS = 72
"""Of 100: `abuot` is 80 like `about` and is meant, `motion` is 67 like `nation` and is another word."""
MAX_BEHIND = 12
"""How far a name may be behind the nearest one: farther, and it is another name that only looks a little like it."""
MIN_SHARE = 45
"""Of all letters of both names, how many per cent must match: a short name is like any long one that holds it."""


def nearest(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """The names that are most like a name, best first; none that are unlike it.

    >>> nearest("motion", ["notion", "nation"])
    ['notion']
    """
    choices = sorted(set(names))
    found = process.extract(
        name, choices, scorer=fuzz.WRatio, processor=str.casefold, limit=limit, score_cutoff=MIN_LIKENESS
    )
    likely = [
        (-score, choice)
        for choice, score, _ in found
        if score >= found[0][1] - MAX_BEHIND and fuzz.ratio(name.casefold(), choice.casefold()) >= MIN_SHARE
    ]
    return [choice for _, choice in sorted(likely)]


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A hint with the nearest names; empty if nothing is near.

    >>> did_you_mean("require", ["requires", "supports"])
    "did you mean 'requires'?"
    """
    found = nearest(name, names, limit=2)
    return f"did you mean {' or '.join(map(repr, found))}?" if found else ""
